"""A message that says something about consent: its records, what a person should look at, and one answer."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from chalicelib.domain import facts
from chalicelib.domain.consent.heard import SETTLED, Heard, records_of
from chalicelib.domain.consent.records import Consent
from chalicelib.domain.consent.words import said
from chalicelib.domain.events import ShopperMessage
from chalicelib.domain.ids import stable_id
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.threads import TOO_OLD_TO_ANSWER, Thread, is_after, mark, next_moment
from chalicelib.domain.work import OVERDUE, Due, Send
from chalicelib.ports.consents import Unclear
from chalicelib.ports.threads import Change

# A shopper is told once of each of these; to say no to a question is answer enough.
_TOLD: Final = {"stop": "stop", "start": "start", "yes": "start"}


def stop_by_edit(thread: Thread, message: Message, edit: facts.Fact, now: datetime) -> tuple[Consent, ...]:
    """Words that were changed into a STOP are one; the same whichever of the two came first."""
    if said(str(edit["text"])) != "stop" or message.author != "shopper" or thread.staff:
        return ()
    return records_of(
        "stop",
        merchant_id=thread.merchant_id,
        connection_id=thread.connection_id,
        channel=thread.channel,
        addresses=(thread.wire,),
        at=facts.edited_at(str(edit["edited"])) or now,
        now=now,
        ref=MessageRef(thread.merchant_id, thread.thread_id, message.sort).reference,
        text=str(edit["text"]),
    )


def with_consent(
    change: Change, before: Thread, message_said: ShopperMessage, heard: Heard, shown: str, now: datetime
) -> tuple[Change, Send | None]:
    """before: the thread as it was read. shown: their words, or the question that they answered."""
    message, thread = change.new[0], change.thread
    ref = MessageRef(thread.merchant_id, thread.thread_id, message.sort)
    if heard not in SETTLED:
        unclear = Unclear(
            thread.merchant_id,
            thread.thread_id,
            thread.shopper_id,
            message.message_id,
            message.text,
            message.sent_at,
        )
        return replace(change, unclear=unclear), None
    records = records_of(
        heard,
        merchant_id=thread.merchant_id,
        connection_id=thread.connection_id,
        channel=thread.channel,
        addresses=(*message_said.addresses, message_said.wire),
        at=message.sent_at,
        now=now,
        ref=ref.reference,
        text=shown,
    )
    change = replace(change, consents=(*change.consents, *records))
    told = _TOLD.get(heard, "")
    if not is_after(before, "consent", message.sent_at):
        return change, None
    marks = {**thread.marks, "consent": mark(told or heard, message.sent_at)}
    change = replace(change, thread=replace(thread, marks=marks))
    is_news = before.marks.get("consent", "").partition(" ")[2] != told
    if not told or not is_news or now - message.sent_at > TOO_OLD_TO_ANSWER:
        return change, None
    return _with_confirmation(change, told, message, now)


def _with_confirmation(change: Change, told: str, heard: Message, now: datetime) -> tuple[Change, Send]:
    """As an intent: its words are found when it is sent, in the language that the thread speaks by then."""
    thread = change.thread
    at = next_moment(thread, now)
    confirm = Message(
        message_id=stable_id("ms", "confirm", thread.thread_id, heard.message_id),
        author="auto",
        kind="text",
        text="",
        sent_at=at,
        status="queued",
        purpose="confirm",
        details={"consent": told},
    )
    send = Send(MessageRef(thread.merchant_id, thread.thread_id, confirm.sort), thread.group)
    return replace(
        change,
        thread=replace(thread, last_at=at),
        new=(*change.new, confirm),
        due=(*change.due, Due(send, now + OVERDUE)),
    ), send
