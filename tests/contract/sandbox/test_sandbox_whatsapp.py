"""WhatsApp Cloud API, as developers.facebook.com/docs/whatsapp/cloud-api describes it."""

import hashlib
import json
from typing import Any

import pytest
import requests

from .harness import Connect, Connected, Running, Shop, subscribe, until

MESSAGE = {"messaging_product": "whatsapp"}


@pytest.fixture
def account(connect: Connect) -> Connected:
    return connect("whatsapp")


def error(answer: dict[str, Any]) -> tuple[int, str]:
    found = answer["error"]
    assert found["fbtrace_id"]
    assert found["type"] == "OAuthException"
    return found["code"], found.get("error_data", {}).get("details", "")


def test_setup_names_all_that_connecting_needs(account: Connected) -> None:
    names = {"account", "access_token", "phone_number_id", "waba_id", "app_id", "app_secret"}
    assert account.setup.keys() == names
    assert account.setup["account"] == account.setup["phone_number_id"]


def test_the_number_and_its_waba_can_be_read(account: Connected) -> None:
    number = account.call("GET", f"{account.id}?fields=verified_name,display_phone_number,platform_type")
    assert number["platform_type"] == "CLOUD_API"
    assert number["id"] == account.id
    waba = account.setup["waba_id"]
    assert account.call("GET", waba)["id"] == waba
    assert [each["id"] for each in account.call("GET", f"{waba}/phone_numbers")["data"]] == [account.id]


def test_the_version_in_the_path_may_be_another_or_missing(account: Connected) -> None:
    headers = {"Authorization": f"Bearer {account.token}"}
    for version in ("v24.0/", ""):
        answer = requests.get(
            f"{account.sandbox.url}/graph/{version}{account.id}", headers=headers, timeout=10
        )
        assert answer.json()["id"] == account.id


def test_a_field_that_does_not_exist_is_an_error(account: Connected) -> None:
    assert error(account.call("GET", f"{account.id}?fields=shoe_size", 400))[0] == 100


def test_a_wrong_token_is_error_190(account: Connected) -> None:
    answer = account.call("POST", f"{account.id}/messages", 401, token="EAAwrong", json=MESSAGE)
    assert error(answer)[0] == 190


def test_a_missing_token_is_refused(account: Connected) -> None:
    answer = requests.get(f"{account.base}/{account.id}", timeout=10)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, 104)


def test_another_accounts_token_does_not_open_this_number(account: Connected, connect: Connect) -> None:
    answer = account.call("GET", account.id, 400, token=connect("whatsapp").token)
    assert (answer["error"]["code"], answer["error"]["error_subcode"]) == (100, 33)


@pytest.mark.parametrize(("state", "code", "subcode"), [("expired", 190, 463), ("revoked", 190, None)])
def test_a_token_that_died(account: Connected, state: str, code: int, subcode: int | None) -> None:
    about = {"channel": "whatsapp", "account": account.id}
    account.sandbox.control("token", **about, state=state)
    found = account.call("GET", account.id, 401)["error"]
    assert (found["code"], found.get("error_subcode")) == (code, subcode)
    account.sandbox.control("token", **about, state="valid")
    assert account.call("GET", account.id)["id"] == account.id


def test_a_token_without_permissions_reads_but_does_not_subscribe(account: Connected) -> None:
    account.sandbox.control("token", channel="whatsapp", account=account.id, state="no_permission")
    assert account.call("GET", account.id)["id"] == account.id
    answer = account.call("POST", f"{account.setup['waba_id']}/subscribed_apps", 403)
    assert answer["error"]["code"] == 200


def test_debug_token_tells_scopes_and_validity(account: Connected) -> None:
    app_token = f"{account.setup['app_id']}|{account.setup['app_secret']}"
    query = {"input_token": account.token}
    data = account.call("GET", "debug_token", token=app_token, params=query)["data"]
    assert data["is_valid"]
    assert data["app_id"] == account.setup["app_id"]
    assert "whatsapp_business_messaging" in data["scopes"]
    query = {"input_token": "EAAunknown"}
    assert not account.call("GET", "debug_token", token=app_token, params=query)["data"]["is_valid"]


def test_an_inbound_text_has_the_real_envelope(account: Connected) -> None:
    message_id = account.says("Hello", phone="+4915112345678")
    account.hears(1)
    body = account.shop.on(account.path)[0].body
    assert body["object"] == "whatsapp_business_account"
    [entry] = body["entry"]
    assert entry["id"] == account.setup["waba_id"]
    [change] = entry["changes"]
    assert change["field"] == "messages"
    value = change["value"]
    assert value["metadata"]["phone_number_id"] == account.id
    [contact] = value["contacts"]
    assert contact["profile"] == {"name": "Mary Okoro"}
    assert contact["wa_id"] == "4915112345678"
    assert contact["user_id"].startswith("DE.")
    [message] = value["messages"]
    assert message["id"] == message_id
    assert message["id"].startswith("wamid.")
    assert message["from_user_id"] == contact["user_id"]
    assert message["timestamp"].isdigit()
    assert (message["type"], message["text"]) == ("text", {"body": "Hello"})


