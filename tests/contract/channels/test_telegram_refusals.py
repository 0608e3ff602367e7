"""What Telegram's answers mean for what was sent."""

from typing import Any

import pytest
from scripted_platform import Script
from telegram_bot import asked, ok, refusal, send

from chalicelib.domain.content import Content, text_content
from chalicelib.domain.events import Address
from chalicelib.ports.errors import ChatMigrated, OutcomeUnknown, RetryLater, SendError, SendRejected
from integrations.telegram.errors import WORDS


def failure(platform: Script, content: Content | None = None) -> SendError:
    with pytest.raises(SendError) as caught:
        send(platform, content or text_content("Yes"))
    return caught.value


REFUSALS: list[tuple[int, str, str]] = [
    (403, "Forbidden: bot was blocked by the user", "unreachable"),
    (403, "Forbidden: user is deactivated", "unreachable"),
    (403, "Forbidden: bot was kicked from the group chat", "unreachable"),
    (403, "Forbidden: bot is not a member of the channel chat", "unreachable"),
    (403, "Forbidden: bot can't initiate conversation with a user", "unreachable"),
    (403, "Forbidden: bot can't send messages to bots", "unreachable"),
    (400, "Bad Request: chat not found", "unreachable"),
    (400, "Bad Request: private chat not found", "unreachable"),
    (400, "Bad Request: PEER_ID_INVALID", "unreachable"),
    (400, "Bad Request: BUSINESS_PEER_USAGE_MISSING", "window_closed"),
    (400, "Bad Request: business connection not found", "not_permitted"),
    (400, "Bad Request: BUSINESS_CONNECTION_INVALID", "not_permitted"),
    (403, "Forbidden: something new", "not_permitted"),
    (400, "Bad Request: message is too long", "too_long"),
    (400, "Bad Request: message caption is too long", "too_long"),
    (400, "Bad Request: file is too big", "too_long"),
    (413, "Request Entity Too Large", "too_long"),
    (400, "Bad Request: query is too old and response timeout expired or query ID is invalid", "invalid"),
    (400, "Bad Request: wrong file identifier/HTTP URL specified", "invalid"),
    (400, "Bad Request: BUTTON_DATA_INVALID", "invalid"),
    (400, "Bad Request: REACTION_INVALID", "invalid"),
    (400, "Bad Request: something new", "invalid"),
    (401, "Unauthorized", "token_rejected"),
    (404, "Not Found", "token_rejected"),
]


@pytest.mark.parametrize(("code", "description", "reason"), REFUSALS)
def test_a_refusal_for_good_has_one_of_our_words(
    code: int, description: str, reason: str, platform: Script
) -> None:
    error = failure(platform.will(code, refusal(code, description)))
    assert isinstance(error, SendRejected)
    assert (error.code, error.reason) == (str(code), reason)
    assert description not in str(error)
    assert len(platform.calls) == 1


@pytest.mark.parametrize("words", [words for words, _ in WORDS if "entities" not in words])
def test_every_sentence_of_the_table_is_found_in_an_answer(words: str, platform: Script) -> None:
    error = failure(platform.will(400, refusal(400, f"Bad Request: {words.upper()} (1)")))
    assert isinstance(error, SendRejected)
    assert error.reason == dict(WORDS)[words]


WAITS: list[tuple[int, dict[str, Any], dict[str, str], float]] = [
    (429, refusal(429, "Too Many Requests: retry after 17", retry_after=17), {"Retry-After": "9"}, 17.0),
    (429, refusal(429, "Too Many Requests"), {"Retry-After": "9"}, 9.0),
    (429, refusal(429, "Too Many Requests"), {}, 5.0),
    (429, {}, {}, 5.0),
    (429, refusal(429, "Too Many Requests", retry_after=-1), {}, 5.0),
    (429, refusal(429, "Too Many Requests", retry_after=0), {}, 1.0),
    (409, refusal(409, "Conflict: terminated by other getUpdates request"), {}, 10.0),
    (421, refusal(421, "Misdirected Request"), {}, 10.0),
    (500, refusal(500, "Internal Server Error"), {}, 10.0),
    (503, {}, {}, 10.0),
]


@pytest.mark.parametrize(("status", "answer", "headers", "after_s"), WAITS)
def test_a_refusal_for_now_says_for_how_long(
    status: int, answer: dict[str, Any], headers: dict[str, str], after_s: float, platform: Script
) -> None:
    error = failure(platform.will(status, answer, headers))
    assert isinstance(error, RetryLater)
    assert error.after_s == after_s
    assert error.limits == ("connection" if status == 429 else "")


def test_a_chat_that_moved_says_where_to(platform: Script) -> None:
    moved = refusal(
        400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1001
    )
    error = failure(platform.will(400, moved))
    assert isinstance(error, ChatMigrated)
    assert error.to == Address("chat", "-1001")


BAD_MARKUP = refusal(400, "Bad Request: can't parse entities: Unsupported start tag at byte offset 4")


def test_words_whose_markup_is_refused_go_out_once_more_as_plain_text(platform: Script) -> None:
    platform.will(400, BAD_MARKUP).will(200, ok({"message_id": 78}))
    assert send(platform, text_content("5 < 6"), reply_to="40") == "78"
    (_, first), (method, second) = asked(platform)
    assert (method, second["text"]) == ("sendMessage", "5 < 6")
    assert first == second
    assert not {"parse_mode", "entities"} & second.keys()


def test_plain_text_is_tried_once_and_no_more(platform: Script) -> None:
    error = failure(platform.will(400, BAD_MARKUP))
    assert isinstance(error, SendRejected)
    assert error.reason == "invalid"
    assert len(platform.calls) == 2


def test_what_is_so_already_counts_as_done(platform: Script) -> None:
    platform.will(400, refusal(400, "Bad Request: message is not modified: it is exactly the same"))
    assert send(platform, Content(kind="reaction", text="👍", target="41")) == "reaction:41"


@pytest.mark.parametrize("answer", [b"", b"[]", {}, {"ok": True}, ok({}), ok("yes")])
@pytest.mark.parametrize("content", [text_content("Yes"), Content(kind="reaction", text="👍", target="41")])
def test_an_answer_that_can_not_be_read_may_have_been_a_yes(
    content: Content, answer: Any, platform: Script
) -> None:
    assert isinstance(failure(platform.will(200, answer), content), OutcomeUnknown)


ODD: list[tuple[int, dict[str, Any], str]] = [
    (200, refusal(403, "Forbidden: bot was blocked by the user"), "unreachable (403)"),
    (400, {"ok": False, "error_code": "x", "description": None}, "invalid (400)"),
    (400, {"ok": False, "error_code": True}, "invalid (400)"),
    (400, {"ok": False, "parameters": []}, "invalid (400)"),
    (400, refusal(502, "Bad Gateway"), "try again in 10 s (502)"),
    (502, refusal(400, "Bad Request"), "try again in 10 s (400)"),
]


@pytest.mark.parametrize(("status", "answer", "told"), ODD)
def test_the_body_counts_more_than_the_status(
    status: int, answer: dict[str, Any], told: str, platform: Script
) -> None:
    assert str(failure(platform.will(status, answer))) == told
