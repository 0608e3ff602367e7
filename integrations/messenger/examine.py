"""Looking after a connected Page. Source: developers.facebook.com/docs/messenger-platform/webhooks"""

from chalicelib.domain.connections import Connection, Finding
from chalicelib.domain.health import OK
from chalicelib.ports.account import Examination
from chalicelib.ports.errors import SetupError
from integrations.messenger.connect import PERMISSIONS
from integrations.meta.connect import ask, given
from integrations.meta.examine import account_findings, app_findings, distinct, refusal, token_facts
from integrations.meta.graph import Graph, access_of
from integrations.meta.subscriptions import PAGE_FIELDS
from integrations.reading import identifier


def examine(graph: Graph, connection: Connection, callback_url: str) -> Examination:
    """Ask about token, Page and webhook, and subscribe again what is missing. Raises ChannelDown."""
    access = access_of(connection)
    try:
        page = ask(graph, "me", access, "page_token", params={"fields": "id,name"}, token_field="page_token")
    except SetupError as error:
        return Examination(findings=(refusal(error),))
    if identifier(page.get("id")) != connection.account:
        text = "The token is no longer that of the Page. Make a new Page token, and connect the Page again."
        found = Finding(code="account_mismatch", severity="error", message=text)
        return Examination(findings=(found,))
    facts = token_facts(graph, connection, PERMISSIONS)
    app_id = connection.details.get("app_id") or facts.app_id
    path = f"{connection.account}/subscribed_apps"
    findings = [
        *facts.findings,
        *account_findings(graph, path, access, PAGE_FIELDS, app_id),
        *app_findings(graph, connection, "page", PAGE_FIELDS, callback_url),
    ]
    return Examination(
        findings=distinct(findings) or (OK,),
        token_expires_at=facts.expires_at,
        details=given(owner_id=facts.owner_id),
    )