def test_a_shopper_may_hide_their_number(account: Connected) -> None:
    account.says("Hello", shopper="Hidden One", hides_phone=True, username="@hidden")
    value = account.hears(1)[0]
    assert "from" not in value["messages"][0]
    assert "wa_id" not in value["contacts"][0]
    assert value["contacts"][0]["profile"]["username"] == "@hidden"
    recipient = {"to": None, "recipient": value["contacts"][0]["user_id"]}
    answer = account.send("", **recipient)
    assert answer["contacts"] == [{"input": recipient["recipient"], "user_id": recipient["recipient"]}]


def test_a_send_is_answered_with_contact_and_id(account: Connected) -> None:
    to = account.address()
    answer = account.send(to)
    assert answer["messaging_product"] == "whatsapp"
    assert answer["contacts"] == [{"input": f"+{to}", "wa_id": to}]
    assert answer["messages"][0]["id"].startswith("wamid.")


def test_sent_delivered_and_read_follow_with_the_shops_own_reference(account: Connected) -> None:
    to = account.address()
    message_id = account.send(to, biz_opaque_callback_data="intent-7")["messages"][0]["id"]
    statuses = [event["statuses"][0] for event in account.hears(4)[1:]]
    assert [each["status"] for each in statuses] == ["sent", "delivered", "read"]
    for each in statuses:
        assert each["id"] == message_id
        assert each["recipient_id"] == to
        assert each["timestamp"].isdigit()
        assert each["biz_opaque_callback_data"] == "intent-7"
    assert account.phone()[-1]["status"] == "read"


def test_a_shopper_who_does_not_look_leaves_messages_unread(account: Connected) -> None:
    account.says("Hello", shopper="Busy Bee", reads=False)
    to = account.hears(1)[0]["messages"][0]["from"]
    account.send(to)
    statuses = [event["statuses"][0]["status"] for event in account.hears(3)[1:]]
    assert statuses == ["sent", "delivered"]
    assert account.phone("Busy Bee")[-1]["status"] == "delivered"


def test_the_window_closes_24_hours_after_the_shopper_last_wrote(account: Connected) -> None:
    to = account.address()
    account.sandbox.control(
        "window", channel="whatsapp", account=account.id, shopper="Mary Okoro", state="closed"
    )
    code, details = error(account.send(to, expect=400))
    assert code == 131047
    assert "24 hours" in details
    template = {
        "name": "order_update",
        "language": {"code": "en"},
        "components": [body_parameters("Mary", "7", "sent")],
    }
    account.send(to, type="template", template=template)
    assert account.phone()[-1]["text"] == "Hello Mary, your order 7 is now sent. Thank you!"
    account.says("Hello again")
    account.send(to)


def body_parameters(*texts: str) -> dict[str, Any]:
    return {"type": "body", "parameters": [{"type": "text", "text": text} for text in texts]}


@pytest.mark.parametrize(
    ("name", "language", "parameters", "code"),
    [
        ("no_such", "en", (), 132001),
        ("order_update", "fi", ("Mary", "7", "sent"), 132001),
        ("order_update", "en", ("Mary",), 132000),
        ("refused_offer", "en", (), 132001),
        ("paused_offer", "en", (), 132015),
    ],
)
def test_a_template_that_does_not_fit_is_refused(
    account: Connected, name: str, language: str, parameters: tuple[str, ...], code: int
) -> None:
    template = {"name": name, "language": {"code": language}, "components": [body_parameters(*parameters)]}
    status = 404 if code == 132001 else 400
    assert (
        error(account.send(account.address(), expect=status, type="template", template=template))[0] == code
    )


def test_templates_can_be_listed(account: Connected) -> None:
    waba = account.setup["waba_id"]
    found = account.call("GET", f"{waba}/message_templates", params={"name": "cart_waiting"})["data"]
    assert {each["language"] for each in found} == {"en", "es"}
    assert all(each["status"] == "APPROVED" for each in found)


