"""Many shoppers of one shop, each a little different from the one before, who come quickly."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from itertools import islice
from typing import Any, Final, TypeVar

from shop import Account, Json, Merchant, clock, eventually, settle

from tests.dynamo import rows_of

T = TypeVar("T")

CHANNELS: Final = ("whatsapp", "messenger", "instagram by its own login", "telegram")
# Where WhatsApp's numbers are from: how they begin, and how many digits follow. In the afternoon of Greenwich
# it is night in Japan, morning in New York, and somewhere in Australia late.
NUMBERS: Final = (
    *(("447400", 6), ("40712", 6), ("1212555", 4), ("90532", 7), ("97150", 7)),
    *(("61412", 6), ("551198", 7), ("919876", 6), ("4915123", 6), ("819012", 6)),
)
GREETINGS: Final = {
    "en": "Hello, good morning, this is",
    "es": "Hola, buenos días, soy",
    "ru": "Здравствуйте, добрый день, это",
    "ar": "مرحبا، صباح الخير، أنا",
    "de": "Guten Tag, ich heiße",
}
# Nobody answers what is older than ten minutes, so that only what is looked at is sent.
LATELY_S: Final = 15 * 60
# The windows for free words are a day long.
LONG_AGO_S: Final = 26 * 60 * 60
# By then a consent has to stand in the registry of its country, where there is one.
SAID_AGO: Final = timedelta(days=10)
AT_ONCE: Final = 16
LISTED_AT_ONCE: Final = 45
PATIENCE_S: Final = 300.0


@dataclass
class Visitor:
    """One of them. number: from 0, which decides on all else."""

    number: int
    account: Account
    thread_id: str = ""
    shopper_id: str = ""
    addresses: list[Json] = field(default_factory=list)

    @property
    def place(self) -> int:
        """Among those of the same channel."""
        return self.number // len(CHANNELS)

    @property
    def name(self) -> str:
        return f"Ana Nr{self.number}"

    @property
    def language(self) -> str:
        return tuple(GREETINGS)[self.number % len(GREETINGS)]

    @property
    def greeting(self) -> str:
        return f"{GREETINGS[self.language]} {self.name}"

    @cached_property
    def phone(self) -> str:
        begin, digits = NUMBERS[self.place % len(NUMBERS)]
        return f"+{begin}{self.number:0{digits}}"

    @property
    def was_here_lately(self) -> bool:
        return self.place % 7 not in (1, 4)

    @property
    def has_agreed(self) -> bool:
        return self.place % 9 != 2

    @property
    def was_taken_off(self) -> bool:
        """By a list that the shop has brought along."""
        return self.place % 29 == 5

    @property
    def is_listed(self) -> bool:
        """As one of the Emirates who wants no marketing."""
        return self.account.channel == "whatsapp" and self.place % 20 == 4

    @property
    def stops(self) -> bool:
        return self.place % 41 == 3

    @property
    def turns_away(self) -> bool:
        """By a button of the channel itself."""
        return self.account.channel in ("whatsapp", "telegram") and self.place % 31 == 6

    @property
    def talks(self) -> bool:
        """With a person of the shop."""
        return self.was_here_lately and self.place % 37 == 9

    @property
    def wants_none(self) -> bool:
        return not self.has_agreed or self.was_taken_off or self.is_listed or self.stops or self.turns_away

    def says(self, text: str, ago_s: int = 0) -> None:
        self.does("text", text=text, at=ago_s)

    def does(self, kind: str, **event: Any) -> None:
        act = {
            "shopper": self.name,
            "language": self.language,
            "event": {"kind": kind, **event},
            "reads": False,
        }
        phone = {"phone": self.phone} if self.account.channel == "whatsapp" else {}
        self.account.stack.control("POST", "say", json=self.account.name | act | phone)

    def heard(self) -> list[str]:
        """What their phone shows of the shop's."""
        asked = self.account.name | {"shopper": self.name}
        shown: list[Json] = self.account.stack.control("GET", "phone", params=asked)["messages"]
        return [row["text"] for row in shown if row["from"] == "shop"]


