"""Templates are fetched, followed by what webhooks tell, and held against what a person wants to send."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from chalicelib.domain.connections import Connection
from chalicelib.domain.content import Template, Variable
from chalicelib.domain.events import Address, Notice
from chalicelib.domain.rendering import CantRender
from chalicelib.domain.templates.definitions import TemplateDefinition, TemplateNews
from chalicelib.domain.templates.news import KnownTemplate, happened_at, template_id_of
from chalicelib.domain.threads import Thread
from chalicelib.ports.errors import ChannelDown, CredentialsRejected, StoreBusy
from chalicelib.ports.templates import TemplateStore
from chalicelib.services.templates.keep_templates import FetchTemplates, FollowTemplates
from chalicelib.services.templates.use_templates import CheckTemplate

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
DEFINED = TemplateDefinition(
    name="left", language="en", category="utility", state="approved", body="Hello {{1}}, it left."
)
SENT = Template(name="left", language="en", variables=(Variable(value="Ann"),))
THREAD = Thread(
    merchant_id="mt_1",
    thread_id="th_1",
    connection_id="cn_1",
    channel="whatsapp",
    shopper_id="sh_1",
    wire=Address("phone", "447700900123"),
)


def connection(name: str = "cn_1", channel: str = "whatsapp", **details: str) -> Connection:
    return Connection(
        merchant_id="mt_1",
        connection_id=name,
        channel=channel,
        account="100",
        name="Shop",
        status="active",
        details=details,
    )


@dataclass
class Store:
    """What a TemplateStore was told, and what it knows."""

    known: dict[str, KnownTemplate] = field(default_factory=dict)
    fetched: datetime | None = None
    kept: list[tuple[str, Sequence[TemplateDefinition], datetime]] = field(default_factory=list)
    told: list[tuple[str, str, datetime]] = field(default_factory=list)

    def template(self, merchant_id: str, template_id: str) -> KnownTemplate | None:
        return self.known.get(template_id)

    def fetched_at(self, merchant_id: str, connection_id: str) -> datetime | None:
        return self.fetched

    def keep_fetched(self, merchant_id: str, connection_id: str, fetched: Any, at: datetime) -> None:
        self.kept.append((connection_id, fetched, at))

    def tell(self, merchant_id: str, connection_id: str, news: TemplateNews, at: datetime) -> None:
        self.told.append((connection_id, news.state, at))


@dataclass
class Platform:
    """A channel's list of templates. has: whether it has such a thing at all."""

    lists: Any = ()
    has: bool = True

    @property
    def capabilities(self) -> Any:
        return SimpleNamespace(templates=self.has)

    def templates(self, connection: Connection) -> Any:
        if isinstance(self.lists, Exception):
            raise self.lists
        return self.lists


def fetcher(store: Any, platform: Any) -> FetchTemplates:
    return FetchTemplates(store, lambda name: platform)


def test_what_the_channel_lists_is_kept() -> None:
    store = Store()
    fetcher(store, Platform([DEFINED]))(connection(), NOW)
    assert store.kept == [("cn_1", [DEFINED], NOW)]


def test_a_channel_without_templates_is_not_asked() -> None:
    store = Store()
    fetcher(store, Platform(AssertionError(), has=False))(connection("telegram"), NOW)
    assert store.kept == []


FAULTS = (
    ChannelDown("channel_down", "No."),
    CredentialsRejected("permission_missing", "No."),
    StoreBusy(),
)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fetch_that_fails_fails_nothing_beside_it_and_forgets_nothing(fault: Exception) -> None:
    store = Store()
    fetcher(store, Platform(fault)).if_possible(connection(), NOW)
    assert store.kept == []
    with pytest.raises(type(fault)):
        fetcher(store, Platform(fault))(connection(), NOW)


PAUSED = Notice(
    kind="template_status", at=NOW, template=TemplateNews(name="left", language="en", state="paused")
)


