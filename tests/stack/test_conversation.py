"""One conversation, from the shop's first connection to the thread that opens again, on every channel."""

import time
from typing import Any, Final

from shop import KINDS, Account, Merchant, Shopper, eventually, open_shop, together

# How far a platform tells of a message of the shop; Telegram tells nothing after it took it.
FURTHEST: Final = {kind: "sent" if kind == "telegram" else "read" for kind in KINDS}
RANK: Final = {"queued": 0, "sent": 1, "delivered": 2, "read": 3}


def test_a_conversation_on_every_channel(stack: Any) -> None:
    together(lambda kind: converse(open_shop(stack), kind))


def converse(shop: Merchant, kind: str) -> None:
    account = shop.connect(kind)
    assert shop.get("/setup")["items"][0]["status"] == "active"
    ana = account.shopper("Ana Popescu")
    is_answered_at_once(shop, account, ana)
    a_human_answers(ana, FURTHEST[kind])
    people_work_on_the_thread(shop, ana)
    ana.writes("One more thing: do you wrap presents?")
    eventually(lambda: ana.thread()["state"] == "open", "writing again did not open the thread again")
    assert ana.thread()["last_text"] == "One more thing: do you wrap presents?"


def is_answered_at_once(shop: Merchant, account: Account, ana: Shopper) -> None:
    ana.writes("Do you have the blue one?")
    thread = ana.thread()
    listed = {name: value for name, value in thread.items() if name not in ("messages", "next")}
    assert listed["channel"] == account.channel
    assert listed["connection_id"] == account.connection["connection_id"]
    assert (listed["state"], listed["last_text"]) == ("open", "Do you have the blue one?")
    assert ana.hears() == ["Hi Ana! Thanks for writing to us. We'll answer as soon as we can."]
    asked, answered = eventually(lambda: all_sent(ana), "the answer was not recorded as sent")
    assert (asked["from"], asked["kind"], asked["status"]) == ("shopper", "text", "received")
    assert (answered["from"], answered["text"]) == ("auto", ana.heard()[0])
    assert asked["sent_at"] < answered["sent_at"]
    told = "Ana" if account.channel == "messenger" else "Ana Popescu"
    assert shop.get("/threads")["items"][0]["shopper_name"] == told


def all_sent(ana: Shopper) -> list[dict[str, Any]]:
    rows = ana.rows()
    return rows if len(rows) == 2 and rows[1]["status"] != "queued" else []


def a_human_answers(ana: Shopper, furthest: str) -> None:
    shop = ana.account.merchant
    first = shop.reply(ana.thread_id, "Yes, in three sizes.", key="one answer")
    again = shop.reply(ana.thread_id, "Yes, in three sizes.", key="one answer")
    assert first["message_id"] == again["message_id"]
    assert (first["from"], first["by"]) == ("human", "owner")
    refused = shop.reply(ana.thread_id, "Something else.", key="one answer", expect=409)
    assert refused["error"]["code"] == "key_reused"
    watch(ana, first["message_id"], furthest)
    assert ana.heard()[1:] == ["Yes, in three sizes."]


def watch(ana: Shopper, message_id: str, furthest: str) -> None:
    """The message gets as far as its channel tells, and never goes back on the way."""
    seen = ["queued"]
    deadline = time.monotonic() + 45
    while seen[-1] != furthest and time.monotonic() < deadline:
        seen += [row["status"] for row in ana.rows("human") if row["message_id"] == message_id]
    assert seen[-1] == furthest
    assert seen == sorted(seen, key=RANK.__getitem__), seen


def people_work_on_the_thread(shop: Merchant, ana: Shopper) -> None:
    path = f"/threads/{ana.thread_id}"
    noted = shop.call("POST", f"{path}/notes", json={"text": "She is a regular."})
    assert noted.status_code == 201
    changed = shop.change(ana.thread_id, assignee="Mihai", tags=["sizes", "blue", "sizes"])
    assert (changed["assignee"], changed["tags"]) == ("Mihai", ["sizes", "blue"])
    assert shop.change(ana.thread_id, state="closed")["state"] == "closed"
    thread = ana.thread()
    assert (thread["state"], thread["assignee"], thread["tags"]) == ("closed", "Mihai", ["sizes", "blue"])
    assert [row["kind"] for row in thread["messages"]] == ["text", "text", "text", "note"]
    assert [one["thread_id"] for one in shop.get("/threads", state="closed")["items"]] == [ana.thread_id]
    assert shop.get("/threads", state="open")["items"] == []
    assert "She is a regular." not in str(ana.phone())
