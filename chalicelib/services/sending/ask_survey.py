"""How it was, asked once after a solved spell; where the gate lets it, and only if the shop wants it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.connections import Connection
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.rendering import CantRender
from chalicelib.domain.surveys import ASKED_WITHIN, LOOKED_AT, Survey, claim_of, rules_from, solved_by
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import OVERDUE, Due, Send
from chalicelib.ports.channel import Channel
from chalicelib.ports.errors import AlreadyThere, StoreBusy
from chalicelib.ports.queues import Outbox
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import Change, Claim, ThreadStore
from chalicelib.services.sending.judge import Judge
from chalicelib.services.sending.letter import Letter
from chalicelib.services.sending.survey_questions import first_question
from chalicelib.services.threads.write_thread import WriteThread


class _NotNow(Exception):
    """The gate does not let the question out, or there is none to ask."""


class AskSurvey:
    """Called when a thread was closed. Where nothing may be asked, nothing is written at all."""

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
        """Whether this spell is asked about, now or since it was closed before. Two who close the thread at
        once ask once. Raises NotFound, StoreBusy."""
        connection, shop = self._shops.connection_and_shop(thread.connection_id, thread.merchant_id)
        if not rules_from(shop.survey):
            return False
        newest = self._threads.messages(thread.merchant_id, thread.thread_id, limit=LOOKED_AT)
        answer = solved_by(newest, thread.channel)
        if answer is None or now - answer.sent_at > ASKED_WITHIN:
            return False
        works = list[Send]()

        def write(fresh: Thread) -> tuple[Change, None]:
            """On the thread as it is: who has just written again is not asked."""
            if fresh.state != "closed":
                raise _NotNow
            question = self._question(fresh, shop, connection, now)
            work = Send(MessageRef(fresh.merchant_id, fresh.thread_id, question.sort), fresh.group)
            works.append(work)
            return _change(fresh, question, work, answer, now), None

        try:
            self._write(thread.merchant_id, thread.thread_id, write)
        except AlreadyThere:
            return True
        except (CantRender, _NotNow):
            return False
        with suppress(StoreBusy):  # it is stored with its due row: the tick will see to it
            self._outbox.dispatch(works[-1])
        return True

    def _question(self, thread: Thread, shop: Shop, connection: Connection | None, now: datetime) -> Message:
        """By night it may wait for the morning, if it can go then."""
        channel = self._channel_named(thread.channel)
        question = first_question(thread, shop, channel.capabilities.for_kind(thread.wire.kind), now)
        work = Send(MessageRef(thread.merchant_id, thread.thread_id, question.sort), thread.group)
        letter = Letter(work, question, thread, connection, channel)
        verdict = self._judge(letter, question.text, shop, now).verdict
        if verdict.decision == "hold" and verdict.until is not None:
            verdict = self._judge(letter, question.text, shop, verdict.until).verdict
        if verdict.decision != "send":
            raise _NotNow
        return question


def _change(thread: Thread, question: Message, work: Send, answer: Message, now: datetime) -> Change:
    options = question.content.options if question.content else ()
    survey = Survey(
        merchant_id=thread.merchant_id,
        thread_id=thread.thread_id,
        sort=question.sort,
        connection_id=thread.connection_id,
        channel=thread.channel,
    )
    return Change(
        thread=replace(thread, last_at=question.sent_at, choices=options or thread.choices),
        new=(question,),
        due=(Due(work, now + OVERDUE),),
        claims=(Claim(claim_of(thread.thread_id, answer)),),
        survey=survey,
    )
