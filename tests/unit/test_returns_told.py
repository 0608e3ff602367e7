"""A return is opened, decided on and paid back: its shopper reads of each once, in their language."""

from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest

from chalicelib.domain.commerce.goods import Line
from chalicelib.domain.commerce.orders import Order, Refund
from chalicelib.domain.commerce.returns import CantMove, Return, ReturnRules
from chalicelib.domain.events import Address, Media
from chalicelib.domain.languages import LANGUAGES
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.people import Person
from chalicelib.domain.texts.return_sentences import ALL
from chalicelib.domain.threads import Thread, mark
from chalicelib.domain.work import MindOrder, TellReturn, Work
from chalicelib.ports.commerce import KeptOrder
from chalicelib.ports.errors import AlreadyThere, StoreBusy
from chalicelib.ports.threads import Change
from chalicelib.services.sending.intend import Intend
from chalicelib.services.shops.open_return import NotTakenBack, NotTheirs, OpenReturn, Wish
from chalicelib.services.shops.return_letters import ReturnLetters
from chalicelib.services.shops.return_report import ReportReturns
from chalicelib.services.shops.return_wording import return_text
from chalicelib.services.shops.returns import NoSuch, Returns, Step
from chalicelib.services.shops.tell_return import TellReturns
from chalicelib.services.threads.write_thread import NotFound
from integrations.registry import CHANNELS, BaseUrls
from tests.commerce_in_memory import MERCHANT, MemoryCommerce
from tests.returns_in_memory import MemoryReturns

NOW: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY: Final = timedelta(days=1)
LINES: Final = (
    Line(title="Mug", line_id="1", product_id="p1", quantity=2, price=Decimal("12.50")),
    Line(title="Hat", line_id="2", product_id="p2"),
)
ORDER: Final = Order(
    connection_id="cn_shop",
    order_id="77",
    number="#1001",
    at=NOW - 5 * DAY,
    placed_at=NOW - 5 * DAY,
    lines=LINES,
    currency="EUR",
)
WISH: Final = Wish(
    thread_id="th_1",
    connection_id="cn_shop",
    order_id="77",
    lines={"1": 1},
    reason="damaged",
    note="The handle",
    by="Kim",
)
WORK: Final = MindOrder(MERCHANT, "cn_shop", "77")
TAKES_BACK: Final = {"on": True, "instructions": {"en": "Post it to 1 Mill Lane.", "ro": "Str. Morii 1."}}


def a_photo(message_id: str, author: Any = "shopper", kind: Any = "image") -> Message:
    media = (Media(mime_type="image/jpeg"),) if kind == "image" else ()
    return Message(
        message_id=message_id, author=author, kind=kind, text="", sent_at=NOW, status="received", media=media
    )


