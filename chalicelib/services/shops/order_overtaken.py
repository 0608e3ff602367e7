"""An update is about to leave: is what it tells of its order still so, and its reader's order still?"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from chalicelib.domain.commerce.update_rules import rules_from
from chalicelib.domain.commerce.updates import is_overtaken
from chalicelib.domain.merchants import Shop
from chalicelib.domain.threads import Thread
from chalicelib.ports.addresses import AddressStore
from chalicelib.ports.commerce import CommerceStore, KeptOrder
from chalicelib.services.people.people import known_as

# The shop's clock may be another on the connection that is written by: no zones are further apart.
_CLOCKS_APART: Final = timedelta(hours=26)


class OrderOvertaken:
    """Read again when an update is about to leave: has its order moved on, or to somebody else?"""

    def __init__(self, orders: CommerceStore, persons: AddressStore) -> None:
        self._orders, self._persons = orders, persons

    def __call__(self, thread: Thread, details: Mapping[str, Any], shop: Shop, now: datetime) -> bool:
        """details: of the message, as it was intended with; of any other nothing is known. Raises
        StoreBusy."""
        if "order" not in details or "stage" not in details:
            return False
        kept = self._orders.order(thread.merchant_id, details["shop"], details["order"])
        if kept is not None and not self._is_theirs(kept, thread):
            return True
        rules, zone = rules_from(shop.orders), ZoneInfo(shop.zone or "UTC")
        parcels = json.loads(details["parcels"])
        order = kept.order if kept else None
        return is_overtaken(order, details["stage"], parcels, rules, zone, now + _CLOCKS_APART)

    def _is_theirs(self, kept: KeptOrder, thread: Thread) -> bool:
        """It may have been known by a number since that is another's. Mostly nobody has to be asked for."""
        owner, reader = kept.shopper_id, thread.shopper_id
        if not owner or owner == reader:
            return bool(owner)
        known = {known_as(self._persons, thread.merchant_id, one) for one in (owner, reader)}
        return len(known) == 1
