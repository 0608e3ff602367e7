"""Campaigns, their runs and recipients as the API shows them."""

import csv as tables
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from chalicelib.domain.campaigns.campaigns import MOVES, Campaign, may_move
from chalicelib.domain.campaigns.reasons import sentence_for
from chalicelib.domain.campaigns.results import codes, funnel, helds, of_currency, waits
from chalicelib.domain.campaigns.runs import Recipient
from chalicelib.domain.commerce.uplift import Uplift
from chalicelib.services.campaigns.report import Brought, Expected, Ran
from chalicelib.services.campaigns.try_on_staff import Tried
from functions.views import time

_COLUMNS: Final = (
    *("shopper_id", "state", "code", "reason", "how", "at", "channel", "connection_id", "thread_id"),
    *("message_id", "status", "sent_at", "delivered", "read", "clicked_at", "answered", "bought"),
    *("opted_out", "blocked", "category", "country", "cost_low", "cost_high", "currency", "revenue"),
)


def in_list(one: Campaign) -> dict[str, Any]:
    """can: what may be done with it now."""
    return {
        "campaign_id": one.campaign_id,
        "name": one.name,
        "state": one.state,
        "state_reason": one.state_reason or None,
        "state_words": one.state_words or None,
        "segment_id": one.segment_id,
        "next_at": time(one.next_at),
        "booked_at": time(one.booked_at),
        "created_at": time(one.created_at),
        "created_by": one.created_by,
        "runs": list(one.runs),
        "can": [move for move in MOVES if may_move(one, move)],
    }


