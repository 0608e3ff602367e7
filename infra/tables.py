"""The tables of docs/capabilities.md, docs/meanings.md and docs/sending-rules.md, from the data that the code
goes by.

`python -m infra.tables` writes them; a test says when they are out of date.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

from chalicelib.domain.capabilities import (
    ButtonLimit,
    Capabilities,
    FileLimit,
    ListLimit,
    Rate,
    TextLimit,
    Window,
)
from chalicelib.domain.meanings import MEANINGS, Meaning, meaning_of
from infra.package import PROJECT
from infra.rule_tables import sending_rules
from integrations.registry import CHANNELS, BaseUrls

_UNITS: Final = {"characters": "characters", "bytes": "bytes", "utf16": "UTF-16 units"}
_NAMES: Final = {name: make(BaseUrls()).capabilities.name for name, make in CHANNELS.items()}
_NONE: Final = "–"
_MB: Final = 1024 * 1024

_CAPABILITIES: Final = """\
# What each channel takes

From `integrations/<channel>/capabilities.py`, where the pages that say so are named. This page is written by
`python -m infra.tables`.

Whatever a person sends is brought into what the channel takes (`chalicelib/domain/rendering.py`): a long text
becomes several, cut at sentence ends; a caption that a file can't bear follows it; a header or footer that
can't be one is part of the text; a link that can't be a button is a line; a file that is not taken as it is
goes as a document.

What there is to choose comes in the first of these forms that the channel has and everything fits: buttons as
buttons, as a list, as quick replies; quick replies as quick replies, buttons, a list; a list as a list, and,
where it says no more than they can, as quick replies or buttons. Else it is numbered text, and the answer "2"
is understood.

{table}
"""

_MEANINGS: Final = """\
# What each kind of event means

From `chalicelib/domain/meanings.py`; where a channel's own pages disagree, the stricter reading stands. This
page is written by `python -m infra.tables`.

- **window**: where free messages may follow for the channel's time. Telegram has one
  in a person's own chats alone.
- **answer**: where the automatic answer may come.
- **counts**: where the shopper waits for a person from here on; for an echo, where the wait ends.
- **shown**: as a row of the thread, as a mark on the thread or on a row, or not at all.

