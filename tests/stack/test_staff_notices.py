"""Whoever has a phone and no screen hears of waiting shoppers there, and answers from there."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest
from shop import KINDS, Account, Json, Merchant, Shopper, eventually, open_shop, settle, together
from test_who_is_erased import stored

# Where each of the staff is told, and where the shopper writes who they are told of.
TOLD_ON: Final = {"telegram": "instagram by its own login", "whatsapp": "messenger"}
WORDS: Final = "Do you have the blue one, and would it be here by Friday?"
ANSWER: Final = "Yes, and you will have it on Thursday."


@dataclass
class Desk:
    """A shop with one person of staff on one channel, and accounts for its shoppers."""

    shop: Merchant
    accounts: dict[str, Account]
    staff: Shopper
    staff_id: str


@pytest.fixture(scope="module")
def desks(stack: Any) -> dict[str, Desk]:
    """One for each channel that staff can be told on; each is linked by the link as the phone opens it."""
    found: dict[str, Desk] = {}

    def open_desk(told_on: str) -> None:
        shop = open_shop(stack, languages=["en"])
        accounts = {kind: shop.connect(kind) for kind in dict.fromkeys((told_on, TOLD_ON[told_on]))}
        found[told_on] = linked(shop, accounts, told_on)

    together(open_desk, TOLD_ON)
    return found


def linked(shop: Merchant, accounts: dict[str, Account], told_on: str) -> Desk:
    account = accounts[told_on]
    invited = invite(shop, account, 201)
    assert listed(shop)[0]["state"] == "pending"
    staff = account.shopper("Mihai Staff")
    query = parse_qs(urlsplit(invited["url"]).query)
    if told_on == "telegram":
        staff.does("start", payload=query["start"][0])
    else:
        staff.writes(query["text"][0])
    assert staff.hears()[0].startswith("All set, Mihai.")
    (one,) = listed(shop)
    assert (one["state"], one["name"]) == ("linked", "Mihai")
    staff.thread_id = one["thread_id"]
    return Desk(shop, accounts, staff, invited["staff_id"])


def invite(shop: Merchant, account: Account, expect: int) -> Json:
    body = {"name": "Mihai", "connection_id": account.connection["connection_id"]}
    answer = shop.call("POST", "/staff", json=body)
    assert answer.status_code == expect, answer.text
    return dict(answer.json())


def listed(shop: Merchant) -> list[Json]:
    return list(shop.get("/staff")["items"])


def test_a_reply_to_a_notice_reaches_the_shopper_as_from_a_person(desks: dict[str, Desk]) -> None:
    def works_by_phone(told_on: str) -> None:
        desk = desks[told_on]
        ana = desk.accounts[TOLD_ON[told_on]].shopper("Ana Popescu")
        ana.writes(WORDS)
        notice = a_notice(desk.staff, WORDS)
        assert "New message: Ana" in notice["text"]
        assert notice["text"].splitlines()[-1 if told_on == "telegram" else -2].startswith("Reply to this")
        ana.hears()  # the automatic answer
        desk.accounts[told_on].fault("webhook", "duplicate")
        desk.staff.does("text", text=ANSWER, reply_to=notice["id"])
        assert ana.hears(2)[1:] == [ANSWER]
        (row,) = ana.rows("human")
        assert (row["text"], row["by"]) == (ANSWER, "Mihai")
        assert not {"waiting_since", "promised_at"} & shown(ana.thread()).keys()
        a_notice(desk.staff, "On its way to: Ana")

    together(works_by_phone, TOLD_ON)


def test_what_staff_write_is_no_shoppers(desks: dict[str, Desk], stack: Any) -> None:
    def only_hints(told_on: str) -> None:
        desk = desks[told_on]
        desk.staff.writes("STOP")
        desk.staff.writes("Is anybody there?")
        a_notice(desk.staff, "Reply to a notice to answer a shopper.")
        desk.staff.said("Is anybody there?")
        assert desk.staff.thread_id not in [one["thread_id"] for one in desk.accounts[told_on].threads()]
        thread = desk.staff.thread()
        assert not {"waiting_since", "promised_at"} & shown(thread).keys()
        consent = desk.shop.get(f"/shoppers/{thread['shopper_id']}/consent")
        assert "withdrawn" not in str(consent)

    together(only_hints, TOLD_ON)
    settle(stack)
    for desk in desks.values():
        hints = [text for text in desk.staff.heard() if text.startswith("Reply to a notice")]
        assert len(hints) == 1
        rows = [row for row in desk.staff.rows("auto") if row["status"] not in ("queued", "skipped")]
        assert len(rows) == len(desk.staff.heard())  # nothing but what was told on purpose


def test_what_staff_were_told_of_a_shopper_goes_with_them(desks: dict[str, Desk]) -> None:
    def is_erased(told_on: str) -> None:
        desk = desks[told_on]
        account, words = desk.accounts[TOLD_ON[told_on]], "Would Quillfeather fit on the blue one?"
        una = account.shopper("Una Quillfeather")
        una.writes(words)
        a_notice(desk.staff, words)
        path = f"/shoppers/{una.thread()['shopper_id']}/erase"
        assert words in stored(account)
        assert desk.shop.call("POST", path).ok
        eventually(lambda: desk.shop.get(path)["state"] == "done", "the erasing does not end")
        assert "Quillfeather" not in stored(account)

    together(is_erased, TOLD_ON)


def test_complaints_and_dead_tokens_are_told(desks: dict[str, Desk]) -> None:
    def trouble(told_on: str) -> None:
        desk = desks[told_on]
        account = desk.accounts[TOLD_ON[told_on]]
        account.shopper("Bo Unhappy").writes("The cup arrived broken, I want my money back!")
        a_notice(desk.staff, "Complaint: Bo")
        account.token_is("revoked")
        account.shopper("Cy").writes("Are you open today?")
        notice = a_notice(desk.staff, "This account can no longer send")
        assert account.setup.get("name", "Sandbox") in notice["text"]
        account.token_is("valid")

    together(trouble, TOLD_ON)


def test_who_is_unlinked_is_a_shopper_again(desks: dict[str, Desk]) -> None:
    def leaves(told_on: str) -> None:
        desk = desks[told_on]
        gone = desk.shop.call("DELETE", f"/staff/{desk.staff_id}")
        assert gone.status_code == 200, gone.text
        assert desk.shop.call("DELETE", f"/staff/{desk.staff_id}").status_code == 404
        assert listed(desk.shop) == []
        desk.staff.writes("Now I would like to buy something.")
        eventually(lambda: desk.staff.thread().get("waiting_since"), "the shopper does not wait")
        assert desk.staff.thread_id in [one["thread_id"] for one in desk.accounts[told_on].threads()]

    together(leaves, TOLD_ON)


def test_staff_are_told_where_a_notice_can_be_replied_to(quiet: dict[str, Account]) -> None:
    for kind in ("messenger", "instagram by a page"):
        refused = invite(quiet[kind].merchant, quiet[kind], 400)
        assert refused["error"]["code"] == "not_for_staff"
    assert set(TOLD_ON) == {kind for kind in KINDS if kind in ("telegram", "whatsapp")}


def shown(thread: Json) -> Json:
    return {name: value for name, value in thread.items() if value}


def a_notice(staff: Shopper, words: str) -> Json:
    """What the phone of the staff shows with these words, once it does."""

    def found() -> Json:
        return next((row for row in reversed(staff.told()) if words in row["text"]), {})

    return eventually(found, f"the staff did not hear {words!r}: {staff.heard()}")
