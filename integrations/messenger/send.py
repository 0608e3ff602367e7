"""Sending as a Page on Messenger, and asking who a shopper is.

Source: developers.facebook.com/docs/messenger-platform/send-messages,
developers.facebook.com/docs/messenger-platform/identity/user-profile
"""

from typing import Any
from urllib.parse import quote

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Address
from chalicelib.ports import OutboundMessage, Profile, SendError
from integrations.http import ASKING
from integrations.meta.graph import MESSAGING_VERDICTS, Graph, access_of, message_id, messaging_body
from integrations.reading import mapping, text_of


def send(graph: Graph, message: OutboundMessage, connection: Connection) -> str:
    """Send a text; return its id."""
    answer = graph.call(
        "POST", f"{connection.account}/messages", access_of(connection), body=body_of(message)
    )
    return message_id(answer, MESSAGING_VERDICTS)


def body_of(message: OutboundMessage) -> dict[str, Any]:
    """`metadata` comes back on the echo."""
    body = {"messaging_type": "RESPONSE", **messaging_body(message)}
    body["message"]["metadata"] = message.reference
    return body


def profile(graph: Graph, shopper: Address, connection: Connection) -> Profile:
    """First name and locale; empty when the platform won't say."""
    try:
        answer = graph.call(
            "GET",
            quote(shopper.value, safe=""),
            access_of(connection),
            params={"fields": "first_name,locale"},
            timeout=ASKING,
        )
    except SendError:
        return Profile()
    body = mapping(answer.body) if answer.is_ok else {}
    return Profile(name=text_of(body.get("first_name"), 200), language=text_of(body.get("locale"), 35))
