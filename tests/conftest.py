"""One local stack for all tests here: on free ports, in a folder of its own, gone when the last test ends."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from infra.local.aws import root_session
from infra.local.parts import free_ports
from infra.package import PROJECT
from tests.redaction import assert_nothing_is_told

# A message that failed comes back after this, not after three minutes.
VISIBILITY_TIMEOUT_S = 35
API_KEY = re.compile(r'"api_key": ?"([^"]+)"')


@dataclass
class Stack:
    """Parley, deployed here, and the platforms around it."""

    home: Path
    environment: dict[str, str]
    keys: set[str] = field(default_factory=set)  # every API key that was handed out

    def command(self, name: str) -> str:
        """`make up`, `make down` or `make reset`; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "infra.local", name],
            cwd=PROJECT,
            env=os.environ | self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def about(self) -> dict[str, Any]:
        """stack.json, as it is now."""
        return json.loads((self.home / "stack.json").read_text())

    @property
    def api_url(self) -> str:
        return str(self.about["api_url"])

    @property
    def sandbox_url(self) -> str:
        return str(self.about["sandbox_url"])

    @property
    def admin_key(self) -> str:
        return str(self.about["admin_key"])

    @property
    def merchant_id(self) -> str:
        return str(self.about["merchant_id"])

    @property
    def api_key(self) -> str:
        return str(self.about["api_key"])

    def client(self, service: str) -> Any:
        """A boto3 client of the local AWS, which may do anything."""
        return root_session().client(service, endpoint_url=self.about["aws_url"])

    def call(self, method: str, path: str, key: str | None = None, **given: Any) -> requests.Response:
        """The API as the sample shop, or as whoever holds `key`."""
        headers = {"Authorization": f"Bearer {self.api_key if key is None else key}"}
        headers |= given.pop("headers", {})
        answer = requests.request(method, self.api_url + path, headers=headers, timeout=60, **given)
        self.keys |= set(API_KEY.findall(answer.text))
        return answer

    def control(self, method: str, path: str, **given: Any) -> Any:
        """The sandbox's control API; its answer's JSON."""
        answer = requests.request(method, f"{self.sandbox_url}/control/{path}", timeout=300, **given)
        assert answer.ok, f"{method} /control/{path}: {answer.status_code} {answer.text}"
        return answer.json()


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    home = tmp_path_factory.mktemp("stack")
    ports = dict(zip(("PARLEY_PORT", "SANDBOX_PORT", "AWS_PORT"), map(str, free_ports(3)), strict=True))
    own = {"PARLEY_HOME": str(home), "VISIBILITY_TIMEOUT_S": str(VISIBILITY_TIMEOUT_S), **ports}
    for name in ("GRAPH_URL", "INSTAGRAM_URL", "TELEGRAM_URL", "SHOPIFY_URL", "WOOCOMMERCE_URL"):
        own[name] = ""  # the sandbox's, whatever is set around us
    stack = Stack(home, own)
    try:
        stack.command("up")
        yield stack
        assert_nothing_is_told(stack)
    finally:
        stack.command("down")
