"""What is asked of who wants to send something back, and what they are told at the end of it."""

from collections.abc import Sequence
from datetime import date

from chalicelib.domain.answering.decisions import Decision
from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.commerce.goods import Line
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.commerce.return_talk import DONE, EVERYTHING, line_choice, reason_choice
from chalicelib.domain.commerce.returns import rules_from
from chalicelib.domain.content import Button, Content
from chalicelib.domain.rendering import render
from chalicelib.domain.texts.isolation import apart, one_line
from chalicelib.domain.texts.order_sentences import order_texts
from chalicelib.domain.texts.return_questions import return_questions
from chalicelib.services.receiving.understand import RETURN, RETURN_OF
from chalicelib.services.sending.wording import Speaker
from chalicelib.services.shops.order_desk import called
from chalicelib.services.shops.return_desk import ReturnDesk
from chalicelib.services.shops.return_wording import return_text
from chalicelib.services.shops.update_wording import day_in_words


def content(
    decision: Decision, speaker: Speaker, takes: Capabilities, merchant_id: str, desk: ReturnDesk
) -> Content | None:
    """Of orders that they have proven to be theirs. None where what it is about has gone meanwhile."""
    ask, rules = return_questions(speaker.code, speaker.shop.tone), rules_from(speaker.shop.returns)
    if decision.kind == "return_noted":
        kept = desk.returns.one(merchant_id, decision.back)
        told = return_text(kept.told, rules, speaker.shop, speaker.code) if kept else ""
        return Content(kind="text", text=told) if told else None
    found = [desk.orders.recorded(merchant_id, *name) for name in decision.orders]
    orders = [one for one in found if one is not None]
    if not orders:
        return None
    match decision.kind:
        case "return_order":
            return _offer(ask.order, _orders(orders, speaker), takes)
        case "return_line":
            may = desk.lines(merchant_id, orders[0], rules, speaker.now)
            lines = [one.line for one in may if one.left]
            every = [Button(id=RETURN + EVERYTHING, title=ask.everything)]
            return _offer(ask.line, _lines(orders[0], lines, speaker.code) + every, takes)
        case "return_reason":
            reasons = [
                Button(id=RETURN + reason_choice(one), title=ask.reasons[one]) for one in rules.reasons
            ]
            return _offer(ask.reason, reasons, takes)
        case "return_photo":
            return _offer(ask.photo, [Button(id=RETURN + DONE, title=ask.done)], takes)
        case _:
            return Content(kind="text", text=_refusal(decision.back, orders[0], speaker))


def _refusal(why: str, order: Order, speaker: Speaker) -> str:
    """why: as `return_talk.refusal` tells it."""
    texts = return_questions(speaker.code, speaker.shop.tone)
    reason, _, last = why.partition(" ")
    day = day_in_words(date.fromisoformat(last), speaker.code) if last else ""
    head = _title(order, speaker)
    return f"{head}\n{getattr(texts, reason).format(date=day)}"


def _orders(orders: Sequence[Order], speaker: Speaker) -> list[Button]:
    return [Button(id=RETURN_OF + called(one), title=_title(one, speaker)) for one in orders]


def _title(order: Order, speaker: Speaker) -> str:
    form = order_texts(speaker.code, speaker.shop.tone).order
    return form.format(number=apart(one_line(order.number or order.order_id), speaker.code))


def _lines(order: Order, lines: Sequence[Line], language: str) -> list[Button]:
    return [Button(id=RETURN + line_choice(order, one.line_id), title=_line(one, language)) for one in lines]


def _line(line: Line, language: str) -> str:
    name = ", ".join(filter(None, (one_line(line.title), one_line(line.variant)))) or line.line_id
    return apart(name, language)


def _offer(text: str, buttons: list[Button], takes: Capabilities) -> Content:
    """As many as fit into one message; the last of them always does."""
    offered = list(buttons)
    while len(offered) > 1:
        parts = render(Content(kind="quick_replies", text=text, buttons=tuple(offered)), takes)
        if len(parts) == 1:
            return parts[0]
        del offered[-2]
    return render(Content(kind="quick_replies", text=text, buttons=tuple(offered)), takes)[-1]
