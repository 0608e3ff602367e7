"""What a segment may ask of a profile: each field, which tests it takes, and whether a test holds."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Protocol, get_args

from chalicelib.domain.segments.profiles import CartState, ConsentState, Profile
from chalicelib.domain.surveys import SCORES

# Whether it holds, and the earliest moment at which that may change by time alone; None: never.
Answer = tuple[bool, datetime | None]
# In place of a language, a country or an answer that nobody knows.
UNKNOWN: Final = "unknown"
NEVER: Final = "never"
MOST_WORDS: Final = 100
MOST_DAYS: Final = 3650
_LONGEST_WORD: Final = 200
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a filter. place: where, as `all.0.orders.at_least`; '' for the whole."""

    place: str
    says: str


class Kind(Protocol):
    """How a field is asked for."""

    def problems(self, test: Any) -> Iterator[Problem]:
        """Why a test can't be asked; none where it can. Places are within the test."""

    def holds(self, test: Any, profile: Profile, now: datetime) -> Answer:
        """test: one without problems."""


@dataclass(frozen=True, slots=True)
class Words:
    """A word or a list of them: one of what the profile has must be among them. Capitals make no
    difference. known: those that there are; none: any."""

    of: Callable[[Profile], Collection[str]]
    known: tuple[str, ...] = ()

    def problems(self, test: Any) -> Iterator[Problem]:
        listed = isinstance(test, list)
        words = test if listed else [test]
        if not 1 <= len(words) <= MOST_WORDS:
            yield Problem("", f"List between one and {MOST_WORDS}.")
        for number, word in enumerate(words):
            place = str(number) if listed else ""
            if not isinstance(word, str) or not 1 <= len(word) <= _LONGEST_WORD:
                yield Problem(place, f"It must be a word of at most {_LONGEST_WORD} characters.")
            elif self.known and word.casefold() not in self.known:
                yield Problem(place, f"It must be one of: {', '.join(self.known)}.")

    def holds(self, test: Any, profile: Profile, now: datetime) -> Answer:
        wanted = {word.casefold() for word in (test if isinstance(test, list) else [test])}
        return any((one or UNKNOWN).casefold() in wanted for one in self.of(profile)), None


@dataclass(frozen=True, slots=True)
class Code:
    """The same for a code of so many letters, of which the profile has one or none."""

    of: Callable[[Profile], str]
    letters: tuple[int, ...]

    def problems(self, test: Any) -> Iterator[Problem]:
        yield from self._words.problems(test)
        for number, word in enumerate(test if isinstance(test, list) else [test]):
            if isinstance(word, str) and word and word.casefold() != UNKNOWN and not self._is_code(word):
                place = str(number) if isinstance(test, list) else ""
                sizes = " or ".join(map(str, self.letters))
                yield Problem(place, f"It must be a code of {sizes} letters, or {UNKNOWN}.")

    def holds(self, test: Any, profile: Profile, now: datetime) -> Answer:
        return self._words.holds(test, profile, now)

    @property
    def _words(self) -> Words:
        return Words(lambda profile: (self.of(profile),))

    def _is_code(self, word: str) -> bool:
        return len(word) in self.letters and word.isascii() and word.isalpha()


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number, or `at_least` and `at_most`, both included."""

    of: Callable[[Profile], int]

    def problems(self, test: Any) -> Iterator[Problem]:
        for place, value in _bounds(test, ("at_least", "at_most")):
            if isinstance(value, Problem):
                yield value
            elif not _is_whole(value, 0, 10**9):
                yield Problem(place, "It must be a whole number, not below 0.")

    def holds(self, test: Any, profile: Profile, now: datetime) -> Answer:
        count = self.of(profile)
        if not isinstance(test, Mapping):
            return count == test, None
        return test.get("at_least", count) <= count <= test.get("at_most", count), None


@dataclass(frozen=True, slots=True)
class Money:
    """`at_least` and `at_most` of a `currency`, both included: numbers, or decimal numbers as text. Who has
    spent nothing in it has spent 0."""

    of: Callable[[Profile], Mapping[str, Decimal]]

    def problems(self, test: Any) -> Iterator[Problem]:
        if not isinstance(test, Mapping) or not {"at_least", "at_most"} & set(test):
            yield Problem("", "Say at_least or at_most, with a currency.")
            return
        for place, value in _bounds(test, ("at_least", "at_most", "currency")):
            if isinstance(value, Problem):
                yield value
            elif place != "currency" and _amount(value) is None:
                yield Problem(place, "It must be an amount, not below 0.")
        currency = test.get("currency")
        if currency is None:
            yield Problem("currency", "Say in which currency, such as EUR.")
        elif not isinstance(currency, str) or not _is_currency(currency):
            yield Problem("currency", "It must be a currency of three letters, such as EUR.")

    def holds(self, test: Any, profile: Profile, now: datetime) -> Answer:
        spent = self.of(profile).get(test["currency"].upper(), Decimal(0))
        low, high = _amount(test.get("at_least")), _amount(test.get("at_most"))
        return (low is None or spent >= low) and (high is None or spent <= high), None


@dataclass(frozen=True, slots=True)
class Moment:
    """`never`, or all of these that are named: `within_days`: less than so many days ago; `more_days_ago`: so
    many or more; `since` (included) and `until` (not included), ISO 8601. A day alone is in UTC, and `until`
    a day lasts until it is over. What never was is neither of these."""

    of: Callable[[Profile], datetime | None]

    def problems(self, test: Any) -> Iterator[Problem]:
        if test == NEVER:
            return
        if not isinstance(test, Mapping):
            yield Problem("", f"Say within_days, more_days_ago, since or until, or {NEVER}.")
            return
        for place, value in _bounds(test, ("within_days", "more_days_ago", "since", "until")):
            if isinstance(value, Problem):
                yield value
            elif place.endswith(("days", "ago")) and not _is_whole(value, 1, MOST_DAYS):
                yield Problem(place, f"It must be a whole number of days from 1 to {MOST_DAYS}.")
            elif place in ("since", "until") and _moment(value, place) is None:
                yield Problem(place, "It must be a day or a time such as 2026-11-02T12:00:00Z.")

    def holds(self, test: Any, profile: Profile, now: datetime) -> Answer:
        at = self.of(profile)
        if test == NEVER or at is None:
            return test == NEVER and at is None, None
        since, until = _moment(test.get("since"), "since"), _moment(test.get("until"), "until")
        if (since is not None and at < since) or (until is not None and at >= until):
            return False, None
        within, ago = test.get("within_days"), test.get("more_days_ago")
        ends, begins = _later(at, within) if within else None, _later(at, ago) if ago else None
        if ends is not None and now >= ends:
            return False, None
        if begins is not None and now < begins:
            # It ends before it would begin: then never.
            return False, None if ends is not None and ends <= begins else begins
        return True, ends


def _bounds(test: Any, names: Collection[str]) -> Iterator[tuple[str, Any]]:
    """Each of a test's names with its value; what is not among them is a problem."""
    if not isinstance(test, Mapping):
        yield "", test
        return
    if not test:
        yield "", Problem("", f"Say one of: {', '.join(names)}.")
    for name, value in test.items():
        is_known = name in names
        yield name, value if is_known else Problem(str(name), f"It must be one of: {', '.join(names)}.")


