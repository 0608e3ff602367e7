"""A thread: one shopper's messages on one connection, and what follows when somebody speaks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from chalicelib.domain.answering.asks import WORDS, Ask
from chalicelib.domain.answering.spells import (
    NO_SPELL,
    Flag,
    Spell,
    asked,
    begun,
    flag_of,
    has_more_to_say,
    is_looping,
)
from chalicelib.domain.content import Option
from chalicelib.domain.events import Address, ShopperMessage
from chalicelib.domain.ids import from_ms, sort_key, to_ms
from chalicelib.domain.meanings import Meaning, meaning_of

ThreadState = Literal["open", "closed"]

QUIET_SPELL: Final = timedelta(hours=12)
TOO_OLD_TO_ANSWER: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class OfCampaign:
    """Which campaign's message it was, of which run, and when it was made."""

    at: datetime
    campaign_id: str
    run_id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """All that is decided about a thread is decided from this row alone.

    spoken_at: when a shopper or a human last wrote; the inbox is sorted by it. last_at: the newest row of
    any kind.
    first_at: when the shopper first wrote here. shopper_at, human_at: the last words of each. heard_at: when
    we last received the shopper's words (our clock). opened_at: when the shopper last did what opens the
    channel's window.
    direct_at: when they last wrote to us, and not to everybody, or to another app that held the thread.
    waiting_since: the first of the shopper's messages that no human has answered.
    answer: the sort key of the automatic answer that is intended and not decided on yet, '' when none is.
    spell: what was asked and told since they wait.
    delivered_up_to, read_up_to: receipts that name a moment and no message.
    choices: what the numbers of our last numbered text stand for, until something else is asked.
    marks: what was last told about the thread beside its messages, each as `mark` writes it.
    paced_ms: when the shopper's own rate is used up to.
    language: what we last wrote in. language_hint: what the channel says the shopper speaks, as it came.
    wrote: how many messages the shopper wrote in each of the last months.
    version: 0 until it is stored. stored_waiting_since: `waiting_since` as it was read.
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
    first_at: datetime | None = None
    shopper_at: datetime | None = None
    human_at: datetime | None = None
    heard_at: datetime | None = None
    waiting_since: datetime | None = None
    promised_at: datetime | None = None
    answer: str = ""
    spell: Spell = NO_SPELL
    opened_at: datetime | None = None
    direct_at: datetime | None = None
    delivered_up_to: datetime | None = None
    read_up_to: datetime | None = None
    choices: tuple[Option, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    paced_ms: int = 0
    wrote: Mapping[str, int] = field(default_factory=dict)
    version: int = 0
    stored_waiting_since: datetime | None = field(default=None, compare=False, repr=False)

    @property
    def group(self) -> str:
        """What keeps one shopper's messages in order."""
        return f"{self.connection_id}#{self.wire.value}"

    @property
    def flag(self) -> Flag:
        """Why it stands above others until a person answers, or ''."""
        return flag_of(self.spell, self.waiting_since)

    @property
    def staff(self) -> str:
        """Who of the shop's own people writes here, by their id in `staff`; '' for a shopper's thread."""
        return self._marked("staff")

    @property
    def referral(self) -> Mapping[str, Any]:
        """By which link or ad the shopper last came."""
        told = self._marked("referral")
        return dict(json.loads(told)) if told else {}

    @property
    def score(self) -> str:
        """What they last said when they were asked how it was; '' while they never did."""
        return self._marked("score")

    @property
    def link(self) -> Mapping[str, Any]:
        """What the deep link by which they last came ties them to: `cart_id`, or `shopper_id`."""
        told = self._marked("link")
        return dict(json.loads(told)) if told else {}

    @property
    def campaign(self) -> "OfCampaign | None":
        """The last campaign whose message was made for them here."""
        moment, _, told = self.marks.get("campaign", "").partition(" ")
        if not told:
            return None
        campaign_id, run_id, name = told.split(" ", 2)
        return OfCampaign(from_ms(int(moment)), campaign_id, run_id, name)

    @property
    def preference(self) -> str:
        """`stop` while the channel says that they want no marketing; `resume`, `opt_in`, or ''.

        A stop is taken back by the shopper's own `resume` alone: no opt-in, however new, comes over it.
        """
        told = self._marked("preference")
        is_later = self.marks.get("opt_in", "") > self.marks.get("preference", "")
        return "opt_in" if told != "stop" and is_later else told

    @property
    def unreachable(self) -> str:
        """Why the channel reaches them no more; '' since they wrote again."""
        told = self.marks.get("unreachable", "")
        is_past = self.shopper_at is not None and told < mark("", self.shopper_at)
        return "" if is_past else self._marked("unreachable")

    @property
    def held_by(self) -> str:
        """`other` while another app holds the thread; '' since the shopper's words came to us again."""
        told = self.marks.get("held_by", "")
        is_past = self.direct_at is not None and told < mark("", self.direct_at)
        return "" if is_past else self._marked("held_by")

    def _marked(self, name: str) -> str:
        return self.marks.get(name, "").partition(" ")[2]


