"""Why somebody gets a campaign's message, gets it later or never, in a sentence for each code.

The codes are the gate's own, and those of what looks at people before it.
"""

from collections.abc import Mapping
from typing import Final

from chalicelib.domain.outcomes import REASONS

_SENTENCES: Final[Mapping[str, str]] = {
    "ok": "It goes out.",
    "held_out": "They are left alone, to compare with.",
    # What the shop or the channel has decided.
    "disconnected": "The shop has disconnected this account.",
    "paused": "The shop has paused its marketing, or all automatic messages.",
    "campaign_paused": "The campaign is paused.",
    "campaign_stopped": "The campaign has stopped itself.",
    "campaign_cancelled": "The campaign was cancelled.",
    "spending_limit": "It would cost more than the campaign's limit.",
    "token_rejected": "The channel refuses the token: connect the account again.",
    "tier_limit": "The account has written to as many as it may in a day.",
    "number_quality": "The number's quality is low: more marketing would cost it.",
    # Who they are, and what they have said.
    "staff": "They are one of the shop's own people.",
    "no_thread": "They have no thread on a channel of the shop.",
    "merged": "They turned out to be somebody else of the segment, who is counted.",
    "erased": "All that was held of them was erased.",
    "opted_out": "They have said that they do not want this, or have stopped it on the channel.",
    "no_opt_in": "They have not said that they want this.",
    "do_not_call": "Their number is on the Do-Not-Call list of its country.",
    "not_filed": "Their consent was not filed with the registry (IYS) in time.",
    # The moment.
    "too_late": "It could not be sent in time, and would only surprise now.",
    "quiet_hours": "It is too early or too late in the day where they are.",
    "window_open": "It waits until shortly before their window closes, where it serves them best.",
    "shopper_waits": "They wait for an answer of the shop.",
    "human_at_work": "A person of the shop is talking with them.",
    "frequency_cap": "They have had enough marketing for now.",
    "capped": "The channel takes no more marketing for them today.",
    # What the channel has a form for.
    "window_closed": "The channel's time for free messages is over, and no template takes its place.",
    "no_template": "The campaign has no template for their connection.",
    "no_words": "The campaign says nothing there but by a template.",
    "template_unknown": "The channel has no such template.",
    "template_not_taken": "The channel does not deliver such templates to them.",
    "template_paused": "The channel has paused the template.",
    "template_disabled": "The channel has disabled the template.",
    "template_rejected": "The channel has rejected the template.",
    "template_not_approved": "The channel has not approved the template.",
    "template_gone": "The channel has the template no longer.",
    "template_category_changed": "The channel counts the template in another category by now.",
    "too_long": "It is longer than the channel takes.",
    "unsupported": "The channel has no form for it.",
    "empty": "Nothing is left of it on this channel.",
    "invalid_file": "The channel does not take the file.",
    "uncertain": "The channel did not say whether it has arrived; nothing is sent twice.",
}


def sentence_for(code: str) -> str:
    """In words; of a code that is a channel's own, what all channels mean by it."""
    found = _SENTENCES.get(code) or next((one.words for name, one in REASONS.items() if name == code), "")
    if found:
        return found
    if code.startswith("template_"):
        return "The template can't be sent as it is: look at it with `POST /templates/{id}/preview`."
    return "The channel did not take it."
