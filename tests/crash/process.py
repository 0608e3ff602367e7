"""A process of Parley, on real tables between doubles: all that it calls goes through the world's journal."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from doubles import PlainVault
from faults import Watched

from chalicelib.services.connections.known_connections import KnownConnections
from chalicelib.services.receiving.fetch_files import FetchMessageFiles
from chalicelib.services.sending.pace import Pace
from chalicelib.settings import Settings
from chalicelib.storage.campaigns import DynamoCampaigns
from chalicelib.storage.commerce import DynamoCommerce
from chalicelib.storage.consents import DynamoConsents
from chalicelib.storage.due import DynamoDue
from chalicelib.storage.erasing import DynamoErasing
from chalicelib.storage.links import DynamoLinks
from chalicelib.storage.pacing import DynamoPace
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.reports import DynamoReports
from chalicelib.storage.returns import DynamoReturns
from chalicelib.storage.segments import DynamoSegments
from chalicelib.storage.shops import DynamoShops
from chalicelib.storage.staff import DynamoStaff
from chalicelib.storage.surveys import DynamoSurveys
from chalicelib.storage.templates import DynamoTemplates
from chalicelib.storage.threads import DynamoThreads
from functions.wiring import Wiring

if TYPE_CHECKING:
    from world import World


class _Anything(dict[str, str]):
    """An environment in which all is set, and nothing means anything."""

    def __missing__(self, name: str) -> str:
        return name


class Process(Wiring):
    """What one Lambda process holds; the next one begins with nothing but the tables and queues."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.settings = replace(Settings.read(_Anything()), public_url="https://shop.example")

    def _watched(self, port: str, real: Any) -> Any:
        return Watched(self._world.journal, port, real)

    def send_refused(self, channel: str, reason: str, code: str) -> None:
        """Nobody counts here."""

    def promise(self, thread: Any, what: str) -> None:
        """Nor here."""

    @cached_property
    def clock(self) -> Any:
        return self._world.clock

    @cached_property
    def shops(self) -> Any:
        return self._watched("shops", DynamoShops(self._watched("vault", PlainVault())))

    @cached_property
    def threads(self) -> Any:
        return self._watched("threads", DynamoThreads())

    @cached_property
    def people(self) -> Any:
        return self._watched("people", DynamoPeople())

    @cached_property
    def consents(self) -> Any:
        return self._watched("consents", DynamoConsents())

    @cached_property
    def staff(self) -> Any:
        return self._watched("staff", DynamoStaff())

    @cached_property
    def surveys(self) -> Any:
        return self._watched("surveys", DynamoSurveys())

    @cached_property
    def templates(self) -> Any:
        return self._watched("templates", DynamoTemplates())

    @cached_property
    def commerce(self) -> Any:
        return self._watched("commerce", DynamoCommerce())

    @cached_property
    def returns(self) -> Any:
        return self._watched("returns", DynamoReturns())

    @cached_property
    def campaigns(self) -> Any:
        return self._watched("campaigns", DynamoCampaigns(self.kept))

    @cached_property
    def segments(self) -> Any:
        return self._watched("segments", DynamoSegments())

    @cached_property
    def reports(self) -> Any:
        return self._watched("reports", DynamoReports())

    @cached_property
    def links(self) -> Any:
        return self._watched("links", DynamoLinks(self._watched("vault", PlainVault())))

    @cached_property
    def erasing(self) -> Any:
        return self._watched("erasing", DynamoErasing())

    @cached_property
    def dues(self) -> Any:
        return self._watched("dues", DynamoDue())

    @cached_property
    def outbox(self) -> Any:
        return self._watched("outbox", self._world.queues)

    @cached_property
    def bodies(self) -> Any:
        return self._watched("bodies", self._world.bodies)

    @cached_property
    def files(self) -> Any:
        return self._watched("files", self._world.files)

    @cached_property
    def fetch_files(self) -> FetchMessageFiles:
        fetcher = self._watched("fetcher", self._world.files)
        return FetchMessageFiles(
            self.threads, self.shops, self.dues, self.channel, fetcher, self.files, 1000, lambda: 0.0
        )

    @cached_property
    def pace(self) -> Pace:
        """In a world whose time stands still while it works, nobody waits for a slot."""
        return Pace(self._watched("pace", DynamoPace()), self._world.clock, lambda seconds: None)

    @cached_property
    def connections(self) -> KnownConnections:
        return KnownConnections(self.shops, self._world.clock.seconds)

    def channel(self, name: str) -> Any:
        assert name == self._world.platform.phone.name
        return self._watched("channel", self._world.platform)

    def shop_system(self, name: str) -> Any:
        assert name == self._world.shop_system.name
        return self._watched("system", self._world.shop_system)
