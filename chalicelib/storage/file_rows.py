"""What became of a message's files, on its row."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from chalicelib.domain.events import Media
from chalicelib.domain.files import settled
from chalicelib.domain.messages import Message
from chalicelib.domain.work import Due, FetchFiles, due_id
from chalicelib.ports.errors import StoreBusy
from chalicelib.storage import rows
from chalicelib.storage.models import DueItem, MessageItem
from chalicelib.storage.reading import get
from chalicelib.storage.transaction import Refused, Transaction

_TRIES: Final = 6


class DynamoFileRows:
    """FileRows on DynamoDB: files and the row of waiting work change together, or not at all."""

    def note_files(
        self, work: FetchFiles, become: Sequence[Media], again_at: datetime | None
    ) -> Message | None:
        """Write what became of these files of a message, and when the rest is tried again."""
        key = rows.message_item(work.ref)
        for _ in range(_TRIES):
            found = get(MessageItem, key.pk, key.sk)
            message = None if found is None else rows.message_of_row(found)
            if message is None or message.deleted_at is not None:
                return None
            after = replace(message, media=settled(message.media, become))
            try:
                _write(work, message, after, again_at)
            except Refused:
                continue
            return after
        raise StoreBusy("others change this message too")


def _write(work: FetchFiles, before: Message, after: Message, again_at: datetime | None) -> None:
    is_as_read = MessageItem.deleted_at.does_not_exist() & rows.has_media(before.media)
    still_waits = any(one.state == "waiting" for one in after.media)
    with Transaction() as write:
        if after.media == before.media:
            item = rows.message_item(work.ref)
            write.check("message", item, is_as_read)
        else:
            files = MessageItem.media.set(rows.media_of(after.media))
            write.update("message", rows.message_item(work.ref), [files], is_as_read)
        if again_at is not None and still_waits:
            write.put("due", rows.row_of_due(Due(work, again_at)))
        elif not still_waits:
            write.delete("due", DueItem(due_id(work)))
