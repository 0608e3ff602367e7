"""Webhooks of one shop: which there are, and having them sent here.

Shopify takes a subscription away after eight failures in a row; so they are looked after every day.
Source: shopify.dev/docs/api/admin-graphql/latest/mutations/webhookSubscriptionCreate
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from chalicelib.domain.connections import Connection
from chalicelib.ports.errors import SetupError
from integrations.reading import identifier, listed, mapping, text_of
from integrations.shopify.admin import Admin

TOPICS: Final = (
    "CHECKOUTS_CREATE",
    "CHECKOUTS_UPDATE",
    "CHECKOUTS_DELETE",
    "ORDERS_CREATE",
    "ORDERS_UPDATED",
    "ORDERS_PAID",
    "ORDERS_CANCELLED",
    "ORDERS_FULFILLED",
    "ORDERS_DELETE",
    "FULFILLMENTS_CREATE",
    "FULFILLMENTS_UPDATE",
    "REFUNDS_CREATE",
    "APP_UNINSTALLED",
)
_LISTED: Final = """
query Subscriptions {
  webhookSubscriptions(first: 100) { nodes { id topic uri } }
}
"""
_CREATE: Final = (
    "{name}: webhookSubscriptionCreate(topic: {topic}, webhookSubscription: {{uri: $uri, format: JSON}}) "
    "{{ webhookSubscription {{ id }} userErrors {{ field message }} }}"
)
_DELETE: Final = (
    "{name}: webhookSubscriptionDelete(id: $id{number}) "
    "{{ deletedWebhookSubscriptionId userErrors {{ field message }} }}"
)


@dataclass(frozen=True, slots=True)
class Mended:
    """missing: topics that did not come here, and now do. refused: those that Shopify would not give."""

    missing: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def subscribe(admin: Admin, connection: Connection, callback_url: str) -> Mended:
    """Have every topic sent here; what stands already stays, and what went elsewhere on our behalf is taken
    away. Raises SetupError."""
    ours = _existing(admin, connection)
    missing = [topic for topic in TOPICS if (topic, callback_url) not in ours.values()]
    stray = [one for one, (topic, uri) in ours.items() if topic in TOPICS and uri != callback_url]
    refused = _create(admin, connection, callback_url, missing)
    if not refused:
        _delete(admin, connection, [one for one in stray if _is_former(ours[one][1], connection)])
    return Mended(tuple(missing), tuple(refused))


def unsubscribe(admin: Admin, connection: Connection) -> None:
    """Stop all that is sent to this connection. Raises SetupError."""
    ours = _existing(admin, connection)
    _delete(admin, connection, [one for one, (_, uri) in ours.items() if _is_former(uri, connection)])


def _is_former(uri: str, connection: Connection) -> bool:
    """This connection's own, also by an address that the deployment had before: another that uses the same
    app keeps its webhooks."""
    return uri.endswith(f"/{connection.connection_id}")


def _existing(admin: Admin, connection: Connection) -> dict[str, tuple[str, str]]:
    """Subscription -> topic and where it goes. An app sees no others than its own."""
    told = mapping(admin.of(connection, _LISTED).data.get("webhookSubscriptions"))
    found = (mapping(node) for node in listed(told.get("nodes")))
    return {
        identifier(one.get("id")): (text_of(one.get("topic"), 64), text_of(one.get("uri"), 500))
        for one in found
    }


def _create(admin: Admin, connection: Connection, uri: str, topics: Sequence[str]) -> list[str]:
    """In one call. Returns those that were refused."""
    if not topics:
        return []
    wanted = {f"m{number}": topic for number, topic in enumerate(topics)}
    parts = [_CREATE.format(name=name, topic=topic) for name, topic in wanted.items()]
    document = f"mutation Subscribe($uri: String!) {{ {' '.join(parts)} }}"
    told = admin.of(connection, document, {"uri": uri})
    return [topic for name, topic in wanted.items() if not _is_done(told.data.get(name))]


def _is_done(told: Any) -> bool:
    """What stands already by another call in the same moment is as good as made."""
    answer = mapping(told)
    errors = [mapping(one) for one in listed(answer.get("userErrors"))]
    is_there = any("already been taken" in text_of(one.get("message"), 200) for one in errors)
    return is_there or (not errors and bool(mapping(answer.get("webhookSubscription")).get("id")))


def _delete(admin: Admin, connection: Connection, ids: Sequence[str]) -> None:
    if not ids:
        return
    names = ", ".join(f"$id{number}: ID!" for number in range(len(ids)))
    parts = (_DELETE.format(name=f"m{number}", number=number) for number in range(len(ids)))
    variables = {f"id{number}": one for number, one in enumerate(ids)}
    admin.of(connection, f"mutation Unsubscribe({names}) {{ {' '.join(parts)} }}", variables)


def in_words(topics: Sequence[str]) -> str:
    """As webhooks and Shopify's own pages call them."""
    return ", ".join(topic.replace("_", "/", 1).lower() for topic in topics)


def expect_all(mended: Mended) -> None:
    """Raise SetupError where Shopify would not send all that there is to know."""
    if mended.refused:
        text = (
            f"Shopify does not send us: {in_words(mended.refused)}. Give the app the scopes read_orders and "
            "read_fulfillments, and access to protected customer data; then connect again."
        )
        raise SetupError("permission_missing", text, "token")
