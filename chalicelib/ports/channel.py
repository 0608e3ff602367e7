"""One messaging network, seen from the shop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.connections import Connection
from chalicelib.domain.content import Content
from chalicelib.domain.events import Address, Event, Media, ShopperMessage, Unreadable
from chalicelib.domain.templates.definitions import TemplateDefinition
from chalicelib.ports.account import Connectable, Webhooks

Signal = Literal["typing", "read"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundMessage:
    """What goes to a channel. `reference` comes back on statuses and echoes where the channel allows it.

    content: rendered for the channel; a file of it has a link that the channel can fetch.
    tag: Messenger's and Instagram's message tag (`HUMAN_AGENT`), '' inside the window.
    reply_to: the channel's id of the message it answers. comment_id: the comment that this answers in
    private, instead of `to`.
    """

    to: Address
    content: Content
    reference: str
    tag: str = ""
    reply_to: str = ""
    comment_id: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a channel tells about a shopper when asked: '' for what it does not."""

    name: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """Where a shopper's file is fetched. url, headers: may hold a token, and are never stored or shown.

    size: in bytes, 0 where the channel does not say before.
    """

    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    mime_type: str = ""
    size: int = 0


class Channel(Webhooks, Connectable, Protocol):
    """One messaging network, seen from the shop. Implement it to add a channel."""

    @property
    def capabilities(self) -> Capabilities:
        """What it takes, and how fast."""

    def parse(self, body: Mapping[str, Any]) -> list[Event | Unreadable]:
        """Say what a body (usually a piece) means. Never raises: what it can't read comes back. Pure."""

    def send(self, message: OutboundMessage, connection: Connection) -> str:
        """Deliver; return the channel's message id. Raises SendError."""

    def acknowledge(self, said: ShopperMessage, connection: Connection) -> None:
        """Answer what the channel wants answered at once (a tapped button that waits). Never raises: the
        message is stored, whatever becomes of this."""

    def signal(self, signal: Signal, to: Address, message_id: str, connection: Connection) -> None:
        """Show that somebody writes, or has read up to `message_id` (the channel's id of a message of
        theirs). Raises SendError."""

    def download(self, media: Media, connection: Connection) -> Download:
        """Where to fetch a shopper's file. Raises SendError; SendRejected when it is gone."""

    def profile(self, shopper: Address, connection: Connection) -> Profile:
        """Ask who a shopper is; an empty profile where the channel can't or won't say. Never raises."""

    def deep_link(self, token: str, connection: Connection) -> str:
        """A link that opens the thread in the shopper's app; what they send first carries `token` as `ref`.
        '' where the connection lacks what a link needs."""

    def templates(self, connection: Connection) -> Sequence[TemplateDefinition]:
        """All templates that the account has, whatever their state; none where the channel has no such thing.
        Raises SetupError, also when the list could not be read to its end."""
