"""The tables in the documentation say what the code goes by."""

from pathlib import Path

import pytest

from chalicelib.domain.meanings import EXCEPTIONS, MEANINGS
from infra.package import PROJECT
from infra.tables import main, pages


@pytest.mark.parametrize("name", pages())
def test_a_page_is_current(name: str) -> None:
    kept = (PROJECT / "docs" / name).read_text(encoding="utf-8")
    assert kept == pages()[name], "write it anew: python -m infra.tables"


def test_every_kind_has_a_line_and_says_where_a_channel_differs() -> None:
    lines = [line.split(" | ") for line in pages()["meanings.md"].splitlines() if line.startswith("| ")]
    by_kind = {kind.removeprefix("| "): cells for kind, *cells in lines}
    assert set(MEANINGS) < set(by_kind)
    assert by_kind["text"][0] == "everywhere"
    for kind, channel in EXCEPTIONS:
        assert channel.title() in by_kind[kind][0]


def test_the_command_writes_both(tmp_path: Path) -> None:
    main(tmp_path)
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == pages()
