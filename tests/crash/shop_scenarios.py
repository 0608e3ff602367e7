"""What happens in the shop beside the chat. Each ends when nothing is left to do."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, Final

from doubles import Call
from phones import WhatsApp, encoded, fixture
from scenes import A_MOMENT, SAID_AT, Scenario, first_message, reply, unfaulted
from world import BEGIN, MERCHANT, SHOP, World

from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.events import CartTold, OrderTold, ShopEvent
from chalicelib.domain.commerce.goods import Buyer, Line
from chalicelib.domain.commerce.orders import Order, Parcel, ParcelState
from chalicelib.services.receiving.pointers import Source

ANN: Final = Buyer(name="Ann Example", email="ann@example.com", phones=("+447700900123",))
BO: Final = Buyer(email="bo@example.com")
LINES: Final = (Line(title="Blue mug", quantity=2, price=Decimal("9.50"), line_id="1", product_id="mug-1"),)
ON: Final = {"on": True, "on_since": (BEGIN - timedelta(days=20)).isoformat()}
SETTINGS: Final = {"country": "GB", "carts": ON, "orders": ON}
CHECKOUT: Final = "https://shop.example/checkout?items={items}"
# An hour after a person has answered, when the cart has lain idle, nothing holds a reminder any more.
LEFT_AT: Final = SAID_AT + timedelta(minutes=30)
# Long after the reminder, should it have been tried again; long before the next one.
BOUGHT_AT: Final = LEFT_AT + timedelta(hours=3)
ORDERED_AT: Final = SAID_AT + timedelta(minutes=5)
# Whatever had to be told was told by then, should it have been tried again.
AN_HOUR: Final = timedelta(hours=1)


def reminded(world: World) -> None:
    """A cart is left, and its buyer is reminded, once."""
    unfaulted(world, partial(_agrees_to_offers, carts={**ON, "steps": [{}]}))
    _tell(world, CartTold(_cart(LEFT_AT)))
    world.until_quiet()


def bought_after_reminding(world: World) -> None:
    """The purchase that follows a reminder is counted once, and no further one goes out."""
    unfaulted(world, _was_reminded)
    _buys(world)


def bought_in_time(world: World) -> None:
    """They buy before they would be reminded, and nobody writes to them of the cart."""
    unfaulted(world, _leaves)
    world.until_at(LEFT_AT + timedelta(minutes=40))
    _buys(world)
    assert not [text for _, text in world.platform.received if "cart" in text]


def order_on_its_way(world: World) -> None:
    """What was ordered is sent, and arrives: they hear of each."""
    unfaulted(world, _ordered)
    _moves(world, "shipped", SAID_AT + AN_HOUR)
    world.until_at(SAID_AT + 2 * AN_HOUR)
    unfaulted(world, lambda world: _moves(world, "delivered", SAID_AT + 2 * AN_HOUR))


def ordered_from_the_catalogue(world: World) -> None:
    """An order that comes as a message becomes a cart, and they get the way to its checkout."""
    unfaulted(world, partial(_opens_shop, carts={"checkout_url": CHECKOUT}))
    world.platform.says(world.platform.phone.orders("41", SAID_AT))
    world.until_quiet()


def caught_up(world: World) -> None:
    """No webhook came of a cart and of somebody's order: the shop is asked, and they hear of it."""
    unfaulted(world, partial(_is_answered, carts={}))
    cart = replace(_cart(SAID_AT + timedelta(minutes=1)), buyer=BO)
    order = replace(_order(SAID_AT + timedelta(minutes=2)), carts=())
    world.clock.move_to(SAID_AT + timedelta(minutes=8))
    world.shop_system.changes += [CartTold(cart), OrderTold(order)]

    def begin() -> None:
        connection = world.process.shops.connection(SHOP)
        world.process.work.catch_up.begin(connection, world.clock.now())

    world.ask(begin)
    world.until_quiet()


def forgotten(world: World) -> None:
    """The merchant has left the shop long since: all that it told goes."""
    unfaulted(world, _sold)
    _calls(world, "shop_redacted")
    world.until_quiet()
    left = [
        row["pk"]
        for row in world.rows("ThreadsTable")
        if re.search("#(cart|order|bought|unreadable)", row["pk"])
    ]
    assert not left, "what was to be forgotten is there"


