"""A chat about orders without a stack: what a shopper writes is understood, stored and answered as it is in
the functions, on fakes of the ports."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, cast

from chalicelib.domain.answering.asks import Matches
from chalicelib.domain.answering.turns import in_turn
from chalicelib.domain.choices import with_choice
from chalicelib.domain.commerce.goods import Buyer
from chalicelib.domain.commerce.orders import Order, Parcel
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Address, Media, ShopperMessage
from chalicelib.domain.ids import sort_key
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message
from chalicelib.domain.people import Person
from chalicelib.domain.promise.waits import Measured
from chalicelib.domain.threads import Thread, hear
from chalicelib.ports.commerce import KeptOrder
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import Change, ThreadStore, Told
from chalicelib.services.receiving.understand import PICTURES, Understand
from chalicelib.services.sending.answer import ComposeAnswer
from chalicelib.services.shops.live_orders import LiveOrders
from chalicelib.services.shops.open_return import OpenReturn
from chalicelib.services.shops.order_desk import OrderDesk
from chalicelib.services.shops.return_desk import ReturnDesk
from integrations.registry import CHANNELS, BaseUrls
from tests.commerce_in_memory import MemoryCommerce
from tests.returns_in_memory import MemoryReturns

NOW: Final = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MERCHANT: Final = "mt_1"
SHOP: Final = Shop(name="Little Mugs", languages=("en",), opening_hours="24/7")
WIRES: Final = {"whatsapp": "phone", "telegram": "chat", "messenger": "psid", "instagram": "igsid"}


def an_order(number: str, **changes: Any) -> Order:
    """Shipped, by a courier and with a number that no other order has."""
    parcel = Parcel(
        parcel_id=f"pc_{number}",
        state="in_transit",
        at=NOW - timedelta(hours=3),
        courier="Postman",
        number=f"TRACK{number}",
        url=f"https://courier.example/{number}",
        promised_on=date(2026, 11, 24),
    )
    plain = Order(
        connection_id="cn_shop",
        order_id=f"id{number}",
        at=NOW - timedelta(hours=3),
        number=f"#{number}",
        placed_at=NOW - timedelta(days=3),
        paid="paid",
        is_confirmed=True,
        buyer=Buyer(email=f"buyer{number}@example.com", postcode=f"9{number}", phones=(f"4917000{number}",)),
        total=Decimal(20),
        currency="EUR",
        parcels=(parcel,),
    )
    return replace(plain, **changes)


def shop_with(*orders: Order | KeptOrder) -> MemoryCommerce:
    kept = [KeptOrder(order=one, version=1) if isinstance(one, Order) else one for one in orders]
    return MemoryCommerce(
        orders={(MERCHANT, one.order.connection_id, one.order.order_id): one for one in kept}
    )


class NoArticles:
    def find(self, text: str, language: str = "") -> Matches:
        return Matches()


@dataclass
class Shops:
    """connected: kinds of the merchant's connections."""

    connected: Sequence[str] = ("shop",)
    settings: Shop = SHOP

    def shop(self, merchant_id: str) -> Shop:
        return self.settings

    def connections(self, merchant_id: str) -> list[Connection]:
        return [
            Connection(
                merchant_id=merchant_id,
                connection_id=f"cn_{kind}",
                channel=kind,
                account=kind,
                name=kind,
                status="active",
            )
            for kind in self.connected
        ]

    def connection(self, connection_id: str) -> Connection | None:
        return next((one for one in self.connections(MERCHANT) if one.connection_id == connection_id), None)


@dataclass
class System:
    """The shop system. tells: each order as it is now. asked: which were asked for."""

    tells: Callable[[str], Order | None] = lambda order_id: None
    asked: list[str] = field(default_factory=list)

    def order(self, connection: Connection, order_id: str) -> Order | None:
        self.asked.append(order_id)
        return self.tells(order_id)


@dataclass
class Rows:
    """The thread's messages, as a ThreadStore tells them. merged: who turned out to be whom."""

    messages_: list[Message] = field(default_factory=list)
    thread_of: Callable[[], Thread | None] = lambda: None
    tags: list[str] = field(default_factory=list)
    merged: dict[str, str] = field(default_factory=dict)

    def persons(self, merchant_id: str, shopper_ids: Sequence[str]) -> list[Person]:
        return [
            Person(merchant_id=merchant_id, shopper_id=one, merged_into=self.merged.get(one, ""))
            for one in shopper_ids
        ]

    def thread(self, merchant_id: str, thread_id: str) -> Thread | None:
        return self.thread_of()

    def commit(self, change: Change) -> None:
        self.tags += change.thread.tags if change.thread else ()

    def messages(
        self, merchant_id: str, thread_id: str, *, before: str = "", since: str = "", limit: int = 50
    ) -> list[Message]:
        found = [one for one in self.messages_ if one.sort >= since]
        return sorted(found, key=lambda one: one.sort, reverse=True)[:limit]

    def waits(self, merchant_id: str, connection_id: str, since: str) -> Measured:
        return Measured()


