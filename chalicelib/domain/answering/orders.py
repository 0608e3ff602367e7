"""What a message says of an order: whether it asks where one is, and by which number; an e-mail and digits
that may prove whose it is.

Strict as to numbers: a price, a date, a phone or a courier's number is no order's. A wrong one would send
the shopper looking for the order of somebody else.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, Literal
from unicodedata import category, decimal, normalize

from chalicelib.domain.answering import order_words
from chalicelib.domain.answering.understood import Call, Complaint
from chalicelib.domain.commerce.orders import plain_number

OrderWish = Literal["order", "return", "other"]

LONGEST: Final = 40  # letters of a number
_READ: Final = 600
_MOST_DIGITS: Final = 11  # of a number without letters that nothing marks: couriers' are longer
_MARKS: Final = frozenset(map(chr, range(0x300, 0x370)))
_LETTERS: Final = str.maketrans("ıłøđ\u200b\u200e\u200f", "ilod   ")
_EMAIL: Final = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
# As it stands in a text: what a shop writes before the digits, the digits, and what follows them.
_CODE: Final = r"(?:[a-z]{1,5}[-/_]?)?\d{2,}(?:[-/_]?[a-z0-9]{1,6})?"
_NOISE: Final = re.compile(
    r"""\S*://\S*|\bwww\.\S*|[\w.+%-]+@[\w-]+(?:\.[\w-]+)+     # links, e-mails
    |(?<!\w)\d{4}-\d\d?-\d\d?(?!\w)|(?<!\w)\d\d?[./]\d\d?(?:[./](?:\d{4}|\d\d)?)?(?![\w])   # dates
    |(?<!\w)\d\d?:\d\d(?!\w)                                   # times of day
    |\+\s?\d[\d\s()-]{6,}\d                                    # telephone numbers
    |(?<![\w#-])0\d{1,3}(?:[\s.-]\d{2,4}){2,}(?!\w)
    |[$€£₽₸₺₹¥₴]\s?\d[\d\s.,]*                                 # prices
    |(?<!\w)\d[\d.,]*\s?(?:[$€£₽₸₺₹¥₴%]|(?:usd|eur|euros?|lei|ron|mdl|tl|try|руб\w*|тг|тенге|грн|uah|kzt|rub
       |pesos?|reais|rp|rb|ribu|rupees?|rs|rupiah|dollars?|元|块|ريال|درهم|جنيه|reais)(?!\w))
    |(?<!\w)\d+\s?(?:(?:pieces|pcs|items|шт\w*|adet|buc\w*|дана|unidades|stuck|pieces|lusin|pics?|cm|mm|kg|кг|см|мл|ml)
       (?!\w)|个|件|双|天|قطع)
    |(?<!\w)(?:rp|rs|r\$|usd|eur)\.?\s?\d[\d.,]*""",
    re.VERBOSE,
)
# "I want to order 100": no noun.
_ORDERING: Final = re.compile(r"\b(?:to|i|we|can|could|ll|pre)\W$")
# A courier's own, wherever it stands.
_COURIERS: Final = re.compile(r"1z\w{10,}|[a-z]{2}\d{9}[a-z]{2}|\d{13,}")


def wish_of(text: str, call: Call, complaint: Complaint | Literal[""]) -> OrderWish:
    """call, complaint: what its words are otherwise understood as. A complaint that it has not come asks
    where it is, too; one about what came does not."""
    read = folded(text)
    if _pattern("RETURNS").search(read):
        return "return"
    is_another = _pattern("MATTERS").search(read) and not _pattern("WHENS").search(read)
    if is_another or _pattern("CANCELS").search(read):
        return "other"
    if call == "order" or (call == "complaint" and complaint == "late"):
        return "order"
    return "order" if call == "words" and _asks_after(read) else "other"


def call_about(text: str, call: Call) -> Call:
    """`order` where only the words about orders are sure of it; `words` for one that is to be taken back or
    cancelled, which no state answers."""
    if call not in ("order", "words"):
        return call
    wish = wish_of(text, call, "")
    if wish == "order":
        return "order"
    return "words" if call == "order" else call


def order_number_in(text: str, *, is_asked_for: bool = False) -> str:
    """An order's number as `plain_number` spells it, '' where none is sure. is_asked_for: we have asked for
    it, and a number that stands alone is one."""
    numbers = numbers_in(text)
    if numbers:
        return numbers[0]
    bare = bare_codes(text) if is_asked_for else []
    return bare[0] if bare else ""


def numbers_in(text: str) -> list[str]:
    """Those that are marked as an order's, the surest first."""
    read = _NOISE.sub(" ; ", folded(text))
    found: list[str] = []
    for pattern in _marked():
        found += (plain_number(one["code"]) for one in pattern.finditer(read) if _is_number(one, read))
    return [one for one in dict.fromkeys(found) if one]


def bare_codes(text: str) -> list[str]:
    """All that may be an order's number or a postcode, in small letters and digits alone, as they stand:
    what is written in two short halves (`SW1A 1AA`) as one."""
    read = _NOISE.sub(" ; ", folded(text))
    halves = re.compile(
        r"(?<![0-9a-z])(?:[a-z]{1,2}\d[a-z0-9]?\s\d[a-z]{2}|[a-z]\d[a-z]\s\d[a-z]\d|\d{3}\s\d{2}|"
        + _CODE
        + r")(?![0-9a-z])"
    )
    told = (plain_number(one[0]) for one in halves.finditer(read) if not _COURIERS.fullmatch(one[0]))
    return [one for one in dict.fromkeys(told) if _is_code(one)]


def proving_codes(text: str, most_words: int) -> list[str]:
    """Those of `bare_codes` that are said to be a postcode, or stand for themselves, with no more words than
    this: in a longer sentence they are prices, sizes and years."""
    stands_alone = len(text.split()) <= most_words
    return bare_codes(text) if stands_alone or _pattern("POSTCODES").search(folded(text)) else []


def _is_code(told: str) -> bool:
    """No size, age or count: three digits, or two among letters."""
    digits = sum(map(str.isdigit, told))
    return (digits >= 3 or (digits == 2 and len(told) >= 5)) and len(told) <= LONGEST


def emails_in(text: str) -> list[str]:
    """In small letters."""
    return list(dict.fromkeys(one[0].casefold() for one in _EMAIL.finditer(normalize("NFKC", text[:_READ]))))


def folded(text: str) -> str:
    """Small letters without marks, digits of every script as ours."""
    return _folded(text[:_READ])


def _folded(text: str) -> str:
    text = text.replace("№", "#")  # which would become letters
    plain = normalize("NFKC", "".join(filter(_is_seen, normalize("NFKD", text))))
    return "".join(map(_digit, plain.casefold().translate(_LETTERS)))


def _is_seen(letter: str) -> bool:
    return letter not in _MARKS


def _digit(letter: str) -> str:
    return letter if letter.isascii() or category(letter) != "Nd" else str(decimal(letter))


def _asks_after(read: str) -> bool:
    """Of an order, or of what they have bought."""
    is_named = any(_pattern(name).search(read) for name in ("NOUNS", "DELIVERIES", "BOUGHT"))
    return is_named and _pattern("STANDING").search(read) is not None


def _is_number(found: re.Match[str], read: str) -> bool:
    """Not a courier's, nor a phone's; a sign before it makes sure of the rest."""
    code = found["code"]
    if _COURIERS.fullmatch(code) or len(code) > LONGEST:
        return False
    if found.re is _marked()[0]:
        return not _pattern("NO_ORDER_BEFORE").search(read[: found.start()])
    digits = sum(map(str.isdigit, code))
    least = 3 if code.isdigit() else 2
    is_phone = found.re is _marked()[2] and digits > 8
    before = read[: found.start("code")]
    is_verb = _ORDERING.search(read[: found.start()]) is not None and found.re is _marked()[1]
    is_other = is_phone or is_verb or _pattern("NO_ORDER_BEFORE").search(before) is not None
    return least <= digits <= _MOST_DIGITS and not is_other


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Compiled when the first text asks for it. Alphabets without spaces have no word's edge."""
    source = order_words.NO_ORDER if name == "NO_ORDER_BEFORE" else getattr(order_words, name)
    end = rf"[\s:.]*(?:(?:{_one_line(order_words.NUMBER_WORDS)}|{_one_line(order_words.LINKS)})[\s:.]*)*$"
    return re.compile(_worded(source) + (end if name == "NO_ORDER_BEFORE" else ""))


@cache
def _marked() -> Sequence[re.Pattern[str]]:
    """Surest first: after a sign, beside an order, after the word for number, alone at an end."""
    code, noun = rf"(?<![0-9a-z])(?P<code>{_CODE})(?![0-9a-z])", _worded(order_words.NOUNS)
    number, links = _worded(order_words.NUMBER_WORDS), _worded(order_words.LINKS)
    between = rf"(?:[\s:.,#()!?=\"'’-]|{number}|{links})"
    return (
        re.compile(r"(?:#|\bn[°º])\s?(?P<code>(?:[a-z]{1,5}[-/_]?)?\d+(?:[-/_]?[a-z0-9]+)?)(?![0-9a-z])"),
        re.compile(rf"{noun}{between}{{0,8}}?(?:[^\W\d_]{{2,4}}\s)?{between}{{0,4}}?{code}"),
        re.compile(rf"(?:{number}){between}{{0,6}}{code}"),
        re.compile(rf"{code}(?:[\s.-]|{number}){{1,4}}{noun}"),
        re.compile(rf"^\s*{code}(?=\s*[,;.?!\n]|\s+(?:\S+\s+){{0,2}}{noun})"),
        re.compile(rf"{noun}.*?\W{code}[\s.?!]*$", re.DOTALL),
    )


def _worded(words: str) -> str:
    """Whole words in what is written with spaces, any place in what is not."""
    return rf"(?:(?<![^\W\d_])(?:{_one_line(words)})(?![^\W\d_])|(?:{_eastern(words)}))"


@cache
def _one_line(words: str) -> str:
    """The pieces as the texts are folded."""
    return "".join(_folded(words).split())


def _eastern(words: str) -> str:
    listed = (one for one in _one_line(words).split("|") if one and min(one) >= "\u3040")
    return "|".join(listed) or r"(?!)"
