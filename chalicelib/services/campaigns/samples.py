"""What some of a dry run's shoppers would see."""

from collections.abc import Iterator, Mapping

from chalicelib.domain.content import Content
from chalicelib.domain.offering import paragraphs
from chalicelib.domain.templates.news import template_id_of
from chalicelib.domain.templates.use import preview
from chalicelib.domain.threads import Thread
from chalicelib.ports.templates import TemplateStore
from chalicelib.services.campaigns.decide import Decided
from chalicelib.services.campaigns.occasion import Occasion

SHOWN = 3


class ShowSamples:
    """Of a page, as different from each other as there are."""

    def __init__(self, templates: TemplateStore) -> None:
        self._templates = templates

    def __call__(self, occasion: Occasion, decided: Decided) -> tuple[Mapping[str, str], ...]:
        """how, channel, language, text, and beneath it what its buttons say and open. Raises StoreBusy."""
        found: dict[tuple[str, ...], Mapping[str, str]] = {}
        for planned in decided.plans.values():
            content, thread, one = planned.content, planned.thread, planned.recipient
            kind = (one.how, one.channel, planned.language)
            if content is None or thread is None or kind in found:
                continue
            text = self._shown(thread, content)
            told = {"shopper_id": one.shopper_id, "thread_id": one.thread_id, "text": text}
            found[kind] = told | dict(zip(("how", "channel", "language"), kind, strict=True))
            if len(found) == SHOWN:
                break
        return tuple(found.values())

    def _shown(self, thread: Thread, content: Content) -> str:
        template = content.template
        if template is None:
            return paragraphs(content.text, "\n".join(_buttons(content)))
        named = template_id_of(thread.connection_id, template.name, template.language)
        known = self._templates.template(thread.merchant_id, named)
        parts = preview(known.definition, template) if known else ()
        return paragraphs(*(f"{one.text}: {one.value}" if one.value else one.text for one in parts))


def _buttons(content: Content) -> Iterator[str]:
    for button in content.buttons:
        yield f"[{button.title}] {button.url}".rstrip()
