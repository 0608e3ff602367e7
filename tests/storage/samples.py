"""Rows to write in tests: plain ones, changed where it matters."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from chalicelib.domain.events import Address
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import Due, Send, SettleEcho
from chalicelib.ports.afterwards import Pointer
from chalicelib.ports.threads import Change
from chalicelib.storage.threads import DynamoThreads

NOW: Final = datetime(2026, 11, 2, 12, 0, 0, 250_000, tzinfo=UTC)
ANN: Final = Address("phone", "447700900123")


def a_thread(merchant: str, **changes: Any) -> Thread:
    plain = Thread(
        merchant_id=merchant,
        thread_id="th_ann",
        connection_id="cn_one",
        channel="whatsapp",
        shopper_id="sh_ann",
        wire=ANN,
        spoken_at=NOW,
    )
    return replace(plain, **changes)


def a_message(number: int = 1, **changes: Any) -> Message:
    """Written `number` seconds after NOW."""
    plain = Message(
        message_id=f"ms_{number}",
        author="shopper",
        kind="text",
        text=f"Message {number}",
        sent_at=NOW + timedelta(seconds=number),
        status="received",
        channel_message_id=f"wamid.{number}",
        received_at=NOW,
    )
    return replace(plain, **changes)


def an_intent(number: int = 1, **changes: Any) -> Message:
    intent = {"author": "auto", "status": "queued", "purpose": "answer", "text": "", "channel_message_id": ""}
    return a_message(number, **(intent | changes))


def ref_of(merchant: str, message: Message) -> MessageRef:
    return MessageRef(merchant, "th_ann", message.sort)


def pointer_to(merchant: str, message: Message, **changes: Any) -> Pointer:
    plain = Pointer(
        "cn_one", message.chat, message.channel_message_id or "wamid.OURS", ref_of(merchant, message)
    )
    return replace(plain, **changes)


def unknown_pointer(channel_message_id: str, **changes: Any) -> Pointer:
    return replace(Pointer("cn_one", "", channel_message_id), **changes)


def park(
    threads: DynamoThreads, merchant: str, pointer: Pointer, fact: Mapping[str, Any], due: Due | None = None
) -> None:
    threads.park(merchant, pointer, (*pointer.parked, fact), NOW + timedelta(days=30), due)


def due_of(merchant: str, message: Message, after_s: float = 30) -> Due:
    return Due(Send(ref_of(merchant, message), "group"), NOW + timedelta(seconds=after_s))


def send_of(merchant: str, message: Message) -> Send:
    return Send(ref_of(merchant, message), "group")


def an_echo(merchant: str, channel_message_id: str = "wamid.ECHO") -> SettleEcho:
    return SettleEcho(merchant, "cn_one", "whatsapp", "", channel_message_id)


def stored(threads: DynamoThreads, merchant: str, *messages: Message, **more: Any) -> Thread:
    """A thread that holds these messages, as it is read back."""
    threads.commit(Change(thread=a_thread(merchant), new=messages, **more))
    found = threads.thread(merchant, "th_ann")
    assert found is not None
    return found


def queued(threads: DynamoThreads, merchant: str, **changes: Any) -> MessageRef:
    """An intent that waits in a stored thread, with its due row."""
    intent = an_intent(**changes)
    stored(threads, merchant, intent, due=(due_of(merchant, intent),))
    return ref_of(merchant, intent)
