"""Work that waits, consents and persons in memory: what the use cases read back, they wrote before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.consent.records import Consent
from chalicelib.domain.people import Merge, Person, Place, to_move
from chalicelib.domain.platform_rules import TIER_SPAN
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import Due, Work, due_id
from chalicelib.ports.addresses import Owned
from chalicelib.ports.consents import Counted, Marketed, Reached, TierUsed
from chalicelib.ports.errors import Conflict

MERCHANT = "mt_1"


class Dues:
    """The DueStore."""

    def __init__(self) -> None:
        self.rows: dict[str, Due] = {}

    def set(self, due: Due) -> None:
        self.rows[due.due_id] = due

    def forget(self, work: Work) -> None:
        self.rows.pop(due_id(work), None)

    def due(self, now: datetime, limit: int) -> list[Due]:
        ripe = [due for due in self.rows.values() if due.at <= now]
        return sorted(ripe, key=lambda due: due.at)[:limit]

    def postpone(self, due: Due, at: datetime) -> None:
        if due.due_id in self.rows:
            self.rows[due.due_id] = replace(due, at=at)


class Consents:
    """The ConsentStore."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Consent]] = {}
        self.shares: dict[str, Marketed] = {}
        self.reached: dict[str, dict[str, datetime]] = {}

    def add(self, records: Sequence[Consent], shopper_id: str = "") -> None:
        for one in records:
            self.rows.setdefault(one.address, {}).setdefault(one.record_id, one)
        if records and shopper_id:
            self._moved(shopper_id, self._share(shopper_id).sent)

    def of_addresses(self, merchant_id: str, addresses: Sequence[str]) -> list[Consent]:
        return [one for address in addresses for one in self.rows.get(address, {}).values()]

    def marketed(self, merchant_id: str, shopper_ids: Sequence[str]) -> list[Marketed]:
        return [self._share(shopper_id) for shopper_id in shopper_ids]

    def tier_used(self, merchant_id: str, portfolio: str, shopper: str, now: datetime) -> TierUsed:
        room = self.reached.get(portfolio, {})
        lately = [who for who, at in room.items() if now - at < TIER_SPAN]
        return TierUsed(len(lately), shopper in lately)

    def count(self, counted: Counted) -> None:
        if self._share(counted.shopper_id).version != counted.was.version:
            raise Conflict
        if counted.sent is not None:
            self._moved(counted.shopper_id, counted.sent)

    def reach(self, reached: Reached) -> None:
        self.reached.setdefault(reached.portfolio, {})[reached.shopper] = reached.at

    def _share(self, shopper_id: str) -> Marketed:
        return self.shares.get(shopper_id, Marketed())

    def _moved(self, shopper_id: str, sent: tuple[tuple[datetime, str], ...]) -> None:
        self.shares[shopper_id] = Marketed(sent, self._share(shopper_id).version + 1)


class Persons:
    """The PeopleStore."""

    def __init__(self) -> None:
        self.rows: dict[str, Person] = {}
        self.owners: dict[Place, Owned] = {}
        self.threads: dict[str, Thread] = {}
        self._merges: dict[str, Merge] = {}

    def person(self, merchant_id: str, shopper_id: str) -> Person | None:
        return self.rows.get(shopper_id)

    def merge(self, merchant_id: str, merge_id: str) -> Merge | None:
        return self._merges.get(merge_id)

    def merges(self, merchant_id: str, merge_ids: Sequence[str]) -> list[Merge]:
        return sorted((self._merges[one] for one in merge_ids), key=lambda one: (one.at, one.merge_id))

    def begin(self, merge: Merge, name: str = "") -> None:
        stayed, merged = self.rows[merge.stayed], self.rows[merge.merged]
        if merge.merge_id in self._merges or any(one.merging or one.merged_into for one in (stayed, merged)):
            raise Conflict
        self._merges[merge.merge_id] = merge
        merges = tuple(sorted({*stayed.merges, merge.merge_id}))
        self.rows[merge.stayed] = replace(stayed, merges=merges, merging=merge.merge_id)
        self.rows[merge.merged] = replace(
            merged, merged_into=merge.stayed, merged_by=merge.merge_id, merging=merge.merge_id
        )

    def begin_undoing(self, merge: Merge, at: datetime) -> None:
        stayed, merged = self.rows[merge.stayed], self.rows[merge.merged]
        if self._merges[merge.merge_id].state != "done" or stayed.merging or stayed.merged_into:
            raise Conflict
        if merged.merging or merged.merged_by != merge.merge_id:
            raise Conflict
        self._merges[merge.merge_id] = replace(merge, state="undoing", undone_at=at)
        for one in (stayed, merged):
            self.rows[one.shopper_id] = replace(one, merging=merge.merge_id)

    def move_some(self, merge: Merge) -> bool:
        giver, taker = self.rows[merge.giver], self.rows[merge.taker]
        threads = to_move(merge, giver.threads, merge.threads)
        places = [
            place
            for place in giver.places
            if merge.state == "begun" or self.owners[place].thread_id in merge.threads
        ]
        for thread_id in threads:
            thread = self.threads[thread_id]
            moved = replace(thread, shopper_id=merge.taker, version=thread.version + 1)
            self.threads[thread_id] = moved
        for place in places:
            self.owners[place] = replace(self.owners[place], shopper_id=merge.taker)
        self.rows[merge.giver] = replace(
            giver,
            threads=tuple(sorted(set(giver.threads) - set(threads))),
            places=tuple(one for one in giver.places if one not in places),
        )
        self.rows[merge.taker] = replace(
            taker,
            threads=tuple(sorted({*taker.threads, *threads})),
            places=tuple(dict.fromkeys((*taker.places, *places))),
        )
        if merge.state == "begun":
            remembered = tuple(sorted({*merge.threads, *threads}))
            self._merges[merge.merge_id] = replace(merge, threads=remembered)
        return bool(threads or places)

    def end(self, merge: Merge) -> None:
        is_undone = merge.state == "undoing"
        self._merges[merge.merge_id] = replace(merge, state="undone" if is_undone else "done")
        self.rows[merge.stayed] = replace(self.rows[merge.stayed], merging="")
        merged = replace(self.rows[merge.merged], merging="")
        self.rows[merge.merged] = replace(merged, merged_into="", merged_by="") if is_undone else merged
