import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.local.aws import start_aws
from infra.local.parts import Part, free_ports
from infra.package import DIST, package


@pytest.fixture(scope="session")
def dist() -> Path:
    """What `make package` makes, made."""
    package()
    return DIST


@pytest.fixture(scope="session")
def template(dist: Path) -> dict[str, Any]:
    return json.loads((dist / "template.json").read_text())


@pytest.fixture(scope="session")
def unpacked(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip in an empty folder, as Lambda unpacks it."""
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(dist / "deployment.zip") as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="session")
def aws_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A local AWS with nothing deployed."""
    home = tmp_path_factory.mktemp("aws")
    part = Part("aws", home, free_ports(1)[0])
    try:
        start_aws(part, home / "aws")
        part.wait_for_port()
        yield f"http://127.0.0.1:{part.port}"
    finally:
        part.stop()
