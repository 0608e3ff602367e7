"""As much of GraphQL as an Admin API needs: one operation, variables, aliases, arguments and selections.

No fragments, no directives. What a value does not have can't be asked for.
Source: spec.graphql.org/October2021
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .state import Json

_TOKEN: Final = re.compile(r'\s*(?:#[^\n]*\n\s*)*([{}()\[\]:!=,$]|"(?:[^"\\]|\\.)*"|-?[0-9.]+|[A-Za-z_]\w*)')
# Lists of objects that are no pages of their own.
_FREE: Final = frozenset({"nodes", "pageInfo", "userErrors"})

Resolver = Callable[[Json], Any]


class NoSuchThing(Exception):
    """The document can't be read, or asks for what is not there."""


@dataclass(frozen=True)
class Field:
    """alias: under what it is answered. selection: None for a plain value."""

    name: str
    alias: str
    arguments: Json = field(default_factory=dict)
    selection: tuple["Field", ...] | None = None


@dataclass(frozen=True)
class Operation:
    kind: str
    name: str
    fields: tuple[Field, ...]


def read(document: str, variables: Json, types: Mapping[str, str]) -> Operation:
    """Variables stand in their places already. types: of arguments by their name, as the API declares them.
    Raises NoSuchThing, also for a variable that was declared to be of another type."""
    return _Reader(document, variables, types).operation()


def answer(fields: tuple[Field, ...], value: Any) -> Any:
    """What of a value was asked for. Raises NoSuchThing for what it does not have."""
    if isinstance(value, list):
        return [answer(fields, one) for one in value]
    if value is None:
        return None
    told: Json = {}
    for each in fields:
        if each.name not in value:
            raise NoSuchThing(f"Field '{each.name}' doesn't exist")
        found = value[each.name]
        found = found(each.arguments) if callable(found) else found
        is_object = isinstance(found, dict | list) and found != []
        if is_object and each.selection is None and not isinstance(found, list):
            raise NoSuchThing(f"Field '{each.name}' must have selections")
        told[each.alias] = found if each.selection is None else answer(each.selection, found)
    return told


def cost(fields: tuple[Field, ...]) -> int:
    """What a query is charged at most: a point for each object, of a list as many as may come.

    Source: shopify.dev/docs/api/usage/limits
    """
    return sum(_cost(each) for each in fields if each.selection is not None)


def _cost(each: Field) -> int:
    inner = cost(each.selection or ())
    if each.name in _FREE:
        return inner
    return int(each.arguments.get("first", 1)) * (1 + inner)


class _Reader:
    def __init__(self, document: str, variables: Json, types: Mapping[str, str]) -> None:
        self._tokens = _TOKEN.findall(document)
        if _TOKEN.sub("", document).strip():
            raise NoSuchThing("syntax error")
        self._at, self._variables = 0, variables
        self._types, self._declared = types, dict[str, str]()

    def operation(self) -> Operation:
        kind = self._take() if self._peek() in ("query", "mutation") else "query"
        name = "" if self._peek() in ("{", "(") else self._take()
        if self._peek() == "(":
            self._declarations()
        return Operation(kind, name, self._selection())

    def _declarations(self) -> None:
        self._expect("(")
        while self._peek() != ")":
            self._expect("$")
            name = self._take()
            self._expect(":")
            self._declared[name] = self._take()
            while self._peek() in ("!", ","):
                self._take()
        self._take()

    def _selection(self) -> tuple[Field, ...]:
        self._expect("{")
        found = []
        while self._peek() != "}":
            found.append(self._field())
        self._take()
        return tuple(found)

    def _field(self) -> Field:
        alias = name = self._take()
        if self._peek() == ":":
            self._take()
            name = self._take()
        arguments = self._arguments() if self._peek() == "(" else {}
        selection = self._selection() if self._peek() == "{" else None
        return Field(name, alias, arguments, selection)

    def _arguments(self) -> Json:
        self._expect("(")
        return self._pairs(")")

    def _pairs(self, end: str) -> Json:
        found: Json = {}
        while self._peek() != end:
            name = self._take()
            self._expect(":")
            found[name] = self._value(name)
            if self._peek() == ",":
                self._take()
        self._take()
        return found

    def _variable(self, argument: str) -> Any:
        name = self._take()
        declared, wanted = self._declared.get(name), self._types.get(argument)
        if declared is None or declared != wanted:
            raise NoSuchThing(
                f"Type mismatch on variable ${name} and argument {argument} ({declared}/{wanted})"
            )
        return self._variables.get(name)

    def _value(self, argument: str = "") -> Any:
        token = self._take()
        if token == "$":
            return self._variable(argument)
        if token == "{":
            return self._pairs("}")
        if token == "[":
            found = []
            while self._peek() != "]":
                found.append(self._value())
                if self._peek() == ",":
                    self._take()
            self._take()
            return found
        if token[0] in '"-0123456789' or token in ("true", "false", "null"):
            return json.loads(token)
        return token

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        if not token:
            raise NoSuchThing("syntax error: it ends too early")
        self._at += 1
        return token

    def _expect(self, wanted: str) -> None:
        if self._take() != wanted:
            raise NoSuchThing(f"syntax error: {wanted} is missing")
