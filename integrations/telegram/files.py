"""Where a shopper's file is fetched: at most 20 MB, by a link that is good for an hour and holds the token.

Source: core.telegram.org/bots/api#getfile, core.telegram.org/bots/api#file
"""

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Media
from chalicelib.ports.channel import Download
from chalicelib.ports.errors import OutcomeUnknown, SendRejected
from integrations.reading import mapping, text_of
from integrations.telegram.bot import Bot
from integrations.telegram.capabilities import CAPABILITIES
from integrations.telegram.send import refused


def download(bot: Bot, media: Media, connection: Connection) -> Download:
    """Ask for the link. Telegram is not asked for what it has already said to be too large."""
    if not media.channel_media_id:
        raise refused()
    if media.size > CAPABILITIES.most_incoming_bytes:
        raise SendRejected("local", "too_long")
    found = mapping(bot.result(connection.token, "getFile", {"file_id": media.channel_media_id}))
    path, size = text_of(found.get("file_path"), 1024), found.get("file_size")
    if not path:
        raise OutcomeUnknown("the answer can't be read")
    return Download(
        url=bot.file_url(connection.token, path),
        mime_type=media.mime_type,
        size=size if isinstance(size, int) and size > 0 else media.size,
    )
