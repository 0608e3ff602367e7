"""One claim about very many cases: as one test, since thousands of them would cost more than they find."""

from collections.abc import Callable, Iterable
from typing import Any


def holds_for_every(cases: Iterable[tuple[Any, ...]], claim: Callable[..., None]) -> None:
    """Tries them all; tells of each that fails."""
    failed: list[str] = []
    count = 0
    for case in cases:
        count += 1
        try:
            claim(*case)
        except AssertionError as error:
            failed.append(f"{' '.join(map(str, case))}: {error}")
    assert count, "there are no cases"
    assert not failed, f"{len(failed)} of {count} failed\n" + "\n".join(failed[:20])
