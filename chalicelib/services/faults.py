"""What to do about a store that does not answer for a moment."""

from collections.abc import Callable

from chalicelib.ports.errors import StoreBusy


def insist(write: Callable[[], None]) -> None:
    """The outcome is known and must not be lost for a passing fault: a few tries before giving up."""
    for _ in range(2):
        try:
            write()
        except StoreBusy:
            continue
        return
    write()
