"""All that people do on Messenger and Instagram reaches the shop as it would, and is understood."""

from typing import Any

import pytest

from chalicelib.domain.events import Address, scope_of
from integrations.registry import CHANNELS, BaseUrls

from .harness import Connect, Connected, until

BOTH = {
    "messenger": ("messenger", {}),
    "instagram": ("instagram", {}),
    "page": ("instagram", {"login": "facebook"}),
}
Fields = dict[str, Any]

# kind of the control API, its other keys -> type of our event, and what it says.
ON_BOTH: list[tuple[str, Fields, str, Fields]] = [
    ("text", {"text": "Hello"}, "ShopperMessage", {"kind": "text", "text": "Hello", "is_standby": False}),
    ("text", {"text": "Hi", "standby": True}, "ShopperMessage", {"kind": "text", "is_standby": True}),
    (
        "text",
        {"text": "How much?", "product_id": "771"},
        "ShopperMessage",
        {"details": {"product": {"id": "771"}}},
    ),
    ("text", {"text": "Still on?", "ad_id": "6045", "ref": "spring"}, "ShopperMessage", {"ref": "spring"}),
    ("image", {}, "ShopperMessage", {"kind": "image", "files": 1}),
    ("images", {"count": 3}, "ShopperMessage", {"kind": "image", "files": 3}),
    ("video", {}, "ShopperMessage", {"kind": "video", "files": 1}),
    ("audio", {}, "ShopperMessage", {"kind": "audio", "files": 1}),
    ("document", {}, "ShopperMessage", {"kind": "document", "files": 1}),
    ("share", {}, "ShopperMessage", {"kind": "share", "files": 0}),
    ("share", {"type": "reel", "title": "Kiln"}, "ShopperMessage", {"kind": "share", "text": "Kiln"}),
    ("share", {"type": "ig_reel"}, "ShopperMessage", {"kind": "share"}),
    ("share", {"type": "story"}, "ShopperMessage", {"kind": "share", "files": 1}),
    ("unsupported", {}, "ShopperMessage", {"kind": "unsupported", "files": 0}),
    ("button", {"title": "Yes", "payload": "YES"}, "ShopperMessage", {"kind": "button", "payload": "YES"}),
    ("start", {"payload": "HELLO"}, "ShopperMessage", {"kind": "button", "payload": "HELLO", "ref": ""}),
    ("start", {"ref": "poster"}, "ShopperMessage", {"payload": "GET_STARTED", "ref": "poster"}),
    ("start", {"payload": "HELLO", "standby": True}, "ShopperMessage", {"payload": "", "is_standby": True}),
    ("referral", {"ref": "mug"}, "Referral", {"ref": "mug"}),
    ("referral", {"ad_id": "6045"}, "Referral", {"ref": ""}),
    ("opt_in", {"ref": "cart"}, "Referral", {"ref": "cart"}),
    ("opt_in", {"user_ref": "u1"}, "Unreadable", {"reason": "unknown_kind:user_ref"}),
    ("preference", {}, "Preference", {"value": "opt_in"}),
    ("preference", {"value": "stop"}, "Preference", {"value": "stop"}),
    ("preference", {"value": "resume"}, "Preference", {"value": "resume"}),
    ("handover", {"text": "yours"}, "Takeover", {"holder": "us"}),
    ("handover", {"action": "take"}, "Takeover", {"holder": "other"}),
    ("handover", {"action": "request"}, "Takeover", {"holder": "asked"}),
    ("echo", {"text": "By hand"}, "Echo", {"kind": "text", "text": "By hand", "reference": ""}),
    ("echo", {"attachment": "image"}, "Echo", {"kind": "image", "files": 1}),
    ("echo", {"text": "Another app", "standby": True}, "Echo", {"text": "Another app"}),
    ("comment", {"text": "Price?"}, "ShopperMessage", {"kind": "comment", "text": "Price?", "reply_to": ""}),
    ("comment", {"text": "Me too", "parent_id": "55_1"}, "ShopperMessage", {"reply_to": "comment:55_1"}),
    ("policy", {}, "Notice", {"kind": "policy", "problem": "policy_warning"}),
    ("policy", {"action": "block", "text": "spam"}, "Notice", {"problem": "account_blocked"}),
    ("policy", {"action": "unblock"}, "Notice", {"problem": ""}),
]
ON_MESSENGER: list[tuple[str, Fields, str, Fields]] = [
    ("sticker", {}, "ShopperMessage", {"kind": "sticker", "files": 1}),
    ("sticker", {"as": "image"}, "ShopperMessage", {"kind": "sticker", "files": 1}),
    ("sticker", {"as": "both"}, "ShopperMessage", {"kind": "sticker", "files": 1}),
    ("location", {}, "ShopperMessage", {"kind": "location", "text": "Pinned location"}),
    ("appointment", {}, "ShopperMessage", {"kind": "appointment"}),
    ("share", {"type": "template"}, "ShopperMessage", {"kind": "share", "text": "Blue mug"}),
    ("share", {"payload": False, "title": "A post"}, "ShopperMessage", {"kind": "share", "text": "A post"}),
    (
        "template_status",
        {"status": "REJECTED"},
        "Notice",
        {"subject": "order_shipped", "problem": "template_broken"},
    ),
]
ON_INSTAGRAM: list[tuple[str, Fields, str, Fields]] = [
    ("sticker", {}, "ShopperMessage", {"kind": "image", "files": 1}),
    ("story_mention", {}, "ShopperMessage", {"kind": "story_mention", "files": 1}),
    ("story_reply", {"text": "Love it"}, "ShopperMessage", {"kind": "story_reply", "text": "Love it"}),
    ("view_once", {}, "ShopperMessage", {"kind": "view_once", "files": 0}),
    ("live_comment", {"text": "Price?"}, "ShopperMessage", {"kind": "comment", "text": "Price?"}),
    ("test", {}, "ShopperMessage", {"text": "random_text", "wire": Address("igsid", "12334")}),
]
CASES = [
    *((account, *case) for account in BOTH for case in ON_BOTH),
    *(("messenger", *case) for case in ON_MESSENGER),
    *((account, *case) for account in ("instagram", "page") for case in ON_INSTAGRAM),
]


