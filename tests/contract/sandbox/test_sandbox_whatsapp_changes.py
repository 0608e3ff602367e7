"""What becomes of messages, shoppers and the account on the sandbox's WhatsApp, read by the shop itself."""

import pytest

from chalicelib.domain.events import IdentityChange, Notice, StatusChange

from .harness import Connect, Connected, subscribe, until
from .reading import SPEAKER, after, heard, only, told


@pytest.fixture
def account(connect: Connect) -> Connected:
    return connect("whatsapp", coexistence=True)


def test_reactions_may_be_taken_back_in_two_ways(account: Connected) -> None:
    to = account.address()
    sent = account.send(to)["messages"][0]["id"]
    until(lambda: len(heard(account)) == 4)
    given = only(account, kind="reaction", emoji="🎉")
    assert (given.target_id, given.emoji) == (sent, "🎉")
    assert only(account, kind="reaction", emoji="").emoji == ""
    assert only(account, kind="reaction", emoji=None).emoji == ""


def test_edits_and_deletions_name_what_they_change(account: Connected) -> None:
    first = account.says(kind="image", text="This one")
    until(lambda: heard(account))
    edit = only(account, kind="edit", text="That one")
    assert (edit.target_id, edit.text) == (first, "That one")
    assert only(account, kind="delete").target_id == first


def test_the_merchant_writes_edits_deletes_and_reacts_in_the_phone_app(account: Connected) -> None:
    said = account.says("Hello")
    until(lambda: heard(account))
    picture = only(account, kind="echo", what="image", text="This one", reply_to=said)
    assert (picture.kind, picture.text, picture.reply_to, len(picture.media)) == (
        "image",
        "This one",
        said,
        1,
    )
    edit = only(account, kind="echo", what="edit", text="That one")
    assert (edit.target_id, edit.text, edit.by_shop) == (picture.channel_message_id, "That one", True)
    reaction = only(account, kind="echo", what="reaction", emoji="🙏")
    assert (reaction.target_id, reaction.emoji, reaction.by_shop) == (said, "🙏", True)
    deletion = only(account, kind="echo", what="delete")
    assert (deletion.target_id, deletion.by_shop) == (picture.channel_message_id, True)
    assert [row.get("deleted") for row in account.phone()] == [None, True]


def test_a_shopper_with_a_new_number_is_told_of_by_both(account: Connected) -> None:
    before = only(account, text="Hello")
    number, scoped = after(account, 2, kind="number_change", number="+4915199999999")
    assert isinstance(number, IdentityChange)
    assert (number.old, [one.value for one in number.new]) == (before.addresses, ["4915199999999"])
    assert scoped.old == (before.addresses[0],)
    now = only(account, text="Hello again")
    assert now.addresses == scoped.new
    assert now.wire.value == "4915199999999"


def test_a_new_scoped_id_alone_keeps_the_number(account: Connected) -> None:
    before = only(account, text="Hello")
    change = only(account, kind="id_change")
    assert change.old == (before.addresses[0],)
    assert only(account, text="Hello again").addresses == change.new
    assert change.new[1] == before.wire


@pytest.mark.parametrize(
    ("value", "expected"), [("stop", "stop"), ("resume", "resume"), ("opt_in", "opt_in")]
)
def test_wishes_go_by_the_platform(account: Connected, value: str, expected: str) -> None:
    wish = only(account, kind="preference", value=value)
    assert (wish.value, wish.purpose) == (expected, "marketing")


def test_a_hidden_number_is_nowhere_to_be_found(account: Connected) -> None:
    wire = only(account, text="Hello", shopper="Hidden One", hides_phone=True).wire
    assert wire.kind == "bsuid"
    for event in (
        {"kind": "preference"},
        {"kind": "echo", "text": "Hi"},
        {"kind": "edit", "text": "Hallo"},
        {"kind": "delete"},
        {"kind": "form"},
    ):
        account.says(shopper="Hidden One", **event)
    account.send("", to=None, recipient=wire.value)
    account.says(shopper="Hidden One", kind="id_change")
    until(lambda: len(heard(account)) == 10)
    for each in account.shop.on(account.path):
        assert b'"wa_id"' not in each.raw
        assert b'"recipient_id"' not in each.raw
        assert b'"to":' not in each.raw


def test_a_voice_message_of_the_shop_is_played(account: Connected) -> None:
    account.send(account.address())
    until(lambda: len(heard(account)) == 4)
    played = only(account, kind="play")
    assert isinstance(played, StatusChange)
    assert played.status == "read"


def test_what_concerns_the_account_goes_to_the_callback_of_its_app(account: Connected) -> None:
    subscribe(account, account.shop.url + "/app", fields="messages,message_template_status_update")
    account.says("Hello")
    account.says(kind="template_status", event="REJECTED")
    until(lambda: heard(account, "/app") and heard(account))
    assert told(heard(account)[0])[0] == "text"
    assert told(heard(account, "/app")[0])[:2] == ("notice", "template_status")


def test_a_notice_names_the_account_that_it_is_for(account: Connected) -> None:
    account.says(kind="account_update", event="PARTNER_ADDED")
    account.says(kind="template_quality")
    until(lambda: len(heard(account)) == 2)
    waba = account.setup["waba_id"]
    bodies = account.shop.on(account.path)
    assert {piece.account for each in bodies for piece in SPEAKER.split(each.raw)} == {f"waba:{waba}"}
    assert any(body.body["entry"][0]["id"] != waba for body in bodies)


def test_notices_are_batched_whole(account: Connected) -> None:
    account.fault("webhook", "batch", 4)
    for event in ("PAUSED", "REINSTATED"):
        account.says(kind="template_status", event=event)
    account.says("Hello")
    account.says(kind="preference")
    until(lambda: len(heard(account)) == 4)
    assert len(account.shop.on(account.path)) == 1
    statuses = [event.details["event"] for event in heard(account) if isinstance(event, Notice)]
    assert sorted(statuses) == ["PAUSED", "REINSTATED"]
