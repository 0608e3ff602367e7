"""In which country and zones a shopper may be: by their number, else by their language, else as the shop.

By Google's phonenumbers and CLDR's zones in Babel, which cost 150 ms to load: only where needed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_REGION: Final = re.compile(r"[a-z]{2,3}(?:[-_][a-z]{4})?[-_]([a-z]{2})", re.ASCII | re.IGNORECASE)
# What phonenumbers says of codes that belong to no country.
_NOWHERE: Final = ("ZZ", "001")
_ANY_DAY: Final = datetime(2026, 1, 15, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """country: two letters, '' where nobody knows. zones: at least one; the likeliest first. heeds: further
    countries whose law may be theirs."""

    country: str
    zones: tuple[ZoneInfo, ...]
    heeds: tuple[str, ...] = ()


def whereabouts(phone: str, language_hint: str, shop_country: str, shop_zone: str) -> Whereabouts:
    """phone: E.164 digits, '' where there is none. language_hint: as the channel told it (`pt-br`).

    A number of a country with several zones may be in any of them, unless the shop is in one of them. A
    language that names a country proves nothing: it adds that country's clocks and law to the shop's.
    """
    home = ZoneInfo(shop_zone)
    by_phone = _by_phone(phone, home) if phone else None
    if by_phone is not None:
        return by_phone
    region = _REGION.fullmatch(language_hint.strip())
    named = region[1].upper() if region else ""
    if named in ("", shop_country):
        return Whereabouts(shop_country, (home,))
    zones = dict.fromkeys((home, *_zones_of(named, home)))
    return Whereabouts(shop_country or named, tuple(zones), (named,) if shop_country else ())


def _by_phone(phone: str, home: ZoneInfo) -> Whereabouts | None:
    import phonenumbers
    from phonenumbers.timezone import time_zones_for_number

    try:
        number = phonenumbers.parse(f"+{phone}")
    except phonenumbers.NumberParseException:
        return None
    country = phonenumbers.region_code_for_number(number)
    if country is None:  # no number that is given out; its country may be known all the same
        country = phonenumbers.region_code_for_country_code(number.country_code or 0)
    if country in _NOWHERE:
        return None
    named = _within(country, time_zones_for_number(number), home)
    return Whereabouts(country, named or _zones_of(country, home) or (home,))


def _zones_of(country: str, home: ZoneInfo) -> tuple[ZoneInfo, ...]:
    """All of a country's; none for what is no country."""
    from babel.core import get_global

    return _within(country, get_global("territory_zones").get(country, ()), home)


def _within(country: str, names: Iterable[str], home: ZoneInfo) -> tuple[ZoneInfo, ...]:
    """Those in the country; the shop's alone where it is among them. In the middle of several most people
    live nearest."""
    from babel.core import get_global

    territories = get_global("zone_territories")
    known = (known_zone(name) for name in names if territories.get(name) == country)
    found = [zone for zone in known if zone is not None]
    if home in found:
        return (home,)
    ordered = sorted(found, key=lambda zone: (_offset_s(zone), zone.key))
    middle = len(ordered) // 2
    return (*ordered[middle : middle + 1], *ordered[:middle], *ordered[middle + 1 :])


def _offset_s(zone: ZoneInfo) -> float:
    offset = _ANY_DAY.astimezone(zone).utcoffset()
    return offset.total_seconds() if offset else 0.0


def known_zone(name: str) -> ZoneInfo | None:
    """A zone that this machine's data does not know, or knows no more, is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None
