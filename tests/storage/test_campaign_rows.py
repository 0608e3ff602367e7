"""Campaigns and runs are read back as written, on the version that was read; clicks and reservations count
once, and whoever is erased leaves no row behind. The store in memory, which other tests use, does as much."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from access_patterns import Requests
from persons import wrote
from samples import NOW

from chalicelib.domain.campaigns.campaigns import Campaign, Happened
from chalicelib.domain.campaigns.runs import Page, Recipient, Run
from chalicelib.domain.work import Due, EraseShopper, GatherRun, MindCampaign, RunPage, Work
from chalicelib.ports.campaigns import CampaignStore
from chalicelib.ports.errors import Conflict
from chalicelib.services.people.erase import BeginErasing, ErasePerson
from chalicelib.storage.campaigns import DynamoCampaigns
from chalicelib.storage.due import DynamoDue
from chalicelib.storage.erasing import DynamoErasing
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.threads import DynamoThreads
from tests.campaigns_in_memory import MemoryCampaigns
from tests.crash.doubles import Bodies, Files, MovableClock, Queues
from tests.dynamo import rows_of

HOUR = timedelta(hours=1)


@pytest.fixture(params=["dynamo", "memory"])
def store(request: pytest.FixtureRequest, bound: str) -> CampaignStore:
    return DynamoCampaigns() if request.param == "dynamo" else MemoryCampaigns()


def works(store: CampaignStore, dues: DynamoDue) -> list[Work]:
    if isinstance(store, MemoryCampaigns):
        return [one.work for one in store.due(NOW + 9 * HOUR)]
    return [one.work for one in sorted(dues.due(NOW + 9 * HOUR, 99), key=lambda one: one.at)]


def a_campaign(merchant: str, name: str = "1", **changes: Any) -> Campaign:
    plain = Campaign(
        merchant_id=merchant,
        campaign_id=f"cp_{name}",
        name="Late summer 💙",
        segment_id="sg_1",
        schedule={"days": ["tue"], "at": "10:00", "except": []},
        content={"messages": {"en": {"text": "Hi {first_name}", "buttons": []}}, "fallbacks": {}},
        created_at=NOW,
    )
    return replace(plain, **changes)


def a_run(merchant: str, **changes: Any) -> Run:
    plain = Run(merchant_id=merchant, campaign_id="cp_1", run_id="rn_1", at=NOW)
    return replace(plain, **changes)


def two_pages(store: CampaignStore, merchant: str, **changes: Any) -> Run:
    pages = [Page(number=0, shoppers=("sh_a", "sh_b"), look_at=NOW), Page(number=1, shoppers=("sh_c",))]
    return store.save_run(a_run(merchant, pages=2, **changes), pages)


def test_a_campaign_is_read_back_as_it_was_written(store: CampaignStore, merchant: str) -> None:
    full = a_campaign(
        merchant,
        state="booked",
        holdout=0.0,
        limit=Decimal("12.50"),
        limit_currency="EUR",
        flexible=timedelta(hours=6),
        next_at=NOW,
        dry_run_at=NOW,
        runs=("rn_1",),
        history=(Happened(NOW, "book", by="Kim"), Happened(NOW, "late", "Late.", about=NOW)),
    )
    saved = store.save(full)
    assert saved == replace(full, version=1) == store.campaign(merchant, "cp_1")
    assert store.campaign(f"{merchant}x", "cp_1") is None is store.campaign(merchant, "cp_2")
    plain = store.save(a_campaign(merchant, "2"))
    assert store.campaign(merchant, "cp_2") == plain


def test_who_comes_second_changes_nothing(store: CampaignStore, merchant: str, dues: DynamoDue) -> None:
    first = store.save(a_campaign(merchant))
    for late in (a_campaign(merchant, name="1"), replace(first, version=7)):
        with pytest.raises(Conflict):
            store.save(replace(late, name="Other"), [Due(MindCampaign(merchant, "cp_1"), NOW)])
    assert store.campaign(merchant, "cp_1") == first
    assert works(store, dues) == []
    assert store.save(replace(first, name="Other")).version == 2


def test_the_list_has_the_latest_first_page_by_page(store: CampaignStore, merchant: str) -> None:
    made = [store.save(a_campaign(merchant, str(n), created_at=NOW + n * HOUR)) for n in (3, 1, 2)]
    store.save(replace(made[1], name="Changed"))
    store.save(a_campaign(f"{merchant}x", "9"))
    assert [one.campaign_id for one in store.campaigns(merchant)] == ["cp_3", "cp_2", "cp_1"]
    assert [one.campaign_id for one in store.campaigns(merchant, limit=2)] == ["cp_3", "cp_2"]
    assert [one.name for one in store.campaigns(merchant, before="cp_2")] == ["Changed"]
    assert store.campaigns(merchant, before="cp_none") == []


def test_work_is_set_and_taken_away_with_the_campaign(
    store: CampaignStore, merchant: str, dues: DynamoDue
) -> None:
    mind = MindCampaign(merchant, "cp_1")
    saved = store.save(a_campaign(merchant), [Due(mind, NOW)])
    assert works(store, dues) == [mind]
    store.save(saved, done=[mind])
    assert works(store, dues) == []


def test_a_run_and_its_pages_are_there_at_once_or_not_at_all(
    store: CampaignStore, merchant: str, dues: DynamoDue
) -> None:
    work = GatherRun(merchant, "cp_1", "rn_1")
    run = store.save_run(a_run(merchant, holdout=5.0), due=[Due(work, NOW)])
    assert store.run(merchant, "cp_1", "rn_1") == run == a_run(merchant, holdout=5.0, version=1)
    assert store.run(merchant, "cp_2", "rn_1") is None
    with pytest.raises(Conflict):
        store.save_run(a_run(merchant))
    pages = [Page(number=n, shoppers=(f"sh_{n}",)) for n in range(2)]
    run = store.save_run(replace(run, pages=2, after="sh_1"), pages, [Due(RunPage(*_ids(run), "0"), NOW)])
    again = replace(run, version=1)
    with pytest.raises(Conflict):
        store.save_run(again, [Page(number=2, shoppers=("sh_2",))])
    with pytest.raises(Conflict):
        store.save_run(run, pages[:1])
    assert [(one.number, one.shoppers) for one in store.pages(run)] == [(0, ()), (1, ())]
    assert store.page(run, 1) == replace(pages[1], version=1)
    assert store.page(run, 2) is None
    assert set(works(store, dues)) == {work, RunPage(*_ids(run), "0")}


def _ids(run: Run) -> tuple[str, str, str]:
    return run.merchant_id, run.campaign_id, run.run_id


def test_a_page_keeps_its_shoppers_whatever_is_noted_of_it(
    store: CampaignStore, merchant: str, dues: DynamoDue
) -> None:
    run = two_pages(store, merchant)
    page = store.page(run, 0)
    assert page is not None
    work = RunPage(*_ids(run), "0")
    noted = replace(page, counts={"ok": 2}, money={"EUR": Decimal("0.1")}, samples=({"text": "Hi"},))
    noted = store.save_page(run, noted, Due(work, NOW))
    assert noted == store.page(run, 0) == replace(noted, shoppers=("sh_a", "sh_b"), version=2)
    assert works(store, dues) == [work]
    with pytest.raises(Conflict):
        store.save_page(run, page, None)
    listed = store.pages(run)[0]
    store.save_page(run, replace(listed, look_at=None), None)
    assert works(store, dues) == []
    kept = store.page(run, 0)
    assert kept is not None
    assert (kept.shoppers, kept.look_at) == (("sh_a", "sh_b"), None)
    with pytest.raises(Conflict):
        store.save_page(run, Page(number=5, shoppers=()), None)


def test_recipients_are_stored_as_they_are_and_again_is_harmless(store: CampaignStore, merchant: str) -> None:
    run = two_pages(store, merchant)
    full = Recipient(
        shopper_id="sh_a",
        state="intended",
        code="ok",
        how="template",
        at=NOW,
        low=Decimal("0.01"),
        high=Decimal("0.02"),
        currency="EUR",
        is_read=True,
        revenue={"EUR": Decimal("12.50")},
    )
    some = [full, Recipient(shopper_id="sh_c", state="skipped", code="opted_out")]
    for _ in range(2):
        store.put(run, some)
    found = store.recipients(run, ["sh_c", "sh_a", "sh_b", "sh_a"])
    assert sorted(found, key=lambda one: one.shopper_id) == some
    assert store.recipients(run, []) == []
    assert store.recipients(replace(run, run_id="rn_2"), ["sh_a"]) == []


def test_they_are_listed_in_order_page_by_page(
    store: CampaignStore, merchant: str, requests: Requests
) -> None:
    ids = [f"sh_{n:03d}" for n in range(90)]
    pages = [Page(number=n, shoppers=tuple(ids[n * 10 : n * 10 + 10])) for n in range(9)]
    run = store.save_run(a_run(merchant, pages=9), pages)
    store.put(run, [Recipient(shopper_id=one) for one in ids if one != "sh_041"])
    there = [one for one in ids if one != "sh_041"]
    read: list[str] = []
    while page := store.listed(run, after=read[-1] if read else "", limit=7):
        read += [one.shopper_id for one in page]
    assert read == there
    requests.clear()
    assert [one.shopper_id for one in store.listed(run, after="sh_0415", limit=2)] == ["sh_042", "sh_043"]
    assert len(requests.names) <= 6
    assert store.listed(run, after="sh_999") == []


def test_the_first_click_stays_whatever_the_worker_stores(store: CampaignStore, merchant: str) -> None:
    run = two_pages(store, merchant)
    store.click(*_ids(run), "sh_a", NOW)
    assert store.recipients(run, ["sh_a"]) == []
    store.put(run, [Recipient(shopper_id="sh_a", state="intended")])
    store.click(*_ids(run), "sh_a", NOW + HOUR)
    store.click(*_ids(run), "sh_a", NOW + 2 * HOUR)
    store.put(run, [Recipient(shopper_id="sh_a", state="intended", status="read")])
    (one,) = store.recipients(run, ["sh_a"])
    assert (one.clicked_at, one.status) == (NOW + HOUR, "read")
    assert [one.clicked_at for one in store.listed(run)] == [NOW + HOUR]


def test_a_page_reserves_once_and_never_beyond_the_limit(store: CampaignStore, merchant: str) -> None:
    run, limit = two_pages(store, merchant), Decimal("1.00")
    assert store.spent(run) == {}
    assert store.spend(run, 0, "EUR", Decimal("0.60"), limit)
    assert store.spend(run, 0, "EUR", Decimal("0.60"), limit)
    assert not store.spend(run, 1, "EUR", Decimal("0.41"), limit)
    assert store.spent(run) == {"EUR": Decimal("0.6")}
    assert store.spend(run, 1, "EUR", Decimal("0.40"), limit)
    assert not store.spend(run, 2, "EUR", Decimal("2"), limit)
    assert store.spend(run, 2, "EUR", Decimal("2"), None)
    assert store.spend(run, 2, "EUR", Decimal("2"), limit)
    assert store.spend(run, 2, "USD", Decimal("0.0000001"), None)
    assert {name: round(n, 5) for name, n in store.spent(run).items()} == {"EUR": 3, "USD": 0}


def test_an_erased_shopper_leaves_no_row_of_any_run(store: CampaignStore, merchant: str) -> None:
    run, dry = two_pages(store, merchant), two_pages(store, merchant, run_id="rn_2", is_dry=True)
    for one in (run, dry):
        store.put(one, [Recipient(shopper_id="sh_a"), Recipient(shopper_id="sh_b")])
    store.click(*_ids(run), "sh_a", NOW)
    held = [(one.campaign_id, one.run_id, one.recipient.clicked_at) for one in store.got(merchant, "sh_a")]
    assert sorted(held, key=lambda one: one[1]) == [("cp_1", "rn_1", NOW), ("cp_1", "rn_2", None)]
    for _ in range(2):
        store.forget_recipient(merchant, "sh_a")
    assert store.got(merchant, "sh_a") == []
    assert [one.shopper_id for one in (*store.listed(run), *store.listed(dry))] == ["sh_b", "sh_b"]
    store.click(*_ids(run), "sh_a", NOW)
    store.put(run, [Recipient(shopper_id="sh_a", code="erased")])
    assert [one.clicked_at for one in store.recipients(run, ["sh_a"])] == [None]


def test_who_is_erased_is_forgotten_under_every_name_they_had(
    threads: DynamoThreads, people: DynamoPeople, dues: DynamoDue, merchant: str
) -> None:
    wrote(threads, merchant, "ann")
    store, erasing, queues = DynamoCampaigns(), DynamoErasing(), Queues(MovableClock(NOW))
    pages = [Page(number=0, shoppers=("sh_ann", "sh_ben"))]
    run = store.save_run(a_run(merchant, pages=1), pages)
    store.put(run, [Recipient(shopper_id=one) for one in ("sh_ann", "sh_ben")])
    later = NOW + HOUR
    erasure = BeginErasing(people, erasing, queues)(merchant, "sh_ann", "Kim", later)
    forget = store.forget_recipient
    erase = ErasePerson(
        erasing, threads, Files(), Bodies(), dues, queues, lambda: 0.0, forget_recipient=forget
    )
    erase(EraseShopper(merchant, erasure.shopper_id, erasure.erasure_id), later)
    assert [one.shopper_id for one in store.listed(run)] == ["sh_ben"]


@pytest.fixture
def dynamo_rows(raw: Any, merchant: str) -> Iterator[Any]:
    yield lambda: [row for row in rows_of(raw, "ThreadsTable") if row["pk"]["S"].startswith(merchant)]


def test_rows_stay_small_and_go_by_themselves(bound: str, merchant: str, dynamo_rows: Any) -> None:
    store = DynamoCampaigns()
    store.save(a_campaign(merchant, content={"messages": {"en": {"text": "x" * 4096}}}))
    ids = tuple(f"sh_{n:020d}" for n in range(50))
    run = store.save_run(a_run(merchant, pages=1), [Page(number=0, shoppers=ids)])
    long = {f"code_{n}": n for n in range(60)}
    page = store.page(run, 0)
    assert page is not None
    store.save_page(run, replace(page, counts=long, samples=({"text": "x" * 4096},) * 3), None)
    store.put(run, [Recipient(shopper_id=one, thread_id="th_" + "x" * 20, at=NOW) for one in ids])
    assert store.spend(run, 0, "EUR", Decimal(1), Decimal(2))
    rows = dynamo_rows()
    assert max(len(str(row)) for row in rows) < 40_000
    recipients = [row for row in rows if "#recipient#" in row["pk"]["S"]]
    assert max(len(str(row)) for row in recipients) < 1_000
    stays = [row["pk"]["S"] for row in rows if "expires_at" not in row]
    assert sorted(stays) == [f"{merchant}#campaign#cp_1", f"{merchant}#campaigns"]
    until = int((NOW + timedelta(days=730)).timestamp())
    assert {row["expires_at"]["N"] for row in rows if "expires_at" in row} == {str(until)}
    dry = replace(run, run_id="rn_2", is_dry=True)
    store.put(dry, [Recipient(shopper_id="sh_z")])
    (left,) = [row for row in dynamo_rows() if row["sk"]["S"] == "rn_2"]
    assert left["expires_at"]["N"] == str(int((NOW + timedelta(days=30)).timestamp()))


def test_a_page_of_recipients_is_read_and_written_in_few_requests(
    bound: str, merchant: str, requests: Requests
) -> None:
    store = DynamoCampaigns()
    ids = tuple(f"sh_{n:020d}" for n in range(50))
    run = store.save_run(a_run(merchant, pages=1), [Page(number=0, shoppers=ids)])
    requests.clear()
    store.put(run, [Recipient(shopper_id=one) for one in ids])
    assert requests.names == ["BatchWriteItem"] * 2
    requests.clear()
    assert len(store.recipients(run, ids)) == 50
    assert requests.names == ["BatchGetItem"]
