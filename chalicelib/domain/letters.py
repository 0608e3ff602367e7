"""Where a text may be cut without breaking what people see as one letter.

After the rules for extended grapheme clusters of unicode.org/reports/tr29, as far as the standard library
knows the properties that they name; where it does not, letters are rather kept together.
"""

from collections.abc import Iterator
from typing import Final
from unicodedata import bidirectional, category, combining

_JOINER: Final = "\u200d"
# Belong to what stands before them, whatever their category says: the non-joiner, the vowels of Thai and Lao
# that are letters by name, halfwidth voicing marks.
_EXTENDING: Final = frozenset("\u200c\u0e33\u0eb3\uff9e\uff9f")
# Belong to what stands after them: Arabic and Syriac number signs and their like, Indic letters of this kind.
_LEADING: Final = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e"
    "\U000110bd\U000110cd\U000111c2\U000111c3"
)
_VIRAMA: Final = 9
# What opens a stretch of its own direction, and what closes it.
_ISOLATES: Final = frozenset("\u2066\u2067\u2068")
_EMBEDDINGS: Final = frozenset("\u202a\u202b\u202d\u202e")
_CLOSING: Final = {"\u2069": _ISOLATES, "\u202c": _EMBEDDINGS}


def letter_starts(text: str) -> Iterator[int]:
    """The places where a letter begins, but for the first: each is a place to cut."""
    flags = 0  # regional indicators in a row: two make a flag
    for place in range(1, len(text)):
        before, after = text[place - 1], text[place]
        flags = flags + 1 if _is_flag_half(before) else 0
        if _is_flag_half(after) and flags % 2:
            continue
        if not _belong_together(before, after):
            yield place


def one_way_stretches(text: str) -> Iterator[tuple[int, int]]:
    """First and last place inside each stretch that has a direction of its own: a cut there would let what
    follows flow the other way. A stretch ends with its paragraph; one that nobody closes is none."""
    opened: list[int] = []
    for place, letter in enumerate(text):
        if bidirectional(letter) == "B":
            opened.clear()
        elif letter in _ISOLATES or letter in _EMBEDDINGS:
            opened.append(place)
        elif letter in _CLOSING:
            start = _opening(text, opened, _CLOSING[letter])
            if start is not None:
                yield start + 1, place


def _opening(text: str, opened: list[int], openers: frozenset[str]) -> int | None:
    """Take off the stack down to what this closes; nothing when it closes nothing."""
    for depth in range(len(opened) - 1, -1, -1):
        if text[opened[depth]] in openers:
            start = opened[depth]
            del opened[depth:]
            return start
    return None


def _belong_together(before: str, after: str) -> bool:
    if before == "\r" and after == "\n":
        return True
    if "\ud800" <= before <= "\udbff":  # half of a pair, which only a broken text holds
        return "\udc00" <= after <= "\udfff"
    if category(before) in ("Cc", "Zl", "Zp") or category(after) in ("Cc", "Zl", "Zp"):
        return False
    if _extends(after) or before in _LEADING:
        return True
    if before == _JOINER or combining(before) == _VIRAMA:
        return not after.isspace()
    return _is_one_syllable(before, after)


def _extends(letter: str) -> bool:
    is_mark = category(letter) in ("Mn", "Me", "Mc")
    is_tone = "\U0001f3fb" <= letter <= "\U0001f3ff"
    is_tag = "\U000e0020" <= letter <= "\U000e007f"
    return is_mark or is_tone or is_tag or letter == _JOINER or letter in _EXTENDING


def _is_flag_half(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _is_one_syllable(before: str, after: str) -> bool:
    """Korean: what may follow within a syllable."""
    follows = {"L": ("L", "V", "LV", "LVT"), "V": ("V", "T"), "LV": ("V", "T"), "T": ("T",), "LVT": ("T",)}
    return _jamo(after) in follows.get(_jamo(before), ())


def _jamo(letter: str) -> str:
    if "\uac00" <= letter <= "\ud7a3":
        return "LVT" if (ord(letter) - 0xAC00) % 28 else "LV"
    for kind, spans in _JAMO.items():
        if any(first <= letter <= last for first, last in spans):
            return kind
    return ""


_JAMO: Final = {
    "L": (("\u1100", "\u115f"), ("\ua960", "\ua97c")),
    "V": (("\u1160", "\u11a7"), ("\ud7b0", "\ud7c6")),
    "T": (("\u11a8", "\u11ff"), ("\ud7cb", "\ud7fb")),
}
