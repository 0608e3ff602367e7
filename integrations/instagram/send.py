"""Sending from an Instagram professional account, either way it is logged in, and asking who a shopper is.

Source, by login: developers.facebook.com/docs/messenger-platform/instagram/features/send-message,
developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/messaging-api
"""

from urllib.parse import quote

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Address
from chalicelib.ports import OutboundMessage, Profile, SendError
from integrations.http import ASKING
from integrations.meta.graph import (
    MESSAGING_VERDICTS,
    Access,
    Graph,
    access_of,
    message_id,
    messaging_body,
)
from integrations.reading import mapping, text_of


def send(graph: Graph, message: OutboundMessage, connection: Connection) -> str:
    """Send a text; return its id. With Facebook login the Page that the account is linked to sends."""
    sender = connection.details.get("page_id") or connection.account
    answer = graph.call("POST", f"{sender}/messages", access_to(connection), body=messaging_body(message))
    return message_id(answer, MESSAGING_VERDICTS)


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


def access_to(connection: Connection) -> Access:
    """Instagram's own tokens are of the Instagram app, whose secret may be another: no proof is given."""
    is_page = connection.details.get("login") == "facebook"
    return access_of(connection) if is_page else Access(connection.token)
