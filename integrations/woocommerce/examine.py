"""Looking after a connected shop: do its keys hold, do its webhooks deliver?

Source: woocommerce.github.io/woocommerce-rest-api-docs (webhooks, delivery and payload: what is not taken six
times in a row is switched off, and nothing is sent again)
"""

from typing import Final, Literal

from chalicelib.domain.connections import Connection, Finding
from chalicelib.ports.account import Examination
from chalicelib.ports.errors import ChannelDown, SetupError
from integrations.woocommerce import hooks
from integrations.woocommerce.site import ReadOnly, Sites

_FINE: Final = "The keys hold, and the shop's webhooks come here."
_SILENT: Final = (
    "The shop had switched its webhooks to us off, as it does when several calls in a row are not taken, or "
    "somebody had. They are on again, and what was missed meanwhile is fetched: nothing is left to do."
)
_MISSING: Final = (
    "The shop did not have all of our webhooks; now it does, and what was missed is fetched. If this happens "
    "again, somebody deletes them in WooCommerce › Settings › Advanced › Webhooks."
)
_READ_ONLY: Final = (
    "Some of the shop's webhooks are missing or switched off, and the keys may only read: make new ones with "
    "the permission Read/Write and connect the shop again. Until then it is asked for its orders every "
    "quarter of an hour."
)


def examine(sites: Sites, connection: Connection, callback_url: str) -> Examination:
    """Ask, and mend what can be mended. Raises ChannelDown."""
    try:
        mended = hooks.mend(sites, connection, callback_url)
    except ReadOnly:
        return _found("not_permitted", "warning", _READ_ONLY)
    except ChannelDown:
        raise
    except SetupError as error:
        return _found(error.code, "error", error.message)
    if mended.missing:
        return _found("webhook_repaired", "warning", _MISSING)
    if mended.silent:
        return _found("webhook_repaired", "warning", _SILENT)
    return _found("ok", "ok", _FINE)


def _found(code: str, severity: Literal["ok", "warning", "error"], message: str) -> Examination:
    return Examination(findings=(Finding(code=code, severity=severity, message=message),))
