"""Durations, days, times and places as CLDR says them, set into our sentences.

Babel costs 70 ms to load, so that it is imported where it is needed.
"""

from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from chalicelib.domain.texts.isolation import apart
from chalicelib.domain.texts.sentences import Texts

_DAY_S: Final = 86400
_HOUR_S: Final = 3600
_WEEK: Final = 7
_NEVER: Final = 10**9  # a threshold that no unit reaches, so that Babel takes the one we name
# Hindi says the part of the day ("सुबह 9:00 बजे"); elsewhere CLDR's short time is what people write.
_CLOCKS: Final = {"hi": "B h:mm"}


def duration(seconds: int, language: str, from_now: bool = False) -> str:
    """Minutes ("90 minutes"), whole hours up to 24 or days: "1 hour", or "in 1 hour" where the sentence needs
    that."""
    from babel.dates import format_timedelta

    unit: Literal["day", "hour", "minute"] = "minute"
    if seconds > _DAY_S:
        unit = "day"
    elif seconds >= _HOUR_S and seconds % _HOUR_S == 0:
        unit = "hour"
    words = format_timedelta(
        seconds, granularity=unit, threshold=_NEVER, add_direction=from_now, locale=language
    )
    return _plain(words)


def day(at: datetime, now: datetime, texts: Texts, language: str) -> str:
    """Today, tomorrow, on a weekday of the next six days, or on a date. Both times in the same zone."""
    from babel.dates import format_skeleton

    days = (at.date() - now.date()).days
    if days == 0:
        return texts.today
    if days == 1:
        return texts.tomorrow
    if 1 < days < _WEEK:
        return texts.weekdays[at.weekday()]
    date = _plain(format_skeleton("MMMMd", at, tzinfo=at.tzinfo, locale=language))
    return texts.on_date.format(date=apart(date, language))


def clock(at: datetime, texts: Texts, language: str, names_zone: bool = False) -> str:
    """The time of day in `at`'s zone, with the words that belong to it; on demand also where that is."""
    from babel.dates import format_time

    time = _plain(format_time(at, _CLOCKS.get(language, "short"), tzinfo=at.tzinfo, locale=language))
    words = (texts.clock_at_one if at.hour == 1 else "") or texts.clock
    told = words.format(time=apart(time, language))
    if not names_zone:
        return told
    return f"{told}{texts.joint}{_place(at, texts, language)}"


def _place(at: datetime, texts: Texts, language: str) -> str:
    """Whose clock it is: by the zone's city, or by the distance from UTC where a zone has none."""
    from babel.dates import get_timezone_gmt

    zone = at.tzinfo.key if isinstance(at.tzinfo, ZoneInfo) else ""
    city = _city(zone, language)
    if city:
        return texts.zone_of.format(city=apart(city, language))
    return f"({apart(_plain(get_timezone_gmt(at, locale=language)), language)})"


def _city(zone: str, language: str) -> str:
    """'' for a zone that lies nowhere, such as UTC. CLDR files some cities under the zone's older name
    (Asia/Calcutta for Asia/Kolkata), and none that is written as the zone's name says."""
    from babel import Locale
    from babel.core import get_global

    aliases = get_global("zone_aliases")
    current = aliases.get(zone, zone)
    cities = Locale.parse(language).time_zones
    names = (zone, current, *(older for older, newer in aliases.items() if newer == current))
    found = next((str(cities[name]["city"]) for name in names if "city" in cities.get(name, {})), "")
    area, _, place = current.partition("/")
    return found or ("" if area == "Etc" else place.rpartition("/")[2].replace("_", " "))


def _plain(words: str) -> str:
    """CLDR's non-breaking spaces as plain ones, which every phone shows well."""
    return words.replace("\u202f", " ").replace("\u00a0", " ")