def _is_whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _amount(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str) or len(str(value)) > 20:
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount >= 0 else None


def _is_currency(text: str) -> bool:
    return len(text) == 3 and text.isascii() and text.isalpha()


def _later(at: datetime, days: int) -> datetime:
    """So many days later; the end of time where there are not as many left."""
    try:
        return at + _DAY * days
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def _moment(value: Any, name: str) -> datetime | None:
    """In UTC; None where there is none, or nothing that can be read."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        at = datetime.fromisoformat(value)
        if len(value) <= len("2026-11-02"):
            day = date.fromisoformat(value) + (_DAY if name == "until" else timedelta())
            at = datetime(day.year, day.month, day.day, tzinfo=UTC)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _consents(profile: Profile) -> tuple[str, ...]:
    said = (("marketing", profile.marketing), ("updates", profile.updates))
    return tuple(purpose if state == "given" else f"{purpose}_{state}" for purpose, state in said)


CONSENTS: Final = tuple(
    purpose if state == "given" else f"{purpose}_{state}"
    for purpose in ("marketing", "updates")
    for state in ("given", *(one for one in get_args(ConsentState) if one != "given"))
)
FIELDS: Final[Mapping[str, Kind]] = {
    "channel": Words(lambda profile: profile.channels),
    "connection": Words(lambda profile: profile.connections),
    "language": Code(lambda profile: profile.language, (2, 3)),
    "country": Code(lambda profile: profile.country, (2,)),
    "tag": Words(lambda profile: profile.tags),
    "consent": Words(_consents, CONSENTS),
    "first_seen": Moment(lambda profile: profile.first_seen),
    "last_seen": Moment(lambda profile: profile.last_seen),
    "last_answered": Moment(lambda profile: profile.last_answered),
    "orders": Count(lambda profile: profile.orders),
    "spend": Money(lambda profile: profile.spent),
    "last_order": Moment(lambda profile: profile.last_order),
    "product": Words(lambda profile: profile.products),
    "cart": Words(lambda profile: (profile.cart,), get_args(CartState)),
    "cart_at": Moment(lambda profile: profile.cart_at),
    "satisfaction": Words(lambda profile: (profile.satisfaction,), (*SCORES, UNKNOWN)),
    "referral": Words(lambda profile: profile.referrals),
}
