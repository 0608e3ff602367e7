"""Lists of words as they are compared: folded, and without what some keyboards lack."""

from collections.abc import Mapping
from typing import Final

from chalicelib.domain.consent.words import plain

# Who writes Kazakh on a Russian keyboard has none of these letters.
KAZAKH: Final[Mapping[int, str]] = dict(zip(map(ord, "қғңүұөәһі"), "кгнууоахи", strict=True))


class Folding(dict[int, str]):
    """For `str.translate`: what `plain` makes of a letter, worked out once. Only the lists grow it.

    Letter by letter, as a cold start waits for it. kept: signs that stay as they are.
    """

    def __init__(self, kept: str) -> None:
        super().__init__({ord(sign): sign for sign in kept} | {ord("\n"): " "})

    def __missing__(self, code: int) -> str:
        self[code] = plain(f"a{chr(code)}a")[1:-1].translate(KAZAKH)
        return self[code]