def follow(store: Any, notice: Notice, *connections: Connection) -> None:
    shops: Any = SimpleNamespace(connections=lambda merchant_id: list(connections))
    FollowTemplates(store, shops)("mt_1", "cn_1", notice, NOW + timedelta(hours=1))


def test_every_number_of_the_business_account_hears_of_it_and_nobody_else() -> None:
    store = Store()
    mine = connection(webhook_group="waba:1")
    others = (
        connection("cn_2", webhook_group="waba:1"),
        connection("cn_3", webhook_group="waba:2"),
        connection("cn_4", "instagram", webhook_group="waba:1"),
        connection("cn_5"),
    )
    follow(store, PAUSED, mine, *others)
    at = NOW + timedelta(milliseconds=999)
    assert store.told == [("cn_1", "paused", at), ("cn_2", "paused", at)]


def test_what_has_no_time_of_its_own_was_told_when_it_came() -> None:
    store = Store()
    follow(store, replace(PAUSED, at=None), connection())
    assert store.told == [("cn_1", "paused", NOW + timedelta(hours=1))]


MS = timedelta(milliseconds=1)
MOMENTS: dict[str, tuple[datetime | None, datetime, datetime]] = {
    "it came within its second": (NOW, NOW + 300 * MS, NOW + 300 * MS),
    "it came later": (NOW, NOW + 5000 * MS, NOW + 999 * MS),
    "our clock is behind": (NOW, NOW - 300 * MS, NOW),
    "it is dated finer": (NOW + 523 * MS, NOW + 800 * MS, NOW + 523 * MS),
    "it has no date": (None, NOW, NOW),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_within_a_second_what_came_later_is_later(name: str) -> None:
    told_at, received_at, wanted = MOMENTS[name]
    assert happened_at(told_at, received_at) == wanted


def test_what_is_about_no_template_is_told_to_none() -> None:
    store = Store()
    follow(store, Notice(kind="security", at=NOW), connection())
    assert store.told == []


def known(definition: TemplateDefinition = DEFINED, fetched_at: datetime | None = NOW) -> Store:
    template_id = template_id_of("cn_1", "left", "en")
    row = KnownTemplate(
        template_id=template_id, connection_id="cn_1", definition=definition, fetched_at=fetched_at
    )
    return Store(known={template_id: row}, fetched=fetched_at)


TOLD_OF = TemplateDefinition(name="left", language="en")
CHECKS: dict[str, tuple[Store, Template, tuple[str, str] | None]] = {
    "all is well": (known(), SENT, None),
    "nobody has fetched": (Store(), SENT, None),
    "it is not listed": (Store(fetched=NOW), SENT, ("template_unknown", "template.name")),
    "another language": (known(), replace(SENT, language="ru"), ("template_unknown", "template.name")),
    "a value is missing": (known(), replace(SENT, variables=()), ("template_mismatch", "template.body.1")),
    "paused": (known(replace(DEFINED, state="paused")), SENT, ("template_not_approved", "template")),
    "paused, before any fetch": (
        known(replace(TOLD_OF, state="paused"), None),
        SENT,
        ("template_not_approved", "template"),
    ),
    "approved, before any fetch": (known(replace(TOLD_OF, state="approved"), None), SENT, None),
    "its quality was told, before any fetch": (known(replace(TOLD_OF, quality="red"), None), SENT, None),
}


@pytest.mark.parametrize("name", CHECKS)
def test_what_a_person_sends_is_held_against_what_was_approved(name: str) -> None:
    store, template, wanted = CHECKS[name]
    check = CheckTemplate(cast(TemplateStore, store))
    if wanted is None:
        category = (
            store.known[template_id_of("cn_1", "left", "en")].definition.category if store.known else ""
        )
        assert check(THREAD, template) == replace(template, category=category)
        return
    with pytest.raises(CantRender) as refused:
        check(THREAD, template)
    assert (refused.value.code, refused.value.field) == wanted
