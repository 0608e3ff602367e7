"""A shop whose shoppers leave carts: real use cases on memory at their ports, and a clock that is moved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from memory_people import MERCHANT, Consents, Dues
from one_shop import OneShop
from ports_in_memory import Shops
from remembered import Line

from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.events import CartTold, OrderTold
from chalicelib.domain.commerce.goods import Buyer
from chalicelib.domain.commerce.goods import Line as Product
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.connections import Connection
from chalicelib.domain.content import text_content
from chalicelib.domain.events import Address
from chalicelib.domain.messages import Message
from chalicelib.domain.templates.news import KnownTemplate
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import MindCart, Work
from chalicelib.ports.commerce import CartAsRead, KeptCart, ShopChange
from chalicelib.services.receiving.pointers import Source
from chalicelib.services.sending.find_way import FindWay
from chalicelib.services.sending.know_cart import KnowCart, KnownCart
from chalicelib.services.shops.follow_cart import FollowCart
from chalicelib.services.shops.hear_shop import HearShop
from chalicelib.services.shops.mind_cart import MindCarts
from chalicelib.services.shops.opt_ins import NoteOptIns
from chalicelib.services.shops.remind import FindReminder
from chalicelib.services.shops.who_buys import WhoBuys
from tests.commerce_in_memory import MemoryCommerce

SHOP: Final = Source(MERCHANT, "cn_shop", "shop")
WHATSAPP: Final = Line("whatsapp", Address("phone", "447400123456"))
OTHER: Final = Line("whatsapp", Address("phone", "447400123457"))
TELEGRAM: Final = Line("telegram", Address("chat", "77"))
BY_MAIL: Final = Buyer(email="ana@mail.example")
# A Wednesday, at ten in the morning in London.
MORNING: Final = datetime(2026, 12, 2, 10, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


class Commerce(MemoryCommerce):
    """In one transaction with what waits, and with what was decided about shoppers."""

    def __init__(self, dues: Dues, consents: Consents) -> None:
        super().__init__()
        self._dues, self._consents = dues, consents

    def commit(self, merchant_id: str, change: ShopChange) -> None:
        super().commit(merchant_id, change)
        for work in change.done:
            self._dues.forget(work)
        for due in change.due:
            self._dues.set(due)
        for shopper_id in change.bought_by:
            self._consents.bought(shopper_id)


class SomeConsents(Consents):
    def bought(self, shopper_id: str) -> None:
        self._moved(shopper_id, self._share(shopper_id).sent)


class SomeShops(Shops):
    """With the shop system, and a connection of each channel. moments: when they were connected."""

    def __init__(self) -> None:
        super().__init__()
        self.moments: dict[str, datetime] = {}

    def connection(self, connection_id: str) -> Connection:
        moments: Any = self.moments
        return replace(super().connection(connection_id), **moments)

    def connections(self, merchant_id: str) -> list[Connection]:
        return [self.connection(f"cn_{name}") for name in ("shop", "whatsapp", "telegram")]

    def save(self, **carts: Any) -> None:
        self.settings = replace(self.settings, carts={**self.settings.carts, **carts})


class Templates:
    """The TemplateStore: what the channel has approved."""

    def __init__(self) -> None:
        self.known: dict[str, KnownTemplate] = {}

    def template(self, merchant_id: str, template_id: str) -> KnownTemplate | None:
        return self.known.get(template_id)


class CartShop(OneShop):
    """said: what the phones have of reminders, with when. meanwhile: done once, right before a message is
    taken for sending."""

    def __init__(self, at: datetime = MORNING, lines: tuple[Line, ...] = (WHATSAPP, OTHER, TELEGRAM)) -> None:
        self.templates, self.minded = Templates(), 0
        self.meanwhile: Callable[[], None] = lambda: None
        super().__init__(lines, at)
        self.shops.settings = replace(self.shops.settings, zone="Europe/London", country="GB")
        self.shops.save(on=True, on_since=(at - DAY).isoformat())

    def _wire(self) -> None:
        self.shops, self.consents = SomeShops(), SomeConsents()
        self.threads._consents = self.consents
        super()._wire()
        self.commerce = Commerce(self.dues, self.consents)
        links: Any = None
        people: Any = self.people
        threads: Any = self.threads
        shops: Any = self.shops
        templates: Any = self.templates
        outbox: Any = self.queues
        named: Any = self.channels.__getitem__
        who = WhoBuys(threads, people, links, self.commerce, shops)
        self.know_cart = KnowCart(self.commerce, people, threads, shops)
        self.threads.is_cart_as_read = self._as_read
        self.hear = HearShop(
            self.commerce,
            who,
            shops,
            outbox,
            lambda *wish: None,
            lambda *left: None,
            lambda kind: kind == "shop",
            NoteOptIns(self.consents),
        )
        self.mind = MindCarts(
            self.commerce,
            shops,
            self.dues,
            self.know_cart,
            FollowCart(self.commerce, threads),
            FindReminder(FindWay(threads, shops, self.consents, self.judge, named), templates),
            self.intend,
            who.of_cart,
        )

    def _about_cart(self, thread: Thread, details: Any, shop: Any) -> KnownCart | None:
        return self.know_cart(thread, details, shop)

    def _as_read(self, cart: CartAsRead) -> bool:
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()
        kept = self.commerce.cart(cart.merchant_id, cart.connection_id, cart.cart_id)
        return kept is not None and kept.version == cart.version

    def _do(self, work: Work) -> None:
        if isinstance(work, MindCart):
            self.minded += 1
            self.mind(work, self.now)
        else:
            super()._do(work)

    def knows(self, line: Line) -> None:
        """They have written, a person has answered a while ago, and they want offers."""
        self.writes(line, "Hello")
        self.passes(MINUTE)
        self.replies(line, text_content("Hello!"))
        self.notes(line, "given", "box", "marketing", ())
        self.passes(HOUR)

    def leaves(self, cart_id: str = "c1", buyer: Buyer | None = None, **other: Any) -> None:
        """They put something into a cart, now."""
        told: dict[str, Any] = {"at": self.now, "created_at": self.now, "currency": "GBP"}
        told |= {"total": Decimal("24.50"), "url": f"https://shop.example/cart/{cart_id}"}
        told |= {"lines": (Product(title="Blue mug", quantity=2, product_id="p1", price=Decimal("12.25")),)}
        told |= {"buyer": buyer or Buyer(phones=(f"+{WHATSAPP.address.value}",)), **other}
        cart = Cart(connection_id=SHOP.connection_id, cart_id=cart_id, **told)
        self.hear(SHOP, CartTold(cart), self.now, self.now)

    def buys(self, order_id: str = "o1", buyer: Buyer | None = None, **other: Any) -> None:
        """They order something, now."""
        told: dict[str, Any] = {"at": self.now, "placed_at": self.now, "number": "#1001", "currency": "GBP"}
        told |= {"total": Decimal("24.50"), "paid": "paid"}
        told |= {"buyer": buyer or Buyer(phones=(f"+{WHATSAPP.address.value}",)), **other}
        order = Order(connection_id=SHOP.connection_id, order_id=order_id, **told)
        self.hear(SHOP, OrderTold(order), self.now, self.now)

    def kept(self, cart_id: str = "c1") -> KeptCart:
        found = self.commerce.cart(MERCHANT, SHOP.connection_id, cart_id)
        assert found is not None
        return found

    @property
    def reminders(self) -> list[Message]:
        """All that were intended, in their order."""
        rows = (one for rows in self.threads.messages_of.values() for one in rows.values())
        return sorted((one for one in rows if one.purpose == "cart"), key=lambda one: one.sent_at)

    @property
    def sent_at(self) -> list[datetime]:
        """When reminders went out."""
        return [one.started_at for one in self.reminders if one.status == "sent" and one.started_at]

    @property
    def counts(self) -> dict[str, int]:
        """What the reports hold, over all months."""
        found: dict[str, int] = {}
        for names in self.commerce.counted.values():
            for name, value in names.items():
                found[name] = found.get(name, 0) + value
        return {name: value for name, value in found.items() if value}


def reader_of(shop: CartShop, **other: str) -> Buyer:
    """Somebody on Telegram who has bought under their e-mail what a link had brought to their chat."""
    shop.knows(TELEGRAM)
    buyer = replace(BY_MAIL, **other)
    begun_at, bought_at = shop.now - 2 * DAY, shop.now - DAY
    shop.leaves("earlier", buyer, created_at=begun_at, lines=())
    tied(shop, TELEGRAM, "earlier")
    shop.buys("earlier", buyer, carts=("earlier",), placed_at=bought_at, number="#1000")
    return buyer


def tied(shop: CartShop, line: Line, cart_id: str) -> None:
    """They come by a link that brings their cart to the chat."""
    person = shop.people.rows[line.shopper_id]
    shop.people.rows[line.shopper_id] = replace(person, carts=(*person.carts, cart_id))
    shop.hear.tied(MERCHANT, cart_id, line.shopper_id, shop.now)
