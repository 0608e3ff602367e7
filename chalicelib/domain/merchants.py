"""A merchant, the keys that open their data, and how their shop wants to answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

Role = Literal["owner", "agent", "marketer"]
ROLES: Final[tuple[Role, ...]] = ("owner", "agent", "marketer")


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
    """The shop's settings; until the shop has set its hours or was measured, no time is promised.

    version: 0 until they are stored; a save on another version fails.
    opening_hours: {"mon": [["09:00", "18:00"]], …}, None when never set. holidays: closed dates, ISO.
    marketing: as `prospects.rules_from` reads it.
    """

    name: str = ""
    zone: str = "UTC"
    country: str = ""
    languages: tuple[str, ...] = ()
    tone: str | None = None
    opening_hours: Mapping[str, Any] | None = None
    holidays: tuple[str, ...] = ()
    texts: Mapping[str, Any] = field(default_factory=dict)
    targets: Mapping[str, Any] = field(default_factory=dict)
    paused: str | None = None
    marketing: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0
