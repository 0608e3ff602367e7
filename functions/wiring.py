"""The only place that sees stores and channels together. Everything is made on first use and kept."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import astuple, fields
from functools import cache, cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from chalicelib.services.connections.known_connections import KnownConnections
from chalicelib.services.receiving.receive_webhook import FindOwner, ReceiveWebhook, owner_of
from chalicelib.settings import Settings
from chalicelib.storage import models
from chalicelib.storage.aws import Aws, KmsVault, S3Bodies, SqsOutbox
from chalicelib.storage.shops import DynamoShops
from integrations.clock import HttpClock, SystemClock
from integrations.registry import CHANNELS, SHOPS, BaseUrls

if TYPE_CHECKING:
    from chalicelib.domain.connections import Connection
    from chalicelib.domain.faq.articles import Article
    from chalicelib.domain.retention import Retention
    from chalicelib.domain.taking_back import SignedWish
    from chalicelib.domain.threads import Thread
    from chalicelib.ports.calendar import HolidayCalendar
    from chalicelib.ports.campaign_links import CampaignLinkStore
    from chalicelib.ports.campaigns import CampaignStore
    from chalicelib.ports.channel import Channel
    from chalicelib.ports.commerce import CommerceStore, ShopSystem
    from chalicelib.ports.consents import ConsentStore
    from chalicelib.ports.erasing import ErasingStore
    from chalicelib.ports.faq import FaqStore
    from chalicelib.ports.files import FileStore
    from chalicelib.ports.imports import ImportStore
    from chalicelib.ports.people import LinkStore, PeopleStore
    from chalicelib.ports.queues import Clock, DueStore
    from chalicelib.ports.recurrence import Recurrence
    from chalicelib.ports.reports import ReportStore
    from chalicelib.ports.returns import ReturnStore
    from chalicelib.ports.segments import SegmentStore
    from chalicelib.ports.staff import StaffStore
    from chalicelib.ports.surveys import SurveyStore
    from chalicelib.ports.templates import TemplateStore
    from chalicelib.ports.threads import ThreadStore
    from chalicelib.services.campaigns.link_for import FollowCampaignLink, LinkFor
    from chalicelib.services.faq.known_faq import KnownFaq
    from chalicelib.services.receiving.fetch_files import FetchMessageFiles
    from chalicelib.services.sending.pace import Pace
    from chalicelib.services.shops.tracking_pages import TrackingPages
    from functions.work import Work


class Wiring:
    """One deployment's parts. What a trigger does not use is never made, nor its libraries loaded."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._channels: dict[str, Channel] = {}
        self._shop_systems: dict[str, ShopSystem] = {}
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
        return DynamoShops(self.vault, self.calendar.dates)

    @cached_property
    def calendar(self) -> HolidayCalendar:
        from integrations.public_holidays import PublicHolidays

        return PublicHolidays()

    @cached_property
    def vault(self) -> KmsVault:
        return KmsVault(self.aws, self.settings.kms_key_id)

    @cached_property
    def people(self) -> PeopleStore:
        from chalicelib.storage.people import DynamoPeople

        return DynamoPeople()

    @cached_property
    def consents(self) -> ConsentStore:
        from chalicelib.storage.consents import DynamoConsents

        return DynamoConsents()

    @cached_property
    def reports(self) -> ReportStore:
        from chalicelib.storage.reports import DynamoReports

        return DynamoReports()

    @cached_property
    def surveys(self) -> SurveyStore:
        from chalicelib.storage.surveys import DynamoSurveys

        return DynamoSurveys()

    @cached_property
    def templates(self) -> TemplateStore:
        from chalicelib.storage.templates import DynamoTemplates

        return DynamoTemplates()

    @cached_property
    def commerce(self) -> CommerceStore:
        from chalicelib.storage.commerce import DynamoCommerce

        return DynamoCommerce(self.kept)

    @cached_property
    def returns(self) -> ReturnStore:
        from chalicelib.storage.returns import DynamoReturns

        return DynamoReturns(self.kept)

    @cached_property
    def segments(self) -> SegmentStore:
        from chalicelib.storage.segments import DynamoSegments

        return DynamoSegments()

    @cached_property
    def imports(self) -> ImportStore:
        from chalicelib.storage.imports import DynamoImports

        return DynamoImports()

    @property
    def recurs(self) -> Recurrence:
        from integrations.recurrence import recurs

        return recurs

    @cached_property
    def campaigns(self) -> CampaignStore:
        from chalicelib.storage.campaigns import DynamoCampaigns

        return DynamoCampaigns(self.kept)

    @cached_property
    def campaign_links(self) -> CampaignLinkStore:
        from chalicelib.storage.campaign_links import DynamoCampaignLinks

        return DynamoCampaignLinks(self.kept)

    @cached_property
    def link_for(self) -> LinkFor:
        from chalicelib.services.campaigns.link_for import LinkFor

        return LinkFor(self.campaign_links, self.links, self.public_url)

    @cached_property
    def follow_campaign_link(self) -> FollowCampaignLink:
        from chalicelib.services.campaigns.link_for import FollowCampaignLink

        return FollowCampaignLink(self.campaign_links, self.links, self.campaigns)

    @cached_property
    def staff(self) -> StaffStore:
        from chalicelib.storage.staff import DynamoStaff

        return DynamoStaff()

    @cached_property
    def faq(self) -> FaqStore:
        from chalicelib.storage.faq import DynamoFaq

        return DynamoFaq()

    @cached_property
    def known_faq(self) -> KnownFaq:
        from chalicelib.services.faq.known_faq import KnownFaq

        return KnownFaq(self.faq, time.monotonic)

    @cached_property
    def links(self) -> LinkStore:
        from chalicelib.storage.links import DynamoLinks

        return DynamoLinks(self.vault)

    def link_refused(self, channel: str, reason: str) -> None:
        """Count what was brought to us in vain."""
        from functions.logs import count

        count(f"Link{reason.title()}", stage=self.settings.stage, channel=channel)

    def send_refused(self, channel: str, reason: str, code: str) -> None:
        """Count what a channel has refused for good; the log has the channel's own code, for support."""
        from functions.logs import count, logger

        count("SendRefused", stage=self.settings.stage, channel=channel)
        logger().info("a message was refused", channel=channel, reason=reason, code=code)

    def promise(self, thread: Thread, what: Literal["AtRisk", "Broken"]) -> None:
        """Count a promise that is about to be broken, or is."""
        from functions.logs import count

        for channel in ("", thread.channel):  # the alarm looks at the stage as a whole
            count(f"Promise{what}", stage=self.settings.stage, channel=channel)

    @cached_property
    def threads(self) -> ThreadStore:
        from chalicelib.storage.threads import DynamoThreads

        return DynamoThreads(self.kept)

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
            media_url=settings.media_url,
        )

    @cached_property
    def pace(self) -> Pace:
        from chalicelib.services.sending.pace import Pace
        from chalicelib.storage.pacing import DynamoPace

        turns: dict[str, Lock] = {}

        def turn(connection_id: str) -> Lock:
            return turns.setdefault(connection_id, Lock())

        return Pace(DynamoPace(), self.clock, time.sleep, turn=turn)

    @cached_property
    def bodies(self) -> S3Bodies:
        return S3Bodies(self.aws, self.settings.bucket)

    @cached_property
    def files(self) -> FileStore:
        from chalicelib.storage.files import S3Files

        return S3Files(self.aws, self.settings.bucket)

    def faq_page(self, merchant_id: str, article: Article, language: str) -> str:
        """Where a shopper reads an article: a deployment that was not told its address knows it from the call
        that saved the article."""
        from chalicelib.domain.faq.articles import faq_url

        return faq_url(
            self.settings.public_url or article.public_url, merchant_id, article.article_id, language
        )

    @cached_property
    def tracking_pages(self) -> TrackingPages:
        from chalicelib.services.shops.tracking_pages import TrackingPages

        return TrackingPages(self.links, self.commerce)

    def public_url(self, merchant_id: str) -> str:
        """How we are reached: a deployment that was not told knows it from what its accounts were told."""
        if self.settings.public_url:
            return self.settings.public_url
        told = (one.details.get("webhook_url", "") for one in self.shops.connections(merchant_id))
        return next((url.partition("/webhooks/")[0] for url in told if "/webhooks/" in url), "")

    def order_page(self, connection: Connection, order_id: str, language: str) -> str:
        """Where a buyer reads how far an order is. connection: the shop's, which knows by which address it
        was connected, should the deployment not have been told its own."""
        connected_by, _, _ = connection.details.get("webhook_url", "").partition("/webhooks/")
        public_url = self.settings.public_url or connected_by
        return self.tracking_pages.url(
            public_url, connection.merchant_id, connection.connection_id, order_id, language
        )

    @property
    def kept(self) -> Retention:
        """How long rows and files are kept."""
        return self.settings.kept

    @cached_property
    def erasing(self) -> ErasingStore:
        from chalicelib.storage.erasing import DynamoErasing

        return DynamoErasing(self.kept)

    @cached_property
    def base_urls(self) -> BaseUrls:
        given = self.settings.platform_urls
        return BaseUrls(**{one.name: given[one.name] for one in fields(BaseUrls) if given.get(one.name)})

    @cached_property
    def connections(self) -> KnownConnections:
        return KnownConnections(self.shops, time.monotonic)

    @cached_property
    def receive_webhook(self) -> ReceiveWebhook:
        return ReceiveWebhook(self.outbox, self.bodies)

    @property
    def channel_names(self) -> tuple[str, ...]:
        """Those that Parley speaks."""
        return tuple(CHANNELS)

    def channel(self, name: str) -> Channel:
        """Raises KeyError for a channel that Parley does not speak."""
        if name not in self._channels:
            self._channels[name] = CHANNELS[name](self.base_urls)
        return self._channels[name]

    def channel_or_none(self, name: str) -> Channel | None:
        """None for what is no channel, such as a shop system."""
        return self.channel(name) if name in CHANNELS else None

    def shop_system(self, name: str) -> ShopSystem:
        """Raises KeyError for one that Parley does not know."""
        if name not in self._shop_systems:
            self._shop_systems[name] = SHOPS[name](self.base_urls)
        return self._shop_systems[name]

    def shop_system_or_none(self, name: str) -> ShopSystem | None:
        """None for what is no shop system, but a channel."""
        return self.shop_system(name) if name in SHOPS else None

    def is_shop_system(self, name: str) -> bool:
        """Whether carts and orders come from there, and no messages."""
        return name in SHOPS

    def platform(self, name: str) -> Channel | ShopSystem:
        """Whatever a merchant can connect. Raises KeyError for what Parley does not know."""
        return self.shop_system(name) if name in SHOPS else self.channel(name)

    def owner_for(self, envelope: Mapping[str, Any]) -> FindOwner:
        """Who owns the events of a body that waited in the store."""
        if not envelope["connection_id"]:
            return self.connections.owner_by_claim(envelope["channel"])
        connection = self.connections.connection(envelope["connection_id"])
        if connection is None:
            return self.connections.owner_by_claim(envelope["channel"])
        return owner_of(connection)

    @cached_property
    def fetch_files(self) -> FetchMessageFiles:
        """Of use to its own queue alone."""
        from chalicelib.services.receiving.fetch_files import FetchMessageFiles
        from integrations.files import SafeFetcher

        return FetchMessageFiles(
            self.threads,
            self.shops,
            self.dues,
            self.channel,
            SafeFetcher(astuple(self.base_urls)),
            self.files,
            self.settings.most_file_bytes,
            time.monotonic,
            self.kept.media,
        )

    def signed_wish(self, body: bytes, secrets: Sequence[str]) -> SignedWish | None:
        """What Meta tells of the person who connected an account; None when it can't be read. Raises
        InvalidSignature."""
        from integrations.meta import signed_request

        try:
            return signed_request.signed_wish(body, secrets)
        except signed_request.NoSignedRequest:
            return None

    @cached_property
    def work(self) -> Work:
        from functions.work import Work

        return Work(self)


@cache
def wired() -> Wiring:
    """This process's parts: the environment is read here, on the first call."""
    return Wiring(Settings.read(os.environ))
