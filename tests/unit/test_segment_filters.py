"""Who is in a segment: each condition on both sides of its edge, and never later than its turning says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chalicelib.domain.segments.conditions import CONSENTS, FIELDS, MOST_DAYS
from chalicelib.domain.segments.filters import MOST_PARTS, checked, holds, sorted_into
from chalicelib.domain.segments.profiles import Profile

NOW: Final = datetime(2026, 11, 2, 12, tzinfo=UTC)
DAY: Final = timedelta(days=1)
INSTANT: Final = timedelta(microseconds=1)
NOBODY: Final = Profile(merchant_id="mt_1", shopper_id="sh_1")
ANA: Final = replace(
    NOBODY,
    channels=("telegram", "whatsapp"),
    connections=("cn_1",),
    language="ro",
    country="RO",
    tags=("VIP", "wholesale"),
    marketing="given",
    updates="none",
    first_seen=NOW - 30 * DAY,
    last_seen=NOW - 7 * DAY,
    orders=3,
    spent={"EUR": Decimal("99.90")},
    last_order=NOW - 10 * DAY,
    products=("Tea-1", "SKU 7"),
    cart="open",
    cart_at=NOW - DAY,
    satisfaction="good",
    referrals=("ad-7",),
)


def is_in(segment: Any, profile: Profile = ANA, now: datetime = NOW) -> bool:
    wanted, problems = checked(segment)
    assert problems == []
    return holds(wanted, profile, now)[0]


CASES: Final[list[tuple[Any, bool, bool]]] = [
    ({"channel": "whatsapp"}, True, False),
    ({"channel": ["messenger", "instagram"]}, False, False),
    ({"connection": "cn_1"}, True, False),
    ({"language": "RO"}, True, False),
    ({"language": ["en", "unknown"]}, False, True),
    ({"country": "ro"}, True, False),
    ({"country": "unknown"}, False, True),
    ({"tag": "vip"}, True, False),
    ({"tag": ["press", "wholesale"]}, True, False),
    ({"tag": "whole"}, False, False),
    ({"consent": "marketing"}, True, False),
    ({"consent": ["marketing_none", "marketing_withdrawn"]}, False, True),
    ({"consent": "updates_none"}, True, True),
    ({"orders": 3}, True, False),
    ({"orders": {"at_least": 3}}, True, False),
    ({"orders": {"at_least": 4}}, False, False),
    ({"orders": {"at_most": 2}}, False, True),
    ({"orders": {"at_least": 1, "at_most": 3}}, True, False),
    ({"spend": {"at_least": "99.90", "currency": "EUR"}}, True, False),
    ({"spend": {"at_least": 99.91, "currency": "eur"}}, False, False),
    ({"spend": {"at_most": 99, "currency": "EUR"}}, False, True),
    ({"spend": {"at_least": 1, "currency": "USD"}}, False, False),
    ({"last_order": "never"}, False, True),
    ({"last_answered": "never"}, True, True),
    ({"last_seen": {"within_days": 8}}, True, False),
    ({"last_seen": {"within_days": 7}}, False, False),
    ({"last_seen": {"more_days_ago": 7}}, True, False),
    ({"last_seen": {"more_days_ago": 8}}, False, False),
    ({"last_seen": {"more_days_ago": 5, "within_days": 9}}, True, False),
    ({"first_seen": {"since": "2026-10-03T12:00:00Z"}}, True, False),
    ({"first_seen": {"since": "2026-10-03T12:00:00.000001Z"}}, False, False),
    ({"first_seen": {"until": "2026-10-03T12:00:00+00:00"}}, False, False),
    ({"first_seen": {"since": "2026-10-03", "until": "2026-10-03"}}, True, False),
    ({"first_seen": {"until": "2026-10-02"}}, False, False),
    ({"product": ["sku 7"]}, True, False),
    ({"cart": "open"}, True, False),
    ({"cart": "none"}, False, True),
    ({"cart_at": {"within_days": 2}}, True, False),
    ({"satisfaction": ["good", "fair"]}, True, False),
    ({"satisfaction": "unknown"}, False, True),
    ({"referral": "AD-7"}, True, False),
    ({"all": []}, True, True),
    ({"all": [{"tag": "vip"}, {"orders": 3}]}, True, False),
    ({"all": [{"tag": "vip"}, {"orders": 2}]}, False, False),
    ({"any": [{"tag": "press"}, {"orders": 0}]}, False, True),
    ({"not": {"any": [{"cart": "open"}, {"cart": "bought"}]}}, False, True),
]


@pytest.mark.parametrize(("condition", "ana", "nobody"), CASES)
def test_a_condition_holds_for_whom_it_names(condition: Any, ana: bool, nobody: bool) -> None:
    assert (is_in(condition), is_in(condition, NOBODY)) == (ana, nobody)


def test_every_field_has_a_case() -> None:
    asked = {name for condition, _, _ in CASES for name in condition}
    assert FIELDS.keys() <= asked


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (None, ""),
        ([], ""),
        ({}, ""),
        ({"tag": "a", "orders": 1}, ""),
        ({"colour": "red"}, "colour"),
        ({"any": []}, "any"),
        ({"all": {"tag": "a"}}, "all"),
        ({"all": [{"tag": "a"}, {"not": {"orders": "2"}}]}, "all.1.not.orders"),
        ({"tag": []}, "tag"),
        ({"tag": ["a", ""]}, "tag.1"),
        ({"tag": 7}, "tag"),
        ({"tag": ["x" * 201]}, "tag.0"),
        ({"channel": ["telegram", "pigeon"]}, "channel.1"),
        ({"language": "english"}, "language"),
        ({"language": ["ro", "r1"]}, "language.1"),
        ({"country": "ROU"}, "country"),
        ({"consent": "yes"}, "consent"),
        ({"cart": ["open", "full"]}, "cart.1"),
        ({"satisfaction": "great"}, "satisfaction"),
        ({"orders": -1}, "orders"),
        ({"orders": True}, "orders"),
        ({"orders": {}}, "orders"),
        ({"orders": {"at_least": 1.5}}, "orders.at_least"),
        ({"orders": {"more_than": 1}}, "orders.more_than"),
        ({"spend": 5}, "spend"),
        ({"spend": {"at_least": 5}}, "spend.currency"),
        ({"spend": {"at_least": 5, "currency": "euro"}}, "spend.currency"),
        ({"spend": {"at_least": "much", "currency": "EUR"}}, "spend.at_least"),
        ({"spend": {"at_least": float("inf"), "currency": "EUR"}}, "spend.at_least"),
        ({"spend": {"at_most": -1, "currency": "EUR"}}, "spend.at_most"),
        ({"last_seen": "always"}, "last_seen"),
        ({"last_seen": {}}, "last_seen"),
        ({"last_seen": {"within_days": 0}}, "last_seen.within_days"),
        ({"last_seen": {"more_days_ago": 4000}}, "last_seen.more_days_ago"),
        ({"last_seen": {"since": "2026-13-01"}}, "last_seen.since"),
        ({"last_seen": {"until": "soon"}}, "last_seen.until"),
        ({"last_seen": {"until": "9999-12-31"}}, "last_seen.until"),
        ({"last_seen": {"before": "2026-01-01"}}, "last_seen.before"),
    ],
)
def test_what_can_t_be_asked_is_named_by_its_place(raw: Any, place: str) -> None:
    _, problems = checked(raw, channels=("telegram", "whatsapp"))
    assert [one.place for one in problems] == [place]
    assert all(one.says.endswith(".") for one in problems)


def test_a_filter_has_so_many_parts_so_deep_and_no_more() -> None:
    deep: Any = {"tag": "a"}
    for _ in range(7):
        deep = {"all": [deep]}
    assert checked(deep)[1] == []
    assert len(checked({"not": deep})[1]) == 1
    assert checked({"any": [{"tag": "a"}] * (MOST_PARTS - 1)})[1] == []
    assert len(checked({"any": [{"tag": "a"}] * MOST_PARTS})[1]) == 1


def test_what_is_spent_is_asked_in_the_shop_s_currency_unless_another_is_named() -> None:
    raw = {"not": {"any": [{"spend": {"at_least": 5}}, {"spend": {"at_least": 5, "currency": "USD"}}]}}
    wanted, problems = checked(raw, currency="RON")
    assert problems == []
    assert [one["spend"]["currency"] for one in wanted["not"]["any"]] == ["RON", "USD"]


def test_what_is_told_of_the_end_of_time_can_be_asked() -> None:
    last = Profile(merchant_id="mt_1", shopper_id="sh_1", last_order=datetime.max.replace(tzinfo=UTC))
    for test in ({"within_days": MOST_DAYS}, {"more_days_ago": MOST_DAYS}):
        assert holds({"last_order": test}, last, NOW)[0] is ("within_days" in test)


def test_a_filter_fits_into_one_row() -> None:
    most = [{"tag": ["x" * 199 + chr(0x1F375)] * 30} for _ in range(3)]
    assert not checked({"any": most}, currency="EUR")[1]
    assert [one.place for one in checked({"any": most * 2}, currency="EUR")[1]] == [""]


def test_who_is_in_several_turns_when_the_first_of_them_does() -> None:
    filters = {
        "sg_b": {"last_seen": {"within_days": 9}},
        "sg_a": {"last_seen": {"within_days": 8}},
        "sg_c": {"last_seen": {"more_days_ago": 30}},
    }
    assert sorted_into(filters, ANA, NOW) == (("sg_a", "sg_b"), NOW + DAY)
    assert sorted_into({}, ANA, NOW) == ((), None)


@pytest.mark.parametrize(
    ("segment", "turns_at"),
    [
        ({"tag": "vip"}, None),
        ({"last_seen": {"within_days": 8}}, NOW + DAY),
        ({"last_seen": {"more_days_ago": 8}}, NOW + DAY),
        ({"last_seen": {"within_days": 7}}, None),
        ({"last_seen": {"more_days_ago": 8, "within_days": 8}}, None),
        ({"all": [{"tag": "press"}, {"last_seen": {"within_days": 8}}]}, None),
        ({"any": [{"tag": "vip"}, {"last_seen": {"within_days": 8}}]}, None),
        ({"all": [{"cart_at": {"within_days": 3}}, {"last_seen": {"within_days": 8}}]}, NOW + DAY),
        ({"any": [{"cart_at": {"within_days": 3}}, {"last_seen": {"within_days": 8}}]}, NOW + 2 * DAY),
    ],
)
def test_time_alone_turns_what_only_time_decides(segment: Any, turns_at: datetime | None) -> None:
    assert holds(segment, ANA, NOW)[1] == turns_at


quick = settings(max_examples=50, deadline=None)
MOMENTS: Final = st.one_of(
    st.none(),
    st.integers(0, 400).map(lambda days: NOW - days * DAY),
    st.timedeltas(-DAY, 400 * DAY).map(lambda span: NOW - span),
)
DAYS: Final = st.integers(1, 400)
WORDS: Final = {
    **dict.fromkeys(("channel", "connection", "tag", "product", "referral"), ("a", "b")),
    "language": ("ro", "en", "unknown"),
    "country": ("RO", "DE", "unknown"),
    "consent": CONSENTS,
    "cart": ("none", "open"),
    "satisfaction": ("good", "unknown"),
}
TIMES: Final = ("first_seen", "last_seen", "last_answered", "last_order", "cart_at")
CONDITIONS: Final = st.one_of(
    st.sampled_from(sorted(WORDS)).flatmap(
        lambda name: st.lists(st.sampled_from(WORDS[name]), min_size=1).map(lambda one: {name: one})
    ),
    st.fixed_dictionaries({}, optional={"at_least": st.integers(0, 3), "at_most": st.integers(0, 3)}).map(
        lambda test: {"orders": test or 1}
    ),
    st.integers(0, 9).map(lambda amount: {"spend": {"at_least": amount, "currency": "EUR"}}),
    st.tuples(
        st.sampled_from(TIMES),
        st.fixed_dictionaries(
            {},
            optional={
                "within_days": DAYS,
                "more_days_ago": DAYS,
                "since": st.sampled_from(["2026-01-01", "2026-10-30T12:00:00Z"]),
                "until": st.sampled_from(["2026-09-01", "2026-11-01T12:00:00Z"]),
            },
        ),
    ).map(lambda one: {one[0]: one[1] or "never"}),
)
FILTERS: Final[st.SearchStrategy[Any]] = st.recursive(
    CONDITIONS,
    lambda inner: st.one_of(
        inner.map(lambda one: {"not": one}),
        st.lists(inner, max_size=3).map(lambda some: {"all": some}),
        st.lists(inner, min_size=1, max_size=3).map(lambda some: {"any": some}),
    ),
    max_leaves=6,
)
SOME: Final = st.lists(st.sampled_from(["a", "b", "c"]), max_size=2).map(tuple)
PROFILES: Final = st.builds(
    Profile,
    merchant_id=st.just("mt_1"),
    shopper_id=st.just("sh_1"),
    channels=SOME,
    connections=SOME,
    tags=SOME,
    products=SOME,
    referrals=SOME,
    language=st.sampled_from(["", "ro"]),
    country=st.sampled_from(["", "RO"]),
    marketing=st.sampled_from(["none", "given"]),
    first_seen=MOMENTS,
    last_seen=MOMENTS,
    last_answered=MOMENTS,
    last_order=MOMENTS,
    cart_at=MOMENTS,
    orders=st.integers(0, 3),
    spent=st.sampled_from([{}, {"EUR": Decimal(5)}]),
    cart=st.sampled_from(["none", "open"]),
    satisfaction=st.sampled_from(["", "good"]),
)


@quick
@given(FILTERS, PROFILES, st.lists(st.timedeltas(timedelta(0), 500 * DAY), max_size=8))
@example({"last_seen": {"within_days": 8, "more_days_ago": 7}}, ANA, [DAY - INSTANT, DAY])
def test_an_answer_stays_until_it_says_that_it_may_turn(
    segment: Any, profile: Profile, later: list[timedelta]
) -> None:
    wanted, problems = checked(segment)
    assert problems == [] and wanted == segment
    answer, turns_at = holds(wanted, profile, NOW)
    assert turns_at is None or turns_at > NOW
    if turns_at is not None:
        later = [*later, turns_at - INSTANT - NOW]
    for passed in later:
        if turns_at is None or NOW + passed < turns_at:
            assert holds(wanted, profile, NOW + passed)[0] == answer


@quick
@given(FILTERS, PROFILES)
def test_following_every_turn_is_as_good_as_always_asking(segment: Any, profile: Profile) -> None:
    """Somebody who looks only when it turns knows the answer at each hour of a year and more."""
    at: datetime | None = NOW
    turns: list[tuple[datetime, bool]] = []
    while at is not None:
        answer, following = holds(segment, profile, at)
        turns.append((at, answer))
        at = following
        assert len(turns) < 50
    for days in range(0, 900, 45):
        asked = NOW + days * DAY
        known = [answer for begins, answer in turns if begins <= asked][-1]
        assert holds(segment, profile, asked)[0] == known


_ANYTHING: Final[st.SearchStrategy[Any]] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*FIELDS, "all", "any", "not", "at_least", "within_days", "since", "currency"]),
            inner,
            max_size=2,
        )
    ),
    max_leaves=8,
)


@quick
@given(_ANYTHING)
def test_whatever_is_sent_is_either_told_to_be_wrong_or_can_be_asked(raw: Any) -> None:
    wanted, problems = checked(raw, currency="EUR")
    if not problems:
        assert holds(wanted, ANA, NOW) and holds(wanted, NOBODY, NOW)


@pytest.mark.parametrize("opposite", [lambda one: {"not": {"not": one}}, lambda one: {"all": [one]}])
@quick
@given(FILTERS, PROFILES)
def test_what_says_the_same_answers_the_same(
    opposite: Callable[[Any], Any], segment: Any, profile: Profile
) -> None:
    assert holds(opposite(segment), profile, NOW) == holds(segment, profile, NOW)
