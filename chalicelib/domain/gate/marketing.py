"""The gate's rules about what the shop sends of its own accord. A rule answers None where it has no
objection."""

from chalicelib.domain.consent.records import ASKED_AGAIN_AFTER, is_filed, is_refused
from chalicelib.domain.gate.countries import DO_NOT_CALL, IYS, CountryRules
from chalicelib.domain.gate.prospects import is_capped
from chalicelib.domain.gate.question import (
    HUMAN_AT_WORK,
    Question,
    Verdict,
    is_marketing,
    is_open,
    laws_of,
    needs_of,
    quiet_until,
)
from chalicelib.domain.platform_rules import CAPPED_FOR


def not_stopped(question: Question) -> Verdict | None:
    """Their no holds on every channel, whoever sends and whatever it is sent with."""
    needs = needs_of(question)
    if not needs:
        return None
    stands = question.prospect.stands
    if stands.state == "withdrawn":
        return Verdict("skip", "opted_out", "The shopper has said that they do not want this.")
    if stands.stopped_there:
        return Verdict("skip", "opted_out", "The shopper has stopped this on the channel itself.")
    return None


def agreed(question: Question) -> Verdict | None:
    """Marketing needs a recorded yes; so does what reaches somebody who has not written lately."""
    needs = needs_of(question)
    if not needs or question.purpose == "ask" or question.prospect.stands.yes:
        return None
    if needs == "updates" and is_open(question):
        return None
    return Verdict("skip", "no_opt_in", "The shopper has not said that they want this.")


def lawful(question: Question) -> Verdict | None:
    """What the registries of the shopper's country say."""
    if needs_of(question) != "marketing" or question.purpose == "ask":
        return None
    found = (_by_registry(question, law) for law in laws_of(question))
    return next((verdict for verdict in found if verdict is not None), None)


def _by_registry(question: Question, law: CountryRules) -> Verdict | None:
    prospect = question.prospect
    listed = prospect.stands.last_listed(law.not_listed_in) if law.not_listed_in else None
    if listed is not None and listed.state == "withdrawn":
        return Verdict("skip", DO_NOT_CALL, "The number is on the Do-Not-Call list of its country.")
    if law.filed_with != IYS or not prospect.rules.iys:
        return None
    if is_refused(prospect.stands, IYS):
        return Verdict("skip", "opted_out", "The consent was refused in the registry (IYS).")
    if not is_filed(prospect.stands, IYS, question.now):
        return Verdict("skip", "not_filed", "The consent was not filed with the registry (IYS) in time.")
    return None


def may_ask(question: Question) -> Verdict | None:
    """Asked once in a while, inside the window, who has said neither yes nor no; where asking is lawful."""
    if question.purpose != "ask":
        return None
    prospect = question.prospect
    if not prospect.rules.ask or not all(law.may_ask for law in laws_of(question)):
        return Verdict("skip", "asking_is_off", "Shoppers of this country or shop are not asked.")
    if prospect.stands.state == "given":
        return Verdict("skip", "already_given", "The shopper has said yes already.")
    asked_at = prospect.stands.asked_at
    if asked_at is not None and question.now - asked_at < ASKED_AGAIN_AFTER:
        return Verdict("skip", "asked_lately", "The shopper was asked within the last 90 days.")
    if question.waits:
        return Verdict("skip", "shopper_waits", "The shopper waits for an answer.")
    if not is_open(question):
        return Verdict("skip", "window_closed", "The shopper is asked while they are here, or not at all.")
    if quiet_until(question) != question.now:
        return Verdict("skip", "quiet_hours", "It is too early or too late in the day where they are.")
    return None


def still_solved(question: Question) -> Verdict | None:
    """How it was, nobody is asked who waits for an answer again."""
    if question.purpose != "survey" or not question.waits:
        return None
    return Verdict("skip", "shopper_waits", "The shopper waits for an answer.")


def not_too_much(question: Question) -> Verdict | None:
    if needs_of(question) != "marketing" or question.purpose == "ask":
        return None
    if is_marketing(question) and is_capped(question.prospect, question.now):
        return Verdict("skip", "frequency_cap", "The shopper has had enough marketing for now.")
    capped_at = question.capped_at
    if capped_at is not None and question.now - capped_at < CAPPED_FOR:
        return Verdict("skip", "capped", "The channel takes no more marketing for this shopper today.")
    if question.quality == "RED":
        return Verdict("skip", "number_quality", "The number's quality is low: more marketing would cost it.")
    return None


def by_day(question: Question) -> Verdict | None:
    """Held rather than skipped, and asked again then."""
    until = quiet_until(question)
    if until == question.now or question.purpose == "ask":
        return None
    return Verdict("hold", "quiet_hours", "It is too early or too late in the day where they are.", "", until)


def undisturbed(question: Question) -> Verdict | None:
    """Nobody gets an offer in the middle of a talk with a person."""
    if not is_marketing(question) or question.human_at is None:
        return None
    until = question.human_at + HUMAN_AT_WORK
    if question.now >= until:
        return None
    return Verdict("hold", "human_at_work", "A person of the shop is talking with them.", "", until)
