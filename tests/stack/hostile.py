"""Bodies that no platform sends, made from those that they do send: cut, mistyped, huge, deep, not JSON.

The same seed makes the same bodies. Each names the accounts of the stack under test; ids and words are its
own, so that what became of it can be found.
"""

import copy
import gzip
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote_plus

FIXTURES: Final = Path(__file__).parents[1] / "fixtures"
FORM: Final = "application/x-www-form-urlencoded"
SHOPPERS: Final = 20
MEGABYTE: Final = 1_000_000
DEEP: Final = 100_000
# A large body costs a hundred small ones: so many of a hundred are large.
LARGE_IN_100: Final = 3

Path_ = tuple[Any, ...]
# Keys that hold what names a message, a shopper, a moment and, last, a shopper's words.
_MESSAGE_KEYS: Final = frozenset({"mid", "mids", "message_id", "update_id", "biz_opaque_callback_data"})
_PERSON_KEYS: Final = frozenset(
    {"from", "to", "wa_id", "recipient_id", "user_id", "from_user_id", "to_user_id", "recipient_user_id"}
)
_TIME_KEYS: Final = frozenset({"timestamp", "time", "date", "watermark", "edit_date"})
_SAID: Final = {
    "whatsapp": re.compile(r".*/(messages|message_echoes)/\d+/(text/body|\w+/caption|button/text)"),
    "messenger": re.compile(r".*/messaging/\d+/(message/text|postback/title)"),
    "instagram": re.compile(r".*/messaging/\d+/(message/text|postback/title)"),
    "telegram": re.compile(r"/message/(text|caption)"),
}


@dataclass(frozen=True)
class Hostile:
    """One body, and what was done to it."""

    name: str
    body: bytes
    content_type: str = "application/json"


@dataclass(frozen=True)
class Names:
    """What the fixtures call the shop, and what it is called on the stack."""

    known: dict[str, str]

    @classmethod
    def of(cls, channel: str, setup: dict[str, str]) -> "Names":
        if channel == "whatsapp":
            return cls({"106540352242922": setup["phone_number_id"], "102290129340398": setup["waba_id"]})
        fixture = {"messenger": "108824017345866", "instagram": "17841405309211844"}
        return cls({fixture[channel]: setup["account"]} if channel in fixture else {})


def hostile_bodies(channel: str, names: Names, count: int, now: datetime, seed: int) -> list[Hostile]:
    """`count` bodies: the nastiest of each kind first, then fixtures damaged in one place or two."""
    chance = random.Random(f"{channel}{seed}")
    fixtures = [(path.stem, json.loads(path.read_text())) for path in _fixtures(channel)]
    text = next(body for name, body in fixtures if name == "text")
    made: list[Hostile] = []

    def own(body: Any) -> Any:
        return _owned(channel, body, names, seed * 1000 + len(made), now, chance)

    for name, damage in _NASTY.items():
        content_type = FORM if name == "a form" else "application/json"
        made.append(Hostile(name, damage(own(text), chance), content_type))
    while len(made) < count:
        stem, body = fixtures[len(made) % len(fixtures)]
        is_large = len(made) % 100 < LARGE_IN_100 and "batch" not in stem
        name, raw = _damaged(own(body), len(made), is_large, chance)
        made.append(Hostile(f"{stem}: {name}", raw))
    return made[:count]


def said_in(channel: str, body: bytes) -> list[str]:
    """The marks of the shopper's words that a JSON parser still finds where words belong."""
    try:
        loaded = json.loads(body)
    except (ValueError, RecursionError):
        return []
    leaves = {"/" + "/".join(map(str, path)): value for path, value in _leaves(loaded)}
    words = [str(value) for path, value in leaves.items() if _SAID[channel].fullmatch(path)]
    return [mark for word in words for mark in re.findall(r"~\w+~", word)]


def _fixtures(channel: str) -> list[Path]:
    return sorted((FIXTURES / channel).glob("*.json"))


def _owned(channel: str, body: Any, names: Names, n: int, now: datetime, chance: random.Random) -> Any:
    """The fixture as if it had been sent now: ids and words of its own, the stack's accounts, a shopper of a
    few."""
    body = copy.deepcopy(body)
    at = int(now.timestamp()) - (chance.choice((5, 3600, 90_000)))
    for path, value in list(_leaves(body)):
        place = "/" + "/".join(map(str, path))
        _put(body, path, _own_leaf(path, place, value, names, n, at, channel))
    return body


