"""Who wrote, when, in which language, with which files: the fields that the table of meanings leaves out."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.events import Address, Echo, Media, Reaction, ShopperMessage, StatusChange
from integrations.registry import CHANNELS, BaseUrls

FIXTURES = Path(__file__).parents[2] / "fixtures"
SENT_AT = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
REFERENCE = "th_aaaaaaaaaaaaaaaaaaaa/1793620790000#msg_bbbb"


def events_of(channel: str, name: str) -> list[Any]:
    body = json.loads((FIXTURES / channel / f"{name}.json").read_text())
    return list(CHANNELS[channel](BaseUrls()).parse(body))


def only(channel: str, name: str) -> Any:
    (event,) = events_of(channel, name)
    return event


def pieces_of(channel: str, name: str) -> list[tuple[str, str]]:
    body = (FIXTURES / channel / f"{name}.json").read_bytes()
    return [(piece.account, piece.address) for piece in CHANNELS[channel](BaseUrls()).split(body)]


def test_a_whatsapp_shopper_is_who_their_scoped_id_says_and_is_answered_by_phone() -> None:
    message = only("whatsapp", "text")
    assert message.addresses == (
        Address("bsuid", "GB.13491208655302741918"),
        Address("phone", "447700900123"),
    )
    assert message.wire == Address("phone", "447700900123")
    assert (message.name, message.sent_at, message.chat) == ("Ann Example", SENT_AT, "")


def test_a_shopper_who_hides_their_number_is_answered_by_scoped_id() -> None:
    message = only("whatsapp", "text_from_a_hidden_number")
    assert message.addresses == (Address("bsuid", "US.777000111"),)
    assert (message.wire, message.name) == (Address("bsuid", "US.777000111"), "Dee")


def test_names_are_found_by_id_and_not_by_position() -> None:
    messages = [event for event in events_of("whatsapp", "batch") if isinstance(event, ShopperMessage)]
    assert {message.text: message.name for message in messages[:2]} == {
        "A0a": "Ann Example",
        "A0b": "Ben Example",
    }


def test_a_piece_holds_the_contact_of_its_event_and_no_others() -> None:
    body = (FIXTURES / "whatsapp" / "batch.json").read_bytes()
    for piece in CHANNELS["whatsapp"](BaseUrls()).split(body):
        (entry,) = piece.body["entry"]
        (contact,) = entry["changes"][0]["value"]["contacts"]
        assert contact["wa_id"] == piece.address


def test_contacts_that_are_no_events_stay_with_every_piece() -> None:
    body = json.loads((FIXTURES / "whatsapp" / "batch_with_an_odd_one.json").read_text())
    value = body["entry"][0]["changes"][0]["value"]
    value["contacts"].append({"profile": {"name": "Nobody"}, "wa_id": "447700900999"})
    pieces = CHANNELS["whatsapp"](BaseUrls()).split(json.dumps(body).encode())
    names = [
        [contact["profile"]["name"] for contact in change["value"]["contacts"]]
        for piece in pieces
        for change in piece.body["entry"][0]["changes"]
        if change["value"]
    ]
    assert names == [["Ann Example", "Nobody"], ["Nobody"], ["Nobody"], ["Ann Example", "Nobody"]]


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("image", Media(mime_type="image/jpeg", channel_media_id="871102")),
        ("document", Media(mime_type="application/pdf", channel_media_id="871105", filename="order.pdf")),
    ],
)
def test_whatsapp_files_are_noted_by_id(name: str, media: Media) -> None:
    assert only("whatsapp", name).media == (media,)


def test_messenger_files_are_noted_by_link() -> None:
    assert [media.url for media in only("messenger", "two_images").media] == [
        "https://scontent.example/v/a.jpg",
        "https://scontent.example/v/b.jpg",
    ]


def test_a_sticker_that_comes_twice_is_one_sticker() -> None:
    assert only("messenger", "sticker_before_2026_09").media == (
        Media(url="https://scontent.example/v/s.png"),
    )


def test_a_view_once_picture_has_no_link() -> None:
    assert only("instagram", "view_once").media == ()


def test_the_largest_size_of_a_telegram_photo_is_noted() -> None:
    assert only("telegram", "photo").media == (Media(mime_type="image/jpeg", channel_media_id="large"),)


def test_telegram_says_who_writes_and_in_which_language() -> None:
    message = only("telegram", "text")
    assert (message.name, message.language) == ("Ann Example", "pt-br")
    assert message.wire == Address("chat", "5550001234567")
    assert (message.chat, message.channel_message_id) == ("5550001234567", "41")


@pytest.mark.parametrize(
    ("channel", "target"),
    [
        ("whatsapp", "wamid.OURS1"),
        ("messenger", "m_OURS1"),
        ("instagram", "aWdfOURS1"),
        ("telegram", "40"),
    ],
)
def test_a_reply_names_the_message_it_answers(channel: str, target: str) -> None:
    assert only(channel, "reply").reply_to == target


def test_a_forwarded_message_answers_nothing() -> None:
    assert only("whatsapp", "forwarded").reply_to == ""


def test_whatsapp_statuses_carry_our_reference() -> None:
    changes = events_of("whatsapp", "statuses")
    assert [change.reference for change in changes[:3]] == [REFERENCE] * 3


def test_a_failed_status_carries_the_code() -> None:
    change = only("whatsapp", "status_failed")
    assert (change.code, change.reference) == ("131047", REFERENCE)
    assert change.wire == Address("phone", "447700900123")


def test_a_status_without_recipient_still_names_its_message() -> None:
    change = only("whatsapp", "status_without_recipient")
    assert (change.wire, change.channel_message_id) == (None, "wamid.OURS3")


def test_messenger_delivery_covers_all_up_to_its_watermark() -> None:
    last = events_of("messenger", "delivery")[-1]
    assert last.up_to == datetime(2026, 11, 2, 11, 59, 59, 123_000, tzinfo=UTC)
    assert last.wire == Address("psid", "6543210987654321")


def test_instagram_read_names_one_message() -> None:
    change = only("instagram", "read")
    assert isinstance(change, StatusChange)
    assert (change.up_to, change.channel_message_id) == (None, "aWdfOURS1")


def test_an_echo_of_ours_carries_our_reference_and_a_persons_does_not() -> None:
    ours, theirs = only("messenger", "echo_of_ours"), only("messenger", "echo_from_the_inbox")
    assert isinstance(ours, Echo)
    assert (ours.reference, ours.wire) == (REFERENCE, Address("psid", "6543210987654321"))
    assert theirs.reference == ""


def test_an_echo_from_the_phone_app_is_for_the_shopper_it_went_to() -> None:
    assert only("whatsapp", "echo_from_the_phone_app").wire == Address("phone", "447700900123")


def test_a_postback_without_id_is_named_by_its_moment() -> None:
    assert only("messenger", "postback_without_mid").channel_message_id == "postback:1793620800123"


def test_a_reaction_says_whose_it_is() -> None:
    reaction = only("telegram", "reaction")
    assert isinstance(reaction, Reaction)
    assert (reaction.wire, reaction.chat, reaction.at) == (
        Address("chat", "5550001234567"),
        "5550001234567",
        SENT_AT,
    )


@pytest.mark.parametrize(
    ("channel", "name", "expected"),
    [
        ("whatsapp", "text", [("106540352242922", "447700900123")]),
        ("whatsapp", "text_from_a_hidden_number", [("106540352242922", "US.777000111")]),
        ("whatsapp", "statuses", [("106540352242922", "447700900123")] * 4),
        ("whatsapp", "echo_from_the_phone_app", [("106540352242922", "447700900123")]),
        ("whatsapp", "marketing_stopped", [("106540352242922", "447700900123")]),
        ("whatsapp", "template_approved", [("waba:102290129340398", "")]),
        ("messenger", "text", [("108824017345866", "6543210987654321")]),
        ("messenger", "echo_of_ours", [("108824017345866", "6543210987654321")]),
        ("messenger", "policy_block", [("108824017345866", "")]),
        ("instagram", "text", [("17841405309211844", "1254938275682919")]),
        ("instagram", "echo", [("17841405309211844", "1254938275682919")]),
        ("instagram", "message_to_itself", [("17841405309211844", "")]),
        ("telegram", "text", [("", "5550001234567")]),
        ("telegram", "callback_query", [("", "5550001234567")]),
        ("telegram", "blocked", [("", "5550001234567")]),
        ("telegram", "update_of_tomorrow", [("", "5550001234567")]),
    ],
)
def test_a_piece_names_account_and_shopper(channel: str, name: str, expected: list[tuple[str, str]]) -> None:
    assert pieces_of(channel, name) == expected
