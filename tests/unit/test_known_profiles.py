"""What is known of a shopper is put together from their rows, over all their threads, and from no guess."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest

from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.flows import Flow
from chalicelib.domain.commerce.goods import Buyer, Line
from chalicelib.domain.commerce.orders import Order, Refund
from chalicelib.domain.consent.records import Consent, address_key
from chalicelib.domain.events import Address
from chalicelib.domain.people import Merge, Person, Place, Proof
from chalicelib.domain.segments.profiles import Profile
from chalicelib.domain.threads import Thread, mark
from chalicelib.ports.commerce import KeptCart, KeptOrder
from chalicelib.services.segments.make_profile import MakeProfile
from tests.commerce_in_memory import MERCHANT, MemoryCommerce

NOW: Final = datetime(2026, 11, 2, 12, tzinfo=UTC)
DAY: Final = timedelta(days=1)
PHONE: Final = Address("phone", "40712345678")
CHAT: Final = Address("chat", "5501")


@dataclass
class World:
    """Ana writes on WhatsApp and on Telegram; the stores, as far as they are asked."""

    persons: dict[str, Person] = field(default_factory=dict)
    merged: list[Merge] = field(default_factory=list)
    threads: dict[str, Thread] = field(default_factory=dict)
    said: list[Consent] = field(default_factory=list)
    shop: MemoryCommerce = field(default_factory=MemoryCommerce)

    def __post_init__(self) -> None:
        places = (Place("cn_wa", PHONE), Place("cn_tg", CHAT))
        self.persons["sh_ana"] = Person(
            merchant_id=MERCHANT, shopper_id="sh_ana", places=places, threads=("th_tg", "th_wa")
        )
        self.thread("th_wa", "whatsapp", "cn_wa", PHONE)
        self.thread("th_tg", "telegram", "cn_tg", CHAT)

    def thread(self, thread_id: str, channel: str = "", connection: str = "", wire: Any = None) -> Thread:
        if thread_id not in self.threads:
            self.threads[thread_id] = Thread(
                merchant_id=MERCHANT,
                thread_id=thread_id,
                connection_id=connection,
                channel=channel,
                shopper_id="sh_ana",
                wire=wire,
            )
        return self.threads[thread_id]

    def change(self, thread_id: str, **changes: Any) -> None:
        self.threads[thread_id] = replace(self.threads[thread_id], **changes)

    def says(self, address: str, state: Any, days_ago: int = 0, **more: Any) -> None:
        at = NOW - days_ago * DAY
        plain: dict[str, Any] = {"purpose": "marketing", "how": "word", **more}
        self.said.append(
            Consent(merchant_id=MERCHANT, address=address, state=state, at=at, noted_at=at, **plain)
        )

    def orders(self, *orders: Order, shopper_id: str = "sh_ana") -> None:
        for one in orders:
            key = (MERCHANT, one.connection_id, one.order_id)
            self.shop.orders[key] = KeptOrder(order=one, shopper_id=shopper_id, version=1)

    def carts(self, *carts: Cart, shopper_id: str = "sh_ana") -> None:
        for one in carts:
            key = (MERCHANT, one.connection_id, one.cart_id)
            self.shop.carts[key] = KeptCart(cart=one, flow=Flow(shopper_id=shopper_id), version=1)

    # The PeopleStore, ReportStore and ConsentStore, as far as they are asked.
    def person(self, merchant_id: str, shopper_id: str) -> Person | None:
        return self.persons.get(shopper_id)

    def merges(self, merchant_id: str, merge_ids: Sequence[str]) -> list[Merge]:
        return [one for one in self.merged if one.merge_id in merge_ids]

    def threads_named(self, merchant_id: str, thread_ids: Collection[str]) -> list[Thread]:
        return [self.threads[one] for one in thread_ids if one in self.threads]

    def of_addresses(self, merchant_id: str, addresses: Iterable[str]) -> list[Consent]:
        return [one for one in self.said if one.address in set(addresses)]

    def made(self, shopper_id: str = "sh_ana") -> Profile | None:
        store: Any = self
        return MakeProfile(store, self.threads_named, store, self.shop)(MERCHANT, shopper_id)

    @property
    def ana(self) -> Profile:
        made = self.made()
        assert made is not None
        return made


def an_order(order_id: str, days_ago: int = 0, **changes: Any) -> Order:
    at = NOW - days_ago * DAY
    plain = Order(
        connection_id="cn_shop",
        order_id=order_id,
        at=at,
        placed_at=at,
        bought_at=at,
        paid="paid",
        total=Decimal("20.00"),
        currency="RON",
        lines=(Line(title="Tea", product_id=f"p-{order_id}", sku=f"SKU-{order_id}"),),
    )
    return replace(plain, **changes)


def a_cart(cart_id: str, days_ago: int = 0, **changes: Any) -> Cart:
    at = NOW - days_ago * DAY
    plain = Cart(connection_id="cn_shop", cart_id=cart_id, at=at, created_at=at, lines=(Line(title="Tea"),))
    return replace(plain, **changes)


def test_a_profile_holds_what_all_of_their_threads_say() -> None:
    world = World()
    world.change(
        "th_wa",
        shopper_name="Ana P.",
        language_hint="ro",
        tags=("vip",),
        first_at=NOW - 9 * DAY,
        shopper_at=NOW - 2 * DAY,
        human_at=NOW - DAY,
        spoken_at=NOW - DAY,
    )
    world.change(
        "th_tg",
        shopper_name="Anuta",
        language_hint="uk",
        language="en-GB",
        tags=("vip", "press"),
        first_at=NOW - 3 * DAY,
        shopper_at=NOW - 3 * DAY,
        spoken_at=NOW - 3 * DAY,
        marks={"referral": mark(json.dumps({"ref": "spring", "ad_id": "7"}), NOW)},
    )
    assert world.ana == Profile(
        merchant_id=MERCHANT,
        shopper_id="sh_ana",
        name="Ana P.",
        channels=("telegram", "whatsapp"),
        connections=("cn_tg", "cn_wa"),
        threads=("th_wa", "th_tg"),
        language="ro",
        country="RO",
        tags=("press", "vip"),
        first_seen=NOW - 9 * DAY,
        last_seen=NOW - 2 * DAY,
        last_answered=NOW - DAY,
        referrals=("7", "spring"),
    )


def test_the_name_and_the_language_that_were_told_of_the_person_stand_before_guesses() -> None:
    world = World()
    world.persons["sh_ana"] = replace(world.persons["sh_ana"], name="Ana Popescu", language="RO-md")
    assert (world.ana.name, world.ana.language) == ("Ana Popescu", "ro")


def test_a_country_is_told_by_a_number_then_by_a_language_and_never_by_the_shop() -> None:
    world = World()
    world.change("th_tg", language_hint="pt-br")
    assert world.ana.country == "RO"
    world.persons["sh_ana"] = replace(world.persons["sh_ana"], places=(Place("cn_tg", CHAT),))
    assert world.ana.country == "BR"
    world.change("th_tg", language_hint="pt")
    assert world.ana.country == ""


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ([], "none"),
        ([("given", 3)], "given"),
        ([("given", 3), ("withdrawn", 1)], "withdrawn"),
        ([("withdrawn", 3), ("given", 1)], "given"),
        ([("asked", 1)], "none"),
    ],
)
def test_a_consent_is_what_all_that_was_said_comes_to(said: Any, stands: str) -> None:
    world = World()
    for state, days_ago in said:
        world.says(address_key("cn_wa", PHONE), state, days_ago)
    assert (world.ana.marketing, world.ana.updates) == (stands, "none")
    world.says(address_key("cn_tg", CHAT), "given", 9, purpose="updates")
    assert world.ana.updates == "given"


def test_a_yes_for_one_channel_is_enough_and_a_stop_of_the_channel_is_one_there() -> None:
    world = World()
    world.says(address_key("cn_wa", PHONE), "given", 3, channels=("whatsapp",))
    assert world.ana.marketing == "given"
    world.change("th_wa", marks={"preference": mark("stop", NOW)})
    assert world.ana.marketing == "withdrawn"


def test_what_was_bought_counts_without_what_was_called_off_or_paid_back() -> None:
    world = World()
    refund = Refund(refund_id="r", at=NOW, amount=Decimal("5.50"))
    world.orders(
        an_order("1", 9, refunds=(refund,)),
        an_order("2", 5, total=Decimal(8), currency="EUR"),
        an_order("3", 1, state="cancelled"),
        an_order("4", 1, bought_at=None, paid="failed"),
        an_order("5", 0, connection_id="cn_other", buyer=Buyer(phones=("40712345678",))),
    )
    world.orders(an_order("6"), shopper_id="sh_ben")
    ana = world.ana
    assert (ana.orders, ana.spent) == (3, {"EUR": Decimal(8), "RON": Decimal("34.50")})
    assert ana.last_order == NOW
    assert ana.products == ("p-5", "SKU-5", "p-2", "SKU-2", "p-1", "SKU-1")


@pytest.mark.parametrize(
    ("carts", "orders", "state", "days_ago"),
    [
        ([], [], "none", None),
        ([a_cart("1", 3)], [], "open", 3),
        ([a_cart("1", 3), a_cart("2", 1, bought_at=NOW)], [], "bought", 1),
        ([a_cart("1", 3, gone_at=NOW)], [], "none", 3),
        ([a_cart("1", 3)], [an_order("1", 1)], "bought", 3),
        ([a_cart("1", 3)], [an_order("1", 9)], "open", 3),
    ],
)
def test_the_latest_cart_is_the_one_that_counts(
    carts: list[Cart], orders: list[Order], state: str, days_ago: int | None
) -> None:
    world = World()
    world.carts(*carts)
    world.orders(*orders)
    at = None if days_ago is None else NOW - days_ago * DAY
    assert (world.ana.cart, world.ana.cart_at) == (state, at)


def test_their_last_score_counts_wherever_they_gave_it() -> None:
    world = World()
    assert world.ana.satisfaction == ""
    world.change("th_wa", marks={"score": mark("good", NOW - DAY)})
    world.change("th_tg", marks={"score": mark("poor", NOW - 2 * DAY)})
    assert world.ana.satisfaction == "good"


def test_who_is_merged_is_one_person_with_what_both_have_bought() -> None:
    world = World()
    merge = Merge(
        merchant_id=MERCHANT,
        merge_id="mg_1",
        stayed="sh_ana",
        merged="sh_old",
        proof=Proof("said"),
        by="",
        at=NOW,
        state="done",
    )
    world.merged.append(merge)
    world.persons["sh_ana"] = replace(world.persons["sh_ana"], merges=("mg_1",))
    world.persons["sh_old"] = Person(
        merchant_id=MERCHANT, shopper_id="sh_old", merged_into="sh_ana", merged_by="mg_1"
    )
    world.orders(an_order("1"), shopper_id="sh_old")
    assert world.ana.orders == 1
    assert world.made("sh_old") is None


def test_who_is_not_there_works_for_the_shop_or_has_no_thread_has_no_profile() -> None:
    world = World()
    assert world.made("sh_nobody") is None
    for thread_id in world.threads:
        world.change(thread_id, marks={"staff": mark("st_1", NOW)})
    assert world.made() is None
    world.threads.clear()
    assert world.made() is None
    world.persons["sh_ana"] = replace(world.persons["sh_ana"], threads=())
    assert world.made() is None
