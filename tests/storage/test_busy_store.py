"""A table that is busy, crossed or refuses: each use case must know whether trying again can help."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Final

import pytest
from samples import (
    ANN,
    NOW,
    a_message,
    a_thread,
    an_echo,
    due_of,
    pointer_to,
    queued,
    ref_of,
    send_of,
    unknown_pointer,
)
from test_shop_rows import a_connection, a_key

from chalicelib.domain.connections import SharedApp
from chalicelib.domain.consent.records import Consent
from chalicelib.domain.erasing import Erasure, Gone
from chalicelib.domain.events import Notice
from chalicelib.domain.merchants import Merchant, Shop
from chalicelib.domain.people import Place
from chalicelib.domain.taking_back import Deletion
from chalicelib.domain.templates.definitions import TemplateNews
from chalicelib.domain.templates.news import template_id_of
from chalicelib.domain.work import FetchFiles
from chalicelib.ports.afterwards import Held
from chalicelib.ports.errors import AlreadyThere, Conflict, StoreBusy, StoreRefused
from chalicelib.ports.threads import Change, Kept
from chalicelib.storage.consents import DynamoConsents
from chalicelib.storage.due import DynamoDue
from chalicelib.storage.erasing import DynamoErasing
from chalicelib.storage.models import ThreadsRow
from chalicelib.storage.shops import DynamoShops
from chalicelib.storage.templates import DynamoTemplates
from chalicelib.storage.threads import DynamoThreads
from infra.local.parts import free_ports
from tests.dynamo import bound_to

M: Final = "mt_busy"
MESSAGE: Final = a_message()
REF: Final = ref_of(M, MESSAGE)
HELD: Final = Held(send_of(M, MESSAGE), "first")
KEPT: Final = Kept(M, "cn_one", "malformed", {}, "row", NOW)

NEWS: Final = TemplateNews(name="news", language="en", state="paused")
GROUP: Final = {"webhook_group": "bot:1"}
ERASURE: Final = Erasure(
    merchant_id=M,
    shopper_id="sh_ann",
    erasure_id="er_1",
    by="Ben",
    at=NOW,
    shoppers=("sh_ann",),
    places=(Place("cn_one", ANN),),
)

A_YES: Final = Consent(
    merchant_id=M,
    address="phone#447700900123",
    purpose="marketing",
    state="given",
    at=NOW,
    how="box",
    noted_at=NOW,
)

# Every method of the stores with something to call it with: a new one is missed by the test below.
CALLS: Final[dict[str, Callable[..., Any]]] = {
    "threads.find": lambda s: s.find(M, "cn_one", [ANN]),
    "threads.persons": lambda s: s.persons(M, ["sh_ann"]),
    "threads.thread": lambda s: s.thread(M, "th_ann"),
    "threads.message": lambda s: s.message(REF),
    "threads.message_and_thread": lambda s: s.message_and_thread(REF),
    "threads.messages": lambda s: s.messages(M, "th_ann"),
    "threads.inbox": lambda s: s.inbox(M, "whatsapp", "open"),
    "threads.commit": lambda s: s.commit(Change(thread=a_thread(M), new=(MESSAGE,))),
    "threads.pointer": lambda s: s.pointer(M, "cn_one", "", "wamid.1"),
    "threads.keyed": lambda s: s.keyed(M, "key"),
    "threads.claimed": lambda s: s.claimed(M, "private:17"),
    "threads.park": lambda s: s.park(M, unknown_pointer("wamid.1"), [{"fact": "x"}], NOW),
    "threads.unpark": lambda s: s.unpark(M, unknown_pointer("wamid.1")),
    "threads.erased_at": lambda s: s.erased_at(M, "cn_one", [ANN.value]),
    "threads.raise_status": lambda s: s.raise_status(REF, "read"),
    "threads.react": lambda s: s.react(REF, "who", "1 x"),
    "threads.receipt": lambda s: s.receipt(M, "th_ann", "read", NOW),
    "threads.claim": lambda s: s.claim(REF, claim="me", now=NOW, lease_until=NOW, told=None),
    "threads.release": lambda s: s.release(REF, claim="me", due=due_of(M, MESSAGE)),
    "threads.postpone": lambda s: s.postpone(REF, due_of(M, MESSAGE), "quiet_hours"),
    "threads.settle": lambda s: s.settle(REF, "sent", claim="me"),
    "threads.waits": lambda s: s.waits(M, "cn_1", "2026-11"),
    "threads.repeated": lambda s: s.repeated(a_thread(M), "words"),
    "threads.keep_unreadable": lambda s: s.keep_unreadable(M, "cn_one", "malformed", {}, NOW),
    "threads.unreadable": lambda s: s.unreadable(M, "cn_one"),
    "threads.forget_unreadable": lambda s: s.forget_unreadable(KEPT),
    "threads.explain": lambda s: s.explain(REF, "text", "x", ()),
    "threads.edit": lambda s: s.edit(REF, "wamid.1", "x", "1#0"),
    "threads.blank": lambda s: s.blank(REF, "wamid.1", NOW),
    "threads.show_last": lambda s: s.show_last(REF, "x"),
    "threads.mark": lambda s: s.mark(M, "th_ann", "held_by", "1 other"),
    "threads.opened": lambda s: s.opened(M, "th_ann", NOW),
    "threads.requeue": lambda s: s.requeue(REF, "wamid.1", due_of(M, MESSAGE)),
    "threads.hold": lambda s: s.hold(HELD, "cn_one", claim="", reason="x", until=NOW),
    "threads.held": lambda s: s.held(M, "cn_one"),
    "threads.let_go": lambda s: s.let_go(M, "cn_one", [HELD]),
    "threads.keep_notice": lambda s: s.keep_notice(M, "cn_one", Notice(kind="security"), NOW),
    "threads.notices": lambda s: s.notices(M, "cn_one"),
    "threads.note_self_test": lambda s: s.note_self_test(M, "cn_one", "nonce", NOW),
    "threads.self_test_came": lambda s: s.self_test_came(M, "cn_one", "nonce"),
    "threads.note_files": lambda s: s.note_files(FetchFiles(REF, "cn_one"), (), NOW),
    "erasing.erasure": lambda s: s.erasure(M, "sh_ann"),
    "erasing.begin": lambda s: s.begin(ERASURE, NOW),
    "erasing.detach": lambda s: s.detach(ERASURE, NOW),
    "erasing.empty": lambda s: s.empty(M, Gone("th_ann", "cn_one"), NOW),
    "erasing.forget_parked": lambda s: s.forget_parked(ERASURE, "cn_one", NOW),
    "erasing.forget_notices": lambda s: s.forget_notices(ERASURE, "cn_one"),
    "erasing.forget_person": lambda s: s.forget_person(ERASURE),
    "erasing.move_on": lambda s: s.move_on(ERASURE),
    "erasing.end": lambda s: s.end(ERASURE, NOW),
    "erasing.note_deletion": lambda s: s.note_deletion(Deletion("dl_1", 1, NOW)),
    "erasing.deletion": lambda s: s.deletion("dl_1"),
    "dues.set": lambda s: s.set(due_of(M, MESSAGE)),
    "dues.due": lambda s: s.due(NOW, 10),
    "dues.oldest_overdue_s": lambda s: s.oldest_overdue_s(NOW),
    "dues.postpone": lambda s: s.postpone(due_of(M, MESSAGE), NOW),
    "dues.forget": lambda s: s.forget(an_echo(M)),
    "shops.add_merchant": lambda s: s.add_merchant(Merchant(M, "Shop", NOW), a_key(M)),
    "shops.merchants": lambda s: s.merchants(),
    "shops.merchant": lambda s: s.merchant(M),
    "shops.remove_merchant": lambda s: s.remove_merchant(M),
    "shops.add_key": lambda s: s.add_key(a_key(M)),
    "shops.key": lambda s: s.key("hash"),
    "shops.keys": lambda s: s.keys(M),
    "shops.remove_key": lambda s: s.remove_key(a_key(M)),
    "shops.shop": lambda s: s.shop(M),
    "shops.save_shop": lambda s: s.save_shop(M, Shop()),
    "shops.connection": lambda s: s.connection("cn_one"),
    "shops.connection_and_shop": lambda s: s.connection_and_shop("cn_one", M),
    "shops.connections": lambda s: s.connections(M),
    "shops.claimed": lambda s: s.claimed("telegram", "1"),
    "shops.save_connection": lambda s: s.save_connection(a_connection(M, "1")),
    "shops.shares_subscription": lambda s: s.shares_subscription(a_connection(M, "1", details=GROUP)),
    "shops.needs_reauth": lambda s: s.needs_reauth(a_connection(M, "1")),
    "shops.note_check": lambda s: s.note_check(a_connection(M, "1"), is_renewed=False),
    "shops.works_again": lambda s: s.works_again(a_connection(M, "1")),
    "shops.close_connection": lambda s: s.close_connection(a_connection(M, "1")),
    "shops.drop_connection": lambda s: s.drop_connection(a_connection(M, "1")),
    "shops.connected_by": lambda s: s.connected_by("17"),
    "shops.take_back": lambda s: s.take_back(a_connection(M, "1"), is_forgotten=True),
    "shops.shared_apps": lambda s: s.shared_apps(),
    "shops.save_shared_app": lambda s: s.save_shared_app(SharedApp("1", (), "")),
    "consents.add": lambda s: s.add([A_YES], "sh_ann"),
    "consents.of_addresses": lambda s: s.of_addresses(M, [A_YES.address]),
    "consents.journal": lambda s: s.journal(M, "2026-11"),
    "consents.marketed": lambda s: s.marketed(M, ["sh_ann"]),
    "consents.unclear": lambda s: s.unclear(M),
    "consents.forget_unclear": lambda s: s.forget_unclear(M, "1#ms_1"),
    "consents.tier_used": lambda s: s.tier_used(M, "waba_1", "sh_ann", NOW),
    "templates.templates": lambda s: s.templates(M, "cn_one"),
    "templates.template": lambda s: s.template(M, template_id_of("cn_one", "news", "en")),
    "templates.fetched_at": lambda s: s.fetched_at(M, "cn_one"),
    "templates.keep_fetched": lambda s: s.keep_fetched(M, "cn_one", (), NOW),
    "templates.tell": lambda s: s.tell(M, "cn_one", NEWS, NOW),
}
KINDS: Final[dict[str, type]] = {
    "threads": DynamoThreads,
    "dues": DynamoDue,
    "shops": DynamoShops,
    "consents": DynamoConsents,
    "erasing": DynamoErasing,
    "templates": DynamoTemplates,
}


@dataclass
class Trouble:
    """What DynamoDB answers instead of doing its work, the next so many times."""

    code: str = ""
    reasons: tuple[str, ...] = ()
    times: int = 0
    seen: list[str] = field(default_factory=list)

    def meet(self, model: Any, **_: Any) -> Any:
        self.seen.append(model.name)
        if self.times <= 0:
            return None
        self.times -= 1
        error = {"Code": self.code, "Message": "as planned"}
        reasons = [{"Code": code} for code in self.reasons]
        answer = {"Error": error, "ResponseMetadata": {"HTTPHeaders": {}}, "CancellationReasons": reasons}
        return SimpleNamespace(status_code=400), answer


@pytest.fixture
def trouble(bound: str) -> Iterator[Trouble]:
    events = ThreadsRow._get_connection().connection.client.meta.events
    planned = Trouble()
    events.register("before-call.dynamodb", planned.meet, unique_id="trouble")
    yield planned
    events.unregister("before-call.dynamodb", unique_id="trouble")


@pytest.fixture
def stores(threads: DynamoThreads, shops: DynamoShops) -> dict[str, Any]:
    others = {"consents": DynamoConsents(), "erasing": DynamoErasing(), "templates": DynamoTemplates()}
    return {"threads": threads, "dues": DynamoDue(), "shops": shops} | others


def _public(name: str, kind: type) -> set[str]:
    methods = [method for method, _ in inspect.getmembers(kind, inspect.isfunction)]
    return {f"{name}.{method}" for method in methods if not method.startswith("_")}


def test_every_method_of_the_stores_is_tried() -> None:
    assert set(CALLS) == set.union(*(_public(name, kind) for name, kind in KINDS.items()))


def _call(stores: dict[str, Any], name: str) -> Any:
    return CALLS[name](stores[name.partition(".")[0]])


@pytest.mark.parametrize("name", CALLS)
def test_a_table_that_is_busy_may_take_it_later(stores: dict[str, Any], trouble: Trouble, name: str) -> None:
    trouble.code, trouble.times = "ThrottlingException", 100
    with pytest.raises(StoreBusy):
        _call(stores, name)


@pytest.mark.parametrize("name", CALLS)
def test_what_a_table_will_never_take_is_refused_for_good(
    stores: dict[str, Any], trouble: Trouble, name: str
) -> None:
    trouble.code, trouble.times = "ValidationException", 100
    with pytest.raises(StoreRefused):
        _call(stores, name)


BUSY: Final = (
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "InternalServerError",
    "ServiceUnavailable",
    "TransactionInProgressException",
    "AccessDeniedException",
    "ExpiredTokenException",
    "ResourceNotFoundException",
    "something of tomorrow",
)


@pytest.mark.parametrize("code", BUSY)
@pytest.mark.parametrize("name", ["threads.commit", "threads.thread", "threads.raise_status", "dues.due"])
def test_any_other_trouble_may_pass(stores: dict[str, Any], trouble: Trouble, name: str, code: str) -> None:
    trouble.code, trouble.times = code, 100
    with pytest.raises(StoreBusy):
        _call(stores, name)


CANCELLED: Final = "TransactionCanceledException"
CROSSED: Final = ("TransactionConflict",)
# The writes of a commit: pointer, thread, message.
POINTER, THREAD = ("ConditionalCheckFailed", "None", "None"), ("None", "ConditionalCheckFailed", "None")


@pytest.mark.parametrize(
    ("reasons", "error"),
    [
        (POINTER, AlreadyThere),
        (THREAD, Conflict),
        (("ConditionalCheckFailed", "ConditionalCheckFailed", "None"), AlreadyThere),
        (("TransactionConflict", "ConditionalCheckFailed", "None"), Conflict),
        (("None", "ValidationError", "None"), StoreRefused),
        (("ItemCollectionSizeLimitExceeded", "None", "None"), StoreRefused),
        (("ThrottlingError", "None", "None"), StoreBusy),
        (("ProvisionedThroughputExceeded", "TransactionConflict", "None"), StoreBusy),
        ((), StoreBusy),
    ],
)
def test_a_cancelled_commit_says_why(
    threads: DynamoThreads, trouble: Trouble, reasons: tuple[str, ...], error: type[Exception]
) -> None:
    trouble.code, trouble.reasons, trouble.times = CANCELLED, reasons, 1
    with pytest.raises(error) as raised:
        threads.commit(Change(thread=a_thread(M), new=(MESSAGE,), pointers=(pointer_to(M, MESSAGE),)))
    assert raised.type is not AlreadyThere or error is AlreadyThere


def test_a_commit_that_another_crosses_is_made_a_moment_later(
    threads: DynamoThreads, merchant: str, trouble: Trouble
) -> None:
    trouble.code, trouble.reasons, trouble.times = CANCELLED, CROSSED, 2
    threads.commit(Change(thread=a_thread(merchant)))
    assert trouble.seen == ["TransactWriteItems"] * 3
    assert threads.thread(merchant, "th_ann") is not None


def test_a_status_that_a_transaction_crosses_is_raised_a_moment_later(
    threads: DynamoThreads, merchant: str, trouble: Trouble
) -> None:
    ref = queued(threads, merchant)
    trouble.code, trouble.times = "TransactionConflictException", 2
    raised = threads.raise_status(ref, "read")
    assert raised is not None and raised.status == "read"


def test_who_is_crossed_for_too_long_comes_again_later(threads: DynamoThreads, trouble: Trouble) -> None:
    trouble.code, trouble.reasons, trouble.times = CANCELLED, CROSSED, 100
    with pytest.raises(StoreBusy):
        threads.commit(Change(thread=a_thread(M)))
    assert len(trouble.seen) < 10


def test_a_table_that_cannot_be_reached_is_busy(bound: str) -> None:
    (port,) = free_ports(1)
    with bound_to(f"http://127.0.0.1:{port}"):
        with pytest.raises(StoreBusy):
            DynamoThreads().commit(Change(thread=a_thread(M)))
