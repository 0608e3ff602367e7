"""What Meta lists as a shop's templates, and what its webhooks tell of one, in our own words."""

import json
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.events import Notice
from chalicelib.domain.templates.definitions import DefinedButton, TemplateDefinition, TemplateNews, Words
from integrations.meta.messaging import parse as parse_messaging
from integrations.meta.templates import definition_of
from integrations.whatsapp.parse import parse as parse_whatsapp

FIXTURES = Path(__file__).parents[2] / "fixtures"
LISTS = FIXTURES / "template_lists"
SHOP = DefinedButton(kind="url", text="To the shop", url="https://shop.example")


def found(name: str) -> list[TemplateDefinition]:
    nodes = json.loads((LISTS / f"{name}.json").read_text())["data"]
    read = (definition_of(one, of_page=name == "messenger") for one in nodes if isinstance(one, dict))
    return [one for one in read if one is not None]


DEFINED: dict[str, list[TemplateDefinition]] = {
    "whatsapp_first_page": [
        TemplateDefinition(
            name="order_update",
            language="en",
            id="1689556908129832",
            category="utility",
            state="approved",
            quality="green",
            body="Hello {{1}}, your order {{2}} is now {{3}}. Thank you!",
            examples={"body.1": "Ann", "body.2": "A-17", "body.3": "on its way"},
        ),
        TemplateDefinition(
            name="parcel_sent",
            language="en",
            id="1689556908129833",
            category="utility",
            state="approved",
            quality="unknown",
            is_named=True,
            header_kind="text",
            header="Order {{order}}",
            body="Hello {{shopper}}, your parcel left today and comes {{day}}. Thank you!",
            footer="Blue Kettle",
            buttons=(
                DefinedButton(kind="url", text="Track", url="https://shop.example/track/{{1}}"),
                DefinedButton(kind="quick_reply", text="Where is it?"),
                DefinedButton(kind="phone", text="Call us", phone="+442071838750"),
            ),
            examples={"header.order": "A-17", "body.shopper": "Ann", "body.day": "on Friday"},
        ),
        TemplateDefinition(
            name="spring_offer",
            language="en",
            id="1689556908129834",
            category="marketing",
            state="paused",
            quality="red",
            header_kind="image",
            body="Hello {{1}}, take {{2}} % off until Sunday.",
            buttons=(DefinedButton(kind="copy_code", text="Copy offer code"), SHOP),
            examples={"body.1": "Ann", "body.2": "10"},
        ),
    ],
    "whatsapp_last_page": [
        TemplateDefinition(
            name="login_code",
            language="en_US",
            id="1689556908129835",
            category="authentication",
            state="approved",
            quality="unknown",
            body="*{{1}}* is your verification code.",
            buttons=(
                DefinedButton(
                    kind="url",
                    text="Copy code",
                    url="https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}",
                ),
            ),
            examples={"body.1": "123456"},
        ),
        TemplateDefinition(
            name="new_mugs",
            language="en",
            id="1689556908129836",
            category="marketing",
            state="rejected",
            reason="INVALID_FORMAT",
            body="New mugs, {{1}}!",
        ),
        TemplateDefinition(
            name="mugs_to_swipe",
            language="en",
            id="1689556908129837",
            category="marketing",
            state="approved",
            body="Our mugs of the week.",
            unsupported=("carousel",),
        ),
        TemplateDefinition(
            name="mugs_in_a_list",
            language="en",
            id="1689556908129838",
            body="See all of them.",
            buttons=(
                DefinedButton(kind="other", text="View items"),
                DefinedButton(kind="other", text="Ask us"),
            ),
            unsupported=("header", "buttons.0"),
        ),
    ],
    "messenger": [
        TemplateDefinition(
            name="order_shipped",
            language="en_GB",
            id="594425479261596",
            category="utility",
            state="approved",
            is_named=True,
            header_kind="text",
            header="{{order_type}} update",
            body="Good news! Your order {{order_id}} is on its way, {{name}}. Thank you!",
            buttons=(
                DefinedButton(kind="url", text="Track", url="https://shop.example/orders/{{url_suffix}}"),
                DefinedButton(kind="quick_reply", text="Where is it?", payload="order_id_{{2}}"),
            ),
            examples={"header.order_type": "Order", "body.order_id": "566701", "body.name": "Ann"},
        ),
        TemplateDefinition(
            name="delivery_confirmation_1",
            language="en",
            id="7635027653257090",
            category="utility",
            state="approved",
            body="Hello {{1}}, your order was delivered. Thank you!",
            buttons=(DefinedButton(kind="url", text="Manage order", url="https://www.example.com"),),
            examples={"body.1": "Ann"},
        ),
    ],
}


