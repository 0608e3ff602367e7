"""The simulated month: the same for the same seed, made without knowing of promises, and told honestly."""

from dataclasses import replace
from random import Random
from xml.etree import ElementTree

import pytest

from bench.promises.desk import month
from bench.promises.kept import LEAST, MOST, Month, Share, shares, worst
from bench.promises.page import page
from bench.promises.plot import svg
from bench.promises.replay import replay
from bench.promises.shops import CHANNELS, SHOPS
from bench.rows import Row, show

NIGHTS = replace(SHOPS[3], threads=800)


@pytest.fixture(scope="module")
def a_month() -> Month:
    waits = month(3, NIGHTS, Random("a month"))
    return Month(1, sum(wait.is_first for wait in waits), replay(waits))


def test_a_month_is_the_same_for_the_same_seed() -> None:
    short = replace(NIGHTS, threads=60)
    first, again, other = (month(3, short, Random(seed)) for seed in "aab")
    assert first == again != other


def test_everybody_who_writes_is_answered_or_closed_after_they_wrote() -> None:
    waits = month(3, replace(NIGHTS, threads=200), Random("a"))
    assert sum(wait.is_first for wait in waits) == 200
    assert all(wait.began < wait.ended for wait in waits)
    assert {wait.channel for wait in waits} == set(CHANNELS)
    assert {wait.is_answered for wait in waits} == {True, False}
    assert waits == sorted(waits)


def test_one_shops_promises_are_kept_about_as_they_should(a_month: Month) -> None:
    assert a_month.threads == 800
    judged = a_month.judged()
    assert 0.7 < sum(one.is_kept for one in judged) / len(judged) < 0.95
    assert {one.promise.kind for one in judged} >= {"within", "back"}


def test_what_is_told_of_it_can_be_read(a_month: Month) -> None:
    assert ElementTree.fromstring(svg(a_month)).tag.endswith("svg")
    told = page([a_month])
    assert all(shop.name in told for shop in SHOPS)
    assert f"| 1 | 800 | {shares(a_month)[0].kept:.1%} |" in told


@pytest.mark.parametrize(
    ("kept", "name"),
    [((0.8, 0.76), "b"), ((0.89, 0.8), "a"), ((0.74, 0.95), "b"), ((0.6, 0.95), "a")],
)
def test_the_worst_channel_is_the_one_nearest_to_a_bound_or_farthest_out(
    kept: tuple[float, float], name: str
) -> None:
    found = [Share(channel, 9, each, 1, 1, 1, 0.5) for channel, each in zip("ab", kept, strict=True)]
    assert worst(found).channel == name


@pytest.mark.parametrize(
    ("value", "holds"), [(0.7499, False), (0.75, True), (0.8, True), (0.9, True), (0.91, False)]
)
def test_an_aim_may_have_two_sides(value: float, holds: bool) -> None:
    row = Row("promises_kept", value, "share", MOST, "", LEAST)
    assert (row.holds, row.aims) == (holds, [0.75, 0.9])
    assert "0.75..0.9" in show([row])


def test_an_aim_may_be_a_least_alone() -> None:
    assert [Row("x", value, "share", None, "", 0.95).holds for value in (0.94, 0.95, 1)] == [
        False,
        True,
        True,
    ]
