"""That something has happened to a shopper: noted in the transaction that writes it, for their profile."""

from collections.abc import Iterable
from secrets import token_hex

from pynamodb.attributes import UnicodeAttribute

from chalicelib.ports.threads import Change
from chalicelib.storage.models import ThreadsRow
from chalicelib.storage.transaction import Transaction


class TouchedItem(ThreadsRow):
    """A shopper whose profile is to be made anew. mark: which time, drawn at random, so that what happens
    while it is made is not lost."""

    mark = UnicodeAttribute()


def touched_key(merchant_id: str) -> str:
    return f"{merchant_id}#touched"


def put_touches(write: Transaction, merchant_id: str, shopper_ids: Iterable[str]) -> None:
    """Written twice it is one more time: the profile is made once more, and is the same."""
    for item in touch_items(merchant_id, shopper_ids):
        write.put("touch", item)


def touch_items(merchant_id: str, shopper_ids: Iterable[str]) -> list[TouchedItem]:
    """One of each; '' is nobody."""
    whom = sorted({one for one in shopper_ids if one})
    return [TouchedItem(touched_key(merchant_id), one, mark=token_hex(8)) for one in whom]


def put_touch_of(write: Transaction, change: Change) -> None:
    """Of what changes a profile: words of the shopper or of a person, an address, a consent, a survey's
    answer, or what the change itself says. Words of who works for the shop change none."""
    thread = change.thread
    has_words = any(one.author in ("shopper", "human") and one.kind != "note" for one in change.new)
    about = (change.addresses, change.given_up, change.consents, change.survey)
    if change.touches or (not thread.staff and (has_words or any(about))):
        put_touches(write, thread.merchant_id, [thread.shopper_id])