@dataclass
class World:
    """The stores that returns read and write. settings: the shop's."""

    settings: dict[str, Any] = field(default_factory=lambda: {"returns": TAKES_BACK})
    language: str = "en"
    order: Order = ORDER
    owner: str = "sh_1"
    thread_now: Thread | None = None
    rows: dict[str, Message] = field(default_factory=dict)
    keys: dict[str, MessageRef] = field(default_factory=dict)
    queued: list[Work] = field(default_factory=list)
    said: tuple[Message, ...] = ()
    is_busy: bool = False
    finished: list[Work] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.thread_now = Thread(
            merchant_id=MERCHANT,
            thread_id="th_1",
            connection_id="cn_chat",
            channel="telegram",
            shopper_id="sh_1",
            wire=Address("id", "1"),
            language=self.language,
            opened_at=NOW,
            tags=("vip",),
        )
        kept = KeptOrder(order=self.order, shopper_id=self.owner, version=1)
        self.orders = MemoryCommerce(orders={(MERCHANT, "cn_shop", "77"): kept})
        self.store = MemoryReturns()
        channels = {name: make(BaseUrls()) for name, make in CHANNELS.items()}
        me: Any = self
        letters = ReturnLetters(me, me, Intend(me, me, channels.__getitem__))
        tell = self.tell = TellReturns(self.store, me, me, letters)
        self.open = OpenReturn(self.store, self.orders, me, me, me, tell)
        self.returns = Returns(self.store, self.orders, me, tell)

    def thread(self, merchant_id: str, thread_id: str) -> Thread | None:
        return self.thread_now if (merchant_id, thread_id) == (MERCHANT, "th_1") else None

    def messages(self, merchant_id: str, thread_id: str, **asked: Any) -> list[Message]:
        return list(self.said)

    def message(self, ref: MessageRef) -> Message | None:
        return self.rows.get(ref.sort)

    def keyed(self, merchant_id: str, key: str) -> MessageRef | None:
        return self.keys.get(key)

    def commit(self, change: Change) -> None:
        if self.is_busy:
            raise StoreBusy("throttled")
        if change.key in self.keys:
            raise AlreadyThere
        self.thread_now = change.thread
        self.rows |= {one.sort: one for one in change.new}
        if change.key:
            self.keys[change.key] = MessageRef(MERCHANT, "th_1", change.new[0].sort)

    def shop(self, merchant_id: str) -> Shop:
        return Shop(name="Casa Luna", languages=("en",), **self.settings)

    def person(self, merchant_id: str, shopper_id: str) -> Person | None:
        merged = {"sh_old": "sh_1"}.get(shopper_id, "")
        known = shopper_id in ("sh_1", "sh_old", "sh_2")
        return Person(merchant_id=merchant_id, shopper_id=shopper_id, merged_into=merged) if known else None

    def dispatch(self, work: Work, **when: Any) -> None:
        self.queued.append(work)

    def forget(self, work: Work) -> None:
        self.finished.append(work)

    def tick(self, now: datetime = NOW) -> None:
        for due in self.store.due:
            if due.work not in self.finished and isinstance(due.work, TellReturn):
                self.tell(due.work, now)

    def told(self) -> list[str]:
        return [row.text for row in self.rows.values()]

    def wishes(self, **changes: Any) -> Return:
        return self.open(MERCHANT, replace(WISH, **changes), NOW)

    def moves(self, one: Return, state: Any, **step: Any) -> Return:
        return self.returns.move(MERCHANT, one.return_id, Step(state=state, by="Kim", **step), NOW)


def test_a_shopper_reads_of_each_state_once_and_the_thread_has_a_tag() -> None:
    world = World()
    one = world.wishes()
    assert world.told() == [
        "↩️ Return for order #1001\n1 × Mug\nWe have noted it. As soon as it is decided, we will write here."
    ]
    (row,) = world.rows.values()
    assert (row.purpose, row.author, row.status) == ("update", "auto", "queued")
    assert row.details == {"return": one.return_id, "state": "requested"}
    assert world.thread_now and world.thread_now.tags == ("vip", "return")
    assert (one.reason, one.note, one.steps[0].by, one.lines[0].product_id) == (
        "damaged",
        "The handle",
        "Kim",
        "p1",
    )
    for state in ("approved", "approved", "received", "refunded", "refunded"):
        one = world.moves(one, state)
    told = "\n".join(world.told()[1:])
    assert len(world.rows) == 4
    assert "approved and can be sent back now.\n\nPost it to 1 Mill Lane." in told
    assert "has arrived" in told and "money has been sent back" in told
    assert [step.state for step in one.steps] == ["requested", "approved", "received", "refunded"]
    with pytest.raises(CantMove):
        world.moves(one, "approved")
    assert len(world.rows) == 4


def test_what_is_written_and_could_not_be_told_is_told_by_the_tick_once() -> None:
    world = World()
    world.is_busy = True
    one = world.wishes()
    assert one.state == "requested" and not world.rows and not world.finished
    world.is_busy = False
    for _ in range(2):
        world.tick()
    assert len(world.rows) == 1 and "noted" in world.told()[0]
    assert world.thread_now and world.thread_now.tags == ("vip", "return")
    world.is_busy = True
    world.moves(one, "declined", words="It is broken.")
    world.is_busy = False
    world.moves(one, "declined", words="It is worn.")
    world.tick()
    assert world.told()[1].endswith("cannot be accepted.\n\nIt is broken.")
    world.tick()
    assert len(world.rows) == 2 and {due.work for due in world.store.due} == set(world.finished)


