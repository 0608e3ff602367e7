"""The one gate: may this be sent now? Every message that leaves passes it, right before it leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.connections import ConnectionStatus
from chalicelib.domain.messages import Author, Purpose
from chalicelib.domain.threads import QUIET_SPELL


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """All that the gate looks at. takes: what the channel can do.

    shopper_at: when the shopper last did something that opens the channel's window. unreachable, held_by: as
    the thread's marks tell. intended_at: when the
    message was intended; human_at: when a human last wrote in the thread.
    """

    takes: Capabilities
    connection_status: ConnectionStatus
    author: Author
    purpose: Purpose
    text: str
    now: datetime
    intended_at: datetime
    shopper_at: datetime | None
    human_at: datetime | None = None
    paused: str | None = None
    is_closed: bool = False
    unreachable: str = ""
    held_by: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`send` (with the channel's tag, if it needs one), `hold` until the connection can send again, or
    `skip`. The code is stable, the reason is for people."""

    decision: Literal["send", "hold", "skip"]
    code: str = "ok"
    reason: str = "It may be sent now."
    tag: str = ""


_DAY: Final = timedelta(hours=24)
# An automatic answer is soon of no use; a person's words stay wanted for a day.
WANTED_FOR: Final[dict[Purpose, timedelta]] = {"answer": timedelta(minutes=10)}


def wanted_for(purpose: Purpose) -> timedelta:
    """For how long a message is of use after it was intended."""
    return WANTED_FOR.get(purpose, _DAY)


def may_send(question: Question) -> Verdict:
    """The first rule that objects decides; what no rule objects to is sent. Pure."""
    for rule in _RULES:
        verdict = rule(question)
        if verdict is not None:
            return verdict
    return Verdict("send")


def _connected(question: Question) -> Verdict | None:
    if question.connection_status == "disconnected":
        return Verdict("skip", "disconnected", "The shop has disconnected this account.")
    return None


def _can_send(question: Question) -> Verdict | None:
    """A broken token holds what is to be sent; what is received is stored all the same."""
    if question.connection_status == "needs_reauth":
        return Verdict("hold", "token_rejected", "The channel refuses the token: connect the account again.")
    return None


def _reachable(question: Question) -> Verdict | None:
    """People may try; a machine waits until the shopper writes."""
    if question.unreachable and question.author != "human":
        return Verdict("skip", "unreachable", "The channel does not reach this shopper any more.")
    return None


def _ours_to_answer(question: Question) -> Verdict | None:
    if question.held_by == "other" and question.author != "human":
        return Verdict("skip", "owned_elsewhere", "Another app holds this thread, and answers there.")
    return None


def _not_paused(question: Question) -> Verdict | None:
    if question.paused == "automatic" and question.author != "human":
        return Verdict("skip", "paused", "The shop has paused all automatic messages.")
    return None


def _in_time(question: Question) -> Verdict | None:
    """What could not be sent for too long is better not sent at all."""
    if question.now - question.intended_at <= wanted_for(question.purpose):
        return None
    return Verdict("skip", "too_late", "It could not be sent in time, and would only surprise now.")


def _still_open(question: Question) -> Verdict | None:
    if question.purpose != "answer" or not question.is_closed:
        return None
    return Verdict("skip", "closed", "The thread was closed meanwhile.")


def _no_human_at_work(question: Question) -> Verdict | None:
    """The answer was intended while nobody was at work, so a human within the spell has come meanwhile."""
    if question.purpose != "answer" or question.human_at is None:
        return None
    if question.intended_at - question.human_at >= QUIET_SPELL:
        return None
    return Verdict("skip", "human_answered", "A person of the shop has answered meanwhile.")


def _fits(question: Question) -> Verdict | None:
    if question.takes.text.fits(question.text):
        return None
    return Verdict("skip", "too_long", "The text is longer than the channel takes in one message.")


def _in_window(question: Question) -> Verdict | None:
    window = question.takes.window
    if window is None:
        return None
    if question.shopper_at is None:
        return Verdict(
            "skip", "window_closed", "The shopper has not written to the shop on this channel yet."
        )
    age = question.now - question.shopper_at
    if age < window.anyone:
        return None
    if question.author == "human" and age < window.human:
        return Verdict("send", "human_window", "A person may still answer on this channel.", window.human_tag)
    return Verdict(
        "skip", "window_closed", "The channel's time for free messages since the shopper last wrote is over."
    )


_RULES: Final[tuple[Callable[[Question], Verdict | None], ...]] = (
    _connected,
    _not_paused,
    _in_time,
    _still_open,
    _no_human_at_work,
    _reachable,
    _ours_to_answer,
    _fits,
    _in_window,
    _can_send,
)
