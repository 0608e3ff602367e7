"""What a shop wants to send, cut to what a channel takes: the same words, in the forms that it has.

Nothing is left out: what has no form of its own becomes words. Rendering what is rendered changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, cast

from chalicelib.domain.capabilities import Capabilities, TextLimit
from chalicelib.domain.content import Content, Kind, Place, text_content
from chalicelib.domain.file_kinds import FileKind, FileRefused, taken_as
from chalicelib.domain.offering import numbered, offered, paragraphs, with_links_told, words_of
from chalicelib.domain.splitting import split

MOST_PARTS: Final = 20


class CantRender(Exception):
    """The channel has no form for it. `code` is stable, `message` says what to do, `field` where it is."""

    def __init__(self, code: str, message: str, field: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.field = code, message, field


def render(content: Content, takes: Capabilities) -> tuple[Content, ...]:
    """The messages to send, in order; buttons stand on the last. Raises CantRender. Pure."""
    if content.comment_id and content.kind != "text":
        raise CantRender("unsupported", "A comment is answered in private with words alone.", "reply_to")
    parts = _RENDERERS[content.kind](content, takes)
    if len(parts) > MOST_PARTS:
        message = f"It would take {len(parts)} messages here, and {MOST_PARTS} are the most: say it shorter."
        raise CantRender("too_long", message, "text")
    return parts


def without_window(content: Content, takes: Capabilities) -> Capabilities:
    """What the gate should go by: templates and answers to comments do not need the channel's window."""
    is_free = content.kind in ("template", "comment") or bool(content.comment_id)
    return replace(takes, window=None) if is_free else takes


def _text(content: Content, takes: Capabilities) -> tuple[Content, ...]:
    if content.comment_id:
        return _private(content, takes)
    parts = split(words_of(content), takes.text)
    if not parts:
        raise CantRender("empty", "There are no words in it.", "text")
    *before, last = map(text_content, parts)
    return (*before, replace(last, options=content.options))


def _private(content: Content, takes: Capabilities) -> tuple[Content, ...]:
    """One message is all that a comment may be answered with in private."""
    if takes.private_reply is None:
        raise CantRender("unsupported", "This channel takes no private answers to comments.", "reply_to")
    return (_one_text(content, takes),)


def _comment(content: Content, takes: Capabilities) -> tuple[Content, ...]:
    if not takes.comments:
        raise CantRender("unsupported", "This channel has no comments.", "public")
    return (_one_text(content, takes),)


def _one_text(content: Content, takes: Capabilities) -> Content:
    whole = replace(content, text=words_of(content), header="", footer="")
    if not whole.text.strip():
        raise CantRender("empty", "There are no words in it.", "text")
    if not takes.text.fits(whole.text):
        most = f"{takes.text.most} {_UNITS[takes.text.unit]}"
        raise CantRender("too_long", f"An answer to a comment is one message of {most} at most.", "text")
    return whole


def _file(content: Content, takes: Capabilities) -> tuple[Content, ...]:
    """Words that the file can't bear follow it."""
    if content.file is None:
        raise CantRender("empty", "There is no file in it.", "media")
    try:
        kind = taken_as(cast(FileKind, content.kind), content.file, takes)
    except FileRefused as error:
        raise CantRender(error.code, error.message, "media") from error
    words = words_of(content)
    bears = takes.caption if kind in takes.captioned else None
    words = words if words.strip() else ""
    if not words or (bears is not None and bears.fits(words)):
        return (replace(content, kind=kind, text=words, header="", footer=""),)
    bare = replace(content, kind=kind, text="", header="", footer="")
    return (bare, *map(text_content, split(words, takes.text)))


def _location(content: Content, takes: Capabilities) -> tuple[Content, ...]:
    if content.place is None:
        raise CantRender("empty", "There is no place in it.", "location")
    if not takes.location:
        lines = (content.text, content.place.name, content.place.address, map_link(content.place))
        return _text(text_content("\n".join(line for line in lines if line.strip())), takes)
    bare = replace(content, text="")
    return (bare, *map(text_content, split(content.text, takes.text)))


def map_link(place: Place) -> str:
    """Opens the place on a map."""
    return f"https://maps.google.com/?q={_degrees(place.latitude)},{_degrees(place.longitude)}"


def _degrees(value: float) -> str:
    """Six places are a hand's breadth."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _choices(content: Content, takes: Capabilities) -> tuple[Content, ...]:
    """Buttons, quick replies and lists: in the first form that the channel has and they fit, else as
    numbered text."""
    if not content.buttons and not any(section.rows for section in content.sections):
        raise CantRender("empty", "There is nothing to choose from.", content.kind)
    told = with_links_told(content, takes)
    if told.kind == "text":
        return _text(told, takes)
    if not words_of(told).strip():
        raise CantRender("empty", "Say in a text what there is to choose.", "text")
    found = offered(told, takes)
    return numbered(told, takes) if found is None else _below(*found, takes)


def _below(content: Content, body: TextLimit, takes: Capabilities) -> tuple[Content, ...]:
    """What there is to choose stands below the end of the text, and a header above its beginning."""
    if not body.fits(content.text) or not content.text.strip():
        content = replace(content, text=paragraphs(content.header, content.text), header="")
    *before, last = split(content.text or content.footer, takes.text, body)
    footer = content.footer if content.text else ""
    return (*map(text_content, before), replace(content, text=last, footer=footer))


def _template(content: Content, takes: Capabilities) -> tuple[Content, ...]:
    template = content.template
    if not takes.templates or template is None:
        raise CantRender("unsupported", "This channel has no templates: send a text.", "template")
    if template.header_file is not None:
        try:
            kind = taken_as(template.header_file_kind, template.header_file, takes)
        except FileRefused as error:
            raise CantRender(error.code, error.message, "template.header") from error
        if kind != template.header_file_kind:
            message = f"This channel does not take this file as {template.header_file_kind}."
            raise CantRender("invalid_file", message, "template.header")
    return (content,)


def _reaction(content: Content, takes: Capabilities) -> tuple[Content, ...]:
    if not takes.reactions:
        raise CantRender("unsupported", "This channel has no reactions.", "reaction")
    return (content,)


_UNITS: Final = {"characters": "characters", "bytes": "bytes", "utf16": "characters"}
_RENDERERS: Final[Mapping[Kind, Callable[[Content, Capabilities], tuple[Content, ...]]]] = {
    "text": _text,
    "image": _file,
    "video": _file,
    "audio": _file,
    "document": _file,
    "location": _location,
    "buttons": _choices,
    "list": _choices,
    "quick_replies": _choices,
    "template": _template,
    "reaction": _reaction,
    "comment": _comment,
}
