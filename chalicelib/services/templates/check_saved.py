"""Templates as a setting or a campaign holds them, held against what the channels have approved."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from chalicelib.domain.templates.news import template_id_of
from chalicelib.domain.templates.saved import use_from
from chalicelib.domain.templates.use import check_use
from chalicelib.ports.templates import TemplateStore

Problems = Iterator[tuple[str, str]]


class CheckSavedTemplates:
    """Says what is wrong with each, and where."""

    def __init__(self, templates: TemplateStore) -> None:
        self._templates = templates

    def __call__(
        self,
        merchant_id: str,
        templates: Mapping[str, Mapping[str, Any]],
        field: str,
        own: Sequence[str],
        fields: Collection[str],
    ) -> Problems:
        """templates: by connection and language. field: where they stand. own: the ids of the merchant's
        connections. fields: what may go into their places. Raises StoreBusy."""
        for connection_id, by_language in templates.items():
            of_connection = f"{field}.{connection_id[:64]}"
            if connection_id not in own:
                yield of_connection, "There is no such connection of yours; `GET /setup` lists them."
                continue
            for language, raw in by_language.items():
                place = f"{of_connection}.{language}"
                yield from self._problems(merchant_id, connection_id, place, raw, fields)

    def _problems(
        self,
        merchant_id: str,
        connection_id: str,
        place: str,
        raw: Mapping[str, Any],
        fields: Collection[str],
    ) -> Problems:
        use = use_from(raw)
        known = self._templates.template(merchant_id, template_id_of(connection_id, use.name, use.language))
        if known is None or known.fetched_at is None:
            text = "The channel has no template of this name in this language. Look at `GET /templates`, or "
            yield place, text + "have them fetched anew with `POST /templates`."
            return
        for problem in check_use(use, known.definition, fields):
            yield f"{place}.{problem.place}" if problem.place else place, problem.message
