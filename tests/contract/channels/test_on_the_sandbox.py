"""The channels against the sandbox platforms: connect, hear, answer, and be refused, over real HTTP."""

from collections.abc import Iterator

import pytest
import requests
from sandboxed import KINDS, Shop, opened

from chalicelib.domain.events import Echo, Reaction, StatusChange
from chalicelib.ports.errors import InvalidSignature, RetryLater, SendRejected, SetupError


@pytest.fixture(params=KINDS)
def shop(request: pytest.FixtureRequest, sandbox: str) -> Iterator[Shop]:
    name, options = KINDS[request.param]
    with opened(sandbox, name, options) as shop:
        yield shop


def test_connecting_leaves_nothing_to_click_and_a_message_arrives(shop: Shop) -> None:
    assert shop.connect() == []
    message = shop.message("Ai căni? 💙", language="ro")
    assert message.kind == "text"
    assert message.name == ("Ann Example" if shop.name in ("whatsapp", "telegram") else "")
    assert message.addresses[-1] == message.wire


def test_what_is_sent_is_on_the_phone_and_its_statuses_come_back(shop: Shop) -> None:
    shop.connect()
    message = shop.message()
    sent_id = shop.send(message)
    assert [(row["from"], row["text"]) for row in shop.phone()["messages"]] == [
        ("shopper", "Have you got mugs?"),
        ("shop", "Yes, twelve. 💙"),
    ]
    if shop.name == "whatsapp":
        change = shop.hears(StatusChange, status="delivered")
        assert (change.channel_message_id, change.reference) == (sent_id, "th_1/2#3")
    elif shop.name != "telegram":
        echo = shop.hears(Echo, channel_message_id=sent_id)
        assert (echo.text, echo.wire) == ("Yes, twelve. 💙", message.wire)
        assert echo.reference in ("th_1/2#3", "")


def test_an_answer_can_be_a_reply(shop: Shop) -> None:
    shop.connect()
    message = shop.message()
    assert shop.send(message, reply_to=message.channel_message_id)


def test_a_reaction_to_our_message_names_it(shop: Shop) -> None:
    shop.connect()
    message = shop.message()
    sent_id = shop.send(message)
    shop.control("say", shopper="Ann Example", event={"kind": "reaction", "target": sent_id, "emoji": "👍"})
    reaction = shop.hears(Reaction)
    assert (reaction.target_id, reaction.chat) == (sent_id, message.chat)


def test_a_webhook_signed_by_somebody_else_is_refused(shop: Shop) -> None:
    shop.connect()
    shop.message()
    shop.control("deliver", body={"object": "page"}, sign="wrong")
    with pytest.raises(InvalidSignature):
        shop.events()


def test_names_are_asked_for_where_the_messages_hold_none(shop: Shop) -> None:
    shop.connect()
    message = shop.message(language="pt")
    profile = shop.channel.profile(message.wire, shop.connection)
    expected = {"messenger": ("Ann", "pt_BR"), "instagram": ("Ann Example", "")}
    assert (profile.name, profile.language) == expected.get(shop.name, ("", ""))


@pytest.mark.parametrize(
    ("state", "code"),
    [("revoked", "token_rejected"), ("expired", "token_rejected"), ("no_permission", "permission_missing")],
)
def test_a_token_that_does_not_hold_is_refused_at_setup(shop: Shop, state: str, code: str) -> None:
    shop.control("token", state=state)
    if state == "no_permission" and shop.name in ("telegram", "instagram"):
        pytest.skip(
            "a bot's token has no permissions, and Instagram's own login shows none before it is used"
        )
    with pytest.raises(SetupError) as caught:
        shop.channel.check(shop.credentials)
    assert caught.value.code == ("token_rejected" if shop.name == "telegram" else code)


def test_a_wrong_app_secret_is_found_at_setup(shop: Shop) -> None:
    if shop.name == "telegram":
        pytest.skip("a bot has no app")
    with pytest.raises(SetupError) as caught:
        shop.channel.check(shop.credentials | {"app_secret": "0" * 32})
    assert (caught.value.code, caught.value.field) == ("secret_rejected", "app_secret")


def test_a_token_that_died_is_told_apart_from_a_closed_window(shop: Shop) -> None:
    shop.connect()
    message = shop.message()
    shop.control("token", state="revoked")
    with pytest.raises(SendRejected) as caught:
        shop.send(message)
    assert caught.value.reason == "token_rejected"
    if shop.name == "telegram":
        return
    shop.control("token", state="valid")
    shop.control("window", shopper="Ann Example", state="closed")
    with pytest.raises(SendRejected) as caught:
        shop.send(message)
    assert caught.value.reason == "window_closed"


def test_throttling_is_waited_out(shop: Shop) -> None:
    shop.connect()
    message = shop.message()
    call = "sendMessage" if shop.name == "telegram" else "messages"
    shop.control("faults", call=call, fault="status", status=429, times=1)
    with pytest.raises(RetryLater) as caught:
        shop.send(message)
    assert caught.value.after_s >= 1
    assert shop.send(message)


def test_after_leaving_nothing_arrives(shop: Shop) -> None:
    shop.connect()
    shop.message()
    shop.channel.unregister(shop.connection, last_of_group=True)
    accounts = requests.get(f"{shop.sandbox}/control/accounts", timeout=30).json()["accounts"]
    (mine,) = [each for each in accounts if each["account"] == shop.connection.account]
    assert mine["webhook"] is None


def test_two_numbers_of_one_business_account_keep_their_own_webhooks(sandbox: str) -> None:
    with opened(sandbox, "whatsapp", {}) as first:
        with opened(sandbox, "whatsapp", {"waba_id": first.credentials["waba_id"]}) as second:
            first.connect()
            second.connect()
            first.message("to the first")
            second.message("to the second")
            assert len(first.heard) == len(second.heard) == 1
            second.channel.unregister(second.connection, last_of_group=False)
            first.message("still there")
            assert len(second.heard) == 1
