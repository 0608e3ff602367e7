"""A shop's webhooks that come here: which there are, and what they should be.

The shop never shows a secret again, so where it matters it is set anew.
Source: woocommerce.github.io/woocommerce-rest-api-docs (v3, webhooks)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from chalicelib.domain.connections import Connection
from integrations.reading import identifier, listed, mapping, text_of
from integrations.woocommerce.site import NotThere, Sites

TOPICS: Final = ("order.created", "order.updated", "order.deleted", "order.restored")
PATH: Final = "wc/v3/webhooks"
_NAME: Final = "Parley"
_ON_A_PAGE: Final = 100
_MOST_PAGES: Final = 5


@dataclass(frozen=True, slots=True)
class Mended:
    """How many were missing, and how many did not deliver any more."""

    missing: int = 0
    silent: int = 0


def mend(sites: Sites, connection: Connection, callback_url: str, *, is_new: bool = False) -> Mended:
    """Have one webhook for each topic, active, with the connection's own secret; a second run finds what the
    first one has made. is_new: their secrets may be older ones. Raises SetupError."""
    there = ours(sites, connection)
    missing = silent = 0
    for topic in TOPICS:
        of_topic = [one for one in there if one.get("topic") == topic]
        if not of_topic:
            _made(sites, connection, callback_url, topic)
            missing += 1
            continue
        first, *others = of_topic
        is_silent = first.get("status") != "active" or first.get("delivery_url") != callback_url
        silent += is_silent
        if is_silent or is_new:
            _set(sites, connection, identifier(first.get("id")), callback_url)
        for other in others:
            remove(sites, connection, identifier(other.get("id")))
    return Mended(missing, silent)


def ours(sites: Sites, connection: Connection) -> list[Mapping[str, Any]]:
    """The shop's webhooks that were made for this connection. Raises SetupError."""
    found: list[Mapping[str, Any]] = []
    end = f"/{connection.connection_id}"
    for page in range(1, _MOST_PAGES + 1):
        params = {"per_page": str(_ON_A_PAGE), "page": str(page)}
        listing = listed(sites.ask(connection.account, connection.token, "GET", PATH, params))
        found += [
            one
            for one in map(mapping, listing)
            if text_of(one.get("delivery_url")).endswith(end) and identifier(one.get("id")).isdecimal()
        ]
        if len(listing) < _ON_A_PAGE:
            break
    return found


def remove(sites: Sites, connection: Connection, webhook_id: str) -> None:
    """Take one away; one that is gone is gone. Raises SetupError."""
    try:
        path, params = f"{PATH}/{webhook_id}", {"force": "true"}
        sites.ask(connection.account, connection.token, "DELETE", path, params)
    except NotThere:
        return


def _made(sites: Sites, connection: Connection, callback_url: str, topic: str) -> None:
    about = {"name": f"{_NAME} {topic}", "topic": topic} | _wanted(connection, callback_url)
    sites.ask(connection.account, connection.token, "POST", PATH, body=about)


def _set(sites: Sites, connection: Connection, webhook_id: str, callback_url: str) -> None:
    path = f"{PATH}/{webhook_id}"
    sites.ask(connection.account, connection.token, "PUT", path, body=_wanted(connection, callback_url))


def _wanted(connection: Connection, callback_url: str) -> dict[str, str]:
    return {"delivery_url": callback_url, "secret": connection.signing_secrets[0], "status": "active"}
