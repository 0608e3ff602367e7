"""Shoppers' files: fetched from their channel into our own store, and forgotten with their message."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Media
from chalicelib.domain.files import (
    HEAD_BYTES,
    KEPT_FOR_US,
    TRIED_FOR,
    Reason,
    folder_of,
    kept_as,
    key_of,
    next_try,
)
from chalicelib.domain.messages import MessageRef
from chalicelib.domain.retention import Retention
from chalicelib.domain.work import FetchFiles
from chalicelib.ports.channel import Channel
from chalicelib.ports.errors import RetryLater, SendError, SendRejected
from chalicelib.ports.files import Fetcher, FetchLater, FileGone, FileNotTaken, FileStore
from chalicelib.ports.queues import DueStore
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import ThreadStore

# One file gets so long, and none is begun after the run has lasted so long: the function ends at 60 s.
WITHIN_S: Final = 30.0
BEGINS_WITHIN_S: Final = 10.0
_KEPT: Final = Retention().media
# What the merchant can mend: the file is still there when they have.
_MENDED_BY_MERCHANT: Final = frozenset({"token_rejected", "not_permitted", "account_blocked"})


@dataclass(frozen=True, slots=True)
class _Errand:
    """One message's files, and all that is needed to fetch them. since: when the message came to us."""

    work: FetchFiles
    channel: Channel
    connection: Connection | None
    since: datetime
    now: datetime


class _Later(Exception):
    """Not this time: how long it is worth trying, and what the channel asks for."""

    def __init__(
        self, lasts: timedelta = TRIED_FOR, after_s: float = 0.0, gives_up: Reason = "failed"
    ) -> None:
        super().__init__()
        self.lasts, self.after_s, self.gives_up = lasts, after_s, gives_up


class FetchMessageFiles:
    """Fetches what waits. Done twice, it stores the same objects and writes the same row."""

    def __init__(
        self,
        threads: ThreadStore,
        shops: ShopStore,
        dues: DueStore,
        channel_named: Callable[[str], Channel],
        fetcher: Fetcher,
        files: FileStore,
        most_bytes: int,
        seconds: Callable[[], float],
        kept: timedelta = _KEPT,
    ) -> None:
        """most_bytes: what the deployment takes. seconds: a clock that only runs forward. kept: how long the
        store keeps a file."""
        self._threads, self._shops, self._dues = threads, shops, dues
        self._channel_named, self._fetcher, self._files = channel_named, fetcher, files
        self._most_bytes, self._seconds, self._kept = most_bytes, seconds, kept

    def __call__(self, work: FetchFiles, now: datetime) -> None:
        """Raises StoreBusy when it may pass later."""
        message, thread = self._threads.message_and_thread(work.ref)
        if message is None or thread is None or message.deleted_at is not None:
            self._forget(work)
            return
        errand = _Errand(
            work,
            self._channel_named(thread.channel),
            self._shops.connection(work.connection_id),
            message.received_at or message.sent_at,
            now,
        )
        become, again_at = self._settle_each(errand, [one for one in message.media if one.state == "waiting"])
        noted = self._threads.note_files(work, become, again_at)
        if noted is None:
            self._forget(work)
        elif not {one.key for one in become if one.key} <= {one.key for one in noted.media}:
            forget_files(self._files, work.ref, noted.media)  # of an album, one part was taken back

    def _settle_each(self, errand: _Errand, waiting: Sequence[Media]) -> tuple[list[Media], datetime | None]:
        """What became of files, as many as there is time for, and when to try again."""
        began = self._seconds()
        become: list[Media] = []
        again: list[datetime] = []
        for media in _in_turn(waiting, errand.now):
            if become and self._seconds() - began > BEGINS_WITHIN_S:
                again.append(errand.now)
                break
            became, at = self._settle(errand, media)
            become.append(became)
            again += [at] if at is not None else []
        return become, min(again, default=None)

    def _forget(self, work: FetchFiles) -> None:
        """The message was taken back, perhaps while its files were on their way."""
        forget_files(self._files, work.ref)
        self._dues.forget(work)

    def _settle(self, errand: _Errand, media: Media) -> tuple[Media, datetime | None]:
        """What became of a file, and when to try again what still waits."""
        try:
            return self._fetch(errand, media), None
        except _Later as later:
            at = next_try(errand.since, errand.now, later.lasts, later.after_s)
            return (media if at else replace(media, state="gone", reason=later.gives_up)), at

    def _fetch(self, errand: _Errand, media: Media) -> Media:
        try:
            return self._stored(errand, media)
        except FileNotTaken as error:
            return replace(media, state="refused", reason=error.reason)
        except FileGone:
            # An id is worth asking again for: its link may just have run out on the way here.
            if media.channel_media_id:
                raise _Later(gives_up="expired") from None
            return replace(media, state="gone", reason="expired")
        except SendRejected as error:
            return self._rejected(errand, media, error.reason)
        except RetryLater as error:
            raise _Later(after_s=error.after_s) from None
        except (FetchLater, SendError):
            raise _Later from None

    def _stored(self, errand: _Errand, media: Media) -> Media:
        connection = errand.connection
        if connection is None or connection.status != "active":
            raise _Later(KEPT_FOR_US, gives_up="expired")
        taken = errand.channel.capabilities.most_incoming_bytes or self._most_bytes
        most_bytes = min(taken, self._most_bytes)
        download = errand.channel.download(media, connection)
        if max(download.size, media.size) > most_bytes:
            raise FileNotTaken("too_large")
        with self._fetcher.fetch(download, most_bytes, WITHIN_S) as fetched:
            head = fetched.content.read(HEAD_BYTES)
            kind = kept_as(media.mime_type or download.mime_type, fetched.mime_type, head)
            if kind is None:
                raise FileNotTaken("wrong_type")
            key = key_of(errand.work.ref, media)
            fetched.content.seek(0)
            self._files.put(key, fetched.content, kind)
            ready = replace(media, state="ready", reason="", key=key, mime_type=kind, size=fetched.size)
            return replace(ready, expires_at=errand.now + self._kept)

    def _rejected(self, errand: _Errand, media: Media, reason: str) -> Media:
        if reason == "token_rejected" and errand.connection is not None:
            self._shops.needs_reauth(errand.connection)
        if reason in _MENDED_BY_MERCHANT:
            raise _Later(KEPT_FOR_US, gives_up="expired")
        if reason == "too_long":
            return replace(media, state="refused", reason="too_large")
        return replace(media, state="gone", reason="expired")


def forget_files(files: FileStore, ref: MessageRef, keep: Sequence[Media] = ()) -> None:
    """A message was taken back, or erased: nothing of its files stays, but for those of an album that it
    still shows. Again is harmless."""
    files.forget(folder_of(ref), keep=[key_of(ref, one) for one in keep])


def _in_turn(waiting: Sequence[Media], now: datetime) -> list[Media]:
    """Each time another one first, so that a slow one does not hold up the others for ever."""
    first = now.minute % len(waiting) if waiting else 0
    return [*waiting[first:], *waiting[:first]]
