"""What is wrong with a template before it is sent, how a use of it is compiled, and what the shopper sees."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.content import File, Place, Template, TemplateButton, Variable
from chalicelib.domain.templates.checks import STANDING_CODES, problems_of
from chalicelib.domain.templates.definitions import (
    SENDABLE,
    STATES,
    DefinedButton,
    TemplateDefinition,
    places_in,
)
from chalicelib.domain.templates.use import (
    FIELDS,
    Filling,
    Part,
    TemplateUse,
    check_use,
    compile_template,
    preview,
    values_for,
)

TRACK = DefinedButton(kind="url", text="Track", url="https://shop.example/track/{{1}}")
SHOP = DefinedButton(kind="url", text="To the shop", url="https://shop.example")
WHERE = DefinedButton(kind="quick_reply", text="Where is it?")
CODE = DefinedButton(kind="copy_code", text="Copy")
CALL = DefinedButton(kind="phone", text="Call us", phone="+442071838750")


def defined(body: str = "Hello {{1}}, order {{2}} left.", **more: Any) -> TemplateDefinition:
    plain = TemplateDefinition(name="left", language="en", state="approved", category="utility", body=body)
    return replace(plain, **more)


def values(*given: str, **named: str) -> tuple[Variable, ...]:
    numbered = [Variable(value=one) for one in given]
    return (*numbered, *(Variable(name=name, value=value) for name, value in named.items()))


def sent(*given: str, **more: Any) -> Template:
    """With these values in the numbered places of its body, unless others are given."""
    return Template(**{"name": "left", "language": "en", "variables": values(*given), **more})


def button(index: int, kind: Any, value: str) -> tuple[TemplateButton, ...]:
    return (TemplateButton(index=index, kind=kind, value=value),)


NAMED = defined("Hello {{name}}, order {{order}} left.", is_named=True)
HEADED = defined(header_kind="text", header="Order {{1}}")
PICTURED = defined(header_kind="image")
PLACED = defined(header_kind="location")
TRACKED = defined("It left.", buttons=(TRACK, WHERE, CALL))
IMAGE = File(url="https://shop.example/a.jpg")
HERE = Place(latitude=1.0, longitude=2.0, name="Our shop")

CASES: dict[str, tuple[Template, TemplateDefinition, list[tuple[str, str]]]] = {
    "all is well": (sent("Ann", "A-17"), defined(), []),
    "a value is missing": (sent("Ann"), defined(), [("variable_missing", "body.2")]),
    "all are missing": (sent(), defined(), [("variable_missing", "body.1"), ("variable_missing", "body.2")]),
    "one too many": (sent("Ann", "A-17", "red"), defined(), [("variable_unknown", "body.3")]),
    "one for a body without places": (sent("Ann"), defined("It left."), [("variable_unknown", "body.1")]),
    "a number that stands twice": (sent("Ann"), defined("{{1}} and again {{1}}."), []),
    "numbers out of order": (sent("Ann", "A-17"), defined("Order {{2}} of {{1}} left."), []),
    "names": (sent(variables=values(order="A-17", name="Ann")), NAMED, []),
    "a name is missing": (sent(variables=values(name="Ann")), NAMED, [("variable_missing", "body.order")]),
    "a name that it has not": (
        sent(variables=values(name="Ann", order="A", day="Friday")),
        NAMED,
        [("variable_unknown", "body.day")],
    ),
    "numbers for names": (sent("Ann", "A-17"), NAMED, [("variables_named", "body")]),
    "names for numbers": (
        sent(variables=values(name="Ann", order="A")),
        defined(),
        [("variables_numbered", "body")],
    ),
    "an empty value": (sent("", "A-17"), defined(), [("value_empty", "body.1")]),
    "a value of spaces": (sent("Ann", "   "), defined(), [("value_empty", "body.2")]),
    "a line break": (sent("Ann\nBell", "A-17"), defined(), [("value_invalid", "body.1")]),
    "a tab": (sent("Ann\tBell", "A-17"), defined(), [("value_invalid", "body.1")]),
    "four spaces": (sent("Ann    Bell", "A-17"), defined(), []),
    "five spaces": (sent("Ann     Bell", "A-17"), defined(), [("value_invalid", "body.1")]),
    "just short enough": (sent("x" * 1003, "A"), defined(), []),
    "a letter too long": (sent("x" * 1004, "A"), defined(), [("too_long", "body")]),
    "a header of words": (sent("Ann", "A", header_variables=values("A-17")), HEADED, []),
    "no words for the header": (sent("Ann", "A"), HEADED, [("variable_missing", "header.1")]),
    "a header that is too long": (
        sent("Ann", "A", header_variables=values("x" * 60)),
        HEADED,
        [("too_long", "header")],
    ),
    "a picture for words": (sent("Ann", "A", header_file=IMAGE), HEADED, [("header_kind", "header")]),
    "words that stand by themselves": (sent("Ann", "A"), defined(header_kind="text", header="Order"), []),
    "a picture": (sent("Ann", "A", header_file=IMAGE), PICTURED, []),
    "no picture": (sent("Ann", "A"), PICTURED, [("header_missing", "header")]),
    "a video for a picture": (
        sent("Ann", "A", header_file=IMAGE, header_file_kind="video"),
        PICTURED,
        [("header_kind", "header")],
    ),
    "a place": (sent("Ann", "A", header_place=HERE), PLACED, []),
    "no place": (sent("Ann", "A"), PLACED, [("header_missing", "header")]),
    "a picture for nothing": (
        sent("Ann", "A", header_file=IMAGE),
        defined(),
        [("header_unexpected", "header")],
    ),
    "the end of a link": (sent(buttons=button(0, "url", "A-17")), TRACKED, []),
    "a link without end": (sent(), TRACKED, [("button_value_missing", "buttons.0")]),
    "an end with a space": (
        sent(buttons=button(0, "url", "A 17")),
        TRACKED,
        [("value_invalid", "buttons.0")],
    ),
    "an end that is too long": (
        sent(buttons=button(0, "url", "x" * 2000)),
        TRACKED,
        [("too_long", "buttons.0")],
    ),
    "a payload for a link": (
        sent(buttons=button(0, "quick_reply", "A")),
        TRACKED,
        [("button_kind", "buttons.0")],
    ),
    "a payload of one's own": (
        sent(buttons=(*button(0, "url", "A"), *button(1, "quick_reply", "where"))),
        TRACKED,
        [],
    ),
    "an end for a whole link": (
        sent(buttons=button(0, "url", "A")),
        defined("It left.", buttons=(SHOP,)),
        [("button_unexpected", "buttons.0")],
    ),
    "a button that is not there": (
        sent(buttons=(*button(0, "url", "A"), *button(3, "url", "A"))),
        TRACKED,
        [("button_unknown", "buttons.3")],
    ),
    "no code to copy": (sent(), defined("Off.", buttons=(CODE,)), [("button_value_missing", "buttons.0")]),
    "an empty code": (
        sent(buttons=button(0, "copy_code", "")),
        defined("Off.", buttons=(CODE,)),
        [("value_empty", "buttons.0")],
    ),
    "a part that nobody can fill": (
        sent("Ann", "A"),
        defined(unsupported=("carousel",)),
        [("unsupported", "carousel")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_the_channel_would_refuse_is_said_before_with_its_place(name: str) -> None:
    template, definition, wanted = CASES[name]
    found = problems_of(template, definition)
    assert [(one.code, one.place) for one in found] == wanted
    assert all(one.message.endswith(".") for one in found)


STANDINGS = {
    "approved": "",
    "flagged": "",
    "locked": "",
    "pending": "not_approved",
    "in_appeal": "not_approved",
    "limit_exceeded": "not_approved",
    "unknown": "not_approved",
    "rejected": "rejected",
    "paused": "paused",
    "disabled": "disabled",
    "archived": "gone",
    "pending_deletion": "gone",
    "deleted": "gone",
    "gone": "gone",
}


@pytest.mark.parametrize("state", STATES)
def test_only_what_the_channel_delivers_is_sent(state: Any) -> None:
    found = problems_of(sent("Ann", "A"), defined(state=state))
    assert [one.code for one in found] == ([STANDINGS[state]] if STANDINGS[state] else [])
    assert (state in SENDABLE) == (not found)
    assert {one.code for one in found} <= STANDING_CODES


def test_the_reason_of_the_channel_is_told() -> None:
    (found,) = problems_of(sent("Ann", "A"), defined(state="rejected", reason="INVALID_FORMAT"))
    assert found.message.endswith("Its reason: INVALID_FORMAT.")


def test_a_template_that_became_marketing_is_a_problem_only_to_who_chose_it_as_something_else() -> None:
    now = defined(category="marketing")
    assert [one.code for one in problems_of(sent("Ann", "A"), now, "utility")] == ["category_changed"]
    assert problems_of(sent("Ann", "A"), now, "marketing") == problems_of(sent("Ann", "A"), now) == ()


GREETS = {"body.1": Filling(field="shopper.first_name", fallback="friend"), "body.2": Filling(text="A-17")}


def use(fillings: dict[str, Filling] = GREETS, **more: Any) -> TemplateUse:
    return TemplateUse(name="left", language="en", fillings=fillings, **more)


USES: dict[str, tuple[TemplateUse, TemplateDefinition, list[tuple[str, str]]]] = {
    "all is well": (use(), defined(), []),
    "a field without fallback": (
        use(GREETS | {"body.1": Filling(field="shopper.name")}),
        defined(),
        [("fallback_missing", "body.1")],
    ),
    "a fallback of nothing": (
        use(GREETS | {"body.1": Filling(field="shopper.name", fallback=" ")}),
        defined(),
        [("fallback_missing", "body.1")],
    ),
    "a fallback with a line break": (
        use(GREETS | {"body.1": Filling(field="shopper.name", fallback="dear\nfriend")}),
        defined(),
        [("value_invalid", "body.1")],
    ),
    "a field that nobody knows": (
        use(GREETS | {"body.1": Filling(field="shopper.shoe_size", fallback="40")}),
        defined(),
        [("field_unknown", "body.1")],
    ),
    "a place without anything": (
        use({"body.2": GREETS["body.2"]}),
        defined(),
        [("variable_missing", "body.1")],
    ),
    "a place that it has not": (
        use(GREETS | {"body.3": Filling(text="red")}),
        defined(),
        [("variable_unknown", "body.3")],
    ),
    "numbers for names": (
        use(),
        NAMED,
        [
            (code, place)
            for code, place in [("variable_missing", "body.name"), ("variable_missing", "body.order")]
        ]
        + [("variable_unknown", "body.1"), ("variable_unknown", "body.2")],
    ),
    "fixed words that are empty": (
        use(GREETS | {"body.2": Filling()}),
        defined(),
        [("value_empty", "body.2")],
    ),
    "a paused one": (use(), defined(state="paused"), [("paused", "")]),
    "one that became marketing": (
        use(category="utility"),
        defined(category="marketing"),
        [("category_changed", "")],
    ),
    "no picture": (use(), PICTURED, [("header_missing", "header")]),
    "no end of a link": (use({}), TRACKED, [("variable_missing", "buttons.0")]),
    "an end of a link by a field": (
        use({"buttons.0": Filling(field="shop.name", fallback="all")}),
        TRACKED,
        [],
    ),
}


@pytest.mark.parametrize("name", USES)
def test_a_use_is_saved_only_if_every_place_has_a_value_for_everybody(name: str) -> None:
    chosen, definition, wanted = USES[name]
    assert [(one.code, one.place) for one in check_use(chosen, definition)] == wanted


def test_a_caller_may_know_more_fields() -> None:
    cart = use(GREETS | {"body.2": Filling(field="cart.name", fallback="your cart")})
    assert check_use(cart, defined(), (*FIELDS, "cart.name")) == ()
    compiled = compile_template(cart, defined(), {"shopper.first_name": "Ann", "cart.name": "A mug"})
    assert [one.value for one in compiled.template.variables] == ["Ann", "A mug"]


NAMES = {
    "Ann Bell": ("Ann", ()),
    "": ("friend", ("body.1",)),
    "🌸🌸": ("friend", ("body.1",)),
    "WhatsApp User": ("friend", ("body.1",)),
}


@pytest.mark.parametrize("name", NAMES)
def test_who_has_no_name_gets_the_fallback(name: str) -> None:
    first_name, used = NAMES[name]
    compiled = compile_template(use(), defined(), values_for(shopper_name=name, shop_name="Mugs"))
    assert [one.value for one in compiled.template.variables] == [first_name, "A-17"]
    assert compiled.used_fallbacks == used


def test_what_the_channel_refuses_is_taken_out_of_a_shoppers_name() -> None:
    whole = use(GREETS | {"body.1": Filling(field="shopper.name", fallback="friend")})
    compiled = compile_template(whole, defined(), {"shopper.name": " Ann\n\tMary      Bell "})
    assert compiled.template.variables[0].value == "Ann Mary Bell"
    assert problems_of(compiled.template, defined()) == ()


@given(name=st.text(max_size=300), shop=st.text(max_size=300))
def test_a_use_that_was_saved_is_never_refused_for_a_shoppers_name(name: str, shop: str) -> None:
    fillings = GREETS | {"body.2": Filling(field="shop.name", fallback="our shop")}
    fillings["body.1"] = Filling(field="shopper.name", fallback="friend")
    assert check_use(use(fillings), defined()) == ()
    compiled = compile_template(use(fillings), defined(), values_for(shopper_name=name, shop_name=shop))
    assert problems_of(compiled.template, defined()) == ()
    assert all(one.value for one in compiled.template.variables)


def test_a_preview_shows_what_the_shopper_will_see() -> None:
    whole = replace(
        NAMED,
        header_kind="text",
        header="Order {{order}}",
        footer="Blue Kettle",
        buttons=(TRACK, WHERE, CALL, SHOP),
    )
    template = Template(
        name="left",
        language="en",
        variables=values(order="A-17", name="Ann"),
        header_variables=values(order="A-17"),
        buttons=button(0, "url", "A-17"),
    )
    assert problems_of(template, whole) == ()
    assert preview(whole, template) == (
        Part(kind="header", text="Order A-17"),
        Part(kind="body", text="Hello Ann, order A-17 left."),
        Part(kind="footer", text="Blue Kettle"),
        Part(kind="button", text="Track", value="https://shop.example/track/A-17"),
        Part(kind="button", text="Where is it?"),
        Part(kind="button", text="Call us", value="+442071838750"),
        Part(kind="button", text="To the shop", value="https://shop.example"),
    )


def test_a_preview_names_the_file_or_the_place_above_the_words() -> None:
    seen = preview(PICTURED, sent("Ann", "A", header_file=IMAGE))[0]
    assert seen == Part(kind="header", media="image", value=IMAGE.url)
    assert preview(PLACED, sent("Ann", "A", header_place=HERE))[0].value == "Our shop"


PLACES = {"": (), "Hi {{ 2 }} and {{10}}, {{1}}": ("1", "2", "10"), "{{b}} {{a}} {{b}}": ("b", "a")}


@pytest.mark.parametrize("text", PLACES)
def test_places_are_counted_as_the_channel_counts_them(text: str) -> None:
    assert places_in(text) == PLACES[text]
