"""Domain objects as the API shows them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final

from chalicelib.domain import facts, surveys
from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.connections import Connection, Finding
from chalicelib.domain.content import Content, content_to_json
from chalicelib.domain.events import Media
from chalicelib.domain.files import LINK_LIVES, shown_state
from chalicelib.domain.gate.prospects import rules_from
from chalicelib.domain.merchants import Key, Merchant, Shop
from chalicelib.domain.messages import Message
from chalicelib.domain.people import Merge, Person
from chalicelib.domain.promise.opening_rules import SUGGESTED_WEEK
from chalicelib.domain.surveys import Survey
from chalicelib.domain.threads import Thread
from chalicelib.ports.afterwards import KeptNotice
from chalicelib.ports.commerce import KeptCart, KeptOrder

# So long after a campaign's message an answer is taken to be one to it.
CAMPAIGN_SHOWN_FOR: Final = timedelta(days=7)


def time(at: datetime | None) -> str | None:
    """ISO 8601, UTC, to the millisecond."""
    return None if at is None else at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def thread(one: Thread) -> dict[str, Any]:
    shown = {
        "thread_id": one.thread_id,
        "shopper_id": one.shopper_id,
        "channel": one.channel,
        "connection_id": one.connection_id,
        "shopper_name": one.shopper_name,
        "language": one.language,
        "state": one.state,
        "last_message_at": time(one.spoken_at),
        "last_text": one.last_text,
        "waiting_since": time(one.waiting_since),
        "promised_at": time(one.promised_at),
        "flag": one.flag,
        "assignee": one.assignee or None,
        "tags": list(one.tags),
        "referral": one.referral,
        "link": one.link,
        "preference": one.preference,
        "unreachable": one.unreachable,
        "held_by": one.held_by,
    }
    always = (
        *("thread_id", "shopper_id", "channel", "connection_id", "shopper_name", "state", "tags"),
        *("last_message_at", "last_text"),
    )
    return {name: value for name, value in shown.items() if value or name in always}


def campaign_of(one: Thread, now: datetime) -> dict[str, Any]:
    """Which campaign's message they got of late: what they write is mostly about that."""
    found = one.campaign
    if found is None or now - found.at > CAMPAIGN_SHOWN_FOR:
        return {}
    told = {"campaign_id": found.campaign_id, "name": found.name, "at": time(found.at)}
    return {"campaign": told}


