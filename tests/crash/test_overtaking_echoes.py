"""The platform's own answer, told before the words that it answers, is no person's: they wait for one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Final

import pytest
from faults import Journal
from phones import WhatsApp
from real_tables import Tables
from scenarios import human_reply
from scenes import SAID_AT, first_message
from world import World

WORDS_AT: Final = SAID_AT + timedelta(hours=13)
ECHO_AT: Final = WORDS_AT + timedelta(seconds=1)
AWAY: Final = "We are away until Monday."
WORDS: Final = "Do you have a red one?"


# What was the day before, and since when the shopper waits once they have written again.
BEFORE: Final[dict[str, tuple[Callable[[World], None], datetime]]] = {
    "nobody answered": (first_message, SAID_AT),
    "a person answered": (human_reply, WORDS_AT),
}


def _next_day(tables: Tables, before: str, shuffled: Random | None = None) -> World:
    world = World(tables, WhatsApp(), Journal(), shuffled)
    BEFORE[before][0](world)
    world.platform.received.clear()
    world.clock.move_to(ECHO_AT + timedelta(milliseconds=250))
    return world


def _echo(world: World) -> bytes:
    return bytes(world.platform.phone.shop_says("AWAY", AWAY, ECHO_AT))


def _words(world: World) -> bytes:
    return bytes(world.platform.phone.says("43", WORDS, WORDS_AT))


def _is_put_off(world: World) -> bool:
    later = world.clock.now() + timedelta(seconds=20)
    return any("settle_echo" in one.body and one.visible_at > later for one in world.queues.waiting)


def _author(world: World) -> str:
    (author,) = [row["author"] for row in world.rows("ThreadsTable") if row.get("text") == AWAY]
    return str(author)


def _is_no_person(world: World, before: str) -> None:
    assert _author(world) == "auto"
    (thread,) = [row for row in world.rows("ThreadsTable") if row["sk"] == "thread"]
    assert datetime.strptime(thread["waiting_since"], "%Y-%m-%dT%H:%M:%S.%f%z") == BEFORE[before][1]
    assert len(world.platform.received) == 1  # the automatic answer of this day


@pytest.mark.parametrize("before", BEFORE)
def test_it_waits_for_words_that_it_has_overtaken(tables: Tables, before: str) -> None:
    world = _next_day(tables, before)
    world.platform.says(_echo(world))
    world.until(lambda: _is_put_off(world))
    world.platform.says(_words(world))
    world.until_quiet()
    _is_no_person(world, before)


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("seed", range(3))
def test_it_is_the_same_in_any_order(tables: Tables, before: str, seed: int) -> None:
    world = _next_day(tables, before, Random(seed))
    world.platform.says(_echo(world), _words(world))
    world.until_quiet()
    _is_no_person(world, before)


@pytest.mark.parametrize("before", BEFORE)
def test_where_no_words_come_it_is_a_persons(tables: Tables, before: str) -> None:
    world = _next_day(tables, before)
    world.platform.says(_echo(world))
    world.until_quiet()
    assert _author(world) == "human"
    assert world.clock.now() - ECHO_AT < timedelta(minutes=2)


def test_what_is_told_late_is_decided_on_at_once(tables: Tables) -> None:
    world = _next_day(tables, "nobody answered")
    world.clock.move_to(ECHO_AT + timedelta(seconds=30))
    world.platform.says(_echo(world))
    world.until_quiet()
    assert _author(world) == "human"
    assert world.clock.now() - ECHO_AT < timedelta(seconds=31)


def test_who_has_waited_for_a_minute_is_answered_by_a_person(tables: Tables) -> None:
    world = _next_day(tables, "a person answered")
    world.platform.says(_words(world))
    world.until_quiet()
    said_at = WORDS_AT + timedelta(minutes=1)
    world.clock.move_to(said_at)
    world.platform.says(world.platform.phone.shop_says("AWAY", AWAY, said_at))
    world.until(lambda: any(row.get("text") == AWAY for row in world.rows("ThreadsTable")))
    assert (_author(world), world.clock.now()) == ("human", said_at)
