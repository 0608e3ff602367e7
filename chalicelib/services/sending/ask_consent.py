"""One question after a solved thread: may the shop write now and then? At most every 90 days."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.consent.heard import NO, YES
from chalicelib.domain.consent.records import Consent, address_key
from chalicelib.domain.consent.texts import question_text, question_titles
from chalicelib.domain.content import Button, Content, text_content
from chalicelib.domain.gate.prospects import rules_from
from chalicelib.domain.ids import stable_id
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.rendering import CantRender, render
from chalicelib.domain.threads import Thread, next_moment
from chalicelib.domain.work import OVERDUE, Due, Send
from chalicelib.ports.channel import Channel
from chalicelib.ports.errors import AlreadyThere, StoreBusy
from chalicelib.ports.queues import Outbox
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import Change, Claim, ThreadStore
from chalicelib.services.sending.confirm import language_of
from chalicelib.services.sending.judge import Judge
from chalicelib.services.sending.letter import Letter
from chalicelib.services.threads.write_thread import WriteThread


class _NotNow(Exception):
    """The gate does not let the question out."""


class AskConsent:
    """Where the gate lets it; else nothing is written at all."""

    def __init__(
        self,
        threads: ThreadStore,
        shops: ShopStore,
        outbox: Outbox,
        judge: Judge,
        channel_named: Callable[[str], Channel],
    ) -> None:
        self._threads, self._shops, self._outbox, self._judge = threads, shops, outbox, judge
        self._channel_named, self._write = channel_named, WriteThread(threads)

    def __call__(self, thread: Thread, now: datetime) -> bool:
        """Whether they are asked. Two who close the thread at once ask once. Raises NotFound, StoreBusy."""
        connection, shop = self._shops.connection_and_shop(thread.connection_id, thread.merchant_id)
        if not rules_from(shop.marketing).ask:
            return False
        channel, works = self._channel_named(thread.channel), list[Send]()

        def write(fresh: Thread) -> tuple[Change, None]:
            """On the thread as it is: who has just written again is not asked."""
            question = self._question(fresh, shop, now)
            work = Send(MessageRef(fresh.merchant_id, fresh.thread_id, question.sort), fresh.group)
            letter = Letter(work, question, fresh, connection, channel)
            if self._judge(letter, question.text, shop, now).verdict.decision != "send":
                raise _NotNow
            works.append(work)
            return self._change(fresh, question, work, now), None

        try:
            self._write(thread.merchant_id, thread.thread_id, write)
        except (AlreadyThere, CantRender, _NotNow):
            return False
        with suppress(StoreBusy):  # it is stored with its due row: the tick will see to it
            self._outbox.dispatch(works[-1])
        return True

    def _question(self, thread: Thread, shop: Shop, now: datetime) -> Message:
        """Its words are fixed now: they are what a yes is a yes to."""
        at, language = next_moment(thread, now), language_of(thread, shop)
        plain = Message(
            message_id=stable_id("ms", "ask", thread.thread_id, str(at)),
            author="auto",
            kind="text",
            text="",
            sent_at=at,
            status="queued",
            purpose="ask",
        )
        yes, no = question_titles(language)
        content = Content(
            kind="quick_replies",
            text=question_text(language, shop.tone, shop.name),
            buttons=(Button(id=YES + plain.sort, title=yes), Button(id=NO + plain.sort, title=no)),
        )
        takes = self._channel_named(thread.channel).capabilities.for_kind(thread.wire.kind)
        part = render(content, takes)[-1]
        stored = None if part == text_content(part.text) else part
        return replace(plain, kind=part.kind, text=part.text, content=stored)

    def _change(self, thread: Thread, question: Message, work: Send, now: datetime) -> Change:
        asked = Consent(
            merchant_id=thread.merchant_id,
            address=address_key(thread.connection_id, thread.wire),
            purpose="marketing",
            state="asked",
            at=question.sent_at,
            how="question",
            noted_at=now,
            channels=(thread.channel,),
            ref=work.ref.reference,
            text=question.text,
        )
        options = question.content.options if question.content else ()
        return Change(
            thread=replace(thread, last_at=question.sent_at, choices=options or thread.choices),
            new=(question,),
            due=(Due(work, now + OVERDUE),),
            claims=(Claim(f"ask:{thread.shopper_id}:{now.date().isoformat()}"),),
            consents=(asked,),
        )
