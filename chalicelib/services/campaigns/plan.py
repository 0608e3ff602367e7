"""What becomes of one recipient of a run: the same answer for a dry run and for what is really sent."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.campaigns.campaigns import Campaign
from chalicelib.domain.campaigns.contents import urls_in
from chalicelib.domain.campaigns.moments import best_moment
from chalicelib.domain.campaigns.prices import price_of
from chalicelib.domain.campaigns.runs import Recipient, Run, once_for
from chalicelib.domain.commerce.reminding import is_held_out
from chalicelib.domain.content import Content
from chalicelib.domain.gate import Question, Verdict, is_open
from chalicelib.domain.gate.question import louds_of
from chalicelib.domain.messages import MessageRef
from chalicelib.domain.people import Person
from chalicelib.domain.segments.profiles import Profile
from chalicelib.domain.threads import Thread
from chalicelib.ports.consents import Reached
from chalicelib.ports.people import PeopleStore
from chalicelib.ports.templates import TemplateStore
from chalicelib.services.campaigns.occasion import Occasion
from chalicelib.services.campaigns.offer import CampaignOffer
from chalicelib.services.people.people import NoSuchShopper, People
from chalicelib.services.sending.find_way import FindWay, Way

OK: Final = "ok"
TIER_LIMIT: Final = "tier_limit"
# Why it comes later than at its moment, where nothing holds it: shortly before their window closes.
MOVED: Final = "window_open"
# What can be sent only once somebody has mended a connection is looked at again after this.
LATER: Final = timedelta(hours=1)
# What is held for longer would come as a surprise; but for what waits for the account's daily limit.
HELD_FOR: Final = timedelta(hours=24)
HELD_FOR_LIMIT: Final = timedelta(days=7)
# Nobody has as many threads.
_MOST_THREADS: Final = 20
# One hold leads to another: the night, somebody at work, the day's limit.
_MOST_HOLDS: Final = 12

# What stands for each address of a campaign's content, for one shopper: so it is known who follows it.
LinksFor = Callable[[Occasion, str], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of a recipient. thread, content: where and in which words, if it goes out at all. asked:
    of what the gate was asked. language: of the words, two letters. reached: whom it counts for of the
    account's day."""

    recipient: Recipient
    thread: Thread | None = None
    content: Content | None = None
    asked: Question | None = None
    language: str = ""
    reached: Reached | None = None


