"""An update is about to leave: is what it tells of its order still so?"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from chalicelib.domain.commerce.update_rules import rules_from
from chalicelib.domain.commerce.updates import is_overtaken
from chalicelib.domain.merchants import Shop
from chalicelib.ports.commerce import CommerceStore

# The shop's clock may be another on the connection that is written by: no zones are further apart.
_CLOCKS_APART: Final = timedelta(hours=26)


class OrderOvertaken:
    """Read again when an update is about to leave: has its order moved on?"""

    def __init__(self, orders: CommerceStore) -> None:
        self._orders = orders

    def __call__(self, merchant_id: str, details: Mapping[str, Any], shop: Shop, now: datetime) -> bool:
        """details: of the message, as it was intended with; of any other nothing is known. Raises
        StoreBusy."""
        if "order" not in details or "stage" not in details:
            return False
        kept = self._orders.order(merchant_id, details["shop"], details["order"])
        rules, zone = rules_from(shop.orders), ZoneInfo(shop.zone or "UTC")
        parcels = json.loads(details["parcels"])
        order = kept.order if kept else None
        return is_overtaken(order, details["stage"], parcels, rules, zone, now + _CLOCKS_APART)
