"""A test event of our own, signed as the channel signs, goes the whole way that a shopper's message goes."""

from collections.abc import Callable
from dataclasses import replace
from secrets import token_hex
from typing import Final

from chalicelib.domain.connections import Connection, Finding
from chalicelib.ports.account import Connectable
from chalicelib.ports.self_call import SelfCall
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import ThreadStore

WAITS_S: Final = 8.0
LOOKS_EVERY_S: Final = 0.25

_CAME = "A signed test event came in at the public address, and through the queue."
_LOST = (
    "A signed test event was taken at the public address, and did not come through the queue in time. Look "
    "at /health: if messages pile up in `inbound`, read the log of the function that receives them."
)
_NONE = "It calls no webhook: there is nothing to be tested."
_REFUSED = (
    "The public address does not know the signature of a test event ({answer}). Was the app's secret "
    "changed? Connect the account again with the secret that the channel shows now."
)
_UNREACHED = (
    "A test event could not be delivered to the public address: {answer}. Open the address of the webhook in "
    "a browser: if it can't be reached, mend the deployment's domain, certificate or firewall."
)


class ProveWebhook:
    """Calls our own webhook from outside, and waits until the event has come all the way."""

    def __init__(
        self,
        threads: ThreadStore,
        shops: ShopStore,
        platform_named: Callable[[str], Connectable],
        call: SelfCall,
        sleep: Callable[[float], None],
    ) -> None:
        self._threads, self._shops, self._platform_named = threads, shops, platform_named
        self._call, self._sleep = call, sleep

    def __call__(self, connection: Connection, url: str) -> Finding:
        """What came of it. Raises StoreBusy."""
        nonce = token_hex(16)
        platform = self._platform_named(connection.channel)
        headers, body = platform.self_test(self._with_secret(connection), nonce)
        if not body:
            return Finding(code="self_test_none", severity="ok", message=_NONE)
        answer = self._call(url, headers, body)
        if answer in ("401", "403"):
            return Finding(
                code="webhook_unreachable", severity="error", message=_REFUSED.format(answer=answer)
            )
        if answer != "200":
            text = _UNREACHED.format(answer=answer)
            return Finding(code="webhook_unreachable", severity="error", message=text)
        if self._comes(connection, nonce):
            return Finding(code="self_test_ok", severity="ok", message=_CAME)
        return Finding(code="self_test_lost", severity="error", message=_LOST)

    def _with_secret(self, connection: Connection) -> Connection:
        """An account on the deployment's shared app is signed for with that app's secret."""
        if connection.signing_secrets:
            return connection
        apps = self._shops.shared_apps()
        return replace(connection, signing_secrets=apps[0].signing_secrets if apps else ())

    def _comes(self, connection: Connection, nonce: str) -> bool:
        for _ in range(int(WAITS_S / LOOKS_EVERY_S)):
            if self._threads.self_test_came(connection.merchant_id, connection.connection_id, nonce):
                return True
            self._sleep(LOOKS_EVERY_S)
        return self._threads.self_test_came(connection.merchant_id, connection.connection_id, nonce)
