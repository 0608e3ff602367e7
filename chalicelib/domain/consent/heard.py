"""What a shopper's message or the channel says about consent, as records."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, Literal

from chalicelib.domain.consent.records import Consent, ConsentPurpose, How, State, address_key
from chalicelib.domain.consent.words import said
from chalicelib.domain.events import Address, Membership, Preference, ShopperMessage
from chalicelib.domain.meanings import Meaning

Heard = Literal["stop", "start", "yes", "no", "unclear", ""]
# What asks for no person: the word itself says all.
SETTLED: Final[tuple[Heard, ...]] = ("stop", "start", "yes", "no")
# Behind the buttons of our question; the rest is the place of the question in its thread.
YES: Final = "consent:yes:"
NO: Final = "consent:no:"
# Said in words or by a button: the window is open, but nobody waits for an answer.
CONSENT_WORD: Final = Meaning(True, False, False, "row")
_SECOND: Final = timedelta(milliseconds=999)
ALL_PURPOSES: Final[tuple[ConsentPurpose, ...]] = ("marketing", "updates")


def heard_of(message: ShopperMessage, choice: str) -> Heard:
    """choice: what stands behind the button or number that they chose, '' where they chose none."""
    if choice.startswith((YES, NO)):
        return "yes" if choice.startswith(YES) else "no"
    return said(message.text) if message.kind in ("text", "button") else ""


def asked_in(choice: str) -> str:
    """The place of the question that a choice answers."""
    return choice.removeprefix(YES).removeprefix(NO)


def records_of(
    heard: Heard,
    *,
    merchant_id: str,
    connection_id: str,
    channel: str,
    addresses: Collection[Address],
    at: datetime,
    now: datetime,
    ref: str,
    text: str,
) -> tuple[Consent, ...]:
    """For every address of theirs that the message names. A no holds everywhere, a yes on this channel.

    text: what they said or, where they answered our question, what they were shown.
    """
    if heard in ("", "unclear"):
        return ()
    is_yes = heard in ("start", "yes")
    state: State = "given" if is_yes else "withdrawn"
    how: How = "word" if heard in ("stop", "start") else "question"
    purposes: tuple[ConsentPurpose, ...] = ALL_PURPOSES if heard in ("stop", "start") else ("marketing",)
    return tuple(
        Consent(
            merchant_id=merchant_id,
            address=address_key(connection_id, address),
            purpose=purpose,
            state=state,
            at=at if is_yes else _end_of(at),
            how=how,
            noted_at=now,
            channels=(channel,) if is_yes else (),
            ref=ref,
            text=text,
        )
        for address in dict.fromkeys(addresses)
        for purpose in purposes
    )


def record_of_preference(
    merchant_id: str, connection_id: str, channel: str, told: Preference, now: datetime
) -> tuple[Consent, ...]:
    """A stop on the channel is one; its own resume takes it back, an opt-in through its plugin does not."""
    how: How = "plugin" if told.value == "opt_in" else "platform"
    is_stop = told.value == "stop"
    return tuple(
        Consent(
            merchant_id=merchant_id,
            address=address_key(connection_id, address),
            purpose="marketing",
            state="withdrawn" if is_stop else "given",
            at=_end_of(told.at) if is_stop else told.at,
            how=how,
            noted_at=now,
            channels=() if is_stop else (channel,),
        )
        for address in dict.fromkeys((*told.addresses, told.wire))
    )


def record_of_block(
    merchant_id: str, connection_id: str, told: Membership, now: datetime
) -> tuple[Consent, ...]:
    """Who blocks the shop wants nothing of it; that they are there again says nothing."""
    if told.is_reachable:
        return ()
    return tuple(
        Consent(
            merchant_id=merchant_id,
            address=address_key(connection_id, address),
            purpose=purpose,
            state="withdrawn",
            at=_end_of(told.at),
            how="block",
            noted_at=now,
        )
        for address in dict.fromkeys((*told.addresses, told.wire))
        for purpose in ALL_PURPOSES
    )


def _end_of(at: datetime) -> datetime:
    """Two channels count whole seconds: a no may have come after a yes of the same one, and wins."""
    return at if at.microsecond else at + _SECOND
