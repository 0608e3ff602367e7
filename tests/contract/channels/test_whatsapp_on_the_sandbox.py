"""Places, buttons, lists and templates, sent by WhatsApp's channel, as the sandbox's phone shows them."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from contents import LINKED, LIST, PARCEL_SENT, PLACE, READY, REPLIES, rows, template
from sandboxed import Shop, opened, refusal, shown, titles

from chalicelib.domain.content import Button, Content, File, Row, Section, TemplateButton, Variable
from chalicelib.domain.content import text_content as text
from chalicelib.domain.events import ShopperMessage
from infra.sandbox.samples import SAMPLES


@pytest.fixture
def whatsapp(sandbox: str) -> Iterator[Shop]:
    with opened(sandbox, "whatsapp", {}) as shop:
        shop.connect()
        yield shop


def test_what_a_shopper_sends_on_whatsapp_can_be_fetched(whatsapp: Shop) -> None:
    whatsapp.control("say", shopper="Ann Example", event={"kind": "image", "text": "This one"})
    message = whatsapp.hears(ShopperMessage, kind="image")
    download = whatsapp.channel.download(message.media[0], whatsapp.connection)
    sample = SAMPLES["image"]
    assert (download.mime_type, download.size) == (sample.mime_type, len(sample.content))
    assert requests.get(download.url, headers=dict(download.headers), timeout=10).content == sample.content
    assert requests.get(download.url, timeout=10).status_code == 404


def test_a_place_is_shown_by_its_name(whatsapp: Shop) -> None:
    assert shown(whatsapp, Content(kind="location", place=PLACE))["text"] == "Blue Kettle\n1 Quay Street"


def test_reply_buttons_are_shown_with_the_lines_around_them(whatsapp: Shop) -> None:
    row = shown(whatsapp, Content(kind="buttons", text="Which?", buttons=REPLIES, header="H", footer="F"))
    assert titles(row) == [("Small", "size:s"), ("Large", "size:l")]
    assert (row["header"], row["footer"]) == ("H", "F")


def test_a_link_is_shown_as_one(whatsapp: Shop) -> None:
    row = shown(whatsapp, Content(kind="buttons", text="All of them:", buttons=LINKED))
    assert row["links"] == [{"title": "To the shop", "url": "https://shop.example/mugs"}]


def test_a_list_is_shown_with_its_rows(whatsapp: Shop) -> None:
    row = shown(whatsapp, LIST)
    assert titles(row) == [("Blue", "s1"), ("Green", "l1")]
    assert (row["menu"], row["header"], row["footer"]) == ("Mugs", "In stock", "Blue Kettle")


OUT_OF_BOUNDS = {
    "a button's title": Content(kind="buttons", text="?", buttons=(Button(id="a", title="x" * 21),)),
    "a button's id": Content(kind="buttons", text="?", buttons=(Button(id="a" * 257, title="A"),)),
    "four buttons": Content(
        kind="buttons", text="?", buttons=tuple(Button(id=f"b{n}", title=f"B {n}") for n in range(4))
    ),
    "the words above buttons": Content(kind="buttons", text="x" * 1025, buttons=REPLIES),
    "no words above buttons": Content(kind="buttons", buttons=REPLIES),
    "a header": Content(kind="buttons", text="?", buttons=REPLIES, header="x" * 61),
    "a footer": Content(kind="buttons", text="?", buttons=REPLIES, footer="x" * 61),
    "a link's title": Content(
        kind="buttons", text="?", buttons=(Button(id="a", title="x" * 21, url="https://a.example"),)
    ),
    "a link that is none": Content(
        kind="buttons", text="?", buttons=(Button(id="a", title="A", url="javascript:1"),)
    ),
    "eleven rows": Content(kind="list", text="?", label="Open", sections=rows(11)),
    "a list's label": Content(kind="list", text="?", label="x" * 21, sections=rows(1)),
    "a list without a label": Content(kind="list", text="?", sections=rows(1)),
    "a section's title": Content(kind="list", text="?", label="Open", sections=rows(1, "x" * 25)),
    "two sections without titles": Content(
        kind="list", text="?", label="Open", sections=(*rows(1), Section(rows=(Row(id="z", title="Z"),)))
    ),
    "a row's title": Content(
        kind="list", text="?", label="Open", sections=(Section(rows=(Row(id="a", title="x" * 25),)),)
    ),
    "a row's description": Content(
        kind="list",
        text="?",
        label="Open",
        sections=(Section(rows=(Row(id="a", title="A", description="x" * 73),)),),
    ),
    "a caption": Content(kind="image", text="x" * 1025, file=File(url="https://files.example/one.png")),
}


@pytest.mark.parametrize("content", OUT_OF_BOUNDS.values(), ids=OUT_OF_BOUNDS)
def test_what_is_out_of_bounds_is_refused(whatsapp: Shop, content: Content) -> None:
    code, reason = refusal(whatsapp, content)
    assert code == "100"
    assert reason in ("invalid", "too_long")


def test_a_template_with_named_places_is_shown_filled(whatsapp: Shop) -> None:
    row = shown(whatsapp, PARCEL_SENT)
    assert row["text"] == "Hello Ann, your parcel left today and comes Friday. Thank you!"
    assert (row["header"], row["footer"]) == ("Order 1042", "Blue Kettle")
    assert row["links"] == [{"title": "Track", "url": "https://shop.example/track/1042"}]
    assert titles(row) == [("Where is it?", "where:1042")]


CODE = TemplateButton(index=0, kind="copy_code", value="SPRING10")
OFFERED = (Variable(value="Ann"), Variable(value="10"))


def test_a_template_with_a_picture_and_a_code_is_shown_filled(whatsapp: Shop, files: str) -> None:
    content = template(
        "spring_offer", variables=OFFERED, header_file=File(url=f"{files}/image"), buttons=(CODE,)
    )
    row = shown(whatsapp, content)
    assert row["text"] == "Hello Ann, take 10 % off until Sunday."
    assert requests.get(row["url"], timeout=10).content == SAMPLES["image"].content
    assert row["codes"] == ["SPRING10"]
    assert row["links"] == [{"title": "To the shop", "url": "https://shop.example"}]
    assert titles(row) == [("Stop", "Stop")]


@pytest.mark.parametrize(("name", "kind"), [("how_to_use", "video"), ("invoice", "document")])
def test_a_template_with_another_file_is_shown(whatsapp: Shop, name: str, kind: Any, files: str) -> None:
    content = template(
        name,
        variables=(Variable(value="2026-7"),),
        header_file=File(url=f"{files}/{kind}", filename="paper.pdf"),
        header_file_kind=kind,
    )
    row = shown(whatsapp, content)
    assert requests.get(row["url"], timeout=10).content == SAMPLES[kind].content


def test_a_template_with_a_place_is_shown(whatsapp: Shop) -> None:
    row = shown(whatsapp, READY)
    assert (row["header"], row["text"]) == ("Blue Kettle\n1 Quay Street", "Order 1042 waits for you here.")


def test_a_template_passes_where_the_window_is_closed(whatsapp: Shop) -> None:
    message = whatsapp.message()
    whatsapp.control("window", shopper="Ann Example", state="closed")
    assert refusal(whatsapp, text("Hi"), message) == ("131047", "window_closed")
    assert whatsapp.send_content(message, PARCEL_SENT)


def test_a_shopper_who_stopped_marketing_gets_no_more_of_it(whatsapp: Shop) -> None:
    message = whatsapp.message()
    news = template("news", variables=OFFERED)
    whatsapp.control("say", shopper="Ann Example", event={"kind": "preference", "value": "stop"})
    assert refusal(whatsapp, news, message) == ("131050", "opted_out")
    assert whatsapp.send_content(message, PARCEL_SENT)
    whatsapp.control("say", shopper="Ann Example", event={"kind": "preference", "value": "resume"})
    assert whatsapp.send_content(message, news)


ANN = (Variable(value="Ann"),)
NAMED = (Variable(name="shopper", value="Ann"), Variable(name="day", value="Friday"))
ORDER = (Variable(name="order", value="1042"),)
TRACK = (TemplateButton(index=0, kind="url", value="1042"),)
PICTURE = File(url="https://files.example/one.png")
MISFILLED: list[tuple[Content, str, str]] = [
    (template("no_such"), "132001", "template_broken"),
    (template("order_update", language="fr", variables=OFFERED), "132001", "template_broken"),
    (template("refused_offer"), "132001", "template_broken"),
    (template("paused_offer"), "132015", "template_broken"),
    (template("stopped_offer"), "132016", "template_broken"),
    (template("order_update", variables=OFFERED), "132000", "template_broken"),
    (template("order_update", variables=(*OFFERED, *NAMED)), "132000", "template_broken"),
    (template("hello_world", language="en_US", variables=ANN), "132000", "template_broken"),
    (template("news", variables=NAMED), "132012", "template_broken"),
    (
        template("parcel_sent", variables=OFFERED, header_variables=ORDER, buttons=TRACK),
        "132012",
        "template_broken",
    ),
    (
        template("parcel_sent", variables=(NAMED[0], NAMED[0]), header_variables=ORDER, buttons=TRACK),
        "132012",
        "template_broken",
    ),
    (template("parcel_sent", variables=NAMED, buttons=TRACK), "132000", "template_broken"),
    (template("parcel_sent", variables=NAMED, header_variables=ORDER), "131008", "invalid"),
    (
        template(
            "parcel_sent",
            variables=NAMED,
            header_variables=ORDER,
            buttons=(TemplateButton(index=0, kind="quick_reply", value="1042"),),
        ),
        "132012",
        "template_broken",
    ),
    (
        template(
            "parcel_sent",
            variables=NAMED,
            header_variables=ORDER,
            buttons=(*TRACK, TemplateButton(index=7, kind="quick_reply", value="1042")),
        ),
        "132000",
        "template_broken",
    ),
    (template("spring_offer", variables=OFFERED, buttons=(CODE,)), "132012", "template_broken"),
    (
        template(
            "spring_offer",
            variables=OFFERED,
            header_file=PICTURE,
            header_file_kind="document",
            buttons=(CODE,),
        ),
        "132012",
        "template_broken",
    ),
    (template("spring_offer", variables=OFFERED, header_file=PICTURE), "131008", "invalid"),
    (template("ready_to_collect", variables=ANN), "132012", "template_broken"),
    (template("news", variables=(Variable(value="Ann"), Variable(value=""))), "131008", "invalid"),
    (
        template("news", variables=(Variable(value="Ann"), Variable(value="x" * 1024))),
        "132005",
        "template_broken",
    ),
]


@pytest.mark.parametrize(("content", "code", "reason"), MISFILLED)
def test_a_template_that_does_not_fit_is_refused(
    whatsapp: Shop, content: Content, code: str, reason: str
) -> None:
    assert refusal(whatsapp, content) == (code, reason)


def test_a_shopper_whose_number_is_hidden_gets_everything_by_scoped_id(whatsapp: Shop) -> None:
    message = whatsapp.message(hides_phone=True)
    assert message.wire.kind == "bsuid"
    for content in (text("Hi"), LIST, PARCEL_SENT):
        assert whatsapp.send_content(message, content)
