"""Whoever asks after a campaign reads whom it reaches and why not, in sums that are the segment."""

import ast
import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import chalicelib
from chalicelib.domain.campaigns.campaigns import Campaign, Happened
from chalicelib.domain.campaigns.reasons import sentence_for
from chalicelib.domain.campaigns.results import counted, money
from chalicelib.domain.campaigns.runs import Recipient, Run
from chalicelib.domain.commerce.uplift import Uplift
from chalicelib.domain.plain import from_plain, to_plain
from chalicelib.services.campaigns.report import Brought, Expected, Ran
from functions import campaign_views

NOW: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
ROOT: Final = Path(chalicelib.__file__).parent
# Where people are looked at before and by the gate; and codes that are asked about other messages alone.
ASKED: Final = ("domain/gate", "services/campaigns", "services/sending/find_way.py")
OTHERS: Final = frozenset(
    {
        *("closed", "human_answered", "unreachable", "owned_elsewhere", "overtaken", "human_window"),
        *("already_given", "asked_lately", "asking_is_off", "bought", "cart_gone", "cart_changed"),
        *("switched_off", "shopper_wrote", "not_linked"),
    }
)
FALLBACK: Final = sentence_for("131999")


def ran(*recipients: Recipient, **changes: Any) -> Ran:
    run = Run(merchant_id="mt_1", campaign_id="cp_1", run_id="rn_1", at=NOW, shoppers=len(recipients))
    found = Ran(run=run, counts=counted(recipients), money=money(recipients), is_finished=True)
    return replace(found, **changes)


def one(name: str, state: Any = "planned", code: str = "ok", **changes: Any) -> Recipient:
    return Recipient(shopper_id=f"sh_{name}", state=state, code=code, **changes)


def codes_in(path: Path) -> set[str]:
    """Every code with which somebody is held or left out there."""
    found = set()
    for file in [path] if path.is_file() else path.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            is_verdict = isinstance(node, ast.Call) and ast.unparse(node.func) == "Verdict"
            if is_verdict and isinstance(node, ast.Call) and len(node.args) > 1:
                code = node.args[1]
                found |= {code.value} if isinstance(code, ast.Constant) else set()
    return found


def test_every_reason_of_the_gate_has_a_sentence_of_its_own() -> None:
    known = {code for place in ASKED for code in codes_in(ROOT / place)} - OTHERS
    assert len(known) > 20
    assert {code for code in known if sentence_for(code) == FALLBACK} == set()
    assert sentence_for("template_header_missing") != FALLBACK
    assert sentence_for("account_blocked") != FALLBACK


STATES: Final = st.sampled_from(
    [
        ("planned", "ok", ""),
        ("planned", "ok", "quiet_hours"),
        ("planned", "tier_limit", "tier_limit"),
        ("planned", "token_rejected", "quiet_hours"),
        ("intended", "ok", ""),
        ("intended", "ok", "window_open"),
        ("held_out", "held_out", ""),
        ("skipped", "opted_out", ""),
        ("skipped", "too_late", "quiet_hours"),
        ("skipped", "no_opt_in", ""),
    ]
)


@given(st.lists(STATES, max_size=30))
def test_everybody_of_the_segment_is_in_one_of_the_sums(states: list[tuple[Any, str, str]]) -> None:
    people = [one(str(n), state, code, held=held) for n, (state, code, held) in enumerate(states)]
    shown = campaign_views.dry_run(ran(*people), Expected())
    waits = sum(each["count"] for each in shown["waits"])
    skipped = sum(each["count"] for each in shown["skipped"])
    assert shown["goes"] + shown["held_out_shoppers"] + skipped + waits == shown["recipients"] == len(people)
    assert skipped == sum(state == "skipped" for state, *_ in states)
    assert all(each["reason"] for name in ("held", "waits", "skipped") for each in shown[name])


def test_a_dry_run_is_shown_with_what_it_costs_and_when_it_ends() -> None:
    costs = {"currency": "EUR", "low": Decimal("0.0101"), "high": Decimal("0.02")}
    people = [
        one("1", how="template", channel="whatsapp", **costs),
        one("2", how="text", channel="telegram", held="quiet_hours"),
        one("3", "skipped", "opted_out"),
    ]
    samples = ({"text": "Hi"},)
    expected = Expected(begins_at=NOW, ends_at=NOW + timedelta(seconds=1), a_day=250)
    shown = campaign_views.dry_run(ran(*people, samples=samples, is_finished=False), expected)
    assert shown["state"] == "going"
    assert shown["by_how"] == {"text": 1, "template": 1}
    assert shown["by_channel"] == {"telegram": 1, "whatsapp": 1}
    assert shown["cost"] == [{"currency": "EUR", "low": "0.0101", "high": "0.02"}]
    assert (shown["begins_at"], shown["ends_at"]) == ("2026-11-22T12:00:00.000Z", "2026-11-22T12:00:01.000Z")
    assert [(each["code"], each["count"]) for each in shown["held"]] == [("quiet_hours", 1)]
    assert (shown["a_day"], shown["samples"]) == (250, [{"text": "Hi"}])


