"""What a shopper reads that no person wrote: the shop's own words where it set them, else ours.

Every text that tells a time takes the promise as it is at this moment.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from chalicelib.domain.languages import DEFAULT, LANGUAGES
from chalicelib.domain.merchants import Shop
from chalicelib.domain.names import greeting_name
from chalicelib.domain.promise.response_time import Promise
from chalicelib.domain.texts.isolation import apart, one_line
from chalicelib.domain.texts.languages import texts_in
from chalicelib.domain.texts.overrides import OwnText, filled, own_text
from chalicelib.domain.texts.sentences import Texts
from chalicelib.services.sending.times import clock, day, duration


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks to whom, in which language, by which clock.

    language: one of ours, else English. name: the shopper's profile's. zone: the shopper's where it is known,
    '' for the shop's. names_zone: say whose clock it is, as the shopper may live by another.
    """

    shop: Shop
    language: str
    name: str
    now: datetime
    zone: str = ""
    names_zone: bool = False

    @property
    def code(self) -> str:
        return self.language if self.language in LANGUAGES else DEFAULT

    @property
    def texts(self) -> Texts:
        return texts_in(self.code, self.shop.tone)


def greeting(speaker: Speaker, promise: Promise) -> str:
    """Hello (by name where the profile holds one), thanks, and when a person answers."""
    own = _own(speaker, "out_of_hours" if promise.kind == "back" else "greeting", promise)
    if own:
        return own
    texts, name, shop = speaker.texts, _name(speaker), _shop(speaker)
    hello = texts.hello_name.format(name=name) if name else texts.hello
    thanks = texts.thanks_shop.format(shop=shop) if shop else texts.thanks
    return texts.joint.join((hello, thanks, told_time(speaker, promise)))


def handover(speaker: Speaker, promise: Promise) -> str:
    """That a person takes over, and when they answer."""
    return _own(speaker, "handover", promise) or _and_when(speaker, speaker.texts.handover, promise)


def complaint(speaker: Speaker, promise: Promise, is_urgent: bool) -> str:
    """Regret, without a word about whose fault it is; that it comes first; when a person answers."""
    texts = speaker.texts
    ours = texts.urgent if is_urgent else texts.complaint
    return _own(speaker, "complaint", promise) or _and_when(speaker, ours, promise)


def still_on_it(speaker: Speaker, promise: Promise) -> str:
    """That what was promised has slipped, and what holds now."""
    return _own(speaker, "still_on_it", promise) or _and_when(speaker, speaker.texts.still_on_it, promise)


def faq_answer(speaker: Speaker, answer: str, url: str) -> str:
    """An article's answer, where more stands ('' for nowhere), and how to reach a person instead.

    The address stands alone at its line's end, without isolates: phones would make them part of the link.
    """
    own = _own(speaker, "faq_after", url=url)
    more = speaker.texts.faq_more.format(url=url) if url and url not in own else ""
    after = "\n".join(filter(None, (more, own or speaker.texts.faq_after)))
    return f"{answer.strip()}\n\n{after}"


def suggestion(speaker: Speaker) -> str:
    """Stands above the buttons with the questions that may be meant."""
    return speaker.texts.suggestion


def suggestion_else(language: str) -> str:
    """Of the last of those buttons: none of them."""
    return texts_in(language).something_else


def survey_question(speaker: Speaker) -> str:
    """How the service was; three buttons answer it."""
    return _own(speaker, "survey") or speaker.texts.survey


def survey_titles(language: str) -> tuple[str, str, str]:
    """Good, so-so, bad."""
    return texts_in(language).survey_titles


def survey_solved(speaker: Speaker) -> str:
    """Whether it was solved at the first contact; two buttons answer it."""
    return speaker.texts.solved


def survey_solved_titles(language: str) -> tuple[str, str]:
    """Yes, no."""
    return texts_in(language).solved_titles


def survey_thanks(speaker: Speaker) -> str:
    """After the last answer."""
    return speaker.texts.survey_thanks


def told_time(speaker: Speaker, promise: Promise) -> str:
    """The sentence that tells the promise; out of hours it tells when the shop is back."""
    if promise.kind == "back" and promise.opens is not None:
        return speaker.texts.back.format(next_open=next_open(speaker, promise))
    return speaker.texts.answer.format(estimate=estimate(speaker, promise))


def estimate(speaker: Speaker, promise: Promise) -> str:
    """The promise without a sentence around it: "within 2 hours", "by 11:00 today", "on Monday from 9:00"."""
    texts = speaker.texts
    if promise.kind == "within":
        words = duration(promise.within_s, speaker.code, texts.from_now)
        return texts.within.format(duration=apart(words, speaker.code))
    if promise.kind == "by" and promise.due is not None:
        return _told(speaker, texts.by, promise.due)
    if promise.kind == "back" and promise.opens is not None:
        return _told(speaker, texts.opened, promise.opens)
    return texts.soon


def next_open(speaker: Speaker, promise: Promise) -> str:
    """When the shop opens next: "on Monday at 9:00"; '' where it is not known."""
    return _told(speaker, speaker.texts.opens, promise.opens) if promise.opens is not None else ""


def _told(speaker: Speaker, phrase: str, at: datetime) -> str:
    there = ZoneInfo(speaker.zone or speaker.shop.zone or "UTC")
    local, texts = at.astimezone(there), speaker.texts
    return phrase.format(
        day=day(local, speaker.now.astimezone(there), texts, speaker.code),
        time=clock(local, texts, speaker.code, speaker.names_zone),
    )


def _and_when(speaker: Speaker, sentence: str, promise: Promise) -> str:
    return speaker.texts.joint.join((sentence, told_time(speaker, promise)))


def _own(speaker: Speaker, text: OwnText, promise: Promise | None = None, url: str = "") -> str:
    """The shop's own words with their variables, '' where it has none in this language."""
    template = own_text(speaker.shop.texts, speaker.code, text)
    if not template:
        return ""
    values = {"name": _name(speaker), "shop": _shop(speaker), "url": url}
    if promise is not None:
        values |= {"estimate": estimate(speaker, promise), "next_open": next_open(speaker, promise)}
    return filled(template, values, speaker.code)


def _name(speaker: Speaker) -> str:
    return apart(greeting_name(speaker.name), speaker.code)


def _shop(speaker: Speaker) -> str:
    return apart(one_line(speaker.shop.name), speaker.code)
