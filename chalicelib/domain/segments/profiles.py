"""What is known of a shopper, in one place: all that a segment may ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

ConsentState = Literal["none", "given", "withdrawn"]
CartState = Literal["none", "open", "bought"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A person, over all their threads, as they were when somebody last looked. It is made from their rows,
    and from nothing else: whoever loses it makes it again.

    channels, connections: where they have a thread. language: two letters, country: two capitals; '' where
    nobody knows. marketing, updates: what they have said of each, over all channels: `given` where one holds
    a yes. first_seen, last_seen: when they first and last wrote; last_answered: when a person of the shop
    last wrote to them. orders: how many they have that were not called off; spent: on those, by currency;
    products: ids and SKUs of what they bought, the latest first. cart: the latest one; cart_at: when it was
    last touched. satisfaction: what they last said when asked how it was, such as `good`. referrals: by
    which links and ads they came.
    """

    merchant_id: str
    shopper_id: str
    name: str = ""
    channels: tuple[str, ...] = ()
    connections: tuple[str, ...] = ()
    threads: tuple[str, ...] = ()
    language: str = ""
    country: str = ""
    tags: tuple[str, ...] = ()
    marketing: ConsentState = "none"
    updates: ConsentState = "none"
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    last_answered: datetime | None = None
    orders: int = 0
    spent: Mapping[str, Decimal] = field(default_factory=dict)
    last_order: datetime | None = None
    products: tuple[str, ...] = ()
    cart: CartState = "none"
    cart_at: datetime | None = None
    satisfaction: str = ""
    referrals: tuple[str, ...] = ()
