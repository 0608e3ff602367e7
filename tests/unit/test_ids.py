"""Ids and moments: the same parts make the same id, and order as text is order in time."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.ids import digest, from_ms, sort_key, stable_id, to_ms

A_MS = timedelta(milliseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
moments = st.timedeltas(timedelta(), timedelta(days=130 * 365)).map(lambda since: EPOCH + since)
any_text = st.text(st.characters(), max_size=20)  # half characters too: platforms send them


def test_an_id_tells_what_it_is_of_and_fits_everywhere() -> None:
    assert stable_id("th", "a").startswith("th_") and len(stable_id("th", "a")) == 23
    assert len(digest("a" * 10_000)) == 64


@given(st.lists(any_text, max_size=4), st.lists(any_text, max_size=4))
def test_no_two_lists_of_parts_have_one_id(one: list[str], two: list[str]) -> None:
    assert (stable_id("x", *one) == stable_id("x", *two)) == (one == two)
    assert (digest(*one) == digest(*two)) == (one == two)


@given(st.integers(0, 4_102_444_800_000))
def test_milliseconds_come_back_as_they_were(ms: int) -> None:
    assert to_ms(from_ms(ms)) == ms


@given(moments)
def test_a_moment_is_cut_to_its_millisecond(at: datetime) -> None:
    assert timedelta() <= at - from_ms(to_ms(at)) < A_MS


def test_the_zone_does_not_change_the_moment() -> None:
    at = datetime(2026, 11, 2, 14, 0, tzinfo=timezone(timedelta(hours=2)))
    assert to_ms(at) == to_ms(datetime(2026, 11, 2, 12, 0, tzinfo=UTC))
    assert from_ms(to_ms(at)).tzinfo is UTC


@given(moments, moments)
def test_text_order_is_time_order(one: datetime, two: datetime) -> None:
    if to_ms(one) != to_ms(two):
        assert (sort_key(one, "ms_z") < sort_key(two, "ms_a")) == (one < two)
