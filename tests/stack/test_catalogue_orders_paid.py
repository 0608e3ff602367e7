"""A shopper sends an order from the catalogue on WhatsApp, by night: they read where to pay, and it is a
cart."""

from typing import Any

from shop import open_shop, settle
from test_any_shop_tells import connected

ITEM = {"product_retailer_id": "MUG-1", "quantity": 2, "item_price": 9.5, "currency": "GBP"}


def test_an_order_in_the_chat_is_a_cart_with_a_link_to_its_checkout(stack: Any) -> None:
    own = {"checkout_url": "https://mugs.example/cart?items={items}"}
    shop = open_shop(stack, name="Mugs", zone="UTC", country="GB", languages=["en"], carts=own)
    connected(shop)
    ana = shop.connect("whatsapp").newcomer("Ana", phone="+447400123777")
    shop.reply(ana.thread()["thread_id"], "Hello!")
    before = len(ana.heard())
    ana.does("order", text="Gift wrap, please", items=[ITEM])
    settle(stack)
    links = [text for text in ana.heard()[before:] if "https://mugs.example/" in text]
    assert links == [
        "Your order is ready: 2 × MUG-1 (£19.00).\nPay here: https://mugs.example/cart?items=MUG-1:2"
    ]
    export = shop.get(f"/shoppers/{ana.thread()['shopper_id']}/export")
    (cart,) = export["carts"]
    assert cart["url"] == "https://mugs.example/cart?items=MUG-1:2"
    assert [(one["product_id"], one["quantity"]) for one in cart["lines"]] == [("MUG-1", 2)]
