"""The API as its callers rely on it: keys and roles, errors, lists, and what it says about itself."""

import re
from datetime import datetime
from typing import Any, Final

import pytest
import requests
from shop import Merchant, eventually, open_shop

PROTECTED: Final = (
    ("GET", "/settings"),
    ("PUT", "/settings"),
    ("GET", "/setup"),
    ("POST", "/setup/telegram"),
    ("GET", "/setup/cn_1"),
    ("DELETE", "/setup/cn_1"),
    ("GET", "/keys"),
    ("POST", "/keys"),
    ("DELETE", "/keys/ky_1"),
    ("GET", "/threads"),
    ("GET", "/threads/th_1"),
    ("PATCH", "/threads/th_1"),
    ("POST", "/threads/th_1/messages"),
    ("POST", "/threads/th_1/notes"),
    ("GET", "/merchants"),
    ("POST", "/merchants"),
    ("DELETE", "/merchants/mt_1"),
    ("PUT", "/apps/1"),
)
OWNERS_ONLY: Final = (
    ("PUT", "/settings", {"name": "New"}),
    ("POST", "/setup/telegram", {"bot_token": "123456789:" + "A" * 35}),
    ("DELETE", "/setup/cn_1", None),
    ("GET", "/keys", None),
    ("POST", "/keys", {"name": "x", "role": "owner"}),
)
AGENTS_TOO: Final = (
    ("PATCH", "/threads/th_1", {"state": "closed"}),
    ("POST", "/threads/th_1/messages", {"text": "Hi"}),
    ("POST", "/threads/th_1/notes", {"text": "Hi"}),
)


def error_of(answer: requests.Response) -> dict[str, str]:
    """Every error has the same shape."""
    assert answer.headers["Content-Type"].startswith("application/json")
    body = answer.json()
    error: dict[str, str] = body["error"]
    assert list(body) == ["error"]
    assert {"code", "message"} <= set(error) <= {"code", "message", "field"}
    return error


@pytest.mark.parametrize("key", ["Bearer pk_wrong", "Bearer ", "Basic cGs6", "pk_wrong", "Bearer é", None])
def test_without_a_valid_key_nothing_opens(stack: Any, key: str | None) -> None:
    headers = {} if key is None else {"Authorization": key.encode("latin-1")}
    for method, path in PROTECTED:
        answer = requests.request(method, stack.api_url + path, json={}, headers=headers, timeout=30)
        assert (answer.status_code, error_of(answer)["code"]) == (401, "unauthorized"), (method, path)


def test_a_shops_key_does_not_open_the_deployment(stack: Any) -> None:
    shop = open_shop(stack)
    for method, path in PROTECTED[-4:]:
        body = {"name": "x", "app_secret": "0123456789", "verify_token": "0123456789"}
        assert shop.call(method, path, json=body).status_code in (401, 403), (method, path)
    for method, path in PROTECTED[:3]:
        assert stack.call(method, path, key=stack.admin_key, json={}).status_code == 401


def test_each_role_opens_what_it_is_for(stack: Any) -> None:
    owner = open_shop(stack)
    agent, marketer = with_role(owner, "agent"), with_role(owner, "marketer")
    for shop in (agent, marketer):
        for method, path, body in OWNERS_ONLY:
            answer = shop.call(method, path, json=body)
            assert (answer.status_code, error_of(answer)["code"]) == (403, "forbidden"), (method, path)
        for path in ("/threads", "/settings", "/setup"):
            assert shop.call("GET", path).status_code == 200
    for method, path, body in AGENTS_TOO:
        assert marketer.call(method, path, json=body).status_code == 403, (method, path)
        assert agent.call(method, path, json=body).status_code == 404, (method, path)


def with_role(owner: Merchant, role: str) -> Merchant:
    made = owner.call("POST", "/keys", json={"name": f"the {role}", "role": role})
    assert (made.status_code, made.json()["role"]) == (201, role)
    return Merchant(owner.stack, owner.merchant_id, made.json()["api_key"])


