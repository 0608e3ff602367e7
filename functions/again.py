"""How a thread shows what a person may send again."""

from collections.abc import Iterable
from typing import Any

from chalicelib.domain.again import again_as, why_again
from chalicelib.domain.messages import Message


def marks(page: Iterable[Message]) -> dict[str, dict[str, Any]]:
    """By message: what is shown besides the rest of it.

    A copy is newer than what it repeats: where it is not in the same page, the call itself knows better.
    """
    rows = list(page)
    skipped = {one.message_id for one in rows if one.status == "skipped"}
    return {one.message_id: _mark(one, skipped) for one in rows if one.author != "shopper"}


def _mark(one: Message, skipped: set[str]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    if repeats := one.details.get("again"):
        shown["sends_again"] = repeats
    copy, why = again_as(one), why_again(one)
    if copy and copy not in skipped:
        shown["sent_again_as"] = copy
    elif why:
        shown |= {"can_send_again": True, "why_send_again": why}
    return shown
