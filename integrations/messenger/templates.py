"""A Page's utility templates: their list, and one with what goes into its places, in the Send API's words.

Source: developers.facebook.com/docs/messenger-platform/send-messages/utility-messages,
developers.facebook.com/docs/graph-api/reference/page/message_templates
"""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from chalicelib.domain.connections import Connection
from chalicelib.domain.content import Template, TemplateButton, Variable
from chalicelib.domain.templates.definitions import TemplateDefinition
from chalicelib.ports.errors import SendRejected
from integrations.meta.graph import Graph, access_of
from integrations.meta.template_list import all_templates
from integrations.meta.templates import definition_of

# How each kind of button calls what it is, and what it wants: the end of its link, or its payload.
_BUTTONS: Final = {"url": ("URL", "url"), "quick_reply": ("POSTBACK", "payload")}


def templates(graph: Graph, connection: Connection) -> list[TemplateDefinition]:
    """All of them, whatever their state. Raises SetupError.

    Fields are not named: a Page is asked for one that it has not, and refuses the call.
    """
    read = partial(definition_of, of_page=True)
    return all_templates(graph, connection.account, access_of(connection), "page_id", read)


def template_of(template: Template) -> dict[str, Any]:
    """Name, language and the components that need something. Raises SendRejected for what a Page's templates
    don't have: files and places above the text, codes to copy."""
    if template.header_file is not None or template.header_place is not None:
        raise SendRejected("local", "invalid")
    components = [
        *_texts("header", template.header_variables),
        *_texts("body", template.variables),
        *_buttons(template.buttons),
    ]
    named = {"name": template.name, "language": {"code": template.language}}
    return {**named, "components": components} if components else named


def _texts(where: str, variables: Sequence[Variable]) -> list[dict[str, Any]]:
    """Places are numbered, or each has a name."""
    if not variables:
        return []
    parameters = [
        {"type": "text", **({"parameter_name": one.name} if one.name else {}), "text": one.value}
        for one in variables
    ]
    return [{"type": where, "parameters": parameters}]


def _buttons(buttons: Sequence[TemplateButton]) -> list[dict[str, Any]]:
    """One component for all of them: a parameter each, in the order in which they stand."""
    if not buttons:
        return []
    parameters = []
    for button in sorted(buttons, key=lambda one: one.index):
        if button.kind not in _BUTTONS:
            raise SendRejected("local", "invalid")
        kind, name = _BUTTONS[button.kind]
        parameters.append({"type": kind, name: button.value})
    return [{"type": "buttons", "parameters": parameters}]
