"""Connecting an Instagram professional account, either way it is logged in.

Source, by login: developers.facebook.com/docs/messenger-platform/instagram/features/webhook,
developers.facebook.com/docs/instagram-platform/webhooks
"""

from collections.abc import Mapping
from typing import Final

from chalicelib.domain.connections import Account, Connection
from chalicelib.ports.errors import CredentialsRejected
from integrations.instagram.send import access_to
from integrations.meta.connect import (
    access_given,
    ask,
    check_permissions,
    expect_account,
    given,
    own_id,
    prove_app,
    secrets_of,
    try_call,
)
from integrations.meta.graph import Access, Graph
from integrations.meta.subscriptions import (
    PAGE_FIELDS,
    subscribe_app,
    subscribe_page,
    unsubscribe_app,
)
from integrations.reading import identifier, mapping, text_of

PERMISSIONS: Final = ("instagram_basic", "instagram_manage_messages", "pages_manage_metadata")
# Source: developers.facebook.com/docs/instagram-platform/webhooks; with a Page, echoes come with `messages`.
FIELDS: Final = (
    "messages",
    "message_reactions",
    "messaging_postbacks",
    "messaging_referral",
    "messaging_seen",
    "messaging_handover",
    "standby",
    "comments",
    "live_comments",
)
OWN_LOGIN_FIELDS: Final = (*FIELDS, "message_echoes", "message_edit", "messaging_optins")
PAGE_LOGIN_FIELDS: Final = (*FIELDS, "mentions", "messaging_policy_enforcement")
# What the account's Page sends: Messenger's fields stay in its list.
PAGES_FIELDS: Final = (*PAGE_FIELDS, "messaging_seen")
_GREETING: Final = (
    "Switch off instant replies and away messages of this account in Instagram and in Meta Business Suite: "
    "shoppers would get two answers."
)
_ALLOW: Final = (
    "In the Instagram app, under Settings, Messages and story replies, let connected tools read messages: "
    "without that none arrives."
)
_UNPROVEN: Final = (
    "Instagram offers no way to prove the Instagram app secret. If no message arrives, compare it first."
)


def check(graph: Graph, facebook: Graph, credentials: Mapping[str, str]) -> Account:
    """Prove token, account and, as far as it can be, the app secret. `graph` is the host of this login."""
    account_id = own_id(credentials, "account_id")
    expect_account(credentials, account_id)
    if credentials.get("login") == "facebook":
        return _check_page(graph, credentials, account_id)
    token = credentials["access_token"]
    params = {"fields": "id,user_id,username,name"}
    found = ask(graph, "me", Access(token), "access_token", params=params)
    webhook_id = identifier(found.get("user_id"))
    if webhook_id != account_id:
        text = f"This token is for the account {webhook_id}: its webhooks carry that id (user_id, not id)."
        raise CredentialsRejected("account_mismatch", text, "account_id")
    prove_app(facebook, credentials)
    secrets = secrets_of(credentials, "app_secret", "instagram_app_secret")
    warnings = (
        (_GREETING, _ALLOW, _UNPROVEN) if credentials.get("instagram_app_secret") else (_GREETING, _ALLOW)
    )
    details = given(
        login="instagram",
        username=text_of(found.get("username"), 64),
        # How Instagram's app knows the person; `user_id` is the account.
        owner_id=identifier(found.get("id")),
        app_id=credentials.get("app_id", ""),
        webhook_group=f"ig:{account_id}",
    )
    return Account(account_id, _name_of(found, account_id), token, secrets, details, warnings)


def _check_page(graph: Graph, credentials: Mapping[str, str], account_id: str) -> Account:
    page_id, access = own_id(credentials, "page_id"), access_given(credentials, "access_token")
    params = {"fields": "name,instagram_business_account{id,username,name}"}
    page = ask(graph, page_id, access, "page_id", params=params)
    linked = mapping(page.get("instagram_business_account"))
    if identifier(linked.get("id")) != account_id:
        text = "That Page is not linked to this Instagram account. Link them in the Page's settings."
        raise CredentialsRejected("account_mismatch", text, "account_id")
    proven = check_permissions(graph, credentials, "access_token", PERMISSIONS)
    secrets = secrets_of(credentials, "app_secret", "instagram_app_secret")
    app_id = credentials.get("app_id", "")
    username = text_of(linked.get("username"), 64)
    details = given(
        login="facebook",
        username=username,
        page_id=page_id,
        app_id=app_id,
        webhook_group=f"page:{page_id}",
        owner_id=proven.owner_id,
    )
    name = _name_of(linked, account_id)
    return Account(account_id, name, access.token, secrets, details, (*proven.warnings, _GREETING, _ALLOW))


def _name_of(found: Mapping[str, object], account_id: str) -> str:
    return text_of(found.get("name"), 200) or text_of(found.get("username"), 200) or account_id


def register(graph: Graph, facebook: Graph, connection: Connection, callback_url: str) -> list[str]:
    """Subscribe the app to the account (to its Page with Facebook login), and the app's own webhook to us.

    A Page's list replaces the one that was there: Messenger's fields stay in it.
    """
    page_id = connection.details.get("page_id")
    path, access = f"{page_id or connection.account}/subscribed_apps", access_to(connection)
    if page_id:
        steps = subscribe_page(graph, path, access, PAGES_FIELDS, "page_id", "access_token")
        return [*steps, *subscribe_app(facebook, connection, "instagram", PAGE_LOGIN_FIELDS, callback_url)]
    params = {"subscribed_fields": ",".join(OWN_LOGIN_FIELDS)}
    ask(graph, path, access, "account_id", method="POST", params=params)
    return subscribe_app(facebook, connection, "instagram", OWN_LOGIN_FIELDS, callback_url)


def unregister(graph: Graph, facebook: Graph, connection: Connection, last_of_group: bool) -> None:
    """Take the app's webhook away from us, and the app off the account, unless Messenger still hangs on the
    same Page."""
    unsubscribe_app(facebook, connection, "instagram")
    if last_of_group:
        hangs_on = connection.details.get("page_id") or connection.account
        try_call(graph, "DELETE", f"{hangs_on}/subscribed_apps", access_to(connection))
