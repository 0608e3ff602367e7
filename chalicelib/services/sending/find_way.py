"""Where and how somebody is written to of the shop's own accord: the gate is asked about each of their
threads."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.connections import Connection
from chalicelib.domain.consent.records import address_key, standing
from chalicelib.domain.content import Content
from chalicelib.domain.events import Address
from chalicelib.domain.gate import Question, Verdict
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message, MessageRef, Purpose
from chalicelib.domain.rendering import CantRender, render
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import Send
from chalicelib.ports.channel import Channel
from chalicelib.ports.consents import ConsentStore, Reached
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.receiving.erased import OfErased
from chalicelib.services.receiving.new_threads import known_thread
from chalicelib.services.receiving.pointers import Source
from chalicelib.services.sending.judge import Judge
from chalicelib.services.sending.letter import Letter

NOWHERE: Final = Verdict("skip", "no_thread", "They have no thread on a channel of the shop.")


class Offer(Protocol):
    """What somebody is about to be told, in the words that each of their threads asks for."""

    @property
    def purpose(self) -> Purpose:
        """What the gate is asked about."""

    @property
    def phones(self) -> Sequence[str]:
        """Numbers of somebody who has no thread yet: where one has said yes, a template begins one."""

    @property
    def connections(self) -> Sequence[str]:
        """Those that have a template to begin a thread with."""

    def freely(self, thread: Thread, shop: Shop, takes: Capabilities, now: datetime) -> Content | Verdict:
        """What they would read where the channel's window is open, or there is none."""

    def by_template(
        self, thread: Thread, shop: Shop, takes: Capabilities, now: datetime
    ) -> Content | Verdict:
        """What they would read elsewhere; or why there is nothing. Raises StoreBusy."""


@dataclass(frozen=True, slots=True)
class Way:
    """What the gate says of one thread. content: what would be sent there; asked: of what it was asked;
    reached: whom it would count for of the account's day."""

    thread: Thread
    verdict: Verdict
    content: Content | None = None
    connection: Connection | None = field(default=None, repr=False)
    asked: Question | None = field(default=None, repr=False)
    reached: Reached | None = None


class FindWay:
    """The open window first; else a template on whichever channel they have agreed to; else whatever may be
    sent later; else why not."""

    def __init__(
        self,
        threads: ThreadStore,
        shops: ShopStore,
        consents: ConsentStore,
        judge: Judge,
        channel_named: Callable[[str], Channel],
    ) -> None:
        self._threads, self._shops = threads, shops
        self._consents, self._judge, self._channel_named = consents, judge, channel_named

    def __call__(
        self, merchant_id: str, threads: Sequence[Thread], offer: Offer, now: datetime
    ) -> tuple[Verdict, Way | None]:
        """threads: the person's own, none while nobody is known. The way is None where there is none to go
        now. Raises StoreBusy."""
        latest = sorted(threads, key=lambda thread: (str(thread.opened_at or ""), thread.thread_id))[::-1]
        free = []
        for thread in latest:
            way = self._freely(thread, offer, now)
            if way.verdict.decision == "send":
                return way.verdict, way
            free.append(way)
        closed = [way.thread for way in free if way.verdict.decision == "use_template"]
        ways = [
            self._by_template(thread, offer, now)
            for thread in (*closed, *self._new(merchant_id, threads, offer, now))
        ]
        sent = next((way for way in ways if way.verdict.decision == "send"), None)
        if sent is not None:
            return sent.verdict, sent
        return _best([*ways, *(way for way in free if way.thread not in closed)]), None

    def _freely(self, thread: Thread, offer: Offer, now: datetime) -> Way:
        connection, shop = self._shops.connection_and_shop(thread.connection_id, thread.merchant_id)
        content = offer.freely(thread, shop, self._takes(thread), now)
        return self._asked(thread, connection, shop, content, offer, now)

    def _by_template(self, thread: Thread, offer: Offer, now: datetime) -> Way:
        connection, shop = self._shops.connection_and_shop(thread.connection_id, thread.merchant_id)
        content = offer.by_template(thread, shop, self._takes(thread), now)
        return self._asked(thread, connection, shop, content, offer, now)

    def _takes(self, thread: Thread) -> Capabilities:
        return self._channel_named(thread.channel).capabilities.for_kind(thread.wire.kind)

    def _asked(
        self,
        thread: Thread,
        connection: Connection | None,
        shop: Shop,
        content: Content | Verdict,
        offer: Offer,
        now: datetime,
    ) -> Way:
        """What the gate says to it, as far as that hangs on no cart and no campaign."""
        if isinstance(content, Verdict):
            return Way(thread, content)
        try:
            render(content, self._takes(thread))
        except CantRender as error:
            return Way(thread, Verdict("skip", error.code, error.message))
        message = Message(
            message_id="",
            author="campaign",
            kind=content.kind,
            text=content.text,
            sent_at=now,
            status="queued",
            purpose=offer.purpose,
            content=content,
        )
        work = Send(MessageRef(thread.merchant_id, thread.thread_id, message.sort), thread.group)
        letter = Letter(work, message, thread, connection, self._channel_named(thread.channel))
        judged = self._judge(letter, content.text, shop, now)
        return Way(thread, judged.verdict, content, connection, judged.asked, judged.reached)

    def _new(
        self, merchant_id: str, threads: Sequence[Thread], offer: Offer, now: datetime
    ) -> Iterator[Thread]:
        """Threads to the number that somebody gave elsewhere, where it has said yes and is nobody's yet: a
        template reaches it. Whoever is known by anything else is written to where they are known."""
        for connection_id in offer.connections if offer.phones and not threads else ():
            connection = self._shops.connection(connection_id)
            if connection is None or connection.merchant_id != merchant_id:
                continue
            channel = self._channel_named(connection.channel)
            if not channel.capabilities.by_phone or connection.status == "disconnected":
                continue
            source = Source(merchant_id, connection_id, connection.channel)
            phone = next((phone for phone in offer.phones if self._has_agreed(source, phone)), "")
            thread = self._made(source, phone, now) if phone else None
            if thread is not None:
                yield thread

    def _made(self, source: Source, phone: str, now: datetime) -> Thread | None:
        wire = Address("phone", phone)
        if self._threads.find(source.merchant_id, source.connection_id, [wire]) is not None:
            return None  # two different people may have given it: it is not told to either
        try:
            _, thread_id = known_thread(self._threads, source, [wire], wire, now)
        except OfErased:
            return None
        return self._threads.thread(source.merchant_id, thread_id)

    def _has_agreed(self, source: Source, phone: str) -> bool:
        key = address_key("", Address("phone", phone))
        records = self._consents.of_addresses(source.merchant_id, [key])
        return standing(records, "marketing", source.channel, [key]).yes is not None


def _best(ways: Sequence[Way]) -> Verdict:
    """Whatever may be sent the soonest; else the first reason."""
    held = [way.verdict for way in ways if way.verdict.decision == "hold"]
    if held:
        return min(held, key=lambda verdict: (verdict.until is None, str(verdict.until or "")))
    return ways[0].verdict if ways else NOWHERE
