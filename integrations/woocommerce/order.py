"""An order of the REST API, read with doubt in every field.

Amounts are text, times in `…_gmt` are UTC without saying so. It is told as it is when it is sent, not as it
was when something happened.
Source: woocommerce.github.io/woocommerce-rest-api-docs (v3, orders, order properties)
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.orders import Order, OrderState, PaidState, Refund
from integrations.reading import Malformed, identifier, listed, mapping, required_id, text_of
from integrations.woocommerce.addresses import link_of
from integrations.woocommerce.goods import MOST_LINES, buyer_of, lines_of
from integrations.woocommerce.parcels import parcels
from integrations.woocommerce.values import amount, moment, noted

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")
_ENTRY: Final = "_wc_order_attribution_session_entry"
_REF: Final = "parley"
_PAY: Final = "/order-pay/"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a status says. is_bought: the buyer has done their part; is_confirmed: so has the shop."""

    state: OrderState = "open"
    paid: PaidState | None = None
    is_bought: bool = False
    is_confirmed: bool = False


# In the order of an order's life. Without a word on the payment, its date decides: who pays on delivery has
# not paid in `processing`. On hold: the order stands, and its money is waited for (a bank transfer).
STATUSES: Final[dict[str, Meaning]] = {
    "checkout-draft": Meaning(),
    "pending": Meaning(),
    "failed": Meaning(paid="failed"),
    "on-hold": Meaning(is_bought=True),
    "processing": Meaning(is_bought=True, is_confirmed=True),
    "completed": Meaning(paid="paid", is_bought=True, is_confirmed=True),
    "refunded": Meaning(paid="refunded", is_bought=True, is_confirmed=True),
    "cancelled": Meaning(state="cancelled"),
    "trash": Meaning(state="gone"),
}
# A status of a plugin's (shipped, in production): it comes after the payment.
_OF_A_PLUGIN: Final = Meaning(is_bought=True, is_confirmed=True)
# The shop counts whole seconds, and a payment often takes less: of two tellings of one second the one of the
# later life is the newer.
_AGES: Final = {status: 10 * place for place, status in enumerate(STATUSES)}
_AGE_OF_A_PLUGIN: Final = _AGES["processing"] + 5
# Nobody has left these in a shop: they were made for the buyer, who is asked to pay in another way.
_NOT_BY_THE_BUYER: Final = frozenset({"admin", "rest-api", "subscription", "import", "pos-rest-api"})


def read_order(raw: Mapping[str, Any], site: str, own: str, connection_id: str = "") -> Order:
    """site: where the shop is. own: below this address, links without TLS are taken too. Raises
    Malformed."""
    meaning = meaning_of(raw)
    order_id, at = required_id(raw.get("id")), _changed_at(raw)
    refunds = _refunds(raw, at)
    return Order(
        connection_id=connection_id,
        order_id=order_id,
        at=at,
        number=text_of(raw.get("number"), 64) or order_id,
        placed_at=moment(raw.get("date_created_gmt")),
        state=meaning.state,
        paid=_paid(raw, meaning, refunds),
        is_confirmed=meaning.is_confirmed,
        buyer=buyer_of(raw),
        lines=lines_of(raw, own),
        total=amount(raw.get("total")),
        currency=text_of(raw.get("currency"), 3).upper(),
        parcels=parcels(raw, at, own),
        refunds=refunds,
        carts=(cart_id_of(order_id),) if is_a_cart(raw) else (),
        url=_shown_at(pay_link(raw, site, own)) if meaning.is_bought else pay_link(raw, site, own),
        ref=_ref(raw),
        created_by=text_of(raw.get("created_via"), 64),
        bought_at=moment(raw.get("date_paid_gmt")) if meaning.is_bought else None,
        is_bought=meaning.is_bought,
    )


