"""What becomes of messages and threads after they were written, and what waits or is told beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from chalicelib.domain.events import Notice
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.work import Due, Send


@dataclass(frozen=True, slots=True)
class Pointer:
    """What is known of a channel's message id: our row, or what came before the message that it speaks of.
    erased: the message was erased; nothing is told of it any more."""

    connection_id: str
    chat: str
    channel_message_id: str
    ref: MessageRef | None = None
    parked: tuple[Mapping[str, Any], ...] = ()
    erased: bool = False


class ChangedLater(Protocol):
    """Edits, deletions, marks: the latest word counts, in whatever order they come."""

    def edit(self, ref: MessageRef, channel_message_id: str, text: str, edited: str) -> Message | None:
        """Say what a message says now, unless a later edit has or it was taken back. edited: as
        `facts.edition` writes it. channel_message_id: which part, where it is an album.

        The message as it is then; None when there is none.
        """

    def blank(self, ref: MessageRef, channel_message_id: str, at: datetime) -> Message | None:
        """Forget what a message said; that there was one stays. channel_message_id: which part, where it is
        an album: the others stay.

        The message as it is then; None when there is none.
        """

    def show_last(self, ref: MessageRef, text: str) -> None:
        """Let the inbox show `text` for this message, if it is the thread's last."""

    def mark(self, merchant_id: str, thread_id: str, name: str, marked: str) -> None:
        """Set what was told of a thread, as `threads.mark` writes it; what was told later stays."""

    def opened(self, merchant_id: str, thread_id: str, at: datetime) -> None:
        """The shopper did what opens the channel's window; never backwards."""

    def requeue(
        self, ref: MessageRef, given_up: str, due: Due, *, claim: str = "", pointer: Pointer | None = None
    ) -> bool:
        """A message that the channel took and then could not deliver is to be sent again when due.

        given_up: the channel's id of the attempt; whether the message still was that attempt. claim, pointer:
        of a send whose outcome nobody has recorded. Raises AlreadyThere as `settle` does.
        """


@dataclass(frozen=True, slots=True)
class Held:
    """A message that waits for its connection. mark: which time it was held; '' for whichever."""

    work: Send
    mark: str = ""


class HeldStore(Protocol):
    """Messages that a connection can't send for now."""

    def hold(self, held: Held, connection_id: str, *, claim: str, reason: str, until: datetime) -> None:
        """Let a message wait for its connection, at most until then. claim: ours, '' when nobody has begun.

        Raises Conflict when the message is somebody else's by now, or the connection does not need it any
        more: decide again.
        """

    def held(self, merchant_id: str, connection_id: str, limit: int = 100) -> list[Held]:
        """What waits for a connection, in the order in which it was written."""

    def let_go(self, merchant_id: str, connection_id: str, held: Sequence[Held]) -> None:
        """They wait no longer, but for those that were held anew since they were read."""


@dataclass(frozen=True, slots=True)
class KeptNotice:
    """A notice of the channel about a connection, and when it came."""

    notice: Notice
    at: datetime


class NoticeStore(Protocol):
    """What channels tell about the shop's accounts."""

    def keep_notice(self, merchant_id: str, connection_id: str, notice: Notice, at: datetime) -> None:
        """Store it; the same on the same day is one row."""

    def notices(
        self, merchant_id: str, connection_id: str, limit: int = 50, *, news: bool = True
    ) -> list[KeptNotice]:
        """Newest first, those of the last 90 days. news: also what `health.is_news`, of which there may be so
        much that nothing else is left within the limit."""

    def note_self_test(self, merchant_id: str, connection_id: str, nonce: str, at: datetime) -> None:
        """Our test call has come all the way."""

    def self_test_came(self, merchant_id: str, connection_id: str, nonce: str) -> bool:
        """Whether it has."""
