"""How far a shopper has come with what they want to send back: the order, its lines, the reason, a photo."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.commerce.returns import REASONS, MayReturn, Reason, Refused, Return, ReturnRules
from chalicelib.domain.ids import digest

Asked = Literal["line", "reason", "photo"]
STEPS: Final = frozenset({"line", "reason", "photo"})
# What stands behind a button, after the step that it answers.
EVERYTHING: Final = "line:all"
DONE: Final = "photo:done"
PHOTO: Final = "photo:sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """order: which one, '<connection>/<id>'; lines: their ids; both were proven and choosable when they were
    chosen."""

    is_on: bool = False
    order: str = ""
    lines: tuple[str, ...] = ()
    reason: Reason | Literal[""] = ""


NO_BACK: Final = Back()


def line_choice(order: Order, line_id: str) -> str:
    """Behind a line's button: short, and of this order alone."""
    return f"line:{digest(order.connection_id, order.order_id, line_id)[:12]}"


def reason_choice(reason: Reason) -> str:
    """Behind a reason's button."""
    return f"reason:{reason}"


def answered(back: Back, choice: str, order: Order, may: Sequence[MayReturn], rules: ReturnRules) -> Back:
    """After a button. Another line or reason may be chosen as long as nothing is noted; what fits nowhere
    changes nothing."""
    going = tuple(one.line.line_id for one in may if one.left)
    lines = going if choice == EVERYTHING else tuple(_named(going, choice, order))
    if lines:
        return replace(back, lines=lines, reason="")
    reason = next((one for one in rules.reasons if reason_choice(one) == choice), None)
    return replace(back, reason=reason) if reason and back.lines else back


def completed(back: Back, may: Sequence[MayReturn], rules: ReturnRules) -> Back:
    """With what need not be asked: there is but one."""
    going = tuple(one.line.line_id for one in may if one.left)
    lines = back.lines or (going if len(going) == 1 else ())
    only = rules.reasons[0] if len(rules.reasons) == 1 else ""
    return replace(back, lines=lines, reason=back.reason or (only if lines else ""))


def still_open(back: Back) -> Asked:
    """What is asked next; the photo last."""
    return "line" if not back.lines else "reason" if not back.reason else "photo"


def refusal(may: Sequence[MayReturn], lines: Collection[str], zone: ZoneInfo) -> str:
    """Why none of these lines goes back, with the last day on which one did where it is too late; '' where
    it may. lines: () for any."""
    asked = [one for one in may if not lines or one.line.line_id in lines]
    refused: dict[Refused, datetime] = {}
    for one in asked:
        if one.refused:
            refused[one.refused] = max(one.until, refused.get(one.refused, one.until))
    if not refused or (not lines and any(one.left for one in asked)):
        return ""
    if "too_late" not in refused:
        return next(iter(refused))
    last = refused["too_late"] - timedelta(microseconds=1)
    return f"too_late {last.astimezone(zone).date().isoformat()}"


def same_wish(returns: Sequence[Return], thread_id: str, back: Back, since: datetime) -> Return | None:
    """What this talk has opened already, where it was cut short after that. since: when it asked last."""
    return next(
        (
            one
            for one in returns
            if (one.thread_id, one.state) == (thread_id, "requested")
            and one.requested_at >= since
            and {line.line_id for line in one.lines} == set(back.lines)
        ),
        None,
    )


def back_to_json(back: Back) -> dict[str, Any]:
    """As a thread's row keeps it; {} for nothing."""
    whole = {"on": back.is_on, "order": back.order, "lines": list(back.lines), "reason": back.reason}
    return {name: value for name, value in whole.items() if value}


def back_from_json(raw: Mapping[str, Any]) -> Back:
    """Read it back."""
    reason: Reason | Literal[""] = next((one for one in REASONS if one == raw.get("reason")), "")
    return Back(
        is_on=bool(raw.get("on")),
        order=raw.get("order", ""),
        lines=tuple(raw.get("lines", ())),
        reason=reason,
    )


def _named(going: Sequence[str], choice: str, order: Order) -> list[str]:
    return [one for one in going if line_choice(order, one) == choice]
