"""What a shop wants its buyers to be told of their orders: the setting `orders`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from chalicelib.domain.commerce.stages import STAGES, Stage
from chalicelib.domain.templates.use import FIELDS, Filling, TemplateUse

# What most buyers would find too much; a shop that wants it switches it on.
OFF_AS_A_RULE: Final[frozenset[Stage]] = frozenset({"confirmed", "packed", "in_transit"})
# What a template may say of an order, besides what every template may.
UPDATE_FIELDS: Final = (
    *FIELDS,
    "order.number",
    "order.courier",
    "order.tracking_number",
    "order.tracking_url",
    "order.promised_on",
    "order.page_url",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateTemplate:
    """Which approved template tells of these stages on a connection while its window is closed."""

    connection_id: str
    stages: frozenset[Stage]
    use: TemplateUse


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateRules:
    """on_since: when the shop switched its updates on, None while they are off. told: the stages that are
    told of."""

    on_since: datetime | None = None
    told: frozenset[Stage] = frozenset(STAGES) - OFF_AS_A_RULE
    templates: tuple[UpdateTemplate, ...] = ()

    def tells(self, stage: Stage) -> bool:
        return stage in self.told


def rules_from(given: Mapping[str, Any]) -> UpdateRules:
    """The setting `orders`, as the schema and the settings' check let it through. Raises TypeError,
    ValueError."""
    told = set(UpdateRules().told)
    for stage in STAGES:
        switched = given.get("updates", {}).get(stage)
        if switched is not None:
            (told.add if switched else told.discard)(stage)
    is_on = bool(given.get("on")) and bool(given.get("on_since"))
    return UpdateRules(
        on_since=datetime.fromisoformat(given["on_since"]) if is_on else None,
        told=frozenset(told),
        templates=tuple(
            _template(connection_id, one)
            for connection_id, chosen in given.get("templates", {}).items()
            for one in chosen
        ),
    )


def _template(connection_id: str, raw: Mapping[str, Any]) -> UpdateTemplate:
    named = frozenset(one for one in STAGES if one in raw.get("updates", STAGES))
    fillings = {place: _filling(given) for place, given in raw.get("variables", {}).items()}
    use = TemplateUse(name=raw["name"], language=raw["language"], fillings=fillings)
    return UpdateTemplate(connection_id=connection_id, stages=named, use=use)


def _filling(given: str | Mapping[str, str]) -> Filling:
    return Filling(text=given) if isinstance(given, str) else Filling(**given)
