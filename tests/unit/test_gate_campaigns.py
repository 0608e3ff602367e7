"""The gate about a campaign that somebody, or something, has stopped while its messages were on their way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.consent.records import Consent, Standing
from chalicelib.domain.gate import Question, may_send
from chalicelib.domain.gate.prospects import Prospect
from integrations.registry import CHANNELS, BaseUrls

NOON = datetime(2026, 12, 2, 12, tzinfo=UTC)
YES = Consent(
    merchant_id="mt_1",
    address="cn_1#chat#7",
    purpose="marketing",
    state="given",
    at=NOON - timedelta(days=1),
    how="box",
    noted_at=NOON - timedelta(days=1),
)
OFFER = Question(
    takes=CHANNELS["telegram"](BaseUrls()).capabilities,
    connection_status="active",
    author="campaign",
    purpose="campaign",
    text="Half price!",
    now=NOON,
    intended_at=NOON,
    shopper_at=NOON - timedelta(hours=2),
    prospect=Prospect(stands=Standing(state="given", yes=YES), country="GB"),
)
HALTS = {
    "": ("send", "ok", None),
    "paused": ("hold", "campaign_paused", NOON + timedelta(minutes=5)),
    "stopped": ("hold", "campaign_stopped", NOON + timedelta(minutes=5)),
    "cancelled": ("skip", "campaign_cancelled", None),
}


@pytest.mark.parametrize("halt", HALTS)
def test_what_is_on_its_way_waits_for_a_pause_and_ends_with_a_cancelled_campaign(halt):
    verdict = may_send(replace(OFFER, campaign=halt))
    assert (verdict.decision, verdict.code, verdict.until) == HALTS[halt]


def test_whoever_has_said_stop_meanwhile_is_not_kept_waiting_by_a_pause():
    stopped = replace(OFFER, prospect=Prospect(stands=Standing(state="withdrawn")), campaign="paused")
    assert may_send(stopped).code == "opted_out"
