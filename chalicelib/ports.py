"""What the use cases need from the world. Adapters implement these; fakes stand here in tests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from chalicelib.domain.connections import Account, Connection, SharedApp
from chalicelib.domain.events import Address, Event, Media, Piece, Status, Unreadable
from chalicelib.domain.merchants import Key, Merchant, Shop
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.shoppers import Shopper
from chalicelib.domain.threads import Thread, ThreadState
from chalicelib.domain.work import Due, Work


class InvalidSignature(Exception):
    """The channel did not sign exactly these bytes."""


class SendError(Exception):
    """A message did not go out, or we can't know. The subclasses say what happens next."""


class NotSent(SendError):
    """No byte left: refused, unresolved or no connection in time. The same message may be tried again."""


class RetryLater(SendError):
    """The channel answered that it would not now: the same message may pass after `after_s` seconds."""

    def __init__(self, after_s: float, code: str = "") -> None:
        super().__init__(f"try again in {after_s:.0f} s ({code})")
        self.after_s = after_s
        self.code = code


class OutcomeUnknown(SendError):
    """Bytes left and no answer came: it may have arrived. Never repeated by a machine."""


class SendRejected(SendError):
    """Refused for good. `code` is the channel's own number, `reason` one of our stable words:

    window_closed, unreachable (blocked, gone), token_rejected, not_permitted, too_long, invalid.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{reason} ({code})")
        self.code = code
        self.reason = reason


class SetupError(Exception):
    """An account can't be connected. `code` is stable, `message` says what to do, `field` names the
    credential."""

    def __init__(self, code: str, message: str, field: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field


class CredentialsRejected(SetupError):
    """The channel does not accept what was given, or it lacks a permission."""


class ChannelDown(SetupError):
    """The channel did not answer, or answered with a fault of its own: nothing was decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundMessage:
    """What goes to a channel. `reference` comes back on statuses and echoes where the channel allows it.

    tag: Messenger's and Instagram's message tag (`HUMAN_AGENT`), '' inside the window.
    reply_to: the channel's id of the message it answers.
    """

    to: Address
    text: str
    reference: str
    tag: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a channel tells about a shopper when asked: '' for what it does not."""

    name: str = ""
    language: str = ""


class Channel(Protocol):
    """One messaging network, seen from the shop. Implement it to add a channel."""

    def handshake(self, query: Mapping[str, str], verify_token: str) -> str | None:
        """The text that answers the channel's GET, or None when it must be refused."""

    def verify(self, headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> None:
        """Raise InvalidSignature unless the channel signed exactly these bytes with one of `secrets`.

        headers: names in lower case. Constant time for each secret; no secrets, no entry.
        """

    def split(self, body: bytes) -> list[Piece]:
        """Cut a verified body into its events, in arrival order. Raises Unsplittable. Pure and cheap."""

    def parse(self, body: Mapping[str, Any]) -> list[Event | Unreadable]:
        """Say what a body (usually a piece) means. Never raises: what it can't read comes back. Pure."""

    def send(self, message: OutboundMessage, connection: Connection) -> str:
        """Deliver; return the channel's message id. Raises SendError."""

    def profile(self, shopper: Address, connection: Connection) -> Profile:
        """Ask who a shopper is; an empty profile where the channel can't or won't say. Never raises."""

    def check(self, credentials: Mapping[str, str]) -> Account:
        """Prove credentials (already valid by schema) with the channel. Raises SetupError; changes
        nothing."""

    def register(self, connection: Connection, callback_url: str) -> list[str]:
        """Point the channel's webhooks here, as far as the channel allows by call; what is left to click
        comes back in plain words, with the callback URL and verify token where they must be pasted. Raises
        SetupError."""

    def unregister(self, connection: Connection, last_of_group: bool) -> None:
        """Stop the webhooks. last_of_group: no other connection shares what they hang on (a WhatsApp business
        account). Never raises: a dead token must not keep a merchant from leaving."""


class Clock(Protocol):
    """Time is an argument: whoever acts asks once and passes it on."""

    def now(self) -> datetime:
        """Aware UTC."""


class StoreBusy(Exception):
    """Throttled, unreachable, or others write the same rows: the same call may pass a moment later."""


class StoreRefused(Exception):
    """The store will never take this (a row too large, a value it has no form for): trying again is no
    use."""


class Conflict(Exception):
    """A row is no longer as it was read: read again and decide again. Nothing was written."""


class AlreadyThere(Exception):
    """The message was stored before, or something waits in its pointer. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Found:
    """Whom an address belongs to, and in which thread they write on this connection."""

    shopper_id: str
    thread_id: str
    by: Address


@dataclass(frozen=True, slots=True)
class Pointer:
    """What is known of a channel's message id: our row, or what came before the message that it speaks of."""

    connection_id: str
    chat: str
    channel_message_id: str
    ref: MessageRef | None = None
    parked: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Waited:
    """A shopper's wait that a human ended: counted for the shop's own response time."""

    channel: str
    day: date
    bucket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """All that one decision writes, in one transaction: all of it or nothing.

    thread: saved if its stored version is still `thread.version` (0: not stored yet). new: rows that must
    not be there.
    pointers: their ids must be unknown, or hold exactly the `parked` facts that were read; the facts go
    with it. due / done: rows of waiting work to set and to take away. key: an idempotency key that must be
    free.
    """

    thread: Thread
    shopper: Shopper | None = None
    addresses: tuple[Address, ...] = ()
    new: tuple[Message, ...] = ()
    pointers: tuple[Pointer, ...] = ()
    due: tuple[Due, ...] = ()
    done: tuple[Work, ...] = ()
    waited: Waited | None = None
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an automatic answer tells a shopper, fixed in the moment it is claimed.

    version: the thread's when it was decided; if somebody has spoken since, it must be decided anew.
    """

    text: str
    language: str
    shopper_name: str
    promised_at: datetime | None
    version: int


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


class ThreadStore(Protocol):
    """Shoppers, threads, messages. Every call names its merchant; nothing crosses. All raise StoreBusy."""

    def find(self, merchant_id: str, connection_id: str, addresses: Sequence[Address]) -> Found | None:
        """Whoever has the first of these addresses that is known."""

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
        """Raises Conflict, or AlreadyThere when only a pointer or the idempotency key stood in the way."""

    def pointer(
        self, merchant_id: str, connection_id: str, chat: str, channel_message_id: str
    ) -> Pointer | None:
        """What is known of a channel's message id."""

    def keyed(self, merchant_id: str, key: str) -> MessageRef | None:
        """The message that was made under an idempotency key."""

    def park(
        self,
        merchant_id: str,
        pointer: Pointer,
        fact: Mapping[str, Any],
        until: datetime,
        due: Due | None = None,
    ) -> None:
        """Leave `fact` for a message that is not there yet, at most `until`; the same fact stays one.

        Raises AlreadyThere when the pointer is no longer as it was read.
        """

    def raise_status(self, ref: MessageRef, status: Status, *, reason: str = "") -> Message | None:
        """Move a message up to `status`, never down. The message as it is then; None when there is none."""

    def react(self, ref: MessageRef, who: str, put: str) -> None:
        """Set what a shopper put on a message, as `facts.put` writes it; what came later stays."""

    def receipt(self, merchant_id: str, thread_id: str, status: Status, up_to: datetime) -> None:
        """Note how far the shopper has received or read; never backwards."""

    def claim(
        self, ref: MessageRef, *, claim: str, now: datetime, lease_until: datetime, told: Told | None
    ) -> None:
        """Take a queued message for sending; the due row moves to the lease's end. `told` fixes an
        answer's text.

        Raises Conflict when it is no longer queued and free, or the thread is not as `told` was decided on.
        """

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

    def waits(self, merchant_id: str, channel: str, since: date) -> Mapping[str, int]:
        """How often a first human answer fell into each bucket, since that day."""

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


class DueStore(Protocol):
    """Work that waits for its moment."""

    def due(self, now: datetime, limit: int) -> list[Due]:
        """What is due, oldest first in each shard. Costs the work that is due, not the work that waits."""

    def oldest_overdue_s(self, now: datetime) -> float:
        """How many seconds the oldest due work is late; 0 when none is."""

    def postpone(self, due: Due, at: datetime) -> None:
        """Look at it again at `at`, unless it is finished by then."""

    def forget(self, work: Work) -> None:
        """It is finished."""


class ShopStore(Protocol):
    """Merchants, their keys, settings and connections; the deployment's shared apps. All raise StoreBusy."""

    def add_merchant(self, merchant: Merchant, owner: Key) -> None:
        """A new merchant with the owner's key."""

    def merchants(self, after: str = "", limit: int = 50) -> list[Merchant]:
        """By id, after the given one."""

    def merchant(self, merchant_id: str) -> Merchant | None:
        """One merchant."""

    def remove_merchant(self, merchant_id: str) -> None:
        """The merchant, their settings and their keys are gone; threads stay until they are erased."""

    def add_key(self, key: Key) -> None:
        """A further key."""

    def key(self, secret_hash: str) -> Key | None:
        """Who comes with this key."""

    def keys(self, merchant_id: str) -> list[Key]:
        """A merchant's keys."""

    def remove_key(self, key: Key) -> None:
        """It opens nothing any more."""

    def shop(self, merchant_id: str) -> Shop:
        """The shop's settings; the defaults until some are set."""

    def save_shop(self, merchant_id: str, shop: Shop) -> None:
        """Replace the settings. Raises Conflict when somebody has saved since they were read."""

    def connection(self, connection_id: str) -> Connection | None:
        """With its secrets in the clear."""

    def connections(self, merchant_id: str) -> list[Connection]:
        """A merchant's connections, without secrets."""

    def claimed(self, channel: str, account: str) -> str | None:
        """The connection that holds an external account."""

    def save_connection(self, connection: Connection) -> None:
        """Store it and its claim on the account. Raises Conflict when another merchant holds the account."""

    def needs_reauth(self, connection: Connection) -> None:
        """The channel refuses its token: it is shown so until the merchant connects it again."""

    def close_connection(self, connection: Connection) -> None:
        """Mark it disconnected, destroy its secrets, free the account."""

    def shares_subscription(self, connection: Connection) -> bool:
        """Whether another connection, whoever's, hangs on the same subscription of the channel: two numbers
        of one business account, a Page and its Instagram account."""

    def drop_connection(self, connection: Connection) -> None:
        """Undo a connection that was never active: no row and no claim stays."""

    def shared_apps(self) -> list[SharedApp]:
        """The deployment's Meta apps, secrets in the clear."""

    def save_shared_app(self, app: SharedApp) -> None:
        """Store or replace one."""


class Outbox(Protocol):
    """The queues. All raise StoreBusy."""

    def inbound(self, envelopes: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        """Queue what came in: (group, envelope) each; all of them are queued when it returns."""

    def dispatch(self, work: Work, *, delay_s: int = 0, attempt: str = "") -> None:
        """Have work done: at once and in order, or after up to 900 s. The same work and attempt is queued
        once."""

    def dispatch_all(self, works: Sequence[Work], attempt: str) -> None:
        """The same for many, in as few calls as possible."""

    def depths(self) -> Mapping[str, int]:
        """About how many messages wait, by queue."""


class BodyStore(Protocol):
    """Bodies that are too large for a queue, or that nobody could read."""

    def keep(self, connection_id: str, body: bytes, at: datetime) -> str:
        """Store it; the same body has the same key."""

    def body(self, key: str) -> bytes:
        """Read it back."""
