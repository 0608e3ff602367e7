"""`make package`: dist/deployment.zip and dist/template.json.

Chalice makes the template and the application's part of the zip; the packages beside it are downloaded
once per requirements.txt, for Lambda's platform, and kept in .local/packages. All of it is compiled. The zip
is the same, byte for byte, when the same sources are packaged again by the same Python: a deployment of it is
"no change".
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from infra.template import build
from infra.template.syntax import Json

PROJECT: Final = Path(__file__).resolve().parents[1]
DIST: Final = PROJECT / "dist"
PACKAGES: Final = PROJECT / ".local" / "packages"
LOCK: Final = PROJECT / ".local" / "package.lock"

# Everything the package is made from; `vendor` only links to three of them.
SHIPPED: Final = ("app.py", "chalicelib", "functions", "integrations", "schemas")
TOOLS: Final = (
    ".chalice/config.json",
    "requirements.txt",
    "pyproject.toml",
    "infra/template",
    "infra/package.py",
)

# What Parley's packages carry and never read. Half of the zip, and of a cold start's unpacking.
AWS_SERVICES: Final = ("dynamodb", "kms", "s3", "sqs", "sts")
LANGUAGES: Final = (
    "ar",
    "de",
    "en",
    "es",
    "fr",
    "hi",
    "id",
    "kk",
    "pt",
    "ro",
    "ru",
    "tr",
    "uk",
    "zh",
    "root",
)
UNREAD: Final = re.compile(
    rf"bin/|.*\.dist-info/RECORD$|.*/py\.typed$|phonenumbers/geodata/"
    rf"|botocore/data/(?!({'|'.join(AWS_SERVICES)})/)[^/]+/"
    rf"|babel/locale-data/(?!({'|'.join(LANGUAGES)})[_.])|babel/locale-data/LICENSE"
)
EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip can hold
# Not checked against the sources, which never change once they are in the zip.
COMPILED: Final = ("-q", "--invalidation-mode", "unchecked-hash")
LAMBDA_UNPACKS_TO: Final = "/var/task"


class PackagingFailed(Exception):
    """Says in one line what is missing or wrong."""


def package(into: Path = DIST) -> bool:
    """Make both files unless they are up to date. True if they were made."""
    with _alone():
        return _package(into)


@contextmanager
def _alone() -> Iterator[None]:
    """Two stacks that start at once share what is made."""
    LOCK.parent.mkdir(exist_ok=True)
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _package(into: Path) -> bool:
    fingerprint = _fingerprint()
    stamp = into / "fingerprint"
    made = [into / "deployment.zip", into / "template.json"]
    if all(path.exists() for path in made) and stamp.exists() and stamp.read_text() == fingerprint:
        return False
    into.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(dir=into) as scratch:
        template, application = _run_chalice(Path(scratch), version=f"{_version()}+{fingerprint[:8]}")
        archive = Path(scratch) / "deployment.zip"
        shutil.copyfile(_packages(), archive)
        with zipfile.ZipFile(application) as source:
            source.extractall(Path(scratch) / "application")
        _add_compiled(archive, Path(scratch) / "application")
        archive.replace(made[0])
    made[1].write_text(json.dumps(template, indent=2, sort_keys=True) + "\n")
    stamp.write_text(fingerprint)
    return True


def _fingerprint() -> str:
    """Changes with any source, tool or Python version that the package is made from."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for name in (*SHIPPED, *TOOLS):
        if not (PROJECT / name).exists():
            raise PackagingFailed(f"{name} is missing from {PROJECT}")
        for path in _files(PROJECT / name):
            digest.update(f"\0{path.relative_to(PROJECT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
        return
    yield from sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def _version() -> str:
    return str(tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["version"])


def _run_chalice(scratch: Path, version: str) -> tuple[Json, Path]:
    """The merged template, and Chalice's zip of our sources without any package.

    It works on a copy: compiled files in the project would be zipped with the sources, and with no
    requirements.txt in sight Chalice downloads nothing.
    """
    project = scratch / "project"
    unread = shutil.ignore_patterns("__pycache__")
    for name in SHIPPED:
        at = project / ("vendor" if name in ("functions", "integrations", "schemas") else "") / name
        at.parent.mkdir(parents=True, exist_ok=True)
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, at, ignore=unread)
        else:
            shutil.copyfile(PROJECT / name, at)
    (project / ".chalice").mkdir()
    shutil.copyfile(PROJECT / ".chalice" / "config.json", project / ".chalice" / "config.json")
    (scratch / "merge.json").write_text(json.dumps(build(version)))
    _chalice(
        "--project-dir",
        str(project),
        "package",
        "--merge-template",
        str(scratch / "merge.json"),
        str(scratch / "out"),
    )
    template: Json = json.loads((scratch / "out" / "sam.json").read_text())
    for resource in template["Resources"].values():
        resource["Properties"].pop("Tags", None)  # Chalice's names a stage; the template is for all
    return template, scratch / "out" / "deployment.zip"


def _chalice(*arguments: str) -> None:
    """Packaging asks AWS nothing, but botocore wants a region and looks for credentials."""
    environment = os.environ | {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-c", "from chalice.cli import main; main()", *arguments]
    _run(command, "chalice package failed", environment)


def _packages() -> Path:
    """The zip of everything in requirements.txt, downloaded if these requirements are new."""
    requirements = PROJECT / "requirements.txt"
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    recipe = f"{python}\n{COMPILED}\n{UNREAD.pattern}\n{requirements.read_text()}"
    archive = PACKAGES / f"{hashlib.sha256(recipe.encode()).hexdigest()[:16]}.zip"
    if archive.exists():
        return archive
    PACKAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=PACKAGES) as scratch:
        installed = Path(scratch) / "installed"
        where = ["--target", str(installed), "--platform", "manylinux2014_x86_64", "--python-version", python]
        how = ["--quiet", "--no-compile", "--only-binary=:all:", "--implementation", "cp"]
        command = [sys.executable, "-m", "pip", "install", *how, *where, "-r", str(requirements)]
        _run(command, "could not download the packages of requirements.txt")
        made = Path(scratch) / "packages.zip"
        _add_compiled(made, installed)
        made.replace(archive)
    return archive


def _add_compiled(archive: Path, folder: Path) -> None:
    """Add what a folder holds, and its bytecode: where Lambda unpacks it nothing can be written, so that each
    new process would compile all that it imports, which takes longer than everything else it does then."""
    paths = ["-s", str(folder), "-p", LAMBDA_UNPACKS_TO, str(folder)]
    command = [sys.executable, "-m", "compileall", *COMPILED, *paths]
    _run(command, "could not compile", os.environ | {"PYTHONHASHSEED": "0"})
    with zipfile.ZipFile(archive, "a") as target:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = path.relative_to(folder).as_posix()
            if not UNREAD.match(name):
                _add(target, name, path.read_bytes())


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.external_attr = 0o644 << 16  # Lambda's user must be able to read it
    archive.writestr(entry, content, zipfile.ZIP_DEFLATED)


def _run(command: list[str], complaint: str, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise PackagingFailed(f"{complaint}: {lines[-1].strip() if lines else 'it said nothing'}")


def main() -> None:
    try:
        made = package()
    except PackagingFailed as error:
        sys.exit(f"package: {error}")
    size_mb = (DIST / "deployment.zip").stat().st_size / 1e6
    state = "made" if made else "are up to date"
    print(f"dist/deployment.zip ({size_mb:.1f} MB) and dist/template.json {state}")


if __name__ == "__main__":
    main()
