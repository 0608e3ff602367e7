"""The zip holds all that the functions need, and nothing else."""

import ast
import re
import subprocess
import sys
import zipfile
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

from chalicelib.domain.languages import LANGUAGES
from infra import package as packaging

LAMBDA_TAKES_MB = 40


def run_isolated(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Python with the standard library and the unpacked zip, no environment and no network."""
    prelude = (
        f"import socket, sys; sys.path.insert(0, {str(folder)!r})\n"
        "def refuse(*args, **named): raise AssertionError('network at import')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
    )
    return subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-c", prelude + code],
        cwd=folder,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )


def shipped_modules() -> list[str]:
    folders = ("chalicelib", "functions", "integrations", "schemas")
    files = [path for name in folders for path in (packaging.PROJECT / name).rglob("*.py")]
    names = [path.relative_to(packaging.PROJECT).with_suffix("").parts for path in files]
    return sorted(".".join(parts).removesuffix(".__init__") for parts in names)


def imported_packages() -> set[str]:
    """Whatever our code imports anywhere, also inside a function."""
    found: set[str] = set()
    for name in packaging.SHIPPED:
        root = packaging.PROJECT / name
        for path in [root] if root.is_file() else root.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Import):
                    found |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    found.add(node.module)
    return found


def test_the_app_imports_from_the_zip_alone(unpacked: Path) -> None:
    done = run_isolated("import app; assert app.app.app_name == 'parley'", unpacked)
    assert done.returncode == 0, done.stderr


def test_every_module_and_what_it_may_ever_import_is_in_the_zip(unpacked: Path) -> None:
    names = sorted({*shipped_modules(), *imported_packages()})
    done = run_isolated(f"import importlib\nfor name in {names!r}: importlib.import_module(name)", unpacked)
    assert done.returncode == 0, done.stderr


def test_no_test_and_no_tool_is_shipped(dist: Path) -> None:
    with zipfile.ZipFile(dist / "deployment.zip") as archive:
        names = archive.namelist()
    ours = {name.split("/")[0] for name in names}
    assert {"app.py", "chalice", "chalicelib", "functions", "integrations", "schemas"} <= ours
    assert not ours & {"tests", "infra", "bench", "docs", "vendor", "pytest", "ministack", "moto"}
    assert not [name for name in names if "fixtures" in name]
    assert len(names) == len(set(names))


def test_lambda_need_not_compile_or_check_anything_at_a_cold_start(dist: Path) -> None:
    taken_as_it_is = MAGIC_NUMBER + (1).to_bytes(4, "little")  # by hash, unchecked (PEP 552)
    with zipfile.ZipFile(dist / "deployment.zip") as archive:
        modules = [name for name in archive.namelist() if name.endswith(".py")]
        compiled = {name: archive.read(cache_from_source(name)) for name in modules}
    assert len(modules) > 1000
    assert not [name for name, code in compiled.items() if not code.startswith(taken_as_it_is)]


def test_the_zip_is_small(dist: Path) -> None:
    assert (dist / "deployment.zip").stat().st_size <= LAMBDA_TAKES_MB * 1e6


def test_every_language_that_we_answer_in_is_in_the_zip(dist: Path) -> None:
    with zipfile.ZipFile(dist / "deployment.zip") as archive:
        shipped = {name for name in archive.namelist() if name.startswith("babel/locale-data/")}
    assert {f"babel/locale-data/{language}.dat" for language in LANGUAGES} <= shipped
    assert "babel/locale-data/pt_PT.dat" in shipped


def test_every_aws_service_that_we_call_is_in_the_zip() -> None:
    sources = [
        path.read_text() for name in packaging.SHIPPED for path in (packaging.PROJECT / name).rglob("*.py")
    ]
    called = {service for text in sources for service in re.findall(r'client\("(\w+)"', text)}
    assert called
    assert called <= set(packaging.AWS_SERVICES)


def test_packaging_again_changes_nothing(dist: Path, tmp_path: Path) -> None:
    assert not packaging.package()
    assert packaging.package(into=tmp_path)
    for name in ("deployment.zip", "template.json"):
        assert (tmp_path / name).read_bytes() == (dist / name).read_bytes()
