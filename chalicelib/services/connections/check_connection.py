"""A connection is looked after: once a day by itself, and whenever its merchant asks."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.connections import Connection, Finding
from chalicelib.domain.events import Notice
from chalicelib.domain.health import (
    AGAIN_AFTER,
    OK,
    expiry_step,
    is_usable,
    next_check,
    shown,
    wants_renewal,
)
from chalicelib.domain.staff.people import token_lost
from chalicelib.domain.work import CheckConnection, Due
from chalicelib.ports.account import Connectable
from chalicelib.ports.afterwards import KeptNotice
from chalicelib.ports.errors import ChannelDown, SetupError
from chalicelib.ports.queues import DueStore
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.connections.connect import callback_url
from chalicelib.services.connections.former_secrets import without_former_secret
from chalicelib.services.connections.prove_webhook import ProveWebhook
from chalicelib.services.faults import insist
from chalicelib.services.sending.release_held import Release

_DOWN = Finding(
    code="channel_down",
    severity="warning",
    message="The channel did not answer now: what is shown here is older. It is asked again in an hour.",
)
_MOST_NOTICES = 50
# What is looked through for problems: a day may tell of many templates.
_MOST_MATTERS = 200


@dataclass(frozen=True, slots=True)
class CheckUp:
    """What a check on demand came to: the connection as it is now, and all there is to see to."""

    connection: Connection
    findings: tuple[Finding, ...]


class CheckConnections:
    """Asks the channel, renews the token, mends the webhook, and stores what there is to see to.

    Repeatable at any point. Receiving does not depend on it: whatever is found, events are stored.
    """

    def __init__(
        self,
        threads: ThreadStore,
        shops: ShopStore,
        dues: DueStore,
        release: Release,
        platform_named: Callable[[str], Connectable],
        prove_webhook: ProveWebhook,
        follow: Callable[[Connection, datetime], None],
    ) -> None:
        self._threads, self._shops, self._dues, self._release = threads, shops, dues, release
        self._platform_named, self._prove_webhook = platform_named, prove_webhook
        self._follow = follow

    def __call__(self, work: CheckConnection, public_url: str, now: datetime) -> None:
        """The daily one. public_url: '' where it is not set; then the one it was connected by holds. Raises
        StoreBusy when it may pass later."""
        connection = self._shops.connection(work.connection_id)
        if connection is None or connection.status == "disconnected":
            self._dues.forget(work)
            return
        url = _webhook_url(connection, public_url)
        if connection.status == "connecting" or not url:
            self._dues.set(_next(connection, now))
            return
        try:
            self._check(connection, url, now)
        except ChannelDown:
            return

    def on_demand(self, connection: Connection, public_url: str, now: datetime) -> CheckUp:
        """The same, and a test event that goes all the way. Raises StoreBusy."""
        url, found = callback_url(public_url, connection), []
        try:
            self._check(connection, url, now)
        except ChannelDown:
            found.append(_DOWN)
        proof = self._prove_webhook(connection, url)
        after = self._shops.connection(connection.connection_id) or connection
        found += self.findings(after, now)
        return CheckUp(after, (*(found or (OK,)), proof))

    def findings(self, connection: Connection, now: datetime) -> tuple[Finding, ...]:
        """All there is to see to, as it is known now. Asks no channel."""
        told = self._threads.notices(
            connection.merchant_id, connection.connection_id, _MOST_MATTERS, news=False
        )
        return shown(connection, [_timed(one) for one in told], now)

    def notices(self, connection: Connection, limit: int = _MOST_NOTICES) -> list[KeptNotice]:
        """What the channel has told of it, the newest first."""
        return self._threads.notices(connection.merchant_id, connection.connection_id, limit)

    def _check(self, connection: Connection, url: str, now: datetime) -> None:
        """Raises ChannelDown when nothing could be learned: what was found before holds."""
        if not connection.token:  # taken back: until it is connected again there is nothing to ask with
            self._dues.set(_next(connection, now))
            return
        # Before anything can go wrong: should it, that is tried again in an hour, not every few minutes.
        self._dues.set(Due(_work_of(connection), now + AGAIN_AFTER))
        channel = self._platform_named(connection.channel)
        said = channel.examine(connection, url)
        checked = replace(
            connection,
            details={**connection.details, **said.details},
            token_expires_at=said.token_expires_at or connection.token_expires_at,
            findings=tuple(one for one in said.findings if one.severity != "ok"),
            checked_at=now,
        )
        lasting = without_former_secret(checked, now)
        renewed = self._renewed(channel, lasting, now) if is_usable(said.findings) else lasting
        is_renewed = renewed is not checked
        insist(lambda: self._shops.note_check(renewed, is_renewed=is_renewed))
        self._warn(connection, renewed, now)
        self._mark(connection, said.findings, now)
        self._dues.set(_next(connection, now))
        if is_usable(said.findings):
            self._follow(renewed, now)

    def _renewed(self, channel: Connectable, connection: Connection, now: datetime) -> Connection:
        """With a fresh token, where one is wanted and given. A failure is tried again the next day: there
        are ten."""
        if not wants_renewal(connection.token_expires_at, connection.connected_at, now):
            return connection
        try:
            fresh = channel.renew(connection)
        except SetupError:
            return connection
        if fresh is None:
            return connection
        return replace(connection, token=fresh.token, token_expires_at=now + fresh.lasts)

    def _warn(self, before: Connection, after: Connection, now: datetime) -> None:
        """Note the days on which the end of the token came nearer, once for each step."""
        step = expiry_step(after.token_expires_at, now)
        was = expiry_step(before.token_expires_at, before.checked_at) if before.checked_at else None
        if step is None or (was is not None and was <= step):
            return
        notice = Notice(kind="token_expires", at=now, details={"days": step})
        self._threads.keep_notice(after.merchant_id, after.connection_id, notice, now)

    def _mark(self, connection: Connection, findings: tuple[Finding, ...], now: datetime) -> None:
        """A refused token holds what is to be sent, and the shop's people hear of it; one that works again
        lets it go."""
        if any(one.code == "token_rejected" for one in findings):
            self._shops.needs_reauth(connection)
            self._dues.set(Due(token_lost(connection, now), now))
        elif connection.status == "needs_reauth" and is_usable(findings):
            with self._release(connection, now):
                self._shops.works_again(connection)


def _webhook_url(connection: Connection, public_url: str) -> str:
    """Where its webhooks come; '' when nobody knows."""
    if public_url:
        return callback_url(public_url, connection)
    return connection.details.get("webhook_url", "")


def _timed(kept: KeptNotice) -> Notice:
    return replace(kept.notice, at=kept.at)


def _work_of(connection: Connection) -> CheckConnection:
    return CheckConnection(connection.merchant_id, connection.connection_id)


def _next(connection: Connection, now: datetime) -> Due:
    return Due(_work_of(connection), next_check(connection.connection_id, now))
