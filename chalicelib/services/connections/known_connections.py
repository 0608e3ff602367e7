"""Connections as webhooks need them: many a second, so remembered for a minute at most."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from chalicelib.services.receiving.receive_webhook import FindOwner, Owner

if TYPE_CHECKING:
    from chalicelib.domain.connections import Connection, SharedApp
    from chalicelib.domain.events import Piece
    from chalicelib.ports.shops import ShopStore

REMEMBERED_S: Final = 60.0
# A signature that fails may mean that the merchant has just connected anew: look again, but not for every
# forgery.
DOUBTED_AFTER_S: Final = 5.0


class KnownConnections:
    """Remembers connections, claims and shared apps. `seconds`: a clock that only runs forward."""

    def __init__(self, shops: ShopStore, seconds: Callable[[], float]) -> None:
        self._shops, self._seconds = shops, seconds
        self._connections: dict[str, tuple[float, Connection]] = {}
        self._owners: dict[tuple[str, str], tuple[float, Owner]] = {}
        self._apps: tuple[float, list[SharedApp]] | None = None

    def connection(self, connection_id: str) -> Connection | None:
        """None when there is none, which is not remembered: it may be made in the next moment."""
        known = self._connections.get(connection_id)
        if known is not None and self._seconds() - known[0] < REMEMBERED_S:
            return known[1]
        return self._read(connection_id)

    def again(self, connection_id: str) -> Connection | None:
        """A fresh look when what was remembered does not fit; None when it is as fresh as can be."""
        known = self._connections.get(connection_id)
        if known is None or self._seconds() - known[0] < DOUBTED_AFTER_S:
            return None
        return self._read(connection_id)

    def shared_apps(self) -> list[SharedApp]:
        """The deployment's Meta apps. Having none is not remembered."""
        if self._apps is None or not self._apps[1] or self._seconds() - self._apps[0] >= REMEMBERED_S:
            self._apps = (self._seconds(), self._shops.shared_apps())
        return self._apps[1]

    def owner_by_claim(self, channel: str) -> FindOwner:
        """Whose account a shared app's event names; only accounts without a secret of their own."""

        def find(piece: Piece) -> Owner:
            key = (channel, piece.account)
            known = self._owners.get(key)
            if known is not None and self._seconds() - known[0] < REMEMBERED_S:
                return known[1]
            connection_id = self._shops.claimed(channel, piece.account) if piece.account else None
            connection = self.connection(connection_id) if connection_id else None
            if connection is None or connection.signing_secrets:
                return Owner("", "", "unclaimed_account")
            owner = Owner(connection.merchant_id, connection.connection_id)
            self._owners[key] = (self._seconds(), owner)
            return owner

        return find

    def _read(self, connection_id: str) -> Connection | None:
        connection = self._shops.connection(connection_id)
        if connection is None:
            self._connections.pop(connection_id, None)
            return None
        self._connections[connection_id] = (self._seconds(), connection)
        return connection
