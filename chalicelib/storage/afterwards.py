"""What becomes of stored messages and threads: the latest word counts, in whatever order they come."""

from datetime import datetime
from functools import partial
from typing import Any

from pynamodb.expressions.update import Action

from chalicelib.domain.albums import album_text, edited_album, last_part, without_part
from chalicelib.domain.events import Media
from chalicelib.domain.messages import Message, MessageRef, rank
from chalicelib.domain.work import Due
from chalicelib.ports.afterwards import Pointer
from chalicelib.ports.errors import AlreadyThere, Conflict, StoreBusy
from chalicelib.storage import rows
from chalicelib.storage.errors import answers, undisturbed
from chalicelib.storage.keeping import Keeping
from chalicelib.storage.models import MessageItem, ThreadItem
from chalicelib.storage.pointers import point
from chalicelib.storage.reading import get
from chalicelib.storage.transaction import Refused, Transaction

_TRIES = 6


class DynamoChangedLater(Keeping):
    """ChangedLater on DynamoDB: each write says in its condition what it must not undo."""

    def edit(self, ref: MessageRef, channel_message_id: str, text: str, edited: str) -> Message | None:
        """Say what a message says now, unless a later edit has or it was taken back."""
        for _ in range(_TRIES):
            item = rows.message_item(ref)
            found = get(MessageItem, item.pk, item.sk)
            if found is None:
                return None
            message = rows.message_of_row(found)
            if message.deleted_at is not None or message.edited >= edited:
                return message
            media, words = edited_album(message, channel_message_id, text)
            actions: list[Action] = [MessageItem.edited.set(edited), MessageItem.text.set(words)]
            if media != message.media:
                actions.append(MessageItem.media.set(rows.media_of(media)))
            try:
                with answers():
                    undisturbed(partial(item.update, actions, rows.says_as_read(message)))
            except Conflict:
                continue
            return rows.message_of_row(item)
        raise StoreBusy("others change this message too")

    def blank(self, ref: MessageRef, channel_message_id: str, at: datetime) -> Message | None:
        """Forget what a message said; that there was one stays."""
        for _ in range(_TRIES):
            item = rows.message_item(ref)
            found = get(MessageItem, item.pk, item.sk)
            message = None if found is None else rows.message_of_row(found)
            if message is None or message.deleted_at is not None:
                return message
            left = without_part(message.media, channel_message_id)
            actions = _keeping(left) if left else _blanking(at)
            try:
                with answers():
                    undisturbed(partial(item.update, actions, rows.says_as_read(message)))
            except Conflict:
                continue
            return rows.message_of_row(item)
        raise StoreBusy("others change this message too")

    def show_last(self, ref: MessageRef, text: str) -> None:
        """Let the inbox show `text` for this message, if it is the thread's last."""
        item = ThreadItem(rows.thread_key(ref.merchant_id, ref.thread_id), "thread")
        actions: list[Action] = [ThreadItem.last_text.set(text[:200]), ThreadItem.version.add(1)]
        if not text:
            actions[0] = ThreadItem.last_text.remove()
        is_last = ThreadItem.last_sort == ref.sort
        shows_other = ThreadItem.last_text != text[:200] if text else ThreadItem.last_text.exists()
        _unless_refused(lambda: item.update(actions, is_last & shows_other))

    def mark(self, merchant_id: str, thread_id: str, name: str, marked: str) -> None:
        """Set what was told of a thread; what was told later stays."""
        place: Any = ThreadItem.marks[name]
        item = ThreadItem(rows.thread_key(merchant_id, thread_id), "thread")
        is_newer = ThreadItem.pk.exists() & (place.does_not_exist() | (place < marked))
        _unless_refused(lambda: item.update([place.set(marked), ThreadItem.version.add(1)], is_newer))

    def opened(self, merchant_id: str, thread_id: str, at: datetime) -> None:
        """The shopper did what opens the channel's window; never backwards."""
        item = ThreadItem(rows.thread_key(merchant_id, thread_id), "thread")
        was = ThreadItem.opened_at
        is_later = ThreadItem.pk.exists() & (was.does_not_exist() | (was < at))
        _unless_refused(lambda: item.update([was.set(at), ThreadItem.version.add(1)], is_later))

    def requeue(
        self, ref: MessageRef, given_up: str, due: Due, *, claim: str = "", pointer: Pointer | None = None
    ) -> bool:
        """A message that the channel took and then could not deliver is to be sent again when due."""
        actions: list[Action] = [
            MessageItem.status.set("queued"),
            MessageItem.rank.set(rank("queued")),
            MessageItem.channel_message_id.remove(),
            MessageItem.reason.remove(),
            MessageItem.given_up.add({given_up}),
        ]
        is_free = MessageItem.claim.does_not_exist() & (MessageItem.channel_message_id == given_up)
        is_that = MessageItem.claim == claim if claim else is_free
        if claim:
            actions += [MessageItem.claim.remove(), MessageItem.lease_until.remove()]
        try:
            with Transaction() as write:
                if pointer is not None:
                    point(write, ref.merchant_id, pointer, self._kept)
                not_arrived = MessageItem.rank <= rank("failed")
                # A person who has sent it again shall not meet a machine that does so too.
                is_ours = not_arrived & MessageItem.again.does_not_exist()
                write.update("message", rows.message_item(ref), actions, is_that & is_ours)
                write.put("due", rows.row_of_due(due))
        except Refused as error:
            if error.labels == {"pointer"}:
                raise AlreadyThere from error
            return False
        return True


def _blanking(at: datetime) -> list[Action]:
    said = (MessageItem.text, MessageItem.media, MessageItem.content, MessageItem.payload)
    gone: list[Action] = [one.remove() for one in (*said, MessageItem.ref, MessageItem.details)]
    return [*gone, MessageItem.deleted_at.set(at)]


def _keeping(media: tuple[Media, ...]) -> list[Action]:
    text = album_text(media)
    return [
        MessageItem.media.set(rows.media_of(media)),
        MessageItem.text.set(text) if text else MessageItem.text.remove(),
        MessageItem.channel_message_id.set(last_part(media)),
    ]


def _unless_refused(write: Any) -> None:
    """A condition that does not hold means that there is nothing to do."""
    try:
        with answers():
            undisturbed(write)
    except Conflict:
        return
