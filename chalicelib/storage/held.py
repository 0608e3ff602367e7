"""Messages that wait for their connection, and what channels tell about connections."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from pynamodb.expressions.update import Action

from chalicelib.domain.events import Notice
from chalicelib.domain.health import is_news
from chalicelib.domain.ids import digest
from chalicelib.domain.messages import MessageRef
from chalicelib.domain.work import Due, Send
from chalicelib.ports.afterwards import Held, KeptNotice
from chalicelib.ports.errors import Conflict
from chalicelib.storage import rows
from chalicelib.storage.errors import answers
from chalicelib.storage.models import (
    ConnectionItem,
    HeldItem,
    MessageItem,
    NoticeItem,
    SelfTestItem,
)
from chalicelib.storage.reading import get
from chalicelib.storage.transaction import Transaction

_NOTICES_KEPT: Final = timedelta(days=90)
_TESTS_KEPT: Final = timedelta(hours=1)
# After it has lapsed, the row of a held message is of no use.
_HELD_LONGER: Final = timedelta(days=1)


class DynamoHeld:
    """HeldStore on DynamoDB."""

    def hold(self, held: Held, connection_id: str, *, claim: str, reason: str, until: datetime) -> None:
        """Let a message wait for its connection, at most until then."""
        work, ref = held.work, held.work.ref
        actions: list[Action] = [
            MessageItem.claim.remove(),
            MessageItem.lease_until.remove(),
            MessageItem.reason.set(reason),
        ]
        is_ours = MessageItem.claim == claim if claim else MessageItem.claim.does_not_exist()
        row = _held_item(connection_id, work)
        row.thread_id, row.sort, row.group, row.mark = ref.thread_id, ref.sort, work.group, held.mark
        row.expires_at = rows.seconds(until + _HELD_LONGER)
        connection = ConnectionItem(f"connection#{connection_id}", "connection")
        with Transaction() as write:
            # Connected again in this very moment: then nobody would let it go.
            write.check("connection", connection, ConnectionItem.status == "needs_reauth")
            write.update(
                "message", rows.message_item(ref), actions, (MessageItem.status == "queued") & is_ours
            )
            write.put("held", row)
            write.put("due", rows.row_of_due(Due(work, until)))

    def held(self, merchant_id: str, connection_id: str, limit: int = 100) -> list[Held]:
        """What waits for a connection, in the order in which it was written."""
        with answers():
            found = HeldItem.query(held_key(merchant_id, connection_id), limit=limit, consistent_read=True)
            return [
                Held(Send(MessageRef(merchant_id, one.thread_id, one.sort), one.group), one.mark)
                for one in found
            ]

    def let_go(self, merchant_id: str, connection_id: str, held: Sequence[Held]) -> None:
        """They wait no longer, but for those that were held anew since they were read."""
        for one in held:
            is_same = HeldItem.mark == one.mark if one.mark else None
            with suppress(Conflict), answers():
                _held_item(connection_id, one.work).delete(is_same)


class DynamoNotices:
    """NoticeStore on DynamoDB."""

    def keep_notice(self, merchant_id: str, connection_id: str, notice: Notice, at: datetime) -> None:
        """Store it; the same on the same day is one row."""
        when = notice.at or at
        details = json.dumps(notice.details, sort_keys=True)
        same = digest(notice.kind, notice.subject, notice.problem, details)
        room = _news_key if is_news(notice) else _notices_key
        item = NoticeItem(room(merchant_id, connection_id), f"{when.date().isoformat()}#{same}")
        item.kind, item.subject, item.problem = notice.kind, notice.subject or None, notice.problem or None
        item.details, item.at = dict(notice.details), when
        item.expires_at = rows.seconds(at + _NOTICES_KEPT)
        with answers():
            item.save()

    def notices(
        self, merchant_id: str, connection_id: str, limit: int = 50, *, news: bool = True
    ) -> list[KeptNotice]:
        """Newest first, those of the last 90 days."""
        rooms = (_notices_key, _news_key) if news else (_notices_key,)
        with answers():
            found = [
                _kept(one)
                for room in rooms
                for one in NoticeItem.query(
                    room(merchant_id, connection_id),
                    scan_index_forward=False,
                    limit=limit,
                    consistent_read=True,
                )
            ]
        return sorted(found, key=lambda one: one.at, reverse=True)[:limit]

    def note_self_test(self, merchant_id: str, connection_id: str, nonce: str, at: datetime) -> None:
        """Our test call has come all the way."""
        item = SelfTestItem(f"{merchant_id}#selftest#{connection_id}", digest(nonce))
        item.expires_at = rows.seconds(at + _TESTS_KEPT)
        with answers():
            item.save()

    def self_test_came(self, merchant_id: str, connection_id: str, nonce: str) -> bool:
        """Whether it has."""
        return get(SelfTestItem, f"{merchant_id}#selftest#{connection_id}", digest(nonce)) is not None


def _held_item(connection_id: str, work: Send) -> HeldItem:
    ref = work.ref
    return HeldItem(held_key(ref.merchant_id, connection_id), f"{ref.sort}#{ref.thread_id}")


def held_key(merchant_id: str, connection_id: str) -> str:
    return f"{merchant_id}#held#{connection_id}"


def notice_rows(merchant_id: str, connection_id: str) -> Iterator[NoticeItem]:
    """All that the channel has told of a connection."""
    for room in (_notices_key, _news_key):
        yield from NoticeItem.query(room(merchant_id, connection_id), consistent_read=True)


def _kept(item: NoticeItem) -> KeptNotice:
    notice = Notice(
        kind=item.kind,
        at=item.at,
        subject=item.subject or "",
        problem=item.problem or "",
        details=dict(item.details or {}),
    )
    return KeptNotice(notice, item.at)


def _news_key(merchant_id: str, connection_id: str) -> str:
    """Apart from the rest: sixty mentions a day hide no problem."""
    return f"{merchant_id}#news#{connection_id}"


def _notices_key(merchant_id: str, connection_id: str) -> str:
    return f"{merchant_id}#notices#{connection_id}"
