"""A connected account of each channel, a shopper to write to, and what the platform answers."""

from typing import Any

import pytest
from scripted_platform import Script

from chalicelib.domain.connections import Connection
from chalicelib.domain.content import Content, text_content
from chalicelib.domain.events import Address
from chalicelib.ports.channel import Channel, OutboundMessage
from chalicelib.ports.errors import SendError
from integrations.registry import CHANNELS, BaseUrls

TOKEN = "123456789:AAsecretsecretsecretsecretsecretsec"
TEXT = "Yes, in blue. 💙"
DETAILS: dict[str, dict[str, str]] = {
    "whatsapp": {"waba_id": "200"},
    "messenger": {},
    "instagram": {"login": "instagram"},
    "telegram": {"username": "shop_bot"},
}
SHOPPERS = {
    "whatsapp": Address("phone", "447700900123"),
    "messenger": Address("psid", "65432"),
    "instagram": Address("igsid", "12549"),
    "telegram": Address("chat", "5550001234567"),
}
SENT: dict[str, dict[str, Any]] = {
    "whatsapp": {
        "messaging_product": "whatsapp",
        "contacts": [{"wa_id": "4"}],
        "messages": [{"id": "wamid.1"}],
    },
    "messenger": {"recipient_id": "65432", "message_id": "m_1"},
    "instagram": {"recipient_id": "12549", "message_id": "aWdf1"},
    "telegram": {"ok": True, "result": {"message_id": 77, "chat": {"id": 5550001234567}}},
}
IDS = {"whatsapp": "wamid.1", "messenger": "m_1", "instagram": "aWdf1", "telegram": "77"}
PATHS = {
    "whatsapp": "/v25.0/100/messages",
    "messenger": "/v25.0/100/messages",
    "instagram": "/instagram/v25.0/100/messages",
    "telegram": f"/bot{TOKEN}/sendMessage",
}


def channel_at(name: str, url: str) -> Channel:
    return CHANNELS[name](BaseUrls(graph=url, instagram=url + "/instagram", telegram=url))


def connection_of(name: str, token: str = TOKEN, **details: str) -> Connection:
    return Connection(
        merchant_id="me_1",
        connection_id="cn_1",
        channel=name,
        account="100",
        name="Shop",
        status="active",
        token=token,
        details=DETAILS[name] | details,
    )


def message_to(name: str, content: Content | None = None, **more: Any) -> OutboundMessage:
    given = {"to": SHOPPERS[name], "content": content or text_content(TEXT), "reference": "th_1/2#3"}
    return OutboundMessage(**given | more)


def send(name: str, platform: Script, content: Content | None = None, **more: Any) -> str:
    return channel_at(name, platform.url).send(message_to(name, content, **more), connection_of(name))


def failure_of(name: str, platform: Script, content: Content | None = None) -> SendError:
    with pytest.raises(SendError) as caught:
        send(name, platform, content)
    return caught.value


def graph_error(code: int, subcode: int | None = None, **more: Any) -> dict[str, Any]:
    error = {"message": "(#1) refused", "type": "OAuthException", "code": code, "fbtrace_id": "A"} | more
    return {"error": error if subcode is None else error | {"error_subcode": subcode}}


def telegram_error(code: int, description: str, **parameters: Any) -> dict[str, Any]:
    body = {"ok": False, "error_code": code, "description": description}
    return body | ({"parameters": parameters} if parameters else {})
