"""Files that come with messages: which are fetched, what is taken of them, and how they are shown.

A worker fetches a file into our own store; it is served from there through short-lived links. Channels that
forbid that (`files_by_link`) have their own link shown while it lives.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Literal
from urllib.parse import quote

from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.events import Media
from chalicelib.domain.ids import digest
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import Due, FetchFiles

# `private_address`: its link is not followed: it is not https, or leads into a private network.
Reason = Literal["too_large", "wrong_type", "private_address", "expired", "failed"]

FOLDER: Final = "media/"
# The tick takes up what a lost queue message left behind.
OVERDUE: Final = timedelta(minutes=5)
# How long a file is tried: while the channel is in trouble, and while the merchant has to connect again
# (WhatsApp keeps files for 7 days).
TRIED_FOR: Final = timedelta(hours=24)
KEPT_FOR_US: Final = timedelta(days=7)
_SHORTEST_WAIT: Final = timedelta(minutes=1)
_LONGEST_WAIT: Final = timedelta(hours=1)
LINK_LIVES: Final = timedelta(minutes=15)
# So many bytes tell what a file is.
HEAD_BYTES: Final = 1024

ANY_TYPE: Final = "application/octet-stream"
# What a browser may open by itself, and what such a file is called. Everything else is just bytes to it.
_OPENED: Final = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/heic": "heic",
    "video/mp4": "mp4",
    "video/3gpp": "3gp",
    "video/quicktime": "mov",
    "video/webm": "webm",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_SEEN_OR_HEARD: Final = ("image/", "video/", "audio/")
_UNTOLD: Final = frozenset({"", ANY_TYPE, "binary/octet-stream", "application/ogg"})
# An error or a log-in in the place of a file.
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml", "application/json"})
# How those begin that a browser would take for something else by their beginning.
_BEGINS: Final = {
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/gif": re.compile(rb"GIF8[79]a"),
    "image/webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    "application/pdf": re.compile(rb"%PDF-"),
}
_MARKUP: Final = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<!--")
_LONGEST_NAME: Final = 120


def wants_fetching(media: Media, takes: Capabilities) -> bool:
    """Whether a file that has just come is to be fetched into our own store."""
    return not takes.files_by_link and not media.state and bool(media.channel_media_id or media.url)


def as_received(media: Sequence[Media], takes: Capabilities) -> tuple[Media, ...]:
    """Files as the row of a new message has them: those to be fetched wait."""
    return tuple(replace(one, state="waiting") if wants_fetching(one, takes) else one for one in media)


def media_work(message: Message, thread: Thread, now: datetime) -> Due | None:
    """The row that goes with a message whose files wait; its work is to be dispatched once that is written.
    None when none waits."""
    if not any(one.state == "waiting" for one in message.media):
        return None
    ref = MessageRef(thread.merchant_id, thread.thread_id, message.sort)
    return Due(FetchFiles(ref, thread.connection_id), now + OVERDUE)


def thread_folder(merchant_id: str, thread_id: str) -> str:
    """Where the files of a thread's messages lie."""
    return f"{FOLDER}{merchant_id}/{thread_id}/"


def folder_of(ref: MessageRef) -> str:
    """Where a message's files lie."""
    return f"{thread_folder(ref.merchant_id, ref.thread_id)}{ref.sort.partition('#')[2]}/"


def key_of(ref: MessageRef, media: Media) -> str:
    """Where a file lies: the same place whenever it is fetched, in whatever order an album comes."""
    return folder_of(ref) + digest(*_identity(media))[:20]


def settled(media: Sequence[Media], become: Sequence[Media]) -> tuple[Media, ...]:
    """A message's files with what became of some of them; what no longer waits stays as it is."""
    known = {_identity(one): one for one in become}
    return tuple(
        _changed(one, known[_identity(one)]) if one.state == "waiting" and _identity(one) in known else one
        for one in media
    )


def _changed(media: Media, became: Media) -> Media:
    """Its words may have been edited since it was read: they stay."""
    return replace(became, caption=media.caption)


def _identity(media: Media) -> tuple[str, str, str]:
    return media.part, media.channel_media_id, media.url


def next_try(since: datetime, now: datetime, lasts: timedelta, after_s: float = 0.0) -> datetime | None:
    """When to try again what has been tried since then: after as long again, a minute at least, an hour at
    most, or as long as the channel asks for. None when it is time to give up."""
    if now - since >= lasts:
        return None
    wait = max(timedelta(seconds=after_s), min(max(now - since, _SHORTEST_WAIT), _LONGEST_WAIT))
    return min(now + wait, since + lasts)


def kept_as(told: str, said: str, head: bytes) -> str | None:
    """The type under which a file is kept; None when it isn't what it was said to be.

    told: what the channel called it. said: what it was sent as. head: how it begins. Nothing that a browser
    would run, such as HTML or SVG, is kept under its own type.
    """
    told, said = _bare(told), _bare(said)
    is_markup = _is_markup(head)
    if told.startswith(_SEEN_OR_HEARD):
        if is_markup or not (said in _UNTOLD or said.startswith(_SEEN_OR_HEARD)):
            return None
    elif said in _PAGES and said != told:
        return None
    kind = told if said in _UNTOLD else said
    if is_markup or kind not in _OPENED:
        return ANY_TYPE
    return kind if kind not in _BEGINS else _begun_as(head, kind)


def _begun_as(head: bytes, kind: str) -> str:
    """Pictures are often called by another picture's type: how they begin is right."""
    for one, begins in _BEGINS.items():
        if begins.match(head) and one.partition("/")[0] == kind.partition("/")[0]:
            return one
    return ANY_TYPE


def _bare(mime_type: str) -> str:
    """Without parameters: WhatsApp tells `audio/ogg; codecs=opus`."""
    return mime_type.partition(";")[0].strip().lower()


def _is_markup(head: bytes) -> bool:
    for encoding, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        if head.startswith(mark):
            head = head[2:].decode(encoding, "ignore").encode()
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP)


def shown_state(media: Media, now: datetime) -> str:
    """What a person is told of a file: `waiting`, `ready`, `refused`, `gone`; of one by the channel's own
    link `link`, then `expired`."""
    is_past = media.expires_at is not None and media.expires_at <= now
    if media.state == "ready" and is_past:
        return "gone"
    if media.state or not media.url:
        return media.state or "gone"
    return "expired" if is_past else "link"


def shown_name(media: Media) -> str:
    """What a file is called when it is saved: without a folder, and without what hides its ending."""
    name = media.filename.replace("\\", "/").rpartition("/")[2]
    name = "".join(each if each.isprintable() and each not in '"<>:|?*' else "_" for each in name).strip(" .")
    if not name:
        ending = _OPENED.get(_bare(media.mime_type), "")
        return f"file.{ending}" if ending else "file"
    start, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:_LONGEST_NAME]
    return f"{start[: _LONGEST_NAME - len(ending)]}.{ending}"


def disposition(name: str) -> str:
    """To be saved under this name, in any script.

    Source: www.rfc-editor.org/rfc/rfc6266#section-4.3 (filename*)
    """
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace("%", "_")
    written = quote(name.encode("utf-8", "replace"), safe="")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{written}"
