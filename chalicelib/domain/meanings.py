"""What each kind of event means: for the channel's window, for the automatic answer, for the response time.

Where a channel's own pages disagree, the stricter reading stands. `docs/meanings.md` shows the same table.
Sources: developers.facebook.com/docs/messenger-platform/send-messages (what opens the window),
developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages (messages and calls do),
developers.facebook.com/docs/messenger-platform/instagram/features/private-replies (comments do not).
"""

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Meaning:
    """opens_window: free-form messages may follow for the channel's time. starts_answer: the automatic answer
    may come. counts: the shopper waits for a person from here on (for an echo: the wait ends).
    shown: as a row of the thread, as a mark on the thread or on a row, or not at all."""

    opens_window: bool
    starts_answer: bool
    counts: bool
    shown: Literal["row", "mark", "no"]


_WORDS: Final = Meaning(True, True, True, "row")
_SEEN: Final = Meaning(True, False, False, "row")
_MARK: Final = Meaning(False, False, False, "mark")
_OPENING_MARK: Final = Meaning(True, False, False, "mark")

MEANINGS: Final[dict[str, Meaning]] = {
    **dict.fromkeys(("text", "image", "video", "audio", "document", "location", "contacts"), _WORDS),
    **dict.fromkeys(("button", "form", "order", "story_reply", "share", "view_once"), _WORDS),
    **dict.fromkeys(("poll", "appointment", "unsupported"), _WORDS),
    # Somebody shows the shop to their friends, or has answered whether we may call: no question was asked.
    # A sticker is a nod: whoever wants to know something says so.
    **dict.fromkeys(("story_mention", "call", "sticker"), _SEEN),
    # Everybody reads it, and only a private reply that is answered opens a thread.
    "comment": Meaning(False, False, False, "row"),
    # Another app holds the thread, and answers.
    "standby": _SEEN,
    "echo": Meaning(False, False, True, "row"),
    "reaction": _MARK,
    "edit": _MARK,
    "deletion": _MARK,
    "status": _MARK,
    "referral": _MARK,
    "preference": _MARK,
    "takeover": _MARK,
    "identity": _MARK,
    "membership": _MARK,
    "notice": Meaning(False, False, False, "no"),
}

# (kind, channel) where a channel differs.
EXCEPTIONS: Final[dict[tuple[str, str], Meaning]] = {
    ("reaction", "messenger"): _OPENING_MARK,
    ("referral", "messenger"): _OPENING_MARK,
    ("referral", "instagram"): _OPENING_MARK,
}


def meaning_of(kind: str, channel: str, *, is_standby: bool = False) -> Meaning:
    """What an event of this kind means on this channel. A message of a kind that nobody knows is words."""
    name = "standby" if is_standby else kind
    return EXCEPTIONS.get((name, channel)) or MEANINGS.get(name, _WORDS)
