"""When platforms stumble: what was not taken is tried again, what may have arrived is never repeated."""

from typing import Any, Final

import pytest
from shop import KINDS, Account, Shopper, eventually, open_shop, pass_time, settle, together

META: Final = [kind for kind in KINDS if kind != "telegram"]
FURTHEST: Final = dict.fromkeys(META, "read") | {"telegram": "sent"}


def waiting_shopper(stack: Any, kind: str) -> Shopper:
    """Somebody who wrote and had the first answer."""
    ana = open_shop(stack).connect(kind).shopper("Ana Popescu")
    ana.writes("Do you have the blue one?")
    ana.hears()
    ana.thread()
    return ana


def answered(ana: Shopper) -> dict[str, Any]:
    """The human's answer as the thread shows it."""
    (row,) = ana.rows("human")
    return row


def is_now(ana: Shopper, status: str) -> None:
    """Wait until the human's answer has this status."""
    eventually(lambda: answered(ana)["status"] == status, f"the answer did not become {status}")


def is_tried(account: Account, fault: str) -> None:
    call = "sendMessage" if account.channel == "telegram" else "messages"
    eventually(lambda: fault in [each["fault"] for each in account.calls(call)], "it was not tried")


def test_what_is_not_taken_now_is_sent_later_once(stack: Any) -> None:
    """Throttled first, then broken, then taken."""
    anas: dict[str, Shopper] = {}

    def try_to_answer(kind: str) -> None:
        ana = anas[kind] = waiting_shopper(stack, kind)
        for status in (429, 500):
            ana.account.fault("send", "status", status=status)
        ana.account.merchant.reply(ana.thread_id, "Yes, in three sizes.")
        is_tried(ana.account, "status")

    def has_arrived(kind: str) -> None:
        is_now(anas[kind], FURTHEST[kind])
        assert anas[kind].heard()[1:] == ["Yes, in three sizes."]

    together(try_to_answer)
    for _ in range(2):
        pass_time(stack, minutes=3)
        settle(stack)
    together(has_arrived)


def test_the_first_answer_too_is_tried_again(stack: Any) -> None:
    anas: dict[str, Shopper] = {}

    def write(kind: str) -> None:
        ana = anas[kind] = open_shop(stack).connect(kind).shopper("Ana Popescu")
        ana.account.fault("send", "status", status=503)
        ana.writes("Do you have the blue one?")
        is_tried(ana.account, "status")

    together(write)
    settle(stack)
    pass_time(stack, minutes=2)
    together(lambda kind: anas[kind].hears())
    settle(stack)
    assert {kind: len(ana.heard()) for kind, ana in anas.items()} == dict.fromkeys(KINDS, 1)


@pytest.mark.parametrize("fault", ["timeout", "drop_answer"])
def test_what_may_have_arrived_is_never_sent_again(stack: Any, fault: str) -> None:
    """The platform hangs up without an answer, before it took the message or after."""
    anas: dict[str, Shopper] = {}

    def try_to_answer(kind: str) -> None:
        ana = anas[kind] = waiting_shopper(stack, kind)
        ana.account.fault("send", fault, seconds=0.5)
        ana.account.merchant.reply(ana.thread_id, "Yes, in three sizes.")
        is_tried(ana.account, fault)

    def is_known_as_far_as_it_can_be(kind: str) -> None:
        is_told = fault == "drop_answer" and kind in META  # by its statuses and echoes, later
        is_now(anas[kind], "read" if is_told else "uncertain")
        copies = 1 if fault == "drop_answer" else 0
        assert anas[kind].heard()[1:] == ["Yes, in three sizes."] * copies

    together(try_to_answer)
    settle(stack)
    pass_time(stack, hours=1)
    settle(stack)
    together(is_known_as_far_as_it_can_be)


def status_of(account: Account) -> str:
    return str(account.merchant.get("/setup")["items"][0]["status"])


def test_who_blocked_the_shop_is_unreachable(stack: Any) -> None:
    def block(kind: str) -> None:
        ana = waiting_shopper(stack, kind)
        ana.does("block")
        ana.account.merchant.reply(ana.thread_id, "Yes, in three sizes.")
        is_now(ana, "failed")
        assert answered(ana)["reason"] == "unreachable"
        assert status_of(ana.account) == "active"
        assert len(ana.heard()) == 1

    together(block)


def test_platforms_windows_are_kept(stack: Any) -> None:
    """Beyond a day only people may answer, and on WhatsApp nobody; beyond a week nobody but on Telegram."""
    anas: dict[str, Shopper] = {}

    def is_waiting(kind: str) -> None:
        anas[kind] = waiting_shopper(stack, kind)

    def is_answered_after_a_day(kind: str) -> None:
        is_sent(anas[kind], "A day later.", kind != "whatsapp")

    def is_answered_after_a_week(kind: str) -> None:
        is_sent(anas[kind], "A week later.", kind == "telegram")

    together(is_waiting)
    pass_time(stack, hours=25)
    together(is_answered_after_a_day)
    pass_time(stack, days=7)
    together(is_answered_after_a_week)


def is_sent(ana: Shopper, text: str, expected: bool) -> None:
    answer = ana.account.merchant.reply(ana.thread_id, text, expect=201 if expected else 409)
    if expected:
        eventually(lambda: ana.heard()[-1] == text, f"{text!r} was not sent")
    else:
        assert answer["error"]["code"] == "window_closed"


def test_a_paused_shop_answers_nothing_by_itself(stack: Any) -> None:
    anas: dict[str, Shopper] = {}

    def write(kind: str) -> None:
        ana = anas[kind] = open_shop(stack, paused="automatic").connect(kind).shopper("Ana Popescu")
        ana.writes("Do you have the blue one?")
        ana.thread()
        ana.account.merchant.reply(ana.thread_id, "Yes, in three sizes.")
        assert ana.hears() == ["Yes, in three sizes."]

    together(write)
    settle(stack)
    pass_time(stack, minutes=2)
    settle(stack)
    for ana in anas.values():
        (row,) = ana.rows("auto")
        assert (row["status"], row["reason"], len(ana.heard())) == ("skipped", "paused", 1)
