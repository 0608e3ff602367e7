"""Whether a shopper's message is STOP or START: the whole message, in whatever language.

A word inside a sentence stops nothing ("please stop by the shop"); what comes near is for a person to read.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final, Literal
from unicodedata import category, normalize

from chalicelib.domain.consent import near_words as near
from chalicelib.domain.consent import word_lists as lists

Said = Literal["stop", "start", "unclear", ""]

MOST_WORDS: Final = 8  # of a near miss
_MOST_UNSPACED: Final = 20  # letters of a near miss in Chinese, Japanese or Korean
_READ: Final = 160
_LONG_ENOUGH: Final = 8  # letters of a stop word known in spite of a slip; shorter ones become other words
_QUESTION: Final = re.compile("[?\uff1f\u061f\u00bf]|[\u0370-\u03ff]\\s*;")  # Greek asks with a semicolon
_COMMAND: Final = re.compile(r"[\W_]*[/\uff0f]")
_BOT: Final = re.compile(r"@\w*")  # in a group a command names its bot: /stop@shop_bot
_LINK: Final = re.compile(r"://|\bwww\.", re.IGNORECASE)
_FIRST_KANA: Final = "\u3040"  # from here on: Japanese, Chinese and Korean, which need no spaces
_APOSTROPHES: Final = dict.fromkeys(map(ord, "'`\u00b4\u2018\u2019\u02bb\u02bc\u02b9\u2032"))
# Marks above and below that people leave out; those of Indic scripts, Thai and kana are letters and stay.
_MARKS: Final = frozenset(
    chain(
        range(0x300, 0x370),
        range(0x591, 0x5BE),
        range(0x5BF, 0x5C8),
        range(0x610, 0x61B),
        range(0x64B, 0x660),
        range(0x6D6, 0x6EE),
        range(0xFE00, 0xFE10),
        (0x670, 0x93C),
    )
)
# Letters that keyboards and habits exchange; the stroke that only stretches an Arabic word goes.
_ALIKE: Final = dict(zip("ıəđłøىةیک", "iedloيهيك", strict=True)) | {"\u0640": "", "@": "@"}


class _Folding(dict[int, str]):
    """For `str.translate`: letters, digits and @ stay, marks and invisible ones go, all else is a space.

    What is not written down here is worked out each time, so that no text makes it grow.
    """

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _ALIKE:
            return _ALIKE[char]
        kind = category(char)
        if kind == "Cf" or code in _MARKS:
            return ""
        return char if kind[0] in "LMN" else " "


_COMMON: Final = chain(range(0x180), range(0x400, 0x460), range(0x620, 0x650))  # Latin, Cyrillic, Arabic
_FOLDING: Final = _Folding({code: _Folding().__missing__(code) for code in _COMMON})


def plain(text: str) -> str:
    """Words as they are compared: no capitals, marks, apostrophes or signs, one space between them."""
    unquoted = text.translate(_APOSTROPHES)
    folded = normalize("NFKD", normalize("NFKD", unquoted).casefold()).translate(_FOLDING)
    return normalize("NFC", " ".join(folded.split()))


def _entries(*texts: str) -> frozenset[str]:
    """All folded at once, as every cold start waits for it: @ outlives folding, and no entry holds one."""
    return frozenset(plain(" @ ".join(texts).replace("|", " @ ")).split(" @ "))


def _joined(entries: Iterable[str]) -> frozenset[str]:
    """The entries that people write with and without spaces."""
    return frozenset(entry.replace(" ", "") for entry in entries if max(entry) >= _FIRST_KANA)


def _by_first_word(phrases: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for phrase in sorted(phrases):
        first = phrase.partition(" ")[0]
        found[first] = (*found.get(first, ()), f" {phrase} ")
    return found


def _shortened(word: str) -> list[str]:
    """The word without one of its letters: two words that share such a rest are a single slip apart."""
    return [word[:place] + word[place + 1 :] for place in range(len(word))]


STOP_WORDS: Final = _entries(*lists.STOP.values())
START_WORDS: Final = _entries(*lists.START.values())
_STOP_UNSPACED: Final = _joined(STOP_WORDS)
_START_UNSPACED: Final = _joined(START_WORDS)
_STRONG: Final = STOP_WORDS - _entries(lists.WEAK)
_NEAR: Final = _entries(near.WHOLE, near.SLIPS)
_PHRASES: Final = _by_first_word(_entries(*near.PHRASES))
_STEMS: Final = tuple(sorted(_entries(near.STEMS)))
_NEAR_UNSPACED: Final = tuple(sorted(_joined(_entries(near.UNSPACED))))
_AROUND: Final = frozenset(plain(near.AROUND).split())
_SINGLE: Final = frozenset(word for word in _STRONG if len(word) >= _LONG_ENOUGH and " " not in word)
_NO_SLIPS: Final = START_WORDS | _entries(near.NO_SLIPS)
_SLIPS: Final = frozenset(chain.from_iterable([word, *_shortened(word)] for word in _SINGLE))


def said(text: str, is_command: bool = False) -> Said:
    """`stop` or `start` where the whole message says so; `unclear` where a person should look; else ''.

    Capitals, marks, emoji and punctuation around and between do not count, and a word said over and over is
    one. A question never stops or starts. `/stop` is a stop; `/start` opens every thread with a Telegram bot
    and starts nothing, whatever follows it. is_command: the channel calls the text a command, slash or not.
    Source: core.telegram.org/bots/features#commands
    """
    head = text[:_READ]
    if any(map(str.isalnum, text[_READ:])) or _LINK.search(head):
        return ""
    commands = is_command or _COMMAND.match(head) is not None
    words = plain(_BOT.sub("", head) if commands else head).split()
    if not words or (commands and words[0] == "start"):
        return ""
    if len(set(words)) == 1:
        words = words[:1]
    verdict = _whole(" ".join(words))
    if verdict and not _QUESTION.search(head):
        return verdict
    return "unclear" if verdict == "stop" or _is_near(words) else ""


def _whole(words: str) -> Said:
    if words in STOP_WORDS:
        return "stop"
    if words in START_WORDS:
        return "start"
    if max(words) >= _FIRST_KANA:
        together = words.replace(" ", "")
        return "stop" if together in _STOP_UNSPACED else "start" if together in _START_UNSPACED else ""
    return ""


def _is_near(words: Sequence[str]) -> bool:
    if len(words) > MOST_WORDS:
        return False
    line = " ".join(words)
    if line in _NEAR or any(word.startswith(_STEMS) for word in words) or _has_phrase(line, words):
        return True
    core = [word for word in words if word not in _AROUND]
    return " ".join(core) in _STRONG or (len(core) == 1 and _is_slip(core[0]))


def _has_phrase(line: str, words: Sequence[str]) -> bool:
    padded = f" {line} "
    if any(phrase in padded for word in words for phrase in _PHRASES.get(word, ())):
        return True
    if max(line) < _FIRST_KANA:
        return False
    together = line.replace(" ", "")
    return len(together) <= _MOST_UNSPACED and any(entry in together for entry in _NEAR_UNSPACED)


def _is_slip(word: str) -> bool:
    """One letter too many, too few or wrong, or two exchanged, in one of the longer stop words."""
    if len(word) < _LONG_ENOUGH - 1 or word in _NO_SLIPS:
        return word in _NEAR
    return word in _SLIPS or not _SLIPS.isdisjoint(_shortened(word))
