"""Domain objects as the API shows them."""

from datetime import datetime
from typing import Any

from chalicelib.domain import facts
from chalicelib.domain.connections import Connection
from chalicelib.domain.merchants import Key, Merchant, Shop
from chalicelib.domain.messages import Message
from chalicelib.domain.threads import Thread


def time(at: datetime | None) -> str | None:
    """ISO 8601, UTC, to the millisecond."""
    return None if at is None else at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def thread(one: Thread) -> dict[str, Any]:
    shown = {
        "thread_id": one.thread_id,
        "shopper_id": one.shopper_id,
        "channel": one.channel,
        "connection_id": one.connection_id,
        "shopper_name": one.shopper_name,
        "language": one.language,
        "state": one.state,
        "last_message_at": time(one.spoken_at),
        "last_text": one.last_text,
        "waiting_since": time(one.waiting_since),
        "promised_at": time(one.promised_at),
        "assignee": one.assignee or None,
        "tags": list(one.tags),
    }
    optional = ("promised_at", "waiting_since", "assignee", "language")
    return {name: value for name, value in shown.items() if value or name not in optional}


def message(one: Message) -> dict[str, Any]:
    shown = {
        "message_id": one.message_id,
        "from": one.author,
        "kind": one.kind,
        "text": one.text,
        "sent_at": time(one.sent_at),
        "status": one.status,
        "reason": one.reason or None,
        "by": one.by or None,
        "reply_to": one.reply_to or None,
        "reactions": sorted(filter(None, map(facts.emoji_of, one.reactions.values()))) or None,
        "media": [{"mime_type": media.mime_type, "filename": media.filename} for media in one.media] or None,
    }
    optional = ("reason", "by", "reply_to", "reactions", "media")
    return {name: value for name, value in shown.items() if value or name not in optional}


def connection(one: Connection, webhook_url: str) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "connection_id": one.connection_id,
        "channel": one.channel,
        "name": one.name,
        "account": one.account,
        "status": one.status,
        "webhook_url": webhook_url,
        "connected_at": time(one.connected_at),
        "next_steps": list(one.next_steps),
    }
    if one.verify_token and one.channel != "telegram":
        shown["verify_token"] = one.verify_token
    return shown


def merchant(one: Merchant) -> dict[str, Any]:
    return {"merchant_id": one.merchant_id, "name": one.name, "created_at": time(one.created_at)}


def key(one: Key) -> dict[str, Any]:
    return {"key_id": one.key_id, "name": one.name, "role": one.role, "created_at": time(one.created_at)}


def shop(one: Shop) -> dict[str, Any]:
    return {
        "name": one.name,
        "zone": one.zone,
        "country": one.country,
        "languages": list(one.languages),
        "tone": one.tone,
        "opening_hours": one.opening_hours,
        "holidays": list(one.holidays),
        "texts": one.texts,
        "targets": one.targets,
        "paused": one.paused,
    }
