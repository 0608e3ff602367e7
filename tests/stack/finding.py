"""Finds out what became of a body: read once from the tables and the bucket, then asked about each."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from boto3.dynamodb.types import TypeDeserializer

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import (
    Address,
    Deletion,
    Echo,
    Edit,
    Event,
    IdentityChange,
    Membership,
    Notice,
    Piece,
    Preference,
    Reaction,
    Referral,
    SelfTest,
    ShopperMessage,
    StatusChange,
    Takeover,
    Unreadable,
    Unsplittable,
)
from chalicelib.domain.ids import digest
from chalicelib.domain.threads import mark
from chalicelib.ports.channel import Channel
from chalicelib.services.receiving.receive_webhook import owner_of

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Everything:
    """All rows of conversations by key, and the keys of all bodies in the store."""

    rows: dict[tuple[str, str], Row]
    bodies: frozenset[str]

    @classmethod
    def read(cls, stack: Any) -> "Everything":
        """A test may look at everything; Parley itself never scans."""
        plain = TypeDeserializer().deserialize
        scan = stack.client("dynamodb").get_paginator("scan")
        pages = scan.paginate(TableName=stack.about["threads_table"])
        items = [item for page in pages for item in page["Items"]]
        found = [{name: plain(value) for name, value in item.items()} for item in items]
        objects = stack.client("s3").get_paginator("list_objects_v2")
        listed = objects.paginate(Bucket=stack.about["media_bucket"], Prefix="bodies/")
        keys = frozenset(one["Key"] for page in listed for one in page.get("Contents", ()))
        return cls({(row["pk"], row["sk"]): row for row in found}, keys)

    @cached_property
    def told(self) -> dict[str, set[str]]:
        """What channels told of connections: by connection, the last part of the rows' keys."""
        found: dict[str, set[str]] = {}
        for pk, sk in self.rows:
            if "#notices#" in pk or "#news#" in pk:
                found.setdefault(pk.rpartition("#")[2], set()).add(sk.rpartition("#")[2])
        return found

    def words(self) -> str:
        """Everything that any row says, in one text to look through."""
        return "\n".join(str(value) for row in self.rows.values() for value in row.values())


@dataclass(frozen=True)
class Finder:
    """Looks for what one connection was sent."""

    all: Everything
    channel: Channel
    connection: Connection

    def missing(self, body: bytes) -> list[str]:
        """What of this body is nowhere; nothing when all of it can be found again."""
        if self.is_kept_whole(body):
            return []
        try:
            pieces = self.channel.split(body)
        except Unsplittable:
            return ["the whole body"]
        return [lost for piece in pieces for lost in self._missing_of(piece)]

    def is_kept_whole(self, body: bytes) -> bool:
        """It lies in the store, and stands in the list of what could not be understood."""
        key = f"bodies/{self.connection.connection_id}/{sha256(body).hexdigest()}"
        return key in self.all.bodies and self._is_noted({"body_at": key})

    def _missing_of(self, piece: Piece) -> Iterable[str]:
        reason = owner_of(self.connection)(piece).reason
        if reason or self._is_noted({"body": piece.body}):
            return () if self._is_noted({"body": piece.body}) else (f"a piece kept aside: {reason}",)
        events = self.channel.parse(piece.body)
        assert events, "a piece says nothing at all"
        return [f"{type(event).__name__} {event}"[:200] for event in events if not self._is_applied(event)]

    def _is_noted(self, body: Mapping[str, Any]) -> bool:
        """It stands in the list of what could not be understood."""
        merchant_id, connection_id = self.connection.merchant_id, self.connection.connection_id
        envelope = {
            "channel": self.connection.channel,
            "merchant_id": merchant_id,
            "connection_id": connection_id,
            **body,
        }
        key = (f"{merchant_id}#unreadable#{connection_id}", digest(json.dumps(envelope, sort_keys=True)))
        return key in self.all.rows

    def _is_applied(self, event: Event | Unreadable) -> bool:
        match event:
            case ShopperMessage():
                row = self._row_behind(event.chat, event.channel_message_id)
                return row is not None and (row.get("text", "") == event.text or _is_changed(row))
            case Echo() | Reaction() | Edit() | Deletion():
                target = event.channel_message_id if isinstance(event, Echo) else event.target_id
                return self._pointer(event.chat, target) is not None
            case StatusChange():
                if event.up_to is not None:
                    return event.wire is not None and self._is_received(event.wire, event.status, event.up_to)
                return self._pointer(event.chat, event.channel_message_id) is not None
            case Preference():
                name = "opt_in" if event.value == "opt_in" else "preference"
                return self._is_marked(event.addresses[0], name, event.at)
            case Takeover():
                return event.holder == "asked" or self._is_marked(event.wire, "held_by", event.at)
            case Membership():
                return self._is_marked(event.addresses[0], "unreachable", event.at)
            case Referral():
                return self._is_marked(event.addresses[0], "referral", event.at)
            case IdentityChange():
                return all(self._thread_of(address) is not None for address in event.new)
            case Notice():
                return self._is_told(event)
            case SelfTest():
                return (self._prefix("selftest"), digest(event.nonce)) in self.all.rows
        return False

    def _is_told(self, notice: Notice) -> bool:
        """It stands among what the channel told of the connection, on whichever day."""
        details = json.dumps(notice.details, sort_keys=True)
        same = digest(notice.kind, notice.subject, notice.problem, details)
        return same in self.all.told.get(self.connection.connection_id, ())

    def _thread_of(self, address: Address) -> Row | None:
        place = f"{self._prefix('address')}#{address.kind}#{address.value}"
        found = self.all.rows.get((place, "address"))
        if found is None:
            return None
        return self.all.rows[(f"{self.connection.merchant_id}#{found['thread_id']}", "thread")]

    def _is_marked(self, wire: Address, name: str, at: datetime) -> bool:
        """The thread knows this, or something later."""
        thread = self._thread_of(wire)
        return thread is not None and thread.get("marks", {}).get(name, "") >= mark("", at)

    def _is_received(self, wire: Address, status: str, up_to: datetime) -> bool:
        """The thread knows that its messages were delivered or read up to then."""
        thread = self._thread_of(wire)
        if thread is None:
            return False
        mark = thread.get("read_up_to" if status == "read" else "delivered_up_to", "")
        return bool(mark) and datetime.fromisoformat(mark) >= up_to

    def _row_behind(self, chat: str, channel_message_id: str) -> Row | None:
        pointer = self._pointer(chat, channel_message_id)
        if pointer is None or "thread_id" not in pointer:
            return None
        thread = f"{self.connection.merchant_id}#{pointer['thread_id']}"
        return self.all.rows.get((thread, f"m#{pointer['sort']}"))

    def _pointer(self, chat: str, channel_message_id: str) -> Row | None:
        key = f"{self._prefix('pointer')}#{digest(chat, channel_message_id)}"
        return self.all.rows.get((key, "pointer"))

    def _prefix(self, kind: str) -> str:
        return f"{self.connection.merchant_id}#{kind}#{self.connection.connection_id}"


def _is_changed(row: Row) -> bool:
    """It says something else by now: an edit, a deletion or a further part of an album has come."""
    return "edited" in row or "deleted_at" in row or '"part"' in str(row.get("media", ""))
