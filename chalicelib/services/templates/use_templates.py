"""Templates in use: checked before they are sent, and shown with real shoppers' names in their places."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from chalicelib.domain.content import Template
from chalicelib.domain.rendering import CantRender
from chalicelib.domain.templates.checks import STANDING_CODES, Problem, problems_of, standing
from chalicelib.domain.templates.news import KnownTemplate, template_id_of
from chalicelib.domain.templates.use import (
    Part,
    TemplateUse,
    check_use,
    compile_template,
    preview,
    values_for,
)
from chalicelib.domain.threads import Thread, ThreadState
from chalicelib.ports.channel import Channel
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.templates import TemplateStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.threads.write_thread import NotFound

SHOWN: Final = 3
# The inbox holds a channel's threads, whichever connection they are on.
_LOOKED_THROUGH: Final = 100
_NOT_FETCHED: Final = Problem(
    "not_fetched", "", "Its words are not known yet: have the templates fetched with `POST /templates`."
)
_INBOXES: Final[tuple[ThreadState, ...]] = ("open", "closed")


@dataclass(frozen=True, slots=True)
class Shown:
    """What one shopper would see. used_fallbacks: the places whose field they lack."""

    thread: Thread
    parts: tuple[Part, ...]
    used_fallbacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Previewed:
    """problems: what must be mended before it can be sent to anybody."""

    shown: tuple[Shown, ...]
    problems: tuple[Problem, ...]


class CheckTemplate:
    """Holds what a person wants to send against what the channel has approved."""

    def __init__(self, templates: TemplateStore) -> None:
        self._templates = templates

    def __call__(self, thread: Thread, template: Template) -> Template:
        """The same, with its category, so that nobody has to look again when it is sent. Where nobody knows
        the connection's templates, the channel decides.

        Raises CantRender: `template_unknown`, `template_not_approved`, `template_mismatch`.
        """
        known = self._known(thread, template)
        problems = _problems(template, known) if known else ()
        for one in problems[:1]:
            code = "template_not_approved" if one.code in STANDING_CODES else "template_mismatch"
            raise CantRender(code, one.message, f"template.{one.place}" if one.place else "template")
        return replace(template, category=known.definition.category) if known else template

    def _known(self, thread: Thread, template: Template) -> KnownTemplate | None:
        merchant_id, connection_id = thread.merchant_id, thread.connection_id
        template_id = template_id_of(connection_id, template.name, template.language)
        known = self._templates.template(merchant_id, template_id)
        if known is None and self._templates.fetched_at(merchant_id, connection_id) is not None:
            text = "The channel has no template of this name in this language. Look at `GET /templates`, or "
            text += "have them fetched anew with `POST /templates`."
            raise CantRender("template_unknown", text, "template.name")
        return known


def _problems(template: Template, known: KnownTemplate) -> tuple[Problem, ...]:
    """Of a template that no fetch has listed yet only the state can be judged, where it was told."""
    if known.fetched_at is not None:
        return problems_of(template, known.definition)
    is_told = known.definition.state != "unknown"
    return tuple(one for one in standing(known.definition) if is_told and one.code in STANDING_CODES)


class PreviewTemplate:
    """Shows a use of a template with the shoppers whom it may go to. Sends nothing."""

    def __init__(
        self,
        templates: TemplateStore,
        threads: ThreadStore,
        shops: ShopStore,
        channel_named: Callable[[str], Channel],
    ) -> None:
        self._templates, self._threads, self._shops = templates, threads, shops
        self._channel_named = channel_named

    def __call__(
        self, merchant_id: str, template_id: str, use: TemplateUse, thread_ids: Sequence[str]
    ) -> Previewed:
        """thread_ids: of the template's connection; without any, the latest of it. Raises NotFound, with the
        id of what is not there."""
        known = self._templates.template(merchant_id, template_id)
        connection = self._shops.connection(known.connection_id) if known else None
        if known is None or connection is None or connection.merchant_id != merchant_id:
            raise NotFound(template_id)
        definition, shop = known.definition, self._shops.shop(merchant_id)
        use = replace(use, name=definition.name, language=definition.language)
        threads = [self._thread(merchant_id, known, one) for one in thread_ids]
        shown = []
        for thread in threads or self._latest(merchant_id, connection.channel, known.connection_id):
            values = values_for(shopper_name=thread.shopper_name, shop_name=shop.name)
            compiled = compile_template(use, definition, values)
            parts = preview(definition, compiled.template)
            shown.append(Shown(thread, parts, compiled.used_fallbacks))
        problems = check_use(use, definition) if known.fetched_at else (_NOT_FETCHED,)
        return Previewed(tuple(shown), problems)

    def _thread(self, merchant_id: str, known: KnownTemplate, thread_id: str) -> Thread:
        thread = self._threads.thread(merchant_id, thread_id)
        if thread is None or thread.connection_id != known.connection_id:
            raise NotFound(thread_id)
        return thread

    def _latest(self, merchant_id: str, channel: str, connection_id: str) -> list[Thread]:
        """Those that are open come first."""
        found: list[Thread] = []
        for state in _INBOXES:
            if len(found) < SHOWN:
                page = self._threads.inbox(merchant_id, channel, state, limit=_LOOKED_THROUGH)
                found += [one for one in page if one.connection_id == connection_id]
        return found[:SHOWN]