class Nobody:
    """No person is known."""

    def person(self, merchant_id: str, shopper_id: str) -> None:
        return None


class Chat:
    """One shopper's thread with the shop."""

    def __init__(
        self,
        store: MemoryCommerce,
        channel: str = "telegram",
        address: str = "700",
        *,
        name: str = "1",
        shop: Shop = SHOP,
        connected: Sequence[str] = ("shop",),
        system: System | None = None,
        now: datetime = NOW,
        returns: MemoryReturns | None = None,
    ) -> None:
        self.system = system or System()
        self.rows, self.now, self.shop = Rows(), now, shop
        self.takes = CHANNELS[channel](BaseUrls())
        known: Mapping[str, Any] = {"shop": self.system, "shopify": self.system}
        threads, shops = cast(ThreadStore, self.rows), cast(ShopStore, Shops(connected, shop))
        self.desk = OrderDesk(store, threads, LiveOrders(store, shops, known.get))
        self.returns, nobody = returns or MemoryReturns(), cast(Any, Nobody())
        opens = OpenReturn(self.returns, store, threads, shops, nobody, nobody)
        desk = ReturnDesk(self.desk, self.returns, lambda: opens)
        self.compose = ComposeAnswer(threads, lambda *of: None, lambda *of: "", self.desk, desk)
        self.rows.thread_of = lambda: self.thread
        self.understand = Understand(lambda merchant_id: NoArticles())
        self.wire = Address(WIRES[channel], address)
        self.thread = Thread(
            merchant_id=MERCHANT,
            thread_id=f"th_{name}",
            connection_id="cn_1",
            channel=channel,
            shopper_id=f"sh_{name}",
            wire=self.wire,
            shopper_name="Ann",
            language_hint=shop.languages[0],
        )
        self.answers: list[Told] = []

    def says(self, *texts: str, payload: str = "", after_s: float = 60, kind: str = "") -> str:
        """What the shopper is told to this burst; '' for nothing."""
        self.now += timedelta(seconds=after_s)
        is_due = False
        for text in texts:
            self.now += timedelta(seconds=1)
            is_due = self._hears(text, payload, kind) or is_due
        if not is_due:
            return ""
        told = self.answer()
        return told.text if told else ""

    def taps(self, title: str) -> str:
        """A button of the last answer."""
        found = [one for one in self.buttons if title in one.title]
        return self.says(found[0].title, payload=found[0].id)

    @property
    def buttons(self) -> Sequence[Any]:
        content = self.answers[-1].content
        return content.buttons or [row for one in content.sections for row in one.rows] if content else ()

    def answer(self) -> Told | None:
        """What is told now; nothing is stored by asking again."""
        self.now += timedelta(seconds=4)
        told = self.composed()
        self.thread = replace(self.thread, answer="")
        if told is None:
            return None
        assert told.spell is not None
        options = told.content.options if told.content else ()
        waiting = None if told.settles else self.thread.waiting_since
        self.thread = replace(self.thread, spell=told.spell, choices=options, waiting_since=waiting)
        self.answers.append(told)
        return told

    def composed(self, details: Mapping[str, Any] | None = None) -> Told | None:
        """details: what an earlier attempt has decided."""
        message = replace(self._row("auto", "", self.now, "queued"), details=details or {})
        connection: Any = None
        return self.compose(message, self.shop, self.thread, self.takes, connection, self.now)

    def _hears(self, text: str, payload: str, kind: str = "") -> bool:
        said = ShopperMessage(
            addresses=(self.wire,),
            wire=self.wire,
            chat=self.wire.value,
            channel_message_id=str(len(self.rows.messages_)),
            sent_at=self.now,
            kind=kind or ("button" if payload else "text"),
            text=text,
            payload=payload,
        )
        choice = with_choice(self.thread.choices, said).get("id", "")
        ask = self.understand(MERCHANT, said, choice, "")
        spell, is_pending = self.thread.spell, bool(self.thread.answer)
        is_picture = kind in PICTURES
        ask = in_turn(ask, spell, text, self.now, is_pending=is_pending, is_picture=is_picture)
        row = self._row("shopper", text, self.now, "received")
        row = replace(row, media=(Media(mime_type="image/jpeg"),)) if is_picture else row
        self.rows.messages_.append(row)
        self.thread, answers = hear(self.thread, said, row.sort, self.now, None, ask)
        if answers:
            self.thread = replace(self.thread, answer=sort_key(self.now, "ms_answer"))
        return answers

    def _row(self, author: Any, text: str, at: datetime, status: Any) -> Message:
        return Message(
            message_id=f"ms_{author}_{len(self.rows.messages_)}",
            author=author,
            kind="text",
            text=text,
            sent_at=at,
            status=status,
            purpose="answer" if author == "auto" else "",
            received_at=at if author == "shopper" else None,
        )
