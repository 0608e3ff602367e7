"""The only place that sees stores and channels together. Everything is made on first use and kept."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, fields
from datetime import datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Literal

from chalicelib.ports.errors import StoreBusy
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
    from chalicelib.ports import (
        Channel,
        Clock,
        CommerceStore,
        ConsentStore,
        DueStore,
        ErasingStore,
        FaqStore,
        FileStore,
        HolidayCalendar,
        LinkStore,
        PeopleStore,
        ReportStore,
        ReturnStore,
        ShopSystem,
        StaffStore,
        SurveyStore,
        TemplateStore,
        ThreadStore,
    )
    from chalicelib.services.faq.known_faq import KnownFaq
    from chalicelib.services.receiving.fetch_files import FetchMessageFiles
    from chalicelib.services.sending.know_cart import KnowCart
    from chalicelib.services.sending.pace import Pace
    from chalicelib.services.shops.beside_thread import BesideThread
    from chalicelib.services.shops.cart_report import ReportCarts
    from chalicelib.services.shops.cart_settings import CheckCartTemplates
    from chalicelib.services.shops.catalogue_orders import TakeCatalogueOrders
    from chalicelib.services.shops.hear_shop import HearShop
    from chalicelib.services.shops.mind_cart import MindCarts
    from chalicelib.services.shops.mind_order import MindOrders
    from chalicelib.services.shops.open_return import OpenReturn
    from chalicelib.services.shops.order_desk import OrderDesk
    from chalicelib.services.shops.order_overtaken import OrderOvertaken
    from chalicelib.services.shops.order_settings import CheckOrderTemplates
    from chalicelib.services.shops.return_desk import ReturnDesk
    from chalicelib.services.shops.return_letters import ReturnLetters
    from chalicelib.services.shops.return_report import ReportReturns
    from chalicelib.services.shops.returns import Returns
    from chalicelib.services.shops.tracking_pages import TrackingPages
    from chalicelib.services.shops.who_buys import WhoBuys
    from chalicelib.services.shops.wishes import ForgetShops


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

        return Pace(DynamoPace(), self.clock, time.sleep)

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
        return Work(self)


class Work:
    """What the queues' functions and the API use, and webhooks do not."""

    def __init__(self, wiring: Wiring) -> None:
        from chalicelib.services.connections.check_connection import CheckConnections
        from chalicelib.services.connections.connect import Connect, Disconnect
        from chalicelib.services.connections.prove_webhook import ProveWebhook
        from chalicelib.services.connections.take_back import TakeBack
        from chalicelib.services.faq.count_unanswered import CountUnanswered
        from chalicelib.services.merchants import Merchants
        from chalicelib.services.people.consents import Consents
        from chalicelib.services.people.erase import BeginErasing, ErasePerson
        from chalicelib.services.people.export import ExportPerson
        from chalicelib.services.people.identity import FollowIdentity
        from chalicelib.services.people.links import FollowLink, MakeLink
        from chalicelib.services.people.people import MergePeople, People, UnmergePeople
        from chalicelib.services.receiving.fetch_files import forget_files
        from chalicelib.services.receiving.hear_survey import HearSurvey
        from chalicelib.services.receiving.receive_event import ReceiveEvent
        from chalicelib.services.receiving.receive_message import ReceiveMessage
        from chalicelib.services.receiving.record_changes import RecordChanges
        from chalicelib.services.receiving.record_facts import RecordFacts
        from chalicelib.services.receiving.settle_echoes import SettleEchoes
        from chalicelib.services.receiving.understand import Understand
        from chalicelib.services.report import Report
        from chalicelib.services.run_due import RunDue
        from chalicelib.services.sending.answer import ComposeAnswer
        from chalicelib.services.sending.ask_consent import AskConsent
        from chalicelib.services.sending.ask_survey import AskSurvey
        from chalicelib.services.sending.explain import Explain
        from chalicelib.services.sending.follow_refusal import FollowRefusal
        from chalicelib.services.sending.intend import Intend
        from chalicelib.services.sending.judge import Judge
        from chalicelib.services.sending.know_prospect import KnowProspect
        from chalicelib.services.sending.mind_promise import MindPromises
        from chalicelib.services.sending.record_failure import RecordFailure
        from chalicelib.services.sending.release_held import LetGo, Release
        from chalicelib.services.sending.reply import Reply
        from chalicelib.services.sending.send_message import SendMessage
        from chalicelib.services.sending.signals import Signals
        from chalicelib.services.shops.catch_up import CatchUps
        from chalicelib.services.shops.of_person import BoughtByPerson
        from chalicelib.services.staff.hear_staff import HearStaff
        from chalicelib.services.staff.known_staff import KnownStaff
        from chalicelib.services.staff.link_staff import StaffLinks
        from chalicelib.services.staff.notice_waits import NoticeWaits
        from chalicelib.services.staff.notify import Notify
        from chalicelib.services.templates.keep_templates import FetchTemplates, FollowTemplates
        from chalicelib.services.templates.use_templates import CheckTemplate, PreviewTemplate
        from chalicelib.services.threads.response_times import WaitMeter
        from chalicelib.services.threads.work_threads import WorkThreads

        shops, outbox, clock = wiring.shops, wiring.outbox, wiring.clock
        self._wiring = wiring
        self.threads, self.dues, self.clock = wiring.threads, wiring.dues, clock
        meter = WaitMeter(shops)
        follow_refusal = FollowRefusal(self.threads, wiring.consents)
        failure = RecordFailure(self.threads, shops, follow_refusal, outbox)
        people, links = wiring.people, wiring.links
        consents = wiring.consents
        self.know = KnowProspect(people, consents)
        self.consents = Consents(people, consents)
        self.people, self.unmerge_people = People(people), UnmergePeople(people)
        self.merge_people = MergePeople(people)
        bought_by = BoughtByPerson(wiring.commerce, wiring.returns)
        self.export = ExportPerson(people, self.threads, wiring.surveys, bought_by.shown)
        self.begin_erasing = BeginErasing(people, wiring.erasing, outbox)
        self.erase = ErasePerson(
            wiring.erasing,
            self.threads,
            wiring.files,
            wiring.bodies,
            self.dues,
            outbox,
            time.monotonic,
            lambda merchant_id, thread_id: self.staff.forget(merchant_id, thread_id),
            bought_by.forget,
        )
        self.follow_identity = FollowIdentity(self.threads, self.merge_people)
        self.make_link = MakeLink(links, people)
        self.intend = Intend(self.threads, outbox, wiring.channel)
        staff = wiring.staff
        self.staff = StaffLinks(staff, self.threads, shops, self.make_link, self.intend)
        self.notify = Notify(staff, self.threads, shops, self.dues, self.intend, wiring.channel)
        self.follow_link = FollowLink(
            links,
            people,
            self.merge_people,
            consents,
            wiring.link_refused,
            self.staff.tie,
            lambda *tied: self.hear_shop.tied(*tied),
        )
        judge = self._judge = Judge(
            self.know,
            consents,
            lambda *about: self.know_cart(*about),
            overtaken=lambda *about: self.order_overtaken(*about),
        )
        self.receive_event = ReceiveEvent(
            self.threads,
            outbox,
            wiring.bodies,
            wiring.channel,
            ReceiveMessage(
                self.threads,
                outbox,
                wiring.channel,
                self.merge_people,
                Understand(wiring.known_faq),
                hear_survey=HearSurvey(wiring.surveys, shops, judge, wiring.channel),
                notice_waits=NoticeWaits(KnownStaff(staff, time.monotonic)),
                count_unanswered=CountUnanswered(wiring.faq, wiring.known_faq),
            ),
            RecordFacts(self.threads, outbox, wiring.channel, failure, wiring.send_refused),
            RecordChanges(self.threads, consents, lambda ref, keep: forget_files(wiring.files, ref, keep)),
            self.follow_identity,
            self.follow_link,
            FollowTemplates(wiring.templates, shops),
            HearStaff(staff, self.threads, shops, lambda: self.reply, self.intend, wiring.channel),
            wiring.owner_for,
            wiring.connections.connection,
            clock,
            wiring.platform,
            lambda *told: self.hear_shop(*told),
            lambda *sent: self.take_catalogue_order(*sent),
        )
        self.explain = Explain(people, self.threads, shops, judge, wiring.channel)
        self.ask_consent = AskConsent(self.threads, shops, outbox, judge, wiring.channel)
        self.ask_survey = AskSurvey(self.threads, shops, outbox, judge, wiring.channel)
        compose = ComposeAnswer(
            self.threads, wiring.known_faq.article, wiring.faq_page, self.order_desk, self.return_desk
        )
        self.send = SendMessage(
            self.threads,
            shops,
            self.dues,
            outbox,
            wiring.channel,
            compose,
            judge,
            follow_refusal,
            failure,
            wiring.pace,
            self.follow_identity.migrated,
            wiring.send_refused,
            clock,
        )
        self.settle_echo = SettleEchoes(self.threads, self.dues, outbox, meter, wiring.channel, failure)
        self.mind_promise = MindPromises(self.threads, self.dues, outbox, self.notify.at_risk, wiring.promise)
        self.release = Release(self.dues, outbox)
        self.let_go = LetGo(self.threads, self.dues, outbox, clock)
        self.run_due = RunDue(self.dues, outbox, clock)
        self.catch_up = CatchUps(
            wiring.commerce,
            shops,
            self.dues,
            outbox,
            wiring.shop_system_or_none,
            lambda *told: self.hear_shop(*told),
            self.threads,
            time.monotonic,
        )
        self.fetch_templates = FetchTemplates(wiring.templates, wiring.channel_or_none)
        self.preview_template = PreviewTemplate(wiring.templates, self.threads, shops, wiring.channel)
        self.check = CheckConnections(
            self.threads,
            shops,
            self.dues,
            self.release,
            wiring.platform,
            ProveWebhook(self.threads, shops, wiring.platform, _call_ourselves, time.sleep),
            self._follow,
        )
        self.connect = Connect(shops, self.dues, self.release, self._follow)
        self.disconnect = Disconnect(shops, self.dues, self.release, wiring.is_shop_system)
        self.take_back = TakeBack(shops, wiring.erasing)
        self.merchants = Merchants(shops)
        self.work_threads = WorkThreads(self.threads)
        self.report = Report(shops, self.threads, wiring.reports, wiring.surveys)
        check_template = CheckTemplate(wiring.templates)
        self.reply = Reply(self.threads, shops, outbox, meter, wiring.channel, check_template)
        self.signals = Signals(self.threads, shops, wiring.channel)

    @cached_property
    def mind_order(self) -> MindOrders:
        """Of use to orders alone."""
        from chalicelib.services.shops.mind_order import MindOrders
        from chalicelib.services.shops.update_letters import UpdateLetters

        wiring = self._wiring
        letters = UpdateLetters(wiring.templates, wiring.channel, wiring.order_page)
        return MindOrders(
            wiring.commerce, wiring.shops, wiring.people, self.threads, self.dues, letters, self.intend
        )

    @cached_property
    def tell_of_return(self) -> ReturnLetters:
        from chalicelib.services.shops.return_letters import ReturnLetters

        return ReturnLetters(self.threads, self._wiring.shops, self.intend)

    @cached_property
    def open_return(self) -> OpenReturn:
        from chalicelib.services.shops.open_return import OpenReturn

        wiring = self._wiring
        return OpenReturn(
            wiring.returns, wiring.commerce, self.threads, wiring.shops, wiring.people, self.tell_of_return
        )

    @cached_property
    def returns(self) -> Returns:
        from chalicelib.services.shops.returns import Returns

        wiring = self._wiring
        return Returns(wiring.returns, wiring.commerce, wiring.shops, self.tell_of_return)

    @cached_property
    def report_returns(self) -> ReportReturns:
        from chalicelib.services.shops.return_report import ReportReturns

        return ReportReturns(self._wiring.returns)

    @cached_property
    def order_desk(self) -> OrderDesk:
        from chalicelib.services.shops.live_orders import LiveOrders
        from chalicelib.services.shops.order_desk import OrderDesk

        wiring = self._wiring
        live = LiveOrders(wiring.commerce, wiring.shops, wiring.shop_system_or_none, wiring.order_page)
        return OrderDesk(wiring.commerce, self.threads, live)

    @cached_property
    def return_desk(self) -> ReturnDesk:
        from chalicelib.services.shops.return_desk import ReturnDesk

        return ReturnDesk(self.order_desk, self._wiring.returns, lambda: self.open_return)

    @cached_property
    def beside_thread(self) -> BesideThread:
        from chalicelib.services.shops.beside_thread import BesideThread

        wiring = self._wiring
        return BesideThread(wiring.people, self.threads, wiring.commerce, self.returns.of_shoppers)

    @cached_property
    def who_buys(self) -> WhoBuys:
        from chalicelib.services.shops.who_buys import WhoBuys

        wiring = self._wiring
        return WhoBuys(self.threads, wiring.people, wiring.links, wiring.commerce, wiring.shops)

    @cached_property
    def hear_shop(self) -> HearShop:
        """Of use to what shops tell alone."""
        from chalicelib.services.shops.hear_shop import HearShop
        from chalicelib.services.shops.opt_ins import NoteOptIns
        from chalicelib.services.shops.wishes import BuyerWishes, LeaveShop

        wiring = self._wiring
        return HearShop(
            wiring.commerce,
            self.who_buys,
            wiring.shops,
            wiring.outbox,
            BuyerWishes(wiring.commerce, self.who_buys, wiring.shops, self.threads),
            LeaveShop(wiring.shops, self.dues, wiring.outbox),
            wiring.is_shop_system,
            NoteOptIns(wiring.consents),
        )

    @cached_property
    def take_catalogue_order(self) -> TakeCatalogueOrders:
        """Of use to those who order in the chat alone."""
        from chalicelib.services.shops.catalogue_orders import TakeCatalogueOrders

        wiring = self._wiring
        return TakeCatalogueOrders(
            wiring.shops, wiring.shop_system_or_none, lambda: self.hear_shop, self.intend
        )

    @cached_property
    def forget_shop(self) -> ForgetShops:
        from chalicelib.services.shops.wishes import ForgetShops

        wiring = self._wiring
        return ForgetShops(
            wiring.commerce, self.threads, wiring.shops, self.dues, wiring.outbox, time.monotonic
        )

    @cached_property
    def know_cart(self) -> KnowCart:
        from chalicelib.services.sending.know_cart import KnowCart

        return KnowCart(self._wiring.commerce, self._wiring.people, self.threads)

    @cached_property
    def check_cart_templates(self) -> CheckCartTemplates:
        from chalicelib.services.shops.cart_settings import CheckCartTemplates

        return CheckCartTemplates(self._wiring.templates)

    @cached_property
    def report_carts(self) -> ReportCarts:
        from chalicelib.services.shops.cart_report import ReportCarts

        return ReportCarts(self._wiring.commerce)

    @cached_property
    def mind_cart(self) -> MindCarts:
        """Of use to carts alone."""
        from chalicelib.services.shops.follow_cart import FollowCart
        from chalicelib.services.shops.mind_cart import MindCarts
        from chalicelib.services.shops.remind import FindWay

        wiring, store = self._wiring, self._wiring.commerce
        way = FindWay(
            self.threads, wiring.shops, wiring.templates, wiring.consents, self._judge, wiring.channel
        )
        return MindCarts(
            store,
            wiring.shops,
            self.dues,
            self.know_cart,
            FollowCart(store, self.threads),
            way,
            self.intend,
            self.who_buys.of_cart,
        )

    @cached_property
    def check_order_templates(self) -> CheckOrderTemplates:
        from chalicelib.services.shops.order_settings import CheckOrderTemplates

        return CheckOrderTemplates(self._wiring.templates)

    @cached_property
    def order_overtaken(self) -> OrderOvertaken:
        from chalicelib.services.shops.order_overtaken import OrderOvertaken

        return OrderOvertaken(self._wiring.commerce)

    def _follow(self, connection: Connection, now: datetime) -> None:
        """What goes on beside a connection that works; its daily check begins it again."""
        self.fetch_templates.if_possible(connection, now)
        with suppress(StoreBusy):
            self.catch_up.begin(connection, now)

    def do(self, work: Any) -> None:
        """One piece of work that a queue brings."""
        from chalicelib.domain.work import (
            CatchUp,
            CheckConnection,
            EraseShopper,
            FetchFiles,
            ForgetShop,
            MindCart,
            MindOrder,
            MindPromise,
            NotifyStaff,
            ReleaseHeld,
            Send,
            SettleEcho,
        )

        match work:
            case Send():
                self.send(work)
            case FetchFiles():
                self._wiring.fetch_files(work, self.clock.now())
            case SettleEcho():
                self.settle_echo(work, self.clock.now())
            case ReleaseHeld():
                self.let_go(work)
            case EraseShopper():
                self.erase(work, self.clock.now())
            case MindPromise():
                self.mind_promise(work, self.clock.now())
            case NotifyStaff():
                self.notify(work, self.clock.now())
            case CatchUp():
                self.catch_up(work, self.clock.now())
            case MindCart():
                self.mind_cart(work, self.clock.now())
            case ForgetShop():
                self.forget_shop(work, self.clock.now())
            case MindOrder():
                self.returns.follow_refunds(work, self.clock.now())
                self.mind_order(work, self.clock.now())
            case CheckConnection():
                self.check(work, self._wiring.settings.public_url, self.clock.now())


def _call_ourselves(url: str, headers: Mapping[str, str], body: bytes) -> str:
    """Of use to a check on demand alone."""
    from integrations.self_test import call_ourselves

    return call_ourselves(url, headers, body)


@cache
def wired() -> Wiring:
    """This process's parts: the environment is read here, on the first call."""
    return Wiring(Settings.read(os.environ))
