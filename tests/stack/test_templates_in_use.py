"""Templates from the first look to the shopper's phone: listed, followed by webhook, checked, shown, sent."""

from typing import Any

import pytest
from shop import Account, Json, Shopper, eventually, open_shop, together

TEMPLATED = ("whatsapp", "messenger")
# A place for the shopper's first name, and what stands in for it where there is none.
GREETS = {"field": "shopper.first_name", "fallback": "friend"}
FILLED = {"body.1": GREETS, "body.2": "A-17", "body.3": "on its way"}


@pytest.fixture(scope="module")
def accounts(stack: Any) -> dict[str, Account]:
    shop = open_shop(stack, paused="automatic", name="Blue Kettle")
    return {kind: shop.connect(kind) for kind in TEMPLATED}


def templates(account: Account, **query: Any) -> dict[tuple[str, str], Json]:
    asked = {"connection_id": account.connection["connection_id"]} | query
    found = account.merchant.get("/templates", **asked)["items"]
    return {(one["name"], one["language"]): one for one in found}


def update_of(account: Account) -> Json:
    return templates(account)[("order_update", "en")]


def change(account: Account, name: str, **changes: Any) -> None:
    """On the platform, which tells of it by webhook."""
    account.stack.control("POST", "templates", json=account.name | {"name": name} | changes)


def fetch(account: Account) -> list[Json]:
    body = {"connection_id": account.connection["connection_id"]}
    answer = account.merchant.call("POST", "/templates", json=body)
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["items"]
    return found


def preview(account: Account, template: Json, **body: Any) -> Json:
    answer = account.merchant.call("POST", f"/templates/{template['template_id']}/preview", json=body)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def refused(ana: Shopper, **template: Any) -> tuple[str, str]:
    path = f"/threads/{ana.thread_id}/messages"
    answer = ana.account.merchant.call("POST", path, json={"template": {"language": "en"} | template})
    assert answer.status_code == 400, answer.text
    error = answer.json()["error"]
    return error["code"], error["field"]


def test_whoever_connects_an_account_has_its_templates(accounts: dict[str, Account]) -> None:
    for kind in TEMPLATED:
        known = update_of(accounts[kind])
        assert (known["state"], known["category"], known["channel"]) == ("approved", "utility", kind)
        assert [one["place"] for one in known["variables"]] == ["body.1", "body.2", "body.3"]
        assert known["body"] == "Hello {{1}}, your order {{2}} is now {{3}}. Thank you!"
        assert known["fetched_at"]
        again = accounts[kind].merchant.get(f"/templates/{known['template_id']}")
        assert again == known
        assert {one["state"] for one in templates(accounts[kind], state="paused").values()} == {"paused"}


def test_what_becomes_of_a_template_is_known_at_once_and_decides_what_is_sent(
    accounts: dict[str, Account],
) -> None:
    def follow(kind: str) -> None:
        account = accounts[kind]
        ana = account.newcomer("Ana who is refused")
        values = ["Ana", "A-17", "on its way"]
        change(account, "order_update", language="en", status="PAUSED")
        eventually(lambda: update_of(account)["state"] == "paused", "it is not paused")
        assert refused(ana, name="order_update", variables=values) == ("template_not_approved", "template")
        change(account, "order_update", language="en", status="APPROVED")
        eventually(lambda: update_of(account)["state"] == "approved", "it is not approved again")
        ana.window_is("closed")
        account.merchant.send(
            ana.thread_id, template={"name": "order_update", "language": "en", "variables": values}
        )
        (shown,) = ana.is_told(1)
        assert shown["text"] == "Hello Ana, your order A-17 is now on its way. Thank you!"

    together(follow, TEMPLATED)


def test_a_template_that_does_not_fit_is_refused_with_its_place(accounts: dict[str, Account]) -> None:
    for kind in TEMPLATED:
        ana = accounts[kind].newcomer("Ana with odd values")
        mismatch = "template_mismatch"
        for name, more, expected in (
            ("order_update", {"variables": ["Ana", "A-17"]}, (mismatch, "template.body.3")),
            ("order_update", {"variables": ["Ana", "A\n17", "here"]}, (mismatch, "template.body.2")),
            ("order_update", {"variables": {"name": "Ana"}}, (mismatch, "template.body")),
            (
                "parcel_sent",
                {"variables": {"shopper": "Ana", "day": "today"}},
                (mismatch, "template.header.order"),
            ),
            ("no_such_template", {}, ("template_unknown", "template.name")),
        ):
            assert refused(ana, name=name, **more) == expected
        assert ana.told() == []


def test_a_preview_shows_real_shoppers_and_who_gets_the_fallback(accounts: dict[str, Account]) -> None:
    for kind in TEMPLATED:
        account = accounts[kind]
        named, nameless = account.newcomer("Beatriz Costa"), account.newcomer("🌸 77")
        known = update_of(account)
        shown = preview(account, known, variables=FILLED, thread_ids=[named.thread_id, nameless.thread_id])
        assert shown["problems"] == []
        first, second = shown["items"]
        # Messenger's messages name nobody: the shop asks who somebody is when it answers.
        name, used = ("Beatriz", []) if kind == "whatsapp" else ("friend", ["body.1"])
        assert (first["thread_id"], first["used_fallbacks"]) == (named.thread_id, used)
        assert first["parts"][0] == {
            "kind": "body",
            "text": f"Hello {name}, your order A-17 is now on its way. Thank you!",
        }
        assert second["used_fallbacks"] == ["body.1"]
        assert second["parts"][0]["text"].startswith("Hello friend, ")
        nameless.writes("Is anybody there?")
        nameless.said("Is anybody there?")
        latest = preview(account, known, variables=FILLED)["items"]
        assert latest[0]["thread_id"] == nameless.thread_id
        assert len(latest) <= 3


