"""Templates in their rows: the newest word counts, in whatever order fetches and webhooks arrive."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from chalicelib.domain.templates.definitions import DefinedButton, TemplateDefinition, TemplateNews, Words
from chalicelib.domain.templates.news import connection_of, template_id_of
from chalicelib.storage.templates import DynamoTemplates

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PLAIN = TemplateDefinition(name="order_update", language="en", state="approved", body="Hello {{1}}!")
RICH = TemplateDefinition(
    name="parcel_sent",
    language="en",
    id="17",
    category="utility",
    state="approved",
    quality="green",
    is_named=True,
    header_kind="text",
    header="Order {{order}}",
    body="Hello {{shopper}}, it left.",
    footer="Blue Kettle",
    buttons=(DefinedButton(kind="url", text="Track", url="https://shop.example/{{1}}"),),
    examples={"body.shopper": "Ann"},
    unsupported=("carousel",),
)
Act = Callable[[DynamoTemplates, str], None]


def told(after: timedelta, **more: Any) -> Act:
    news = TemplateNews(name="order_update", language="en", **more)
    return lambda store, merchant: store.tell(merchant, "cn_one", news, NOW + after)


def fetched(after: timedelta, *listed: TemplateDefinition) -> Act:
    return lambda store, merchant: store.keep_fetched(merchant, "cn_one", listed, NOW + after)


def only(store: DynamoTemplates, merchant: str) -> TemplateDefinition:
    (known,) = store.templates(merchant, "cn_one")
    return known.definition


def test_what_was_fetched_is_found_whole(templates: DynamoTemplates, merchant: str) -> None:
    fetched(MINUTE, RICH, PLAIN)(templates, merchant)
    assert [one.definition for one in templates.templates(merchant, "cn_one")] == [PLAIN, RICH]
    template_id = template_id_of("cn_one", "parcel_sent", "en")
    known = templates.template(merchant, template_id)
    assert known is not None
    assert (known.definition, known.fetched_at, known.told_at) == (RICH, NOW + MINUTE, None)
    assert (known.template_id, known.connection_id) == (template_id, "cn_one")
    assert templates.fetched_at(merchant, "cn_one") == NOW + MINUTE


def test_nothing_is_known_before_the_first_fetch(templates: DynamoTemplates, merchant: str) -> None:
    assert templates.templates(merchant, "cn_one") == []
    assert templates.fetched_at(merchant, "cn_one") is None
    assert templates.template(merchant, template_id_of("cn_one", "parcel_sent", "en")) is None


@pytest.mark.parametrize(
    "odd", ["", "fetch", "tp_", "tp_one", "cn_one", "tp_one_fetch", "tp__", "é#", f"tp_{'x' * 5000}"]
)
def test_what_is_no_template_is_not_found(templates: DynamoTemplates, merchant: str, odd: str) -> None:
    fetched(MINUTE, PLAIN)(templates, merchant)
    assert templates.template(merchant, odd) is None


def test_another_merchants_templates_are_not_found(templates: DynamoTemplates, merchant: str) -> None:
    fetched(MINUTE, PLAIN)(templates, merchant)
    template_id = template_id_of("cn_one", PLAIN.name, PLAIN.language)
    assert connection_of(template_id) == "cn_one"
    assert templates.template(f"{merchant}x", template_id) is None
    assert templates.templates(f"{merchant}x", "cn_one") == []


ORDERS: dict[str, tuple[list[Act], TemplateDefinition]] = {
    "paused after the fetch": (
        [fetched(MINUTE, PLAIN), told(2 * MINUTE, state="paused", reason="QUALITY")],
        replace(PLAIN, state="paused", reason="QUALITY"),
    ),
    "paused before the fetch": (
        [told(MINUTE, state="paused"), fetched(2 * MINUTE, PLAIN)],
        PLAIN,
    ),
    "paused and approved again": (
        [fetched(MINUTE, PLAIN), told(2 * MINUTE, state="paused"), told(3 * MINUTE, state="approved")],
        PLAIN,
    ),
    "each thing has a time of its own": (
        [
            told(MINUTE, state="paused", category="utility"),
            told(2 * MINUTE, quality="red"),
            fetched(3 * MINUTE, PLAIN),
            told(4 * MINUTE, category="marketing"),
        ],
        replace(PLAIN, category="marketing"),
    ),
    "its words were edited": (
        [fetched(MINUTE, PLAIN), told(2 * MINUTE, words=Words(body="Dear {{1}}!"))],
        replace(PLAIN, body="Dear {{1}}!"),
    ),
    "edited, and fetched since": (
        [
            fetched(MINUTE, PLAIN),
            told(2 * MINUTE, words=Words(body="Dear {{1}}!")),
            fetched(3 * MINUTE, replace(PLAIN, body="Dearest {{1}}!")),
        ],
        replace(PLAIN, body="Dearest {{1}}!"),
    ),
    "only told of": (
        [told(MINUTE, state="paused"), told(2 * MINUTE, state="approved", category="utility")],
        TemplateDefinition(name="order_update", language="en", state="approved", category="utility"),
    ),
    "fetched twice": ([fetched(MINUTE, replace(PLAIN, state="pending")), fetched(2 * MINUTE, PLAIN)], PLAIN),
    "the same again after a lost webhook": (
        [fetched(MINUTE, PLAIN), told(2 * MINUTE, state="paused"), fetched(3 * MINUTE, PLAIN)],
        PLAIN,
    ),
    "paused while it was fetched": (
        [fetched(MINUTE, PLAIN), told(MINUTE + timedelta(milliseconds=1), state="paused")],
        replace(PLAIN, state="paused"),
    ),
}


@pytest.mark.parametrize("name", ORDERS)
def test_the_order_of_arrival_changes_nothing(templates: DynamoTemplates, merchant: str, name: str) -> None:
    acts, wanted = ORDERS[name]
    for number, order in enumerate(permutations(acts)):
        whose = f"{merchant}{number}"
        for act in (*order, order[0], order[-1]):
            act(templates, whose)
        assert only(templates, whose) == wanted, order


def test_what_is_not_listed_any_more_is_gone_and_may_come_back(
    templates: DynamoTemplates, merchant: str
) -> None:
    fetched(MINUTE, PLAIN, RICH)(templates, merchant)
    fetched(3 * MINUTE, RICH)(templates, merchant)
    fetched(2 * MINUTE, PLAIN, RICH)(templates, merchant)
    states = {one.definition.name: one.definition.state for one in templates.templates(merchant, "cn_one")}
    assert states == {"order_update": "gone", "parcel_sent": "approved"}
    fetched(4 * MINUTE, PLAIN, RICH)(templates, merchant)
    assert templates.templates(merchant, "cn_one")[0].definition == PLAIN


def test_what_was_approved_after_the_fetch_is_not_gone(templates: DynamoTemplates, merchant: str) -> None:
    fetched(MINUTE, PLAIN)(templates, merchant)
    told(3 * MINUTE, state="approved")(templates, merchant)
    fetched(2 * MINUTE)(templates, merchant)
    assert only(templates, merchant).state == "approved"


def test_an_older_list_that_comes_late_changes_nothing(templates: DynamoTemplates, merchant: str) -> None:
    fetched(2 * MINUTE, PLAIN)(templates, merchant)
    fetched(MINUTE, RICH)(templates, merchant)
    assert only(templates, merchant) == PLAIN
    assert templates.fetched_at(merchant, "cn_one") == NOW + 2 * MINUTE


def test_a_fetch_that_finds_nothing_new_writes_one_row(
    templates: DynamoTemplates, merchant: str, requests: Any
) -> None:
    fetched(MINUTE, PLAIN, RICH)(templates, merchant)
    requests.clear()
    fetched(2 * MINUTE, PLAIN, RICH)(templates, merchant)
    assert requests.names == ["GetItem", "Query", "UpdateItem"]


def test_connections_have_their_templates_apart(templates: DynamoTemplates, merchant: str) -> None:
    fetched(MINUTE, PLAIN)(templates, merchant)
    templates.keep_fetched(merchant, "cn_two", (), NOW)
    assert only(templates, merchant) == PLAIN
    assert templates.templates(merchant, "cn_two") == []
