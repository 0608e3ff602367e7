"""What is known of a message before the message itself: kept in its pointer until it comes."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from chalicelib.domain.events import Echo, Reaction, Status, StatusChange
from chalicelib.domain.ids import from_ms, to_ms
from chalicelib.domain.messages import rank

Fact = Mapping[str, Any]


def status_fact(change: StatusChange) -> Fact:
    return {"fact": "status", "status": change.status, "code": change.code}


def reaction_fact(reaction: Reaction) -> Fact:
    who = reaction.addresses[0].value
    return {"fact": "reaction", "who": who, "put": put(reaction.emoji, reaction.at)}


def echo_fact(echo: Echo) -> Fact:
    return {
        "fact": "echo",
        "wire": [echo.wire.kind, echo.wire.value],
        "sent_ms": to_ms(echo.sent_at),
        "kind": echo.kind,
        "text": echo.text,
    }


def put(emoji: str, at: datetime) -> str:
    """A reaction as its row keeps it: sortable by time, so that a late one does not undo a newer one."""
    return f"{to_ms(at):013d} {emoji}"


def emoji_of(value: str) -> str:
    """The emoji of a kept reaction, '' when it was taken back."""
    return value.partition(" ")[2]


def highest_status(start: Status, facts: Iterable[Fact]) -> tuple[Status, str]:
    """How far the facts bring a message that begins at `start`, and the code of a failure."""
    best, code = start, ""
    for fact in facts:
        if fact["fact"] == "status" and rank(cast(Status, fact["status"])) > rank(best):
            best, code = cast(Status, fact["status"]), str(fact["code"])
    return best, code


def reactions(facts: Iterable[Fact]) -> dict[str, str]:
    """Each one's latest reaction."""
    latest: dict[str, str] = {}
    for fact in facts:
        if fact["fact"] == "reaction":
            latest[fact["who"]] = max(latest.get(fact["who"], ""), fact["put"])
    return latest


def parked_echo(facts: Iterable[Fact]) -> Fact | None:
    """The echo that waits to be understood."""
    return next((fact for fact in facts if fact["fact"] == "echo"), None)


def sent_at_of(echo: Fact) -> datetime:
    return from_ms(int(echo["sent_ms"]))
