"""A verified webhook body becomes queued events: kept before the channel hears 200."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from chalicelib.domain.events import Piece, Unsplittable

if TYPE_CHECKING:
    from chalicelib.domain.connections import Connection
    from chalicelib.ports.account import Webhooks
    from chalicelib.ports.queues import BodyStore, Outbox

# One call to the queue takes ten messages of 256 KB in all; beyond that the body waits in the store.
MOST_EVENTS: Final = 10
MOST_BYTES: Final = 200_000
# Every event carries what stood around it: a large frame around many events would grow without end.
MOST_BYTES_CUT: Final = 20_000_000


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose an event is; `reason` is set when it can't be theirs and must be kept aside."""

    merchant_id: str
    connection_id: str
    reason: str = ""


FindOwner = Callable[[Piece], Owner]


def owner_of(connection: Connection) -> FindOwner:
    """On a connection's own URL only its own account may speak."""
    names = {"", connection.account, *(f"{key}:{value}" for key, value in _aliases(connection))}
    names |= {value for _, value in _aliases(connection)}
    ours = Owner(connection.merchant_id, connection.connection_id)
    foreign = Owner(connection.merchant_id, connection.connection_id, "foreign_account")
    return lambda piece: ours if piece.account in names else foreign


def _aliases(connection: Connection) -> list[tuple[str, str]]:
    return [("waba", connection.details["waba_id"])] if "waba_id" in connection.details else []


class ReceiveWebhook:
    """Cuts a body into events and queues them. Raises StoreBusy when it could not keep them all."""

    def __init__(self, outbox: Outbox, bodies: BodyStore) -> None:
        self._outbox, self._bodies = outbox, bodies

    def __call__(
        self, name: str, source: Webhooks, body: bytes, owner: FindOwner, whole: Owner, now: datetime
    ) -> int:
        """`whole`: who keeps a body that can't be cut. Returns how many events were queued."""
        try:
            pieces = source.split(body)
        except Unsplittable:
            pieces = []
        if not pieces or len(pieces) > MOST_EVENTS or sizes_within(MOST_BYTES, pieces) is None:
            key = self._bodies.keep(whole.connection_id, body, now)
            self._outbox.inbound([(whole.connection_id, _envelope(name, whole, now, {"body_at": key}))])
            return 1
        self._outbox.inbound(envelopes(name, pieces, owner, now))
        return len(pieces)


def envelopes(
    name: str, pieces: list[Piece], owner: FindOwner, now: datetime
) -> list[tuple[str, Mapping[str, Any]]]:
    """Each event with its queue group: one shopper's events on one connection stay in order."""
    queued = []
    for piece in pieces:
        whose = owner(piece)
        group = f"{whose.connection_id}#{piece.address}" if piece.address else whose.connection_id
        queued.append((group, _envelope(name, whose, now, {"body": piece.body})))
    return queued


def _envelope(name: str, owner: Owner, now: datetime, body: Mapping[str, Any]) -> Mapping[str, Any]:
    envelope = {
        "channel": name,
        "merchant_id": owner.merchant_id,
        "connection_id": owner.connection_id,
        "received_at": now.isoformat(),
        **body,
    }
    return envelope | {"reason": owner.reason} if owner.reason else envelope


def sizes_within(most: int, pieces: list[Piece]) -> list[int] | None:
    """The bytes of each in a queue, where all but ASCII is escaped; None when together they are more."""
    sizes = []
    for piece in pieces:
        sizes.append(len(json.dumps(piece.body, separators=(",", ":"))))
        most -= sizes[-1]
        if most < 0:
            return None
    return sizes
