"""Health, and the description of the API."""

from chalice.app import Request, Response

from functions.api import as_json
from functions.wiring import wired


def health(request: Request) -> Response:
    """Alive, which version, how much waits in the queues and how late the oldest due work is."""
    now = wired().clock.now()
    return as_json(
        {
            "status": "ok",
            "version": wired().settings.version,
            "now": now.isoformat(),
            "queues": wired().outbox.depths(),
            "oldest_overdue_s": wired().work.dues.oldest_overdue_s(now),
        }
    )


def openapi(request: Request) -> Response:
    """The machine-readable description, made from the same schemas that check requests."""
    from schemas.openapi import document

    return as_json(document())


def docs(request: Request) -> Response:
    """The same, to read."""
    from schemas.openapi import page

    return Response(page(), status_code=200, headers={"Content-Type": "text/html; charset=utf-8"})
