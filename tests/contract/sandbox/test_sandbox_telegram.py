"""Telegram, as core.telegram.org/bots/api describes it: the calls of a bot."""

import json
from typing import Any

import pytest
import requests

from .harness import Connect, Connected, until
from .telegram_account import method, refused, told_of_everything, understood


@pytest.fixture
def account(connect: Connect) -> Connected:
    return told_of_everything(connect("telegram"))


def test_a_bot_is_known_by_its_token(account: Connected) -> None:
    assert account.setup.keys() == {"account", "bot_token"}
    me = account.call("GET", "getMe")["result"]
    assert (str(me["id"]), me["is_bot"]) == (account.id, True)
    answer = requests.get(f"{account.sandbox.url}/telegram/bot{account.id}:AAwrong/getMe", timeout=10)
    assert (answer.status_code, refused(answer.json())) == (401, (401, "Unauthorized"))
    answer = requests.get(f"{account.sandbox.url}/telegram/botnonsense/getMe", timeout=10)
    assert answer.status_code == 401


def test_a_revoked_token_is_401(account: Connected) -> None:
    account.sandbox.control("token", channel="telegram", account=account.id, state="revoked")
    account.call("GET", "getMe", 401)


def test_methods_are_found_in_any_case_and_unknown_ones_are_404(account: Connected) -> None:
    assert account.call("POST", "getme")["ok"]
    assert refused(account.call("POST", "sendLove", 404))[0] == 404


def test_an_update_has_the_real_shape(account: Connected) -> None:
    account.says("Bună", shopper="Ioana Pop", language="ro")
    [update] = account.hears(1)
    message = update["message"]
    assert message["from"]["language_code"] == "ro"
    assert (message["from"]["first_name"], message["from"]["last_name"]) == ("Ioana", "Pop")
    assert message["from"]["is_bot"] is False
    assert message["chat"]["id"] == message["from"]["id"] > 2**32
    assert (message["chat"]["type"], message["text"], message["message_id"]) == ("private", "Bună", 1)


def test_update_ids_rise_by_one_per_bot_and_message_ids_per_chat(account: Connected) -> None:
    account.says("one", shopper="A")
    account.says("two", shopper="B")
    account.says("three", shopper="A")
    updates = sorted(account.hears(3), key=lambda update: int(update["update_id"]))
    first = updates[0]["update_id"]
    assert [update["update_id"] - first for update in updates] == [0, 1, 2]
    assert [update["message"]["message_id"] for update in updates] == [1, 1, 2]


def test_a_chats_next_update_waits_until_the_one_before_was_taken(account: Connected) -> None:
    account.shop.answers += [500, 500]
    account.says("first")
    account.says("second")
    until(lambda: len(account.shop.on(account.path)) == 4)
    texts = [heard.body["message"]["text"] for heard in account.shop.on(account.path)]
    assert texts == ["first", "first", "first", "second"]


def test_any_2xx_is_enough(account: Connected) -> None:
    account.shop.answers += [204]
    account.says("first")
    account.says("second")
    assert len(account.hears(2)) == 2


def test_a_send_answers_the_message(account: Connected) -> None:
    chat = account.address()
    sent = account.send(chat, "Hello")["result"]
    assert (sent["text"], str(sent["chat"]["id"]), str(sent["from"]["id"])) == ("Hello", chat, account.id)
    assert sent["message_id"] == 2


@pytest.mark.parametrize(
    ("change", "description"),
    [
        ({"chat_id": 12345}, "chat not found"),
        ({"chat_id": None}, "chat_id is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": "🙂" * 2049}, "message is too long"),
        ({"text": "<b>bold", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "a < b", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "Done.", "parse_mode": "MarkdownV2"}, "can't parse entities"),
        ({"reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x" * 65}]]}},
            "BUTTON_DATA_INVALID",
        ),
    ],
)
def test_a_send_out_of_shape_is_400(account: Connected, change: dict[str, Any], description: str) -> None:
    code, said = refused(account.send(account.address(), expect=400, **change))
    assert code == 400
    assert said.startswith(f"Bad Request: {description}")


