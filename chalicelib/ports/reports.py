"""What the shop's reports are made from."""

from collections.abc import Collection, Mapping
from typing import Protocol

from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.threads import Thread


class ReportStore(Protocol):
    """Counts are written with what they count (`Change.noted`), and may lag a moment. All raise StoreBusy."""

    def contacts(self, merchant_id: str, month: str) -> Mapping[tuple[str, str, str], int]:
        """Of a month (`2026-11`, in UTC): how often, by connection, kind and value."""

    def threads_named(self, merchant_id: str, thread_ids: Collection[str]) -> list[Thread]:
        """Those that are there, in no order."""

    def messages_named(self, refs: Collection[MessageRef]) -> dict[MessageRef, Message]:
        """Those that are there, by what names them."""
