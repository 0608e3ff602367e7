"""Merchants don't meet, not even where platforms give their events the same ids."""

from typing import Any, Final

from shop import KINDS, Account, Merchant, Shopper, open_shop, together

# The same id of a message on every account; Telegram counts messages by chat and updates by bot.
SAME: Final = {
    "whatsapp": {"id": "wamid.HBgLNDQ3NzAwOTAwMDAxFQIAEhggQTVGM0Y5QzE0RDdBMEI5NkM4RjcA"},
    "messenger": {"id": "m_9XbLq0fT2mJcVwQeYs1uHkRzNpDaGiOx"},
    "instagram by its own login": {"id": "aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlE"},
    "instagram by a page": {"id": "aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlE"},
    "telegram": {"id": 7, "update_id": 900000001},
}


def test_events_with_the_same_ids_reach_both_shops_and_cross_nowhere(stack: Any) -> None:
    def write(kind: str) -> None:
        first, second = open_shop(stack), open_shop(stack)
        accounts = {"first": first.connect(kind), "second": second.connect(kind)}
        anas = {name: account.shopper("Ana Popescu") for name, account in accounts.items()}
        for name, ana in anas.items():
            ana.does("text", text=f"To the {name} shop", **SAME[kind])
        for name, ana in anas.items():
            assert [row["text"] for row in ana.rows("shopper")] == [f"To the {name} shop"]
            assert len(ana.hears()) == 1
            assert len(ana.account.merchant.get("/threads")["items"]) == 1
        assert anas["first"].thread_id != anas["second"].thread_id
        nothing_is_shown_to(second, anas["first"])

    together(write)


def nothing_is_shown_to(other: Merchant, ana: Shopper) -> None:
    """To another shop, what is ours is as if it were not."""
    thread, connection = f"/threads/{ana.thread_id}", f"/setup/{ana.account.connection['connection_id']}"
    asked = [
        other.call("GET", thread),
        other.call("PATCH", thread, json={"state": "closed"}),
        other.call("POST", f"{thread}/messages", json={"text": "Hello from next door"}),
        other.call("POST", f"{thread}/notes", json={"text": "Hm"}),
        other.call("GET", connection),
        other.call("DELETE", connection),
    ]
    assert [answer.status_code for answer in asked] == [404] * len(asked)
    assert {answer.json()["error"]["code"] for answer in asked} == {"not_found"}
    assert ana.thread()["state"] == "open"
    assert [one["status"] for one in ana.account.merchant.get("/setup")["items"]] == ["active"]


def test_two_numbers_of_one_business_account_are_two_shops(stack: Any) -> None:
    """Two merchants with numbers of one WhatsApp business account: each hears its own number only."""
    first = open_shop(stack).connect("whatsapp")
    second = open_shop(stack).connect("whatsapp", waba_id=first.setup["waba_id"])
    for account in (first, second):
        account.shopper("Ana Popescu").writes(f"To {account.id}")
    for account in (first, second):
        ana = account.shopper("Ana Popescu")
        assert [row["text"] for row in ana.rows("shopper")] == [f"To {account.id}"]
        assert len(ana.hears()) == 1
    first.disconnect()
    second.shopper("Ben").writes("Is the other one still there?")
    assert len(second.shopper("Ben").hears()) == 1


def test_what_names_another_account_is_kept_aside(stack: Any) -> None:
    """A body signed with one shop's secret that speaks of another shop's account is nobody's message."""

    def deliver(kind: str) -> None:
        ours, theirs = open_shop(stack).connect(kind), open_shop(stack).connect(kind)
        theirs.fault("webhook", "drop")
        theirs.shopper("Ana Popescu").writes("For their eyes only")
        assert ours.deliver(theirs.deliveries()[-1]["body"]) == 200
        ours.shopper("Ben").writes("For us")  # comes after it in the same queue
        assert len(ours.shopper("Ben").hears()) == 1
        assert everything_of(ours) == ["For us"]
        assert everything_of(theirs) == []

    together(deliver, [kind for kind in KINDS if kind != "telegram"])  # whose updates name no account


def everything_of(account: Account) -> list[str]:
    found = account.merchant.get("/threads")["items"]
    messages = [row for one in found for row in account.merchant.thread(one["thread_id"])["messages"]]
    return [row["text"] for row in messages if row["from"] == "shopper"]
