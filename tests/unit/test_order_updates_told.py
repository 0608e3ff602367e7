"""An order changes, and its buyer reads of it once: in which chat, in which words, and what is kept of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest

from chalicelib.domain.capabilities import Capabilities, TextLimit
from chalicelib.domain.commerce.goods import Buyer
from chalicelib.domain.commerce.orders import Order, Parcel
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Address
from chalicelib.domain.gate import Question, may_send
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.people import Person
from chalicelib.domain.templates.definitions import TemplateDefinition
from chalicelib.domain.templates.news import KnownTemplate, template_id_of
from chalicelib.domain.threads import Thread, mark
from chalicelib.domain.work import Due, MindOrder, Work, due_id
from chalicelib.ports.commerce import KeptOrder
from chalicelib.ports.errors import AlreadyThere, StoreBusy
from chalicelib.ports.threads import Change
from chalicelib.services.sending.intend import Intend
from chalicelib.services.shops.mind_order import MindOrders
from chalicelib.services.shops.order_overtaken import OrderOvertaken
from chalicelib.services.shops.order_settings import CheckOrderTemplates, changed_orders
from chalicelib.services.shops.update_letters import UpdateLetters
from integrations.registry import CHANNELS, BaseUrls
from tests.commerce_in_memory import MemoryCommerce

NOW: Final = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ON: Final = {"on": True, "on_since": (NOW - 30 * DAY).isoformat()}
WORK: Final = MindOrder("mt_1", "cn_shop", "77")
PARCEL: Final = Parcel(
    parcel_id="p1",
    state="shipped",
    at=NOW - HOUR,
    courier="DHL",
    number="0034",
    url="https://dhl.example/0034",
    promised_on=date(2026, 11, 24),
)
ORDER: Final = Order(
    connection_id="cn_shop",
    order_id="77",
    number="#1001",
    at=NOW - HOUR,
    placed_at=NOW - 2 * HOUR,
    is_confirmed=True,
    parcels=(PARCEL,),
    currency="EUR",
)
UTILITY: Final = TemplateDefinition(
    name="sent",
    language="ro",
    category="utility",
    state="approved",
    body="Comanda {{1}}: {{2}}.",
)
FILLED: Final = {
    "updates": ["shipped"],
    "name": "sent",
    "language": "ro",
    "variables": {
        "body.1": {"field": "order.number", "fallback": "ta"},
        "body.2": {"field": "order.tracking_number", "fallback": "-"},
    },
}


@dataclass
class World:
    """Whatever MindOrders reads and writes besides orders. shop: the settings."""

    shop: Shop = field(default_factory=lambda: Shop(name="Casa Luna", zone="Europe/Bucharest", orders=ON))
    held: dict[str, Thread] = field(default_factory=dict)
    rows: dict[str, Message] = field(default_factory=dict)
    keys: dict[str, MessageRef] = field(default_factory=dict)
    forgotten: list[Work] = field(default_factory=list)
    queued: list[Work] = field(default_factory=list)
    definition: TemplateDefinition = UTILITY
    left: tuple[str, ...] = ()

    def thread(self, merchant_id: str, thread_id: str) -> Thread | None:
        return self.held.get(thread_id)

    def message(self, ref: MessageRef) -> Message | None:
        return self.rows.get(ref.sort)

    def keyed(self, merchant_id: str, key: str) -> MessageRef | None:
        return self.keys.get(key)

    def commit(self, change: Change) -> None:
        if change.key in self.keys:
            raise AlreadyThere
        self.held[change.thread.thread_id] = change.thread
        self.rows |= {one.sort: one for one in change.new}
        self.keys[change.key] = MessageRef("mt_1", change.thread.thread_id, change.new[0].sort)

    def person(self, merchant_id: str, shopper_id: str) -> Person | None:
        if shopper_id != "sh_1":
            return None
        return Person(merchant_id=merchant_id, shopper_id=shopper_id, threads=tuple(self.held))

    def persons(self, merchant_id: str, shopper_ids: Sequence[str]) -> list[Person]:
        merged = {"sh_merged": "sh_1"}
        return [
            Person(merchant_id=merchant_id, shopper_id=one, merged_into=merged.get(one, ""))
            for one in shopper_ids
        ]

    def connections(self, merchant_id: str) -> list[Connection]:
        return [
            Connection(
                merchant_id="mt_1",
                connection_id=f"cn_{name}",
                channel=name,
                account="1",
                name=name,
                status="disconnected" if name in self.left else "active",
            )
            for name in ("shop", *CHANNELS)
        ]

    def template(self, merchant_id: str, template_id: str) -> KnownTemplate | None:
        known = template_id_of("cn_whatsapp", self.definition.name, self.definition.language)
        if template_id != known:
            return None
        return KnownTemplate(
            template_id=known, connection_id="cn_whatsapp", definition=self.definition, fetched_at=NOW
        )

    def forget(self, work: Work) -> None:
        self.forgotten.append(work)

    def dispatch(self, work: Work, **when: Any) -> None:
        self.queued.append(work)

    def told(self) -> list[str]:
        return [row.text for row in self.rows.values()]


class Shops:
    """The ShopStore, of a world."""

    def __init__(self, world: World) -> None:
        self._world, self.connections = world, world.connections

    def shop(self, merchant_id: str) -> Shop:
        return self._world.shop


def a_thread(channel: str = "telegram", ago: timedelta = HOUR, **changes: Any) -> Thread:
    plain = Thread(
        merchant_id="mt_1",
        thread_id=f"th_{channel}",
        connection_id=f"cn_{channel}",
        channel=channel,
        shopper_id="sh_1",
        wire=Address("phone" if channel == "whatsapp" else "id", "40700000001"),
        shopper_name="Ana Pop",
        language="en",
        shopper_at=NOW - ago,
        opened_at=NOW - ago,
    )
    return replace(plain, **changes)


def a_world(*threads: Thread, **changes: Any) -> World:
    return World(held={one.thread_id: one for one in threads or (a_thread(),)}, **changes)


def orders_with(order: Order = ORDER, **kept: Any) -> MemoryCommerce:
    made = KeptOrder(order=order, shopper_id="sh_1", version=1)
    return MemoryCommerce(orders={("mt_1", "cn_shop", "77"): replace(made, **kept)})


def page_of(connection: Connection, order_id: str, language: str) -> str:
    return f"https://p.example/t/token?lang={language}"


def mind(world: World, orders: MemoryCommerce, now: datetime = NOW) -> KeptOrder | None:
    channels = {name: make(BaseUrls()) for name, make in CHANNELS.items()}
    letters = UpdateLetters(world, channels.__getitem__, page_of)
    intend = Intend(world, world, channels.__getitem__)
    MindOrders(orders, Shops(world), world, world, world, letters, intend)(WORK, now)
    return orders.order("mt_1", "cn_shop", "77")


def test_a_buyer_reads_once_that_their_order_is_on_its_way() -> None:
    world, orders = a_world(), orders_with()
    kept = mind(world, orders)
    assert "\n".join(world.told()) == (
        "📦 Order #1001\nIt is on its way to you.\n\nExpected: Tuesday, November 24\nDHL: 0034\n"
        "The courier's page: https://dhl.example/0034\n"
        "All about your order: https://p.example/t/token?lang=en"
    )
    (row,) = world.rows.values()
    assert (row.author, row.purpose, row.status) == ("auto", "update", "queued")
    assert kept and kept.told == ("shipped:p1",)
    (due,) = orders.due.values()
    assert due == Due(WORK, datetime(2026, 11, 24, 22, tzinfo=UTC))
    for _ in range(3):
        mind(world, orders)
    assert len(world.rows) == 1


def test_when_the_promised_day_is_over_they_are_told_that_it_is_late_once() -> None:
    world, orders = a_world(), orders_with(told=("shipped:p1",))
    late = datetime(2026, 11, 24, 22, tzinfo=UTC)
    orders.due[due_id(WORK)] = Due(WORK, late)
    kept = mind(world, orders, late)
    assert "taking longer than we promised" in world.told()[0]
    assert kept and kept.told == ("shipped:p1", "delayed:p1")
    assert not orders.due
    mind(world, orders, late + DAY)
    assert len(world.rows) == 1


def test_a_look_that_was_cut_short_after_the_message_tells_nothing_twice() -> None:
    """The message was written, that it was told was not; since then another parcel has been sent."""
    world, orders = a_world(), orders_with()
    mind(world, orders)
    two = replace(ORDER, parcels=(PARCEL, replace(PARCEL, parcel_id="p2", number="0035", url="")))
    again = orders_with(two)
    kept = mind(world, again)
    assert kept and kept.told == ("shipped:p1",)
    assert again.due[due_id(WORK)].at == NOW
    kept = mind(world, again)
    assert kept and kept.told == ("shipped:p1", "shipped:p2")
    assert len(world.rows) == 2 and "0034" not in world.told()[1]


def test_an_order_that_changes_in_the_same_moment_is_decided_on_again() -> None:
    world, orders = a_world(), orders_with()
    delivered = replace(ORDER, parcels=(replace(PARCEL, state="delivered", at=NOW),))

    def somebody_is_faster() -> None:
        orders.before_commit = lambda: None
        orders.orders["mt_1", "cn_shop", "77"] = KeptOrder(order=delivered, shopper_id="sh_1", version=2)

    orders.before_commit = somebody_is_faster
    kept = mind(world, orders)
    assert kept and kept.told == ("delivered:p1",) and kept.version == 3
    assert [json.loads(row.details["keys"]) for row in world.rows.values()] == [
        ["shipped:p1"],
        ["delivered:p1"],
    ]


def test_an_order_that_changes_all_the_time_comes_back_later() -> None:
    world, orders = a_world(), orders_with()

    def faster() -> None:
        kept = orders.orders["mt_1", "cn_shop", "77"]
        orders.orders["mt_1", "cn_shop", "77"] = replace(kept, version=kept.version + 1)

    orders.before_commit = faster
    with pytest.raises(StoreBusy):
        mind(world, orders)
    assert len(world.rows) == 1


def test_what_nobody_can_be_told_is_as_good_as_told() -> None:
    for world, kept in (
        (a_world(), {"shopper_id": "sh_gone"}),
        (a_world(left=("telegram",)), {}),
        (a_world(a_thread(marks={"staff": mark("st_1", NOW)})), {}),
    ):
        orders = orders_with(**kept)
        found = mind(world, orders)
        assert found and found.told == ("shipped:p1",) and not world.rows


def test_who_is_proven_later_reads_what_is_still_news_then() -> None:
    world, orders = a_world(), orders_with(shopper_id="")
    kept = mind(world, orders)
    assert kept is not None and (kept.told, world.rows) == ((), {})
    orders.orders["mt_1", "cn_shop", "77"] = replace(kept, shopper_id="sh_1")
    kept = mind(world, orders)
    assert kept is not None and kept.told == ("shipped:p1",) and len(world.rows) == 1
    late, old = a_world(), orders_with(shopper_id="")
    old.orders["mt_1", "cn_shop", "77"] = KeptOrder(order=ORDER, shopper_id="sh_1", version=1)
    mind(late, old, NOW + 2 * DAY)
    assert not [text for text in late.told() if "on its way" in text]


def test_until_the_shop_has_switched_it_on_or_when_it_has_left_nothing_is_written() -> None:
    off = Shop(orders={"on": False})
    for world, orders in (
        (a_world(shop=off), orders_with()),
        (a_world(left=("shop",)), orders_with()),
        (a_world(), MemoryCommerce()),
    ):
        mind(world, orders)
        assert (world.rows, world.forgotten, orders.commits) == ({}, [WORK], 0)


@pytest.mark.parametrize(
    ("threads", "chosen", "kind"),
    [
        ([a_thread("whatsapp")], "th_whatsapp", "text"),
        ([a_thread("whatsapp", ago=2 * DAY)], "th_whatsapp", "template"),
        ([a_thread("whatsapp", ago=2 * DAY), a_thread("telegram", ago=9 * DAY)], "th_whatsapp", "template"),
        ([a_thread("messenger", ago=2 * DAY), a_thread("telegram", ago=9 * DAY)], "th_telegram", "text"),
        ([a_thread("messenger", ago=2 * DAY), a_thread("instagram", ago=3 * DAY)], "th_messenger", "text"),
        ([a_thread("whatsapp"), a_thread("telegram", ago=2 * HOUR)], "th_whatsapp", "text"),
        (
            [
                a_thread("whatsapp", marks={"unreachable": mark("blocked", NOW)}),
                a_thread("telegram", ago=2 * HOUR),
            ],
            "th_telegram",
            "text",
        ),
    ],
)
def test_it_comes_where_they_last_wrote_as_words_or_as_a_template(
    threads: list[Thread], chosen: str, kind: str
) -> None:
    shop = Shop(
        name="Casa Luna", zone="Europe/Bucharest", orders={**ON, "templates": {"cn_whatsapp": [FILLED]}}
    )
    world = a_world(*threads, shop=shop)
    mind(world, orders_with())
    (ref,) = world.keys.values()
    (row,) = world.rows.values()
    assert (ref.thread_id, row.kind) == (chosen, kind)
    if kind == "template" and row.content and row.content.template:
        template = row.content.template
        assert [one.value for one in template.variables] == ["#1001", "0034"]
        assert (template.name, template.category) == ("sent", "utility")


def test_at_night_a_window_that_will_be_closed_in_the_morning_is_as_good_as_closed() -> None:
    """Updates wait for 8 o'clock."""
    shop = Shop(
        name="Casa Luna", zone="Europe/Bucharest", orders={**ON, "templates": {"cn_whatsapp": [FILLED]}}
    )
    night = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    for ago, kind in ((timedelta(hours=20), "template"), (timedelta(hours=12), "text")):
        thread = replace(a_thread("whatsapp"), opened_at=night - ago)
        world = a_world(thread, shop=shop)
        mind(world, orders_with(), night)
        assert [row.kind for row in world.rows.values()] == [kind]


