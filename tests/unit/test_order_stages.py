"""Which news of an order is told, when, and that nothing is told twice, backwards, or out of the past."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.commerce.orders import Order, Parcel, Refund, joined
from chalicelib.domain.commerce.stages import RANKS, STAGES, reached
from chalicelib.domain.commerce.update_rules import UpdateRules, rules_from
from chalicelib.domain.commerce.updates import FRESH_FOR, Update, Updates, is_overtaken, updates_due

NOW: Final = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TODAY: Final = NOW.date()
SHOP: Final = ZoneInfo("Europe/Bucharest")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RULES: Final = UpdateRules(on_since=NOW - timedelta(days=30))
ALL: Final = replace(RULES, told=frozenset(STAGES))


def an_order(**changes: Any) -> Order:
    plain = Order(connection_id="cn_1", order_id="77", number="#1001", at=NOW - HOUR, placed_at=NOW - HOUR)
    return replace(plain, **changes)


def a_parcel(state: Any, parcel_id: str = "p1", **changes: Any) -> Parcel:
    return replace(Parcel(parcel_id=parcel_id, state=state, at=NOW - HOUR), **changes)


def sent(*parcels: Parcel, **changes: Any) -> Order:
    return an_order(is_confirmed=True, parcels=parcels, **changes)


def due(order: Order, *told: str, rules: UpdateRules = RULES, now: datetime = NOW) -> Updates:
    return updates_due(order, told, rules, SHOP, now)


def stages(updates: Updates) -> list[str]:
    return [one.stage for one in updates.tell]


@pytest.mark.parametrize(
    ("order", "told", "news"),
    [
        (an_order(), (), ["placed"]),
        (an_order(is_confirmed=True), (), ["confirmed"]),
        (an_order(is_confirmed=True), ("placed",), ["confirmed"]),
        (an_order(is_confirmed=True), ("confirmed",), []),
        (an_order(), ("confirmed",), []),
        (sent(a_parcel("packed")), ("placed",), ["packed"]),
        (sent(a_parcel("shipped")), (), ["shipped"]),
        (sent(a_parcel("shipped")), ("placed", "shipped:p1"), []),
        (sent(a_parcel("in_transit")), ("shipped:p1",), ["in_transit"]),
        (sent(a_parcel("packed")), ("shipped:p1",), []),
        (sent(a_parcel("out_for_delivery")), ("attempted:p1",), []),
        (sent(a_parcel("attempted")), ("out_for_delivery:p1",), ["attempted"]),
        (sent(a_parcel("ready_for_pickup")), ("attempted:p1",), ["ready_for_pickup"]),
        (sent(a_parcel("delivered")), ("placed",), ["delivered"]),
        (sent(a_parcel("delivered")), ("failed:p1",), ["delivered"]),
        (sent(a_parcel("failed")), ("delivered:p1",), []),
        (sent(a_parcel("cancelled")), ("confirmed",), []),
        (an_order(state="cancelled"), ("placed",), ["cancelled"]),
        (an_order(state="cancelled"), ("cancelled",), []),
        (sent(a_parcel("shipped"), state="cancelled"), (), ["cancelled"]),
        (sent(a_parcel("shipped"), state="gone"), (), []),
    ],
)
def test_only_the_furthest_stage_that_is_new_is_told(order: Order, told: tuple, news: list) -> None:
    assert stages(due(order, *told, rules=ALL)) == news


@pytest.mark.parametrize(
    ("order", "told", "news", "keys"),
    [
        (an_order(is_confirmed=True), (), ["placed"], ("placed", "confirmed")),
        (sent(a_parcel("packed")), (), ["placed"], ("placed", "confirmed")),
        (sent(a_parcel("in_transit")), (), ["shipped"], ("shipped:p1", "in_transit:p1")),
        (sent(a_parcel("in_transit")), ("shipped:p1",), [], ()),
        (an_order(is_confirmed=True), ("placed",), [], ()),
    ],
)
def test_where_a_stage_is_switched_off_the_one_before_is_told_as_long_as_it_is_true(
    order: Order, told: tuple, news: list, keys: tuple
) -> None:
    updates = due(order, *told)
    assert stages(updates) == news
    assert sum((one.keys for one in updates.tell), ()) == keys


def test_a_stage_that_is_switched_off_is_passed_over_for_good() -> None:
    off = replace(RULES, told=RULES.told - {"delivered"})
    order = sent(a_parcel("delivered"))
    quiet = due(order, "shipped:p1", rules=off)
    assert (stages(quiet), quiet.quiet) == ([], ("delivered:p1",))
    assert stages(due(order, "shipped:p1", *quiet.quiet)) == []


@pytest.mark.parametrize(
    ("at", "is_told"),
    [
        (NOW - FRESH_FOR + timedelta(seconds=1), True),
        (NOW - FRESH_FOR, False),
        (NOW - 9 * DAY, False),
    ],
)
def test_what_happened_long_ago_is_no_news(at: datetime, is_told: bool) -> None:
    updates = due(sent(a_parcel("shipped", at=at)))
    assert stages(updates) == (["shipped"] if is_told else [])
    assert updates.quiet == (() if is_told else ("shipped:p1",))


def test_what_happened_before_the_shop_switched_it_on_is_never_told() -> None:
    lately = replace(RULES, on_since=NOW - HOUR)
    for order in (an_order(), sent(a_parcel("shipped")), an_order(state="cancelled")):
        updates = due(order, rules=lately)
        assert not updates.tell and updates.quiet
    after = sent(a_parcel("shipped", at=NOW))
    assert stages(due(after, rules=lately)) == ["shipped"]


def test_an_old_order_that_is_heard_of_today_is_not_told_of_as_if_it_were_new() -> None:
    """Its last change may be a note that somebody wrote: nobody knows when it was paid or called off."""
    for order in (an_order(is_confirmed=True), an_order(state="cancelled")):
        old = replace(order, placed_at=NOW - 20 * DAY)
        assert not due(old, rules=ALL).tell
        assert due(old, "placed", rules=ALL).tell


def test_an_old_order_whose_parcels_have_no_time_of_their_own_is_not_told_of_as_if_it_were_new() -> None:
    """Some shops tell no more of a parcel, or of money that went back, than when the order was touched."""
    touched = {"at": NOW - HOUR, "placed_at": NOW - 40 * DAY}
    parcel, refund = a_parcel("shipped"), Refund(refund_id="r1", at=NOW - HOUR, amount=Decimal(5))
    for order in (sent(parcel, **touched), an_order(refunds=(refund,), **touched)):
        assert not due(order).tell and due(order).quiet
        assert due(order, "confirmed").tell
        assert due(replace(order, placed_at=NOW - 9 * DAY)).tell
    own = sent(a_parcel("shipped", at=NOW - 2 * HOUR), **touched)
    assert stages(due(own)) == ["shipped"]


def test_what_its_buyer_has_still_to_pay_is_no_order_yet() -> None:
    """They are filling in a checkout, or have left it."""
    left = an_order(is_bought=False, promised_on=TODAY - DAY)
    for order in (left, replace(left, state="cancelled"), replace(left, paid="failed")):
        assert due(order, rules=ALL) == Updates()
    assert stages(due(replace(left, is_bought=True))) == ["placed", "delayed"]
    once_bought = replace(left, state="cancelled", bought_at=NOW - 2 * HOUR)
    assert stages(due(once_bought)) == ["cancelled"]


def test_until_it_is_switched_on_nobody_is_told_and_nothing_is_passed_over() -> None:
    late = sent(a_parcel("shipped", promised_on=TODAY))
    assert due(late, rules=UpdateRules()) == Updates()


def test_of_an_order_of_which_no_more_than_a_parcel_was_told_nothing_is_said_yet() -> None:
    parcel_alone = Order(connection_id="cn_1", order_id="77", parcels=(a_parcel("shipped"),))
    assert due(parcel_alone) == Updates()


def test_parcels_that_have_come_equally_far_are_one_message() -> None:
    order = sent(a_parcel("shipped"), a_parcel("shipped", "p2"), a_parcel("delivered", "p3"))
    first, second = due(order, "shipped:p3").tell
    assert (first.stage, first.keys) == ("shipped", ("shipped:p1", "shipped:p2"))
    assert (second.stage, [one.parcel_id for one in second.parcels]) == ("delivered", ["p3"])
    assert stages(due(order, *first.keys, *second.keys)) == []


def test_each_refund_is_told_once_also_of_an_order_that_was_called_off() -> None:
    refunds = (Refund(refund_id="r1", at=NOW, amount=Decimal(5)), Refund(refund_id="r2", at=NOW))
    order = an_order(state="cancelled", refunds=refunds)
    assert stages(due(order, "placed")) == ["cancelled", "refunded", "refunded"]
    assert [one.keys for one in due(order, "cancelled", "refunded:r1").tell] == [("refunded:r2",)]


# Midnight in Bucharest, in winter two hours ahead of UTC.
MIDNIGHT: Final = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "news", "look_at"),
    [
        (MIDNIGHT - timedelta(seconds=1), [], MIDNIGHT),
        (MIDNIGHT, ["delayed"], None),
        (MIDNIGHT + 2 * DAY, [], None),
    ],
)
def test_a_promised_day_is_over_at_midnight_where_the_shop_is(
    now: datetime, news: list, look_at: datetime
) -> None:
    order = sent(a_parcel("in_transit", promised_on=TODAY))
    updates = due(order, "in_transit:p1", now=now)
    assert (stages(updates), updates.look_at) == (news, look_at)


@pytest.mark.parametrize("state", ["delivered", "ready_for_pickup", "attempted", "failed", "cancelled"])
def test_what_has_come_or_was_tried_is_not_late(state: str) -> None:
    order = sent(a_parcel(state, promised_on=TODAY))
    updates = due(order, f"{state}:p1", "confirmed", now=MIDNIGHT)
    assert (stages(updates), updates.look_at) == ([], None)


def test_a_delay_is_told_once_of_the_order_or_of_each_parcel() -> None:
    bare = an_order(promised_on=TODAY)
    assert due(bare, "placed", now=MIDNIGHT).tell[0].keys == ("delayed",)
    shipped = sent(a_parcel("shipped"), promised_on=TODAY)
    assert stages(due(shipped, "shipped:p1", "delayed", now=MIDNIGHT + HOUR)) == []
    two = sent(a_parcel("shipped"), a_parcel("shipped", "p2", promised_on=TODAY + DAY), promised_on=TODAY)
    first = due(two, "shipped:p1", "shipped:p2", now=MIDNIGHT)
    assert (first.tell[0].keys, first.look_at) == (("delayed:p1",), MIDNIGHT + DAY)
    later = due(two, "shipped:p1", "shipped:p2", "delayed:p1", now=MIDNIGHT + DAY)
    assert [one.keys for one in later.tell] == [("delayed:p2",)]
    moved = replace(shipped, promised_on=TODAY + 3 * DAY)
    assert due(moved, "shipped:p1", "delayed:p1", now=MIDNIGHT).look_at is None


def test_nobody_waits_for_a_day_that_the_shop_does_not_tell_of() -> None:
    off = replace(RULES, told=RULES.told - {"delayed"})
    assert due(sent(a_parcel("shipped", promised_on=TODAY)), "shipped:p1", rules=off).look_at is None
    assert due(an_order(promised_on=date.max), "placed").look_at is None


@pytest.mark.parametrize(
    ("order", "stage", "parcels", "is_old"),
    [
        (an_order(), "placed", [], False),
        (sent(a_parcel("packed")), "placed", [], False),
        (sent(a_parcel("shipped")), "placed", [], True),
        (sent(a_parcel("shipped")), "shipped", ["p1"], False),
        (sent(a_parcel("in_transit")), "shipped", ["p1"], False),
        (sent(a_parcel("out_for_delivery")), "shipped", ["p1"], True),
        (sent(a_parcel("delivered")), "out_for_delivery", ["p1"], True),
        (sent(a_parcel("delivered")), "delivered", ["p1"], False),
        (sent(a_parcel("in_transit")), "delivered", ["p1"], True),
        (sent(a_parcel("delivered"), a_parcel("shipped", "p2")), "shipped", ["p1", "p2"], False),
        (sent(a_parcel("cancelled")), "shipped", ["p1"], True),
        (sent(), "shipped", ["p1"], True),
        (sent(a_parcel("shipped"), state="cancelled"), "shipped", ["p1"], True),
        (an_order(state="cancelled"), "cancelled", [], False),
        (an_order(), "cancelled", [], True),
        (an_order(state="cancelled"), "refunded", [], False),
        (an_order(state="gone"), "refunded", [], True),
        (None, "shipped", ["p1"], True),
        (sent(a_parcel("shipped", promised_on=TODAY - DAY)), "delayed", ["p1"], False),
        (sent(a_parcel("shipped", promised_on=TODAY + DAY)), "delayed", ["p1"], True),
        (sent(a_parcel("delivered", promised_on=TODAY - DAY)), "delayed", ["p1"], True),
        (an_order(promised_on=TODAY - DAY), "delayed", [], False),
        (sent(a_parcel("delivered"), promised_on=TODAY - DAY), "delayed", [], True),
    ],
)
def test_news_that_further_news_has_made_old_does_not_leave(
    order: Order | None, stage: Any, parcels: list[str], is_old: bool
) -> None:
    assert is_overtaken(order, stage, parcels, RULES, SHOP, NOW) is is_old


def test_what_a_shop_switched_on_overtakes_what_came_before() -> None:
    order = sent(a_parcel("in_transit"))
    assert is_overtaken(order, "shipped", ["p1"], ALL, SHOP, NOW)


STATES = st.sampled_from(
    ["packed", "shipped", "in_transit", "out_for_delivery", "ready_for_pickup", "attempted", "delivered"]
)
TELLINGS = st.lists(
    st.tuples(
        st.integers(0, 60),
        st.lists(st.tuples(st.sampled_from(["p1", "p2"]), STATES, st.integers(0, 60)), max_size=2),
        st.sampled_from(["open", "open", "open", "cancelled"]),
        st.sampled_from([None, TODAY]),
    ),
    min_size=1,
    max_size=8,
)


def a_telling(telling: tuple) -> Order:
    minute, parcels, state, promised = telling
    made = {
        name: a_parcel(one, name, at=NOW - HOUR + timedelta(minutes=at), promised_on=promised)
        for name, one, at in parcels
    }
    at = NOW - HOUR + timedelta(minutes=minute)
    return sent(*made.values(), at=at, state=state)


def follow(tellings: list[Order]) -> list[Update]:
    """What a buyer is told as the shop's calls come in."""
    order, told, heard = tellings[0], set[str](), list[Update]()
    for one in tellings:
        order = joined(order, one)
        updates = due(order, *told, rules=ALL)
        heard += updates.tell
        told |= {*updates.quiet, *(key for update in updates.tell for key in update.keys)}
    return heard


