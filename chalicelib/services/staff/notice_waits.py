"""A shopper begins to wait, or complains: the shop's own people are to hear of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.events import ShopperMessage
from chalicelib.domain.staff.people import NOTICE_OVERDUE, NoticeKind
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import Due, NotifyStaff
from chalicelib.ports.threads import Change
from chalicelib.services.people.links import comes_by_link


class NoticeWaits:
    """The notice is written as waiting work in the transaction of the message, so that neither goes without
    the other. A merchant without staff pays nothing."""

    def __init__(self, has_staff: Callable[[str], bool]) -> None:
        self._has_staff = has_staff

    def __call__(self, change: Change, before: Thread, said: ShopperMessage, now: datetime) -> Change:
        """The change with the work, where there is something to tell. before: the thread as it was read."""
        thread = change.thread
        kind = _news(before, thread)
        if kind is None or thread.waiting_since is None:
            return change
        # Who comes by a link may be the first of the staff: what is remembered of them is too old then.
        if not comes_by_link(said) and not self._has_staff(thread.merchant_id):
            return change
        spell = thread.waiting_since.isoformat()
        work = NotifyStaff(thread.merchant_id, kind, thread.thread_id, spell)
        return replace(change, due=(*change.due, Due(work, now + NOTICE_OVERDUE)))


def _news(before: Thread, after: Thread) -> NoticeKind | None:
    """A complaint is told in the place of a new wait, and also where they waited already."""
    if after.waiting_since is None or after.staff:
        return None
    if after.flag == "complaint" and before.flag != "complaint":
        return "complaint"
    return "new" if before.waiting_since is None else None
