"""Who of a page is written to now: planned, within what it may cost, and made a message of their thread."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from chalicelib.domain.campaigns.runs import Page, Recipient, once_for
from chalicelib.domain.campaigns.stopping import stop_words
from chalicelib.domain.messages import MessageRef
from chalicelib.domain.platform_rules import TIER_SPAN, tier_limit
from chalicelib.domain.rendering import CantRender
from chalicelib.domain.segments.profiles import Profile
from chalicelib.domain.work import Send
from chalicelib.ports.campaigns import CampaignStore
from chalicelib.ports.consents import ConsentStore, Reached
from chalicelib.ports.errors import StoreBusy
from chalicelib.ports.queues import Outbox
from chalicelib.ports.segments import SegmentStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.campaigns.occasion import Occasion
from chalicelib.services.campaigns.plan import OK, TIER_LIMIT, Planned, PlanRecipient
from chalicelib.services.sending.intend import Intend
from chalicelib.services.threads.write_thread import NotFound

# A page that is decided on in parts, as some of it is held, reserves what each part costs under a number of
# its own.
_PARTS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Decided:
    """recipients: all of the page, in their order. plans: of those who were planned now. stopped_by: the code
    for which the whole campaign has to stop; then nobody new was decided on."""

    recipients: Sequence[Recipient]
    plans: Mapping[str, Planned] = field(default_factory=dict)
    stopped_by: str = ""


class DecideOnPage:
    """In a dry run nothing is made, and all else is the same."""

    def __init__(
        self,
        store: CampaignStore,
        threads: ThreadStore,
        consents: ConsentStore,
        segments: SegmentStore,
        plan: PlanRecipient,
        intend: Intend,
        outbox: Outbox,
    ) -> None:
        self._store, self._threads, self._consents, self._segments = store, threads, consents, segments
        self._plan, self._intend, self._outbox = plan, intend, outbox

    def __call__(
        self, occasion: Occasion, page: Page, recipients: Sequence[Recipient], is_new: bool, now: datetime
    ) -> Decided:
        """is_new: nobody has worked on the page before, so that no message of it can be there. Raises
        StoreBusy."""
        if not is_new:
            recipients = self.with_made(occasion, recipients, now)
        known = {one.shopper_id: one for one in recipients}
        ripe = _ripe(recipients, now)
        profiles = self._profiles(occasion, ripe)
        plans = self._plans(occasion, ripe, profiles, now)
        stopping = (planned.recipient.code for planned in plans.values())
        stopped_by = next((code for code in stopping if stop_words(code)), "")
        if stopped_by and not occasion.run.is_dry:
            return Decided(list(known.values()), stopped_by=stopped_by)
        known |= {one: planned.recipient for one, planned in plans.items()}
        known |= {one.shopper_id: one for one in self._too_dear(occasion, page, plans.values())}
        if not occasion.run.is_dry:
            sent = [one for one in plans.values() if _goes(known[one.recipient.shopper_id], one, now)]
            known |= {one.shopper_id: one for one in self._intended(occasion, sent, now)}
        return Decided(list(known.values()), plans)

    def with_made(
        self, occasion: Occasion, recipients: Sequence[Recipient], now: datetime
    ) -> Sequence[Recipient]:
        """As they are, and those whose message is there though nobody has noted it: a try that got no further
        has made it. Raises StoreBusy."""
        ripe = _ripe(recipients, now)
        if occasion.run.is_dry or not ripe:
            return recipients
        made = {one.shopper_id: one for one in self._made(occasion, ripe)}
        return [made.get(one.shopper_id, one) for one in recipients]

    def _plans(
        self, occasion: Occasion, ripe: Sequence[Recipient], profiles: Mapping[str, Profile], now: datetime
    ) -> dict[str, Planned]:
        """Up to whom it has to stop for."""
        plans: dict[str, Planned] = {}
        reached: Counter[str] = Counter()
        full_until: datetime | None = None
        for one in ripe:
            if full_until is not None and one.code == TIER_LIMIT:
                # What holds for one who waited for the account's day holds for all of them.
                plans[one.shopper_id] = Planned(replace(one, at=full_until))
                continue
            planned = self._plan(occasion, one, profiles.get(one.shopper_id), now)
            if not occasion.run.is_dry:
                planned = _within_the_day(planned, reached, now)
            plans[one.shopper_id] = planned
            if planned.recipient.code == TIER_LIMIT:
                full_until = planned.recipient.at
            if stop_words(planned.recipient.code) and not occasion.run.is_dry:
                break
        return plans

    def _profiles(self, occasion: Occasion, ripe: Sequence[Recipient]) -> dict[str, Profile]:
        if not ripe:
            return {}
        found = self._segments.placed(occasion.run.merchant_id, [one.shopper_id for one in ripe])
        return {one.profile.shopper_id: one.profile for one in found}

    def _made(self, occasion: Occasion, ripe: Sequence[Recipient]) -> Iterable[Recipient]:
        """Whose message a try of ours has made that got no further."""
        merchant_id = occasion.run.merchant_id
        for one in ripe:
            ref = self._threads.keyed(merchant_id, once_for(occasion.run, one.shopper_id))
            if ref is None:
                continue
            message, thread = self._threads.message_and_thread(ref)
            template = message.content.template if message and message.content else None
            made = replace(
                one,
                state="intended",
                code=OK,
                how="template" if template else "text",
                at=message.sent_at if message else occasion.at,
                thread_id=ref.thread_id,
                connection_id=thread.connection_id if thread else one.connection_id,
                channel=thread.channel if thread else one.channel,
                category=template.category if template else "",
                country=message.details.get("country", "") if message else "",
                message=ref.reference,
            )
            yield self._plan.priced(made, made.at or occasion.at, is_window_open=template is None)

    def _too_dear(self, occasion: Occasion, page: Page, plans: Iterable[Planned]) -> Iterable[Recipient]:
        """Those who would cost more than is left of the campaign's limit: together they are left out."""
        campaign, sums = occasion.campaign, dict[str, Decimal]()
        goes = [one.recipient for one in plans if one.content is not None and one.recipient.high]
        for one in goes:
            sums[one.currency] = sums.get(one.currency, Decimal(0)) + one.high
        part = page.number + _PARTS * page.looks
        for currency, amount in sums.items():
            limit = campaign.limit if currency == campaign.limit_currency else None
            if not self._store.spend(occasion.run, part, currency, amount, limit):
                dear = (one for one in goes if one.currency == currency)
                yield from (replace(one, state="skipped", code="spending_limit") for one in dear)

    def _intended(self, occasion: Occasion, plans: Sequence[Planned], now: datetime) -> Iterable[Recipient]:
        works: list[Send] = []
        found = [self._intend_one(occasion, one, works, now) for one in plans]
        with suppress(StoreBusy):  # they are stored with their due rows: the tick will see to them
            self._outbox.dispatch_all(works, "")
        return found

    def _intend_one(self, occasion: Occasion, one: Planned, works: list[Send], now: datetime) -> Recipient:
        run, recipient = occasion.run, one.recipient
        if one.content is None or one.thread is None:
            raise ValueError("a message without words")
        if one.reached is not None and self._is_full(one, one.reached, now):
            return _waiting(recipient, now)
        once = once_for(run, recipient.shopper_id)
        details = {
            "campaign": run.campaign_id,
            "run": run.run_id,
            "campaign_name": occasion.campaign.name,
            # Whoever finds the message made knows what it costs.
            **({"country": recipient.country} if recipient.country else {}),
        }
        try:
            ref: MessageRef = self._intend(
                run.merchant_id,
                one.thread.thread_id,
                "campaign",
                one.content,
                once,
                now,
                details,
                works,
                replace(one.reached, at=now) if one.reached is not None else None,
            )
        except NotFound:  # erased in this very moment
            return replace(recipient, state="skipped", code="no_thread")
        except CantRender as error:
            return replace(recipient, state="skipped", code=error.code)
        return replace(recipient, state="intended", at=now, message=ref.reference)

    def _is_full(self, one: Planned, reached: Reached, now: datetime) -> bool:
        """Whether the account's day is used up by what was made since it was planned: it is counted as soon
        as it is made, or more would be made than can be sent."""
        limit = tier_limit(one.asked.takes.tiers, one.asked.tier) if one.asked is not None else None
        used = self._consents.tier_used(reached.merchant_id, reached.portfolio, reached.shopper, now)
        return limit is not None and not used.has_them and used.count >= limit


def _ripe(recipients: Iterable[Recipient], now: datetime) -> list[Recipient]:
    return [one for one in recipients if one.state == "planned" and (one.at is None or one.at <= now)]


def _waiting(one: Recipient, now: datetime) -> Recipient:
    return replace(one, code=TIER_LIMIT, held=one.held or TIER_LIMIT, at=now + TIER_SPAN / 24)


def _within_the_day(planned: Planned, reached: Counter[str], now: datetime) -> Planned:
    """Unless those before them on the page use up the account's day: else the money of who has to wait would
    be put aside each time. reached: how many do so far, by what shares a day."""
    asked, whom = planned.asked, planned.reached
    limit = tier_limit(asked.takes.tiers, asked.tier) if asked is not None and whom is not None else None
    if asked is None or whom is None or limit is None:
        return planned
    if asked.tier_used + reached[whom.portfolio] >= limit:
        return Planned(_waiting(planned.recipient, now))
    reached[whom.portfolio] += 1
    return planned


def _goes(known: Recipient, planned: Planned, now: datetime) -> bool:
    return planned.content is not None and known.state == "planned" and known.code == OK