def test_what_has_gone_on_before_it_was_told_is_told_as_it_is() -> None:
    world = World()
    world.is_busy = True
    one = world.moves(world.wishes(), "approved")
    world.is_busy = False
    world.moves(one, "received")
    world.tick()
    assert len(world.rows) == 1 and "has arrived" in world.told()[0]
    assert {due.work for due in world.store.due} == set(world.finished)


def test_the_tag_that_a_person_took_away_stays_away() -> None:
    world = World()
    one = world.wishes()
    assert world.thread_now
    world.thread_now = replace(world.thread_now, tags=())
    world.moves(one, "approved")
    assert len(world.rows) == 2 and world.thread_now.tags == ()


def test_what_the_chat_itself_has_told_is_told_by_nobody_else() -> None:
    world = World()
    one = world.open.noted(MERCHANT, replace(WISH, by=""), NOW)
    world.moves(one, "requested", label_url="https://l.example/1")
    world.tick()
    assert not world.rows and not world.store.due


def test_under_the_same_key_it_is_the_same_return_told_once() -> None:
    world = World()
    first = world.wishes(once="a")
    assert world.wishes(once="a") == first and len(world.rows) == 1
    world.moves(first, "approved")
    world.rows, world.keys = {}, {}
    assert world.wishes(once="a").state == "approved"
    assert [one.told.place for one in world.store.kept.values()] == [1] and not world.rows
    assert world.wishes(once="b").place == 2
    with pytest.raises(NotTakenBack):
        world.wishes(once="c")
    assert world.wishes(once="", lines={"2": 1}).place == 3


def test_what_the_shop_says_of_this_one_stands_instead_of_what_it_says_of_all() -> None:
    world = World(settings={"returns": {**TAKES_BACK, "cost": {"ro": "Noi plătim."}}}, language="ro")
    one = world.moves(world.wishes(), "approved", label_url="https://l.example/1")
    assert world.told()[1].endswith(
        "\n\nStr. Morii 1.\n\nNoi plătim.\n\nEticheta de retur: https://l.example/1"
    )
    other = world.moves(world.wishes(lines={"2": 1}), "approved", words="Keep it.")
    assert "Keep it." in world.told()[3] and "Str. Morii" not in world.told()[3]
    assert (one.label_url, other.instructions) == ("https://l.example/1", "Keep it.")
    declined = World()
    declined.moves(declined.wishes(), "declined", words="It is broken.")
    assert declined.told()[1].endswith("cannot be accepted.\n\nIt is broken.")


def test_an_amount_is_told_in_the_shoppers_format() -> None:
    world = World(language="de")
    one = world.moves(world.wishes(), "refunded", amount=Decimal("1012.5"))
    assert world.told()[1].endswith("Erstattet: 1.012,50 €")
    assert (one.amount, one.currency) == (Decimal("1012.5"), "EUR")


REFUSALS: Final = [
    ({}, {"returns": {"on": False}}, "off"),
    ({}, {"returns": {"on": True, "days": 3}}, "too_late"),
    ({}, {"returns": {"on": True, "excluded_products": ["p1"]}}, "excluded"),
    ({"lines": {"1": 3}}, {"returns": TAKES_BACK}, "returned"),
]


@pytest.mark.parametrize(("wish", "settings", "refused"), REFUSALS)
def test_what_the_shop_does_not_take_back_is_refused_with_the_reason(
    wish: dict[str, Any], settings: dict[str, Any], refused: str
) -> None:
    world = World(settings=settings)
    with pytest.raises(NotTakenBack) as error:
        world.wishes(**wish)
    assert (error.value.refused, error.value.line_id) == (refused, "1")
    assert (world.rows, world.store.kept) == ({}, {})
    if refused == "returned":
        with pytest.raises(NotTakenBack):
            world.wishes(**wish, anyway=True)
    else:
        assert world.wishes(**wish, anyway=True).state == "requested"


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"order_id": "78"}, "order_id"),
        ({"connection_id": "cn_other"}, "order_id"),
        ({"lines": {"9": 1}}, "lines"),
        ({"photos": ("ms_1", "ms_2")}, "photos"),
        ({"photos": ("ms_3",)}, "photos"),
        ({"reason": "other"}, "reason"),
    ],
)
def test_what_is_not_there_is_named(wish: dict[str, Any], field: str) -> None:
    settings = {"returns": {**TAKES_BACK, "reasons": ["damaged"]}}
    world = World(settings=settings, said=(a_photo("ms_1"), a_photo("ms_3", kind="text")))
    with pytest.raises(NoSuch) as error:
        world.wishes(**wish)
    assert error.value.field == field and not world.rows
    assert world.wishes(photos=("ms_1",)).photos == ("ms_1",)