def read_cart(raw: Mapping[str, Any], site: str, own: str, connection_id: str = "") -> Cart:
    """An order that its buyer has not paid is the cart that they left: the shop has no other that it tells
    of. Raises Malformed."""
    meaning, at = meaning_of(raw), _changed_at(raw)
    order_id = required_id(raw.get("id"))
    created_at = moment(raw.get("date_created_gmt")) or at
    return Cart(
        connection_id=connection_id,
        cart_id=cart_id_of(order_id),
        at=at,
        created_at=created_at,
        buyer=buyer_of(raw),
        lines=lines_of(raw, own),
        total=amount(raw.get("total")),
        currency=text_of(raw.get("currency"), 3).upper(),
        url=_way_back(raw, site, own),
        ref=_ref(raw),
        bought_at=(moment(raw.get("date_paid_gmt")) or created_at) if meaning.is_bought else None,
        order_id=order_id if meaning.is_bought else "",
        gone_at=at if meaning.state != "open" else None,
    )


def is_a_cart(raw: Mapping[str, Any]) -> bool:
    """Whether its buyer has made it in the shop."""
    return text_of(raw.get("created_via")) not in _NOT_BY_THE_BUYER


def cart_id_of(order_id: str) -> str:
    return f"order-{order_id}"


def meaning_of(raw: Mapping[str, Any]) -> Meaning:
    """Raises Malformed without a status."""
    return STATUSES.get(_status_of(raw), _OF_A_PLUGIN)


def pay_link(raw: Mapping[str, Any], site: str, own: str) -> str:
    """Where the buyer pays the order: with the key that only they and the shop have. Shops before 6.0 do not
    say: there it is where WooCommerce has it unless it was moved."""
    told = link_of(raw.get("payment_url"), own)
    key, order_id = text_of(raw.get("order_key"), 128), identifier(raw.get("id"))
    if told or not (site and order_id and _TOKEN.fullmatch(key)):
        return told
    return link_of(f"{site}/checkout{_PAY}{order_id}/?pay_for_order=true&key={key}", own)


def _way_back(raw: Mapping[str, Any], site: str, own: str) -> str:
    """A draft can't be paid by its link: it goes on where the checkout is."""
    link = pay_link(raw, site, own)
    is_draft = raw.get("status") == "checkout-draft"
    return f"{link.partition(_PAY)[0]}/" if is_draft and _PAY in link else link


def _shown_at(link: str) -> str:
    """Where a buyer sees what they have bought, next to where they would pay it."""
    return link.replace(_PAY, "/order-received/").replace("pay_for_order=true&", "") if _PAY in link else ""


def _status_of(raw: Mapping[str, Any]) -> str:
    status = text_of(raw.get("status"), 64).removeprefix("wc-")
    if not status:
        raise Malformed("a status is missing")
    return status


def _changed_at(raw: Mapping[str, Any]) -> datetime:
    at = moment(raw.get("date_modified_gmt")) or moment(raw.get("date_created_gmt"))
    if at is None:
        raise Malformed("a time is missing")
    age = _AGES.get(_status_of(raw), _AGE_OF_A_PLUGIN) + min(9, len(listed(raw.get("refunds"))))
    return at.replace(microsecond=age)


def _paid(raw: Mapping[str, Any], meaning: Meaning, refunds: tuple[Refund, ...]) -> PaidState:
    is_paid = moment(raw.get("date_paid_gmt")) is not None
    paid: PaidState = meaning.paid or ("paid" if is_paid else "pending")
    back = sum((one.amount for one in refunds), Decimal(0))
    if paid != "paid" or not back:
        return paid
    return "refunded" if back >= amount(raw.get("total")) else "part_refunded"


def _refunds(raw: Mapping[str, Any], at: datetime) -> tuple[Refund, ...]:
    """An order names its refunds without their times: they are as old as the order's last change. What was
    put back into the stock without any money is none."""
    told = [mapping(one) for one in listed(raw.get("refunds"))[:MOST_LINES]]
    return tuple(
        Refund(refund_id=identifier(one["id"]), at=at, amount=abs(amount(one.get("total"))))
        for one in told
        if identifier(one.get("id")) and amount(one.get("total"))
    )


def _ref(raw: Mapping[str, Any]) -> str:
    """A token of ours: in the address by which the buyer came to the shop, or as a note of its own."""
    try:
        came_by = dict(parse_qsl(urlsplit(text_of(noted(raw, _ENTRY), 2048)).query))
    except ValueError:
        came_by = {}
    token = came_by.get(_REF) or text_of(noted(raw, _REF))
    return token if _TOKEN.fullmatch(token) else ""
