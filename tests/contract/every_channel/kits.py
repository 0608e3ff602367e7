"""What a test needs of a channel to hold it to the contract: how its platform signs, calls and answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from chalicelib.domain.connections import Connection
from chalicelib.domain.content import Content
from chalicelib.domain.events import Address, Media
from chalicelib.ports.channel import Channel, OutboundMessage

TOKEN: Final = "123456789:AAsecretsecretsecretsecretsecretsec"
SECRET: Final = "0123456789abcdef0123456789abcdef"
WORDS: Final = "Yes, in blue. 💙"
CHALLENGE: Final = "1158201444"
Body = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What the scripted platform says to a call."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)


def _asked(verify_token: str) -> dict[str, str]:
    """As Meta asks."""
    return {"hub.mode": "subscribe", "hub.challenge": CHALLENGE, "hub.verify_token": verify_token}


@dataclass(frozen=True, kw_only=True)
class Kit:
    """One channel.

    event, frame: what shoppers say. Ids are digits, a larger one is said later; a frame holds one event where
    `is_batching` is False.

    odd: events that a frame may hold and nobody can read. tomorrow: a whole body of a kind that is not known.
    sent: the answer to what was sent, by the kind of content. signalled: the answer to a signal.
    refusals: the answers of a platform that takes no message, by what they mean (`throttled`, `token`,
    `blocked`, `unknown`); `throttled` asks for `wait_s`.
    target: the platform's id of a message that can be reacted to and replied to.
    media, found: a shopper's file, and the answer to where it is; None where nothing is asked.
    credentials, proven: what a merchant gives, and the answers that accept it; token_field names the token.
    setup: the schema of the credentials.
    well: the answers of an examination that finds nothing wrong.
    asked: the query of a handshake with this verify token; it wants `CHALLENGE` back.
    """

    name: str
    at: Callable[[str], Channel]
    account: str
    shopper: Address
    sign: Callable[[bytes, str], Mapping[str, str]]
    event: Callable[[str, str], Any]
    frame: Callable[[Sequence[Any]], Body]
    odd: Sequence[Any]
    tomorrow: Body
    sent: Callable[[str], Body]
    signalled: Body
    refusals: Mapping[str, Answer]
    wait_s: float
    credentials: Mapping[str, str]
    proven: Sequence[Body]
    token_field: str
    setup: Mapping[str, Any]
    well: Callable[[str], Sequence[Answer]]
    target: str = "m_1"
    media: Media = field(default_factory=Media)
    found: Body | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    is_batching: bool = True
    asked: Callable[[str], Mapping[str, str]] = _asked

    @property
    def connection(self) -> Connection:
        """An account of the channel, connected."""
        return Connection(
            merchant_id="mt_one",
            connection_id="cn_one",
            channel=self.name,
            account=self.account,
            name="Little Shop",
            status="active",
            token=TOKEN,
            signing_secrets=(SECRET,),
            verify_token="asked-by-get",
            details=self.details,
        )

    def message(self, content: Content, **more: Any) -> OutboundMessage:
        """Something for the shopper."""
        return OutboundMessage(to=self.shopper, content=content, reference="th_1/2#3", **more)
