"""Calling our own address, as a channel would."""

from collections.abc import Mapping
from typing import Protocol


class SelfCall(Protocol):
    """One POST from outside. Never raises."""

    def __call__(self, url: str, headers: Mapping[str, str], body: bytes) -> str:
        """The status that was answered, or a word for the fault when no answer came."""
