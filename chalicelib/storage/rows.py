"""Rows to domain objects and back; keys of the conversations' table."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, cast

from chalicelib.domain.answering.spells import spell_from_json, spell_to_json
from chalicelib.domain.content import Option, content_from_json, content_to_json
from chalicelib.domain.events import Address, Media, Status
from chalicelib.domain.ids import digest, from_ms, to_ms
from chalicelib.domain.messages import Author, Message, MessageRef, Purpose, rank
from chalicelib.domain.retention import Retention
from chalicelib.domain.retention import seconds as seconds
from chalicelib.domain.threads import Thread, ThreadState, inbox_key
from chalicelib.domain.work import Due, work_to_json
from chalicelib.ports.threads import Kept
from chalicelib.storage.models import DueItem, MessageItem, ThreadItem, UnreadableItem

SHARDS = 16
# So long the same idempotency key means the same message.
KEYS_KEPT = timedelta(days=30)
MESSAGE_PREFIX = "m#"
# In the year 2286. Later moments have a digit more, and would stand before all others as text.
_LAST_MS = 9_999_999_999_999


def thread_key(merchant_id: str, thread_id: str) -> str:
    return f"{merchant_id}#{thread_id}"


def address_key(merchant_id: str, connection_id: str, address: Address) -> str:
    return f"{merchant_id}#address#{connection_id}#{address.kind}#{address.value}"


def pointer_key(merchant_id: str, connection_id: str, chat: str, channel_message_id: str) -> str:
    return f"{merchant_id}#pointer#{connection_id}#{digest(chat, channel_message_id)}"


def unreadable_key(merchant_id: str, connection_id: str) -> str:
    return f"{merchant_id}#unreadable#{connection_id}"


def idempotency_key(merchant_id: str, key: str) -> str:
    return f"{merchant_id}#key#{digest(key)}"


def erased_key(merchant_id: str, mark: str) -> str:
    """Of an address that was erased. mark: as `erasing.mark_of` makes it."""
    return f"{merchant_id}#erased#{mark}"


def parked_key(merchant_id: str, mark: str) -> str:
    return f"{merchant_id}#parked#{mark}"


def inbox_hash(merchant_id: str, state: str, channel: str) -> str:
    return f"{merchant_id}#{state}#{channel}"


def message_item(ref: MessageRef) -> MessageItem:
    """The row's key, to update it."""
    return MessageItem(thread_key(ref.merchant_id, ref.thread_id), MESSAGE_PREFIX + ref.sort)


def row_of_message(merchant_id: str, thread_id: str, message: Message) -> MessageItem:
    item = message_item(MessageRef(merchant_id, thread_id, message.sort))
    item.message_id = message.message_id
    item.author = message.author
    item.kind = message.kind
    item.text = message.text or None
    item.sent_at = message.sent_at
    item.status = message.status
    item.rank = rank(message.status)
    item.purpose = message.purpose or None
    item.reason = message.reason or None
    item.by = message.by or None
    item.chat = message.chat or None
    item.channel_message_id = message.channel_message_id or None
    item.reply_to = message.reply_to or None
    item.media = media_of(message.media) or None
    item.content = content_to_json(message.content) if message.content else None
    item.payload = message.payload or None
    item.ref = message.ref or None
    item.details = dict(message.details) or None
    item.edited, item.deleted_at = message.edited or None, message.deleted_at
    for who, value in message.reactions.items():
        item.reactions[who] = value
    item.received_at = message.received_at
    item.attempt, item.again = message.attempt, message.again or None
    return item


def kept_of_row(item: UnreadableItem) -> Kept:
    return Kept(
        merchant_id=item.merchant_id,
        connection_id=item.connection_id,
        reason=item.reason,
        envelope=json.loads(item.envelope),
        row=item.sk,
        at=item.received_at,
    )


def media_of(media: Sequence[Media]) -> list[dict[str, Any]]:
    """Files as a message's row keeps them: without what is not known, moments in milliseconds."""
    kept = [{name: value for name, value in asdict(one).items() if value} for one in media]
    return [one | ({"expires_at": to_ms(one["expires_at"])} if "expires_at" in one else {}) for one in kept]


def media_from(raw: Sequence[Mapping[str, Any]]) -> tuple[Media, ...]:
    moments = [
        {**one, "expires_at": from_ms(int(one["expires_at"]))} if one.get("expires_at") else dict(one)
        for one in raw
    ]
    return tuple(Media(**one) for one in moments)


def says_as_read(message: Message) -> Any:
    """The condition that nobody has changed what a message says since it was read."""
    is_same = MessageItem.deleted_at.does_not_exist() & MessageItem.pk.exists()
    edited = MessageItem.edited
    is_same &= edited == message.edited if message.edited else edited.does_not_exist()
    return is_same & has_media(message.media)


