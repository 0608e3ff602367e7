"""A person's own Telegram chats that a bot helps with, as core.telegram.org/bots/api describes them."""

from typing import Any

import pytest

from chalicelib.domain.events import Deletion, Echo, Edit, Notice, ShopperMessage

from .harness import Connect, Connected
from .telegram_account import method, told_of_everything, understood


@pytest.fixture
def account(connect: Connect) -> Connected:
    return told_of_everything(connect("telegram"))


def helped(account: Connected, **more: Any) -> str:
    """The owner lets the bot in; the connection's id."""
    account.says(kind="business_connection", **more)
    (notice,) = understood(account)
    assert isinstance(notice, Notice)
    return notice.subject


def test_an_owner_lets_the_bot_in_and_takes_it_out(account: Connected) -> None:
    connection = helped(account)
    update = account.hears(1)[0]["business_connection"]
    assert (update["is_enabled"], update["rights"]["can_reply"]) == (True, True)
    account.says(kind="business_connection", enabled=False)
    after = account.hears(2)[-1]["business_connection"]
    assert (after["id"], after["is_enabled"]) == (connection, False)
    account.sandbox.control(
        "say",
        409,
        channel="telegram",
        account=account.id,
        shopper="Mary Okoro",
        event={"kind": "business_message"},
    )


def test_what_is_written_in_a_persons_own_chat_is_told_with_its_connection(account: Connected) -> None:
    connection = helped(account)
    first = account.says("Are you open?", kind="business_message")
    account.says("Until six", kind="business_message", by="owner")
    account.says("Are you open now?", kind="business_edit")
    account.says("Until seven", kind="business_edit", by="owner")
    account.says(kind="business_delete", message_id=first)
    said, echo, edit, owners, deletion = understood(account, 6)[1:]
    assert isinstance(said, ShopperMessage)
    assert isinstance(echo, Echo)
    assert said.wire == echo.wire
    assert (said.wire.kind, said.wire.value.partition("/")[0]) == ("business_chat", connection)
    assert (said.text, echo.text) == ("Are you open?", "Until six")
    assert isinstance(edit, Edit)
    assert isinstance(owners, Edit)
    assert [(one.text, one.by_shop) for one in (edit, owners)] == [
        ("Are you open now?", False),
        ("Until seven", True),
    ]
    assert isinstance(deletion, Deletion)
    assert (deletion.target_id, deletion.wire) == (first, said.wire)
    rows = account.phone()
    assert [(row["from"], row["business"], row.get("via")) for row in rows] == [
        ("shopper", True, None),
        ("shop", True, "app"),
    ]
    assert (rows[0]["deleted"], rows[1]["edited"]) == (True, True)


def test_the_bot_answers_in_a_persons_own_chat_for_a_day_and_marks_as_read(account: Connected) -> None:
    connection = helped(account)
    first = account.says("Are you open?", kind="business_message")
    chat = understood(account, 2)[1].wire.value.partition("/")[2]
    own = {"chat_id": chat, "business_connection_id": connection}
    sent = method(account, "sendMessage", text="Until six", **own)
    assert (sent["business_connection_id"], sent["sender_business_bot"]["is_bot"]) == (connection, True)
    assert method(account, "sendChatAction", action="typing", **own) is True
    assert method(account, "readBusinessMessage", message_id=int(first), **own) is True
    assert account.phone()[0]["seen"]
    assert "initiate" in method(account, "sendMessage", 403, chat_id=chat, text="In the bot's own chat")
    assert "not found" in method(
        account, "sendMessage", 400, text="x", **own | {"business_connection_id": "x"}
    )
    account.sandbox.control("clock", advance_s=24 * 3600 + 1)
    assert "BUSINESS_PEER_USAGE_MISSING" in method(account, "sendMessage", 400, text="Still?", **own)
    account.says("Hello?", kind="business_message")
    method(account, "sendMessage", text="Yes", **own)


def test_a_bot_without_the_right_to_answer_may_not(account: Connected) -> None:
    connection = helped(account, rights=["can_read_messages"])
    account.says("Are you open?", kind="business_message")
    chat = understood(account, 2)[1].wire.value.partition("/")[2]
    own = {"chat_id": chat, "business_connection_id": connection}
    assert "not enough rights" in method(account, "sendMessage", 403, text="Yes", **own)
