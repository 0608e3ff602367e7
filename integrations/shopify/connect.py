"""Connecting a shop. Source: shopify.dev/docs/api/admin-graphql, shopify.dev/docs/api/usage/access-scopes"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

from chalicelib.domain.connections import Account, Connection
from chalicelib.ports.errors import CredentialsRejected, SetupError
from integrations.reading import listed, mapping, text_of
from integrations.shopify.admin import Admin
from integrations.shopify.subscriptions import expect_all, subscribe, unsubscribe

# It becomes a host name that we call: nothing else may be able to stand there.
_DOMAIN: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}\.myshopify\.com", re.ASCII)
NEEDED: Final = ("read_orders", "read_fulfillments")
WANTED: Final[dict[str, str]] = {
    "read_customers": "buyers' names and e-mails may be missing",
    "read_products": "messages about carts and orders show no pictures",
}
# Shopify signs with the old one for up to an hour after it was changed.
_SECRETS_OVERLAP: Final = timedelta(hours=2)
_SHOP: Final = """
query Shop {
  shop { name myshopifyDomain currencyCode ianaTimezone }
  currentAppInstallation { accessScopes { handle } }
}
"""
_BUYERS: Final = "query Buyers { orders(first: 1) { nodes { id email phone } } }"
NO_BUYERS: Final = (
    "Shopify does not show this app its buyers' phone numbers and e-mails, so that nobody can be written to: "
    "ask for access to protected customer data (name, e-mail, phone, address) in the app's settings."
)
_PRIVACY_STEP: Final = (
    "In the app's settings at Shopify (Compliance webhooks), paste {url} for customer data request, customer "
    "data erasure and shop data erasure: those can't be set by call."
)


def check(admin: Admin, credentials: Mapping[str, str]) -> Account:
    """Prove the token, which shop it is for, and what it may see there."""
    shop, token = shop_of(credentials), credentials["token"]
    told = admin.ask(shop, token, _SHOP)
    about = mapping(told.data.get("shop"))
    domain = text_of(about.get("myshopifyDomain"), 100).lower()
    if domain != shop:
        raise CredentialsRejected("account_mismatch", "This token belongs to another shop.", "shop")
    scopes = scopes_in(told.data)
    missing = missing_of(scopes, NEEDED)
    if missing:
        text = f"The app lacks Admin API scopes: {', '.join(missing)}. Give it those, and install it again."
        raise CredentialsRejected("permission_missing", text, "token")
    secrets = (credentials["client_secret"], credentials.get("old_client_secret", ""))
    return Account(
        account=shop,
        name=text_of(about.get("name"), 200) or shop,
        token=token,
        signing_secrets=tuple(dict.fromkeys(secret for secret in secrets if secret)),
        details={
            "currency": text_of(about.get("currencyCode"), 3),
            "time_zone": text_of(about.get("ianaTimezone"), 64),
        },
        warnings=(*lacks(scopes), *(() if sees_buyers(admin, shop, token) else (NO_BUYERS,))),
        secrets_overlap=_SECRETS_OVERLAP,
    )


def shop_of(credentials: Mapping[str, str]) -> str:
    """The shop's own domain, which never changes. Raises SetupError."""
    shop = credentials["shop"].strip().lower()
    if not _DOMAIN.fullmatch(shop):
        text = "shop is the domain that ends with .myshopify.com, as the admin pages show it under Domains."
        raise CredentialsRejected("invalid", text, "shop")
    if credentials.get("account", shop).lower() != shop:
        raise CredentialsRejected("account_mismatch", f"These credentials are for {shop}.", "account")
    return shop


def register(admin: Admin, connection: Connection, callback_url: str) -> list[str]:
    """Subscribe to all that there is to know. What the law wants can only be set by hand."""
    expect_all(subscribe(admin, connection, callback_url))
    return [_PRIVACY_STEP.format(url=callback_url)]


def unregister(admin: Admin, connection: Connection) -> None:
    """Stop the webhooks; a dead token must not keep a merchant from leaving."""
    with suppress(SetupError):
        unsubscribe(admin, connection)


def scopes_in(data: Mapping[str, Any]) -> frozenset[str]:
    """What the token was granted. To write is to read as well."""
    installed = mapping(data.get("currentAppInstallation"))
    granted = {text_of(mapping(one).get("handle"), 64) for one in listed(installed.get("accessScopes"))}
    return frozenset(granted | {scope.replace("write_", "read_", 1) for scope in granted})


def missing_of(scopes: frozenset[str], wanted: tuple[str, ...]) -> list[str]:
    """Those of them that were not granted."""
    return [scope for scope in wanted if scope not in scopes]


def lacks(scopes: frozenset[str]) -> list[str]:
    """What goes without the scopes that are not there, in words."""
    missing = missing_of(scopes, tuple(WANTED))
    return [f"The app lacks the Admin API scope {scope}: {WANTED[scope]}." for scope in missing]


def sees_buyers(admin: Admin, shop: str, token: str) -> bool:
    """Shopify shows people's data to apps that it has approved for that. Raises ChannelDown."""
    return admin.ask(shop, token, _BUYERS).is_whole


def asked_about(admin: Admin, connection: Connection) -> Mapping[str, Any]:
    """The shop and the scopes, as they are now. Raises SetupError."""
    return admin.of(connection, _SHOP).data
