"""By whose clock a shopper is told a time: by theirs where it is known, else by the shop's, which is named
where theirs may be another.

By CLDR's countries in Babel and by phone numbers, which cost 150 ms to load: only where a time is told.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from chalicelib.domain.merchants import Shop
from chalicelib.domain.promise.response_time import Promise
from chalicelib.domain.threads import Thread
from chalicelib.services.people.whereabouts import known_zone, whereabouts
from chalicelib.services.sending.wording import Speaker


def speaker_to(
    thread: Thread, shop: Shop, language: str, name: str, promise: Promise, now: datetime
) -> Speaker:
    """Who speaks to the shopper of this thread, and by which clock. name: their profile's."""
    told = {"by": promise.due, "back": promise.opens}.get(promise.kind)
    zone, names_zone = _clock(thread, shop, language, told) if told is not None else ("", False)
    return Speaker(shop, language, name, now, zone, names_zone)


def _clock(thread: Thread, shop: Shop, language: str, at: datetime) -> tuple[str, bool]:
    """The zone, '' for the shop's, and whether it has to be named.

    Only a number shows where somebody is. Without one they are taken for a neighbour, if the shop's country
    has one clock and speaks their language.
    """
    phone = thread.wire.value if thread.wire.kind == "phone" else ""
    zones = whereabouts(phone, thread.language_hint, shop.country, shop.zone or "UTC").zones
    if phone:
        return (zones[0].key, False) if _agree(zones, at) else ("", True)
    return "", not (_agree(zones, at) and _is_neighbour(shop, language, at))


def _is_neighbour(shop: Shop, language: str, at: datetime) -> bool:
    from babel.core import get_global
    from babel.languages import get_official_languages

    zone = get_global("zone_aliases").get(shop.zone, shop.zone)
    country = shop.country or get_global("zone_territories").get(zone, "")
    zones = map(known_zone, get_global("territory_zones").get(country, ()))
    spoken = {*get_official_languages(country, de_facto=True), *shop.languages[:1]}
    return language in spoken and _agree([one for one in zones if one is not None], at)


def _agree(zones: Sequence[ZoneInfo], at: datetime) -> bool:
    """Whether their clocks show the same then."""
    return len({at.astimezone(zone).utcoffset() for zone in zones}) <= 1
