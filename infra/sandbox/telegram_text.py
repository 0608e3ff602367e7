"""Telegram's markup: what is left of a text when its entities are taken out, and what is not allowed in it.

Source: core.telegram.org/bots/api#formatting-options
"""

import re
from html.parser import HTMLParser
from typing import Final

from .state import Json

_TAGS: Final = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "span": "spoiler", "tg-spoiler": "spoiler", "blockquote": "blockquote",
}  # fmt: skip
_RESERVED: Final = re.compile(r"(?<!\\)([>#+\-={}.!])")
_MARKS: Final = re.compile(r"(?<!\\)[*_~`|]+|\\(?=[_*\[\]()~`>#+\-=|{}.!\\])")


class BadMarkup(Exception):
    pass


def plain(text: str, parse_mode: str) -> tuple[str, list[Json]]:
    """The text without its markup. Entities are found for HTML only. Raises BadMarkup."""
    if parse_mode.lower() == "html":
        if found := re.search(r"<(?![/a-z])", text, re.IGNORECASE):
            raise BadMarkup(f'Unsupported start tag "" at byte offset {len(text[: found.start()].encode())}')
        parser = _Html()
        parser.feed(text)
        parser.close()
        if parser.open:
            raise BadMarkup(f'Can\'t find end tag corresponding to start tag "{parser.open[-1][0]}"')
        return parser.text, parser.entities
    if parse_mode.lower() == "markdownv2":
        without_links = re.sub(r"(?<!\\)\[([^\]]*)\]\([^)]*\)", r"\1", text)
        if found := _RESERVED.search(without_links):
            raise BadMarkup(f"Character '{found[1]}' is reserved and must be escaped with the preceding '\\'")
        return _MARKS.sub("", without_links), []
    if parse_mode.lower() == "markdown":
        return re.sub(r"(?<!\\)[*_`]", "", text), []
    if parse_mode:
        raise BadMarkup("unsupported parse_mode")
    return text, []


class _Html(HTMLParser):
    """Collects text, and entities with offsets in UTF-16 units."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[Json] = []
        self.open: list[tuple[str, int, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            raise BadMarkup(f'Unsupported start tag "{tag}" at byte offset {len(self.text.encode())}')
        self.open.append((tag, self._offset(), dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            raise BadMarkup(f"Unexpected end tag at byte offset {len(self.text.encode())}")
        _tag, offset, attributes = self.open.pop()
        entity: Json = {"offset": offset, "length": self._offset() - offset, "type": _TAGS[tag]}
        if tag == "a":
            entity["url"] = attributes.get("href") or ""
        self.entities.append(entity)

    def handle_data(self, data: str) -> None:
        self.text += data

    def _offset(self) -> int:
        return len(self.text.encode("utf-16-le")) // 2