def mark(value: str, at: datetime) -> str:
    """What is told of a thread, as its row keeps it: sortable by time, so that a late word does not undo a
    newer one."""
    return f"{to_ms(at):013d} {value}"


def is_after(thread: Thread, name: str, at: datetime) -> bool:
    """Whether a moment is after what was last told of the thread under this name."""
    return thread.marks.get(name, "") < mark("", at)


def follow(thread: Thread, wire: Address, at: datetime) -> Thread:
    """The channel says that the shopper is reached at `wire` since `at`: answers go there, unless they or the
    channel have said otherwise since. The order of arrival does not matter."""
    told = mark(f"{wire.kind} {wire.value}", at)
    if thread.marks.get("wire", "") >= told:
        return thread
    marks = {**thread.marks, "wire": told}
    if is_after(thread, "unreachable", at):
        marks["unreachable"] = mark("", at)  # only the address that they have left was
    has_written_since = thread.shopper_at is not None and thread.shopper_at > at
    return replace(thread, marks=marks, wire=thread.wire if has_written_since else wire)


def gives_up(thread: Thread, phone: Address, at: datetime) -> bool:
    """Whether a thread's number is another shopper's, who bore it at `at`: not if these here have written
    from it since."""
    has_another = thread.wire.kind == "phone" and thread.wire != phone
    return has_another or thread.shopper_at is None or at > thread.shopper_at


def was_still_theirs(thread: Thread, phone: Address, at: datetime) -> bool:
    """Whether `at` was before the thread's shopper moved away from the number, as the channel has told."""
    told = thread.marks.get("wire", "").partition(" ")[2]
    return bool(told) and told != f"{phone.kind} {phone.value}" and not is_after(thread, "wire", at)