def test_keys_are_shown_once_and_end_when_they_are_removed(stack: Any) -> None:
    owner = open_shop(stack)
    agent = with_role(owner, "agent")
    listed = owner.get("/keys")
    assert sorted(one["role"] for one in listed["items"]) == ["agent", "owner"]
    assert agent.key not in str(listed) and listed["next"] is None
    ids = {one["role"]: one["key_id"] for one in listed["items"]}
    assert owner.call("DELETE", f"/keys/{ids['agent']}").status_code == 200
    assert agent.call("GET", "/threads").status_code == 401
    last = owner.call("DELETE", f"/keys/{ids['owner']}")
    assert (last.status_code, error_of(last)["code"]) == (409, "last_owner")
    assert owner.call("DELETE", "/keys/ky_nobodys").status_code == 404


def test_a_merchant_who_is_removed_is_gone_and_no_other(stack: Any) -> None:
    leaving, staying = open_shop(stack), open_shop(stack)
    account = leaving.connect("telegram")
    path = f"/merchants/{leaving.merchant_id}"
    assert stack.call("DELETE", path, key=stack.admin_key).status_code == 200
    assert leaving.call("GET", "/threads").status_code == 401
    assert staying.call("GET", "/threads").status_code == 200
    assert stack.call("DELETE", path, key=stack.admin_key).status_code == 404
    account.merchant = staying
    account.connect()  # the account is free again


def test_all_merchants_can_be_listed_page_by_page(stack: Any) -> None:
    mine = {open_shop(stack).merchant_id for _ in range(4)}
    seen: list[str] = []
    query: dict[str, Any] = {"limit": 3}
    while True:
        page = stack.call("GET", "/merchants", key=stack.admin_key, params=query).json()
        seen += [one["merchant_id"] for one in page["items"]]
        assert len(page["items"]) <= 3
        if page["next"] is None:
            break
        query["next"] = page["next"]
    assert len(seen) == len(set(seen)) and mine <= set(seen)


def test_what_does_not_fit_is_told_by_field(stack: Any) -> None:
    shop = open_shop(stack)
    before = shop.get("/settings")
    wrong = {
        ("GET", "/threads?limit=0"): (None, "limit"),
        ("GET", "/threads?limit=1000"): (None, "limit"),
        ("GET", "/threads?limit=ten"): (None, "limit"),
        ("GET", "/threads?channel=fax"): (None, "channel"),
        ("GET", "/threads?state=lost"): (None, "state"),
        ("GET", "/threads?next=%ff"): (None, "next"),
        ("PUT", "/settings"): ({"zone": "Mars/Olympus"}, "zone"),
        ("PUT", "/settings?"): ({"opening_hours": {"mon": [["09:00", "25:00"]]}}, "opening_hours"),
        ("PUT", "/settings?a"): ({"languages": ["xx"]}, "languages.0"),
        ("PUT", "/settings?b"): ({"paused": "maybe"}, "paused"),
        ("PUT", "/settings?c"): ({"colour": "blue"}, "colour"),
        ("POST", "/keys"): ({"name": "x", "role": "king"}, "role"),
        ("POST", "/threads/th_1/messages"): ({"text": "  "}, "text"),
        ("PATCH", "/threads/th_1"): ({"tags": "blue"}, "tags"),
    }
    for (method, path), (body, field) in wrong.items():
        answer = shop.call(method, path, json=body)
        assert (answer.status_code, error_of(answer).get("field")) == (400, field), (method, path)
    for body in (b"{", b"\xff", b"[1]", b"null", b'"x"', b"[" * 100_000):
        answer = shop.call("PUT", "/settings", data=body)
        assert (answer.status_code, bool(error_of(answer)["message"])) == (400, True), body[:10]
    assert shop.get("/settings") == before


def test_settings_keep_what_is_not_named(stack: Any) -> None:
    shop = open_shop(stack)
    shop.set(name="Casa Luna", zone="Europe/Bucharest", languages=["ro", "en"])
    shop.set(opening_hours={"mon": [["09:00", "18:00"]]}, holidays=["2026-12-25"])
    kept = shop.get("/settings")
    assert (kept["name"], kept["zone"], kept["languages"]) == ("Casa Luna", "Europe/Bucharest", ["ro", "en"])
    assert (kept["opening_hours"], kept["holidays"]) == ({"mon": [["09:00", "18:00"]]}, ["2026-12-25"])


