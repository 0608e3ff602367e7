"""The same events make the same conversation, in whatever order, however often and however many at once they
come, and at most one automatic answer."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import pytest
from faults import Journal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from phones import Telegram, WhatsApp
from real_tables import Picture, Tables, difference
from scenes import SAID_AT
from world import World

from chalicelib.ports.errors import StoreBusy

HOUR: Final = 3600
# Around what is fresh enough to answer, and around what parts one spell from the next.
AGES: Final = (0, 2, 30, 590, 610, HOUR, 11 * HOUR, 12 * HOUR - 1, 12 * HOUR, 13 * HOUR, 25 * HOUR)

OF_THE_ANSWER: Final = ("answer", "last_at", "language", "spell")


@dataclass(frozen=True)
class Said:
    """Something happened `age_s` seconds ago: a shopper wrote or showed a picture of an album, a person of
    the shop wrote, a heart was put on the message `about`, it was changed or taken back; or the shopper
    blocked the shop, or wants no marketing any more."""

    kind: str
    age_s: int
    name: str = "Ann"
    language: str = "en"
    about: int = 0


def _body(phone: Any, number: int, said: Said) -> bytes:
    at = SAID_AT - timedelta(seconds=said.age_s)
    if said.kind == "reacts":
        return phone.reacts(f"wamid.{said.about}", "❤️", at)
    if said.kind == "edits":
        target = str(said.about) if phone.name == "telegram" else f"wamid.{said.about}"
        return phone.edits(target, f"Changed {number}", at)
    if said.kind in ("stops", "resumes"):
        return phone.prefers(said.kind.removesuffix("s"), at)
    if said.kind in ("blocks", "unblocks"):
        return phone.member("kicked" if said.kind == "blocks" else "member", at)
    if said.kind == "deletes":
        return phone.deletes(f"wamid.{said.about}", at)
    if said.kind == "shows":  # what belongs to one album is sent in one moment
        return phone.shows(
            str(number), f"album {said.about}", said.name, SAID_AT - timedelta(seconds=said.about)
        )
    if said.kind == "shop_says":
        return phone.shop_says(str(number), f"Words {number}", at)
    if phone.name == "telegram":
        return phone.says(str(number), f"Words {number}", at, said.name, said.language)
    return phone.says(str(number), f"Words {number}", at, said.name)


def _play(tables: Tables, phone: Any, bodies: Sequence[bytes]) -> tuple[Picture, int]:
    world = World(tables, phone, Journal())
    world.platform.says(*bodies)
    world.until_quiet()
    return _conversation(tables.picture()), len(world.platform.received)


def _play_at_once(tables: Tables, phone: Any, bodies: Sequence[bytes]) -> tuple[Picture, int]:
    """As if every event were received by two functions at once, and all by eight."""
    world = World(tables, phone, Journal())
    world.journal.is_recording = False
    world.platform.says(*bodies)
    world.until_kept()
    envelopes = [json.loads(one.body) for one in world.queues.waiting]

    def receive(envelope: Any) -> None:
        for _ in range(30):
            try:
                world.process.work.receive_event(envelope)
            except StoreBusy:
                continue
            return
        raise AssertionError("never received")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(receive, [*envelopes, *envelopes]))
    world.until_quiet()
    return _conversation(tables.picture()), len(world.platform.received)


def _conversation(picture: Picture) -> Picture:
    """What was said, without our own answer: it depends on what was known when it was intended."""
    kept = {}
    for key, row in picture.items():
        is_answers = row.get("purpose") == "answer" or str(row.get("sort", "")).startswith("<answer")
        if is_answers or "#waits#" in key or "#contacts#" in key:
            continue
        kept[key] = {name: value for name, value in row.items() if name not in OF_THE_ANSWER}
    return kept


def _same(tables: Tables, phone: Callable[[], Any], events: Sequence[Said], order: Sequence[int]) -> None:
    bodies = [_body(phone(), 41 + number, said) for number, said in enumerate(events)]
    in_time = sorted(range(len(events)), key=lambda number: -events[number].age_s)
    first, answers = _play(tables, phone(), [bodies[number] for number in in_time])
    second, others = _play(tables, phone(), [bodies[number] for number in order])
    assert not (wrong := difference(first, second)), "\n".join([f"{events} {order}", *wrong])
    assert answers <= 1 and others <= 1, f"{events} {order}: answered {answers} and {others} times"
    assert not others or any(_is_fresh(one) for one in events)


def _is_fresh(said: Said) -> bool:
    """Words that may be answered."""
    return said.kind == "shows" or (said.kind == "says" and said.age_s <= 600)


def _orders(count: int) -> st.SearchStrategy[list[int]]:
    """Each once and some twice, in any order."""
    return st.lists(st.integers(0, count - 1), max_size=3).flatmap(
        lambda again: st.permutations([*range(count), *again])
    )


def _events(*kinds: str, names: Sequence[str] = ("Ann",)) -> st.SearchStrategy[Any]:
    """No two at the same moment: of what happens in one second, channels tell no order."""
    said = st.builds(
        Said,
        kind=st.sampled_from(kinds),
        age_s=st.sampled_from(AGES),
        name=st.sampled_from(names),
        language=st.sampled_from(("en", "ro", "")),
        about=st.integers(41, 45),
    )
    several = st.lists(said, min_size=1, max_size=5, unique_by=lambda one: one.age_s)
    return several.flatmap(lambda events: st.tuples(st.just(events), _orders(len(events))))


_trials: Any = {
    "deadline": None,
    "database": None,
    "derandomize": True,
    "print_blob": False,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}
ON_WHATSAPP: Final = _events(
    *("says", "says", "shop_says", "reacts", "edits", "deletes", "stops", "resumes"), names=("Ann", "Anna")
)
ON_TELEGRAM: Final = _events(*("says", "says", "edits", "shows", "blocks", "unblocks"), names=("Ann", "Anna"))


@settings(max_examples=8, **_trials)
@given(story=ON_WHATSAPP)
def test_whatsapp_events_in_any_order_make_the_same_conversation(tables: Tables, story: Any) -> None:
    _same(tables, WhatsApp, *story)


@settings(max_examples=6, **_trials)
@given(story=ON_TELEGRAM)
def test_telegram_events_in_any_order_make_the_same_conversation(tables: Tables, story: Any) -> None:
    _same(tables, Telegram, *story)


BUSY: Final = [
    *(Said("says", age_s) for age_s in (0, 2, 30, 590, 610, HOUR)),
    *(Said("shop_says", age_s) for age_s in (14 * HOUR, 26 * HOUR)),
    *(Said("reacts", 1, about=about) for about in (41, 43, 99)),
]


@pytest.mark.parametrize("count", [3, len(BUSY)])
def test_events_at_once_make_the_same_conversation(tables: Tables, count: int) -> None:
    bodies = [_body(WhatsApp(), 41 + number, said) for number, said in enumerate(BUSY[:count])]
    first, answers = _play(tables, WhatsApp(), bodies)
    second, others = _play_at_once(tables, WhatsApp(), bodies)
    assert not (wrong := difference(first, second)), "\n".join(wrong)
    assert answers == others == 1


@pytest.mark.soak
@pytest.mark.parametrize("time", range(10))
def test_events_at_once_always_make_the_same_conversation(tables: Tables, time: int) -> None:
    test_events_at_once_make_the_same_conversation(tables, len(BUSY))


@pytest.mark.soak
@settings(max_examples=60, **_trials)
@given(story=ON_WHATSAPP)
def test_whatsapp_events_in_many_orders_make_the_same_conversation(tables: Tables, story: Any) -> None:
    _same(tables, WhatsApp, *story)


@pytest.mark.soak
@settings(max_examples=40, **_trials)
@given(story=ON_TELEGRAM)
def test_telegram_events_in_many_orders_make_the_same_conversation(tables: Tables, story: Any) -> None:
    _same(tables, Telegram, *story)
