"""A campaign's message in the chats of the shop's own people, before it goes to anybody else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chalicelib.domain.campaigns.campaigns import Campaign
from chalicelib.domain.campaigns.contents import (
    CampaignContent,
    content_from,
    free_content,
    template_content,
    template_use,
    values_for,
)
from chalicelib.domain.content import Content, text_content
from chalicelib.domain.gate import Verdict
from chalicelib.domain.languages import DEFAULT, from_hint
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.offering import paragraphs
from chalicelib.domain.rendering import CantRender, render
from chalicelib.domain.staff.people import Staff
from chalicelib.domain.templates.news import template_id_of
from chalicelib.domain.templates.use import preview
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import Send
from chalicelib.ports.channel import Channel
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.staff import StaffStore
from chalicelib.ports.templates import TemplateStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.sending.intend import Intend
from chalicelib.services.sending.judge import Judge
from chalicelib.services.sending.letter import Letter
from chalicelib.services.threads.write_thread import NotFound

_NOT_LINKED: Final = Verdict("skip", "not_linked", "They have not come by their link yet.")
_GONE: Final = Verdict("skip", "no_thread", "Their chat is gone: invite them anew.")
_NO_WORDS: Final = Verdict("skip", "no_words", "The campaign says nothing on this connection.")
_CLOSED: Final = Verdict(
    "skip", "window_closed", "The channel takes it only after they have written something to the shop."
)


class NoStaff(Exception):
    """There is nobody of this id."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One of the shop's people; whether it is on its way to them, and why not."""

    staff: Staff
    verdict: Verdict


class TryOnStaff:
    """As a notice, which is the one thing that the gate lets the shop's own people have."""

    def __init__(
        self,
        staff: StaffStore,
        threads: ThreadStore,
        shops: ShopStore,
        templates: TemplateStore,
        judge: Judge,
        intend: Intend,
        channel_named: Callable[[str], Channel],
    ) -> None:
        self._staff, self._threads, self._shops, self._templates = staff, threads, shops, templates
        self._judge, self._intend, self._channel_named = judge, intend, channel_named

    def __call__(
        self, campaign: Campaign, staff_ids: Sequence[str], language: str, once: str, now: datetime
    ) -> list[Tried]:
        """staff_ids: none for all. language: '' for the shop's own. Under the same `once` nobody gets it
        twice. Raises NoStaff, StoreBusy."""
        known = {one.staff_id: one for one in self._staff.staff(campaign.merchant_id)}
        for staff_id in staff_ids:
            if staff_id not in known:
                raise NoStaff(staff_id)
        chosen = [known[one] for one in dict.fromkeys(staff_ids)] or list(known.values())
        content = content_from(campaign.content)
        key = f"campaign_test:{campaign.campaign_id}:{once}"
        return [Tried(one, self._tried(one, content, language, key, now)) for one in chosen]

    def _tried(self, one: Staff, content: CampaignContent, language: str, key: str, now: datetime) -> Verdict:
        if not one.thread_id:
            return _NOT_LINKED
        thread = self._threads.thread(one.merchant_id, one.thread_id)
        if thread is None:
            return _GONE
        shop = self._shops.shop(one.merchant_id)
        told = self._told(one, thread, content, shop, language)
        if told is None:
            return _NO_WORDS
        try:
            verdict = self._asked(thread, told, now)
            if verdict.decision == "send":
                once = f"{key}:{thread.thread_id}"
                self._intend(one.merchant_id, one.thread_id, "notice", told, once, now)
        except CantRender as error:
            return Verdict("skip", error.code, error.message)
        except NotFound:
            return _GONE
        return _CLOSED if verdict.code == "window_closed" else verdict

    def _told(
        self, one: Staff, thread: Thread, content: CampaignContent, shop: Shop, language: str
    ) -> Content | None:
        """What a shopper there would read; of a template, its words."""
        spoken = [code for code in map(from_hint, shop.languages) if code]
        languages = [code for code in (language, *spoken, DEFAULT) if code]
        values = values_for(shopper_name=one.name, shop_name=shop.name)
        takes = self._channel_named(thread.channel).capabilities.for_kind(thread.wire.kind)
        free = free_content(content, thread.channel, languages, values, takes)
        if free is not None:
            return free
        use = template_use(content, thread.connection_id, languages)
        if use is None:
            return None
        named = template_id_of(thread.connection_id, use.name, use.language)
        known = self._templates.template(one.merchant_id, named)
        if known is None:
            return None
        code = from_hint(use.language) or languages[0]
        made = template_content(content, use, known.definition, values, code).template
        parts = preview(known.definition, made) if made is not None else ()
        lines = (f"{part.text}: {part.value}" if part.kind == "button" else part.text for part in parts)
        return text_content(paragraphs(*lines))

    def _asked(self, thread: Thread, content: Content, now: datetime) -> Verdict:
        connection, shop = self._shops.connection_and_shop(thread.connection_id, thread.merchant_id)
        channel = self._channel_named(thread.channel)
        render(content, channel.capabilities.for_kind(thread.wire.kind))
        message = Message(
            message_id="",
            author="auto",
            kind=content.kind,
            text=content.text,
            sent_at=now,
            status="queued",
            purpose="notice",
            content=content,
        )
        work = Send(MessageRef(thread.merchant_id, thread.thread_id, message.sort), thread.group)
        letter = Letter(work, message, thread, connection, channel)
        return self._judge(letter, content.text, shop, now).verdict