def test_what_came_of_it_stands_beside_what_was_planned() -> None:
    dry = ran(one("1"), one("2"), one("3", "skipped", "no_opt_in"))
    sent = {"sent_at": NOW, "is_delivered": True}
    real = ran(
        one(
            "1", "intended", status="read", is_read=True, revenue={"EUR": Decimal(9)}, is_bought=True, **sent
        ),
        one("2", "skipped", "opted_out"),
        one("3", "skipped", "no_opt_in"),
    )
    brought = Brought(uplift=Uplift(0.123456, 0.1, 0.2), revenue={"EUR": Decimal("7.5")})
    shown = campaign_views.run(real, dry, brought)
    told = {each["code"]: (each["planned"], each["real"]) for each in shown["by_reason"]}
    assert told == {"ok": (2, 1), "opted_out": (0, 1), "no_opt_in": (1, 1)}
    assert (shown["funnel"]["sent"], shown["funnel"]["read"], shown["funnel"]["bought"]) == (1, 1, 1)
    assert shown["revenue"] == {"EUR": "9.00"}
    assert shown["brought"] == {"difference": 12.35, "low": 10.0, "high": 20.0, "revenue": {"EUR": "7.50"}}
    alone = campaign_views.run(real, None, None)
    assert alone["brought"] is None
    assert {each["planned"] for each in alone["by_reason"]} == {None}


def test_the_table_has_one_line_each_and_its_head_on_the_first_page() -> None:
    people = [
        one("1", "intended", message="th_1/0001700000000#ms_1", is_read=True, revenue={"EUR": Decimal(9)}),
        one("2", "skipped", "opted_out", currency="EUR", low=Decimal("0.01"), high=Decimal("0.02")),
    ]
    whole = campaign_views.csv(people[:1], has_head=True) + campaign_views.csv(people[1:], has_head=False)
    first, second = csv.DictReader(io.StringIO(whole))
    assert (first["shopper_id"], first["message_id"], first["read"]) == ("sh_1", "ms_1", "yes")
    assert first["revenue"] == "9.00 EUR"
    assert (second["reason"], second["cost_low"], second["currency"]) == (
        sentence_for("opted_out"),
        "0.01",
        "EUR",
    )
    assert set(first) == set(campaign_views._COLUMNS)


@pytest.mark.parametrize(
    ("state", "can"),
    [
        ("draft", ["book", "cancel"]),
        ("booked", ["pause", "cancel", "unbook"]),
        ("stopped", ["resume", "cancel"]),
        ("done", []),
    ],
)
def test_a_campaign_says_what_can_be_done_with_it(state: Any, can: list[str]) -> None:
    campaign = Campaign(
        merchant_id="mt_1",
        campaign_id="cp_1",
        name="Tea",
        segment_id="sg_1",
        schedule={},
        content={},
        created_at=NOW,
        state=state,
        limit=Decimal("5"),
        limit_currency="EUR",
        flexible=timedelta(hours=2),
        history=(Happened(NOW, "skipped", "Too late.", about=NOW),),
    )
    shown = campaign_views.campaign(campaign)
    assert shown["can"] == can
    assert (shown["limit"], shown["flexible_minutes"]) == ({"amount": "5.00", "currency": "EUR"}, 120)
    assert shown["history"][0]["words"] == "Too late."
    assert shown["history"][0]["by"] is None


def test_amounts_spans_and_moments_come_back_from_json_as_they_were() -> None:
    money = {"EUR": Decimal("12.50"), "USD": Decimal("0.0149")}
    recipient = one("1", at=NOW, low=Decimal("0.01"), revenue=money)
    run = Run(merchant_id="mt_1", campaign_id="cp_1", run_id="rn_1", at=NOW, spent=money, rate=0.5)
    assert from_plain(Recipient, json.loads(json.dumps(to_plain(recipient)))) == recipient
    assert from_plain(Run, json.loads(json.dumps(to_plain(run)))) == run
    happened = Happened(NOW, "skipped", "Too late.", about=NOW)
    assert from_plain(Happened, json.loads(json.dumps(to_plain(happened)))) == happened
    campaign = Campaign(
        merchant_id="mt_1",
        campaign_id="cp_1",
        name="Tea",
        segment_id="sg_1",
        schedule={"at": "10:00"},
        content={"link": "https://shop.example"},
        created_at=NOW,
        flexible=timedelta(minutes=90),
        history=(happened,),
    )
    assert from_plain(Campaign, json.loads(json.dumps(to_plain(campaign)))) == campaign
