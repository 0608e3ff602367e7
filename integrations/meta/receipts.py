"""How far the shop's messages came.

Sources: developers.facebook.com/docs/messenger-platform/reference/webhook-events/message-deliveries,
developers.facebook.com/docs/messenger-platform/reference/webhook-events/message-reads,
developers.facebook.com/docs/instagram-platform/webhooks/examples
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.domain.events import StatusChange, scope_of
from integrations.meta.frame import Frame, Told
from integrations.reading import identifier, listed, required_id


def delivered(frame: Frame, content: Mapping[str, Any]) -> Told:
    """Ids come sometimes, the watermark always: it covers every message sent no later."""
    wire = frame.shopper
    up_to, at = _watermark(frame, content)
    changes: Told = [
        StatusChange(status="delivered", at=at, wire=wire, chat=scope_of(wire), channel_message_id=mid)
        for raw in listed(content.get("mids"))
        if (mid := identifier(raw))
    ]
    return [*changes, StatusChange(status="delivered", at=at, wire=wire, up_to=up_to)]


def seen(frame: Frame, content: Mapping[str, Any]) -> Told:
    """Messenger tells a watermark, Instagram the id of the last message that was seen."""
    wire = frame.shopper
    if "mid" in content:
        mid, chat = required_id(content["mid"]), scope_of(wire)
        return [StatusChange(status="read", at=frame.at, wire=wire, chat=chat, channel_message_id=mid)]
    up_to, at = _watermark(frame, content)
    return [StatusChange(status="read", at=at, wire=wire, up_to=up_to)]


def _watermark(frame: Frame, content: Mapping[str, Any]) -> tuple[datetime, datetime]:
    """Up to when, and when that was told: an event without a time of its own was told right then."""
    up_to = frame.time(content.get("watermark"))
    return up_to, frame.at if "timestamp" in frame.event else up_to
