"""Templates: how they are fetched from each channel, and how Messenger's are sent."""

import json
from pathlib import Path
from typing import Any

import pytest
from contents import template
from outgoing import TOKEN, channel_at, connection_of, graph_error, message_to
from sandboxed import Shop, on_the_phone, opened, refusal, shown, titles
from scripted_platform import Script

from chalicelib.domain.content import Content, File, Place, Template, TemplateButton, Variable
from chalicelib.domain.events import Notice
from chalicelib.domain.templates.checks import problems_of
from chalicelib.domain.templates.definitions import TemplateDefinition, TemplateNews
from chalicelib.ports.errors import ChannelDown, SendRejected, SetupError
from integrations.messenger.send import body_of

LISTS = Path(__file__).parents[2] / "fixtures" / "template_lists"
PARCEL = template(
    "parcel_sent",
    header_variables=(Variable(name="order", value="A-17"),),
    variables=(Variable(name="day", value="on Friday"), Variable(name="shopper", value="Ann")),
    buttons=(
        TemplateButton(index=1, kind="quick_reply", value="A-17"),
        TemplateButton(index=0, kind="url", value="A-17"),
    ),
)


def page(name: str) -> Any:
    return json.loads((LISTS / f"{name}.json").read_text())


def test_whatsapps_are_fetched_page_by_page_from_the_business_account(platform: Script) -> None:
    platform.will(200, page("whatsapp_first_page")).will(200, page("whatsapp_last_page"))
    found = channel_at("whatsapp", platform.url).templates(connection_of("whatsapp"))
    assert [one.name for one in found][:4] == ["order_update", "parcel_sent", "spring_offer", "login_code"]
    assert len(found) == 7
    first, second = platform.calls
    assert (first.path, second.path) == ("/v25.0/200/message_templates",) * 2
    assert {"quality_score", "rejected_reason", "parameter_format"} < set(first.params["fields"].split(","))
    assert (first.params.get("after"), second.params["after"]) == (None, "QVFIUnext")
    assert first.headers["authorization"] == f"Bearer {TOKEN}"


def test_messengers_are_fetched_from_the_page(platform: Script) -> None:
    platform.will(200, page("messenger"))
    found = channel_at("messenger", platform.url).templates(connection_of("messenger"))
    assert [one.name for one in found] == ["order_shipped", "delivery_confirmation_1"]
    assert [(call.path, "fields" in call.params) for call in platform.calls] == [
        ("/v25.0/100/message_templates", False)
    ]


@pytest.mark.parametrize("name", ["instagram", "telegram"])
def test_who_has_no_templates_is_not_asked(platform: Script, name: str) -> None:
    assert list(channel_at(name, platform.url).templates(connection_of(name))) == []
    assert platform.calls == []


@pytest.mark.parametrize("name", ["whatsapp", "messenger"])
def test_a_refused_list_names_what_is_missing(platform: Script, name: str) -> None:
    platform.will(403, graph_error(200))
    with pytest.raises(SetupError) as refused:
        channel_at(name, platform.url).templates(connection_of(name))
    assert refused.value.code == "permission_missing"
    assert TOKEN not in refused.value.message


def test_half_a_list_is_none(platform: Script) -> None:
    platform.will(200, page("whatsapp_first_page")).will(500, {})
    with pytest.raises(ChannelDown):
        channel_at("whatsapp", platform.url).templates(connection_of("whatsapp"))


def test_a_list_without_end_is_none(platform: Script) -> None:
    for cursor in range(90):
        more = {"paging": {"cursors": {"after": str(cursor)}, "next": "https://graph.facebook.com/x"}}
        platform.will(200, {"data": []} | more)
    with pytest.raises(ChannelDown):
        channel_at("whatsapp", platform.url).templates(connection_of("whatsapp"))


