"""A shop's own words in place of ours: which there may be, whether they can be filled, and filling them.

The setting `texts` holds them as `{"ro": {"greeting": "Bună, {name}!", …}, …}`. One left out or empty means
ours; so does every language that the shop has not written itself.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from chalicelib.domain.languages import LANGUAGES

OwnText = Literal["greeting", "out_of_hours", "complaint", "handover", "still_on_it", "faq_after", "survey"]
LONGEST: Final = 600
# What each may name. estimate: "within 2 hours", "by 11:00 today"; next_open: "on Monday at 9:00".
VARIABLES: Final[Mapping[OwnText, tuple[str, ...]]] = {
    "greeting": ("name", "shop", "estimate"),
    "out_of_hours": ("name", "shop", "next_open"),
    "complaint": ("name", "shop", "estimate"),
    "handover": ("name", "shop", "estimate"),
    "still_on_it": ("name", "shop", "estimate"),
    "faq_after": ("name", "shop", "url"),
    "survey": ("name", "shop"),
}

_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")
_MISSING: Final = "\x00"
# What was only there for the variable goes with it: brackets around it; where it begins a sentence what
# follows it, elsewhere the comma or the space before it.
_IN_BRACKETS: Final = re.compile(
    rf"\s*(?:\({_MISSING}\)|«{_MISSING}»|“{_MISSING}”|\"{_MISSING}\"|（{_MISSING}）)"
)
_BEGINS: Final = re.compile(
    rf"(^[^\S\n]*|[¡¿]|[.!?…。！？।؟][^\S\n]*){_MISSING}[^\S\n]*[,،，、.!！:：—–-]*[^\S\n]*(\w?)",
    re.MULTILINE,
)
_INSIDE: Final = re.compile(rf"[^\S\n]*[,،，、]?[^\S\n]*{_MISSING}")
# A shop pastes them unseen; one that nobody closes would turn around what follows.
_TURNING: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def own_text(texts: Mapping[str, Any], language: str, name: OwnText) -> str:
    """The shop's words for it in this language, '' where it says ours."""
    of_language = texts.get(language)
    text = of_language.get(name) if isinstance(of_language, Mapping) else None
    return text if isinstance(text, str) and text.strip() else ""


def problems_in(texts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Everything that keeps them from being used: the field, and what is wrong and what is allowed."""
    problems: list[tuple[str, str]] = []
    for language, of_language in texts.items():
        field = f"texts.{language[:64]}"
        if language not in LANGUAGES:
            problems.append((field, f"Texts may be set for these languages: {', '.join(LANGUAGES)}."))
        elif not isinstance(of_language, Mapping):
            problems.append((field, f"A language holds its texts by name: {', '.join(VARIABLES)}."))
        else:
            problems += _problems_of_language(field, of_language)
    return problems


def filled(text: str, values: Mapping[str, str], language: str = "") -> str:
    """With its variables' values; where one is empty, it reads as if it had never been there.

    "Hi, {name}!" without a name is "Hi!", and "{name}, welcome" is "Welcome". language: the text's.
    """
    without_turns = _TURNING.sub("", text)
    kept = _VARIABLE.sub(lambda found: f"{{{found[1]}}}" if values.get(found[1]) else _MISSING, without_turns)
    tidy = _IN_BRACKETS.sub("", kept)
    tidy = _BEGINS.sub(lambda found: found[1] + _capital(found[2], language), tidy)
    tidy = _INSIDE.sub("", tidy)
    return _VARIABLE.sub(lambda found: values[found[1]], tidy).strip()


def _capital(letter: str, language: str) -> str:
    return "İ" if letter == "i" and language == "tr" else letter.upper()


def _problems_of_language(field: str, texts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    known = {str(name): variables for name, variables in VARIABLES.items()}
    for name, text in texts.items():
        if name not in known:
            problem = f"There is no text of this name. There are: {', '.join(known)}."
        elif not isinstance(text, str):
            problem = "A text is a string."
        else:
            problem = problem_of(text, known[name])
        if problem:
            yield f"{field}.{name[:64]}", problem


def problem_of(text: str, allowed: tuple[str, ...], longest: int = LONGEST) -> str:
    """What is wrong with one text; '' where it can be filled."""
    if len(text) > longest:
        return f"The text has {len(text)} characters; {longest} are allowed."
    variables = f"Variables allowed here: {', '.join(f'{{{name}}}' for name in allowed)}."
    if set("{}") & set(_VARIABLE.sub("", text)):
        return f"A brace stands alone: each {{ needs its }}. {variables}"
    unknown = next((name for name in _VARIABLE.findall(text) if name not in allowed), None)
    return "" if unknown is None else f"{{{unknown[:64]}}} can't be filled in here. {variables}"
