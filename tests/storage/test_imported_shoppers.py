"""A list of shoppers on the tables themselves: killed before or after any write, taken up again, handed in
once more under another name, it comes out the same."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from samples import NOW

from chalicelib.domain.connections import Connection
from chalicelib.domain.consent.records import Consent, standing
from chalicelib.domain.events import Address
from chalicelib.domain.imports import Defaults, Import, NoList, Problem
from chalicelib.domain.work import ImportRows, Work
from chalicelib.ports.errors import BodyGone, Conflict
from chalicelib.services.people.consents import Consents
from chalicelib.services.people.import_shoppers import PAGE, ImportShoppers
from chalicelib.services.receiving.pointers import Source
from chalicelib.storage.consents import DynamoConsents
from chalicelib.storage.due import DynamoDue
from chalicelib.storage.imports import DynamoImports
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.segments import DynamoSegments
from chalicelib.storage.threads import DynamoThreads
from tests.dynamo import rows_of

DEFAULTS = Defaults("RO", "marketing", "I want offers")
AGREED = "2026-01-05T09:30:00Z"


class Killed(BaseException):
    """As by SIGKILL: nothing of ours catches it."""


@dataclass
class Faults:
    """Kills before the n-th call of a store; 0: never."""

    left: int = 0

    def pass_by(self, call: Callable[..., Any], *given: Any, **named: Any) -> Any:
        self.left -= 1
        if self.left == 0:
            raise Killed
        return call(*given, **named)


class Fragile:
    """A store whose calls may be the last."""

    def __init__(self, store: Any, faults: Faults) -> None:
        self._store, self._faults = store, faults

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._store, name)
        return lambda *given, **named: self._faults.pass_by(call, *given, **named)


@dataclass
class Bodies:
    """Stands for the bucket."""

    kept: dict[str, bytes] = field(default_factory=dict)

    def keep(self, connection_id: str, body: bytes, at: datetime) -> str:
        key = f"bodies/{connection_id}/{sha256(body).hexdigest()}"
        self.kept[key] = body
        return key

    def body(self, key: str) -> bytes:
        if key not in self.kept:
            raise BodyGone
        return self.kept[key]

    def forget(self, key: str) -> None:
        self.kept.pop(key, None)


@dataclass
class Queue:
    """Work that waits to be done."""

    waiting: list[Work] = field(default_factory=list)

    def dispatch(self, work: Work, *, delay_s: int = 0, attempt: str = "") -> None:
        self.waiting.append(work)


@dataclass
class OneConnection:
    """The merchant's only one."""

    one: Connection

    def connection(self, connection_id: str) -> Connection | None:
        return self.one if connection_id == self.one.connection_id else None


def several_at_once(work: Callable[[str], None], whom: Collection[str]) -> Iterable[None]:
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(work, whom))


def one_by_one(work: Callable[[str], None], whom: Collection[str]) -> Iterable[None]:
    return [work(one) for one in whom]


class Desk:
    """Where one merchant's lists come in."""

    def __init__(self, merchant: str) -> None:
        self.merchant, self.faults = merchant, Faults()
        self.bodies, self.queue, self.imports = Bodies(), Queue(), DynamoImports()
        self.threads, self.consents, self.segments = DynamoThreads(), DynamoConsents(), DynamoSegments()
        self.source = Source(merchant, "cn_1", "whatsapp")
        connection = Connection(
            connection_id="cn_1",
            merchant_id=merchant,
            channel="whatsapp",
            account="1",
            name="",
            status="active",
        )
        self.shops: Any = OneConnection(connection)

    def taking(self, each: Callable[..., Iterable[None]] = one_by_one) -> ImportShoppers:
        def fragile(store: Any) -> Any:
            return Fragile(store, self.faults)

        return ImportShoppers(
            fragile(self.imports),
            fragile(self.bodies),
            self.shops,
            fragile(self.threads),
            Consents(DynamoPeople(), fragile(self.consents)),
            fragile(self.segments),
            fragile(self.queue),
            time.monotonic,
            each,
        )

    def hands_in(self, raw: bytes, now: datetime = NOW) -> Import:
        return self.taking().begin(self.source, raw, DEFAULTS, "Mihai", now)

    def works(self, one: Import, each: Callable[..., Iterable[None]] = one_by_one) -> Import:
        work = ImportRows(self.merchant, one.import_id)
        while (found := self.known(one)).state == "going":
            self.taking(each)(work, NOW)
        return found

    def known(self, one: Import) -> Import:
        found = self.imports.read(self.merchant, one.import_id)
        assert found is not None
        return found

    def said(self, phone: str) -> list[Consent]:
        return self.consents.of_addresses(self.merchant, [f"phone#{phone}"])


@pytest.fixture
def desk(merchant: str, dues: DynamoDue) -> Iterator[Desk]:
    yield Desk(merchant)


LINES = (
    "phone,name,language,tags,consent,consent_at,email",
    f"+40712345678,Ana,ro,vip;press,yes,{AGREED},ana@example.com",
    "0712345679,Ben,,,no,,",
    "nobody,Dan,,,,,",
    "0712345680,Cleo,,,,,",
    f"0712 345 678,Ana again,,early,yes,{AGREED},",
)
LIST = "\n".join(LINES).encode()


