"""The shop's reports. Each tells of whole months; it is read from counters, never from the conversations."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from chalice.app import Request, Response

from functions import faq, views
from functions.api import ApiError, as_json, key_of, query_of
from functions.months import months_asked
from functions.wiring import wired

if TYPE_CHECKING:
    from chalicelib.domain.reports import Hour, Open
    from chalicelib.services.report import ContactsOf, OfChannel, OfConnection
    from chalicelib.services.shops.cart_report import CartReport

# Response times are kept by the hour: so many months are one read.
MOST_MONTHS_OF_TIMES: Final = 3
MOST_MONTHS: Final = 13


def read(request: Request, name: str) -> Response:
    """One of the reports, by its name."""
    report = REPORTS.get(name)
    if report is None:
        known = ", ".join(REPORTS)
        raise ApiError(404, "not_found", f"There is no such report. There are: {known}.")
    return report(request)


def response_times(request: Request) -> Response:
    """How long shoppers waited and what they had been promised, by channel, connection and hour of the week;
    and who waits now."""
    key, query, now = key_of(request), query_of(request), wired().clock.now()
    zone = wired().shops.shop(key.merchant_id).zone
    channel = query.one_of("channel", wired().channel_names)
    months = months_asked(query, now, zone, MOST_MONTHS_OF_TIMES)
    told = wired().work.report.response_times(key.merchant_id, months, channel, now)
    left = {str(name): count for name, count in told.by_left.items()}
    waiting: dict[str, Any] = {"waiting": told.waiting, "looked_at": told.looked_at, **left}
    return as_json(
        {
            "months": months,
            "zone": zone,
            "channels": [_of_channel(one) for one in told.channels],
            "connections": [_of_connection(one) for one in told.connections],
            "open": waiting | {"urgent": [_open(one) for one in told.urgent]},
        }
    )


def contacts(request: Request) -> Response:
    """When shoppers turn to the shop, what they complain of, how they found it, and who writes most."""
    key, query, now = key_of(request), query_of(request), wired().clock.now()
    zone = wired().shops.shop(key.merchant_id).zone
    channel = query.one_of("channel", wired().channel_names)
    months = months_asked(query, now, zone, MOST_MONTHS)
    told = wired().work.report.contacts(key.merchant_id, months, channel)
    return as_json(
        {
            "months": months,
            "zone": zone,
            **_contacts(told.total),
            "channels": [{"channel": one.channel} | _contacts(one) for one in told.channels],
            "writes_most": {
                "looked_at": told.looked_at,
                "items": [asdict(one) for one in told.writers],
            },
        }
    )


def carts(request: Request) -> Response:
    """How many carts were left, whose buyers were reminded, and what that brought."""
    key, query, now = key_of(request), query_of(request), wired().clock.now()
    months = months_asked(query, now, "UTC", MOST_MONTHS)
    told = wired().work.report_carts(key.merchant_id, months)
    return as_json(
        {
            "months": months,
            "carts": told.carts,
            "reachable": told.reachable,
            "reached": told.reached,
            "held_out": told.held_out,
            "skipped": told.skipped,
            "recovered": told.recovered,
            "revenue": [{"currency": name, "minor": minor} for name, minor in told.revenue.items()],
            "uplift": _uplift(told),
        }
    )


def returns(request: Request) -> Response:
    """What was sent back, why, and what was paid back for it."""
    key, query, now = key_of(request), query_of(request), wired().clock.now()
    months = months_asked(query, now, "UTC", MOST_MONTHS)
    told = wired().work.report_returns(key.merchant_id, months)
    return as_json(
        {
            "months": months,
            "states": told.states,
            "reasons": told.reasons,
            "products": [asdict(one) for one in told.products],
            "refunded": [{"currency": name, "minor": minor} for name, minor in told.refunded.items()],
        }
    )


REPORTS: Final[Mapping[str, Callable[[Request], Response]]] = {
    "response-times": response_times,
    "contacts": contacts,
    "carts": carts,
    "returns": returns,
    "unanswered": faq.unanswered,
}


def _of_channel(one: "OfChannel") -> dict[str, Any]:
    return {"channel": one.channel, **asdict(one.answered), "hours": _hours(one.hours)}


def _of_connection(one: "OfConnection") -> dict[str, Any]:
    named = {
        "connection_id": one.connection.connection_id,
        "channel": one.connection.channel,
        "name": one.connection.name,
    }
    told = one.promise
    promise = {
        "kind": told.kind,
        "within_s": told.within_s or None,
        "due": views.time(told.due),
        "opens": views.time(told.opens),
    }
    hours = [
        shown | {"promised_s": each.promised_s}
        for shown, each in zip(_hours(one.hours), one.hours, strict=True)
    ]
    return {**named, "promise": promise, **asdict(one.answered), "hours": hours}


def _hours(hours: "list[Hour]") -> list[dict[str, Any]]:
    return [{"weekday": one.weekday, "hour": one.hour, **asdict(one.answered)} for one in hours]


def _open(one: "Open") -> dict[str, Any]:
    return {
        "thread_id": one.thread_id,
        "connection_id": one.connection_id,
        "waiting_since": views.time(one.waiting_since),
        "promised_at": views.time(one.promised_at),
        "left": one.left,
        "share_left": one.share_left,
    }


def _uplift(told: "CartReport") -> dict[str, Any]:
    """How many more in a hundred bought than of those who were left alone."""
    groups = {"reminded": asdict(told.treated), "left_alone": asdict(told.control)}
    if told.uplift is None:
        return {"told": False, "message": "too few to tell", **groups}
    points = {name: round(100 * value, 2) for name, value in asdict(told.uplift).items()}
    return {"told": True, **points, **groups}


def _contacts(one: "ContactsOf") -> dict[str, Any]:
    hours = [{"weekday": day, "hour": hour, "spells": spells} for day, hour, spells in one.hours]
    return {
        "spells": one.spells,
        "hours": hours,
        "complaints": one.complaints,
        "satisfaction": asdict(one.satisfaction),
    }
