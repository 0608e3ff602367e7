"""A person decides to send a message of ours once more, which no machine would repeat."""

from dataclasses import dataclass
from typing import Final

from chalicelib.domain.again import again_as, content_again
from chalicelib.domain.messages import Message, MessageRef, Purpose
from chalicelib.domain.threads import Thread
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.sending.reply_to import Directed, latest

_ANSWERS: Final = ("", "reply", "answer", "confirm")


class NoSuchMessage(Exception):
    """The thread has no message of this id, as far back as anybody looks."""


class NotUncertain(Exception):
    """It is on its way, has arrived, or is none of ours: there is nothing to send again."""


class AlreadySentAgain(Exception):
    """Somebody has sent it again. `message_id`: as which message."""

    def __init__(self, message_id: str) -> None:
        super().__init__(message_id)
        self.message_id = message_id


@dataclass(frozen=True, slots=True)
class Again:
    """What a person wants to send is what was sent before. message_id: of the message of ours."""

    message_id: str


def once_more(threads: ThreadStore, thread: Thread, asked: Again) -> Directed:
    """The same content, aimed at the same message. Raises NoSuchMessage, NotUncertain, AlreadySentAgain.

    A copy that the gate did not let out was no second message: it may be tried anew.
    """
    found = (one for one in latest(threads, thread) if one.message_id == asked.message_id)
    message = next(found, None)
    if message is None:
        raise NoSuchMessage(asked.message_id)
    content = content_again(message)
    if content is None:
        raise NotUncertain(asked.message_id)
    if message.again and not _was_skipped(threads, thread, message):
        raise AlreadySentAgain(again_as(message))
    answers = str(message.details.get("answers", ""))
    # What answered the shopper is a person's answer now; what addressed them stays bound to their consent.
    purpose: Purpose = "reply" if message.purpose in _ANSWERS else message.purpose
    own = MessageRef(thread.merchant_id, thread.thread_id, message.sort).reference
    counts_as = str(message.details.get("counts_as") or message.details.get("part_of") or own)
    about = {"answers": answers, "counts_as": counts_as}
    return Directed(content, message.reply_to, again=message, purpose=purpose, **about)


def _was_skipped(threads: ThreadStore, thread: Thread, message: Message) -> bool:
    copy = threads.message(MessageRef(thread.merchant_id, thread.thread_id, message.again))
    return copy is None or copy.status == "skipped"