@pytest.mark.parametrize(
    "definition", [replace(UTILITY, state="paused"), replace(UTILITY, body="{{1}} {{2}} {{3}}"), None]
)
def test_a_template_that_the_channel_would_refuse_is_not_sent(definition: TemplateDefinition | None) -> None:
    shop = Shop(orders={**ON, "templates": {"cn_whatsapp": [FILLED]}})
    gone = definition or replace(UTILITY, name="other")
    world = a_world(a_thread("whatsapp", ago=2 * DAY), shop=shop, definition=gone)
    mind(world, orders_with())
    assert [row.kind for row in world.rows.values()] == ["text"]


def test_the_buyers_language_counts_where_the_chat_tells_none() -> None:
    order = replace(ORDER, buyer=Buyer(language="de-AT"))
    for known, head in (("", "Bestellung #1001"), ("tr", "Sipariş: #1001")):
        world = a_world(a_thread(language=known))
        mind(world, orders_with(order))
        assert head in world.told()[0]


def a_question(**changes: Any) -> Question:
    plain = Question(
        takes=Capabilities(text=TextLimit(4096)),
        connection_status="active",
        author="auto",
        purpose="update",
        text="Hi",
        now=NOW,
        intended_at=NOW,
        shopper_at=NOW,
    )
    return replace(plain, **changes)


