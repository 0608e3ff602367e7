"""A queued event is understood and done; what can't be understood is kept as it came."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.domain.commerce.events import BuyerWish, CartTold, OrderTold, ShopEvent, ShopLeft
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import (
    Deletion,
    Echo,
    Edit,
    Event,
    IdentityChange,
    Membership,
    Notice,
    Piece,
    Preference,
    Reaction,
    Referral,
    SelfTest,
    ShopperMessage,
    StatusChange,
    Takeover,
    Unreadable,
    Unsplittable,
    shortened,
)
from chalicelib.domain.threads import Thread, mark
from chalicelib.ports.channel import Channel
from chalicelib.ports.commerce import ShopSystem
from chalicelib.ports.errors import StoreBusy
from chalicelib.ports.queues import BodyStore, Clock, Outbox
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.people.identity import FollowIdentity
from chalicelib.services.people.links import FollowLink, comes_by_link
from chalicelib.services.receiving.erased import OfErased, is_of_erased
from chalicelib.services.receiving.pointers import Source
from chalicelib.services.receiving.receive_message import ReceiveMessage
from chalicelib.services.receiving.receive_webhook import (
    MOST_BYTES,
    MOST_BYTES_CUT,
    FindOwner,
    Owner,
    envelopes,
    sizes_within,
)
from chalicelib.services.receiving.record_changes import RecordChanges
from chalicelib.services.receiving.record_facts import RecordFacts
from chalicelib.services.staff.hear_staff import HearStaff
from chalicelib.services.templates.keep_templates import FollowTemplates

Envelope = Mapping[str, Any]
Platform = Channel | ShopSystem
# What a shop system tells; when its webhook came, and now. Raises StoreBusy.
HearShop = Callable[[Source, ShopEvent, datetime, datetime], None]
# An order from the catalogue, and the thread in which it stands. Raises StoreBusy.
TakeOrder = Callable[[Thread, ShopperMessage, datetime], None]


class ReceiveEvent:
    """One queue message. Only StoreBusy leaves it: everything else is stored, if need be unread."""

    def __init__(
        self,
        threads: ThreadStore,
        outbox: Outbox,
        bodies: BodyStore,
        channel_named: Callable[[str], Channel],
        receive_message: ReceiveMessage,
        record: RecordFacts,
        changes: RecordChanges,
        follow_identity: FollowIdentity,
        follow_link: FollowLink,
        follow_template: FollowTemplates,
        hear_staff: HearStaff,
        owner_for: Callable[[Envelope], FindOwner],
        connection_of: Callable[[str], Connection | None],
        clock: Clock,
        platform_named: Callable[[str], Platform],
        hear_shop: HearShop,
        take_order: TakeOrder = lambda thread, said, now: None,
    ) -> None:
        """platform_named: a channel or a shop system, whatever events come from."""
        self._threads, self._outbox, self._bodies = threads, outbox, bodies
        self._channel_named, self._owner_for, self._clock = channel_named, owner_for, clock
        self._receive_message, self._record, self._changes = receive_message, record, changes
        self._follow_identity, self._follow_link = follow_identity, follow_link
        self._follow_template, self._hear_staff = follow_template, hear_staff
        self._connection_of, self._platform_named = connection_of, platform_named
        self._hear_shop, self._take_order = hear_shop, take_order

    def __call__(self, envelope: Envelope) -> None:
        """Raises StoreBusy when it may pass later."""
        now = self._clock.now()
        if "reason" in envelope:
            self._keep(envelope, envelope["reason"], now)
            return
        source = self._platform_named(envelope["channel"])
        plain = {key: value for key, value in envelope.items() if key != "replay"}
        if "body_at" in envelope:
            self._cut(source, plain, now)
        elif "replay" in envelope:
            self._read_again(source, plain, now)
        else:
            self._read(source, plain, now)

    def _cut(self, channel: Platform, envelope: Envelope, now: datetime) -> None:
        """A body that waited in the store: its events go back to the queue, what is too large is read
        here."""
        try:
            pieces = channel.split(self._bodies.body(envelope["body_at"]))
        except Unsplittable:
            pieces = []
        sizes = sizes_within(MOST_BYTES_CUT, pieces)
        if not sizes:
            self._keep(envelope, "malformed" if sizes is not None else "too_large", now)
            return
        owner = self._owner_for(envelope)
        small = [piece for piece, size in zip(pieces, sizes, strict=True) if size <= MOST_BYTES]
        large = [piece for piece, size in zip(pieces, sizes, strict=True) if size > MOST_BYTES]
        self._outbox.inbound(envelopes(envelope["channel"], small, owner, now))
        for piece in large:
            self._read_large(channel, envelope, piece, owner(piece), now)

    def _read_large(
        self, channel: Platform, envelope: Envelope, piece: Piece, owner: Owner, now: datetime
    ) -> None:
        """Read in place: rows take what fits, the whole body stays in the store and is noted beside."""
        whole = {**envelope, "merchant_id": owner.merchant_id, "connection_id": owner.connection_id}
        self._keep(whole, owner.reason or "too_large", now, piece.body)
        if owner.reason:
            return
        for event in channel.parse(piece.body):
            if not isinstance(event, Unreadable):
                self._take(event if isinstance(event, ShopEvent) else shortened(event), whole, now)

    def _read_again(self, channel: Platform, envelope: Envelope, now: datetime) -> None:
        """Replayed: whose it is is decided anew, for the account may have been connected since."""
        try:
            pieces = channel.split(json.dumps(envelope["body"]).encode())
        except Unsplittable:
            self._keep(envelope, "malformed", now)
            return
        find_owner = self._owner_for(envelope)
        for piece in pieces:
            owner = find_owner(piece)
            whose = {**envelope, "merchant_id": owner.merchant_id, "connection_id": owner.connection_id}
            if owner.reason:
                self._keep(whose, owner.reason, now)
            else:
                self._read(channel, whose, now)

    def _read(self, channel: Platform, envelope: Envelope, now: datetime) -> None:
        for event in channel.parse(envelope["body"]):
            self._take(event, envelope, now)

    def _take(self, event: Event | ShopEvent | Unreadable, envelope: Envelope, now: datetime) -> None:
        if isinstance(event, Unreadable):
            self._keep(envelope, event.reason, now)
            return
        try:
            self._do(event, envelope, now)
        except OfErased:
            return
        except StoreBusy:
            raise
        except Exception as error:
            # Law 1: a fault of ours must not lose what a shopper said. It is kept, and can be replayed.
            self._keep(envelope, f"error:{type(error).__name__}", now)

    def _do(self, event: Event | ShopEvent, envelope: Envelope, now: datetime) -> None:
        source = Source(envelope["merchant_id"], envelope["connection_id"], envelope["channel"])
        unknown = ""
        match event:
            case ShopperMessage():
                self._said(source, event, envelope, now)
            case StatusChange():
                unknown = "" if self._record.status(source, event, now) else "status_of_nothing"
            case Echo():
                self._record.echo(source, event, now)
            case Reaction():
                self._changes.reaction(source, event, now)
            case Edit():
                self._changes.edit(source, event, now)
            case Deletion():
                at = _received_at(envelope) if event.is_now else event.at
                self._changes.deletion(source, replace(event, at=at, is_now=False), now)
            case Notice():
                if self._is_of_erased(envelope, envelope.get("body")):
                    return
                self._threads.keep_notice(source.merchant_id, source.connection_id, event, now)
                self._follow_template(source.merchant_id, source.connection_id, event, _received_at(envelope))
            case CartTold() | OrderTold() | BuyerWish() | ShopLeft():
                self._hear_shop(source, event, _received_at(envelope), now)
            case _:
                unknown = "" if self._tell(source, event, now) else f"of_nobody:{type(event).__name__}"
        if unknown:
            self._keep(envelope, unknown, now)

    def _tell(self, source: Source, event: Event, now: datetime) -> bool:
        """What is told of a thread or of the account. False when nobody is known of whom it speaks."""
        match event:
            case Referral():
                self._referred(source, event, now)
            case IdentityChange():
                return self._follow_identity(source, event, now)
            case Preference():
                self._changes.preference(source, event, now)
            case Takeover() if event.holder == "asked":
                asked = Notice(kind="thread_requested", at=event.at, details=event.details)
                self._threads.keep_notice(source.merchant_id, source.connection_id, asked, now)
            case Takeover():
                self._changes.takeover(source, event)
            case Membership():
                self._changes.membership(source, event, now)
            case SelfTest():
                self._threads.note_self_test(source.merchant_id, source.connection_id, event.nonce, now)
            case _:
                return False
        return True

    def _referred(self, source: Source, referral: Referral, now: datetime) -> None:
        shopper_id, thread_id = self._changes.referral(source, referral)
        self._came_by(source, referral, shopper_id, thread_id, referral.at, now)

    def _came_by(
        self,
        source: Source,
        said: ShopperMessage | Referral,
        shopper_id: str,
        thread_id: str,
        at: datetime,
        now: datetime,
    ) -> None:
        """A link of ours ties them to a cart, or to another address of theirs: the thread shows it."""
        tied = self._follow_link(source, said, shopper_id, thread_id, now)
        if tied:
            told = mark(json.dumps(tied, sort_keys=True), at)
            self._threads.mark(source.merchant_id, thread_id, "link", told)

    def _said(self, source: Source, said: ShopperMessage, envelope: Envelope, now: datetime) -> None:
        if said.is_now:
            said = replace(said, sent_at=max(said.sent_at, _received_at(envelope)), is_now=False)
        thread = self._receive_message(source, said, now)
        self._came_by(source, said, thread.shopper_id, thread.thread_id, said.sent_at, now)
        if thread.staff and not comes_by_link(said):
            self._hear_staff(thread, said, now)
        if said.kind == "order":
            self._take_order(thread, said, now)
        if said.kind == "unsupported":  # somebody wrote, but nobody knows what
            self._keep(envelope, "unsupported", now)
        if said.acknowledge:
            connection = self._connection_of(source.connection_id)
            if connection is not None:
                self._channel_named(source.channel).acknowledge(said, connection)

    def _is_of_erased(self, envelope: Envelope, body: Any) -> bool:
        whose = (envelope["merchant_id"], envelope["connection_id"])
        return body is not None and is_of_erased(self._threads, *whose, body, _received_at(envelope))

    def _keep(self, envelope: Envelope, reason: str, now: datetime, body: Any = None) -> None:
        """body: what it says, where the envelope only says where that lies."""
        if self._is_of_erased(envelope, envelope.get("body", body)):
            return
        plain = {key: value for key, value in envelope.items() if key != "reason"}
        self._threads.keep_unreadable(envelope["merchant_id"], envelope["connection_id"], reason, plain, now)


def _received_at(envelope: Envelope) -> datetime:
    """When the webhook came: for what has no time of its own."""
    return datetime.fromisoformat(envelope["received_at"])
