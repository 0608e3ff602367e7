"""A shopper: one person, however many addresses they write from."""

from dataclasses import dataclass

from chalicelib.domain.events import Address
from chalicelib.domain.ids import stable_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Shopper:
    """Who writes. The name is the one their channel last told."""

    merchant_id: str
    shopper_id: str
    name: str = ""
    language: str = ""


def shopper_id_for(merchant_id: str, connection_id: str, address: Address) -> str:
    """The id of a shopper who first writes from this address; two first messages at once make one shopper."""
    return stable_id("sh", merchant_id, connection_id, address.kind, address.value)


def thread_id_for(merchant_id: str, connection_id: str, shopper_id: str) -> str:
    """One thread for each shopper on each connection."""
    return stable_id("th", merchant_id, connection_id, shopper_id)
