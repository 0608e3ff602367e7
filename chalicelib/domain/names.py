"""How to greet a shopper by the name on their profile, or not to."""

import re
import unicodedata
from itertools import takewhile
from typing import Final

LONGEST: Final = 30
_READ: Final = 200


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_JOINERS: Final = frozenset("\u200c\u200d")  # shape Persian and Indic words, between letters only
# Invisible letters, and the stroke that only stretches an Arabic word.
_BLANK: Final = frozenset("\u034f\u0640\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_IN_NAMES: Final = "'’-\u2010\u2011·・."
_IN_HANDLES: Final = "_@:/"
_MARKS_IN_A_ROW: Final = 3
# Chinese, Japanese and Korean names: the family name comes first, often without a space.
_WHOLE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U000323af·]+")
_LONE_KANA: Final = re.compile(r"[\u3040-\u30ff]")  # a smile, when it stands alone
_TITLES: Final = _words(
    "mr mrs ms miss mx sir dr prof ing dl dna sr sra srta herr frau bay bayan bapak ibu pak bu г-н г-жа д-р "
    "shri smt श्री श्रीमती डॉ د أ م السيد السيدة"
)
# No name without the word that follows.
_PREFIXES: Final = _words("abd abdul abdel abdal abou abu umm عبد أبو ابو أم ام")
# What platforms and idle hands put where a name should be.
_NOBODY: Final = _words(
    "facebook instagram whatsapp telegram messenger user admin guest customer client deleted account unknown "
    "anonymous null none undefined test shop store official the"
)


def greeting_name(profile_name: str) -> str:
    """The first name as its owner writes it, or '' where there is none to greet with.

    '' for emoji, punctuation, digits, handles, links, initials and placeholders. Hyphenated names stay
    together; Chinese, Japanese and Korean ones stay whole. Never longer than `LONGEST`, never with a control
    or direction character.
    """
    shown = unicodedata.normalize("NFKC", _without_ornaments(profile_name[:_READ]))
    words = [word.strip(_IN_NAMES) for word in shown.replace("\u2010", "-").split()]
    words = [word for word in words if _has_letter(word) and not _LONE_KANA.fullmatch(word)]
    while len(words) > 1 and words[0].casefold() in _TITLES:
        words.pop(0)
    name = _first_name(words)
    return name if _is_name(name) else ""


def _without_ornaments(text: str) -> str:
    """Letters, marks, digits and what stands in names, handles and links; a space for any other sign."""
    kept: list[str] = []
    marks = 0
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        kind = unicodedata.category(char)
        marks = marks + 1 if kind == "Mn" else 0
        if char.isspace():
            kept.append(" ")
        elif char in _BLANK or kind[0] == "C":
            kept.append(char if char in _JOINERS and _is_letter(before) and _is_letter(after) else "")
        elif kind[0] == "M":
            is_selector = "VARIATION SELECTOR" in unicodedata.name(char, "")
            kept.append("" if is_selector or kind == "Me" or marks > _MARKS_IN_A_ROW else char)
        else:
            kept.append(char if kind[0] in "LN" or char in _IN_NAMES or char in _IN_HANDLES else " ")
    return "".join(kept)


def _first_name(words: list[str]) -> str:
    whole = list(takewhile(_WHOLE.fullmatch, words))
    if whole:
        return " ".join(whole)
    if len(words) > 1 and words[0].casefold() in _PREFIXES:
        return " ".join(words[:2])
    return words[0] if words else ""


def _is_name(name: str) -> bool:
    if not name or len(name) > LONGEST or name.casefold() in _NOBODY:
        return False
    if any(char == "." or char in _IN_HANDLES or unicodedata.category(char)[0] == "N" for char in name):
        return False
    return len(name) > 1 or _WHOLE.fullmatch(name) is not None


def _has_letter(word: str) -> bool:
    return any(unicodedata.category(char)[0] == "L" for char in word)


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM"