@given(TELLINGS, st.randoms(use_true_random=False))
def test_however_the_calls_of_a_shop_come_nothing_is_told_twice_or_backwards(
    tellings: list, mix: Any
) -> None:
    orders = [a_telling(one) for one in tellings]
    shuffled = orders + mix.sample(orders, len(orders))
    mix.shuffle(shuffled)
    heard = follow(shuffled)
    keys = [key for one in heard for key in one.keys]
    assert len(keys) == len(set(keys))
    for name in ("p1", "p2"):
        way = [RANKS[one.stage] for one in heard if f"{one.stage}:{name}" in one.keys if one.stage in RANKS]
        assert way == sorted(way)


@given(TELLINGS)
def test_once_all_is_told_the_same_calls_again_tell_nothing(tellings: list) -> None:
    orders = [a_telling(one) for one in tellings]
    assert len(follow(orders + orders[::-1] + orders)) == len(follow(orders))


def test_where_the_order_is_as_a_whole_is_where_its_last_parcel_is() -> None:
    assert reached(an_order()) == "placed"
    assert reached(an_order(is_confirmed=True)) == "confirmed"
    assert reached(sent(a_parcel("delivered"), a_parcel("shipped", "p2"))) == "shipped"
    assert reached(sent(a_parcel("delivered"), state="cancelled")) == "cancelled"


def test_the_setting_is_read_as_it_was_saved() -> None:
    given = {
        "on": True,
        "on_since": NOW.isoformat(),
        "updates": {"placed": False, "packed": True},
        "templates": {
            "cn_2": [
                {
                    "updates": ["shipped"],
                    "name": "n",
                    "language": "en",
                    "variables": {"body.1": "Hi", "body.2": {"field": "order.number", "fallback": "yours"}},
                }
            ]
        },
    }
    rules = rules_from(given)
    assert rules.on_since == NOW
    assert not rules.tells("placed") and rules.tells("packed") and rules.tells("delivered")
    assert (rules.templates[0].connection_id, rules.templates[0].stages) == ("cn_2", {"shipped"})
    assert rules.templates[0].use.fillings["body.2"].field == "order.number"
    assert rules_from({**given, "on": False}).on_since is None
    assert rules_from({}) == UpdateRules()
