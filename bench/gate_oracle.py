"""The rules of sending, written a second time: from the platforms' and the countries' own pages, and without
a look at the gate. Whatever has left is judged afterwards; the gate must never let through what this forbids.

Windows and tags: developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages,
developers.facebook.com/docs/messenger-platform/send-messages,
developers.facebook.com/docs/messenger-platform/policy.
Templates to American numbers, and the channel's own cap:
developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates.
How many a day: developers.facebook.com/docs/whatsapp/messaging-limits.
The Emirates: tdra.gov.ae, Cabinet Resolution 56 of 2024 on telemarketing. Turkey: iys.org.tr.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
META_WINDOWS: Final = ("whatsapp", "messenger", "instagram")
HUMAN_AGENT_ON: Final = ("messenger", "instagram")
TEMPLATES_ON: Final = {"whatsapp": ("marketing", "utility", "authentication"), "messenger": ("utility",)}
TIERS: Final = {
    "TIER_50": 50,
    "TIER_250": 250,
    "TIER_1K": 1_000,
    "TIER_2K": 2_000,
    "TIER_10K": 10_000,
    "TIER_100K": 100_000,
}
# What a shopper does with their own hand. A list or a note of the shop's speaks for nobody who has said stop.
OWN_HAND: Final = ("word", "question", "link", "box", "platform")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing said about a shopper's address. channels: where a yes or no holds; () for every messenger.
    registry: the public list that says so; there "no" means refused, or listed as not to be called."""

    at: datetime
    about: Literal["marketing", "updates"]
    word: Literal["yes", "no", "asked"]
    how: str
    address: str = ""
    channels: tuple[str, ...] = ()
    registry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shopper:
    """What was true of whom it went to, at that moment. said: about all addresses that were theirs then.
    wrote_at: when they last did what opens the window of the thread it went to. marketed: when marketing went
    to them before, over all threads. zones: wherever they may be."""

    said: Sequence[Said] = ()
    country: str = ""
    zones: Sequence[str] = ("UTC",)
    wrote_at: datetime | None = None
    human_at: datetime | None = None
    marketed: Sequence[datetime] = ()
    capped_at: datetime | None = None
    is_unreachable: bool = False
    is_held_elsewhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """What the shop had set at that moment. used: to how many others it wrote outside their windows within a
    day."""

    paused: str | None = None
    is_connected: bool = True
    per_day: int = 1
    per_week: int = 3
    quiet_from: str = "21:00"
    quiet_until: str = "09:00"
    iys: bool = True
    tier: str = ""
    used: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What reached the channel. category: of its template, '' where it was none."""

    at: datetime
    intended_at: datetime
    channel: str
    address: str
    author: str
    purpose: str
    kind: str = "text"
    category: str = ""
    tag: str = ""

    @property
    def is_machine(self) -> bool:
        return self.author != "human"

    @property
    def is_marketing(self) -> bool:
        return self.purpose in ("cart", "campaign") or self.category == "marketing"

    @property
    def disturbs(self) -> bool:
        """Whether it is marketing that the shop sends of its own accord; the question for a yes is."""
        return self.is_machine and (self.is_marketing or self.purpose == "ask")


def forbidden(sent: Sent, shopper: Shopper, shop: Shop) -> list[str]:
    """Each rule that it broke, by name; none: it was right to send it."""
    return [
        *_of_shop(sent, shopper, shop),
        *_of_channel(sent, shopper, shop),
        *_of_consent(sent, shopper, shop),
    ]


def _of_shop(sent: Sent, shopper: Shopper, shop: Shop) -> Iterator[str]:
    if not shop.is_connected:
        yield "disconnected"
    if sent.is_machine and shop.paused == "automatic":
        yield "automatic while paused"
    if sent.disturbs and shop.paused is not None:
        yield "marketing while paused"
    if sent.purpose in ("answer", "confirm") and sent.at - sent.intended_at > 10 * MINUTE:
        yield "an answer after ten minutes"
    if sent.purpose == "answer" and shopper.human_at is not None and sent.at - shopper.human_at < HOUR:
        yield "an automatic answer while a human is at work"
    if sent.is_machine and shopper.is_unreachable:
        yield "automatic to a dead address"
    if sent.purpose == "answer" and shopper.is_held_elsewhere:
        yield "an automatic answer in a thread of another app"


def _of_channel(sent: Sent, shopper: Shopper, shop: Shop) -> Iterator[str]:
    is_outside = _is_outside(sent, shopper)
    if sent.tag and (sent.tag != "HUMAN_AGENT" or sent.channel not in HUMAN_AGENT_ON):
        yield "a tag that the channel has not"
    if sent.tag and (sent.is_machine or sent.kind != "text" or sent.category):
        yield "HUMAN_AGENT on what is no human's text"
    if sent.tag and (shopper.wrote_at is None or sent.at - shopper.wrote_at > 7 * DAY):
        yield "HUMAN_AGENT after seven days"
    if is_outside and not sent.category and not sent.tag:
        yield "free text outside the window"
    if sent.category and sent.category not in TEMPLATES_ON.get(sent.channel, ()):
        yield "a template that the channel has not"
    if sent.category == "marketing" and sent.channel == "whatsapp" and shopper.country == "US":
        yield "a marketing template to an American number"
    if sent.is_marketing and shopper.capped_at is not None and sent.at - shopper.capped_at < DAY:
        yield "marketing within a day of the channel's cap"
    if is_outside and sent.channel == "whatsapp" and shop.used >= _tier(shop.tier):
        yield "beyond the tier"


def _is_outside(sent: Sent, shopper: Shopper) -> bool:
    if sent.channel not in META_WINDOWS:
        return False
    return shopper.wrote_at is None or sent.at - shopper.wrote_at >= DAY


def _tier(tier: str) -> float:
    return TIERS.get(tier, float("inf"))


def _of_consent(sent: Sent, shopper: Shopper, shop: Shop) -> Iterator[str]:
    if sent.disturbs:
        yield from _of_disturbing(sent, shopper, shop)
    if sent.purpose in ("update", "survey") and not sent.is_marketing:
        if _word(shopper.said, "updates", sent.channel) == "no":
            yield "updates after a stop"
        if _is_outside(sent, shopper) and _word(shopper.said, "updates", sent.channel) != "yes":
            yield "updates outside the window without a yes"
        if any(not 8 <= sent.at.astimezone(ZoneInfo(zone)).hour < 22 for zone in shopper.zones):
            yield "updates by night"
    if sent.is_marketing:
        yield from _of_marketing(sent, shopper, shop)
    if sent.purpose == "ask":
        yield from _of_asking(sent, shopper)


def _of_disturbing(sent: Sent, shopper: Shopper, shop: Shop) -> Iterator[str]:
    clocks = [sent.at.astimezone(ZoneInfo(zone)) for zone in shopper.zones]
    if any(_within(f"{clock:%H:%M}", shop.quiet_from, shop.quiet_until) for clock in clocks):
        yield "marketing in quiet hours"
    if shopper.country == "AE" and any(not 9 <= clock.hour < 18 for clock in clocks):
        yield "marketing in the Emirates before 9 or after 18"
    if _word(shopper.said, "marketing", sent.channel) == "no":
        yield "marketing after a stop"


def _within(clock: str, since: str, until: str) -> bool:
    """Whether it is between two times of the day; the hours may go over midnight."""
    return since <= clock < until if since < until else clock >= since or clock < until


def _of_marketing(sent: Sent, shopper: Shopper, shop: Shop) -> Iterator[str]:
    if _word(shopper.said, "marketing", sent.channel) != "yes":
        yield "marketing without a yes"
    if _stopped_on_platform(sent, shopper.said):
        yield "marketing after the platform's stop"
    within = [sum(sent.at - at < days * DAY for at in shopper.marketed) for days in (1, 7)]
    if sent.is_machine and (within[0] >= shop.per_day or within[1] >= shop.per_week):
        yield "more marketing than the shop allows"
    if shopper.country == "AE" and _listed(shopper.said, "do_not_call", sent.address) == "no":
        yield "marketing to a number on the Do-Not-Call list"
    if shopper.country == "TR" and shop.iys:
        yield from _of_turkey(sent, [one for one in shopper.said if _is_of(one, sent)])


def _of_turkey(sent: Sent, said: Sequence[Said]) -> Iterator[str]:
    """A yes must stand in the registry within three business days; a refusal there after it counts."""
    yes_at = max((one.at for one in said if _is_yes(one, "marketing", sent.channel)), default=None)
    listed = [one for one in said if one.registry == "iys"]
    last = max(listed, key=lambda one: one.at) if listed else None
    if last is not None and last.word == "no" and (yes_at is None or last.at >= yes_at):
        yield "marketing to who refused in the registry"
    is_filed = last is not None and last.word == "yes"
    if not is_filed and yes_at is not None and sent.at > _third_business_day_ends(yes_at):
        yield "marketing on a yes that was not filed"


def _is_of(one: Said, sent: Sent) -> bool:
    """A registry speaks of numbers: of the one that is written to; on a channel without numbers, of any."""
    return not one.registry or sent.channel != "whatsapp" or one.address == sent.address


def _third_business_day_ends(at: datetime) -> datetime:
    zone = ZoneInfo("Europe/Istanbul")
    day = at.astimezone(zone).date()
    left = 3
    while left:
        day += DAY
        left -= day.weekday() < 5
    return datetime(day.year, day.month, day.day, tzinfo=zone) + DAY


def _of_asking(sent: Sent, shopper: Shopper) -> Iterator[str]:
    if shopper.country == "TR":
        yield "asked where asking is forbidden"
    if any(one.word == "asked" and sent.at - one.at < 90 * DAY for one in shopper.said):
        yield "asked again within 90 days"
    if _word(shopper.said, "marketing", sent.channel) == "yes":
        yield "asked after a yes"


def _word(said: Sequence[Said], about: str, channel: str) -> str:
    """What all that was said comes to: "yes", "no", or "" where nothing was said that counts here.

    A stop counts everywhere, whichever messenger it was said on; only the shopper's own hand takes it back.
    """
    word = ""
    for one in sorted(said, key=lambda one: (one.at, one.word == "no")):
        if one.about != about or one.registry or one.word == "asked":
            continue
        if one.word == "no":
            word = "no" if set(one.channels) - {"email", "sms", "call"} or not one.channels else word
        elif _is_yes(one, about, channel) and (word != "no" or one.how in OWN_HAND):
            word = "yes"
    return word


def _is_yes(one: Said, about: str, channel: str) -> bool:
    is_here = not one.channels or channel in one.channels
    return one.about == about and one.word == "yes" and not one.registry and is_here


def _stopped_on_platform(sent: Sent, said: Sequence[Said]) -> bool:
    told = [one for one in said if one.how == "platform" and one.address == sent.address]
    told = [one for one in told if one.about == "marketing"]
    return bool(told) and max(told, key=lambda one: (one.at, one.word == "no")).word == "no"


def _listed(said: Sequence[Said], registry: str, address: str) -> str:
    listed = [one for one in said if one.registry == registry and one.address == address]
    return max(listed, key=lambda one: (one.at, one.word == "no")).word if listed else ""
