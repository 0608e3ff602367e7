"""The gate's rule about campaigns, so that whoever stops one stops what is on its way too."""

from datetime import timedelta
from typing import Final

from chalicelib.domain.gate.question import Question, Verdict

# What a campaign has on its way asks again after this whether it goes on.
ASKED_AGAIN: Final = timedelta(minutes=5)


def still_going(question: Question) -> Verdict | None:
    """Held while somebody may let it go on; over where nobody can."""
    if not question.campaign:
        return None
    if question.campaign == "cancelled":
        return Verdict("skip", "campaign_cancelled", "The campaign was cancelled meanwhile.")
    until = question.now + ASKED_AGAIN
    if question.campaign == "paused":
        return Verdict("hold", "campaign_paused", "The campaign is paused.", "", until)
    return Verdict("hold", "campaign_stopped", "The campaign has stopped itself.", "", until)
