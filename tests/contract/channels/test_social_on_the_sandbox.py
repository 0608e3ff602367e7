"""Quick replies, buttons and answers to comments, on the sandbox's Messenger and Instagram."""

from collections.abc import Iterator

import pytest
import requests
from contents import LINKED, REPLIES
from sandboxed import META, Shop, opened, refusal, shown, titles

from chalicelib.domain.content import Button, Content
from chalicelib.domain.content import text_content as text
from chalicelib.domain.events import ShopperMessage
from infra.sandbox.samples import SAMPLES


@pytest.fixture(params=[name for name in META if name != "whatsapp"])
def social(request: pytest.FixtureRequest, sandbox: str) -> Iterator[Shop]:
    """Messenger, and Instagram by either login."""
    name, options = META[request.param]
    with opened(sandbox, name, options) as shop:
        shop.connect()
        yield shop


def test_what_a_shopper_sends_on_messenger_can_be_fetched(sandbox: str) -> None:
    with opened(sandbox, "messenger", {}) as page:
        page.connect()
        page.control("say", shopper="Ann Example", event={"kind": "image"})
        message = page.hears(ShopperMessage, kind="image")
        download = page.channel.download(message.media[0], page.connection)
        assert requests.get(download.url, timeout=10).content == SAMPLES["image"].content


def test_quick_replies_are_offered(social: Shop) -> None:
    row = shown(social, Content(kind="quick_replies", text="Which?", buttons=REPLIES))
    assert (row["text"], titles(row)) == ("Which?", [("Small", "size:s"), ("Large", "size:l")])


def test_more_quick_replies_than_there_is_room_for_are_refused(social: Shop) -> None:
    fourteen = tuple(Button(id=f"b{n}", title=f"B {n}") for n in range(14))
    for buttons in (fourteen, (Button(id="x" * 1001, title="A"),)):
        assert refusal(social, Content(kind="quick_replies", text="?", buttons=buttons))[0] == "100"


def test_buttons_are_shown_on_messenger(sandbox: str) -> None:
    with opened(sandbox, "messenger", {}) as page:
        page.connect()
        row = shown(page, Content(kind="buttons", text="Which?", buttons=REPLIES + LINKED))
        assert (row["text"], titles(row)) == ("Which?", [("Small", "size:s"), ("Large", "size:l")])
        assert row["links"] == [{"title": "To the shop", "url": "https://shop.example/mugs"}]
        for button in (
            Button(id="a", title="x" * 21),
            Button(id="a" * 1001, title="A"),
            Button(id="a", title="A", url="no link"),
        ):
            assert refusal(page, Content(kind="buttons", text="?", buttons=(button,)))[0] == "100"


def commented(shop: Shop) -> str:
    event = {"kind": "comment", "text": "How much is it?"}
    return str(shop.control("say", shopper="Bo Example", event=event)["event_id"])


def test_a_comment_is_answered_in_public_then_once_in_private(social: Shop) -> None:
    somebody, comment_id = social.message(), f"comment:{commented(social)}"
    under = Content(kind="comment", text="We wrote to you", target=comment_id)
    assert social.send_content(somebody, under).startswith("comment:")
    private = social.send_content(somebody, text("It is 12 €."), comment_id=comment_id)
    rows = social.phone("Bo Example")["messages"]
    assert [(row["kind"], row["from"], row["text"]) for row in rows] == [
        ("comment", "shopper", "How much is it?"),
        ("comment", "shop", "We wrote to you"),
        ("text", "shop", "It is 12 €."),
    ]
    assert rows[-1]["id"] == private
    assert refusal(social, text("And?"), somebody, comment_id=comment_id) == ("10900", "invalid")


@pytest.mark.parametrize("login", ["instagram", "facebook"])
def test_a_comment_opens_no_window(sandbox: str, login: str) -> None:
    with opened(sandbox, "instagram", {"login": login}) as shop:
        shop.connect()
        commented(shop)
        comment = shop.hears(ShopperMessage, kind="comment")
        assert refusal(shop, text("It is 12 €."), comment)[1] == "window_closed"


def test_a_comment_is_answered_in_private_for_seven_days(social: Shop) -> None:
    somebody, comment_id = social.message(), commented(social)
    social.control("clock", advance_s=7 * 24 * 3600 + 60)
    expected = ("100/2534025", "invalid")
    assert refusal(social, text("Late"), somebody, comment_id=comment_id) == expected


def test_a_comment_that_is_not_there_is_answered_by_nobody(social: Shop) -> None:
    message = social.message()
    assert refusal(social, text("Hi"), message, comment_id="comment:17_5") == ("100/2534025", "invalid")
    gone = Content(kind="comment", text="Hi", target="comment:17_5")
    assert refusal(social, gone, message) == ("100/33", "invalid")
