"""Consent in DynamoDB: every record under its address, and once more in the month in which it was noted."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final, cast

from pynamodb.attributes import ListAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.consent.records import Consent, ConsentPurpose, How, State
from chalicelib.domain.ids import from_ms, to_ms
from chalicelib.domain.platform_rules import TIER_SPAN
from chalicelib.ports.consents import Counted, Marketed, Reached, TierUsed, Unclear, row_of
from chalicelib.storage import rows
from chalicelib.storage.errors import answers
from chalicelib.storage.models import TextAttribute, ThreadsRow
from chalicelib.storage.reading import get
from chalicelib.storage.touches import put_touches
from chalicelib.storage.transaction import Refused, Transaction

_UNCLEAR_KEPT: Final = timedelta(days=90)
_MARKETED_KEPT: Final = timedelta(days=30)
# Each record is two rows, and a transaction takes a hundred.
_AT_ONCE: Final = 45
_HOUR: Final = timedelta(hours=1)


class ConsentItem(ThreadsRow):
    """One record. Under its address, or in the month's journal: the same row twice."""

    address = UnicodeAttribute()
    purpose = UnicodeAttribute()
    state = UnicodeAttribute()
    at = UTCDateTimeAttribute()
    how = UnicodeAttribute()
    noted_at = UTCDateTimeAttribute()
    channels: ListAttribute[str] = ListAttribute(null=True)
    ref = UnicodeAttribute(null=True)
    text = TextAttribute(null=True)
    by = TextAttribute(null=True)
    registry = UnicodeAttribute(null=True)


class MarketedItem(ThreadsRow):
    """What marketing went to a shopper of late, each as "<time in ms> <reference>"."""

    sent: ListAttribute[str] = ListAttribute(null=True)
    version = NumberAttribute(default=0)


class UnclearItem(ThreadsRow):
    """Words that may have been meant as a stop."""

    thread_id = UnicodeAttribute()
    shopper_id = UnicodeAttribute()
    message_id = UnicodeAttribute()
    text = TextAttribute(null=True)
    at = UTCDateTimeAttribute()


class ReachedItem(ThreadsRow):
    """How many shoppers were first written to in an hour (n), or when one last was (at_ms)."""

    n = NumberAttribute(null=True)
    at_ms = NumberAttribute(null=True)


class DynamoConsents:
    """The ConsentStore on DynamoDB. Reads are strongly consistent: decisions are made on them."""

    def add(self, records: Sequence[Consent], shopper_id: str = "") -> None:
        """Write them down; what is there already stays as it was first noted."""
        for place in range(0, len(records), _AT_ONCE):
            part = records[place : place + _AT_ONCE]
            try:
                _add(part, shopper_id)
            except Refused:
                for record in part:
                    with suppress(Refused):
                        _add([record], shopper_id)

    def of_addresses(self, merchant_id: str, addresses: Iterable[str]) -> list[Consent]:
        """All that was ever said about these addresses."""
        with answers():
            return [
                _record(merchant_id, item)
                for address in dict.fromkeys(addresses)
                for item in ConsentItem.query(_of_address(merchant_id, address), consistent_read=True)
            ]

    def journal(self, merchant_id: str, month: str, *, after: str = "", limit: int = 100) -> list[Consent]:
        """What was noted in a month, in that order."""
        beyond = ConsentItem.sk > after if after else None
        with answers():
            found = ConsentItem.query(_journal(merchant_id, month), beyond, limit=limit, consistent_read=True)
            return [_record(merchant_id, item) for item in found]

    def marketed(self, merchant_id: str, shopper_ids: Sequence[str]) -> list[Marketed]:
        """One for each, in this order."""
        keys = [(_person(merchant_id, shopper_id), "marketed") for shopper_id in dict.fromkeys(shopper_ids)]
        with answers():
            found = {item.pk: item for item in MarketedItem.batch_get(keys, consistent_read=True)}
        return [_marketed(found.get(_person(merchant_id, shopper_id))) for shopper_id in shopper_ids]

    def unclear(self, merchant_id: str, *, after: str = "", limit: int = 100) -> list[Unclear]:
        """What waits for a person, the oldest first."""
        beyond = UnclearItem.sk > after if after else None
        with answers():
            found = UnclearItem.query(_unclear(merchant_id), beyond, limit=limit, consistent_read=True)
            return [
                Unclear(merchant_id, one.thread_id, one.shopper_id, one.message_id, one.text or "", one.at)
                for one in found
            ]

    def forget_unclear(self, merchant_id: str, row: str) -> None:
        """Somebody has looked at it."""
        with answers():
            UnclearItem(_unclear(merchant_id), row).delete()

    def tier_used(self, merchant_id: str, portfolio: str, shopper: str, now: datetime) -> TierUsed:
        """What the account has used of its day; `shopper`: whom it is about to write to."""
        room, since = _reached(merchant_id, portfolio), now - TIER_SPAN
        hours = ReachedItem.sk.between(_hour(since), _hour(now + _HOUR))
        with answers():
            used = sum(int(item.n or 0) for item in ReachedItem.query(room, hours, consistent_read=True))
        one = get(ReachedItem, room, f"s#{shopper}")
        return TierUsed(used, one is not None and int(one.at_ms or 0) > to_ms(since))


def _add(records: Sequence[Consent], shopper_id: str) -> None:
    with Transaction() as write:
        put_consents(write, records, shopper_id, ConsentItem.pk.does_not_exist())
        put_touches(write, records[0].merchant_id, [shopper_id])


