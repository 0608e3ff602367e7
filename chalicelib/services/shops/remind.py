"""Where and how somebody is reminded of a cart: the gate is asked about each of their threads."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from chalicelib.domain.commerce.cart_templates import cart_template, use_for
from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.recovery import StepRule
from chalicelib.domain.connections import Connection
from chalicelib.domain.consent.records import address_key, standing
from chalicelib.domain.content import Content
from chalicelib.domain.events import Address
from chalicelib.domain.gate import Verdict
from chalicelib.domain.languages import choose, from_hint
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.rendering import CantRender, render
from chalicelib.domain.templates.checks import problems_of
from chalicelib.domain.templates.news import template_id_of
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import Send
from chalicelib.ports.channel import Channel
from chalicelib.ports.consents import ConsentStore
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.templates import TemplateStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.receiving.erased import OfErased
from chalicelib.services.receiving.new_threads import known_thread
from chalicelib.services.receiving.pointers import Source
from chalicelib.services.sending.judge import Judge
from chalicelib.services.sending.letter import Letter
from chalicelib.services.sending.wording import Speaker
from chalicelib.services.shops.cart_words import picture_of, reminder, values

NOWHERE: Final = Verdict("skip", "no_thread", "They have no thread on a channel of the shop.")
NO_TEMPLATE: Final = Verdict("skip", "no_template", "The reminder has no template for this connection.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """Which step of which cart somebody is about to be reminded by."""

    cart: Cart
    rule: StepRule
    number: int


@dataclass(frozen=True, slots=True)
class Way:
    """What the gate says of one thread. content: what would be sent there."""

    thread: Thread
    verdict: Verdict
    content: Content | None = None


class FindWay:
    """The open window first; else a template on whichever channel they have agreed to; else whatever may be
    sent later; else why not."""

    def __init__(
        self,
        threads: ThreadStore,
        shops: ShopStore,
        templates: TemplateStore,
        consents: ConsentStore,
        judge: Judge,
        channel_named: Callable[[str], Channel],
    ) -> None:
        self._threads, self._shops, self._templates = threads, shops, templates
        self._consents, self._judge, self._channel_named = consents, judge, channel_named

    def __call__(
        self, merchant_id: str, threads: Sequence[Thread], one: Reminder, now: datetime
    ) -> tuple[Verdict, Way | None]:
        """threads: the person's own, none while nobody is known. The way is None where there is none to go
        now. Raises StoreBusy."""
        latest = sorted(threads, key=lambda thread: (str(thread.opened_at or ""), thread.thread_id))[::-1]
        free = []
        for thread in latest:
            way = self._freely(thread, one, now)
            if way.verdict.decision == "send":
                return way.verdict, way
            free.append(way)
        closed = [way.thread for way in free if way.verdict.decision == "use_template"]
        ways = [
            self._by_template(thread, one, now)
            for thread in (*closed, *self._new(merchant_id, threads, one, now))
        ]
        sent = next((way for way in ways if way.verdict.decision == "send"), None)
        if sent is not None:
            return sent.verdict, sent
        return _best([*ways, *(way for way in free if way.thread not in closed)]), None

    def _freely(self, thread: Thread, one: Reminder, now: datetime) -> Way:
        connection, shop = self._shops.connection_and_shop(thread.connection_id, thread.merchant_id)
        channel = self._channel_named(thread.channel)
        speaker = speaker_for(thread, one.cart, shop, now)
        takes = channel.capabilities.for_kind(thread.wire.kind)
        content = reminder(speaker, one.cart, one.rule, one.number, takes)
        return self._asked(thread, connection, shop, content, now)

    def _by_template(self, thread: Thread, one: Reminder, now: datetime) -> Way:
        connection, shop = self._shops.connection_and_shop(thread.connection_id, thread.merchant_id)
        speaker = speaker_for(thread, one.cart, shop, now)
        content = self._template(thread, speaker, one)
        if isinstance(content, Verdict):
            return Way(thread, content)
        return self._asked(thread, connection, shop, content, now)

    def _template(self, thread: Thread, speaker: Speaker, one: Reminder) -> Content | Verdict:
        """What the step's template says of this cart; or why it can't be sent."""
        languages = (speaker.code, *filter(None, map(from_hint, speaker.shop.languages)))
        use = use_for(one.rule.templates.get(thread.connection_id, {}), languages)
        if use is None:
            return NO_TEMPLATE
        named = template_id_of(thread.connection_id, use.name, use.language)
        known = self._templates.template(thread.merchant_id, named)
        if known is None or known.fetched_at is None:
            return Verdict("skip", "template_unknown", "The channel has no such template.")
        code = from_hint(use.language) or speaker.code
        told = values(replace(speaker, language=code), one.cart, one.rule.code)
        named_values = {
            "shopper.first_name": told["name"],
            "shopper.name": speaker.name,
            "shop.name": told["shop"],
            **{f"cart.{name}": told[name] for name in ("items", "first_item", "total", "url", "code")},
        }
        takes = self._channel_named(thread.channel).capabilities
        picture = picture_of(one.cart, takes) if one.rule.has_picture else None
        content = cart_template(use, known.definition, named_values, picture)
        for problem in (
            problems_of(content.template, known.definition, use.category) if content.template else ()
        ):
            return Verdict("skip", f"template_{problem.code}", problem.message)
        return content

    def _asked(
        self, thread: Thread, connection: Connection | None, shop: Shop, content: Content, now: datetime
    ) -> Way:
        """What the gate says to it, as far as that hangs on no cart."""
        channel = self._channel_named(thread.channel)
        try:
            render(content, channel.capabilities.for_kind(thread.wire.kind))
        except CantRender as error:
            return Way(thread, Verdict("skip", error.code, error.message))
        message = Message(
            message_id="",
            author="campaign",
            kind=content.kind,
            text=content.text,
            sent_at=now,
            status="queued",
            purpose="cart",
            content=content,
        )
        work = Send(MessageRef(thread.merchant_id, thread.thread_id, message.sort), thread.group)
        letter = Letter(work, message, thread, connection, channel)
        return Way(thread, self._judge(letter, content.text, shop, now).verdict, content)

    def _new(
        self, merchant_id: str, threads: Sequence[Thread], one: Reminder, now: datetime
    ) -> Iterator[Thread]:
        """Threads to the number that the buyer gave with the cart, where it has said yes and is nobody's yet:
        a template reaches it. Whoever is known by anything else is written to where they are known."""
        wanted = [name for name in one.rule.templates if one.rule.templates[name] and not threads]
        for connection_id in wanted if one.cart.buyer.phones else ():
            connection = self._shops.connection(connection_id)
            if connection is None or connection.merchant_id != merchant_id:
                continue
            channel = self._channel_named(connection.channel)
            if not channel.capabilities.by_phone or connection.status == "disconnected":
                continue
            source = Source(merchant_id, connection_id, connection.channel)
            phone = next((phone for phone in one.cart.buyer.phones if self._has_agreed(source, phone)), "")
            thread = self._made(source, phone, now) if phone else None
            if thread is not None:
                yield thread

    def _made(self, source: Source, phone: str, now: datetime) -> Thread | None:
        wire = Address("phone", phone)
        if self._threads.find(source.merchant_id, source.connection_id, [wire]) is not None:
            return None  # two different people may have left the cart: it is not told to either
        try:
            _, thread_id = known_thread(self._threads, source, [wire], wire, now)
        except OfErased:
            return None
        return self._threads.thread(source.merchant_id, thread_id)

    def _has_agreed(self, source: Source, phone: str) -> bool:
        key = address_key("", Address("phone", phone))
        records = self._consents.of_addresses(source.merchant_id, [key])
        return standing(records, "marketing", source.channel, [key]).yes is not None


def speaker_for(thread: Thread, cart: Cart, shop: Shop, now: datetime) -> Speaker:
    """In the language that they write in; of somebody who has not written yet, in that of the shop's pages as
    they read them."""
    hint = thread.language_hint or ("" if thread.language else cart.buyer.language)
    language = choose(hint, thread.last_text, thread.language or cart.buyer.language, shop.languages)
    return Speaker(shop, language, thread.shopper_name or cart.buyer.name, now)


def _best(ways: Sequence[Way]) -> Verdict:
    """Whatever may be sent the soonest; else the first reason."""
    held = [way.verdict for way in ways if way.verdict.decision == "hold"]
    if held:
        return min(held, key=lambda verdict: (verdict.until is None, str(verdict.until or "")))
    return ways[0].verdict if ways else NOWHERE
