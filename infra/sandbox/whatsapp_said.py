"""What a shopper's message on WhatsApp holds, as Meta writes it: made of the event of a control call.

Source: developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components,
developers.facebook.com/docs/whatsapp/flows/reference/responsemsgwebhook (forms)
"""

import json
import re
from typing import Any, Final

from .base import Act
from .state import Json

_AD: Final = {
    "source_url": "https://fb.me/sandbox-ad",
    "source_id": "120200000000000001",
    "source_type": "ad",
    "headline": "New in our shop",
    "body": "Write to us",
    "media_type": "image",
    "image_url": "https://scontent.example/ad.jpg",
    "ctwa_clid": "ARAkLkA8rmlFeiCktEJQ-QTwRiyYHAFDLMNDBH0CD3qpjd0HR4irJ6LE",
}
_ITEM: Final = {"product_retailer_id": "SKU-1", "quantity": 2, "item_price": 12.5, "currency": "USD"}
_TITLES: Final = {
    131000: "Something went wrong",
    131026: "Message undeliverable",
    131047: "Re-engagement message",
    131049: "Healthy ecosystem",
    131051: "Message type unknown",
    131052: "Media download error",
}


def error(code: int) -> Json:
    """The error object inside a message, a `failed` status or a value."""
    title = _TITLES.get(code, "Something went wrong")
    return {
        "code": code,
        "title": title,
        "message": title,
        "error_data": {"details": f"{title}."},
        "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    }


def referral(act: Act) -> Json | None:
    """The ad that led here: `referral` of the event, true for a sample, or an object laid over it."""
    given = act.more.get("referral")
    if not given:
        return None
    laid_over = given if isinstance(given, dict) else {}
    ref = {"source_id": str(act.more["ref"])} if "ref" in act.more else {}
    return {name: value for name, value in (_AD | ref | laid_over).items() if value is not None}


def context(act: Act, number: str, answered: str | None) -> Json | None:
    """What the message answers, how often it was passed on (`forwarded`), and what it is about
    (`product`)."""
    found: Json = {"from": number, "id": answered} if answered else {}
    if forwarded := act.more.get("forwarded"):
        found["frequently_forwarded" if forwarded == "often" else "forwarded"] = True
    if product := act.more.get("product"):
        found["referred_product"] = {"catalog_id": "194836987003835", "product_retailer_id": str(product)}
    return found or None


def location(act: Act) -> Json:
    place = {"latitude": act.more.get("latitude", 51.5007), "longitude": act.more.get("longitude", -0.1246)}
    return place | _there(act, name=act.text, address=act.more.get("address"), url=act.more.get("url"))


def contact(act: Act) -> Json:
    """`own`: the shopper's own card, for a shop that asked for their number."""
    name = act.text or "Sam Example"
    number = str(act.more.get("number", "+15550100200"))
    card: Json = {
        "name": {"formatted_name": name, "first_name": name.split()[0]},
        "phones": [{"phone": number, "wa_id": re.sub(r"\D", "", number), "type": "CELL"}],
    }
    if act.more.get("email"):
        card["emails"] = [{"email": act.more["email"], "type": "WORK"}]
    return card | {"origin": "contact_request" if act.more.get("own") else "other"}


def order(act: Act) -> Json:
    items = act.more.get("items") or [_ITEM]
    return {"catalog_id": "194836987003835", "text": act.text, "product_items": items}


def form(act: Act) -> Json:
    """`answers` of a form, which come as JSON within a string; `flow_token` null leaves that out."""
    answers = dict(act.more.get("answers") or {"size": "M"})
    if token := act.more.get("flow_token", "sandbox-flow"):
        answers["flow_token"] = token
    name, body = act.more.get("name", "flow"), act.text or "Sent"
    reply = {"name": name, "body": body, "response_json": json.dumps(answers)}
    return {"type": "nfm_reply", "nfm_reply": reply}


def call_permission(act: Act) -> Json:
    """Whether the shop may call: `response` is accept or reject."""
    response = str(act.more.get("response", "accept"))
    until = {"expiration_timestamp": int(act.at) + 7 * 24 * 3600} if response == "accept" else {}
    reply = {"response": response, "response_source": "user_action"} | until
    return {"type": "call_permission_reply", "call_permission_reply": reply}


def reaction(act: Act, target: Any) -> Json:
    """No `emoji` at all where the event has null: taking it back is told in both ways."""
    emoji = act.more.get("emoji", act.text or "👍")
    return {"message_id": target} | ({} if emoji is None else {"emoji": str(emoji)})


def changed(row: Json, text: str) -> Json:
    """The message of a row with another text: its words, or its caption."""
    if row["kind"] in ("image", "video", "document"):
        return {"type": row["kind"], row["kind"]: {"id": row["id"][-16:], "caption": text}}
    return {"type": "text", "text": {"body": text}}


def _there(act: Act, **details: Any) -> Json:
    return {name: value for name, value in details.items() if value}
