"""A merchant connects, checks and leaves a channel."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Final

from chalicelib.domain.connections import Account, Connection
from chalicelib.domain.health import next_check
from chalicelib.domain.ids import stable_id
from chalicelib.domain.taking_back import callbacks_to_paste
from chalicelib.domain.work import CheckConnection, Due, ForgetShop
from chalicelib.ports.account import Connectable
from chalicelib.ports.errors import Conflict, SetupError, StoreBusy
from chalicelib.ports.queues import DueStore
from chalicelib.ports.shops import ShopStore
from chalicelib.services.connections.former_secrets import with_former_secret
from chalicelib.services.sending.release_held import Release

# Who has disconnected by mistake finds everything again.
SHOP_KEPT_FOR: Final = timedelta(days=3)
_NO_SHARED_APP = (
    "Give the Meta app's secret: this deployment has no Meta app of its own that merchants share."
)
_TAKEN = "Another shop has connected this account. It must be disconnected there first."


class Connect:
    """Proves an account with its channel, stores it encrypted and points its webhooks here: all or
    nothing."""

    def __init__(
        self,
        shops: ShopStore,
        dues: DueStore,
        release: Release,
        follow: Callable[[Connection, datetime], None],
    ) -> None:
        """follow: begins what goes on beside it (its templates, what a shop has changed), and never fails."""
        self._shops, self._dues, self._release = shops, dues, release
        self._follow = follow

    def __call__(
        self,
        merchant_id: str,
        name: str,
        channel: Connectable,
        credentials: Mapping[str, str],
        public_url: str,
        now: datetime,
    ) -> Connection:
        """Raises SetupError; then nothing is stored and an earlier connection of the account is as it was."""
        account = channel.check(credentials)
        if account.is_their_own:
            account = replace(account, account=f"{merchant_id}/{account.account}")
        is_shared = not (account.takes_our_secret or account.signing_secrets or account.is_their_own)
        if is_shared and not self._shops.shared_apps():
            raise SetupError("app_secret_needed", _NO_SHARED_APP, "app_secret")
        connection_id = stable_id("cn", merchant_id, name, account.account)
        before = self._shops.connection(connection_id)
        connection = _connection(merchant_id, connection_id, name, account, before, now)
        connection = with_former_secret(connection, before, account.secrets_overlap, now)
        if is_shared:
            connection = replace(connection, details={**connection.details, "app": "shared"})
        # What looks after it later may have no other way to know where its webhooks come.
        webhook_url = callback_url(public_url, connection)
        connection = replace(connection, details={**connection.details, "webhook_url": webhook_url})
        is_working = before is not None and bool(before.token)
        if not is_working:  # the channel's handshake looks for it; a working one answers that as it is
            self._claim(connection)
        try:
            steps = channel.register(connection, webhook_url)
            left = (*steps, *callbacks_to_paste(public_url, connection), *account.warnings)
            active = replace(connection, status="active", next_steps=left)
            self._dues.set(Due(CheckConnection(merchant_id, connection_id), next_check(connection_id, now)))
            with self._release(active, now):
                self._shops.save_connection(active)
        except Exception:
            if not is_working:
                self._undo(connection, before)
            raise
        if before is not None:  # it came back in time: a token that is refused later must not let it go
            with suppress(StoreBusy):
                self._dues.forget(ForgetShop(merchant_id, connection_id))
        self._follow(active, now)
        return active

    def _claim(self, connection: Connection) -> None:
        try:
            self._shops.save_connection(connection)
        except Conflict as error:
            raise SetupError("account_taken", _TAKEN, "account") from error

    def _undo(self, connection: Connection, before: Connection | None) -> None:
        if before is None:
            self._shops.drop_connection(connection)
        elif before.status == "needs_reauth":  # taken back: what comes in is still taken
            self._shops.save_connection(before)
        else:
            self._shops.close_connection(before)


class Disconnect:
    """Stops the webhooks, frees the account, destroys its secrets. Threads stay; the carts and orders of a
    shop go some days later, as nobody who asks for it can be believed any more without its secrets."""

    def __init__(
        self, shops: ShopStore, dues: DueStore, release: Release, is_shop: Callable[[str], bool]
    ) -> None:
        """is_shop: of a kind of connection, whether it is a shop system's."""
        self._shops, self._dues, self._release, self._is_shop = shops, dues, release, is_shop

    def __call__(self, connection: Connection, channel: Connectable, now: datetime) -> None:
        """What is still queued from it is stored; what was to be sent ends as skipped. What was to be
        forgotten stays where it is connected again by then."""
        channel.unregister(connection, not self._shops.shares_subscription(connection))
        if self._is_shop(connection.channel):  # first: should we die in between, an active one keeps all
            work = ForgetShop(connection.merchant_id, connection.connection_id)
            self._dues.set(Due(work, now + SHOP_KEPT_FOR))
        with self._release(connection, now):
            self._shops.close_connection(connection)


def callback_url(public_url: str, connection: Connection) -> str:
    """Its own URL; an account on the deployment's shared Meta app uses the URL of its channel."""
    url = f"{public_url}/webhooks/{connection.channel}"
    return url if connection.details.get("app") == "shared" else f"{url}/{connection.connection_id}"


def _connection(
    merchant_id: str,
    connection_id: str,
    name: str,
    account: Account,
    before: Connection | None,
    now: datetime,
) -> Connection:
    """A connection that was there keeps its secrets of our making, so that webhooks on their way still
    verify."""
    secrets = account.signing_secrets
    if account.takes_our_secret:
        secrets = before.signing_secrets if before and before.signing_secrets else (token_urlsafe(32),)
    return Connection(
        merchant_id=merchant_id,
        connection_id=connection_id,
        channel=name,
        account=account.account,
        name=account.name,
        status="connecting",
        token=account.token,
        signing_secrets=secrets,
        verify_token=before.verify_token if before and before.verify_token else token_urlsafe(24),
        details=account.details,
        connected_at=now,
        began_at=_began_at(before, now),
    )


def _began_at(before: Connection | None, now: datetime) -> datetime:
    """Credentials given anew begin nothing anew, as long as nobody has disconnected it."""
    if before is None or before.status == "disconnected":
        return now
    return before.began_at or before.connected_at or now
