"""Returns are read back as written, found by order, shopper and state, counted once, gone whole."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from access_patterns import Requests
from samples import NOW

from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.commerce.return_counts import new_counts
from chalicelib.domain.commerce.returns import Reached, Return, ReturnedLine, moved
from chalicelib.domain.work import Due, TellReturn
from chalicelib.ports.commerce import KeptOrder, ShopChange
from chalicelib.ports.errors import Conflict
from chalicelib.ports.returns import KeptReturn
from chalicelib.storage.commerce import DynamoCommerce
from chalicelib.storage.due import DynamoDue
from chalicelib.storage.returns import DynamoReturns
from tests.dynamo import rows_of
from tests.returns_in_memory import MemoryReturns

HOUR = timedelta(hours=1)
MONTH = f"{NOW:%Y-%m}"


@pytest.fixture
def store(bound: str) -> DynamoReturns:
    return DynamoReturns()


def a_return(name: str = "1", hours: float = 0, **changes: Any) -> Return:
    plain = Return(
        return_id=f"rt_{name}",
        place=1,
        connection_id="cn_shop",
        order_id="77",
        thread_id="th_1",
        shopper_id="sh_ann",
        lines=(ReturnedLine(line_id="1", quantity=2, title="Mug 💙", product_id="p1"),),
        steps=(Reached("requested", NOW + hours * HOUR, "Kim"),),
        number="#1001",
        reason="damaged",
        photos=("ms_1",),
        amount=Decimal("12.50"),
        currency="EUR",
    )
    return replace(plain, **changes)


def saved(store: Any, merchant: str, one: Return, before: KeptReturn | None = None) -> KeptReturn:
    version = before.version if before else 0
    store.save(merchant, KeptReturn(one, version), new_counts(before.told if before else None, one, 2))
    return KeptReturn(one, version + 1)


def ids(found: list[KeptReturn]) -> list[str]:
    return [one.told.return_id for one in found]


def rows_left(raw: Any, merchant: str) -> list[str]:
    rows = (row["pk"]["S"] for row in rows_of(raw, "ThreadsTable") if merchant in row["pk"]["S"])
    return sorted(row.removeprefix(f"{merchant}#") for row in rows)


def test_a_return_is_read_back_as_it_was_written(store: DynamoReturns, merchant: str) -> None:
    kept = saved(store, merchant, a_return())
    assert store.one(merchant, "rt_1") == kept
    assert store.one(merchant, "rt_2") is None
    assert store.one(f"{merchant}x", "rt_1") is None


def test_it_is_found_by_order_shopper_and_state_the_latest_first(
    store: DynamoReturns, merchant: str, requests: Requests
) -> None:
    for one in (
        a_return(),
        a_return("2", 2),
        a_return("3", 1, order_id="78", shopper_id="sh_ben"),
    ):
        saved(store, merchant, one)
    assert ids(store.of_order(merchant, "cn_shop", "77")) == ["rt_2", "rt_1"]
    assert store.of_order(merchant, "cn_other", "77") == []
    assert ids(store.of_shoppers(merchant, ["sh_ann", "sh_ben", "sh_ann"])) == ["rt_2", "rt_3", "rt_1"]
    assert store.of_shoppers(merchant, []) == []
    first = store.in_state(merchant, "requested", limit=2)
    assert ids(first) == ["rt_2", "rt_3"]
    assert ids(store.in_state(merchant, "requested", first[-1].told.cursor, 2)) == ["rt_1"]
    assert store.in_state(merchant, "approved") == [] == store.in_state(f"{merchant}x", "requested")
    requests.clear()
    store.of_shoppers(merchant, ["sh_ann"])
    assert requests.names == ["Query", "BatchGetItem"]


def test_it_moves_from_state_to_state_and_leaves_nothing_behind(
    store: DynamoReturns, merchant: str, raw: Any
) -> None:
    kept = saved(store, merchant, a_return())
    kept = saved(store, merchant, moved(kept.told, "approved", NOW + HOUR), kept)
    assert ids(store.in_state(merchant, "approved")) == ["rt_1"]
    assert store.in_state(merchant, "requested") == []
    rows = rows_left(raw, merchant)
    assert len([row for row in rows if row.startswith("returns")]) == 3
    store.forget(merchant, [kept])
    assert [row for row in rows_left(raw, merchant) if "returned" not in row] == []
    store.forget(merchant, [kept])
    assert store.sums(merchant, [MONTH]).counts["state:requested"] == 1


def test_who_comes_second_writes_and_counts_nothing(store: DynamoReturns, merchant: str) -> None:
    kept = saved(store, merchant, a_return())
    for other in (store, MemoryReturns({(merchant, "rt_1"): kept})):
        with pytest.raises(Conflict):
            saved(other, merchant, a_return())
        with pytest.raises(Conflict):
            saved(other, merchant, moved(kept.told, "declined", NOW), replace(kept, version=7))
    with pytest.raises(Conflict):
        saved(store, merchant, a_return("9"), KeptReturn(a_return("9"), 1))
    assert store.one(merchant, "rt_1") == kept
    assert store.sums(merchant, [MONTH]).counts == {
        "state:requested": 1,
        "reason:damaged": 1,
        "product:p1": 2,
    }


def test_what_is_to_be_told_of_it_is_due_with_it_or_not_at_all(store: DynamoReturns, merchant: str) -> None:
    due = Due(TellReturn(merchant, "rt_1", "requested"), NOW)
    store.save(merchant, KeptReturn(a_return()), (), due)
    for second in (due, replace(due, work=TellReturn(merchant, "rt_1", "approved"))):
        with pytest.raises(Conflict):
            store.save(merchant, KeptReturn(a_return()), (), second)
    found = [(one.work, one.at) for one in DynamoDue().due(NOW + HOUR, 1000)]
    assert [one for one in found if merchant in str(one)] == [(due.work, NOW)]


def test_a_months_sums_are_told_with_the_products_titles(store: DynamoReturns, merchant: str) -> None:
    kept = saved(store, merchant, a_return())
    saved(store, merchant, moved(kept.told, "refunded", NOW), kept)
    line = ReturnedLine(line_id="2", title="Mug 💙", product_id="p1")
    saved(store, merchant, a_return("2", lines=(line, replace(line, line_id="3"))))
    found = store.sums(merchant, ["2020-01", MONTH])
    assert (found.counts["product:p1"], found.counts["refunded:EUR"]) == (4, 1250)
    assert found.titles == {"product:p1": "Mug 💙"}


def test_an_order_that_is_forgotten_takes_its_returns_along(store: DynamoReturns, merchant: str) -> None:
    order = KeptOrder(order=Order(connection_id="cn_shop", order_id="77", at=NOW))
    DynamoCommerce().commit(merchant, ShopChange(orders=(order,)))
    saved(store, merchant, a_return())
    saved(store, merchant, a_return("2", order_id="78"))
    DynamoCommerce().forget(merchant, (), (order,))
    assert ids(store.of_shoppers(merchant, ["sh_ann"])) == ["rt_2"]


def test_it_goes_by_itself_some_time_after_its_last_step(
    store: DynamoReturns, merchant: str, raw: Any
) -> None:
    kept = saved(store, merchant, a_return())
    saved(store, merchant, moved(kept.told, "approved", NOW + HOUR), kept)
    until = int((NOW + HOUR + timedelta(days=730)).timestamp())
    rows = [row for row in rows_of(raw, "ThreadsTable") if f"{merchant}#return" in row["pk"]["S"]]
    told = {row["expires_at"]["N"] for row in rows if "#returned#" not in row["pk"]["S"]}
    assert told == {str(until)}
