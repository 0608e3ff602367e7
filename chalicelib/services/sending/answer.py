"""The automatic answer: decided and put into words when it is sent, from all that was said by then."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, cast

from chalicelib.domain.answering.asks import Ask, without_return
from chalicelib.domain.answering.decisions import AtDesk, Decision, DecisionKind, decide
from chalicelib.domain.answering.spells import PROMISE, Spell, begun, owes_answer, told
from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.connections import Connection
from chalicelib.domain.content import Button, Content
from chalicelib.domain.faq.articles import Article
from chalicelib.domain.languages import choose
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message
from chalicelib.domain.promise.hours import add_open_seconds, open_seconds
from chalicelib.domain.promise.response_time import Promise
from chalicelib.domain.rendering import render
from chalicelib.domain.splitting import split
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import Due, MindPromise
from chalicelib.ports.channel import Channel, Profile
from chalicelib.ports.threads import ThreadStore, Told
from chalicelib.services.receiving.understand import ARTICLE
from chalicelib.services.sending import order_words, return_words, wording
from chalicelib.services.sending.whose_clock import speaker_to
from chalicelib.services.sending.wording import Speaker
from chalicelib.services.shops.order_desk import OrderDesk
from chalicelib.services.shops.return_desk import ReturnDesk
from chalicelib.services.threads.response_times import hours_of, promise_now

# When so much of the promised time has gone, somebody of the shop should know.
AT_RISK: Final = 0.8


class ComposeAnswer:
    """Says the one thing that the burst asks for, in the shopper's language, and when a person answers."""

    def __init__(
        self,
        threads: ThreadStore,
        article: Callable[[str, str], Article | None],
        page_of: Callable[[str, Article, str], str],
        desk: OrderDesk | None = None,
        returns: ReturnDesk | None = None,
    ) -> None:
        """article: a merchant's, by its id. page_of: the address of an article on the merchant's page, by
        merchant, article and language. desk, returns: where orders are asked after,
        and what is sent back; None for nowhere."""
        self._threads, self._article, self._page_of = threads, article, page_of
        self._desk, self._returns = desk, returns

    def __call__(
        self,
        message: Message,
        shop: Shop,
        thread: Thread,
        channel: Channel,
        connection: Connection,
        now: datetime,
    ) -> Told | None:
        """None for silence. Asks the channel who the shopper is when their message did not say."""
        promised = promise_now(self._threads, shop, thread, now)
        spell = begun(thread.spell, thread.waiting_since, is_new=False)
        decision = _decided(message)
        is_again = decision is not None
        if decision is None:
            is_owed = owes_answer(spell, thread.waiting_since)
            ask = self._ask(spell.ask, thread.merchant_id)
            at_desk, spell, is_owed = self._at_desk(ask, thread, shop, spell, is_owed, message, now)
            ask = ask if at_desk else without_return(ask)
            out = promised.kind == "back"
            decision = decide(ask, spell, is_out_of_hours=out, is_owed=is_owed, desk=at_desk)
        is_late = thread.waiting_since is None and (not is_again or decision.kind == "still_on_it")
        if decision.kind == "silence" or is_late:
            return None
        profile = Profile(thread.shopper_name)
        if not thread.shopper_name:
            profile = channel.profile(thread.wire, connection)
        language = choose(
            thread.language_hint or profile.language, thread.last_text, thread.language, shop.languages
        )
        speaker = speaker_to(thread, shop, language, profile.name, promised, now)
        takes = channel.capabilities.for_kind(thread.wire.kind)
        content = self._content(decision, speaker, promised, thread.merchant_id, takes)
        tells_time = PROMISE in decision.tells or decision.kind == "still_on_it"
        due = _kept_at(thread, spell, promised, now) if tells_time else None
        return Told(
            text=content.text,
            language=language,
            shopper_name=profile.name,
            promised_at=due,
            version=thread.version,
            decision=_as_details(decision),
            content=None if content.kind == "text" and not content.options else content,
            spell=None if is_again else told(spell, decision.tells, max(now, thread.waiting_since or now)),
            # Another attempt ends no wait that began after the first.
            settles=decision.settles and not is_again,
            connection_id=thread.connection_id,
            minds=_minding(thread, shop, promised, now) if due and due == promised.due else None,
            touches=thread.shopper_id if _is_news(thread, language, profile.name) else "",
        )

    def _at_desk(
        self,
        ask: Ask,
        thread: Thread,
        shop: Shop,
        spell: Spell,
        is_owed: bool,
        message: Message,
        now: datetime,
    ) -> tuple[AtDesk | None, Spell, bool]:
        """What there is to say of an order; the spell from then on, and what is owed apart from that. Asked
        for nothing else, as each look costs."""
        if self._desk is None or thread.staff:
            return None, spell, is_owed
        if ask.kind == "complaint" and ask.complaint == "late":
            return self._desk.of_complaint(thread, spell, ask, now), spell, is_owed
        seen = None
        if ask.kind == "return" and self._returns is not None:
            seen = self._returns(thread, shop, spell, ask, message.sort, now)
        elif ask.kind == "order":
            seen = self._desk(thread, spell, ask, message.sort, now)
        if seen is None:
            return None, spell, is_owed
        is_owed = owes_answer(spell, thread.waiting_since, but_order=True)
        return seen.at_desk, replace(spell, desk=seen.desk), is_owed

    def _ask(self, ask: Ask, merchant_id: str) -> Ask:
        """Without articles that are gone meanwhile, which are no answer: then a person is to answer."""
        known = tuple(one for one in ask.articles if self._article(merchant_id, one))
        if known == ask.articles:
            return ask
        is_left = known or ask.kind == "return"
        return replace(ask, articles=known) if is_left else replace(ask, kind="words", articles=())

    def _content(
        self, decision: Decision, speaker: Speaker, promised: Promise, merchant_id: str, takes: Capabilities
    ) -> Content:
        """An article that has gone since another attempt is no answer: the promise is."""
        found = [(one, article) for one in decision.articles if (article := self._article(merchant_id, one))]
        match decision.kind:
            case "faq" if found:
                answer = self._answer(found[0][1], speaker, merchant_id, takes)
                when = wording.told_time(speaker, promised) if PROMISE in decision.tells else ""
                whole = f"{answer}\n\n{when}".strip()
                return _text(whole if takes.text.fits(whole) else answer)
            case "suggestion" if found:
                return self._offer(found, speaker, promised, takes)
            case "order" | "order_choice" | "order_number" | "order_proof" | "order_not_found":
                told = self._of_orders(decision, speaker, merchant_id, takes)
                return told or _text(wording.handover(speaker, promised))
            case kind if kind.startswith("return_") and self._returns is not None:
                told = return_words.content(decision, speaker, takes, merchant_id, self._returns)
                return told or _text(wording.handover(speaker, promised))
            case "complaint":
                regret = wording.complaint(speaker, promised, decision.is_urgent)
                told = self._of_orders(decision, speaker, merchant_id, takes) if decision.orders else None
                whole = f"{told.text}\n\n{regret}" if told is not None else regret
                return _text(whole if takes.text.fits(whole) else regret)
            case "person":
                return _text(wording.handover(speaker, promised))
            case "still_on_it":
                return _text(wording.still_on_it(speaker, promised))
            case _:
                return _text(wording.greeting(speaker, promised))

    def _of_orders(
        self, decision: Decision, speaker: Speaker, merchant_id: str, takes: Capabilities
    ) -> Content | None:
        """None where those that are told of are gone meanwhile."""
        if self._desk is None:
            return None
        found = [self._desk.live(merchant_id, *name, speaker.now) for name in decision.orders]
        orders = [one for one in found if one is not None]
        if decision.orders and not orders:
            return None
        kind = "order" if decision.kind == "complaint" else decision.kind
        return order_words.content(kind, orders, speaker, takes, self._desk.live.page)

    def _answer(self, article: Article, speaker: Speaker, merchant_id: str, takes: Capabilities) -> str:
        """As much of it as the channel takes in one message; the rest is on the page."""
        language = article.language(speaker.language)
        answer = article.text(language).answer
        url = self._page_of(merchant_id, article, language)
        whole = wording.faq_answer(speaker, answer, url)
        if takes.text.fits(whole):
            return whole
        around = wording.faq_answer(speaker, "", url)
        room = replace(takes.text, most=max(1, takes.text.most - 4 * len(around)))
        return wording.faq_answer(speaker, split(answer, room)[0], url)

    def _offer(
        self,
        found: list[tuple[str, Article]],
        speaker: Speaker,
        promised: Promise,
        takes: Capabilities,
    ) -> Content:
        """As many of them as fit into one message."""
        titles = [(one, article.text(article.language(speaker.language)).question) for one, article in found]
        text = f"{wording.suggestion(speaker)}\n\n{wording.told_time(speaker, promised)}"
        other = Button(id=ARTICLE, title=wording.suggestion_else(speaker.language))
        while titles:
            buttons = (*(Button(id=ARTICLE + one, title=title) for one, title in titles), other)
            parts = render(Content(kind="quick_replies", text=text, buttons=buttons), takes)
            if len(parts) == 1:
                return parts[0]
            titles.pop()
        return _text(wording.greeting(speaker, promised))


