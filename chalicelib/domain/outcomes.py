"""Why a message did not go out, in words that all channels share, and what each means for what comes next."""

from dataclasses import dataclass
from typing import Final, Literal

Reason = Literal[
    "window_closed",
    "opted_out",
    "unreachable",
    "capped",
    "token_rejected",
    "not_permitted",
    "template_broken",
    "account_blocked",
    "owned_elsewhere",
    "too_long",
    "invalid",
]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What follows, beyond this one message: for the shopper's address, or for the whole connection."""

    words: str
    shopper: Literal["", "opted_out", "unreachable", "capped"] = ""
    connection: Literal["", "needs_reauth", "blocked"] = ""


REASONS: Final[dict[Reason, Meaning]] = {
    "window_closed": Meaning("The channel's time for free messages is over."),
    "opted_out": Meaning("The shopper has stopped this kind of message on the channel.", shopper="opted_out"),
    "unreachable": Meaning("The shopper can't be reached at this address.", shopper="unreachable"),
    "capped": Meaning("The channel takes no more of this kind for this shopper now.", shopper="capped"),
    "token_rejected": Meaning("The channel refuses the token: connect again.", connection="needs_reauth"),
    "not_permitted": Meaning("The account lacks a permission or a step of its setup."),
    "template_broken": Meaning("The template is missing, paused or filled in wrongly."),
    "account_blocked": Meaning("The channel has blocked the shop's account.", connection="blocked"),
    "owned_elsewhere": Meaning("Another app holds the thread: take it over there first."),
    "too_long": Meaning("It is longer than the channel takes."),
    "invalid": Meaning("The channel does not take it as it is."),
}

# A table of a channel's codes: when the same message may pass, in seconds, or why it is refused for good.
Verdict = float | Reason


def reason_of(word: str) -> Reason:
    """One of our words; anything else is `invalid`: refused for good."""
    found = [reason for reason in REASONS if reason == word]
    return found[0] if found else "invalid"