def _own_leaf(path: Path_, place: str, value: Any, names: Names, n: int, at: int, channel: str) -> Any:
    key = next(part for part in reversed(path) if isinstance(part, str))
    if str(value) in names.known:
        return names.known[str(value)]
    if key in _TIME_KEYS and str(value).isdigit():
        moment = at * 1000 if len(str(value)) == 13 else at
        return str(moment) if isinstance(value, str) else moment
    if key in _MESSAGE_KEYS or re.search(r"(messages|statuses|echoes|context)(/\d+)?/id$", place):
        return value * 1_000_000 + n if isinstance(value, int) else f"{value}.{n}"
    if key in _PERSON_KEYS or re.search(r"(sender|recipient|chat|from|user)/id$", place):
        return _shopper(value, n % SHOPPERS)
    return f"{value} ~{channel}{n}~" if _SAID[channel].fullmatch(place) else value


def _shopper(value: Any, number: int) -> Any:
    if isinstance(value, int):
        return value - value % 100 + number
    return f"{value[:-2]}{number:02d}" if isinstance(value, str) and value[-2:].isdigit() else value


# What a value is replaced by: each JSON type, and the extremes of each. `n` makes it unique, in case it is an
# id.
_VALUES: Final[dict[str, Callable[[int], str]]] = {
    "null": lambda n: "null",
    "true": lambda n: "true",
    "a number": lambda n: str(1_000 + n),
    "a negative number": lambda n: str(-1_000 - n),
    "a fraction": lambda n: f"{n}.5",
    "past 64 bits": lambda n: str(2**64 + n),
    "forty digits": lambda n: str(10**40 + n),
    "a huge float": lambda n: "1.5e300",
    "an infinite float": lambda n: "1e999",
    "NaN": lambda n: "NaN",
    "-Infinity": lambda n: "-Infinity",
    "five thousand digits": lambda n: "9" * 5000,
    "a text": lambda n: f'"x{n}"',
    "an empty text": lambda n: '""',
    "NUL": lambda n: f'"\\u0000 {n} \\u0000"',
    "half a character": lambda n: f'"\\ud800 {n}"',
    "right to left": lambda n: f'"\\u202e\\u05e9\\u05dc\\u05d5\\u05dd {n}"',
    "key characters": lambda n: f'"#{n}/..?a=b&c%00\\\\"',
    "five hundred wide characters": lambda n: json.dumps(f"{n} " + "\U0001f499" * 500),
    "a digit string": lambda n: f'"{n}99999999999999999"',
    "an empty list": lambda n: "[]",
    "a list": lambda n: f"[{n}, null]",
    "an empty object": lambda n: "{}",
    "an object": lambda n: f'{{"a": {n}, "id": "y{n}"}}',
    "fifty deep": lambda n: "[" * 50 + "]" * 50,
    "two hundred deep": lambda n: "[" * 200 + "]" * 200,
}
_LARGE_VALUES: Final[dict[str, Callable[[int], str]]] = {
    "a megabyte of text": lambda n: json.dumps("ä" * (MEGABYTE // 6)),
    "a hundred thousand deep": lambda n: "[" * DEEP + "]" * DEEP,
    "a thousand items": lambda n: json.dumps([{"id": f"i{n}.{i}"} for i in range(1000)]),
}


def _damaged(body: Any, n: int, is_large: bool, chance: random.Random) -> tuple[str, bytes]:
    """The body with one kind of damage, and what it was."""
    if is_large and chance.random() < 0.5:
        return _thousandfold(body, chance)
    if is_large:
        return _mistyped(body, n, _LARGE_VALUES, chance)
    kind = chance.choices(
        ("value", "twice", "removed", "renamed", "cut", "bytes", "frame"), (50, 10, 14, 4, 8, 8, 6)
    )[0]
    if kind in ("value", "twice"):
        return _mistyped(body, n, _VALUES, chance, 2 if kind == "twice" else 1)
    if kind in ("removed", "renamed"):
        return _without(body, kind == "renamed", chance)
    raw = json.dumps(body).encode()
    if kind == "cut":
        at = chance.randrange(len(raw))
        return f"cut at {at}", raw[:at]
    if kind == "bytes":
        at = chance.randrange(len(raw))
        bad = chance.choice((b"\xff", b"\xc3", b"\xed\xa0\x80", b"\x00", b"\xf0\x9f\x92"))
        return f"{bad.hex()} at {at}", raw[:at] + bad + raw[at:]
    name = chance.choice(tuple(_FRAMES))
    return name, _FRAMES[name](raw)


_FRAMES: Final[dict[str, Callable[[bytes], bytes]]] = {
    "a byte order mark": lambda raw: b"\xef\xbb\xbf" + raw,
    "UTF-16": lambda raw: raw.decode().encode("utf-16"),
    "zipped": lambda raw: gzip.compress(raw, mtime=0),
    "more behind it": lambda raw: raw + b"}",
    "twice": lambda raw: raw + raw,
    "in a list": lambda raw: b"[" + raw + b"]",
    "as a text": lambda raw: json.dumps(raw.decode()).encode(),
    "single quotes": lambda raw: raw.replace(b'"', b"'"),
    "spaces around": lambda raw: b" \r\n\t" + raw + b"\n\n",
}


def _mistyped(
    body: Any, n: int, values: dict[str, Callable[[int], str]], chance: random.Random, times: int = 1
) -> tuple[str, bytes]:
    """Some value replaced by one of another type or size; written as text, so that NaN and depth get in."""
    done, put = [], {}
    for turn in range(times):
        path = chance.choice([path for path, _ in _places(body)])
        what = chance.choice(tuple(values))
        _put(body, path, f"@@{turn}@@")
        put[f'"@@{turn}@@"'] = values[what](n)
        done.append(f"{'.'.join(map(str, path))} is {what}")
    text = json.dumps(body)
    for place, value in put.items():
        text = text.replace(place, value)
    return " and ".join(done), text.encode()


def _thousandfold(body: Any, chance: random.Random) -> tuple[str, bytes]:
    """A list a thousand times as long."""
    lists = [(path, value) for path, value in _places(body) if isinstance(value, list) and value]
    if not lists:
        return _mistyped(body, 0, _LARGE_VALUES, chance)
    path, value = chance.choice(lists)
    _put(body, path, value * (1000 // len(value)))
    return f"{'.'.join(map(str, path))} a thousand long", json.dumps(body).encode()


def _without(body: Any, renames: bool, chance: random.Random) -> tuple[str, bytes]:
    path = chance.choice([path for path, _ in _places(body)])
    parent = body
    for part in path[:-1]:
        parent = parent[part]
    gone = parent.pop(path[-1])
    if renames and isinstance(parent, dict):
        parent[f"{path[-1]}_of_tomorrow"] = gone
    return f"{'.'.join(map(str, path))} {'renamed' if renames else 'removed'}", json.dumps(body).encode()


def _doubled_key(body: Any) -> bytes:
    """The last key of the body comes twice, with other words the first time."""
    key, value = list(body.items())[-1]
    first = re.sub(r"(~\w+)~", r"\1first~", json.dumps(value, ensure_ascii=False))
    rest = json.dumps(body, ensure_ascii=False)
    return f"{{{json.dumps(key)}: {first}, {rest[1:]}".encode()


def _padded(body: Any, size: int) -> bytes:
    return json.dumps(body | {"padding": "x" * size}).encode()


def _long_text(body: Any, size: int) -> bytes:
    """The shopper's words themselves are that long."""
    text = json.dumps(body, ensure_ascii=False)
    return re.sub(r"(~\w+~)", lambda found: found[0] + " ж" * (size // 3), text, count=1).encode()


_NASTY: Final[dict[str, Callable[[Any, random.Random], bytes]]] = {
    "nothing": lambda body, chance: b"",
    "a space": lambda body, chance: b" ",
    "no JSON": lambda body, chance: b"<html>502 Bad Gateway</html>",
    "a form": lambda body, chance: f"payload={quote_plus(json.dumps(body))}".encode(),
    "null": lambda body, chance: b"null",
    "an empty object": lambda body, chance: b"{}",
    "an empty list": lambda body, chance: b"[]",
    "a number": lambda body, chance: b"-0",
    "three megabytes of zeros": lambda body, chance: bytes(3 * MEGABYTE),
    "three random megabytes": lambda body, chance: chance.randbytes(3 * MEGABYTE),
    "three megabytes around it": lambda body, chance: _padded(body, 3 * MEGABYTE),
    "three megabytes of words": lambda body, chance: _long_text(body, 3 * MEGABYTE),
    "words that just don't fit a queue": lambda body, chance: _long_text(body, 100_000),
    "a hundred thousand lists": lambda body, chance: b"[" * DEEP + b"]" * DEEP,
    "a hundred thousand objects": lambda body, chance: b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "a hundred thousand open lists": lambda body, chance: b"[" * DEEP,
    "a key that comes twice": lambda body, chance: _doubled_key(body),
    "every byte": lambda body, chance: bytes(range(256)),
}


def _places(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every place below the top, and what stands there."""
    if path:
        yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for part, found in inner:
        yield from _places(found, (*path, part))


def _leaves(value: Any) -> Iterator[tuple[Path_, Any]]:
    return ((path, found) for path, found in _places(value) if not isinstance(found, (dict, list)))


def _put(body: Any, path: Path_, value: Any) -> None:
    for part in path[:-1]:
        body = body[part]
    body[path[-1]] = value
