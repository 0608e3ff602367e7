"""Messages and what becomes of them: written by a shopper or for the shop, tapped, reacted to, edited, taken
back.

Sources: developers.facebook.com/docs/messenger-platform/reference/webhook-events,
developers.facebook.com/docs/instagram-platform/webhooks/examples
"""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.domain.events import Deletion, Echo, Edit, Reaction, ShopperMessage, scope_of
from integrations.meta import referrals
from integrations.meta.attachments import held_in
from integrations.meta.frame import Frame, Told
from integrations.reading import identifier, mapping, required_id, text_of, unknown

# Some reactions come as a word only.
EMOJI: Final[dict[str, str]] = {
    "love": "❤️",
    "smile": "😆",
    "wow": "😮",
    "sad": "😢",
    "angry": "😠",
    "like": "👍",
    "dislike": "👎",
}
_LONGEST_PAYLOAD: Final = 2000


def message(frame: Frame, content: Mapping[str, Any]) -> Told:
    mid = required_id(content.get("mid"))
    if content.get("is_deleted"):
        wire, chat = frame.shopper, scope_of(frame.shopper)
        return [Deletion(wire=wire, chat=chat, target_id=mid, at=frame.at, by_shop=frame.by_shop)]
    return [_echo(frame, content, mid) if frame.by_shop else _written(frame, content, mid)]


def _echo(frame: Frame, content: Mapping[str, Any], mid: str) -> Echo:
    """What any app or person wrote for the shop; Messenger gives back the `metadata` of our own."""
    held = held_in(content, frame.at)
    return Echo(
        wire=frame.shopper,
        chat=scope_of(frame.shopper),
        channel_message_id=mid,
        sent_at=frame.at,
        kind=held.kind,
        text=held.text,
        reference=identifier(content.get("metadata")),
        media=held.media,
        reply_to=identifier(mapping(content.get("reply_to")).get("mid")),
    )


def _written(frame: Frame, content: Mapping[str, Any], mid: str) -> ShopperMessage:
    held = held_in(content, frame.at)
    ref, came_by = referrals.came_by(content.get("referral"))
    return ShopperMessage(
        addresses=(frame.shopper,),
        wire=frame.shopper,
        chat=scope_of(frame.shopper),
        channel_message_id=mid,
        sent_at=frame.at,
        kind=held.kind,
        text=held.text,
        media=held.media,
        reply_to=identifier(mapping(content.get("reply_to")).get("mid")),
        payload=text_of(mapping(content.get("quick_reply")).get("payload"), _LONGEST_PAYLOAD),
        ref=ref,
        details={**held.details, **came_by},
        is_standby=frame.is_standby,
    )


def postback(frame: Frame, content: Mapping[str, Any]) -> Told:
    """A tapped button, menu entry or ice breaker. Older ones have no `mid`: the moment names them. To an app
    that stands by they come without a payload."""
    ref, details = referrals.came_by(content.get("referral"))
    return [
        ShopperMessage(
            addresses=(frame.shopper,),
            wire=frame.shopper,
            chat=scope_of(frame.shopper),
            channel_message_id=identifier(content.get("mid")) or f"postback:{frame.event['timestamp']}",
            sent_at=frame.at,
            kind="button",
            text=text_of(content.get("title")),
            payload=text_of(content.get("payload"), _LONGEST_PAYLOAD),
            ref=ref,
            details=details,
            is_standby=frame.is_standby,
        )
    ]


def reaction(frame: Frame, content: Mapping[str, Any]) -> Told:
    """`emoji` and `reaction` may both be missing, always when it was taken back."""
    taken_back = content.get("action") == "unreact"
    word = identifier(content.get("reaction"))
    emoji = text_of(content.get("emoji"), 64) or EMOJI.get(word, "❔")
    return [
        Reaction(
            addresses=(frame.shopper,),
            wire=frame.shopper,
            chat=scope_of(frame.shopper),
            target_id=required_id(content.get("mid")),
            emoji="" if taken_back else emoji,
            at=frame.at,
            by_shop=frame.by_shop,
        )
    ]


def edit(frame: Frame, content: Mapping[str, Any]) -> Told:
    """An edit that does not say to what tells nothing: the old words stay."""
    if not isinstance(content.get("text"), str):
        return unknown("edit_without_text", frame.piece)
    number = identifier(content.get("num_edit"))
    return [
        Edit(
            wire=frame.shopper,
            chat=scope_of(frame.shopper),
            target_id=required_id(content.get("mid")),
            at=frame.at,
            text=text_of(content["text"]),
            number=int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0,
            by_shop=frame.by_shop,
        )
    ]
