"""What people write under a shop's posts, where everybody reads it.

A comment has no time of its own on Instagram: the notification's stands for it, and where that has none, the
moment at which it came. Instagram's examples name a
comment `comment_id`, its reference `id`; both are read.
Sources: developers.facebook.com/docs/instagram-platform/webhooks/examples,
developers.facebook.com/docs/graph-api/webhooks/reference/page#feed
"""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.domain.events import (
    Address,
    Deletion,
    Edit,
    Media,
    Piece,
    ShopperMessage,
    scope_of,
)
from integrations.meta.frame import Told, kept, moment
from integrations.meta.kinds import ADDED, EDITED, REMOVED
from integrations.reading import identifier, mapping, required_id, seconds, text_of, unknown

_MEDIA: Final = ("media_product_type", "ad_id", "ad_title", "original_media_id")
# Before any comment.
_LONG_AGO: Final = seconds(1_000_000_000)
# Ids of comments and of messages never meet.
_MARK: Final = "comment:"


def on_instagram(value: Mapping[str, Any], piece: Piece, address_kind: str, *, is_live: bool) -> Told:
    """Instagram tells of new comments only."""
    wire = _author(value, address_kind)
    if wire is None or wire.value == piece.account:
        return _without_author(wire, piece)
    media, parent = mapping(value.get("media")), identifier(value.get("parent_id"))
    comment = identifier(value.get("id")) or required_id(value.get("comment_id"))
    named = {"comment_id": comment, "post_id": identifier(media.get("id")), "parent_id": parent}
    details = {**kept(named, named), **kept(media, _MEDIA), **({"is_live": True} if is_live else {})}
    told_at = _entry(piece).get("time")
    return [
        ShopperMessage(
            addresses=(wire,),
            wire=wire,
            chat=scope_of(wire),
            channel_message_id=_named(comment),
            sent_at=_LONG_AGO if told_at is None else moment(told_at),
            is_now=told_at is None,
            kind="comment",
            text=text_of(value.get("text")),
            name=text_of(mapping(value.get("from")).get("username")),
            reply_to=_named(parent) if parent else "",
            details=details,
        )
    ]


def on_page(value: Mapping[str, Any], piece: Piece, address_kind: str) -> Told:
    """A Page's `feed` tells of all that happens under its posts: only comments have a meaning here."""
    verb = {"edit": EDITED}.get(str(value.get("verb")), value.get("verb"))
    if value.get("item") != "comment" or verb not in (ADDED, EDITED, REMOVED):
        return unknown("feed", piece)
    wire = _author(value, address_kind)
    if wire is None or wire.value == piece.account:
        return _without_author(wire, piece)
    comment = required_id(value.get("comment_id"))
    if verb == ADDED:
        return [_added(value, piece, wire, comment)]
    chat, at = scope_of(wire), moment(_entry(piece).get("time"))
    if verb == REMOVED:
        return [Deletion(wire=wire, chat=chat, target_id=_named(comment), at=at)]
    text = text_of(value.get("message"))
    return [Edit(wire=wire, chat=chat, target_id=_named(comment), at=at, text=text)]


def _added(value: Mapping[str, Any], piece: Piece, wire: Address, comment: str) -> ShopperMessage:
    post, parent = identifier(value.get("post_id")), identifier(value.get("parent_id"))
    answers = parent if parent != post else ""  # a comment's parent may be the post itself
    named = {"comment_id": comment, "post_id": post, "parent_id": answers}
    links = (text_of(value.get(name)) for name in ("photo", "video"))
    return ShopperMessage(
        addresses=(wire,),
        wire=wire,
        chat=scope_of(wire),
        channel_message_id=_named(comment),
        sent_at=moment(value.get("created_time", _entry(piece).get("time"))),
        kind="comment",
        text=text_of(value.get("message")),
        name=text_of(mapping(value.get("from")).get("name")),
        media=tuple(Media(url=link) for link in links if link),
        reply_to=_named(answers) if answers else "",
        details=kept(named, named),
    )


def _author(value: Mapping[str, Any], address_kind: str) -> Address | None:
    author = identifier(mapping(value.get("from")).get("id"))
    return Address(address_kind, author) if author else None


def _without_author(wire: Address | None, piece: Piece) -> Told:
    """The shop's own answers come as comments too, and name nobody; some comments hide who wrote."""
    return unknown("own_comment" if wire else "comment_without_author", piece)


def _named(comment: str) -> str:
    """Raises Malformed when no key has room for it."""
    return required_id(_MARK + comment)


def _entry(piece: Piece) -> Mapping[str, Any]:
    return mapping(piece.body["entry"][0])
