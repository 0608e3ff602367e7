"""Schedules on a real table: what is written, what is answered, and many at once."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from types import SimpleNamespace
from typing import Any, Final

import pytest
from access_patterns import Requests
from samples import NOW

from chalicelib.domain.pacing import BELIEVED_US, Schedule, to_us
from chalicelib.ports.errors import StoreBusy
from chalicelib.ports.pacing import Taken
from chalicelib.storage.models import ThreadsRow
from chalicelib.storage.pacing import DynamoPace
from infra.local.parts import free_ports
from tests.dynamo import bound_to

AT: Final = to_us(NOW)
STEP: Final = 12_875
AT_ONCE: Final = 8


@pytest.fixture
def pace(bound: str) -> DynamoPace:
    return DynamoPace()


def _begin(pace: DynamoPace, merchant: str, now_us: int = AT, idle_us: int = AT, lane: str = "all") -> Taken:
    return pace.begin(merchant, "cn_one", lane, now_us=now_us, idle_us=idle_us, length_us=STEP)


def _extend(pace: DynamoPace, merchant: str, now_us: int = AT, ahead_us: int = 1_000_000) -> Taken:
    return pace.extend(merchant, "cn_one", "all", now_us=now_us, latest_us=now_us + ahead_us, length_us=STEP)


def _row(raw: Any, merchant: str, lane: str = "all") -> Schedule:
    key = {"pk": {"S": f"{merchant}#pace#cn_one"}, "sk": {"S": lane}}
    item = raw.get_item(TableName="ThreadsTable", Key=key, ConsistentRead=True)["Item"]
    return Schedule(int(item["next_us"]["N"]), int(item["clock_us"]["N"]))


def test_the_first_begins_a_schedule_in_one_call(
    pace: DynamoPace, merchant: str, raw: Any, requests: Requests
) -> None:
    assert _begin(pace, merchant) == Taken(True, None)
    assert _row(raw, merchant) == Schedule(AT + STEP, AT)
    assert requests.names == ["UpdateItem"]


def test_a_schedule_is_begun_anew_once_its_free_moment_is_past(
    pace: DynamoPace, merchant: str, raw: Any
) -> None:
    _begin(pace, merchant)
    was = Schedule(AT + STEP, AT)
    assert _begin(pace, merchant, AT + 5, AT + STEP) == Taken(False, was)
    assert _row(raw, merchant) == was
    assert _begin(pace, merchant, AT + STEP + 1, AT + STEP + 1) == Taken(True, was)
    assert _row(raw, merchant) == Schedule(AT + 2 * STEP + 1, AT + STEP + 1)


def test_a_free_moment_in_reach_is_taken_in_one_call(
    pace: DynamoPace, merchant: str, raw: Any, requests: Requests
) -> None:
    _begin(pace, merchant)
    requests.clear()
    assert _extend(pace, merchant, AT + 1) == Taken(True, Schedule(AT + STEP, AT))
    assert _row(raw, merchant) == Schedule(AT + 2 * STEP, AT + 1)
    assert requests.names == ["UpdateItem"]


@pytest.mark.parametrize(
    ("after_us", "ahead_us", "is_done"),
    [(STEP, 0, True), (STEP + 1, 10, False), (0, STEP, True), (0, STEP - 1, False)],
)
def test_only_what_is_neither_past_nor_too_far_ahead_is_taken(
    pace: DynamoPace, merchant: str, after_us: int, ahead_us: int, is_done: bool
) -> None:
    _begin(pace, merchant)
    was = Schedule(AT + STEP, AT)
    assert _extend(pace, merchant, AT + after_us, ahead_us) == Taken(is_done, was)


def test_nothing_is_taken_where_nothing_is(pace: DynamoPace, merchant: str) -> None:
    assert _extend(pace, merchant) == Taken(False, None)


def test_a_clock_that_can_not_be_right_is_not_waited_for(pace: DynamoPace, merchant: str) -> None:
    far_us = AT + BELIEVED_US
    _begin(pace, merchant, far_us, far_us)
    was = Schedule(far_us + STEP, far_us)
    assert _begin(pace, merchant, AT, AT) == Taken(False, was)
    assert not _extend(pace, merchant, AT - 1, 10 * BELIEVED_US).is_done
    assert _begin(pace, merchant, AT - 1, AT) == Taken(True, was)


def test_a_pause_moves_the_free_moment_on_and_never_back(pace: DynamoPace, merchant: str, raw: Any) -> None:
    for until_us, is_done in ((AT + 500, True), (AT + 400, False), (AT + 500, False), (AT + 501, True)):
        taken = pace.hold(merchant, "cn_one", "all", now_us=AT, until_us=until_us)
        assert taken.is_done is is_done
    assert _row(raw, merchant) == Schedule(AT + 501, AT)


def test_lanes_and_connections_do_not_wait_for_each_other(pace: DynamoPace, merchant: str, raw: Any) -> None:
    assert [_begin(pace, merchant, lane=lane).is_done for lane in ("all", "files")] == [True, True]
    other = pace.begin(merchant, "cn_two", "all", now_us=AT, idle_us=AT, length_us=STEP)
    assert other == Taken(True, None)
    assert _row(raw, merchant, "files") == Schedule(AT + STEP, AT)


def test_a_connection_that_sends_no_more_leaves_nothing_behind(
    pace: DynamoPace, merchant: str, raw: Any
) -> None:
    _begin(pace, merchant)
    key = {"pk": {"S": f"{merchant}#pace#cn_one"}, "sk": {"S": "all"}}
    item = raw.get_item(TableName="ThreadsTable", Key=key)["Item"]
    assert int(item["expires_at"]["N"]) == (AT + STEP) // 1_000_000 + 7 * 24 * 3600


def test_many_at_once_get_a_moment_each(pace: DynamoPace, merchant: str) -> None:
    """No call is in vain, and no two get the same."""
    _begin(pace, merchant)

    def take(_: int) -> Taken:
        return _extend(pace, merchant)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        taken = list(pool.map(take, range(5 * AT_ONCE)))
    assert all(one.is_done for one in taken)
    moments = sorted(one.was.next_us for one in taken if one.was)
    assert {after - before for before, after in pairwise(moments)} == {STEP}


def test_one_of_many_begins(pace: DynamoPace, merchant: str) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        taken = list(pool.map(lambda _: _begin(pace, merchant), range(AT_ONCE)))
    assert sum(one.is_done for one in taken) == 1
    assert {one.was for one in taken} == {None, Schedule(AT + STEP, AT)}


def test_a_table_that_does_not_answer_is_busy() -> None:
    (port,) = free_ports(1)
    with bound_to(f"http://127.0.0.1:{port}"):
        with pytest.raises(StoreBusy):
            _begin(DynamoPace(), "mt_busy")


def test_a_throttled_table_is_busy(pace: DynamoPace, merchant: str) -> None:
    events = ThreadsRow._get_connection().connection.client.meta.events
    throttled = {"Error": {"Code": "ThrottlingException"}, "ResponseMetadata": {"HTTPHeaders": {}}}
    events.register(
        "before-call.dynamodb",
        lambda **_: (SimpleNamespace(status_code=400), throttled),
        unique_id="throttled",
    )
    try:
        with pytest.raises(StoreBusy, match="Throttling"):
            _begin(pace, merchant)
    finally:
        events.unregister("before-call.dynamodb", unique_id="throttled")
