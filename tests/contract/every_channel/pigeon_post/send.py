"""Letters out, and shoppers' parcels in."""

from typing import Any
from urllib.parse import quote

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Media
from chalicelib.ports.channel import Download, OutboundMessage
from chalicelib.ports.errors import OutcomeUnknown, SendRejected
from integrations.reading import identifier, text_of
from pigeon_post.post import Post, accepted


def send(post: Post, message: OutboundMessage, connection: Connection) -> str:
    """`note` comes back with what becomes of the letter."""
    path = f"lofts/{connection.account}/letters"
    answer = post.call("POST", path, connection.token, body_of(message))
    found = identifier(accepted(answer).get("id"))
    if not found:
        raise OutcomeUnknown("the answer can't be read")
    return found


def body_of(message: OutboundMessage) -> dict[str, Any]:
    """Words or a parcel. Raises SendRejected for what no pigeon can carry."""
    content = message.content
    frame = {"to": message.to.value, "note": message.reference}
    if content.kind == "text":
        return frame | {"words": content.text}
    if content.kind == "image" and content.file is not None and content.file.url:
        return frame | {"parcel": {"url": content.file.url}}
    raise SendRejected("local", "invalid")


def download(post: Post, media: Media, connection: Connection) -> Download:
    """Parcels are fetched with the ring."""
    if not media.channel_media_id:
        raise SendRejected("local", "invalid")
    path = f"parcels/{quote(media.channel_media_id, safe='')}"
    found = accepted(post.call("GET", path, connection.token))
    url, size = text_of(found.get("url")), found.get("bytes")
    if not url:
        raise OutcomeUnknown("the answer can't be read")
    return Download(
        url=url,
        headers={"Authorization": f"Bearer {connection.token}"},
        mime_type=media.mime_type,
        size=size if isinstance(size, int) else 0,
    )
