"""What a Telegram update says beyond its line in the table of meanings."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import (
    Address,
    Deletion,
    Echo,
    Edit,
    Media,
    Membership,
    Notice,
    SelfTest,
    ShopperMessage,
    scope_of,
)
from integrations.registry import CHANNELS, BaseUrls
from integrations.telegram.connect import ALLOWED_UPDATES
from integrations.telegram.entities import part_of
from integrations.telegram.parse import KINDS, UPDATES
from integrations.telegram.webhook import SELF_TEST

FIXTURES = Path(__file__).parents[2] / "fixtures" / "telegram"
TELEGRAM = CHANNELS["telegram"](BaseUrls())
SENT_AT = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
CHAT = Address("chat", "5550001234567")
BUSINESS = Address("business_chat", "bc1/5550001234567")
BODIES: dict[str, Any] = {path.stem: json.loads(path.read_text()) for path in FIXTURES.glob("*.json")}


def only(name: str) -> Any:
    (event,) = TELEGRAM.parse(BODIES[name])
    return event


def names_in(body: dict[str, Any]) -> set[str]:
    """The update of a body, and what its message holds."""
    found = {name for name in body if name != "update_id"}
    for update in found & {"message", "business_message"}:
        found |= set(body[update])
    return found


def test_every_kind_that_the_code_names_has_a_body() -> None:
    assert set().union(*map(names_in, BODIES.values())) >= KINDS


def test_every_body_shows_a_kind_that_the_code_names_or_one_that_nobody_knows() -> None:
    for name, body in BODIES.items():
        assert names_in(body) & KINDS or [type(event).__name__ for event in TELEGRAM.parse(body)] == [
            "Unreadable"
        ], name


def test_telegram_is_asked_for_all_that_is_read_and_for_nothing_else() -> None:
    assert set(ALLOWED_UPDATES) == UPDATES.keys() - {SELF_TEST}


DETAILS: dict[str, dict[str, Any]] = {
    "text": {},
    "photo": {},
    "audio": {},
    "voice": {"voice": True},
    "voice_forwarded": {"voice": True, "forwarded": "once", "forwarded_from": "Somebody"},
    "forwarded_from_a_person": {"forwarded": "once", "forwarded_from": "Ben"},
    "forwarded_from_a_channel": {"forwarded": "once", "forwarded_from": "News"},
    "reply_with_a_quote": {"quote": "blue"},
    "reply_to_another_chat": {"quote": "the blue one", "replied_elsewhere": "News"},
    "reply_to_a_story": {"story": {"id": "12"}},
    "story": {"story": {"id": "3"}},
    "via_bot": {"via_bot": "gif"},
    "text_with_links": {"links": ["https://a.example/blue", "https://a.example/red"]},
    "contact": {"cards": [{"name": "Eve", "phones": ["+447700900789"], "is_own": False}]},
    "contact_of_their_own": {"cards": [{"name": "Ann Example", "phones": ["447700900123"], "is_own": True}]},
    "location": {"latitude": 51.5, "longitude": -0.12},
    "location_live": {"latitude": 51.5, "longitude": -0.12, "live_period": 900},
    "venue": {"latitude": 51.5, "longitude": -0.12, "name": "Corner shop", "address": "1 High Street"},
    "poll": {"options": ["Yes", "No"]},
    "dice": {"dice": 5},
    "paid_media": {"what": "paid_media", "stars": 25},
    "checklist": {"what": "checklist"},
    "invoice": {"what": "invoice"},
    "successful_payment": {"what": "successful_payment"},
    "web_app_data": {"what": "web_app_data"},
    "users_shared": {"what": "users_shared"},
    "message_of_tomorrow": {"what": "hologram"},
}


@pytest.mark.parametrize("name", DETAILS)
def test_a_message_says_more_than_its_words(name: str) -> None:
    details = only(name).details
    assert details == DETAILS[name]
    assert json.loads(json.dumps(details)) == details


MP4 = {"mime_type": "video/mp4"}
FILE = {"channel_media_id": "BQACAgIAAxkBAAMp", "size": 1000}
MEDIA: dict[str, list[Media]] = {
    "document": [Media(mime_type="application/pdf", filename="order.pdf", **FILE)],
    "video": [Media(filename="a.mp4", **MP4, **FILE)],
    "video_note": [Media(**MP4, **FILE)],
    "animation": [Media(**MP4, **FILE)],
    "voice": [Media(mime_type="audio/ogg", **FILE)],
    "audio": [Media(mime_type="audio/mpeg", filename="a.mp3", **FILE)],
    "sticker": [Media(mime_type="image/webp", **FILE)],
    "sticker_without_an_emoji": [Media(mime_type="application/x-tgsticker", **FILE)],
    "photo_without_sizes": [],
    "live_photo": [
        Media(mime_type="image/jpeg", channel_media_id="large", size=1000),
        Media(channel_media_id="moving", size=1000, **MP4),
    ],
    "paid_media": [
        Media(mime_type="image/jpeg", channel_media_id="large", size=1000),
        Media(channel_media_id="clip", size=1000, **MP4),
    ],
    "paid_media_locked": [],
    "rich_message": [Media(mime_type="image/jpeg", channel_media_id="large", size=1000)],
}


@pytest.mark.parametrize("name", MEDIA)
def test_files_are_noted_by_id_with_what_is_known_of_them(name: str) -> None:
    assert only(name).media == tuple(MEDIA[name])


def test_the_parts_of_an_album_share_its_id_and_each_file_names_its_message() -> None:
    first, second = only("album_part"), only("album_part_with_words")
    assert first.album == second.album == "139"
    assert [(one.part, one.caption) for one in first.media + second.media] == [
        ("41", ""),
        ("42", "Both of these"),
    ]
    assert only("photo").media[0].part == ""


@pytest.mark.parametrize(
    ("name", "ref"),
    [
        ("start", "cart_1"),
        ("start_by_name", "cart_1"),
        ("start_without_payload", ""),
        ("start_after_an_emoji", ""),
        ("text", ""),
    ],
)
def test_a_deep_link_is_the_command_that_opens_a_text(name: str, ref: str) -> None:
    assert only(name).ref == ref


@pytest.mark.parametrize("payload", ["cart_1", "A" * 64, "a-b_C9"])
def test_what_a_link_can_carry_is_taken(payload: str) -> None:
    assert started(f"/start {payload}") == payload


@pytest.mark.parametrize("payload", ["", "A" * 65, "two words", "ünicode", "a/b", "٣"])
def test_what_no_link_can_carry_was_typed_by_hand(payload: str) -> None:
    assert started(f"/start {payload}") == ""


@pytest.mark.parametrize(
    "entity",
    [
        {"offset": 0, "length": 6, "type": "bold"},
        {"offset": 0, "length": 5, "type": "bot_command"},
        {"offset": 0, "type": "bot_command"},
        {"offset": "0", "length": 6, "type": "bot_command"},
        {"offset": -6, "length": 6, "type": "bot_command"},
        {"offset": 0, "length": 10**9, "type": "bot_command"},
        None,
        "bot_command",
    ],
)
def test_a_command_that_telegram_does_not_mark_is_text(entity: Any) -> None:
    assert started("/start cart_1", entity) == ""


def started(text: str, entity: Any = ...) -> str:
    body = json.loads(json.dumps(BODIES["start"]))
    marked = {"offset": 0, "length": 6, "type": "bot_command"} if entity is ... else entity
    body["message"] |= {"text": text, "entities": [marked]}
    (event,) = TELEGRAM.parse(body)
    assert isinstance(event, ShopperMessage)
    assert event.text == text
    return event.ref


@pytest.mark.parametrize(
    ("text", "offset", "length", "part", "rest"),
    [
        ("💙 See this", 7, 4, "this", ""),
        ("👨‍👩‍👧 hi there", 9, 2, "hi", " there"),
        ("ভালো /start x", 5, 6, "/start", " x"),
        ("مرحبا 🙂 هنا", 6, 2, "🙂", " هنا"),
        ("short", 3, 9, "rt", ""),
        ("short", 9, 2, "", ""),
        ("🙂", 1, 1, "\ufffd", ""),
    ],
)
def test_offsets_count_utf_16_units(text: str, offset: int, length: int, part: str, rest: str) -> None:
    assert part_of(text, {"offset": offset, "length": length}) == (part, rest)


def test_a_tap_is_a_message_with_its_payload_that_wants_an_answer() -> None:
    tap = only("callback_query")
    assert (tap.payload, tap.text, tap.reply_to) == ("size_m", "Medium 💙", "41")
    assert (tap.channel_message_id, tap.acknowledge) == ("callback:4382bfdwdsb323b2d9", "4382bfdwdsb323b2d9")
    assert (tap.wire, tap.addresses, tap.chat) == (CHAT, (CHAT,), CHAT.value)
    assert (tap.name, tap.language) == ("Ann Example", "pt-br")


@pytest.mark.parametrize(
    "name", ["callback_query", "callback_query_inline", "callback_query_on_an_inaccessible_message"]
)
def test_a_tap_happens_now_however_old_its_message(name: str) -> None:
    tap = only(name)
    assert tap.is_now
    assert tap.sent_at <= SENT_AT
    assert tap.wire == CHAT


def test_a_tap_on_a_message_that_is_gone_says_what_is_behind_the_button() -> None:
    for name in ("callback_query_inline", "callback_query_whose_buttons_are_gone"):
        assert (only(name).text, only(name).payload) == ("size_m", "size_m")


def test_a_tap_in_a_persons_own_chat_is_answered_there() -> None:
    tap = only("callback_query_in_a_business_chat")
    assert (tap.wire, tap.addresses) == (BUSINESS, (Address("business_chat", "5550001234567"),))


def test_who_writes_to_a_person_is_known_by_their_chat_and_answered_through_the_connection() -> None:
    said = only("business_message")
    assert (said.addresses, said.wire) == ((Address("business_chat", "5550001234567"),), BUSINESS)
    assert said.chat == scope_of(BUSINESS)


@pytest.mark.parametrize("name", ["business_message_of_the_owner", "business_message_of_the_bot"])
def test_what_the_owner_writes_is_the_shops_own_word(name: str) -> None:
    echo = only(name)
    assert isinstance(echo, Echo)
    assert (echo.wire, echo.chat, echo.channel_message_id) == (BUSINESS, BUSINESS.value, "41")
    assert echo.sent_at == SENT_AT


def test_the_owners_reply_names_what_it_answers() -> None:
    assert only("business_message_of_the_owner").reply_to == "40"


@pytest.mark.parametrize(
    ("name", "wire", "by_shop", "after_s"),
    [
        ("edited_message", CHAT, False, 100),
        ("edited_caption", CHAT, False, 100),
        ("edited_message_without_a_date_of_its_own", CHAT, False, 0),
        ("edited_business_message", BUSINESS, False, 100),
        ("edited_business_message_of_the_owner", BUSINESS, True, 100),
    ],
)
def test_an_edit_says_when_and_whose(name: str, wire: Address, by_shop: bool, after_s: int) -> None:
    edit = only(name)
    assert isinstance(edit, Edit)
    assert (edit.wire, edit.chat, edit.by_shop) == (wire, wire.value, by_shop)
    assert edit.at == SENT_AT + timedelta(seconds=after_s)


def test_messages_that_were_taken_back_are_named_one_by_one() -> None:
    events = TELEGRAM.parse(BODIES["deleted_business_messages"])
    assert [(type(event), event.target_id) for event in events if isinstance(event, Deletion)] == [
        (Deletion, "41"),
        (Deletion, "42"),
    ]
    for event in events:
        assert isinstance(event, Deletion)
        assert (event.wire, event.chat, event.is_now) == (BUSINESS, BUSINESS.value, True)


def test_a_shopper_who_blocks_the_bot_says_so_for_themselves() -> None:
    blocked = only("blocked")
    assert blocked == Membership(addresses=(CHAT,), wire=CHAT, at=SENT_AT, is_reachable=False)


def test_a_person_who_lets_the_bot_help_says_what_it_may_do() -> None:
    notice = only("business_connection")
    assert isinstance(notice, Notice)
    assert (notice.at, notice.subject) == (SENT_AT, "bc1")
    assert notice.details == {
        "user_id": "7770001234",
        "user_chat_id": "7770001234",
        "is_enabled": True,
        "rights": ["can_read_messages", "can_reply"],
    }
    assert only("business_connection_ends").details["is_enabled"] is False


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("business_message", BUSINESS.value),
        ("deleted_business_messages", BUSINESS.value),
        ("edited_business_message", BUSINESS.value),
        ("callback_query_in_a_business_chat", BUSINESS.value),
        ("callback_query_inline", CHAT.value),
        ("self_test", ""),
    ],
)
def test_a_piece_waits_in_line_with_its_own_chat(name: str, address: str) -> None:
    (piece,) = TELEGRAM.split(json.dumps(BODIES[name]).encode())
    assert piece.address == address


def connection(**more: Any) -> Connection:
    return Connection(
        **{
            "merchant_id": "me_1",
            "connection_id": "cn_1",
            "channel": "telegram",
            "account": "1",
            "name": "Shop",
            "status": "active",
            "signing_secrets": ("s3cret", "older"),
            "details": {"username": "shop_bot"},
        }
        | more
    )


def test_our_own_test_call_is_signed_and_comes_back_as_what_it_is() -> None:
    headers, body = TELEGRAM.self_test(connection(), "n_123")
    TELEGRAM.verify(headers, body, ["s3cret"])
    (piece,) = TELEGRAM.split(body)
    assert TELEGRAM.parse(piece.body) == [SelfTest("n_123")]


def test_a_deep_link_opens_the_bot_where_its_name_is_known() -> None:
    assert TELEGRAM.deep_link("cart_1", connection()) == "https://t.me/shop_bot?start=cart_1"
    assert TELEGRAM.deep_link("cart_1", connection(details={})) == ""


def test_a_bots_token_is_never_renewed() -> None:
    assert TELEGRAM.renew(connection()) is None
