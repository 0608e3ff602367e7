"""What random histories are made of: shoppers, spans of time, words, and what a shop would like to send."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from chalicelib.domain.consent.records import How, State
from chalicelib.domain.content import Kind
from chalicelib.domain.messages import Author, Purpose
from chalicelib.domain.platform_rules import Category
from integrations.registry import CHANNELS, BaseUrls

TAKES: Final = {name: make(BaseUrls()).capabilities for name, make in CHANNELS.items()}
FREE: Final = {name: replace(takes, window=None) for name, takes in TAKES.items()}

# Country, and in which zones the shopper may be.
WHERE: Final = (
    ("GB", ("Europe/London",)),
    ("AE", ("Asia/Dubai",)),
    ("TR", ("Europe/Istanbul",)),
    ("US", ("America/New_York",)),
    ("US", ("Pacific/Honolulu", "America/Los_Angeles", "America/New_York")),
    ("RU", ("Europe/Moscow", "Asia/Vladivostok")),
    ("AU", ("Australia/Lord_Howe", "Australia/Perth")),
    ("", ("UTC",)),
)
PHONE, SECOND, PSID, IGSID, CHAT = (
    "phone#1",
    "phone#2",
    "cn_m#psid#1",
    "cn_i#igsid#1",
    "cn_t#chat#1",
)
ADDRESSES: Final = {
    PHONE: "whatsapp",
    SECOND: "whatsapp",
    PSID: "messenger",
    IGSID: "instagram",
    CHAT: "telegram",
}
EDGE: Final = timedelta(microseconds=1)
_ROUND: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 10, 60, 180, 540, 1440, 7 * 1440))
SPANS: Final = (
    *(span + edge for span in _ROUND for edge in (-EDGE, timedelta(), EDGE)),
    *(timedelta(days=days) for days in (2, 3, 4, 75, 90)),
)
QUIET: Final = (
    ("21:00", "09:00"),
    ("21:00", "09:00"),
    ("20:00", "10:30"),
    ("13:00", "14:00"),
    ("02:00", "05:00"),
)
TIERS: Final = ("TIER_250", "TIER_2K", "TIER_100K", "TIER_UNLIMITED")
Word = Literal["yes", "no", "asked"]
WORDS: Final[tuple[Word, ...]] = ("yes", "yes", "no")
HOWS: Final[tuple[How, ...]] = ("word", "word", "question", "link", "box", "import", "staff", "plugin")
STATES: Final[dict[Word, State]] = {"yes": "given", "no": "withdrawn", "asked": "asked"}
# Author, purpose, kind, category of what the shop would like to send.
WISHES: Final[tuple[tuple[Author, Purpose, Kind, Category], ...]] = (
    ("auto", "answer", "text", ""),
    ("auto", "confirm", "text", ""),
    ("auto", "ask", "quick_replies", ""),
    ("auto", "update", "text", ""),
    ("auto", "update", "template", "utility"),
    ("auto", "update", "template", "marketing"),
    ("auto", "survey", "text", ""),
    ("campaign", "cart", "text", ""),
    ("campaign", "cart", "template", "marketing"),
    ("campaign", "campaign", "text", ""),
    ("campaign", "campaign", "image", ""),
    ("campaign", "campaign", "template", "marketing"),
    ("campaign", "campaign", "template", "utility"),
    ("human", "reply", "text", ""),
    ("human", "reply", "image", ""),
    ("human", "reply", "template", "utility"),
    ("human", "reply", "template", "marketing"),
)
LATE: Final = (timedelta(), timedelta(), timedelta(minutes=10), timedelta(minutes=10) + EDGE)
CHANNELS_OF: Final[dict[str, tuple[str, ...]]] = {
    "all": (),
    "email": ("email",),
    "other": ("sms", "telegram"),
}
REGISTRY: Final = {"TR": "iys", "AE": "do_not_call"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the shop would like to send."""

    author: Author
    purpose: Purpose
    kind: Kind
    category: Category
    address: str
    intended_at: datetime

    @property
    def is_marketing(self) -> bool:
        return self.purpose in ("cart", "campaign", "ask") or self.category == "marketing"


def category_of(wish: Wish) -> Category:
    return "marketing" if wish.is_marketing else "utility"
