"""A campaign as what one shopper is told: its words in each of their threads, or its templates."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from chalicelib.domain.campaigns.contents import (
    CampaignContent,
    free_content,
    template_content,
    template_use,
    values_for,
)
from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.content import Content
from chalicelib.domain.gate import Verdict
from chalicelib.domain.languages import DEFAULT, choose, from_hint
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Purpose
from chalicelib.domain.templates.checks import problems_of
from chalicelib.domain.templates.news import template_id_of
from chalicelib.domain.threads import Thread
from chalicelib.ports.templates import TemplateStore

NO_TEMPLATE: Final = Verdict("skip", "no_template", "The campaign has no template for this connection.")
NO_WORDS: Final = Verdict("use_template", "no_words", "The campaign says nothing here but by a template.")
UNKNOWN: Final = Verdict("skip", "template_unknown", "The channel has no such template.")


class CampaignOffer:
    """The Offer that a campaign is to one person. name, language: theirs, where a thread tells none. links:
    what stands for each of its addresses, so that it is known who followed it."""

    purpose: Purpose = "campaign"
    # Whoever is in a segment has a thread: none is begun by looking at them.
    phones: Sequence[str] = ()
    connections: Sequence[str] = ()

    def __init__(
        self,
        content: CampaignContent,
        templates: TemplateStore,
        name: str,
        language: str,
        links: Mapping[str, str],
    ) -> None:
        self._content, self._templates = content, templates
        self._name, self._language, self._links = name, language, links

    def freely(self, thread: Thread, shop: Shop, takes: Capabilities, now: datetime) -> Content | Verdict:
        values, languages = self._values(thread, shop), self._languages(thread, shop)
        content = free_content(self._content, thread.channel, languages, values, takes, self._links)
        return NO_WORDS if content is None else content

    def by_template(
        self, thread: Thread, shop: Shop, takes: Capabilities, now: datetime
    ) -> Content | Verdict:
        languages = self._languages(thread, shop)
        use = template_use(self._content, thread.connection_id, languages)
        if use is None:
            return NO_TEMPLATE
        named = template_id_of(thread.connection_id, use.name, use.language)
        known = self._templates.template(thread.merchant_id, named)
        if known is None or known.fetched_at is None:
            return UNKNOWN
        code = from_hint(use.language) or languages[0]
        values = self._values(thread, shop)
        content = template_content(self._content, use, known.definition, values, code, self._links)
        for problem in (
            problems_of(content.template, known.definition, use.category) if content.template else ()
        ):
            return Verdict("skip", f"template_{problem.code}", problem.message)
        return content

    def language(self, thread: Thread, shop: Shop) -> str:
        """Theirs there."""
        return self._languages(thread, shop)[0]

    def _languages(self, thread: Thread, shop: Shop) -> tuple[str, ...]:
        """What they write in; of somebody who has not written yet, what is known of them elsewhere."""
        known = thread.language or self._language
        hint = thread.language_hint or ("" if thread.language else self._language)
        own = choose(hint, thread.last_text, known, shop.languages)
        return tuple(dict.fromkeys(filter(None, (own, known, *map(from_hint, shop.languages), DEFAULT))))

    def _values(self, thread: Thread, shop: Shop) -> Mapping[str, str]:
        return values_for(shopper_name=thread.shopper_name or self._name, shop_name=shop.name)
