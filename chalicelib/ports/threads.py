"""Shoppers, threads and messages: what is read, and what one decision writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from chalicelib.domain.answering.spells import Spell
from chalicelib.domain.consent.records import Consent
from chalicelib.domain.content import Content
from chalicelib.domain.events import Address, Media, Status
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.promise.waits import Measured, Waited
from chalicelib.domain.shoppers import Shopper
from chalicelib.domain.surveys import Survey
from chalicelib.domain.threads import Thread, ThreadState
from chalicelib.domain.work import Due, Work
from chalicelib.ports.addresses import AddressStore
from chalicelib.ports.afterwards import ChangedLater, HeldStore, NoticeStore, Pointer
from chalicelib.ports.commerce import CartAsRead
from chalicelib.ports.consents import Counted, Reached, Unclear
from chalicelib.ports.files import FileRows


@dataclass(frozen=True, slots=True)
class Paced:
    """The shopper's own schedule: `Thread.paced_ms` as it was read, and with this message counted."""

    was_ms: int
    ms: int


@dataclass(frozen=True, slots=True)
class Joined:
    """A message that more is joined to, an album's next part: its files as they were read; files, text and
    the channel's id of its last part now."""

    sort: str
    was: tuple[Media, ...]
    media: tuple[Media, ...]
    text: str
    channel_message_id: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What only one message may be, by a name of its own. was: the message that had it and did not reach the
    shopper: its claim is taken over."""

    name: str
    was: MessageRef | None = None


@dataclass(frozen=True, slots=True)
class SentAgain:
    """The first of the new messages sends this one again, which must be uncertain or failed still. was: as
    what it was sent again before, as `Message.again` was read."""

    sort: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """One more of what a month's report counts: a kind, such as `complaint`, and which of it. at: when it
    was, None for when the shopper was last heard."""

    kind: str
    value: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """All that one decision writes, in one transaction: all of it or nothing.

    thread: saved if its stored version is still `thread.version` (0: not stored yet). new: rows that must
    not be there. addresses: become the thread's; they must be nobody else's. given_up: become nobody's; they
    must be the thread's.
    pointers: their ids must be unknown, or hold exactly the `parked` facts that were read; the facts go
    with it. due / done: rows of waiting work to set and to take away. key: an idempotency key that must be
    free, and means the first of `new` from then on; claims: the same, in a room apart from callers' keys.
    consents: what the shopper has said about consent; unclear: what a person should look at.
    again: what the first of `new` sends once more, and nobody else.
    erased_at: when the addresses were last erased, None where they were not: as it was read.
    survey: what the shopper was asked and answered, as it is from now on; the thread's version guards it.
    noted: what is counted for the shop's reports.
    about: the thread that `new` quotes to one of the shop's own people: it must be there still.
    touches: what a segment may ask of the shopper has changed beside the rest, such as a tag.
    reached: whom `new` counts for of what the account may do in a day, before it is sent.
    """

    thread: Thread
    shopper: Shopper | None = None
    addresses: tuple[Address, ...] = ()
    given_up: tuple[Address, ...] = ()
    new: tuple[Message, ...] = ()
    joined: tuple[Joined, ...] = ()
    pointers: tuple[Pointer, ...] = ()
    due: tuple[Due, ...] = ()
    done: tuple[Work, ...] = ()
    waited: Waited | None = None
    key: str = ""
    claims: tuple[Claim, ...] = ()
    consents: tuple[Consent, ...] = ()
    unclear: Unclear | None = None
    again: SentAgain | None = None
    erased_at: datetime | None = None
    survey: Survey | None = None
    noted: tuple[Noted, ...] = ()
    about: str = ""
    touches: bool = False
    reached: Reached | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an automatic answer tells a shopper, fixed in the moment it is claimed.

    version: the thread's when it was decided; if somebody has spoken since, it must be decided anew.
    decision: what was decided, and for what ask, so that another attempt says the same. content: what is
    offered with the text. spell: the thread's from then on, None where nothing was asked. settles: nobody
    waits any more on this `connection_id`. minds: when the promise is looked at. touches: the shopper, where
    their language or name is news.
    """

    text: str
    language: str
    shopper_name: str
    promised_at: datetime | None
    version: int
    decision: Mapping[str, Any] = field(default_factory=dict)
    content: Content | None = None
    spell: Spell | None = None
    settles: bool = False
    minds: Due | None = None
    connection_id: str = ""
    touches: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What could not be understood, as it came: `envelope` is its queue message. `row`, `at`: which one it
    is."""

    merchant_id: str
    connection_id: str
    reason: str
    envelope: Mapping[str, Any]
    row: str
    at: datetime


class ThreadStore(AddressStore, ChangedLater, HeldStore, NoticeStore, FileRows, Protocol):
    """Shoppers, threads, messages. Every call names its merchant; nothing crosses. All raise StoreBusy."""

    def thread(self, merchant_id: str, thread_id: str) -> Thread | None:
        """One thread, as it is now."""

    def message(self, ref: MessageRef) -> Message | None:
        """One row of a thread, as it is now."""

    def message_and_thread(self, ref: MessageRef) -> tuple[Message | None, Thread | None]:
        """Both in one call."""

    def messages(
        self, merchant_id: str, thread_id: str, *, before: str = "", since: str = "", limit: int = 50
    ) -> list[Message]:
        """Newest first, older than the sort key `before`, not older than `since`."""

    def inbox(
        self, merchant_id: str, channel: str, state: ThreadState, *, before: str = "", limit: int = 50
    ) -> list[Thread]:
        """Threads of one channel and state, the latest words first, older than `inbox_key` `before`."""

    def commit(self, change: Change) -> None:
        """Raises Conflict, or AlreadyThere when only a pointer, the idempotency key or a claim stood in the
        way; AddressErased when an address that is new to the thread was erased at another moment than
        `erased_at`."""

    def pointer(
        self, merchant_id: str, connection_id: str, chat: str, channel_message_id: str
    ) -> Pointer | None:
        """What is known of a channel's message id."""

    def keyed(self, merchant_id: str, key: str) -> MessageRef | None:
        """The message that was made under an idempotency key."""

    def claimed(self, merchant_id: str, name: str) -> MessageRef | None:
        """The message that has a claim."""

    def park(
        self,
        merchant_id: str,
        pointer: Pointer,
        facts: Sequence[Mapping[str, Any]],
        until: datetime,
        due: Due | None = None,
        of: str = "",
    ) -> None:
        """Leave these for a message that is not there yet, in place of what was read, at most `until`. of:
        the address that they hold, or whose words: they go when that is erased.

        Raises AlreadyThere when the pointer is no longer as it was read.
        """

    def unpark(self, merchant_id: str, pointer: Pointer) -> None:
        """Forget what waits there, unless it is no longer as it was read."""

    def raise_status(
        self, ref: MessageRef, status: Status, *, reason: str = "", of: str = ""
    ) -> Message | None:
        """Move a message up to `status`, never down. The message as it is then; None when there is none.

        of: the channel's id that was told of; an attempt that was given up changes nothing.
        """

    def react(self, ref: MessageRef, who: str, put: str) -> None:
        """Set what a shopper put on a message, as `facts.put` writes it; what came later stays."""

    def receipt(self, merchant_id: str, thread_id: str, status: Status, up_to: datetime) -> None:
        """Note how far the shopper has received or read; never backwards."""

    def claim(
        self,
        ref: MessageRef,
        *,
        claim: str,
        now: datetime,
        lease_until: datetime,
        told: Told | None,
        paced: Paced | None = None,
        counted: Counted | None = None,
        reached: Reached | None = None,
        cart: CartAsRead | None = None,
    ) -> None:
        """Take a queued message for sending; the due row moves to the lease's end. `told` fixes an
        answer's text, `paced` counts it for the shopper's own rate, `counted` for their share of marketing,
        `reached` for what the account may send in a day. `cart`: the one that it reminds of.

        Raises Conflict when it is no longer queued and free, or something is not as it was decided on.
        """

    def postpone(self, ref: MessageRef, due: Due, reason: str) -> None:
        """A queued message waits until it is due, and shows why. Raises Conflict when it is not queued and
        free."""

    def release(self, ref: MessageRef, *, claim: str, due: Due) -> None:
        """Give back a message that did not leave, to be tried when due. Nothing happens when the claim is
        not ours."""

    def settle(
        self,
        ref: MessageRef,
        status: Status,
        *,
        claim: str,
        reason: str = "",
        pointer: Pointer | None = None,
        reactions: Mapping[str, str] | None = None,
    ) -> None:
        """Write how sending ended and take the due row away. `claim`: '' when nobody had begun.

        A status that came in the meantime and is further on stays. Raises AlreadyThere when facts wait in the
        pointer that were not read, Conflict when the claim is not ours (any more).
        """

    def waits(self, merchant_id: str, connection_id: str, since: str) -> Measured:
        """How long shoppers waited on a connection since that month, such as 2026-11, and who waits now. The
        latest counts where it is too much for one read; it may lag a moment."""

    def repeated(self, thread: Thread, words: str) -> int:
        """In how many threads of its connection the shop's side has said these words, by their digest; this
        one counted, and no further than three."""

    def keep_unreadable(
        self, merchant_id: str, connection_id: str, reason: str, envelope: Mapping[str, Any], at: datetime
    ) -> None:
        """Store what could not be understood, as it came; the same body twice is one row."""

    def unreadable(
        self, merchant_id: str, connection_id: str, *, after: str = "", limit: int = 100
    ) -> list[Kept]:
        """What could not be understood, by row, after the given one."""

    def forget_unreadable(self, kept: Kept) -> None:
        """Take it away, unless it has been kept anew since it was read."""

    def explain(self, ref: MessageRef, kind: str, text: str, media: Sequence[Media]) -> None:
        """Say what a message is that was `unsupported` when it came; any other stays as it is."""
