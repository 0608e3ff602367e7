"""A token that dies: what shoppers write is stored, what people answer waits for the next token."""

from typing import Any

import pytest
from shop import KINDS, Account, Shopper, eventually, open_shop, pass_time, settle, together


def waits_for_a_token(ana: Shopper, message_id: str) -> None:
    def is_held() -> bool:
        (row,) = [row for row in ana.rows("human") if row["message_id"] == message_id]
        return (row["status"], row.get("reason")) == ("queued", "token_rejected")

    eventually(is_held, "the answer does not wait for a token")


def asks_for_a_token(account: Account) -> None:
    eventually(lambda: account.now()["status"] == "needs_reauth", "the connection does not ask for a token")


def tries(account: Account) -> int:
    """How often the shop has tried to send."""
    call = "sendMessage" if account.channel == "telegram" else "messages"
    return len(account.calls(call))


@pytest.mark.soak
def test_answers_wait_for_a_new_token_and_go_out_once_in_order(stack: Any) -> None:
    anas: dict[str, Shopper] = {}

    def lose_the_token(kind: str) -> None:
        account = open_shop(stack, paused="automatic").connect(kind)
        ana = anas[kind] = account.newcomer("Ana Popescu")
        account.token_is("expired")
        first = account.merchant.reply(ana.thread_id, "Yes, in three sizes.")
        waits_for_a_token(ana, first["message_id"])
        asks_for_a_token(account)
        ana.writes("Hello? Are you there?")
        assert ana.said("Hello? Are you there?")["status"] == "received"
        tried = tries(account)
        second = account.merchant.reply(ana.thread_id, "Here I am.")
        waits_for_a_token(ana, second["message_id"])
        assert tries(account) == tried  # who knows that the token is dead does not try it
        assert ana.told() == []

    def have_a_new_one(kind: str) -> None:
        ana = anas[kind]
        ana.account.token_is("valid")
        ana.account.connect()
        assert ana.account.now()["status"] == "active"
        assert ana.hears(2) == ["Yes, in three sizes.", "Here I am."]

    together(lose_the_token)
    together(have_a_new_one)
    settle(stack)
    pass_time(stack, minutes=3)
    settle(stack)
    assert {kind: len(ana.told()) for kind, ana in anas.items()} == dict.fromkeys(KINDS, 2)
    for ana in anas.values():
        assert [row["status"] in ("sent", "delivered", "read") for row in ana.rows("human")] == [True] * 2


def test_an_answer_that_waited_for_a_day_is_not_sent_any_more(stack: Any) -> None:
    account = open_shop(stack, paused="automatic").connect("telegram")
    ana = account.newcomer("Ana Popescu")
    account.token_is("revoked")
    account.merchant.reply(ana.thread_id, "Come by within the hour!")
    asks_for_a_token(account)
    pass_time(stack, hours=25)

    def is_over() -> bool:
        (row,) = ana.rows("human")
        return (row["status"], row.get("reason")) == ("skipped", "too_late")

    eventually(is_over, f"the answer still waits: {ana.rows('human')}")
    account.token_is("valid")
    account.connect()
    settle(stack)
    assert ana.told() == []


def test_what_waits_for_a_token_is_skipped_when_the_shop_disconnects(stack: Any) -> None:
    account = open_shop(stack, paused="automatic").connect("telegram")
    ana = account.newcomer("Ana Popescu")
    account.token_is("expired")
    sent = account.merchant.reply(ana.thread_id, "Yes, in three sizes.")
    waits_for_a_token(ana, sent["message_id"])
    account.token_is("valid")
    account.disconnect()
    eventually(lambda: ana.rows("human")[0]["status"] == "skipped", "the answer still waits")
    assert ana.told() == []


def test_an_answer_that_comes_back_for_the_token_waits_too(stack: Any) -> None:
    """The channel takes it, and tells later that the token was no good."""
    account = open_shop(stack, paused="automatic").connect("whatsapp")
    ana = account.newcomer("Ana Popescu")
    account.fault("messages", "failed_later", status=190)
    sent = account.merchant.reply(ana.thread_id, "Yes, in three sizes.")
    waits_for_a_token(ana, sent["message_id"])
    asks_for_a_token(account)
    account.connect()

    def has_come() -> bool:
        (row,) = ana.rows("human")
        return row["status"] in ("sent", "delivered", "read")

    eventually(has_come, f"the answer still waits: {ana.rows('human')}")
