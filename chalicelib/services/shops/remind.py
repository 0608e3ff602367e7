"""A step of a left cart as what somebody is told: its words in each of their threads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.commerce.cart_templates import cart_template
from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.recovery import StepRule
from chalicelib.domain.content import Content
from chalicelib.domain.gate import Verdict
from chalicelib.domain.languages import choose, from_hint
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Purpose
from chalicelib.domain.templates.checks import problems_of
from chalicelib.domain.templates.news import template_id_of
from chalicelib.domain.templates.saved import use_for
from chalicelib.domain.threads import Thread
from chalicelib.ports.templates import TemplateStore
from chalicelib.services.sending.find_way import FindWay, Way
from chalicelib.services.sending.wording import Speaker
from chalicelib.services.shops.cart_words import picture_of, reminder, values

NO_TEMPLATE: Final = Verdict("skip", "no_template", "The reminder has no template for this connection.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """Which step of which cart somebody is about to be reminded by."""

    cart: Cart
    rule: StepRule
    number: int


class FindReminder:
    """Where and how somebody is reminded of a cart."""

    def __init__(self, find_way: FindWay, templates: TemplateStore) -> None:
        self._find_way, self._templates = find_way, templates

    def __call__(
        self, merchant_id: str, threads: Sequence[Thread], one: Reminder, now: datetime
    ) -> tuple[Verdict, Way | None]:
        """As `FindWay` does. Raises StoreBusy."""
        return self._find_way(merchant_id, threads, _CartOffer(one, self._templates), now)


class _CartOffer:
    """The Offer that a step of a cart is."""

    purpose: Purpose = "cart"

    def __init__(self, one: Reminder, templates: TemplateStore) -> None:
        self._one, self._templates = one, templates

    @property
    def phones(self) -> Sequence[str]:
        """Those that the buyer gave with the cart."""
        return self._one.cart.buyer.phones

    @property
    def connections(self) -> Sequence[str]:
        return [name for name, given in self._one.rule.templates.items() if given]

    def freely(self, thread: Thread, shop: Shop, takes: Capabilities, now: datetime) -> Content:
        one = self._one
        return reminder(speaker_for(thread, one.cart, shop, now), one.cart, one.rule, one.number, takes)

    def by_template(
        self, thread: Thread, shop: Shop, takes: Capabilities, now: datetime
    ) -> Content | Verdict:
        """What the step's template says of this cart; or why it can't be sent."""
        one, speaker = self._one, speaker_for(thread, self._one.cart, shop, now)
        languages = (speaker.code, *filter(None, map(from_hint, speaker.shop.languages)))
        use = use_for(one.rule.templates.get(thread.connection_id, {}), languages)
        if use is None:
            return NO_TEMPLATE
        named = template_id_of(thread.connection_id, use.name, use.language)
        known = self._templates.template(thread.merchant_id, named)
        if known is None or known.fetched_at is None:
            return Verdict("skip", "template_unknown", "The channel has no such template.")
        code = from_hint(use.language) or speaker.code
        told = values(replace(speaker, language=code), one.cart, one.rule.code)
        named_values = {
            "shopper.first_name": told["name"],
            "shopper.name": speaker.name,
            "shop.name": told["shop"],
            **{f"cart.{name}": told[name] for name in ("items", "first_item", "total", "url", "code")},
        }
        picture = picture_of(one.cart, takes) if one.rule.has_picture else None
        content = cart_template(use, known.definition, named_values, picture)
        for problem in (
            problems_of(content.template, known.definition, use.category) if content.template else ()
        ):
            return Verdict("skip", f"template_{problem.code}", problem.message)
        return content


def speaker_for(thread: Thread, cart: Cart, shop: Shop, now: datetime) -> Speaker:
    """In the language that they write in; of somebody who has not written yet, in that of the shop's pages as
    they read them."""
    hint = thread.language_hint or ("" if thread.language else cart.buyer.language)
    language = choose(hint, thread.last_text, thread.language or cart.buyer.language, shop.languages)
    return Speaker(shop, language, thread.shopper_name or cart.buyer.name, now)
