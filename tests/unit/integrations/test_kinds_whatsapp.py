"""Every kind of WhatsApp's that the code names has a fixture, and the reverse."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from test_details_whatsapp import FIXTURES

from integrations.whatsapp.content import storable
from integrations.whatsapp.parse import KINDS
from integrations.whatsapp.webhook import EVENT_LISTS

BODIES = {path.stem: json.loads(path.read_text()) for path in sorted(FIXTURES.glob("*.json"))}
# In fixtures to prove that what nobody knows is kept, or is a message nonetheless.
OF_TOMORROW = {
    "type:hologram",
    "interactive:hologram_reply",
    "system:user_changed_shoes",
    "status:understood",
    "preference:sometimes",
    "field:hologram_update",
    "field:group_settings_update",
}
# Their fields only say which list to look into.
_OF_LISTS = {"messages", "smb_message_echoes", "user_preferences", "calls", "automatic_events"}


def changes_in(body: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for entry in body["entry"]:
        for change in entry["changes"]:
            if isinstance(change["value"], dict):
                yield change["field"], change["value"]


def items_in(value: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in EVENT_LISTS:
        for item in value.get(name) or []:
            if isinstance(item, dict):
                yield name, item


def kinds_in(body: Any) -> Iterator[str]:
    for field, value in changes_in(body):
        if field not in _OF_LISTS:
            yield f"field:{field}"
        for name, item in items_in(value):
            yield f"list:{name}"
            if name in ("messages", "message_echoes") and isinstance(item.get("type"), str):
                yield f"type:{item['type']}"
            for key in ("interactive", "system"):
                if isinstance(item.get(key), dict) and "type" in item[key]:
                    yield f"{key}:{item[key]['type']}"
            if name == "statuses" and item.get("type") != "call":
                yield f"status:{item['status']}"
            if name == "user_preferences":
                yield f"preference:{item['value']}"


def test_every_kind_has_a_fixture_and_the_reverse() -> None:
    found = {kind for body in BODIES.values() for kind in kinds_in(body)}
    assert found - KINDS == OF_TOMORROW
    assert found >= KINDS


_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.just("\ud800"), st.floats(-1e9, 1e9)),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(_JSON)
def test_whatever_a_form_holds_can_be_stored(value: Any) -> None:
    kept = storable(value)
    assert json.loads(json.dumps(kept, ensure_ascii=False).encode()) == kept
    assert all(-(2**63) <= number < 2**64 for number in _numbers(kept))


def _numbers(value: Any) -> Iterator[int]:
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _numbers(one)
    elif isinstance(value, int):
        yield value
