"""What can go wrong, named by what happens next."""

from typing import Literal

from chalicelib.domain.events import Address


class Erased(Exception):
    """It tells of somebody's cart or order that was erased since: nobody wants to hear it any more."""


class InvalidSignature(Exception):
    """The channel did not sign exactly these bytes."""


class SendError(Exception):
    """A message did not go out, or we can't know. The subclasses say what happens next."""


class NotSent(SendError):
    """No byte left: refused, unresolved or no connection in time. The same message may be tried again."""


Limited = Literal["", "connection", "shopper", "marketing"]


class RetryLater(SendError):
    """The channel answered that it would not now: the same message may pass after `after_s` seconds.

    limits: what has gone too fast, where that is why: the whole connection, or one shopper's messages; or its
    marketing is what the channel takes no more of.
    """

    def __init__(self, after_s: float, code: str = "", *, limits: Limited = "") -> None:
        super().__init__(f"try again in {after_s:.0f} s ({code})")
        self.after_s = after_s
        self.code = code
        self.limits = limits


class OutcomeUnknown(SendError):
    """Bytes left and no answer came: it may have arrived. Never repeated by a machine."""


class SendRejected(SendError):
    """Refused for good. `code` is the channel's own number, `reason` one of our stable words (`REASONS` in
    domain/outcomes)."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{reason} ({code})")
        self.code = code
        self.reason = reason


class ChatMigrated(SendError):
    """The chat has a new id: the same message goes there."""

    def __init__(self, to: Address) -> None:
        super().__init__("the chat has a new id")
        self.to = to


class SetupError(Exception):
    """An account can't be connected. `code` is stable, `message` says what to do, `field` names the
    credential."""

    def __init__(self, code: str, message: str, field: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field


class CredentialsRejected(SetupError):
    """The channel does not accept what was given, or it lacks a permission."""


class ChannelDown(SetupError):
    """The channel did not answer, or answered with a fault of its own: nothing was decided."""


class StoreBusy(Exception):
    """Throttled, unreachable, or others write the same rows: the same call may pass a moment later."""


class BodyGone(StoreBusy):
    """There is no such body, or not any more."""


class StoreRefused(Exception):
    """The store will never take this (a row too large, a value it has no form for): trying again is no
    use."""


class Conflict(Exception):
    """A row is no longer as it was read: read again and decide again. Nothing was written."""


class AddressErased(Conflict):
    """An address that was to become somebody's is one that was erased, or was erased anew: read when, and
    decide."""


class AlreadyThere(Exception):
    """The message was stored before, or something waits in its pointer. Nothing was written."""
