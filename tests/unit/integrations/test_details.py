"""Who wrote, when, in which language, with which files: the fields that the table of meanings leaves out."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.events import Address, Echo, Media, Reaction, StatusChange
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
    photo = Media(mime_type="image/jpeg", channel_media_id="large", size=1000)
    assert only("telegram", "photo").media == (photo,)


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
