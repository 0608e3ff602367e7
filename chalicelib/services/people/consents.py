"""What the shop notes of a shopper's consent, reads of it, and brings from elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chalicelib.domain.consent.records import ELSEWHERE, Consent, ConsentPurpose, How, State, address_key
from chalicelib.domain.events import Address
from chalicelib.domain.people import Person
from chalicelib.ports.consents import ConsentStore, Unclear, row_of
from chalicelib.ports.people import PeopleStore
from chalicelib.services.people.people import People
from chalicelib.services.people.phones import normal_phone
from chalicelib.services.people.whereabouts import whereabouts

_TURKEY: Final = "TR"


class NoAddress(Exception):
    """Nobody can be meant by this. place: which one of the list; field: what of it."""

    def __init__(self, place: int, field: str, message: str) -> None:
        super().__init__(message)
        self.place, self.field, self.message = place, field, message


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What somebody of the shop, a form or a list says that a shopper has said."""

    purpose: ConsentPurpose
    state: State
    at: datetime
    how: How
    channels: tuple[str, ...] = ()
    text: str = ""
    ref: str = ""
    by: str = ""
    registry: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Of whom it is said: a phone number in any spelling, an e-mail address, or a channel's own id."""

    phone: str = ""
    email: str = ""
    connection_id: str = ""
    kind: str = ""
    value: str = ""


class Consents:
    """Every call names the merchant. Raises StoreBusy when it may pass later."""

    def __init__(
        self,
        people: PeopleStore,
        consents: ConsentStore,
        touch_holders: Callable[[str, Sequence[Consent]], None] = lambda merchant_id, records: None,
    ) -> None:
        """touch_holders: whoever writes from one of the addresses is to be looked at anew."""
        self._people, self._consents = People(people), consents
        self._touch_holders = touch_holders

    def note(self, merchant_id: str, shopper_id: str, noted: Noted, now: datetime) -> list[Consent]:
        """For every address that the person has. Raises NoSuchShopper."""
        person = self._people.person(merchant_id, shopper_id)
        records = [_record(merchant_id, key, noted, now) for key in _keys(person)]
        self._consents.add(records, person.shopper_id)
        return records

    def history(self, merchant_id: str, shopper_id: str) -> list[Consent]:
        """All that was ever said about their addresses, newest first. Raises NoSuchShopper."""
        person = self._people.person(merchant_id, shopper_id)
        found = self._consents.of_addresses(merchant_id, _keys(person))
        return sorted(found, key=lambda one: (one.at, one.record_id), reverse=True)

    def bring(
        self, merchant_id: str, named: Sequence[tuple[Named, Noted]], country: str, now: datetime
    ) -> list[Consent]:
        """From a list: all of it, or nothing when one can't be read. country: what numbers without `+` are
        read in. Raises NoAddress."""
        records = [
            _record(merchant_id, _key_of(who, country, place), noted, now)
            for place, (who, noted) in enumerate(named)
        ]
        once = list({one.record_id: one for one in records}.values())
        self._consents.add(once)
        self._touch_holders(merchant_id, once)
        return once

    def journal(self, merchant_id: str, month: str, after: str, limit: int) -> list[Consent]:
        """What was noted in a month, in that order."""
        return self._consents.journal(merchant_id, month, after=after, limit=limit)

    def to_file(
        self, merchant_id: str, month: str, after: str, limit: int
    ) -> tuple[list[Consent], str | None]:
        """Of what was noted in a month, after that row, what was said about Turkish numbers and has to stand
        in the country's registry; and the row to go on after, None at the end."""
        page = self._consents.journal(merchant_id, month, after=after, limit=limit)
        return [one for one in page if _is_for_iys(one)], row_of(page[-1]) if len(page) == limit else None

    def unclear(self, merchant_id: str, after: str, limit: int) -> list[Unclear]:
        """Words that may have been meant as a stop, the oldest first."""
        return self._consents.unclear(merchant_id, after=after, limit=limit)

    def settle_unclear(self, merchant_id: str, row: str) -> None:
        """A person has looked at it."""
        self._consents.forget_unclear(merchant_id, row)


def _is_for_iys(one: Consent) -> bool:
    kind, _, value = one.address.partition("#")
    is_said = one.purpose == "marketing" and one.state in ("given", "withdrawn") and one.how != "registry"
    is_ours = not one.channels or not set(one.channels) <= set(ELSEWHERE)
    return kind == "phone" and is_said and is_ours and whereabouts(value, "", "", "UTC").country == _TURKEY


def _keys(person: Person) -> list[str]:
    return sorted({address_key(one.connection_id, one.address) for one in person.places})


def _key_of(named: Named, country: str, place: int) -> str:
    if named.phone:
        phone = normal_phone(named.phone, country)
        if phone is None:
            raise NoAddress(place, "phone", "This is no phone number; write it with + and its country.")
        return address_key("", Address("phone", phone))
    if named.email:
        return address_key("", Address("email", named.email.strip().casefold()))
    if named.kind in ("phone", "email"):
        return _key_of(Named(**{named.kind: named.value}), country, place)
    if named.connection_id and named.kind and named.value:
        return address_key(named.connection_id, Address(named.kind, named.value))
    raise NoAddress(place, "", "Name a phone, an email, or connection_id with kind and value.")


def _record(merchant_id: str, address: str, noted: Noted, now: datetime) -> Consent:
    return Consent(
        merchant_id=merchant_id,
        address=address,
        purpose=noted.purpose,
        state=noted.state,
        at=noted.at,
        how=noted.how,
        noted_at=now,
        channels=noted.channels,
        ref=noted.ref,
        text=noted.text,
        by=noted.by,
        registry=noted.registry,
    )
