"""Messenger and Instagram, as their pages at developers.facebook.com/docs describe them."""

import hashlib
import hmac
from typing import Any

import pytest
import requests

from .harness import FIELDS, Connect, Connected, Shop, subscribe, until

BOTH = {
    "messenger": ("messenger", {}),
    "instagram": ("instagram", {}),
    "page": ("instagram", {"login": "facebook"}),
}


@pytest.fixture(params=BOTH)
def account(request: pytest.FixtureRequest, connect: Connect) -> Connected:
    channel, options = BOTH[request.param]
    return connect(channel, **options)


def error(answer: dict[str, Any]) -> tuple[int, int | None]:
    found = answer["error"]
    assert found["fbtrace_id"]
    return found["code"], found.get("error_subcode")


def test_setup_names_all_that_connecting_needs(connect: Connect) -> None:
    page = connect("messenger").setup
    assert page.keys() == {"account", "page_token", "page_id", "app_id", "app_secret"}
    by_itself = connect("instagram").setup
    names = {"account", "access_token", "account_id", "login", "app_id", "app_secret"}
    assert by_itself.keys() == names | {"instagram_app_secret"}
    by_page = connect("instagram", login="facebook").setup
    assert by_page.keys() == names | {"page_id"}
    assert (by_itself["login"], by_page["login"]) == ("instagram", "facebook")


def test_who_am_i(connect: Connect) -> None:
    page = connect("messenger")
    assert page.call("GET", "me?fields=id,name")["id"] == page.id
    by_itself = connect("instagram")
    me = by_itself.call("GET", "me?fields=user_id,username,account_type")
    assert (me["user_id"], me["account_type"]) == (by_itself.id, "BUSINESS")
    by_page = connect("instagram", login="facebook")
    node = by_page.call("GET", f"{by_page.node}?fields=instagram_business_account{{id,username}}")
    assert node["instagram_business_account"]["id"] == by_page.id


def test_tokens_of_the_two_hosts_do_not_mix(connect: Connect) -> None:
    by_itself, page = connect("instagram"), connect("messenger")
    headers = {"Authorization": f"Bearer {by_itself.token}"}
    answer = requests.get(f"{page.base}/me", headers=headers, timeout=10)
    assert answer.json()["error"]["code"] == 190
    headers = {"Authorization": f"Bearer {page.token}"}
    answer = requests.get(f"{by_itself.base}/me", headers=headers, timeout=10)
    assert answer.json()["error"]["code"] == 190


def test_a_token_may_stand_in_the_query(account: Connected) -> None:
    answer = requests.get(f"{account.base}/me", params={"access_token": account.token}, timeout=10)
    assert answer.json()["id"]
    assert account.token not in str(account.sandbox.ask("calls"))


def test_a_wrong_token_is_error_190(account: Connected) -> None:
    answer = account.call("POST", f"{account.node}/messages", 401, token="EAAwrong", json={})
    assert error(answer)[0] == 190


def test_an_inbound_text_has_the_real_envelope(account: Connected) -> None:
    mid = account.says("Hello")
    account.hears(1)
    body = account.shop.on(account.path)[0].body
    assert body["object"] == ("page" if account.channel == "messenger" else "instagram")
    [entry] = body["entry"]
    assert entry["id"] == account.id
    assert entry["time"] > 1_600_000_000_000
    [event] = entry["messaging"]
    assert event["recipient"] == {"id": account.id}
    assert event["sender"]["id"].isdigit()
    assert event["timestamp"] > 1_600_000_000_000
    assert event["message"] == {"mid": mid, "text": "Hello"}


