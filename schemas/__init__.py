"""The shape of all that crosses a boundary, and one function that checks it."""

import json
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any


class Invalid(ValueError):
    """It is not of the shape: `field` says where, `message` what was wanted."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message, self.field = message, field


@cache
def schema(name: str) -> dict[str, Any]:
    """One schema, with its own definitions where it names them. KeyError when there is none."""
    file = resources.files(__name__) / f"{name}.json"
    if not name.replace("_", "").isalpha() or not file.is_file():
        raise KeyError(name)
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    definitions = found.pop("definitions", {})
    spelt_out: dict[str, Any] = _spelt_out(found, definitions)
    return spelt_out


def _spelt_out(part: Any, definitions: dict[str, Any]) -> Any:
    """A schema stands in descriptions of the API too, where its definitions would be elsewhere."""
    if isinstance(part, list):
        return [_spelt_out(one, definitions) for one in part]
    if not isinstance(part, dict):
        return part
    name = str(part.get("$ref", "")).removeprefix("#/definitions/")
    if name in definitions:
        return _spelt_out(definitions[name], definitions)
    return {key: _spelt_out(value, definitions) for key, value in part.items()}


@cache
def setups() -> tuple[str, ...]:
    """The schemas of what connects an account, one a channel."""
    files = (file.name for file in resources.files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in files if name.startswith("setup_")))


def check(name: str, data: Any) -> Any:
    """The same data when it fits the schema. Raises Invalid; the message never repeats the value."""
    import fastjsonschema

    try:
        return _checker(name)(data)
    except fastjsonschema.JsonSchemaValueException as error:
        field = ".".join([*(str(part) for part in error.path[1:]), *_missing_or_unknown(error)])
        raise Invalid(_message(error, field), field) from None


@cache
def _checker(name: str) -> Callable[[Any], Any]:
    import fastjsonschema

    compiled: Callable[[Any], Any] = fastjsonschema.compile(schema(name), detailed_exceptions=True)
    return compiled


_WANTED = {
    "type": "It must be of the type {rule}.",
    "pattern": "It is not of the form that this field has.",
    "minLength": "It must have at least {rule} characters.",
    "maxLength": "It must have at most {rule} characters.",
    "minProperties": "It must name at least one thing.",
    "maxProperties": "It may name at most {rule} things.",
    "propertyNames": "A name in it is not of the form that its names have.",
    "minItems": "It must list at least {rule}.",
    "maxItems": "It may list at most {rule}.",
    "uniqueItems": "It must not list anything twice.",
    "minimum": "It must be at least {rule}.",
    "maximum": "It must be at most {rule}.",
}


def _missing_or_unknown(error: Any) -> list[str]:
    """The field that an object lacks or should not have: the error itself names only the object."""
    if error.rule == "required":
        return [name for name in error.rule_definition if name not in error.value][:1]
    if error.rule == "additionalProperties" and error.rule_definition is False:
        known = error.definition.get("properties", {})
        return [name[:64] for name in error.value if name not in known][:1]
    return []


def _message(error: Any, field: str) -> str:
    """What was wanted, said without what was sent: it may be a token or a shopper's words."""
    if error.rule == "required":
        wanted = f"These are needed: {', '.join(error.rule_definition)}."
    elif error.rule == "enum":
        wanted = f"It must be one of: {', '.join(str(one) for one in error.rule_definition)}."
    elif error.rule == "oneOf":
        names = [name for one in error.rule_definition for name in one.get("required", ())]
        wanted = f"Just one of these is needed: {', '.join(names)}."
    elif error.rule == "additionalProperties":
        wanted = f"These fields are known: {', '.join(error.definition.get('properties', {}))}."
    else:
        wanted = _WANTED.get(error.rule, "It does not fit the rule {name}.").format(
            rule=error.rule_definition, name=error.rule
        )
    return f"{field}: {wanted}" if field else wanted