def test_an_order_of_another_shopper_is_never_told_in_this_thread() -> None:
    for owner in ("sh_2", "sh_gone"):
        world = World(owner=owner)
        with pytest.raises(NotTheirs):
            world.wishes(anyway=True)
        assert not world.rows
    for owner in ("", "sh_old"):
        assert World(owner=owner).wishes().state == "requested"


def test_a_thread_of_nobody_who_buys_has_no_returns() -> None:
    world = World()
    assert world.thread_now
    with pytest.raises(NotFound):
        world.wishes(thread_id="th_9")
    world.thread_now = replace(world.thread_now, marks={"staff": mark("st_1", NOW)})
    with pytest.raises(NotFound):
        world.wishes()


def test_of_two_that_are_opened_at_once_one_finds_that_less_is_left() -> None:
    world = World()

    def faster() -> None:
        world.store.before_save = lambda: None
        world.wishes(lines={"1": 2}, by="Lea")

    world.store.before_save = faster
    with pytest.raises(NotTakenBack):
        world.wishes(lines={"1": 2})
    (kept,) = world.store.kept.values()
    assert kept.told.steps[0].by == "Lea"
    assert world.wishes(lines={"2": 1}).place == 2


def test_a_return_that_changes_meanwhile_is_decided_on_as_it_is_then() -> None:
    world = World()
    one = world.wishes()

    def faster() -> None:
        world.store.before_save = lambda: None
        world.moves(one, "declined")

    world.store.before_save = faster
    with pytest.raises(CantMove):
        world.moves(one, "approved")
    assert [text for text in world.told() if "approved" in text] == []
    with pytest.raises(NoSuch):
        world.returns.move(MERCHANT, "rt_9", Step(state="approved"), NOW)


def test_what_changes_all_the_time_comes_back_later() -> None:
    world = World()
    one = world.wishes()

    def faster() -> None:
        kept = world.store.kept[MERCHANT, one.return_id]
        world.store.kept[MERCHANT, one.return_id] = replace(kept, version=kept.version + 1)

    world.store.before_save = faster
    with pytest.raises(StoreBusy):
        world.moves(one, "approved")


def paid_back(world: World, *refunds: Refund) -> None:
    kept = world.orders.orders[MERCHANT, "cn_shop", "77"]
    world.orders.orders[MERCHANT, "cn_shop", "77"] = replace(kept, order=replace(ORDER, refunds=refunds))


REFUND: Final = Refund(refund_id="r1", at=NOW + DAY, amount=Decimal("12.50"), lines=("1",))


def test_a_refund_that_the_shop_system_tells_ends_the_return_and_is_told_once() -> None:
    world = World()
    one = world.wishes()
    world.returns.follow_refunds(WORK, NOW + DAY)
    paid_back(world, REFUND)
    for _ in range(3):
        world.returns.follow_refunds(WORK, NOW + DAY)
    kept = world.store.one(MERCHANT, one.return_id)
    assert kept and (kept.told.state, kept.told.refunds, kept.version) == ("refunded", ("r1",), 2)
    assert [text for text in world.told() if "€12.50" in text] == world.told()[1:] and len(world.rows) == 2


def test_a_refund_that_was_written_and_not_told_is_told_by_the_next_look() -> None:
    world = World()
    world.wishes()
    paid_back(world, REFUND)
    world.returns.follow_refunds(WORK, NOW)
    world.rows, world.keys = {}, {}
    world.returns.follow_refunds(WORK, NOW + timedelta(hours=1))
    assert len(world.rows) == 1
    world.rows, world.keys = {}, {}
    world.returns.follow_refunds(WORK, NOW + 2 * DAY)
    assert not world.rows


