"""An approved template as a reminder of a cart: which one, and what goes into its places."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from chalicelib.domain.content import Content, File, Place
from chalicelib.domain.templates.definitions import TemplateDefinition, places_in
from chalicelib.domain.templates.use import FIELDS, Filling, TemplateUse, compile_template

# What a reminder's template may ask for beside what every use may. link_end: what is left of the link back to
# the cart behind what the template's button begins with.
CART_FIELDS: Final = (
    *FIELDS,
    "cart.items",
    "cart.first_item",
    "cart.total",
    "cart.url",
    "cart.link_end",
    "cart.code",
)


def use_from(raw: Mapping[str, Any]) -> TemplateUse:
    """As the setting holds it: its name and language, `variables` by place, `header`. Raises KeyError,
    TypeError or ValueError on anything that the schema does not let through."""
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


def cart_template(
    use: TemplateUse, definition: TemplateDefinition, values: Mapping[str, str], picture: File | None
) -> Content:
    """For one cart. values: of the fields, with the link as `cart.url`; picture: in the place of the one that
    was saved with it."""
    if picture is not None and definition.header_kind == "image":
        use = replace(use, header_file=picture, header_file_kind="image")
    end = link_end(definition, values.get("cart.url", ""))
    template = compile_template(use, definition, {**values, "cart.link_end": end}).template
    return Content(kind="template", text="", template=template)


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
