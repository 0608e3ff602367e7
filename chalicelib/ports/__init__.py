"""What the use cases need from the world. Adapters implement these; fakes stand here in tests."""

from chalicelib.ports.channel import Channel, OutboundMessage, Profile
from chalicelib.ports.errors import (
    AlreadyThere,
    ChannelDown,
    Conflict,
    CredentialsRejected,
    InvalidSignature,
    NotSent,
    OutcomeUnknown,
    RetryLater,
    SendError,
    SendRejected,
    SetupError,
    StoreBusy,
    StoreRefused,
)
from chalicelib.ports.queues import BodyStore, Clock, DueStore, Outbox
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import Change, Found, Kept, Pointer, ThreadStore, Told, Waited

__all__ = [
    "AlreadyThere",
    "BodyStore",
    "Change",
    "Channel",
    "ChannelDown",
    "Clock",
    "Conflict",
    "CredentialsRejected",
    "DueStore",
    "Found",
    "InvalidSignature",
    "Kept",
    "NotSent",
    "OutboundMessage",
    "Outbox",
    "OutcomeUnknown",
    "Pointer",
    "Profile",
    "RetryLater",
    "SendError",
    "SendRejected",
    "SetupError",
    "ShopStore",
    "StoreBusy",
    "StoreRefused",
    "ThreadStore",
    "Told",
    "Waited",
]
