"""A list of shoppers, as a shop exports it: CSV in, one row or one problem a line out."""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Final, Literal

from chalicelib.domain.consent.brought import NotProven, need_proof, told_at
from chalicelib.domain.consent.records import ConsentPurpose, State
from chalicelib.domain.ids import stable_id
from chalicelib.domain.languages import from_hint

# A synchronous call of a function takes 6 MB, and the text grows a little on its way into it.
# Source: docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
MOST_BYTES: Final = 4_000_000
MOST_ROWS: Final = 50_000
MOST_PROBLEMS: Final = 1_000
COLUMNS: Final = (
    *("phone", "name", "language", "country", "tags", "email"),
    *("consent", "consent_at", "consent_text", "proof"),
)
_YES: Final = frozenset({"yes", "y", "true", "1"})
_NO: Final = frozenset({"no", "n", "false", "0"})
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")
_COUNTRY: Final = re.compile(r"[A-Z]{2}", re.ASCII)
# As the API takes them where they are told one by one.
_LONGEST: Final[Mapping[str, int]] = {
    "phone": 64,
    "name": 200,
    "email": 254,
    "consent_text": 2000,
    "proof": 300,
}
_MOST_TAGS: Final = 50
_LONGEST_TAG: Final = 60
# As the rules of consent call it -> as the list does.
_NAMES_OF: Final = {"at": "consent_at", "text": "consent_text"}

ImportState = Literal["going", "done", "lost"]
NormalPhone = Callable[[str, str], str | None]


class NoList(ValueError):
    """The whole text can't be read as a list of shoppers; says why and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One shopper. phone: E.164 without the `+`. consent: '' where the list says nothing of it. at: when
    they said it; None where a no has no moment."""

    line: int
    phone: str
    name: str = ""
    language: str = ""
    email: str = ""
    tags: tuple[str, ...] = ()
    consent: State | Literal[""] = ""
    at: datetime | None = None
    text: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why nothing of a line was taken. column: '' for the line as a whole. It never repeats the cell."""

    line: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that can be read. records: the number of each line, the first is 1, with its cells."""

    columns: tuple[str, ...]
    records: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the call says for all rows. country: in which numbers without `+` are read. text: what those who
    said yes were shown."""

    country: str = ""
    purpose: ConsentPurpose = "marketing"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """A list that is being taken in, and how far it is. body: where it lies. at: when it was handed in; also
    of what it says without a moment. rows: of all; done: how many were looked at, of which `taken` made or
    changed a shopper, with so many `given` and `withdrawn`; kept: problems that are told, of all `refused`.
    """

    merchant_id: str
    import_id: str
    connection_id: str
    body: str
    by: str
    at: datetime
    defaults: Defaults
    rows: int
    state: ImportState = "going"
    done: int = 0
    taken: int = 0
    refused: int = 0
    given: int = 0
    withdrawn: int = 0
    kept: int = 0
    ended_at: datetime | None = None


def import_id_for(merchant_id: str, connection_id: str, defaults: Defaults, body_digest: str) -> str:
    """The same list for the same connection is one import, however often it is handed in."""
    said = (defaults.country, defaults.purpose, defaults.text)
    return stable_id("im", merchant_id, connection_id, *said, body_digest)


def listing(raw: bytes) -> Listing:
    """Read a whole list. Raises NoList."""
    text = decoded(raw)
    separator = separator_of(text)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[tuple[int, tuple[str, ...]]] = []
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((begins, tuple(cell.strip() for cell in cells)))
            begins = reader.line_num + 1
    except csv.Error:
        told = (
            f"From line {begins} on this is no CSV: look for a quotation mark that is not closed or doubled."
        )
        raise NoList(told) from None
    if not found:
        raise NoList("The list is empty: its first line names the columns.")
    return Listing(_columns(found[0][1]), tuple(found[1:]))


def decoded(raw: bytes) -> str:
    """Raises NoList for what is no UTF-8."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise NoList(f"Line {line} is not UTF-8: save the list as CSV UTF-8.") from None
    if "\0" in text:
        raise NoList("The list holds bytes of zero: save it as CSV UTF-8.")
    return text


