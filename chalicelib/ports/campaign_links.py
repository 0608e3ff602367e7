"""Where the links of campaigns lead."""

from typing import Protocol

from chalicelib.domain.campaigns.clicks import CampaignLink


class CampaignLinkStore(Protocol):
    """A link is looked up by its own id: a token, which has to be short, names no merchant. Raises
    StoreBusy."""

    def keep(self, link: CampaignLink) -> None:
        """Store it; again is harmless."""

    def link(self, link_id: str) -> CampaignLink | None:
        """One; None where there is none, or it is long gone."""
