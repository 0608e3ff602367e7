"""May we send to this shopper, and if not, why: the gate's own answer, thread by thread."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chalicelib.domain.gate import Verdict
from chalicelib.domain.messages import Author, Message, MessageRef, Purpose
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import Send
from chalicelib.ports.channel import Channel
from chalicelib.ports.people import PeopleStore
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.people.people import People
from chalicelib.services.sending.judge import Judge
from chalicelib.services.sending.letter import Letter

# What may be asked for: each kind of message, and each thing that a shopper can consent to.
PURPOSES: Final[dict[str, Purpose]] = {
    "reply": "reply",
    "answer": "answer",
    "update": "update",
    "survey": "survey",
    "cart": "cart",
    "campaign": "campaign",
    "ask": "ask",
    "service": "answer",
    "updates": "update",
    "marketing": "campaign",
}
_AUTHORS: Final[dict[Purpose, Author]] = {"reply": "human", "campaign": "campaign", "cart": "campaign"}
_BEST_FIRST: Final = ("send", "use_template", "hold", "skip")
NOWHERE: Final = Verdict("skip", "no_thread", "The shopper has no thread on a channel of the shop.")


@dataclass(frozen=True, slots=True)
class Explained:
    """The best that the shop may do, and what the gate says of each thread."""

    verdict: Verdict
    threads: tuple[tuple[Thread, Verdict], ...]


class Explain:
    """Asks the gate about a message that nobody has written."""

    def __init__(
        self,
        people: PeopleStore,
        threads: ThreadStore,
        shops: ShopStore,
        judge: Judge,
        channel_named: Callable[[str], Channel],
    ) -> None:
        self._people, self._threads, self._shops = People(people), threads, shops
        self._judge, self._channel_named = judge, channel_named

    def __call__(
        self, merchant_id: str, shopper_id: str, purpose: Purpose, channel: str, now: datetime
    ) -> Explained:
        """channel: '' for all. Raises NoSuchShopper, StoreBusy."""
        person = self._people.person(merchant_id, shopper_id)
        read = (self._threads.thread(merchant_id, thread_id) for thread_id in person.threads)
        threads = [one for one in read if one is not None and channel in ("", one.channel)]
        answers = [(one, self._verdict(one, purpose, now)) for one in threads]
        answers.sort(key=lambda each: (_BEST_FIRST.index(each[1].decision), each[0].thread_id))
        return Explained(answers[0][1] if answers else NOWHERE, tuple(answers))

    def _verdict(self, thread: Thread, purpose: Purpose, now: datetime) -> Verdict:
        connection, shop = self._shops.connection_and_shop(thread.connection_id, thread.merchant_id)
        message = Message(
            message_id="",
            author=_AUTHORS.get(purpose, "auto"),
            kind="text",
            text="",
            sent_at=now,
            status="queued",
            purpose=purpose,
        )
        work = Send(MessageRef(thread.merchant_id, thread.thread_id, message.sort), thread.group)
        letter = Letter(work, message, thread, connection, self._channel_named(thread.channel))
        return self._judge(letter, "", shop, now).verdict
