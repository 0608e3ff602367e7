"""What is in a cart or an order, and whose it is, as the shop system tells it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """line_id: the shop's own, '' in a cart. price: of one, in the cart's or the order's currency. variant:
    its size or colour in words. picture, url: https links, '' where the shop tells none."""

    title: str
    quantity: int = 1
    price: Decimal = Decimal(0)
    line_id: str = ""
    product_id: str = ""
    variant: str = ""
    sku: str = ""
    picture: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """Who buys, as far as the shop knows them: '' for what it does not.

    customer_id: the shop's own, '' for guests. phones: as somebody wrote them; once recorded E.164 digits
    without the `+`, read in `country` (two letters, of the address), and what is no number left out. email:
    in small letters once recorded. language: a BCP 47 tag, as the shop was read in.
    opt_in_text: what stood beside a box that they ticked for messages of ours, '' where there was none.
    """

    customer_id: str = ""
    name: str = ""
    email: str = ""
    phones: tuple[str, ...] = ()
    country: str = ""
    postcode: str = ""
    language: str = ""
    opt_in_text: str = ""


NOBODY: Final = Buyer()
