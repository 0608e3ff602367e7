"""What a channel tells about a shopper or about the account: the thread or the connection shows it."""

from typing import Any, Final

import pytest
from shop import Account, Shopper, eventually, open_shop, settle, together

SHARED: Final = ("messenger", "instagram by its own login", "instagram by a page")


def shows(ana: Shopper, name: str, value: Any) -> None:
    """Wait until the thread shows this; None: that it shows nothing of the name."""
    eventually(lambda: ana.thread().get(name) == value, f"{name} did not become {value!r}: {ana.thread()}")


def was_skipped(ana: Shopper, reason: str) -> None:
    """The automatic answer to their last words was not attempted."""

    def skipped() -> list[Any]:
        rows = [(row["status"], row.get("reason")) for row in ana.rows("auto")]
        return rows if rows[-1:] and rows[-1][0] != "queued" else []

    assert eventually(skipped, "nothing became of the answer")[-1] == ("skipped", reason)


def test_who_blocks_the_bot_is_not_written_to_by_machines(stack: Any) -> None:
    """Telegram tells of it at once. Whoever writes again can be reached again."""
    account = open_shop(stack).connect("telegram")
    ana = account.shopper("Ana who blocks")
    ana.writes("Do you have the blue one?")
    ana.thread()
    ana.does("block")
    shows(ana, "unreachable", "blocked")
    was_skipped(ana, "unreachable")
    assert account.calls("sendMessage") == []
    ana.writes("Sorry, that was the wrong button")
    ana.said("Sorry, that was the wrong button")
    shows(ana, "unreachable", None)
    account.merchant.reply(ana.thread_id, "Never mind!")
    assert ana.hears()[-1] == "Never mind!"


def test_who_wants_no_marketing_is_known_to_want_none(quiet: dict[str, Account]) -> None:
    def tells(kind: str) -> None:
        ana = quiet[kind].newcomer("Ana who has enough")
        ana.does("preference", value="stop", at=5)
        shows(ana, "preference", "stop")
        ana.does("preference", value="resume")
        shows(ana, "preference", "resume")

    together(tells, ("whatsapp", "messenger", "instagram by its own login"))


def test_what_comes_while_another_app_holds_the_thread_gets_no_automatic_answer(stack: Any) -> None:
    def is_handed_over(kind: str) -> None:
        account = open_shop(stack).connect(kind)
        ana = account.shopper("Ana who talks to two")
        ana.writes("Is anybody there?")
        ana.said("Is anybody there?")
        ana.does("handover", action="take")
        shows(ana, "held_by", "other")
        was_skipped(ana, "owned_elsewhere")
        ana.does("text", text="Anybody?", standby=True)
        ana.said("Anybody?")
        assert len(ana.rows("auto")) == 1
        assert ana.told() == []
        ana.does("handover", action="pass")
        shows(ana, "held_by", None)
        account.merchant.reply(ana.thread_id, "It is us again.")
        assert ana.hears() == ["It is us again."]

    together(is_handed_over, SHARED)


@pytest.mark.soak
def test_a_person_who_answers_by_hand_is_known_as_one(quiet: dict[str, Account], stack: Any) -> None:
    """On the shop's own phone or in the platform's inbox; with a file too."""

    def answers(kind: str) -> None:
        if kind == "whatsapp":
            account = open_shop(stack).connect(kind, coexistence=True)
            picture = {"what": "image"}
        else:
            account, picture = quiet[kind], {"attachment": "image"}
        ana = account.shopper("Ana with an old friend")
        ana.does("text", text="Is it you, Maria?", at=60)  # who answers within ten seconds is a machine
        ana.thread()
        ana.does("echo", text="Hi Ana, it is me.")
        (row,) = eventually(lambda: ana.rows("human"), "what was written by hand is not there")
        assert (row["text"], row.get("by")) == ("Hi Ana, it is me.", None)
        assert "waiting_since" not in ana.thread()
        ana.does("echo", **picture)
        eventually(lambda: has_picture(ana), "the picture sent by hand is not there")

    together(answers, ("whatsapp", "messenger"))


def has_picture(ana: Shopper) -> bool:
    return any(one["media"][0]["state"] == "ready" for one in ana.rows("human") if one["kind"] == "image")


# What the channel tells, and the notice that it becomes.
TOLD: Final[dict[str, tuple[str, dict[str, str], dict[str, str]]]] = {
    "a template is paused": (
        "whatsapp",
        {"kind": "template_status", "status": "PAUSED", "name": "news"},
        {"kind": "template_status", "subject": "news", "problem": "template_broken"},
    ),
    "the account is restricted": (
        "whatsapp",
        {"kind": "account_update", "event": "ACCOUNT_RESTRICTION"},
        {"kind": "account_update", "subject": "ACCOUNT_RESTRICTION", "problem": "account_blocked"},
    ),
    "the number is reported": (
        "whatsapp",
        {"kind": "number_quality", "event": "FLAGGED"},
        {"kind": "number_quality", "problem": "quality_low"},
    ),
    "the page is blocked": (
        "messenger",
        {"kind": "policy", "action": "block"},
        {"problem": "account_blocked"},
    ),
}


def test_what_a_channel_tells_of_the_account_is_shown_with_the_connection(quiet: dict[str, Account]) -> None:
    def is_told(what: str) -> None:
        channel, event, expected = TOLD[what]
        account = quiet[channel]
        account.newcomer(f"Ana when {what}").does(**event)

        def is_there() -> bool:
            return any(expected.items() <= notice.items() for notice in account.now()["notices"])

        eventually(is_there, f"there is no notice {expected}")

    together(is_told, TOLD)


def test_a_shopper_with_a_new_number_or_id_keeps_the_thread(quiet: dict[str, Account]) -> None:
    account = quiet["whatsapp"]
    ana = account.newcomer("Ana who moves")
    for change, addresses in (("number_change", 4), ("id_change", 5)):
        ana.does(change)
        eventually(lambda count=addresses: len(person(ana)["addresses"]) == count, f"no {change}")
        ana.writes(f"This is my new one: {change}")
        ana.said(f"This is my new one: {change}")
    account.merchant.reply(ana.thread_id, "Noted, Ana.")
    assert ana.hears() == ["Noted, Ana."]


def test_who_writes_before_the_change_of_number_is_told_is_the_same_person(quiet: dict[str, Account]) -> None:
    account = quiet["whatsapp"]
    ana = account.newcomer("Ana who moves fast")
    account.fault("webhook", "shuffle", times=3)
    ana.does("number_change")
    ana.writes("My new number, before you were told")
    again = account.shopper(ana.name)
    again.thread()
    eventually(lambda: person(again)["shopper_id"] == person(ana)["shopper_id"], "they are two people")
    assert {ana.thread_id, again.thread_id} <= set(person(ana)["threads"])


def person(shopper: Shopper) -> dict[str, Any]:
    return shopper.account.merchant.get(f"/shoppers/{shopper.thread()['shopper_id']}")


def test_what_nobody_knows_is_kept_and_harms_nobody(quiet: dict[str, Account]) -> None:
    def something_comes(kind: str) -> None:
        ana = quiet[kind].newcomer("Ana of tomorrow")
        ana.does("unsupported" if kind != "telegram" else "paid_media")
        ana.writes("Did you see that?")
        ana.said("Did you see that?")
        assert len(ana.rows("shopper")) == 3

    together(something_comes)
    settle(quiet["telegram"].stack)
