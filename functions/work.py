"""The use cases, put together: what the queues' functions and the API use, and webhooks do not."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from chalicelib.ports.errors import StoreBusy
from functions.campaign_work import CampaignWork

if TYPE_CHECKING:
    from chalicelib.domain.connections import Connection
    from functions.wiring import Wiring


class Work(CampaignWork):
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
        from chalicelib.services.segments.touch_holders import TouchHolders
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
        follow_refusal = FollowRefusal(
            self.threads, wiring.consents, lambda *refused: self.stop_campaign.refused(*refused)
        )
        failure = RecordFailure(self.threads, shops, follow_refusal, outbox)
        people, links = wiring.people, wiring.links
        consents = wiring.consents
        self.know = KnowProspect(people, consents)
        self.consents = Consents(people, consents, TouchHolders(wiring.segments, self.threads, shops))
        self.people, self.unmerge_people = People(people), UnmergePeople(people)
        self.merge_people = MergePeople(people)
        bought_by = BoughtByPerson(wiring.commerce, wiring.returns)
        self.export = ExportPerson(
            people,
            self.threads,
            wiring.surveys,
            bought_by.shown,
            lambda merchant_id, shopper_id: wiring.campaigns.got(merchant_id, shopper_id),
        )
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
            self._shops_of,
            lambda merchant_id, shopper_id: wiring.campaigns.forget_recipient(merchant_id, shopper_id),
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
            campaign=lambda *about: self.about_campaign(*about),
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
            RecordChanges(
                self.threads,
                consents,
                lambda ref, keep: forget_files(wiring.files, ref, keep),
                lambda *whom: wiring.segments.touch(*whom),
            ),
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

    def _shops_of(self, merchant_id: str) -> list[str]:
        found = self._wiring.shops.connections(merchant_id)
        return [one.connection_id for one in found if self._wiring.is_shop_system(one.channel)]

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
            GatherRun,
            ImportRows,
            MindCampaign,
            MindCart,
            MindOrder,
            MindPromise,
            NotifyStaff,
            RefreshSegments,
            ReleaseHeld,
            RunPage,
            Send,
            SettleEcho,
            TellReturn,
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
            case MindCampaign():
                self.mind_campaign(work, self.clock.now())
            case GatherRun():
                self.gather_run(work, self.clock.now())
            case RunPage():
                self.run_page(work, self.clock.now())
            case MindCart():
                self.mind_cart(work, self.clock.now())
            case ForgetShop():
                self.forget_shop(work, self.clock.now())
            case RefreshSegments():
                self.refresh_segments(work, self.clock.now())
            case ImportRows():
                self.import_shoppers(work, self.clock.now())
            case TellReturn():
                self.tell_return(work, self.clock.now())
            case MindOrder():
                self.returns.follow_refunds(work, self.clock.now())
                self.mind_order(work, self.clock.now())
            case CheckConnection():
                self.check(work, self._wiring.settings.public_url, self.clock.now())


def _call_ourselves(url: str, headers: Mapping[str, str], body: bytes) -> str:
    """Of use to a check on demand alone."""
    from integrations.self_test import call_ourselves

    return call_ourselves(url, headers, body)
