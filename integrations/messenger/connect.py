"""Connecting a Page. Source: developers.facebook.com/docs/messenger-platform/webhooks"""

from collections.abc import Mapping
from typing import Final

from chalicelib.domain.connections import Account, Connection
from chalicelib.ports.errors import CredentialsRejected
from integrations.meta.connect import (
    access_given,
    ask,
    check_permissions,
    expect_account,
    given,
    own_id,
    secrets_of,
    try_call,
)
from integrations.meta.graph import Graph, access_of
from integrations.meta.subscriptions import (
    PAGE_EXTRAS,
    PAGE_FIELDS,
    subscribe_app,
    subscribe_page,
    unsubscribe_app,
)
from integrations.reading import identifier, text_of

PERMISSIONS: Final = ("pages_messaging", "pages_manage_metadata")
_GREETING: Final = (
    "Switch off the instant reply and away message of the Page's inbox in Meta Business Suite: "
    "shoppers would get two answers."
)


def check(graph: Graph, credentials: Mapping[str, str]) -> Account:
    """Prove token, Page and app secret: the token must be that Page's own."""
    page_id = own_id(credentials, "page_id")
    expect_account(credentials, page_id)
    access = access_given(credentials, "page_token")
    page = ask(graph, "me", access, "page_token", params={"fields": "id,name"}, token_field="page_token")
    if identifier(page.get("id")) != page_id:
        text = "This token does not belong to that Page. A Page token is needed, not a person's."
        raise CredentialsRejected("account_mismatch", text, "page_id")
    proven = check_permissions(graph, credentials, "page_token", PERMISSIONS)
    return Account(
        account=page_id,
        name=text_of(page.get("name"), 200) or page_id,
        token=access.token,
        signing_secrets=secrets_of(credentials, "app_secret"),
        details=given(
            app_id=credentials.get("app_id", ""),
            webhook_group=f"page:{page_id}",
            owner_id=proven.owner_id,
        ),
        warnings=(*proven.warnings, _GREETING),
    )


def register(graph: Graph, connection: Connection, callback_url: str) -> list[str]:
    """Subscribe the app to the Page, and the app's own webhook to us."""
    path, access = f"{connection.account}/subscribed_apps", access_of(connection)
    steps = subscribe_page(graph, path, access, PAGE_FIELDS, "page_id", "page_token")
    fields = (*PAGE_FIELDS, *(() if steps else PAGE_EXTRAS))
    return [*steps, *subscribe_app(graph, connection, "page", fields, callback_url)]


def unregister(graph: Graph, connection: Connection, last_of_group: bool) -> None:
    """Take the app's webhook away from us, and the app off the Page, unless an Instagram account still hangs
    on the same Page."""
    unsubscribe_app(graph, connection, "page")
    if last_of_group:
        try_call(graph, "DELETE", f"{connection.account}/subscribed_apps", access_of(connection))
