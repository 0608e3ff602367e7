"""News of a return in words.

Babel costs 70 ms to load, so that it is imported where it is needed.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from chalicelib.domain.commerce.returns import Return, ReturnRules, ReturnState
from chalicelib.domain.merchants import Shop
from chalicelib.domain.texts.isolation import apart, one_line
from chalicelib.domain.texts.return_sentences import ReturnTexts, return_texts

# What a message begins with, to be told apart at a glance.
_SIGNS: Final[Mapping[ReturnState, str]] = {
    "requested": "↩️",
    "approved": "👍",
    "received": "📦",
    "refunded": "💶",
    "declined": "✖️",
    "withdrawn": "✖️",
}
_MOST_LINES: Final = 5


def return_text(one: Return, rules: ReturnRules, shop: Shop, language: str, words: str = "") -> str:
    """What it has come to. language: one of ours. words: what the shop says of this one; '' for what it says
    of all. The label's address stands alone at its line's end, without isolates: phones would make those
    part of the link."""
    texts = return_texts(language, shop.tone)
    number = one_line(one.number)
    head = texts.order.format(number=apart(number, language)) if number else texts.alone
    lines = [f"{_SIGNS[one.state]} {head}", *_lines(one, language), _sentence(one, texts, language)]
    facts = list(_facts(one, rules, texts, [language, *shop.languages], words))
    return "\n\n".join(["\n".join(lines), *facts])


def _lines(one: Return, language: str) -> Iterator[str]:
    for line in one.lines[:_MOST_LINES]:
        if title := one_line(line.title):
            yield f"{line.quantity} × {apart(title, language)}"
    if len(one.lines) > _MOST_LINES:
        yield "…"


def _sentence(one: Return, texts: ReturnTexts, language: str) -> str:
    if one.state != "refunded":
        return str(getattr(texts, one.state))
    if not one.amount or not one.currency:
        return texts.refunded_alone
    from babel.numbers import format_currency

    amount = format_currency(one.amount, one.currency, locale=language)
    return texts.refunded.format(amount=apart(amount.replace("\xa0", " ").replace("\u202f", " "), language))


def _facts(
    one: Return, rules: ReturnRules, texts: ReturnTexts, languages: list[str], words: str
) -> Iterator[str]:
    """How it goes back is told with the approval; what the shop says of this one always is."""
    if one.state != "approved":
        if words:
            yield words
        return
    told = (words or in_language(rules.instructions, languages), in_language(rules.cost, languages))
    yield from filter(None, told)
    if label := one.label_url or rules.label_url:
        yield texts.label.format(url=label)


def in_language(words: Mapping[str, str], languages: list[str]) -> str:
    """In the first of the languages that has some, else in any: those of another say more than none."""
    wanted = (words[one] for one in [*languages, *sorted(words)] if words.get(one))
    return next(wanted, "")
