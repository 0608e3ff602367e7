"""Names and times inside a sentence that may be written in the other direction.

Isolates: unicode.org/reports/tr9, "Explicit Directional Isolates".
"""

import re
from typing import Final

RIGHT_TO_LEFT: Final = frozenset({"ar"})

_FROM_THE_RIGHT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


def apart(inserted: str, language: str) -> str:
    """Isolated from the direction of what is around it, where the two may differ."""
    if inserted and (language in RIGHT_TO_LEFT or _FROM_THE_RIGHT.search(inserted)):
        return f"\u2068{inserted}\u2069"
    return inserted


def one_line(text: str) -> str:
    """Without breaks, and without the signs that turn around what follows."""
    return _UNSEEN.sub(" ", text).strip()
