"""What happens to messages after they were written, and messages that are more than words."""

from base64 import b64encode
from typing import Any, Final

import requests
from shop import Account, Shopper, eventually, together

# Who tells a shop that words were changed, and that they were taken back.
EDITED: Final = ("whatsapp", "messenger", "telegram")
DELETED: Final = ("whatsapp", "instagram by its own login", "instagram by a page")
REACTED: Final = ("whatsapp", "messenger", "instagram by its own login", "instagram by a page", "telegram")
PNG: Final = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def is_shown(ana: Shopper, message_id: str, **expected: Any) -> None:
    """Wait until the message of this id has these values in the thread."""

    def has_them() -> bool:
        (row,) = [row for row in ana.rows() if row["message_id"] == message_id]
        seen.append(row)
        return {name: row.get(name) for name in expected} == expected

    seen: list[Any] = []
    eventually(has_them, f"the message did not become {expected}, but {seen[-1:]}")


def test_a_changed_message_says_what_it_says_now(quiet: dict[str, Account]) -> None:
    def changes(kind: str) -> None:
        ana = quiet[kind].newcomer("Ana who corrects herself")
        ana.writes("Two in blue")
        row = ana.said("Two in blue")
        ana.does("edit", text="Three in blue")
        is_shown(ana, row["message_id"], text="Three in blue")
        assert ana.said("Three in blue")["edited_at"]
        eventually(
            lambda: ana.thread()["last_text"] == "Three in blue", "the inbox shows what it said before"
        )

    together(changes, EDITED)


def test_a_message_that_is_taken_back_is_gone_everywhere(quiet: dict[str, Account]) -> None:
    def is_taken_back(kind: str) -> None:
        ana = quiet[kind].newcomer("Ana who regrets it")
        ana.writes("My number is 0700 900 100")
        row = ana.said("My number is 0700 900 100")
        ana.does("delete")
        is_shown(ana, row["message_id"], text="", deleted=True)
        eventually(lambda: "0700" not in str(ana.thread()), "her words are still in the thread")
        shown = [one for one in quiet[kind].threads() if one["thread_id"] == ana.thread_id]
        assert "0700" not in str(shown)

    together(is_taken_back, DELETED)


def test_a_file_that_is_taken_back_is_gone_from_its_link(quiet: dict[str, Account]) -> None:
    ana = quiet["whatsapp"].newcomer("Ana who regrets a picture")
    ana.does("image", base64=b64encode(PNG).decode(), mime_type="image/png")
    url = eventually(lambda: ana.last("image")["media"][0].get("url"), "the picture was not fetched")
    assert requests.get(url, timeout=30).content == PNG
    ana.does("delete")
    is_shown(ana, ana.last("image")["message_id"], deleted=True, media=None)
    eventually(lambda: requests.get(url, timeout=30).status_code == 404, "the file is still there")


def test_a_reaction_comes_and_goes(quiet: dict[str, Account]) -> None:
    """Two channels count whole seconds: what came first is some seconds old."""

    def reacts(kind: str) -> None:
        ana = quiet[kind].newcomer("Ana who is moved")
        sent = quiet[kind].merchant.reply(ana.thread_id, "It is in stock again.")
        ana.hears()
        ana.does("reaction", emoji="❤", at=5)
        is_shown(ana, sent["message_id"], reactions=["❤"])
        ana.does("reaction", emoji="")
        is_shown(ana, sent["message_id"], reactions=None)

    together(reacts, REACTED)


def test_an_edit_that_comes_before_its_message_is_not_lost(quiet: dict[str, Account]) -> None:
    """The platform delivers both at once, the later one first. Telegram never does within a chat."""

    def comes_late(kind: str) -> None:
        account = quiet[kind]
        ana = account.newcomer("Ana who types fast")
        account.fault("webhook", "shuffle", times=2)
        ana.writes("Two in bleu")
        ana.does("edit", text="Two in blue")
        row = ana.said("Two in blue")
        assert row["edited_at"]
        assert "Two in bleu" not in str(ana.thread())

    together(comes_late, ("whatsapp", "messenger"))


def test_an_album_is_one_message(quiet: dict[str, Account]) -> None:
    ana = quiet["telegram"].newcomer("Ana with an album")
    ana.does("album", parts=3, text="Like these")
    row = ana.said("Like these")

    def all_there() -> Any:
        media = ana.last("image")["media"]
        return media if len(media) == 3 and all(one["state"] == "ready" for one in media) else None

    media = eventually(all_there, "the album is not whole")
    assert len({one["url"] for one in media}) == 3
    assert all(requests.get(one["url"], timeout=30).content[:4] == b"\x89PNG" for one in media)
    assert [one["kind"] for one in ana.rows("shopper")] == ["text", "image"]
    assert ana.last("image")["message_id"] == row["message_id"]


