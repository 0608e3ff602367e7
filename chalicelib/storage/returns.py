"""Returns in DynamoDB: found by their order, their shopper and the state that they are in."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.domain.commerce.return_counts import ReturnCount
from chalicelib.domain.commerce.returns import Return, ReturnState
from chalicelib.domain.ids import digest
from chalicelib.domain.plain import from_plain, to_plain
from chalicelib.domain.retention import Retention, seconds
from chalicelib.domain.work import Due
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.ports.returns import KeptReturn, Sums
from chalicelib.storage.errors import answers
from chalicelib.storage.keeping import Keeping
from chalicelib.storage.models import TextAttribute, ThreadsRow
from chalicelib.storage.reading import get
from chalicelib.storage.rows import row_of_due
from chalicelib.storage.transaction import Transaction

# DynamoDB reads so many rows in one call.
_AT_ONCE: Final = 100
_TRIES: Final = 5


class ReturnItem(ThreadsRow):
    """A return: whole with each write, guarded by its version. sort: the range key of the rows that lead
    here."""

    document = TextAttribute()
    sort = UnicodeAttribute()
    version = NumberAttribute()


class ReturnFoundItem(ThreadsRow):
    """Leads to a return: to its hash key."""

    row = UnicodeAttribute()


class ReturnCountItem(ThreadsRow):
    """How often something was counted in a month; title: of the product that it is about."""

    n = NumberAttribute(default=0)
    title = TextAttribute(null=True)


class DynamoReturns(Keeping):
    """The ReturnStore on DynamoDB. Reads are strongly consistent: decisions are made on them."""

    def one(self, merchant_id: str, return_id: str) -> KeptReturn | None:
        """As it is now."""
        item = get(ReturnItem, *_key(merchant_id, return_id))
        return None if item is None else _kept(item)

    def of_order(self, merchant_id: str, connection_id: str, order_id: str) -> list[KeptReturn]:
        """All returns of one order, the latest first."""
        return returns_of_order(merchant_id, connection_id, order_id)

    def of_shoppers(self, merchant_id: str, shopper_ids: Sequence[str], limit: int = 20) -> list[KeptReturn]:
        """The latest returns of these, at most so many of each, the latest first."""
        return _found([_shopper_key(merchant_id, one) for one in dict.fromkeys(shopper_ids)], limit)

    def in_state(
        self, merchant_id: str, state: ReturnState, before: str = "", limit: int = 50
    ) -> list[KeptReturn]:
        """Those that are in this state, the latest first. before: the `cursor` of the last one on
        the page before."""
        found = _found([_state_key(merchant_id, state)], limit, before)
        return [one for one in found if one.told.state == state]

    def save(
        self, merchant_id: str, kept: KeptReturn, counted: Sequence[ReturnCount], due: Due | None = None
    ) -> None:
        """With what is due for it. Raises Conflict when it was changed since it was read, or another of the
        same place in its order is there: nothing is written then, nor counted. Done twice, the second finds
        another version."""
        before = get(ReturnItem, *_key(merchant_id, kept.told.return_id)) if kept.version else None
        if kept.version and (before is None or before.version != kept.version):
            raise Conflict("changed since it was read")
        item = _item(merchant_id, kept, self._kept)
        is_as_read = ReturnItem.version == kept.version if kept.version else ReturnItem.pk.does_not_exist()
        new = {row.pk: row for row in _leading(merchant_id, item)}
        old = {row.pk: row for row in _leading(merchant_id, before)} if before is not None else {}
        with Transaction() as write:
            write.put("return", item, is_as_read)
            for row in new.values():
                write.put("found", row)
            for row in (row for pk, row in old.items() if pk not in new):
                write.delete("lost", row)
            if due is not None:
                write.put("due", row_of_due(due))
            for count in _added(counted):
                sums = ReturnCountItem(_month_key(merchant_id, count.month), count.name)
                title = [ReturnCountItem.title.set(count.title)] if count.title else []
                write.update("counted", sums, [ReturnCountItem.n.add(count.value), *title])

    def sums(self, merchant_id: str, months: Sequence[str]) -> Sums:
        """What was counted in these months."""
        counts: Counter[str] = Counter()
        titles: dict[str, str] = {}
        with answers():
            for month in months:
                for item in ReturnCountItem.query(_month_key(merchant_id, month), consistent_read=True):
                    counts[item.sk] += int(item.n)
                    titles |= {item.sk: item.title} if item.title else {}
        return Sums(counts, titles)

    def forget(self, merchant_id: str, returns: Sequence[KeptReturn]) -> None:
        """Each with all that leads to it, in one transaction."""
        forget_returns(merchant_id, returns)


def returns_of_order(merchant_id: str, connection_id: str, order_id: str) -> list[KeptReturn]:
    """All returns of one order, the latest first."""
    return _found([_order_key(merchant_id, connection_id, order_id)], None)


def forget_returns(merchant_id: str, returns: Iterable[KeptReturn]) -> None:
    """Each with all that leads to it. Again is harmless."""
    for kept in returns:
        _forget(merchant_id, kept.told.return_id)


def _forget(merchant_id: str, return_id: str) -> None:
    for _ in range(_TRIES):
        item = get(ReturnItem, *_key(merchant_id, return_id))
        if item is None:
            return
        with suppress(Conflict):
            with Transaction() as write:
                write.delete("return", ReturnItem(item.pk, item.sk), ReturnItem.version == item.version)
                for row in _leading(merchant_id, item):
                    write.delete("lost", row)
            return
    raise StoreBusy("others change it just now")


def _added(counted: Sequence[ReturnCount]) -> list[ReturnCount]:
    """One transaction writes a row once."""
    sums: Counter[tuple[str, str]] = Counter()
    titles: dict[tuple[str, str], str] = {}
    for one in counted:
        sums[one.month, one.name] += one.value
        titles[one.month, one.name] = one.title
    return [ReturnCount(*key, value, titles[key]) for key, value in sums.items()]


def _found(keys: Sequence[str], limit: int | None, before: str = "") -> list[KeptReturn]:
    """What rows under these keys lead to, the latest first."""
    rows: dict[str, None] = {}
    with answers():
        for key in keys:
            span = ReturnFoundItem.sk < before if before else None
            read = ReturnFoundItem.query(
                key, span, scan_index_forward=False, limit=limit, consistent_read=True
            )
            rows |= dict.fromkeys(item.row for item in read)
        wanted = [(row, "return") for row in rows]
        found = [
            item
            for start in range(0, len(wanted), _AT_ONCE)
            for item in ReturnItem.batch_get(wanted[start : start + _AT_ONCE], consistent_read=True)
        ]
    return [_kept(item) for item in sorted(found, key=lambda one: one.sort, reverse=True)]


def _leading(merchant_id: str, item: ReturnItem) -> list[ReturnFoundItem]:
    """All that leads to it."""
    told = _kept(item).told
    keys = (
        _order_key(merchant_id, told.connection_id, told.order_id),
        _shopper_key(merchant_id, told.shopper_id),
        _state_key(merchant_id, told.state),
    )
    return [ReturnFoundItem(key, item.sort, row=item.pk, expires_at=item.expires_at) for key in keys]


def _item(merchant_id: str, kept: KeptReturn, kept_for: Retention) -> ReturnItem:
    item = ReturnItem(*_key(merchant_id, kept.told.return_id))
    item.document = json.dumps(to_plain(kept.told), ensure_ascii=False, separators=(",", ":"))
    item.sort = kept.told.cursor
    item.version = kept.version + 1
    item.expires_at = seconds(kept.told.steps[-1].at + kept_for.messages)
    return item


def _kept(item: ReturnItem) -> KeptReturn:
    return KeptReturn(from_plain(Return, json.loads(item.document)), int(item.version))


def _key(merchant_id: str, return_id: str) -> tuple[str, str]:
    return f"{merchant_id}#return#{return_id}", "return"


def _order_key(merchant_id: str, connection_id: str, order_id: str) -> str:
    return f"{merchant_id}#returns_of#{connection_id}#{digest(order_id)}"


def _shopper_key(merchant_id: str, shopper_id: str) -> str:
    return f"{merchant_id}#returns_by#{shopper_id}"


def _state_key(merchant_id: str, state: ReturnState) -> str:
    return f"{merchant_id}#returns#{state}"


def _month_key(merchant_id: str, month: str) -> str:
    return f"{merchant_id}#returned#{month}"
