"""What waits for a connection, and what channels tell of connections."""

from datetime import timedelta

import pytest
from samples import NOW, queued
from test_shop_rows import a_connection

from chalicelib.domain.events import Notice
from chalicelib.domain.work import Send
from chalicelib.ports.afterwards import Held
from chalicelib.ports.errors import Conflict
from chalicelib.storage.due import DynamoDue
from chalicelib.storage.shops import DynamoShops
from chalicelib.storage.threads import DynamoThreads

UNTIL = NOW + timedelta(hours=24)


def _connection(shops: DynamoShops, merchant: str, is_broken: bool = True) -> str:
    connection = a_connection(merchant, f"{merchant}-1")
    shops.save_connection(connection)
    if is_broken:
        shops.needs_reauth(connection)
    return connection.connection_id


def test_a_message_waits_for_its_connection_and_is_due_when_it_lapses(
    threads: DynamoThreads, shops: DynamoShops, dues: DynamoDue, merchant: str
) -> None:
    connection_id = _connection(shops, merchant)
    ref = queued(threads, merchant)
    threads.claim(ref, claim="me", now=NOW, lease_until=NOW + timedelta(seconds=90), told=None)
    work = Send(ref, "group")
    held = Held(work, "first")
    threads.hold(held, connection_id, claim="me", reason="token_rejected", until=UNTIL)
    message = threads.message(ref)
    assert message is not None
    assert (message.status, message.claim, message.reason) == ("queued", "", "token_rejected")
    assert threads.held(merchant, connection_id) == [held]
    assert dues.due(NOW + timedelta(hours=23), 10) == []
    assert [due.work for due in dues.due(UNTIL, 10)] == [work]
    threads.let_go(merchant, connection_id, [held])
    assert threads.held(merchant, connection_id) == []


def test_what_is_held_anew_while_it_is_let_go_waits_on(
    threads: DynamoThreads, shops: DynamoShops, merchant: str
) -> None:
    connection_id = _connection(shops, merchant)
    work = Send(queued(threads, merchant), "group")
    for mark in ("first", "again"):
        threads.hold(Held(work, mark), connection_id, claim="", reason="token_rejected", until=UNTIL)
    threads.let_go(merchant, connection_id, [Held(work, "first")])
    assert threads.held(merchant, connection_id) == [Held(work, "again")]
    threads.let_go(merchant, connection_id, [Held(work)])
    assert threads.held(merchant, connection_id) == []


def test_nothing_waits_for_a_connection_that_works(
    threads: DynamoThreads, shops: DynamoShops, merchant: str
) -> None:
    connection_id = _connection(shops, merchant, is_broken=False)
    ref = queued(threads, merchant)
    with pytest.raises(Conflict):
        threads.hold(Held(Send(ref, "g"), "m"), connection_id, claim="", reason="token_rejected", until=UNTIL)
    assert threads.held(merchant, connection_id) == []


def test_a_message_that_somebody_sends_is_not_held(
    threads: DynamoThreads, shops: DynamoShops, merchant: str
) -> None:
    connection_id = _connection(shops, merchant)
    ref = queued(threads, merchant)
    threads.claim(ref, claim="you", now=NOW, lease_until=UNTIL, told=None)
    for claim in ("", "me"):
        with pytest.raises(Conflict):
            threads.hold(Held(Send(ref, "g"), "m"), connection_id, claim=claim, reason="x", until=UNTIL)


def test_notices_are_kept_once_a_day_and_shown_newest_first(threads: DynamoThreads, merchant: str) -> None:
    old = Notice(kind="template_status", at=NOW - timedelta(days=2), subject="order_update", problem="")
    new = Notice(kind="account_update", subject="", problem="account_blocked", details={"event": "X"})
    for notice in (old, new, new, old):
        threads.keep_notice(merchant, "cn_one", notice, NOW)
    found = threads.notices(merchant, "cn_one")
    assert [(one.notice.kind, one.at) for one in found] == [
        ("account_update", NOW),
        ("template_status", NOW - timedelta(days=2)),
    ]
    assert found[0].notice.details == {"event": "X"} and found[0].notice.problem == "account_blocked"
    assert threads.notices(merchant, "cn_two") == []


def test_a_test_call_is_known_by_its_nonce(threads: DynamoThreads, merchant: str) -> None:
    threads.note_self_test(merchant, "cn_one", "abc", NOW)
    assert threads.self_test_came(merchant, "cn_one", "abc")
    assert not threads.self_test_came(merchant, "cn_one", "abd")
    assert not threads.self_test_came(merchant, "cn_two", "abc")


def test_many_mentions_hide_neither_a_problem_nor_its_end(threads: DynamoThreads, merchant: str) -> None:
    blocked = Notice(kind="account_update", at=NOW - timedelta(hours=1), problem="account_blocked")
    mended = Notice(kind="template_status", at=NOW - timedelta(hours=2), subject="order_update")
    mentions = [Notice(kind="mention", at=NOW, subject=f"media {number}") for number in range(12)]
    for notice in (mended, blocked, *mentions):
        threads.keep_notice(merchant, "cn_one", notice, NOW)
    matters = threads.notices(merchant, "cn_one", 10, news=False)
    assert [one.notice for one in matters] == [blocked, mended]
    assert [one.notice.kind for one in threads.notices(merchant, "cn_one", 10)] == ["mention"] * 10
    assert threads.notices(merchant, "cn_one", 20)[-2:] == matters
