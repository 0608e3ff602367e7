"""How a merchant uses a template: fixed words, or a field of each shopper with a fallback; and what each
shopper then sees."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from chalicelib.domain.content import File, Place, Template, TemplateButton, Variable
from chalicelib.domain.names import greeting_name
from chalicelib.domain.templates.checks import Problem, problems_of, value_problems
from chalicelib.domain.templates.definitions import Category, TemplateDefinition, ended, filled

# What every use may ask for; whoever compiles with more values may offer more.
FIELDS: Final = ("shopper.first_name", "shopper.name", "shop.name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What goes into one place: fixed words in `text`, or a `field` with what stands in where it is empty."""

    text: str = ""
    field: str = ""
    fallback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateUse:
    """A template as a campaign, a cart step or an update has it. category: what it was when it was saved.
    fillings: by place (`body.1`, `header.shop`, `buttons.0`)."""

    name: str
    language: str
    category: Category = ""
    fillings: Mapping[str, Filling] = field(default_factory=dict)
    header_file: File | None = None
    header_file_kind: Literal["image", "video", "document"] = "image"
    header_place: Place | None = None


@dataclass(frozen=True, slots=True)
class Compiled:
    """Ready to be sent to one shopper. used_fallbacks: the places whose field was empty."""

    template: Template
    used_fallbacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a shopper sees. media: the kind of a header that is no text. value: of a button, what it opens,
    calls, copies or sends back."""

    kind: Literal["header", "body", "footer", "button"]
    text: str = ""
    media: str = ""
    value: str = ""


def values_for(*, shopper_name: str, shop_name: str) -> dict[str, str]:
    """The fields that are known of every shopper; '' for those that are not."""
    return {
        "shopper.first_name": greeting_name(shopper_name),
        "shopper.name": shopper_name,
        "shop.name": shop_name,
    }


def check_use(
    use: TemplateUse, definition: TemplateDefinition, fields: Collection[str] = FIELDS
) -> tuple[Problem, ...]:
    """What must be mended before it is saved: whatever a shopper lacks, each place will have a value."""
    found = {(one.code, one.place): one for one in _fillings(use, definition, fields)}
    mended = {place for _, place in found}
    template = compile_template(use, definition, {}).template
    rest = problems_of(template, definition, use.category)
    return (*found.values(), *(one for one in rest if not one.place or one.place not in mended))


def compile_template(use: TemplateUse, definition: TemplateDefinition, values: Mapping[str, str]) -> Compiled:
    """The template for one shopper; `values`: of the fields. A field that is missing or empty becomes its
    fallback, and what the channel refuses in a value is taken out of a field's."""
    words: dict[str, str] = {}
    used: list[str] = []
    for place, filling in use.fillings.items():
        value = _tidy(values.get(filling.field, "")) if filling.field else filling.text
        if filling.field and not value:
            value = filling.fallback
            used.append(place)
        words[place] = value
    template = Template(
        name=definition.name,
        language=definition.language,
        variables=_variables("body", definition.variables, words, definition.is_named),
        header_variables=_variables("header", definition.header_variables, words, definition.is_named),
        header_file=use.header_file,
        header_file_kind=use.header_file_kind,
        header_place=use.header_place,
        buttons=tuple(_buttons(definition, words)),
        category=definition.category,
    )
    known = [place for place in _takes(definition) if place in used]
    return Compiled(template, tuple(known))


def preview(definition: TemplateDefinition, template: Template) -> tuple[Part, ...]:
    """Header, body, footer and buttons as the shopper will see them."""
    parts = []
    if definition.header_kind == "text":
        header = filled(definition.header, _values(template.header_variables, definition.header_variables))
        parts.append(Part(kind="header", text=header))
    elif definition.header_kind:
        parts.append(Part(kind="header", media=definition.header_kind, value=_shown_header(template)))
    body = filled(definition.body, _values(template.variables, definition.variables))
    parts.append(Part(kind="body", text=body))
    if definition.footer:
        parts.append(Part(kind="footer", text=definition.footer))
    given = {one.index: one.value for one in template.buttons}
    for index, button in enumerate(definition.buttons):
        value = given.get(index, "")
        if button.kind == "url":
            value = ended(button.url, value) if value else button.url
        parts.append(Part(kind="button", text=button.text, value=value or button.phone))
    return tuple(parts)


def _fillings(use: TemplateUse, definition: TemplateDefinition, fields: Collection[str]) -> Iterator[Problem]:
    """What is wrong with the fillings alone."""
    for place in definition.places:
        if place not in use.fillings:
            yield Problem("variable_missing", place, "This place has no value: give words or a field.")
    for place, filling in use.fillings.items():
        if place not in _takes(definition):
            yield Problem("variable_unknown", place, "This template has no such place: leave it out.")
        elif not filling.field:
            continue
        elif filling.field not in fields:
            yield Problem("field_unknown", place, f"There is no such field. There are: {', '.join(fields)}.")
        elif not filling.fallback.strip():
            text = f"Not everybody has {filling.field}: say what stands in its place otherwise (`fallback`)."
            yield Problem("fallback_missing", place, text)
        else:
            yield from value_problems(place, filling.fallback)


def _takes(definition: TemplateDefinition) -> tuple[str, ...]:
    """The places that must have a value, and those that may."""
    buttons = (f"buttons.{index}" for index, one in enumerate(definition.buttons) if one.takes_value)
    return tuple(dict.fromkeys((*definition.places, *buttons)))


def _variables(
    where: str, places: tuple[str, ...], words: Mapping[str, str], is_named: bool
) -> tuple[Variable, ...]:
    return tuple(
        Variable(name=place if is_named else "", value=words.get(f"{where}.{place}", "")) for place in places
    )


def _buttons(definition: TemplateDefinition, words: Mapping[str, str]) -> Iterator[TemplateButton]:
    for index, button in enumerate(definition.buttons):
        value = words.get(f"buttons.{index}")
        if value is None:
            continue
        if button.kind in ("url", "quick_reply", "copy_code"):
            yield TemplateButton(index=index, kind=button.kind, value=value)


def _values(variables: tuple[Variable, ...], places: tuple[str, ...]) -> dict[str, str]:
    return {one.name or place: one.value for one, place in zip(variables, places, strict=False)}


def _shown_header(template: Template) -> str:
    if template.header_place is not None:
        return template.header_place.name or template.header_place.address
    return template.header_file.url if template.header_file else ""


def _tidy(value: str) -> str:
    """Names come as people write them: with line breaks, tabs, rows of spaces."""
    return " ".join(value.split())
