"""Rows that only one message may have: callers' idempotency keys, and what a message claims by its nature."""

from pynamodb.expressions.condition import Condition

from chalicelib.domain.ids import digest
from chalicelib.ports.threads import Change
from chalicelib.storage import rows
from chalicelib.storage.models import IdempotencyItem
from chalicelib.storage.transaction import Transaction


def claim_key(merchant_id: str, name: str) -> str:
    """Apart from `rows.idempotency_key`: no caller can take a claim by a key that is spelled like it."""
    return f"{merchant_id}#claim#{digest(name)}"


def put_keys(write: Transaction, change: Change) -> None:
    """The key and the claims of a change, which must be free, or left by the message that is named."""
    merchant_id = change.thread.merchant_id
    if change.key:
        item = IdempotencyItem(rows.idempotency_key(merchant_id, change.key), "key")
        write.put("key", _meant(item, change), IdempotencyItem.pk.does_not_exist())
    for claim in change.claims:
        is_free: Condition = IdempotencyItem.pk.does_not_exist()
        if claim.was is not None:
            is_of_thread: Condition = IdempotencyItem.thread_id == claim.was.thread_id
            is_free = is_free | (is_of_thread & (IdempotencyItem.sort == claim.was.sort))
        item = IdempotencyItem(claim_key(merchant_id, claim.name), "claim")
        write.put("claim", _meant(item, change), is_free)


def names_of(change: Change) -> set[str]:
    """Under which keys the rows of its key and its claims stand."""
    merchant_id = change.thread.merchant_id
    claims = {claim_key(merchant_id, claim.name) for claim in change.claims}
    return claims | ({rows.idempotency_key(merchant_id, change.key)} if change.key else set())


def _meant(item: IdempotencyItem, change: Change) -> IdempotencyItem:
    """It means the first of the new messages."""
    message = change.new[0]
    item.thread_id, item.sort = change.thread.thread_id, message.sort
    item.expires_at = rows.seconds(message.sent_at + rows.KEYS_KEPT)
    return item
