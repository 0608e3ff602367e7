"""What a language has to have to answer in it.

Names, times and durations come from outside and never change their form, so each sentence is built to
take them as they are: a day brings its own preposition and case ("on Monday", "в среду"), a clock time stands
where no suffix can follow. No word agrees with the gender of the shopper, or of who answers.
"""

from dataclasses import dataclass

from chalicelib.domain.texts.tones import Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """One language's words in one tone.

    `{estimate}` in `answer` is one of within, by, opened and soon, without a sentence around them;
    `{next_open}` in `back` is `opens`. `{duration}` is "1 hour", or with `from_now` "in 1 hour"
    ("через 1 час"). `{day}` is one of the day words, weekdays from Monday on; on_date takes `{date}`, day and
    month. `{time}` is `clock` (clock_at_one between 1 and 2 o'clock, where that is another: "la 1:00",
    "las 2:00"), with zone_of where the shopper may live by another clock.
    opened: an answer after the next opening. joint: what stands between sentences.
    urgent: in the place of complaint. something_else and the titles are for buttons: 20 characters at most.
    """

    hello: str
    hello_name: str
    thanks: str
    thanks_shop: str
    answer: str
    within: str
    by: str
    opened: str
    soon: str
    back: str
    opens: str

    today: str
    tomorrow: str
    weekdays: tuple[str, str, str, str, str, str, str]
    on_date: str
    clock: str = "{time}"
    clock_at_one: str = ""
    zone_of: str
    from_now: bool = False
    joint: str = " "

    handover: str
    complaint: str
    urgent: str
    still_on_it: str

    faq_more: str
    faq_after: str
    suggestion: str
    something_else: str

    survey: str
    survey_titles: tuple[str, str, str]
    solved: str
    solved_titles: tuple[str, str]
    survey_thanks: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language in both tones; the same twice where it knows no difference."""

    friendly: Texts
    polite: Texts

    def in_tone(self, tone: Tone) -> Texts:
        return self.friendly if tone == "friendly" else self.polite
