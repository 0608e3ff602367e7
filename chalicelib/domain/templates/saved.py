"""Templates as a setting or a campaign holds them: by connection, then by the shopper's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.domain.content import File, Place
from chalicelib.domain.templates.definitions import TemplateDefinition, places_in
from chalicelib.domain.templates.use import Filling, TemplateUse


def use_from(raw: Mapping[str, Any]) -> TemplateUse:
    """As it was saved: its name and language, `variables` by place, `header`. Raises KeyError, TypeError or
    ValueError on anything that the schema does not let through."""
    header = raw.get("header", {})
    file = File(url=header["url"], filename=header.get("filename", "")) if "url" in header else None
    return TemplateUse(
        name=raw["name"],
        language=raw["language"],
        category=raw.get("category", ""),
        fillings={place: _filling(given) for place, given in raw.get("variables", {}).items()},
        header_file=file,
        header_file_kind=header.get("kind", "image"),
        header_place=Place(**header["location"]) if "location" in header else None,
    )


def use_for(of_connection: Mapping[str, Any], languages: Sequence[str]) -> TemplateUse | None:
    """The one for the first of the languages that has one; else any: a template in another language says more
    than none."""
    wanted = [one for one in (*languages, *sorted(of_connection)) if one in of_connection]
    return use_from(of_connection[wanted[0]]) if wanted else None


def link_end(definition: TemplateDefinition, url: str) -> str:
    """'' where no button of the template can lead there."""
    for button in definition.buttons:
        places = places_in(button.url)
        beginning = button.url.partition("{{")[0]
        if places and url.startswith(beginning):
            return url.removeprefix(beginning)
    return ""


def _filling(given: str | Mapping[str, str]) -> Filling:
    return Filling(text=given) if isinstance(given, str) else Filling(**given)
