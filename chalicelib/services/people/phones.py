"""Phone numbers as one spelling, by Google's phonenumbers, which costs 80 ms to load: only where needed."""

import re
from typing import TYPE_CHECKING, Final

from chalicelib.domain.people import Person
from chalicelib.ports.threads import ThreadStore

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_LONGEST: Final = 64
# Chats show Brazilian mobile numbers as they were before 2016, Mexican ones as they were before 2019.
_OLD_BRAZIL: Final = re.compile(r"([1-9][0-9])([6-9][0-9]{7})", re.ASCII)
_OLD_MEXICO: Final = re.compile(r"1([0-9]{10})", re.ASCII)
_BRAZIL: Final = 55
_MEXICO: Final = 52


def normal_phone(text: str, country: str = "") -> str | None:
    """E.164 digits without the `+`, as addresses keep them; None when it is no phone number.

    country: two letters; what a number without `+` is read in. Without a country such a number is no number.
    """
    import phonenumbers

    if len(text) > _LONGEST:
        return None
    try:
        number = phonenumbers.parse(text, country.upper() or None)
    except phonenumbers.NumberParseException:
        return None
    number = _modern(number)
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)).removeprefix("+")


def _modern(number: "PhoneNumber") -> "PhoneNumber":
    """The ninth digit that Brazil put before mobile numbers; without the 1 that Mexico took away."""
    import phonenumbers

    said = phonenumbers.national_significant_number(number)
    now = said
    if number.country_code == _BRAZIL:
        now = _OLD_BRAZIL.sub(r"\g<1>9\g<2>", said) if _OLD_BRAZIL.fullmatch(said) else said
    if number.country_code == _MEXICO:
        now = _OLD_MEXICO.sub(r"\1", said) if _OLD_MEXICO.fullmatch(said) else said
    if now == said:
        return number
    return phonenumbers.parse(f"+{number.country_code}{now}")


def phone_in_use(person: Person, threads: ThreadStore) -> str | None:
    """The number of a shopper; of several, the one that their latest words came from."""
    phones = sorted(place.address.value for place in person.places if place.address.kind == "phone")
    if len(phones) > 1:
        read = (threads.thread(person.merchant_id, thread_id) for thread_id in person.threads)
        written = [one for one in read if one is not None and one.wire.kind == "phone" and one.spoken_at]
        latest = max(written, key=lambda one: (one.spoken_at, one.thread_id), default=None)
        phones = [latest.wire.value] if latest else phones
    return normal_phone(f"+{phones[0]}") if phones else None
