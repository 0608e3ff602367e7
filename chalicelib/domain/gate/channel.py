"""The gate's rules about the connection, the thread and the channel. A rule answers None where it has no
objection."""

from chalicelib.domain.gate.question import Question, Verdict, is_marketing, is_open, needs_of, wanted_for
from chalicelib.domain.platform_rules import (
    TIER_SPAN,
    Category,
    TemplateRule,
    is_tag_alive,
    template_rule,
    tier_limit,
)
from chalicelib.domain.threads import QUIET_SPELL


def connected(question: Question) -> Verdict | None:
    if question.connection_status == "disconnected":
        return Verdict("skip", "disconnected", "The shop has disconnected this account.")
    return None


def can_send(question: Question) -> Verdict | None:
    """A broken token holds what is to be sent; what is received is stored all the same."""
    if question.connection_status == "needs_reauth":
        return Verdict("hold", "token_rejected", "The channel refuses the token: connect the account again.")
    return None


def reachable(question: Question) -> Verdict | None:
    """People may try; a machine waits until the shopper writes."""
    if question.unreachable and question.author != "human":
        return Verdict("skip", "unreachable", "The channel does not reach this shopper any more.")
    return None


def ours_to_answer(question: Question) -> Verdict | None:
    if question.held_by == "other" and question.author != "human":
        return Verdict("skip", "owned_elsewhere", "Another app holds this thread, and answers there.")
    return None


def for_shoppers(question: Question) -> Verdict | None:
    """The shop's own people get notices, and what others of them write."""
    if not question.is_staff or question.author == "human" or question.purpose == "notice":
        return None
    return Verdict("skip", "staff", "This is one of the shop's own people.")


def not_paused(question: Question) -> Verdict | None:
    """Who has to answer by hand while machines are silent needs notices all the more."""
    if question.paused == "automatic" and question.author != "human" and question.purpose != "notice":
        return Verdict("skip", "paused", "The shop has paused all automatic messages.")
    if question.paused == "marketing" and (question.purpose == "ask" or is_marketing(question)):
        return Verdict("skip", "paused", "The shop has paused its marketing.")
    return None


def in_time(question: Question) -> Verdict | None:
    """What could not be sent for too long is better not sent at all."""
    if question.now - question.intended_at <= wanted_for(question.purpose):
        return None
    return Verdict("skip", "too_late", "It could not be sent in time, and would only surprise now.")


def still_so(question: Question) -> Verdict | None:
    """News of an order that further news has made old would only confuse."""
    if question.purpose != "update" or not question.is_overtaken:
        return None
    return Verdict("skip", "overtaken", "The order has moved on meanwhile.")


def still_open(question: Question) -> Verdict | None:
    if question.purpose != "answer" or not question.is_closed:
        return None
    return Verdict("skip", "closed", "The thread was closed meanwhile.")


def no_human_at_work(question: Question) -> Verdict | None:
    """The answer was intended while nobody was at work, so a human within the spell has come meanwhile."""
    if question.purpose != "answer" or question.human_at is None:
        return None
    if question.intended_at - question.human_at >= QUIET_SPELL:
        return None
    return Verdict("skip", "human_answered", "A person of the shop has answered meanwhile.")


def fits(question: Question) -> Verdict | None:
    if question.takes.text.fits(question.text):
        return None
    return Verdict("skip", "too_long", "The text is longer than the channel takes in one message.")


def in_window(question: Question) -> Verdict | None:
    window = question.takes.window
    if window is None or is_open(question):
        return None
    if question.author == "human" and _may_tag(question):
        return Verdict("send", "human_window", "A person may still answer on this channel.", window.human_tag)
    if question.author != "human" and _is_template_taken(question):
        return Verdict("use_template", "window_closed", "Only an approved template may be sent now.")
    if question.shopper_at is None:
        return Verdict(
            "skip", "window_closed", "The shopper has not written to the shop on this channel yet."
        )
    return Verdict(
        "skip", "window_closed", "The channel's time for free messages since the shopper last wrote is over."
    )


def template_taken(question: Question) -> Verdict | None:
    """Each category goes by its own rule; outside the window new shoppers a day are counted."""
    if not question.category:
        return None
    if not _is_template_taken(question):
        return Verdict(
            "skip", "template_not_taken", "The channel does not deliver such templates to this shopper."
        )
    limit = None if is_open(question) else tier_limit(question.takes.tiers, question.tier)
    if limit is None or question.tier_used < limit:
        return None
    until = question.now + TIER_SPAN / 24
    return Verdict("hold", "tier_limit", "The account has written to as many as it may today.", "", until)


def _may_tag(question: Question) -> bool:
    """People's words may come later than a machine's, as long as the channel keeps the tag for them."""
    window, at = question.takes.window, question.shopper_at
    if window is None or at is None or question.kind != "text" or question.now - at >= window.human:
        return False
    return not window.human_tag or is_tag_alive(question.takes.tags, window.human_tag, question.now)


def _is_template_taken(question: Question) -> bool:
    """Whether an approved template would be delivered in the place of what may not be sent."""
    rule = _template_rule(question)
    countries = (question.prospect.country, *question.prospect.heeds)
    return rule is not None and not rule.not_to.intersection(countries)


def _template_rule(question: Question) -> TemplateRule | None:
    category: Category = "marketing" if needs_of(question) == "marketing" else "utility"
    if question.purpose in ("answer", "confirm", "ask", "notice"):
        return None
    return template_rule(question.takes.outside, question.category or category, question.now.date())
