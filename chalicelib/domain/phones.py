"""One phone number, as it is spelled now and as chats still name it. Pure, and cheap to load."""

import re
from typing import Final

# Since 2016 a nine stands before mobile numbers in Brazil; since 2019 no one before those of Mexico.
_OF_BRAZIL: Final = re.compile(r"55([1-9][0-9])9?([6-9][0-9]{7})", re.ASCII)
_OF_MEXICO: Final = re.compile(r"521?([0-9]{10})", re.ASCII)


def same_numbers(phone: str) -> tuple[str, ...]:
    """E.164 digits in all spellings of the same number: chats name some as they were before."""
    other = phone
    if found := _OF_BRAZIL.fullmatch(phone):
        new, old = f"55{found[1]}9{found[2]}", f"55{found[1]}{found[2]}"
        other = old if phone == new else new
    if found := _OF_MEXICO.fullmatch(phone):
        new, old = f"52{found[1]}", f"521{found[1]}"
        other = old if phone == new else new
    return tuple(dict.fromkeys((phone, other)))
