"""People of the shop who work from a messenger: who they are, and what a notice to them quotes.

Their chat with the shop's own account is a thread like any other, but marked: nobody waits there, nothing of
the shop's own accord comes but notices, and what they answer to a notice goes to the shopper it speaks of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from chalicelib.domain.connections import Connection
from chalicelib.domain.messages import Message
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import NotifyStaff

INVITED_DAYS: Final = 1
# A notice comes when the burst is over, and the shopper was asked for by name and has been told a time.
NOTICE_AFTER_S: Final = 8
# The queue should have done it by then; if it has not, the tick does.
NOTICE_OVERDUE: Final = timedelta(seconds=45)
HINT_EVERY: Final = timedelta(hours=1)
MOST_QUOTED: Final = 300

# new: a shopper has begun to wait. at_risk: most of the promised time is over. complaint: they are not happy.
# failed: what a person answered did not reach them. token: an account can't send any more.
NoticeKind = Literal["new", "at_risk", "complaint", "failed", "token"]
NOTICE_KINDS: Final[tuple[NoticeKind, ...]] = ("new", "at_risk", "complaint", "failed", "token")
StaffState = Literal["pending", "linked", "expired"]

# What a shopper sent instead of words, in a language that everybody reads.
_SIGNS: Final[Mapping[str, str]] = {
    "image": "📷",
    "video": "🎬",
    "audio": "🎤",
    "document": "📄",
    "location": "📍",
    "contacts": "👤",
    "sticker": "🙂",
    "order": "🛒",
}
_ANY_SIGN: Final = "📎"


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """One person of the shop. ends_at: until when their link works. thread_id: their chat, once they came by
    the link, which was at linked_at."""

    merchant_id: str
    staff_id: str
    name: str
    connection_id: str
    created_at: datetime
    ends_at: datetime
    thread_id: str = ""
    linked_at: datetime | None = None

    def state(self, now: datetime) -> StaffState:
        if self.thread_id:
            return "linked"
        return "pending" if now <= self.ends_at else "expired"


# What somebody's words change in their own thread, whoever they are.
_OF_WORDS: Final = (
    "wire",
    "shopper_name",
    "language_hint",
    "spoken_at",
    "last_sort",
    "last_text",
    "last_at",
    "shopper_at",
    "heard_at",
    "opened_at",
    "direct_at",
)


def as_staff(before: Thread, heard: Thread) -> Thread:
    """The thread after words of the shop's own people, where `heard` would be a shopper's: the channel's
    window opens, and nobody waits."""
    changed: dict[str, Any] = {name: getattr(heard, name) for name in _OF_WORDS}
    return replace(before, **changed)


def token_lost(connection: Connection, now: datetime) -> NotifyStaff:
    """A channel refuses the token of an account: told again each day, until it is connected anew."""
    spell = now.date().isoformat()
    return NotifyStaff(connection.merchant_id, "token", connection.connection_id, spell)


def quote(said: Sequence[Message]) -> str:
    """What somebody wrote, oldest first, cut to what a notice holds. What is no text is a sign before its
    words."""
    lines = [_line(one) for one in said if one.deleted_at is None]
    text = "\n".join(line for line in lines if line)
    return text if len(text) <= MOST_QUOTED else text[: MOST_QUOTED - 1].rstrip() + "…"


def _line(message: Message) -> str:
    is_plain = message.kind in ("text", "button", "comment")
    sign = "" if is_plain else _SIGNS.get(message.kind, _ANY_SIGN)
    return f"{sign} {message.text}".strip()
