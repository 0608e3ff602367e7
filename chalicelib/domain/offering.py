"""Answers to choose from, in the first form that a channel has and they fit; the last is numbered text."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from chalicelib.domain.capabilities import ButtonLimit, Capabilities, ListLimit, TextLimit
from chalicelib.domain.content import Button, Content, Kind, Option, Row, Section, text_content
from chalicelib.domain.splitting import split

# Opens a list for which nobody has named a label; it needs no language.
LABEL: Final = "☰"
# The lines of a numbered text stand below its words when so much of a part is left for those.
_LEAST_ROOM: Final = 0.25

# A content in one form, and how long the text may be that it stands below.
Form = tuple[Content, TextLimit]


def words_of(content: Content) -> str:
    """All its words in one text: header, body, footer."""
    if not content.header and not content.footer:
        return content.text
    return paragraphs(content.header, content.text, content.footer)


def paragraphs(*parts: str) -> str:
    """One below the other, without what is empty."""
    return "\n\n".join(part for part in parts if part.strip())


def with_links_told(content: Content, takes: Capabilities) -> Content:
    """Links that can't be buttons here as lines of the text. Without any other button it is a text."""
    links = [button for button in content.buttons if button.url]
    if not links or (content.kind == "buttons" and _fit(content.buttons, takes.buttons)):
        return content
    lines = "\n".join(f"{_line(button.title)}: {button.url}" for button in links)
    rest = tuple(button for button in content.buttons if not button.url)
    kind: Kind = content.kind if rest else "text"
    return replace(content, kind=kind, text=paragraphs(content.text, lines), buttons=rest)


def offered(content: Content, takes: Capabilities) -> Form | None:
    """None: the channel has no form that they fit."""
    forms = (form(content, takes) for form in _FORMS[content.kind])
    return next((form for form in forms if form is not None), None)


def numbered(content: Content, takes: Capabilities) -> tuple[Content, ...]:
    """The last part knows what its numbers stand for. Lines stay together where they fit into a part."""
    options: list[Option] = []
    blocks = []
    for section in _sections(content):
        lines = [_line(section.title)] if section.title else []
        for row in section.rows:
            options.append(Option(number=len(options) + 1, id=row.id, title=row.title))
            told = f" – {_line(row.description)}" if row.description else ""
            lines.append(f"{len(options)}. {_line(row.title)}{told}")
        blocks.append("\n".join(lines))
    words = paragraphs(content.header, content.text)
    *before, last = map(text_content, _above(words, paragraphs(*blocks, content.footer), takes.text))
    return (*before, replace(last, options=tuple(options)))


def _above(words: str, lines: str, limit: TextLimit) -> tuple[str, ...]:
    room = limit.most - limit.length(f"\n\n{lines}")
    if room < limit.most * _LEAST_ROOM or not words.strip():
        return (*split(words, limit), *split(lines, limit))
    *before, last = split(words, limit, TextLimit(room, limit.unit))
    return (*before, f"{last}\n\n{lines}")


def _as_buttons(content: Content, takes: Capabilities) -> Form | None:
    buttons = _buttons(content)
    if takes.buttons is None or not _fit(buttons, takes.buttons):
        return None
    told = replace(content, kind="buttons", buttons=buttons, sections=(), label="")
    return _framed(told, takes), takes.buttons.body


def _as_quick_replies(content: Content, takes: Capabilities) -> Form | None:
    buttons = _buttons(content)
    if takes.quick_replies is None or not _fit(buttons, takes.quick_replies):
        return None
    told = replace(content, kind="quick_replies", text=words_of(content), buttons=buttons, sections=())
    return replace(told, header="", footer="", label=""), takes.quick_replies.body


def _as_list(content: Content, takes: Capabilities) -> Form | None:
    if takes.lists is None or any(button.url for button in content.buttons):
        return None
    told = replace(
        content, kind="list", label=content.label or LABEL, sections=_sections(content), buttons=()
    )
    return (_framed(told, takes), takes.lists.body) if _fits_list(told, takes.lists) else None


def _sections(content: Content) -> tuple[Section, ...]:
    rows = tuple(Row(id=button.id, title=button.title) for button in content.buttons)
    return content.sections or (Section(rows=rows),)


def _buttons(content: Content) -> tuple[Button, ...]:
    """None where a list says more than buttons can."""
    rows = [row for section in content.sections for row in section.rows]
    if any(section.title for section in content.sections) or any(row.description for row in rows):
        return ()
    return content.buttons or tuple(Button(id=row.id, title=row.title) for row in rows)


def _framed(content: Content, takes: Capabilities) -> Content:
    """Header and footer where they can be, else in the text."""
    keeps_header = takes.header is not None and takes.header.fits(content.header)
    keeps_footer = takes.footer is not None and takes.footer.fits(content.footer)
    header, footer = content.header, content.footer
    return replace(
        content,
        header=header if keeps_header else "",
        text=paragraphs("" if keeps_header else header, content.text, "" if keeps_footer else footer),
        footer=footer if keeps_footer else "",
    )


def _fit(buttons: tuple[Button, ...], limit: ButtonLimit | None) -> bool:
    if limit is None or not 0 < len(buttons) <= limit.most:
        return False
    links = sum(1 for button in buttons if button.url)
    if links > limit.most_links or (limit.links_alone and 0 < links < len(buttons)):
        return False
    return all(limit.title.fits(one.title) and (one.url or limit.id.fits(one.id)) for one in buttons)


def _fits_list(content: Content, limit: ListLimit) -> bool:
    sections = content.sections
    rows = [row for section in sections for row in section.rows]
    is_named = len(sections) == 1 or all(section.title for section in sections)
    if not is_named or len(rows) > limit.most_rows or len(sections) > limit.most_sections:
        return False
    return (
        limit.label.fits(content.label)
        and all(limit.section_title.fits(section.title) for section in sections)
        and all(limit.row_title.fits(row.title) for row in rows)
        and all(limit.row_description.fits(row.description) for row in rows)
        and all(limit.row_id.fits(row.id) for row in rows)
    )


def _line(text: str) -> str:
    """On one line."""
    return " ".join(text.split())


_FORMS: Final[Mapping[Kind, tuple[Callable[[Content, Capabilities], Form | None], ...]]] = {
    "buttons": (_as_buttons, _as_list, _as_quick_replies),
    "quick_replies": (_as_quick_replies, _as_buttons, _as_list),
    "list": (_as_list, _as_quick_replies, _as_buttons),
}
