"""Whether a merchant has people who want notices: asked for each wait, so remembered for a minute at most."""

from collections.abc import Callable
from typing import Final

from chalicelib.ports.errors import StoreBusy
from chalicelib.ports.staff import StaffStore

REMEMBERED_S: Final = 60.0


class KnownStaff:
    """`seconds`: a clock that only runs forward."""

    def __init__(self, store: StaffStore, seconds: Callable[[], float]) -> None:
        self._store, self._seconds = store, seconds
        self._known: dict[str, tuple[float, bool]] = {}

    def __call__(self, merchant_id: str) -> bool:
        """Who was invited counts as well: they may come at any moment. A notice too many is found to be for
        nobody, so a store that is busy says yes."""
        known = self._known.get(merchant_id)
        if known is not None and self._seconds() - known[0] < REMEMBERED_S:
            return known[1]
        try:
            has_staff = bool(self._store.staff(merchant_id))
        except StoreBusy:
            return True
        self._known[merchant_id] = (self._seconds(), has_staff)
        return has_staff