@dataclass
class Crowd:
    shop: Merchant
    accounts: Sequence[Account]
    visitors: Sequence[Visitor]

    def come(self) -> None:
        """All of them write; nobody is answered. Meta tells of many at once, as it may."""
        for account in self.accounts:
            account.fault("webhook", "batch", times=len(self.visitors))
        each(lambda one: one.says(one.greeting, LATELY_S if one.was_here_lately else LONG_AGO_S), self)
        settle(self.shop.stack, PATIENCE_S)
        self._are_found()
        self.shop.stack.control("DELETE", "faults")

    def agree(self) -> None:
        """All that was said elsewhere, from the shop's lists."""
        at = clock(self.shop.stack) - SAID_AGO
        yes = {"purpose": "marketing", "state": "given", "text": "Offers of the shop", "at": at.isoformat()}
        no = {"purpose": "marketing", "state": "withdrawn", "at": (at + timedelta(minutes=5)).isoformat()}
        said = [yes | {"address": where} for one in self if one.has_agreed for where in one.addresses]
        said += [no | {"address": where} for one in self if one.was_taken_off for where in one.addresses]
        each(self._bring, cut(said, LISTED_AT_ONCE))
        listed = [
            {"phone": one.phone, "status": "RET", "at": at.isoformat()} for one in self if one.is_listed
        ]
        answer = self.shop.call("POST", "/consents/do_not_call", json={"items": listed})
        assert answer.status_code == 201, answer.text

    def change_their_minds(self) -> None:
        each(lambda one: one.says("STOP"), (one for one in self if one.stops))
        for one in (one for one in self if one.turns_away):
            if one.account.channel == "telegram":
                one.does("block")
            else:
                one.does("preference", value="stop")
        each(lambda one: self.shop.reply(one.thread_id, "Hello!"), (one for one in self if one.talks))
        settle(self.shop.stack, PATIENCE_S)

    def __iter__(self) -> Iterator[Visitor]:
        return iter(self.visitors)

    def _are_found(self) -> None:
        """Who they are to the shop: once all have a thread."""
        named = {one.greeting: one for one in self}
        found = eventually(lambda: self._all_threads(len(named)), "some have no thread", PATIENCE_S)
        for row in found:
            one = named[row["last_text"]]
            one.thread_id, one.shopper_id = row["thread_id"], row["shopper_id"]
        of_thread = {one.thread_id: one for one in self}
        rows = rows_of(self.shop.stack.client("dynamodb"), self.shop.stack.about["threads_table"])
        for row in rows:
            room, _, place = row["pk"]["S"].partition("#address#")
            if room == self.shop.merchant_id and place:
                connection_id, kind, value = place.split("#", 2)
                where = {"connection_id": connection_id, "kind": kind, "value": value}
                told = {"phone": f"+{value}"} if kind == "phone" else where
                of_thread[row["thread_id"]["S"]].addresses.append(told)

    def _all_threads(self, count: int) -> list[Json]:
        found: list[Json] = []
        for account in self.accounts:
            found += pages(self.shop, "/threads", channel=account.channel)
        return found if len(found) == count else []

    def _bring(self, items: Sequence[Json]) -> None:
        answer = self.shop.call("POST", "/consents", json={"items": list(items)})
        assert answer.status_code == 201, answer.text


def crowd_of(shop: Merchant, count: int) -> Crowd:
    accounts = [shop.connect(kind) for kind in CHANNELS]
    return Crowd(shop, accounts, [Visitor(n, accounts[n % len(accounts)]) for n in range(count)])


def each(does: Callable[[T], object], those: Iterable[T]) -> None:
    """Several at once."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(does, those):
            pass


def cut(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def pages(shop: Merchant, path: str, **query: Any) -> list[Json]:
    """All of a list."""
    found: list[Json] = []
    following: str | None = ""
    while following is not None:
        page = shop.get(path, limit=100, **query, **({"next": following} if following else {}))
        found += page["items"]
        following = page["next"]
    return found
