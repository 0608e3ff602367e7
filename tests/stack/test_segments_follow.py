"""A segment follows what happens to people: who writes, is tagged and buys is in it after the next tick; who
is erased is nowhere."""

from typing import Any

from shop import Json, Merchant, eventually, open_shop, pass_time, settle
from test_any_shop_tells import ORDER, connected, put

from tests.dynamo import rows_of

LOYAL = {"all": [{"tag": "vip"}, {"spend": {"at_least": 20}}, {"last_seen": {"within_days": 30}}]}
LOST = {"all": [{"channel": "whatsapp"}, {"last_seen": {"more_days_ago": 30}}]}


def asked(shop: Merchant, method: str, path: str, expect: int = 200, **body: Any) -> Json:
    answer = shop.call(method, path, json=body) if body else shop.call(method, path)
    assert answer.status_code == expect, answer.text
    return dict(answer.json())


def kept_at(shop: Merchant, room: str) -> list[str]:
    """As the table has it: nothing is looked up anew for it."""
    rows = rows_of(shop.stack.client("dynamodb"), shop.stack.about["threads_table"])
    found = [row["sk"]["S"] for row in rows if row["pk"]["S"] == f"{shop.merchant_id}{room}"]
    return [one for one in found if not one.startswith("edition#")]


def members(shop: Merchant, segment_id: str) -> list[str]:
    return kept_at(shop, f"#segment#{segment_id}")


def is_built(shop: Merchant) -> bool:
    return all(one["state"] == "ready" for one in asked(shop, "GET", "/segments")["items"])


def test_a_segment_follows_what_happens(stack: Any) -> None:
    shop = open_shop(stack, paused="automatic", currency="RON")
    connection = connected(shop)
    account = shop.connect("whatsapp")
    ana = account.newcomer("Ana", phone="+40712345678")
    ben = account.newcomer("Ben")
    shopper_id = ana.thread()["shopper_id"]
    wrong = asked(shop, "POST", "/segments", 400, name="Loyal", filter={"all": [{"orders": "many"}]})["error"]
    assert (wrong["code"], wrong["field"]) == ("invalid", "filter.all.0.orders")
    tried = asked(shop, "POST", "/segments", name="Known", filter={"channel": "whatsapp"}, dry=True)
    assert (tried["count"], tried["is_complete"]) == (2, True)
    assert {one["name"] for one in tried["samples"]} == {"Ana", "Ben"}
    assert asked(shop, "GET", "/segments")["items"] == []

    loyal = asked(shop, "POST", "/segments", 201, name="Loyal", filter=LOYAL)["segment_id"]
    lost = asked(shop, "POST", "/segments", 201, name="Lost", filter=LOST)["segment_id"]
    eventually(lambda: is_built(shop), "the segments are not built")
    assert asked(shop, "GET", f"/segments/{loyal}")["count"] == 0
    shop.change(ana.thread_id, tags=["vip"])
    put(shop, f"/shops/{connection}/orders/7", ORDER)
    assert members(shop, loyal) == []
    pass_time(stack, minutes=16)
    eventually(lambda: members(shop, loyal) == [shopper_id], "Ana is not among the loyal")
    shown = asked(shop, "GET", f"/segments/{loyal}")
    assert (shown["count"], shown["state"], shown["is_complete"]) == (1, "ready", True)
    assert shown["samples"] == [{"shopper_id": shopper_id, "name": "Ana", "channels": ["whatsapp"]}]
    assert shown["filter"]["all"][1] == {"spend": {"at_least": 20, "currency": "RON"}}

    pass_time(stack, days=31)
    eventually(lambda: len(members(shop, lost)) == 2, "time alone has moved nobody")
    assert members(shop, loyal) == []
    path = f"/shoppers/{shopper_id}/erase"
    asked(shop, "POST", path)
    eventually(lambda: asked(shop, "GET", path)["state"] == "done", "the erasing does not end")
    settle(stack)
    rows = rows_of(stack.client("dynamodb"), stack.about["threads_table"])
    own = [row for row in rows if row["pk"]["S"].startswith(f"{shop.merchant_id}#")]
    left = [row["pk"]["S"] for row in own if shopper_id in str(row)]
    assert left == [f"{shop.merchant_id}#erasure#{shopper_id}"]
    assert members(shop, lost) == [ben.thread()["shopper_id"]]

    assert asked(shop, "DELETE", f"/segments/{lost}")["state"] == "removed"
    asked(shop, "GET", f"/segments/{lost}", 404)
    eventually(lambda: members(shop, lost) == [], "members of what is gone stay")
    assert stack.call("DELETE", f"/merchants/{shop.merchant_id}", key=stack.admin_key).status_code == 200
    eventually(lambda: not kept_at(shop, "#segments"), "segments of a merchant who is gone stay")
