"""Sending as a Page on Messenger, and asking who a shopper is.

Source: developers.facebook.com/docs/messenger-platform/send-messages,
developers.facebook.com/docs/messenger-platform/send-messages/template/button,
developers.facebook.com/docs/messenger-platform/send-messages/utility-messages,
developers.facebook.com/docs/graph-api/reference/object/comments,
developers.facebook.com/docs/messenger-platform/identity/user-profile
"""

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from chalicelib.domain.connections import Connection
from chalicelib.domain.content import Button, Content
from chalicelib.domain.events import Address, Media
from chalicelib.ports.channel import Download, OutboundMessage, Profile, Signal
from chalicelib.ports.errors import SendError, SendRejected
from integrations.http import ASKING
from integrations.messenger.templates import template_of
from integrations.meta import send_api
from integrations.meta.graph import Graph, access_of
from integrations.reading import mapping, text_of


def send(graph: Graph, message: OutboundMessage, connection: Connection) -> str:
    """Send a rendered content; return its id, or what stands for one (`reaction:…`, `comment:…`)."""
    access, content = access_of(connection), message.content
    if content.kind == "comment":
        return send_api.answer_comment(graph, access, content, "comments")
    if content.kind == "reaction":
        return send_api.react(graph, connection.account, access, message, content.text)
    return send_api.post(graph, connection.account, access, body_of(message))


def body_of(message: OutboundMessage) -> dict[str, Any]:
    """`metadata` comes back on the echo."""
    content = _message_of(message.content) | {"metadata": message.reference}
    if message.content.template is not None:  # it needs no window, and no tag instead of one
        return {**send_api.body_of(replace(message, tag=""), content), "messaging_type": "UTILITY"}
    return {"messaging_type": "RESPONSE", **send_api.body_of(message, content)}


def _message_of(content: Content) -> dict[str, Any]:
    if content.template is not None:
        return {"template": template_of(content.template)}
    if content.kind != "buttons":
        return send_api.message_of(content)
    buttons = [_button_of(button) for button in content.buttons]
    payload = {"template_type": "button", "text": content.text, "buttons": buttons}
    return {"attachment": {"type": "template", "payload": payload}}


def _button_of(button: Button) -> dict[str, str]:
    if button.url:
        return {"type": "web_url", "title": button.title, "url": button.url}
    return {"type": "postback", "title": button.title, "payload": button.id}


def signal(graph: Graph, shown: Signal, to: Address, connection: Connection) -> None:
    """Both concern the whole thread: no message is named."""
    send_api.signal(graph, connection.account, access_of(connection), to, shown)


def download(media: Media) -> Download:
    """A file is where its message says, for whoever has the link: no token goes with it."""
    if not media.url:
        raise SendRejected("local", "invalid")
    return Download(url=media.url, mime_type=media.mime_type, size=media.size)


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