def hear(
    thread: Thread,
    message: ShopperMessage,
    sort: str,
    now: datetime,
    means: Meaning | None = None,
    ask: Ask = WORDS,
) -> tuple[Thread, bool]:
    """What a shopper's message changes, and whether an automatic answer is due.

    The order of arrival does not matter to the rows: the latest words win, the earliest unanswered one waits.
    Nothing is said twice to who waits (`QUIET_SPELL` without shopper or human starts anew), nothing while a
    human is at work, nothing to an old message; an old one that comes first does not use up an answer.
    means: where it says more than its kind, and asks for nobody: what is closed stays closed.
    """
    at = message.sent_at
    new_spell = thread.spoken_at is None or at - thread.spoken_at >= QUIET_SPELL
    is_settled = means is not None
    means = means or meaning_of(message.kind, thread.channel, is_standby=message.is_standby)
    is_latest = thread.shopper_at is None or at >= thread.shopper_at
    unanswered = thread.human_at is None or at > thread.human_at
    counts = unanswered and means.counts
    waiting_since = _earlier(thread.waiting_since, at) if counts else thread.waiting_since
    answer = "" if new_spell or _is_past(thread.answer, waiting_since, now) else thread.answer
    spell, answers, tags = begun(thread.spell, waiting_since, is_new=new_spell), False, thread.tags
    if means.starts_answer and unanswered:
        human_at_work = thread.human_at is not None and at - thread.human_at < QUIET_SPELL
        is_wanted = has_more_to_say(spell, ask) and now - at <= TOO_OLD_TO_ANSWER and not human_at_work
        loops = is_wanted and not answer and is_looping(spell, now, ask)
        answers = is_wanted and not answer and not loops
        spell = asked(spell, ask, at, begins=answers, is_pending=bool(answer))
        tags = _tagged(tags, complaint=ask.kind == "complaint", urgent=ask.is_urgent, loop=loops)
    heard = _spoke(thread, at, sort, message.text)
    return replace(
        heard,
        state="open" if (is_latest or unanswered) and not is_settled else thread.state,
        wire=message.wire if is_latest and is_after(thread, "wire", at) else thread.wire,
        # A name may be known from elsewhere: a message that tells none takes none away.
        shopper_name=message.name or thread.shopper_name
        if is_latest
        else thread.shopper_name or message.name,
        language_hint=message.language if is_latest else thread.language_hint,
        first_at=_earlier(thread.first_at, at),
        shopper_at=_later(thread.shopper_at, at),
        heard_at=_later(thread.heard_at, now),
        opened_at=_later(thread.opened_at, at) if means.opens_window else thread.opened_at,
        direct_at=_later(thread.direct_at, at) if _is_direct(message) else thread.direct_at,
        waiting_since=waiting_since,
        answer=answer,
        spell=spell,
        tags=tags,
    ), answers


def _tagged(tags: tuple[str, ...], **told: bool) -> tuple[str, ...]:
    """What a person should see at once; they take the tags away themselves."""
    return tuple(dict.fromkeys((*tags, *(name for name, is_so in told.items() if is_so))))


def _is_past(answer: str, waiting_since: datetime | None, now: datetime) -> bool:
    """Whether an answer was intended before the present wait began, or too long ago to be sent still."""
    is_before = waiting_since is not None and answer < sort_key(waiting_since, "")
    return is_before or answer < sort_key(now - TOO_OLD_TO_ANSWER, "")


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


def wait_change(thread: Thread) -> Literal["", "begins", "ends"]:
    """What of the shopper's wait is to be stored: `begins` also where it began at another moment than was
    read."""
    if thread.waiting_since == thread.stored_waiting_since:
        return ""
    return "ends" if thread.waiting_since is None else "begins"


def next_moment(thread: Thread, now: datetime) -> datetime:
    """The time of a row that we add: now, but always after the rows that are there."""
    ms = to_ms(now)
    return from_ms(ms if thread.last_at is None else max(ms, to_ms(thread.last_at) + 1))


def inbox_key(thread: Thread) -> str:
    """Where a thread stands in its inbox: complaints that wait, then what can't wait, then by its last words.
    Also the cursor of a listing."""
    above = {"complaint": 2, "urgent": 1}.get(thread.flag, 0)
    return f"{above}{to_ms(thread.spoken_at) if thread.spoken_at else 0:013d}#{thread.thread_id}"


def _spoke(thread: Thread, at: datetime, sort: str, text: str) -> Thread:
    is_last = sort > thread.last_sort
    # Parts of one album come in any order, and stand in one place.
    is_same = sort == thread.last_sort
    last_text = max(thread.last_text, text[:200]) if is_same else text[:200]
    return replace(
        thread,
        spoken_at=_later(thread.spoken_at, at),
        last_at=_later(thread.last_at, at),
        last_sort=sort if is_last else thread.last_sort,
        last_text=last_text if is_last or is_same else thread.last_text,
    )


def _is_direct(message: ShopperMessage) -> bool:
    return message.kind != "comment" and not message.is_standby


def _later(a: datetime | None, b: datetime) -> datetime:
    return b if a is None else max(a, b)


def _earlier(a: datetime | None, b: datetime) -> datetime:
    return b if a is None else min(a, b)
