"""Due work: found when its moment has come, moved unless it was moved, and it costs what is due."""

from datetime import datetime, timedelta
from typing import Any, Final

import pytest
from access_patterns import Requests
from samples import NOW, an_echo, an_intent, due_of, stored

from chalicelib.domain.messages import MessageRef
from chalicelib.domain.work import Due, Send
from chalicelib.ports.threads import Change
from chalicelib.storage.due import DynamoDue
from chalicelib.storage.threads import DynamoThreads

SHARDS: Final = 16
# A merchant of whom 120 rows of due work fall into all shards.
EVERYWHERE: Final = "mt_everywhere"


def _sends(merchant: str, count: int, at: datetime = NOW) -> list[Due]:
    refs = [MessageRef(merchant, "th_ann", f"{n:013d}#ms_{n}") for n in range(count)]
    return [Due(Send(ref, "group"), at) for ref in refs]


def _wait_for(threads: DynamoThreads, merchant: str, *waiting: Due) -> None:
    for start in range(0, len(waiting), 50):
        thread = threads.thread(merchant, "th_ann")
        if thread is None:
            thread = stored(threads, merchant)
        threads.commit(Change(thread=thread, due=waiting[start : start + 50]))


@pytest.mark.parametrize(("late", "is_due"), [(-0.001, False), (0.0, True), (0.001, True)])
def test_work_is_due_at_its_moment_and_not_before(
    threads: DynamoThreads, dues: DynamoDue, merchant: str, late: float, is_due: bool
) -> None:
    (due,) = _sends(merchant, 1)
    _wait_for(threads, merchant, due)
    found = dues.due(NOW + timedelta(seconds=late), 10)
    assert [one.work for one in found] == ([due.work] if is_due else [])


def test_what_is_due_in_three_hundred_years_is_not_due_today(dues: DynamoDue, merchant: str) -> None:
    """A shop may promise a parcel for any day: as text its moment is longer than others."""
    (due,) = _sends(merchant, 1, NOW.replace(year=2326))
    dues.set(due)
    assert not [one for one in dues.due(NOW, 10) if one.work == due.work]


def test_both_kinds_of_work_come_back(threads: DynamoThreads, dues: DynamoDue, merchant: str) -> None:
    send, echo = _sends(merchant, 1)[0], Due(an_echo(merchant), NOW)
    _wait_for(threads, merchant, send, echo)
    assert {one.work for one in dues.due(NOW, 10)} == {send.work, echo.work}


def test_all_that_is_due_is_found_in_whatever_shard(
    threads: DynamoThreads, dues: DynamoDue, raw: Any, requests: Requests
) -> None:
    waiting = _sends(EVERYWHERE, 120)
    _wait_for(threads, EVERYWHERE, *waiting)
    rows = raw.scan(TableName="DueTable")["Items"]
    assert {int(row["shard"]["N"]) for row in rows} == set(range(SHARDS))
    requests.clear()
    assert {one.work for one in dues.due(NOW, 100)} == {one.work for one in waiting}
    assert requests.names == ["Query"] * SHARDS


def test_the_oldest_of_each_shard_come_first(threads: DynamoThreads, dues: DynamoDue) -> None:
    old, new = _sends(EVERYWHERE, 120, NOW - timedelta(seconds=9)), _sends(EVERYWHERE, 160)[120:]
    _wait_for(threads, EVERYWHERE, *new, *old)
    found = dues.due(NOW, 1)
    assert len(found) == SHARDS
    assert {one.work for one in found} <= {one.work for one in old}


def test_a_tick_costs_what_is_due_not_what_waits(
    threads: DynamoThreads, dues: DynamoDue, merchant: str, requests: Requests
) -> None:
    _wait_for(threads, merchant, *_sends(merchant, 100, NOW + timedelta(hours=1)))
    requests.clear()
    assert dues.due(NOW, 100) == []
    assert len(requests.made) == SHARDS
    assert all(body["IndexName"] == "due" and body["Limit"] == 100 for _, body in requests.made)


def test_work_is_moved_to_another_moment(threads: DynamoThreads, dues: DynamoDue, merchant: str) -> None:
    (due,) = _sends(merchant, 1)
    _wait_for(threads, merchant, due)
    later = NOW + timedelta(minutes=5)
    dues.postpone(due, later)
    assert dues.due(later - timedelta(milliseconds=1), 10) == []
    (moved,) = dues.due(later, 10)
    assert (moved.work, moved.at, moved.since) == (due.work, later, NOW)


def test_work_that_somebody_else_moved_stays_there(
    threads: DynamoThreads, dues: DynamoDue, merchant: str
) -> None:
    (due,) = _sends(merchant, 1)
    _wait_for(threads, merchant, due)
    dues.postpone(due, NOW + timedelta(seconds=90))
    dues.postpone(due, NOW + timedelta(minutes=5))
    assert [one.at for one in dues.due(NOW + timedelta(hours=1), 10)] == [NOW + timedelta(seconds=90)]


def test_a_claim_wins_over_the_tick_that_read_before_it(
    threads: DynamoThreads, dues: DynamoDue, merchant: str
) -> None:
    intent = an_intent()
    read = due_of(merchant, intent, 0)
    stored(threads, merchant, intent, due=(read,))
    lease_until = NOW + timedelta(seconds=90)
    threads.claim(
        MessageRef(merchant, "th_ann", intent.sort), claim="me", now=NOW, lease_until=lease_until, told=None
    )
    dues.postpone(read, NOW + timedelta(minutes=5))
    assert [one.at for one in dues.due(NOW + timedelta(hours=1), 10)] == [lease_until]


def test_finished_work_is_not_moved_back_into_being(dues: DynamoDue, merchant: str) -> None:
    (due,) = _sends(merchant, 1)
    dues.postpone(due, NOW)
    assert dues.due(NOW, 10) == []


def test_finished_work_is_gone_and_may_be_finished_twice(
    threads: DynamoThreads, dues: DynamoDue, merchant: str
) -> None:
    (due,) = _sends(merchant, 1)
    _wait_for(threads, merchant, due)
    dues.forget(due.work)
    dues.forget(due.work)
    assert dues.due(NOW, 10) == []


def test_the_same_work_waits_once(threads: DynamoThreads, dues: DynamoDue, merchant: str) -> None:
    (due,) = _sends(merchant, 1)
    _wait_for(threads, merchant, due)
    _wait_for(threads, merchant, Due(Send(due.work.ref, "group"), NOW + timedelta(seconds=5)))
    assert [one.at for one in dues.due(NOW + timedelta(hours=1), 10)] == [NOW + timedelta(seconds=5)]


def test_the_oldest_says_how_late_we_are(threads: DynamoThreads, dues: DynamoDue, merchant: str) -> None:
    assert dues.oldest_overdue_s(NOW) == 0.0
    _wait_for(threads, merchant, *_sends(merchant, 3), *_sends(merchant, 5, NOW - timedelta(seconds=61))[3:])
    assert dues.oldest_overdue_s(NOW) == 61.0
    assert dues.oldest_overdue_s(NOW - timedelta(seconds=62)) == 0.0


def test_moving_work_does_not_make_it_less_late(
    threads: DynamoThreads, dues: DynamoDue, merchant: str
) -> None:
    (due,) = _sends(merchant, 1)
    _wait_for(threads, merchant, due)
    dues.postpone(due, NOW + timedelta(seconds=300))
    assert dues.oldest_overdue_s(NOW + timedelta(seconds=301)) == 301.0
