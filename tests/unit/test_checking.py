"""A connection is looked after: what is asked, renewed, stored, warned of, and proven all the way."""

from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from chalicelib.domain.connections import Account, Connection, Finding, SharedApp
from chalicelib.domain.events import Notice
from chalicelib.domain.health import AGAIN_AFTER, OK, TOKEN_REJECTED, is_news, next_check
from chalicelib.domain.work import CheckConnection, Due, ReleaseHeld, Work
from chalicelib.ports.account import Examination, Renewal
from chalicelib.ports.afterwards import KeptNotice
from chalicelib.ports.channel import Channel
from chalicelib.ports.errors import ChannelDown, CredentialsRejected, StoreBusy
from chalicelib.ports.queues import DueStore, Outbox
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.connections.check_connection import CheckConnections
from chalicelib.services.connections.connect import Connect
from chalicelib.services.connections.prove_webhook import LOOKS_EVERY_S, WAITS_S, ProveWebhook
from chalicelib.services.sending.release_held import Release

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
PUBLIC = "https://parley.example"
WORK = CheckConnection("mt_1", "cn_1")
REPAIRED = Finding(code="webhook_repaired", severity="warning", message="It was mended.")
CONNECTION = Connection(
    merchant_id="mt_1",
    connection_id="cn_1",
    channel="instagram",
    account="100",
    name="Mug Shop",
    status="active",
    token="a token",
    signing_secrets=("a secret",),
    details={"username": "mug_shop"},
    connected_at=NOW - 30 * DAY,
    token_expires_at=NOW + 50 * DAY,
)


@dataclass
class World:
    """Everything around the use case: rows, due work, queue, channel, our own address."""

    connection: Connection | None = CONNECTION
    says: Examination | Exception = field(default_factory=lambda: Examination(findings=(OK,)))
    gives: Renewal | Exception | None = None
    door: str = "200"
    looks_until_it_comes: int = 0
    apps: list[SharedApp] = field(default_factory=list)
    due: dict[Work, datetime] = field(default_factory=lambda: {WORK: NOW})
    dispatched: list[Work] = field(default_factory=list)
    kept: list[Notice] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    renewed_by: list[str] = field(default_factory=list)
    signed_by: tuple[str, ...] = ()
    called: str = ""
    slept_s: float = 0.0
    fetched_with: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None

    def shop_store(self) -> ShopStore:
        return cast(ShopStore, _Shops(self))

    def checks(self) -> CheckConnections:
        threads, dues = cast(ThreadStore, _Threads(self)), cast(DueStore, _Dues(self))
        prove = ProveWebhook(threads, self.shop_store(), self.channel_named, self.call, self.sleep)
        release = Release(dues, cast(Outbox, _Outbox(self)))
        return CheckConnections(
            threads, self.shop_store(), dues, release, self.channel_named, prove, self.fetch_templates
        )

    def fetch_templates(self, connection: Connection, now: datetime) -> None:
        self.fetched_with.append(connection.token)

    def channel_named(self, name: str) -> Channel:
        return cast(Channel, _Channel(self))

    def call(self, url: str, headers: Mapping[str, str], body: bytes) -> str:
        self.called = url
        return self.door

    def sleep(self, seconds: float) -> None:
        self.slept_s += seconds

    def run(self, now: datetime = NOW, public_url: str = PUBLIC) -> Connection:
        self.checks()(WORK, public_url, now)
        assert self.connection is not None
        return self.connection

    def ask(self) -> list[tuple[str, str]]:
        assert self.connection is not None
        done = self.checks().on_demand(self.connection, PUBLIC, NOW)
        return [(one.code, one.severity) for one in done.findings]

    def may_fail(self, at: str) -> None:
        if at in self.faults:
            self.faults.remove(at)
            raise StoreBusy(at)


