"""When a connection is looked after, when its merchant is warned, and what they are shown."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.connections import Connection, Finding
from chalicelib.domain.events import Notice
from chalicelib.domain.health import (
    OK,
    TOKEN_REJECTED,
    expiry_finding,
    expiry_step,
    is_usable,
    next_check,
    notice_findings,
    shown,
    wants_renewal,
)

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
CONNECTION = Connection(
    merchant_id="mt_1",
    connection_id="cn_1",
    channel="instagram",
    account="100",
    name="Mug Shop",
    status="active",
    connected_at=NOW - 30 * DAY,
)
REPAIRED = Finding(code="webhook_repaired", severity="warning", message="It was mended.")


@pytest.mark.parametrize(
    ("left", "step", "severity"),
    [
        (14 * DAY + SECOND, None, ""),
        (14 * DAY, 14, "warning"),
        (7 * DAY + SECOND, 14, "warning"),
        (7 * DAY, 7, "warning"),
        (2 * DAY + SECOND, 7, "warning"),
        (2 * DAY, 2, "error"),
        (SECOND, 2, "error"),
        (timedelta(), 0, "error"),
        (-5 * DAY, 0, "error"),
    ],
)
def test_a_tokens_end_is_warned_of_14_7_and_2_days_before(
    left: timedelta, step: int | None, severity: str
) -> None:
    assert expiry_step(NOW + left, NOW) == step
    finding = expiry_finding(NOW + left, NOW)
    assert (finding.code, finding.severity) == ("token_expires", severity) if finding else step is None


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (13.5 * DAY, "in 13 days"),
        (1.5 * DAY, "in 1 day."),
        (0.5 * DAY, "within a day"),
        (-1 * DAY, "expired on 2026-11-01"),
    ],
)
def test_the_warning_tells_how_long_is_left_and_what_to_do(left: timedelta, words: str) -> None:
    finding = expiry_finding(NOW + left, NOW)
    assert finding is not None
    assert words in finding.message
    assert "ake a new token" in finding.message


def test_a_token_without_an_end_is_never_warned_of() -> None:
    assert expiry_step(None, NOW) is None
    assert expiry_finding(None, NOW) is None


@pytest.mark.parametrize(
    ("left", "connected_ago", "wanted"),
    [
        (10 * DAY + SECOND, 40 * DAY, False),
        (10 * DAY, 40 * DAY, True),
        (-1 * DAY, 40 * DAY, True),
        (None, DAY - SECOND, False),
        (None, DAY, True),
        (None, None, False),
    ],
)
def test_a_token_is_renewed_ten_days_before_its_end_or_a_day_old_when_nobody_knows_it(
    left: timedelta | None, connected_ago: timedelta | None, wanted: bool
) -> None:
    expires_at = None if left is None else NOW + left
    connected_at = None if connected_ago is None else NOW - connected_ago
    assert wants_renewal(expires_at, connected_at, NOW) is wanted


def test_connections_are_checked_within_a_day_and_not_all_at_once() -> None:
    moments = {next_check(f"cn_{number}", NOW) for number in range(100)}
    assert len(moments) > 90
    assert all(23.5 * 3600 <= (at - NOW).total_seconds() <= 24 * 3600 for at in moments)
    assert next_check("cn_1", NOW) == next_check("cn_1", NOW)


@pytest.mark.parametrize(
    ("code", "usable"),
    [
        ("token_rejected", False),
        ("permission_missing", False),
        ("account_mismatch", False),
        ("secret_rejected", False),
        ("webhook_repaired", True),
        ("account_blocked", True),
        ("ok", True),
    ],
)
def test_a_connection_is_usable_while_token_and_permissions_hold(code: str, usable: bool) -> None:
    assert is_usable((Finding(code=code, severity="warning", message=""),)) is usable


def codes(connection: Connection, *notices: Notice) -> list[str]:
    return [one.code for one in shown(connection, notices, NOW)]


def test_a_healthy_connection_shows_nothing() -> None:
    assert codes(replace(CONNECTION, findings=(OK,))) == []


def test_a_token_that_died_while_sending_is_shown_at_once() -> None:
    assert codes(replace(CONNECTION, status="needs_reauth")) == ["token_rejected"]


def test_a_token_that_a_check_found_dead_is_shown_once() -> None:
    assert codes(replace(CONNECTION, status="needs_reauth", findings=(TOKEN_REJECTED,))) == ["token_rejected"]


def test_the_end_of_a_token_is_counted_when_it_is_shown_not_when_it_was_checked() -> None:
    connection = replace(CONNECTION, findings=(REPAIRED,), token_expires_at=NOW + 3 * DAY)
    found = shown(connection, (), NOW)
    assert [one.code for one in found] == ["webhook_repaired", "token_expires"]
    assert "in 3 days" in found[1].message


def test_a_disconnected_account_shows_nothing() -> None:
    blocked = Notice(kind="policy", at=NOW, problem="account_blocked")
    connection = replace(CONNECTION, status="disconnected", findings=(REPAIRED,), token_expires_at=NOW)
    assert codes(connection, blocked) == []


def notice(problem: str, ago: timedelta = DAY, **more: Any) -> Notice:
    return replace(Notice(kind="policy", at=NOW - ago, problem=problem), **more)


@pytest.mark.parametrize(
    ("notices", "expected"),
    [
        ([notice("account_blocked")], [("account_blocked", "error")]),
        ([notice("account_blocked", 7 * DAY)], [("account_blocked", "error")]),
        ([notice("account_blocked", 7 * DAY + SECOND)], []),
        ([notice(""), notice("account_blocked", 2 * DAY)], []),
        ([notice("account_blocked"), notice("", 2 * DAY)], [("account_blocked", "error")]),
        ([notice("a_thing_of_tomorrow")], [("a_thing_of_tomorrow", "warning")]),
        ([notice("account_blocked", details={"until": (NOW - SECOND).isoformat()})], []),
        (
            [notice("account_blocked", details={"until": (NOW + DAY).isoformat()})],
            [("account_blocked", "error")],
        ),
        ([notice("account_blocked", details={"until": "2026-13-01"})], [("account_blocked", "error")]),
        (
            [
                notice("", kind="template_status", subject="autumn"),
                notice("template_broken", 2 * DAY, kind="template_status", subject="autumn"),
                notice("template_broken", 2 * DAY, kind="template_status", subject="winter"),
            ],
            [("template_broken", "warning")],
        ),
        (
            [
                notice("", kind="account_review", subject="APPROVED"),
                notice("account_blocked", 2 * DAY, kind="account_review", subject="REJECTED"),
            ],
            [],
        ),
    ],
)
def test_what_a_channel_reported_is_shown_for_a_week_unless_it_was_taken_back(
    notices: list[Notice], expected: list[tuple[str, str]]
) -> None:
    assert [(one.code, one.severity) for one in notice_findings(notices, NOW)] == expected


def test_each_broken_template_is_named_and_each_trouble_of_the_account_is_told_once() -> None:
    broken = [
        notice("template_broken", kind="template_status", subject=name) for name in ("autumn", "winter")
    ]
    again = [notice("quality_low", kind=kind) for kind in ("number_quality", "template_quality")]
    found = shown(CONNECTION, [*broken, *again], NOW)
    assert sorted(one.code for one in found) == ["quality_low", "template_broken", "template_broken"]
    assert {"autumn", "winter"} <= {word.strip("().") for one in found for word in one.message.split()}


def test_a_report_says_when_it_came_and_about_what() -> None:
    (finding,) = notice_findings(
        [notice("template_broken", kind="template_status", subject="autumn_sale")], NOW
    )
    assert "2026-11-01" in finding.message and "autumn_sale" in finding.message
