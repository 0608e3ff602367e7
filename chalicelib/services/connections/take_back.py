"""Meta tells that the person who connected an account takes it back: its token is destroyed."""

from datetime import datetime
from typing import Final

from chalicelib.domain.connections import Connection
from chalicelib.domain.taking_back import Deletion, SignedWish, Wish, concerns
from chalicelib.ports.erasing import ErasingStore
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.ports.shops import ShopStore

_TRIES: Final = 5


class TakeBack:
    """What comes in is stored as before; what was to be sent waits until the merchant connects again."""

    def __init__(self, shops: ShopStore, erasing: ErasingStore) -> None:
        self._shops, self._erasing = shops, erasing

    def __call__(self, what: Wish, wish: SignedWish, own_app_of: str, now: datetime) -> None:
        """own_app_of: the merchant whose own app has signed, '' for one that the deployment shares. Again is
        harmless. Raises StoreBusy."""
        named = self._shops.connected_by(wish.user_id)
        theirs = [one for one in named if self._concerned(one, wish, own_app_of) is not None]
        if what == "data-deletion":  # first, so that a second call tells the same
            self._erasing.note_deletion(Deletion(wish.code, len(theirs), now))
        for connection_id in theirs:
            self._take_back(connection_id, what, wish, own_app_of)

    def _concerned(self, connection_id: str, wish: SignedWish, own_app_of: str) -> Connection | None:
        connection = self._shops.connection(connection_id)
        return connection if connection is not None and concerns(connection, wish, own_app_of) else None

    def _take_back(self, connection_id: str, what: Wish, wish: SignedWish, own_app_of: str) -> None:
        for _ in range(_TRIES):
            connection = self._concerned(connection_id, wish, own_app_of)
            if connection is None:
                return
            try:
                self._shops.take_back(connection, is_forgotten=what == "data-deletion")
            except Conflict:
                continue
            return
        raise StoreBusy("others change this connection just now")
