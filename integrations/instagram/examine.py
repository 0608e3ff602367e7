"""Looking after a connected Instagram account, either way it is logged in.

Source: developers.facebook.com/docs/instagram-platform/webhooks,
developers.facebook.com/docs/instagram-platform/reference/refresh_access_token
"""

from typing import Any, Final

from chalicelib.domain.connections import Connection, Finding
from chalicelib.domain.health import OK
from chalicelib.ports.account import Examination, Renewal
from chalicelib.ports.errors import SetupError
from integrations.instagram.connect import FIELDS, OWN_LOGIN_FIELDS, PAGES_FIELDS, PERMISSIONS
from integrations.instagram.send import access_to
from integrations.meta.connect import ask, given
from integrations.meta.examine import (
    TokenFacts,
    account_findings,
    app_findings,
    distinct,
    exchanged,
    refusal,
    renewal_in,
    token_facts,
)
from integrations.meta.graph import Graph
from integrations.reading import identifier, mapping

_NOT_LINKED: Final = (
    "The Page and the Instagram account are no longer linked: nothing comes in or goes out. Link them again "
    "in the Page's settings, under Linked accounts."
)
_OTHER: Final = "The token is now another account's. Make a new one, and connect the account again."


def examine(graph: Graph, facebook: Graph, connection: Connection, callback_url: str) -> Examination:
    """Ask about token, account and webhook, and subscribe again what is missing. `graph` is the host of this
    login. Raises ChannelDown."""
    page_id = connection.details.get("page_id", "")
    try:
        wrong = _not_linked(graph, connection, page_id) if page_id else _not_theirs(graph, connection)
    except SetupError as error:
        return Examination(findings=(refusal(error),))
    # Instagram's own tokens are unknown to Facebook: nobody tells when they end but who renews them.
    facts = token_facts(facebook, connection, PERMISSIONS) if page_id else TokenFacts()
    # By Instagram's own login the app goes by another id there than the one that we know.
    app_id = (connection.details.get("app_id") or facts.app_id) if page_id else ""
    on_account, of_app = (PAGES_FIELDS, FIELDS) if page_id else (OWN_LOGIN_FIELDS, OWN_LOGIN_FIELDS)
    path = f"{page_id or connection.account}/subscribed_apps"
    findings = [
        *wrong,
        *facts.findings,
        *account_findings(graph, path, access_to(connection), on_account, app_id),
        *app_findings(facebook, connection, "instagram", of_app, callback_url),
    ]
    return Examination(
        findings=distinct(findings) or (OK,),
        token_expires_at=facts.expires_at,
        details=given(owner_id=facts.owner_id),
    )


def _not_linked(graph: Graph, connection: Connection, page_id: str) -> list[Finding]:
    params = {"fields": "instagram_business_account{id}"}
    page = ask(graph, page_id, access_to(connection), "page_id", params=params)
    if _id_in(page.get("instagram_business_account")) == connection.account:
        return []
    return [Finding(code="page_not_linked", severity="error", message=_NOT_LINKED)]


def _not_theirs(graph: Graph, connection: Connection) -> list[Finding]:
    params = {"fields": "user_id,username"}
    found = ask(graph, "me", access_to(connection), "access_token", params=params)
    if identifier(found.get("user_id")) == connection.account:
        return []
    return [Finding(code="account_mismatch", severity="error", message=_OTHER)]


def _id_in(linked: Any) -> str:
    return identifier(mapping(linked).get("id"))


def renew(graph: Graph, facebook: Graph, connection: Connection) -> Renewal | None:
    """Instagram's own tokens live 60 days more each time; one that is not a day old yet is left as it is, and
    one that has expired takes the person who logged in. Raises SetupError."""
    if connection.details.get("page_id"):
        return exchanged(facebook, connection)
    params = {"grant_type": "ig_refresh_token"}
    return renewal_in(
        ask(graph, "refresh_access_token", access_to(connection), "access_token", params=params)
    )
