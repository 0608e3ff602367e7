"""A shop with one connection of any channel, on real tables; queues and everything else are doubles."""

import json
from datetime import timedelta
from functools import cached_property
from typing import Any, Final

from kits import Kit

from chalicelib.domain.connections import Connection
from chalicelib.domain.merchants import Shop
from chalicelib.domain.retention import Retention
from chalicelib.domain.work import work_from_json
from chalicelib.services.connections.known_connections import KnownConnections
from chalicelib.services.receiving.receive_webhook import Owner, owner_of
from chalicelib.services.sending.pace import Pace
from chalicelib.storage.pacing import DynamoPace
from functions.wiring import Wiring
from tests.crash.doubles import Bodies, Files, MovableClock, PlainVault, Queues, moment
from tests.dynamo import TABLES, client_of, definitions, rows_of

BEGIN: Final = moment(1793620801.25)
# Queues forget what they have had after five minutes: what comes later comes again.
LATER: Final = timedelta(minutes=10)
# When it was, and how often it was written: not what.
_VOLATILE: Final = frozenset({"version", "received_at", "expires_at", "heard_at"})


class ShopOnTables(Wiring):
    """One process of a shop that has connected the channel. Made anew, it begins with empty tables."""

    def __init__(self, kit: Kit, url: str, platform_url: str = "http://127.0.0.1:9") -> None:
        self._kit, self._client = kit, client_of("dynamodb", url)
        self._moving = MovableClock(BEGIN)
        self._channels = {kit.name: kit.at(platform_url)}
        self._empty()
        self.shops.save_shop("mt_one", Shop(name="Little Shop", languages=("en",)))
        self.shops.save_connection(kit.connection)

    @property
    def clock(self) -> Any:
        return self._moving

    @property
    def kept(self) -> Retention:
        return Retention()

    @cached_property
    def vault(self) -> Any:
        return PlainVault()

    @cached_property
    def outbox(self) -> Any:
        return Queues(self._moving)

    @cached_property
    def bodies(self) -> Any:
        return Bodies()

    @cached_property
    def files(self) -> Any:
        return Files()

    @cached_property
    def pace(self) -> Pace:
        """Time stands still while something is sent: nobody waits for a slot."""
        return Pace(DynamoPace(), self._moving, lambda seconds: None)

    @cached_property
    def connections(self) -> KnownConnections:
        return KnownConnections(self.shops, self._moving.seconds)

    def hear(self, body: Any, connection: Connection | None = None) -> None:
        """One webhook call, and all that it queues to be read."""
        heard = connection or self._kit.connection
        whole, name = Owner("mt_one", heard.connection_id), self._kit.name
        raw = json.dumps(body).encode()
        self.receive_webhook(name, self.channel(name), raw, owner_of(heard), whole, self._moving.now())
        queues = self.outbox
        while told := [one for one in queues.ready() if one.queue == "inbound"]:
            queues.take(told[0])
            self.work.receive_event(json.loads(told[0].body))
            queues.delete(told[0])

    def work_off(self) -> None:
        """All that is queued to be done, in the order of time."""
        queues = self.outbox
        while queues.waiting:
            self._moving.move_to(min(one.visible_at for one in queues.waiting))
            for one in queues.ready()[:1]:
                queues.take(one)
                self.work.do(work_from_json(json.loads(one.body)))
                queues.delete(one)

    def later(self) -> None:
        self._moving.move_to(self._moving.now() + LATER)

    def queued(self) -> list[str]:
        """What waits to be done, of each piece of work one."""
        return sorted({one.body for one in self.outbox.waiting})

    def rows(self) -> dict[str, list[str]]:
        """What the tables hold, row for row."""
        return {name: sorted(_plain(row) for row in rows_of(self._client, name)) for name in TABLES}

    def _empty(self) -> None:
        for table, properties in definitions().items():
            names = [part["AttributeName"] for part in properties["KeySchema"]]
            for row in rows_of(self._client, table):
                self._client.delete_item(TableName=table, Key={name: row[name] for name in names})


def _plain(row: dict[str, Any]) -> str:
    kept = {name: value for name, value in row.items() if name not in _VOLATILE}
    if "envelope" in kept:
        envelope = json.loads(kept["envelope"]["S"])
        kept["envelope"] = {name: value for name, value in envelope.items() if name not in _VOLATILE}
    return json.dumps(kept, sort_keys=True, default=str)
