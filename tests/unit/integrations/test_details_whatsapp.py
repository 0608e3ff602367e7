"""Who wrote on WhatsApp, and what came with it: the fields that the table of meanings leaves out."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.events import Address, Media, Notice, ShopperMessage
from integrations.registry import CHANNELS, BaseUrls

FIXTURES = Path(__file__).parents[2] / "fixtures" / "whatsapp"
SENT_AT = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
REFERENCE = "th_aaaaaaaaaaaaaaaaaaaa/1793620790000#msg_bbbb"
CHANNEL = CHANNELS["whatsapp"](BaseUrls())

ANN = (Address("bsuid", "GB.13491208655302741918"), Address("phone", "447700900123"))
DEE = (Address("bsuid", "US.777000111"),)
ONLY_PHONE = (Address("phone", "447700900123"),)


def events_of(name: str) -> list[Any]:
    return list(CHANNEL.parse(json.loads((FIXTURES / f"{name}.json").read_text())))


def only(name: str) -> Any:
    (event,) = events_of(name)
    return event


def test_a_shopper_is_who_their_scoped_id_says_and_is_answered_by_phone() -> None:
    message = only("text")
    assert (message.addresses, message.wire) == (ANN, ANN[1])
    assert (message.name, message.sent_at, message.chat) == ("Ann Example", SENT_AT, "")


WHO = {
    "text_from_a_hidden_number": (DEE, "Dee"),
    "text_without_contacts": (ANN, ""),
    "text_without_a_name": (ANN, "@ann"),
    "text_without_a_profile": (ANN, ""),
    "text_without_a_scoped_id": (ONLY_PHONE, "Ann Example"),
    "text_with_its_scoped_id_beside_it": (ANN, "Ann Example"),
    "text_with_everything_beside_it": (ANN, "Ann Example"),
    "text_of_somebody_else_than_the_contact": (ANN, ""),
    "image_from_a_hidden_number": (DEE, "Dee"),
    "order_from_a_hidden_number": (DEE, "Dee"),
}


@pytest.mark.parametrize("name", WHO)
def test_who_wrote_is_known_by_what_is_there(name: str) -> None:
    message = only(name)
    assert (message.addresses, message.name) == WHO[name]
    assert message.wire == message.addresses[-1]


def test_names_are_found_by_id_and_not_by_position() -> None:
    messages = [event for event in events_of("batch") if isinstance(event, ShopperMessage)]
    named = {message.text: message.name for message in messages[:2]}
    assert named == {"A0a": "Ann Example", "A0b": "Ben Example"}


FILES = {
    "image": Media(mime_type="image/jpeg", channel_media_id="871102"),
    "image_with_a_link": Media(mime_type="image/jpeg", channel_media_id="871110"),
    "document": Media(mime_type="application/pdf", channel_media_id="871105", filename="order.pdf"),
    "document_without_a_name": Media(mime_type="application/pdf", channel_media_id="871114"),
    "voice_note": Media(mime_type="audio/ogg; codecs=opus", channel_media_id="871104"),
    "echo_of_a_picture": Media(mime_type="image/jpeg", channel_media_id="871120"),
}


@pytest.mark.parametrize("name", FILES)
def test_files_are_noted_by_id(name: str) -> None:
    assert only(name).media == (FILES[name],)


@pytest.mark.parametrize(
    "name", ["video_that_was_too_large", "image_without_an_id", "image_that_is_no_object"]
)
def test_a_file_that_whatsapp_does_not_have_is_none(name: str) -> None:
    assert only(name).media == ()


_MUG = {"product_id": "mug-1", "quantity": 2, "price": "9.5", "currency": "GBP"}
_AD = {
    "source_url": "https://fb.me/x",
    "source_id": "12",
    "source_type": "ad",
    "headline": "Sale",
    "body": "All mugs",
    "media_type": "image",
    "image_url": "https://scontent.example/ad.jpg",
    "welcome_message": "Hi! How can we help?",
}
DETAILS: dict[str, dict[str, Any]] = {
    "text": {},
    "text_with_everything_beside_it": {},
    "voice_note": {"voice": True},
    "audio_file": {},
    "sticker": {},
    "sticker_that_moves": {"animated": True},
    "video_that_was_too_large": {"error": "131052"},
    "location": {"latitude": 51.5, "longitude": -0.12, "name": "Corner shop", "address": "1 High Street"},
    "location_with_all": {
        "latitude": 51.5,
        "longitude": -0.12,
        "name": "Corner shop",
        "address": "1 High Street",
        "url": "https://corner.example",
    },
    "location_with_an_address_only": {"latitude": 51.5, "longitude": -0.12, "address": "1 High Street"},
    "location_in_words": {},
    "location_off_the_globe": {"name": "Nowhere"},
    "contacts": {
        "cards": [
            {"name": "Eve Example", "phones": ["+44 7700 900789"], "is_own": False},
            {"name": "", "phones": ["+44 7700 900788"], "is_own": False},
        ]
    },
    "contact_of_their_own": {
        "cards": [{"name": "Ann Example", "phones": ["+44 7700 900123"], "is_own": True}]
    },
    "contact_of_their_own_from_a_hidden_number": {
        "cards": [{"name": "", "phones": ["+12025550143"], "is_own": True}]
    },
    "contacts_with_all": {
        "cards": [
            {
                "name": "Eve Example",
                "phones": ["+44 7700 900789"],
                "is_own": False,
                "emails": ["eve@example.com"],
                "company": "Example Ltd",
            }
        ]
    },
    "contacts_that_are_none": {"cards": []},
    "list_reply": {"description": "2 days"},
    "list_reply_without_a_description": {},
    "form_reply": {"response": {"size": "M"}, "name": "flow"},
    "form_reply_with_a_token": {
        "response": {"flow_token": "ft-17", "size": "M", "amount": 2, "gift": True},
        "name": "flow",
        "flow_token": "ft-17",
    },
    "form_reply_that_is_no_json": {"response_text": '{"size": "M"', "name": "flow"},
    "form_reply_that_is_no_object": {"response_text": '["M"]', "name": "flow"},
    "form_reply_with_half_a_character": {
        "response": {"size": "M�", "number": "123456789012345678901234567890"},
        "name": "flow",
    },
    "form_reply_without_an_answer": {"name": "flow"},
    "form_reply_as_an_object": {"response": {"size": "M"}, "name": "flow"},
    "address_reply": {
        "response": {"values": {"in_pin_code": "400063", "name": "Ann"}},
        "name": "address_message",
    },
    "call_permission_reply": {"response": "accept"},
    "call_permission_refused": {"response": "reject", "source": "user_action"},
    "call_permission_for_a_while": {"response": "accept", "until": 1794225600, "source": "automatic"},
    "interactive_of_tomorrow": {"what": "hologram_reply"},
    "button_reply_that_is_no_object": {"what": "button_reply"},
    "interactive_without_its_object": {"what": "interactive", "error": "131000"},
    "order": {"catalog_id": "194836987003835", "lines": [_MUG]},
    "order_without_words": {
        "catalog_id": "194836987003835",
        "lines": [_MUG, {"product_id": "jug-7", "quantity": 1, "price": "30", "currency": "GBP"}],
    },
    "order_in_words": {"catalog_id": "194836987003835", "lines": [{**_MUG, "price": "9.50"}]},
    "order_of_odd_things": {
        "catalog_id": "",
        "lines": [
            {"product_id": "mug-1", "quantity": 1, "price": "", "currency": ""},
            {"product_id": "", "quantity": 2, "price": "", "currency": ""},
            {"product_id": "", "quantity": 1, "price": "", "currency": ""},
        ],
    },
    "text_from_an_ad": {
        "referral": {
            "source_url": "https://fb.me/x",
            "source_id": "12",
            "source_type": "ad",
            "headline": "Sale",
        }
    },
    "text_from_an_ad_with_a_click_id": {"referral": {**_AD, "ctwa_clid": "ARAkLkA8rmlFeiCktEJQ"}},
    "image_from_an_ad": {"referral": _AD},
    "text_from_an_ad_that_is_none": {},
    "forwarded": {"forwarded": "once"},
    "forwarded_often": {"forwarded": "often"},
    "text_about_a_product": {"product": {"catalog_id": "194836987003835", "product_id": "mug-1"}},
    "unsupported": {"what": "poll_creation", "error": "131051"},
    "unsupported_without_saying_what": {"error": "131051"},
    "unsupported_without_errors": {},
    "type_of_tomorrow": {"what": "hologram"},
}


@pytest.mark.parametrize("name", DETAILS)
def test_what_came_with_a_message(name: str) -> None:
    assert only(name).details == DETAILS[name]


@pytest.mark.parametrize(
    ("name", "payload", "reply_to"),
    [
        ("template_button", "yes", ""),
        ("template_button_on_ours", "yes", "wamid.OURS1"),
        ("template_button_without_payload", "Stop", ""),
        ("button_reply", "b1", ""),
        ("button_reply_on_ours", "b1", "wamid.OURS1"),
        ("button_reply_without_its_type", "b1", ""),
        ("list_reply", "r2", ""),
        ("list_reply_without_a_description", "r2", "wamid.OURS1"),
        ("form_reply_with_a_token", "", "wamid.OURS1"),
        ("text", "", ""),
        ("reply", "", "wamid.OURS1"),
        ("reply_to_nothing", "", ""),
        ("forwarded", "", ""),
        ("text_about_a_product", "", "wamid.OURS1"),
    ],
)
def test_what_was_tapped_and_what_is_answered(name: str, payload: str, reply_to: str) -> None:
    message = only(name)
    assert (message.payload, message.reply_to) == (payload, reply_to)


@pytest.mark.parametrize(
    ("name", "ref"),
    [
        ("text", ""),
        ("text_from_an_ad", "12"),
        ("text_from_an_ad_with_a_click_id", "ARAkLkA8rmlFeiCktEJQ"),
        ("image_from_an_ad", "12"),
        ("button_from_a_post", "13"),
        ("text_from_an_ad_that_is_none", ""),
        ("text_from_an_ad_and_a_hidden_number", "ARAkLkA8rmlFeiCktEJQ"),
    ],
)
def test_an_ad_is_named_by_its_click_and_else_by_itself(name: str, ref: str) -> None:
    assert only(name).ref == ref


def test_a_new_key_is_a_notice_about_the_shopper() -> None:
    notice = only("identity_key_changed")
    assert isinstance(notice, Notice)
    assert (notice.subject, notice.at) == ("447700900123", SENT_AT)
