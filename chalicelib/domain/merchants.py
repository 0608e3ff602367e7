"""A merchant, the keys that open their data, and how their shop wants to answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final, Literal

Role = Literal["owner", "agent", "marketer"]
ROLES: Final[tuple[Role, ...]] = ("owner", "agent", "marketer")
# What a connection may have of its own.
OF_CONNECTIONS: Final = (
    "country",
    "zone",
    "opening_hours",
    "holidays",
    "special_days",
    "public_holidays",
    "languages",
    "currency",
)

# Country and region, '' for all of it, and a year: the public holidays there.
HolidaysOf = Callable[[str, str, int], frozenset[date]]


def no_holidays(country: str, region: str, year: int) -> frozenset[date]:
    """What is known of public holidays where nobody can be asked."""
    return frozenset()


@dataclass(frozen=True, slots=True)
class Merchant:
    """Who sells."""

    merchant_id: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """Opens one merchant's data for one role. Only the hash of the secret is kept."""

    merchant_id: str
    key_id: str
    name: str
    role: Role
    secret_hash: str = field(repr=False)
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """The shop's settings; until the shop has set its hours, no time is promised.

    version: 0 until they are stored; a save on another version fails.
    opening_hours: {"mon": [["09:00", "18:00"]], …} or "24/7", None when never set. holidays: closed dates,
    ISO, and ranges of them with a stroke. special_days: openings by ISO date. public_holidays: the `country`,
    `region`?, and `open_on`?, dates on which it opens all the same; None when it keeps none.
    connections: what each has of its own, by id, of OF_CONNECTIONS; see `at`. currency: ISO 4217, '' when
    not told. marketing: as `prospects.rules_from` reads it; survey: as `surveys.rules_from` does; carts,
    orders, returns: as the rules in `commerce` do. colours: `accent` and `background` of its page, as
    #rrggbb. holidays_of: whom to ask; it is not stored.
    """

    name: str = ""
    zone: str = "UTC"
    country: str = ""
    languages: tuple[str, ...] = ()
    tone: str | None = None
    currency: str = ""
    opening_hours: Mapping[str, Any] | str | None = None
    holidays: tuple[str, ...] = ()
    special_days: Mapping[str, Any] = field(default_factory=dict)
    public_holidays: Mapping[str, Any] | None = None
    connections: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    texts: Mapping[str, Any] = field(default_factory=dict)
    targets: Mapping[str, Any] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)
    paused: str | None = None
    marketing: Mapping[str, Any] = field(default_factory=dict)
    survey: Mapping[str, Any] = field(default_factory=dict)
    carts: Mapping[str, Any] = field(default_factory=dict)
    orders: Mapping[str, Any] = field(default_factory=dict)
    returns: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0
    holidays_of: HolidaysOf = field(default=no_holidays, compare=False, repr=False)

    def at(self, connection_id: str) -> "Shop":
        """The shop as it is on one of its connections; what that does not name is the shop's."""
        named = self.connections.get(connection_id, {})
        own = {name: tuple_of(value) for name, value in named.items() if name in OF_CONNECTIONS}
        return replace(self, **own) if own else self

    def is_public_holiday(self, day: date) -> bool:
        """Whether the shop stays closed since all do in its country and region."""
        if self.public_holidays is None:
            return False
        country, region = self.public_holidays["country"], self.public_holidays.get("region", "")
        if day not in self.holidays_of(country, region, day.year):
            return False
        return day.isoformat() not in self.public_holidays.get("open_on", ())


def tuple_of(value: Any) -> Any:
    """A setting as the shop holds it: lists do not change there."""
    return tuple(value) if isinstance(value, list) else value
