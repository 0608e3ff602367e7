"""The languages that we answer in, and which one a shopper reads."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from chalicelib.domain import language_words as words

LANGUAGES: Final = ("en", "ru", "ro", "ar", "tr", "zh", "kk", "uk", "es", "pt", "fr", "de", "hi", "id")
DEFAULT: Final = "en"

_ALIASES: Final = {
    "in": "id",
    "mo": "ro",
    "cmn": "zh",
    "yue": "zh",
}  # retired codes, and Chinese by its kinds
_NOISE: Final = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#][\w.]+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\u093c-\u094d\u0900-\u0903]+[^\W\d_]*)*")
_SCRIPTS: Final = (
    ("arabic", re.compile("[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")),
    ("devanagari", re.compile("[\u0900-\u097f]")),
    ("han", re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("japanese", re.compile("[\u3040-\u30ff]")),
    ("cyrillic", re.compile("[\u0400-\u052f]")),
    ("latin", re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
)
_A_WORD_EACH: Final = frozenset({"han", "japanese"})
_READ: Final = 1000  # characters of a message that are looked at
_MOST_ACCEPTED: Final = 20
_QUALITY: Final = re.compile(r"q=([01](?:\.\d{0,3})?)")


def from_hint(hint: str) -> str:
    """Our code for a channel's locale (`pt-BR`, `zh-hans`, `ro_RO`, `in`), '' for none of ours."""
    code = re.split(r"[-_.@ ]", hint.strip().lower(), maxsplit=1)[0]
    code = _ALIASES.get(code, code)
    return code if code in LANGUAGES else ""


def choose(hint: str, text: str, known: str, shop_languages: Sequence[str]) -> str:
    """The language to answer in: the first of these that says something.

    1. the channel's hint, whether the shop speaks it or not; 2. the text, where it is clear, guessed only
    among the shop's languages (none set: all); 3. what is known of the shopper: people switch, so what they
    write now comes before it; 4. the shop's first language; 5. English.
    """
    spoken = [code for code in map(from_hint, shop_languages) if code]
    return (
        from_hint(hint) or guess(text, spoken or LANGUAGES) or from_hint(known) or next(iter(spoken), DEFAULT)
    )


def accepted(header: str) -> list[str]:
    """Our codes in a header Accept-Language, the most welcome first; `*` and what is refused are left out.

    Source: www.rfc-editor.org/rfc/rfc9110#name-accept-language
    """
    ranked: list[tuple[float, str]] = []
    for part in header[:1000].split(",")[:_MOST_ACCEPTED]:
        code, _, weight = part.partition(";")
        quality = _QUALITY.fullmatch(weight.strip()) if weight.strip() else None
        ranked.append((float(quality[1]) if quality else 1.0, from_hint(code)))
    return [code for quality, code in sorted(ranked, key=lambda pair: -pair[0]) if code and quality]


def guess(text: str, among: Collection[str]) -> str:
    """The language that a text is clearly written in, one of `among`; else ''."""
    bare = _NOISE.sub(" ", unicodedata.normalize("NFC", text[:_READ]).lower())
    script = _script(bare)
    if script == "latin":
        return _latin(bare, [code for code in among if code in words.LATIN])
    code = ""
    if script == "arabic":
        code = "" if words.NOT_OURS_ARABIC & set(bare) else "ar"
    elif script == "devanagari":
        code = "" if words.NOT_OURS_DEVANAGARI & set(_WORD.findall(bare)) or "ळ" in bare else "hi"
    elif script == "han":
        code = "zh"
    elif script == "cyrillic":
        code = _cyrillic(bare)
    return code if code in among else ""


def _script(text: str) -> str:
    """The script that carries the text. Brands are Latin everywhere: a quarter in another is enough."""
    found = Counter({name: len(pattern.findall(text)) for name, pattern in _SCRIPTS})
    for name in _A_WORD_EACH:
        found[name] *= 4
    latin = found.pop("latin")
    name, letters = found.most_common(1)[0]
    if found["japanese"]:
        return "japanese"  # written with Han characters too
    if letters and letters * 3 >= latin:
        return name
    return "latin" if latin else ""


def _cyrillic(text: str) -> str:
    """Letters decide where they can, then words; a text that shows nothing else is Russian."""
    letters = set(text)
    if letters & words.NOT_OURS_CYRILLIC:
        return ""
    hits = _hits(_WORD.findall(text), words.CYRILLIC)
    if letters & words.KAZAKH:
        return "kk"
    if letters & words.KAZAKH_AND_KYRGYZ:
        return "kk" if "і" in letters or hits["kk"] > hits["ky"] else ""
    if letters & words.UKRAINIAN:
        return "uk"
    if "і" in letters:
        return "kk" if letters & words.NEVER_UKRAINIAN or hits["kk"] > hits["uk"] else "uk"
    best, score = _ranked(hits)[0]
    if score <= hits["ru"] or (best == "uk" and letters & words.NEVER_UKRAINIAN):
        return "ru"
    return best if best in LANGUAGES else ""


def _latin(text: str, among: Sequence[str]) -> str:
    """The best score by words and letters, if it is clearly ahead and enough of the text speaks for it."""
    tokens = [token for token in _WORD.findall(text) if len(token) > 1 or token in "yoe"]
    rivals = {code: words.LATIN[code] for code in words.LATIN if code in among or code not in LANGUAGES}
    scores = _hits([_folded(token) for token in tokens], rivals)
    for code in rivals:
        scores[code] += _spelling(tokens, code)
    (best, score), (_, second), *_ = _ranked(scores)
    is_clear = score >= max(0.9, 0.2 * len(tokens)) and score >= 1.4 * second
    return best if is_clear and best in among else ""


def _hits(tokens: Iterable[str], lists: Mapping[str, frozenset[str]]) -> dict[str, float]:
    """Points for each language's words; a word that several have is shared out."""
    scores = dict.fromkeys(lists, 0.0)
    for token in tokens:
        speakers = [code for code, known in lists.items() if token in known]
        for code in speakers:
            scores[code] += 1 / len(speakers)
    return scores


def _ranked(scores: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(scores.items(), key=lambda pair: -pair[1])


def _spelling(tokens: Iterable[str], code: str) -> float:
    """Half a point for a word with marked letters of the language, a point less for one with others."""
    own = words.LATIN_LETTERS.get(code, frozenset())
    marked = [set(token) - _PLAIN for token in tokens]
    return sum(0.5 if letters <= own else -1.0 for letters in marked if letters)


def _folded(token: str) -> str:
    plain = unicodedata.normalize("NFD", token.replace("ı", "i").replace("ß", "ss"))
    return "".join(char for char in plain if not unicodedata.combining(char))


_PLAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz\u0307")