@dataclass
class _Shops:
    world: World

    def connection(self, connection_id: str) -> Connection | None:
        return self.world.connection

    def shared_apps(self) -> list[SharedApp]:
        return self.world.apps

    def note_check(self, connection: Connection, *, is_renewed: bool) -> None:
        self.world.may_fail("note_check")
        stored = self.world.connection
        if (
            stored is None
            or stored.status == "disconnected"
            or stored.connected_at != connection.connected_at
        ):
            return
        token = connection.token if is_renewed else stored.token
        self.world.connection = replace(connection, status=stored.status, token=token)

    def needs_reauth(self, connection: Connection) -> None:
        self._mark("active", "needs_reauth")

    def works_again(self, connection: Connection) -> None:
        self.world.may_fail("works_again")
        assert ReleaseHeld("mt_1", "cn_1") in self.world.due
        self._mark("needs_reauth", "active")

    def _mark(self, was: Any, becomes: Any) -> None:
        stored = self.world.connection
        if stored is not None and stored.status == was:
            self.world.connection = replace(stored, status=becomes)

    def save_connection(self, connection: Connection) -> None:
        self.world.connection = connection


@dataclass
class _Dues:
    world: World

    def set(self, due: Due) -> None:
        self.world.due[due.work] = due.at

    def forget(self, work: Work) -> None:
        self.world.due.pop(work, None)


@dataclass
class _Outbox:
    world: World

    def dispatch(self, work: Work, *, delay_s: int = 0, attempt: str = "") -> None:
        self.world.dispatched.append(work)


@dataclass
class _Threads:
    world: World

    def notices(
        self, merchant_id: str, connection_id: str, limit: int = 50, *, news: bool = True
    ) -> list[KeptNotice]:
        told = [one for one in self.world.kept if news or not is_news(one)]
        newest = sorted(told, key=lambda one: one.at or NOW, reverse=True)
        return [KeptNotice(one, one.at or NOW) for one in newest[:limit]]

    def keep_notice(self, merchant_id: str, connection_id: str, notice: Notice, at: datetime) -> None:
        self.world.kept.append(notice)

    def self_test_came(self, merchant_id: str, connection_id: str, nonce: str) -> bool:
        self.world.looks_until_it_comes -= 1
        return self.world.looks_until_it_comes < 0


@dataclass
class _Channel:
    world: World

    def examine(self, connection: Connection, callback_url: str) -> Examination:
        self.world.asked.append(callback_url)
        self.world.meanwhile()
        if isinstance(self.world.says, Exception):
            raise self.world.says
        return self.world.says

    def renew(self, connection: Connection) -> Renewal | None:
        self.world.renewed_by.append(connection.token)
        if isinstance(self.world.gives, Exception):
            raise self.world.gives
        return self.world.gives

    def self_test(self, connection: Connection, nonce: str) -> tuple[Mapping[str, str], bytes]:
        self.world.signed_by = connection.signing_secrets
        return {}, nonce.encode()


DOWN = ChannelDown("channel_down", "Meta did not answer.")


def test_what_a_check_finds_is_stored_and_the_next_one_is_a_day_later() -> None:
    said = Examination(findings=(REPAIRED,), token_expires_at=NOW + 40 * DAY, details={"per_second": "80"})
    world = World(says=said)
    after = world.run()
    assert world.asked == [f"{PUBLIC}/webhooks/instagram/cn_1"]
    assert (after.findings, after.checked_at) == ((REPAIRED,), NOW)
    assert after.token_expires_at == NOW + 40 * DAY
    assert after.details == {"username": "mug_shop", "per_second": "80"}
    assert world.due == {WORK: next_check("cn_1", NOW)}


def test_what_was_mended_since_is_gone_after_the_next_check() -> None:
    world = World(connection=replace(CONNECTION, findings=(REPAIRED,)))
    assert world.run().findings == ()


def test_what_a_channel_does_not_tell_of_a_tokens_end_stays_as_it_was_told() -> None:
    assert World().run().token_expires_at == CONNECTION.token_expires_at


