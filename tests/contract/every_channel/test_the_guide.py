"""docs/adding-a-channel.md is true: a channel costs what it says, and no shared code stands in its way."""

import ast
import re
from collections.abc import Mapping
from dataclasses import astuple, fields
from pathlib import Path

from kit_pigeon_post import FOLDER

import schemas
from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.outcomes import REASONS
from chalicelib.ports.errors import SendError, SetupError
from chalicelib.settings import Settings
from functions.wiring import Wiring
from infra.package import PROJECT
from integrations.registry import CHANNELS, SHOPS, BaseUrls

GUIDE = (PROJECT / "docs" / "adding-a-channel.md").read_text(encoding="utf-8")
# Tables of the domain that say where a channel differs: a new one is as most.
TABLES = ("chalicelib/domain/meanings.py", "chalicelib/domain/promise/response_time.py")


def test_shared_code_names_no_channel() -> None:
    quoted = re.compile("|".join(f"[\"']{name}[\"']" for name in CHANNELS))
    shared = [
        path.relative_to(PROJECT).as_posix()
        for folder in ("chalicelib", "functions", "schemas")
        for path in (PROJECT / folder).rglob("*.py")
    ]
    assert len(shared) > 90
    found = [name for name in shared if quoted.search((PROJECT / name).read_text(encoding="utf-8"))]
    assert sorted(found) == sorted(TABLES)


def test_every_kind_of_the_registry_has_a_schema_and_the_reverse() -> None:
    assert set(schemas.setups()) == {f"setup_{name}" for name in (*CHANNELS, *SHOPS)}


class Bare(Wiring):
    """Of the wiring, what needs no tables."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.settings = Settings.read(env)


class Environment(dict[str, str]):
    """Has whatever is asked for."""

    def __missing__(self, name: str) -> str:
        return ""


def test_where_a_platform_is_can_be_set_by_its_name() -> None:
    assert Bare(Environment()).base_urls == BaseUrls()
    names = [one.name for one in fields(BaseUrls)]
    moved = Environment({f"{name.upper()}_URL": f"http://{name}/" for name in names})
    assert list(astuple(Bare(moved).base_urls)) == [f"http://{name}" for name in names]


def test_the_guide_names_every_method_error_reason_and_capability() -> None:
    source = ast.parse((PROJECT / "chalicelib" / "ports" / "channel.py").read_text(encoding="utf-8"))
    (port,) = (one for one in source.body if isinstance(one, ast.ClassDef) and one.name == "Channel")
    methods = [one.name for one in port.body if isinstance(one, ast.FunctionDef)]
    ours = (*SendError.__subclasses__(), *SetupError.__subclasses__())
    errors = [one.__name__ for one in ours if one.__module__ == SendError.__module__]
    wanted = [*methods, *errors, *REASONS, *(one.name for one in fields(Capabilities))]
    assert len(wanted) > 50
    assert [one for one in wanted if f"`{one}`" not in GUIDE] == []


def test_the_guide_names_no_file_that_is_not_there() -> None:
    named = re.findall(r"`((?:chalicelib|functions|integrations|schemas|tests|infra|docs)/[\w./]+)`", GUIDE)
    assert named
    assert [one for one in named if not (PROJECT / one).exists()] == []


def lines_of(paths: list[Path]) -> int:
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)


def test_the_guide_says_what_a_channel_costs() -> None:
    code, bodies = list(FOLDER.glob("*.py")), list((FOLDER / "fixtures").glob("*.json"))
    kit = lines_of([FOLDER.parent / "kit_pigeon_post.py"])
    sentence = (
        f"{len(code)} files with {lines_of(code)} lines of Python, a schema of credentials, "
        f"{len(bodies)} webhook bodies and a kit of {kit} lines"
    )
    assert sentence in " ".join(GUIDE.split())
