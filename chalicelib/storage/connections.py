"""Connections in DynamoDB: with their secrets under their id, without them in their merchant's list."""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, Protocol, cast

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.connections import Connection, ConnectionStatus, Finding
from chalicelib.domain.taking_back import TAKEN_BACK
from chalicelib.ports.errors import Conflict
from chalicelib.storage.errors import answers
from chalicelib.storage.models import ClaimItem, ConnectionItem, GroupItem, OwnerItem
from chalicelib.storage.owners import owner_key, owner_rows, without_owner
from chalicelib.storage.reading import get
from chalicelib.storage.transaction import Transaction


class Vault(Protocol):
    """Encrypts for one owner: what was sealed for one can't be opened for another."""

    def seal(self, owner: str, secrets: Mapping[str, Any]) -> str: ...

    def unseal(self, owner: str, sealed: str) -> dict[str, Any]: ...


class DynamoConnections:
    """What the ShopStore keeps of connections, secrets sealed by the vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def connection(self, connection_id: str) -> Connection | None:
        """With its secrets in the clear."""
        item = get(ConnectionItem, f"connection#{connection_id}", "connection")
        return None if item is None else self._opened(item)

    def _opened(self, item: ConnectionItem) -> Connection:
        """What a row holds, with its secrets."""
        secrets = self._vault.unseal(item.merchant_id, item.sealed) if item.sealed else {}
        return _connection(item, secrets)

    def connections(self, merchant_id: str) -> list[Connection]:
        """A merchant's connections, without secrets."""
        with answers():
            span = ConnectionItem.sk.startswith("connection#")
            found = ConnectionItem.query(merchant_id, span, consistent_read=True)
            return [_connection(item, {}) for item in found]

    def claimed(self, channel: str, account: str) -> str | None:
        """The connection that holds an external account."""
        item = get(ClaimItem, f"claim#{channel}#{account}", "claim")
        return None if item is None else item.connection_id

    def save_connection(self, connection: Connection) -> None:
        """Store it and its claim on the account. Raises Conflict when another merchant holds the account."""
        with Transaction() as write:
            claim = _claim_row(connection)
            write.put("claim", claim, _is_free_or_ours(connection))
            found, listed = self._rows(connection)
            write.put("connection", found)
            write.put("connection", listed)
            for row in _group_rows(connection):
                write.put("group", row)
            for owner in owner_rows(connection):
                write.put("owner", owner)

    def shares_subscription(self, connection: Connection) -> bool:
        """Whether another connection, whoever's, hangs on the same subscription of the channel."""
        with answers():
            groups = [GroupItem.query(row.pk, consistent_read=True) for row in _group_rows(connection)]
            hanging = [item for group in groups for item in group]
        return any(item.sk != connection.connection_id for item in hanging)

    def needs_reauth(self, connection: Connection) -> None:
        """Only an active connection is marked: one that was closed or connected again meanwhile stays."""
        actions: list[Action] = [ConnectionItem.status.set("needs_reauth")]
        is_active = ConnectionItem.status == "active"
        self._update(connection, actions, is_active & _is_as_connected(connection))

    def works_again(self, connection: Connection) -> None:
        """Only what is marked as refused, and was not connected anew meanwhile, is active again."""
        actions: list[Action] = [ConnectionItem.status.set("active")]
        is_refused = ConnectionItem.status == "needs_reauth"
        self._update(connection, actions, is_refused & _is_as_connected(connection))

    def note_check(self, connection: Connection, *, is_renewed: bool) -> None:
        """The status stays as it is: others may have changed it since."""
        actions: list[Action] = [
            ConnectionItem.details.set(dict(connection.details)),
            ConnectionItem.findings.set(_findings_row(connection)),
        ]
        if connection.checked_at is not None:
            actions.append(ConnectionItem.checked_at.set(connection.checked_at))
        if connection.token_expires_at is not None:
            actions.append(ConnectionItem.token_expires_at.set(connection.token_expires_at))
        is_open = ConnectionItem.status.is_in("active", "needs_reauth")
        sealed: list[Action] = [ConnectionItem.sealed.set(self._sealed(connection))] if is_renewed else []
        self._update(connection, actions, is_open & _is_as_connected(connection), sealed)

    def _update(
        self,
        connection: Connection,
        actions: list[Action],
        condition: Condition,
        sealed: Sequence[Action] = (),
    ) -> None:
        """Change both rows of it, or none. sealed: for the one that holds its secrets."""
        found = ConnectionItem(f"connection#{connection.connection_id}", "connection")
        listed = ConnectionItem(connection.merchant_id, f"connection#{connection.connection_id}")
        with contextlib.suppress(Conflict), Transaction() as write:
            write.update("connection", found, [*actions, *sealed], condition)
            write.update("connection", listed, actions, condition)
            for owner in owner_rows(connection):
                write.put("owner", owner)

    def connected_by(self, user_id: str) -> list[str]:
        """The connections that somebody made, as their channel's app knows them."""
        with answers():
            return [item.sk for item in OwnerItem.query(owner_key(user_id), consistent_read=True)]

    def take_back(self, connection: Connection, *, is_forgotten: bool) -> None:
        """Token destroyed, secrets that prove webhooks kept. What was disconnected has no token any more."""
        details = without_owner(connection) if is_forgotten else dict(connection.details)
        left = replace(connection, token="", details=details, findings=(TAKEN_BACK,))
        actions: list[Action] = [ConnectionItem.details.set(details)]
        sealed: list[Action] = []
        if connection.status in ("active", "needs_reauth"):
            sealed.append(ConnectionItem.sealed.set(self._sealed(left)))
            actions.append(ConnectionItem.status.set("needs_reauth"))
            actions.append(ConnectionItem.findings.set(_findings_row(left)))
        found = ConnectionItem(f"connection#{connection.connection_id}", "connection")
        listed = ConnectionItem(connection.merchant_id, f"connection#{connection.connection_id}")
        is_as_read = _is_as_connected(connection) & (ConnectionItem.status == connection.status)
        with Transaction() as write:
            write.update("connection", found, [*actions, *sealed], is_as_read)
            write.update("connection", listed, actions, is_as_read)
            for owner in owner_rows(connection) if is_forgotten else ():
                write.delete("owner", owner)

    def close_connection(self, connection: Connection) -> None:
        """Mark it disconnected, destroy its secrets and who connected it, free the account."""
        with Transaction() as write:
            write.delete("claim", _claim_row(connection), _is_free_or_ours(connection))
            found, listed = self._rows(replace(connection, details=without_owner(connection)))
            for row in (found, listed):
                row.status, row.sealed = "disconnected", None
                write.put("connection", row)
            for group in _group_rows(connection):
                write.delete("group", group)
            for owner in owner_rows(connection):
                write.delete("owner", owner)

    def drop_connection(self, connection: Connection) -> None:
        """Undo a connection that was never active: no row and no claim stays."""
        with Transaction() as write:
            write.delete("claim", _claim_row(connection), _is_free_or_ours(connection))
            beside = (*_group_rows(connection), *owner_rows(connection))
            for row in (*self._rows(connection), *beside):
                write.delete("connection", row)

    def _rows(self, connection: Connection) -> tuple[ConnectionItem, ConnectionItem]:
        found = _connection_row(f"connection#{connection.connection_id}", "connection", connection)
        if connection.token or connection.signing_secrets:
            found.sealed = self._sealed(connection)
        listed = _connection_row(connection.merchant_id, f"connection#{connection.connection_id}", connection)
        return found, listed

    def _sealed(self, connection: Connection) -> str:
        secrets = {
            "token": connection.token,
            "signing_secrets": list(connection.signing_secrets),
            "verify_token": connection.verify_token,
        }
        return self._vault.seal(connection.merchant_id, secrets)


