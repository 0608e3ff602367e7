"""Consent: what was said, by whom and how; what comes from elsewhere; and whether we may send."""

import re
from datetime import datetime
from typing import Any, Final

from chalice.app import Request, Response

from chalicelib.domain.consent.brought import NotProven, need_proof, told_at
from chalicelib.domain.consent.records import Consent, State
from chalicelib.domain.gate import Verdict
from chalicelib.domain.gate.countries import DO_NOT_CALL, IYS
from chalicelib.domain.merchants import Role
from chalicelib.ports.consents import Unclear, row_of
from chalicelib.services.people.consents import Named, NoAddress, Noted
from chalicelib.services.people.people import NoSuchShopper
from chalicelib.services.sending.explain import PURPOSES
from functions import views
from functions.api import ApiError, as_json, body_of, key_of, query_of
from functions.wiring import wired

_MARKETING: Final[tuple[Role, ...]] = ("owner", "marketer")
_NO_SHOPPER: Final = "There is no such shopper."
_NO_ROOM: Final = "There is no such list: it is unclear, iys or do_not_call."
# As the registries call it -> what it means.
_LISTED: Final[dict[str, State]] = {"ONAY": "given", "RET": "withdrawn"}
_MONTH: Final = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])", re.ASCII)


def can_send(request: Request, shopper_id: str) -> Response:
    """The gate's answer about a message that nobody has written yet, on each of the shopper's channels."""
    key, query = key_of(request), query_of(request)
    asked = query.one_of("purpose", tuple(PURPOSES)) or "marketing"
    channel = query.one_of("channel", wired().channel_names) or ""
    now = wired().clock.now()
    try:
        said = wired().work.explain(key.merchant_id, shopper_id, PURPOSES[asked], channel, now)
    except NoSuchShopper:
        raise ApiError(404, "not_found", _NO_SHOPPER) from None
    threads = [
        {"thread_id": one.thread_id, "connection_id": one.connection_id, "channel": one.channel}
        | _verdict(verdict)
        for one, verdict in said.threads
    ]
    return as_json(_verdict(said.verdict) | {"purpose": asked, "threads": threads})


def history(request: Request, shopper_id: str) -> Response:
    """All that was ever said about the shopper's addresses, newest first."""
    key = key_of(request)
    try:
        found = wired().work.consents.history(key.merchant_id, shopper_id)
    except NoSuchShopper:
        raise ApiError(404, "not_found", _NO_SHOPPER) from None
    return as_json({"items": [shown(one) for one in found], "next": None})


def note(request: Request, shopper_id: str) -> Response:
    """What the shopper said in the shop or to a person of it."""
    key, body = key_of(request, "owner", "agent", "marketer"), body_of(request, "consent")
    now = wired().clock.now()
    try:
        records = wired().work.consents.note(
            key.merchant_id, shopper_id, _noted(body, key.name, now, "staff"), now
        )
    except NoSuchShopper:
        raise ApiError(404, "not_found", _NO_SHOPPER) from None
    return as_json({"items": [shown(one) for one in records]}, 201)


def bring(request: Request) -> Response:
    """Consents from a list, each with its proof; all of them or none."""
    key, body = key_of(request, *_MARKETING), body_of(request, "consents")
    now = wired().clock.now()
    named = [
        (_named(one["address"]), _noted(one, key.name, now, "import", f"items.{place}."))
        for place, one in enumerate(body["items"])
    ]
    for place, (who, _) in enumerate(named):
        _check_connection(who, key.merchant_id, f"items.{place}.address.connection_id")
    return _brought(key.merchant_id, named, now, "address.")


def journal(request: Request) -> Response:
    """What was noted in a month, for an auditor."""
    key, query = key_of(request, *_MARKETING), query_of(request)
    month, limit = _month(query.text("month")), query.limit()
    found = wired().work.consents.journal(key.merchant_id, month, query.cursor(), limit)
    following = row_of(found[-1]) if len(found) == limit else None
    return as_json({"items": [shown(one) for one in found], "next": following, "month": month})


