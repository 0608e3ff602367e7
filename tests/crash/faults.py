"""Calls on the ports, written down one by one, and made to fail as planned."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from chalicelib.ports.errors import ChannelDown, NotSent, OutcomeUnknown, RetryLater, StoreBusy
from chalicelib.ports.files import FetchLater

# fail_before: it never happened. fail_after: it happened and the answer was lost. kill_…: the process died
# there. refused and lost are for a channel's send: it would not now; bytes left and nothing arrived.
FAULTS: Final = ("fail_before", "fail_after", "kill_before", "kill_after")
SEND_FAULTS: Final = (*FAULTS, "refused", "lost")
KILLS: Final = ("kill_before", "kill_after")

# What a Channel or a ShopSystem does without touching the world.
_WEBHOOKS: Final = frozenset({"handshake", "verify", "split", "parse", "self_test"})
PURE: Final = {"channel": _WEBHOOKS, "system": _WEBHOOKS | {"is_ping", "framed", "checkout_link"}}
# Never raises, says the port: its failure is an answer like any other.
NEVER_RAISES: Final = frozenset({"channel.profile", "channel.unregister", "channel.acknowledge"})
# Nothing is written: to fail after it is to fail before the next. What is not named here counts as a write.
READS: Final = frozenset(
    {
        *(
            f"threads.{name}"
            for name in ("find", "persons", "thread", "message", "messages", "inbox", "pointer", "keyed")
        ),
        *(f"threads.{name}" for name in ("waits", "message_and_thread")),
        *(
            f"shops.{name}"
            for name in ("shop", "connection", "connection_and_shop", "connections", "claimed", "shared_apps")
        ),
        *(f"dues.{name}" for name in ("due", "oldest_overdue_s")),
        *("erasing.erasure", "threads.erased_at", "threads.unreadable", "bodies.kept"),
        *("people.person", "people.merge", "people.merges", "surveys.survey"),
        *(f"vault.{name}" for name in ("seal", "unseal")),
        *("bodies.body", "outbox.depths", "channel.check", "channel.profile"),
        *(f"commerce.{name}" for name in ("cart", "order", "numbered", "of_buyers", "of_shop", "counts")),
        *(f"returns.{name}" for name in ("one", "of_order", "of_shoppers", "in_state", "sums")),
        *(f"templates.{name}" for name in ("templates", "template", "fetched_at")),
        *(f"system.{name}" for name in ("changed", "order", "check", "examine")),
        *(f"campaigns.{name}" for name in ("campaign", "run", "page", "pages", "recipients", "spent")),
        *(f"segments.{name}" for name in ("segment", "segments", "members", "count", "placed")),
        *(f"segments.{name}" for name in ("touched", "turning", "edition", "everybody", "book")),
        *(f"reports.{name}" for name in ("threads_named", "messages_named", "contacts")),
        *("commerce.caught_up", "threads.claimed", "links.link_key", "links.link"),
        *(f"consents.{name}" for name in ("of_addresses", "marketed", "tier_used")),
    }
)


class Killed(BaseException):
    """The process is gone. No code of ours may catch this."""


@dataclass(frozen=True, slots=True)
class Fault:
    """At which call, counted from the first, and what happens there."""

    index: int
    kind: str


class Journal:
    """What was called, in order. `faults` says which of the calls go wrong."""

    def __init__(self, *faults: Fault) -> None:
        self._faults: Mapping[int, str] = {fault.index: fault.kind for fault in faults}
        self.calls: list[str] = []
        self.is_recording = False

    def call(self, name: str, act: Callable[[], Any]) -> Any:
        if not self.is_recording:
            return act()
        kind = self._faults.get(len(self.calls), "")
        if name in NEVER_RAISES and kind not in KILLS:
            kind = ""
        self.calls.append(name)
        if kind == "kill_before":
            raise Killed(name)
        if kind in ("fail_before", "refused", "lost"):
            raise _error(name, kind)
        try:
            return act()
        finally:
            # Whatever it answered, even with an error of its own, did not reach the caller.
            if kind == "kill_after":
                raise Killed(name)
            if kind == "fail_after":
                raise _error(name, kind)


class Watched:
    """A port whose calls all go through the journal, also those that nobody has thought of."""

    def __init__(self, journal: Journal, port: str, real: Any) -> None:
        self._journal, self._port, self._real = journal, port, real

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._real, name)
        if not callable(real) or name in PURE.get(self._port, ()):
            return real

        def call(*args: Any, **given: Any) -> Any:
            return self._journal.call(f"{self._port}.{name}", lambda: real(*args, **given))

        return call


def every_fault(calls: Sequence[str]) -> list[Fault]:
    """All that can go wrong at each call: after a read all is as it was before."""
    return [Fault(index, kind) for index, name in enumerate(calls) for kind in _kinds(name)]


def telling_faults(calls: Sequence[str]) -> list[Fault]:
    """Those that differ from each other, and of a call that comes again and again the first and last.

    A process killed before a call wrote what it had written by the call before; a read changes nothing.
    """
    places: dict[str, list[int]] = {}
    for index, name in enumerate(calls):
        places.setdefault(name, []).append(index)
    chosen = {index for found in places.values() for index in (found[0], found[-1])}
    return [fault for fault in every_fault(calls) if fault.index in chosen and _tells(fault, calls)]


def _kinds(name: str) -> tuple[str, ...]:
    if name == "channel.send":
        return SEND_FAULTS
    kinds = KILLS if name in NEVER_RAISES else FAULTS
    return tuple(kind for kind in kinds if name not in READS or kind.endswith("_before"))


def _tells(fault: Fault, calls: Sequence[str]) -> bool:
    if calls[fault.index] in READS:
        return fault.kind == "fail_before"
    return fault.kind != "kill_before"


def _error(name: str, kind: str) -> Exception:
    if name == "channel.send":
        return {
            "fail_before": NotSent("no connection"),
            "refused": RetryLater(30.0, "429"),
            "lost": OutcomeUnknown("nothing came back"),
            "fail_after": OutcomeUnknown("nothing came back"),
        }[kind]
    if name in ("channel.download", "fetcher.fetch"):
        return FetchLater() if name == "fetcher.fetch" else NotSent("no connection")
    if name.startswith(("channel.", "system.")):
        return ChannelDown("channel_down", "The channel did not answer.")
    return StoreBusy(f"{name}, {kind}")
