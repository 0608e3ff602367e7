"""The setting `orders`, changed: what the schema can't say of it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from chalicelib.domain.commerce.update_rules import UPDATE_FIELDS, rules_from
from chalicelib.domain.templates.news import template_id_of
from chalicelib.domain.templates.use import check_use
from chalicelib.ports.templates import TemplateStore


def changed_orders(before: Mapping[str, Any], given: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What is named changes. `on_since` is ours: since when updates are on without a break, so that nobody is
    told what happened before."""
    after = {**before, **given}
    if "updates" in given:
        after["updates"] = {**before.get("updates", {}), **given["updates"]}
    was_on = bool(before.get("on") and before.get("on_since"))
    after["on_since"] = before["on_since"] if was_on else now.isoformat()
    return after if after.get("on") else {**after, "on_since": None}


class CheckOrderTemplates:
    """Holds the templates of updates against what the channels have approved."""

    def __init__(self, templates: TemplateStore) -> None:
        self._templates = templates

    def __call__(
        self, merchant_id: str, orders: Mapping[str, Any], own: Sequence[str]
    ) -> Iterator[tuple[str, str]]:
        """The field, and what is wrong with it. own: the ids of the merchant's connections. Raises
        StoreBusy."""
        places: Counter[str] = Counter()
        for chosen in rules_from(orders).templates:
            field = f"orders.templates.{chosen.connection_id[:64]}"
            if chosen.connection_id not in own:
                yield field, "There is no such connection of yours; `GET /setup` lists them."
                continue
            field = f"{field}.{places[chosen.connection_id]}"
            places[chosen.connection_id] += 1
            template_id = template_id_of(chosen.connection_id, chosen.use.name, chosen.use.language)
            known = self._templates.template(merchant_id, template_id)
            if known is None or known.fetched_at is None:
                text = "The channel has no template of this name in this language. Look at `GET /templates`, "
                yield f"{field}.name", text + "or have them fetched anew with `POST /templates`."
                continue
            for problem in check_use(chosen.use, known.definition, UPDATE_FIELDS):
                where = f"{field}.variables.{problem.place}" if problem.place else f"{field}.name"
                yield where, problem.message
