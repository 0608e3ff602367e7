"""What is known of a shopper, put together from all their rows."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from chalicelib.domain.commerce.buyers import BuyerKey
from chalicelib.domain.commerce.carts import Cart, is_open
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.commerce.reminding import ordered_since
from chalicelib.domain.consent.records import Consent, ConsentPurpose, address_key, standing
from chalicelib.domain.people import Person, Place
from chalicelib.domain.segments.profiles import CartState, ConsentState, Profile
from chalicelib.domain.threads import Thread
from chalicelib.ports.commerce import Bought, CommerceStore
from chalicelib.ports.consents import ConsentStore
from chalicelib.ports.people import PeopleStore
from chalicelib.services.people.people import NoSuchShopper, People
from chalicelib.services.people.whereabouts import whereabouts

# Of whoever has bought more, so many of the latest count.
_MOST_BOUGHT: Final = 200
_MOST_PRODUCTS: Final = 200
# What of a link or an ad names it.
_NAMING: Final = ("ref", "source_id", "ad_id", "source", "source_type")
_LONGEST_NAME: Final = 200


class MakeProfile:
    """Reads their row, threads, consents and what they bought: whoever loses a profile makes it again."""

    def __init__(
        self,
        people: PeopleStore,
        threads_named: Callable[[str, Collection[str]], list[Thread]],
        consents: ConsentStore,
        commerce: CommerceStore,
    ) -> None:
        """threads_named: as `ReportStore.threads_named`."""
        self._people, self._threads_named = People(people), threads_named
        self._consents, self._commerce = consents, commerce

    def __call__(self, merchant_id: str, shopper_id: str) -> Profile | None:
        """None for who is not there, has turned out to be somebody else, works for the shop, or has no thread
        in which they could be written to. Raises StoreBusy."""
        try:
            person = self._people.person(merchant_id, shopper_id)
        except NoSuchShopper:
            return None
        if person.shopper_id != shopper_id or not person.threads:
            return None
        found = self._threads_named(merchant_id, person.threads)
        threads = sorted((one for one in found if not one.staff), key=_newness, reverse=True)
        if not threads:
            return None
        records = self._records(person, threads)
        orders, carts = self._bought(person)
        sold = [one for one in orders if one.bought_at is not None and one.state == "open"]
        latest = max(carts, key=lambda cart: (cart.at, cart.cart_id), default=None)
        return Profile(
            merchant_id=merchant_id,
            shopper_id=shopper_id,
            name=person.name or next((one.shopper_name for one in threads if one.shopper_name), ""),
            channels=_once(sorted(one.channel for one in threads)),
            connections=_once(sorted(one.connection_id for one in threads)),
            threads=tuple(one.thread_id for one in threads),
            language=_language(person, threads),
            country=_country(person, threads),
            tags=_once(sorted(tag for one in threads for tag in one.tags)),
            marketing=_consent(records, "marketing", person, threads),
            updates=_consent(records, "updates", person, threads),
            first_seen=min(_told(one.first_at or one.shopper_at for one in threads), default=None),
            last_seen=max(_told(one.shopper_at for one in threads), default=None),
            last_answered=max(_told(one.human_at for one in threads), default=None),
            orders=len(sold),
            spent=_spent(sold),
            last_order=max(_told(_placed_at(one) for one in sold), default=None),
            products=_products(sold),
            cart=_cart_state(latest, orders),
            cart_at=latest.at if latest is not None else None,
            satisfaction=_last_score(threads),
            referrals=_once(sorted(name for one in threads for name in _names(one.referral))),
        )

    def _records(self, person: Person, threads: Sequence[Thread]) -> list[Consent]:
        places = {*person.places, *(Place(one.connection_id, one.wire) for one in threads)}
        keys = sorted({address_key(one.connection_id, one.address) for one in places})
        return self._consents.of_addresses(person.merchant_id, keys)

    def _bought(self, person: Person) -> tuple[list[Order], list[Cart]]:
        shoppers = self._people.taken_for(person) if person.merges else (person.shopper_id,)
        phones = [one.address.value for one in person.places if one.address.kind == "phone"]
        keys = [BuyerKey("shopper", one) for one in shoppers] + [BuyerKey("phone", one) for one in phones]
        found: Bought = self._commerce.of_buyers(person.merchant_id, keys, _MOST_BOUGHT)
        return [one.order for one in found.orders], [one.cart for one in found.carts]


def _newness(thread: Thread) -> tuple[bool, datetime | None, str]:
    return thread.spoken_at is not None, thread.spoken_at, thread.thread_id


def _language(person: Person, threads: Sequence[Thread]) -> str:
    """What they were last written to in, else what their channel says, else what is known of them."""
    told = [one.language or one.language_hint for one in threads]
    spelled = next((one for one in (*told, person.language) if one), "")
    return spelled.replace("_", "-").partition("-")[0].casefold()


def _country(person: Person, threads: Sequence[Thread]) -> str:
    """By a number, else by a language that names a country; not by where the shop is."""
    phones = sorted(one.address.value for one in person.places if one.address.kind == "phone")
    hints = [one.language_hint for one in threads if one.language_hint]
    asked = [(phone, "") for phone in phones] + [("", hint) for hint in hints]
    found = (whereabouts(phone, hint, "", "UTC").country for phone, hint in asked)
    return next((country for country in found if country), "")


def _consent(
    records: Sequence[Consent], purpose: ConsentPurpose, person: Person, threads: Sequence[Thread]
) -> ConsentState:
    said = set[ConsentState]()
    for thread in threads:
        wire = Place(thread.connection_id, thread.wire)
        others = [one for one in person.places if one.connection_id == thread.connection_id and one != wire]
        here = [address_key(one.connection_id, one.address) for one in (wire, *others)]
        stands = standing(records, purpose, thread.channel, here)
        is_stopped = stands.stopped_there or thread.preference == "stop"
        said.add("withdrawn" if is_stopped and purpose == "marketing" else stands.state)
    return "given" if "given" in said else "withdrawn" if "withdrawn" in said else "none"


def _spent(sold: Iterable[Order]) -> Mapping[str, Decimal]:
    """What they paid, without what they got back."""
    found: dict[str, Decimal] = {}
    for one in sold:
        left = one.total - sum((refund.amount for refund in one.refunds), Decimal(0))
        if one.currency and left > 0:
            found[one.currency] = found.get(one.currency, Decimal(0)) + left
    return dict(sorted(found.items()))


def _placed_at(order: Order) -> datetime | None:
    return order.placed_at or order.bought_at


def _products(sold: Sequence[Order]) -> tuple[str, ...]:
    """sold: the latest first."""
    named = (name for one in sold for line in one.lines for name in (line.product_id, line.sku) if name)
    return _once(named)[:_MOST_PRODUCTS]


def _cart_state(cart: Cart | None, orders: Sequence[Order]) -> CartState:
    if cart is None:
        return "none"
    if cart.bought_at is not None or ordered_since(cart, orders) is not None:
        return "bought"
    return "open" if is_open(cart) else "none"


def _last_score(threads: Iterable[Thread]) -> str:
    told = max((one.marks["score"] for one in threads if one.score), default="")
    return told.partition(" ")[2]


def _names(referral: Mapping[str, object]) -> Iterator[str]:
    for name in _NAMING:
        told = referral.get(name)
        if isinstance(told, str | int) and 0 < len(str(told)) <= _LONGEST_NAME:
            yield str(told)


def _told(moments: Iterable[datetime | None]) -> list[datetime]:
    return [at for at in moments if at is not None]


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