def test_the_gate_lets_no_news_out_that_is_old_already() -> None:
    assert may_send(a_question()).decision == "send"
    assert may_send(a_question(is_overtaken=True)).code == "overtaken"
    assert may_send(a_question(is_overtaken=True, purpose="answer")).decision == "send"


def test_when_it_is_about_to_leave_the_order_is_read_again() -> None:
    world, orders = a_world(), orders_with()
    mind(world, orders)
    (row,) = world.rows.values()
    overtaken = OrderOvertaken(orders, world)
    assert not overtaken(a_thread(), row.details, world.shop, NOW)
    delivered = replace(ORDER, parcels=(replace(PARCEL, state="delivered"),))
    orders.orders["mt_1", "cn_shop", "77"] = KeptOrder(order=delivered, shopper_id="sh_1")
    assert overtaken(a_thread(), row.details, world.shop, NOW)
    orders.orders.clear()
    assert overtaken(a_thread(), row.details, world.shop, NOW)
    assert not overtaken(a_thread(), {}, world.shop, NOW)


@pytest.mark.parametrize(
    ("owner", "goes_out"), [("sh_1", True), ("sh_merged", True), ("sh_2", False), ("", False)]
)
def test_news_of_an_order_that_has_turned_out_to_be_another_persons_does_not_leave(
    owner: str, goes_out: bool
) -> None:
    """Somebody of the shop has corrected the buyer's number since."""
    world, orders = a_world(), orders_with()
    mind(world, orders)
    (row,) = world.rows.values()
    orders.orders["mt_1", "cn_shop", "77"] = KeptOrder(order=ORDER, shopper_id=owner)
    assert OrderOvertaken(orders, world)(a_thread(), row.details, world.shop, NOW) != goes_out


