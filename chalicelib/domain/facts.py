"""What is known of a message before the message itself: kept in its pointer until it comes."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from chalicelib.domain.events import Deletion, Echo, Edit, Media, Reaction, Status, StatusChange
from chalicelib.domain.ids import from_ms, to_ms
from chalicelib.domain.messages import Message, rank

Fact = Mapping[str, Any]


def status_fact(change: StatusChange) -> Fact:
    told = {"fact": "status", "status": change.status, "code": change.reason or change.code}
    if change.retry_after_s is not None:
        told["retry_after_s"] = str(change.retry_after_s)
    if change.limits:
        told["limits"] = change.limits
    return told


def reaction_fact(reaction: Reaction) -> Fact:
    who = "shop" if reaction.by_shop else reaction.addresses[0].value
    return {"fact": "reaction", "who": who, "put": put(reaction.emoji, reaction.at)}


def echo_fact(echo: Echo) -> Fact:
    return {
        "fact": "echo",
        "wire": [echo.wire.kind, echo.wire.value],
        "sent_ms": to_ms(echo.sent_at),
        "kind": echo.kind,
        "text": echo.text,
        "reply_to": echo.reply_to,
        "media": [_media_fact(one) for one in echo.media],
    }


def _media_fact(media: Media) -> Fact:
    """The moment at which its link dies in milliseconds: JSON has no form for it."""
    told = {
        "mime_type": media.mime_type,
        "channel_media_id": media.channel_media_id,
        "url": media.url,
        "filename": media.filename,
    }
    return told | ({"expires_at": to_ms(media.expires_at)} if media.expires_at else {})


def media_of_echo(echo: Fact) -> tuple[Media, ...]:
    """The files that came with it."""
    return tuple(
        Media(**{**one, "expires_at": from_ms(int(one["expires_at"])) if "expires_at" in one else None})
        for one in echo.get("media", ())
    )


def edit_fact(edit: Edit) -> Fact:
    return {"fact": "edit", "text": edit.text, "edited": edition(edit.at, edit.number)}


def deletion_fact(deletion: Deletion) -> Fact:
    return {"fact": "deletion", "at_ms": to_ms(deletion.at)}


def edition(at: datetime, number: int) -> str:
    """Which edit it is, sortable: the latest wins."""
    return f"{to_ms(at):013d}#{number:06d}"


def edited_at(edited: str) -> datetime | None:
    """When the edit that a message shows was made; None when it was never edited."""
    return from_ms(int(edited.partition("#")[0])) if edited else None


def latest_edit(facts: Iterable[Fact]) -> Fact | None:
    """The edit that counts."""
    return next((fact for fact in that_count(facts) if fact["fact"] == "edit"), None)


def deleted_at(facts: Iterable[Fact]) -> datetime | None:
    """When the message was taken back."""
    found = [int(fact["at_ms"]) for fact in facts if fact["fact"] == "deletion"]
    return from_ms(min(found)) if found else None


def that_count(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Of all that was told of a message that is not there yet, what it will be made of: the latest edit and
    reactions, how far it came, a failure of each sort beside that, one deletion, one echo. What else there
    may be stays. A row holds so much, however often a message is edited.

    The same whatever comes first, or twice, or was left out before.
    """
    best: dict[tuple[str, ...], Fact] = {}
    for fact in sorted(facts, key=_spelled):
        place = _place_of(fact)
        if place not in best or _weight(fact) > _weight(best[place]):
            best[place] = fact
    return tuple(sorted(best.values(), key=_spelled))


def _place_of(fact: Fact) -> tuple[str, ...]:
    """Of the facts that have one place, one counts."""
    kind = str(fact["fact"])
    if kind == "status" and fact["status"] == "failed":
        return kind, "failed", "again" if "retry_after_s" in fact else "for good"
    if kind == "reaction":
        return kind, str(fact["who"])
    return (kind,) if kind in ("status", "edit", "deletion", "echo") else (kind, _spelled(fact))


def _weight(fact: Fact) -> tuple[str | int, ...]:
    """Which of those in one place counts; between equals it is the first as they are spelled."""
    match fact["fact"]:
        case "status":
            return (rank(cast(Status, fact["status"])),)
        case "edit":
            return (str(fact["edited"]),)
        case "reaction":
            return (str(fact["put"]),)
        case "deletion":
            return (-int(fact["at_ms"]),)
    return ()


def _spelled(fact: Fact) -> str:
    return json.dumps(fact, sort_keys=True)


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


def parked_failure(facts: Iterable[Fact]) -> Fact | None:
    """What is told of a failure, where one is."""
    return next((fact for fact in facts if fact["fact"] == "status" and fact["status"] == "failed"), None)


def reactions(facts: Iterable[Fact]) -> dict[str, str]:
    """Each one's latest reaction."""
    latest: dict[str, str] = {}
    for fact in facts:
        if fact["fact"] == "reaction":
            latest[fact["who"]] = max(latest.get(fact["who"], ""), fact["put"])
    return latest


def told(message: Message, facts: Sequence[Fact]) -> Message:
    """The message as it stands after what was told of it before it came itself."""
    message = replace(message, reactions=reactions(facts))
    edit, taken_back_at = latest_edit(facts), deleted_at(facts)
    if edit is not None:
        message = replace(message, text=str(edit["text"]), edited=str(edit["edited"]))
    if taken_back_at is None:
        return message
    return replace(
        message,
        text="",
        media=(),
        content=None,
        payload="",
        ref="",
        details={},
        deleted_at=taken_back_at,
    )


def parked_echo(facts: Iterable[Fact]) -> Fact | None:
    """The echo that waits to be understood."""
    return next((fact for fact in facts if fact["fact"] == "echo"), None)


def sent_at_of(echo: Fact) -> datetime:
    return from_ms(int(echo["sent_ms"]))