{table}
"""


def pages() -> dict[str, str]:
    """Each page by its name in docs/."""
    takes = {name: make(BaseUrls()).capabilities for name, make in CHANNELS.items()}
    return {
        "capabilities.md": capabilities_page(takes),
        "meanings.md": meanings_page(),
        "sending-rules.md": sending_rules(),
    }


def capabilities_page(takes: Mapping[str, Capabilities]) -> str:
    head = ("", *(_NAMES.get(name, name) for name in takes))
    rows = [(says, *map(show, takes.values())) for says, show in _ASPECTS.items()]
    return _CAPABILITIES.format(table=_table(head, rows))


def meanings_page() -> str:
    rows = [(kind, *_meaning({name: meaning_of(kind, name) for name in CHANNELS})) for kind in MEANINGS]
    return _MEANINGS.format(table=_table(("kind", "window", "answer", "counts", "shown"), rows))


def _meaning(by_channel: Mapping[str, Meaning]) -> tuple[str, ...]:
    return (
        _where({name: one.opens_window for name, one in by_channel.items()}),
        _where({name: one.starts_answer for name, one in by_channel.items()}),
        _where({name: one.counts for name, one in by_channel.items()}),
        ", ".join(dict.fromkeys(one.shown for one in by_channel.values())),
    )


def _where(is_so: Mapping[str, bool]) -> str:
    named = [_NAMES.get(name, name) for name, is_true in is_so.items() if is_true]
    return "everywhere" if len(named) == len(is_so) else ", ".join(named) or _NONE


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (head, ["---"] * len(head), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else _NONE


def _text(limit: TextLimit | None) -> str:
    return _NONE if limit is None else f"{limit.most} {_UNITS[limit.unit]}"


def _captions(one: Capabilities) -> str:
    if one.caption is None:
        return _NONE
    without = [kind for kind in one.files if kind not in one.captioned]
    return _text(one.caption) + (f", not on {', '.join(without)}" if without else "")


def _file(kind: str) -> Callable[[Capabilities], str]:
    def show(one: Capabilities) -> str:
        limit: FileLimit | None = one.files.get(kind)
        if limit is None:
            return _NONE
        types = "any type" if limit.types == ("*/*",) else ", ".join(f"`{known}`" for known in limit.types)
        return f"{limit.most_bytes // _MB} MB, {types}"

    return show


def _buttons(limit: ButtonLimit | None) -> str:
    if limit is None:
        return _NONE
    links = f", {limit.most_links} of them links" if limit.most_links else ""
    links = f", or {limit.most_links} link" if limit.links_alone else links
    return f"{limit.most}{links}; title {_text(limit.title)}, id {_text(limit.id)}, text {_text(limit.body)}"


def _list(limit: ListLimit | None) -> str:
    if limit is None:
        return _NONE
    return (
        f"{limit.most_rows} rows in {limit.most_sections} sections; label {_text(limit.label)}, section "
        f"{_text(limit.section_title)}, row {_text(limit.row_title)}, description "
        f"{_text(limit.row_description)}, id {_text(limit.row_id)}, text {_text(limit.body)}"
    )


def _read(one: Capabilities) -> str:
    if one.read_kinds and not one.mark_read:
        return f"only {_at(one.read_kinds)}"
    return _yes(one.mark_read)


def _at(kinds: Iterable[str]) -> str:
    return f"in a {', '.join(f'`{kind}`' for kind in kinds)}"


def _window(one: Capabilities) -> str:
    there = "".join(f"; {_at([kind])} {_open(window)}" for kind, window in one.windows.items())
    return ("none: always open" if one.window is None else _open(one.window)) + there


def _open(one: Window) -> str:
    people = f", people {_span(one.human)}" if one.human > one.anyone else ""
    tag = f" with `{one.human_tag}`" if one.human_tag else ""
    return f"{_span(one.anyone)}{people}{tag}"


def _span(span: timedelta) -> str:
    return f"{span // timedelta(hours=1)} h" if span < timedelta(days=2) else f"{span.days} days"


def _rate(rate: Rate | None) -> str:
    if rate is None:
        return _NONE
    burst = f", {rate.burst} at once" if rate.burst > 1 else ""
    return f"{rate.count:g} in {rate.per_s:g} s{burst}"


_ASPECTS: Final[dict[str, Callable[[Capabilities], str]]] = {
    "text": lambda one: _text(one.text),
    "caption": _captions,
    "image": _file("image"),
    "video": _file("video"),
    "audio": _file("audio"),
    "document": _file("document"),
    "buttons": lambda one: _buttons(one.buttons),
    "quick replies": lambda one: _buttons(one.quick_replies),
    "list": lambda one: _list(one.lists),
    "header": lambda one: _text(one.header),
    "footer": lambda one: _text(one.footer),
    "location": lambda one: _yes(one.location),
    "templates": lambda one: _yes(one.templates),
    "reply to a message": lambda one: _yes(one.reply_to),
    "reactions": lambda one: _yes(one.reactions),
    "public answer to a comment": lambda one: _yes(one.comments),
    "private answer to a comment": lambda one: (
        f"once within {_span(one.private_reply)}" if one.private_reply else _NONE
    ),
    "typing": lambda one: _yes(one.typing),
    "mark as read": _read,
    "window": _window,
    "notices to staff": lambda one: _yes(one.staff),
    "messages over a connection": lambda one: _rate(one.rates.connection),
    "audio and video over a connection": lambda one: _rate(one.rates.files),
    "messages to one shopper": lambda one: _rate(one.rates.shopper),
    "files from shoppers": lambda one: "by the channel's link" if one.files_by_link else "stored",
    "largest file from a shopper": lambda one: f"{one.most_incoming_bytes // _MB} MB",
}


def main(docs: Path = PROJECT / "docs") -> None:
    for name, text in pages().items():
        (docs / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
