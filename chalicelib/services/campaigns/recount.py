"""What became of a page's messages, and of the shoppers who got them: always found out anew, from their own
rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.campaigns.purchases import COUNTED_FOR, bought_since
from chalicelib.domain.campaigns.results import ARRIVED
from chalicelib.domain.campaigns.runs import Recipient
from chalicelib.domain.commerce.buyers import BuyerKey
from chalicelib.domain.consent.records import Consent, address_key
from chalicelib.domain.ids import from_ms
from chalicelib.domain.messages import Message, MessageRef, ref_from
from chalicelib.domain.threads import Thread
from chalicelib.ports.commerce import CommerceStore
from chalicelib.ports.consents import ConsentStore
from chalicelib.ports.reports import ReportStore
from chalicelib.ports.segments import SegmentStore


@dataclass(frozen=True, slots=True)
class _Known:
    """All that was read of a page's shoppers."""

    messages: Mapping[MessageRef, Message]
    threads: Mapping[str, Thread]
    consents: Mapping[str, Sequence[Consent]]
    last_orders: Mapping[str, datetime]


class Recount:
    """Reads in batches; asks for consents only where something was said, and for orders only where a profile
    shows one."""

    def __init__(
        self, reports: ReportStore, consents: ConsentStore, segments: SegmentStore, commerce: CommerceStore
    ) -> None:
        self._reports, self._consents = reports, consents
        self._segments, self._commerce = segments, commerce

    def __call__(self, merchant_id: str, recipients: Sequence[Recipient]) -> list[Recipient]:
        """The same, in the same order, as they are now. Raises StoreBusy."""
        if not any(map(_is_followed, recipients)):
            return list(recipients)
        known = self._known(merchant_id, [one for one in recipients if _is_followed(one)])
        return [self._now(merchant_id, one, known) if _is_followed(one) else one for one in recipients]

    def _known(self, merchant_id: str, followed: Sequence[Recipient]) -> _Known:
        refs = {ref for one in followed if (ref := ref_from(merchant_id, one.message)) is not None}
        messages = self._reports.messages_named(refs) if refs else {}
        named = {one.thread_id for one in followed if one.thread_id}
        threads = {one.thread_id: one for one in self._reports.threads_named(merchant_id, named)}
        told = [one for one in threads.values() if _may_have_said(one, followed)]
        consents = self._said(merchant_id, told) if told else {}
        placed = self._segments.placed(merchant_id, [one.shopper_id for one in followed])
        bought = {one.profile.shopper_id: one.profile.last_order for one in placed}
        return _Known(messages, threads, consents, {who: at for who, at in bought.items() if at is not None})

    def _said(self, merchant_id: str, threads: Sequence[Thread]) -> dict[str, list[Consent]]:
        keys = {address_key(one.connection_id, one.wire): one.thread_id for one in threads}
        found: dict[str, list[Consent]] = {}
        for record in self._consents.of_addresses(merchant_id, list(keys)):
            found.setdefault(keys[record.address], []).append(record)
        return found

    def _now(self, merchant_id: str, one: Recipient, known: _Known) -> Recipient:
        ref = ref_from(merchant_id, one.message)
        if ref is not None:
            one = _became(one, known.messages.get(ref))
        thread = known.threads.get(one.thread_id)
        if thread is not None and one.sent_at is not None and one.status in ARRIVED:
            one = _followed_by(one, one.sent_at, thread, known.consents.get(one.thread_id, ()))
        since = one.sent_at if one.state == "intended" else one.at
        last_order = known.last_orders.get(one.shopper_id)
        if since is None or last_order is None or last_order < since:
            return one
        found = self._commerce.of_buyers(merchant_id, [BuyerKey("shopper", one.shopper_id)])
        is_bought, revenue = bought_since([kept.order for kept in found.orders], since)
        return replace(one, is_bought=is_bought, revenue=revenue)


def _is_followed(one: Recipient) -> bool:
    """Whoever got nothing is not looked at again, but for those who are compared with."""
    return one.state == "held_out" or (one.state in ("intended", "skipped") and bool(one.message))


def _became(one: Recipient, message: Message | None) -> Recipient:
    """What the channel and the gate said of it since."""
    if message is None:  # erased, or deleted after its time
        return one
    if message.status == "skipped":
        return replace(one, state="skipped", code=message.reason or "skipped", status="skipped")
    failed = message.reason if message.status == "failed" else ""
    return replace(
        one,
        state="intended",
        code=failed or "ok",
        status=message.status,
        sent_at=message.started_at if message.status in ARRIVED else one.sent_at,
        is_delivered=one.is_delivered or message.status in ("delivered", "read"),
        is_read=one.is_read or message.status == "read",
    )


def _followed_by(one: Recipient, sent_at: datetime, thread: Thread, consents: Sequence[Consent]) -> Recipient:
    """Some channels tell up to which moment somebody has got and read all, and not which message."""
    stops = [
        record
        for record in consents
        if record.purpose == "marketing" and record.state == "withdrawn" and record.at >= sent_at
    ]
    is_blocked = any(record.how == "block" for record in stops) or _left_at(thread) > sent_at
    return replace(
        one,
        is_delivered=one.is_delivered or _reaches(thread.delivered_up_to, sent_at),
        is_read=one.is_read or _reaches(thread.read_up_to, sent_at),
        is_answered=one.is_answered or _answered(thread, sent_at),
        is_opted_out=one.is_opted_out or any(record.how != "block" for record in stops),
        is_blocked=one.is_blocked or is_blocked,
    )


def _reaches(up_to: datetime | None, at: datetime) -> bool:
    return up_to is not None and up_to >= at


def _answered(thread: Thread, sent_at: datetime) -> bool:
    return thread.shopper_at is not None and sent_at <= thread.shopper_at <= sent_at + COUNTED_FOR


def _may_have_said(thread: Thread, recipients: Sequence[Recipient]) -> bool:
    """Whether anything in the thread tells of a word since the message, in the chat or by the channel."""
    sent = [one.sent_at or one.at for one in recipients if one.thread_id == thread.thread_id]
    since = min((at for at in sent if at is not None), default=None)
    if since is None:
        return False
    wrote = thread.shopper_at is not None and thread.shopper_at >= since
    return wrote or _told_at(thread, "preference") >= since or _told_at(thread, "unreachable") >= since


def _left_at(thread: Thread) -> datetime:
    """When the channel told that it reaches them no more; long ago where it does."""
    return _told_at(thread, "unreachable") if thread.unreachable else from_ms(0)


def _told_at(thread: Thread, name: str) -> datetime:
    moment, _, _ = thread.marks.get(name, "").partition(" ")
    return from_ms(int(moment or 0))