def put_consents(
    write: Transaction, records: Sequence[Consent], shopper_id: str, condition: Condition | None = None
) -> None:
    """The records' rows, and whoever has decided about the shopper on an earlier read has to decide again."""
    for record in records:
        place = f"{to_ms(record.at):013d}#{record.record_id}"
        row = _row(record, _of_address(record.merchant_id, record.address), place)
        write.put("consent", row, condition)
        month = record.noted_at.strftime("%Y-%m")
        write.put("journal", _row(record, _journal(record.merchant_id, month), row_of(record)))
    if records and shopper_id:
        decide_anew(write, records[0].merchant_id, shopper_id)


def decide_anew(write: Transaction, merchant_id: str, shopper_id: str) -> None:
    """What was decided about a shopper on an earlier read can't be claimed any more."""
    item = MarketedItem(_person(merchant_id, shopper_id), "marketed")
    write.update("said", item, [MarketedItem.version.add(1)])


def put_unclear(write: Transaction, unclear: Unclear) -> None:
    """A shopper's words for a person to look at."""
    item = UnclearItem(_unclear(unclear.merchant_id), unclear.row)
    item.thread_id, item.shopper_id = unclear.thread_id, unclear.shopper_id
    item.message_id, item.text, item.at = unclear.message_id, unclear.text or None, unclear.at
    item.expires_at = rows.seconds(unclear.at + _UNCLEAR_KEPT)
    write.put("unclear", item)


def count(write: Transaction, counted: Counted) -> None:
    """One more marketing message, or none; only if nothing was said or sent since it was read."""
    item = MarketedItem(_person(counted.merchant_id, counted.shopper_id), "marketed")
    was = counted.was.version
    is_as_read: Condition = MarketedItem.version == was if was else MarketedItem.pk.does_not_exist()
    if counted.sent is None:
        write.check("marketed", item, is_as_read)
        return
    kept = [f"{to_ms(at):013d} {reference}" for at, reference in counted.sent]
    ends_at = rows.seconds(max(at for at, _ in counted.sent) + _MARKETED_KEPT)
    actions: list[Action] = [
        MarketedItem.sent.set(kept),
        MarketedItem.version.add(1),
        MarketedItem.expires_at.set(ends_at),
    ]
    write.update("marketed", item, actions, is_as_read)


def reach(write: Transaction, reached: Reached) -> None:
    """One shopper more, written to outside their window. Again within the span: they are counted twice, which
    is on the safe side."""
    room = _reached(reached.merchant_id, reached.portfolio)
    expires_at = rows.seconds(reached.at + 2 * TIER_SPAN)
    one = ReachedItem(room, f"s#{reached.shopper}")
    marks: list[Action] = [ReachedItem.at_ms.set(to_ms(reached.at)), ReachedItem.expires_at.set(expires_at)]
    write.update("reached", one, marks)
    hour: list[Action] = [ReachedItem.n.add(1), ReachedItem.expires_at.set(expires_at)]
    write.update("hour", ReachedItem(room, _hour(reached.at)), hour)


def _row(record: Consent, pk: str, sk: str) -> ConsentItem:
    item = ConsentItem(pk, sk)
    item.address, item.purpose, item.state = record.address, record.purpose, record.state
    item.at, item.how, item.noted_at = record.at, record.how, record.noted_at
    item.channels = list(record.channels) or None
    item.ref, item.text, item.by = record.ref or None, record.text or None, record.by or None
    item.registry = record.registry or None
    return item


def _record(merchant_id: str, item: ConsentItem) -> Consent:
    return Consent(
        merchant_id=merchant_id,
        address=item.address,
        purpose=cast(ConsentPurpose, item.purpose),
        state=cast(State, item.state),
        at=item.at,
        how=cast(How, item.how),
        noted_at=item.noted_at,
        channels=tuple(item.channels or ()),
        ref=item.ref or "",
        text=item.text or "",
        by=item.by or "",
        registry=item.registry or "",
    )


def _marketed(item: MarketedItem | None) -> Marketed:
    if item is None:
        return Marketed()
    sent: list[Any] = [one.partition(" ") for one in item.sent or ()]
    return Marketed(tuple((from_ms(int(at)), reference) for at, _, reference in sent), int(item.version))


def _of_address(merchant_id: str, address: str) -> str:
    return f"{merchant_id}#consent#{address}"


def _journal(merchant_id: str, month: str) -> str:
    return f"{merchant_id}#consents#{month}"


def _person(merchant_id: str, shopper_id: str) -> str:
    return f"{merchant_id}#{shopper_id}"


def _unclear(merchant_id: str) -> str:
    return f"{merchant_id}#unclear"


def _reached(merchant_id: str, portfolio: str) -> str:
    return f"{merchant_id}#reached#{portfolio}"


def _hour(at: datetime) -> str:
    return f"h#{to_ms(at) // to_ms(from_ms(0) + _HOUR):010d}"


def consent_rows_of(merchant_id: str, address: str) -> list[ThreadsRow]:
    """All rows that hold what was said about an address: to erase them."""
    kept = list(ConsentItem.query(_of_address(merchant_id, address), consistent_read=True))
    records = [_record(merchant_id, item) for item in kept]
    journal = [
        ConsentItem(_journal(merchant_id, one.noted_at.strftime("%Y-%m")), row_of(one)) for one in records
    ]
    # The journal's first: what is listed under the address leads to it.
    return [*journal, *kept]


def marketed_row_of(merchant_id: str, shopper_id: str) -> ThreadsRow:
    """Where it is kept what marketing went to a shopper: to erase it."""
    return MarketedItem(_person(merchant_id, shopper_id), "marketed")


def unclear_rows_of(merchant_id: str, shopper_ids: Sequence[str]) -> list[ThreadsRow]:
    """These shoppers' words that wait for a person: to erase them."""
    waiting = UnclearItem.query(_unclear(merchant_id), consistent_read=True)
    return [item for item in waiting if item.shopper_id in shopper_ids]
