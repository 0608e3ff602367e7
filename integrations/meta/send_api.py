"""What Messenger's and Instagram's Send API have in common: bodies, sender actions, answers to comments.

Source: developers.facebook.com/docs/messenger-platform/reference/send-api,
developers.facebook.com/docs/messenger-platform/send-messages/sender-actions,
developers.facebook.com/docs/messenger-platform/instagram/features/send-message
"""

from typing import Any, Final
from urllib.parse import quote

from chalicelib.domain.content import FILE_KINDS, Content
from chalicelib.domain.events import Address
from chalicelib.ports.channel import OutboundMessage, Signal
from chalicelib.ports.errors import OutcomeUnknown, SendRejected
from integrations.http import ASKING, SENDING
from integrations.meta.answers import accepted, sent_id
from integrations.meta.errors import MESSAGING, Verdicts, codes
from integrations.meta.graph import Access, Graph
from integrations.reading import identifier

# How our own ids tell a comment, and what has no id of its own, from a message.
COMMENT: Final = "comment:"
REACTION: Final = "reaction:"
_OURS: Final = (COMMENT, REACTION, "postback:")
_ATTACHMENTS: Final = {"image": "image", "video": "video", "audio": "audio", "document": "file"}
_ACTIONS: Final[dict[Signal, str]] = {"typing": "typing_on", "read": "mark_seen"}
# The platform fetches a file from its link before it answers.
_FETCHING: Final = (3.0, 15.0)
# Of a comment, the code for what can't be seen says that it is gone.
_OF_COMMENTS: Final[Verdicts] = {**MESSAGING, **codes("invalid", (100, 33))}


def post(graph: Graph, sender: str, access: Access, body: dict[str, Any], *, otherwise: str = "") -> str:
    """Send a body as the account; return the id of what was sent. Raises SendError."""
    is_file = "attachment" in body.get("message", {})
    timeout = _FETCHING if is_file else SENDING
    answer = graph.call("POST", f"{sender}/messages", access, body=body, timeout=timeout)
    return sent_id(answer, MESSAGING, otherwise=otherwise)


def react(graph: Graph, sender: str, access: Access, message: OutboundMessage, reaction: str) -> str:
    """Put a reaction on a message of theirs, or take ours back with ''. The answer names no message. Raises
    SendRejected for what the platform has no id of."""
    target = message.content.target
    if target.startswith(_OURS):
        raise SendRejected("local", "invalid")
    payload = {"message_id": target} | ({"reaction": reaction} if reaction else {})
    action = {"sender_action": "react" if reaction else "unreact", "payload": payload}
    body = {"recipient": {"id": message.to.value}, **action}
    return post(graph, sender, access, body, otherwise=REACTION + target)


def signal(graph: Graph, sender: str, access: Access, to: Address, shown: Signal) -> None:
    """Show that somebody writes (for 20 s), or that all of the shopper's messages are read."""
    body = {"recipient": {"id": to.value}, "sender_action": _ACTIONS[shown]}
    accepted(graph.call("POST", f"{sender}/messages", access, body=body, timeout=ASKING), MESSAGING)


def answer_comment(graph: Graph, access: Access, content: Content, edge: str) -> str:
    """Write under a comment, where everybody reads it; return the new comment's id, marked as one."""
    path = f"{quote(bare(content.target), safe='')}/{edge}"
    body = accepted(graph.call("POST", path, access, body={"message": content.text}), _OF_COMMENTS)
    found = identifier(body.get("id"))
    if not found:
        raise OutcomeUnknown("the answer can't be read")
    return COMMENT + found


def body_of(message: OutboundMessage, content: dict[str, Any]) -> dict[str, Any]:
    """The frame around a message's content. A private answer to a comment goes to the comment."""
    to = {"comment_id": bare(message.comment_id)} if message.comment_id else {"id": message.to.value}
    body: dict[str, Any] = {"recipient": to, "message": content}
    # A tap or a reaction has a name that we made: it can't be quoted.
    if message.reply_to and not message.comment_id and not message.reply_to.startswith(_OURS):
        body["reply_to"] = {"mid": message.reply_to}
    if message.tag:
        body |= {"messaging_type": "MESSAGE_TAG", "tag": message.tag}
    return body


def message_of(content: Content) -> dict[str, Any]:
    """A text, a file by its link, or a text with answers offered below it. Raises SendRejected for what
    neither channel takes."""
    if content.kind == "text":
        return {"text": content.text}
    if content.kind in FILE_KINDS and content.file is not None and content.file.url:
        payload = {"url": content.file.url, "is_reusable": False}
        return {"attachment": {"type": _ATTACHMENTS[content.kind], "payload": payload}}
    if content.kind == "quick_replies" and not any(button.url for button in content.buttons):
        offered = [
            {"content_type": "text", "title": button.title, "payload": button.id}
            for button in content.buttons
        ]
        return {"text": content.text, "quick_replies": offered}
    raise SendRejected("local", "invalid")


def bare(comment_id: str) -> str:
    """A comment's id as the platform writes it."""
    return comment_id.removeprefix(COMMENT)
