"""Sending from an Instagram professional account, either way it is logged in, and asking who a shopper is.

Source, by login: developers.facebook.com/docs/messenger-platform/instagram/features/send-message,
developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/messaging-api.
Comments: developers.facebook.com/docs/instagram-platform/comment-moderation
"""

from typing import Any, Final
from urllib.parse import quote

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Address
from chalicelib.ports.channel import OutboundMessage, Profile, Signal
from chalicelib.ports.errors import SendError
from integrations.http import ASKING
from integrations.meta import send_api
from integrations.meta.graph import Access, Graph, access_of
from integrations.reading import mapping, text_of

# The one reaction that has a name here; others are sent as they are.
_HEART: Final = "❤"
_LOVE: Final = "love"


def send(graph: Graph, message: OutboundMessage, connection: Connection) -> str:
    """Send a rendered content; return its id, or what stands for one (`reaction:…`, `comment:…`)."""
    access, content = access_to(connection), message.content
    if content.kind == "comment":
        return send_api.answer_comment(graph, access, content, "replies")
    if content.kind == "reaction":
        is_heart = content.text.rstrip("\ufe0f") == _HEART
        return send_api.react(
            graph, sender_of(connection), access, message, _LOVE if is_heart else content.text
        )
    return send_api.post(graph, sender_of(connection), access, body_of(message))


def body_of(message: OutboundMessage) -> dict[str, Any]:
    """There is no room for a reference of ours."""
    return send_api.body_of(message, send_api.message_of(message.content))


def signal(graph: Graph, shown: Signal, to: Address, connection: Connection) -> None:
    """Both concern the whole thread: no message is named."""
    send_api.signal(graph, sender_of(connection), access_to(connection), to, shown)


def profile(graph: Graph, shopper: Address, connection: Connection) -> Profile:
    """The name that the shopper gave themselves, never the handle; empty when the platform won't say."""
    try:
        answer = graph.call(
            "GET",
            quote(shopper.value, safe=""),
            access_to(connection),
            params={"fields": "name"},
            timeout=ASKING,
        )
    except SendError:
        return Profile()
    return Profile(name=text_of(mapping(answer.body).get("name"), 200) if answer.is_ok else "")


def sender_of(connection: Connection) -> str:
    """With Facebook login the Page that the account is linked to sends."""
    return connection.details.get("page_id") or connection.account


def access_to(connection: Connection) -> Access:
    """Instagram's own tokens are of the Instagram app, whose secret may be another: no proof is given."""
    is_page = connection.details.get("login") == "facebook"
    return access_of(connection) if is_page else Access(connection.token)
