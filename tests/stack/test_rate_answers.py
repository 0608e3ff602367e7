"""A busy platform says for how long it is; what it tells of a message later counts, whenever it comes."""

import time
from typing import Any, Final

import pytest
from shop import KINDS, Account, Shopper, eventually, open_shop, pass_time, settle, together

FURTHEST: Final = {kind: "sent" if kind == "telegram" else "read" for kind in KINDS}
META: Final = [kind for kind in KINDS if kind != "telegram"]
# Each platform's own answer, with its own hint: seconds with Telegram, a header of whole minutes with Graph.
TOO_FAST: Final[dict[str, dict[str, Any]]] = {
    "whatsapp": {"status": 130429, "seconds": 60},
    "messenger": {"status": 613, "seconds": 60},
    "instagram by its own login": {"status": 613, "seconds": 60},
    "instagram by a page": {"status": 613, "seconds": 60},
    "telegram": {"status": 429, "seconds": 2},
}


def one(stack: Any, kind: str) -> Shopper:
    """Somebody who wrote to a shop of their own."""
    return open_shop(stack, paused="automatic").connect(kind).newcomer("Ana Popescu")


def is_tried(account: Account, fault: str) -> None:
    call = "sendMessage" if account.channel == "telegram" else "messages"
    eventually(lambda: fault in [each["fault"] for each in account.calls(call)], "it was not tried")


def is_now(ana: Shopper, status: str, reason: str | None = None) -> None:
    """Wait until the only answer has this status."""

    def found() -> bool:
        (row,) = ana.rows("human")
        return (row["status"], row.get("reason")) == (status, reason)

    eventually(found, f"the answer did not become {status}: {ana.rows('human')}")


@pytest.mark.soak
def test_a_platforms_own_hint_is_waited_for_and_the_message_goes_once(stack: Any) -> None:
    anas: dict[str, Shopper] = {}

    def is_too_fast(kind: str) -> None:
        ana = anas[kind] = one(stack, kind)
        ana.account.fault("send", "status", **TOO_FAST[kind])
        began = time.monotonic()
        ana.account.merchant.reply(ana.thread_id, "Yes, in three sizes.")
        is_tried(ana.account, "status")
        if kind == "telegram":
            ana.hears()
            assert time.monotonic() - began >= 2

    together(is_too_fast)
    pass_time(stack, seconds=40)
    settle(stack)
    assert {kind: anas[kind].told() for kind in META} == {kind: [] for kind in META}
    pass_time(stack, minutes=2)
    together(lambda kind: anas[kind].hears())
    settle(stack)
    pass_time(stack, minutes=5)
    settle(stack)
    for kind, ana in anas.items():
        assert ana.heard() == ["Yes, in three sizes."], kind


def test_what_is_told_of_a_message_before_its_send_was_recorded_counts(quiet: dict[str, Account]) -> None:
    """The platform takes the message, tells at once that it was read, and only then answers the call."""

    def is_overtaken(kind: str) -> None:
        account = quiet[kind]
        ana = account.newcomer("Ana who reads fast")
        account.fault("send", "late_answer", seconds=1.2)
        account.merchant.reply(ana.thread_id, "Yes, in three sizes.")
        furthest = FURTHEST[kind]
        eventually(lambda: [row["status"] for row in ana.told()] == [furthest], f"it is not {furthest}")
        ana.does("reaction", emoji="❤")
        is_now(ana, furthest)
        eventually(lambda: ana.rows("human")[0].get("reactions") == ["❤"], "the reaction was lost")
        assert ana.heard() == ["Yes, in three sizes."]

    together(is_overtaken)


def test_what_is_told_of_a_message_whose_send_was_never_answered_counts(stack: Any) -> None:
    """Where nothing of ours comes back with it, the words and the moment of its echo tell."""
    anas: dict[str, Shopper] = {}

    def is_sent(kind: str) -> None:
        ana = anas[kind] = one(stack, kind)
        ana.account.fault("send", "drop_answer")
        ana.account.merchant.reply(ana.thread_id, "Yes, in three sizes.")
        eventually(lambda: [row["status"] for row in ana.told()] == ["read"], "it was not read")
        ana.does("reaction", emoji="❤")

    def is_known(kind: str) -> None:
        is_now(anas[kind], "read")
        eventually(lambda: anas[kind].rows("human")[0].get("reactions") == ["❤"], "the reaction was lost")
        assert anas[kind].heard() == ["Yes, in three sizes."]

    together(is_sent, META)
    settle(stack)
    pass_time(stack, minutes=2)
    together(is_known, META)


def test_a_message_that_failed_later_for_good_leaves_the_shopper_waiting(quiet: dict[str, Account]) -> None:
    account = quiet["whatsapp"]
    ana = account.newcomer("Ana without WhatsApp")
    account.fault("messages", "failed_later", status=131026)
    account.merchant.reply(ana.thread_id, "Yes, in three sizes.")
    is_now(ana, "failed", "unreachable")
    eventually(lambda: ana.thread().get("unreachable"), "nobody knows that she can't be reached")
    assert ana.thread()["waiting_since"] == ana.rows("shopper")[0]["sent_at"]
    assert ana.thread()["unreachable"] == "unreachable"


def test_a_message_that_failed_later_for_haste_is_sent_again_once(stack: Any) -> None:
    account = open_shop(stack, paused="automatic").connect("whatsapp")
    ana = account.newcomer("Ana Popescu")
    account.fault("messages", "failed_later", status=130429)
    account.merchant.reply(ana.thread_id, "Yes, in three sizes.")
    sent = "it was not sent again"
    eventually(lambda: len(account.calls("messages")) == 2, sent)
    is_now(ana, "read")
    settle(stack)
    pass_time(stack, minutes=3)
    settle(stack)
    assert [row["status"] for row in ana.told()] == ["failed", "read"]
    assert "waiting_since" not in ana.thread()
