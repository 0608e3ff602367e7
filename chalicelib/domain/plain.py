"""Frozen dataclasses as the JSON that rows and queues hold, and back: by the types that their fields have."""

from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields, is_dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Made = TypeVar("Made")
_AS_TEXT = (Decimal, date)


def to_plain(one: Any) -> dict[str, Any]:
    """Without what is empty. Times in ISO 8601, amounts as text, spans in seconds."""
    lean: dict[str, Any] = _lean(asdict(one))
    return lean


def from_plain(kind: type[Made], raw: Mapping[str, Any]) -> Made:
    """Raises KeyError, TypeError or ValueError on anything but our own."""
    made: Made = _made(kind, raw)
    return made


def _lean(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: _lean(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one not in ("", None, [], {}, ())}
    if isinstance(value, list | tuple):
        return [_lean(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    return str(value) if isinstance(value, Decimal) else value


def _made(kind: Any, raw: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        inner = [one for one in get_args(kind) if one is not NoneType]
        return None if raw is None else _made(inner[0], raw)
    if origin is tuple:
        return tuple(_made(get_args(kind)[0], one) for one in raw)
    if origin is Mapping:
        return {name: _made(get_args(kind)[1], one) for name, one in raw.items()}
    if not isinstance(kind, type):
        return raw
    if issubclass(kind, timedelta):
        return timedelta(seconds=raw)
    if is_dataclass(kind):
        hints = _hints(kind)
        if not set(raw) <= set(hints):
            raise ValueError(f"unknown fields for {kind}")
        told = dict.fromkeys(_texts(kind), "") | dict(raw)
        return kind(**{name: _made(hints[name], value) for name, value in told.items()})
    if issubclass(kind, _AS_TEXT):
        return kind(raw) if issubclass(kind, Decimal) else kind.fromisoformat(raw)
    return raw


@cache
def _texts(kind: type) -> tuple[str, ...]:
    """What has to be given, and was left out for being empty."""
    hints = _hints(kind)
    return tuple(one.name for one in fields(kind) if one.default is MISSING and hints[one.name] is str)


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind)}
