"""The CampaignLinkStore in memory."""

from dataclasses import dataclass, field

from chalicelib.domain.campaigns.clicks import CampaignLink


@dataclass
class MemoryCampaignLinks:
    """written: how often a row was."""

    rows: dict[str, CampaignLink] = field(default_factory=dict)
    written: int = 0

    def keep(self, link: CampaignLink) -> None:
        self.rows[link.link_id] = link
        self.written += 1

    def link(self, link_id: str) -> CampaignLink | None:
        return self.rows.get(link_id)
