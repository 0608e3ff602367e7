"""The templates of a number's business account.

Source: developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates
"""

from typing import Final

from chalicelib.domain.connections import Connection
from chalicelib.domain.templates.definitions import TemplateDefinition
from integrations.meta.graph import Graph, access_of
from integrations.meta.template_list import all_templates
from integrations.meta.templates import definition_of

FIELDS: Final = "name,status,category,language,components,quality_score,rejected_reason,parameter_format"


def templates(graph: Graph, connection: Connection) -> list[TemplateDefinition]:
    """All of them, whatever their state. Raises SetupError."""
    owner, access = connection.details.get("waba_id", ""), access_of(connection)
    return all_templates(graph, owner, access, "waba_id", definition_of, {"fields": FIELDS})
