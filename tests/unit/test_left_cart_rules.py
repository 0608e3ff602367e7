"""When a cart is looked at again, who is held out, what is counted, and how sure the difference is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.capabilities import Capabilities, TextLimit
from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.flows import Flow, Step
from chalicelib.domain.commerce.goods import Line
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.commerce.recovery import CartRules, StepRule, next_look, rules_from
from chalicelib.domain.commerce.recovery_counts import Sale, difference, minor_units, month_of, tally
from chalicelib.domain.commerce.reminding import (
    has_newer,
    holdout_share,
    is_held_out,
    not_worth,
    ordered_since,
)
from chalicelib.domain.commerce.uplift import ENOUGH, Group, interval, uplift, wilson
from chalicelib.domain.gate import Question, may_send
from chalicelib.domain.gate.left_carts import LeftCart
from chalicelib.domain.plain import from_plain, to_plain

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
IDLE = 45 * MINUTE
RULES = CartRules(on_since=AT - DAY)
MUG = Line(title="Mug", product_id="p1", sku="MUG-1")
CART = Cart(connection_id="cn_shop", cart_id="c1", at=AT, created_at=AT, lines=(MUG,), total=Decimal(20))
SENT = Step(number=1, at=AT + HOUR, code="sent", message="th_1/1#m")
SKIPPED = replace(SENT, code="frequency_cap", message="")


def flow(*steps: Step, **other) -> Flow:
    return Flow(**({"began_at": AT + IDLE} | other), steps=steps)


LOOKS = [  # what there is, and how long after it was touched it is looked at again, None for never
    ("fresh", CART, Flow(), AT, IDLE),
    ("left for long", CART, Flow(), AT + 3 * HOUR, 3 * HOUR),
    ("too old", CART, Flow(), AT + 7 * DAY + MINUTE, None),
    ("begun before the switch", replace(CART, created_at=AT - 2 * DAY), Flow(), AT, None),
    ("empty", replace(CART, lines=()), Flow(), AT, None),
    ("given up", replace(CART, gone_at=AT), flow(SENT), AT, None),
    ("bought before it was idle", replace(CART, bought_at=AT), Flow(), AT, None),
    ("bought, to be counted", replace(CART, bought_at=AT), flow(SENT), AT + HOUR, HOUR),
    ("ended", CART, flow(SENT, ended="bought"), AT, None),
    ("held out", CART, flow(is_held_out=True), AT + DAY, None),
    ("held out, and bought", replace(CART, bought_at=AT), flow(is_held_out=True), AT + DAY, DAY),
    ("the first was sent", CART, flow(SENT), AT + HOUR, HOUR + DAY),
    ("the first was skipped", CART, flow(SKIPPED), AT + HOUR, HOUR + DAY),
    ("nobody said yes", CART, flow(replace(SENT, code="no_opt_in")), AT + HOUR, None),
    ("the first is on its way", CART, flow(replace(SENT, code="intended")), AT + HOUR, HOUR + 15 * MINUTE),
    ("both were sent", CART, flow(SENT, replace(SENT, at=AT + 2 * DAY)), AT + 3 * DAY, None),
    ("touched after a skip", replace(CART, at=AT + 2 * HOUR), flow(SKIPPED), AT + 2 * HOUR, 2 * HOUR + IDLE),
    ("touched after the first", replace(CART, at=AT + 25 * HOUR), flow(SENT), AT, 25 * HOUR + IDLE),
    ("touched while on its way", CART, flow(replace(SENT, code="cart_changed")), AT, IDLE),
    ("whose it was, nobody knew", CART, flow(replace(SENT, code="nobody_known")), AT + HOUR, None),
    (
        "whose it is, is known by now",
        CART,
        flow(replace(SENT, code="nobody_known"), shopper_id="sh_1"),
        AT + 2 * HOUR,
        2 * HOUR,
    ),
]


@pytest.mark.parametrize(("what", "cart", "came_to", "now", "after"), LOOKS, ids=[one[0] for one in LOOKS])
def test_a_cart_is_looked_at_when_something_may_come_of_it(what, cart, came_to, now, after):
    assert next_look(cart, came_to, RULES, now) == (None if after is None else AT + after)


def test_a_reminder_that_is_held_for_days_is_looked_at_ever_less_often():
    came_to, now, looks = flow(Step(number=1, at=AT, code="intended")), AT, []
    while (at := next_look(CART, came_to, RULES, now)) and at <= AT + 3 * DAY:
        assert next_look(CART, came_to, RULES, at - MINUTE / 2) == at, "whoever asks meanwhile moves nothing"
        looks, now = [*looks, at], at
    waits = [later - earlier for earlier, later in pairwise(looks)]
    assert looks[0] == AT + 15 * MINUTE and waits == sorted(waits) and waits[-1] == 6 * HOUR
    assert len([at for at in looks if at <= AT + 6 * HOUR]) <= 9 and len(looks) <= 25


def test_a_shop_that_did_not_switch_it_on_looks_at_no_cart():
    assert next_look(CART, Flow(), CartRules(), AT) is None


@given(
    touched=st.integers(0, 20_000),
    steps=st.lists(
        st.tuples(st.integers(0, 20_000), st.sampled_from(["sent", "intended", "quiet"])), max_size=4
    ),
    now=st.integers(0, 20_000),
)
def test_nobody_is_looked_for_before_the_cart_was_idle_nor_within_a_day_of_a_reminder(touched, steps, now):
    cart = replace(CART, at=AT + touched * MINUTE)
    came_to = flow(*(Step(number=1, at=AT + at * MINUTE, code=code) for at, code in sorted(steps)))
    at = next_look(cart, came_to, RULES, AT + now * MINUTE)
    if at is None:
        return
    assert at >= AT + now * MINUTE
    sent = [step.at for step in came_to.steps if step.code == "sent"]
    if came_to.steps and came_to.steps[-1].code == "intended":
        return
    assert at >= cart.at + IDLE and all(at >= one + DAY for one in sent[-1:]) and at <= cart.at + 7 * DAY


def test_the_setting_says_all_of_it_and_nothing_means_as_usual():
    assert rules_from({}) == CartRules()
    given = {
        "on": True,
        "on_since": AT.isoformat(),
        "steps": [{"after_minutes": 60, "code": "TENTH"}, {"picture": False}, {"after_minutes": 2880}],
        "max_age_days": 3,
        "spacing_hours": 48,
        "min_value": 19.99,
        "excluded": ["p1"],
        "holdout": 5,
    }
    assert rules_from(given) == CartRules(
        on_since=AT,
        steps=(
            StepRule(after=HOUR, code="TENTH"),
            StepRule(after=DAY, has_picture=False),
            StepRule(after=2 * DAY),
        ),
        max_age=3 * DAY,
        spacing=2 * DAY,
        min_value=Decimal("19.99"),
        excluded=frozenset({"p1"}),
        holdout=5.0,
    )
    assert rules_from({**given, "on": False}).on_since is None


def test_a_cart_of_excluded_products_alone_or_of_too_little_is_not_worth_a_word():
    by_id, by_sku = (replace(RULES, excluded=frozenset({name})) for name in ("p1", "MUG-1"))
    assert not_worth(CART, by_id) == not_worth(CART, by_sku) == "excluded"
    assert not_worth(replace(CART, lines=(MUG, Line(title="Tea"))), by_id) == ""
    least = replace(RULES, min_value=Decimal(20))
    assert not_worth(CART, least) == ""
    assert not_worth(replace(CART, total=Decimal("19.99")), least) == "too_small"


ORDERS = [
    ("placed since", {"bought_at": AT}, True),
    ("placed before", {"bought_at": AT - MINUTE}, False),
    ("placed before, and from this cart", {"bought_at": AT - MINUTE, "carts": ("c1",)}, True),
    (
        "from a cart of that name in another shop",
        {"bought_at": AT - DAY, "carts": ("c1",), "connection_id": "cn_2"},
        False,
    ),
    ("never paid", {"bought_at": None, "carts": ("c1",)}, False),
]


@pytest.mark.parametrize(("what", "told", "counts"), ORDERS, ids=[one[0] for one in ORDERS])
def test_what_was_ordered_since_the_cart_was_begun_counts(what, told, counts):
    order = Order(**({"connection_id": "cn_shop", "order_id": "o1"} | told))
    assert (ordered_since(CART, [order]) is order) == counts


def test_the_latest_cart_is_the_one_to_speak_of_and_only_if_it_can_be_spoken_of():
    later = replace(CART, cart_id="c2", at=AT + MINUTE, created_at=AT + MINUTE)
    assert has_newer(CART, [later], RULES) and not has_newer(later, [CART], RULES)
    for other in (
        replace(later, bought_at=AT),
        replace(later, lines=()),
        replace(later, created_at=AT - 2 * DAY),
    ):
        assert not has_newer(CART, [other], RULES)


def test_a_tenth_is_held_out_where_there_are_enough_to_compare():
    assert holdout_share(RULES, 999) == 0 and holdout_share(RULES, 1000) == 10
    assert holdout_share(replace(RULES, holdout=0.0), 5000) == 0
    assert holdout_share(replace(RULES, holdout=20.0), 5) == 20


def test_the_same_people_are_held_out_always_and_more_of_them_for_a_larger_share():
    shoppers = [f"sh_{number}" for number in range(4000)]
    tenth = {one for one in shoppers if is_held_out("mt_1", one, 10)}
    assert 320 <= len(tenth) <= 480
    assert tenth < {one for one in shoppers if is_held_out("mt_1", one, 20)}
    assert tenth == {one for one in shoppers if is_held_out("mt_1", one, 10)}
    assert tenth != {one for one in shoppers if is_held_out("mt_2", one, 10)}
    assert not any(is_held_out("mt_1", one, 0) for one in shoppers)
    assert all(is_held_out("mt_1", one, 100) for one in shoppers)


SALE = Sale(AT + 2 * HOUR, "EUR", 1999)
DECIDED = {"decided_at": AT + HOUR}
TALLIES = [
    (Flow(), None, {}),
    (flow(), None, {"abandoned": 1}),
    (flow(SKIPPED), None, {"abandoned": 1, "skipped:frequency_cap": 1}),
    (flow(replace(SENT, code="intended"), **DECIDED), None, {"abandoned": 1, "reachable": 1}),
    (flow(SENT, **DECIDED), None, {"abandoned": 1, "reachable": 1, "reached": 1}),
    (
        flow(SENT, **DECIDED),
        SALE,
        {"abandoned": 1, "reachable": 1, "reached": 1, "recovered": 1, "revenue:EUR": 1999},
    ),
    (
        flow(replace(SENT, code="bought"), is_measured=True, **DECIDED),
        SALE,
        {"abandoned": 1, "reachable": 1, "treated": 1, "treated_bought": 1, "skipped:bought": 1},
    ),
    (
        flow(is_held_out=True, is_measured=True, **DECIDED),
        SALE,
        {"abandoned": 1, "reachable": 1, "held_out": 1, "control": 1, "control_bought": 1},
    ),
    (
        flow(is_held_out=True, is_measured=True, **DECIDED),
        replace(SALE, at=AT + HOUR + 7 * DAY + MINUTE),
        {"abandoned": 1, "reachable": 1, "held_out": 1, "control": 1},
    ),
]


@pytest.mark.parametrize(("came_to", "sale", "counts"), TALLIES)
def test_a_cart_counts_as_what_came_of_it(came_to, sale, counts):
    assert tally(came_to, sale) == counts
    assert month_of(came_to) == ("2026-11" if came_to.began_at else "")


COUNTS = st.dictionaries(st.sampled_from(["abandoned", "reached", "skipped:x"]), st.integers(1, 9))


@given(before=COUNTS, after=COUNTS)
def test_whatever_was_counted_before_the_difference_makes_it_what_it_is_now(before, after):
    more = difference(flow(counted=before), after)
    assert {name: n for name in {*before, *more} if (n := before.get(name, 0) + more.get(name, 0))} == after
    assert 0 not in more.values()


def test_what_a_cart_came_to_is_read_back_as_it_was_written():
    whole = flow(SENT, counted={"abandoned": 1}, is_measured=True, **DECIDED)
    assert from_plain(Flow, to_plain(whole)) == whole


@pytest.mark.parametrize(
    ("amount", "digits", "minor"), [("19.99", 2, 1999), ("500", 0, 500), ("1.234", 3, 1234)]
)
def test_money_is_counted_in_its_smallest_unit(amount, digits, minor):
    assert minor_units(Decimal(amount), digits) == minor


# Source: Newcombe, Statistics in Medicine 17 (1998), table II, method 10.
KNOWN = [
    (Group(70, 56), Group(80, 48), (0.0524, 0.3339)),
    (Group(10, 9), Group(10, 3), (0.1705, 0.8090)),
    (Group(56, 5), Group(29, 0), (-0.0381, 0.1926)),
    (Group(10, 10), Group(20, 0), (0.6791, 1.0)),
]


@pytest.mark.parametrize(("one", "other", "told"), KNOWN)
def test_the_interval_of_a_difference_is_as_it_was_published(one, other, told):
    found = interval(one, other)
    assert (round(found.low, 4), round(found.high, 4)) == told


GROUPS = st.integers(1, 500).flatmap(lambda carts: st.builds(Group, st.just(carts), st.integers(0, carts)))


@given(one=GROUPS, other=GROUPS)
def test_the_difference_lies_within_its_interval_and_the_other_way_round_it_is_the_same(one, other):
    found, turned = interval(one, other), interval(other, one)
    assert (
        -1 - 1e-9 <= found.low <= found.difference + 1e-9
        and found.difference <= found.high + 1e-9 <= 1 + 1e-8
    )
    assert found.low == pytest.approx(-turned.high) and found.high == pytest.approx(-turned.low)
    low, high = wilson(one)
    assert -1e-9 <= low <= one.share + 1e-9 and one.share - 1e-9 <= high <= 1 + 1e-9


def test_with_too_few_nothing_is_told():
    enough, few = Group(ENOUGH, 10), Group(ENOUGH - 1, 10)
    assert uplift(enough, few) is uplift(few, enough) is None
    assert uplift(enough, Group(ENOUGH, 2)) is not None


LEFT = LeftCart(touched_at=AT, seen_at=AT)
GATED = [
    (LEFT, "no_opt_in"),  # it is left to the rules that follow
    (replace(LEFT, is_bought=True), "bought"),
    (replace(LEFT, is_open=False), "cart_gone"),
    (replace(LEFT, touched_at=AT + MINUTE), "cart_changed"),
    (replace(LEFT, is_held_out=True), "held_out"),
    (replace(LEFT, is_switched_on=False), "switched_off"),
    (replace(LEFT, waits=True), "shopper_wrote"),
    (replace(LEFT, wrote_at=AT + MINUTE), "shopper_wrote"),
    (replace(LEFT, wrote_at=AT - MINUTE), "no_opt_in"),
    (replace(LEFT, is_bought=True, is_open=False, waits=True, is_held_out=True), "bought"),
]


@pytest.mark.parametrize(("cart", "code"), GATED)
def test_what_is_known_of_the_cart_when_it_is_sent_decides(cart, code):
    question = Question(
        takes=Capabilities(text=TextLimit(100)),
        connection_status="active",
        author="campaign",
        purpose="cart",
        text="Your cart",
        now=AT + HOUR,
        intended_at=AT + HOUR,
        shopper_at=AT,
        cart=cart,
    )
    verdict = may_send(question)
    assert (verdict.decision, verdict.code) == ("skip", code)
