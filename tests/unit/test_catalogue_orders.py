"""An order from the catalogue: it becomes a cart once, and its shopper is told once where to pay."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import product
from string import Formatter
from typing import Any, Final

import pytest

import schemas
from chalicelib.domain.commerce.catalogue import CatalogueOrder, order_in, own_link
from chalicelib.domain.commerce.events import CartTold, ShopEvent
from chalicelib.domain.commerce.goods import Line
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Address, ShopperMessage
from chalicelib.domain.gate import Question, may_send
from chalicelib.domain.languages import LANGUAGES
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.texts.checkout_sentences import checkout_texts
from chalicelib.domain.threads import Thread, mark
from chalicelib.domain.work import Work
from chalicelib.ports.errors import AlreadyThere
from chalicelib.ports.threads import Change
from chalicelib.services.receiving.pointers import Source
from chalicelib.services.sending.confirm import confirmation
from chalicelib.services.sending.intend import Intend
from chalicelib.services.shop_settings import BadSetting, changed_shop
from chalicelib.services.shops.catalogue_orders import TakeCatalogueOrders
from integrations.public_holidays import PublicHolidays
from integrations.registry import CHANNELS, SHOPS, BaseUrls

NOW: Final = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # at night
MERCHANT: Final = "mt_1"
PHONE: Final = Address("phone", "447700900123")
MUG: Final = {"product_id": "mug-1", "quantity": 2, "price": "9.5", "currency": "GBP"}
TEA: Final = {"product_id": "tea", "quantity": 1, "price": "3.25", "currency": "GBP"}


def sent(*lines: Any, kind: str = "order", **changes: Any) -> ShopperMessage:
    said = ShopperMessage(
        addresses=(PHONE,),
        wire=PHONE,
        chat="",
        channel_message_id="wamid.1",
        sent_at=NOW,
        kind=kind,
        details={"catalog_id": "1", "lines": list(lines)},
    )
    return replace(said, **changes)


def line(product_id: str, quantity: int = 1, price: str = "0") -> Line:
    return Line(title=product_id, product_id=product_id, quantity=quantity, price=Decimal(price))


MUGS: Final = line("mug-1", 2, "9.5")
READ: Final = [  # what was sent, and what is bought by it
    ("one", [MUG], CatalogueOrder((MUGS,), Decimal("19.0"), "GBP")),
    ("two", [MUG, TEA], CatalogueOrder((MUGS, line("tea", 1, "3.25")), Decimal("22.25"), "GBP")),
    ("one of them twice", [MUG, MUG], CatalogueOrder((line("mug-1", 4, "9.5"),), Decimal("38.0"), "GBP")),
    ("no price", [MUG | {"price": ""}], CatalogueOrder((line("mug-1", 2),))),
    ("a sad price", [MUG | {"price": "-1"}], CatalogueOrder((line("mug-1", 2),))),
    ("no number", [MUG | {"price": "NaN"}], CatalogueOrder((line("mug-1", 2),))),
    ("no currency", [MUG | {"currency": ""}], CatalogueOrder((MUGS,))),
    ("two currencies", [MUG, TEA | {"currency": "EUR"}], CatalogueOrder((MUGS, line("tea", 1, "3.25")))),
    ("nothing", [], None),
    ("no product", [MUG, TEA | {"product_id": ""}], None),
    ("none of it", [MUG | {"quantity": 0}], None),
    ("far too many", [MUG | {"quantity": 10**8}], None),
    ("words for a count", [MUG | {"quantity": "two"}], None),
    ("yes for a count", [MUG | {"quantity": True}], None),
    ("no line at all", ["mug-1"], None),
    ("too many products", [MUG | {"product_id": str(one)} for one in range(101)], None),
]


@pytest.mark.parametrize(("lines", "order"), [one[1:] for one in READ], ids=[one[0] for one in READ])
def test_an_order_is_read_as_a_whole_or_left_to_a_person(lines, order):
    assert order_in(sent(*lines)) == order


@pytest.mark.parametrize("details", [{}, {"lines": None}, {"lines": "mug-1"}, {"lines": {"a": 1}}])
def test_a_body_without_lines_is_left_to_a_person(details):
    assert order_in(sent(details=details)) is None
    assert order_in(sent(MUG, kind="text")) is None


LINKS: Final = [
    ("shopify", ("456:1",), "https://mugs.example/cart/456:1"),
    (
        "shopify",
        ("shopify_GB_123_456:2", "gid://shopify/ProductVariant/7:1"),
        "https://mugs.example/cart/456:2,7:1",
    ),
    ("shopify", ("mug-1:1",), ""),
    ("shopify", ("456:1", "mug:1"), ""),
    ("woocommerce", ("wc_post_id_12:1",), "https://mugs.example/checkout-link/?products=12:1"),
    ("woocommerce", ("MUG_BLUE_12:3", "13:1"), "https://mugs.example/checkout-link/?products=12:3,13:1"),
    ("woocommerce", ("mug-12:1",), ""),
    ("woocommerce", tuple(f"{10**18 + one}:1" for one in range(100)), ""),
    ("shop", ("12:1",), ""),
]


@pytest.mark.parametrize(("kind", "items", "link"), LINKS)
def test_a_link_names_every_product_as_the_shop_does_or_there_is_none(kind, items, link):
    account = "mugs.example" if kind == "shopify" else "https://mugs.example"
    lines = [line(item.rpartition(":")[0], int(item.rpartition(":")[2])) for item in items]
    system = SHOPS[kind](BaseUrls())
    assert system.checkout_link(a_connection("cn_shop", kind, account), lines) == link


@pytest.mark.parametrize(
    ("template", "link"),
    [
        ("https://a.example/cart?items={items}", "https://a.example/cart?items=a%26b%20c:2,tea:1"),
        ("https://a.example/cart", ""),
        ("", ""),
        ("https://a.example/" + "x" * 1990 + "{items}", ""),
    ],
)
def test_a_shop_may_have_an_address_of_its_own(template, link):
    assert own_link(template, [line("a&b c", 2), line("tea")]) == link


@pytest.mark.parametrize(("language", "tone"), list(product(LANGUAGES, ("friendly", "polite"))))
def test_every_language_says_what_is_ready_and_where_to_pay(language, tone):
    texts = checkout_texts(language, tone)
    assert [name for _, name, _, _ in Formatter().parse(texts.ready) if name] == ["goods"]
    assert texts.pay.endswith(" {url}") or texts.pay.endswith("：{url}")
    assert language == "en" or texts.ready != checkout_texts("en").ready


def a_connection(connection_id: str, channel: str, account: str = "mugs.example") -> Connection:
    return Connection(
        merchant_id=MERCHANT,
        connection_id=connection_id,
        channel=channel,
        account=account,
        name=account,
        status="active",
    )


@dataclass
class World:
    """A merchant with a chat and these shops, and what came of an order."""

    shops: tuple[str, ...] = ("shopify",)
    settings: Shop = field(default_factory=lambda: Shop(name="Mugs", country="GB"))
    told: list[tuple[Source, Any]] = field(default_factory=list)
    ties: list[tuple[str, str]] = field(default_factory=list)
    rows: list[Message] = field(default_factory=list)
    keys: dict[str, MessageRef] = field(default_factory=dict)
    fails: bool = False
    thread_now: Thread = field(
        default_factory=lambda: Thread(
            merchant_id=MERCHANT,
            thread_id="th_1",
            connection_id="cn_chat",
            channel="whatsapp",
            shopper_id="sh_1",
            wire=PHONE,
            language="en",
            opened_at=NOW,
        )
    )

    def __post_init__(self) -> None:
        me: Any = self
        channels = {name: make(BaseUrls()) for name, make in CHANNELS.items()}
        systems = {name: make(BaseUrls()) for name, make in SHOPS.items()}
        intend = Intend(me, me, channels.__getitem__)
        self.take = TakeCatalogueOrders(me, systems.get, lambda: me, intend)

    def sends(self, *lines: Any, **changes: Any) -> None:
        self.take(self.thread_now, sent(*lines, **changes), NOW)

    # HearShop, and the stores as far as they are asked.
    def __call__(self, source: Source, event: ShopEvent, received_at: datetime, now: datetime) -> None:
        self.told.append((source, event))

    def tied(self, merchant_id: str, cart_id: str, shopper_id: str, now: datetime) -> None:
        self.ties.append((cart_id, shopper_id))

    def shop(self, merchant_id: str) -> Shop:
        return self.settings

    def connections(self, merchant_id: str) -> list[Connection]:
        shops = [a_connection(f"cn_{place}", kind) for place, kind in enumerate(self.shops)]
        return [a_connection("cn_chat", "whatsapp"), *shops]

    def thread(self, merchant_id: str, thread_id: str) -> Thread | None:
        return None if self.fails else self.thread_now

    def keyed(self, merchant_id: str, key: str) -> MessageRef | None:
        return self.keys.get(key)

    def commit(self, change: Change) -> None:
        if change.key in self.keys:
            raise AlreadyThere
        self.rows += change.new
        self.keys[change.key] = MessageRef(MERCHANT, "th_1", change.new[0].sort)

    def dispatch(self, work: Work, **when: Any) -> None:
        pass


VARIANT: Final = MUG | {"product_id": "456"}
LINK: Final = "https://mugs.example/cart/456:2"


def test_an_order_becomes_a_cart_of_its_shopper_and_a_link_once():
    world = World()
    world.sends(VARIANT)
    world.sends(VARIANT)  # delivered again
    (source, told), again = world.told
    assert isinstance(told, CartTold)
    cart = told.cart
    assert again == (source, told)
    assert (source.connection_id, source.channel) == ("cn_0", "shopify")
    assert cart.cart_id.startswith("chat-") and cart.buyer.phones == ("+447700900123",)
    assert (cart.url, cart.total, cart.currency, cart.at) == (LINK, Decimal("19.0"), "GBP", NOW)
    assert set(world.ties) == {(cart.cart_id, "sh_1")}
    (row,) = world.rows
    assert row.text == f"Your order is ready: £19.00.\nPay here: {LINK}"
    assert (row.author, row.purpose, row.status) == ("auto", "confirm", "queued")


def test_another_order_is_another_cart():
    world = World()
    world.sends(VARIANT)
    world.sends(VARIANT, channel_message_id="wamid.2")
    assert len({told.cart.cart_id for _, told in world.told}) == len(world.rows) == 2


def test_the_link_is_sent_by_night_and_to_whoever_never_said_yes():
    world = World()
    world.sends(VARIANT)
    (row,) = world.rows
    told = confirmation(world.settings, world.thread_now, row, NOW)
    assert told.text == row.text
    takes = CHANNELS["whatsapp"](BaseUrls()).capabilities
    question = Question(
        takes=takes,
        connection_status="active",
        author=row.author,
        purpose=row.purpose,
        text=told.text,
        now=NOW,
        intended_at=NOW,
        shopper_at=NOW,
        channel="whatsapp",
        window=takes.window,
    )
    assert may_send(question).decision == "send"


def test_products_are_named_where_the_catalogue_names_them():
    own = {"checkout_url": "https://a.example/c?items={items}"}
    world = World(shops=("shop",), settings=Shop(languages=("de",), country="GB", carts=own))
    world.thread_now = replace(world.thread_now, language="de")
    world.sends(MUG, TEA)
    (row,) = world.rows
    assert row.text == (
        "Ihre Bestellung ist bereit: 2 × mug-1, tea (22,25\xa0£).\n"
        "Hier können Sie bezahlen: https://a.example/c?items=mug-1:2,tea:1"
    )


NOT_SOLD: Final = [
    ("no shop is connected", World(shops=())),
    ("nobody says in which shop", World(shops=("shopify", "woocommerce"))),
    ("the named shop is gone", World(settings=Shop(carts={"catalogue_shop": "cn_9"}))),
]


@pytest.mark.parametrize("world", [one[1] for one in NOT_SOLD], ids=[one[0] for one in NOT_SOLD])
def test_nothing_is_made_of_it_where_it_is_unclear_in_which_shop(world):
    world.sends(VARIANT)
    assert (world.told, world.ties, world.rows) == ([], [], [])


def test_the_named_shop_is_the_one():
    world = World(shops=("shopify", "woocommerce"), settings=Shop(carts={"catalogue_shop": "cn_0"}))
    world.sends(VARIANT)
    assert world.told[0][0].connection_id == "cn_0" and len(world.rows) == 1


def test_without_a_link_the_cart_is_kept_and_a_person_answers():
    world = World()
    world.sends(MUG)
    assert world.told[0][1].cart.url == "" and world.ties
    assert world.rows == []


def test_the_shops_own_people_buy_nothing_and_who_is_gone_is_told_nothing():
    world = World()
    world.take(replace(world.thread_now, marks={"staff": mark("st_1", NOW)}), sent(VARIANT), NOW)
    assert world.told == []
    gone = World(fails=True)
    gone.sends(VARIANT)
    assert gone.rows == []


def test_only_a_shop_of_the_merchant_can_be_named():
    given = {"carts": {"catalogue_shop": "cn_9"}}
    with pytest.raises(BadSetting) as refused:
        changed_shop(Shop(), given, ["cn_0"], PublicHolidays(), NOW)
    assert refused.value.field == "carts.catalogue_shop"
    assert changed_shop(Shop(), given, ["cn_9"], PublicHolidays(), NOW).carts["catalogue_shop"] == "cn_9"


def test_an_own_address_is_a_secure_one_with_a_place_for_the_products():
    for url in ("", "https://a.example/cart?items={items}&from=chat"):
        assert schemas.check("settings", {"carts": {"checkout_url": url}})
    for url in (
        "http://a.example/{items}",
        "https://a.example/cart",
        "https://a.example/{items} x",
        "{items}",
    ):
        with pytest.raises(schemas.Invalid):
            schemas.check("settings", {"carts": {"checkout_url": url}})
