"""An app's secret was changed: for a while the old one is taken as well, then only the new one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.connections import Connection
from chalicelib.services.connections.former_secrets import with_former_secret, without_former_secret

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
OVERLAP = timedelta(hours=2)
BEFORE = Connection(
    merchant_id="mt_1",
    connection_id="cn_1",
    channel="shopify",
    account="little-shop.myshopify.com",
    name="Little Shop",
    status="active",
    signing_secrets=("old",),
    details={"currency": "GBP"},
)
AFTER = replace(BEFORE, signing_secrets=("new",))


def test_connecting_with_a_new_secret_keeps_the_old_one_for_a_while() -> None:
    both = with_former_secret(AFTER, BEFORE, OVERLAP, NOW)
    assert both.signing_secrets == ("new", "old")
    assert without_former_secret(both, NOW + timedelta(hours=1)) is both
    later = without_former_secret(both, NOW + OVERLAP)
    assert (later.signing_secrets, later.details) == (("new",), {"currency": "GBP"})
    assert without_former_secret(later, NOW + 2 * OVERLAP) is later


def test_connecting_again_meanwhile_neither_loses_the_old_one_nor_makes_it_last() -> None:
    both = with_former_secret(AFTER, BEFORE, OVERLAP, NOW)
    again = with_former_secret(AFTER, both, OVERLAP, NOW + timedelta(hours=1))
    assert again.signing_secrets == ("new", "old")
    assert without_former_secret(again, NOW + OVERLAP).signing_secrets == ("new",)


def test_a_secret_that_is_changed_twice_leaves_only_the_one_before() -> None:
    both = with_former_secret(AFTER, BEFORE, OVERLAP, NOW)
    third = with_former_secret(replace(BEFORE, signing_secrets=("newest",)), both, OVERLAP, NOW)
    assert third.signing_secrets == ("newest", "new")


def test_an_old_secret_that_the_merchant_names_is_taken_for_as_long() -> None:
    named = with_former_secret(replace(BEFORE, signing_secrets=("new", "old")), None, OVERLAP, NOW)
    assert named.signing_secrets == ("new", "old")
    assert without_former_secret(named, NOW + OVERLAP).signing_secrets == ("new",)


@pytest.mark.parametrize(
    ("after", "before", "overlap"),
    [
        (AFTER, None, OVERLAP),
        (BEFORE, BEFORE, OVERLAP),
        (AFTER, replace(BEFORE, signing_secrets=()), OVERLAP),
        (AFTER, BEFORE, timedelta(0)),
    ],
)
def test_otherwise_a_connection_knows_the_secrets_that_it_was_given(
    after: Connection, before: Connection | None, overlap: timedelta
) -> None:
    assert with_former_secret(after, before, overlap, NOW) is after
