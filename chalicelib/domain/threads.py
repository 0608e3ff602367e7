"""A thread: one shopper's messages on one connection, and what follows when somebody speaks."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from chalicelib.domain.content import Option
from chalicelib.domain.events import Address, ShopperMessage
from chalicelib.domain.ids import from_ms, to_ms
from chalicelib.domain.meanings import meaning_of

ThreadState = Literal["open", "closed"]

QUIET_SPELL: Final = timedelta(hours=12)
TOO_OLD_TO_ANSWER: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """All that is decided about a thread is decided from this row alone.

    spoken_at: when a shopper or a human last wrote; the inbox is sorted by it. last_at: the newest row of
    any kind.
    shopper_at, human_at: the last words of each. heard_at: when we last received the shopper's words (our
    clock). opened_at: when the shopper last did what opens the channel's window.
    waiting_since: the first of the shopper's messages that no human has answered.
    answer: the sort key of the automatic answer of this waiting spell, '' when none was intended.
    delivered_up_to, read_up_to: receipts that name a moment and no message.
    choices: what the numbers of our last numbered text stand for, until something else is asked.
    referral: by which link or ad the shopper last came. preference: `stop` while the channel says that they
    want no marketing. unreachable: why the channel reaches them no more, '' while it does.
    held_by: `other` while another app holds the thread. paced_ms: when the shopper's own rate is used up to.
    language: what we last wrote in. language_hint: what the channel says the shopper speaks, as it came.
    version: 0 until it is stored.
    """

    merchant_id: str
    thread_id: str
    connection_id: str
    channel: str
    shopper_id: str
    wire: Address
    shopper_name: str = ""
    language: str = ""
    language_hint: str = ""
    state: ThreadState = "open"
    assignee: str = ""
    tags: tuple[str, ...] = ()
    spoken_at: datetime | None = None
    last_sort: str = ""
    last_text: str = ""
    last_at: datetime | None = None
    shopper_at: datetime | None = None
    human_at: datetime | None = None
    heard_at: datetime | None = None
    waiting_since: datetime | None = None
    promised_at: datetime | None = None
    answer: str = ""
    opened_at: datetime | None = None
    delivered_up_to: datetime | None = None
    read_up_to: datetime | None = None
    choices: tuple[Option, ...] = ()
    referral: Mapping[str, Any] = field(default_factory=dict)
    preference: str = ""
    unreachable: str = ""
    held_by: str = ""
    paced_ms: int = 0
    version: int = 0


def hear(thread: Thread, message: ShopperMessage, sort: str, now: datetime) -> tuple[Thread, bool]:
    """What a shopper's message changes, and whether the automatic answer is due.

    The order of arrival does not matter to the rows: the latest words win, the earliest unanswered one waits.
    Answered once a spell (`QUIET_SPELL` without shopper or human starts a new one), never while a human is
    at work, never an old message; an old one that comes first does not use up the answer of its spell.
    """
    at = message.sent_at
    new_spell = thread.spoken_at is None or at - thread.spoken_at >= QUIET_SPELL
    human_at_work = thread.human_at is not None and at - thread.human_at < QUIET_SPELL
    is_fresh = now - at <= TOO_OLD_TO_ANSWER
    means = meaning_of(message.kind, thread.channel, is_standby=message.is_standby)
    answers = means.starts_answer and is_fresh and not human_at_work and (new_spell or not thread.answer)
    heard = _spoke(thread, at, sort, message.text)
    is_latest = thread.shopper_at is None or at >= thread.shopper_at
    unanswered = thread.human_at is None or at > thread.human_at
    return replace(
        heard,
        state="open" if is_latest or unanswered else thread.state,
        wire=message.wire if is_latest else thread.wire,
        # A name may be known from elsewhere: a message that tells none takes none away.
        shopper_name=message.name or thread.shopper_name
        if is_latest
        else thread.shopper_name or message.name,
        language_hint=message.language if is_latest else thread.language_hint,
        shopper_at=_later(thread.shopper_at, at),
        heard_at=_later(thread.heard_at, now),
        opened_at=_later(thread.opened_at, at) if means.opens_window else thread.opened_at,
        # Whoever writes can be written to.
        unreachable="" if is_latest else thread.unreachable,
        waiting_since=_earlier(thread.waiting_since, at)
        if unanswered and means.counts
        else thread.waiting_since,
        answer="" if new_spell else thread.answer,
    ), answers


def human_spoke(
    thread: Thread, at: datetime, sort: str, text: str, waits_on: datetime | None = None
) -> tuple[Thread, float | None]:
    """What a human's message changes, and how many seconds the shopper had waited (None when nobody did).

    The spell ends with it, its promise with it. `waits_on`: the first shopper's message after `at`, where
    there is one already: it waits on. Words that come to us late, after later ones of a human, change no
    wait.
    """
    spoke = replace(_spoke(thread, at, sort, text), human_at=_later(thread.human_at, at))
    is_late = thread.human_at is not None and thread.human_at >= at
    if is_late or thread.waiting_since is None or thread.waiting_since > at:
        return spoke, None
    elapsed_s = (at - thread.waiting_since).total_seconds()
    promised_at = thread.promised_at if waits_on else None
    return replace(spoke, waiting_since=waits_on, promised_at=promised_at), elapsed_s


def next_moment(thread: Thread, now: datetime) -> datetime:
    """The time of a row that we add: now, but always after the rows that are there."""
    ms = to_ms(now)
    return from_ms(ms if thread.last_at is None else max(ms, to_ms(thread.last_at) + 1))


def inbox_key(thread: Thread) -> str:
    """Where a thread stands in its inbox; also the cursor of a listing."""
    return f"{to_ms(thread.spoken_at) if thread.spoken_at else 0:013d}#{thread.thread_id}"


def _spoke(thread: Thread, at: datetime, sort: str, text: str) -> Thread:
    is_last = sort > thread.last_sort
    return replace(
        thread,
        spoken_at=_later(thread.spoken_at, at),
        last_at=_later(thread.last_at, at),
        last_sort=sort if is_last else thread.last_sort,
        last_text=text[:200] if is_last else thread.last_text,
    )


def _later(a: datetime | None, b: datetime) -> datetime:
    return b if a is None else max(a, b)


def _earlier(a: datetime | None, b: datetime) -> datetime:
    return b if a is None else min(a, b)
