"""One messaging network, seen from the shop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from chalicelib.domain.connections import Account, Connection
from chalicelib.domain.events import Address, Event, Piece, Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundMessage:
    """What goes to a channel. `reference` comes back on statuses and echoes where the channel allows it.

    tag: Messenger's and Instagram's message tag (`HUMAN_AGENT`), '' inside the window.
    reply_to: the channel's id of the message it answers.
    """

    to: Address
    text: str
    reference: str
    tag: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a channel tells about a shopper when asked: '' for what it does not."""

    name: str = ""
    language: str = ""


class Channel(Protocol):
    """One messaging network, seen from the shop. Implement it to add a channel."""

    def handshake(self, query: Mapping[str, str], verify_token: str) -> str | None:
        """The text that answers the channel's GET, or None when it must be refused."""

    def verify(self, headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> None:
        """Raise InvalidSignature unless the channel signed exactly these bytes with one of `secrets`.

        headers: names in lower case. Constant time for each secret; no secrets, no entry.
        """

    def split(self, body: bytes) -> list[Piece]:
        """Cut a verified body into its events, in arrival order. Raises Unsplittable. Pure and cheap."""

    def parse(self, body: Mapping[str, Any]) -> list[Event | Unreadable]:
        """Say what a body (usually a piece) means. Never raises: what it can't read comes back. Pure."""

    def send(self, message: OutboundMessage, connection: Connection) -> str:
        """Deliver; return the channel's message id. Raises SendError."""

    def profile(self, shopper: Address, connection: Connection) -> Profile:
        """Ask who a shopper is; an empty profile where the channel can't or won't say. Never raises."""

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
