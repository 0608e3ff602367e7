"""What the messaging events of Messenger and Instagram say: one shape; where they differ, both are read.

Times are milliseconds. Source: developers.facebook.com/docs/messenger-platform/reference/webhook-events,
developers.facebook.com/docs/messenger-platform/instagram/features/webhook
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from chalicelib.domain.events import Address, Piece, SelfTest
from integrations.meta import comments, handover, notices, receipts, referrals, said
from integrations.meta.frame import Frame, Told, sender_of
from integrations.meta.kinds import COMMENTS, EVENTS, FEED, MENTIONS, SELF_TEST, TEMPLATE_STATUS
from integrations.meta.webhook import EVENT_LISTS, cut_messaging, is_of_shop, shopper_of
from integrations.reading import Malformed, first, mapping, read_each, required_id, unknown

_READERS: Final[dict[str, Callable[[Frame, Mapping[str, Any]], Told]]] = {
    "message": said.message,
    "postback": said.postback,
    "reaction": said.reaction,
    "message_edit": said.edit,
    "referral": referrals.referral,
    "optin": referrals.opt_in,
    "delivery": receipts.delivered,
    "read": receipts.seen,
    "pass_thread_control": handover.passed,
    "take_thread_control": handover.taken,
    "request_thread_control": handover.requested,
    "policy_enforcement": notices.policy,
    "app_roles": notices.app_roles,
    "account_linking": notices.account_linking,
}
_PARTIES: Final = frozenset({"sender", "recipient", "timestamp"})
# Done by the account itself, these have no meaning that anybody wrote down.
_OF_SHOPPERS_ONLY: Final = frozenset({"postback", "referral", "optin", "delivery", "read"})


def parse(body: Mapping[str, Any], kind: str, address_kind: str) -> Told:
    """Translate a body of this `object`, usually a piece, into what it says. Never raises."""
    return read_each(
        body, lambda body: cut_messaging(body, kind), lambda piece: _read_piece(piece, address_kind)
    )


def _read_piece(piece: Piece, address_kind: str) -> Told:
    entry = first(piece.body["entry"])
    name = next((name for name in EVENT_LISTS if entry.get(name)), None)
    if name is None:
        return _change(entry, piece, address_kind) if "field" in entry else unknown("empty", piece)
    event = first(entry[name])
    if not isinstance(event, dict):
        raise Malformed("an event is no object")
    if name == "changes":
        return _change(event, piece, address_kind)
    return _event(_frame(event, piece, address_kind, is_standby=name == "standby"))


def _change(change: Mapping[str, Any], piece: Piece, address_kind: str) -> Told:
    """A comment, a notice, our own test, or a messaging event as the dashboard's tests wrap it."""
    what, value = change.get("field"), mapping(change.get("value"))
    sent_at = mapping(first(piece.body["entry"])).get("time")
    if not isinstance(what, str):
        raise Malformed("a change of nothing")
    if what in COMMENTS:
        return comments.on_instagram(value, piece, address_kind, is_live=what == "live_comments")
    if what == FEED:
        return comments.on_page(value, piece, address_kind)
    if what == MENTIONS:
        return [notices.mention(value, sent_at)]
    if what == TEMPLATE_STATUS:
        return [notices.template_status(value, sent_at)]
    if what == SELF_TEST:
        return [SelfTest(required_id(value.get("nonce")))]
    if any(name in value for name in EVENTS):
        return _event(_frame(value, piece, address_kind, is_standby=what == "standby", is_sample=True))
    return unknown(what, piece)


def _frame(event: Mapping[str, Any], piece: Piece, address_kind: str, **how: bool) -> Frame:
    shopper = shopper_of(event, piece.account)
    wire = Address(address_kind, shopper) if shopper else None
    by_shop = is_of_shop(event) or sender_of(event) == piece.account
    return Frame(piece, event, wire, by_shop, **how)


def _event(frame: Frame) -> Told:
    name = next((known for known in EVENTS if known in frame.event), "")
    if not name:
        return unknown(next((other for other in frame.event if other not in _PARTIES), "empty"), frame.piece)
    content = frame.event[name]
    if not isinstance(content, dict):
        raise Malformed("an event without content")
    if content.get("is_self"):
        return unknown("self_message", frame.piece)
    if frame.wire is None and "user_ref" in {**mapping(frame.event.get("sender")), **content}:
        return unknown("user_ref", frame.piece)  # a plugin's visitor, whose id comes with a message
    if frame.by_shop and name in _OF_SHOPPERS_ONLY:
        return unknown(f"own_{name}", frame.piece)
    return _READERS[name](frame, content)
