"""Entities: parts of a text that mean more than their words. Offsets count UTF-16 code units, not characters.

Source: core.telegram.org/bots/api#messageentity, core.telegram.org/bots/features#deep-linking
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from integrations.reading import listed, mapping, text_of

_MOST_LINKS: Final = 100
_PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


def start_payload(message: Mapping[str, Any]) -> str:
    """What a deep link carried: the word after the command /start, which opens the text; '' without one."""
    text = text_of(message.get("text"))
    for entity in _of_type("bot_command", message.get("entities")):
        command, rest = part_of(text, entity)
        if entity.get("offset") == 0 and command.partition("@")[0] == "/start":
            payload = rest.strip()
            return payload if _PAYLOAD.fullmatch(payload) else ""
    return ""


def links(message: Mapping[str, Any]) -> list[str]:
    """Where words of a text or caption lead that do not show it themselves."""
    entities = listed(message.get("entities")) + listed(message.get("caption_entities"))
    found = (text_of(entity.get("url"), 2048) for entity in _of_type("text_link", entities))
    return [url for url in found if url][:_MOST_LINKS]


def part_of(text: str, entity: Mapping[str, Any]) -> tuple[str, str]:
    """The words of an entity, and what follows them."""
    start, length = entity.get("offset"), entity.get("length")
    if not isinstance(start, int) or not isinstance(length, int) or start < 0 or length < 0:
        return "", ""
    units = text.encode("utf-16-le", "surrogatepass")
    end = 2 * (start + length)
    return units[2 * start : end].decode("utf-16-le", "replace"), units[end:].decode("utf-16-le", "replace")


def _of_type(type: str, entities: Any) -> Iterator[Mapping[str, Any]]:
    return (entity for entity in map(mapping, listed(entities)) if entity.get("type") == type)
