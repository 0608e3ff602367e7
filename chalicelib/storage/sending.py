"""Sending a message: who has it, how far it has come, how it ended."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.answering.spells import spell_to_json
from chalicelib.domain.content import content_to_json
from chalicelib.domain.events import Status
from chalicelib.domain.messages import Message, MessageRef, rank
from chalicelib.domain.work import Due, Send, due_id
from chalicelib.ports.afterwards import Pointer
from chalicelib.ports.commerce import CartAsRead
from chalicelib.ports.consents import Counted, Reached
from chalicelib.ports.errors import AlreadyThere, Conflict
from chalicelib.ports.threads import Paced, Told
from chalicelib.storage import rows
from chalicelib.storage.commerce import cart_as_read
from chalicelib.storage.consents import count, reach
from chalicelib.storage.errors import answers, undisturbed
from chalicelib.storage.keeping import Keeping
from chalicelib.storage.models import DueItem, MessageItem, ThreadItem
from chalicelib.storage.pointers import point
from chalicelib.storage.reading import get
from chalicelib.storage.touches import put_touches
from chalicelib.storage.transaction import Refused, Transaction
from chalicelib.storage.waits import nobody_waits


class DynamoSending(Keeping):
    """Claims are conditional writes: only one sender has a message, and what is further on stays."""

    def raise_status(
        self, ref: MessageRef, status: Status, *, reason: str = "", of: str = ""
    ) -> Message | None:
        """Move a message up to `status`, never down. The message as it is then; None when there is none."""
        item = rows.message_item(ref)
        is_lower = MessageItem.pk.exists() & (MessageItem.rank < rank(status))
        if of:
            is_lower &= ~MessageItem.given_up.contains(of)
        try:
            with answers():
                undisturbed(lambda: item.update(_raised(status, reason), is_lower))
        except Conflict:
            found = get(MessageItem, item.pk, item.sk)
            return None if found is None else rows.message_of_row(found)
        return rows.message_of_row(item)

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
        """Take a queued message for sending; its due row moves to the lease's end.

        Raises Conflict when it is no longer queued and free.
        """
        actions: list[Action] = [
            MessageItem.claim.set(claim),
            MessageItem.lease_until.set(lease_until),
            MessageItem.started_at.set(now),
            MessageItem.attempt.add(1),
        ]
        actions += _words(told)
        is_free = (MessageItem.status == "queued") & MessageItem.claim.does_not_exist()
        due = DueItem(due_id(Send(ref, "")))
        until = DueItem.due_at.set(rows.due_at_key(lease_until, due.id))
        with Transaction() as write:
            write.update("message", rows.message_item(ref), actions, is_free)
            write.update("due", due, [until], DueItem.id.exists())
            if told is not None or paced is not None:
                _tell(write, ref, told, paced)
            if counted is not None:
                count(write, counted)
            if reached is not None:
                reach(write, reached)
            if cart is not None:
                cart_as_read(write, cart)

    def postpone(self, ref: MessageRef, due: Due, reason: str) -> None:
        """A queued message waits until it is due, and shows why."""
        is_free = (MessageItem.status == "queued") & MessageItem.claim.does_not_exist()
        with Transaction() as write:
            write.update("message", rows.message_item(ref), [MessageItem.reason.set(reason)], is_free)
            write.put("due", rows.row_of_due(due))

    def release(self, ref: MessageRef, *, claim: str, due: Due) -> None:
        """Give back a message that did not leave, to be tried when due."""
        free: list[Action] = [MessageItem.claim.remove(), MessageItem.lease_until.remove()]
        try:
            with Transaction() as write:
                write.update("message", rows.message_item(ref), free, MessageItem.claim == claim)
                write.put("due", rows.row_of_due(due))
        except Refused:
            return

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
        """Write how sending ended and take the due row away; a status that is further on stays.

        Raises AlreadyThere when facts wait in the pointer, Conflict when the claim is not ours (any more).
        """
        ended: list[Action] = [MessageItem.claim.remove(), MessageItem.lease_until.remove()]
        for who, value in (reactions or {}).items():
            place: Any = MessageItem.reactions[who]
            ended.append(place.set(value))
        if pointer is not None:
            ended += [
                MessageItem.channel_message_id.set(pointer.channel_message_id),
                MessageItem.chat.set(pointer.chat),
            ]
        is_free = MessageItem.pk.exists() & MessageItem.claim.does_not_exist()
        ours = MessageItem.claim == claim if claim else is_free
        further: Condition = MessageItem.rank > rank(status)
        for actions, where in (([*ended, *_raised(status, reason)], ~further), (ended, further)):
            try:
                self._settle(ref, actions, ours & where, pointer)
                return
            except Refused as error:
                if error.labels == {"pointer"}:
                    raise AlreadyThere from error
        raise Conflict("the claim is not ours any more")

    def _settle(
        self, ref: MessageRef, actions: list[Action], condition: Condition, pointer: Pointer | None
    ) -> None:
        with Transaction() as write:
            if pointer is not None:
                point(write, ref.merchant_id, pointer, self._kept)
            write.update("message", rows.message_item(ref), actions, condition)
            write.delete("due", DueItem(due_id(Send(ref, ""))))


def _raised(status: Status, reason: str) -> list[Action]:
    """A reason belongs to its status: what was uncertain or failed and has arrived after all has none."""
    why = MessageItem.reason.set(reason) if reason else MessageItem.reason.remove()
    return [MessageItem.status.set(status), MessageItem.rank.set(rank(status)), why]


def _words(told: Told | None) -> list[Action]:
    """What the message has become; another attempt finds there what was decided."""
    if told is None:
        return []
    actions: list[Action] = [MessageItem.text.set(told.text)]
    if told.decision:
        actions.append(MessageItem.details.set(dict(told.decision)))
    if told.content is not None:
        actions.append(MessageItem.kind.set(told.content.kind))
        actions.append(MessageItem.content.set(content_to_json(told.content)))
    return actions


def _tell(write: Transaction, ref: MessageRef, told: Told | None, paced: Paced | None) -> None:
    """What was told stands on the thread too; the version moves, so that nobody saves over it."""
    actions: list[Action] = [ThreadItem.version.add(1)]
    if paced is not None:
        actions.append(ThreadItem.paced_ms.set(paced.ms))
    if told is not None:
        actions += _of_thread(told)
        if told.minds is not None:
            write.put("minds", rows.row_of_due(told.minds))
        if told.settles:
            nobody_waits(write, ref.merchant_id, told.connection_id, ref.thread_id)
        put_touches(write, ref.merchant_id, [told.touches])
    row = ThreadItem(rows.thread_key(ref.merchant_id, ref.thread_id), "thread")
    is_as_decided: Condition = ThreadItem.pk.exists()
    if told is not None:
        is_as_decided &= ThreadItem.version == told.version
    if paced is not None:
        is_as_decided &= ThreadItem.paced_ms == paced.was_ms
    write.update("thread", row, actions, is_as_decided)


def _of_thread(told: Told) -> list[Action]:
    actions: list[Action] = [ThreadItem.language.set(told.language)]
    if told.shopper_name:
        actions.append(ThreadItem.shopper_name.set(told.shopper_name))
    if told.spell is not None:
        actions += [ThreadItem.spell.set(spell_to_json(told.spell)), ThreadItem.answer.remove()]
    if told.content is not None and told.content.options:
        actions.append(ThreadItem.choices.set([asdict(one) for one in told.content.options]))
    if told.settles:
        actions += [ThreadItem.waiting_since.remove(), ThreadItem.promised_at.remove()]
    elif told.promised_at is not None:
        actions.append(ThreadItem.promised_at.set(told.promised_at))
    return actions
