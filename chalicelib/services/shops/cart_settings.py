"""The setting `carts`, changed: what the schema can't say of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from chalicelib.domain.commerce.cart_templates import CART_FIELDS
from chalicelib.domain.commerce.recovery import SHORTEST_IDLE, rules_from
from chalicelib.domain.languages import LANGUAGES
from chalicelib.domain.texts.overrides import problem_of
from chalicelib.ports.templates import TemplateStore
from chalicelib.services.templates.check_saved import CheckSavedTemplates

# What the shop's own text of a step may name.
VARIABLES: Final = ("name", "shop", "items", "total", "url", "code")
Problems = Iterator[tuple[str, str]]


def changed_carts(before: Mapping[str, Any], given: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What is named changes. `on_since` is ours: since when reminders are on without a break, so that nobody
    is reminded of what they left before."""
    after = {**before, **given}
    was_on = bool(before.get("on") and before.get("on_since"))
    after["on_since"] = before["on_since"] if was_on else now.isoformat()
    return after if after.get("on") else {**after, "on_since": None}


def problems_in_carts(carts: Mapping[str, Any]) -> Problems:
    """Everything that keeps it from being used: the field, and what is wrong and what is allowed."""
    rules = rules_from(carts)
    if rules.idle < SHORTEST_IDLE:
        least = int(SHORTEST_IDLE.total_seconds() // 60)
        yield "carts.steps.0.after_minutes", f"A cart lies idle for {least} minutes at least."
    if any(step.after >= rules.max_age for step in rules.steps):
        yield "carts.steps", "No reminder comes so late: `max_age_days` is less than its `after_minutes`."
    for place, step in enumerate(carts.get("steps") or ()):
        yield from _problems_in_texts(f"carts.steps.{place}.texts", step.get("texts", {}))


def _problems_in_texts(field: str, texts: Mapping[str, str]) -> Problems:
    for language, text in texts.items():
        if language not in LANGUAGES:
            yield f"{field}.{language[:64]}", f"Texts may be set for these languages: {', '.join(LANGUAGES)}."
        elif problem := problem_of(text, VARIABLES):
            yield f"{field}.{language}", problem


class CheckCartTemplates:
    """Holds the templates of reminders against what the channels have approved."""

    def __init__(self, templates: TemplateStore) -> None:
        self._check = CheckSavedTemplates(templates)

    def __call__(self, merchant_id: str, carts: Mapping[str, Any], own: Sequence[str]) -> Problems:
        """own: the ids of the merchant's connections. Raises StoreBusy."""
        for place, step in enumerate(carts.get("steps") or ()):
            field = f"carts.steps.{place}.templates"
            yield from self._check(merchant_id, step.get("templates", {}), field, own, CART_FIELDS)
