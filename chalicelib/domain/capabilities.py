"""What a channel can do, as data: used by the validator, the renderer, the gate and the documentation.

Each channel states its own in `integrations/<channel>/capabilities.py`, with the pages that say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Literal

from chalicelib.domain.platform_rules import TagRule, TemplateRule

Unit = Literal["characters", "bytes", "utf16"]


@dataclass(frozen=True, slots=True)
class TextLimit:
    """At most `most` of `unit`: code points, bytes of UTF-8, or UTF-16 code units."""

    most: int
    unit: Unit = "characters"

    def length(self, text: str) -> int:
        """How long the text is in this unit."""
        if self.unit == "bytes":
            return len(text.encode("utf-8", "surrogatepass"))
        if self.unit == "utf16":
            return len(text.encode("utf-16-le", "surrogatepass")) // 2
        return len(text)

    def fits(self, text: str) -> bool:
        return self.length(text) <= self.most


@dataclass(frozen=True, slots=True)
class FileLimit:
    """Which files of a kind a channel takes: their types (`image/*` for all of a kind) and bytes."""

    types: tuple[str, ...]
    most_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonLimit:
    """Buttons or quick replies below a text. most_links: how many of them may open a link, 0 for none.
    links_alone: a link and an answer do not stand below the same text."""

    most: int
    title: TextLimit
    id: TextLimit
    body: TextLimit
    most_links: int = 0
    links_alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLimit:
    """A list that opens: rows in all its sections together."""

    most_rows: int
    most_sections: int
    label: TextLimit
    section_title: TextLimit
    row_title: TextLimit
    row_description: TextLimit
    row_id: TextLimit
    body: TextLimit


@dataclass(frozen=True, slots=True)
class Window:
    """How long a channel takes free-form messages after the shopper's last act, and people's replies
    beyond that, with the tag that those need."""

    anyone: timedelta
    human: timedelta
    human_tag: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` in `per_s` seconds; `burst` may come at once, borrowed from what follows."""

    count: float
    per_s: float
    burst: int = 1

    @property
    def interval_s(self) -> float:
        return self.per_s / self.count


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How fast a channel takes messages: over a connection, heavy files over a connection, to one shopper.

    None: the channel names no such limit. A connection may have its own speed (`details["per_second"]`).
    """

    connection: Rate
    files: Rate | None = None
    shopper: Rate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """One channel. None or False: it has no such thing, and what wants it is rendered otherwise.

    name: what people call it. staff: the shop's own people may be told there, and reply to notices. by_phone:
    a phone number alone is enough to write to somebody for the first time. charges: the shop, as
    `campaigns.prices` says.
    caption: None where files take no words. captioned: the kinds that do.
    quick_replies: answers offered below the last message. header, footer: None where buttons have none.
    marks_echoes: an echo of ours always bears our reference, so that one without it is a person's.
    has_watermarks: receipts may name a moment instead of a message.
    files_by_link: what shoppers send is shown by the channel's own link and never stored here.
    private_reply: for how long a comment may be answered in private once; None: never.
    outside: which templates go outside the window. tags: which carry people's words there, dead ones too.
    tiers: how many shoppers a day an account may write to there, by the channel's own name for it.
    handshake: its webhook is asked by GET for a challenge, by whoever knows the verify token.
    read_kinds, windows: by the kind of the address that is written to, where some kinds have read marks or a
    window though others have none.
    """

    text: TextLimit
    caption: TextLimit | None = None
    captioned: tuple[str, ...] = ("image", "video", "audio", "document")
    files: Mapping[str, FileLimit] = field(default_factory=dict)
    buttons: ButtonLimit | None = None
    lists: ListLimit | None = None
    quick_replies: ButtonLimit | None = None
    header: TextLimit | None = None
    footer: TextLimit | None = None
    location: bool = False
    templates: bool = False
    reply_to: bool = False
    reactions: bool = False
    comments: bool = False
    typing: bool = False
    mark_read: bool = False
    window: Window | None = None
    rates: Rates = field(default_factory=lambda: Rates(connection=Rate(1, 1.0)))
    marks_echoes: bool = False
    has_watermarks: bool = False
    files_by_link: bool = False
    private_reply: timedelta | None = None
    handshake: bool = False
    outside: tuple[TemplateRule, ...] = ()
    tags: tuple[TagRule, ...] = ()
    tiers: Mapping[str, int | None] = field(default_factory=dict)
    most_incoming_bytes: int = 0
    read_kinds: tuple[str, ...] = ()
    windows: Mapping[str, Window] = field(default_factory=dict)
    name: str = ""
    staff: bool = False
    by_phone: bool = False
    charges: bool = False

    def for_kind(self, kind: str) -> "Capabilities":
        """What the channel can do with whoever is written to at an address of this kind."""
        if kind not in self.read_kinds and kind not in self.windows:
            return self
        mark_read = self.mark_read or kind in self.read_kinds
        return replace(self, mark_read=mark_read, window=self.windows.get(kind, self.window))