class PlanRecipient:
    """Asks the gate about each of somebody's threads. Writes nothing."""

    def __init__(
        self,
        threads_named: Callable[[str, Collection[str]], list[Thread]],
        keyed: Callable[[str, str], MessageRef | None],
        people: PeopleStore,
        templates: TemplateStore,
        find_way: FindWay,
        links_for: LinksFor,
        charges: Callable[[str], bool],
    ) -> None:
        """threads_named: as `ReportStore.threads_named`; keyed: as `ThreadStore.keyed`. charges: whether a
        channel asks money for messages."""
        self._threads_named, self._keyed, self._templates = threads_named, keyed, templates
        self._people, self._find_way = People(people), find_way
        self._links_for, self._charges = links_for, charges

    def __call__(self, occasion: Occasion, was: Recipient, profile: Profile | None, now: datetime) -> Planned:
        """was: as far as it is decided; profile: what is known of them elsewhere. Where it goes out now, it
        is `planned` with the code `ok` and words. Raises StoreBusy.

        In a dry run what is held is asked about once more at the moment until when it is; what is really sent
        comes back then by itself.
        """
        merchant_id, is_dry = occasion.campaign.merchant_id, occasion.run.is_dry
        person = self._person(merchant_id, was.shopper_id)
        if person is None:
            return Planned(_skipped(was, "no_thread", now))
        if person.shopper_id != was.shopper_id or (person.merges and self._has_it(occasion, person)):
            return Planned(_skipped(was, "merged", now))
        threads = self._threads_named(merchant_id, person.threads[-_MOST_THREADS:])
        moment = _moment(occasion, person, threads)
        if was.at is None and occasion.is_missed(moment):
            return Planned(_skipped(was, "too_late", now))
        at = max(moment, occasion.begins_at if is_dry else now)
        if at > now and not is_dry:
            return Planned(replace(was, at=at))
        name, language = person.name, person.language or (profile.language if profile else "")
        links = self._links_for(occasion, was.shopper_id)
        offer = CampaignOffer(occasion.content, self._templates, name, language, links)
        planned = self._asked(occasion, was, moment, at, threads, offer)
        for _ in range(_MOST_HOLDS if is_dry else 0):
            until = planned.recipient.at
            if planned.recipient.state != "planned" or planned.recipient.code == OK or until is None:
                break
            planned = self._asked(occasion, planned.recipient, moment, until, threads, offer)
        return planned

    def _person(self, merchant_id: str, shopper_id: str) -> Person | None:
        try:
            return self._people.person(merchant_id, shopper_id)
        except NoSuchShopper:
            return None

    def _has_it(self, occasion: Occasion, person: Person) -> bool:
        """Whether it was made for somebody who turned out to be them."""
        once = (once_for(occasion.run, shopper_id) for shopper_id in self._people.taken_for(person)[1:])
        return any(self._keyed(person.merchant_id, one) is not None for one in once)

    def _asked(
        self,
        occasion: Occasion,
        was: Recipient,
        moment: datetime,
        at: datetime,
        threads: Sequence[Thread],
        offer: CampaignOffer,
    ) -> Planned:
        campaign, run = occasion.campaign, occasion.run
        verdict, way = self._find_way(campaign.merchant_id, threads, offer, at)
        if way is None:
            return Planned(_held(occasion, was, verdict, moment, at))
        if is_held_out(campaign.merchant_id, was.shopper_id, run.holdout):
            return Planned(replace(was, state="held_out", code="held_out", at=at))
        found, language = self._found(was, way, at), offer.language(way.thread, occasion.shop)
        later = _best(way, moment, at, campaign.flexible)
        if later > at:
            found = replace(found, at=later, held=was.held or MOVED)
            content = way.content if run.is_dry else None
            return Planned(found, way.thread, content, way.asked, language)
        return Planned(found, way.thread, way.content, way.asked, language, way.reached)

    def _found(self, was: Recipient, way: Way, at: datetime) -> Recipient:
        thread, template = way.thread, way.content.template if way.content else None
        found = replace(
            was,
            code=OK,
            at=at,
            how="template" if template else "text",
            thread_id=thread.thread_id,
            connection_id=thread.connection_id,
            channel=thread.channel,
            category=template.category if template else "",
            country=way.asked.prospect.country if way.asked else "",
        )
        return self.priced(found, at, is_window_open=way.asked is not None and is_open(way.asked))

    def priced(self, one: Recipient, at: datetime, *, is_window_open: bool) -> Recipient:
        """With what its message costs, the channel's window being as it is then."""
        is_charged = self._charges(one.channel)
        currency, low, high = price_of(
            is_charged, one.how, one.category, one.country, is_window_open, at.date()
        )
        return replace(one, currency=currency if high else "", low=low, high=high)


def tracked_by(
    each: Callable[[Campaign, Run, str, Iterable[str]], Mapping[str, str]],
) -> LinksFor:
    """With links of ours in what is really sent. each: as `LinkFor.each`."""

    def links_for(occasion: Occasion, shopper_id: str) -> Mapping[str, str]:
        if occasion.run.is_dry:
            return {}
        return each(occasion.campaign, occasion.run, shopper_id, urls_in(occasion.content))

    return links_for


def _moment(occasion: Occasion, person: Person, threads: Sequence[Thread]) -> datetime:
    phones = sorted(one.address.value for one in person.places if one.address.kind == "phone")
    latest = max(threads, key=lambda one: (str(one.opened_at or ""), one.thread_id), default=None)
    hint = latest.language_hint if latest else ""
    return occasion.moment(next(iter(phones), ""), hint)


def _skipped(was: Recipient, code: str, at: datetime) -> Recipient:
    return replace(was, state="skipped", code=code, at=at)


def _held(occasion: Occasion, was: Recipient, verdict: Verdict, moment: datetime, at: datetime) -> Recipient:
    """Until when, or why never."""
    if verdict.decision != "hold":
        return _skipped(was, verdict.code, at)
    held = replace(was, code=verdict.code, held=was.held or verdict.code)
    if verdict.until is None:  # until somebody mends it: nobody knows when
        until = at + LATER
        if occasion.run.is_dry:
            return replace(held, at=None)
    else:
        until = verdict.until
    longest = HELD_FOR_LIMIT if verdict.code == TIER_LIMIT else HELD_FOR + occasion.campaign.flexible
    is_late = until > moment + occasion.spread + longest
    return _skipped(held, "too_late", at) if is_late else replace(held, at=until)


def _best(way: Way, moment: datetime, at: datetime, flexible: timedelta) -> datetime:
    """Words that are free now are as free shortly before the window closes."""
    asked, opened_at = way.asked, way.thread.opened_at
    if asked is None or asked.window is None or opened_at is None:
        return at
    is_free = way.content is not None and way.content.kind != "template"
    closes_at = opened_at + asked.window.anyone if is_free else None
    return best_moment(moment, at, closes_at, flexible, asked.prospect.zones, louds_of(asked))