def connected(connect: Connect, name: str) -> Connected:
    channel, options = BOTH[name]
    return connect(channel, **options)


def understood(account: Connected, count: int = 1) -> list[Any]:
    """What the shop makes of the bodies that it heard, all of them."""
    speaker = CHANNELS[account.channel](BaseUrls())

    def read() -> list[Any]:
        return [event for heard in account.shop.on(account.path) for event in speaker.parse(heard.body)]

    until(lambda: len(read()) >= count)
    return read()


@pytest.mark.parametrize(("name", "kind", "more", "what", "fields"), CASES)
def test_what_somebody_does_is_understood(
    connect: Connect, name: str, kind: str, more: Fields, what: str, fields: Fields
) -> None:
    account = connected(connect, name)
    account.says(kind=kind, **{"text": "", **more})
    (event,) = understood(account)
    assert type(event).__name__ == what
    found = {field: getattr(event, field) for field in fields if field != "files"}
    assert found == {field: value for field, value in fields.items() if field != "files"}
    if "files" in fields:
        assert len(event.media) == fields["files"]
        assert all(one.url.startswith(account.sandbox.url) for one in event.media)


def test_every_thing_to_do_is_tried(connect: Connect) -> None:
    elsewhere = {"reaction", "edit", "delete", "read", "comment_edit", "comment_remove", "mention"}
    by_hand = {"block", "unblock", "raw"}
    for name in BOTH:
        account = connected(connect, name)
        (about,) = [
            each for each in account.sandbox.ask("accounts")["accounts"] if each["account"] == account.id
        ]
        tried = {kind for case_name, kind, *_ in CASES if case_name == name}
        assert set(about["acts"]) - elsewhere - by_hand == tried


@pytest.mark.parametrize("name", BOTH)
def test_what_becomes_of_messages_is_understood(connect: Connect, name: str) -> None:
    account = connected(connect, name)
    said = account.says("Helo")
    ours = account.says("By hand", kind="echo")
    account.says("Hello", kind="edit")
    account.says("Hello!", kind="edit")
    account.says(kind="reaction", emoji="❤")
    account.says(kind="reaction", emoji="")
    account.says(kind="reaction", emoji="👍", standby=True)
    account.says(kind="read")
    events = understood(account, 8)
    by_kind: dict[str, list[Any]] = {}
    for event in events:
        by_kind.setdefault(type(event).__name__, []).append(event)
    assert [(edit.target_id, edit.text, edit.number) for edit in by_kind["Edit"]] == [
        (said, "Hello", 1),
        (said, "Hello!", 2),
    ]
    assert [(one.target_id, one.emoji) for one in by_kind["Reaction"]] == [
        (ours, "❤"),
        (ours, ""),
        (ours, "👍"),
    ]
    (read,) = by_kind["StatusChange"]
    assert read.status == "read"
    assert (read.up_to is None) == (account.channel == "instagram")
    assert account.phone()[0]["text"] == "Hello!"


