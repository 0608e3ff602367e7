"""Health, the description of the API, and the page of an order."""

import time
from functools import lru_cache
from typing import Any, Final

from chalice.app import Request, Response

from functions import views
from functions.api import as_json
from functions.wiring import wired

LOOKED_AGAIN_S: Final = 2


def health(request: Request) -> Response:
    """Alive, which version, how much waits in the queues and how late the oldest due work is."""
    return as_json(_health(int(time.monotonic() / LOOKED_AGAIN_S)))


@lru_cache(maxsize=1)
def _health(period: int) -> dict[str, Any]:
    """Looked up once a period, however often a stranger asks."""
    now = wired().clock.now()
    return {
        "status": "ok",
        "version": wired().settings.version,
        "now": views.time(now),
        "queues": wired().outbox.depths(),
        "oldest_overdue_s": wired().work.dues.oldest_overdue_s(now),
    }


def openapi(request: Request) -> Response:
    """The machine-readable description, made from the same schemas that check requests."""
    from schemas.openapi import document

    return as_json(document())


def docs(request: Request) -> Response:
    """The same, to read."""
    from schemas.openapi import page

    return Response(page(), status_code=200, headers={"Content-Type": "text/html; charset=utf-8"})


def order(request: Request, token: str) -> Response:
    """How far an order is, for whoever was told the page's address."""
    from functions import tracking_page

    return tracking_page.shown(request, token)
