"""What a bot shows beside its messages, and where shoppers' files are fetched."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from scripted_platform import Script
from telegram_bot import BUSINESS, CHAT, CONNECTION, TO, TOKEN, asked, ok, refusal, telegram

from chalicelib.domain.events import Address, Media, ShopperMessage
from chalicelib.ports.errors import SendRejected


def test_typing_is_shown_in_any_chat(platform: Script) -> None:
    platform.will(200, ok())
    telegram(platform).signal("typing", CHAT, "", CONNECTION)
    telegram(platform).signal("typing", BUSINESS, "", CONNECTION)
    typing = TO | {"action": "typing"}
    assert asked(platform) == [
        ("sendChatAction", typing),
        ("sendChatAction", typing | {"business_connection_id": "bc_1-x"}),
    ]


def test_read_is_told_in_a_persons_own_chat(platform: Script) -> None:
    platform.will(200, ok())
    telegram(platform).signal("read", BUSINESS, "41", CONNECTION)
    expected = TO | {"business_connection_id": "bc_1-x", "message_id": 41}
    assert asked(platform) == [("readBusinessMessage", expected)]


@pytest.mark.parametrize(("to", "message_id"), [(CHAT, "41"), (BUSINESS, ""), (BUSINESS, "callback:1")])
def test_a_bots_own_chat_has_nothing_to_mark_as_read(to: Address, message_id: str, platform: Script) -> None:
    with pytest.raises(SendRejected) as caught:
        telegram(platform).signal("read", to, message_id, CONNECTION)
    assert (caught.value.code, caught.value.reason) == ("local", "invalid")
    assert platform.calls == []


def test_a_signal_that_is_refused_says_so(platform: Script) -> None:
    platform.will(403, refusal(403, "Forbidden: bot was blocked by the user"))
    with pytest.raises(SendRejected) as caught:
        telegram(platform).signal("typing", CHAT, "", CONNECTION)
    assert caught.value.reason == "unreachable"


def tapped(acknowledge: str = "4382") -> ShopperMessage:
    return ShopperMessage(
        addresses=(CHAT,),
        wire=CHAT,
        chat=CHAT.value,
        channel_message_id=f"callback:{acknowledge}",
        sent_at=datetime(2026, 11, 2, tzinfo=UTC),
        kind="button",
        acknowledge=acknowledge,
    )


def test_a_tap_is_answered_so_that_its_button_stops_spinning(platform: Script) -> None:
    platform.will(200, ok())
    telegram(platform).acknowledge(tapped(), CONNECTION)
    assert asked(platform) == [("answerCallbackQuery", {"callback_query_id": "4382"})]


def test_what_wants_no_answer_gets_none(platform: Script) -> None:
    telegram(platform).acknowledge(tapped(""), CONNECTION)
    assert platform.calls == []


TOO_OLD = refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")


@pytest.mark.parametrize(
    ("status", "answer", "how"),
    [(400, TOO_OLD, "answer"), (401, {}, "answer"), (502, b"", "answer"), (200, b"", "drop")],
)
def test_an_answer_to_a_tap_that_fails_is_no_harm(
    status: int, answer: Any, how: str, platform: Script
) -> None:
    platform.will(status, answer, how=how)
    telegram(platform).acknowledge(tapped(), CONNECTION)
    telegram(platform).acknowledge(tapped(), replace(CONNECTION, token="gone"))
    assert len(platform.calls) == 1


def test_nobody_waits_long_for_the_answer_to_a_tap(platform: Script) -> None:
    platform.will(200, {}, how="hang")
    began = time.monotonic()
    telegram(platform).acknowledge(tapped(), CONNECTION)
    assert time.monotonic() - began < 2.5


def test_a_file_is_fetched_by_a_link_that_is_asked_for(platform: Script) -> None:
    platform.will(200, ok({"file_id": "f", "file_path": "documents/my file.pdf", "file_size": 900}))
    media = Media(channel_media_id="f", mime_type="application/pdf", size=1000)
    found = telegram(platform).download(media, CONNECTION)
    assert found.url == f"{platform.url}/file/bot{TOKEN}/documents/my%20file.pdf"
    assert (found.mime_type, found.size, dict(found.headers)) == ("application/pdf", 900, {})
    assert TOKEN not in repr(found)
    assert asked(platform) == [("getFile", {"file_id": "f"})]


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ("Bad Request: file is too big", "too_long"),
        ("Bad Request: wrong file_id or the file is temporarily unavailable", "invalid"),
        ("Bad Request: invalid file_id", "invalid"),
    ],
)
def test_a_file_that_is_gone_or_too_large_is_refused(description: str, reason: str, platform: Script) -> None:
    platform.will(400, refusal(400, description))
    with pytest.raises(SendRejected) as caught:
        telegram(platform).download(Media(channel_media_id="f"), CONNECTION)
    assert caught.value.reason == reason


@pytest.mark.parametrize(("size", "is_asked"), [(20 * 1024 * 1024, True), (20 * 1024 * 1024 + 1, False)])
def test_nobody_asks_for_what_is_known_to_be_too_large(size: int, is_asked: bool, platform: Script) -> None:
    platform.will(400, refusal(400, "Bad Request: file is too big"))
    with pytest.raises(SendRejected) as caught:
        telegram(platform).download(Media(channel_media_id="f", size=size), CONNECTION)
    assert caught.value.reason == "too_long"
    assert bool(platform.calls) is is_asked


def test_a_file_without_an_id_can_not_be_asked_for(platform: Script) -> None:
    with pytest.raises(SendRejected):
        telegram(platform).download(Media(url="https://a.example"), CONNECTION)
    assert platform.calls == []