def _opens_shop(world: World, kind: str = "shop", **settings: Any) -> None:
    world.open_shop(kind, {**SETTINGS, **settings})


def _is_answered(world: World, **settings: Any) -> None:
    """Somebody who waits for nobody."""
    _opens_shop(world, "shopify", **settings)
    first_message(world)
    reply(world, "We have both.")
    world.until_quiet()


def _agrees_to_offers(world: World, **settings: Any) -> None:
    """And of whom the shop may write."""
    _opens_shop(world, **settings)
    first_message(world)
    reply(world, "We have both.")
    world.until_quiet()
    at = SAID_AT + timedelta(minutes=4)
    world.clock.move_to(at)
    world.platform.says(world.platform.phone.says("43", "START", at))
    world.until_quiet()
    world.until_at(LEFT_AT)


def _leaves(world: World, **settings: Any) -> None:
    _agrees_to_offers(world, **settings)
    _tell(world, CartTold(_cart(LEFT_AT)))


def _was_reminded(world: World) -> None:
    """The shop reminds twice, and tells nobody of their orders."""
    _leaves(world, orders={})
    world.until_at(BOUGHT_AT)


def _buys(world: World) -> None:
    _tell(world, OrderTold(_order(world.clock.now() - A_MOMENT)))
    world.until_quiet()


def _ordered(world: World) -> None:
    _is_answered(world)
    world.until_at(ORDERED_AT + A_MOMENT)
    _buys(world)


def _moves(world: World, state: ParcelState, by: datetime) -> None:
    """What was ordered, at this moment."""
    world.until_at(by)
    at = world.clock.now() - A_MOMENT
    _tell(world, OrderTold(replace(_order(ORDERED_AT), at=at, parcels=(_parcel(state, at),))))
    world.until_quiet()


def _sold(world: World) -> None:
    _ordered(world)
    other = replace(_cart(world.clock.now()), cart_id="c-2", buyer=BO)
    _tell(world, CartTold(other))
    _calls(world, "topic_of_tomorrow")  # which nobody understands
    world.until_quiet()


def _tell(world: World, event: ShopEvent) -> None:
    """PUT /shops/{id}/carts/… or …/orders/…, again until it answers."""
    now = world.clock.now()
    source = Source(MERCHANT, SHOP, world.shop_system.name)
    world.ask(lambda: world.process.work.hear_shop(source, event, now, now))


def _calls(world: World, name: str) -> None:
    """A webhook of Shopify's."""
    body = fixture("shopify", name)
    headers = {name.lower(): value for name, value in body["headers"].items()}
    framed = world.shop_system.framed(headers, encoded(body["body"]))
    world.platform.calls.append(Call(framed, world.clock.now(), SHOP))


def _cart(at: datetime) -> Cart:
    return Cart(
        connection_id=SHOP,
        cart_id="c-1",
        at=at,
        created_at=at,
        buyer=ANN,
        lines=LINES,
        total=Decimal("19.00"),
        currency="GBP",
        url="https://shop.example/cart/c-1",
    )


def _order(at: datetime) -> Order:
    return Order(
        connection_id=SHOP,
        order_id="7001",
        at=at,
        number="#1001",
        placed_at=at,
        paid="paid",
        is_confirmed=True,
        buyer=ANN,
        lines=LINES,
        total=Decimal("19.00"),
        currency="GBP",
        carts=("c-1",),
    )


def _parcel(state: ParcelState, at: datetime) -> Parcel:
    return Parcel(parcel_id="p-1", state=state, at=at, courier="Royal Mail", number="RM1", lines=("1",))


SHOP_SCENARIOS: Final[Mapping[str, Scenario]] = {
    "whatsapp_reminded": Scenario(WhatsApp, reminded, 30),
    "whatsapp_bought_after_reminding": Scenario(WhatsApp, bought_after_reminding, 30),
    "whatsapp_bought_in_time": Scenario(WhatsApp, bought_in_time, 30),
    "whatsapp_order_on_its_way": Scenario(WhatsApp, order_on_its_way, 30),
    "whatsapp_ordered_from_the_catalogue": Scenario(WhatsApp, ordered_from_the_catalogue, 20),
    "whatsapp_shop_caught_up": Scenario(WhatsApp, caught_up, 30),
    "whatsapp_shop_forgotten": Scenario(WhatsApp, forgotten, 8),
}
