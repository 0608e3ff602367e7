"""A queued event is understood and done; what can't be understood is kept as it came."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from chalicelib.domain.events import (
    Echo,
    Event,
    Piece,
    Reaction,
    ShopperMessage,
    StatusChange,
    Unreadable,
    Unsplittable,
    shortened,
)
from chalicelib.ports import BodyStore, Channel, Clock, Outbox, StoreBusy, ThreadStore
from chalicelib.services.receive_message import ReceiveMessage, Source
from chalicelib.services.receive_webhook import MOST_BYTES, FindOwner, Owner, envelopes, size_of
from chalicelib.services.record_facts import RecordFacts

Envelope = Mapping[str, Any]


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
        owner_for: Callable[[Envelope], FindOwner],
        clock: Clock,
    ) -> None:
        self._threads, self._outbox, self._bodies = threads, outbox, bodies
        self._channel_named, self._owner_for, self._clock = channel_named, owner_for, clock
        self._receive_message, self._record = receive_message, record

    def __call__(self, envelope: Envelope) -> None:
        """Raises StoreBusy when it may pass later."""
        now = self._clock.now()
        if "reason" in envelope:
            self._keep(envelope, envelope["reason"], now)
            return
        channel = self._channel_named(envelope["channel"])
        if "body_at" in envelope:
            self._cut(channel, envelope, now)
        else:
            self._read(channel, envelope, now)

    def _cut(self, channel: Channel, envelope: Envelope, now: datetime) -> None:
        """A body that waited in the store: its events go back to the queue, what is too large is read
        here."""
        try:
            pieces = channel.split(self._bodies.body(envelope["body_at"]))
        except Unsplittable:
            pieces = []
        if not pieces:
            self._keep(envelope, "malformed", now)
            return
        owner = self._owner_for(envelope)
        small = [piece for piece in pieces if size_of(piece) <= MOST_BYTES]
        self._outbox.inbound(envelopes(envelope["channel"], small, owner, now))
        for piece in pieces:
            if piece not in small:
                self._read_large(channel, envelope, piece, owner(piece), now)

    def _read_large(
        self, channel: Channel, envelope: Envelope, piece: Piece, owner: Owner, now: datetime
    ) -> None:
        """Read in place: rows take what fits, the whole body stays in the store and is noted beside."""
        whole = {**envelope, "merchant_id": owner.merchant_id, "connection_id": owner.connection_id}
        self._keep(whole, owner.reason or "too_large", now)
        if owner.reason:
            return
        for event in channel.parse(piece.body):
            if not isinstance(event, Unreadable):
                self._take(shortened(event), whole, now)

    def _read(self, channel: Channel, envelope: Envelope, now: datetime) -> None:
        for event in channel.parse(envelope["body"]):
            self._take(event, envelope, now)

    def _take(self, event: Event | Unreadable, envelope: Envelope, now: datetime) -> None:
        if isinstance(event, Unreadable):
            self._keep(envelope, event.reason, now)
            return
        try:
            self._do(event, envelope, now)
        except StoreBusy:
            raise
        except Exception as error:
            # Law 1: a fault of ours must not lose what a shopper said. It is kept, and can be replayed.
            self._keep(envelope, f"error:{type(error).__name__}", now)

    def _do(self, event: Event, envelope: Envelope, now: datetime) -> None:
        source = Source(envelope["merchant_id"], envelope["connection_id"], envelope["channel"])
        match event:
            case ShopperMessage():
                self._receive_message(source, event, now)
            case StatusChange():
                self._record.status(source, event)
            case Reaction():
                self._record.reaction(source, event)
            case Echo():
                self._record.echo(source, event, now)

    def _keep(self, envelope: Envelope, reason: str, now: datetime) -> None:
        plain = {key: value for key, value in envelope.items() if key != "reason"}
        self._threads.keep_unreadable(envelope["merchant_id"], envelope["connection_id"], reason, plain, now)
