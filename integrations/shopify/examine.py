"""Looking after a connected shop: does its token hold, what may it see, does all that happens come here?

Source: shopify.dev/docs/apps/build/webhooks/troubleshooting-webhooks
"""

from chalicelib.domain.connections import Connection, Finding
from chalicelib.ports.account import Examination
from chalicelib.ports.errors import CredentialsRejected
from integrations.shopify.admin import Admin
from integrations.shopify.connect import (
    NEEDED,
    NO_BUYERS,
    asked_about,
    lacks,
    missing_of,
    scopes_in,
    sees_buyers,
)
from integrations.shopify.subscriptions import in_words, subscribe

_FINE = Finding(code="ok", severity="ok", message="The token holds, and all that happens comes here.")


def examine(admin: Admin, connection: Connection, callback_url: str) -> Examination:
    """Ask, and subscribe again to what is missing. Raises ChannelDown."""
    try:
        scopes = scopes_in(asked_about(admin, connection))
        findings = [*_scopes(admin, connection, scopes), *_webhooks(admin, connection, callback_url)]
    except CredentialsRejected as error:
        return Examination(findings=(Finding(code=error.code, severity="error", message=error.message),))
    return Examination(findings=tuple(findings) or (_FINE,))


def _scopes(admin: Admin, connection: Connection, scopes: frozenset[str]) -> list[Finding]:
    missing = missing_of(scopes, NEEDED)
    found = []
    if missing:
        text = f"The app lacks Admin API scopes: {', '.join(missing)}. Give it those, and install it again."
        found.append(Finding(code="permission_missing", severity="error", message=text))
    found += [Finding(code="scope_missing", severity="warning", message=text) for text in lacks(scopes)]
    if not missing and not sees_buyers(admin, connection.account, connection.token):
        found.append(Finding(code="buyers_hidden", severity="error", message=NO_BUYERS))
    return found


def _webhooks(admin: Admin, connection: Connection, callback_url: str) -> list[Finding]:
    """Shopify takes away what it can't deliver, without a word to the shop."""
    mended = subscribe(admin, connection, callback_url)
    if mended.refused:
        text = f"Shopify does not send: {in_words(mended.refused)}. See the app's scopes, and connect again."
        return [Finding(code="webhook_missing", severity="error", message=text)]
    if not mended.missing:
        return []
    text = (
        f"Shopify had stopped sending: {in_words(mended.missing)}; now it comes here again, and what was "
        "missed is asked for. Shopify stops after eight failures in a row: see whether the webhook's address "
        "can be reached from outside."
    )
    return [Finding(code="webhook_repaired", severity="warning", message=text)]
