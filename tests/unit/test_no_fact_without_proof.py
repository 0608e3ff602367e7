"""Whatever is written, by whomever, in whatever order: nothing of an order is told to who has not proven it.

Two shops hear the same: one has the orders, the other has none. As long as nothing is proven to be theirs, a
shopper can't tell the two apart.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chalicelib.domain.commerce.buyers import BuyerKey
from chalicelib.domain.commerce.goods import Buyer, Line
from chalicelib.domain.commerce.proof import MOST_WRONG, MOST_WRONG_OF_ORDER, of_today, remembered
from chalicelib.ports.commerce import Bought, KeptOrder
from tests.commerce_in_memory import MemoryCommerce
from tests.order_talk import MERCHANT, SHOP, Chat, an_order, shop_with

TAKES_BACK: Final = replace(SHOP, returns={"on": True})
NUMBERS: Final = ("1001", "1002", "1003")
# Who writes: from the number of an order, from a number of nobody's, and from where there are no numbers.
PEOPLE: Final = {
    "buyer": ("whatsapp", "49170001001"),
    "neighbour": ("whatsapp", "49170009999"),
    "stranger": ("telegram", "700"),
    "owner": ("messenger", "701"),
    "thief": ("instagram", "702"),
}
OWNED: Final = "1003"  # was proven to be the owner's before
TEXTS: Final = (
    "where is my order?",
    "hi",
    "thanks",
    "my order still hasn't arrived",
    "cancel my order",
    "how much is it?",
    "ok and when does it come",
    "I want to return something",
)
people = st.sampled_from(sorted(PEOPLE))
numbers = st.sampled_from([*NUMBERS, "1999"])


class StaleIndex(MemoryCommerce):
    """Leads to orders that are somebody else's by now: what is found is no proof."""

    def of_buyers(self, merchant_id: str, keys: Sequence[BuyerKey], limit: int = 20) -> Bought:
        return Bought((), tuple(self.orders.values()))


def goods(number: str) -> tuple[Line, ...]:
    return tuple(Line(title=f"GOODS{number}{one}", line_id=one) for one in "ab")


def orders() -> MemoryCommerce:
    kept = [KeptOrder(order=an_order(one, lines=goods(one)), version=1) for one in NUMBERS[:2]]
    buyer = Buyer(email=f"buyer{OWNED}@example.com", postcode=f"9{OWNED}")
    unknown = an_order(OWNED, buyer=buyer, lines=goods(OWNED))
    known = shop_with(*kept, KeptOrder(order=unknown, shopper_id="sh_owner", version=1))
    return StaleIndex(orders=known.orders)


def shown(chat: Chat, answer: str) -> str:
    """With what the buttons say."""
    return " ".join([answer, *(one.title for one in chat.buttons)] if answer else [])


