"""What a shop can send, in one vocabulary for all channels, and its form as JSON in rows and calls.

`rendering` cuts it to what a channel takes; each channel writes the result in its own words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from chalicelib.domain.plain import from_plain, to_plain

Kind = Literal[
    "text",
    "image",
    "video",
    "audio",
    "document",
    "location",
    "buttons",
    "list",
    "quick_replies",
    "template",
    "reaction",
    "comment",
]
FILE_KINDS: tuple[Kind, ...] = ("image", "video", "audio", "document")
# Said to nobody in particular, or without a word: a shopper who waits for an answer waits on.
SILENT_KINDS: tuple[Kind, ...] = ("reaction", "comment")


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to send: a public link, or the key of one that we keep (a link is made when it is sent).

    size: in bytes, 0 where it is not known.
    """

    url: str = ""
    key: str = ""
    mime_type: str = ""
    filename: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    latitude: float
    longitude: float
    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Tapped, it comes back as `payload` of the shopper's message (`id`), or opens `url`."""

    id: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a list; tapped, its `id` comes back as `payload`."""

    id: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    rows: tuple[Row, ...]
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A value for a place in a template. name: '' where places are numbered, in their order."""

    value: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateButton:
    """What a template's button wants: `value` is the end of its link, its payload, or the code to copy."""

    index: int
    kind: Literal["url", "quick_reply", "copy_code"]
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """An approved text of the channel, with what goes into its places. header: a file, a place, or
    variables. category: as the channel has it, '' where nobody has asked."""

    name: str
    language: str
    variables: tuple[Variable, ...] = ()
    header_variables: tuple[Variable, ...] = ()
    header_file: File | None = None
    header_file_kind: Literal["image", "video", "document"] = "image"
    header_place: Place | None = None
    buttons: tuple[TemplateButton, ...] = ()
    category: Literal["", "marketing", "utility", "authentication"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer of a numbered text: whoever writes `number` has chosen it."""

    number: int
    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One thing to send. text: the words, a caption, the body above buttons, the emoji of a reaction.

    label: what opens a list. header, footer: short lines around buttons. target: the channel's id of the
    message that a reaction is put on, or of the comment that is answered in public.
    options: what the numbers in the text stand for, where buttons had to become text.
    comment_id: the channel's id of the comment that this answers in private.
    """

    kind: Kind
    text: str = ""
    file: File | None = None
    place: Place | None = None
    buttons: tuple[Button, ...] = ()
    sections: tuple[Section, ...] = ()
    label: str = ""
    header: str = ""
    footer: str = ""
    template: Template | None = None
    target: str = ""
    options: tuple[Option, ...] = ()
    comment_id: str = ""


def text_content(text: str) -> Content:
    """Plain words."""
    return Content(kind="text", text=text)


def label_of(content: Content) -> str:
    """Its words; where it has none, what it is called."""
    named = (content.file and content.file.filename, content.place and content.place.name)
    template = content.template and content.template.name
    return content.text or next((name for name in (*named, template) if name), "")


def content_to_json(content: Content) -> dict[str, Any]:
    """Without what is empty."""
    return to_plain(content)


def content_from_json(raw: Mapping[str, Any]) -> Content:
    """Raises KeyError, TypeError or ValueError on anything but our own."""
    return from_plain(Content, raw)
