"""How long waits lasted, in counters that add up."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.promise.sketches import (
    BUCKETS,
    SAID_S,
    bucket_of,
    count,
    merge,
    percentile,
    share_within,
)

A_MONTH = 30 * 86400


def sketch(*seconds: float) -> dict[str, int]:
    return merge({bucket_of(each): 1} for each in seconds)


samples = st.lists(st.floats(1, A_MONTH), min_size=1, max_size=60)
quick = settings(max_examples=60, deadline=None)


@quick
@given(samples, st.floats(0.01, 1))
def test_a_percentile_is_off_by_less_than_8_percent_or_a_second(seconds, share):
    exact = sorted(seconds)[math.ceil(share * len(seconds) - 1e-9) - 1]
    assert exact <= percentile(sketch(*seconds), share) <= max(exact * 1.08, exact + 1) + 1


@quick
@given(samples, samples)
def test_merged_sketches_are_the_sketch_of_all(some, others):
    assert merge([sketch(*some), sketch(*others)]) == sketch(*some, *others)
    assert count(sketch(*some, *others)) == len(some) + len(others)


def test_times_outside_the_scale_go_to_its_ends():
    assert bucket_of(-5) == bucket_of(0) == bucket_of(1) == BUCKETS[0]
    assert bucket_of(2 * A_MONTH) == bucket_of(1e12) == BUCKETS[-1]


def test_buckets_sort_as_their_times_and_name_them():
    assert list(BUCKETS) == sorted(BUCKETS)
    assert [bucket_of(s) for s in range(1, A_MONTH, 997)] == sorted(
        bucket_of(s) for s in range(1, A_MONTH, 997)
    )
    assert bucket_of(90 * 60) == "0005400"


def test_what_people_say_is_the_edge_of_a_bucket():
    assert all(bucket_of(said) == f"{said:07d}" for said in SAID_S)
    assert share_within(sketch(599, 600, 601, 700), 600) == 0.5


@pytest.mark.parametrize(
    ("wrong", "told"), [({}, "empty"), ({"x": 3}, "buckets"), ({"²000060": 1}, "buckets")]
)
def test_what_is_no_sketch_has_no_percentile(wrong, told):
    with pytest.raises(ValueError, match=told):
        percentile(wrong, 0.8)
    with pytest.raises(ValueError, match=told):
        share_within(wrong, 60)
