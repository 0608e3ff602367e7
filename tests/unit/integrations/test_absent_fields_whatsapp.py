"""WhatsApp leaves fields out for many reasons: every body means the same without them."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from meanings_whatsapp import MEANINGS
from test_details_whatsapp import CHANNEL
from test_kinds_whatsapp import BODIES, changes_in, items_in
from test_meanings import told

from chalicelib.domain.events import ShopperMessage, Unreadable
from tests.every import holds_for_every


def without_numbers(body: Any) -> None:
    """As for a shopper who shows a username instead of a number."""
    for _, value in changes_in(body):
        for each in value.get("contacts") or []:
            each.pop("wa_id", None)
        for name, item in items_in(value):
            for field in ("from", "wa_id", "recipient_id", "to"):
                item.pop(field, None)
            scoped = {"message_echoes": "to_user_id", "statuses": "recipient_user_id"}
            item.setdefault(
                scoped.get(name, "user_id" if name == "user_preferences" else "from_user_id"), "GB.1"
            )


def without_contacts(body: Any) -> None:
    for _, value in changes_in(body):
        value.pop("contacts", None)


def without_names(body: Any) -> None:
    for _, value in changes_in(body):
        for each in value.get("contacts") or []:
            each.pop("profile", None)


def without_scoped_ids(body: Any) -> None:
    """As before business-scoped ids."""
    for _, value in changes_in(body):
        for each in [*(value.get("contacts") or []), *(item for _, item in items_in(value))]:
            for field in ("user_id", "from_user_id", "to_user_id", "recipient_user_id", "parent_user_id"):
                each.pop(field, None)


def without_context(body: Any) -> None:
    for _, value in changes_in(body):
        for _, item in items_in(value):
            item.pop("context", None)


def without_time_of_the_entry(body: Any) -> None:
    for entry in body["entry"]:
        entry.pop("time", None)


ABSENT: dict[str, Callable[[Any], None]] = {
    "numbers": without_numbers,
    "contacts": without_contacts,
    "names": without_names,
    "scoped ids": without_scoped_ids,
    "contexts": without_context,
    "times of entries": without_time_of_the_entry,
}


# Who is told of under a new id, or by nobody, is what these fixtures are about.
_ABOUT_IDS = ("number_changed", "user_id_changed", "identity_key", "hidden", "nobody", "without_a_sender")


VARIANTS = [
    (name, absent)
    for name, body in BODIES.items()
    for absent in ABSENT
    if absent not in ("numbers", "scoped ids")
    or not (any(word in name for word in _ABOUT_IDS) or "US.777000111" in json.dumps(body))
]


def means_the_same_without(name: str, absent: str) -> None:
    body = copy.deepcopy(BODIES[name])
    ABSENT[absent](body)
    events = list(CHANNEL.parse(body))
    assert [told(event) for event in events] == MEANINGS[name]
    for event in events:
        if isinstance(event, ShopperMessage):
            assert event.wire == event.addresses[-1]
            assert absent != "numbers" or event.wire.kind == "bsuid"
            assert absent != "scoped ids" or event.addresses == (event.wire,)


@pytest.mark.parametrize("absent", ABSENT)
def test_a_body_means_the_same_without(absent: str) -> None:
    holds_for_every([one for one in VARIANTS if one[1] == absent], means_the_same_without)


def test_a_card_of_somebody_else_is_never_the_shoppers() -> None:
    holds_for_every([(name,) for name in BODIES], is_not_the_shoppers)


def is_not_the_shoppers(name: str) -> None:
    """Contacts are found by their ids, wherever in their list they stand."""
    body = copy.deepcopy(BODIES[name])
    for _, value in changes_in(body):
        if "contacts" in value:
            stranger = {"profile": {"name": "Stranger"}, "wa_id": "447700900555", "user_id": "GB.555"}
            value["contacts"] = [stranger, *reversed(value["contacts"])]
    found, before = CHANNEL.parse(body), CHANNEL.parse(BODIES[name])
    known = [event for event in found if not isinstance(event, Unreadable)]
    assert known == [event for event in before if not isinstance(event, Unreadable)]
    assert len(found) == len(before)
