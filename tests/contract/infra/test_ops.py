"""What an operator does about what did not go through, on a local AWS; also killed half way."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any, Final

import pytest

from chalicelib.ports.threads import Kept
from chalicelib.services.receiving.replay import Replay
from chalicelib.storage.threads import DynamoThreads
from infra.local.aws import root_session
from infra.ops.quarantine import Group, Quarantine, Wanted, masked, shown
from infra.ops.redrive import NAMES, Redrive
from infra.ops.stack import OpsFailed
from infra.template.queues import FIFO, QUEUES
from tests.dynamo import bound_to, create_tables

NOW: Final = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
WORDS: Final = "Quetzalcoatl-in-lavender"


class Killed(BaseException):
    """As by SIGKILL: nothing of ours catches it."""


@dataclass
class Shop:
    """One merchant's quarantine, over two connections."""

    threads: DynamoThreads
    merchant_id: str = field(default_factory=lambda: f"mt_{token_hex(6)}")

    def keeps(self, number: int, reason: str = "unknown_kind:hologram", connection: str = "cn_one") -> None:
        envelope = {
            "channel": "telegram",
            "merchant_id": self.merchant_id,
            "connection_id": connection,
            "received_at": NOW.isoformat(),
            "body": {"update_id": number, "hologram": {"text": WORDS, "is_bright": True, "+40 700": None}},
        }
        self.threads.keep_unreadable(self.merchant_id, connection, reason, envelope, NOW)

    def owners(self, merchant_id: str) -> list[tuple[str, str]]:
        return [(self.merchant_id, "cn_one"), (self.merchant_id, "cn_two")]

    @property
    def quarantine(self) -> Quarantine:
        return Quarantine(self.threads, self.owners)

    def found(self, **wanted: str) -> list[Kept]:
        return list(self.quarantine.find(Wanted(**wanted)))


