"""Whose an order is, proven in the chat. Nothing of an order is told to anybody else, not even that it is
there.

Proven is who writes from a number of the order's, as the channel itself vouches for it, unless it is known
to be another's; whom the order was proven to belong to before; and who tells its number together with its
e-mail or postcode. For the last a thread has `MOST_WRONG` attempts, and an order `MOST_WRONG_OF_ORDER` in a
day: e-mails are known to many, postcodes can be counted through.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from chalicelib.domain.commerce.orders import Order, plain_number
from chalicelib.domain.commerce.return_talk import NO_BACK, Back, back_from_json, back_to_json
from chalicelib.domain.ids import from_ms, to_ms

MOST_WRONG: Final = 5
# Of an order in a day, in all threads together: guesses of others must not shut it to its buyer for good.
MOST_WRONG_OF_ORDER: Final = 10
COUNTED_FOR: Final = timedelta(hours=24)
# What we have asked for is waited for so long; what was proven, and what went wrong, is remembered longer.
ASKED_FOR: Final = timedelta(hours=24)
REMEMBERED: Final = timedelta(days=30)
_MOST_PROVEN: Final = 5
_FEWEST_DIGITS: Final = 4  # of a postcode whose digits alone are as good as all of it
_ZIP_AND_MORE: Final = 9  # digits; most people know five of them
_ZIP: Final = 5
Awaits = Literal["", "number", "proof", "line", "reason", "photo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """How far a thread has come with its order. awaits: what we have asked for. number: the order's that
    they have told, as `plain_number` spells it. wrong: attempts that failed. proven: the orders that they
    have proven to be theirs, as `order_name` names them. at_ms: when any of it last changed. back: what they
    want to send back, for as long as we wait for what we have asked."""

    awaits: Awaits = ""
    number: str = ""
    wrong: int = 0
    proven: tuple[str, ...] = ()
    at_ms: int = 0
    back: Back = NO_BACK

    @property
    def is_shut(self) -> bool:
        """Nothing more is tried: a person takes over."""
        return self.wrong >= MOST_WRONG


NO_DESK: Final = Desk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who asks, as far as it is proven. phones: those that the channel vouches for, E.164 digits."""

    shopper_id: str
    phones: frozenset[str] = frozenset()
    proven: tuple[str, ...] = ()


def order_name(order: Order) -> str:
    """Of one order among all of a merchant's: `<connection>/<the shop's own id>`."""
    return f"{order.connection_id}/{order.order_id}"


def is_theirs(order: Order, owners: Collection[str], who: Who) -> bool:
    """owners: as whom the shoppers are known today whose the order was proven to be, none while nobody knows.

    A number says nothing of what is somebody else's: it is given to another one day, and what its former
    owner has bought is not theirs.
    """
    is_free = set(owners) <= {who.shopper_id}
    by_phone = is_free and not who.phones.isdisjoint(order.buyer.phones)
    by_owner = is_free and bool(owners)
    return by_phone or by_owner or order_name(order) in who.proven


def fits(order: Order, secret: str) -> bool:
    """Whether it is the order's e-mail or its postcode: an e-mail in small letters, else letters and digits
    alone."""
    if "@" in secret:
        return secret == order.buyer.email.casefold()
    postcode = plain_number(order.buyer.postcode)
    if not secret or not postcode:
        return False
    digits, told = _digits(postcode), _digits(secret)
    is_zip = len(digits) == _ZIP_AND_MORE and digits == postcode
    return secret == postcode or (
        len(told) >= _FEWEST_DIGITS
        and told == secret
        and told in (digits, digits[:_ZIP] if is_zip else digits)
    )


def remembered(desk: Desk, now: datetime) -> Desk:
    """What still counts of it."""
    age = now - from_ms(desk.at_ms)
    if age >= REMEMBERED:
        return NO_DESK
    return replace(desk, awaits="", number="", back=NO_BACK) if age >= ASKED_FOR else desk


def asking_for(desk: Desk, awaits: Awaits, number: str, now: datetime) -> Desk:
    """After we have asked for it."""
    return replace(desk, awaits=awaits, number=number, at_ms=to_ms(now), back=NO_BACK)


def failed(desk: Desk, attempts: int, number: str, now: datetime) -> Desk:
    """After so many attempts that were wrong."""
    wrong = min(MOST_WRONG, desk.wrong + attempts)
    return replace(desk, awaits="proof", number=number, wrong=wrong, at_ms=to_ms(now), back=NO_BACK)


def settled(desk: Desk, now: datetime, proven: Iterable[str] = ()) -> Desk:
    """After they were told how it stands. proven: by what they have said."""
    new = tuple(dict.fromkeys((*proven, *desk.proven)))[:_MOST_PROVEN]
    if new == desk.proven and not desk.awaits and not desk.number:
        return desk
    return replace(desk, awaits="", number="", proven=new, at_ms=to_ms(now), back=NO_BACK)


def of_today(wrong: Iterable[str], now: datetime) -> tuple[str, ...]:
    """An order's own count: the attempts of the last day."""
    since = to_ms(now - COUNTED_FOR)
    return tuple(one for one in wrong if _noted_ms(one) > since)


def is_open_to(wrong: Iterable[str], now: datetime) -> bool:
    """Whether one more attempt at the order is looked at, in whatever thread."""
    return len(of_today(wrong, now)) < MOST_WRONG_OF_ORDER


def with_attempts(wrong: Iterable[str], new: Iterable[str], now: datetime) -> tuple[str, ...]:
    """new: the names of attempts that were made now; the same one counts once, however often it is noted.
    What has lapsed is left out."""
    still = of_today(wrong, now)
    known = {one.partition("#")[2] for one in still}
    fresh = [f"{to_ms(now)}#{name}" for name in dict.fromkeys(new) if name not in known]
    return (*still, *fresh)[:MOST_WRONG_OF_ORDER]


def desk_to_json(desk: Desk) -> dict[str, Any]:
    """As a thread's row keeps it; {} for nothing."""
    whole = {
        "awaits": desk.awaits,
        "number": desk.number,
        "wrong": desk.wrong,
        "proven": list(desk.proven),
        "at_ms": desk.at_ms,
        "back": back_to_json(desk.back),
    }
    return {name: value for name, value in whole.items() if value}


def desk_from_json(raw: Mapping[str, Any]) -> Desk:
    """Read it back."""
    return Desk(
        awaits=raw.get("awaits", ""),
        number=raw.get("number", ""),
        wrong=int(raw.get("wrong", 0)),
        proven=tuple(raw.get("proven", ())),
        at_ms=int(raw.get("at_ms", 0)),
        back=back_from_json(raw.get("back", {})),
    )


def _noted_ms(attempt: str) -> int:
    moment = attempt.partition("#")[0]
    return int(moment) if moment.isdecimal() else 0


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
