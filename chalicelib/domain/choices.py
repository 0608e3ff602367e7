"""Which of the answers that we offered a shopper has given: tapped, or written as a number or by its name."""

import re
from collections.abc import Sequence
from typing import Final
from unicodedata import category, normalize

from chalicelib.domain.content import Option
from chalicelib.domain.events import ShopperMessage

# Any script's digits, with a sign of numbering before or after them: `#2`, `№2`, `2.`, `(2)`.
_NUMBER: Final = re.compile(r"[#№＃(（]?\s*(\d{1,4})\s*[.．。)）:]?")
# Makes a digit a key, or says how a sign is to be drawn: says nothing of its own.
_DRESS: Final = re.compile("[\u20e3\ufe0e\ufe0f]")


def chosen(options: Sequence[Option], text: str) -> Option | None:
    """The option that a text names, and nothing else: its number, or its title. None where it names none,
    or may mean two (a size "2" that stands at another number)."""
    found = {option.number: option for option in (*_by_number(options, text), *_by_title(options, text))}
    return next(iter(found.values())) if len(found) == 1 else None


def with_choice(choices: Sequence[Option], said: ShopperMessage) -> dict[str, str]:
    """What `details["choice"]` of the message becomes: `id` and `title`; empty where nothing was chosen."""
    if said.payload:
        return {"id": said.payload, "title": said.text}
    option = chosen(choices, said.text) if said.kind == "text" else None
    return {} if option is None else {"id": option.id, "title": option.title}


def _by_number(options: Sequence[Option], text: str) -> list[Option]:
    found = _NUMBER.fullmatch(_DRESS.sub("", _visible(text)).strip())
    return [option for option in options if found and option.number == int(found[1])]


def _by_title(options: Sequence[Option], text: str) -> list[Option]:
    name = _name(text)
    return [option for option in options if name and _name(option.title) == name]


def _name(text: str) -> str:
    """What counts of a title: not its case, its spaces, or the signs around it. Turkish has two letters i,
    whose case cannot be folded without knowing the language: they count as one."""
    folded = " ".join(normalize("NFKC", _visible(text)).casefold().split())
    folded = folded.replace("i\u0307", "i").replace("ı", "i")
    return _stripped(folded) or folded


def _stripped(text: str) -> str:
    kept = [place for place, letter in enumerate(text) if category(letter)[0] not in "PZ"]
    return text[kept[0] : kept[-1] + 1] if kept else ""


def _visible(text: str) -> str:
    """Without the marks of direction that a keyboard may leave around a text."""
    return "".join(letter for letter in text[:1000] if category(letter) != "Cf")