def test_length_counts_utf_16_units_after_entities(account: Connected) -> None:
    chat = account.address()
    account.send(chat, "🙂" * 2048)
    account.send(chat, "<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    assert account.phone()[-1]["text"] == "x" * 4096


def test_markup_is_taken_out(account: Connected) -> None:
    chat = account.address()
    sent = account.send(chat, "🙂 <b>5 &lt; 6</b>", parse_mode="HTML")["result"]
    assert sent["text"] == "🙂 5 < 6"
    assert sent["entities"] == [{"offset": 3, "length": 5, "type": "bold"}]
    account.send(chat, "*Done*\\.", parse_mode="MarkdownV2")
    assert account.phone()[-1]["text"] == "Done."


def test_a_shopper_who_blocked_the_bot_is_403(account: Connected) -> None:
    chat = account.address()
    account.says(kind="block")
    assert refused(account.send(chat, expect=403)) == (403, "Forbidden: bot was blocked by the user")
    change = account.hears(2)[-1]["my_chat_member"]
    assert change["new_chat_member"]["status"] == "kicked"
    account.says(kind="unblock")
    assert account.hears(3)[-1]["my_chat_member"]["new_chat_member"]["status"] == "member"
    account.send(chat)


def test_start_carries_the_payload_of_the_link(account: Connected) -> None:
    account.says(kind="start", payload="mug")
    message = account.hears(1)[0]["message"]
    assert message["text"] == "/start mug"
    assert message["entities"] == [{"offset": 0, "length": 6, "type": "bot_command"}]


def test_inline_buttons_are_tapped_and_the_query_is_answered(account: Connected) -> None:
    chat = account.address()
    keyboard = {
        "inline_keyboard": [
            [{"text": "Hours", "callback_data": "h"}, {"text": "Site", "url": "https://a.example"}]
        ]
    }
    sent = account.send(chat, "What now?", reply_markup=keyboard)["result"]
    account.says(kind="button", title="Hours")
    query = account.hears(2)[-1]["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("h", sent["message_id"])
    assert account.call("POST", "answerCallbackQuery", json={"callback_query_id": query["id"]})["result"]
    account.sandbox.control("clock", advance_s=151)
    late = account.call("POST", "answerCallbackQuery", 400, json={"callback_query_id": query["id"]})
    assert "query is too old" in refused(late)[1]


def test_reactions_come_only_when_asked_for(account: Connected) -> None:
    chat = account.address()
    account.send(chat)
    account.says(kind="reaction", emoji="🔥")
    assert account.hears(2)[-1]["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "🔥"}]
    account.call("POST", "setWebhook", json={"url": account.shop.url + account.path, "allowed_updates": []})
    account.says(kind="reaction", emoji="👍")
    found = account.sandbox.ask("deliveries", channel="telegram", account=account.id)["deliveries"]
    assert (found[-1]["subject"], found[-1]["state"]) == ("message_reaction", "nowhere")


def test_allowed_updates_left_out_stay_as_they_were(account: Connected) -> None:
    account.call("POST", "setWebhook", json={"url": account.shop.url + "/new"})
    info = account.call("GET", "getWebhookInfo")["result"]
    assert info["url"] == account.shop.url + "/new"
    assert "message_reaction" in info["allowed_updates"]


def test_webhook_info_tells_of_trouble_and_deleting_ends_it(account: Connected) -> None:
    account.shop.answers += [500] * 6
    account.says("Hello")
    info = until(lambda: pending(account))
    assert info["last_error_message"] == "Wrong response from the webhook: 500"
    assert account.call("POST", "deleteWebhook")["result"] is True
    assert account.call("GET", "getWebhookInfo")["result"]["url"] == ""


def pending(account: Connected) -> dict[str, Any] | None:
    info: dict[str, Any] = account.call("GET", "getWebhookInfo")["result"]
    return info if info["pending_update_count"] and "last_error_message" in info else None


@pytest.mark.parametrize(
    ("body", "description"),
    [
        ({"url": "http://shop.example/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://shop.example:9000/hook"}, "bad webhook: Webhook can be set up only on ports"),
        (
            {"url": "https://shop.example/hook", "secret_token": "a b"},
            "secret token contains unallowed characters",
        ),
    ],
)
def test_a_bad_webhook_is_refused(account: Connected, body: dict[str, Any], description: str) -> None:
    assert refused(account.call("POST", "setWebhook", 400, json=body))[1].startswith(
        f"Bad Request: {description}"
    )


def test_polling_conflicts_with_a_webhook(account: Connected) -> None:
    assert refused(account.call("POST", "getUpdates", 409))[0] == 409


@pytest.mark.parametrize(
    ("method", "part", "kind"),
    [
        ("sendPhoto", "photo", "image"),
        ("sendVideo", "video", "video"),
        ("sendDocument", "document", "document"),
        ("sendAudio", "audio", "audio"),
        ("sendVoice", "voice", "audio"),
    ],
)
def test_files_are_sent_by_link_and_by_upload(account: Connected, method: str, part: str, kind: str) -> None:
    chat = account.address()
    body = {"chat_id": chat, part: "https://shop.example/a.bin", "caption": "look"}
    assert account.call("POST", method, json=body)["result"]["caption"] == "look"
    sent = account.call("POST", method, data={"chat_id": chat}, files={part: ("a.bin", b"123")})["result"]
    file = sent[part][-1] if part == "photo" else sent[part]
    assert account.call("POST", "getFile", json={"file_id": file["file_id"]})["result"]["file_size"] == 3
    assert [each["kind"] for each in account.phone()[1:]] == [kind, kind]
    account.call("POST", method, 400, json={"chat_id": chat})


def test_albums_locations_typing_edits_and_reactions(account: Connected) -> None:
    chat = account.address()
    media = [{"type": "photo", "media": f"https://shop.example/{n}.jpg"} for n in range(3)]
    album = account.call("POST", "sendMediaGroup", json={"chat_id": chat, "media": media})["result"]
    assert len({message["media_group_id"] for message in album}) == 1
    assert len(album) == 3
    place = {"chat_id": chat, "latitude": 51.5, "longitude": -0.1}
    assert account.call("POST", "sendLocation", json=place)["result"]["location"]["latitude"] == 51.5
    assert account.call("POST", "sendChatAction", json={"chat_id": chat, "action": "typing"})["result"]
    sent = account.send(chat, "Helo")["result"]["message_id"]
    edit = {"chat_id": chat, "message_id": sent, "text": "Hello"}
    assert account.call("POST", "editMessageText", json=edit)["result"]["text"] == "Hello"
    assert "not modified" in refused(account.call("POST", "editMessageText", 400, json=edit))[1]
    react = {"chat_id": chat, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "👀"}]}
    assert account.call("POST", "setMessageReaction", json=react)["result"]
    assert account.phone()[0]["shop_reaction"] == "👀"
    assert account.phone()[-1]["edited"]


def test_edits_replies_and_contacts_of_a_shopper(account: Connected) -> None:
    chat = account.address()
    sent = str(account.send(chat)["result"]["message_id"])
    account.says("About this", reply_to=sent)
    account.says("About that", kind="edit")
    account.says(kind="contact")
    updates = account.hears(4)[1:]
    assert str(updates[0]["message"]["reply_to_message"]["message_id"]) == sent
    assert updates[1]["edited_message"]["text"] == "About that"
    assert updates[2]["message"]["contact"]["user_id"] == int(chat)


def test_an_answer_that_holds_a_method_is_carried_out(account: Connected) -> None:
    chat = account.address()
    account.shop.answer_text = json.dumps({"method": "sendMessage", "chat_id": chat, "text": "by answer"})
    account.says("Hello")
    until(lambda: "by answer" in [each["text"] for each in account.phone()])


def test_a_venue_wants_a_name_and_an_address(account: Connected) -> None:
    venue = {"chat_id": account.address(), "latitude": 51.5, "longitude": -0.1, "title": "Shop"}
    assert "non-empty" in method(account, "sendVenue", 400, **venue)
    assert method(account, "sendVenue", address="1 High Street", **venue)["venue"]["title"] == "Shop"
    assert (account.phone()[-1]["kind"], account.phone()[-1]["text"]) == ("location", "Shop")


def test_a_caption_is_a_quarter_of_a_text(account: Connected) -> None:
    photo = {"chat_id": account.address(), "photo": "https://shop.example/a.png"}
    method(account, "sendPhoto", caption="x" * 1024, **photo)
    assert "caption is too long" in method(account, "sendPhoto", 400, caption="x" * 1025, **photo)


@pytest.mark.parametrize(("size", "status"), [(20 * 1024 * 1024, 200), (20 * 1024 * 1024 + 1, 400)])
def test_files_above_20_mb_can_not_be_fetched(account: Connected, size: int, status: int) -> None:
    account.says(kind="document", size=size)
    (said,) = understood(account)
    assert said.media[0].size == size
    answer = method(account, "getFile", status, file_id=said.media[0].channel_media_id)
    assert status == 200 or "file is too big" in answer


def test_a_file_on_this_machine_is_fetched_and_looked_at(account: Connected) -> None:
    chat = account.address()
    account.says(kind="image")
    account.says(kind="document")
    picture, paper = (row["url"] for row in account.phone()[1:])
    sent = method(account, "sendPhoto", chat_id=chat, photo=picture)
    assert account.phone()[-1]["url"] != picture
    assert method(account, "getFile", file_id=sent["photo"][-1]["file_id"])["file_size"] > 0
    assert method(account, "sendDocument", chat_id=chat, document=paper)["document"]["file_id"]
    for name, part, url in (("sendPhoto", "photo", paper), ("sendDocument", "document", picture)):
        assert "wrong type of the web page" in method(account, name, 400, chat_id=chat, **{part: url})
    gone = f"{account.sandbox.url}/cdn/1/gone.png"
    assert "failed to get HTTP URL content" in method(account, "sendPhoto", 400, chat_id=chat, photo=gone)


def test_too_many_requests_name_the_wait_that_was_ordered(account: Connected) -> None:
    chat = account.address()
    account.fault("send", "status", status=429, seconds=17)
    answer = account.send(chat, expect=429)
    assert answer["parameters"] == {"retry_after": 17}
    account.fault("sendVenue", "status", status=429)
    assert account.call("POST", "sendVenue", 429, json={})["parameters"]["retry_after"] > 0
