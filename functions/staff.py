"""The shop's own people, who hear of waiting shoppers in a messenger and answer from there."""

from typing import Any

from chalice.app import Request, Response

from chalicelib.domain.staff.people import Staff
from chalicelib.domain.threads import Thread
from chalicelib.services.people.links import NoLink, qr_of
from chalicelib.services.staff.link_staff import NotForStaff
from chalicelib.services.threads.write_thread import NotFound
from functions import links, views
from functions.api import ApiError, as_json, body_of, key_of
from functions.wiring import wired


def invite(request: Request) -> Response:
    """A link by which one person comes, once, within a day."""
    owner, body = key_of(request, "owner"), body_of(request, "staff")
    connection = links.own_connection(owner, body["connection_id"])
    channel = wired().channel(connection.channel)
    try:
        made = wired().work.staff.invite(connection, channel, body["name"], wired().clock.now())
    except NotForStaff:
        text = "Staff are told on Telegram and WhatsApp alone: there a notice can be replied to."
        raise ApiError(400, "not_for_staff", text, "connection_id") from None
    except NoLink:
        raise links.no_link() from None
    asked = {"url": made.link.url, "code": made.link.token, "qr": qr_of(made.link.url)}
    return as_json(_view(made.staff, None) | asked | {"expires_at": views.time(made.link.ends_at)}, 201)


def listing(request: Request) -> Response:
    """All of them, the first invited first."""
    owner = key_of(request, "owner")
    found = wired().work.staff.listing(owner.merchant_id)
    return as_json({"items": [_view(one, thread) for one, thread in found], "next": None})


def remove(request: Request, staff_id: str) -> Response:
    """They get no notices any more; what they write is a shopper's again."""
    owner = key_of(request, "owner")
    try:
        wired().work.staff.remove(owner.merchant_id, staff_id, wired().clock.now())
    except NotFound:
        raise ApiError(404, "not_found", "There is nobody of this id.") from None
    return as_json({"staff_id": staff_id, "removed": True})


def _view(one: Staff, thread: Thread | None) -> dict[str, Any]:
    """window: as of a thread; where it is closed, no notice comes before they have written."""
    shown: dict[str, Any] = {
        "staff_id": one.staff_id,
        "name": one.name,
        "connection_id": one.connection_id,
        "state": one.state(wired().clock.now()),
        "linked_at": views.time(one.linked_at),
    }
    if thread is not None:
        takes = wired().channel(thread.channel).capabilities.for_kind(thread.wire.kind)
        shown |= {"thread_id": thread.thread_id, "window": views.window(thread, takes)}
    return shown
