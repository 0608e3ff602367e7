"""What a Telegram update says.

Groups and channels are left alone: what is said there is kept, and nobody answers it.
Source: core.telegram.org/bots/api#update
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from chalicelib.domain.events import (
    Address,
    Deletion,
    Event,
    Membership,
    Notice,
    Piece,
    Reaction,
    SelfTest,
    ShopperMessage,
    Unreadable,
    scope_of,
)
from integrations.reading import (
    Malformed,
    first,
    identifier,
    listed,
    mapping,
    read_each,
    required_id,
    seconds,
    text_of,
    unknown,
)
from integrations.telegram.content import READERS
from integrations.telegram.message import edited_message, name_of, new_message, shopper_of, wire_of
from integrations.telegram.webhook import SELF_TEST, cut

Events = list[Event | Unreadable]

# What Telegram puts into a private chat on its own account: nobody wrote.
NOTICES: Final = frozenset(
    {
        "pinned_message",
        "message_auto_delete_timer_changed",
        "write_access_allowed",
        "connected_website",
        "chat_background_set",
        "proximity_alert_triggered",
        "refunded_payment",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "new_chat_members",
        "left_chat_member",
        "checklist_tasks_done",
        "checklist_tasks_added",
        "paid_message_price_changed",
        "gift",
        "unique_gift",
    }
)
# No channel is older: a time that is not later than anything that happened.
_LONG_AGO: Final = datetime.fromtimestamp(1_000_000_000, UTC)
_REACHABLE: Final = {"member": True, "kicked": False}
# What a reaction without an emoji of its own is shown as.
_OTHER_REACTIONS: Final = {"paid": "⭐"}


def parse(body: Mapping[str, Any]) -> Events:
    """Translate an update into what it says. Never raises."""
    return read_each(body, cut, _read)


def _read(piece: Piece) -> Events:
    required_id(piece.body.get("update_id"))
    name = next((known for known in UPDATES if known in piece.body), "")
    if not name:
        return unknown(next((name for name in piece.body if name != "update_id"), "empty"), piece)
    content = piece.body[name]
    if not isinstance(content, dict):
        raise Malformed("an update without content")
    chat = mapping(content.get("chat") or mapping(content.get("message")).get("chat"))
    if chat and chat.get("type") != "private":
        return unknown(f"{chat.get('type')}_{name}", piece)
    return UPDATES[name](content, piece)


def _message(message: Mapping[str, Any], piece: Piece) -> Events:
    notice = next((field for field in message if field in NOTICES), None)
    return unknown(notice, piece) if notice else [new_message(message)]


def _edit(message: Mapping[str, Any], piece: Piece) -> Events:
    return [edited_message(message)]


def _callback(query: Mapping[str, Any], piece: Piece) -> Events:
    """A tapped button. It has no time of its own, and it waits for an answer. A game's button has no data."""
    if "data" not in query:
        return unknown("callback_without_data", piece)
    message, person = mapping(query.get("message")), mapping(query.get("from"))
    # An inline message's tap names no chat, only a person.
    wire = wire_of(message) if "chat" in message else Address("chat", required_id(person.get("id")))
    query_id, data = required_id(query.get("id")), text_of(query.get("data"), 64)
    tapped = ShopperMessage(
        addresses=(shopper_of(wire),),
        wire=wire,
        chat=scope_of(wire),
        channel_message_id=required_id(f"callback:{query_id}"),
        # An inaccessible message has the date 0.
        sent_at=seconds(message["date"]) if message.get("date") else _LONG_AGO,
        is_now=True,
        kind="button",
        text=_label(message, data),
        name=name_of(person),
        language=text_of(person.get("language_code"), 35),
        reply_to=identifier(message.get("message_id")),
        payload=data,
        acknowledge=query_id,
    )
    return [tapped]


def _label(message: Mapping[str, Any], data: str) -> str:
    """What stands on the button, where the message still tells; else what is behind it."""
    keyboard = listed(mapping(message.get("reply_markup")).get("inline_keyboard"))
    buttons = (mapping(button) for row in keyboard for button in listed(row))
    titles = (text_of(button.get("text"), 200) for button in buttons if button.get("callback_data") == data)
    return next(titles, "") or data


def _reaction(content: Mapping[str, Any], piece: Piece) -> Events:
    """The new reactions replace the old ones: none when it was taken back. A custom one has no emoji."""
    if not mapping(content.get("user")):  # put anonymously, on behalf of a chat
        return unknown("anonymous_message_reaction", piece)
    wire = wire_of(content)
    new = first(content.get("new_reaction"))
    emoji = text_of(mapping(new).get("emoji"), 64) or _OTHER_REACTIONS.get(
        str(mapping(new).get("type")), "❔"
    )
    reaction = Reaction(
        addresses=(shopper_of(wire),),
        wire=wire,
        chat=scope_of(wire),
        target_id=required_id(content.get("message_id")),
        emoji="" if new is None else emoji,
        at=seconds(content.get("date")),
    )
    return [reaction]


def _membership(change: Mapping[str, Any], piece: Piece) -> Events:
    """In a private chat this tells of one thing: the shopper blocked the bot, or took that back."""
    status = mapping(change.get("new_chat_member")).get("status")
    if not isinstance(status, str) or status not in _REACHABLE:
        return unknown(f"my_chat_member_{status}", piece)
    wire = wire_of(change)
    member = Membership(
        addresses=(shopper_of(wire),),
        wire=wire,
        at=seconds(change.get("date")),
        is_reachable=_REACHABLE[status],
    )
    return [member]


def _business_connection(connection: Mapping[str, Any], piece: Piece) -> Events:
    """A person lets the bot help with their own chats, changes what it may do there, or takes it away."""
    rights = mapping(connection.get("rights"))
    is_enabled = connection.get("is_enabled") is True
    details = {
        "user_id": identifier(mapping(connection.get("user")).get("id")),
        "user_chat_id": identifier(connection.get("user_chat_id")),
        "is_enabled": is_enabled,
        "rights": sorted(name for name, value in rights.items() if value is True)[:50],
    }
    may_answer = rights.get("can_reply") is True or connection.get("can_reply") is True
    notice = Notice(
        kind="business_connection",
        at=seconds(connection.get("date")),
        subject=required_id(connection.get("id")),
        problem="not_permitted" if is_enabled and not may_answer else "",
        details=details,
    )
    return [notice]


def _business_deletions(content: Mapping[str, Any], piece: Piece) -> Events:
    """Messages that either side took back, without a time. The channel does not say which side."""
    wire = wire_of(content)
    targets = listed(content.get("message_ids"))
    if wire.kind != "business_chat" or not targets:
        raise Malformed("a deletion of nothing")
    return [
        Deletion(wire=wire, chat=scope_of(wire), target_id=required_id(target), at=_LONG_AGO, is_now=True)
        for target in targets
    ]


def _self_test(content: Mapping[str, Any], piece: Piece) -> Events:
    return [SelfTest(required_id(content.get("nonce")))]


UPDATES: Final[dict[str, Callable[[Mapping[str, Any], Piece], Events]]] = {
    "message": _message,
    "edited_message": _edit,
    "callback_query": _callback,
    "message_reaction": _reaction,
    "my_chat_member": _membership,
    "business_connection": _business_connection,
    "business_message": _message,
    "edited_business_message": _edit,
    "deleted_business_messages": _business_deletions,
    SELF_TEST: _self_test,
}
# All that the code names: updates, and fields of messages.
KINDS: Final = frozenset(UPDATES) | frozenset(READERS) | NOTICES
