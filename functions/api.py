"""What every route of the API shares: who asks, what they sent, and how errors are told."""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

from chalice.app import Request, Response

from chalicelib.domain.merchants import ROLES, Key, Role
from chalicelib.ports.errors import ChannelDown, SetupError, StoreBusy, StoreRefused
from chalicelib.services.merchants import hash_of
from functions.logs import logger, place_of
from functions.wiring import wired

_BUSY = "Parley is busy. Please try again in a moment; with an Idempotency-Key nothing is sent twice."


class ApiError(Exception):
    """An answer that is not the one asked for: what was wrong, where, what to do."""

    def __init__(self, status: int, code: str, message: str, field: str = "") -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.field = status, code, message, field


def guarded(request: Request, route: Callable[..., Response], *ids: str) -> Response:
    """Run a route; whatever it raises becomes the API's error shape."""
    try:
        return route(request, *ids)
    except ApiError as error:
        return error_response(error)
    except ChannelDown as error:
        return error_response(ApiError(502, error.code, error.message, error.field))
    except SetupError as error:
        status = 409 if error.code == "account_taken" else 400
        return error_response(ApiError(status, error.code, error.message, error.field))
    except StoreRefused:
        return error_response(ApiError(400, "invalid", "It holds something that is too large to be stored."))
    except StoreBusy:
        return error_response(ApiError(503, "busy", _BUSY))
    except Exception as error:
        logger().error("a route failed", error=type(error).__name__, where=place_of(error))
        return error_response(ApiError(500, "internal", "This is our fault; it has been noted."))


def error_response(error: ApiError) -> Response:
    """`{"error": {"code", "message", "field"?}}`."""
    told = {"code": error.code, "message": error.message}
    if error.field:
        told["field"] = error.field
    return as_json({"error": told}, error.status)


def as_json(body: Mapping[str, Any], status: int = 200) -> Response:
    """Compact JSON, letters as they are."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status_code=status, headers={"Content-Type": "application/json; charset=utf-8"})


def body_of(request: Request, schema: str) -> dict[str, Any]:
    """The request's JSON, checked. Raises ApiError that names the field."""
    import schemas

    try:
        body = json.loads(request.raw_body or b"{}", parse_constant=_refuse)
        json.dumps(body, ensure_ascii=False).encode()  # half of a surrogate pair is no letter
    except (ValueError, RecursionError) as error:
        raise ApiError(400, "invalid_json", "The body must be JSON in UTF-8.") from error
    try:
        checked: dict[str, Any] = schemas.check(schema, body)
    except schemas.Invalid as error:
        raise ApiError(400, "invalid", error.message, error.field) from error
    return checked


def once_of(request: Request) -> str:
    """Its `Idempotency-Key`, '' for none."""
    once = str(request.headers.get("idempotency-key", ""))
    if len(once) > 200:
        raise ApiError(400, "invalid", "An Idempotency-Key has at most 200 characters.", "Idempotency-Key")
    return once


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")


def key_of(request: Request, *roles: Role) -> Key:
    """The merchant's key that the request came with. Raises ApiError: 401 without, 403 in another role."""
    key = wired().shops.key(hash_of(_bearer(request)))
    if key is None:
        raise ApiError(401, "unauthorized", "Send a valid key: `Authorization: Bearer <api key>`.")
    if key.role not in (roles or ROLES):
        raise ApiError(403, "forbidden", f"This needs a key with the role {' or '.join(roles)}.")
    return key


def need_admin(request: Request) -> None:
    """Only the deployment's admin key opens this."""
    given = hash_of(_bearer(request))
    if not compare_digest(given, wired().settings.admin_key_hash):
        raise ApiError(401, "unauthorized", "Send the deployment's admin key as a bearer token.")


def _bearer(request: Request) -> str:
    scheme, _, secret = str(request.headers.get("authorization", "")).partition(" ")
    if scheme.lower() != "bearer" or not secret:
        raise ApiError(401, "unauthorized", "Send your key: `Authorization: Bearer <api key>`.")
    return secret.strip()


@dataclass(frozen=True, slots=True)
class Query:
    """The request's query parameters, read one at a time and checked."""

    params: Mapping[str, str]

    def text(self, name: str) -> str | None:
        return self.params.get(name)

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str | None:
        value = self.params.get(name)
        if value is not None and value not in allowed:
            raise ApiError(400, "invalid", f"{name} must be one of: {', '.join(allowed)}.", name)
        return value

    def cursor(self) -> str:
        value = self.params.get("next", "")
        if len(value) > 300:
            raise ApiError(400, "invalid", "next must be a cursor from an earlier answer.", "next")
        return value

    def limit(self, largest: int = 100, default: int = 50) -> int:
        value = self.params.get("limit", str(default))
        if not value.isascii() or not value.isdigit() or len(value) > 6 or not 1 <= int(value) <= largest:
            raise ApiError(400, "invalid", f"limit must be a number from 1 to {largest}.", "limit")
        return int(value)


def query_of(request: Request) -> Query:
    return Query(request.query_params or {})


def encoded(key: str) -> str:
    """A store's own cursor, as a caller gets it."""
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def decoded(text: str) -> str:
    """What `encoded` made. Raises ApiError for anything else."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except ValueError as error:
        raise ApiError(400, "invalid", "next must be a cursor from an earlier answer.", "next") from error
