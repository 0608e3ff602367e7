"""What a reply is an answer to: a message, a comment in public or in private, or nothing in particular."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.content import Content
from chalicelib.domain.gate import Question, may_send
from chalicelib.domain.messages import Message, Purpose
from chalicelib.domain.rendering import CantRender
from chalicelib.domain.threads import Thread
from chalicelib.ports.threads import ThreadStore

PAGE: Final = 100
# Further back nobody answers; a reply does not read a whole thread.
MOST_PAGES: Final = 10


class AlreadyReplied(Exception):
    """A comment takes one private answer, and it has had it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person wants to send. reply_to: our id of the message that it answers, or that a reaction is
    put on. is_public: it answers a comment where everybody reads it."""

    content: Content
    reply_to: str = ""
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class Directed:
    """Content with what it is aimed at. reply_to: the channel's id of the message that it quotes, or '';
    answers: our id of the message that it is a reply to, or ''. again: the message that it sends again, and
    purpose the one that it has then; counts_as: the reference that counts for both."""

    content: Content
    reply_to: str = ""
    answers: str = ""
    again: Message | None = None
    counts_as: str = ""
    purpose: Purpose = "reply"


def direct(
    threads: ThreadStore, thread: Thread, asked: Asked, takes: Capabilities, now: datetime
) -> Directed:
    """Raises CantRender."""
    return replace(_directed(threads, thread, asked, takes, now), answers=asked.reply_to)


def _directed(
    threads: ThreadStore, thread: Thread, asked: Asked, takes: Capabilities, now: datetime
) -> Directed:
    content, answered = asked.content, _answered(threads, thread, asked.reply_to)
    is_comment = answered is not None and answered.kind == "comment"
    if asked.is_public:
        if answered is None or not is_comment or content.kind != "text":
            raise CantRender("invalid", "A public answer is a text with `reply_to` a comment.", "public")
        return Directed(replace(content, kind="comment", target=answered.channel_message_id))
    if content.kind == "reaction":
        if answered is None or is_comment:
            raise CantRender("unsupported", "A reaction is put on a message.", "reaction.message_id")
        return Directed(replace(content, target=answered.channel_message_id))
    if answered is None:
        return Directed(content)
    if is_comment:
        return Directed(_to_comment(thread, content, answered, takes, now))
    return Directed(content, answered.channel_message_id if takes.reply_to else "")


def _answered(threads: ThreadStore, thread: Thread, message_id: str) -> Message | None:
    """The message of this id, which the channel must know too. None where none is named."""
    if not message_id:
        return None
    for message in latest(threads, thread):
        if message.message_id == message_id:
            return _known_to_channel(message)
    raise CantRender(
        "unknown_message", "There is no such message among the latest of the thread.", "reply_to"
    )


def latest(threads: ThreadStore, thread: Thread) -> Iterator[Message]:
    """The thread's messages, newest first, as far back as a person would look."""
    before = ""
    for _ in range(MOST_PAGES):
        page = threads.messages(thread.merchant_id, thread.thread_id, before=before, limit=PAGE)
        yield from page
        if len(page) < PAGE:
            return
        before = page[-1].sort


def _known_to_channel(message: Message) -> Message:
    if not message.channel_message_id or message.deleted_at is not None:
        raise CantRender("unknown_message", "The channel does not know this message (any more).", "reply_to")
    return message


def _to_comment(
    thread: Thread, content: Content, comment: Message, takes: Capabilities, now: datetime
) -> Content:
    """In the window it goes into the thread, as any message. Else a comment opens it for one message, while
    it is young."""
    question = Question(
        takes=takes,
        connection_status="active",
        author="human",
        purpose="reply",
        text="",
        now=now,
        intended_at=now,
        shopper_at=thread.opened_at,
    )
    is_young = takes.private_reply is not None and now - comment.sent_at < takes.private_reply
    if may_send(question).code != "window_closed" or not is_young:
        return content
    return replace(content, comment_id=comment.channel_message_id)
