"""A template with what goes into its places, in the words of WhatsApp's Cloud API.

Source: developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates,
developers.facebook.com/docs/whatsapp/cloud-api/reference/messages#template-object
"""

from collections.abc import Sequence
from typing import Final

from chalicelib.domain.content import Template, TemplateButton, Variable
from integrations.whatsapp.parts import Body, media_of, place_of

# How each kind of button calls what it wants: the end of its link, its payload, its code.
_BUTTON_VALUES: Final = {"url": "text", "quick_reply": "payload", "copy_code": "coupon_code"}


def template_of(template: Template) -> Body:
    """Name, language and the components that need something; a template without places has none."""
    components = [*_header(template), *_body(template), *map(_button, template.buttons)]
    named = {"name": template.name, "language": {"code": template.language}}
    return {**named, "components": components} if components else named


def _header(template: Template) -> list[Body]:
    if template.header_file is not None:
        kind = template.header_file_kind
        filename = template.header_file.filename if kind == "document" else ""
        return [
            _component("header", [{"type": kind, kind: media_of(template.header_file, filename=filename)}])
        ]
    if template.header_place is not None:
        return [_component("header", [{"type": "location", "location": place_of(template.header_place)}])]
    return _texts("header", template.header_variables)


def _body(template: Template) -> list[Body]:
    return _texts("body", template.variables)


def _texts(where: str, variables: Sequence[Variable]) -> list[Body]:
    """Places are numbered, or each has a name."""
    if not variables:
        return []
    return [
        _component(
            where,
            [
                {"type": "text", **({"parameter_name": each.name} if each.name else {}), "text": each.value}
                for each in variables
            ],
        )
    ]


def _component(where: str, parameters: list[Body]) -> Body:
    return {"type": where, "parameters": parameters}


def _button(button: TemplateButton) -> Body:
    """`index` counts the template's buttons from 0, and is written as text."""
    kind = _BUTTON_VALUES[button.kind]
    placed = {"type": "button", "sub_type": button.kind, "index": str(button.index)}
    return placed | {"parameters": [{"type": kind, kind: button.value}]}
