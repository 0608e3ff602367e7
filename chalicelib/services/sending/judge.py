"""The gate's question about one message, put together from what is stored."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib.domain.connections import Connection
from chalicelib.domain.consent.records import ConsentPurpose
from chalicelib.domain.gate import Question, Verdict, is_open, may_send
from chalicelib.domain.gate.prospects import NEEDS, Prospect
from chalicelib.domain.gate.question import CampaignHalt
from chalicelib.domain.ids import from_ms
from chalicelib.domain.merchants import Shop
from chalicelib.domain.platform_rules import tier_limit
from chalicelib.domain.rendering import without_window
from chalicelib.domain.threads import Thread
from chalicelib.ports.commerce import CartAsRead
from chalicelib.ports.consents import ConsentStore, Counted, Reached
from chalicelib.services.sending.know_cart import KnownCart
from chalicelib.services.sending.know_prospect import KnowProspect
from chalicelib.services.sending.letter import Letter, content_of


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the gate says, and what has to be as it was read when the message is claimed. asked: what it was
    asked of somebody who is addressed."""

    verdict: Verdict
    counted: Counted | None = None
    reached: Reached | None = None
    cart: CartAsRead | None = None
    asked: Question | None = None


AboutCart = Callable[[Thread, Mapping[str, Any], Shop], KnownCart | None]


# Of a thread, what a message tells there of an order: whether that is so no more, or no news of theirs.
Overtaken = Callable[[Thread, Mapping[str, Any], Shop, datetime], bool]


# Of a merchant, what a message of a campaign holds: why that sends nothing now.
MayCampaign = Callable[[str, Mapping[str, Any]], CampaignHalt]


def no_cart(thread: Thread, details: Mapping[str, Any], shop: Shop) -> None:
    """Where nobody is reminded of carts."""


def never(thread: Thread, details: Mapping[str, Any], shop: Shop, now: datetime) -> bool:
    """Where nobody is told of orders."""
    return False


def going(merchant_id: str, details: Mapping[str, Any]) -> CampaignHalt:
    """Where nobody stops a campaign."""
    return ""


class Judge:
    """Answers need no more than their thread; of whoever is addressed, all is read that the rules ask for."""

    def __init__(
        self,
        know: KnowProspect,
        consents: ConsentStore,
        cart: AboutCart = no_cart,
        overtaken: Overtaken = never,
        campaign: MayCampaign = going,
    ) -> None:
        self._know, self._consents, self._cart = know, consents, cart
        self._overtaken, self._campaign = overtaken, campaign

    def __call__(self, letter: Letter, text: str, shop: Shop, now: datetime) -> Judgement:
        """Raises StoreBusy."""
        needs, category = _needs(letter), _category(letter)
        if not needs and not category:
            return Judgement(may_send(_question(letter, text, shop, now, Prospect())))
        reference = _counts_as(letter)
        known = self._know(letter.thread, shop, needs or "updates", now, reference)
        question, cart = self._about(letter, _question(letter, text, shop, now, known.prospect), shop)
        if letter.message.purpose == "update":
            details = letter.message.details
            question = replace(question, is_overtaken=self._overtaken(letter.thread, details, shop, now))
        if "campaign" in letter.message.details:
            merchant_id, details = letter.thread.merchant_id, letter.message.details
            question = replace(question, campaign=self._campaign(merchant_id, details))
        used, reached = 0, None
        if category and not is_open(question) and tier_limit(question.takes.tiers, question.tier) is not None:
            thread, portfolio = letter.thread, portfolio_of(letter.connection)
            tier = self._consents.tier_used(thread.merchant_id, portfolio, thread.shopper_id, now)
            used = 0 if tier.has_them else tier.count
            if not tier.has_them:
                reached = Reached(thread.merchant_id, portfolio, thread.shopper_id, now)
        verdict = may_send(replace(question, tier_used=used))
        is_marketing = needs == "marketing" and letter.message.purpose != "ask"
        counted = known.counted(letter.thread.merchant_id, reference, now, is_marketing=is_marketing)
        return Judgement(verdict, counted, reached, cart, replace(question, tier_used=used))

    def _about(self, letter: Letter, question: Question, shop: Shop) -> tuple[Question, CartAsRead | None]:
        """With the cart that it reminds of, as it is now."""
        is_of_cart = letter.message.purpose == "cart"
        known = self._cart(letter.thread, letter.message.details, shop) if is_of_cart else None
        return (replace(question, cart=known.left), known.as_read) if known else (question, None)


def _counts_as(letter: Letter) -> str:
    """Parts of one message count once, and so does what a person sends once more."""
    details = letter.message.details
    return str(details.get("part_of") or details.get("counts_as") or letter.work.ref.reference)


def portfolio_of(connection: Connection | None) -> str:
    """What shares one daily limit; where the channel tells no portfolio, the business account."""
    details = connection.details if connection else {}
    return (
        details.get("portfolio") or details.get("waba_id") or (connection.connection_id if connection else "")
    )


def capped_at(thread: Thread) -> datetime | None:
    """When the channel last said that the shopper has had enough marketing."""
    moment, _, told = thread.marks.get("capped", "").partition(" ")
    return from_ms(int(moment)) if told else None


def _needs(letter: Letter) -> ConsentPurpose | None:
    is_marketing = _category(letter) == "marketing"
    return "marketing" if is_marketing else NEEDS.get(letter.message.purpose)


def _category(letter: Letter) -> str:
    content = letter.message.content
    return content.template.category if content and content.template else ""


def _question(letter: Letter, text: str, shop: Shop, now: datetime, prospect: Prospect) -> Question:
    message, thread, connection = letter.message, letter.thread, letter.connection
    takes = letter.channel.capabilities.for_kind(thread.wire.kind)
    content = content_of(message, text)
    details = connection.details if connection else {}
    return Question(
        takes=without_window(content, takes),
        connection_status=connection.status if connection else "disconnected",
        author=message.author,
        purpose=message.purpose,
        text=text,
        now=now,
        intended_at=message.sent_at,
        shopper_at=thread.opened_at,
        channel=thread.channel,
        window=takes.window,
        kind=content.kind,
        category=content.template.category if content.template else "",
        human_at=thread.human_at,
        waits=thread.waiting_since is not None,
        paused=shop.paused,
        is_closed=thread.state == "closed",
        unreachable=thread.unreachable,
        held_by=thread.held_by,
        capped_at=capped_at(thread),
        prospect=prospect,
        quality=details.get("quality", ""),
        tier=details.get("tier", ""),
        is_staff=bool(thread.staff),
    )
