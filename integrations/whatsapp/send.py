"""Sending through a WhatsApp number, showing that somebody reads or writes, and finding a shopper's file.

Source: developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages,
developers.facebook.com/docs/whatsapp/cloud-api/typing-indicators,
developers.facebook.com/docs/whatsapp/cloud-api/reference/media
"""

from typing import Any, Final
from urllib.parse import quote

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Media
from chalicelib.ports.channel import Download, OutboundMessage, Signal
from chalicelib.ports.errors import SendRejected
from integrations.http import ASKING
from integrations.meta.answers import accepted, sent_id
from integrations.meta.errors import Verdicts, codes
from integrations.meta.graph import Graph, access_of
from integrations.reading import identifier, text_of
from integrations.whatsapp.bodies import body_of
from integrations.whatsapp.errors import VERDICTS

# Of a file, the code for what can't be seen says that it is gone: they live for a week.
_OF_FILES: Final[Verdicts] = {**VERDICTS, **codes("invalid", (100, 33))}


def send(graph: Graph, message: OutboundMessage, connection: Connection) -> str:
    """Send a rendered content; return its id. An accepted message may still fail: a status tells."""
    path = f"{connection.account}/messages"
    return sent_id(graph.call("POST", path, access_of(connection), body=body_of(message)), VERDICTS)


def signal(graph: Graph, shown: Signal, message_id: str, connection: Connection) -> None:
    """Both name the shopper's last message, and nothing is shown without one. Typing lasts for 25 s, and
    marks the message as read too: there is no other way."""
    if not message_id:
        return
    body: dict[str, Any] = {"messaging_product": "whatsapp", "status": "read", "message_id": message_id}
    if shown == "typing":
        body["typing_indicator"] = {"type": "text"}
    path = f"{connection.account}/messages"
    accepted(graph.call("POST", path, access_of(connection), body=body, timeout=ASKING), VERDICTS)


def download(graph: Graph, media: Media, connection: Connection) -> Download:
    """The link is good for 5 minutes, and only with the token. Raises SendRejected when the file is gone."""
    if not media.channel_media_id:
        raise SendRejected("local", "invalid")
    answer = graph.call("GET", quote(media.channel_media_id, safe=""), access_of(connection))
    found = accepted(answer, _OF_FILES)
    url = text_of(found.get("url"))
    if not url:
        raise SendRejected("local", "invalid")
    size = identifier(found.get("file_size"))
    return Download(
        url=url,
        headers={"Authorization": f"Bearer {connection.token}"},
        mime_type=text_of(found.get("mime_type"), 200) or media.mime_type,
        size=int(size) if size.isascii() and size.isdigit() else 0,
    )
