"""What the events of the pigeon post mean."""

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

from chalicelib.domain.events import (
    Address,
    Event,
    Media,
    Membership,
    Piece,
    SelfTest,
    ShopperMessage,
    StatusChange,
    Unreadable,
)
from integrations.reading import (
    Malformed,
    first,
    identifier,
    mapping,
    read_each,
    required_id,
    seconds,
    text_of,
    unknown,
)
from pigeon_post.webhook import SELF_TEST, cut

Raw = Mapping[str, Any]


def parse(body: Raw) -> list[Event | Unreadable]:
    """Times are whole seconds since 1970. A letter's id is unique within one shopper's letters."""
    return read_each(body, cut, _read)


def _read(piece: Piece) -> list[Event | Unreadable]:
    event = first(piece.body.get("events"))
    if not isinstance(event, dict):
        raise Malformed("an event is an object")
    kind = event.get("kind")
    reader = _READERS.get(kind) if isinstance(kind, str) else None
    found = reader(event) if reader else None
    return unknown(kind, piece) if found is None else [found]


def _ring(value: Any) -> Address:
    return Address("ring", required_id(value))


def _letter(event: Raw) -> Event:
    shopper, parcel = _ring(event.get("from")), mapping(event.get("parcel"))
    return ShopperMessage(
        addresses=(shopper,),
        wire=shopper,
        chat=shopper.value,
        channel_message_id=required_id(event.get("id")),
        sent_at=seconds(event.get("at")),
        kind="image" if parcel else "text",
        text=text_of(event.get("words")),
        name=text_of(event.get("name"), 200),
        media=(_file(parcel),) if parcel else (),
        reply_to=identifier(event.get("answers")),
        ref=identifier(event.get("with")),
    )


def _file(parcel: Raw) -> Media:
    return Media(mime_type=text_of(parcel.get("type"), 100), channel_media_id=required_id(parcel.get("id")))


def _flight(event: Raw) -> Event | None:
    """How a letter of ours fares."""
    status = _FLIGHTS.get(str(event.get("state")))
    if status is None:
        return None
    wire = _ring(event.get("to"))
    return StatusChange(
        status=status,
        at=seconds(event.get("at")),
        wire=wire,
        chat=wire.value,
        channel_message_id=required_id(event.get("id")),
        reference=text_of(event.get("note"), 200),
        code=identifier(event.get("code")),
        reason="unreachable" if status == "failed" else "",
    )


def _net(event: Raw) -> Event:
    shopper = _ring(event.get("who"))
    return Membership(
        addresses=(shopper,), wire=shopper, at=seconds(event.get("at")), is_reachable=event.get("up") is False
    )


def _self_test(event: Raw) -> Event:
    return SelfTest(required_id(event.get("nonce")))


_FLIGHTS: Final[dict[str, Literal["delivered", "read", "failed"]]] = {
    "landed": "delivered",
    "opened": "read",
    "lost": "failed",
}
_READERS: Final[dict[str, Callable[[Raw], Event | None]]] = {
    "letter": _letter,
    "flight": _flight,
    "net": _net,
    SELF_TEST: _self_test,
}
