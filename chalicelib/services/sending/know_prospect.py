"""What has to be known of somebody before the shop addresses them of its own accord."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chalicelib.domain.consent.records import Consent, ConsentPurpose, address_key, standing
from chalicelib.domain.gate.prospects import COUNTED_FOR, Prospect, rules_from
from chalicelib.domain.merchants import Shop
from chalicelib.domain.people import Person, Place
from chalicelib.domain.threads import Thread
from chalicelib.ports.consents import ConsentStore, Counted, Marketed
from chalicelib.ports.people import PeopleStore
from chalicelib.services.people.people import NoSuchShopper, People
from chalicelib.services.people.whereabouts import whereabouts

# Merges of merges: nobody has as many.
_MOST_IN_ONE: Final = 50


@dataclass(frozen=True, slots=True)
class Known:
    """A prospect, all that was ever said about their addresses, and on which read it was decided."""

    prospect: Prospect
    records: tuple[Consent, ...]
    shopper_id: str
    was: Marketed

    def counted(self, merchant_id: str, reference: str, now: datetime, *, is_marketing: bool) -> Counted:
        """What claiming the message writes: it is counted once, however often it is tried."""
        if not is_marketing:
            return Counted(merchant_id, self.shopper_id, self.was)
        sent = [one for one in self.was.sent if now - one[0] < COUNTED_FOR and one[1] != reference]
        return Counted(merchant_id, self.shopper_id, self.was, (*sent, (now, reference)))


class KnowProspect:
    """Reads a person's addresses, what was said about each, and what went to them of late."""

    def __init__(self, people: PeopleStore, consents: ConsentStore) -> None:
        self._store, self._people, self._consents = people, People(people), consents

    def __call__(
        self, thread: Thread, shop: Shop, purpose: ConsentPurpose, now: datetime, reference: str = ""
    ) -> Known:
        """reference: of the message that is about to be sent, which does not count against itself.

        Raises StoreBusy.
        """
        person = self._person(thread)
        # First what was sent, then what was said: whoever says something later moves what was sent.
        marketed = self._consents.marketed(thread.merchant_id, self._everybody(person))
        places = {*person.places, Place(thread.connection_id, thread.wire)}
        records = self._consents.of_addresses(
            thread.merchant_id, sorted(address_key(one.connection_id, one.address) for one in places)
        )
        wire = Place(thread.connection_id, thread.wire)
        others = [one for one in places - {wire} if one.connection_id == thread.connection_id]
        here = [address_key(one.connection_id, one.address) for one in (wire, *others)]
        phones = sorted(one.address.value for one in places if one.address.kind == "phone")
        phone = thread.wire.value if thread.wire.kind == "phone" else "".join(phones[:1])
        where = whereabouts(phone, thread.language_hint, shop.country, shop.zone)
        # A question that is about to be asked has not been asked before by itself.
        before = [one for one in records if one.state != "asked" or one.ref != reference]
        sent = [one for each in marketed for one in each.sent if one[1] != reference]
        prospect = Prospect(
            stands=standing(before, purpose, thread.channel, here),
            country=where.country,
            heeds=where.heeds,
            zones=where.zones,
            marketed_at=tuple(sorted(at for at, _ in sent if now - at < COUNTED_FOR)),
            rules=rules_from(shop.marketing),
        )
        return Known(prospect, tuple(records), person.shopper_id, marketed[0])

    def _person(self, thread: Thread) -> Person:
        try:
            return self._people.person(thread.merchant_id, thread.shopper_id)
        except NoSuchShopper:
            return Person(merchant_id=thread.merchant_id, shopper_id=thread.shopper_id)

    def _everybody(self, person: Person) -> list[str]:
        """The ids under which they were known: the present one first."""
        found, left = [person.shopper_id], [person]
        while left and len(found) < _MOST_IN_ONE:
            one = left.pop()
            merged = [merge.merged for merge in self._people.merges(one) if merge.state in ("begun", "done")]
            new = [shopper_id for shopper_id in merged if shopper_id not in found]
            found += new
            read = (self._store.person(person.merchant_id, shopper_id) for shopper_id in new)
            left += [who for who in read if who is not None and who.merges]
        return found
