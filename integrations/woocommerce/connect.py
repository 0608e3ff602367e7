"""Connecting a shop.

Source: woocommerce.github.io/woocommerce-rest-api-docs (authentication, index, currencies, webhooks)
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from chalicelib.domain.connections import Account, Connection
from chalicelib.ports.errors import ChannelDown, CredentialsRejected, SetupError
from integrations.reading import identifier, listed, mapping, text_of
from integrations.woocommerce import hooks
from integrations.woocommerce.addresses import site_of
from integrations.woocommerce.site import ReadOnly, Sites, rejected

# Both are done while the merchant waits, who is answered within 29 s.
_CHECKS_FOR_S: Final = 13.0
_REGISTERS_FOR_S: Final = 13.0
_READ_ONLY: Final = (
    "These keys may only read, so the shop's webhooks can't be set. Make new ones with the permission "
    "Read/Write (WooCommerce › Settings › Advanced › REST API) and connect the shop again with them; until "
    "then it is asked for its orders every quarter of an hour."
)


def check(sites: Sites, credentials: Mapping[str, str]) -> Account:
    """Prove the keys, and that the shop knows itself by this address: its webhooks name it."""
    sites = sites.within(_CHECKS_FOR_S)
    site = site_of(credentials["url"], sites.own_url)
    if not site:
        raise rejected("address_refused", "A shop's address looks like https://shop.example.", "url")
    token = f"{credentials['consumer_key']}:{credentials['consumer_secret']}"
    index = mapping(sites.ask(site, "", "GET", "", {"_fields": "name,home"}))
    home = site_of(text_of(index.get("home")), sites.own_url)
    _expect(home or site, site, "url")
    _expect(site_of(credentials.get("account", site), sites.own_url), site, "account")
    currency = mapping(sites.ask(site, token, "GET", "wc/v3/data/currencies/current")).get("code")
    listed(sites.ask(site, token, "GET", "wc/v3/orders", {"per_page": "1", "_fields": "id"}))
    return Account(
        account=site,
        name=text_of(index.get("name"), 200) or site.partition("://")[2],
        token=token,
        details={"currency": text_of(currency, 3)},
        warnings=() if _may_write(sites, site, token) else (_READ_ONLY,),
        takes_our_secret=True,
    )


def register(sites: Sites, connection: Connection, callback_url: str) -> list[str]:
    """Nothing is left to click, unless the keys may only read."""
    try:
        hooks.mend(sites.within(_REGISTERS_FOR_S), connection, callback_url, is_new=True)
    except ReadOnly:
        return [_READ_ONLY]
    return []


def unregister(sites: Sites, connection: Connection) -> None:
    """Take our webhooks away, by whatever address of this deployment they were made."""
    with suppress(SetupError):
        for one in hooks.ours(sites, connection):
            hooks.remove(sites, connection, identifier(one.get("id")))


def _expect(told: str, given: str, field: str) -> None:
    if told != given:
        text = f"This shop calls itself {told or 'something else'}: connect it by that address."
        raise rejected("account_mismatch", text, field)


def _may_write(sites: Sites, site: str, token: str) -> bool:
    """A webhook without a topic is never made: who may write is told that, who may not is told so before."""
    try:
        sites.ask(site, token, "POST", hooks.PATH, body={})
    except ReadOnly:
        return False
    except (CredentialsRejected, ChannelDown):
        raise
    except SetupError:
        return True
    return True
