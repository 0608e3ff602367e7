"""What could not be understood, as it came, until it can be."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pynamodb.expressions.update import Action

from chalicelib.domain.events import Media
from chalicelib.domain.ids import digest
from chalicelib.domain.messages import MessageRef
from chalicelib.ports.errors import Conflict
from chalicelib.ports.threads import Kept
from chalicelib.storage import rows
from chalicelib.storage.errors import answers, undisturbed
from chalicelib.storage.keeping import Keeping
from chalicelib.storage.models import MessageItem, UnreadableItem


class DynamoUnreadables(Keeping):
    """Rows of a connection, each found again by what it holds."""

    def keep_unreadable(
        self, merchant_id: str, connection_id: str, reason: str, envelope: Mapping[str, Any], at: datetime
    ) -> None:
        """Store what could not be understood, as it came; the same body twice is one row."""
        text = json.dumps(envelope, sort_keys=True)
        what = {key: value for key, value in envelope.items() if key != "received_at"}
        key = rows.unreadable_key(merchant_id, connection_id)
        item = UnreadableItem(key, digest(json.dumps(what, sort_keys=True)))
        item.merchant_id, item.connection_id, item.reason = merchant_id, connection_id, reason
        item.envelope, item.received_at = text, at
        received_at = datetime.fromisoformat(envelope["received_at"]) if "received_at" in envelope else at
        item.expires_at = self._kept.of_raw(received_at, is_body_apart="body_at" in envelope)
        with answers():
            item.save()

    def unreadable(
        self, merchant_id: str, connection_id: str, *, after: str = "", limit: int = 100
    ) -> list[Kept]:
        """What could not be understood, by row, after the given one."""
        span = UnreadableItem.sk > after if after else None
        with answers():
            found = UnreadableItem.query(
                rows.unreadable_key(merchant_id, connection_id), span, limit=limit, consistent_read=True
            )
            return [rows.kept_of_row(item) for item in found]

    def forget_unreadable(self, kept: Kept) -> None:
        """Take it away, unless it has been kept anew since it was read."""
        item = UnreadableItem(rows.unreadable_key(kept.merchant_id, kept.connection_id), kept.row)
        try:
            with answers():
                item.delete(UnreadableItem.received_at == kept.at)
        except Conflict:
            return

    def explain(self, ref: MessageRef, kind: str, text: str, media: Sequence[Media]) -> None:
        """Say what a message is that was `unsupported` when it came; any other stays as it is."""
        actions: list[Action] = [MessageItem.kind.set(kind)]
        if text:
            actions.append(MessageItem.text.set(text))
        if media:
            actions.append(MessageItem.media.set(rows.media_of(media)))
        try:
            with answers():
                is_riddle = MessageItem.kind == "unsupported"
                undisturbed(lambda: rows.message_item(ref).update(actions, is_riddle))
        except Conflict:
            return
