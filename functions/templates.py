"""Templates: which there are, how they stand, and what shoppers would see of them."""

from collections.abc import Mapping
from typing import Any, Final

from chalice.app import Request, Response

from chalicelib.domain.connections import Connection
from chalicelib.domain.content import File, Place
from chalicelib.domain.merchants import Key
from chalicelib.domain.templates.definitions import STATES
from chalicelib.domain.templates.use import Filling, TemplateUse
from chalicelib.services.threads.write_thread import NotFound
from functions.api import ApiError, as_json, body_of, key_of, query_of
from functions.template_views import previewed, template
from functions.wiring import wired

_NO_TEMPLATE: Final = "There is no such template."
_NO_CONNECTION: Final = "There is no such connection."


def listing(request: Request) -> Response:
    """Of one connection, or of all that are connected; by name and language."""
    key, query = _key(request), query_of(request)
    connection_id, state = query.text("connection_id"), query.one_of("state", STATES)
    mine = wired().shops.connections(key.merchant_id)
    if connection_id is None:
        return _items([one for one in mine if one.status != "disconnected"], state)
    chosen = [one for one in mine if one.connection_id == connection_id]
    if not chosen:
        raise ApiError(404, "not_found", _NO_CONNECTION, "connection_id")
    return _items(chosen, state)


def fetch(request: Request) -> Response:
    """Asks the channel now, and answers with what it says."""
    key, body = _key(request), body_of(request, "templates")
    connection = wired().shops.connection(body["connection_id"])
    if connection is None or connection.merchant_id != key.merchant_id:
        raise ApiError(404, "not_found", _NO_CONNECTION, "connection_id")
    if connection.status == "disconnected":
        raise ApiError(409, "disconnected", "This account is disconnected: connect it again.")
    if not _has_templates(connection):
        raise ApiError(400, "unsupported", "This channel has no templates.", "connection_id")
    wired().work.fetch_templates(connection, wired().clock.now())
    return _items([connection], None)


def read(request: Request, template_id: str) -> Response:
    """One template, as it stands now."""
    key = _key(request)
    known = wired().templates.template(key.merchant_id, template_id)
    connection = wired().shops.connection(known.connection_id) if known else None
    if known is None or connection is None or connection.merchant_id != key.merchant_id:
        raise ApiError(404, "not_found", _NO_TEMPLATE)
    return as_json(template(known, connection.channel))


def preview(request: Request, template_id: str) -> Response:
    """What real shoppers would see, and what must be mended first. Nothing is sent."""
    key, body = _key(request), body_of(request, "template_preview")
    thread_ids = body.get("thread_ids", [])
    try:
        shown = wired().work.preview_template(key.merchant_id, template_id, use_of(body), thread_ids)
    except NotFound as error:
        if str(error) == template_id:
            raise ApiError(404, "not_found", _NO_TEMPLATE) from None
        text = "There is no such thread on the template's connection."
        raise ApiError(404, "not_found", text, "thread_ids") from None
    return as_json(previewed(shown))


def use_of(body: Mapping[str, Any]) -> TemplateUse:
    """`variables` by place: words, or a field with its fallback; `header`: a file or a place. Raises
    ApiError."""
    header = body.get("header", {})
    if header and ("url" in header) == ("location" in header):
        raise ApiError(400, "invalid", "A header is a file (`kind` and `url`) or a `location`.", "header")
    file = File(url=header["url"], filename=header.get("filename", "")) if "url" in header else None
    return TemplateUse(
        name="",
        language="",
        fillings={place: _filling(given) for place, given in body.get("variables", {}).items()},
        header_file=file,
        header_file_kind=header.get("kind", "image"),
        header_place=Place(**header["location"]) if "location" in header else None,
    )


def _filling(given: str | Mapping[str, str]) -> Filling:
    return Filling(text=given) if isinstance(given, str) else Filling(**given)


def _key(request: Request) -> Key:
    """Who plans what goes to many."""
    return key_of(request, "owner", "marketer")


def _has_templates(connection: Connection) -> bool:
    channel = wired().channel_or_none(connection.channel)
    return channel is not None and channel.capabilities.templates


def _items(connections: list[Connection], state: str | None) -> Response:
    items = [
        template(one, connection.channel)
        for connection in connections
        if _has_templates(connection)
        for one in wired().templates.templates(connection.merchant_id, connection.connection_id)
        if state in (None, one.definition.state)
    ]
    return as_json({"items": items, "next": None})
