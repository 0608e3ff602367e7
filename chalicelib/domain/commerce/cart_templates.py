"""An approved template as a reminder of a cart: what goes into its places."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from chalicelib.domain.content import Content, File
from chalicelib.domain.templates.definitions import TemplateDefinition
from chalicelib.domain.templates.saved import link_end
from chalicelib.domain.templates.use import FIELDS, TemplateUse, compile_template

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
