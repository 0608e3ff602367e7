"""Which notices to the shop's own people quote a thread: whoever erases the thread takes them away too."""

from collections.abc import Iterator
from typing import Final

from chalicelib.domain.erasing import Gone
from chalicelib.domain.messages import MessageRef
from chalicelib.domain.retention import Retention
from chalicelib.ports.threads import Change
from chalicelib.storage import rows
from chalicelib.storage.errors import answers
from chalicelib.storage.models import MessageItem, QuoteItem, ThreadItem
from chalicelib.storage.transaction import Transaction

_PAGE: Final = 25


def put_quotes(write: Transaction, change: Change, kept: Retention) -> None:
    """What quotes a thread is written only while that thread is there: an erasing that has taken the thread
    away has either seen this row, or keeps it from being written."""
    thread = change.thread
    if not change.about or change.about == thread.thread_id:
        return
    quoted = ThreadItem(rows.thread_key(thread.merchant_id, change.about), "thread")
    write.check("about", quoted, ThreadItem.pk.exists())
    for message in change.new:
        item = QuoteItem(_key(thread.merchant_id, change.about), f"{message.sort}#{thread.thread_id}")
        item.connection_id = thread.connection_id
        item.expires_at = kept.of_message(message.sort, message.purpose)
        write.put("quote", item)


def quotes_of(merchant_id: str, thread_id: str) -> list[QuoteItem]:
    """Some of them, none when none is left."""
    with answers():
        return list(QuoteItem.query(_key(merchant_id, thread_id), limit=_PAGE, consistent_read=True))


def quoting(merchant_id: str, quotes: list[QuoteItem]) -> Iterator[tuple[Gone, MessageItem]]:
    """The notices themselves, those that are there still, each with the chat in which it stands."""
    chats = {}
    for quote in quotes:
        sort, _, thread_id = quote.sk.rpartition("#")
        item = rows.message_item(MessageRef(merchant_id, thread_id, sort))
        chats[item.pk, item.sk] = Gone(thread_id, quote.connection_id)
    with answers():
        found = list(MessageItem.batch_get(list(chats), consistent_read=True)) if chats else []
    yield from ((chats[item.pk, item.sk], item) for item in found)


def _key(merchant_id: str, thread_id: str) -> str:
    return f"{merchant_id}#quoted#{thread_id}"
