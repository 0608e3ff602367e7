"""Fetching all templates of a business account or a Page, page by page.

Source: developers.facebook.com/docs/graph-api/results (paging)
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from chalicelib.domain.templates.definitions import TemplateDefinition
from chalicelib.ports.errors import ChannelDown
from integrations.meta.connect import ask
from integrations.meta.graph import Access, Graph
from integrations.reading import listed, mapping, text_of

PAGE: Final = 100
# A business account has 6 000 at most.
# Source: developers.facebook.com/docs/whatsapp/business-management-api/message-templates
MOST_PAGES: Final = 80


def all_templates(
    graph: Graph,
    owner: str,
    access: Access,
    field: str,
    read: Callable[[Mapping[str, Any]], TemplateDefinition | None],
    params: Mapping[str, str] | None = None,
) -> list[TemplateDefinition]:
    """owner: the id of the account or Page; `field` is the credential to blame for it. Raises SetupError,
    and ChannelDown where the list does not end: half of it would make the rest look deleted."""
    found: list[TemplateDefinition] = []
    asked = {**(params or {}), "limit": str(PAGE)}
    for _ in range(MOST_PAGES):
        answer = ask(graph, f"{owner}/message_templates", access, field, params=asked)
        read_now = (read(mapping(one)) for one in listed(answer.get("data")))
        found += [one for one in read_now if one is not None]
        paging = mapping(answer.get("paging"))
        after = text_of(mapping(paging.get("cursors")).get("after"))
        # The cursor stands on the last page too: only `next` says that there is more.
        if not paging.get("next") or not after or after == asked.get("after"):
            return found
        asked = {**asked, "after": after}
    raise ChannelDown("channel_down", "Meta lists templates without end: nothing was changed.")