BODIES: dict[str, tuple[Content, Any]] = {
    "without places": (template("hello"), {"name": "hello", "language": {"code": "en"}}),
    "with numbered places": (
        template("order_update", variables=(Variable(value="Ann"), Variable(value="A-17"))),
        {
            "name": "order_update",
            "language": {"code": "en"},
            "components": [
                {
                    "type": "body",
                    "parameters": [{"type": "text", "text": "Ann"}, {"type": "text", "text": "A-17"}],
                }
            ],
        },
    ),
    "with names, a header and buttons": (
        PARCEL,
        {
            "name": "parcel_sent",
            "language": {"code": "en"},
            "components": [
                {
                    "type": "header",
                    "parameters": [{"type": "text", "parameter_name": "order", "text": "A-17"}],
                },
                {
                    "type": "body",
                    "parameters": [
                        {"type": "text", "parameter_name": "day", "text": "on Friday"},
                        {"type": "text", "parameter_name": "shopper", "text": "Ann"},
                    ],
                },
                {
                    "type": "buttons",
                    "parameters": [
                        {"type": "URL", "url": "A-17"},
                        {"type": "POSTBACK", "payload": "A-17"},
                    ],
                },
            ],
        },
    ),
}


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("tag", ["", "HUMAN_AGENT"])
def test_messenger_sends_a_template_as_a_utility_message(name: str, tag: str) -> None:
    content, wanted = BODIES[name]
    assert body_of(message_to("messenger", content, tag=tag)) == {
        "messaging_type": "UTILITY",
        "recipient": {"id": "65432"},
        "message": {"template": wanted, "metadata": "th_1/2#3"},
    }


REFUSED = {
    "a file": Template(name="t", language="en", header_file=File(url="https://shop.example/a.jpg")),
    "a place": Template(name="t", language="en", header_place=Place(latitude=1.0, longitude=1.0)),
    "a code": Template(
        name="t", language="en", buttons=(TemplateButton(index=0, kind="copy_code", value="A"),)
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_messengers_templates_have_not_is_not_sent(name: str) -> None:
    with pytest.raises(SendRejected) as refused:
        body_of(message_to("messenger", Content(kind="template", template=REFUSED[name])))
    assert refused.value.reason == "invalid"


def named(shop: Shop) -> dict[tuple[str, str], TemplateDefinition]:
    return {(one.name, one.language): one for one in shop.channel.templates(shop.connection)}


@pytest.mark.parametrize("name", ["whatsapp", "messenger"])
def test_what_the_sandbox_lists_is_what_it_takes(sandbox: str, name: str) -> None:
    with opened(sandbox, name, {}) as shop:
        shop.connect()
        known = named(shop)[("parcel_sent", "en")]
        assert known.places[:3] == ("header.order", "body.shopper", "body.day")
        assert PARCEL.template is not None
        assert problems_of(PARCEL.template, known) == ()
        row = shown(shop, PARCEL)
        assert (row["text"], row["header"]) == (
            "Hello Ann, your parcel left today and comes on Friday. Thank you!",
            "Order A-17",
        )
        assert row["links"] == [{"title": "Track", "url": "https://shop.example/track/A-17"}]


def test_a_list_longer_than_a_page_is_read_to_its_end(sandbox: str) -> None:
    with opened(sandbox, "whatsapp", {}) as shop:
        shop.connect()
        before = len(named(shop))
        body = [{"type": "BODY", "text": "Hello"}]
        for number in range(110):
            shop.control("templates", name=f"n{number}", language="en", components=body, tell=False)
        assert len(named(shop)) == before + 110


def test_a_utility_message_needs_no_window(sandbox: str) -> None:
    with opened(sandbox, "messenger", {}) as shop:
        shop.connect()
        wrote = shop.message()
        shop.control("window", shopper="Ann Example", state="closed")
        row = on_the_phone(shop, shop.send_content(wrote, PARCEL))
        assert titles(row) == [("Where is it?", "where_A-17")]
        assert refusal(shop, template("paused_update"), wrote)[0] == "100"
        assert refusal(shop, template("order_update", variables=(Variable(value="Ann"),)), wrote)[0] == "100"
        with pytest.raises(SendRejected) as closed:
            shop.send(wrote)
        assert closed.value.reason == "window_closed"


def test_messenger_tells_of_a_change_and_lists_it(sandbox: str) -> None:
    with opened(sandbox, "messenger", {}) as shop:
        shop.connect()
        shop.control("templates", name="order_update", status="PAUSED")
        told = shop.hears(Notice, kind="template_status", subject="order_update").template
        assert isinstance(told, TemplateNews)
        assert (told.language, told.state) == ("en", "paused")
        assert named(shop)[("order_update", "en")].state == "paused"


def test_numbers_of_one_business_account_have_their_templates_in_common(sandbox: str) -> None:
    with opened(sandbox, "whatsapp", {}) as first:
        first.connect()
        waba = {"waba_id": first.credentials["waba_id"]}
        with opened(sandbox, "whatsapp", waba) as second:
            second.connect()
            first.control("templates", name="news", category="UTILITY", quality="RED", tell=False)
            news = named(second)[("news", "en")]
            assert (news.category, news.quality) == ("utility", "red")
            first.control("templates", name="news", status="DELETED", tell=False)
            assert ("news", "en") not in named(second)
