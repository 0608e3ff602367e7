"""Messages of ours that a person may send once more: nobody knows whether they arrived, or they did not."""

from dataclasses import replace
from typing import Final

from chalicelib.domain.content import Content, text_content
from chalicelib.domain.messages import Message
from chalicelib.domain.outcomes import REASONS, reason_of

_UNCERTAIN: Final = (
    "The channel did not say whether it took this, so nobody knows whether it has arrived. "
    "Sent again, it may reach the shopper twice."
)
_FAILED: Final = "It has not arrived."


def content_again(message: Message) -> Content | None:
    """What would go once more, as the channel takes it; None where there is nothing to send again."""
    if message.author == "shopper" or message.status not in ("uncertain", "failed") or message.deleted_at:
        return None
    if message.content is not None:
        return replace(message.content, text=message.text)
    is_plain = message.kind == "text" and message.text and not message.media
    return text_content(message.text) if is_plain else None


def why_again(message: Message) -> str:
    """In words, for whoever is asked "send again?"; '' where nobody is."""
    if content_again(message) is None:
        return ""
    if message.status == "uncertain":
        return _UNCERTAIN
    return f"{_FAILED} {REASONS[reason_of(message.reason)].words}" if message.reason else _FAILED


def again_as(message: Message) -> str:
    """The id of the message that it was sent again as, or ''."""
    return message.again.partition("#")[2]
