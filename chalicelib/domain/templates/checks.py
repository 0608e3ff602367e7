"""What a channel would refuse of a template that is to be sent, said before it is sent, place by place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from chalicelib.domain.content import Template, TemplateButton, Variable
from chalicelib.domain.templates.definitions import (
    Category,
    DefinedButton,
    TemplateDefinition,
    TemplateState,
    ended,
    filled,
)

# Source: developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components
BODY_LIMIT: Final = 1024
HEADER_LIMIT: Final = 60
URL_LIMIT: Final = 2000
# Source: developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes (132018)
_REFUSED: Final = re.compile(r"[\r\n\t]| {5,}")
_SPACE: Final = re.compile(r"\s")
_STANDING: Final[Mapping[TemplateState, tuple[str, str]]] = {
    "paused": ("paused", "The channel has paused this template: shoppers did not like it. Use another one."),
    "disabled": ("disabled", "The channel has disabled this template for good. Use another one."),
    "rejected": ("rejected", "The channel has rejected this template. Change it there and submit it again."),
    "pending": ("not_approved", "The channel is still looking at this template. Wait until it is approved."),
    "in_appeal": ("not_approved", "The appeal for this template is not decided yet. Use another one."),
    "gone": ("gone", "The channel has this template no longer. Use another one."),
    "deleted": ("gone", "This template was deleted. Use another one."),
    "pending_deletion": ("gone", "This template is being deleted. Use another one."),
    "archived": ("gone", "This template is archived. Take it back from the archive, or use another one."),
}
# What is wrong with the template itself, whatever goes into it.
STANDING_CODES: Final = frozenset({"paused", "disabled", "rejected", "not_approved", "gone"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What to mend. code: stable. place: `body.2`, `header`, `buttons.0`; '' for the template as a whole."""

    code: str
    place: str
    message: str


def problems_of(
    template: Template, definition: TemplateDefinition, category: Category = ""
) -> tuple[Problem, ...]:
    """All that is wrong with sending `template`, the whole first. category: what it was when it was chosen,
    '' where that does not matter."""
    return (
        *standing(definition, category),
        *_header(template, definition),
        *_texts("body", template.variables, definition.variables, definition),
        *_too_long("body", definition.body, template.variables, definition.variables, BODY_LIMIT),
        *_buttons(template.buttons, definition.buttons),
    )


def standing(definition: TemplateDefinition, category: Category = "") -> Iterator[Problem]:
    """Whether the channel would send it at all, and as what."""
    if not definition.is_sendable:
        yield Problem(*_told(definition))
    if category and definition.category and category != definition.category:
        text = f"The channel counts this template as {definition.category} now, not as {category}: "
        yield Problem("category_changed", "", text + "decide anew whom it may go to.")
    for part in definition.unsupported:
        text = f"This template has a part that Parley can't fill ({part}): use another one."
        yield Problem("unsupported", part, text)


def _told(definition: TemplateDefinition) -> tuple[str, str, str]:
    otherwise = ("not_approved", "The channel has not approved this template. Use another one.")
    code, text = _STANDING.get(definition.state, otherwise)
    return code, "", f"{text} Its reason: {definition.reason}." if definition.reason else text


def _header(template: Template, definition: TemplateDefinition) -> Iterator[Problem]:
    kind, given = definition.header_kind, _given_header(template)
    if kind == given or (kind == "text" and not given):
        places = definition.header_variables
        yield from _texts("header", template.header_variables, places, definition)
        yield from _too_long("header", definition.header, template.header_variables, places, HEADER_LIMIT)
    elif not kind:
        yield Problem("header_unexpected", "header", "This template has no header to fill: leave it out.")
    elif not given:
        yield Problem("header_missing", "header", f"This template begins with {_named(kind)}: give it.")
    else:
        text = f"This template begins with {_named(kind)}, not with {_named(given)}."
        yield Problem("header_kind", "header", text)


