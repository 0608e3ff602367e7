"""Where a campaign's link leads is read back as written, again and again."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from access_patterns import Requests
from samples import NOW

from chalicelib.domain.campaigns.campaigns import Campaign
from chalicelib.domain.campaigns.clicks import campaign_link
from chalicelib.domain.campaigns.runs import Recipient, Run
from chalicelib.domain.retention import Retention
from chalicelib.services.campaigns.link_for import FollowCampaignLink, LinkFor
from chalicelib.storage.campaign_links import CampaignLinkItem, DynamoCampaignLinks
from chalicelib.storage.campaigns import DynamoCampaigns
from chalicelib.storage.links import DynamoLinks

URL = "https://shop.example/ceai/чай?utm_source=parley#top"


def test_a_link_is_read_back_as_written_and_twice_is_once(bound: str) -> None:
    store = DynamoCampaignLinks(Retention(messages=timedelta(days=40)))
    link = campaign_link("mt_1", "cp_1", "rn_1", URL, NOW)
    for _ in range(2):
        store.keep(link)
    assert store.link(link.link_id) == link
    item = CampaignLinkItem.get(f"campaign_link#{link.link_id}", "link", consistent_read=True)
    assert item.expires_at == int((NOW + timedelta(days=40)).timestamp())


def test_another_runs_link_to_the_same_address_is_another(bound: str) -> None:
    store = DynamoCampaignLinks()
    one, other = (campaign_link("mt_1", "cp_1", run, URL, NOW) for run in ("rn_1", "rn_2"))
    store.keep(one)
    assert one.link_id != other.link_id and store.link(other.link_id) is None
    assert store.link(replace(one, link_id="cl_" + "a" * 16).link_id) is None


def test_a_link_costs_one_write_and_one_read(bound: str, requests: Requests) -> None:
    store = DynamoCampaignLinks()
    link = campaign_link("mt_1", "cp_1", "rn_1", URL, NOW)
    requests.clear()
    store.keep(link)
    store.link(link.link_id)
    assert requests.names == ["PutItem", "GetItem"]


class OpenVault:
    """Seals nothing: sealing is tested where it is done."""

    def seal(self, merchant_id: str, secrets: Mapping[str, str]) -> str:
        return json.dumps(dict(secrets))

    def unseal(self, merchant_id: str, sealed: str) -> dict[str, str]:
        return dict(json.loads(sealed))


SHOPPERS = [f"sh_{letter * 20}" for letter in "abc"]


@pytest.fixture
def campaign(merchant: str) -> Campaign:
    made = Campaign(
        merchant_id=merchant,
        campaign_id="cp_1",
        name="Autumn",
        segment_id="sg_1",
        schedule={},
        content={},
        created_at=NOW,
    )
    return DynamoCampaigns().save(made)


def test_a_click_is_noted_with_its_recipient_once_and_costs_little(
    campaign: Campaign, requests: Requests
) -> None:
    store, links, campaigns = DynamoCampaignLinks(), DynamoLinks(OpenVault()), DynamoCampaigns()
    run = campaigns.save_run(Run(merchant_id=campaign.merchant_id, campaign_id="cp_1", run_id="rn_1", at=NOW))
    campaigns.put(run, [Recipient(shopper_id=one) for one in SHOPPERS])
    link_for = LinkFor(store, links, lambda _: "https://parley.example")
    tokens = [link_for(campaign, run, one, URL).rpartition("/")[2] for one in SHOPPERS]
    requests.clear()
    assert len({link_for(campaign, run, one, URL) for one in SHOPPERS}) == 3
    assert requests.names == [], "the same key and the same row, shopper after shopper"

    follow = FollowCampaignLink(store, links, campaigns)
    assert follow(tokens[0], NOW + timedelta(minutes=5), is_person=True) == URL
    assert requests.names == ["GetItem", "GetItem", "GetItem", "TransactWriteItems"]
    assert follow(tokens[0], NOW + timedelta(hours=5), is_person=True) == URL
    assert follow(tokens[1], NOW, is_person=False) == URL
    found = {one.shopper_id: one.clicked_at for one in campaigns.recipients(run, SHOPPERS)}
    assert found == {SHOPPERS[0]: NOW + timedelta(minutes=5), SHOPPERS[1]: None, SHOPPERS[2]: None}
