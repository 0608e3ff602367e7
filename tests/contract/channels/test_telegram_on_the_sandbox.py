"""A bot on the sandbox platform: connected, looked after, and all that it sends as the phone shows it."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import requests
from sandboxed import Shop, opened, until

from chalicelib.domain.content import Button, Content, File, Place, text_content
from chalicelib.domain.events import Deletion, Echo, Edit, SelfTest, ShopperMessage
from chalicelib.ports.errors import RetryLater, SendRejected
from infra.sandbox.server import Server
from integrations.telegram.connect import ALLOWED_UPDATES


@pytest.fixture(scope="module")
def sandbox() -> Iterator[str]:
    server = Server(0, None, None)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server.url
    server.http.shutdown()
    thread.join()


@pytest.fixture
def shop(sandbox: str) -> Iterator[Shop]:
    with opened(sandbox, "telegram", {}) as shop:
        assert shop.connect() == []
        yield shop


def says(shop: Shop, kind: str, text: str = "", **more: Any) -> str:
    event = {"kind": kind, "text": text} | more
    return str(shop.control("say", shopper="Ann Example", event=event)["event_id"])


def shown(shop: Shop) -> dict[str, Any]:
    """The last message on the phone."""
    return dict(shop.phone()["messages"][-1])


def codes(shop: Shop) -> list[str]:
    return [finding.code for finding in shop.channel.examine(shop.connection, shop.url).findings]


def telegram(shop: Shop, method: str, **body: Any) -> Any:
    """A call past our channel, as another program with the same token makes it."""
    url = f"{shop.sandbox}/telegram/bot{shop.connection.token}/{method}"
    return requests.post(url, json=body, timeout=30).json()["result"]


def test_a_new_bot_is_asked_for_everything_and_is_well(shop: Shop) -> None:
    assert sorted(telegram(shop, "getWebhookInfo")["allowed_updates"]) == sorted(ALLOWED_UPDATES)
    examined = shop.channel.examine(shop.connection, shop.url)
    assert [finding.code for finding in examined.findings] == ["ok"]
    assert examined.details["username"] in shop.channel.deep_link("cart_1", shop.connection)


@pytest.mark.parametrize(
    ("method", "body"),
    [
        ("setWebhook", {"url": "https://other.example/hook"}),
        ("deleteWebhook", {}),
        ("setWebhook", {"allowed_updates": ["message"]}),
    ],
)
def test_a_webhook_that_somebody_changed_is_repaired(method: str, body: dict[str, Any], shop: Shop) -> None:
    here = {"url": shop.url, "secret_token": shop.connection.signing_secrets[0]}
    telegram(shop, method, **here | body)
    assert codes(shop) == ["webhook_repaired"]
    assert codes(shop) == ["ok"]
    assert shop.message("Still there?").text == "Still there?"


def test_a_token_that_was_taken_back_is_found(shop: Shop) -> None:
    shop.control("token", state="revoked")
    assert codes(shop) == ["token_rejected"]
    message = replace(shop.connection, token="123456789:" + "A" * 35)
    assert [one.code for one in shop.channel.examine(message, shop.url).findings] == ["token_rejected"]


def test_deliveries_that_fail_are_found(shop: Shop) -> None:
    shop.control("faults", call="webhook", fault="status", status=502, times=4)
    says(shop, "text", "Hello?")
    assert until(lambda: "deliveries_fail" in codes(shop))
    assert shop.hears(ShopperMessage).text == "Hello?"


def test_our_own_test_call_comes_through_the_door(shop: Shop) -> None:
    headers, body = shop.channel.self_test(shop.connection, "n_1")
    assert requests.post(shop.url, data=body, headers=dict(headers), timeout=30).ok
    assert shop.hears(SelfTest).nonce == "n_1"


def test_a_link_brings_its_word_with_the_first_message(shop: Shop) -> None:
    token = "A" * 60 + "-_9z"
    link = shop.channel.deep_link(token, shop.connection)
    says(shop, "start", payload=link.partition("?start=")[2])
    assert shop.hears(ShopperMessage).ref == token


# What is sent


def test_buttons_are_shown_tapped_and_acknowledged(shop: Shop) -> None:
    asked = shop.message("Which sizes?")
    buttons = (Button(id="m", title="Medium"), Button(id="", title="All", url="https://shop.example/all"))
    sent = shop.send_content(asked, Content(kind="buttons", text="These:", buttons=buttons))
    assert [button["title"] for button in shown(shop)["buttons"]] == ["Medium"]
    assert shown(shop)["links"] == [{"title": "All", "url": "https://shop.example/all"}]
    says(shop, "button", title="Medium")
    tap = shop.hears(ShopperMessage, kind="button")
    assert (tap.payload, tap.text, tap.reply_to, tap.is_now) == ("m", "Medium", sent, True)
    shop.channel.acknowledge(tap, shop.connection)
    (call,) = calls(shop, "answerCallbackQuery")
    assert call["status"] == 200
    shop.send(tap, "Medium it is", reply_to=tap.channel_message_id)
    assert "reply_to" not in shown(shop)


def test_a_tap_that_is_too_old_to_acknowledge_is_no_harm(shop: Shop) -> None:
    tap = replace(shop.message("Hi"), acknowledge="4382")
    shop.channel.acknowledge(tap, shop.connection)
    (call,) = calls(shop, "answerCallbackQuery")
    assert call["status"] == 400


def calls(shop: Shop, name: str) -> list[dict[str, Any]]:
    query = {"channel": "telegram", "account": shop.connection.account, "call": name}
    return list(requests.get(f"{shop.sandbox}/control/calls", params=query, timeout=30).json()["calls"])


@pytest.mark.parametrize("kind", ["image", "video", "audio", "document"])
def test_files_are_sent_by_link_with_their_words(kind: Any, shop: Shop) -> None:
    asked = shop.message("Show me")
    says(shop, kind, voice=False)
    file = File(url=shown(shop)["url"], mime_type={"audio": "audio/ogg"}.get(kind, ""))
    shop.send_content(asked, Content(kind=kind, file=file, text="Here"))
    assert (shown(shop)["from"], shown(shop)["kind"], shown(shop)["text"]) == ("shop", kind, "Here")


def test_a_file_of_another_kind_is_refused(shop: Shop) -> None:
    asked = shop.message("Show me")
    says(shop, "document")
    with pytest.raises(SendRejected) as caught:
        shop.send_content(asked, Content(kind="image", file=File(url=shown(shop)["url"])))
    assert (caught.value.code, caught.value.reason) == ("400", "invalid")


@pytest.mark.parametrize(("name", "text"), [("", ""), ("Corner shop", "Corner shop")])
def test_a_place_is_shown_with_its_name(name: str, text: str, shop: Shop) -> None:
    asked = shop.message("Where are you?")
    place = Place(latitude=51.5, longitude=-0.12, name=name)
    shop.send_content(asked, Content(kind="location", place=place))
    assert (shown(shop)["kind"], shown(shop)["text"]) == ("location", text)


def test_a_reply_names_its_message_and_one_that_is_gone_names_none(shop: Shop) -> None:
    asked = shop.message("In blue?")
    shop.send(asked, "Yes", reply_to=asked.channel_message_id)
    assert shown(shop)["reply_to"] == asked.channel_message_id
    shop.send(asked, "Yes", reply_to="999")
    assert "reply_to" not in shown(shop)


def test_a_reaction_is_put_on_and_taken_back(shop: Shop) -> None:
    asked = shop.message("Thank you!")
    for emoji in ("❤️", ""):
        put = Content(kind="reaction", text=emoji, target=asked.channel_message_id)
        assert shop.send_content(asked, put) == f"reaction:{asked.channel_message_id}"
        assert shown(shop)["shop_reaction"] == emoji.replace("\ufe0f", "")


def test_typing_is_seen(shop: Shop) -> None:
    asked = shop.message("Hi")
    shop.channel.signal("typing", asked.wire, asked.channel_message_id, shop.connection)
    assert shop.phone()["typing"] is True


LIMITS = {
    "a text": lambda n: text_content("x" * n),
    "a caption": lambda n: Content(kind="image", file=File(url="https://a.example/a.png"), text="x" * n),
}


@pytest.mark.parametrize("name", LIMITS)
def test_our_limits_are_telegrams(name: str, shop: Shop) -> None:
    takes = shop.channel.capabilities
    limit = takes.text if name == "a text" else takes.caption
    assert limit is not None
    asked = shop.message("Tell me")
    shop.send_content(asked, LIMITS[name](limit.most))
    with pytest.raises(SendRejected) as caught:
        shop.send_content(asked, LIMITS[name](limit.most + 1))
    assert caught.value.reason == "too_long"


def test_our_limit_for_what_is_behind_a_button_is_telegrams(shop: Shop) -> None:
    takes = shop.channel.capabilities.buttons
    assert takes is not None
    asked, longest = shop.message("Which?"), "é" * (takes.id.most // 2)
    fits, too_long = (
        Content(kind="buttons", text="These:", buttons=(Button(id=behind, title="One"),))
        for behind in (longest, longest + "x")
    )
    shop.send_content(asked, fits)
    with pytest.raises(SendRejected):
        shop.send_content(asked, too_long)


def test_a_shopper_who_blocked_the_bot_can_not_be_reached(shop: Shop) -> None:
    asked = shop.message("Hi")
    says(shop, "block")
    with pytest.raises(SendRejected) as caught:
        shop.send(asked)
    assert (caught.value.code, caught.value.reason) == ("403", "unreachable")


def test_too_many_requests_come_with_telegrams_own_wait(shop: Shop) -> None:
    asked = shop.message("Hi")
    shop.control("faults", call="send", fault="status", status=429, seconds=17, times=1)
    with pytest.raises(RetryLater) as caught:
        shop.send(asked)
    assert caught.value.after_s == 17.0
    assert shop.send(asked)


# What shoppers send


@pytest.mark.parametrize(
    "kind", ["image", "video", "audio", "document", "sticker", "animation", "video_note"]
)
def test_a_file_is_fetched_where_it_is_said_to_be(kind: str, shop: Shop) -> None:
    says(shop, kind)
    (media,) = shop.hears(ShopperMessage).media
    found = shop.channel.download(media, shop.connection)
    file = requests.get(found.url, headers=dict(found.headers), timeout=30)
    assert (file.status_code, len(file.content)) == (200, found.size)
    assert media.size == found.size > 0


def test_a_file_that_telegram_does_not_know_is_refused(shop: Shop) -> None:
    says(shop, "image")
    (media,) = shop.hears(ShopperMessage).media
    with pytest.raises(SendRejected) as caught:
        shop.channel.download(replace(media, channel_media_id="gone"), shop.connection)
    assert caught.value.reason == "invalid"


def test_a_persons_own_chat_is_heard_answered_and_marked_as_read(shop: Shop) -> None:
    says(shop, "business_connection")
    first = says(shop, "business_message", "Are you open?")
    said = shop.hears(ShopperMessage, text="Are you open?")
    assert said.wire.kind == "business_chat"
    shop.channel.signal("read", said.wire, said.channel_message_id, shop.connection)
    shop.channel.signal("typing", said.wire, said.channel_message_id, shop.connection)
    sent = shop.send(said, "Until six", reply_to=said.channel_message_id)
    rows = shop.phone()["messages"]
    assert rows[0]["seen"]
    assert (rows[1]["id"], rows[1]["business"], rows[1]["reply_to"]) == (sent, True, first)
    says(shop, "business_message", "Or seven", by="owner")
    assert shop.hears(Echo).text == "Or seven"
    says(shop, "business_edit", "Are you open now?")
    assert shop.hears(Edit).target_id == first
    says(shop, "business_delete")
    assert shop.hears(Deletion).target_id == first


def test_a_person_who_sends_the_bot_away_can_not_be_written_for(shop: Shop) -> None:
    says(shop, "business_connection")
    says(shop, "business_message", "Are you open?")
    said = shop.hears(ShopperMessage)
    says(shop, "business_connection", enabled=False)
    with pytest.raises(SendRejected) as caught:
        shop.send(said)
    assert caught.value.reason == "not_permitted"


def test_after_a_day_a_persons_own_chat_is_closed(shop: Shop) -> None:
    says(shop, "business_connection")
    says(shop, "business_message", "Are you open?")
    said = shop.hears(ShopperMessage)
    shop.control("window", shopper="Ann Example", state="human_agent")
    with pytest.raises(SendRejected) as caught:
        shop.send(said)
    assert caught.value.reason == "window_closed"
