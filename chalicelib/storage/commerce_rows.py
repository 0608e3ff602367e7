"""Carts and orders as rows: where each stands, and the rows by which it is found."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.domain.commerce.buyers import BuyerKey, keys_of
from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.flows import Flow
from chalicelib.domain.commerce.orders import NEVER, Order, last_told, plain_number
from chalicelib.domain.ids import digest, to_ms
from chalicelib.domain.plain import from_plain, to_plain
from chalicelib.domain.retention import Retention, seconds
from chalicelib.ports.commerce import KeptCart, KeptOrder
from chalicelib.storage.models import TextAttribute, ThreadsRow

CARTS: Final = "c#"
ORDERS: Final = "o#"
CARTS_KEPT: Final = timedelta(days=90)
_SHARES: Final = 16
# Rows by which something is found live longer by this, so that not each change has to write them anew.
_FOUND_LONGER_S: Final = 30 * 86400


class KeptItem(ThreadsRow):
    """A cart or an order: whole with each write, guarded by its version.

    found_by, number: the hash keys of the rows that lead here, all at the range key `place`; found_until: how
    long those live, in seconds since 1970. erased_at: of one that was erased, up to when nothing that is told
    of it is kept; then there is nothing else but a version of 0.
    """

    document = TextAttribute(null=True)
    place = UnicodeAttribute(null=True)
    erased_at = UTCDateTimeAttribute(null=True)
    found_by = UnicodeSetAttribute(null=True)
    number = UnicodeAttribute(null=True)
    found_until = NumberAttribute(default=0)
    version = NumberAttribute()


class FoundItem(ThreadsRow):
    """Leads to a cart or an order. row: the hash key of that."""

    row = UnicodeAttribute()


class CountedItem(ThreadsRow):
    """How often something was counted in a month, by some of the shop's carts: range key `<name>#<share>`.
    One row for all of them would be in each cart's transaction, and they would refuse each other."""

    n = NumberAttribute(default=0)


class CaughtUpItem(ThreadsRow):
    """Until when a shop was asked for its changes."""

    until = UTCDateTimeAttribute()


Keep = KeptCart | KeptOrder


def key_of(merchant_id: str, kept: Keep) -> tuple[str, str]:
    if isinstance(kept, KeptCart):
        return cart_key(merchant_id, kept.cart.connection_id, kept.cart.cart_id)
    return order_key(merchant_id, kept.order.connection_id, kept.order.order_id)


def cart_key(merchant_id: str, connection_id: str, cart_id: str) -> tuple[str, str]:
    return f"{merchant_id}#cart#{connection_id}#{digest(cart_id)}", "cart"


def order_key(merchant_id: str, connection_id: str, order_id: str) -> tuple[str, str]:
    return f"{merchant_id}#order#{connection_id}#{digest(order_id)}", "order"


def buyer_key(merchant_id: str, key: BuyerKey) -> str:
    return f"{merchant_id}#buyer#{key.hashed}"


def shop_key(merchant_id: str, connection_id: str) -> str:
    return f"{merchant_id}#bought#{connection_id}"


def number_key(merchant_id: str, number: str) -> str:
    """number: as `plain_number` spells it."""
    return f"{merchant_id}#number#{digest(number)}"


def month_key(merchant_id: str, month: str) -> str:
    return f"{merchant_id}#commerce#{month}"


def count_place(name: str, kept: Sequence[Keep]) -> str:
    """kept: what it is counted with; a cart always adds to the same row."""
    share = int(digest(*key_of("", kept[0]))[:8], 16) % _SHARES if kept else 0
    return f"{name}#{share}"


def name_counted(item: CountedItem) -> str:
    return item.sk.partition("#")[0]


def caught_up_item(merchant_id: str, connection_id: str) -> CaughtUpItem:
    return CaughtUpItem(f"{merchant_id}#caught_up#{connection_id}", "until")


def item_of(merchant_id: str, kept: Keep, kept_for: Retention, before: KeptItem | None) -> KeptItem:
    """The whole row, one version on. before: as it is stored, None for a new one."""
    item = KeptItem(*key_of(merchant_id, kept))
    item.document = json.dumps(_document(kept), ensure_ascii=False, separators=(",", ":"))
    item.version = kept.version + 1
    item.expires_at = _until(kept, kept_for)
    if isinstance(kept, KeptCart):
        cart = kept.cart
        connection_id, begun_at, letter = cart.connection_id, cart.created_at, CARTS
        keys = keys_of(connection_id, cart.buyer, kept.flow.shopper_id)
    else:
        order = kept.order
        connection_id, begun_at, letter = order.connection_id, order.placed_at or order.at, ORDERS
        claims = (BuyerKey("shopper", one) for one in kept.claims)  # who is one of them may have it erased
        keys = (*keys_of(connection_id, order.buyer, kept.shopper_id), *claims)
        number = plain_number(order.number)
        item.number = number_key(merchant_id, number) if number else None
    item.place = f"{letter}{to_ms(begun_at):013d}#{digest(item.pk)}"
    item.found_by = {shop_key(merchant_id, connection_id), *(buyer_key(merchant_id, one) for one in keys)}
    item.found_until = _found_until(item, before)
    return item


