"""Templates in DynamoDB, a row each; one more row says when all of them were last fetched."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any, Final, cast

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.ids import from_ms, to_ms
from chalicelib.domain.templates.definitions import DefinedButton, TemplateDefinition, TemplateNews
from chalicelib.domain.templates.news import (
    ASPECTS,
    Aspect,
    KnownTemplate,
    Record,
    as_it_stands,
    connection_of,
    is_news,
    template_id_of,
    told_at,
    told_of,
)
from chalicelib.ports.errors import Conflict
from chalicelib.storage.errors import answers, undisturbed
from chalicelib.storage.models import TemplateItem
from chalicelib.storage.reading import get

_FETCH: Final = "fetch"


class DynamoTemplates:
    """The TemplateStore on DynamoDB: each write says in its condition what it must not undo."""

    def templates(self, merchant_id: str, connection_id: str) -> list[KnownTemplate]:
        """All of a connection's, by name and language."""
        records = _records(merchant_id, connection_id)
        return sorted(
            (_known(connection_id, one) for one in records.values()),
            key=lambda one: (one.definition.name, one.definition.language),
        )

    def template(self, merchant_id: str, template_id: str) -> KnownTemplate | None:
        """One, as it is now."""
        connection_id = connection_of(template_id)
        key = _key(merchant_id, connection_id)
        if not connection_id:
            return None
        with answers():
            wanted = [(key, template_id), (key, _FETCH)]
            found = {item.sk: item for item in TemplateItem.batch_get(wanted, consistent_read=True)}
        item = found.get(template_id)
        return None if item is None else _known(connection_id, _record(item, _listed_ms(found)))

    def fetched_at(self, merchant_id: str, connection_id: str) -> datetime | None:
        """When a connection's templates were last fetched to the end."""
        item = get(TemplateItem, _key(merchant_id, connection_id), _FETCH)
        return from_ms(int(item.fetched_ms)) if item is not None and item.fetched_ms else None

    def keep_fetched(
        self, merchant_id: str, connection_id: str, fetched: Sequence[TemplateDefinition], at: datetime
    ) -> None:
        """All that the channel listed at `at`. An older list than the last changes nothing. When it was is
        written last: after a crash the list is not taken for whole."""
        ms, key = to_ms(at), _key(merchant_id, connection_id)
        latest = self.fetched_at(merchant_id, connection_id)
        if latest is not None and to_ms(latest) > ms:
            return
        known = _records(merchant_id, connection_id)
        listed = {template_id_of(connection_id, one.name, one.language): one for one in fetched}
        for template_id, one in listed.items():
            if is_news(known.get(template_id), one):
                _update(TemplateItem(key, template_id), _fetching(one, ms), _is_older(ms))
        for template_id in known.keys() - listed.keys():
            if ms > known[template_id].gone_ms:
                gone: list[Action] = [TemplateItem.gone_ms.set(ms)]
                _update(TemplateItem(key, template_id), gone, _is_older(ms) & TemplateItem.pk.exists())
        _update(TemplateItem(key, _FETCH), [TemplateItem.fetched_ms.set(ms)], _is_older(ms))

    def tell(self, merchant_id: str, connection_id: str, news: TemplateNews, at: datetime) -> None:
        """What a webhook has told. Told again it changes nothing."""
        template_id = template_id_of(connection_id, news.name, news.language)
        named: list[Action] = [TemplateItem.name.set(news.name), TemplateItem.language.set(news.language)]
        for aspect, told in told_of(news, at).items():
            place = _places()[aspect]
            item = TemplateItem(_key(merchant_id, connection_id), template_id)
            _update(item, [*named, place.set(told)], place.does_not_exist() | (place < told))


def _update(item: TemplateItem, actions: list[Action], condition: Condition) -> None:
    """A condition that does not hold means that something newer is known."""
    with suppress(Conflict), answers():
        undisturbed(partial(item.update, actions, condition))


def _is_older(ms: int) -> Condition:
    older: Condition = TemplateItem.fetched_ms.does_not_exist() | (TemplateItem.fetched_ms < ms)
    return older


def _fetching(one: TemplateDefinition, ms: int) -> list[Action]:
    return [
        TemplateItem.name.set(one.name),
        TemplateItem.language.set(one.language),
        TemplateItem.definition.set(_lean(one)),
        TemplateItem.fetched_ms.set(ms),
        TemplateItem.gone_ms.remove(),
    ]


def _places() -> Mapping[Aspect, Any]:
    return {
        "state": TemplateItem.told_state,
        "category": TemplateItem.told_category,
        "quality": TemplateItem.told_quality,
        "words": TemplateItem.told_words,
    }


def _records(merchant_id: str, connection_id: str) -> dict[str, Record]:
    with answers():
        query = TemplateItem.query(_key(merchant_id, connection_id), consistent_read=True)
        found = {item.sk: item for item in query}
    return {sk: _record(item, _listed_ms(found)) for sk, item in found.items() if sk != _FETCH}


def _listed_ms(found: Mapping[str, TemplateItem]) -> int:
    """When all of a connection's templates were last fetched."""
    return int(found[_FETCH].fetched_ms or 0) if _FETCH in found else 0


def _record(item: TemplateItem, listed_ms: int) -> Record:
    """A row that is not gone was listed by the latest fetch too, which has left it as it was."""
    fetched_ms = int(item.fetched_ms or 0)
    is_listed = item.definition and not item.gone_ms
    told = {aspect: getattr(item, f"told_{aspect}") for aspect in ASPECTS}
    return Record(
        name=item.name or "",
        language=item.language or "",
        definition=_definition(cast(dict[str, Any], item.definition)) if item.definition else None,
        fetched_ms=max(fetched_ms, listed_ms) if is_listed else fetched_ms,
        gone_ms=int(item.gone_ms or 0),
        told={aspect: value for aspect, value in told.items() if value},
    )


def _known(connection_id: str, record: Record) -> KnownTemplate:
    return KnownTemplate(
        template_id=template_id_of(connection_id, record.name, record.language),
        connection_id=connection_id,
        definition=as_it_stands(record),
        fetched_at=from_ms(record.fetched_ms) if record.definition else None,
        told_at=told_at(record),
    )


def _lean(one: TemplateDefinition) -> dict[str, Any]:
    """Without what is empty."""
    buttons = [{name: value for name, value in asdict(each).items() if value} for each in one.buttons]
    return {name: value for name, value in {**asdict(one), "buttons": buttons}.items() if value}


def _definition(raw: Mapping[str, Any]) -> TemplateDefinition:
    """What this version does not know was written by a newer one, which has been taken back."""
    known = {name: raw[name] for name in TemplateDefinition.__dataclass_fields__ if name in raw}
    buttons = tuple(
        DefinedButton(**{name: one[name] for name in DefinedButton.__dataclass_fields__ if name in one})
        for one in raw.get("buttons", ())
    )
    return TemplateDefinition(
        **{**known, "buttons": buttons, "unsupported": tuple(raw.get("unsupported", ()))}
    )


def _key(merchant_id: str, connection_id: str) -> str:
    return f"{merchant_id}#templates#{connection_id}"