def test_a_persons_name_comes_from_their_profile(connect: Connect) -> None:
    page = connect("messenger")
    page.says("Merhaba", shopper="Ayşe Yılmaz", language="tr")
    psid = page.hears(1)[0]["sender"]["id"]
    profile = page.call("GET", f"{psid}?fields=first_name,last_name,profile_pic,locale")
    assert (profile["first_name"], profile["last_name"], profile["locale"]) == ("Ayşe", "Yılmaz", "tr_TR")
    assert requests.get(profile["profile_pic"], timeout=10).headers["Content-Type"] == "image/svg+xml"
    for account in (connect("instagram"), connect("instagram", login="facebook")):
        igsid = account.address("Ayşe Yılmaz")
        assert account.call("GET", f"{igsid}?fields=name,username")["name"] == "Ayşe Yılmaz"


def test_a_send_is_answered_and_echoed_with_our_mark_then_read(account: Connected) -> None:
    to = account.address()
    answer = account.send(to, message={"text": "Hello", "metadata": "intent-7"})
    assert answer["recipient_id"] == to
    mid = answer["message_id"]
    is_page = account.channel == "messenger"
    events = account.hears(4 if is_page else 3)[1:]
    echo = events[0]
    assert (echo["sender"]["id"], echo["recipient"]["id"]) == (account.id, to)
    assert echo["message"] == {
        "mid": mid,
        "text": "Hello",
        "is_echo": True,
        "app_id": int(account.setup["app_id"]),
        "metadata": "intent-7",
    }
    if is_page:
        assert events[1]["delivery"]["mids"] == [mid]
        assert events[2]["read"]["watermark"] >= events[0]["timestamp"]
    else:
        assert events[1]["read"] == {"mid": mid}
    assert account.phone()[-1]["status"] == "read"


def test_a_text_that_is_too_long_is_error_100(account: Connected) -> None:
    to = account.address()
    if account.channel == "messenger":
        account.send(to, "ж" * 1999)
        assert error(account.send(to, "ж" * 2000, expect=400))[0] == 100
    else:
        account.send(to, "ж" * 500)
        assert error(account.send(to, "ж" * 500 + "!", expect=400))[0] == 100


def test_an_unknown_person_is_error_100_with_its_subcode(account: Connected) -> None:
    subcode = 2018001 if account.channel == "messenger" else 2534014
    assert error(account.send("12345", expect=400)) == (100, subcode)


def test_a_person_who_blocked_the_shop_is_not_available(account: Connected) -> None:
    to = account.address()
    account.says(kind="block")
    assert error(account.send(to, expect=400)) == (551, 1545041)


def test_the_window_is_24_hours_and_7_days_for_a_human_agent(account: Connected) -> None:
    to = account.address()
    about = {"channel": account.channel, "account": account.id, "shopper": "Mary Okoro"}
    human = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    subcode = 2018278 if account.channel == "messenger" else 2534022
    account.sandbox.control("window", **about, state="human_agent")
    assert error(account.send(to, expect=403)) == (10, subcode)
    account.send(to, **human)
    account.sandbox.control("window", **about, state="closed")
    assert error(account.send(to, expect=403, **human)) == (10, subcode)
    account.says("Hello again")
    account.send(to)


@pytest.mark.parametrize("tag", ["ACCOUNT_UPDATE", "CONFIRMED_EVENT_UPDATE", "POST_PURCHASE_UPDATE", "NEWS"])
def test_retired_and_unknown_tags_are_error_100(account: Connected, tag: str) -> None:
    body = {"messaging_type": "MESSAGE_TAG", "tag": tag}
    assert error(account.send(account.address(), expect=400, **body))[0] == 100


@pytest.mark.parametrize(
    "change",
    [
        {"recipient": {}},
        {"recipient": "someone"},
        {"message": None},
        {"message": {}},
        {"message": {"text": ""}},
        {
            "message": {
                "text": "both",
                "attachment": {"type": "image", "payload": {"url": "https://a.example"}},
            }
        },
        {"message": {"attachment": {"type": "hologram", "payload": {"url": "https://a.example"}}}},
        {"message": {"text": "Hello", "metadata": "x" * 1000}},
        {"message": {"text": "Hello", "quick_replies": [{"content_type": "text"}]}},
        {"messaging_type": "SHOUT"},
        {"reply_to": {"mid": "m_none"}},
    ],
)
def test_a_body_out_of_shape_is_error_100(account: Connected, change: dict[str, Any]) -> None:
    assert error(account.send(account.address(), expect=400, **change))[0] == 100


