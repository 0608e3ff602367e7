"""What shoppers of all shops ask about, in the fourteen languages: different words for the same thing.

A word stands for all that begin with it; one with `=` for itself alone. `_` joins words that stand next to
each other. Chinese is found wherever it stands.
"""

from collections.abc import Mapping
from itertools import chain
from typing import Final

from chalicelib.domain.faq import (
    cyrillic_service_words,
    eastern_service_words,
    eastern_trade_words,
    everyday_trade_words,
    neighbours_trade_words,
    romance_service_words,
    western_service_words,
    western_trade_words,
)

# Words on which a question turns: who returns what was delivered asks for no delivery.
TURNING: Final = frozenset(
    {
        "return",
        "refund",
        "exchange",
        "cancel",
        "damaged",
        "late",
        "lost",
        "wrong",
        "change",
        "repair",
        "status",
    }
)
# Never the same as a word that only looks like it: "shipped" is no "shipping".
APART: Final = TURNING | {"sent", "reserve"}
# What is asked about a thing: alone it names none. "The price?" asks for no delivery's.
ASPECTS: Final = frozenset(
    {
        "price",
        "duration",
        "free",
        "place",
        "order",
        "thing",
        "parcel",
        "status",
        "change",
        "contact",
        "day",
        "today",
        "city",
    }
)
# Who asks for a kind of something asks for that as well.
KIND_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "card": ("pay",),
    "cash": ("pay",),
    "installment": ("pay",),
    "wallet": ("pay",),
    "deposit": ("pay",),
    "free": ("price",),
    "freight": ("delivery", "price"),
    "carrier": ("delivery",),
    "today": ("soon",),
    "soon": ("duration",),
    "city": ("region",),
    "place_name": ("region", "abroad", "city"),
    "note": ("gift",),
}
# Beside these a number names no thing.
COUNTED: Final = frozenset({"kids", "hours", "duration", "rent", "installment", "least", "day"})
# What an article may be about though nothing else is named, where somebody asks.
ASKED_ALONE: Final = frozenset({"place"})
# Said around every question.
ALL_AROUND: Final = frozenset({"order", "thing", "day"})
# In a way to ask that has the latter, the former says no more: the hours of a shop are asked for without it.
GOES_WITHOUT: Final = {"place": "hours"}
# By language, a line for each meaning; where two say different things, the first.
WORDS: Final = tuple(
    chain.from_iterable(
        one.WORDS.items()
        for one in (
            western_trade_words,
            eastern_trade_words,
            everyday_trade_words,
            western_service_words,
            romance_service_words,
            cyrillic_service_words,
            eastern_service_words,
            neighbours_trade_words,
        )
    )
)
