"""What else the webhooks of Messenger and Instagram say: files, stories, products, links, comments."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import meanings_instagram
import meanings_messenger
import pytest

from chalicelib.domain.events import Address, Echo, Edit, Media, Reaction, ShopperMessage, scope_of
from integrations.meta.kinds import (
    ATTACHMENTS,
    COMMENTS,
    EVENTS,
    FEED,
    KINDS,
    MENTIONS,
    POLICY,
    SELF_TEST,
    TEMPLATE_STATUS,
)
from integrations.meta.said import EMOJI
from integrations.registry import CHANNELS, BaseUrls

FIXTURES = Path(__file__).parents[2] / "fixtures"
MEANINGS = {"messenger": meanings_messenger.MEANINGS, "instagram": meanings_instagram.MEANINGS}
SHOPPER = {
    "messenger": Address("psid", "6543210987654321"),
    "instagram": Address("igsid", "1254938275682919"),
}
SENT_AT = datetime(2026, 11, 2, 12, 0, 0, 123_000, tzinfo=UTC)
TOLD_AT = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
A_DAY_LATER = SENT_AT + timedelta(hours=24)
STORY = "https://scontent.example/v/story.jpg"
AD = {
    "source": "ADS",
    "type": "OPEN_THREAD",
    "ad_id": "6045246247433",
    "ads_context_data": {
        "ad_title": "Spring mugs",
        "photo_url": "https://scontent.example/v/ad.jpg",
        "post_id": "108824017345866_55",
        "product_id": "771",
    },
}
EXPIRES = {"expires_at": "2026-11-03T12:00:00.123000+00:00"}
NOTIFICATIONS = {
    "token": "5614000000000000001",
    "timezone": "Europe/London",
    "token_status": "NOT_REFRESHED",
    "payload": "restock:771",
    "title": "Back in stock",
    "expires_at": "2027-11-02T12:00:00+00:00",
}
TEMPLATE = {"event": "REJECTED", "reason": "INVALID_FORMAT", "id": 594425479261596, "language": "en_GB"}


def bodies_of(channel: str) -> dict[str, Any]:
    paths = sorted((FIXTURES / channel).glob("*.json"))
    return {path.stem: json.loads(path.read_text()) for path in paths}


def events_of(channel: str, name: str) -> list[Any]:
    return list(CHANNELS[channel](BaseUrls()).parse(bodies_of(channel)[name]))


def only(channel: str, name: str) -> Any:
    (event,) = events_of(channel, name)
    return event


def file(name: str, expires_at: datetime | None = None) -> Media:
    return Media(url=f"https://scontent.example/v/{name}", expires_at=expires_at)


# (channel, fixture) -> the fields that matter there.
DETAILS: dict[tuple[str, str], dict[str, Any]] = {
    ("messenger", "image"): {"media": (file("a.jpg"),), "details": {}},
    ("messenger", "two_images_and_a_video"): {"media": (file("a.jpg"), file("b.jpg"), file("c.mp4"))},
    ("messenger", "image_without_a_link"): {"media": ()},
    ("messenger", "sticker"): {"media": (file("s.png"),)},
    ("messenger", "sticker_as_an_image"): {"media": (file("s.png"),)},
    ("messenger", "sticker_before_2026_09"): {"media": (file("s.png"),)},
    ("messenger", "sticker_without_a_link"): {"media": ()},
    ("messenger", "attachment_of_tomorrow"): {"media": (), "details": {}},
    ("messenger", "appointment"): {"details": {"booking_id": "1", "status": "requested"}},
    ("messenger", "appointment_confirmed"): {
        "details": {
            "booking_id": "7741",
            "status": "confirmed",
            "start_time": "2026-11-05T14:00:00+0000",
            "end_time": "2026-11-05T14:30:00+0000",
            "timezone": "Europe/London",
        }
    },
    ("messenger", "link"): {
        "text": "https://example.com/mug",
        "media": (),
        "details": {"share": {"type": "fallback", "url": "https://example.com/mug", "title": "A mug"}},
    },
    ("messenger", "link_without_payload"): {
        "details": {"share": {"type": "fallback", "url": "https://example.com/p", "title": "A post"}}
    },
    ("messenger", "link_of_nothing"): {"details": {}},
    ("messenger", "reel"): {
        "details": {
            "share": {
                "type": "reel",
                "url": "https://example.com/reel/1",
                "title": "How to fold",
                "reel_video_id": 1,
            }
        }
    },
    ("messenger", "product_template"): {
        "details": {
            "product": {
                "id": "771",
                "retailer_id": "mug-blue",
                "title": "Blue mug",
                "subtitle": "£12.00",
                "image_url": "https://scontent.example/v/mug.jpg",
            }
        }
    },
    ("messenger", "two_products"): {
        "details": {
            "product": {"id": "771", "title": "Blue mug"},
            "products": [{"id": "771", "title": "Blue mug"}, {"id": "772", "title": "Red mug"}],
        }
    },
    ("messenger", "location"): {"details": {"latitude": 51.5, "longitude": -0.12, "name": "Corner shop"}},
    ("messenger", "location_without_coordinates"): {"details": {}},
    ("messenger", "product_question"): {"ref": "", "details": {"product": {"id": "771"}}},
    ("messenger", "text_from_an_ad"): {"ref": "spring", "details": {"referral": AD}},
    ("messenger", "postback"): {"payload": "GET_STARTED", "ref": "", "details": {}},
    ("messenger", "postback_with_referral"): {
        "ref": "cart1",
        "details": {"referral": {"source": "SHORTLINK", "type": "OPEN_THREAD"}},
    },
    ("messenger", "postback_from_an_ad"): {"ref": "", "details": {"referral": AD}},
    ("messenger", "quick_reply"): {"payload": "size_m", "text": "Size M"},
    ("messenger", "quick_reply_without_payload"): {"payload": ""},
    ("messenger", "reply_to_an_own_message"): {"reply_to": "m_Xy0ZkQ9vF7sR21"},
    ("messenger", "referral"): {"details": {"source": "SHORTLINK", "type": "OPEN_THREAD"}},
    ("messenger", "referral_from_an_ad"): {"ref": "", "details": AD, "at": SENT_AT},
    ("messenger", "referral_from_a_site"): {
        "details": {
            "source": "CUSTOMER_CHAT_PLUGIN",
            "type": "OPEN_THREAD",
            "referer_uri": "https://shop.example/mugs",
        }
    },
    ("messenger", "opt_in_of_a_known_shopper"): {"ref": "cart1", "details": {"source": "optin"}},
    ("messenger", "notifications_wanted"): {"details": NOTIFICATIONS, "at": SENT_AT},
    ("messenger", "notifications_wanted_without_more"): {"details": {"token": "5614000000000000001"}},
    ("messenger", "notifications_refreshed"): {
        "at": SENT_AT,
        "details": {
            "shopper": SHOPPER["messenger"].value,
            "payload": "restock:771",
            "title": "Back in stock",
            "expires_at": "2027-11-02T12:00:00+00:00",
        },
    },
    ("messenger", "notifications_resumed"): {"details": NOTIFICATIONS | {"token_status": "REFRESHED"}},
    ("messenger", "echo_of_an_image"): {"media": (file("e.jpg"),), "reference": ""},
    ("messenger", "echo_of_a_sticker_before_2026_09"): {"media": (file("s.png"),)},
    ("messenger", "echo_of_a_reply"): {"reply_to": "m_Xy0ZkQ9vF7sR21"},
    ("messenger", "echo_deleted"): {"by_shop": True, "at": SENT_AT},
    ("messenger", "reaction"): {"by_shop": False},
    ("messenger", "reaction_of_the_shop"): {"by_shop": True, "addresses": (SHOPPER["messenger"],)},
    ("messenger", "edit"): {"number": 1, "by_shop": False, "at": SENT_AT},
    ("messenger", "edit_of_the_shop"): {"number": 2, "by_shop": True},
    ("messenger", "edit_without_a_number"): {"number": 0},
    ("messenger", "standby"): {"is_standby": True},
    ("messenger", "standby_postback"): {
        "is_standby": True,
        "payload": "",
        "channel_message_id": "postback:1793620800123",
    },
    ("messenger", "text"): {"is_standby": False, "ref": "", "payload": "", "details": {}},
    ("messenger", "thread_passed"): {
        "details": {
            "previous_owner_app_id": "263902037430900",
            "new_owner_app_id": "1517776481860111",
            "metadata": "back to you",
        },
        "at": SENT_AT,
    },
    ("messenger", "thread_passed_without_metadata"): {"details": {"new_owner_app_id": "1517776481860111"}},
    ("messenger", "thread_requested"): {
        "details": {"requested_owner_app_id": "1517776481860111", "metadata": "back to you"}
    },
    ("messenger", "policy_warning"): {
        "details": {"action": "warning", "reason": "Messages outside the standard window"},
        "at": SENT_AT,
    },
    ("messenger", "policy_block_without_reason"): {"details": {"action": "block"}},
    ("messenger", "app_roles"): {
        "details": {
            "roles": {
                "1517776481860111": ["primary_receiver"],
                "1517776481860999": ["secondary_receiver"],
            }
        }
    },
    ("messenger", "account_linked"): {"details": {"status": "linked", "shopper": "6543210987654321"}},
    ("messenger", "comment"): {
        "channel_message_id": "comment:55_1001",
        "name": "Ann Example",
        "sent_at": datetime(2026, 11, 2, 11, 58, 20, tzinfo=UTC),
        "reply_to": "",
        "details": {"comment_id": "55_1001", "post_id": "108824017345866_55"},
    },
    ("messenger", "comment_on_a_comment"): {
        "reply_to": "comment:55_1001",
        "details": {
            "comment_id": "55_1002",
            "post_id": "108824017345866_55",
            "parent_id": "55_1001",
        },
    },
    ("messenger", "comment_with_a_photo"): {"media": (file("c.jpg"),)},
    ("messenger", "comment_without_a_time"): {"sent_at": TOLD_AT},
    ("messenger", "comment_edited"): {"at": TOLD_AT, "by_shop": False},
    ("messenger", "comment_removed"): {"at": TOLD_AT, "by_shop": False},
    ("messenger", "template_rejected"): {"details": TEMPLATE, "at": SENT_AT + timedelta(milliseconds=400)},
    ("messenger", "template_approved"): {
        "details": {"event": "APPROVED", "id": 594425479261596, "language": "en_GB"}
    },
    ("instagram", "two_images"): {"media": (file("a.jpg"), file("b.jpg"))},
    ("instagram", "file"): {"media": (file("a.pdf"),)},
    ("instagram", "view_once"): {"media": (), "details": {}},
    ("instagram", "shared_post"): {
        "media": (),
        "details": {
            "share": {"type": "ig_post", "url": "https://scontent.example/v/post", "title": "Blue mug"}
        },
    },
    ("instagram", "shared_media"): {
        "details": {"share": {"type": "media", "url": "https://scontent.example/v/media"}}
    },
    ("instagram", "shared_story"): {
        "media": (file("story.jpg", A_DAY_LATER),),
        "details": {"story": {"url": STORY, **EXPIRES}},
    },
    ("instagram", "shared_story_without_a_link"): {"media": (), "details": {}},
    ("instagram", "story_mention"): {
        "media": (file("story.jpg", A_DAY_LATER),),
        "details": {"story": {"url": STORY, **EXPIRES}},
    },
    ("instagram", "story_mention_without_a_link"): {"media": (), "details": {}},
    ("instagram", "story_reply"): {
        "media": (),
        "reply_to": "",
        "details": {"story": {"id": "18037", "url": STORY, **EXPIRES}},
    },
    ("instagram", "story_reply_without_a_link"): {"details": {"story": {"id": "18037", **EXPIRES}}},
    ("instagram", "story_reply_without_id"): {"details": {}},
    ("instagram", "story_reply_with_an_image"): {
        "media": (file("a.jpg"),),
        "details": {"story": {"id": "18037", "url": STORY, **EXPIRES}},
    },
    ("instagram", "view_once_about_a_story"): {
        "media": (),
        "details": {"story": {"id": "18037", "url": STORY, **EXPIRES}},
    },
    ("instagram", "product_question"): {"details": {"product": {"id": "771"}}},
    ("instagram", "text_from_an_ad"): {
        "ref": "r",
        "details": {"referral": {"source": "ADS", "type": "OPEN_THREAD", "ad_id": "12"}},
    },
    ("instagram", "quick_reply"): {"payload": "yes"},
    ("instagram", "postback_with_referral"): {
        "payload": "PRICES",
        "ref": "cart1",
        "details": {"referral": {"source": "IGME-SOURCE-LINK", "type": "OPEN_THREAD"}},
    },
    ("instagram", "postback_without_payload"): {"payload": "", "is_standby": False},
    ("instagram", "referral_from_an_ad"): {
        "ref": "",
        "details": {"source": "ADS", "type": "OPEN_THREAD", "ad_id": "12"},
    },
    ("instagram", "deletion"): {"by_shop": False, "at": SENT_AT, "wire": SHOPPER["instagram"]},
    ("instagram", "echo_deleted"): {"by_shop": True, "wire": SHOPPER["instagram"]},
    ("instagram", "echo_of_an_image"): {"media": (file("e.jpg"),), "wire": SHOPPER["instagram"]},
    ("instagram", "standby"): {"is_standby": True},
    ("instagram", "comment"): {
        "channel_message_id": "comment:17870",
        "name": "ann",
        "sent_at": TOLD_AT,
        "reply_to": "",
        "details": {"comment_id": "17870", "post_id": "1787", "media_product_type": "FEED"},
        "addresses": (SHOPPER["instagram"],),
    },
    ("instagram", "comment_named_as_in_the_examples"): {
        "channel_message_id": "comment:17870",
        "details": {"comment_id": "17870", "post_id": "1787", "media_product_type": "FEED"},
    },
    ("instagram", "comment_on_the_entry"): {"channel_message_id": "comment:17870", "sent_at": TOLD_AT},
    ("instagram", "comment_without_a_time"): {
        "is_now": True,
        "sent_at": datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC),
    },
    ("instagram", "comment_in_milliseconds"): {"sent_at": SENT_AT + timedelta(milliseconds=400)},
    ("instagram", "comment_on_a_comment"): {
        "reply_to": "comment:17870",
        "details": {
            "comment_id": "17871",
            "post_id": "1787",
            "parent_id": "17870",
            "media_product_type": "FEED",
        },
    },
    ("instagram", "comment_under_an_ad"): {
        "details": {
            "comment_id": "17870",
            "post_id": "1787",
            "media_product_type": "AD",
            "ad_id": "6045",
            "ad_title": "Spring mugs",
            "original_media_id": "1786",
        }
    },
    ("instagram", "comment_without_media"): {"details": {"comment_id": "17870"}},
    ("instagram", "comment_without_a_username"): {"name": ""},
    ("instagram", "live_comment"): {
        "details": {
            "comment_id": "17870",
            "post_id": "1799",
            "media_product_type": "LIVE",
            "is_live": True,
        }
    },
    ("instagram", "mention"): {"details": {"comment_id": "17873"}, "at": TOLD_AT},
    ("instagram", "mention_in_a_caption"): {"details": {}},
    ("instagram", "test_from_the_dashboard"): {
        "wire": Address("igsid", "12334"),
        "sent_at": datetime(2018, 5, 27, 22, 23, 44, tzinfo=UTC),
    },
    ("instagram", "test_of_standing_by"): {"is_standby": True},
}


@pytest.mark.parametrize(("channel", "name"), DETAILS)
def test_what_else_a_body_says_is_kept(channel: str, name: str) -> None:
    event = only(channel, name)
    fields = DETAILS[channel, name]
    assert {field: getattr(event, field) for field in fields} == fields


@pytest.mark.parametrize("channel", MEANINGS)
def test_what_rows_take_is_json(channel: str) -> None:
    for name in MEANINGS[channel]:
        for event in events_of(channel, name):
            if details := getattr(event, "details", None):
                assert json.loads(json.dumps(details, allow_nan=False)) == details


@pytest.mark.parametrize("channel", MEANINGS)
def test_every_event_between_two_is_of_the_shopper_and_in_their_scope(channel: str) -> None:
    account = "108824017345866" if channel == "messenger" else "17841405309211844"
    seen = 0
    for name in MEANINGS[channel]:
        for event in events_of(channel, name):
            wire = getattr(event, "wire", None)
            assert wire is None or wire.value != account
            if isinstance(event, ShopperMessage | Echo | Edit | Reaction):
                assert event.chat == scope_of(event.wire)
                seen += 1
    assert seen > 40


@pytest.mark.parametrize("word", EMOJI)
def test_a_reaction_that_comes_as_a_word_is_shown_as_its_emoji(word: str) -> None:
    body = bodies_of("messenger")["reaction_as_a_word"]
    body["entry"][0]["messaging"][0]["reaction"]["reaction"] = word
    (reaction,) = CHANNELS["messenger"](BaseUrls()).parse(body)
    assert isinstance(reaction, Reaction)
    assert reaction.emoji == EMOJI[word]


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        ("APPROVED", ""),
        ("PENDING", ""),
        ("REINSTATED", ""),
        ("UNARCHIVED", ""),
        ("PAUSED", "template_broken"),
        ("FLAGGED", "template_broken"),
        ("DISABLED", "template_broken"),
        ("disabled", "template_broken"),
        ("WORD_OF_TOMORROW", ""),
    ],
)
def test_a_template_that_cannot_be_sent_is_the_shops_to_see_to(event: str, problem: str) -> None:
    body = bodies_of("messenger")["template_approved"]
    body["entry"][0]["changes"][0]["value"]["event"] = event
    (notice,) = CHANNELS["messenger"](BaseUrls()).parse(body)
    assert (getattr(notice, "subject", ""), getattr(notice, "problem", None)) == ("order_shipped", problem)


@pytest.mark.parametrize(
    ("channel", "name", "addresses"),
    [
        ("messenger", "comment", ["6543210987654321"]),
        ("messenger", "comment_removed", ["6543210987654321"]),
        ("messenger", "comment_of_the_page", [""]),
        ("messenger", "standby_echo", ["6543210987654321"]),
        ("messenger", "thread_taken", ["6543210987654321"]),
        ("messenger", "opt_in", [""]),
        ("messenger", "edit_of_the_shop", ["6543210987654321"]),
        ("messenger", "template_rejected", [""]),
        ("instagram", "comment", ["1254938275682919"]),
        ("instagram", "comment_on_the_entry", ["1254938275682919"]),
        ("instagram", "comment_beside_a_message", ["1254938275682919", "1254938275682919"]),
        ("instagram", "comment_of_the_account", [""]),
        ("instagram", "mention", [""]),
        ("instagram", "test_from_the_dashboard", ["12334"]),
        ("instagram", "story_insights", [""]),
    ],
)
def test_all_that_one_shopper_does_stays_in_order(channel: str, name: str, addresses: list[str]) -> None:
    body = (FIXTURES / channel / f"{name}.json").read_bytes()
    assert [piece.address for piece in CHANNELS[channel](BaseUrls()).split(body)] == addresses


def test_nothing_is_lost_of_an_entry_that_holds_both_forms_at_once() -> None:
    body = (FIXTURES / "instagram" / "comment_beside_a_message.json").read_bytes()
    on_the_entry, message = CHANNELS["instagram"](BaseUrls()).split(body)
    (first,), (second,) = on_the_entry.body["entry"], message.body["entry"]
    assert (set(first), set(second)) == ({"time", "id", "field", "value"}, {"time", "id", "messaging"})


def _named(body: Any) -> Iterator[str]:
    """The kinds that a body speaks of, as `KINDS` writes them."""
    for entry in body["entry"]:
        changes = [*entry.get("changes", []), *([entry] if "field" in entry else [])]
        inside = [change["value"] for change in changes if {"sender", "recipient"} & set(change["value"])]
        for event in [*entry.get("messaging", []), *entry.get("standby", []), *inside]:
            yield from _of_event(event) if isinstance(event, dict) else ()
        for change in changes:
            if change["value"] in inside:
                continue
            yield f"field:{change['field']}"
            if change["field"] == FEED:
                yield f"feed:{change['value'].get('verb')}"


def _of_event(event: dict[str, Any]) -> Iterator[str]:
    for name in set(event) - {"sender", "recipient", "timestamp"}:
        yield f"event:{name}"
    message = event.get("message") or {}
    for attachment in message.get("attachments", []):
        yield f"attachment:{attachment['type']}"
    if action := event.get("policy_enforcement", {}).get("action"):
        yield f"policy:{action}"


def test_every_kind_that_the_code_names_has_a_body_that_means_something() -> None:
    found = {
        kind
        for channel, meanings in MEANINGS.items()
        for name, body in bodies_of(channel).items()
        if any(meaning[0] != "kept" for meaning in meanings[name])
        for kind in _named(body)
    }
    assert KINDS - found == set()


def test_every_kind_of_the_bodies_is_one_that_the_code_names_or_is_kept() -> None:
    for channel, meanings in MEANINGS.items():
        for name, body in bodies_of(channel).items():
            if unknown := set(_named(body)) - KINDS:
                what = {meaning[:2] for meaning in meanings[name]}
                assert any(how == "kept" or kind == "unsupported" for how, kind in what), (name, unknown)


def test_the_kinds_are_what_the_tables_of_the_code_name() -> None:
    fields = {*COMMENTS, FEED, MENTIONS, TEMPLATE_STATUS, SELF_TEST}
    prefixes = {"event": set(EVENTS), "attachment": set(ATTACHMENTS), "field": fields, "policy": set(POLICY)}
    for prefix, names in prefixes.items():
        assert {kind.partition(":")[2] for kind in KINDS if kind.startswith(f"{prefix}:")} == names
