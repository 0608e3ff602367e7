"""Threads and messages in memory: what the use cases read back, they wrote before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from memory_people import MERCHANT, Consents, Dues, Persons

from chalicelib.domain.events import Address, Notice, Status
from chalicelib.domain.messages import Message, MessageRef, rank
from chalicelib.domain.people import Person, Place
from chalicelib.domain.promise.waits import Measured
from chalicelib.domain.surveys import Survey
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import Due, Send, Work
from chalicelib.ports.addresses import Found, Owned
from chalicelib.ports.afterwards import Held, Pointer
from chalicelib.ports.commerce import CartAsRead
from chalicelib.ports.consents import Counted, Reached
from chalicelib.ports.errors import AlreadyThere, Conflict
from chalicelib.ports.threads import Change, Paced, Told


class Threads:
    """The ThreadStore, as far as messages are written, sent and recorded."""

    def __init__(self, dues: Dues, consents: Consents, people: Persons) -> None:
        self._dues, self._consents, self._people = dues, consents, people
        self._threads = people.threads
        self.messages_of: dict[str, dict[str, Message]] = {}
        self._pointers: dict[tuple[str, str, str], Pointer] = {}
        self._keys: dict[str, MessageRef] = {}
        self.surveys: dict[tuple[str, str], Survey] = {}
        self._held: dict[str, dict[str, Held]] = {}
        self.is_cart_as_read: Callable[[CartAsRead], bool] = lambda cart: True

    def thread(self, merchant_id: str, thread_id: str) -> Thread | None:
        return self._threads.get(thread_id)

    def message(self, ref: MessageRef) -> Message | None:
        return self.messages_of.get(ref.thread_id, {}).get(ref.sort)

    def message_and_thread(self, ref: MessageRef) -> tuple[Message | None, Thread | None]:
        return self.message(ref), self._threads.get(ref.thread_id)

    def messages(
        self, merchant_id: str, thread_id: str, *, before: str = "", since: str = "", limit: int = 50
    ) -> list[Message]:
        rows = self.messages_of.get(thread_id, {})
        newest = [
            sort for sort in sorted(rows, reverse=True) if sort >= since and (not before or sort < before)
        ]
        return [rows[sort] for sort in newest[:limit]]

    def find(self, merchant_id: str, connection_id: str, addresses: Sequence[Address]) -> Found | None:
        places = [Place(connection_id, address) for address in addresses]
        held = tuple(self._people.owners[place] for place in places if place in self._people.owners)
        return Found(held[0].shopper_id, held[0].thread_id, held[0].address, held) if held else None

    def persons(self, merchant_id: str, shopper_ids: Sequence[str]) -> list[Person]:
        return [self._people.rows[one] for one in shopper_ids if one in self._people.rows]

    def erased_at(self, merchant_id: str, connection_id: str, values: Sequence[str]) -> datetime | None:
        return None

    def waits(self, merchant_id: str, connection_id: str, since: str) -> Measured:
        return Measured()

    def pointer(self, merchant_id: str, connection_id: str, chat: str, sent_id: str) -> Pointer | None:
        return self._pointers.get((connection_id, chat, sent_id))

    def survey(self, merchant_id: str, thread_id: str, sort: str) -> Survey | None:
        return self.surveys.get((thread_id, sort))

    def keyed(self, merchant_id: str, key: str) -> MessageRef | None:
        return self._keys.get(f"key {key}")

    def claimed(self, merchant_id: str, name: str) -> MessageRef | None:
        return self._keys.get(f"claim {name}")

    def commit(self, change: Change) -> None:
        self._check(change)
        thread = change.thread
        self._threads[thread.thread_id] = replace(thread, version=thread.version + 1)
        rows = self.messages_of.setdefault(thread.thread_id, {})
        rows |= {one.sort: one for one in change.new}
        for pointer in change.pointers:
            self._pointers[(pointer.connection_id, pointer.chat, pointer.channel_message_id)] = pointer
        for name in _names(change):
            self._keys[name] = MessageRef(thread.merchant_id, thread.thread_id, change.new[0].sort)
        self._know(change)
        if change.survey is not None:
            self.surveys[change.survey.thread_id, change.survey.sort] = change.survey
        for due in change.due:
            self._dues.set(due)
        for work in change.done:
            self._dues.forget(work)
        self._consents.add(change.consents, thread.shopper_id)
        if change.reached is not None:
            self._consents.reach(change.reached)

    def _check(self, change: Change) -> None:
        kept = self._threads.get(change.thread.thread_id)
        if (kept.version if kept else 0) != change.thread.version:
            raise Conflict
        known = [(one.connection_id, one.chat, one.channel_message_id) for one in change.pointers]
        if any(one in self._pointers for one in known) or any(name in self._keys for name in _names(change)):
            raise AlreadyThere

    def _know(self, change: Change) -> None:
        thread = change.thread
        if not change.addresses:
            return
        new = [Place(thread.connection_id, one) for one in change.addresses]
        for place in new:
            self._people.owners[place] = Owned(place.address, thread.shopper_id, thread.thread_id)
        was = self._people.rows.get(
            thread.shopper_id, Person(merchant_id=MERCHANT, shopper_id=thread.shopper_id)
        )
        self._people.rows[thread.shopper_id] = replace(
            was,
            places=tuple(dict.fromkeys((*was.places, *new))),
            threads=tuple(sorted({*was.threads, thread.thread_id})),
        )

    def mark(self, merchant_id: str, thread_id: str, name: str, marked: str) -> None:
        thread = self._threads[thread_id]
        if thread.marks.get(name, "") < marked:
            marks = {**thread.marks, name: marked}
            self._threads[thread_id] = replace(thread, marks=marks, version=thread.version + 1)

    def claim(
        self,
        ref: MessageRef,
        *,
        claim: str,
        now: datetime,
        lease_until: datetime,
        told: Told | None,
        paced: Paced | None = None,
        counted: Counted | None = None,
        reached: Reached | None = None,
        cart: CartAsRead | None = None,
    ) -> None:
        message, thread = self._free(ref), self._threads[ref.thread_id]
        work = next((due.work for due in self._dues.rows.values() if _is_of(due.work, ref)), None)
        if work is None or (told is not None and told.version != thread.version):
            raise Conflict
        if paced is not None and paced.was_ms != thread.paced_ms:
            raise Conflict
        if cart is not None and not self.is_cart_as_read(cart):
            raise Conflict
        if counted is not None:
            self._consents.count(counted)
        if reached is not None:
            self._consents.reach(reached)
        if told is not None or paced is not None:
            paced_ms = thread.paced_ms if paced is None else paced.ms
            thread = replace(thread, paced_ms=paced_ms, version=thread.version + 1)
            if told is not None and told.spell is not None:
                thread = replace(thread, spell=told.spell, answer="")
            if told is not None and told.settles:
                thread = replace(thread, waiting_since=None, promised_at=None)
            self._threads[ref.thread_id] = thread
        taken: dict[str, Any] = {
            "claim": claim,
            "lease_until": lease_until,
            "started_at": now,
            "attempt": message.attempt + 1,
        }
        if told is not None:
            taken |= {"text": told.text, "details": told.decision or message.details}
        self._put(ref, replace(message, **taken))
        self._dues.set(Due(work, lease_until))

    def postpone(self, ref: MessageRef, due: Due, reason: str) -> None:
        self._put(ref, replace(self._free(ref), reason=reason))
        self._dues.set(due)

    def release(self, ref: MessageRef, *, claim: str, due: Due) -> None:
        message = self.message(ref)
        if message is not None and message.claim == claim:
            self._put(ref, replace(message, claim="", lease_until=None))
            self._dues.set(due)

    def settle(
        self,
        ref: MessageRef,
        status: Status,
        *,
        claim: str,
        reason: str = "",
        pointer: Pointer | None = None,
        reactions: Mapping[str, str] | None = None,
    ) -> None:
        message = self.message(ref)
        if message is None or message.claim != claim:
            raise Conflict
        ended: dict[str, Any] = {"claim": "", "lease_until": None}
        if pointer is not None:
            ended |= {"channel_message_id": pointer.channel_message_id, "chat": pointer.chat}
            self._pointers[(pointer.connection_id, pointer.chat, pointer.channel_message_id)] = pointer
        if rank(message.status) <= rank(status):
            ended |= {"status": status, "reason": reason}
        self._put(ref, replace(message, **ended))
        self._dues.forget(Send(ref, ""))

    def raise_status(
        self, ref: MessageRef, status: Status, *, reason: str = "", of: str = ""
    ) -> Message | None:
        message = self.message(ref)
        if message is not None and rank(message.status) < rank(status):
            self._put(ref, replace(message, status=status, reason=reason))
        return self.message(ref)

    def hold(self, held: Held, connection_id: str, *, claim: str, reason: str, until: datetime) -> None:
        message = self.message(held.work.ref)
        if message is None or message.status != "queued" or message.claim != claim:
            raise Conflict
        self._put(held.work.ref, replace(message, claim="", lease_until=None, reason=reason))
        self._held.setdefault(connection_id, {})[held.work.ref.reference] = held
        self._dues.set(Due(held.work, until))

    def held(self, merchant_id: str, connection_id: str, limit: int = 100) -> list[Held]:
        return list(self._held.get(connection_id, {}).values())[:limit]

    def let_go(self, merchant_id: str, connection_id: str, held: Sequence[Held]) -> None:
        for one in held:
            self._held.get(connection_id, {}).pop(one.work.ref.reference, None)

    def keep_notice(self, merchant_id: str, connection_id: str, notice: Notice, at: datetime) -> None:
        """Nobody reads it here."""

    def _free(self, ref: MessageRef) -> Message:
        message = self.message(ref)
        if message is None or message.status != "queued" or message.claim:
            raise Conflict
        return message

    def _put(self, ref: MessageRef, message: Message) -> None:
        self.messages_of[ref.thread_id][ref.sort] = message


def _names(change: Change) -> list[str]:
    return [*([f"key {change.key}"] if change.key else []), *(f"claim {one.name}" for one in change.claims)]


def _is_of(work: Work, ref: MessageRef) -> bool:
    return isinstance(work, Send) and work.ref == ref
