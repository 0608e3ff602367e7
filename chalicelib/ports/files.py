"""Files that come with messages: fetched from a channel, kept in a store of our own."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

from chalicelib.domain.events import Media
from chalicelib.domain.files import Reason
from chalicelib.domain.messages import Message
from chalicelib.domain.work import FetchFiles
from chalicelib.ports.channel import Download


class FileNotTaken(Exception):
    """We don't take this file, now or later."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class FileGone(Exception):
    """There is no such file behind this link, or not any more."""


class FetchLater(Exception):
    """It did not come this time: the same file may come later."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that came whole. content: at its beginning. mime_type: what it was sent as."""

    content: BinaryIO
    mime_type: str
    size: int


class Fetcher(Protocol):
    """Gets a file from wherever a channel says that it is."""

    def fetch(self, download: Download, most_bytes: int, within_s: float) -> AbstractContextManager[Fetched]:
        """The file, while the context lasts. Raises FileNotTaken (too large, or its link leads where we don't
        go), FileGone, FetchLater; none of them tells the link or what is in the headers."""


class FileStore(Protocol):
    """Our own store of files. All but `link` raise StoreBusy."""

    def put(self, key: str, content: BinaryIO, mime_type: str) -> None:
        """Store or replace one."""

    def link(self, media: Media) -> str:
        """Where a stored file can be had for `LINK_LIVES`. Made here, without a call."""

    def forget(self, folder: str, keep: Sequence[str] = ()) -> int:
        """Everything in a folder is gone, but for these keys; how many files were."""


class FileRows(Protocol):
    """What became of a message's files, on its row."""

    def note_files(
        self, work: FetchFiles, become: Sequence[Media], again_at: datetime | None
    ) -> Message | None:
        """Write what became of these files of a message, and when the rest is tried again (None: the row of
        waiting work goes, unless a file that has come meanwhile waits). The same again changes nothing.

        The message as it is then; None when there is none, or it was taken back: nothing was written.
        """
