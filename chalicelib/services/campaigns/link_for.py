"""The links in a campaign's messages: made for each shopper, and followed by them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from secrets import token_bytes
from typing import Final, TypeVar

from chalicelib.domain.campaigns.campaigns import Campaign
from chalicelib.domain.campaigns.clicks import campaign_link, is_proven, read_token, token_for
from chalicelib.domain.campaigns.runs import Run
from chalicelib.domain.links import KEY_BYTES
from chalicelib.ports.campaign_links import CampaignLinkStore
from chalicelib.ports.campaigns import CampaignStore
from chalicelib.ports.errors import StoreBusy
from chalicelib.ports.people import LinkStore

# So many merchants' keys and so many links are remembered: a run asks for the same, shopper after shopper.
_REMEMBERED: Final = 1000
_One = TypeVar("_One")


class LinkFor:
    """An address of ours that leads to one of a campaign's own, and shows who followed it."""

    def __init__(self, store: CampaignLinkStore, links: LinkStore, public_url: Callable[[str], str]) -> None:
        """public_url: how we are reached, by a merchant's id; '' where that is not known."""
        self._store, self._links, self._public_url = store, links, public_url
        self._known: dict[str, tuple[str, bytes]] = {}
        self._kept: dict[str, None] = {}

    def __call__(self, campaign: Campaign, run: Run, shopper_id: str, url: str) -> str:
        """The same each time. The row of where it leads is written before the first message can name it.
        Their own address where it is not known how we are reached. Raises StoreBusy."""
        public_url, key = self._of_merchant(run.merchant_id)
        if not public_url or not url:
            return url
        link = campaign_link(run.merchant_id, campaign.campaign_id, run.run_id, url, run.at)
        token = token_for(key, link, shopper_id)
        if not token:
            return url
        if link.link_id not in self._kept:
            self._store.keep(link)
            _remember(self._kept, link.link_id, None)
        return f"{public_url}/c/{token}"

    def each(self, campaign: Campaign, run: Run, shopper_id: str, urls: Iterable[str]) -> Mapping[str, str]:
        """As `contents` takes them: by the address that they stand for."""
        return {url: self(campaign, run, shopper_id, url) for url in urls}

    def _of_merchant(self, merchant_id: str) -> tuple[str, bytes]:
        known = self._known.get(merchant_id)
        if known is None:
            public_url = self._public_url(merchant_id)
            known = (public_url, self._links.make_link_key(merchant_id, token_bytes(KEY_BYTES)))
            _remember(self._known, merchant_id, known)
        return known


class FollowCampaignLink:
    """Somebody opens one."""

    def __init__(self, store: CampaignLinkStore, links: LinkStore, campaigns: CampaignStore) -> None:
        self._store, self._links, self._campaigns = store, links, campaigns

    def __call__(self, token: str, now: datetime, *, is_person: bool) -> str | None:
        """Where it leads: to what the merchant wrote and nowhere else; None for a token that is not ours.

        The first click of a person is noted, later ones change nothing. Whoever has come gets there, whether
        or not that can be noted. Raises StoreBusy while it is not known where.
        """
        follower = read_token(token)
        link = self._store.link(follower.link_id) if follower else None
        if follower is None or link is None:
            return None
        try:
            key = self._links.link_key(link.merchant_id)
            if key is None or not is_proven(key, follower):
                return None
            if is_person:
                self._campaigns.click(
                    link.merchant_id, link.campaign_id, link.run_id, follower.shopper_id, now
                )
        except StoreBusy:
            return link.url
        return link.url


def _remember(known: dict[str, _One], name: str, one: _One) -> None:
    if len(known) >= _REMEMBERED:
        known.clear()
    known[name] = one