def campaign(one: Campaign) -> dict[str, Any]:
    """history: what became of it, the latest last."""
    limit = None if one.limit is None else {"amount": _plain(one.limit), "currency": one.limit_currency}
    return in_list(one) | {
        "content": one.content,
        "schedule": one.schedule,
        "holdout": one.holdout,
        "limit": limit,
        "block_limit": one.block_limit,
        "flexible_minutes": int(one.flexible.total_seconds() // 60),
        "dry_run_id": one.dry_run_id or None,
        "dry_run_at": time(one.dry_run_at),
        "history": [
            {
                "at": time(happened.at),
                "what": happened.what,
                "about": time(happened.about),
                "by": happened.by or None,
                "words": happened.words or None,
            }
            for happened in one.history
        ],
    }


def dry_run(ran: Ran, expected: Expected) -> dict[str, Any]:
    """`state` is going until everybody was looked at, then finished."""
    return _counts(ran) | {
        "asked_at": time(ran.run.at),
        "state": "finished" if ran.is_finished else "going",
        "begins_at": time(expected.begins_at),
        "ends_at": time(expected.ends_at),
        "a_day": expected.a_day,
        "samples": [dict(sample) for sample in ran.samples],
    }


def run(ran: Ran, dry: Ran | None, brought: Brought | None) -> dict[str, Any]:
    """by_reason: how many were planned, and how many it came to, for each code."""
    planned, real = codes(dry.counts) if dry else {}, codes(ran.counts)
    return _counts(ran) | {
        "at": time(ran.run.at),
        "begun_at": time(ran.run.begun_at),
        "ended_at": time(ran.run.ended_at),
        "end_reason": ran.run.end_reason or None,
        "state": ran.run.state,
        "left": ran.counts.get("planned", 0),
        "by_reason": [
            {
                "code": code,
                "reason": sentence_for(code),
                "planned": planned.get(code, 0) if dry else None,
                "real": real.get(code, 0),
            }
            for code in sorted({*planned, *real})
        ],
        "funnel": funnel(ran.counts),
        "failed": ran.counts.get("failed", 0),
        "uncertain": ran.counts.get("uncertain", 0),
        "revenue": _amounts("revenue", ran.money),
        "held_out": {
            "shoppers": ran.counts.get("held_out", 0),
            "bought": ran.counts.get("control_bought", 0),
            "revenue": _amounts("control_revenue", ran.money),
        },
        "brought": _brought(brought),
    }


def tried(one: Tried) -> dict[str, Any]:
    """Whether it is on its way to one of the shop's people."""
    is_sent = one.verdict.decision == "send"
    return {
        "staff_id": one.staff.staff_id,
        "name": one.staff.name,
        "sent": is_sent,
        "code": one.verdict.code,
        "reason": "It is on its way." if is_sent else one.verdict.reason,
    }


def recipient(one: Recipient) -> dict[str, Any]:
    return {
        "shopper_id": one.shopper_id,
        "state": one.state,
        "code": one.code or None,
        "reason": sentence_for(one.code) if one.code else None,
        "held": one.held or None,
        "how": one.how or None,
        "at": time(one.at),
        "channel": one.channel or None,
        "connection_id": one.connection_id or None,
        "thread_id": one.thread_id or None,
        "message_id": _message_id(one),
        "status": one.status or None,
        "sent_at": time(one.sent_at),
        "delivered": one.is_delivered,
        "read": one.is_read,
        "clicked_at": time(one.clicked_at),
        "answered": one.is_answered,
        "bought": one.is_bought,
        "opted_out": one.is_opted_out,
        "blocked": one.is_blocked,
        "category": one.category or None,
        "country": one.country or None,
        "cost": {"low": _plain(one.low), "high": _plain(one.high), "currency": one.currency}
        if one.currency
        else None,
        "revenue": {currency: _plain(amount) for currency, amount in one.revenue.items()},
    }


def csv(found: Sequence[Recipient], *, has_head: bool) -> str:
    """One line each; the names of the columns stand on the first page."""
    page = io.StringIO()
    writer = tables.DictWriter(page, _COLUMNS, extrasaction="ignore")
    if has_head:
        writer.writeheader()
    for one in found:
        shown = recipient(one)
        cost = shown.pop("cost") or {}
        spent = " ".join(f"{amount} {currency}" for currency, amount in shown["revenue"].items())
        flat = {name: _cell(value) for name, value in shown.items()} | {"revenue": spent}
        writer.writerow(
            flat
            | {f"cost_{name}": cost.get(name, "") for name in ("low", "high")}
            | {"currency": cost.get("currency", "")}
        )
    return page.getvalue()


def _counts(ran: Ran) -> dict[str, Any]:
    """Everybody of the segment is in one of `goes`, `held_out_shoppers`, `waits` and `skipped`, or is not
    looked at yet. held: who of all these had to wait before."""
    counts, by_code, waiting = ran.counts, codes(ran.counts), waits(ran.counts)
    goes = by_code.pop("ok", 0)
    by_code.pop("held_out", None)
    skipped = {code: n - waiting.get(code, 0) for code, n in by_code.items()}
    return {
        "run_id": ran.run.run_id,
        "recipients": max(ran.run.shoppers, counts.get("shoppers", 0)),
        "looked_at": counts.get("shoppers", 0),
        "goes": goes,
        "by_how": {name: counts.get(f"how:{name}", 0) for name in ("text", "template")},
        "by_channel": _behind("channel:", counts),
        "held": _reasons(helds(counts)),
        "waits": _reasons(waiting),
        "skipped": _reasons({code: n for code, n in skipped.items() if n}),
        "held_out_shoppers": counts.get("held_out", 0),
        "cost": [
            {"currency": currency, "low": _plain(low), "high": _plain(high)}
            for currency, low, high in _costs(ran.money)
        ],
    }


def _reasons(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"code": code, "reason": sentence_for(code), "count": n} for code, n in counts.items()]


def _behind(prefix: str, counts: Mapping[str, int]) -> dict[str, int]:
    found = ((name.removeprefix(prefix), n) for name, n in counts.items() if name.startswith(prefix))
    return dict(sorted(found))


def _costs(money: Mapping[str, Decimal]) -> Iterable[tuple[str, Decimal, Decimal]]:
    low, high = of_currency("low", money), of_currency("high", money)
    for currency in sorted({*low, *high}):
        yield currency, low.get(currency, Decimal(0)), high.get(currency, Decimal(0))


def _amounts(name: str, money: Mapping[str, Decimal]) -> dict[str, str]:
    return {currency: _plain(amount) for currency, amount in of_currency(name, money).items()}


def _brought(brought: Brought | None) -> dict[str, Any] | None:
    """How many in a hundred more have bought than of those who were left alone, with 95 % confidence between
    low and high."""
    if brought is None:
        return None
    found: Uplift = brought.uplift
    shares = {"difference": found.difference, "low": found.low, "high": found.high}
    return {name: round(100 * share, 2) for name, share in shares.items()} | {
        "revenue": {currency: _plain(amount) for currency, amount in brought.revenue.items()}
    }


def _message_id(one: Recipient) -> str | None:
    return one.message.rpartition("#")[2] or None


def _plain(amount: Decimal) -> str:
    """Without an exponent, with two places at least and four at most."""
    text = f"{amount:.4f}"
    return text[:-2] if text.endswith("00") else text


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value
