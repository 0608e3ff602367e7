"""What a shop system asks for its buyers is done with what the shop told; the merchant hears of the rest."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from commerce_in_memory import MERCHANT, MemoryCommerce

from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.events import BuyerWish, ShopLeft
from chalicelib.domain.commerce.flows import Flow
from chalicelib.domain.commerce.goods import Buyer
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.connections import Connection, ConnectionStatus
from chalicelib.domain.events import Notice
from chalicelib.domain.merchants import Shop
from chalicelib.domain.work import Due, ForgetShop, ReleaseHeld, Work, due_id
from chalicelib.ports.commerce import KeptCart, KeptOrder, ShopChange
from chalicelib.ports.errors import Erased
from chalicelib.services.connections.connect import Disconnect
from chalicelib.services.receiving.pointers import Source
from chalicelib.services.sending.release_held import Release
from chalicelib.services.shops.catch_up import noted_as
from chalicelib.services.shops.wishes import BuyerWishes, ForgetShops, LeaveShop

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SHOP = Source(MERCHANT, "cn_shop", "shopify")
ANN = Buyer(customer_id="77", email="ann@example.com", phones=("447700900123",))


@dataclass
class World:
    """The stores and the queue around one shop."""

    store: MemoryCommerce = field(default_factory=MemoryCommerce)
    whose: str = ""
    status: ConnectionStatus = "active"
    is_there: bool = True
    connected_at: datetime = NOON - timedelta(days=30)
    notices: list[Notice] = field(default_factory=list)
    dues: dict[str, Due] = field(default_factory=dict)
    works: list[Work] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def keep_notice(self, merchant_id: str, connection_id: str, notice: Notice, at: datetime) -> None:
        if notice not in self.notices:
            self.notices.append(notice)

    def shop(self, merchant_id: str) -> Shop:
        return Shop(country="GB")

    def connection(self, connection_id: str) -> Connection | None:
        if not self.is_there:
            return None
        return Connection(
            merchant_id=MERCHANT,
            connection_id=connection_id,
            channel="shopify",
            account="x",
            name="x",
            status=self.status,
            connected_at=self.connected_at,
        )

    def needs_reauth(self, connection: Connection) -> None:
        self.status = "needs_reauth"

    def set(self, due: Due) -> None:
        self.dues[due.due_id] = due

    def forget(self, work: Work) -> None:
        self.dues.pop(due_id(work), None)

    def dispatch(self, work: Work, *, delay_s: int = 0, attempt: str = "") -> None:
        self.works.append(work)

    def wish(self, wish: BuyerWish) -> None:
        wishes = BuyerWishes(self.store, lambda *whose: self.whose, self, self)
        for _ in range(2):  # it may come again
            wishes(SHOP, wish, NOON)

    def leave(self, left: ShopLeft) -> None:
        LeaveShop(self, self, self)(SHOP, left, NOON, NOON)

    def shares_subscription(self, connection: Connection) -> bool:
        return False

    def unregister(self, connection: Connection, is_last: bool) -> None:
        assert self.status != "disconnected", "it has no secrets any more"

    def close_connection(self, connection: Connection) -> None:
        self.status = "disconnected"

    def unreadable(
        self, merchant_id: str, connection_id: str, *, after: str = "", limit: int = 100
    ) -> list[str]:
        return self.unread[:limit]

    def forget_unreadable(self, kept: str) -> None:
        self.unread.remove(kept)

    def forget_shop(self) -> None:
        threads: Any = self
        forget = ForgetShops(self.store, threads, threads, self, self, self.passing)
        forget(ForgetShop(MERCHANT, "cn_shop"), NOON)

    def passing(self) -> float:
        self.seconds += 5.0
        return self.seconds

    def keeps(self, *ids: str, **changes: Any) -> None:
        """Carts and orders: `c…` and `o…`."""
        plain = {"connection_id": "cn_shop", "at": NOON, "buyer": ANN} | changes
        shopper_id = plain.pop("shopper_id", "")
        carts = [Cart(cart_id=one, created_at=NOON, **plain) for one in ids if one[0] == "c"]
        orders = [Order(order_id=one, placed_at=NOON, **plain) for one in ids if one[0] == "o"]
        for cart in carts:
            kept = KeptCart(cart=cart, flow=Flow(shopper_id=shopper_id))
            self.store.commit(MERCHANT, ShopChange(carts=(kept,)))
        for order in orders:
            change = ShopChange(orders=(KeptOrder(order=order, shopper_id=shopper_id),))
            self.store.commit(MERCHANT, change)

    @property
    def left(self) -> str:
        return " ".join(sorted(name for _, _, name in (*self.store.carts, *self.store.orders)))


@pytest.mark.parametrize(
    ("wish", "left"),
    [
        ({"customer_id": "77"}, "c3 o3 o4"),
        ({"email": " Ann@Example.com"}, "c3 o3 o4"),
        ({"phone": "07700 900123"}, "c3 o3 o4"),
        ({"customer_id": "77", "order_ids": ("o1",)}, "c3 o2 o3 o4"),
        ({"order_ids": ("o2", "o9")}, "c1 c2 c3 o1 o3 o4"),
        ({"email": "eve@example.com"}, "c1 c2 c3 o1 o2 o3 o4"),
    ],
)
def test_a_buyer_is_erased_from_the_shop_that_asks(wish: dict[str, Any], left: str) -> None:
    world = World()
    world.keeps("c1", "c2", "o1", "o2")
    world.keeps("c3", "o3", buyer=Buyer(customer_id="78", email="ben@example.com"))
    world.keeps("o4", connection_id="cn_other")
    world.wish(BuyerWish(wish="erase", **wish))
    assert (world.left, world.notices) == (left, [])


def test_who_shares_a_number_or_an_email_with_a_buyer_keeps_what_they_have() -> None:
    world = World()
    world.keeps("c1", "o1")
    world.keeps("c2", "o2", buyer=replace(ANN, customer_id="78"))
    world.keeps("c3", "o3", buyer=replace(ANN, customer_id=""))
    world.wish(BuyerWish(wish="erase", customer_id="77", email=ANN.email, phone="+447700900123"))
    assert world.left == "c2 o2"
    world.wish(BuyerWish(wish="erase", customer_id="77", order_ids=("o2",)))
    assert world.left == "c2"


def test_what_a_buyer_had_erased_does_not_come_back_as_it_was() -> None:
    world = World()
    world.keeps("c1", "o1")
    world.wish(BuyerWish(wish="erase", customer_id="77"))
    for one in ("c1", "o1"):
        with pytest.raises(Erased):
            world.keeps(one, at=NOON - timedelta(minutes=1))
        world.keeps(one, at=NOON + timedelta(minutes=1))
    assert world.left == "c1 o1"


def test_the_merchant_hears_of_a_chat_that_may_be_theirs() -> None:
    world = World()
    world.keeps("c1", shopper_id="sh_ann")
    world.wish(BuyerWish(wish="erase", customer_id="77", email="ann@example.com"))
    [notice] = world.notices
    assert (notice.kind, notice.subject, notice.problem) == ("buyer_erase", "sh_ann", "buyer_erase")
    assert "ann@" not in str(notice)
    assert world.left == ""


def test_who_is_known_by_their_number_alone_is_told_of_too() -> None:
    world = World(whose="sh_ann")
    world.wish(BuyerWish(wish="erase", phone="07700900123"))
    assert [one.subject for one in world.notices] == ["sh_ann"]


@pytest.mark.parametrize(("whose", "subject"), [("sh_ann", "sh_ann"), ("", "77")])
def test_who_wants_to_see_what_is_held_loses_nothing(whose: str, subject: str) -> None:
    world = World(whose=whose)
    world.keeps("c1", "o1")
    world.wish(BuyerWish(wish="export", customer_id="77", order_ids=("o1",)))
    assert [(one.kind, one.subject, one.details["orders"]) for one in world.notices] == [
        ("buyer_export", subject, ["o1"])
    ]
    assert world.left == "c1 o1"


def test_a_shop_that_was_left_has_to_be_connected_again() -> None:
    world = World()
    world.leave(ShopLeft())
    assert (world.status, world.works) == ("needs_reauth", [])


@pytest.mark.parametrize("status", ["active", "needs_reauth", "disconnected"])
def test_a_shop_that_was_forgotten_is_asked_for_all_of_it_when_it_is_connected_again(
    status: ConnectionStatus,
) -> None:
    world = World(status=status)
    connection = world.connection("cn_shop")
    assert connection is not None
    world.store.note_caught_up(MERCHANT, noted_as(connection), NOON)
    world.forget_shop()
    is_known = world.store.caught_up(MERCHANT, noted_as(connection)) is not None
    assert is_known == (status == "active")


def test_what_was_told_of_before_it_was_connected_anew_does_nothing() -> None:
    world = World(connected_at=NOON + timedelta(seconds=1))
    world.leave(ShopLeft())
    assert world.status == "active"
    world = World(connected_at=NOON - timedelta(days=1))
    world.leave(ShopLeft(is_erased=True))
    assert (world.status, world.works) == ("active", [])


@pytest.mark.parametrize("status", ["active", "needs_reauth", "disconnected"])
def test_all_of_a_shop_goes_some_at_a_time(status: ConnectionStatus) -> None:
    world = World(status=status)
    world.keeps(*(f"c{number}" for number in range(130)), *(f"o{number}" for number in range(70)))
    world.keeps("c_other", connection_id="cn_other")
    world.unread = [f"r{number}" for number in range(70)]
    world.leave(ShopLeft(is_erased=True))
    work = ForgetShop(MERCHANT, "cn_shop")
    assert (world.works, due_id(work) in world.dues) == ([work], True)
    runs = 0
    while world.works:
        world.forget_shop()
        world.works.pop(0)
        runs += 1
    assert (world.left, world.unread, world.dues) == ("c_other", [], {})
    assert runs > 1


@pytest.mark.parametrize(
    ("status", "left", "is_due"),
    [("active", "c1 o1", False), ("connecting", "c1 o1", True), ("disconnected", "", False)],
)
def test_a_shop_that_is_connected_again_by_then_keeps_what_it_has(
    status: ConnectionStatus, left: str, is_due: bool
) -> None:
    world = World(status=status)
    world.keeps("c1", "o1")
    world.set(Due(ForgetShop(MERCHANT, "cn_shop"), NOON))
    world.forget_shop()
    assert (world.left, bool(world.dues)) == (left, is_due)


@pytest.mark.parametrize(("channel", "days"), [("shopify", 3), ("shop", 3), ("whatsapp", None)])
def test_a_shop_that_is_disconnected_is_forgotten_some_days_later(channel: str, days: int | None) -> None:
    world = World()
    connection = world.connection("cn_shop")
    assert connection is not None
    shop: Any = world
    disconnect = Disconnect(shop, shop, Release(shop, shop), lambda one: one != "whatsapp")
    disconnect(replace(connection, channel=channel), shop, NOON)
    world.dues.pop(due_id(ReleaseHeld(MERCHANT, "cn_shop")))
    due = Due(ForgetShop(MERCHANT, "cn_shop"), NOON + timedelta(days=days or 0))
    assert list(world.dues.values()) == ([due] if days else [])
    assert world.status == "disconnected"


def test_a_shop_that_is_not_there_any_more_is_forgotten_all_the_same() -> None:
    world = World(is_there=False)
    world.leave(ShopLeft(is_erased=True))
    assert world.works == [ForgetShop(MERCHANT, "cn_shop")]
