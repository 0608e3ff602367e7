"""Time, queues, the shop's settings and the channels, as far as messages are received and sent."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from memory_people import MERCHANT

from chalicelib.domain.connections import Connection, ConnectionStatus
from chalicelib.domain.events import Address
from chalicelib.domain.merchants import Shop
from chalicelib.domain.work import Work
from chalicelib.ports.channel import OutboundMessage, Profile
from chalicelib.ports.pacing import Taken
from integrations.registry import CHANNELS, BaseUrls

TAKES: Final = {name: make(BaseUrls()).capabilities for name, make in CHANNELS.items()}


class Clock:
    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


@dataclass
class Queues:
    """The Outbox: what is to be done, and from when on."""

    clock: Clock
    works: list[tuple[datetime, Work]] = field(default_factory=list)

    def dispatch(self, work: Work, *, delay_s: int = 0, attempt: str = "") -> None:
        self.works.append((self.clock.at + timedelta(seconds=delay_s), work))

    def dispatch_all(self, works: list[Work], attempt: str) -> None:
        for work in works:
            self.dispatch(work)

    def next(self) -> tuple[datetime, Work] | None:
        return min(self.works, key=lambda one: one[0], default=None)


class Shops:
    """The ShopStore: one shop with a connection to each channel."""

    def __init__(self) -> None:
        self.settings = Shop(name="Little Shop", zone="Europe/London", country="GB", languages=("en",))
        self.details: dict[str, str] = {"tier": "TIER_2K", "waba_id": "1"}
        self.statuses: dict[str, ConnectionStatus] = {}

    def connection(self, connection_id: str) -> Connection:
        channel = connection_id.removeprefix("cn_")
        return Connection(
            merchant_id=MERCHANT,
            connection_id=connection_id,
            channel=channel,
            account="7",
            name="Little Shop",
            status=self.statuses.get(connection_id, "active"),
            details=self.details,
        )

    def shop(self, merchant_id: str) -> Shop:
        return self.settings

    def connection_and_shop(self, connection_id: str, merchant_id: str) -> tuple[Connection, Shop]:
        return self.connection(connection_id), self.settings.at(connection_id)


class Schedules:
    """The PaceStore: nobody else sends."""

    def begin(self, *row: str, now_us: int, idle_us: int, length_us: int) -> Taken:
        return Taken(True, None)

    extend = begin

    def hold(self, *row: str, now_us: int, until_us: int) -> Taken:
        return Taken(True, None)


class Phones:
    """The Channel: what it is given goes to the memory; it may refuse."""

    def __init__(self, channel: str, heard: Callable[[str, OutboundMessage], str]) -> None:
        self.capabilities, self._channel, self._heard = TAKES[channel], channel, heard

    def send(self, message: OutboundMessage, connection: Connection) -> str:
        return self._heard(self._channel, message)

    def profile(self, shopper: Address, connection: Connection) -> Profile:
        return Profile()
