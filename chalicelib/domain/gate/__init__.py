"""The one gate: may this be sent now? Every message that leaves passes it, right before it leaves.

What channels and countries allow is data: each channel's capabilities, `platform_rules`, `countries`.
"""

from collections.abc import Callable
from typing import Final

from chalicelib.domain.gate import campaigns, carts, channel, marketing
from chalicelib.domain.gate.question import Question, Verdict, is_open, wanted_for

__all__ = ["Question", "Verdict", "is_open", "may_send", "wanted_for"]


def may_send(question: Question) -> Verdict:
    """The first rule that objects decides; what no rule objects to is sent. Pure.

    First what will never be sent, then what waits, then what the channel wants in its place.
    """
    for rule in _RULES:
        verdict = rule(question)
        if verdict is not None:
            return verdict
    return Verdict("send")


_RULES: Final[tuple[Callable[[Question], Verdict | None], ...]] = (
    channel.connected,
    channel.for_shoppers,
    channel.not_paused,
    carts.still_left,
    carts.may_remind,
    channel.in_time,
    channel.still_so,
    channel.still_open,
    channel.no_human_at_work,
    carts.not_in_a_talk,
    channel.reachable,
    channel.ours_to_answer,
    marketing.not_stopped,
    marketing.agreed,
    marketing.lawful,
    marketing.may_ask,
    marketing.still_solved,
    marketing.not_too_much,
    channel.fits,
    campaigns.still_going,
    marketing.undisturbed,
    marketing.by_day,
    channel.in_window,
    channel.template_taken,
    channel.can_send,
)