@pytest.mark.parametrize("connection", [None, replace(CONNECTION, status="disconnected")])
def test_a_connection_that_is_gone_is_looked_after_no_longer(connection: Connection | None) -> None:
    world = World(connection=connection)
    world.checks()(WORK, PUBLIC, NOW)
    assert world.due == {}
    assert world.asked == []


def test_one_that_is_just_being_connected_is_left_alone() -> None:
    world = World(connection=replace(CONNECTION, status="connecting"))
    world.run()
    assert world.asked == []
    assert WORK in world.due


def test_without_a_public_url_the_address_it_was_connected_by_holds() -> None:
    details = {"webhook_url": "https://abc.example/api/webhooks/instagram/cn_1"}
    world = World(connection=replace(CONNECTION, details=details))
    world.run(public_url="")
    assert world.asked == [details["webhook_url"]]


def test_a_connection_whose_address_nobody_knows_is_not_pointed_elsewhere() -> None:
    world = World()
    world.run(public_url="")
    assert world.asked == []
    assert world.due[WORK] == next_check("cn_1", NOW)


def test_a_channel_that_is_down_changes_nothing_and_is_asked_again_in_an_hour() -> None:
    before = replace(CONNECTION, findings=(REPAIRED,), checked_at=NOW - DAY)
    world = World(connection=before, says=DOWN)
    assert world.run() == before
    assert world.due == {WORK: NOW + AGAIN_AFTER}


def test_a_fault_of_ours_is_tried_again_in_an_hour() -> None:
    world = World(says=RuntimeError("never seen before"))
    with pytest.raises(RuntimeError):
        world.run()
    assert world.due == {WORK: NOW + AGAIN_AFTER}


@pytest.mark.parametrize(("left", "renewed"), [(11 * DAY, False), (10 * DAY, True), (1 * DAY, True)])
def test_a_token_is_renewed_when_ten_days_are_left(left: timedelta, renewed: bool) -> None:
    world = World(
        connection=replace(CONNECTION, token_expires_at=NOW + left), gives=Renewal("a new token", 60 * DAY)
    )
    after = world.run()
    assert (after.token == "a new token") is renewed
    assert after.token_expires_at == (NOW + 60 * DAY if renewed else NOW + left)


def test_a_token_whose_end_nobody_knows_is_renewed_once_to_learn_it() -> None:
    world = World(
        connection=replace(CONNECTION, token_expires_at=None), gives=Renewal("a new token", 60 * DAY)
    )
    world.run()
    after = world.run(NOW + DAY)
    assert world.renewed_by == ["a token"]
    assert after.token_expires_at == NOW + 60 * DAY


@pytest.mark.parametrize("gives", [None, DOWN, CredentialsRejected("invalid", "Meta refused it.")])
def test_a_token_that_can_not_be_renewed_is_warned_of(gives: Any) -> None:
    world = World(connection=replace(CONNECTION, token_expires_at=NOW + 6 * DAY), gives=gives)
    after = world.run()
    assert after.token == "a token"
    assert [one.code for one in world.checks().findings(after, NOW)] == ["token_expires"]


def test_a_renewed_token_is_not_lost_to_a_busy_store() -> None:
    world = World(
        connection=replace(CONNECTION, token_expires_at=NOW + 6 * DAY),
        gives=Renewal("a new token", 60 * DAY),
        faults=["note_check", "note_check"],
    )
    assert world.run().token == "a new token"


def test_who_connects_anew_during_a_check_keeps_what_they_brought() -> None:
    world = World(
        connection=replace(CONNECTION, token_expires_at=NOW + 6 * DAY), gives=Renewal("old", 60 * DAY)
    )
    fresh = replace(CONNECTION, token="just brought", connected_at=NOW)

    def reconnect() -> None:
        world.connection = fresh

    world.meanwhile = reconnect
    assert world.run() == fresh


