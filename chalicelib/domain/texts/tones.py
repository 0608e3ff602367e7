"""Friendly or polite: how a language speaks when the shop did not say."""

from typing import Final, Literal

Tone = Literal["friendly", "polite"]
# Where a shop that says "you" as to a friend may offend.
POLITE_AS_A_RULE: Final = frozenset({"tr", "ru", "kk", "uk", "de", "hi"})


def tone_of(language: str, tone: str | None) -> Tone:
    """The shop's `tone` setting if it is one, else what is usual in the language."""
    if tone == "friendly":
        return "friendly"
    return "polite" if tone == "polite" or language in POLITE_AS_A_RULE else "friendly"
