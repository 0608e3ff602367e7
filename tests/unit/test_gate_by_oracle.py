"""The gate against its rules written a second time: nothing that those forbid goes out, and what is plainly
right does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bench import gate_histories, gate_samples, gate_violations
from bench.gate_oracle import Said, Sent, Shop, Shopper, forbidden
from chalicelib.domain.consent.records import Consent, ConsentPurpose, is_filed, standing
from chalicelib.domain.gate import Question, may_send
from chalicelib.domain.gate.prospects import MarketingRules, Prospect

# A Wednesday, at noon in London.
NOON = datetime(2026, 11, 4, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(scope="module")
def found() -> gate_histories.Found:
    return gate_violations.play(1500)


def test_a_thousand_random_histories_break_no_rule(found: gate_histories.Found) -> None:
    assert gate_violations.told(found) == []


def test_the_same_histories_are_told_each_time() -> None:
    assert gate_violations.play(50).verdicts == gate_violations.play(50).verdicts


def test_the_figure_says_how_much_was_tried() -> None:
    row, broken = gate_violations.measure(20)
    assert (row.name, row.value, row.aim, row.holds, broken) == ("gate_violations", 0.0, 0.0, True, [])
    assert row.note.startswith("20 histories at ")


def test_random_histories_meet_every_answer_of_the_gate(found: gate_histories.Found) -> None:
    codes = {verdict.split()[2] for verdict in found.verdicts}
    assert codes >= {
        "ok",
        "human_window",
        "disconnected",
        "paused",
        "too_late",
        "unreachable",
        "owned_elsewhere",
        "human_answered",
        "opted_out",
        "no_opt_in",
        "do_not_call",
        "not_filed",
        "frequency_cap",
        "capped",
        "quiet_hours",
        "asked_lately",
        "already_given",
        "asking_is_off",
        "window_closed",
        "template_not_taken",
        "tier_limit",
    }


def yes(purpose: ConsentPurpose = "marketing", how: Any = "box") -> Consent:
    at = NOON - 2 * HOUR
    return Consent(
        merchant_id="mt_1",
        address="phone#1",
        purpose=purpose,
        state="given",
        at=at,
        how=how,
        noted_at=at,
    )


PLAIN: dict[str, dict[str, Any]] = {
    "an answer to who has just written": {"author": "auto", "purpose": "answer"},
    "a person's reply by night": {"author": "human", "purpose": "reply", "now": NOON + 12 * HOUR},
    "a person's reply after six days": {
        "author": "human",
        "purpose": "reply",
        "channel": "messenger",
        "shopper_at": NOON - 6 * DAY,
    },
    "a person's reply on Telegram after a year": {
        "author": "human",
        "purpose": "reply",
        "channel": "telegram",
        "shopper_at": NOON - 365 * DAY,
    },
    "news of an order inside the window": {"author": "auto", "purpose": "update"},
    "news of an order by template, as agreed": {
        "author": "auto",
        "purpose": "update",
        "shopper_at": NOON - 9 * DAY,
        "category": "utility",
        "said": [yes("updates")],
    },
    "an offer by template, as agreed": {
        "author": "campaign",
        "purpose": "campaign",
        "shopper_at": None,
        "category": "marketing",
        "said": [yes()],
    },
    "an offer inside the window, as agreed": {"author": "campaign", "purpose": "cart", "said": [yes()]},
    "an offer a day after the last": {
        "author": "campaign",
        "purpose": "cart",
        "said": [yes()],
        "marketed": [NOON - DAY],
    },
    "an offer to Turkey in the first days": {
        "author": "campaign",
        "purpose": "campaign",
        "said": [yes()],
        "country": "TR",
    },
    "the question for a yes": {"author": "auto", "purpose": "ask"},
}


@pytest.mark.parametrize("plain", PLAIN)
def test_what_is_plainly_right_is_sent(plain: str) -> None:
    assert may_send(question(**PLAIN[plain])).decision == "send"


def question(
    *,
    channel: str = "whatsapp",
    category: Any = "",
    said: Sequence[Consent] = (),
    marketed: Sequence[datetime] = (),
    country: str = "GB",
    **told: Any,
) -> Question:
    takes = gate_samples.TAKES[channel]
    is_news = told["purpose"] == "update" and category != "marketing"
    purpose: ConsentPurpose = "updates" if is_news else "marketing"
    plain: dict[str, Any] = {"now": NOON, "shopper_at": NOON - HOUR}
    plain |= told
    return Question(
        takes=replace(takes, window=None) if category else takes,
        connection_status="active",
        text="Hello",
        intended_at=plain["now"],
        channel=channel,
        window=takes.window,
        kind="template" if category else "text",
        category=category,
        prospect=Prospect(
            stands=standing(said, purpose, channel),
            country=country,
            marketed_at=tuple(marketed),
            rules=MarketingRules(ask=True),
        ),
        **plain,
    )


RIGHT = Sent(
    at=NOON,
    intended_at=NOON,
    channel="whatsapp",
    address="phone#1",
    author="campaign",
    purpose="campaign",
    kind="template",
    category="marketing",
)
AGREED = Said(at=NOON - 4 * HOUR, about="marketing", word="yes", how="box", address="phone#1")
WHO = Shopper(said=[AGREED], country="GB", zones=("Europe/London",))


def said(word: Any, how: str, **more: Any) -> Said:
    return Said(at=NOON - 2 * HOUR, about="marketing", word=word, how=how, address="phone#1", **more)


WRONG: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "disconnected": ({}, {}, {"is_connected": False}),
    "marketing while paused": ({}, {}, {"paused": "marketing"}),
    "automatic while paused": ({}, {}, {"paused": "automatic"}),
    "an answer after ten minutes": ({"purpose": "answer", "intended_at": NOON - HOUR}, {}, {}),
    "an automatic answer while a human is at work": ({"purpose": "answer"}, {"human_at": NOON}, {}),
    "automatic to a dead address": ({}, {"is_unreachable": True}, {}),
    "a tag that the channel has not": ({"tag": "ACCOUNT_UPDATE"}, {}, {}),
    "HUMAN_AGENT on what is no human's text": ({"tag": "HUMAN_AGENT"}, {}, {}),
    "HUMAN_AGENT after seven days": ({"tag": "HUMAN_AGENT"}, {"wrote_at": NOON - 8 * DAY}, {}),
    "free text outside the window": ({"category": ""}, {"wrote_at": NOON - DAY}, {}),
    "a template that the channel has not": ({"channel": "instagram"}, {}, {}),
    "a marketing template to an American number": ({}, {"country": "US"}, {}),
    "marketing within a day of the channel's cap": ({}, {"capped_at": NOON - HOUR}, {}),
    "beyond the tier": ({}, {}, {"tier": "TIER_250", "used": 250}),
    "updates after a stop": (
        {"purpose": "update", "category": "utility"},
        {"said": [replace(said("no", "word"), about="updates")]},
        {},
    ),
    "updates by night": ({"purpose": "update", "category": "utility"}, {"zones": ("Pacific/Auckland",)}, {}),
    "marketing in quiet hours": ({}, {"zones": ("Europe/London", "Asia/Tokyo")}, {}),
    "marketing in the Emirates before 9 or after 18": (
        {},
        {"country": "AE", "zones": ("Asia/Karachi", "Asia/Tokyo")},
        {},
    ),
    "marketing after a stop": ({}, {"said": [AGREED, said("no", "word")]}, {}),
    "marketing without a yes": ({}, {"said": [said("yes", "box", channels=("email",))]}, {}),
    "marketing after the platform's stop": ({}, {"said": [AGREED, said("no", "platform")]}, {}),
    "more marketing than the shop allows": ({}, {"marketed": [NOON - 2 * HOUR]}, {}),
    "marketing to a number on the Do-Not-Call list": (
        {},
        {"country": "AE", "said": [AGREED, said("no", "registry", registry="do_not_call")]},
        {},
    ),
    "marketing to who refused in the registry": (
        {},
        {"country": "TR", "said": [AGREED, said("no", "registry", registry="iys")]},
        {},
    ),
    "marketing on a yes that was not filed": (
        {},
        {"country": "TR", "said": [replace(AGREED, at=NOON - 9 * DAY)]},
        {},
    ),
    "asked where asking is forbidden": ({"purpose": "ask", "category": ""}, {"country": "TR"}, {}),
    "asked again within 90 days": ({"purpose": "ask"}, {"said": [said("asked", "question")]}, {}),
    "asked after a yes": ({"purpose": "ask"}, {}, {}),
}


def test_the_oracle_lets_pass_what_is_right() -> None:
    assert forbidden(RIGHT, WHO, Shop()) == []


@pytest.mark.parametrize("rule", WRONG)
def test_the_oracle_forbids(rule: str) -> None:
    sent, shopper, shop = WRONG[rule]
    author = "auto" if sent.get("purpose") in ("answer", "ask", "update") else "campaign"
    found = forbidden(
        replace(RIGHT, **{"author": author, **sent}), replace(WHO, **shopper), replace(Shop(), **shop)
    )
    assert rule in found


@pytest.mark.parametrize("how", ["import", "staff", "plugin"])
def test_the_oracle_takes_no_list_and_no_note_for_a_stop_taken_back(how: str) -> None:
    told = [said("no", "word"), replace(said("yes", how), at=NOON - HOUR)]
    assert "marketing after a stop" in forbidden(RIGHT, replace(WHO, said=told), Shop())
    told[1] = replace(told[1], how="word")
    assert forbidden(RIGHT, replace(WHO, said=told), Shop()) == []


AS_UPDATE = {"author": "auto", "purpose": "update", "category": "marketing", "said": [yes()]}
SLIPPED: dict[str, tuple[dict[str, Any], str]] = {
    "an offer called an update, too many": ({**AS_UPDATE, "marketed": [NOON - HOUR]}, "frequency_cap"),
    "an offer called an update, late": ({**AS_UPDATE, "now": NOON + 9 * HOUR + HOUR / 2}, "quiet_hours"),
    "an offer called an update, while paused": ({**AS_UPDATE, "paused": "marketing"}, "paused"),
    "an offer by template to an American who wrote": ({**AS_UPDATE, "country": "US"}, "template_not_taken"),
    "an offer by template on Instagram": ({**AS_UPDATE, "channel": "instagram"}, "template_not_taken"),
    "a person's offer by template after the channel's cap": (
        {**AS_UPDATE, "author": "human", "purpose": "reply", "capped_at": NOON - HOUR},
        "capped",
    ),
}


@pytest.mark.parametrize("case", SLIPPED)
def test_marketing_is_marketing_whatever_it_is_called(case: str) -> None:
    told, code = SLIPPED[case]
    assert may_send(question(**told)).code == code


def test_of_two_numbers_each_has_its_own_stop_on_the_channel() -> None:
    stop = replace(yes(how="platform"), state="withdrawn", at=NOON - 3 * HOUR)
    resume = replace(yes(how="platform"), address="phone#2")
    records = [stop, resume]
    assert standing(records, "marketing", "whatsapp", ["phone#1", "phone#2"]).stopped_there
    assert not standing(records, "marketing", "whatsapp", ["phone#2", "phone#1"]).stopped_there


def test_a_registry_files_one_number_and_refuses_the_person() -> None:
    filed = replace(yes(how="registry"), registry="iys", address="phone#2")
    assert standing([filed], "marketing", "whatsapp", ["phone#1"]).last_listed("iys") is None
    assert standing([filed], "marketing", "whatsapp", ["phone#2"]).last_listed("iys") == filed
    refused = replace(filed, state="withdrawn", at=NOON - 9 * DAY)
    both = [refused, replace(filed, address="phone#1")]
    assert standing(both, "marketing", "whatsapp", ["phone#1"]).last_listed("iys") == refused


def test_turkish_business_days_are_counted_in_turkey() -> None:
    # Friday 22:30 in UTC is Saturday 01:30 there: Monday, Tuesday, Wednesday.
    said_yes = replace(yes(), at=datetime(2026, 11, 6, 22, 30, tzinfo=UTC))
    stands = standing([said_yes], "marketing", "whatsapp")
    ends = datetime(2026, 11, 10, 22, 30, tzinfo=UTC)
    assert is_filed(stands, "iys", ends)
    assert not is_filed(stands, "iys", ends + timedelta(seconds=1))
