"""How much text each channel takes in one message, counted in the channel's own unit."""

from dataclasses import dataclass
from typing import Final, Literal

Unit = Literal["characters", "bytes", "utf16"]


@dataclass(frozen=True, slots=True)
class TextLimit:
    """At most `most` of `unit`: code points, bytes of UTF-8, or UTF-16 code units."""

    most: int
    unit: Unit


# Sources: developers.facebook.com/docs/whatsapp/cloud-api/messages/text-messages (4096 characters),
# developers.facebook.com/docs/messenger-platform/reference/send-api (under 2000 characters),
# developers.facebook.com/docs/messenger-platform/instagram/features/send-message (1000 bytes),
# core.telegram.org/bots/api#sendmessage (4096; counted in UTF-16, the stricter reading, as its entities are).
TEXT_LIMITS: Final[dict[str, TextLimit]] = {
    "whatsapp": TextLimit(4096, "characters"),
    "messenger": TextLimit(1999, "characters"),
    "instagram": TextLimit(1000, "bytes"),
    "telegram": TextLimit(4096, "utf16"),
}


def text_length(channel: str, text: str) -> int:
    """How long the text is for this channel, in its own unit; a channel without a limit counts characters."""
    limit = TEXT_LIMITS.get(channel)
    if limit is None or limit.unit == "characters":
        return len(text)
    if limit.unit == "bytes":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fits(channel: str, text: str) -> bool:
    """Whether the channel takes this text in one message; a channel without a limit takes any."""
    limit = TEXT_LIMITS.get(channel)
    return limit is None or text_length(channel, text) <= limit.most