class Telling(RuleBasedStateMachine):
    """The oracle is simple: it knows what each has said, and forgets nothing."""

    @initialize()
    def open(self) -> None:
        self.store = orders()
        empty = shop_with()
        self.chats = {name: self._chat(name, self.store) for name in PEOPLE}
        self.twins = {name: self._chat(name, empty) for name in PEOPLE}
        self.told = {name: {"number": set(), "secret": set()} for name in PEOPLE}
        self.guesses: dict[str, int] = dict.fromkeys(PEOPLE, 0)

    def _chat(self, name: str, store: MemoryCommerce) -> Chat:
        channel, address = PEOPLE[name]
        return Chat(store, channel, address, name=name, shop=TAKES_BACK)

    def _says(self, name: str, texts: list[str], payload: str = "", after_s: float = 60) -> None:
        for text in texts:
            for number in (*NUMBERS, "1999"):
                if number in text:
                    self.told[name]["number"].add(number)
                if f"buyer{number}@example.com" in text or f"9{number}" in text:
                    self.told[name]["secret"].add(number)
        self.told[name]["number"] |= {payload.removeprefix("order:")} if payload else set()
        desk, before = self.chats[name].thread.spell.desk, self._wrong()
        answer = shown(self.chats[name], self.chats[name].says(*texts, payload=payload, after_s=after_s))
        twin = shown(self.twins[name], self.twins[name].says(*texts, payload=payload, after_s=after_s))
        now = self.chats[name].now
        for number in NUMBERS:
            tried = of_today(before[number], now)
            is_locked = remembered(desk, now).is_shut or len(tried) >= MOST_WRONG_OF_ORDER
            if f"TRACK{number}" in answer or f"GOODS{number}" in answer:
                assert self._may_know(name, number), (name, number, answer)
                assert self._is_sure(name, number) or not is_locked or self._had(name, number)
        if not any(self._may_know(name, number) for number in NUMBERS):
            assert answer == twin, "who has proven nothing sees no difference"

    def _may_know(self, name: str, number: str) -> bool:
        """By who they are, or by having told both its number and a secret of it at some time."""
        has_told = number in self.told[name]["number"] & self.told[name]["secret"]
        return self._is_sure(name, number) or has_told

    def _is_sure(self, name: str, number: str) -> bool:
        return (name, number) in (("buyer", "1001"), ("owner", OWNED))

    def _had(self, name: str, number: str) -> bool:
        return f"cn_shop/id{number}" in self.chats[name].thread.spell.desk.proven

    def _wrong(self) -> dict[str, tuple[str, ...]]:
        return {one: self.store.orders[MERCHANT, "cn_shop", f"id{one}"].wrong for one in NUMBERS}

    @rule(name=people, texts=st.lists(st.sampled_from(TEXTS), min_size=1, max_size=2))
    def talks(self, name: str, texts: list[str]) -> None:
        self._says(name, texts)

    @rule(name=people, number=numbers, form=st.sampled_from(["where is order #{}?", "{}", "order no {}"]))
    def names_an_order(self, name: str, number: str, form: str) -> None:
        self._says(name, [form.format(number)])

    @rule(name=people, number=numbers, form=st.sampled_from(["buyer{}@example.com", "9{}", "it is 9{}"]))
    def tells_a_secret(self, name: str, number: str, form: str) -> None:
        self._says(name, [form.format(number)])

    @rule(name=people, guess=st.sampled_from(["x@example.com", "90000", "me@shop.example 12345", "SW1A 1AA"]))
    def guesses_one(self, name: str, guess: str) -> None:
        self._says(name, [guess])

    @rule(name=people, number=numbers, other=numbers)
    def tells_both_at_once(self, name: str, number: str, other: str) -> None:
        self._says(name, ["where is my order", f"order {number}", f"buyer{other}@example.com"])

    @rule(name=people, number=numbers)
    def taps(self, name: str, number: str) -> None:
        self._says(name, [f"Order #{number}"], payload=f"order:{number}")

    @rule(
        name=people, number=numbers, form=st.sampled_from(["return order #{}", "I want to return order {}"])
    )
    def sends_back(self, name: str, number: str, form: str) -> None:
        self._says(name, [form.format(number)])

    @rule(name=people, place=st.integers(0, 7))
    def taps_what_is_offered(self, name: str, place: int) -> None:
        offered = self.chats[name].buttons if self.chats[name].answers else ()
        if offered:
            one = offered[place % len(offered)]
            self._says(name, [one.title], payload=one.id)

    @rule(name=people, hours=st.sampled_from([1, 25, 24 * 31]))
    def waits(self, name: str, hours: int) -> None:
        self._says(name, ["hello again"], after_s=hours * 3600)

    @invariant()
    def nobody_tries_without_end(self) -> None:
        if hasattr(self, "store"):
            assert all(len(wrong) <= MOST_WRONG_OF_ORDER for wrong in self._wrong().values())
            assert all(chat.thread.spell.desk.wrong <= MOST_WRONG for chat in self.chats.values())


TestTelling: Any = Telling.TestCase
TestTelling.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