def has_media(media: Sequence[Media]) -> Any:
    """The condition that a message's files are as they were read."""
    return MessageItem.media == media_of(media) if media else MessageItem.media.does_not_exist()


def message_of_row(item: MessageItem) -> Message:
    return Message(
        message_id=item.message_id,
        author=cast(Author, item.author),
        kind=item.kind,
        text=item.text or "",
        sent_at=item.sent_at,
        status=cast(Status, item.status),
        purpose=cast(Purpose, item.purpose or ""),
        reason=item.reason or "",
        by=item.by or "",
        chat=item.chat or "",
        channel_message_id=item.channel_message_id or "",
        reply_to=item.reply_to or "",
        media=media_from(cast(list[dict[str, Any]], item.media or [])),
        content=content_from_json(cast(dict[str, Any], item.content)) if item.content else None,
        payload=item.payload or "",
        ref=item.ref or "",
        details=cast(dict[str, Any], item.details or {}),
        edited=item.edited or "",
        deleted_at=item.deleted_at,
        given_up=tuple(sorted(item.given_up or ())),
        reactions=item.reactions.as_dict(),
        received_at=item.received_at,
        attempt=int(item.attempt),
        claim=item.claim or "",
        lease_until=item.lease_until,
        started_at=item.started_at,
        again=item.again or "",
    )


_THREAD_TEXTS = (
    "shopper_name",
    "language",
    "language_hint",
    "assignee",
    "last_sort",
    "last_text",
    "answer",
)
_THREAD_TIMES = (
    "spoken_at",
    "last_at",
    "first_at",
    "shopper_at",
    "human_at",
    "heard_at",
    "waiting_since",
    "promised_at",
    "opened_at",
    "direct_at",
    "delivered_up_to",
    "read_up_to",
)


def row_of_thread(thread: Thread) -> ThreadItem:
    """The whole row, one version on."""
    item = ThreadItem(thread_key(thread.merchant_id, thread.thread_id), "thread")
    # A thread without words, or of the shop's own people, is nothing to answer.
    if thread.spoken_at is not None and not thread.staff:
        item.inbox = inbox_hash(thread.merchant_id, thread.state, thread.channel)
        item.inbox_at = inbox_key(thread)
    item.thread_id = thread.thread_id
    item.connection_id = thread.connection_id
    item.channel = thread.channel
    item.shopper_id = thread.shopper_id
    item.wire_kind, item.wire_value = thread.wire.kind, thread.wire.value
    item.state = thread.state
    item.tags = list(thread.tags) or None
    item.choices = [asdict(one) for one in thread.choices] or None
    item.spell = spell_to_json(thread.spell) or None
    for name, value in thread.marks.items():
        item.marks[name] = value
    item.paced_ms = thread.paced_ms
    item.wrote = dict(thread.wrote) or None
    item.version = thread.version + 1
    for name in _THREAD_TEXTS:
        setattr(item, name, getattr(thread, name) or None)
    for name in _THREAD_TIMES:
        setattr(item, name, getattr(thread, name))
    return item


def expiry_of_thread(thread: Thread, kept: Retention) -> int | None:
    """When a thread's row goes: not before its last message; None for one that has had none."""
    moments = [at for name in _THREAD_TIMES if (at := getattr(thread, name)) is not None]
    return seconds(max(moments) + kept.messages) if moments else None


def thread_of_row(merchant_id: str, item: ThreadItem) -> Thread:
    plain: dict[str, Any] = {name: getattr(item, name) or "" for name in _THREAD_TEXTS}
    plain |= {name: getattr(item, name) for name in _THREAD_TIMES}
    return Thread(
        merchant_id=merchant_id,
        thread_id=item.thread_id,
        connection_id=item.connection_id,
        channel=item.channel,
        shopper_id=item.shopper_id,
        wire=Address(item.wire_kind, item.wire_value),
        state=cast(ThreadState, item.state),
        tags=tuple(item.tags or ()),
        choices=tuple(Option(**one) for one in cast(list[dict[str, Any]], item.choices or [])),
        spell=spell_from_json(item.spell or {}),
        marks=item.marks.as_dict(),
        paced_ms=int(item.paced_ms or 0),
        wrote=dict(item.wrote or {}),
        version=int(item.version),
        stored_waiting_since=item.waiting_since,
        **plain,
    )


def row_of_due(due: Due) -> DueItem:
    due_id = due.due_id
    return DueItem(
        due_id,
        shard=int(digest(due_id)[:4], 16) % SHARDS,
        due_at=due_at_key(due.at, due_id),
        since=due.since or due.at,
        work=work_to_json(due.work),
    )


def due_at_key(at: datetime, due_id: str = "") -> str:
    return f"{min(to_ms(at), _LAST_MS):013d}#{due_id}"