def test_quick_replies_and_buttons_are_tapped(account: Connected) -> None:
    to = account.address()
    replies = [{"content_type": "text", "title": title, "payload": title.upper()} for title in ("Yes", "No")]
    account.send(to, message={"text": "Keep it?", "quick_replies": replies})
    account.says(kind="button", title="No")
    assert heard(account, "quick_reply")["message"]["quick_reply"] == {"payload": "NO"}
    buttons = [{"type": "postback", "title": "Where is it?", "payload": "WISMO"}]
    payload = {"template_type": "button", "text": "Anything else?", "buttons": buttons}
    account.send(to, message={"attachment": {"type": "template", "payload": payload}})
    account.says(kind="button", title="Where is it?")
    assert heard(account, "postback")["postback"]["payload"] == "WISMO"


def heard(account: Connected, name: str) -> dict[str, Any]:
    """The first event that has a part of this name."""
    found = until(
        lambda: [each for each in account.events() if name in each or name in each.get("message", {})]
    )
    return dict(found[0])


def test_typing_and_seen_are_no_messages(account: Connected) -> None:
    to = account.address()
    for action in ("mark_seen", "typing_on"):
        body = {"recipient": {"id": to}, "sender_action": action}
        assert account.call("POST", f"{account.node}/messages", json=body) == {"recipient_id": to}
    query = {"channel": account.channel, "account": account.id, "shopper": "Mary Okoro"}
    shown = account.sandbox.ask("phone", **query)
    assert shown["typing"]
    assert [each.get("seen") for each in shown["messages"]] == [True]


def test_what_else_a_person_does(account: Connected) -> None:
    to = account.address()
    mid = account.send(to)["message_id"]
    account.says(kind="reaction", emoji="❤")
    assert heard(account, "reaction")["reaction"]["mid"] == mid
    account.says(kind="start", payload="HELLO", ref="poster")
    assert heard(account, "postback")["postback"]["referral"]["ref"] == "poster"
    account.says(kind="referral", ref="mug")
    assert heard(account, "referral")["referral"]["ref"] == "mug"
    said = account.says("Helo")
    account.says("Hello", kind="edit")
    assert heard(account, "message_edit")["message_edit"] == {"mid": said, "text": "Hello", "num_edit": 1}
    account.says(kind="delete")
    if account.channel == "instagram":
        assert heard(account, "is_deleted")["message"] == {"mid": said, "is_deleted": True}
    account.says("I answer by hand", kind="echo")
    echo = until(
        lambda: [e for e in account.events() if e.get("message", {}).get("text") == "I answer by hand"]
    )[0]
    assert echo["message"]["is_echo"]
    assert echo["message"]["app_id"] != int(account.setup["app_id"])
    assert "metadata" not in echo["message"]


def test_forms_are_read_like_json(connect: Connect) -> None:
    page = connect("messenger")
    to = page.address()
    form = {"recipient": f'{{"id": "{to}"}}', "message": '{"text": "Hello"}', "messaging_type": "RESPONSE"}
    assert page.call("POST", "me/messages", data=form)["recipient_id"] == to


def test_subscriptions_are_listed_and_end(account: Connected) -> None:
    [listed] = account.call("GET", f"{account.node}/subscribed_apps")["data"]
    assert listed["id"] == account.setup["app_id"]
    assert set(listed["subscribed_fields"]) == set(FIELDS.split(","))
    account.call("DELETE", f"{account.node}/subscribed_apps")
    assert account.call("GET", f"{account.node}/subscribed_apps") == {"data": []}
    account.says("nobody hears this")
    found = account.sandbox.ask("deliveries", channel=account.channel, account=account.id)["deliveries"]
    assert found[-1]["state"] == "nowhere"


