"""What all channels of Meta take, sent by them for real, as the sandbox's phones show it."""

from collections.abc import Iterator

import pytest
import requests
from contents import LINKED, LIST, PLACE, REPLIES, rows
from sandboxed import META, Shop, on_the_phone, opened, refusal, shown

from chalicelib.domain.content import Button, Content, File
from chalicelib.domain.content import text_content as text
from chalicelib.domain.rendering import render
from chalicelib.ports.errors import RetryLater
from infra.sandbox.samples import SAMPLES


@pytest.fixture(params=META)
def shop(request: pytest.FixtureRequest, sandbox: str) -> Iterator[Shop]:
    name, options = META[request.param]
    with opened(sandbox, name, options) as shop:
        shop.connect()
        yield shop


@pytest.mark.parametrize("kind", ["image", "video", "audio", "document"])
def test_a_file_is_fetched_by_its_link_and_stays_on_the_phone(shop: Shop, kind: str, files: str) -> None:
    if (shop.name, kind) == ("instagram", "audio"):
        pytest.skip("Instagram takes no ogg, and the sample is one")
    words = "Look" if shop.name == "whatsapp" and kind != "audio" else ""
    name = "paper.pdf" if kind == "document" else ""
    row = shown(shop, Content(kind=kind, text=words, file=File(url=f"{files}/{kind}", filename=name)))
    assert (row["kind"], row["text"]) == (kind, words)
    assert requests.get(row["url"], timeout=10).content == SAMPLES[kind].content
    assert row.get("filename", "") == (name if shop.name == "whatsapp" else "")


def test_a_file_elsewhere_is_shown_by_its_link(shop: Shop) -> None:
    row = shown(shop, Content(kind="image", file=File(url="https://files.example/one.png")))
    assert row["url"] == "https://files.example/one.png"


def test_a_link_that_leads_nowhere_is_the_platforms_media_error(shop: Shop, files: str) -> None:
    content = Content(kind="image", file=File(url=f"{files}/gone"))
    if shop.name == "whatsapp":
        assert refusal(shop, content) == ("131053", "invalid")
        return
    with pytest.raises(RetryLater) as caught:
        shop.send_content(shop.message(), content)
    assert caught.value.code == "100/2018008"


def test_a_file_of_the_wrong_type_is_refused(shop: Shop, files: str) -> None:
    expected = ("131053" if shop.name == "whatsapp" else "100/2018047", "invalid")
    assert refusal(shop, Content(kind="image", file=File(url=f"{files}/video"))) == expected


def test_a_reaction_is_put_and_taken_back(shop: Shop) -> None:
    message = shop.message()
    target = message.channel_message_id
    for emoji in ("👍", "❤", ""):
        shop.send_content(message, Content(kind="reaction", text=emoji, target=target))
        assert on_the_phone(shop, target).get("shop_reaction", "") == emoji
    assert [row["from"] for row in shop.phone()["messages"]] == ["shopper"]


def test_a_reaction_to_nothing_is_refused(shop: Shop) -> None:
    code, reason = refusal(shop, Content(kind="reaction", text="👍", target="none"))
    assert (code, reason) == ("131009" if shop.name == "whatsapp" else "100", "invalid")


def test_typing_and_reading_are_seen(shop: Shop) -> None:
    message = shop.message()
    target = message.channel_message_id
    shop.channel.signal("read", message.wire, target, shop.connection)
    assert on_the_phone(shop, target)["seen"]
    assert not shop.phone()["typing"]
    shop.channel.signal("typing", message.wire, target, shop.connection)
    assert shop.phone()["typing"]
    shop.send(message)
    assert not shop.phone()["typing"]


def test_an_answer_of_any_kind_names_its_message(shop: Shop, files: str) -> None:
    message = shop.message()
    content = Content(kind="image", file=File(url=f"{files}/image"))
    sent_id = shop.send_content(message, content, reply_to=message.channel_message_id)
    assert on_the_phone(shop, sent_id)["reply_to"] == message.channel_message_id


def test_a_text_that_is_too_long_is_refused_as_that(shop: Shop) -> None:
    limit = shop.channel.capabilities.text
    letter = "ж"
    fits = letter * (limit.most // limit.length(letter))
    assert shown(shop, text(fits))["text"] == fits
    assert refusal(shop, text(fits + letter))[1] == "too_long"


BUSY = {"whatsapp": 80008, "messenger": 80006, "instagram": 80002}


def test_a_busy_platform_says_how_long_to_wait(shop: Shop) -> None:
    message = shop.message()
    shop.control("faults", call="messages", fault="status", status=BUSY[shop.name], seconds=150, times=1)
    with pytest.raises(RetryLater) as caught:
        shop.send(message)
    assert (caught.value.code, caught.value.after_s) == (str(BUSY[shop.name]), 180.0)
    assert shop.send(message)


LONG = "Есть в наличии! 💙 " * 400
MANY = tuple(Button(id=f"b{n}", title=f"A mug of the kind {n}") for n in range(12))
OF_ALL_SORTS: dict[str, Content] = {
    "a long text": text(LONG),
    "a text from right to left": text("مرحبا، هل هذا متوفر؟ " * 120),
    "an image with many words": Content(
        kind="image", text=LONG, file=File(url="https://files.example/a.png", mime_type="image/png")
    ),
    "a voice with words": Content(
        kind="audio", text="Hear", file=File(url="https://files.example/a.m4a", mime_type="audio/mp4")
    ),
    "a document": Content(
        kind="document",
        text="Yours",
        file=File(url="https://files.example/a.pdf", mime_type="application/pdf", filename="a.pdf"),
    ),
    "a place with words": Content(kind="location", place=PLACE, text="Here"),
    "a few buttons": Content(
        kind="buttons", text="Which?", buttons=REPLIES, header="Mugs", footer="Ends today"
    ),
    "a button and a link": Content(kind="buttons", text="Which?", buttons=REPLIES + LINKED),
    "a link": Content(kind="buttons", text="All:", buttons=LINKED),
    "many buttons": Content(kind="buttons", text="Which?", buttons=MANY),
    "buttons below a long text": Content(kind="buttons", text=LONG, buttons=REPLIES),
    "buttons with long titles": Content(
        kind="buttons",
        text="Which?",
        buttons=(Button(id="a", title="x" * 60), Button(id="b", title="y" * 60)),
    ),
    "quick replies": Content(kind="quick_replies", text="Which?", buttons=REPLIES),
    "many quick replies": Content(kind="quick_replies", text="Which?", buttons=MANY),
    "a list": LIST,
    "a long list": Content(kind="list", text="Which?", label="Open", sections=rows(30)),
}


@pytest.mark.parametrize("content", OF_ALL_SORTS.values(), ids=OF_ALL_SORTS)
def test_whatever_the_renderer_leaves_is_taken(shop: Shop, content: Content) -> None:
    message = shop.message()
    parts = render(content, shop.channel.capabilities)
    sent = [shop.send_content(message, part) for part in parts]
    on_it = {row["id"]: row for row in shop.phone()["messages"]}
    words = [part.text for part in parts if part.kind != "location"]
    assert [
        on_it[each]["text"] for each, part in zip(sent, parts, strict=True) if part.kind != "location"
    ] == words
