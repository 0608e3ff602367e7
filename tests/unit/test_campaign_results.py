"""What a run's recipients come to, when a page is looked at again, and when a campaign stops itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from chalicelib.domain.campaigns.looks import LOOKS, next_look
from chalicelib.domain.campaigns.results import (
    STATES,
    codes,
    counted,
    funnel,
    helds,
    money,
    of_currency,
    summed,
    summed_money,
)
from chalicelib.domain.campaigns.runs import Page, Recipient
from chalicelib.domain.campaigns.stopping import STOPPING, left_words, stop_words

NOON = datetime(2026, 12, 2, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SENT = Recipient(
    shopper_id="sh_1",
    state="intended",
    code="ok",
    how="text",
    at=NOON,
    channel="telegram",
    status="sent",
    sent_at=NOON,
)
FUNNELS = {
    # name: (recipient, what is counted of it beyond `sent`)
    "only sent": (SENT, set()),
    "read, as the phone says": (replace(SENT, is_read=True), {"delivered", "read"}),
    "followed, so it was read": (replace(SENT, clicked_at=NOON), {"delivered", "read", "clicked"}),
    "answered, so it has arrived": (replace(SENT, is_answered=True), {"delivered", "answered"}),
    "bought": (replace(SENT, is_bought=True), {"bought"}),
    "said stop": (replace(SENT, is_opted_out=True), {"opted_out", "left"}),
    "blocked the shop and said stop": (
        replace(SENT, is_opted_out=True, is_blocked=True),
        {"opted_out", "blocked", "left"},
    ),
}


@pytest.mark.parametrize("name", FUNNELS)
def test_each_step_of_the_funnel_holds_those_before(name):
    one, more = FUNNELS[name]
    counts = counted([one])
    known = {"shoppers", "intended", "code:ok", "how:text", "channel:telegram", "sent"}
    assert set(counts) - known == more and set(counts.values()) == {1}


@pytest.mark.parametrize("status", ["", "queued", "failed", "uncertain", "skipped"])
def test_what_the_channel_does_not_have_is_in_no_funnel(status):
    one = replace(SENT, status=status, is_read=True, is_answered=True)
    assert set(funnel(counted([one])).values()) == {0}


def test_everybody_is_in_one_state_and_pages_add_up_to_the_segment():
    there = [
        SENT,
        Recipient(shopper_id="sh_2"),
        Recipient(shopper_id="sh_3", state="planned", code="quiet_hours", held="quiet_hours", at=NOON),
        Recipient(shopper_id="sh_4", state="skipped", code="no_opt_in"),
        Recipient(shopper_id="sh_5", state="held_out", code="held_out", is_bought=True),
    ]
    pages = [
        Page(number=n, shoppers=(), counts=counted([one]), money=money([one])) for n, one in enumerate(there)
    ]
    counts = summed(pages)
    assert counts == counted(there) and sum(counts[state] for state in STATES) == counts["shoppers"] == 5
    assert codes(counts) == {"held_out": 1, "no_opt_in": 1, "ok": 1, "quiet_hours": 1}
    assert helds(counts) == {"quiet_hours": 1}
    assert (counts["control_bought"], counts.get("bought")) == (1, None)


def test_costs_and_revenue_are_summed_by_currency_and_apart_from_those_held_out():
    priced = replace(SENT, currency="USD", low=Decimal("0.01"), high=Decimal("0.05"))
    bought = replace(priced, shopper_id="sh_2", revenue={"EUR": Decimal(9), "USD": Decimal(2)})
    alone = Recipient(shopper_id="sh_3", state="held_out", revenue={"EUR": Decimal(4)})
    sums = summed_money([Page(number=0, shoppers=(), money=money([one])) for one in (priced, bought, alone)])
    assert sums == money([priced, bought, alone])
    assert of_currency("low", sums) == {"USD": Decimal("0.02")}
    assert of_currency("high", sums) == {"USD": Decimal("0.10")}
    assert of_currency("revenue", sums) == {"EUR": Decimal(9), "USD": Decimal(2)}
    assert of_currency("control_revenue", sums) == {"EUR": Decimal(4)}


def test_who_is_left_out_in_the_end_costs_nothing_and_has_bought_for_other_reasons():
    bought = replace(SENT, currency="USD", high=Decimal("0.05"), is_bought=True, revenue={"EUR": Decimal(9)})
    left_out = replace(bought, state="skipped", code="spending_limit", status="", sent_at=None)
    stopped = replace(bought, state="skipped", code="opted_out", status="skipped", message="th_1/1")
    for one in (left_out, stopped):
        assert money([one]) == {} and set(counted([one])) == {"shoppers", "skipped", f"code:{one.code}"}
    waits = replace(left_out, state="planned", code="tier_limit")
    assert money([waits]) == {} and "how:text" not in counted([waits])
    failed = replace(bought, code="unreachable", status="failed")
    assert of_currency("revenue", money([failed])) == {}


def test_a_page_is_looked_at_ever_less_often_and_no_more_after_a_week():
    looks, now = [], NOON
    while (at := next_look([SENT], now)) is not None:
        looks.append(at - NOON)
        now = at
    assert tuple(looks) == LOOKS and looks[-1] == 7 * DAY


LOOKED_AT = {
    "nobody is left": ([Recipient(shopper_id="a", state="skipped", code="staff")], None),
    "it has failed for good": ([replace(SENT, status="failed")], None),
    "they are held": ([Recipient(shopper_id="a", at=NOON + 9 * MINUTE)], 9 * MINUTE),
    "their moment has come": ([Recipient(shopper_id="a", at=NOON - MINUTE)], 0 * MINUTE),
    "nobody has decided": ([Recipient(shopper_id="a")], 0 * MINUTE),
    "some are held and some are sent": ([SENT, Recipient(shopper_id="a", at=NOON + MINUTE)], MINUTE),
    "those who are held out": ([Recipient(shopper_id="a", state="held_out", at=NOON)], 2 * MINUTE),
}


@pytest.mark.parametrize("name", LOOKED_AT)
def test_when_a_page_is_looked_at_again(name):
    recipients, after = LOOKED_AT[name]
    assert next_look(recipients, NOON) == (None if after is None else NOON + after)


@pytest.mark.parametrize(
    ("sent", "left", "stops"),
    [(49, 49, False), (50, 1, False), (50, 2, True), (100, 3, False), (100, 4, True), (0, 0, False)],
)
def test_it_stops_when_more_than_the_limit_have_left_of_at_least_fifty(sent, left, stops):
    assert bool(left_words({"sent": sent, "left": left}, 0.03)) is stops


def test_each_reason_to_stop_says_what_to_do_and_others_are_none():
    for reason in STOPPING:
        assert stop_words(reason).endswith(".") and len(stop_words(reason)) > 40
    assert stop_words("ok") == stop_words("no_opt_in") == stop_words("frequency_cap") == ""