def _kept_at(thread: Thread, spell: Spell, promised: Promise, now: datetime) -> datetime | None:
    """By when they must have an answer: who is told of it once more was promised it for the first time."""
    first = thread.promised_at
    is_standing = PROMISE in spell.told and first is not None and first > now
    if not is_standing or first is None or promised.due is None:
        return promised.due
    return min(first, promised.due)


def _is_news(thread: Thread, language: str, name: str) -> bool:
    """Whether the shopper's profile lacks it."""
    return language != (thread.language or thread.language_hint) or name != thread.shopper_name


def _text(text: str) -> Content:
    return Content(kind="text", text=text)


def _minding(thread: Thread, shop: Shop, promised: Promise, now: datetime) -> Due | None:
    """When the promise has to be looked at first, in the shop's own hours."""
    if promised.due is None:
        return None
    start, hours = promised.opens or now, hours_of(shop)
    at = start + (promised.due - start) * AT_RISK
    if hours is not None:
        open_s = open_seconds(hours, start, promised.due) * AT_RISK
        at = add_open_seconds(hours, start, open_s) or at
    return Due(MindPromise(thread.merchant_id, thread.thread_id), max(at, now + timedelta(seconds=1)))


def as_details(kind: DecisionKind) -> Mapping[str, Any]:
    """Of a message whose decision is made before it is sent."""
    return _as_details(Decision(kind))


def _as_details(decision: Decision) -> Mapping[str, Any]:
    details = {
        "decision": decision.kind,
        "articles": list(decision.articles),
        "tells": list(decision.tells),
        "settles": decision.settles,
        "urgent": decision.is_urgent,
        "orders": [list(one) for one in decision.orders],
        "proof": decision.proof,
        "back": decision.back,
    }
    return {name: value for name, value in details.items() if value}


def _decided(message: Message) -> Decision | None:
    """What an earlier attempt at the message has decided."""
    details = message.details
    if "decision" not in details:
        return None
    return Decision(
        cast(DecisionKind, details["decision"]),
        tuple(details.get("articles", ())),
        tuple(details.get("tells", ())),
        bool(details.get("settles")),
        bool(details.get("urgent")),
        tuple((str(shop), str(order)) for shop, order in details.get("orders", ())),
        str(details.get("proof", "")),
        str(details.get("back", "")),
    )