def trace_of(item: KeptItem, erased_at: datetime, kept_for: Retention) -> KeptItem:
    """What stays of it once it was erased. It is never older than what it was told last; and it stays for as
    long as that would have: a shop may tell all that it has every night."""
    at = max(erased_at, _told_at(cart_of(item) if item.sk == "cart" else order_of(item)))
    until = max(seconds(at + kept_for.marks), int(item.expires_at or 0))
    return KeptItem(item.pk, item.sk, erased_at=at, version=0, expires_at=until)


def is_new(kept: Keep) -> Condition:
    """Nothing is stored of it; or only that it was erased, and something was told since."""
    new: Condition = KeptItem.pk.does_not_exist() | (KeptItem.erased_at < _told_at(kept))
    return new


def is_trace_of(item: KeptItem, kept: Keep) -> bool:
    """Whether it was erased since it was told so."""
    return item.erased_at is not None and item.erased_at >= _told_at(kept)


def found_rows(item: KeptItem) -> list[FoundItem]:
    """All that leads to it."""
    places = [(key, item.place) for key in (*sorted(item.found_by or ()), item.number) if key]
    return [FoundItem(pk, sk, row=item.pk, expires_at=item.found_until or None) for pk, sk in places]


def changed_rows(item: KeptItem, before: KeptItem | None) -> tuple[list[FoundItem], list[FoundItem]]:
    """What is to be written so that it is found, and what is to go: nothing, while all that was there
    holds."""
    new, old = found_rows(item), found_rows(before) if before is not None else []
    there = {(one.pk, one.sk) for one in new}
    gone = [one for one in old if (one.pk, one.sk) not in there]
    if before is not None and item.found_until == before.found_until:
        known = {(one.pk, one.sk) for one in old}
        new = [one for one in new if (one.pk, one.sk) not in known]
    return new, gone


def cart_of(item: KeptItem) -> KeptCart:
    raw = json.loads(item.document)
    return KeptCart(
        cart=from_plain(Cart, raw["cart"]), flow=from_plain(Flow, raw["flow"]), version=int(item.version)
    )


def order_of(item: KeptItem) -> KeptOrder:
    raw = json.loads(item.document)
    return KeptOrder(
        order=from_plain(Order, raw["order"]),
        shopper_id=raw.get("shopper_id", ""),
        claims=tuple(raw.get("claims", ())),
        told=tuple(raw.get("told", ())),
        wrong=tuple(raw.get("wrong", ())),
        version=int(item.version),
    )


def latest(items: Iterable[KeptItem], sk: str) -> Iterator[KeptItem]:
    """Those of one kind, the latest first."""
    yield from sorted((one for one in items if one.sk == sk), key=lambda one: one.place, reverse=True)


def chunks(whole: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(whole), size):
        yield whole[start : start + size]


def _document(kept: Keep) -> dict[str, Any]:
    if isinstance(kept, KeptCart):
        return {"cart": to_plain(kept.cart), "flow": to_plain(kept.flow)}
    document = {"order": to_plain(kept.order), "shopper_id": kept.shopper_id, "told": list(kept.told)}
    seldom = {"claims": list(kept.claims), "wrong": list(kept.wrong)}
    return document | {name: value for name, value in seldom.items() if value}


def _told_at(kept: Keep) -> datetime:
    return kept.cart.at if isinstance(kept, KeptCart) else last_told(kept.order)


def _until(kept: Keep, kept_for: Retention) -> int | None:
    """When it goes, in seconds since 1970, by the last moment that it knows of."""
    moments: list[datetime | None]
    if isinstance(kept, KeptCart):
        cart, long = kept.cart, CARTS_KEPT
        moments = [cart.at, cart.created_at, cart.bought_at, *(step.at for step in kept.flow.steps)]
    else:
        order, long = kept.order, kept_for.messages
        moments = [order.at, order.placed_at, *(one.at for one in order.parcels)]
        moments += [one.at for one in order.refunds]
    last = max(at for at in moments if at is not None)
    return seconds(last + long) if last > NEVER else None


def _found_until(item: KeptItem, before: KeptItem | None) -> int:
    """As before while that is long enough."""
    needed = int(item.expires_at or 0)
    if before is not None and before.found_until >= needed:
        return int(before.found_until)
    return needed + _FOUND_LONGER_S if needed else 0
