"""Why a campaign stops itself, in words for whoever has to mend it."""

from collections.abc import Mapping
from typing import Final

from chalicelib.domain.campaigns.campaigns import BLOCKED_OF_AT_LEAST
from chalicelib.domain.campaigns.results import left_share

# The channel takes no more of the account's marketing: too many shoppers have called it spam.
SPAM_LIMITED: Final = "spam_limited"
BLOCK_LIMIT_REACHED: Final = "block_limit"
# By our own reason: what the gate says of somebody, or why the channel has refused a message. What is wrong
# for one of them is wrong for all.
STOPPING: Final[Mapping[str, str]] = {
    SPAM_LIMITED: "The channel has limited the account, because too many shoppers called its messages spam. "
    "Wait until the limit is lifted, and send to fewer people, who want to hear from the shop.",
    "number_quality": "The quality of the number has fallen to red: more marketing would cost it. Wait until "
    "it has recovered, and send to fewer people, who want to hear from the shop.",
    "template_broken": "The channel refuses the template: it is missing, paused or filled in wrongly. Look "
    "at it in the channel's own tool, and go on when it is mended.",
    "template_paused": "The channel has paused a template of this campaign: shoppers did not like it. Use "
    "another one.",
    "template_disabled": "The channel has disabled a template of this campaign for good. Use another one.",
    "account_blocked": "The channel has blocked the account: see what it says there.",
}


def stop_words(reason: str) -> str:
    """'' where it is no reason to stop."""
    return STOPPING.get(reason, "")


def left_words(counts: Mapping[str, int], limit: float) -> str:
    """Why it stops, where too many of those written to have blocked the shop or said stop; else ''."""
    sent, share = left_share(counts)
    if sent < BLOCKED_OF_AT_LEAST or share <= limit:
        return ""
    return (
        f"{counts.get('left', 0)} of {sent} shoppers have blocked the shop or said stop after this campaign, "
        f"more than the limit of {limit * 100:g} %. Look at whom it goes to and what it says."
    )
