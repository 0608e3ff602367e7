"""A campaign that stops itself, and what the gate asks about one in the moment of sending."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.domain.campaigns.campaigns import Campaign, Happened, is_going, told
from chalicelib.domain.campaigns.stopping import stop_words
from chalicelib.domain.gate.question import CampaignHalt
from chalicelib.domain.work import MindCampaign
from chalicelib.ports.campaigns import CampaignStore
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.services.campaigns.campaigns import TRIES


class StopCampaign:
    """Stops it once: whoever is second finds it stopped. A person may go on with it."""

    def __init__(self, store: CampaignStore) -> None:
        self._store = store

    def __call__(self, merchant_id: str, campaign_id: str, reason: str, words: str, now: datetime) -> None:
        """words: what a person reads of it. Raises StoreBusy."""
        for _ in range(TRIES):
            campaign = self._store.campaign(merchant_id, campaign_id)
            if campaign is None or not is_going(campaign):
                return
            stopped = replace(campaign, state="stopped", state_reason=reason, state_words=words)
            try:
                work = MindCampaign(merchant_id, campaign_id)
                self._store.save(told(stopped, Happened(now, "stopped", words)), done=[work])
            except Conflict:
                continue
            return
        raise StoreBusy("others change this campaign just now")

    def refused(self, merchant_id: str, details: Mapping[str, Any], reason: str, now: datetime) -> None:
        """The channel has refused a message for this reason: where that holds for all, no more go out."""
        words = stop_words(reason)
        if words and "campaign" in details:
            self(merchant_id, details["campaign"], reason, words, now)


class AboutCampaign:
    """Asked once for each message."""

    def __init__(self, store: CampaignStore) -> None:
        self._store = store

    def __call__(self, merchant_id: str, details: Mapping[str, Any]) -> CampaignHalt:
        """Raises StoreBusy."""
        return halt_of(self._store.campaign(merchant_id, details["campaign"]))


def halt_of(campaign: Campaign | None) -> CampaignHalt:
    """Why nothing of it goes out now; one that is gone, or was taken back, sends nothing more."""
    if campaign is None:
        return "cancelled"
    if is_going(campaign):
        return ""
    match campaign.state:
        case "paused" | "stopped":
            return campaign.state
        case _:
            return "cancelled"