@pytest.mark.parametrize("name", ["instagram", "page"])
def test_what_is_unsent_on_instagram_is_gone_from_the_phone_and_told(connect: Connect, name: str) -> None:
    account = connected(connect, name)
    said = account.says(kind="image", text="")
    account.says(kind="delete")
    (row,) = account.phone()
    assert (row["deleted"], row["text"], "url" in row) == (True, "", False)
    deletion = understood(account, 2)[1]
    assert (type(deletion).__name__, deletion.target_id, deletion.by_shop) == ("Deletion", said, False)


def test_messenger_does_not_tell_of_an_unsent_message(connect: Connect) -> None:
    page = connect("messenger")
    page.says("Oh no")
    page.says(kind="delete")
    page.says("Never mind")
    assert [event.text for event in understood(page, 2)] == ["Oh no", "Never mind"]


def test_a_comment_on_a_page_is_edited_and_removed(connect: Connect) -> None:
    page = connect("messenger")
    comment = page.says("Price?", kind="comment")
    page.says("In private")
    page.says("Price, please?", kind="comment_edit")
    page.says(kind="comment_remove")
    said, private, edit, deletion = understood(page, 4)
    assert said.channel_message_id == edit.target_id == deletion.target_id == f"comment:{comment}"
    assert (edit.text, said.wire, edit.chat) == ("Price, please?", private.wire, scope_of(said.wire))
    assert said.name == "Mary Okoro"
    assert [(row["kind"], row.get("deleted", False)) for row in page.phone()] == [
        ("comment", True),
        ("text", False),
    ]


@pytest.mark.parametrize("name", BOTH)
def test_the_shops_own_comment_is_kept_and_nobodys_message(connect: Connect, name: str) -> None:
    account = connected(connect, name)
    account.says("Twelve pounds", kind="comment", raw={"from": {"id": account.id}})
    (kept,) = understood(account)
    assert kept.reason == "unknown_kind:own_comment"


def test_a_comment_opens_no_window_and_a_message_does(connect: Connect) -> None:
    page = connect("messenger")
    page.says("Price?", kind="comment")
    to = understood(page)[0].wire.value
    page.send(to, expect=403)
    page.says("Price?")
    page.send(to)


def test_instagrams_two_logins_tell_of_a_comment_in_their_own_forms(connect: Connect) -> None:
    forms = {}
    for name in ("instagram", "page"):
        account = connected(connect, name)
        account.says("Price?", kind="comment")
        understood(account)
        (entry,) = account.shop.on(account.path)[0].body["entry"]
        forms[name] = entry
    assert forms["instagram"].keys() == {"id", "time", "field", "value"}
    assert forms["page"].keys() == {"id", "time", "changes"}
    assert "id" in forms["instagram"]["value"]
    assert "comment_id" in forms["page"]["changes"][0]["value"]
    assert forms["page"]["time"] < 10_000_000_000


def test_a_mention_is_a_notice_by_page_and_a_comment_by_instagrams_own_login(connect: Connect) -> None:
    by_page, by_itself = connect("instagram", login="facebook"), connect("instagram")
    by_page.says(kind="mention")
    (notice,) = understood(by_page)
    assert (notice.kind, set(notice.details)) == ("mention", {"comment_id"})
    by_itself.says(kind="mention")
    (comment,) = understood(by_itself)
    assert comment.kind == "comment"
    assert comment.text.startswith("@sandbox_shop")


def test_a_batch_holds_messages_and_comments_and_loses_none(connect: Connect) -> None:
    for name in BOTH:
        account = connected(connect, name)
        account.fault("webhook", "batch", 4)
        account.says("one")
        account.says("Price?", kind="comment")
        account.says("two")
        account.says("for another app", standby=True)
        events = understood(account, 4)
        assert [event.text for event in events] == ["one", "Price?", "two", "for another app"]
        assert len(account.shop.on(account.path)) == 1


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("share", {"type": "hologram"}),
        ("sticker", {"as": "hologram"}),
        ("preference", {"value": "maybe"}),
        ("handover", {"action": "steal"}),
        ("policy", {"action": "freeze"}),
        ("echo", {"attachment": "hologram"}),
    ],
)
def test_a_word_that_the_sandbox_does_not_know_is_refused(connect: Connect, kind: str, more: Fields) -> None:
    page = connect("messenger")
    body = {"channel": "messenger", "account": page.id, "shopper": "Mary", "event": {"kind": kind, **more}}
    assert page.sandbox.control("say", 400, **body)["error"]["field"].startswith("event.")
