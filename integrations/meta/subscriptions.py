"""Pointing an app's own webhooks here: an app has one callback for each kind of object, for all its accounts.

Source: developers.facebook.com/docs/graph-api/reference/app/subscriptions
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, Final

from chalicelib.domain.connections import Connection
from chalicelib.ports.errors import SetupError
from integrations.meta.connect import app_access, ask
from integrations.meta.graph import Access, Graph
from integrations.reading import identifier, listed, mapping, text_of

# Source: developers.facebook.com/docs/messenger-platform/webhooks
PAGE_FIELDS: Final = (
    "messages",
    "message_deliveries",
    "message_echoes",
    "message_edits",
    "message_reactions",
    "message_reads",
    "messaging_handovers",
    "messaging_optins",
    "messaging_policy_enforcement",
    "messaging_postbacks",
    "messaging_referrals",
    "standby",
)


# What wants permissions that a shop may not have: comments under posts, the state of utility templates.
PAGE_EXTRAS: Final = ("feed", "messenger_template_status_update")
_NO_EXTRAS: Final = (
    "Comments under the Page's posts and the state of its templates are not received: the token lacks the "
    "permissions pages_read_engagement, pages_read_user_content or page_utility_messaging. Connect again "
    "with a token that has them, if you want those."
)


def subscribe_page(
    graph: Graph, path: str, access: Access, fields: Iterable[str], field: str, token_field: str
) -> list[str]:
    """Subscribe the app to a Page, with the extras where the token may; what is missing is said.

    The list replaces the one that was there.
    """
    for extras in (PAGE_EXTRAS, ()):
        params = {"subscribed_fields": ",".join((*fields, *extras))}
        try:
            ask(graph, path, access, field, method="POST", params=params, token_field=token_field)
        except SetupError as error:
            if not extras or error.code != "permission_missing":
                raise
            continue
        return [] if extras else [_NO_EXTRAS]
    return []


def subscribe_app(
    graph: Graph, connection: Connection, kind: str, fields: Iterable[str], callback_url: str
) -> list[str]:
    """Point the app's webhook for this `object` here, if its id is known; returns what is left to click.

    A callback that is already there and not ours is never replaced: others may live on it.
    """
    if not connection.signing_secrets:  # the deployment's shared app: it points to us already
        return []
    paste = f"set the callback URL to {callback_url} and the verify token to {connection.verify_token}"
    app_id = connection.details.get("app_id")
    if not app_id:
        step = f"In Meta's app dashboard, open the webhooks of the object '{kind}', {paste}"
        return [f"{step}, then subscribe to: {', '.join(fields)}."]
    app = app_access(app_id, connection.signing_secrets[0])
    there = text_of(subscription(graph, app_id, app, kind).get("callback_url"))
    if there and there != callback_url:
        step = (
            f"The app sends its '{kind}' events to {there}; this was not changed. To get them here, {paste}"
        )
        shared = "If several accounts share this app, ask the operator to register it as shared instead"
        return [f"{step} in Meta's app dashboard. {shared}."]
    body = {
        "object": kind,
        "callback_url": callback_url,
        "verify_token": connection.verify_token,
        "fields": ",".join(fields),
    }
    path = f"{app_id}/subscriptions"
    ask(graph, path, app, "app_id", method="POST", body=body, token_field="app_secret")
    return []


def unsubscribe_app(graph: Graph, connection: Connection, kind: str) -> None:
    """Take the app's webhook for this `object` away where it points to this connection, and to nobody else.

    Left there it would be called in vain, and the account's next shop could not set its own.
    """
    app_id = connection.details.get("app_id")
    if not app_id or not connection.signing_secrets:
        return
    app = app_access(app_id, connection.signing_secrets[0])
    with suppress(SetupError):  # a dead token must not keep a merchant from leaving
        there = text_of(subscription(graph, app_id, app, kind).get("callback_url"))
        if there.endswith(f"/{connection.connection_id}"):
            path, params = f"{app_id}/subscriptions", {"object": kind}
            ask(graph, path, app, "app_id", method="DELETE", params=params, token_field="app_secret")


def is_app_subscribed(graph: Graph, connection: Connection, kind: str, field: str) -> bool:
    """Whether the app already gets this field, wherever it goes."""
    app_id = connection.details.get("app_id")
    if not app_id or not connection.signing_secrets:
        return False
    found = subscription(graph, app_id, app_access(app_id, connection.signing_secrets[0]), kind)
    return field in fields_of(found)


def fields_of(found: Mapping[str, Any]) -> set[str]:
    """The fields that a subscription holds: their names, or objects with a name."""
    return {identifier(each) or identifier(mapping(each).get("name")) for each in listed(found.get("fields"))}


def subscription(graph: Graph, app_id: str, app: Access, kind: str) -> Mapping[str, Any]:
    """What the app gets of this `object`, and where; `{}` where it gets nothing. Raises SetupError."""
    answer = ask(graph, f"{app_id}/subscriptions", app, "app_id", token_field="app_secret")
    items = map(mapping, listed(answer.get("data")))
    return next((item for item in items if item.get("object") == kind), {})
