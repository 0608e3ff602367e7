"""Segments: who is written to, by a filter that a person can read."""

from typing import Any, Final

from chalice.app import Request, Response

from chalicelib.domain.merchants import Role
from chalicelib.domain.segments.filters import checked
from chalicelib.domain.segments.profiles import Profile
from chalicelib.ports.segments import MOST_SEGMENTS, Segment
from chalicelib.services.segments.keep import Looked, NoSuchSegment, TooManySegments
from functions import views
from functions.api import ApiError, as_json, body_of, key_of, once_of
from functions.wiring import wired

_MARKETING: Final[tuple[Role, ...]] = ("owner", "marketer")
_NO_SEGMENT: Final = "There is no such segment."
_TOO_MANY: Final = f"There may be {MOST_SEGMENTS} segments: remove one first."


def listing(request: Request) -> Response:
    """By name."""
    found = wired().work.segments.all(key_of(request).merchant_id)
    return as_json({"items": [_shown(one) for one in found], "next": None})


def create(request: Request) -> Response:
    """`dry`: nothing is stored; whom the filter would find now. The same `Idempotency-Key` again answers with
    the same segment, as it is by then."""
    key, body = key_of(request, *_MARKETING), body_of(request, "segment")
    merchant_id, now, wanted = key.merchant_id, wired().clock.now(), _filter(key.merchant_id, body)
    if body.get("dry"):
        return as_json(_looked(wired().work.segments.try_out(merchant_id, wanted, now)))
    try:
        made = wired().work.segments.create(merchant_id, body["name"], wanted, now, once_of(request))
    except TooManySegments:
        raise ApiError(409, "too_many", _TOO_MANY) from None
    return as_json(_shown(made), 201)


def read(request: Request, segment_id: str) -> Response:
    """With how many are in it, and some of them, as far as that is known in this moment."""
    key, now = key_of(request), wired().clock.now()
    try:
        looked = wired().work.segments.look(key.merchant_id, segment_id, now)
    except NoSuchSegment:
        raise ApiError(404, "not_found", _NO_SEGMENT) from None
    return as_json((_shown(looked.segment) if looked.segment else {}) | _looked(looked))


def save(request: Request, segment_id: str) -> Response:
    """Its name and its filter, whole. `dry`: as in `create`."""
    key, body = key_of(request, *_MARKETING), body_of(request, "segment")
    now, wanted = wired().clock.now(), _filter(key.merchant_id, body)
    segments = wired().work.segments
    try:
        if body.get("dry"):
            segments.segment(key.merchant_id, segment_id)
            return as_json(_looked(segments.try_out(key.merchant_id, wanted, now)))
        changed = segments.change(key.merchant_id, segment_id, body["name"], wanted, now)
    except NoSuchSegment:
        raise ApiError(404, "not_found", _NO_SEGMENT) from None
    return as_json(_shown(changed))


def remove(request: Request, segment_id: str) -> Response:
    """Nobody is in it any more; the people stay."""
    key, now = key_of(request, *_MARKETING), wired().clock.now()
    try:
        wired().work.segments.remove(key.merchant_id, segment_id, now)
    except NoSuchSegment:
        raise ApiError(404, "not_found", _NO_SEGMENT) from None
    return as_json({"segment_id": segment_id, "state": "removed"})


def _filter(merchant_id: str, body: dict[str, Any]) -> Any:
    """Raises ApiError that names the place within the filter."""
    currency = wired().shops.shop(merchant_id).currency
    wanted, problems = checked(body["filter"], channels=wired().channel_names, currency=currency)
    for one in problems[:1]:
        more = f" And {len(problems) - 1} more." if len(problems) > 1 else ""
        raise ApiError(400, "invalid", one.says + more, f"filter.{one.place}".rstrip("."))
    return wanted


def _shown(one: Segment) -> dict[str, Any]:
    shown = {
        "segment_id": one.segment_id,
        "name": one.name,
        "filter": one.filter,
        "state": "building" if one.built_at is None else "ready",
        "created_at": views.time(one.created_at),
    }
    return shown | ({"built_at": views.time(one.built_at)} if one.built_at else {})


def _looked(looked: Looked) -> dict[str, Any]:
    return {
        "count": looked.count,
        "is_complete": looked.is_complete,
        "samples": [_sample(one) for one in looked.samples],
    }


def _sample(one: Profile) -> dict[str, Any]:
    return {"shopper_id": one.shopper_id, "name": one.name, "channels": list(one.channels)}
