"""What a messaging network and a shop system have in common: webhooks that they sign, and accounts that
merchants connect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.domain.connections import Account, Connection, Finding
from chalicelib.domain.events import Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What a channel says of a connection when it is checked.

    token_expires_at: None where it does not expire, or the channel does not say. details: what to remember
    of it (a number's throughput, its quality), laid over the connection's own.
    """

    findings: tuple[Finding, ...] = ()
    token_expires_at: datetime | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Renewal:
    """A fresh token in the place of one that was about to expire. lasts: from now on."""

    token: str = field(repr=False)
    lasts: timedelta


class Webhooks(Protocol):
    """Calls that come from outside."""

    def handshake(self, query: Mapping[str, str], verify_token: str) -> str | None:
        """The text that answers the channel's GET, or None when it must be refused."""

    def verify(self, headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> None:
        """Raise InvalidSignature unless the channel signed exactly these bytes with one of `secrets`.

        headers: names in lower case. Constant time for each secret; no secrets, no entry.
        """

    def split(self, body: bytes) -> list[Piece]:
        """Cut a verified body into its events, in arrival order. Raises Unsplittable. Pure and cheap."""


class Connectable(Protocol):
    """Accounts that merchants connect."""

    def check(self, credentials: Mapping[str, str]) -> Account:
        """Prove credentials (already valid by schema) with the channel. Raises SetupError; changes
        nothing."""

    def register(self, connection: Connection, callback_url: str) -> list[str]:
        """Point the channel's webhooks here, as far as the channel allows by call; what is left to click
        comes back in plain words, with the callback URL and verify token where they must be pasted. Raises
        SetupError."""

    def unregister(self, connection: Connection, last_of_group: bool) -> None:
        """Stop the webhooks. last_of_group: no other connection shares what they hang on (a WhatsApp business
        account). Never raises: a dead token must not keep a merchant from leaving."""

    def examine(self, connection: Connection, callback_url: str) -> Examination:
        """Ask the channel about token, permissions and webhook, and subscribe again what is missing. A
        finding says what to do. Raises ChannelDown when it did not answer."""

    def renew(self, connection: Connection) -> Renewal | None:
        """A new token, where the channel gives one for the old. Asked when the old one has few days left, or
        when nobody knows how many. Raises SetupError."""

    def self_test(self, connection: Connection, nonce: str) -> tuple[Mapping[str, str], bytes]:
        """Headers and body of a signed webhook that `parse` reads as `SelfTest(nonce)`."""
