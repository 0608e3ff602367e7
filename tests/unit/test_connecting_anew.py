"""Who gives a shop's credentials anew goes on with the shop; who connects it after leaving it begins anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.connections import Account, Connection, ConnectionStatus
from chalicelib.domain.work import Due, ForgetShop, Work
from chalicelib.ports.errors import Conflict, SetupError
from chalicelib.services.connections.connect import SHOP_KEPT_FOR, Connect, Disconnect
from chalicelib.services.sending.release_held import Release

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass
class World:
    """A ShopStore, a DueStore, an Outbox and a shop system at once. is_down: nothing can be registered."""

    stored: dict[str, Connection] = field(default_factory=dict)
    is_down: bool = False
    dues: dict[Work, datetime] = field(default_factory=dict)

    def connects(self, now: datetime) -> Connection:
        world: Any = self
        connect = Connect(world, world, Release(world, world), lambda connection, at: None)
        credentials = {"token": now.isoformat()}
        return connect("mt_1", "woocommerce", world, credentials, "https://api.example", now)

    def check(self, credentials: Mapping[str, str]) -> Account:
        return Account("shop.example", "Little Shop", credentials["token"], signing_secrets=("secret",))

    def register(self, connection: Connection, callback_url: str) -> list[str]:
        if self.is_down:
            raise SetupError("down", "It does not answer.", "account")
        return []

    def connection(self, connection_id: str) -> Connection | None:
        return self.stored.get(connection_id)

    def save_connection(self, connection: Connection) -> None:
        if connection.merchant_id != "mt_1":
            raise Conflict("taken")
        self.stored[connection.connection_id] = connection

    def unregister(self, connection: Connection, last_of_group: bool) -> None:
        pass

    def shares_subscription(self, connection: Connection) -> bool:
        return False

    def close_connection(self, connection: Connection) -> None:
        closed = replace(connection, status="disconnected", token="", signing_secrets=())
        self.stored[connection.connection_id] = closed

    def drop_connection(self, connection: Connection) -> None:
        self.stored.pop(connection.connection_id)

    def set(self, due: Due) -> None:
        self.dues[due.work] = due.at

    def forget(self, work: Work) -> None:
        self.dues.pop(work, None)

    def dispatch(self, work: Work, *, delay_s: int = 0, attempt: str = "") -> None:
        pass


@pytest.mark.parametrize("status", ["active", "needs_reauth", "connecting"])
def test_a_token_given_anew_begins_nothing_anew(status: ConnectionStatus) -> None:
    world = World()
    first = world.connects(NOON)
    world.save_connection(replace(first, status=status, token="" if status == "needs_reauth" else "old"))
    world.connects(NOON + DAY)
    again = world.connects(NOON + 2 * DAY)
    assert (again.status, again.connected_at, again.began_at) == ("active", NOON + 2 * DAY, NOON)
    assert world.stored[again.connection_id] == again


def test_one_that_was_connected_before_this_was_noted_began_when_it_was_last_connected() -> None:
    world = World()
    world.save_connection(replace(world.connects(NOON), began_at=None))
    assert world.connects(NOON + DAY).began_at == NOON


def test_a_shop_that_was_left_begins_anew() -> None:
    world = World()
    world.close_connection(world.connects(NOON))
    world.is_down = True
    with pytest.raises(SetupError):
        world.connects(NOON + 2 * DAY)
    world.is_down = False
    assert world.connects(NOON + 3 * DAY).began_at == NOON + 3 * DAY


def test_nothing_is_forgotten_of_a_shop_that_was_left_by_mistake_whatever_befalls_its_token_later() -> None:
    world: Any = World()
    leave = Disconnect(world, world, Release(world, world), lambda name: True)
    first = world.connects(NOON)
    forget = ForgetShop("mt_1", first.connection_id)
    leave(first, world, NOON + DAY)
    assert world.dues[forget] == NOON + DAY + SHOP_KEPT_FOR
    world.is_down = True
    with pytest.raises(SetupError):
        world.connects(NOON + 2 * DAY)
    assert forget in world.dues
    world.is_down = False
    world.connects(NOON + 2 * DAY)
    assert forget not in world.dues
