"""What shoppers send back, as people of the shop work on it."""

from decimal import Decimal
from typing import Any, Final

from chalice.app import Request, Response

from chalicelib.domain.commerce.returns import RETURN_STATES, CantMove, Return, ReturnState
from chalicelib.services.shops.open_return import NotTakenBack, NotTheirs, Wish
from chalicelib.services.shops.returns import NoSuch, Step
from chalicelib.services.threads.write_thread import NotFound
from functions import views
from functions.api import ApiError, as_json, body_of, decoded, encoded, key_of, once_of, query_of
from functions.wiring import wired

_NO_RETURN: Final = "There is no such return."
_REFUSED: Final = {
    "off": "The shop takes nothing back by its settings (`returns.on`)",
    "excluded": "The shop's settings leave this product out",
    "too_late": "The days in which it could be sent back are over",
    "returned": "So many of it are not left: they go back already, or were paid back",
    "cancelled": "The order was called off",
}
_NONE: Final = {
    "order_id": "There is no such order.",
    "lines": "The order has no such line.",
    "reason": "The shop's settings have no such reason; `anyway` takes it all the same.",
    "photos": "A photo is named by the id of the shopper's message in this thread that has it.",
}


def listing(request: Request) -> Response:
    """The latest first."""
    key, query = key_of(request), query_of(request)
    state, limit = query.one_of("state", RETURN_STATES), query.limit()
    states = [one for one in RETURN_STATES if state in (None, one)]
    before = decoded(query.cursor())
    found = [
        kept.told for one in states for kept in wired().returns.in_state(key.merchant_id, one, before, limit)
    ]
    page = sorted(found, key=lambda one: one.cursor, reverse=True)[:limit]
    following = encoded(page[-1].cursor) if len(page) == limit else None
    return as_json({"items": [shown(one) for one in page], "next": following})


def read(request: Request, return_id: str) -> Response:
    """One of them."""
    kept = wired().returns.one(key_of(request).merchant_id, return_id)
    if kept is None:
        raise ApiError(404, "not_found", _NO_RETURN)
    return as_json(shown(kept.told))


def create(request: Request) -> Response:
    """Opened for a shopper, who is told that it is noted. The same `Idempotency-Key` again answers with the
    same return, as it is by then."""
    key, body = key_of(request, "owner", "agent"), body_of(request, "return")
    wish = Wish(
        thread_id=body["thread_id"],
        connection_id=body["connection_id"],
        order_id=body["order_id"],
        lines={one["line_id"]: one.get("quantity", 1) for one in body["lines"]},
        reason=body.get("reason", "other"),
        note=body.get("note", ""),
        photos=tuple(body.get("photos", ())),
        anyway=body.get("anyway", False),
        by=key.name,
        once=once_of(request),
    )
    try:
        one = wired().work.open_return(key.merchant_id, wish, wired().clock.now())
    except NotFound:
        raise ApiError(404, "not_found", "There is no such thread.", "thread_id") from None
    except NoSuch as error:
        raise ApiError(404, "not_found", _NONE[error.field], error.field) from None
    except NotTheirs:
        raise ApiError(409, "not_theirs", "This order is another shopper's.", "order_id") from None
    except NotTakenBack as error:
        can_force = error.refused in ("off", "excluded", "too_late", "cancelled")
        told = _REFUSED[error.refused] + ("; `anyway` takes it back all the same." if can_force else ".")
        raise ApiError(409, error.refused, told, "lines") from None
    return as_json(shown(one), 201)


def change(request: Request, return_id: str) -> Response:
    """Its next state, which the shopper is told."""
    key, body = key_of(request, "owner", "agent"), body_of(request, "return_change")
    state: ReturnState = body["state"]
    if "amount" in body and state != "refunded":
        raise ApiError(400, "invalid", "An amount goes with the state refunded.", "amount")
    step = Step(
        state=state,
        words=body.get("instructions", ""),
        label_url=body.get("label_url", ""),
        amount=Decimal(str(body["amount"])) if "amount" in body else None,
        by=key.name,
    )
    try:
        one = wired().work.returns.move(key.merchant_id, return_id, step, wired().clock.now())
    except NoSuch:
        raise ApiError(404, "not_found", _NO_RETURN) from None
    except CantMove:
        text = "A return goes on to approved, received, refunded, or ends; it never goes back."
        raise ApiError(409, "not_possible", text, "state") from None
    return as_json(shown(one))


def shown(one: Return) -> dict[str, Any]:
    """history: when it came to each state, and who of the shop said so, null where the shop system did."""
    return {
        "return_id": one.return_id,
        "state": one.state,
        "connection_id": one.connection_id,
        "order_id": one.order_id,
        "number": one.number,
        "thread_id": one.thread_id,
        "shopper_id": one.shopper_id,
        "lines": [
            {"line_id": line.line_id, "quantity": line.quantity, "title": line.title} for line in one.lines
        ],
        "reason": one.reason,
        "note": one.note,
        "photos": list(one.photos),
        "instructions": one.instructions,
        "label_url": one.label_url,
        "amount": None if one.amount is None else str(one.amount),
        "currency": one.currency,
        "history": [
            {"state": step.state, "at": views.time(step.at), "by": step.by or None} for step in one.steps
        ],
    }
