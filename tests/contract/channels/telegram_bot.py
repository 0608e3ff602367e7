"""A connected bot, a chat of each kind, and what Telegram answers."""

from typing import Any

from scripted_platform import Script

from chalicelib.domain.connections import Connection
from chalicelib.domain.content import Content
from chalicelib.domain.events import Address
from chalicelib.ports.channel import Channel, OutboundMessage
from integrations.registry import CHANNELS, BaseUrls

TOKEN = "123456789:AAsecretsecretsecretsecretsecretsec"
CHAT = Address("chat", "5550001234567")
BUSINESS = Address("business_chat", "bc_1-x/5550001234567")
TO = {"chat_id": 5550001234567}
CONNECTION = Connection(
    merchant_id="me_1",
    connection_id="cn_1",
    channel="telegram",
    account="100",
    name="Shop",
    status="active",
    token=TOKEN,
    signing_secrets=("s3cret-s3cret",),
    details={"username": "old_name"},
)


def telegram(platform: Script) -> Channel:
    return CHANNELS["telegram"](BaseUrls(telegram=platform.url))


def ok(result: Any = True) -> dict[str, Any]:
    return {"ok": True, "result": result}


def refusal(code: int, description: str, **parameters: Any) -> dict[str, Any]:
    body = {"ok": False, "error_code": code, "description": description}
    return body | ({"parameters": parameters} if parameters else {})


def message(content: Content, to: Address = CHAT, **more: str) -> OutboundMessage:
    return OutboundMessage(to=to, content=content, reference="th_1/2#3", **more)


def send(platform: Script, content: Content, to: Address = CHAT, **more: str) -> str:
    return telegram(platform).send(message(content, to, **more), CONNECTION)


def asked(platform: Script) -> list[tuple[str, Any]]:
    """Methods and parameters, all with the bot's token in their path."""
    start = f"/bot{TOKEN}/"
    assert all(call.method == "POST" and call.path.startswith(start) for call in platform.calls)
    return [(call.path.removeprefix(start), call.body) for call in platform.calls]