@pytest.mark.parametrize(
    "change",
    [
        {"messaging_product": "sms"},
        {"type": "smoke_signal"},
        {"text": {}},
        {"text": "Hello"},
        {"biz_opaque_callback_data": "x" * 513},
        {"to": "nobody"},
        {"to": None},
        {"type": "image", "image": {"link": "ftp://example.com/a.png"}},
        {"type": "interactive", "interactive": {"type": "button", "body": {"text": "?"}, "action": {}}},
    ],
)
def test_a_body_out_of_shape_is_error_100(account: Connected, change: dict[str, Any]) -> None:
    assert error(account.send(account.address(), expect=400, **change))[0] == 100


def test_a_text_may_have_4096_characters_and_no_more(account: Connected) -> None:
    to = account.address()
    account.send(to, "ж" * 4096)
    assert error(account.send(to, "ж" * 4097, expect=400))[0] == 100


def test_an_unknown_recipient_is_error_131026(account: Connected) -> None:
    assert error(account.send("4915199999999", expect=400))[0] == 131026


def test_without_a_plus_sign_the_business_country_code_is_put_in_front(account: Connected) -> None:
    to = account.address()
    code, details = error(account.send(to, expect=400, to=to))
    assert code == 131026
    assert f"1{to}" in details


def test_a_template_reaches_a_shopper_who_never_wrote_here(account: Connected, connect: Connect) -> None:
    other = connect("whatsapp")
    to = other.address("Only There")
    assert error(account.send(to, expect=400))[0] == 131047
    account.send(to, type="template", template={"name": "hello_world", "language": {"code": "en_US"}})
    assert account.phone("Only There")[0]["kind"] == "template"


def test_reply_buttons_are_shown_and_tapped(account: Connected) -> None:
    to = account.address()
    buttons = [
        {"type": "reply", "reply": {"id": f"b{n}", "title": title}} for n, title in enumerate(("Yes", "No"))
    ]
    interactive = {"type": "button", "body": {"text": "Keep it?"}, "action": {"buttons": buttons}}
    sent = account.send(to, type="interactive", interactive=interactive)["messages"][0]["id"]
    account.hears(4)
    account.says(kind="button", title="No")
    message = account.hears(5)[-1]["messages"][0]
    assert message["interactive"] == {"type": "button_reply", "button_reply": {"id": "b1", "title": "No"}}
    assert message["context"]["id"] == sent
    assert account.phone()[-1]["text"] == "No"


def test_a_quick_reply_of_a_template_comes_as_button(account: Connected) -> None:
    to = account.address()
    template = {
        "name": "news",
        "language": {"code": "en"},
        "components": [body_parameters("Mary", "scarves")],
    }
    account.send(to, type="template", template=template)
    account.hears(4)
    account.says(kind="button", title="Stop")
    message = account.hears(5)[-1]["messages"][0]
    assert (message["type"], message["button"]) == ("button", {"payload": "Stop", "text": "Stop"})


def test_reading_marks_messages_and_typing_shows(account: Connected) -> None:
    message_id = account.says("Hello")
    body = MESSAGE | {"status": "read", "message_id": message_id, "typing_indicator": {"type": "text"}}
    assert account.call("POST", f"{account.id}/messages", json=body) == {"success": True}
    query = {"channel": "whatsapp", "account": account.id, "shopper": "Mary Okoro"}
    shown = account.sandbox.ask("phone", **query)
    assert shown["typing"]
    assert shown["messages"][0]["seen"]
    account.call("POST", f"{account.id}/messages", 400, json=body | {"message_id": "wamid.none"})


def test_reactions_go_both_ways(account: Connected) -> None:
    to = account.address()
    sent = account.send(to)["messages"][0]["id"]
    account.hears(4)
    account.says(kind="reaction", emoji="🎉")
    assert account.hears(5)[-1]["messages"][0]["reaction"] == {"message_id": sent, "emoji": "🎉"}
    said = account.phone()[0]["id"]
    account.send(to, type="reaction", reaction={"message_id": said, "emoji": "❤️"})
    shown = account.phone()
    assert [each.get("shop_reaction") or each.get("reaction") for each in shown] == ["❤️", "🎉"]


def test_edits_deletions_ads_orders_and_contacts(account: Connected) -> None:
    first = account.says("Helo")
    account.says("Hello", kind="edit")
    account.says(kind="delete")
    account.says(kind="referral", text="I saw your ad")
    account.says(kind="order")
    account.says(kind="contact", text="Sam Example")
    account.says(kind="location", text="Office")
    account.says(kind="unsupported")
    messages = [event["messages"][0] for event in account.hears(8)]
    assert messages[1]["edit"]["original_message_id"] == first
    assert messages[2]["revoke"] == {"original_message_id": first}
    assert messages[3]["referral"]["source_type"] == "ad"
    assert messages[4]["order"]["product_items"]
    assert messages[5]["contacts"][0]["name"]["formatted_name"] == "Sam Example"
    assert messages[6]["location"]["name"] == "Office"
    assert messages[7]["errors"][0]["code"] == 131051
    assert account.phone()[0]["deleted"]


