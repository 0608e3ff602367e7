"""Several messages that are shown as one: each brings a file, perhaps words, and they come in any order."""

from collections.abc import Iterable
from dataclasses import replace

from chalicelib.domain.events import Media, ShopperMessage
from chalicelib.domain.messages import Message


def album_pointer(album: str) -> str:
    """The id under which the one message of an album is found, beside the ids of its parts."""
    return f"album:{album}"


def part_of(said: ShopperMessage) -> tuple[Media, ...]:
    """The files of one part, with its words."""
    return tuple(replace(one, part=said.channel_message_id, caption=said.text) for one in said.media)


def joined(media: Iterable[Media], part: Iterable[Media]) -> tuple[Media, ...]:
    """All files, in the order of their messages; the same part twice is there once."""
    by_part = {(one.part.zfill(16), one.channel_media_id or one.url): one for one in (*part, *media)}
    return tuple(by_part[key] for key in sorted(by_part))


def album_text(media: Iterable[Media]) -> str:
    """What an album says: the words of its parts, in their order."""
    return "\n".join(one.caption for one in media if one.caption)


def without_part(media: Iterable[Media], channel_message_id: str) -> tuple[Media, ...]:
    """What is left of an album when one of its messages is taken back; of any other message, nothing."""
    media = tuple(media)
    if not any(one.part for one in media):
        return ()
    return tuple(one for one in media if one.part != channel_message_id)


def last_part(media: Iterable[Media]) -> str:
    """The channel's id of the last message of an album."""
    return max((one.part for one in media), key=lambda part: part.zfill(16), default="")


def edited_album(message: Message, channel_message_id: str, text: str) -> tuple[tuple[Media, ...], str]:
    """Files and text after an edit; where it is no album, the text is what was edited."""
    if not any(one.part for one in message.media):
        return message.media, text
    media = tuple(
        replace(one, caption=text) if one.part == channel_message_id else one for one in message.media
    )
    return media, album_text(media)
