"""The only place that sees stores and channels together. Everything is made on first use and kept."""

import os
import time
from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any

from chalicelib.domain.work import Send, SettleEcho
from chalicelib.ports import Channel, Clock, DueStore, ThreadStore
from chalicelib.services.known_connections import KnownConnections
from chalicelib.services.receive_webhook import FindOwner, ReceiveWebhook, owner_of
from chalicelib.settings import Settings
from chalicelib.storage import models
from chalicelib.storage.aws import Aws, KmsVault, S3Bodies, SqsOutbox
from chalicelib.storage.shops import DynamoShops
from integrations.clock import HttpClock, SystemClock
from integrations.registry import CHANNELS, BaseUrls


class Wiring:
    """One deployment's parts. What a trigger does not use is never made, nor its libraries loaded."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._channels: dict[str, Channel] = {}
        tables = (settings.shops_table, settings.threads_table, settings.due_table)
        models.bind(*tables, session=self.aws.session)

    @cached_property
    def clock(self) -> Clock:
        return HttpClock(self.settings.clock_url) if self.settings.clock_url else SystemClock()

    @cached_property
    def aws(self) -> Aws:
        return Aws()

    @cached_property
    def shops(self) -> DynamoShops:
        return DynamoShops(KmsVault(self.aws, self.settings.kms_key_id))

    @cached_property
    def threads(self) -> ThreadStore:
        from chalicelib.storage.threads import DynamoThreads

        return DynamoThreads()

    @cached_property
    def dues(self) -> DueStore:
        from chalicelib.storage.due import DynamoDue

        return DynamoDue()

    @cached_property
    def outbox(self) -> SqsOutbox:
        settings = self.settings
        return SqsOutbox(
            self.aws,
            inbound_url=settings.inbound_url,
            outbound_url=settings.outbound_url,
            later_url=settings.later_url,
            bulk_url=settings.bulk_url,
        )

    @cached_property
    def bodies(self) -> S3Bodies:
        return S3Bodies(self.aws, self.settings.bucket)

    @cached_property
    def connections(self) -> KnownConnections:
        return KnownConnections(self.shops, time.monotonic)

    @cached_property
    def receive_webhook(self) -> ReceiveWebhook:
        return ReceiveWebhook(self.outbox, self.bodies)

    def channel(self, name: str) -> Channel:
        """Raises KeyError for a channel that Parley does not speak."""
        if name not in self._channels:
            real = BaseUrls()
            urls = BaseUrls(
                self.settings.graph_url or real.graph,
                self.settings.instagram_url or real.instagram,
                self.settings.telegram_url or real.telegram,
            )
            self._channels[name] = CHANNELS[name](urls)
        return self._channels[name]

    def owner_for(self, envelope: Mapping[str, Any]) -> FindOwner:
        """Who owns the events of a body that waited in the store."""
        if not envelope["connection_id"]:
            return self.connections.owner_by_claim(envelope["channel"])
        connection = self.connections.connection(envelope["connection_id"])
        if connection is None:
            return self.connections.owner_by_claim(envelope["channel"])
        return owner_of(connection)

    @cached_property
    def work(self) -> "Work":
        return Work(self)


class Work:
    """What the queues' functions and the API use, and webhooks do not."""

    def __init__(self, wiring: Wiring) -> None:
        from chalicelib.services.answer import ComposeAnswer
        from chalicelib.services.connect import Connect, Disconnect
        from chalicelib.services.merchants import Merchants
        from chalicelib.services.receive_event import ReceiveEvent
        from chalicelib.services.receive_message import ReceiveMessage
        from chalicelib.services.record_facts import RecordFacts, SettleEchoes
        from chalicelib.services.response_times import WaitMeter
        from chalicelib.services.run_due import RunDue
        from chalicelib.services.send_message import SendMessage
        from chalicelib.services.work_threads import WorkThreads

        shops, outbox, clock = wiring.shops, wiring.outbox, wiring.clock
        self.threads, self.dues, self.clock = wiring.threads, wiring.dues, clock
        meter = WaitMeter(shops)
        self.receive_event = ReceiveEvent(
            self.threads,
            outbox,
            wiring.bodies,
            wiring.channel,
            ReceiveMessage(self.threads, outbox),
            RecordFacts(self.threads, outbox, wiring.channel),
            wiring.owner_for,
            clock,
        )
        compose = ComposeAnswer(self.threads)
        self.send = SendMessage(self.threads, shops, self.dues, outbox, wiring.channel, compose, clock)
        self.settle_echo = SettleEchoes(self.threads, self.dues, meter, wiring.channel)
        self.run_due = RunDue(self.dues, outbox, clock)
        self.connect = Connect(shops)
        self.disconnect = Disconnect(shops)
        self.merchants = Merchants(shops)
        self.work_threads = WorkThreads(self.threads, shops, outbox, meter, wiring.channel)

    def do(self, work: Any) -> None:
        """One piece of work that a queue brings."""
        match work:
            case Send():
                self.send(work)
            case SettleEcho():
                self.settle_echo(work, self.clock.now())


@cache
def wired() -> Wiring:
    """This process's parts: the environment is read here, on the first call."""
    return Wiring(Settings.read(os.environ))
