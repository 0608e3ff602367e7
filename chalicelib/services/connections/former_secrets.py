"""A secret that was changed may sign for a while yet, for webhooks on their way bear it; then it is
forgotten."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.connections import Connection

_UNTIL: Final = "former_secrets_until"


def with_former_secret(
    connection: Connection, before: Connection | None, overlap: timedelta, now: datetime
) -> Connection:
    """A connection made anew with another secret takes the one before it along, behind its own. Connecting
    with the same again changes nothing of that."""
    if not overlap:
        return connection
    given = connection.signing_secrets
    former = before.signing_secrets if before else ()
    if former[:1] == given[:1] and before and _UNTIL in before.details:
        kept, until = former[1:], before.details[_UNTIL]
    else:
        kept, until = former[:1], (now + overlap).isoformat()
    secrets = tuple(dict.fromkeys((*given, *kept)))
    if len(secrets) < 2:
        return connection
    return replace(connection, signing_secrets=secrets, details={**connection.details, _UNTIL: until})


def without_former_secret(connection: Connection, now: datetime) -> Connection:
    """The same one until its time has come: then no secret but the newest is known."""
    until = connection.details.get(_UNTIL, "")
    if not until or now < datetime.fromisoformat(until):
        return connection
    details = {name: value for name, value in connection.details.items() if name != _UNTIL}
    return replace(connection, signing_secrets=connection.signing_secrets[:1], details=details)