def message(
    one: Message,
    file: Callable[[Media], dict[str, Any]] | None = None,
    ids: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """file: how the files that came with it are shown; without, they are only named. ids: of messages around
    it, ours by the channel's."""
    answered = one.details.get("answers", "") if one.author != "shopper" else ""
    shown = {
        "message_id": one.message_id,
        "from": one.author,
        "kind": one.kind,
        "text": one.text,
        "sent_at": time(one.sent_at),
        "status": one.status,
        "reason": one.reason or None,
        "by": one.by or None,
        "channel_message_id": one.channel_message_id or None,
        "reply_to": one.reply_to or None,
        "reply_to_message_id": answered or (ids or {}).get(one.reply_to),
        "reactions": sorted(filter(None, map(facts.emoji_of, one.reactions.values()))) or None,
        "media": [(file or _named)(media) for media in one.media] or None,
    }
    optional = (
        *("reason", "by", "reactions", "media"),
        *("channel_message_id", "reply_to", "reply_to_message_id"),
    )
    plain = {name: value for name, value in shown.items() if value or name not in optional}
    return plain | {name: value for name, value in _beside(one).items() if value}


def _beside(one: Message) -> dict[str, Any]:
    """What a message holds besides its words: of ours what was sent, of the shopper's what they chose."""
    more: dict[str, Any] = {"edited_at": time(facts.edited_at(one.edited)), "deleted": bool(one.deleted_at)}
    if "campaign_name" in one.details:
        more["campaign"] = one.details["campaign_name"]
    if one.author != "shopper":
        decision = one.details.get("decision") if one.author == "auto" else None
        return more | {"content": content(one.content) if one.content else None, "decision": decision}
    details = {name: value for name, value in one.details.items() if name != "choice"}
    return more | {"payload": one.payload, "choice": one.details.get("choice"), "details": details}


def content(one: Content) -> dict[str, Any]:
    """As the body of a reply has it. options: what the numbers of a text mean."""
    told = content_to_json(one)
    file = {name: value for name, value in told.get("file", {}).items() if name != "key"}
    offered = {"label": one.label, "sections": told.get("sections", [])}
    shown = {
        "header": one.header,
        "footer": one.footer,
        "media": file,
        "location": told.get("place"),
        one.kind if one.kind == "quick_replies" else "buttons": told.get("buttons"),
        "list": offered if one.sections else None,
        "template": told.get("template"),
        "options": told.get("options"),
    }
    return {name: value for name, value in shown.items() if value}


def window(one: Thread, takes: Capabilities) -> dict[str, Any] | None:
    """Until when the channel takes free messages, and people's answers; None where it always does."""
    if takes.window is None:
        return None
    if one.opened_at is None:
        why = "The shopper has done nothing yet that opens the channel to free messages."
        return {"open_until": None, "human_until": None, "why": why}
    anyone, human = takes.window.anyone, takes.window.human
    why = f"Free messages are taken for {_hours(anyone)} after the shopper last wrote or acted"
    why += f", answers of people for {_hours(human)}." if human > anyone else "."
    return {
        "open_until": time(one.opened_at + anyone),
        "human_until": time(one.opened_at + human),
        "why": why,
    }


def _hours(span: timedelta) -> str:
    return f"{span // timedelta(hours=1)} hours" if span < timedelta(days=2) else f"{span.days} days"


def files(link: Callable[[Media], str], now: datetime) -> Callable[[Media], dict[str, Any]]:
    """Files with where they can be had: ours by `link`, others by the channel's own until it runs out."""

    def show(media: Media) -> dict[str, Any]:
        state = shown_state(media, now)
        url, expires_at = "", media.expires_at
        if state == "ready":
            url, expires_at = link(media), now + LINK_LIVES
        elif state == "link":
            url = media.url
        more = {
            "size": media.size,
            "caption": media.caption,
            "reason": media.reason,
            "url": url,
            "expires_at": time(expires_at),
        }
        return _named(media) | {"state": state} | {name: value for name, value in more.items() if value}

    return show


def _named(media: Media) -> dict[str, Any]:
    return {"mime_type": media.mime_type, "filename": media.filename}


def shopper(
    one: Person, channels: Mapping[str, str], merges: Iterable[Merge], phone: str | None
) -> dict[str, Any]:
    """channels: of the merchant's connections. phone: digits."""
    shown = {
        "shopper_id": one.shopper_id,
        "name": one.name,
        "language": one.language,
        "addresses": [
            {
                "connection_id": place.connection_id,
                "channel": channels.get(place.connection_id, ""),
                "kind": place.address.kind,
                "value": place.address.value,
            }
            for place in one.places
        ],
        "threads": list(one.threads),
        "carts": list(one.carts),
        "merges": [merge(done) for done in merges],
    }
    return shown | ({"phone": f"+{phone}"} if phone else {})


def merge(one: Merge) -> dict[str, Any]:
    proof = {"kind": one.proof.kind} | ({"note": one.proof.note} if one.proof.note else {})
    shown = {
        "merge_id": one.merge_id,
        "merged": one.merged,
        "proof": proof,
        "at": time(one.at),
        "by": one.by or None,
    }
    return shown | ({"undone_at": time(one.undone_at)} if one.undone_at else {})


def connection(
    one: Connection, takes: Capabilities | None, webhook_url: str, findings: Iterable[Finding]
) -> dict[str, Any]:
    """takes: what its channel can, None for a shop. findings: all there is to see to."""
    shown: dict[str, Any] = {
        "connection_id": one.connection_id,
        "channel": one.channel,
        "name": one.name,
        "account": one.account,
        "status": one.status,
        "webhook_url": webhook_url,
        "connected_at": time(one.connected_at),
        "next_steps": list(one.next_steps),
        **health(one, findings),
    }
    if one.verify_token and takes and takes.handshake:
        shown["verify_token"] = one.verify_token
    return shown


def health(one: Connection, findings: Iterable[Finding]) -> dict[str, Any]:
    """What the last check has found, and when it was."""
    return {
        "checked_at": time(one.checked_at),
        "token_expires_at": time(one.token_expires_at),
        "findings": [
            {"code": found.code, "severity": found.severity, "message": found.message} for found in findings
        ],
    }


def notice(one: KeptNotice) -> dict[str, Any]:
    """What a channel has told of an account or a template."""
    return {
        "at": time(one.at),
        "kind": one.notice.kind,
        "subject": one.notice.subject or None,
        "problem": one.notice.problem or None,
        "details": dict(one.notice.details),
    }


def merchant(one: Merchant) -> dict[str, Any]:
    return {"merchant_id": one.merchant_id, "name": one.name, "created_at": time(one.created_at)}


def key(one: Key) -> dict[str, Any]:
    return {"key_id": one.key_id, "name": one.name, "role": one.role, "created_at": time(one.created_at)}


def survey(one: Survey) -> dict[str, Any]:
    """What was answered when the shop asked how it was."""
    shown = {
        "thread_id": one.thread_id,
        "channel": one.channel,
        "asked_at": time(one.asked_at),
        "score": one.score,
        "scored_at": time(one.scored_at),
        "solved_at_first_contact": one.is_solved,
        "solved_at": time(one.solved_at),
    }
    return {name: value for name, value in shown.items() if value is not None}


def shop(one: Shop) -> dict[str, Any]:
    """Hours are suggested until some are set."""
    shown = {
        "name": one.name,
        "zone": one.zone,
        "country": one.country,
        "languages": list(one.languages),
        "tone": one.tone,
        "currency": one.currency,
        "opening_hours": one.opening_hours,
        "holidays": list(one.holidays),
        "special_days": one.special_days,
        "public_holidays": one.public_holidays,
        "connections": one.connections,
        "texts": one.texts,
        "targets": one.targets,
        "colours": dict(one.colours),
        "paused": one.paused,
        "marketing": asdict(rules_from(one.marketing)),
        "survey": {"ask": surveys.rules_from(one.survey)},
        "carts": {"on": False, **one.carts},
        "orders": {"on": False, **one.orders},
        "returns": {"on": False, **one.returns},
    }
    return shown if one.opening_hours is not None else shown | {"suggested_hours": SUGGESTED_WEEK}


def kept_cart(kept: KeptCart) -> dict[str, Any]:
    """state: open, bought or gone; shopper_id: whose it is, null while nobody knows."""
    cart, flow = kept.cart, kept.flow
    return {
        "cart_id": cart.cart_id,
        "connection_id": cart.connection_id,
        "state": "bought" if cart.bought_at else "gone" if cart.gone_at else "open",
        "updated_at": time(cart.at),
        "shopper_id": flow.shopper_id or None,
        "reminders": [{"at": time(one.at), "number": one.number, "code": one.code} for one in flow.steps],
        "ended": flow.ended or None,
    }


def kept_order(kept: KeptOrder) -> dict[str, Any]:
    """shopper_id: whose it is, null while nobody knows."""
    order = kept.order
    return {
        "order_id": order.order_id,
        "connection_id": order.connection_id,
        "number": order.number,
        "state": order.state,
        "paid": order.paid,
        "placed_at": time(order.placed_at),
        "updated_at": time(order.at),
        "total": str(order.total),
        "currency": order.currency,
        "parcels": [
            {
                "parcel_id": one.parcel_id,
                "state": one.state,
                "updated_at": time(one.at),
                "courier": one.courier,
                "number": one.number,
                "url": one.url,
                "promised_on": one.promised_on.isoformat() if one.promised_on else None,
            }
            for one in order.parcels
        ],
        "shopper_id": kept.shopper_id or None,
    }