def test_the_nearing_end_is_noted_once_for_each_step() -> None:
    end = NOW + 15 * DAY
    world = World(connection=replace(CONNECTION, token_expires_at=end))
    for day in range(17):
        world.run(NOW + day * DAY)
    told = [(one.kind, one.details["days"], one.at) for one in world.kept]
    assert told == [
        ("token_expires", 14, NOW + 1 * DAY),
        ("token_expires", 7, NOW + 8 * DAY),
        ("token_expires", 2, NOW + 13 * DAY),
        ("token_expires", 0, NOW + 15 * DAY),
    ]


def test_a_token_that_the_channel_refuses_holds_what_is_to_be_sent() -> None:
    world = World(says=Examination(findings=(TOKEN_REJECTED,)))
    after = world.run()
    assert after.status == "needs_reauth"
    assert world.renewed_by == []
    assert world.due[WORK] == next_check("cn_1", NOW)


def test_a_token_that_works_again_lets_go_what_was_held() -> None:
    world = World(connection=replace(CONNECTION, status="needs_reauth", findings=(TOKEN_REJECTED,)))
    after = world.run()
    assert (after.status, after.findings) == ("active", ())
    assert world.dispatched == [ReleaseHeld("mt_1", "cn_1")]


def test_a_crash_while_it_is_let_go_is_made_good_by_the_next_call() -> None:
    world = World(connection=replace(CONNECTION, status="needs_reauth"), faults=["works_again"])
    with pytest.raises(StoreBusy):
        world.run()
    assert world.due[WORK] == NOW + AGAIN_AFTER
    assert ReleaseHeld("mt_1", "cn_1") in world.due
    assert world.run().status == "active"


@pytest.mark.parametrize("code", ["permission_missing", "secret_rejected", "account_mismatch"])
def test_a_connection_that_still_can_not_send_holds_on(code: str) -> None:
    says = Examination(findings=(Finding(code=code, severity="error", message=""),))
    world = World(connection=replace(CONNECTION, status="needs_reauth"), says=says)
    assert world.run().status == "needs_reauth"
    assert world.dispatched == []


def test_a_refusal_during_the_check_is_not_overwritten() -> None:
    world = World()

    def refused() -> None:
        assert world.connection is not None
        world.connection = replace(world.connection, status="needs_reauth")

    world.meanwhile = refused
    assert world.run().status == "needs_reauth"


def test_a_check_on_demand_proves_the_whole_way() -> None:
    world = World(looks_until_it_comes=3)
    assert world.ask() == [("ok", "ok"), ("self_test_ok", "ok")]
    assert world.called == f"{PUBLIC}/webhooks/instagram/cn_1"
    assert world.signed_by == ("a secret",)
    assert world.slept_s == 3 * LOOKS_EVERY_S
    assert world.due == {WORK: next_check("cn_1", NOW)}


@pytest.mark.parametrize("door", ["403", "500", "301", "ConnectionError"])
def test_an_address_that_takes_no_test_event_is_named_with_what_it_answered(door: str) -> None:
    world = World(door=door)
    assert world.ask() == [("ok", "ok"), ("webhook_unreachable", "error")]
    done = world.checks().on_demand(world.connection or CONNECTION, PUBLIC, NOW)
    assert door in done.findings[-1].message


def test_a_test_event_that_never_comes_out_of_the_queue_is_lost() -> None:
    world = World(looks_until_it_comes=10_000)
    assert world.ask()[-1] == ("self_test_lost", "error")
    assert world.slept_s == WAITS_S


def test_an_account_on_the_shared_app_is_tested_with_that_apps_secret() -> None:
    shared = replace(CONNECTION, signing_secrets=(), details={"app": "shared"})
    world = World(connection=shared, apps=[SharedApp("1", ("the app's",), "verify")])
    assert world.ask()[-1] == ("self_test_ok", "ok")
    assert world.signed_by == ("the app's",)
    assert world.called == f"{PUBLIC}/webhooks/instagram"