def test_what_must_be_mended_is_told_before_anything_is_sent(accounts: dict[str, Account]) -> None:
    account = accounts["whatsapp"]
    known = update_of(account)
    without = {"body.1": {"field": "shopper.first_name"}, "body.2": "A-17", "body.4": "x"}
    shown = preview(account, known, variables=without, thread_ids=[])
    assert {(one["code"], one["place"]) for one in shown["problems"]} == {
        ("fallback_missing", "body.1"),
        ("variable_missing", "body.3"),
        ("variable_unknown", "body.4"),
    }
    path = f"/templates/{known['template_id']}/preview"
    answer = account.merchant.call("POST", path, json={"thread_ids": ["th_nobody"]})
    assert (answer.status_code, answer.json()["error"]["field"]) == (404, "thread_ids")


def test_an_offer_goes_only_to_who_said_yes_for_its_category_is_known(accounts: dict[str, Account]) -> None:
    account = accounts["whatsapp"]
    ana = account.newcomer("Ana who may want news")
    offer = {"name": "news", "language": "en", "variables": ["Ana", "blue mugs"]}
    said = account.merchant.send(ana.thread_id, template=offer)

    def is_skipped() -> bool:
        row = next(one for one in ana.rows("human") if one["message_id"] == said["message_id"])
        return bool(row["status"] == "skipped")

    eventually(is_skipped, "an offer went to somebody who never said yes")
    yes = {"purpose": "marketing", "state": "given", "text": "Yes, send me news", "how": "box"}
    path = f"/shoppers/{ana.thread()['shopper_id']}/consent"
    assert account.merchant.call("POST", path, json=yes).status_code == 201
    account.merchant.send(ana.thread_id, template=offer)
    (shown,) = ana.is_told(1)
    assert shown["text"] == "Hello Ana, this is new in our shop: blue mugs."


def test_templates_are_fetched_on_demand_also_when_a_webhook_was_lost(accounts: dict[str, Account]) -> None:
    account = accounts["whatsapp"]
    body = [{"type": "BODY", "text": "Hello {{1}}, this is new."}]
    change(account, "autumn_news", language="en", components=body, category="MARKETING", tell=False)
    change(account, "cart_waiting", language="es", status="DISABLED", tell=False)
    assert ("autumn_news", "en") not in templates(account)
    found = {(one["name"], one["language"]): one for one in fetch(account)}
    assert found[("autumn_news", "en")]["category"] == "marketing"
    assert found[("cart_waiting", "es")]["state"] == "disabled"
    change(account, "autumn_news", language="en", status="DELETED", tell=False)
    fetch(account)
    assert templates(account)[("autumn_news", "en")]["state"] == "gone"


def test_a_category_and_a_quality_are_followed_too(accounts: dict[str, Account]) -> None:
    account = accounts["whatsapp"]
    change(account, "we_answered", language="en", category="MARKETING")
    change(account, "we_answered", language="en", quality="YELLOW")

    def is_known() -> bool:
        known = templates(account)[("we_answered", "en")]
        return (known["category"], known["quality"]) == ("marketing", "yellow")

    eventually(is_known, "category and quality are not known")


def test_only_who_plans_sees_templates_and_only_their_own(stack: Any, accounts: dict[str, Account]) -> None:
    account = accounts["whatsapp"]
    known = update_of(account)
    roles = {
        role: account.merchant.call("POST", "/keys", json={"name": role, "role": role}).json()["api_key"]
        for role in ("marketer", "agent")
    }
    path = f"/templates/{known['template_id']}"
    assert stack.call("GET", path, key=roles["marketer"]).status_code == 200
    assert stack.call("GET", path, key=roles["agent"]).status_code == 403
    stranger = open_shop(stack)
    assert stranger.call("GET", path).status_code == 404
    assert stranger.call("POST", f"{path}/preview", json={}).status_code == 404
    body = {"connection_id": account.connection["connection_id"]}
    assert stranger.call("POST", "/templates", json=body).status_code == 404
    assert stranger.call("GET", "/templates", params=body).status_code == 404
    assert stranger.get("/templates") == {"items": [], "next": None}


def test_a_refused_fetch_costs_no_connection_and_forgets_nothing(stack: Any) -> None:
    shop = open_shop(stack)
    account = shop.account("messenger")
    account.fault("message_templates", "status", times=1, status=3)
    account.connect()
    assert account.connection["status"] == "active"
    assert templates(account) == {}
    assert len(fetch(account)) == 3
    account.fault("message_templates", "status", times=1, status=500)
    answer = shop.call("POST", "/templates", json={"connection_id": account.connection["connection_id"]})
    assert answer.status_code == 502, answer.text
    assert len(templates(account)) == 3
