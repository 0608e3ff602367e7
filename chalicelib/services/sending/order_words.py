"""What is said of orders: how one stands, which one it is, and what is needed to look for it."""

from collections.abc import Callable, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from chalicelib.domain.answering.decisions import DecisionKind
from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.commerce.orders import Order, Refund
from chalicelib.domain.commerce.stages import Stage, is_late, parcels_of, reached, stage_of
from chalicelib.domain.commerce.updates import Update
from chalicelib.domain.content import Button, Content
from chalicelib.domain.rendering import render
from chalicelib.domain.texts.isolation import apart, one_line
from chalicelib.domain.texts.order_sentences import order_texts
from chalicelib.domain.texts.update_texts import update_texts
from chalicelib.services.receiving.understand import ORDER
from chalicelib.services.sending.wording import Speaker
from chalicelib.services.shops.order_desk import called
from chalicelib.services.shops.update_wording import Told, stage_sentence, update_text

_MOST_PARCELS: Final = 3


def content(
    kind: DecisionKind,
    orders: Sequence[Order],
    speaker: Speaker,
    takes: Capabilities,
    page_of: Callable[[Order, str], str],
) -> Content:
    """orders: that they have proven to be theirs. page_of: where one shows how far it is, in a language."""
    texts = order_texts(speaker.code, speaker.shop.tone)
    if kind == "order_choice" and len(orders) > 1:
        return _choice(orders, speaker, takes, page_of)
    if orders:
        page = page_of(orders[0], speaker.code)
        whole = state(orders[0], speaker, page)
        return _text(whole if takes.text.fits(whole) else state(orders[0], speaker, page, _MOST_PARCELS))
    said = {"order_proof": texts.proof, "order_not_found": texts.not_found}.get(kind, texts.number)
    return _text(said)


def state(order: Order, speaker: Speaker, page: str, most_parcels: int = 10) -> str:
    """How it stands, its parcels with courier, number and page, and the promised day while that is ahead."""
    zone = ZoneInfo(speaker.shop.zone or "UTC")
    stage = _stage(order)
    parcels = tuple(one for one in parcels_of(order) if stage_of(one) == stage or one.number)[:most_parcels]
    told = Told(
        update=Update(stage=stage, keys=(), at=order.at, parcels=parcels, refund=_refund(order, stage)),
        order=order,
        shop=speaker.shop,
        language=speaker.code,
        page_url=page,
        now=speaker.now,
    )
    lines = update_text(told)
    texts = update_texts(speaker.code, speaker.shop.tone)
    if is_late(order, zone, speaker.now):
        return f"{lines}\n\n{stage_sentence('delayed', texts)}"
    if stage == "cancelled" and order.paid == "refunded":
        return f"{lines}\n{stage_sentence('refunded', texts)}"
    return lines


def _stage(order: Order) -> Stage:
    if order.state == "open" and order.paid == "refunded":
        return "refunded"
    return reached(order)


def _refund(order: Order, stage: Stage) -> Refund | None:
    return max(order.refunds, key=lambda one: one.at, default=None) if stage == "refunded" else None


def _choice(
    orders: Sequence[Order], speaker: Speaker, takes: Capabilities, page_of: Callable[[Order, str], str]
) -> Content:
    """As many of them as fit into one message."""
    texts = order_texts(speaker.code, speaker.shop.tone)
    offered = list(orders)
    while len(offered) > 1:
        buttons = tuple(
            Button(id=ORDER + called(one), title=_title(one, texts.order, speaker.code)) for one in offered
        )
        parts = render(Content(kind="quick_replies", text=texts.which, buttons=buttons), takes)
        if len(parts) == 1:
            return parts[0]
        offered.pop()
    return _text(state(orders[0], speaker, page_of(orders[0], speaker.code)))


def _title(order: Order, form: str, language: str) -> str:
    return form.format(number=apart(one_line(order.number or order.order_id), language))


def _text(text: str) -> Content:
    return Content(kind="text", text=text)