def test_a_check_on_demand_while_the_channel_is_down_shows_what_was_known() -> None:
    world = World(connection=replace(CONNECTION, findings=(REPAIRED,)), says=DOWN)
    assert [code for code, _ in world.ask()] == ["channel_down", "webhook_repaired", "self_test_ok"]


def test_what_a_platform_reported_is_shown_with_what_was_found() -> None:
    blocked = Notice(kind="policy", at=NOW - DAY, problem="account_blocked")
    world = World(says=Examination(findings=(REPAIRED,)), kept=[blocked])
    assert [code for code, _ in world.ask()] == ["webhook_repaired", "account_blocked", "self_test_ok"]


def test_an_account_is_looked_after_from_the_day_after_it_was_connected() -> None:
    world = World(connection=None, due={})
    channel = _Connecting()

    @contextmanager
    def release(connection: Connection, now: datetime) -> Any:
        yield

    dues = cast(DueStore, _Dues(world))
    connect = Connect(world.shop_store(), dues, cast(Release, release), world.fetch_templates)
    made = connect("mt_1", "whatsapp", cast(Channel, channel), {}, PUBLIC, NOW)
    ((work, at),) = world.due.items()
    assert work == CheckConnection("mt_1", made.connection_id)
    assert at == next_check(made.connection_id, NOW)
    assert made.details["webhook_url"] == f"{PUBLIC}/webhooks/whatsapp/{made.connection_id}"
    assert world.fetched_with == ["a token"]


def test_templates_are_fetched_with_the_token_that_holds_by_whoever_has_one() -> None:
    world = World()
    world.run()
    assert world.fetched_with == [CONNECTION.token]
    refused = World(says=Examination(findings=(TOKEN_REJECTED,)))
    refused.run()
    assert refused.fetched_with == []


def test_a_secret_from_before_is_forgotten_by_the_first_check_after_its_time() -> None:
    until = {"former_secrets_until": (NOW + timedelta(hours=2)).isoformat()}
    world = World(connection=replace(CONNECTION, signing_secrets=("new", "old"), details=until))
    assert world.run().signing_secrets == ("new", "old")
    after = world.run(NOW + DAY)
    assert (after.signing_secrets, after.details) == (("new",), {})
    assert after.token == CONNECTION.token


def test_connecting_with_a_new_secret_keeps_the_one_before_where_the_platform_still_signs_with_it() -> None:
    world, channel = World(connection=replace(CONNECTION, channel="shopify")), _Connecting()

    @contextmanager
    def release(connection: Connection, now: datetime) -> Any:
        yield

    connect = Connect(
        world.shop_store(), cast(DueStore, _Dues(world)), cast(Release, release), world.fetch_templates
    )
    channel.account = Account("100", "Shop", "a token", ("new",), secrets_overlap=timedelta(hours=2))
    made = connect("mt_1", "shopify", cast(Channel, channel), {}, PUBLIC, NOW)
    assert made.signing_secrets == ("new", "a secret")
    channel.account = replace(channel.account, secrets_overlap=timedelta(0))
    made = connect("mt_1", "shopify", cast(Channel, channel), {}, PUBLIC, NOW)
    assert made.signing_secrets == ("new",)


class _Connecting:
    account = Account("100", "Mug Shop", "a token", ("a secret",))

    def check(self, credentials: Mapping[str, str]) -> Account:
        return self.account

    def register(self, connection: Connection, callback_url: str) -> list[str]:
        return []


def test_many_mentions_hide_no_problem() -> None:
    blocked = Notice(kind="account_update", at=NOW - DAY, problem="account_blocked")
    mentions = [Notice(kind="mention", at=NOW, subject=f"media {number}") for number in range(60)]
    world = World(kept=[blocked, *mentions])
    assert world.ask()[0] == ("account_blocked", "error")
