"""A template as it stands: what was fetched of it, and what webhooks have told since. The newest word on each
thing counts, in whatever order they come."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal, cast

from chalicelib.domain.ids import digest, from_ms, to_ms
from chalicelib.domain.templates.definitions import (
    Category,
    Quality,
    TemplateDefinition,
    TemplateNews,
    TemplateState,
)

# What a webhook may tell, each with a time of its own: a state does not undo a later category.
Aspect = Literal["state", "category", "quality", "words"]
ASPECTS: Final[tuple[Aspect, ...]] = ("state", "category", "quality", "words")
_SECOND: Final = timedelta(milliseconds=999)
_ID: Final = re.compile(r"tp_(\w{1,60})_[0-9a-f]{16}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTemplate:
    """A template of one connection, as it is now. fetched_at: None while only webhooks have told of it, so
    that its words are not known. told_at: when a webhook last did."""

    template_id: str
    connection_id: str
    definition: TemplateDefinition
    fetched_at: datetime | None = None
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All that is kept of a template. fetched_ms, gone_ms: when a fetch last listed it, and when one did not
    any more. told: by aspect, as `told_of` writes it."""

    name: str
    language: str
    definition: TemplateDefinition | None = None
    fetched_ms: int = 0
    gone_ms: int = 0
    told: Mapping[Aspect, str] = field(default_factory=dict)


def template_id_of(connection_id: str, name: str, language: str) -> str:
    """Our id of it: the same however often it is fetched. It leads back to its connection."""
    return f"tp_{connection_id.removeprefix('cn_')}_{digest(name, language)[:16]}"


def connection_of(template_id: str) -> str:
    """The connection whose template it would be; '' for what is no id of a template."""
    found = _ID.fullmatch(template_id)
    return f"cn_{found[1]}" if found else ""


def happened_at(told_at: datetime | None, received_at: datetime) -> datetime:
    """When something became of a template. Most webhooks are dated in whole seconds: within theirs, what came
    later is later, also than a fetch of the same second; what came after it is of its end."""
    if told_at is None:
        return received_at
    if told_at.microsecond:
        return told_at
    return max(told_at, min(received_at, told_at + _SECOND))


def told_of(news: TemplateNews, at: datetime) -> dict[Aspect, str]:
    """What a webhook tells, as a row keeps it: the greater text is the later one."""
    told: dict[Aspect, Any] = {}
    if news.state:
        told["state"] = [news.state, news.reason]
    if news.category:
        told["category"] = news.category
    if news.quality:
        told["quality"] = news.quality
    if news.words is not None:
        told["words"] = {name: one for name, one in asdict(news.words).items() if one is not None}
    return {name: f"{to_ms(at):013d} {json.dumps(value, sort_keys=True)}" for name, value in told.items()}


def as_it_stands(record: Record) -> TemplateDefinition:
    """What was fetched, with what was told later."""
    found = record.definition or TemplateDefinition(name=record.name, language=record.language)
    since = record.fetched_ms
    if record.gone_ms > since:
        found, since = replace(found, state="gone", reason=""), record.gone_ms
    if (state := _later(record, "state", since)) is not None:
        found = replace(found, state=cast(TemplateState, state[0]), reason=state[1])
    if (category := _later(record, "category", record.fetched_ms)) is not None:
        found = replace(found, category=cast(Category, category))
    if (quality := _later(record, "quality", record.fetched_ms)) is not None:
        found = replace(found, quality=cast(Quality, quality))
    if (words := _later(record, "words", record.fetched_ms)) is not None:
        found = replace(found, **words)
    return found


def is_news(record: Record | None, fetched: TemplateDefinition) -> bool:
    """Whether a fetch that lists the template so must be written down."""
    return record is None or bool(record.gone_ms) or record.definition != fetched


def told_at(record: Record) -> datetime | None:
    latest = max((_ms(one) for one in record.told.values()), default=0)
    return from_ms(latest) if latest else None


def _later(record: Record, aspect: Aspect, than_ms: int) -> Any:
    told = record.told.get(aspect, "")
    return json.loads(told.partition(" ")[2]) if told and _ms(told) > than_ms else None


def _ms(told: str) -> int:
    return int(told.partition(" ")[0])
