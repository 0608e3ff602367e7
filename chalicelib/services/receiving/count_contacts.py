"""What a shopper's message adds to the shop's counts, in the same transaction: nothing is counted twice."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.contacts import hour_of, once_more
from chalicelib.domain.threads import Thread
from chalicelib.ports.threads import Change, Noted


def counted(change: Change, before: Thread, at: datetime) -> Change:
    """One more message of theirs and, where they begin to wait or to complain with it, one more who does.
    before: the thread as it was read."""
    if not change.new or before.staff:  # part of an album that was counted; or no shopper's
        return change
    thread = change.thread
    begins = before.waiting_since is None and thread.waiting_since is not None
    spell = (Noted("spell", hour_of(at), at),) if begins else ()
    complains = before.flag != "complaint" and thread.flag == "complaint"
    about = str(change.new[0].details.get("asks", {}).get("complaint", "")) or "other"
    complaint = (Noted("complaint", about, at),) if complains else ()
    return replace(
        change,
        thread=replace(thread, wrote=once_more(thread.wrote, at)),
        noted=(*change.noted, *spell, *complaint),
    )