def listing(request: Request, room: str) -> Response:
    """unclear: words that may have been meant as a stop. iys: what has to be filed with the registry."""
    key, query = key_of(request), query_of(request)
    consents = wired().work.consents
    if room == "unclear":
        limit = query.limit()
        found = consents.unclear(key.merchant_id, query.cursor(), limit)
        following = found[-1].row if len(found) == limit else None
        return as_json({"items": [_unclear(one) for one in found], "next": following})
    if room == IYS:
        key = key_of(request, *_MARKETING)
        records, after = consents.to_file(
            key.merchant_id, _month(query.text("month")), query.cursor(), query.limit()
        )
        return as_json({"items": [shown(one) for one in records], "next": after})
    raise ApiError(404, "not_found", _NO_ROOM)


def settle(request: Request, room: str) -> Response:
    """unclear: a person has looked at these. iys, do_not_call: what the registry says of numbers."""
    key = key_of(request)
    if room == "unclear":
        rows = body_of(request, "settled")["items"]
        for row in rows:
            wired().work.consents.settle_unclear(key.merchant_id, row)
        return as_json({"settled": len(rows)})
    if room not in (IYS, DO_NOT_CALL):
        raise ApiError(404, "not_found", _NO_ROOM)
    key = key_of(request, *_MARKETING)
    body, now = body_of(request, "registry"), wired().clock.now()
    named = [
        (
            Named(phone=one["phone"]),
            Noted(
                purpose="marketing",
                state=_LISTED[one["status"]],
                at=_moment(one.get("at"), now, f"items.{place}.at"),
                how="registry",
                by=key.name,
                registry=room,
            ),
        )
        for place, one in enumerate(body["items"])
    ]
    return _brought(key.merchant_id, named, now)


def _brought(merchant_id: str, named: list[tuple[Named, Noted]], now: datetime, within: str = "") -> Response:
    country = wired().shops.shop(merchant_id).country
    try:
        records = wired().work.consents.bring(merchant_id, named, country, now)
    except NoAddress as error:
        field = f"items.{error.place}.{within}{error.field}".rstrip(".")
        raise ApiError(400, "invalid", error.message, field) from error
    return as_json({"items": [shown(one) for one in records]}, 201)


def _check_connection(named: Named, merchant_id: str, field: str) -> None:
    if not named.connection_id:
        return
    connection = wired().shops.connection(named.connection_id)
    if connection is None or connection.merchant_id != merchant_id:
        raise ApiError(404, "not_found", "There is no such connection.", field)


def _named(raw: dict[str, Any]) -> Named:
    return Named(**raw)


def _noted(body: dict[str, Any], by: str, now: datetime, how: Any, field: str = "") -> Noted:
    try:
        need_proof(body["state"], body.get("how", how), body.get("text", ""), "at" in body)
    except NotProven as error:
        raise ApiError(400, "invalid", error.message, f"{field}{error.field}") from None
    return Noted(
        purpose=body["purpose"],
        state=body["state"],
        at=_moment(body.get("at"), now, f"{field}at"),
        how=body.get("how", how),
        channels=tuple(body.get("channels", ())),
        text=body.get("text", ""),
        ref=body.get("proof", ""),
        by=by,
    )


def _moment(given: str | None, now: datetime, field: str) -> datetime:
    try:
        return now if given is None else told_at(given, now)
    except NotProven as error:
        raise ApiError(400, "invalid", error.message, field) from None


def _month(given: str | None) -> str:
    if given is None:
        return wired().clock.now().strftime("%Y-%m")
    if not _MONTH.fullmatch(given):
        raise ApiError(400, "invalid", "month must look like 2026-11.", "month")
    return given


def _verdict(verdict: Verdict) -> dict[str, Any]:
    until = {"until": views.time(verdict.until)} if verdict.until else {}
    return {"decision": verdict.decision, "code": verdict.code, "reason": verdict.reason} | until


def shown(one: Consent) -> dict[str, Any]:
    shown = {
        "consent_id": one.record_id,
        "address": one.address,
        "purpose": one.purpose,
        "state": one.state,
        "at": views.time(one.at),
        "noted_at": views.time(one.noted_at),
        "how": one.how,
        "channels": list(one.channels),
    }
    more = {"message": one.ref, "text": one.text, "by": one.by, "registry": one.registry}
    return shown | {name: value for name, value in more.items() if value}


def _unclear(one: Unclear) -> dict[str, Any]:
    return {
        "row": one.row,
        "thread_id": one.thread_id,
        "shopper_id": one.shopper_id,
        "message_id": one.message_id,
        "text": one.text,
        "at": views.time(one.at),
    }
