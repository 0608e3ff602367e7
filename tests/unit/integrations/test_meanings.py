"""What every webhook body of the fixtures means. The table is the specification: one line for each body."""

import json
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.events import Echo, Event, Reaction, ShopperMessage, StatusChange, Unreadable
from integrations.registry import CHANNELS, BaseUrls

FIXTURES = Path(__file__).parents[2] / "fixtures"


def _batch_of(tag: str) -> list[tuple[str, ...]]:
    return [
        ("message", "text", f"{tag}a"),
        ("message", "text", f"{tag}b"),
        ("reaction", "❤️", "wamid.OURS1"),
        ("status", "sent", "wamid.OURS1"),
        ("status", "read", "wamid.OURS9"),
    ]


MEANINGS: dict[str, dict[str, list[tuple[str, ...]]]] = {
    "whatsapp": {
        "account_restricted": [("kept", "unknown_kind:account_update")],
        "batch": [event for tag in ("A0", "A1", "B0", "B1") for event in _batch_of(tag)],
        "batch_with_an_odd_one": [
            ("message", "text", "before"),
            ("kept", "malformed"),
            ("kept", "malformed"),
            ("message", "text", "after"),
            ("kept", "unknown_kind:messages"),
        ],
        "button_reply": [("message", "button", "Size M")],
        "call_permission_reply": [("message", "unsupported", "")],
        "chat_opened": [("kept", "unknown_kind:request_welcome")],
        "contacts": [("message", "contacts", "Eve Example")],
        "document": [("message", "document", "")],
        "echo_edited": [("kept", "unknown_kind:echo_edit")],
        "echo_from_the_phone_app": [("echo", "text", "We have it in blue")],
        "edit": [("kept", "unknown_kind:edit")],
        "error_without_a_message": [("kept", "unknown_kind:errors")],
        "form_reply": [("message", "button", "Sent")],
        "forwarded": [("message", "text", "Look")],
        "group_message": [("kept", "unknown_kind:group")],
        "image": [("message", "image", "Like this")],
        "interactive_without_its_object": [("message", "unsupported", "")],
        "list_reply": [("message", "button", "Delivery")],
        "location": [("message", "location", "Corner shop")],
        "location_without_a_name": [("message", "location", "")],
        "marketing_stopped": [("kept", "unknown_kind:user_preferences")],
        "message_from_the_far_future": [("kept", "malformed")],
        "message_without_a_number": [("kept", "malformed")],
        "message_without_a_sender": [("kept", "malformed")],
        "number_changed": [("kept", "unknown_kind:system")],
        "order": [("message", "order", "Gift wrap, please")],
        "reaction": [("reaction", "👍", "wamid.OURS1")],
        "reaction_taken_back": [("reaction", "", "wamid.OURS1")],
        "reaction_taken_back_without_emoji": [("reaction", "", "wamid.OURS1")],
        "reply": [("message", "text", "This one")],
        "revoke": [("kept", "unknown_kind:revoke")],
        "status_failed": [("status", "failed", "wamid.OURS2")],
        "status_for_a_hidden_number": [("status", "delivered", "wamid.OURS4")],
        "status_in_a_group": [("kept", "unknown_kind:group")],
        "status_of_tomorrow": [("kept", "unknown_kind:status")],
        "status_without_recipient": [("status", "read", "wamid.OURS3")],
        "statuses": [
            ("status", "sent", "wamid.OURS1"),
            ("status", "delivered", "wamid.OURS1"),
            ("status", "read", "wamid.OURS1"),
            ("status", "read", "wamid.OURS1"),
        ],
        "sticker": [("message", "sticker", "")],
        "template_approved": [("kept", "unknown_kind:message_template_status_update")],
        "template_button": [("message", "button", "Yes, please")],
        "text": [("message", "text", "Is the blue one in stock? 💙")],
        "text_from_a_hidden_number": [("message", "text", "Hello")],
        "text_from_an_ad": [("message", "text", "More please")],
        "text_that_is_no_text": [("kept", "malformed")],
        "text_with_half_a_character": [("message", "text", "ok �")],
        "type_of_tomorrow": [("message", "unsupported", "")],
        "unsupported": [("message", "unsupported", "")],
        "video": [("message", "video", "")],
        "voice_note": [("message", "audio", "")],
    },
    "messenger": {
        "appointment": [("message", "unsupported", "")],
        "audio": [("message", "audio", "")],
        "batch": [
            ("message", "text", "one"),
            ("message", "text", "two"),
            ("status", "read", "up to"),
            ("echo", "text", "We do!"),
            ("message", "text", "three"),
            ("kept", "unknown_kind:standby"),
            ("kept", "unknown_kind:empty"),
        ],
        "batch_with_an_odd_one": [
            ("message", "text", "before"),
            ("kept", "malformed"),
            ("kept", "malformed"),
            ("kept", "malformed"),
            ("message", "text", "after"),
        ],
        "comment": [("kept", "unknown_kind:feed")],
        "delivery": [
            ("status", "delivered", "m_OURS1"),
            ("status", "delivered", "m_OURS2"),
            ("status", "delivered", "up to"),
        ],
        "delivery_without_ids": [("status", "delivered", "up to")],
        "echo_from_the_inbox": [("echo", "text", "Hello from a person")],
        "echo_of_ours": [("echo", "text", "We do!")],
        "edit": [("kept", "unknown_kind:message_edit")],
        "file": [("message", "document", "")],
        "image": [("message", "image", "")],
        "link": [("message", "share", "https://example.com/mug")],
        "link_without_payload": [("message", "share", "A post")],
        "location": [("message", "location", "Corner shop")],
        "message_in_seconds": [("kept", "malformed")],
        "message_without_id": [("kept", "malformed")],
        "opt_in": [("kept", "unknown_kind:optin")],
        "policy_block": [("kept", "unknown_kind:policy_enforcement")],
        "postback": [("message", "button", "Get started")],
        "postback_with_referral": [("message", "button", "Get started")],
        "postback_without_mid": [("message", "button", "Track my order")],
        "product_question": [("message", "text", "How much?")],
        "quick_reply": [("message", "button", "Size M")],
        "reaction": [("reaction", "❤️", "m_OURS1")],
        "reaction_as_a_word": [("reaction", "👍", "m_OURS1")],
        "reaction_taken_back": [("reaction", "", "m_OURS1")],
        "read": [("status", "read", "up to")],
        "reel": [("message", "share", "How to fold")],
        "referral": [("kept", "unknown_kind:referral")],
        "reply": [("message", "text", "Yes, this one")],
        "standby": [("kept", "unknown_kind:standby")],
        "sticker": [("message", "sticker", "")],
        "sticker_before_2026_09": [("message", "sticker", "")],
        "text": [("message", "text", "Do you ship to Wales?")],
        "thread_passed": [("kept", "unknown_kind:pass_thread_control")],
        "two_images": [("message", "image", "Both")],
        "video": [("message", "video", "")],
    },
    "instagram": {
        "audio": [("message", "audio", "")],
        "batch": [
            ("message", "text", "one"),
            ("status", "read", "aWdfOURS1"),
            ("reaction", "❤", "aWdfOURS1"),
            ("kept", "unknown_kind:comments"),
            ("message", "text", "two"),
            ("kept", "unknown_kind:comments"),
        ],
        "comment": [("kept", "unknown_kind:comments")],
        "comment_on_the_entry": [("kept", "unknown_kind:comments")],
        "deletion": [("kept", "unknown_kind:deletion")],
        "echo": [("echo", "text", "Twelve pounds")],
        "edit": [("kept", "unknown_kind:message_edit")],
        "image": [("message", "image", "")],
        "message_to_itself": [("kept", "unknown_kind:self_message")],
        "postback": [("message", "button", "Where is my order?")],
        "quick_reply": [("message", "button", "Yes")],
        "reaction": [("reaction", "🔥", "aWdfOURS1")],
        "reaction_taken_back": [("reaction", "", "aWdfOURS1")],
        "read": [("status", "read", "aWdfOURS1")],
        "referral": [("kept", "unknown_kind:referral")],
        "reply": [("message", "text", "That one")],
        "shared_post": [("message", "share", "Blue mug")],
        "shared_post_before_2026_03": [("message", "share", "")],
        "shared_reel": [("message", "share", "Kiln")],
        "standby": [("kept", "unknown_kind:standby")],
        "story_mention": [("message", "story_mention", "")],
        "story_reply": [("message", "story_reply", "Love it")],
        "test_from_the_dashboard": [("kept", "unknown_kind:messages")],
        "text": [("message", "text", "Quanto costa? 😊")],
        "text_from_an_ad": [("message", "text", "More please")],
        "unsupported": [("message", "unsupported", "")],
        "view_once": [("message", "unsupported", "")],
    },
    "telegram": {
        "album_part": [("message", "image", "")],
        "animation": [("message", "video", "")],
        "audio": [("message", "audio", "")],
        "blocked": [("kept", "unknown_kind:my_chat_member")],
        "business_message": [("kept", "unknown_kind:business_message")],
        "callback_query": [("kept", "unknown_kind:callback_query")],
        "channel_post": [("kept", "unknown_kind:channel_post")],
        "contact": [("message", "contacts", "Eve")],
        "document": [("message", "document", "My order")],
        "edited_message": [("kept", "unknown_kind:edited_message")],
        "group_message": [("kept", "unknown_kind:supergroup_message")],
        "location": [("message", "location", "")],
        "message_of_tomorrow": [("message", "unsupported", "")],
        "message_with_number_zero": [("message", "text", "Later")],
        "message_without_a_chat_id": [("kept", "malformed")],
        "message_without_a_date": [("kept", "malformed")],
        "photo": [("message", "image", "Like this")],
        "pinned": [("kept", "unknown_kind:pinned_message")],
        "poll": [("message", "unsupported", "")],
        "reaction": [("reaction", "👍", "40")],
        "reaction_custom": [("reaction", "❔", "40")],
        "reaction_in_a_group": [("kept", "unknown_kind:supergroup_message_reaction")],
        "reaction_taken_back": [("reaction", "", "40")],
        "reply": [("message", "text", "This")],
        "start": [("message", "text", "/start cart_1")],
        "sticker": [("message", "sticker", "🙂")],
        "story": [("message", "share", "")],
        "text": [("message", "text", "Tem em azul? 💙")],
        "update_of_tomorrow": [("kept", "unknown_kind:hologram_query")],
        "venue": [("message", "location", "Corner shop")],
        "video": [("message", "video", "")],
        "video_note": [("message", "video", "")],
        "voice": [("message", "audio", "")],
    },
}
CASES = [(channel, name) for channel, bodies in MEANINGS.items() for name in bodies]


