"""What a list of shoppers says, line by line; and what is told of a line that can't be taken."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.imports import Defaults, NoList, Problem, Row, import_id_for, listing, row_of

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
SAID = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)


def plus_only(text: str, country: str) -> str | None:
    """Stands for the library that reads numbers: digits after a plus, or Romanian ones."""
    if text.startswith("+") and text[1:].isdigit():
        return text[1:]
    return f"40{text[1:]}" if country == "RO" and text.startswith("07") and text.isdigit() else None


def rows(raw: bytes | str, defaults: Defaults | None = None) -> list[Row | Problem]:
    read = listing(raw.encode() if isinstance(raw, str) else raw)
    told = defaults or Defaults()
    return [row_of(read.columns, line, cells, told, plus_only, NOW) for line, cells in read.records]


ANN = Row(line=2, phone="40712345678", name="Ann")


@pytest.mark.parametrize(
    "raw",
    [
        "phone,name\n+40712345678,Ann\n",
        "Phone,NAME\r\n+40712345678,Ann\r\n",
        "phone;name\n+40712345678;Ann",
        "phone, name\n +40712345678 , Ann \n\n,\n",
        b"\xef\xbb\xbfphone,name\n+40712345678,Ann\n",
        'phone,name\n"+40712345678","Ann"\n',
        "name,phone,tags\nAnn,+40712345678,\n",
    ],
)
def test_a_list_is_read_as_shops_export_it(raw: str | bytes) -> None:
    assert rows(raw) == [ANN]


def test_lines_are_counted_as_an_editor_does() -> None:
    raw = 'phone,name\n\n"+40712345678","Ann\nfrom upstairs"\nnobody,Ben\n'
    first, second = rows(raw)
    assert isinstance(first, Row) and (first.line, first.name) == (3, "Ann\nfrom upstairs")
    assert isinstance(second, Problem) and (second.line, second.column) == (5, "phone")


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "empty"),
        (b"name\nAnn\n", "no column called phone"),
        (b"phone,nick\n+4,Ann\n", "Column 2 is none of"),
        (b"phone,phone\n+4,+4\n", "two columns called phone"),
        (b"phone,name\n+40,\xe9\n", "Line 2 is not UTF-8"),
        (b'phone,name\n+40,"Ann\n+41,Ben\n', "From line 2 on this is no CSV"),
        (b"phone\n\0\n", "zero"),
    ],
)
def test_what_is_no_list_is_refused_whole(raw: bytes, says: str) -> None:
    with pytest.raises(NoList, match=says):
        listing(raw)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"phone": ""}, "phone"),
        ({"phone": "0712345678"}, "phone"),
        ({"phone": "0712345678", "country": "Romania"}, "country"),
        ({"language": "tlh"}, "language"),
        ({"email": "ann"}, "email"),
        ({"name": "a" * 201}, "name"),
        ({"tags": "t" * 61}, "tags"),
        ({"tags": ";".join(map(str, range(51)))}, "tags"),
        ({"consent": "maybe"}, "consent"),
        ({"consent": "yes", "consent_text": "Offers"}, "consent_at"),
        ({"consent": "yes", "consent_at": "2026-01-05"}, "consent_text"),
        ({"consent": "yes", "consent_at": "yesterday", "consent_text": "Offers"}, "consent_at"),
        ({"consent": "yes", "consent_at": "2031-01-05", "consent_text": "Offers"}, "consent_at"),
        ({"consent": "no", "consent_at": "1999-01-05"}, "consent_at"),
        ({"consent": "yes", "consent_at": "0001-01-01T00:00:00+14:00", "consent_text": "O"}, "consent_at"),
    ],
)
def test_a_line_that_is_wrong_says_where_and_is_not_taken(cells: dict[str, str], column: str) -> None:
    told = {"phone": "+40712345678"} | cells
    found = row_of(tuple(told), 7, tuple(told.values()), Defaults(), plus_only, NOW)
    assert isinstance(found, Problem)
    assert (found.line, found.column) == (7, column)
    assert all(len(cell) < 4 or cell not in found.message for cell in cells.values())


def test_more_cells_than_columns_are_a_separator_that_is_not_quoted() -> None:
    [found] = rows("phone,name\n+40712345678,Ann, Ltd\n")
    assert isinstance(found, Problem) and found.column == ""


@pytest.mark.parametrize(
    ("cells", "defaults", "consent"),
    [
        ("yes,2026-01-05T09:30:00Z,Offers", Defaults(), ("given", SAID, "Offers")),
        ("YES,2026-01-05T11:30:00+02:00,Offers", Defaults(), ("given", SAID, "Offers")),
        ("yes,2026-01-05T09:30:00,", Defaults(text="Box"), ("given", SAID, "Box")),
        ("no,,", Defaults(text="Box"), ("withdrawn", None, "")),
        ("no,2026-01-05T09:30:00Z,", Defaults(), ("withdrawn", SAID, "")),
        (",,", Defaults(text="Box"), ("", None, "")),
        (",2026-01-05,Offers", Defaults(), ("", None, "")),
    ],
)
def test_a_yes_has_its_proof(
    cells: str, defaults: Defaults, consent: tuple[str, datetime | None, str]
) -> None:
    [found] = rows(f"phone,consent,consent_at,consent_text\n+40712345678,{cells}\n", defaults)
    assert isinstance(found, Row)
    assert (found.consent, found.at, found.text) == consent


def test_numbers_are_read_in_the_lines_country_else_in_the_calls() -> None:
    found = rows("phone,country\n0712345678,\n0712345678,ro\n0712345678,GB\n", Defaults(country="RO"))
    assert [isinstance(one, Row) for one in found] == [True, True, False]


def test_the_same_list_is_the_same_import_and_another_is_another() -> None:
    told = [
        import_id_for(merchant, connection, defaults, body)
        for merchant in ("mt_1", "mt_2")
        for connection in ("cn_1", "cn_2")
        for defaults in (Defaults(), Defaults(country="RO"), Defaults(text="RO"), Defaults(purpose="updates"))
        for body in ("a", "b")
    ]
    assert len(set(told)) == len(told)
    assert told[0].startswith("im_")


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=8), st.sampled_from(",;"), st.sampled_from(["\n", "\r\n"]))
def test_whatever_a_spreadsheet_writes_is_read_back(
    names: list[tuple[str, str]], separator: str, ending: str
) -> None:
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerow(["phone", "consent", "name", "proof"])
    writer.writerows([f"+4071{place:07d}", "no", *pair] for place, pair in enumerate(names))
    found = rows(text.getvalue())
    told = [(one.name, one.proof) for one in found if isinstance(one, Row)]
    assert told == [(name.strip(), proof.strip()) for name, proof in names]


@given(st.binary(max_size=300), st.timedeltas(timedelta(), timedelta(days=9000)))
def test_no_bytes_break_it(raw: bytes, age: timedelta) -> None:
    at = (NOW - age).isoformat().encode()
    for head in (b"", b"phone,consent,consent_at\n", b"phone,consent,consent_at\n+4071,no," + at + b"\n"):
        try:
            found = rows(head + raw)
        except NoList as error:
            assert str(error)
        else:
            assert all(isinstance(one, Row | Problem) for one in found)
