"""A reminder is claimed only on the cart, and on the shopper, as they were read."""

from dataclasses import replace
from datetime import timedelta

import pytest
from samples import NOW, queued

from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.flows import Flow, Step
from chalicelib.domain.commerce.goods import Line
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.messages import MessageRef
from chalicelib.domain.retention import Retention
from chalicelib.ports.commerce import CartAsRead, KeptCart, KeptOrder, ShopChange
from chalicelib.ports.consents import Counted
from chalicelib.ports.errors import Conflict
from chalicelib.storage.commerce import DynamoCommerce
from chalicelib.storage.consents import DynamoConsents
from chalicelib.storage.threads import DynamoThreads

CART = Cart(connection_id="cn_shop", cart_id="c1", at=NOW, created_at=NOW, lines=(Line(title="Tea"),))
FLOW = Flow(
    shopper_id="sh_ann",
    began_at=NOW,
    steps=(Step(number=1, at=NOW, code="intended", message="th_ann/1#m"),),
    decided_at=NOW,
    is_measured=True,
    counted={"abandoned": 1, "reachable": 1},
)


def claim(threads: DynamoThreads, ref: MessageRef, cart: CartAsRead, counted: Counted) -> None:
    until = NOW + timedelta(seconds=90)
    threads.claim(ref, claim="me", now=NOW, lease_until=until, told=None, counted=counted, cart=cart)


def read(threads: DynamoThreads, merchant: str) -> tuple[DynamoCommerce, CartAsRead, Counted]:
    """What a sender knows before it claims."""
    store = DynamoCommerce(Retention())
    store.commit(merchant, ShopChange(carts=(KeptCart(cart=CART, flow=FLOW),)))
    kept = store.cart(merchant, "cn_shop", "c1")
    assert kept is not None and kept.flow == FLOW
    [was] = DynamoConsents().marketed(merchant, ["sh_ann"])
    counted = Counted(merchant, "sh_ann", was, ((NOW, "th_ann/1#m"),))
    return store, CartAsRead(merchant, "cn_shop", "c1", kept.version), counted


def test_nothing_has_happened_and_it_is_claimed(threads: DynamoThreads, merchant: str) -> None:
    _, cart, counted = read(threads, merchant)
    ref = queued(threads, merchant)
    claim(threads, ref, cart, counted)
    message = threads.message(ref)
    assert message is not None and message.claim == "me"


def test_the_cart_was_bought_meanwhile_and_it_is_not(threads: DynamoThreads, merchant: str) -> None:
    store, cart, counted = read(threads, merchant)
    ref = queued(threads, merchant)
    bought = replace(CART, bought_at=NOW)
    store.commit(merchant, ShopChange(carts=(KeptCart(cart=bought, flow=FLOW, version=cart.version),)))
    with pytest.raises(Conflict):
        claim(threads, ref, cart, counted)
    [after] = DynamoConsents().marketed(merchant, ["sh_ann"])
    assert after == counted.was, "nothing was counted either"


def test_they_have_ordered_meanwhile_and_no_cart_is_marked_yet(threads: DynamoThreads, merchant: str) -> None:
    store, cart, counted = read(threads, merchant)
    ref = queued(threads, merchant)
    order = Order(connection_id="cn_shop", order_id="o1", at=NOW, bought_at=NOW)
    change = ShopChange(orders=(KeptOrder(order=order, shopper_id="sh_ann"),), bought_by=("sh_ann",))
    store.commit(merchant, change)
    with pytest.raises(Conflict):
        claim(threads, ref, cart, counted)


def test_an_erased_cart_is_not_spoken_of(threads: DynamoThreads, merchant: str) -> None:
    store, cart, counted = read(threads, merchant)
    ref = queued(threads, merchant)
    store.forget(merchant, [KeptCart(cart=CART, flow=FLOW, version=cart.version)], [])
    with pytest.raises(Conflict):
        claim(threads, ref, cart, counted)