def test_the_inbox_is_read_page_by_page_newest_first(stack: Any) -> None:
    shop = open_shop(stack, paused="automatic")
    accounts = [shop.connect("telegram"), shop.connect("whatsapp")]
    for number in range(5):
        shopper = accounts[number % 2].shopper(f"Shopper {number}")
        shopper.does("text", text=f"I am number {number}", at=100 - 10 * number)
    eventually(lambda: len(shop.get("/threads")["items"]) == 5, "not everybody is in the inbox")
    newest_first = [f"I am number {number}" for number in reversed(range(5))]
    assert [one["last_text"] for one in every_page(shop, limit=2)] == newest_first
    assert [one["last_text"] for one in every_page(shop, limit=5)] == newest_first
    whatsapp = every_page(shop, limit=1, channel="whatsapp")
    assert [one["last_text"] for one in whatsapp] == newest_first[1::2]
    shop.change(whatsapp[0]["thread_id"], state="closed", assignee="Mihai")
    assert [one["last_text"] for one in every_page(shop, limit=3, state="closed")] == newest_first[1:2]
    assert [one["last_text"] for one in every_page(shop, limit=3, assignee="Mihai")] == newest_first[1:2]
    assert len(every_page(shop, limit=3, state="open")) == 4
    assert every_page(shop, limit=3, channel="messenger") == []


def every_page(shop: Merchant, **query: Any) -> list[dict[str, Any]]:
    found = []
    while True:
        page = shop.get("/threads", **query)
        assert set(page) == {"items", "next"} and len(page["items"]) <= query["limit"]
        found += page["items"]
        if page["next"] is None:
            return found
        query["next"] = page["next"]


def test_a_long_thread_is_read_page_by_page(stack: Any) -> None:
    shop = open_shop(stack, paused="automatic")
    ana = shop.connect("telegram").shopper("Ana Popescu")
    for number in range(7):
        ana.does("text", text=f"Word {number}", at=100 - 10 * number)
    ana.thread()
    eventually(lambda: len(ana.rows("shopper")) == 7, "not every word is in the thread")
    first = shop.thread(ana.thread_id, limit=5)
    second = shop.thread(ana.thread_id, limit=5, next=first["next"])
    assert second["next"] is None
    words = [row["text"] for page in (second, first) for row in page["messages"] if row["from"] == "shopper"]
    assert words == [f"Word {number}" for number in range(7)]


def test_times_are_utc_and_to_the_millisecond(stack: Any) -> None:
    ana = open_shop(stack, zone="Asia/Tokyo").connect("telegram").shopper("Ana Popescu")
    ana.writes("What time is it?")
    thread = ana.thread()
    times = [
        thread["last_message_at"],
        thread["waiting_since"],
        *(row["sent_at"] for row in thread["messages"]),
    ]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", one) for one in times)
    assert datetime.fromisoformat(times[0]).utcoffset() is not None


def test_it_tells_how_it_is(stack: Any) -> None:
    told = requests.get(f"{stack.api_url}/health", timeout=30).json()
    assert told["status"] == "ok" and re.match(r"\d+\.\d+\.\d+", told["version"])
    assert set(told["queues"]) == {"inbound", "outbound", "later", "bulk", "media"}
    assert told["oldest_overdue_s"] >= 0


def test_it_describes_itself(stack: Any) -> None:
    described = requests.get(f"{stack.api_url}/openapi.json", timeout=30).json()
    assert described["openapi"].startswith("3.")
    operations = [(method.upper(), path) for path, each in described["paths"].items() for method in each]
    for method, path in PROTECTED:
        generic = re.sub(r"/(th|cn|ky|mt)_1|/telegram|/1$", "/{id}", path)
        assert (method, generic) in operations
    page = requests.get(f"{stack.api_url}/docs", timeout=30)
    assert page.headers["Content-Type"].startswith("text/html")
    assert all(path in page.text for _, path in operations)


def test_unknown_paths_and_methods_are_refused(stack: Any) -> None:
    shop = open_shop(stack)
    for method, path in (("GET", "/nothing"), ("DELETE", "/settings"), ("POST", "/threads/th_1/nothing")):
        assert shop.call(method, path).status_code in (403, 404, 405), (method, path)
