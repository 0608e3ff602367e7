"""A list of shoppers, however large, handed to the API in parts; each line's trouble told by its line there.

A part is known by what it holds: run again after any stop, those that are done answer at once and nothing is
doubled.
"""

import time
from dataclasses import dataclass
from io import StringIO
from typing import Any, Final, TextIO
from urllib.parse import urlsplit

import requests

from chalicelib.domain.imports import MOST_BYTES, NoList, decoded, listing
from infra.ops.stack import OpsFailed

PART_ROWS: Final = 10_000
# In JSON's own spelling a part is a little larger.
PART_BYTES: Final = MOST_BYTES * 3 // 4
_TRIES: Final = 6
_PATIENCE_S: Final = 600.0
_LOOKS_EVERY_S: Final = 1.0
_WIDTH: Final = 30


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines below the first line. shift: what its line numbers lack to be the file's."""

    csv: str
    rows: int
    shift: int


@dataclass(frozen=True, slots=True)
class Whither:
    """The API, a merchant's key for it, and what is said of the list besides."""

    url: str
    key: str
    asked: dict[str, Any]


@dataclass(slots=True)
class Account:
    """What became of the list."""

    taken: int = 0
    refused: int = 0
    given: int = 0
    withdrawn: int = 0
    left_out: int = 0


def parts(raw: bytes, rows: int = PART_ROWS, size: int = PART_BYTES) -> list[Part]:
    """As the lines stand in the file, each part below the file's first line. Raises NoList."""
    begins = [number for number, _ in listing(raw).records]
    if not begins:
        raise NoList("The list has no shoppers: there is nothing below its first line.")
    lines = list(StringIO(decoded(raw), newline=""))
    above = begins[0] - 1
    head, found, some = "".join(lines[:above]), list[Part](), list[str]()
    first, length = begins[0], 0
    for number, end in zip(begins, [*begins[1:], len(lines) + 1], strict=True):
        text = "".join(lines[number - 1 : end - 1])
        if some and (len(some) == rows or length + len(text.encode()) > size):
            found.append(Part(head + "".join(some), len(some), first - above - 1))
            first, length, some = number, 0, []
        some.append(text)
        length += len(text.encode())
    return [*found, Part(head + "".join(some), len(some), first - above - 1)]


class ImportList:
    """say: where lines that were refused go. bar: where progress is shown."""

    def __init__(self, whither: Whither, say: TextIO, bar: TextIO) -> None:
        self._whither, self._say, self._bar = whither, say, bar

    def __call__(self, raw: bytes) -> Account:
        """Raises OpsFailed in plain words."""
        if urlsplit(self._whither.url).scheme not in ("http", "https"):
            raise OpsFailed("the API's address begins with https://")
        try:
            cut = parts(raw)
        except NoList as error:
            raise OpsFailed(str(error)) from None
        total, before, account = sum(one.rows for one in cut), 0, Account()
        self._show(0, total)
        for part in cut:
            self._take(part, before, total, account)
            before += part.rows
        self._bar.write("\n")
        return account

    def _take(self, part: Part, before: int, total: int, account: Account) -> None:
        body = self._whither.asked | {"csv": part.csv}
        found = self._call("POST", "/shoppers/import", body)
        waits_until = time.monotonic() + _PATIENCE_S
        done = found["done"]
        while found["state"] == "going":
            time.sleep(_LOOKS_EVERY_S)
            found = self._call("GET", f"/imports/{found['import_id']}")
            self._show(before + found["done"], total)
            if found["done"] > done:
                done, waits_until = found["done"], time.monotonic() + _PATIENCE_S
            if time.monotonic() > waits_until:
                raise OpsFailed("it does not go on: run it again, what is done stays done")
        if found["state"] == "lost":
            raise OpsFailed("the connection, or a part of the list, was gone: run it again")
        found = self._call("GET", f"/imports/{found['import_id']}")
        self._show(before + part.rows, total)
        self._tell(found, part, account)

    def _tell(self, found: dict[str, Any], part: Part, account: Account) -> None:
        account.taken += found["taken"]
        account.refused += found["refused"]
        account.given += found["consents"]["given"]
        account.withdrawn += found["consents"]["withdrawn"]
        account.left_out += found["errors_left_out"]
        for one in found["errors"]:
            print(f"line {one['line'] + part.shift}  {one['column']}  {one['message']}", file=self._say)

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Asked again while the API is busy or can't be reached."""
        url, headers = self._whither.url.rstrip("/") + path, {"Authorization": f"Bearer {self._whither.key}"}
        for again in range(_TRIES):
            if again:
                time.sleep(min(2.0**again, 20.0))
            try:
                answer = requests.request(method, url, json=body, headers=headers, timeout=60)
            except requests.RequestException:
                continue
            if answer.ok:
                found: dict[str, Any] = answer.json()
                return found
            if answer.status_code not in (429, 500, 502, 503, 504):
                raise OpsFailed(_why(answer))
        raise OpsFailed("the API does not answer: run it again, what is done stays done")

    def _show(self, done: int, total: int) -> None:
        full = _WIDTH * done // max(total, 1)
        self._bar.write(f"\r[{'#' * full}{'.' * (_WIDTH - full)}] {done} of {total}")
        self._bar.flush()


def _why(answer: requests.Response) -> str:
    try:
        return str(answer.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"the API answered with {answer.status_code}"
