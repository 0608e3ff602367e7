"""In which thread an update goes, and as what: words while the window is open, else an approved template."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.commerce.stages import Stage
from chalicelib.domain.commerce.update_rules import UpdateRules, UpdateTemplate
from chalicelib.domain.commerce.updates import Update
from chalicelib.domain.connections import Connection
from chalicelib.domain.content import Content, text_content
from chalicelib.domain.gate.question import BY_DAY
from chalicelib.domain.gate.quiet import next_loud
from chalicelib.domain.languages import choose, from_hint
from chalicelib.domain.merchants import Shop
from chalicelib.domain.templates.checks import problems_of
from chalicelib.domain.templates.news import template_id_of
from chalicelib.domain.templates.use import compile_template
from chalicelib.domain.threads import Thread
from chalicelib.ports.channel import Channel
from chalicelib.ports.templates import TemplateStore
from chalicelib.services.shops.update_wording import Told, fields_for, update_text

# Of the shop's connection an order, in a language: where its page is, '' where nobody knows.
PageOf = Callable[[Connection, str, str], str]


class UpdateLetters:
    """Looks no further than what is stored: whether it may be sent, the gate says when it is."""

    def __init__(
        self, templates: TemplateStore, channel_named: Callable[[str], Channel], page_of: PageOf
    ) -> None:
        self._templates, self._channel_named, self._page_of = templates, channel_named, page_of

    def __call__(
        self,
        order: Order,
        update: Update,
        shop: Shop,
        rules: UpdateRules,
        connection: Connection,
        threads: Sequence[Thread],
        now: datetime,
    ) -> tuple[Thread, Content]:
        """The first of `threads`, one at least, in which it can be told as things stand; where there is none,
        the first as words, of which the gate will say why they do not go. connection: the order's."""
        for thread in threads:
            if self._is_open(thread, shop, now):
                return thread, text_content(
                    update_text(self._told(order, update, shop, connection, thread, now))
                )
            told = self._told(order, update, shop, connection, thread, now)
            content = self._template(thread, told, rules)
            if content is not None:
                return thread, content
        told = self._told(order, update, shop, connection, threads[0], now)
        return threads[0], text_content(update_text(told))

    def _told(
        self,
        order: Order,
        update: Update,
        shop: Shop,
        connection: Connection,
        thread: Thread,
        now: datetime,
    ) -> Told:
        language = _language(thread, order, shop.at(thread.connection_id))
        page_url = self._page_of(connection, order.order_id, language)
        return Told(update=update, order=order, shop=shop, language=language, page_url=page_url, now=now)

    def _is_open(self, thread: Thread, shop: Shop, now: datetime) -> bool:
        """In the moment in which it can leave: news that comes at night waits for the morning."""
        takes = self._channel_named(thread.channel).capabilities.for_kind(thread.wire.kind)
        if takes.window is None or thread.opened_at is None:
            return takes.window is None
        leaves_at = next_loud(now, (ZoneInfo(shop.zone or "UTC"),), (BY_DAY,))
        return leaves_at - thread.opened_at < takes.window.anyone

    def _template(self, thread: Thread, told: Told, rules: UpdateRules) -> Content | None:
        """None where the shop has chosen none, or the channel would refuse it."""
        chosen = _chosen(rules, thread, told.update.stage, told.language, told.shop)
        if chosen is None:
            return None
        name, language = chosen.use.name, chosen.use.language
        template_id = template_id_of(thread.connection_id, name, language)
        known = self._templates.template(thread.merchant_id, template_id)
        if known is None:
            return None
        values = fields_for(told, thread.shopper_name)
        template = compile_template(chosen.use, known.definition, values).template
        if problems_of(template, known.definition):
            return None
        return Content(kind="template", template=template)


def _chosen(
    rules: UpdateRules, thread: Thread, stage: Stage, language: str, shop: Shop
) -> UpdateTemplate | None:
    """In the shopper's language, else in the shop's, else the first there is."""
    fitting = [
        one for one in rules.templates if one.connection_id == thread.connection_id and stage in one.stages
    ]
    wanted = [language, *shop.languages]
    in_order = (one for code in wanted for one in fitting if from_hint(one.use.language) == code)
    return next(in_order, next(iter(fitting), None))


def _language(thread: Thread, order: Order, shop: Shop) -> str:
    known = thread.language or order.buyer.language
    return choose(thread.language_hint, thread.last_text, known, shop.languages)