def told(event: Event | Unreadable) -> tuple[str, ...]:
    match event:
        case ShopperMessage():
            return ("message", event.kind, event.text)
        case Echo():
            return ("echo", event.kind, event.text)
        case StatusChange():
            return ("status", event.status, event.channel_message_id or "up to")
        case Reaction():
            return ("reaction", event.emoji, event.target_id)
        case Unreadable():
            return ("kept", event.reason)


def body_of(channel: str, name: str) -> bytes:
    return (FIXTURES / channel / f"{name}.json").read_bytes()


@pytest.mark.parametrize(("channel", "name"), CASES)
def test_a_whole_body_means_this(channel: str, name: str) -> None:
    events = CHANNELS[channel](BaseUrls()).parse(json.loads(body_of(channel, name)))
    assert [told(event) for event in events] == MEANINGS[channel][name]


@pytest.mark.parametrize(("channel", "name"), CASES)
def test_its_pieces_mean_the_same_one_by_one(channel: str, name: str) -> None:
    speaker = CHANNELS[channel](BaseUrls())
    body = body_of(channel, name)
    pieces = speaker.split(body)
    assert pieces
    in_pieces: list[Any] = [event for piece in pieces for event in speaker.parse(piece.body)]
    assert in_pieces == speaker.parse(json.loads(body))


@pytest.mark.parametrize(("channel", "name"), CASES)
def test_a_piece_is_a_body_that_is_cut_into_itself(channel: str, name: str) -> None:
    speaker = CHANNELS[channel](BaseUrls())
    for piece in speaker.split(body_of(channel, name)):
        assert speaker.split(json.dumps(piece.body).encode()) == [piece]


def test_every_fixture_is_in_the_table_and_the_reverse() -> None:
    found = {
        (path.parent.name, path.stem) for path in FIXTURES.glob("*/*.json") if path.parent.name in CHANNELS
    }
    assert found == set(CASES)


@pytest.mark.parametrize(("channel", "name"), CASES)
def test_cutting_drops_nothing_around_an_event(channel: str, name: str) -> None:
    body = json.loads(body_of(channel, name))
    pieces = CHANNELS[channel](BaseUrls()).split(body_of(channel, name))
    if len(pieces) == 1:
        assert pieces[0].body == body
    for piece in pieces if channel != "telegram" else []:
        (entry,) = piece.body["entry"]
        assert piece.body.keys() == body.keys()
        assert any(entry.get("time") == whole.get("time") for whole in body["entry"])