def test_where_the_orders_updates_tell_of_refunds_the_return_does_not_tell_it_again() -> None:
    on = {"on": True, "on_since": NOW.isoformat()}
    for orders, told in ((on, 1), ({**on, "updates": {"refunded": False}}, 2), ({"on": False}, 2)):
        world = World(settings={"returns": TAKES_BACK, "orders": orders})
        one = world.wishes()
        paid_back(world, REFUND)
        world.returns.follow_refunds(WORK, NOW)
        kept = world.store.one(MERCHANT, one.return_id)
        assert kept and kept.told.state == "refunded" and len(world.rows) == told


def test_while_nobody_knows_whose_the_order_is_the_return_tells_of_its_refund() -> None:
    """Somebody of the shop has opened it for them: no update of the order finds their chat."""
    on = {"on": True, "on_since": NOW.isoformat()}
    world = World(settings={"returns": TAKES_BACK, "orders": on}, owner="")
    world.wishes()
    paid_back(world, REFUND)
    world.returns.follow_refunds(WORK, NOW)
    assert "€12.50" in world.told()[1] and len(world.rows) == 2


def test_an_order_that_nothing_is_sent_back_of_changes_nothing() -> None:
    world = World()
    world.orders.orders.clear()
    world.returns.follow_refunds(WORK, NOW)
    assert not world.rows


def test_who_was_erased_is_told_nothing() -> None:
    world = World()
    one = world.wishes()
    world.thread_now = None
    assert world.moves(one, "approved").state == "approved" and len(world.rows) == 1


def test_the_report_counts_states_reasons_products_and_money() -> None:
    world = World()
    one = world.moves(world.wishes(lines={"1": 2, "2": 1}), "refunded", amount=Decimal("30"))
    report = ReportReturns(world.store)(MERCHANT, ["2026-10", "2026-11"])
    assert {name: n for name, n in report.states.items() if n} == {"requested": 1, "refunded": 1}
    assert {name: n for name, n in report.reasons.items() if n} == {"damaged": 1}
    assert [(each.product_id, each.title, each.quantity) for each in report.products] == [
        ("p1", "Mug", 2),
        ("p2", "Hat", 1),
    ]
    assert report.refunded == {"EUR": 3000}
    assert world.returns.of_shoppers(MERCHANT, ["sh_1"]) == [one]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tone", ["friendly", "polite"])
def test_every_language_tells_every_state(language: str, tone: str) -> None:
    world = World()
    one = replace(world.wishes(), label_url="https://l.example/1", amount=Decimal("12.50"))
    shop, said = Shop(tone=tone), set()
    for state in ("requested", "approved", "received", "refunded", "declined", "withdrawn"):
        step = replace(one.steps[0], state=state)
        text = return_text(replace(one, steps=(step,)), ReturnRules(), shop, language)
        assert "#1001" in text and "{" not in text
        assert ("https://l.example/1" in text) == (state == "approved")
        said.add(text)
    assert len(said) == 6
    nameless = replace(
        one, number="", lines=one.lines * 7, amount=None, steps=(replace(step, state="refunded"),)
    )
    assert "…" in return_text(nameless, ReturnRules(), shop, language)


def test_all_languages_have_the_same_places() -> None:
    assert set(ALL) == set(LANGUAGES)
    for both in ALL.values():
        for texts in both:
            for each in fields(texts):
                said = getattr(texts, each.name)
                wanted = {"order": "{number}", "refunded": "{amount}", "label": "{url}"}.get(each.name, "")
                assert said.strip() == said and said.count("{") == bool(wanted) and wanted in said


def test_words_of_another_language_say_more_than_none() -> None:
    rules = ReturnRules(instructions={}, cost={"tr": "Kargo bizden."})
    world = World()
    one = world.moves(world.wishes(), "approved")
    assert "Kargo bizden." in return_text(one, rules, Shop(), "en")