def separator_of(text: str) -> str:
    """Comma, or semicolon where the first line with anything has more of those."""
    head = next((one for one in text.splitlines() if one.strip()), "")
    return ";" if head.count(";") > head.count(",") else ","


def _columns(cells: Sequence[str]) -> tuple[str, ...]:
    names = tuple(cell.casefold() for cell in cells)
    known = ", ".join(COLUMNS)
    for place, name in enumerate(names, 1):
        if name not in COLUMNS:
            raise NoList(f"Column {place} is none of: {known}. Rename it or take it out.")
        if names.count(name) > 1:
            raise NoList(f"There are two columns called {name}: take one out.")
    if "phone" not in names:
        raise NoList("There is no column called phone.")
    return names


def row_of(
    columns: Sequence[str],
    line: int,
    cells: Sequence[str],
    defaults: Defaults,
    normal_phone: NormalPhone,
    now: datetime,
) -> Row | Problem:
    """One line, whole or not at all. now: when the list was handed in; nothing was said later."""
    if len(cells) > len(columns):
        return Problem(
            line, "", "It has more cells than the first line: put what holds a separator in quotes."
        )
    told = dict.fromkeys(COLUMNS, "") | dict(zip(columns, cells, strict=False))
    try:
        _check_lengths(told)
        said = _said(told["consent"])
        at, text = _proof(said, told, defaults, now)
        return Row(
            line=line,
            phone=_phone(told, defaults, normal_phone),
            name=told["name"],
            language=_language(told["language"]),
            email=_email(told["email"]),
            tags=_tags(told["tags"]),
            consent=said,
            at=at,
            text=text,
            proof=told["proof"],
        )
    except _Wrong as wrong:
        return Problem(line, wrong.column, wrong.message)


class _Wrong(Exception):
    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


def _check_lengths(told: Mapping[str, str]) -> None:
    for column, longest in _LONGEST.items():
        if len(told[column]) > longest:
            raise _Wrong(column, f"It is longer than {longest} characters: shorten it.")


def _phone(told: Mapping[str, str], defaults: Defaults, normal_phone: NormalPhone) -> str:
    country = told["country"].upper() or defaults.country
    if country and not _COUNTRY.fullmatch(country):
        raise _Wrong("country", "A country is two letters, such as RO.")
    if not told["phone"]:
        raise _Wrong("phone", "There is no phone number: nobody can be written to without one.")
    phone = normal_phone(told["phone"], country)
    if phone is None:
        raise _Wrong("phone", "This is no phone number: write it with + and its country.")
    return phone


def _language(text: str) -> str:
    language = from_hint(text) if text else ""
    if text and not language:
        raise _Wrong("language", "This is no language that Parley writes: leave it empty, or write en, ro, …")
    return language


def _email(text: str) -> str:
    if text and not _EMAIL.fullmatch(text):
        raise _Wrong("email", "This is no e-mail address: mend it or leave it empty.")
    return text.casefold()


def _tags(text: str) -> tuple[str, ...]:
    tags = tuple(dict.fromkeys(one.strip() for one in text.split(";") if one.strip()))
    if len(tags) > _MOST_TAGS or any(len(one) > _LONGEST_TAG for one in tags):
        raise _Wrong("tags", f"A shopper has at most {_MOST_TAGS} tags of {_LONGEST_TAG} characters each.")
    return tags


def _said(text: str) -> State | Literal[""]:
    word = text.casefold()
    if word and word not in _YES | _NO:
        raise _Wrong("consent", "It must be yes, no or empty.")
    return ("given" if word in _YES else "withdrawn") if word else ""


def _proof(
    said: State | Literal[""], told: Mapping[str, str], defaults: Defaults, now: datetime
) -> tuple[datetime | None, str]:
    """When they said it and what they were shown; a no counts without either."""
    text = told["consent_text"] or (defaults.text if said == "given" else "")
    if not said:
        return None, ""
    try:
        if said == "given":
            need_proof(said, "import", text, bool(told["consent_at"]))
        return told_at(told["consent_at"], now) if told["consent_at"] else None, text
    except NotProven as error:
        raise _Wrong(_NAMES_OF[error.field], error.message) from None