def test_the_merchant_may_answer_from_the_phone_app(account: Connected) -> None:
    to = account.address()
    message_id = account.says("I am at the till", kind="echo")
    body = until(lambda: [heard.body for heard in account.shop.on(account.path)][1:])[0]
    change = body["entry"][0]["changes"][0]
    assert change["field"] == "smb_message_echoes"
    [echo] = change["value"]["message_echoes"]
    assert (echo["id"], echo["to"]) == (message_id, to)
    assert (account.phone()[-1]["from"], account.phone()[-1]["text"]) == ("shop", "I am at the till")


def test_media_goes_up_and_comes_down_only_with_the_token(account: Connected) -> None:
    files = {"file": ("note.pdf", b"%PDF", "application/pdf")}
    media_id = account.call("POST", f"{account.id}/media", data=MESSAGE, files=files)["id"]
    node = account.call("GET", media_id)
    assert node["sha256"] == hashlib.sha256(b"%PDF").hexdigest()
    account.sandbox.control("clock", advance_s=301)
    headers = {"Authorization": f"Bearer {account.token}"}
    assert requests.get(node["url"], headers=headers, timeout=10).status_code == 404
    account.send(account.address(), type="document", document={"id": media_id, "filename": "note.pdf"})
    assert account.phone()[-1]["filename"] == "note.pdf"


def test_a_callback_must_pass_the_handshake(account: Connected, shop: Shop) -> None:
    waba = account.setup["waba_id"]
    override = {"override_callback_uri": shop.url + "/other", "verify_token": "wrong"}
    assert error(account.call("POST", f"{waba}/subscribed_apps", 400, json=override))[0] == 2200
    subscribed = account.call("GET", f"{waba}/subscribed_apps")["data"]
    assert subscribed[0]["override_callback_uri"] == shop.url + account.path
    assert subscribed[0]["whatsapp_business_api_data"]["id"] == account.setup["app_id"]


def test_subscribing_again_without_an_override_falls_back_to_the_apps_callback(account: Connected) -> None:
    waba = account.setup["waba_id"]
    account.call("POST", f"{waba}/subscribed_apps")
    account.says("nobody hears this")
    subscribe(account, account.shop.url + "/app")
    account.says("this goes to the app's callback")
    until(lambda: account.shop.on("/app"))
    assert account.events() == []
    assert account.call("DELETE", f"{waba}/subscribed_apps") == {"success": True}
    assert account.call("GET", f"{waba}/subscribed_apps") == {"data": []}


def test_two_numbers_of_one_waba_share_token_and_subscription(account: Connected, sandbox: Running) -> None:
    setup = sandbox.control("accounts", channel="whatsapp", waba_id=account.setup["waba_id"])
    assert setup["access_token"] == account.token
    sandbox.control("say", channel="whatsapp", account=setup["account"], shopper="Mary Okoro", text="Hello")
    [event] = account.hears(1)
    assert event["metadata"]["phone_number_id"] == setup["account"]


def test_a_batch_holds_several_entries_changes_and_messages(account: Connected) -> None:
    account.fault("webhook", "batch", 7)
    for number in range(7):
        account.says(f"number {number}")
    events = account.hears(7)
    [heard] = account.shop.on(account.path)
    assert len(heard.body["entry"]) == 2
    assert [len(entry["changes"]) for entry in heard.body["entry"]] == [2, 1]
    assert [event["messages"][0]["text"]["body"] for event in events] == [f"number {n}" for n in range(7)]


def test_a_send_may_be_accepted_and_fail_later(account: Connected) -> None:
    to = account.address()
    account.fault("send", "failed_later", status=131049)
    account.send(to, biz_opaque_callback_data="intent-8")
    status = account.hears(2)[-1]["statuses"][0]
    assert (status["status"], status["errors"][0]["code"]) == ("failed", 131049)
    assert status["biz_opaque_callback_data"] == "intent-8"
    assert account.phone()[-1]["status"] == "failed"


def test_raw_parts_are_laid_over_a_message(account: Connected) -> None:
    account.says("Hello", raw={"type": "hologram", "hologram": {"depth": 3}})
    assert account.hears(1)[0]["messages"][0]["hologram"] == {"depth": 3}
    account.says(kind="raw", raw={"type": "dance", "id": "wamid.mine"})
    assert account.hears(2)[1]["messages"][0]["id"] == "wamid.mine"
    assert json.dumps(account.events())
