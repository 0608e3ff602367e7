"""Shoppers who come from elsewhere, as a list: handed in at once, taken in after."""

from typing import Any, Final, cast

from chalice.app import Request, Response

from chalicelib.domain.consent.records import ConsentPurpose
from chalicelib.domain.imports import MOST_BYTES, Defaults, Import, NoList, Problem
from chalicelib.domain.merchants import Role
from chalicelib.services.receiving.pointers import Source
from functions import views
from functions.api import ApiError, as_json, body_of, key_of, query_of
from functions.wiring import wired

_MARKETING: Final[tuple[Role, ...]] = ("owner", "marketer")
_ROOM: Final = "import"
_TOO_LARGE: Final = (
    f"One call takes a list of {MOST_BYTES // 1_000_000} MB: cut it into several, each with its first line, "
    "or let `python -m infra.ops import` do that."
)
_NO_PHONES: Final = "On this connection nobody can be written to by their number alone: name one of WhatsApp."


def begin(request: Request, room: str) -> Response:
    """The same list again is the same import, told as far as it is. The list is JSON's `csv`, or the body
    itself as text/csv; then the rest are query parameters."""
    key = key_of(request, *_MARKETING)
    if room != _ROOM:
        raise ApiError(404, "not_found", "There is no such route: POST /shoppers/import takes a list.")
    if len(request.raw_body or b"") > MOST_BYTES + 20_000:
        raise ApiError(413, "too_large", _TOO_LARGE)
    asked = _asked(request)
    raw = asked["csv"].encode() if isinstance(asked["csv"], str) else asked["csv"]
    if len(raw) > MOST_BYTES:
        raise ApiError(413, "too_large", _TOO_LARGE, "csv")
    source, consent = _source(key.merchant_id, asked["connection_id"]), asked.get("consent", {})
    country = asked.get("country") or wired().shops.shop(key.merchant_id).country
    purpose = cast(ConsentPurpose, consent.get("purpose", "marketing"))
    defaults = Defaults(country.upper(), purpose, consent.get("text", ""))
    now = wired().clock.now()
    try:
        begun = wired().work.import_shoppers.begin(source, raw, defaults, key.name, now)
    except NoList as error:
        raise ApiError(400, "invalid", str(error), "csv") from None
    return as_json(_shown(begun), 202)


def read(request: Request, import_id: str) -> Response:
    """How far it is, and which lines were not taken."""
    merchant_id = key_of(request).merchant_id
    found = wired().imports.read(merchant_id, import_id)
    if found is None:
        raise ApiError(404, "not_found", "There is no such import.")
    problems = wired().imports.problems(merchant_id, import_id) if found.kept else []
    return as_json(_shown(found) | {"errors": [_problem(one) for one in problems]})


def _asked(request: Request) -> dict[str, Any]:
    kind = str(request.headers.get("content-type", "")).partition(";")[0].strip().lower()
    if kind != "text/csv":
        return body_of(request, "import")
    query = query_of(request)
    connection_id, country = query.text("connection_id"), query.text("country") or ""
    if not connection_id:
        raise ApiError(400, "invalid", "Say on which connection they are written to.", "connection_id")
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise ApiError(400, "invalid", "country is two letters, such as RO.", "country")
    text = query.text("text") or ""
    if len(text) > 2000:
        raise ApiError(400, "invalid", "text has at most 2000 characters.", "text")
    purpose = query.one_of("purpose", ("updates", "marketing")) or "marketing"
    said = {"purpose": purpose, "text": text}
    return {"csv": request.raw_body, "connection_id": connection_id, "country": country, "consent": said}


def _source(merchant_id: str, connection_id: str) -> Source:
    connection = wired().shops.connection(connection_id)
    if connection is None or connection.merchant_id != merchant_id or connection.status == "disconnected":
        raise ApiError(404, "not_found", "There is no such connection.", "connection_id")
    channel = wired().channel_or_none(connection.channel)
    if channel is None or not channel.capabilities.by_phone:
        raise ApiError(400, "no_phones", _NO_PHONES, "connection_id")
    return Source(merchant_id, connection_id, connection.channel)


def _shown(one: Import) -> dict[str, Any]:
    ended = {"ended_at": views.time(one.ended_at)} if one.ended_at else {}
    return {
        "import_id": one.import_id,
        "state": one.state,
        "connection_id": one.connection_id,
        "at": views.time(one.at),
        "rows": one.rows,
        "done": one.done,
        "taken": one.taken,
        "consents": {"given": one.given, "withdrawn": one.withdrawn},
        "refused": one.refused,
        "errors_left_out": one.refused - one.kept,
    } | ended


def _problem(one: Problem) -> dict[str, Any]:
    return {"line": one.line, "column": one.column, "message": one.message}
