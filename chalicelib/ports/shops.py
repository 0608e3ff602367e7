"""Merchants, their keys, settings and connections."""

from typing import Protocol

from chalicelib.domain.connections import Connection, SharedApp
from chalicelib.domain.merchants import Key, Merchant, Shop


class ShopStore(Protocol):
    """Merchants, their keys, settings and connections; the deployment's shared apps. All raise StoreBusy."""

    def add_merchant(self, merchant: Merchant, owner: Key) -> None:
        """A new merchant with the owner's key."""

    def merchants(self, after: str = "", limit: int = 50) -> list[Merchant]:
        """By id, after the given one."""

    def merchant(self, merchant_id: str) -> Merchant | None:
        """One merchant."""

    def remove_merchant(self, merchant_id: str) -> None:
        """The merchant, their settings and their keys are gone; threads stay until they are erased."""

    def add_key(self, key: Key) -> None:
        """A further key."""

    def key(self, secret_hash: str) -> Key | None:
        """Who comes with this key."""

    def keys(self, merchant_id: str) -> list[Key]:
        """A merchant's keys."""

    def remove_key(self, key: Key) -> None:
        """It opens nothing any more."""

    def shop(self, merchant_id: str) -> Shop:
        """The shop's settings; the defaults until some are set."""

    def save_shop(self, merchant_id: str, shop: Shop) -> None:
        """Replace the settings. Raises Conflict when somebody has saved since they were read."""

    def connection(self, connection_id: str) -> Connection | None:
        """With its secrets in the clear."""

    def connection_and_shop(self, connection_id: str, merchant_id: str) -> tuple[Connection | None, Shop]:
        """Both in one call, the shop as it is on the connection."""

    def connections(self, merchant_id: str) -> list[Connection]:
        """A merchant's connections, without secrets."""

    def claimed(self, channel: str, account: str) -> str | None:
        """The connection that holds an external account."""

    def save_connection(self, connection: Connection) -> None:
        """Store it and its claim on the account. Raises Conflict when another merchant holds the account."""

    def needs_reauth(self, connection: Connection) -> None:
        """The channel refuses its token: it is shown so until the merchant connects it again."""

    def note_check(self, connection: Connection, *, is_renewed: bool) -> None:
        """Store what a check has found: details, findings, when it was, when the token ends. is_renewed: its
        token is a new one. Nothing happens when it was closed or connected anew since it was read."""

    def works_again(self, connection: Connection) -> None:
        """The channel takes its token after all. Nothing happens unless it is still marked as refused, and
        was not connected anew."""

    def connected_by(self, user_id: str) -> list[str]:
        """The connections that somebody made, as their channel's app knows them."""

    def take_back(self, connection: Connection, *, is_forgotten: bool) -> None:
        """Whoever connected it has taken that back: its token is destroyed, what comes in is taken as before.
        is_forgotten: nothing tells any more who they were. Nothing happens when it was connected anew."""

    def close_connection(self, connection: Connection) -> None:
        """Mark it disconnected, destroy its secrets, free the account."""

    def shares_subscription(self, connection: Connection) -> bool:
        """Whether another connection, whoever's, hangs on the same subscription of the channel: two numbers
        of one business account, a Page and its Instagram account."""

    def drop_connection(self, connection: Connection) -> None:
        """Undo a connection that was never active: no row and no claim stays."""

    def shared_apps(self) -> list[SharedApp]:
        """The deployment's Meta apps, secrets in the clear."""

    def save_shared_app(self, app: SharedApp) -> None:
        """Store or replace one."""