def test_several_pictures_of_one_message_are_all_shown(quiet: dict[str, Account]) -> None:
    ana = quiet["messenger"].newcomer("Ana with pictures")
    ana.does("images", count=3)
    assert len(ana.last("image")["media"]) == 3


def test_a_story_is_shown_until_it_ends(quiet: dict[str, Account]) -> None:
    def tells_a_story(kind: str) -> None:
        ana = quiet[kind].newcomer("Ana who follows the shop")
        ana.does("story_reply", text="Is that one for sale?", story_id="17900000000000001")
        answered = ana.said("Is that one for sale?")
        assert (answered["kind"], answered["details"]["story"]["id"]) == ("story_reply", "17900000000000001")
        assert answered["details"]["story"]["url"]
        ana.does("story_mention")
        (story,) = ana.last("story_mention")["media"]
        assert (story["state"], bool(story["url"]), bool(story["expires_at"])) == ("link", True, True)
        ana.does("view_once")
        assert "media" not in ana.last("view_once")

    together(tells_a_story, ("instagram by its own login", "instagram by a page"))


def test_an_order_is_a_cart_and_a_form_is_its_answers(quiet: dict[str, Account]) -> None:
    ana = quiet["whatsapp"].newcomer("Ana who orders")
    items = [{"product_retailer_id": "mug-blue", "quantity": 2, "item_price": 12.5, "currency": "EUR"}]
    ana.does("order", text="With a ribbon, please", items=items)
    order = ana.said("With a ribbon, please")
    line = {"product_id": "mug-blue", "quantity": 2, "price": "12.5", "currency": "EUR"}
    assert (order["kind"], order["details"]["lines"]) == ("order", [line])
    ana.does("form", answers={"size": "M", "gift": True})
    form = ana.last("form")
    assert {name: form["details"]["response"][name] for name in ("size", "gift")} == {
        "size": "M",
        "gift": True,
    }


def test_a_comment_is_answered_in_public_and_once_in_private(quiet: dict[str, Account]) -> None:
    def comments(kind: str) -> None:
        account = quiet[kind]
        bo = account.shopper("Bo who comments")
        bo.does("comment", text="How much is the blue one, asks Bo?")
        row = bo.said("How much is the blue one, asks Bo?")
        assert row["kind"] == "comment"
        send = account.merchant.send
        public = {"reply_to": row["message_id"], "text": "We have written to you.", "public": True}
        send(bo.thread_id, **public)
        (under,) = bo.is_told(1)
        assert (under["kind"], under["text"]) == ("comment", "We have written to you.")
        private = {"reply_to": row["message_id"], "text": "12 euros, Bo."}
        send(bo.thread_id, **private)
        (_, alone) = bo.is_told(2)
        assert (alone["kind"], alone["text"]) == ("text", "12 euros, Bo.")
        refused = send(bo.thread_id, 409, **private | {"text": "And 2 for the post."})
        assert refused["error"]["code"] == "already_replied"
        bo.writes("Thanks, I'll take it")
        bo.said("Thanks, I'll take it")
        account.merchant.reply(bo.thread_id, "Wonderful.")
        assert [one["text"] for one in bo.is_told(3)][2:] == ["Wonderful."]

    together(comments, ("messenger", "instagram by its own login", "instagram by a page"))


def test_a_comment_is_changed_and_taken_back(quiet: dict[str, Account]) -> None:
    bo = quiet["messenger"].shopper("Bo who thinks again")
    bo.does("comment", text="Too dear, says Bo!")
    row = bo.said("Too dear, says Bo!")
    bo.does("comment_edit", text="What does it cost, asks Bo?")
    is_shown(bo, row["message_id"], text="What does it cost, asks Bo?")
    bo.does("comment_remove")
    is_shown(bo, row["message_id"], text="", deleted=True)


def test_the_thread_shows_by_what_the_shopper_came(quiet: dict[str, Account]) -> None:
    def comes(kind: str) -> None:
        ana = quiet[kind].newcomer("Ana who clicked on an ad")
        ana.does("referral", ref="spring", ad_id="120200000000000042")
        referral = eventually(lambda: ana.thread().get("referral"), "the thread shows no referral")
        assert referral["ref"] == "spring"

    together(comes, ("messenger", "instagram by its own login", "instagram by a page"))
    ana = quiet["whatsapp"].shopper("Ana who clicked on an ad")
    ana.does("referral", text="Is the blue one still there?", ref="120200000000000042")
    row = ana.said("Is the blue one still there?")
    assert row["details"]["referral"]["source_id"] == "120200000000000042"
