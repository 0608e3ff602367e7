"""An approved template as its channel has it: its words, its places, and whether it may be sent.

Source: developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components,
developers.facebook.com/docs/messenger-platform/send-messages/utility-messages
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

Category = Literal["", "marketing", "utility", "authentication"]
CATEGORIES: Final[tuple[Category, ...]] = get_args(Category)
# gone: the channel lists it no longer. unknown: the channel has told of it, but not what has become of it.
TemplateState = Literal[
    "approved",
    "flagged",
    "locked",
    "pending",
    "in_appeal",
    "rejected",
    "paused",
    "disabled",
    "limit_exceeded",
    "archived",
    "pending_deletion",
    "deleted",
    "gone",
    "unknown",
]
STATES: Final[tuple[TemplateState, ...]] = get_args(TemplateState)
# A flagged one is in danger of being paused, a locked one can't be edited: both are still delivered.
SENDABLE: Final[frozenset[TemplateState]] = frozenset({"approved", "flagged", "locked"})
Quality = Literal["", "unknown", "green", "yellow", "red"]
QUALITIES: Final[tuple[Quality, ...]] = get_args(Quality)
HeaderKind = Literal["", "text", "image", "video", "document", "location"]
ButtonKind = Literal["url", "quick_reply", "copy_code", "phone", "other"]

_PLACE: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinedButton:
    """A button as it was approved. url, payload: may end in a place of their own. phone: what it calls.

    kind: `other` for what needs nothing from us (opens a form, a catalogue, asks for a phone number).
    """

    kind: ButtonKind
    text: str = ""
    url: str = ""
    payload: str = ""
    phone: str = ""

    @property
    def wants_value(self) -> bool:
        """It can't be sent without one."""
        return self.kind == "copy_code" or bool(_PLACE.search(self.url + self.payload))

    @property
    def takes_value(self) -> bool:
        """A quick reply may be given a payload of its own."""
        return self.wants_value or self.kind == "quick_reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateDefinition:
    """What the channel has approved, or not.

    id: the channel's. reason: why it was rejected or paused, in the channel's word. is_named: its places have
    names, and no numbers. header: words, or '' where the header is a file or a place. examples: by place
    (`body.1`, `header.shop`, `buttons.0`). unsupported: parts that Parley has no words for, so that it can't
    be sent from here.
    """

    name: str
    language: str
    id: str = ""
    category: Category = ""
    state: TemplateState = "unknown"
    reason: str = ""
    quality: Quality = ""
    is_named: bool = False
    header_kind: HeaderKind = ""
    header: str = ""
    body: str = ""
    footer: str = ""
    buttons: tuple[DefinedButton, ...] = ()
    examples: Mapping[str, str] = field(default_factory=dict)
    unsupported: tuple[str, ...] = ()

    @property
    def is_sendable(self) -> bool:
        return self.state in SENDABLE

    @property
    def variables(self) -> tuple[str, ...]:
        """The places of its body: names, or numbers in their order."""
        return places_in(self.body)

    @property
    def header_variables(self) -> tuple[str, ...]:
        return places_in(self.header) if self.header_kind == "text" else ()

    @property
    def places(self) -> tuple[str, ...]:
        """All that wants words, as they are called everywhere: `header.1`, `body.1`, `buttons.0`."""
        return (
            *(f"header.{name}" for name in self.header_variables),
            *(f"body.{name}" for name in self.variables),
            *(f"buttons.{index}" for index, button in enumerate(self.buttons) if button.wants_value),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a template says since it was edited; None for what is as it was."""

    header: str | None = None
    body: str | None = None
    footer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateNews:
    """What a channel tells of one template by webhook. '' and None: it says nothing of that.

    Without a name it can't be told which template is meant, and without a language which translation.
    """

    name: str
    language: str
    id: str = ""
    state: Literal[""] | TemplateState = ""
    reason: str = ""
    category: Category = ""
    quality: Quality = ""
    words: Words | None = None


def places_in(text: str) -> tuple[str, ...]:
    """The names between double braces, each once. Numbers go by their size: so the channel counts them."""
    names = tuple(dict.fromkeys(_PLACE.findall(text)))
    return tuple(sorted(names, key=int)) if all(map(_is_number, names)) else names


def is_named(text: str) -> bool:
    """Whether a place of the text has a name instead of a number."""
    return not all(map(_is_number, places_in(text)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text as it is read; a place without a value stays as it is."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def ended(url: str, end: str) -> str:
    """A link or a payload with its own end, whatever its place is called."""
    return _PLACE.sub(lambda _: end, url)


def _is_number(name: str) -> bool:
    return name.isascii() and name.isdigit()
