"""An order from the catalogue, sent in the chat: a cart of the shop's, and the way to its checkout."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Final, Protocol

from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.catalogue import CatalogueOrder, can_be_read, order_in, own_link
from chalicelib.domain.commerce.events import CartTold, ShopEvent
from chalicelib.domain.commerce.goods import Buyer
from chalicelib.domain.connections import Connection
from chalicelib.domain.content import text_content
from chalicelib.domain.events import ShopperMessage
from chalicelib.domain.ids import digest
from chalicelib.domain.merchants import Shop
from chalicelib.domain.texts.cart_sentences import cart_texts
from chalicelib.domain.texts.checkout_sentences import checkout_texts
from chalicelib.domain.texts.isolation import apart
from chalicelib.domain.threads import Thread
from chalicelib.ports.commerce import ShopSystem
from chalicelib.ports.shops import ShopStore
from chalicelib.services.receiving.pointers import Source
from chalicelib.services.sending.confirm import language_of
from chalicelib.services.sending.intend import Intend
from chalicelib.services.shops.cart_words import items_told, price_told
from chalicelib.services.threads.write_thread import NotFound

# What the row of the link holds: of which cart it is.
CHECKOUT: Final = "checkout"


class Hears(Protocol):
    """As `HearShop`."""

    def __call__(self, source: Source, event: ShopEvent, received_at: datetime, now: datetime) -> None: ...

    def tied(self, merchant_id: str, cart_id: str, shopper_id: str, now: datetime) -> None: ...


class TakeCatalogueOrders:
    """Whatever happens between its steps, once more it does the rest: the cart and the link each have a name
    of their own, by the message. The link answers what the shopper has just sent: it is not held by night,
    and needs no yes."""

    def __init__(
        self,
        shops: ShopStore,
        system_named: Callable[[str], ShopSystem | None],
        hear_shop: Callable[[], Hears],
        intend: Intend,
    ) -> None:
        """system_named: None for what is no shop system; hear_shop: found when it is needed."""
        self._shops, self._system_named = shops, system_named
        self._hear_shop, self._intend = hear_shop, intend

    def __call__(self, thread: Thread, said: ShopperMessage, now: datetime) -> None:
        """thread: where it stands already. Nothing where it is unclear in which shop they buy. Raises
        StoreBusy."""
        order = order_in(said)
        if order is None or thread.staff:
            return
        merchant_id, shop = thread.merchant_id, self._shops.shop(thread.merchant_id)
        connection = self._sold_by(merchant_id, str(shop.carts.get("catalogue_shop") or ""))
        system = self._system_named(connection.channel) if connection is not None else None
        if connection is None or system is None:
            return
        template = str(shop.carts.get("checkout_url") or "")
        link = own_link(template, order.lines) or system.checkout_link(connection, order.lines)
        cart = _cart(thread, said, connection.connection_id, order, link)
        source, hear = Source(merchant_id, connection.connection_id, connection.channel), self._hear_shop()
        hear(source, CartTold(cart), now, now)
        hear.tied(merchant_id, cart.cart_id, thread.shopper_id, now)
        if link:
            content, once = text_content(_told(thread, shop, cart)), f"checkout:{cart.cart_id}"
            with suppress(NotFound):  # erased in this very moment
                details = {CHECKOUT: cart.cart_id}
                self._intend(merchant_id, thread.thread_id, "confirm", content, once, now, details)

    def _sold_by(self, merchant_id: str, named: str) -> Connection | None:
        """Where the catalogue's products are bought: the only shop that is connected, or the one that the
        settings name."""
        found = [
            one
            for one in self._shops.connections(merchant_id)
            if one.status != "disconnected" and self._system_named(one.channel) is not None
        ]
        chosen = [one for one in found if one.connection_id == named] if named else found
        return chosen[0] if len(chosen) == 1 else None


def _cart(thread: Thread, said: ShopperMessage, connection_id: str, order: CatalogueOrder, link: str) -> Cart:
    phones = tuple(f"+{one.value}" for one in (*said.addresses, said.wire) if one.kind == "phone")
    name = digest(thread.connection_id, said.chat, said.channel_message_id)
    return Cart(
        connection_id=connection_id,
        cart_id=f"chat-{name}",
        at=said.sent_at,
        created_at=said.sent_at,
        buyer=Buyer(phones=tuple(dict.fromkeys(phones))),
        lines=order.lines,
        total=order.total,
        currency=order.currency,
        url=link,
    )


def _told(thread: Thread, shop: Shop, cart: Cart) -> str:
    """What they have chosen is named where the catalogue has names that say something; else it is the price
    that says it, or how many of what."""
    language = language_of(thread, shop)
    texts = checkout_texts(language, shop.tone)
    total = apart(price_told(cart.total, cart.currency, language), language)
    items = items_told(cart, language, cart_texts(language).comma)
    named = f"{items} ({total})" if total else items
    goods = named if can_be_read(cart.lines) or not total else total
    return f"{texts.ready.format(goods=goods)}\n{texts.pay.format(url=cart.url)}"
