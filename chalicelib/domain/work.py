"""What waits to be done: queue messages and due rows carry one of these."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from chalicelib.domain.ids import stable_id
from chalicelib.domain.messages import Author, MessageRef

# Shoppers write in bursts: they are answered when they have paused for so long.
DEBOUNCE_S: Final = 4
# The queue should have done by then what it was given; if it has not, the tick does.
OVERDUE: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Send:
    """Send this message, if the gate lets it. `group`: what keeps one shopper's messages in order. way:
    `bulk` for what must not stand before people's words; '' for all else."""

    ref: MessageRef
    group: str
    way: str = ""


@dataclass(frozen=True, slots=True)
class SettleEcho:
    """Decide whether a message of the shop's side, which we did not send, was a human."""

    merchant_id: str
    connection_id: str
    channel: str
    chat: str
    channel_message_id: str


@dataclass(frozen=True, slots=True)
class MindPromise:
    """Look at what a waiting shopper was promised: soon due, or past."""

    merchant_id: str
    thread_id: str


@dataclass(frozen=True, slots=True)
class FetchFiles:
    """Fetch the files of a shopper's message into our own store."""

    ref: MessageRef
    connection_id: str


@dataclass(frozen=True, slots=True)
class CheckConnection:
    """Look after a connection: its token, its webhook, what the channel says of the account."""

    merchant_id: str
    connection_id: str


@dataclass(frozen=True, slots=True)
class ReleaseHeld:
    """Send on what a connection could not send for a while."""

    merchant_id: str
    connection_id: str


@dataclass(frozen=True, slots=True)
class EraseShopper:
    """Take away all that is held of a person, as far as it is left."""

    merchant_id: str
    shopper_id: str
    erasure_id: str


@dataclass(frozen=True, slots=True)
class NotifyStaff:
    """Tell the shop's own people. notice: one of `staff.NOTICE_KINDS`; about: the thread that it speaks of,
    or the connection; spell: of several times, which one: each is told once. Of what failed it is the
    message's sort key."""

    merchant_id: str
    notice: str
    about: str
    spell: str


@dataclass(frozen=True, slots=True)
class MindCart:
    """Look at a cart that its buyer has left: idle for so long, or a further reminder is due."""

    merchant_id: str
    connection_id: str
    cart_id: str


@dataclass(frozen=True, slots=True)
class MindOrder:
    """Look at an order that has changed, or whose day has passed: is there anything to tell its buyer?"""

    merchant_id: str
    connection_id: str
    order_id: str


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Ask a shop what its webhooks may have missed. since, after: where to go on in the middle of a long
    list; '' for from where it was asked to the end. began: when that list was begun; tries: how often in a
    row its next page was asked for in vain."""

    merchant_id: str
    connection_id: str
    since: str = ""
    after: str = ""
    began: str = ""
    tries: str = ""


@dataclass(frozen=True, slots=True)
class ForgetShop:
    """Take away all carts and orders of a shop whose merchant has left it."""

    merchant_id: str
    connection_id: str


@dataclass(frozen=True, slots=True)
class TellReturn:
    """Tell a return's shopper that it has come to this state, unless they were told or it has gone on."""

    merchant_id: str
    return_id: str
    state: str


@dataclass(frozen=True, slots=True)
class MindCampaign:
    """Look at a campaign whose next moment has come: begin its run, and find the moment after."""

    merchant_id: str
    campaign_id: str


@dataclass(frozen=True, slots=True)
class GatherRun:
    """Write the pages of a run, from the segment as it is, as far as they are not there."""

    merchant_id: str
    campaign_id: str
    run_id: str


@dataclass(frozen=True, slots=True)
class RunPage:
    """Decide on those recipients of a page whose moment has come, and find out what became of the others.
    page: its number."""

    merchant_id: str
    campaign_id: str
    run_id: str
    page: str


@dataclass(frozen=True, slots=True)
class RefreshSegments:
    """Make the profiles anew of those to whom something has happened, and go on with what is being built."""

    merchant_id: str


@dataclass(frozen=True, slots=True)
class ImportRows:
    """Go on with a list of shoppers that a merchant has handed in."""

    merchant_id: str
    import_id: str


Work = (
    Send
    | MindPromise
    | SettleEcho
    | FetchFiles
    | CheckConnection
    | ReleaseHeld
    | EraseShopper
    | NotifyStaff
    | MindCart
    | MindOrder
    | CatchUp
    | ForgetShop
    | TellReturn
    | MindCampaign
    | GatherRun
    | RunPage
    | RefreshSegments
    | ImportRows
)

_KINDS: Final[dict[str, type[Work]]] = {
    "send": Send,
    "mind_promise": MindPromise,
    "settle_echo": SettleEcho,
    "fetch_files": FetchFiles,
    "check_connection": CheckConnection,
    "release_held": ReleaseHeld,
    "erase_shopper": EraseShopper,
    "notify_staff": NotifyStaff,
    "mind_cart": MindCart,
    "mind_order": MindOrder,
    "catch_up": CatchUp,
    "forget_shop": ForgetShop,
    "tell_return": TellReturn,
    "mind_campaign": MindCampaign,
    "gather_run": GatherRun,
    "run_page": RunPage,
    "refresh_segments": RefreshSegments,
    "import_rows": ImportRows,
}


@dataclass(frozen=True, slots=True)
class Due:
    """Work that the tick takes up at `at` unless somebody finishes it before.

    since: when it was first due, however often it was taken up since; None: at `at`.
    """

    work: Work
    at: datetime
    since: datetime | None = None

    @property
    def due_id(self) -> str:
        return due_id(self.work)


def overdue_s(due: Due, now: datetime) -> float:
    """How late it is."""
    return (now - (due.since or due.at)).total_seconds()


def due_id(work: Work) -> str:
    """The same work has one due row, whenever it is due."""
    if isinstance(work, Send):
        return stable_id("due", "send", work.ref.merchant_id, work.ref.thread_id, work.ref.sort)
    if isinstance(work, SettleEcho):
        return stable_id(
            "due", "echo", work.merchant_id, work.connection_id, work.chat, work.channel_message_id
        )
    return stable_id("due", *(value for _, value in sorted(work_to_json(work).items())))


def way_of(author: Author) -> str:
    """What goes to many at once must not stand before people's words."""
    return "bulk" if author == "campaign" else ""


def is_bulk(work: Work) -> bool:
    """Whether it goes by the queue that nobody's words stand behind."""
    return isinstance(work, Send) and work.way == "bulk"


def work_to_json(work: Work) -> dict[str, str]:
    """What queue messages and due rows carry; schemas/work.json says the same."""
    kind = next(name for name, one in _KINDS.items() if isinstance(work, one))
    flat = asdict(work)
    if not flat.get("way", "-"):
        del flat["way"]
    return {"kind": kind, **flat.pop("ref", {}), **flat}


def work_from_json(raw: Mapping[str, Any]) -> Work:
    """Raises KeyError, TypeError or ValueError on anything but our own."""
    if raw["kind"] not in _KINDS:
        raise ValueError(f"unknown work {raw['kind']!r}")
    kind = _KINDS[raw["kind"]]
    given = {name: value for name, value in raw.items() if name != "kind"}
    if kind in (Send, FetchFiles):
        ref = MessageRef(*(given.pop(name) for name in ("merchant_id", "thread_id", "sort")))
        given["ref"] = ref
    return kind(**given)
