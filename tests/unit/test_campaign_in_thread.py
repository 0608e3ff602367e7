"""Whoever reads a thread sees which campaign its shopper answers to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.events import Address
from chalicelib.domain.messages import Message
from chalicelib.domain.threads import Thread, mark
from functions import views

NOON = datetime(2026, 12, 2, 12, tzinfo=UTC)
THREAD = Thread(
    merchant_id="mt_1",
    thread_id="th_1",
    connection_id="cn_1",
    channel="telegram",
    shopper_id="sh_1",
    wire=Address("chat", "7"),
)
GOT = replace(THREAD, marks={"campaign": mark("cp_1 rn_1 Winter sale, all mugs", NOON)})


@pytest.mark.parametrize(("days", "is_shown"), [(0, True), (7, True), (7.001, False)])
def test_a_thread_shows_its_last_campaign_for_a_week(days: float, is_shown: bool) -> None:
    shown = views.campaign_of(GOT, NOON + timedelta(days=days))
    told = {"campaign_id": "cp_1", "name": "Winter sale, all mugs", "at": "2026-12-02T12:00:00.000Z"}
    assert shown == ({"campaign": told} if is_shown else {})
    assert views.campaign_of(THREAD, NOON) == {}


def test_a_campaigns_message_shows_its_name() -> None:
    message = Message(
        message_id="ms_1",
        author="campaign",
        kind="text",
        text="All mugs for half!",
        sent_at=NOON,
        status="sent",
        purpose="campaign",
        details={"campaign": "cp_1", "run": "rn_1", "campaign_name": "Winter sale"},
    )
    assert views.message(message)["campaign"] == "Winter sale"
    assert "campaign" not in views.message(replace(message, details={}))
