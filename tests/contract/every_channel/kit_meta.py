"""Kits of the three channels of Meta. Errors quote what they were given, as the platform's may."""

import json
from collections.abc import Sequence
from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import Any, Final

from kits import SECRET, TOKEN, WORDS, Answer, Body, Kit

import schemas
from chalicelib.domain.events import Address, Media
from integrations.instagram.connect import OWN_LOGIN_FIELDS
from integrations.meta.signature import sign
from integrations.meta.subscriptions import PAGE_FIELDS
from integrations.registry import CHANNELS, BaseUrls

FIXTURES: Final = Path(__file__).parents[2] / "fixtures"
# Two minutes, as the platform counts them.
BUSY: Final = {"X-Business-Use-Case-Usage": '{"100": [{"estimated_time_to_regain_access": 2}]}'}


def fixture(channel: str, name: str) -> Body:
    return json.loads((FIXTURES / channel / f"{name}.json").read_text())


def refused(status: int, code: int, subcode: int | None = None, **headers: str) -> Answer:
    error: Body = {"message": f"(#{code}) {TOKEN} {SECRET} {WORDS}", "code": code, "fbtrace_id": "A"}
    return Answer(
        status, {"error": error if subcode is None else error | {"error_subcode": subcode}}, headers
    )


def refusals(throttled: int, blocked: tuple[int, int | None]) -> dict[str, Answer]:
    return {
        "throttled": refused(400, throttled, **BUSY),
        "token": refused(401, 190, 463),
        "blocked": refused(400, *blocked),
        "unknown": refused(400, 999_999),
    }


def signature(body: bytes, secret: str) -> dict[str, str]:
    return {"x-hub-signature-256": sign(body, secret)}


def whatsapp_event(id: str, words: str) -> Any:
    (event,) = fixture("whatsapp", "text")["entry"][0]["changes"][0]["value"]["messages"]
    at = str(int(event["timestamp"]) + int(id))
    return event | {"id": f"wamid.{id}", "timestamp": at, "text": {"body": words}}


def whatsapp_frame(events: Sequence[Any]) -> Body:
    body = fixture("whatsapp", "text")
    body["entry"][0]["changes"][0]["value"]["messages"] = list(events)
    return body


def whatsapp_well(callback_url: str) -> list[Answer]:
    number = NUMBER | {"webhook_configuration": {"phone_number": callback_url}}
    app = {"whatsapp_business_api_data": {"id": "400"}, "override_callback_uri": callback_url}
    return [Answer(200, one) for one in (number, VALID, {"data": [app]})]


def messenger_well(callback_url: str) -> list[Answer]:
    app = {"id": "400", "subscribed_fields": list(PAGE_FIELDS)}
    return [Answer(200, one) for one in ({"id": "108824017345866"}, VALID, {"data": [app]})]


def instagram_well(callback_url: str) -> list[Answer]:
    app = {"id": "400", "subscribed_fields": list(OWN_LOGIN_FIELDS)}
    return [Answer(200, one) for one in ({"user_id": "17841405309211844"}, {"data": [app]})]


def messaging_event(channel: str, id: str, words: str) -> Any:
    (event,) = deepcopy(fixture(channel, "text")["entry"][0]["messaging"])
    event["message"] |= {"mid": f"m_{id}", "text": words}
    return event | {"timestamp": event["timestamp"] + int(id) * 1000}


def messaging_frame(channel: str, events: Sequence[Any]) -> Body:
    body = fixture(channel, "text")
    body["entry"][0]["messaging"] = list(events)
    return body


def messaging_sent(kind: str) -> Body:
    if kind == "comment":
        return {"id": "1_2"}
    return {"recipient_id": "65432"} | ({} if kind == "reaction" else {"message_id": "m_77"})


def messaging(name: str, **more: Any) -> Kit:
    return Kit(
        name=name,
        sign=signature,
        event=partial(messaging_event, name),
        frame=partial(messaging_frame, name),
        odd=({"type": 5}, None, "x", {"message": {}}),
        tomorrow=fixture(name, "field_of_tomorrow"),
        sent=messaging_sent,
        signalled={"recipient_id": "65432"},
        refusals=refusals(613, (551, None)),
        wait_s=120.0,
        setup=schemas.schema(f"setup_{name}"),
        **more,
    )


# Of a token whose permissions are not told.
VALID: Final = {"data": {"is_valid": True, "expires_at": 0}}
NUMBER: Final = {
    "id": "106540352242922",
    "verified_name": "Little Shop",
    "display_phone_number": "+1 555-078-3881",
    "status": "CONNECTED",
    "platform_type": "CLOUD_API",
}
WHATSAPP: Final = Kit(
    name="whatsapp",
    at=lambda url: CHANNELS["whatsapp"](BaseUrls(graph=url)),
    account="106540352242922",
    shopper=Address("phone", "447700900123"),
    sign=signature,
    event=whatsapp_event,
    frame=whatsapp_frame,
    odd=({"type": 5}, None, "x", {"from": "447700900123"}),
    tomorrow=fixture("whatsapp", "field_of_tomorrow"),
    sent=lambda kind: {"messaging_product": "whatsapp", "messages": [{"id": "wamid.77"}]},
    signalled={"success": True},
    refusals=refusals(130429, (131026, None)),
    wait_s=120.0,
    target="wamid.1",
    media=Media(channel_media_id="7", mime_type="image/jpeg"),
    found={"url": "https://lookaside.example/one", "mime_type": "image/jpeg", "file_size": 12},
    credentials={
        "access_token": TOKEN,
        "phone_number_id": "106540352242922",
        "waba_id": "102290129340398",
        "app_secret": SECRET,
    },
    proven=[NUMBER, {"data": [{"id": "106540352242922"}]}],
    token_field="access_token",
    setup=schemas.schema("setup_whatsapp"),
    details={"waba_id": "102290129340398", "display_phone_number": "+1 555-078-3881"},
    well=whatsapp_well,
)
MESSENGER: Final = messaging(
    "messenger",
    at=lambda url: CHANNELS["messenger"](BaseUrls(graph=url)),
    account="108824017345866",
    shopper=Address("psid", "65432"),
    media=Media(url="https://cdn.example/one.png", mime_type="image/png", size=12),
    credentials={"page_token": TOKEN, "page_id": "108824017345866", "app_secret": SECRET},
    proven=[{"id": "108824017345866", "name": "Little Shop"}],
    token_field="page_token",
    well=messenger_well,
)
INSTAGRAM: Final = messaging(
    "instagram",
    at=lambda url: CHANNELS["instagram"](BaseUrls(graph=url, instagram=url)),
    account="17841405309211844",
    shopper=Address("igsid", "12549"),
    credentials={
        "access_token": TOKEN,
        "account_id": "17841405309211844",
        "login": "instagram",
        "app_secret": SECRET,
    },
    proven=[{"user_id": "17841405309211844", "username": "little_shop", "name": "Little Shop"}],
    token_field="access_token",
    details={"login": "instagram", "username": "little_shop"},
    well=instagram_well,
)
