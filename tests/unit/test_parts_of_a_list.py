"""A large list is cut between its lines, and each part still says which lines of the file it holds."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.imports import NoList, listing
from infra.ops.shoppers import parts

NAMES = st.lists(st.text(st.sampled_from('aé,\n"\u2028'), max_size=8), min_size=1, max_size=12)


def written(names: list[str], ending: str) -> bytes:
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerows([("phone", "name"), *((f"+{place}", name) for place, name in enumerate(names))])
    return text.getvalue().encode("utf-8-sig")


@given(NAMES, st.sampled_from(["\n", "\r\n"]), st.integers(1, 5), st.integers(1, 60))
def test_the_parts_together_are_the_list(names: list[str], ending: str, rows: int, size: int) -> None:
    raw = written(names, ending)
    found = parts(raw, rows, size)
    assert all(one.rows <= rows for one in found)
    together = [
        (line + one.shift, cells) for one in found for line, cells in listing(one.csv.encode()).records
    ]
    assert together == list(listing(raw).records)
    assert sum(one.rows for one in found) == len(names)


def test_the_same_file_is_cut_the_same_way_each_time() -> None:
    raw = written([str(number) for number in range(100)], "\n")
    assert parts(raw, rows=7) == parts(raw, rows=7)
    assert [one.rows for one in parts(raw, rows=40)] == [40, 40, 20]


def test_nobody_below_the_first_line_is_no_list() -> None:
    with pytest.raises(NoList, match="no shoppers"):
        parts(b"phone,name\n")