def test_subscribing_needs_fields(account: Connected) -> None:
    assert error(account.call("POST", f"{account.node}/subscribed_apps", 400))[0] == 100


def test_the_apps_callback_must_pass_the_handshake(account: Connected, shop: Shop) -> None:
    assert error(subscribe(account, shop.url + "/new", 400, verify_token="wrong"))[0] == 2200
    assert error(subscribe(account, "http://shop.example/hook", 400))[0] == 2200
    app = f"{account.sandbox.url}/graph/v25.0/{account.setup['app_id']}/subscriptions"
    token = f"{account.setup['app_id']}|{account.setup['app_secret']}"
    [kept] = requests.get(app, params={"access_token": token}, timeout=10).json()["data"]
    assert kept["callback_url"] == shop.url + account.path
    assert {"name": "messages", "version": "v25.0"} in kept["fields"]


def test_an_apps_subscriptions_need_the_apps_own_token(account: Connected) -> None:
    answer = subscribe(account, account.shop.url, 401, access_token="1|2")
    assert error(answer)[0] == 190


def test_a_field_nobody_subscribed_to_is_not_delivered(connect: Connect, shop: Shop) -> None:
    page = connect("messenger")
    page.call("POST", f"{page.id}/subscribed_apps", params={"subscribed_fields": "messages"})
    page.send(page.address())
    found = until(
        lambda: [
            each
            for each in page.sandbox.ask("deliveries", channel="messenger", account=page.id)["deliveries"]
            if each["subject"] == "message_echoes"
        ]
    )
    assert (found[0]["state"], found[0]["tries"]) == ("nowhere", 0)


def test_an_instagram_token_is_refreshed_only_when_a_day_old(connect: Connect) -> None:
    account = connect("instagram")
    query = {"grant_type": "ig_refresh_token", "access_token": account.token}
    url = f"{account.sandbox.url}/instagram/refresh_access_token"
    assert requests.get(url, params=query, timeout=10).json()["error"]["code"] == 10
    account.sandbox.control("clock", advance_s=86_401)
    answer = requests.get(url, params=query, timeout=10).json()
    assert (answer["token_type"], answer["expires_in"]) == ("bearer", 5_184_000)


def test_a_batch_holds_several_entries_and_events(account: Connected) -> None:
    account.fault("webhook", "batch", 3)
    for number in range(3):
        account.says(f"number {number}")
    events = account.hears(3)
    [body] = [heard.body for heard in account.shop.on(account.path)]
    assert [len(entry["messaging"]) for entry in body["entry"]] == [2, 1]
    assert [event["message"]["text"] for event in events] == [f"number {n}" for n in range(3)]


def test_a_proof_of_the_apps_secret_must_be_right_when_it_is_given(account: Connected) -> None:
    secret = account.setup.get("instagram_app_secret") or account.setup["app_secret"]
    right = hmac.new(secret.encode(), account.token.encode(), hashlib.sha256).hexdigest()
    account.call("GET", "me", params={"appsecret_proof": right})
    answer = account.call("GET", "me", 400, params={"appsecret_proof": right[::-1]})
    assert error(answer)[0] == 100
    assert "appsecret_proof" in answer["error"]["message"]


def test_an_app_cannot_look_into_the_tokens_of_another(connect: Connect) -> None:
    page, other = connect("messenger"), connect("messenger")
    query = {"input_token": page.token}
    own = f"{page.setup['app_id']}|{page.setup['app_secret']}"
    assert page.call("GET", "debug_token", token=own, params=query)["data"]["type"] == "PAGE"
    foreign = f"{other.setup['app_id']}|{other.setup['app_secret']}"
    assert error(page.call("GET", "debug_token", 400, token=foreign, params=query))[0] == 100
