"""What a shopper does on Telegram, and that our channel understands each of it."""

from typing import Any

import pytest
import requests

from chalicelib.domain.events import Edit, Membership, Reaction, ShopperMessage

from .harness import Connect, Connected
from .telegram_account import method, told_of_everything, understood


@pytest.fixture
def account(connect: Connect) -> Connected:
    return told_of_everything(connect("telegram"))


SAID: dict[str, tuple[dict[str, Any], str, str]] = {
    "text": ({"text": "Hi"}, "text", "Hi"),
    "image": ({"text": "Like this"}, "image", "Like this"),
    "video": ({}, "video", ""),
    "audio": ({}, "audio", ""),
    "document": ({"filename": "order.pdf"}, "document", ""),
    "sticker": ({"text": "🙂"}, "sticker", "🙂"),
    "animation": ({"text": "Look"}, "video", "Look"),
    "video_note": ({}, "video", ""),
    "live_photo": ({"text": "It moves"}, "image", "It moves"),
    "paid_media": ({}, "image", ""),
    "location": ({}, "location", ""),
    "venue": ({"text": "Corner shop"}, "location", "Corner shop"),
    "contact": ({}, "contacts", "Mary Okoro"),
    "poll": ({"text": "Blue?", "options": ["Yes", "No"]}, "poll", "Blue?"),
    "dice": ({}, "text", "🎲"),
    "story": ({}, "share", ""),
    "checklist": ({"text": "To buy"}, "unsupported", "To buy"),
    "rich_message": ({"text": "Two mugs"}, "text", "A list\nTwo mugs"),
    "invoice": ({"text": "Two mugs"}, "unsupported", "Two mugs"),
    "successful_payment": ({}, "unsupported", ""),
    "web_app_data": ({"text": "Open"}, "unsupported", "Open"),
    "users_shared": ({}, "unsupported", ""),
    "start": ({"payload": "cart_1"}, "text", "/start cart_1"),
    "referral": ({"ref": "cart_1"}, "text", "/start cart_1"),
}


@pytest.mark.parametrize("kind", SAID)
def test_whatever_a_shopper_sends_is_understood(account: Connected, kind: str) -> None:
    more, expected, text = SAID[kind]
    event_id = account.says(kind=kind, **more)
    (said,) = understood(account)
    assert isinstance(said, ShopperMessage)
    assert (said.kind, said.text, said.channel_message_id) == (expected, text, event_id)
    assert account.phone()[-1]["id"] == event_id
    for media in said.media:
        found = method(account, "getFile", file_id=media.channel_media_id)
        assert found["file_size"] == media.size
        file = requests.get(
            f"{account.sandbox.url}/telegram/file/bot{account.token}/{found['file_path']}", timeout=10
        )
        assert len(file.content) == media.size


def test_an_album_is_as_many_messages_as_it_has_parts(account: Connected) -> None:
    first = account.says(kind="album", parts=4, text="All of these")
    parts = understood(account, 4)
    assert {part.album for part in parts} == {parts[0].album}
    assert [part.channel_message_id for part in parts] == [str(int(first) + number) for number in range(4)]
    assert [part.text for part in parts] == ["All of these", "", "", ""]
    assert [row["kind"] for row in account.phone()] == ["image"] * 4


def test_a_quote_and_who_it_is_from_come_with_a_message(account: Connected) -> None:
    sent = str(account.send(account.address(), "Red, blue and green")["result"]["message_id"])
    account.says("How much?", reply_to=sent, quote="blue", forwarded_from="Somebody")
    (said,) = understood(account, 2)[1:]
    assert (said.reply_to, said.details["quote"], said.details["forwarded"]) == (sent, "blue", "once")


def test_a_changed_caption_is_an_edit(account: Connected) -> None:
    sent = account.says("Like this", kind="image")
    account.says("Like that", kind="edit")
    update = account.hears(2)[-1]["edited_message"]
    assert (update["caption"], "photo" in update) == ("Like that", True)
    (edit,) = understood(account, 2)[1:]
    assert isinstance(edit, Edit)
    assert (edit.target_id, edit.text) == (sent, "Like that")


def test_a_tap_is_understood_with_its_buttons_title(account: Connected) -> None:
    chat = account.address()
    buttons = [[{"text": "Small", "callback_data": "s"}], [{"text": "Site", "url": "https://a.example"}]]
    sent = account.send(chat, "Which?", reply_markup={"inline_keyboard": buttons})["result"]
    shown = account.phone()[-1]
    assert shown["links"] == [{"title": "Site", "url": "https://a.example"}]
    account.says(kind="button", payload="s")
    (tap,) = understood(account, 2)[1:]
    assert (tap.kind, tap.text, tap.payload, tap.reply_to) == (
        "button",
        "Small",
        "s",
        str(sent["message_id"]),
    )
    assert method(account, "answerCallbackQuery", callback_query_id=tap.acknowledge) is True


def test_blocking_and_coming_back_are_understood(account: Connected) -> None:
    account.address()
    account.says(kind="block")
    account.says(kind="unblock")
    changes = understood(account, 3)[1:]
    assert [isinstance(change, Membership) and change.is_reachable for change in changes] == [False, True]


def test_a_reaction_is_understood_and_the_shops_own_is_on_the_phone(account: Connected) -> None:
    chat = account.address()
    account.send(chat)
    account.says(kind="reaction", emoji="🔥")
    assert isinstance(understood(account, 2)[1], Reaction)
    method(
        account, "setMessageReaction", chat_id=chat, message_id=1, reaction=[{"type": "emoji", "emoji": "👀"}]
    )
    assert account.phone()[0]["shop_reaction"] == "👀"
    method(account, "setMessageReaction", chat_id=chat, message_id=1, reaction=[])
    assert account.phone()[0]["shop_reaction"] == ""
    for emoji, problem in ((["🫖"], "REACTION_INVALID"), (["👀", "👍"], "REACTIONS_TOO_MANY")):
        given = [{"type": "emoji", "emoji": one} for one in emoji]
        assert problem in method(
            account, "setMessageReaction", 400, chat_id=chat, message_id=1, reaction=given
        )