def of_merchant(raw: Any, merchant: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Every row of the merchant but how far imports are, without what is drawn or counted at random."""
    found = {}
    for row in rows_of(raw, "ThreadsTable"):
        if row["pk"]["S"].startswith(f"{merchant}#") and "#import#" not in row["pk"]["S"]:
            left = {name: value for name, value in row.items() if name not in ("mark", "version")}
            found[row["pk"]["S"].removeprefix(merchant), row["sk"]["S"]] = left
    return found


def test_a_list_becomes_shoppers_with_what_they_said(desk: Desk) -> None:
    one = desk.works(desk.hands_in(LIST), several_at_once)
    assert (one.state, one.rows, one.done, one.taken, one.refused) == ("done", 5, 5, 4, 1)
    assert (one.given, one.withdrawn, one.kept) == (2, 1, 1)
    [problem] = desk.imports.problems(desk.merchant, one.import_id)
    assert (problem.line, problem.column) == (4, "phone")
    found = desk.threads.find(desk.merchant, "cn_1", [Address("phone", "40712345678")])
    assert found is not None
    thread = desk.threads.thread(desk.merchant, found.thread_id)
    assert thread is not None
    assert (thread.shopper_name, thread.language_hint) == ("Ana", "ro")
    assert (thread.tags, thread.spoken_at) == (("vip", "press", "early"), None)
    [yes] = desk.said("40712345678")
    assert (yes.how, yes.by, yes.text) == ("import", "Mihai", "I want offers")
    [no] = desk.said("40712345679")
    assert (no.state, no.at) == ("withdrawn", NOW)
    assert len(desk.segments.touched(desk.merchant)) == 3
    assert desk.bodies.kept == {}
    assert DynamoDue().due(NOW + timedelta(days=1), 10) == []


def test_killed_at_any_call_it_comes_out_the_same(desk: Desk, merchant: str, raw: Any) -> None:
    whole = Desk(f"{merchant}w")
    whole.works(whole.hands_in(LIST))
    wanted = of_merchant(raw, whole.merchant)
    for number in range(1, 60):  # killed before a call is killed after the one before it
        again = Desk(f"{merchant}{number:02d}")
        again.faults.left = number
        is_over = survived(again)
        one = again.works(again.hands_in(LIST))
        assert (one.taken, one.refused, one.given, one.withdrawn, one.kept) == (4, 1, 2, 1, 1)
        assert len(again.imports.problems(again.merchant, one.import_id)) == 1
        found = of_merchant(raw, again.merchant)
        assert len(found) == len(wanted), (number, {key[1] for key in wanted} ^ {key[1] for key in found})
        if is_over:
            return
    raise AssertionError("it makes more calls than anybody killed")


def survived(desk: Desk) -> bool:
    try:
        desk.works(desk.hands_in(LIST))
    except Killed:
        desk.faults.left = 0
        return False
    desk.faults.left = 0
    return True


def test_the_same_people_in_another_list_are_not_doubled(desk: Desk, merchant: str, raw: Any) -> None:
    first = desk.works(desk.hands_in(LIST))
    before = of_merchant(raw, merchant)
    other = desk.works(desk.hands_in(LIST.replace(b"0712345679,Ben,,,no", b"0712345679,Ben,,,"), NOW))
    assert other.import_id != first.import_id
    assert of_merchant(raw, merchant) == before
    again = desk.hands_in(LIST, NOW + timedelta(days=3))
    assert again == desk.known(first)
    assert again.at == NOW


def test_a_yes_of_a_list_comes_over_no_stop(desk: Desk) -> None:
    stop = Consent(
        merchant_id=desk.merchant,
        address="phone#40712345678",
        purpose="marketing",
        state="withdrawn",
        at=NOW - timedelta(days=300),
        how="word",
        noted_at=NOW,
    )
    desk.consents.add([stop])
    desk.works(desk.hands_in(LIST))
    records = desk.said("40712345678")
    assert {one.state for one in records} == {"given", "withdrawn"}
    assert standing(records, "marketing", "whatsapp").state == "withdrawn"


def test_of_two_workers_one_goes_on(desk: Desk) -> None:
    one = desk.hands_in(LIST)
    ended = desk.works(one)
    with pytest.raises(Conflict):
        desk.imports.go_on(one, one, [Problem(2, "", "Twice")], None)
    assert desk.known(one) == ended
    assert [found.line for found in desk.imports.problems(desk.merchant, one.import_id)] == [4]
    desk.taking()(ImportRows(desk.merchant, one.import_id), NOW)
    desk.taking()(ImportRows(desk.merchant, "im_nobodys"), NOW)


def test_a_list_that_is_gone_is_lost_and_can_be_handed_in_again(desk: Desk) -> None:
    one = desk.hands_in(LIST)
    desk.bodies.kept.clear()
    assert desk.works(one).state == "lost"
    assert desk.hands_in(LIST).state == "going"
    assert desk.works(one).taken == 4


def test_a_thousand_problems_are_told_and_the_rest_counted(desk: Desk) -> None:
    raw = b"phone\n" + b"nobody\n" * (1000 + PAGE + 7)
    one = desk.works(desk.hands_in(raw))
    assert (one.refused, one.kept, one.taken) == (1000 + PAGE + 7, 1000, 0)
    told = desk.imports.problems(desk.merchant, one.import_id)
    assert [found.line for found in told] == list(range(2, 1002))


def test_it_is_due_while_it_goes_on(desk: Desk) -> None:
    one = desk.hands_in(LIST)
    [due] = DynamoDue().due(NOW + timedelta(minutes=5), 10)
    assert due.work == ImportRows(desk.merchant, one.import_id)
    assert desk.queue.waiting == [due.work]


def test_nobody_or_too_many_are_refused(desk: Desk) -> None:
    for raw in (b"phone\n", b"phone\n" + b"+40712345678\n" * 50_001):
        with pytest.raises(NoList, match="cut it"):
            desk.hands_in(raw)