def test_switching_on_again_begins_anew_and_what_is_not_named_stays() -> None:
    first = changed_orders({}, {"on": True, "updates": {"packed": True}}, NOW)
    assert first == {"on": True, "updates": {"packed": True}, "on_since": NOW.isoformat()}
    second = changed_orders(first, {"updates": {"placed": False}}, NOW + DAY)
    assert second["updates"] == {"packed": True, "placed": False}
    assert second["on_since"] == NOW.isoformat()
    off = changed_orders(second, {"on": False}, NOW + DAY)
    assert off["on_since"] is None
    assert changed_orders(off, {"on": True}, NOW + 2 * DAY)["on_since"] == (NOW + 2 * DAY).isoformat()


@pytest.mark.parametrize(
    ("changes", "field_"),
    [
        ({}, None),
        ({"name": "nobody"}, "orders.templates.cn_whatsapp.0.name"),
        ({"variables": {"body.1": "x"}}, "orders.templates.cn_whatsapp.0.variables.body.2"),
        (
            {"variables": {"body.1": "x", "body.2": {"field": "order.colour", "fallback": "-"}}},
            "orders.templates.cn_whatsapp.0.variables.body.2",
        ),
    ],
)
def test_a_template_that_can_not_be_filled_is_refused_when_it_is_chosen(
    changes: Mapping[str, Any], field_: str | None
) -> None:
    check = CheckOrderTemplates(a_world())
    chosen = {"templates": {"cn_whatsapp": [{**FILLED, **changes}]}}
    assert [field for field, _ in check("mt_1", chosen, ["cn_whatsapp"])] == ([field_] if field_ else [])
    assert [field for field, _ in check("mt_1", chosen, [])] == ["orders.templates.cn_whatsapp"]
