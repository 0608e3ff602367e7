"""What a shopper sees besides messages: that somebody writes, that their words were read."""

from collections.abc import Callable
from typing import Final

from chalicelib.domain.messages import Message
from chalicelib.domain.threads import Thread
from chalicelib.ports.channel import Channel, Signal
from chalicelib.ports.errors import SendRejected
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.threads.write_thread import WriteThread

_PAGE: Final = 100


class NotSupported(Exception):
    """The channel has no such signal."""


class NothingToSignal(Exception):
    """The shopper has not written, or the account is disconnected: nobody would see it."""


class Signals:
    """Shown at once or not at all: a signal that comes late says what is not so."""

    def __init__(
        self, threads: ThreadStore, shops: ShopStore, channel_named: Callable[[str], Channel]
    ) -> None:
        self._threads, self._shops, self._channel_named = threads, shops, channel_named
        self._write = WriteThread(threads)

    def __call__(self, merchant_id: str, thread_id: str, signal: Signal) -> None:
        """Raises NotFound, NotSupported, NothingToSignal, SendError."""
        thread = self._write.thread(merchant_id, thread_id)
        channel = self._channel_named(thread.channel)
        takes = channel.capabilities.for_kind(thread.wire.kind)
        if not (takes.typing if signal == "typing" else takes.mark_read):
            raise NotSupported
        connection = self._shops.connection(thread.connection_id)
        last = self._last_words(thread)
        if last is None or connection is None or connection.status == "disconnected":
            raise NothingToSignal
        try:
            channel.signal(signal, thread.wire, last.channel_message_id, connection)
        except SendRejected as error:
            if error.reason == "token_rejected":
                self._shops.needs_reauth(connection)
            raise

    def _last_words(self, thread: Thread) -> Message | None:
        """The newest message of the shopper: what was written under a post is none of the thread's."""
        newest = self._threads.messages(thread.merchant_id, thread.thread_id, limit=_PAGE)
        return next(
            (
                one
                for one in newest
                if one.author == "shopper" and one.channel_message_id and one.kind != "comment"
            ),
            None,
        )
