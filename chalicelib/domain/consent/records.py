"""Consent as an append-only record, and what it comes to.

What a shopper has said is kept under the address that it was said about, never under the shopper: a merge and
its undoing re-point addresses, and consent goes with them. A phone number's is the merchant's, whichever
connection it writes to, so that a box ticked in a shop counts on the first message.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from chalicelib.domain.events import Address
from chalicelib.domain.ids import stable_id, to_ms

# Answers to what a shopper wrote are service, and need no word from them but their own.
ConsentPurpose = Literal["service", "updates", "marketing"]
# asked: we have asked them. ended: a yes that is no more, as the number went to somebody else; it is no no.
State = Literal["given", "withdrawn", "asked", "ended"]
# How it was said. word: STOP or START, the whole message. platform: what the channel tells of the shopper's
# wish. block: they have blocked the shop. plugin: a button of the channel on the shop's pages. question: our
# button. link: came by a link that says so. box: ticked in the shop. import: from a list, with proof. staff:
# a person of the shop noted it. registry: a public list, such as Turkey's.
How = Literal["word", "platform", "block", "plugin", "question", "link", "box", "import", "staff", "registry"]
# What shoppers do themselves; only this takes back a stop.
EXPLICIT: Final[frozenset[How]] = frozenset({"word", "platform", "question", "link", "box"})
# A consent that names these channels is none for a messenger.
ELSEWHERE: Final = ("email", "sms", "call")
ASKED_AGAIN_AFTER: Final = timedelta(days=90)
# How long a Turkish consent may wait until it stands in the registry; counted without holidays, which is
# stricter. Source: iys.org.tr, Regulation on Commercial Communication and Commercial Electronic Messages.
FILED_WITHIN_BUSINESS_DAYS: Final = 3
_TURKEY: Final = ZoneInfo("Europe/Istanbul")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One thing that was said about one address.

    address: as `address_key` spells it. at: when the shopper said it. noted_at: when we wrote it down.
    channels: where it holds; () for every messenger. ref: on which message, '' where there is none.
    text: what they were shown, or said. by: who noted it, the name of a key. registry: its name.
    """

    merchant_id: str
    address: str
    purpose: ConsentPurpose
    state: State
    at: datetime
    how: How
    noted_at: datetime
    channels: tuple[str, ...] = ()
    ref: str = ""
    text: str = ""
    by: str = ""
    registry: str = ""

    @property
    def record_id(self) -> str:
        """The same thing said twice is one record."""
        said = (self.purpose, self.state, str(to_ms(self.at)), self.how, self.registry, self.ref)
        return stable_id("co", self.merchant_id, self.address, *said, *self.channels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What all records come to, for one purpose on one channel.

    stopped_there: the channel itself holds a stop of theirs. yes: the record that counts as their yes.
    since: the first of the yeses since the last no, which was at no_at. explicit_at: when they last said yes
    themselves. asked_at: when we last asked. listed: what each registry last said of which number.
    """

    state: Literal["none", "given", "withdrawn"] = "none"
    stopped_there: bool = False
    yes: Consent | None = None
    since: datetime | None = None
    no_at: datetime | None = None
    explicit_at: datetime | None = None
    asked_at: datetime | None = None
    listed: tuple[Consent, ...] = ()

    def last_listed(self, registry: str) -> Consent | None:
        """The registry's last word; a refusal of one of their numbers wins."""
        last = _last_of([one for one in self.listed if one.registry == registry])
        return max(last, key=lambda one: (one.state == "withdrawn", _order(one)), default=None)


NO_STANDING: Final = Standing()


def address_key(connection_id: str, address: Address) -> str:
    """Under which key the consent of an address is kept."""
    if address.kind in ("phone", "email"):
        return f"{address.kind}#{address.value}"
    return f"{connection_id}#{address.kind}#{address.value}"


def standing(
    records: Iterable[Consent], purpose: ConsentPurpose, channel: str, here: Sequence[str] = ()
) -> Standing:
    """Walk through what was said, in its order in time. here: the shopper's keys on the connection, that
    which is written to first: of two numbers the channel may hold a stop for one.

    A no is final until an explicit yes of the shopper; what a list or the shop's people say comes over none.
    """
    ordered = sorted((one for one in records if one.purpose == purpose), key=_order)
    yes: Consent | None = None
    since: datetime | None = None
    no_at: datetime | None = None
    explicit_at: datetime | None = None
    stopped, told = False, dict[str, bool]()
    for one in ordered:
        if one.how == "registry" or one.state == "asked":
            continue
        if one.how == "platform" and one.state != "ended" and one.address in here:
            told[one.address] = one.state == "withdrawn"
        if one.state == "withdrawn":
            stopped, yes, since, no_at = True, None, None, one.at
        elif one.state == "ended":
            yes, since, explicit_at = None, None, None
        elif _holds(one, channel) and (not stopped or one.how in EXPLICIT):
            stopped, yes, since = False, one, since or one.at
            explicit_at = one.at if one.how in EXPLICIT else explicit_at
    asked = [one.at for one in ordered if one.state == "asked"]
    return Standing(
        state="withdrawn" if stopped else "given" if yes else "none",
        stopped_there=told.get(here[0], any(told.values())) if here else False,
        yes=yes,
        since=since,
        no_at=no_at,
        explicit_at=explicit_at,
        asked_at=max(asked, default=None),
        listed=_listed(ordered, here),
    )


def is_filed(stands: Standing, registry: str, now: datetime) -> bool:
    """Whether the yes stands in the registry, or may still come there. What was filed before their last no
    was another yes; and to say yes once more gives no more time."""
    last = stands.last_listed(registry)
    if last is not None and last.state == "given" and (stands.no_at is None or last.at > stands.no_at):
        return True
    if stands.since is None:
        return False
    # Weekdays are Turkey's: late on a Friday in UTC it is Saturday there.
    return now <= after_business_days(stands.since.astimezone(_TURKEY), FILED_WITHIN_BUSINESS_DAYS)


def is_refused(stands: Standing, registry: str) -> bool:
    """Whether the registry holds a refusal that is not older than the yes that they gave themselves."""
    last = stands.last_listed(registry)
    if last is None or last.state != "withdrawn":
        return False
    return stands.explicit_at is None or last.at >= stands.explicit_at


def after_business_days(at: datetime, days: int) -> datetime:
    """So many days from Monday to Friday later."""
    while days:
        at += timedelta(days=1)
        days -= at.weekday() < 5
    return at


def _listed(ordered: Sequence[Consent], here: Sequence[str]) -> tuple[Consent, ...]:
    """The last of each registry on each number. A refusal counts for the person, a consent for its number."""
    last = _last_of([one for one in ordered if one.how == "registry"])
    number = here[0] if here and here[0].startswith("phone#") else ""
    return tuple(one for one in last if one.state == "withdrawn" or number in ("", one.address))


def _last_of(listed: Sequence[Consent]) -> list[Consent]:
    """What each registry last said of each number."""
    return list({(one.registry, one.address): one for one in sorted(listed, key=_order)}.values())


def _holds(one: Consent, channel: str) -> bool:
    """A consent to e-mail is none to a messenger."""
    return channel in one.channels or not one.channels


def _order(one: Consent) -> tuple[datetime, bool, str]:
    """In time; of the same moment the refusal comes last, and wins."""
    return one.at, one.state == "withdrawn", one.record_id
