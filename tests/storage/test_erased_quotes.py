"""What the shop's own people were told of a shopper goes with the shopper, wherever it stands."""

import json
from typing import Any

import pytest
from samples import NOW
from test_erased_rows import Deadly, Desk
from test_staff_rows import MINUTE, SHOPPER, Staffed

from chalicelib.domain.content import text_content
from chalicelib.domain.shoppers import Shopper
from chalicelib.domain.work import NotifyStaff
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.ports.threads import Change
from chalicelib.storage.due import DynamoDue
from chalicelib.storage.erasing import DynamoErasing
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.threads import DynamoThreads
from tests.dynamo import rows_of

PLANTED = ("Is it blue?", "Ana", "th_ana")


@pytest.fixture
def shop(threads: DynamoThreads, people: DynamoPeople, dues: DynamoDue, merchant: str) -> Staffed:
    return a_shop(threads, people, dues, merchant)


def a_shop(threads: DynamoThreads, people: DynamoPeople, dues: DynamoDue, merchant: str) -> Staffed:
    """Mihai and Rosa are told of Ana, and Mihai of Ben, too; Mihai has answered her, Rosa has left."""
    shop = Staffed(threads, people, dues, merchant)
    ana = Shopper(merchant_id=merchant, shopper_id="sh_ann", name="Ana P")
    threads.commit(Change(thread=shop.thread("ana"), shopper=ana, addresses=(SHOPPER,)))
    shop.waits("th_ben", shopper_id="sh_ben")
    shop.linked("mihai")
    rosa = shop.linked("rosa")
    shop.tells()
    shop.links.remove(merchant, rosa.staff.staff_id, NOW)
    shop.arrived("mihai", shop.told("mihai")[-1])
    shop.replies("mihai", "Yes, in three sizes.")
    shop.tells(about="th_ben")
    return shop


def erase(shop: Staffed, people: DynamoPeople, store: Any = None) -> None:
    Desk(shop.threads, people, shop.merchant).erase("sh_ann", store or DynamoErasing())


def left(shop: Staffed, raw: Any) -> str:
    """What does not speak of Ben, who has asked the same."""
    rows = [*rows_of(raw, "ThreadsTable"), *rows_of(raw, "DueTable")]
    own = [
        json.dumps(row, default=sorted) for row in rows if shop.merchant in json.dumps(row, default=sorted)
    ]
    return "\n".join(row for row in own if "th_ben" not in row)


def test_notices_go_with_the_shopper_whom_they_quote(shop: Staffed, people: DynamoPeople, raw: Any) -> None:
    before = left(shop, raw)
    assert all(word in before for word in PLANTED)
    erase(shop, people)
    assert [word for word in PLANTED if word in left(shop, raw)] == []
    welcome, of_ben = shop.told("mihai")
    assert welcome.text.startswith("All set") and of_ben.details["about"] == "th_ben"
    assert [one.text[:7] for one in shop.told("rosa")] == ["All set"]
    done = DynamoErasing().erasure(shop.merchant, "sh_ann")
    assert done is not None and done.rows >= 8


def test_a_notice_that_is_gone_is_not_answered(shop: Staffed, people: DynamoPeople) -> None:
    erase(shop, people)
    for _ in range(2):
        shop.replies("mihai", "And in red.", number="6")
    assert [one.text for one in shop.told("mihai")[2:]] == ["Reply to a notice to answer a shopper."]


def test_nobody_is_told_of_who_is_being_erased(shop: Staffed, people: DynamoPeople, raw: Any) -> None:
    desk, store = Desk(shop.threads, people, shop.merchant), DynamoErasing()
    before, thread = shop.told("mihai"), shop.thread("mihai")
    store.detach(desk.begin(store, "sh_ann"), NOW)
    assert shop.threads.thread(shop.merchant, "th_ana") is None
    with pytest.raises(Conflict):  # it was made from words that were read before
        shop.threads.commit(Change(thread=thread, about="th_ana"))
    with pytest.raises(StoreBusy):
        content, details = text_content("Is it blue?"), {"about": "th_ana"}
        shop.intend(shop.merchant, "th_mihai", "notice", content, "again", NOW, details)
    shop.notify(NotifyStaff(shop.merchant, "new", "th_ana", "2"), NOW + MINUTE)
    assert shop.told("mihai") == before


@pytest.mark.soak
@pytest.mark.parametrize("is_after", [False, True])
def test_an_erasing_that_dies_anywhere_leaves_no_quote(
    threads: DynamoThreads, people: DynamoPeople, dues: DynamoDue, merchant: str, raw: Any, is_after: bool
) -> None:
    whole = Deadly()
    erase(a_shop(threads, people, dues, merchant), people, whole)
    for at in range(1, whole.writes + 1):
        shop = a_shop(threads, people, dues, f"{merchant}{at}")
        with pytest.raises(ConnectionResetError):
            erase(shop, people, Deadly(at, is_after=is_after))
        erase(shop, people)
        assert [word for word in PLANTED if word in left(shop, raw)] == [], at