@pytest.mark.parametrize("name", DEFINED)
def test_what_is_listed_is_what_was_approved(name: str) -> None:
    assert found(name) == DEFINED[name]


def test_every_list_has_a_case() -> None:
    assert {path.stem for path in LISTS.glob("*.json")} == DEFINED.keys()


def test_all_places_of_a_template_are_told_with_the_merchants_examples() -> None:
    parcel, shipped = found("whatsapp_first_page")[1], found("messenger")[0]
    assert parcel.places == ("header.order", "body.shopper", "body.day", "buttons.0")
    assert shipped.places == ("header.order_type", "body.order_id", "body.name", "buttons.0", "buttons.1")


ODD: dict[str, dict[str, Any]] = {
    "nothing": {},
    "a name alone": {"name": "hello"},
    "components that are none": {"name": 7, "language": "en", "components": {"type": "BODY"}},
    "parts that are none": {"name": "hello", "language": "en", "components": ["BODY", {"type": 3}]},
    "buttons that are none": {
        "name": "hello",
        "language": "en",
        "components": [{"type": "BUTTONS", "buttons": ["x", {}]}],
    },
    "examples that are none": {
        "name": "hello",
        "language": "en",
        "components": [{"type": "BODY", "text": "{{1}} {{a}}", "example": {"body_text": ["x"]}}],
    },
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_costs_no_other_template(name: str) -> None:
    definition_of(ODD[name])
    definition_of(ODD[name], of_page=True)


WHATSAPP: dict[str, TemplateNews | None] = {
    "template_approved": TemplateNews(name="order_update", language="en", state="approved"),
    "template_reinstated": TemplateNews(name="cart_waiting", language="en", state="approved"),
    "template_unarchived": TemplateNews(name="cart_waiting", language="en", state="approved"),
    "template_paused": TemplateNews(name="cart_waiting", language="en", state="paused"),
    "template_rejected": TemplateNews(
        name="cart_waiting", language="en", state="rejected", reason="INVALID_FORMAT", category="marketing"
    ),
    "template_status_of_tomorrow": TemplateNews(name="cart_waiting", language="en"),
    "template_quality_red": TemplateNews(name="cart_waiting", language="en", quality="red"),
    "template_category_changed": TemplateNews(name="cart_waiting", language="en", category="marketing"),
    "template_components_changed": TemplateNews(
        name="cart_waiting",
        language="en",
        words=Words(body="Hi {{1}}, your cart is waiting.", footer="Reply STOP to stop"),
    ),
    "template_status_without_a_name": None,
    "account_restricted": None,
}
MESSENGER = {
    "template_approved": TemplateNews(name="order_shipped", language="en_GB", state="approved"),
    "template_without_a_name": None,
}


def told(channel: str, name: str) -> TemplateNews | None:
    body = json.loads((FIXTURES / channel / f"{name}.json").read_text())
    (event,) = parse_whatsapp(body) if channel == "whatsapp" else parse_messaging(body, "page", "psid")
    assert isinstance(event, Notice)
    return event.template


def without_id(news: TemplateNews | None) -> TemplateNews | None:
    if news is None:
        return None
    return TemplateNews(**{name: getattr(news, name) for name in news.__slots__ if name != "id"})


@pytest.mark.parametrize("name", WHATSAPP)
def test_whatsapp_tells_what_has_become_of_a_template(name: str) -> None:
    assert without_id(told("whatsapp", name)) == WHATSAPP[name]


@pytest.mark.parametrize("name", MESSENGER)
def test_messenger_tells_what_has_become_of_a_template(name: str) -> None:
    assert without_id(told("messenger", name)) == MESSENGER[name]