class Inbound:
    """The inbound queue: what it was given, without what is new each time."""

    def __init__(self) -> None:
        self.envelopes: list[dict[str, Any]] = []
        self.tokens: set[str] = set()

    def inbound(self, envelopes: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        for _, envelope in envelopes:
            plain = dict(envelope)
            self.tokens.add(plain.pop("replay"))
            self.envelopes.append(plain)

    @property
    def numbers(self) -> list[int]:
        return sorted(one["body"]["update_id"] for one in self.envelopes)


@dataclass
class KilledAt:
    """Passes calls on, but for one method: there the process ends at call number `at`, before or after it."""

    real: Any
    method: str
    at: int
    is_after: bool = False

    def __getattr__(self, name: str) -> Any:
        known = getattr(self.real, name)
        return self._dying(known) if name == self.method else known

    def _dying(self, known: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **more: Any) -> Any:
            self.at -= 1
            if self.at == 0 and not self.is_after:
                raise Killed
            answer = known(*given, **more)
            if self.at == 0:
                raise Killed
            return answer

        return call


@pytest.fixture(scope="module")
def tables(aws_url: str) -> Iterator[None]:
    create_tables(aws_url)
    with bound_to(aws_url):
        yield


@pytest.fixture
def shop(tables: None) -> Shop:
    return Shop(DynamoThreads())


def replay(
    shop: Shop, queue: Any, threads: Any = None, is_dry: bool = False, **wanted: str
) -> dict[str, int]:
    chosen = Wanted(**wanted)
    again = Replay(threads or shop.threads, queue, is_dry=is_dry)
    counts: dict[str, int] = {}
    for owner in shop.owners(""):
        counts |= again(*owner, chosen.is_met_by)
    return counts


def test_the_list_tells_of_each_connection_and_reason_how_many_and_which(shop: Shop) -> None:
    for number in range(9):
        shop.keeps(number)
    shop.keeps(20, "malformed")
    shop.keeps(30, connection="cn_two")
    listed = shop.quarantine.listed(Wanted(), most_ids=4)
    hologram = "unknown_kind:hologram"
    assert {group: (one.count, len(one.ids)) for group, one in listed.items()} == {
        Group(shop.merchant_id, "cn_one", hologram): (9, 4),
        Group(shop.merchant_id, "cn_one", "malformed"): (1, 1),
        Group(shop.merchant_id, "cn_two", hologram): (1, 1),
    }
    assert len(shop.found(connection="cn_two")) == len(shop.found(reason="malformed")) == 1
    for kept in shop.found():
        assert shop.quarantine.one(Wanted(id=kept.row[:12])) == kept


def test_an_id_that_is_too_short_or_nobodys_finds_nothing(shop: Shop) -> None:
    shop.keeps(1)
    (kept,) = shop.found()
    with pytest.raises(OpsFailed):
        Wanted(id=kept.row[:5])
    other = "0" if kept.row[5] != "0" else "1"
    assert shop.quarantine.one(Wanted(id=kept.row[:5] + other)) is None


def test_an_event_is_shown_without_what_people_wrote_unless_it_is_asked_for(shop: Shop) -> None:
    shop.keeps(1)
    (kept,) = shop.found()
    told = shown(kept, is_revealed=False)
    assert WORDS not in told and "+40 700" not in told
    hologram = json.loads(told)["event"]["body"]["hologram"]
    assert hologram == {"text": f"<{len(WORDS)} characters>", "is_bright": True, "…": None}
    assert (json.loads(told)["id"], json.loads(told)["reason"]) == (kept.row, kept.reason)
    assert json.loads(shown(kept, is_revealed=True))["event"] == kept.envelope


def test_the_mask_keeps_the_shape_of_anything() -> None:
    assert masked([1, 2.5, None, False, "", [{"a_name": "Ana"}]]) == [
        *("<number>", "<number>", None, False, "<0 characters>"),
        [{"a_name": "<3 characters>"}],
    ]


def test_an_event_is_forgotten_once_and_no_other(shop: Shop) -> None:
    shop.keeps(1)
    shop.keeps(2)
    kept, other = shop.found()
    shop.quarantine.forget(kept)
    shop.quarantine.forget(kept)
    assert shop.found() == [other]


def test_an_event_that_has_come_again_is_not_forgotten(shop: Shop) -> None:
    shop.keeps(1)
    (kept,) = shop.found()
    later = NOW + timedelta(minutes=1)
    shop.threads.keep_unreadable(shop.merchant_id, "cn_one", kept.reason, kept.envelope, later)
    shop.quarantine.forget(kept)
    assert [one.at for one in shop.found()] == [later]


def test_replay_takes_what_it_is_asked_for_and_a_dry_run_takes_nothing(shop: Shop) -> None:
    for number in range(3):
        shop.keeps(number)
    shop.keeps(7, "malformed")
    shop.keeps(8, "malformed", "cn_two")
    queue = Inbound()
    assert replay(shop, queue, is_dry=True) == {"unknown_kind:hologram": 3, "malformed": 1}
    assert (queue.envelopes, len(shop.found())) == ([], 5)
    (one,) = shop.found(connection="cn_two")
    assert replay(shop, queue, id=one.row[:12]) == {"malformed": 1}
    assert replay(shop, queue, reason="malformed") == {"malformed": 1}
    assert (queue.numbers, len(shop.found())) == ([7, 8], 3)


@pytest.mark.parametrize("is_after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("method", ["inbound", "forget_unreadable"])
def test_a_replay_that_is_killed_is_finished_by_the_next(shop: Shop, method: str, is_after: bool) -> None:
    """What was queued and not yet forgotten is queued once more, the same but for the token that makes the
    queue take it: to receive it twice is to receive it once."""
    for number in range(3):
        shop.keeps(number)
    queue = Inbound()
    doomed = [KilledAt(real, method, 2, is_after) for real in (queue, shop.threads)]
    if method == "inbound":
        doomed[0].at = 1
    with pytest.raises(Killed):
        replay(shop, *doomed)
    replay(shop, queue)
    assert (set(queue.numbers), shop.found()) == ({0, 1, 2}, [])
    assert len(queue.tokens) == len(queue.envelopes)
    assert replay(shop, queue) == {}


@dataclass
class Post:
    """Queues and their dead letters, on the local AWS."""

    sqs: Any
    urls: dict[str, str]

    def dies(self, name: str, *bodies: str) -> None:
        for body in bodies:
            self._send(f"{name}DeadLettersUrl", name, body)

    def _send(self, place: str, name: str, body: str) -> None:
        fifo = {"MessageGroupId": "ana", "MessageDeduplicationId": token_hex(8)} if name in FIFO else {}
        self.sqs.send_message(QueueUrl=self.urls[place], MessageBody=body, **fifo)

    def waiting(self, name: str) -> list[str]:
        found = []
        while got := self._receive(name):
            found += [one["Body"] for one in got]
            for one in got:
                self.sqs.delete_message(QueueUrl=self._url(name), ReceiptHandle=one["ReceiptHandle"])
        return found

    def _receive(self, name: str) -> list[dict[str, Any]]:
        answer = self.sqs.receive_message(QueueUrl=self._url(name), MaxNumberOfMessages=10)
        return list(answer.get("Messages", []))

    def _url(self, name: str) -> str:
        return self.urls[f"{name}QueueUrl"]


@contextmanager
def a_post(aws_url: str) -> Iterator[Post]:
    """Dead letters that a killed run had in hand are back at once, not after half a minute."""
    sqs = root_session().client("sqs", endpoint_url=aws_url)
    urls = {}
    for name in QUEUES:
        for place, hidden_s in (("QueueUrl", "30"), ("DeadLettersUrl", "0")):
            fifo = {"FifoQueue": "true"} if name in FIFO else {}
            called = f"{name}{place}-{token_hex(4)}" + (".fifo" if fifo else "")
            made = sqs.create_queue(QueueName=called, Attributes={"VisibilityTimeout": hidden_s, **fifo})
            urls[f"{name}{place}"] = made["QueueUrl"]
    try:
        yield Post(sqs, urls)
    finally:
        for url in urls.values():
            sqs.delete_queue(QueueUrl=url)


@pytest.fixture
def post(aws_url: str) -> Iterator[Post]:
    with a_post(aws_url) as one:
        yield one


def test_dead_letters_go_back_to_the_queue_that_is_named(post: Post) -> None:
    post.dies("Inbound", "one", "two")
    post.dies("Later", "three")
    redrive = Redrive(post.sqs, post.urls)
    assert redrive.waiting(NAMES) == {"inbound": 2, "outbound": 0, "later": 1, "bulk": 0, "media": 0}
    assert redrive(["inbound"]) == {"inbound": 2}
    assert (post.waiting("Inbound"), post.waiting("Later")) == (["one", "two"], [])
    assert redrive(NAMES) == {"inbound": 0, "outbound": 0, "later": 1, "bulk": 0, "media": 0}
    assert post.waiting("Later") == ["three"]
    assert sum(redrive(NAMES).values()) == 0


@pytest.mark.parametrize("name", ["Inbound", "Later"])
@pytest.mark.parametrize("is_after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("method", ["send_message", "delete_message"])
def test_a_redrive_that_is_killed_loses_no_letter(post: Post, method: str, is_after: bool, name: str) -> None:
    post.dies(name, "one", "two", "three")
    with pytest.raises(Killed):
        Redrive(KilledAt(post.sqs, method, 2, is_after), post.urls)([name.lower()])
    Redrive(post.sqs, post.urls)([name.lower()])
    assert set(post.waiting(name)) == {"one", "two", "three"}
    assert Redrive(post.sqs, post.urls).waiting([name.lower()]) == {name.lower(): 0}
