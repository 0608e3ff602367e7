"""Telegram's kit. One update a call: there are no batches."""

import json
from collections.abc import Sequence
from typing import Any, Final

from kit_meta import fixture
from kits import SECRET, TOKEN, WORDS, Answer, Body, Kit

import schemas
from chalicelib.domain.events import Address, Media
from integrations.registry import CHANNELS, BaseUrls
from integrations.telegram.connect import ALLOWED_UPDATES


def refused(code: int, description: str, **parameters: Any) -> Answer:
    told = {"ok": False, "error_code": code, "description": f"{description}: {TOKEN} {SECRET} {WORDS}"}
    return Answer(code, told | ({"parameters": parameters} if parameters else {}))


def event(id: str, words: str) -> Any:
    message = fixture("telegram", "text")["message"]
    return message | {"message_id": int(id), "date": message["date"] + int(id), "text": words}


def frame(events: Sequence[Any]) -> Body:
    (message,) = events
    told = json.dumps(message, sort_keys=True)
    return {"update_id": 700_000_000 + sum(map(ord, told)), "message": message}


def sent(kind: str) -> Body:
    message = {"message_id": 77, "chat": {"id": 5550001234567}}
    return {"ok": True, "result": True if kind == "reaction" else message}


BOT: Final = {"id": 123456789, "is_bot": True, "first_name": "Little Shop", "username": "little_shop_bot"}


def well(callback_url: str) -> list[Answer]:
    webhook = {"url": callback_url, "pending_update_count": 0, "allowed_updates": list(ALLOWED_UPDATES)}
    return [Answer(200, {"ok": True, "result": BOT}), Answer(200, {"ok": True, "result": webhook})]


TELEGRAM: Final = Kit(
    name="telegram",
    at=lambda url: CHANNELS["telegram"](BaseUrls(telegram=url)),
    account="123456789",
    shopper=Address("chat", "5550001234567"),
    sign=lambda body, secret: {"x-telegram-bot-api-secret-token": secret},
    event=event,
    frame=frame,
    odd=({"message_id": 41}, None, "x", []),
    tomorrow=fixture("telegram", "update_of_tomorrow"),
    sent=sent,
    signalled={"ok": True, "result": True},
    refusals={
        "throttled": refused(429, "Too Many Requests: retry after 7", retry_after=7),
        "token": refused(401, "Unauthorized"),
        "blocked": refused(403, "Forbidden: bot was blocked by the user"),
        "unknown": refused(400, "Bad Request: HOLOGRAM_INVALID"),
    },
    wait_s=7.0,
    target="41",
    media=Media(channel_media_id="AgAC", mime_type="image/jpeg", size=12),
    found={"ok": True, "result": {"file_id": "AgAC", "file_path": "photos/1.jpg", "file_size": 12}},
    credentials={"bot_token": TOKEN},
    proven=[{"ok": True, "result": BOT}, {"ok": True, "result": {"url": "", "pending_update_count": 0}}],
    token_field="bot_token",
    setup=schemas.schema("setup_telegram"),
    details={"username": "little_shop_bot"},
    well=well,
    is_batching=False,
)
