"""Who holds a thread, where several apps share an account.

Source: developers.facebook.com/docs/messenger-platform/conversation-control
"""

from collections.abc import Mapping
from typing import Any, Final, Literal

from chalicelib.domain.events import Takeover
from integrations.meta.frame import Frame, Told, kept
from integrations.reading import identifier

# The platforms' own inboxes, where a shop's people write by hand: Messenger's and Instagram's.
INBOXES: Final = frozenset({"263902037430900", "1217981644879628"})
_NAMES: Final = ("previous_owner_app_id", "new_owner_app_id", "requested_owner_app_id", "metadata")


def passed(frame: Frame, content: Mapping[str, Any]) -> Told:
    """Told to us, as we got it; but not if it went to an inbox, or while we only stand by."""
    to_other = frame.is_standby or identifier(content.get("new_owner_app_id")) in INBOXES
    holder: Literal["other", "us"] = "other" if to_other else "us"
    return [Takeover(wire=frame.shopper, at=frame.at, holder=holder, details=kept(content, _NAMES))]


def taken(frame: Frame, content: Mapping[str, Any]) -> Told:
    """From us: whoever takes is not told."""
    return [Takeover(wire=frame.shopper, at=frame.at, holder="other", details=kept(content, _NAMES))]


def requested(frame: Frame, content: Mapping[str, Any]) -> Told:
    """From us, who hold it."""
    return [Takeover(wire=frame.shopper, at=frame.at, holder="asked", details=kept(content, _NAMES))]