def _claim_row(connection: Connection) -> ClaimItem:
    return ClaimItem(
        f"claim#{connection.channel}#{connection.account}",
        "claim",
        merchant_id=connection.merchant_id,
        connection_id=connection.connection_id,
    )


def _group_rows(connection: Connection) -> list[GroupItem]:
    """Its row among those who share a subscription; none where the channel has no such thing."""
    group = connection.details.get("webhook_group")
    return [GroupItem(f"group#{group}", connection.connection_id)] if group else []


def _is_free_or_ours(connection: Connection) -> Condition:
    free: Condition = ClaimItem.pk.does_not_exist() | (ClaimItem.merchant_id == connection.merchant_id)
    return free


def _is_as_connected(connection: Connection) -> Condition:
    """Whoever connects it anew changes this."""
    at = connection.connected_at
    as_read: Condition = (
        ConnectionItem.connected_at == at if at else ConnectionItem.connected_at.does_not_exist()
    )
    return as_read


def _findings_row(connection: Connection) -> list[dict[str, str]]:
    return [asdict(one) for one in connection.findings]


def _connection_row(pk: str, sk: str, connection: Connection) -> ConnectionItem:
    return ConnectionItem(
        pk,
        sk,
        merchant_id=connection.merchant_id,
        connection_id=connection.connection_id,
        channel=connection.channel,
        account=connection.account,
        name=connection.name,
        status=connection.status,
        details=dict(connection.details),
        next_steps=list(connection.next_steps),
        connected_at=connection.connected_at,
        began_at=connection.began_at,
        token_expires_at=connection.token_expires_at,
        checked_at=connection.checked_at,
        findings=_findings_row(connection) or None,
    )


def _connection(item: ConnectionItem, secrets: Mapping[str, Any]) -> Connection:
    return Connection(
        merchant_id=item.merchant_id,
        connection_id=item.connection_id,
        channel=item.channel,
        account=item.account,
        name=item.name,
        status=cast(ConnectionStatus, item.status),
        token=secrets.get("token", ""),
        signing_secrets=tuple(secrets.get("signing_secrets", ())),
        verify_token=secrets.get("verify_token", ""),
        details=cast(dict[str, str], item.details),
        next_steps=tuple(cast(list[str], item.next_steps)),
        connected_at=item.connected_at,
        began_at=item.began_at,
        token_expires_at=item.token_expires_at,
        checked_at=item.checked_at,
        findings=tuple(Finding(**one) for one in cast(list[dict[str, Any]], item.findings or [])),
    )
