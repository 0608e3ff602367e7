"""Templates are fetched from their channel, and followed by what its webhooks tell of them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Notice
from chalicelib.domain.templates.news import happened_at
from chalicelib.ports.channel import Channel
from chalicelib.ports.errors import SetupError, StoreBusy
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.templates import TemplateStore


class FetchTemplates:
    """Asks the channel for all templates of a connection, and stores what it says."""

    def __init__(self, templates: TemplateStore, channel_named: Callable[[str], Channel | None]) -> None:
        """channel_named: None for what is no channel, but a shop."""
        self._templates, self._channel_named = templates, channel_named

    def __call__(self, connection: Connection, now: datetime) -> None:
        """Raises SetupError, then what was known holds, and StoreBusy. now: before the channel is asked, so
        that what webhooks tell meanwhile is later."""
        channel = self._channel_named(connection.channel)
        if channel is None or not channel.capabilities.templates:
            return
        found = channel.templates(connection)
        self._templates.keep_fetched(connection.merchant_id, connection.connection_id, found, now)

    def if_possible(self, connection: Connection, now: datetime) -> None:
        """The same beside something else, which must not fail for it: a token may lack the permission for
        templates alone. The next check fetches them again."""
        with suppress(SetupError, StoreBusy):
            self(connection, now)


class FollowTemplates:
    """What a channel tells of a template is written to the template, besides being kept as a notice."""

    def __init__(self, templates: TemplateStore, shops: ShopStore) -> None:
        self._templates, self._shops = templates, shops

    def __call__(self, merchant_id: str, connection_id: str, notice: Notice, received_at: datetime) -> None:
        """Repeatable, in any order. Raises StoreBusy."""
        if notice.template is None:
            return
        at = happened_at(notice.at, received_at)
        for one in self._who_have_it(merchant_id, connection_id):
            self._templates.tell(merchant_id, one, notice.template, at)

    def _who_have_it(self, merchant_id: str, connection_id: str) -> list[str]:
        """Numbers of one business account have their templates in common, and one of them is told."""
        known = {one.connection_id: one for one in self._shops.connections(merchant_id)}
        told = known.get(connection_id)
        group = told.details.get("webhook_group") if told else None
        if told is None or not group:
            return [connection_id]
        return sorted(
            one.connection_id
            for one in known.values()
            if one.channel == told.channel and one.details.get("webhook_group") == group
        )