def _given_header(template: Template) -> str:
    if template.header_file is not None:
        return template.header_file_kind
    if template.header_place is not None:
        return "location"
    return "text" if template.header_variables else ""


def _named(kind: str) -> str:
    return {"text": "words", "image": "an image", "location": "a place"}.get(kind, f"a {kind}")


def _texts(
    where: str, given: Sequence[Variable], places: Sequence[str], definition: TemplateDefinition
) -> Iterator[Problem]:
    """The values of the body's or the header's places, which are all named or all numbered."""
    is_named = definition.is_named
    if places and any(bool(one.name) != is_named for one in given):
        names = ", ".join(places)
        if is_named:
            text = f"The places of this template have names: give a value for each of {names}."
            yield Problem("variables_named", where, text)
        else:
            text = f"The places of this template are numbered: give values in the order of {names}."
            yield Problem("variables_numbered", where, text)
        return
    values = _by_place(given, places)
    for name in places:
        if name not in values:
            text = f"The place {name} of the {where} has no value: give one."
            yield Problem("variable_missing", f"{where}.{name}", text)
    for name, value in values.items():
        place = f"{where}.{name}"
        if name not in places:
            text = f"The {where} of this template has {len(places)} places, and none is {name}: leave it out."
            yield Problem("variable_unknown", place, text)
        else:
            yield from value_problems(place, value)


def _by_place(given: Sequence[Variable], places: Sequence[str]) -> dict[str, str]:
    """What goes where; what has no place any more is counted on."""
    names = [*places, *(str(number) for number in range(len(places) + 1, len(given) + 1))]
    return {one.name or name: one.value for one, name in zip(given, names, strict=False)}


def value_problems(place: str, value: str) -> Iterator[Problem]:
    """What no place takes, wherever it stands."""
    if not value.strip():
        yield Problem("value_empty", place, "This place is empty: give it a value, or a fallback.")
    elif _REFUSED.search(value):
        text = "A value has no line breaks, no tabs and at most four spaces in a row: take them out."
        yield Problem("value_invalid", place, text)


def _too_long(
    where: str, words: str, given: Sequence[Variable], places: Sequence[str], most: int
) -> Iterator[Problem]:
    length = len(filled(words, _by_place(given, places)))
    if length > most:
        told = (
            f"With these values the {where} has {length} characters, and {most} are the most: say it shorter."
        )
        yield Problem("too_long", where, told)


def _buttons(given: Sequence[TemplateButton], defined: Sequence[DefinedButton]) -> Iterator[Problem]:
    by_index = {one.index: one for one in given}
    for index, button in enumerate(defined):
        if button.wants_value and index not in by_index:
            text = f"The button {button.text!r} wants {_wanted(button)}: give it."
            yield Problem("button_value_missing", f"buttons.{index}", text)
    for index, one in by_index.items():
        place = f"buttons.{index}"
        if not 0 <= index < len(defined):
            yield Problem(
                "button_unknown", place, f"This template has {len(defined)} buttons, counted from 0."
            )
        elif one.kind != defined[index].kind:
            kind = defined[index].kind
            yield Problem("button_kind", place, f"This button is of the kind {kind}, not {one.kind}.")
        elif not defined[index].takes_value:
            yield Problem("button_unexpected", place, "This button has no place for a value: leave it out.")
        else:
            yield from _button_value(place, one.value, defined[index])


def _wanted(button: DefinedButton) -> str:
    return {"url": "the end of its link", "copy_code": "a code"}.get(button.kind, "a payload")


def _button_value(place: str, value: str, button: DefinedButton) -> Iterator[Problem]:
    yield from value_problems(place, value)
    if button.kind != "url":
        return
    if _SPACE.search(value.strip()):
        yield Problem("value_invalid", place, "A link has no spaces: take them out, or write them as %20.")
    if len(ended(button.url, value)) > URL_LIMIT:
        yield Problem("too_long", place, f"A link has at most {URL_LIMIT} characters: make it shorter.")
