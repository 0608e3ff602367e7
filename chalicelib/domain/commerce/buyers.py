"""By what carts and orders of one person are found: numbers, e-mails, the shop's own customers, and shoppers.

Whoever has the same may silence a reminder. Whose something is, an e-mail or a customer does not prove.
"""

from dataclasses import dataclass
from typing import Literal

from chalicelib.domain.commerce.goods import Buyer
from chalicelib.domain.ids import digest

KeyKind = Literal["phone", "email", "customer", "shopper"]


@dataclass(frozen=True, slots=True)
class BuyerKey:
    """value: E.164 digits; an e-mail in small letters; `<connection>/<customer>`; a shopper's id."""

    kind: KeyKind
    value: str

    @property
    def hashed(self) -> str:
        """As rows and their keys name it."""
        return digest(self.kind, self.value)


def keys_of(connection_id: str, buyer: Buyer, shopper_id: str = "") -> tuple[BuyerKey, ...]:
    """All by which a recorded buyer is found. shopper_id: who they were proven to be, '' where nobody
    knows."""
    found = [BuyerKey("phone", phone) for phone in buyer.phones]
    found += [BuyerKey("email", buyer.email)] if buyer.email else []
    found += [BuyerKey("customer", f"{connection_id}/{buyer.customer_id}")] if buyer.customer_id else []
    found += [BuyerKey("shopper", shopper_id)] if shopper_id else []
    return tuple(dict.fromkeys(found))
