"""What the shop sends of its own accord: who gets it, when, and who never does."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from chalicelib.domain.consent.records import Consent, Standing, standing
from chalicelib.domain.content import Content
from chalicelib.domain.gate import Question, Verdict, may_send
from chalicelib.domain.gate.prospects import MarketingRules, Prospect
from chalicelib.domain.rendering import without_window
from integrations.registry import CHANNELS, BaseUrls

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)  # a Monday
TAKES = {name: CHANNELS[name](BaseUrls()).capabilities for name in CHANNELS}


def a_record(state: Any = "given", how: Any = "box", days_ago: float = 1, registry: str = "") -> Consent:
    return Consent(
        merchant_id="mt_1",
        address="phone#447700900123",
        purpose="marketing",
        state=state,
        at=NOON - timedelta(days=days_ago),
        how=how,
        noted_at=NOON,
        registry=registry,
    )


def stands(*records: Consent) -> Standing:
    return standing(records, "marketing", "whatsapp", ["phone#447700900123"])


PERSONAL = ("stands", "country", "heeds", "zones", "marketed_at", "rules")
DNC = a_record("withdrawn", "registry", 9, "do_not_call")
YES = stands(a_record())
NO = Standing(state="withdrawn")


def an_offer(channel: str = "whatsapp", **changes: Any) -> Question:
    """To somebody in Britain who wrote an hour ago, and has said yes."""
    about = {name: changes.pop(name) for name in PERSONAL if name in changes}
    person = replace(Prospect(stands=YES, country="GB", zones=(ZoneInfo("Europe/London"),)), **about)
    plain = Question(
        takes=TAKES[channel],
        window=TAKES[channel].window,
        channel=channel,
        connection_status="active",
        author="campaign",
        purpose="campaign",
        text="Mugs are half price today.",
        now=NOON,
        intended_at=NOON,
        shopper_at=NOON - timedelta(hours=1),
        prospect=person,
    )
    return replace(plain, **changes)


def by_template(category: Any = "marketing", **changes: Any) -> Question:
    question = an_offer(**{"shopper_at": NOON - timedelta(days=3), **changes})
    takes = without_window(Content(kind="template"), question.takes)
    return replace(question, takes=takes, category=category, kind="template")


def told(question: Question) -> tuple[str, str]:
    verdict = may_send(question)
    assert verdict.reason
    return verdict.decision, verdict.code


@pytest.mark.parametrize("channel", CHANNELS)
def test_who_has_said_yes_and_is_here_gets_the_offer(channel: str) -> None:
    assert may_send(an_offer(channel)) == Verdict("send")


OFFERS: dict[str, tuple[dict[str, Any], tuple[str, str]]] = {
    "never asked": ({"stands": Standing()}, ("skip", "no_opt_in")),
    "said no": ({"stands": NO}, ("skip", "opted_out")),
    "stopped on the channel": ({"stands": replace(YES, stopped_there=True)}, ("skip", "opted_out")),
    "one today already": (
        {"marketed_at": (NOON - timedelta(hours=23.9),)},
        ("skip", "frequency_cap"),
    ),
    "one yesterday": ({"marketed_at": (NOON - timedelta(hours=24),)}, ("send", "ok")),
    "three this week": (
        {"marketed_at": tuple(NOON - timedelta(days=days) for days in (6, 4, 2))},
        ("skip", "frequency_cap"),
    ),
    "three, one a week ago": (
        {"marketed_at": tuple(NOON - timedelta(days=days) for days in (7, 4, 2))},
        ("send", "ok"),
    ),
    "the shop allows two": (
        {"marketed_at": (NOON - timedelta(hours=2),), "rules": MarketingRules(per_day=2)},
        ("send", "ok"),
    ),
    "the shop allows none": ({"rules": MarketingRules(per_day=0)}, ("skip", "frequency_cap")),
    "the channel had enough": ({"capped_at": NOON - timedelta(hours=23)}, ("skip", "capped")),
    "the channel had enough a day ago": ({"capped_at": NOON - timedelta(hours=24)}, ("send", "ok")),
    "the number is in trouble": ({"quality": "RED"}, ("skip", "number_quality")),
    "the shop has paused marketing": ({"paused": "marketing"}, ("skip", "paused")),
    "a person is talking with them": ({"human_at": NOON - timedelta(minutes=59)}, ("hold", "human_at_work")),
    "a person has talked with them": ({"human_at": NOON - timedelta(minutes=60)}, ("send", "ok")),
    "at night": ({"zones": (ZoneInfo("Asia/Tokyo"),), "country": "JP"}, ("hold", "quiet_hours")),
    "in Dubai after six": (
        {"zones": (ZoneInfo("Asia/Dubai"),), "country": "AE", "now": NOON + timedelta(hours=2)},
        ("hold", "quiet_hours"),
    ),
    "in Bucharest after six": (
        {"zones": (ZoneInfo("Europe/Bucharest"),), "country": "RO", "now": NOON + timedelta(hours=5)},
        ("send", "ok"),
    ),
    "on the Do-Not-Call list": (
        {
            "country": "AE",
            "stands": replace(YES, listed=(DNC,)),
        },
        ("skip", "do_not_call"),
    ),
    "off that list again": (
        {
            "country": "AE",
            "stands": replace(
                YES,
                listed=(
                    DNC,
                    a_record("given", "registry", 2, "do_not_call"),
                ),
            ),
        },
        ("send", "ok"),
    ),
    "on it, elsewhere": (
        {"stands": replace(YES, listed=(DNC,))},
        ("send", "ok"),
    ),
    "in Turkey, said lately": ({"country": "TR"}, ("send", "ok")),
    "in Turkey, not filed": (
        {"country": "TR", "stands": stands(a_record(days_ago=6))},
        ("skip", "not_filed"),
    ),
    "in Turkey, the switch off": (
        {
            "country": "TR",
            "stands": stands(a_record(days_ago=6)),
            "rules": MarketingRules(iys=False),
        },
        ("send", "ok"),
    ),
    "in Turkey, filed": (
        {
            "country": "TR",
            "stands": stands(a_record(days_ago=60), a_record("given", "registry", 59, "iys")),
        },
        ("send", "ok"),
    ),
    "in Turkey, filed before their last no": (
        {
            "country": "TR",
            "stands": stands(
                a_record(days_ago=60),
                a_record("given", "registry", 59, "iys"),
                a_record("withdrawn", "word", 40),
                a_record("given", "word", 30),
            ),
        },
        ("skip", "not_filed"),
    ),
    "in Turkey, said again and never filed": (
        {"country": "TR", "stands": stands(a_record(days_ago=30), a_record(days_ago=0.1))},
        ("skip", "not_filed"),
    ),
    "in Turkey, refused there and on an old list": (
        {
            "country": "TR",
            "stands": stands(
                a_record(days_ago=60),
                a_record("withdrawn", "registry", 50, "iys"),
                a_record("given", "import", 1),
            ),
        },
        ("skip", "opted_out"),
    ),
    "in Turkey by their language": (
        {"heeds": ("TR",), "stands": stands(a_record(days_ago=6))},
        ("skip", "not_filed"),
    ),
    "in Dubai by their language": (
        {"heeds": ("AE",), "zones": (ZoneInfo("Asia/Dubai"),), "now": NOON + timedelta(hours=2)},
        ("hold", "quiet_hours"),
    ),
    "nobody knows where, in the evening": (
        {"country": "", "now": NOON + timedelta(hours=6)},
        ("hold", "quiet_hours"),
    ),
    "in Turkey, refused there": (
        {"country": "TR", "stands": replace(YES, listed=(a_record("withdrawn", "registry", 0.5, "iys"),))},
        ("skip", "opted_out"),
    ),
    "outside the window": ({"shopper_at": NOON - timedelta(hours=24)}, ("use_template", "window_closed")),
    "outside the window, in the US": (
        {"shopper_at": NOON - timedelta(hours=24), "country": "US"},
        ("skip", "window_closed"),
    ),
}


@pytest.mark.parametrize("case", OFFERS)
def test_an_offer_goes_or_does_not(case: str) -> None:
    changes, verdict = OFFERS[case]
    assert told(an_offer(**changes)) == verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        (by_template(), ("send", "ok")),
        (by_template(country="US"), ("skip", "template_not_taken")),
        (by_template(country="US", shopper_at=NOON - timedelta(hours=1)), ("skip", "template_not_taken")),
        (by_template(stands=Standing()), ("skip", "no_opt_in")),
        (by_template(stands=NO, author="human", purpose="reply"), ("skip", "opted_out")),
        (by_template(author="human", purpose="reply", now=NOON + timedelta(hours=11)), ("send", "ok")),
        (
            by_template(
                country="AE",
                zones=(ZoneInfo("Asia/Dubai"),),
                author="human",
                purpose="reply",
                now=NOON + timedelta(hours=3),
            ),
            ("hold", "quiet_hours"),
        ),
        (by_template("utility", stands=Standing(), author="human", purpose="reply"), ("send", "ok")),
        (by_template(channel="messenger"), ("skip", "template_not_taken")),
        (by_template("utility", channel="messenger", purpose="update"), ("send", "ok")),
        (by_template(channel="instagram"), ("skip", "template_not_taken")),
        (by_template(tier="TIER_250", tier_used=249), ("send", "ok")),
        (by_template(tier="TIER_250", tier_used=250), ("hold", "tier_limit")),
        (by_template(tier="TIER_UNLIMITED", tier_used=10**6), ("send", "ok")),
        (by_template(tier="TIER_NEW", tier_used=250), ("hold", "tier_limit")),
        (by_template(tier="TIER_250", tier_used=250, shopper_at=NOON), ("send", "ok")),
    ],
)
def test_a_template_goes_where_the_channel_takes_it(question: Question, verdict: tuple[str, str]) -> None:
    assert told(question) == verdict


@pytest.mark.parametrize("channel", ["messenger", "instagram"])
def test_outside_the_window_an_offer_has_no_way_there(channel: str) -> None:
    late = an_offer(channel, shopper_at=NOON - timedelta(hours=24))
    assert told(late) == ("skip", "window_closed")


UPDATES: dict[str, tuple[dict[str, Any], tuple[str, str]]] = {
    "while they are here": ({"stands": Standing()}, ("send", "ok")),
    "who wants none": ({"stands": NO}, ("skip", "opted_out")),
    "outside the window, who never agreed": (
        {"stands": Standing(), "shopper_at": NOON - timedelta(days=2)},
        ("skip", "no_opt_in"),
    ),
    "outside the window": ({"shopper_at": NOON - timedelta(days=2)}, ("use_template", "window_closed")),
    "at half past seven": (
        {"now": NOON - timedelta(hours=4.5), "intended_at": NOON},
        ("hold", "quiet_hours"),
    ),
    "at eight": ({"now": NOON - timedelta(hours=4), "shopper_at": NOON - timedelta(hours=9)}, ("send", "ok")),
    "at ten in the evening": ({"now": NOON + timedelta(hours=10)}, ("hold", "quiet_hours")),
    "however much marketing there was": ({"marketed_at": (NOON,) * 9}, ("send", "ok")),
    "when marketing is paused": ({"paused": "marketing"}, ("send", "ok")),
}


@pytest.mark.parametrize("purpose", ["update", "survey"])
@pytest.mark.parametrize("case", UPDATES)
def test_news_of_an_order_comes_by_day(case: str, purpose: str) -> None:
    changes, verdict = UPDATES[case]
    assert told(an_offer(purpose=purpose, author="auto", **changes)) == verdict


@pytest.mark.parametrize(
    ("purpose", "waits", "verdict"),
    [
        ("survey", False, ("send", "ok")),
        ("survey", True, ("skip", "shopper_waits")),
        ("update", True, ("send", "ok")),
    ],
)
def test_who_waits_again_is_not_asked_how_it_was(purpose: str, waits: bool, verdict: tuple[str, str]) -> None:
    assert told(an_offer(purpose=purpose, author="auto", waits=waits)) == verdict


def a_question(**changes: Any) -> Question:
    rules = changes.pop("rules", MarketingRules(ask=True))
    return an_offer(purpose="ask", author="auto", rules=rules, **{"stands": Standing(), **changes})


QUESTIONS: dict[str, tuple[dict[str, Any], tuple[str, str]]] = {
    "once": ({}, ("send", "ok")),
    "where the shop does not ask": ({"rules": MarketingRules()}, ("skip", "asking_is_off")),
    "in Turkey": ({"country": "TR"}, ("skip", "asking_is_off")),
    "nobody knows where": ({"country": ""}, ("skip", "asking_is_off")),
    "who has said yes": ({"stands": YES}, ("skip", "already_given")),
    "who has said no": ({"stands": NO}, ("skip", "opted_out")),
    "after 89 days": ({"stands": Standing(asked_at=NOON - timedelta(days=89))}, ("skip", "asked_lately")),
    "after 90 days": ({"stands": Standing(asked_at=NOON - timedelta(days=90))}, ("send", "ok")),
    "who waits": ({"waits": True}, ("skip", "shopper_waits")),
    "who is gone": ({"shopper_at": NOON - timedelta(hours=24)}, ("skip", "window_closed")),
    "at night": ({"zones": (ZoneInfo("Asia/Tokyo"),)}, ("skip", "quiet_hours")),
}


@pytest.mark.parametrize("case", QUESTIONS)
def test_a_shopper_is_asked_at_most_every_90_days(case: str) -> None:
    changes, verdict = QUESTIONS[case]
    assert told(a_question(**changes)) == verdict


def test_answers_and_replies_go_at_any_hour_to_everybody() -> None:
    tokyo = {"zones": (ZoneInfo("Asia/Tokyo"),), "stands": NO, "marketed_at": (NOON,) * 9}
    assert told(an_offer(purpose="answer", author="auto", **tokyo)) == ("send", "ok")
    assert told(an_offer(purpose="reply", author="human", **tokyo)) == ("send", "ok")


def test_only_words_of_a_person_go_by_the_tag_for_people() -> None:
    late = {"purpose": "reply", "author": "human", "shopper_at": NOON - timedelta(days=2)}
    assert may_send(an_offer("messenger", **late)).tag == "HUMAN_AGENT"
    assert told(an_offer("messenger", kind="image", **late)) == ("skip", "window_closed")
    assert told(an_offer("whatsapp", **late)) == ("skip", "window_closed")


def test_what_is_held_says_until_when() -> None:
    verdict = may_send(an_offer(now=NOON + timedelta(hours=9, minutes=30)))
    assert (verdict.code, verdict.until) == ("quiet_hours", datetime(2026, 11, 3, 9, 0, tzinfo=UTC))
