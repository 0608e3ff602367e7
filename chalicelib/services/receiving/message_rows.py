"""The rows that a shopper's message becomes, and its answer as an intent. Pure."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain import facts
from chalicelib.domain.albums import album_pointer, album_text, joined, last_part, part_of
from chalicelib.domain.answering.asks import WORDS, Ask, ask_to_json
from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.choices import with_choice
from chalicelib.domain.consent.heard import CONSENT_WORD, SETTLED, Heard
from chalicelib.domain.events import ShopperMessage
from chalicelib.domain.files import as_received, media_work
from chalicelib.domain.messages import Message, MessageRef, inbound_id, is_thanks
from chalicelib.domain.people import new_addresses
from chalicelib.domain.shoppers import Shopper
from chalicelib.domain.staff.people import as_staff
from chalicelib.domain.threads import Thread, hear, mark
from chalicelib.domain.work import DEBOUNCE_S, OVERDUE, Due, Send
from chalicelib.ports.addresses import Found
from chalicelib.ports.afterwards import Pointer
from chalicelib.ports.threads import Change, Joined
from chalicelib.services.sending.intend import intended_answer


def rows_of(
    thread: Thread,
    said: ShopperMessage,
    word: Heard,
    ask: Ask,
    found: Found | None,
    album: Message | None,
    parked: tuple[facts.Fact, ...],
    takes: Capabilities,
    now: datetime,
) -> tuple[Change, Send | None]:
    """Message and thread, and the answer where one is due. album: the message that it is a part of. parked:
    what was told of it before it came."""
    edit = facts.latest_edit(parked)
    said = said if edit is None else replace(said, text=str(edit["text"]))
    message = facts.told(_message(thread, said, word, ask, takes, now), parked)
    stands = message if album is None else album
    means = CONSENT_WORD if word in SETTLED or is_thanks(message) else None
    heard, answers = hear(thread, replace(said, text=message.text), stands.sort, now, means, ask)
    heard = _came_by(heard, said)
    if thread.staff:
        heard, answers = as_staff(thread, heard), False
    named = new_addresses(found.known if found else (), said.addresses)
    is_renamed = heard.shopper_name != thread.shopper_name
    ref = MessageRef(thread.merchant_id, thread.thread_id, stands.sort)
    pointers = [Pointer(thread.connection_id, said.chat, said.channel_message_id, ref, parked)]
    if said.album and album is None:
        pointers.append(Pointer(thread.connection_id, said.chat, album_pointer(said.album), ref))
    change = Change(
        thread=heard,
        shopper=_shopper(heard) if is_renamed or named else None,
        addresses=named,
        new=(message,) if album is None else (),
        joined=(_joined(album, message),) if album is not None and message.media else (),
        pointers=tuple(pointers),
        due=_fetching(heard, message if album is None else replace(album, media=message.media), now),
    )
    return _with_answer(change, now) if answers else (change, None)


def _came_by(thread: Thread, said: ShopperMessage) -> Thread:
    """A link or an ad that rides on their words is kept where one that came without words is."""
    told = {**said.details.get("referral", {}), **({"ref": said.ref} if said.ref else {})}
    if not told:
        return thread
    new = mark(json.dumps(told, sort_keys=True, ensure_ascii=False), said.sent_at)
    return replace(thread, marks={**thread.marks, "referral": max(new, thread.marks.get("referral", ""))})


def _joined(album: Message, part: Message) -> Joined:
    media = joined(album.media, part.media)
    return Joined(album.sort, album.media, media, album_text(media), last_part(media))


def _with_answer(change: Change, now: datetime) -> tuple[Change, Send]:
    answer, send = intended_answer(change.thread, now)
    thread = replace(change.thread, answer=answer.sort, last_at=answer.sent_at)
    due = Due(send, now + timedelta(seconds=DEBOUNCE_S) + OVERDUE)
    return replace(change, thread=thread, new=(*change.new, answer), due=(*change.due, due)), send


def _fetching(thread: Thread, message: Message, now: datetime) -> tuple[Due, ...]:
    due = media_work(message, thread, now)
    return () if due is None else (due,)


def _message(
    thread: Thread, said: ShopperMessage, word: Heard, ask: Ask, takes: Capabilities, now: datetime
) -> Message:
    named = album_pointer(said.album) if said.album else said.channel_message_id
    return Message(
        message_id=inbound_id(thread.connection_id, said.chat, named),
        author="shopper",
        kind=said.kind,
        text=said.text,
        sent_at=said.sent_at,
        status="received",
        chat=said.chat,
        channel_message_id=said.channel_message_id,
        reply_to=said.reply_to,
        media=as_received(part_of(said) if said.album else said.media, takes),
        payload=said.payload,
        ref=said.ref,
        details=_details(said, with_choice(thread.choices, said), word, ask),
        received_at=now,
    )


def _details(said: ShopperMessage, choice: Mapping[str, str], word: Heard, ask: Ask) -> Mapping[str, Any]:
    details = dict(said.details)
    if choice:
        details["choice"] = choice
    if said.is_standby:
        details["standby"] = True
    if word:
        details["consent"] = word
    elif ask != WORDS:
        details["asks"] = ask_to_json(ask) or {"kind": "nothing"}
    return details


def _shopper(thread: Thread) -> Shopper:
    return Shopper(merchant_id=thread.merchant_id, shopper_id=thread.shopper_id, name=thread.shopper_name)
