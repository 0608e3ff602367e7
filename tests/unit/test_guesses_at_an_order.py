"""Wrong guesses shut an order to guessers for a day, and to its buyer for no longer."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.commerce.proof import (
    COUNTED_FOR,
    MOST_WRONG_OF_ORDER,
    is_open_to,
    of_today,
    with_attempts,
)

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 30)), max_size=40))
def test_of_any_day_ten_guesses_are_looked_at(tries: list[tuple[int, int]]) -> None:
    """Each so many hours after the one before; an attempt has one name, however often it is noted."""
    wrong: tuple[str, ...] = ()
    looked_at: dict[int, datetime] = {}
    now = NOW
    for hours, name in tries:
        now += hours * HOUR
        counted = {one for one, at in looked_at.items() if now - at < COUNTED_FOR}
        assert is_open_to(wrong, now) == (len(counted) < MOST_WRONG_OF_ORDER)
        if is_open_to(wrong, now):
            wrong = with_attempts(wrong, [str(name)], now)
            looked_at[name] = looked_at[name] if name in counted else now
        assert len(wrong) <= MOST_WRONG_OF_ORDER
    assert is_open_to(wrong, now + COUNTED_FOR) and of_today(wrong, now + COUNTED_FOR) == ()


def test_the_same_attempt_counts_once_and_what_bears_no_moment_counts_no_more() -> None:
    once = with_attempts(("old", "older"), ["one", "one", "two"], NOW)
    assert len(once) == 2
    assert with_attempts(once, ["two", "one"], NOW + HOUR) == once
    assert len(with_attempts(once, map(str, range(30)), NOW)) == MOST_WRONG_OF_ORDER
