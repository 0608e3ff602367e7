"""The API keeps what its own description says, whatever it is sent."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
from shop import Account, Merchant, Shopper, open_shop

from infra.package import PROJECT

CHECKS: Final = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
# Closed to a shop's owner, or spoken to by platforms: other tests knock there.
ELSEWHERE: Final = "^/(merchants|apps|webhooks)"
# Also tried where a path does not have them.
METHODS: Final = ("PUT", "DELETE")


@pytest.mark.soak
def test_generated_requests_find_no_fault(stack: Any, tmp_path: Path) -> None:
    """As a shop's owner, at the shop's own things."""
    shop = open_shop(stack)
    account = shop.connect("telegram")
    ana = account.shopper("Ana Popescu")
    ana.writes("Hello")
    (tmp_path / "schemathesis.toml").write_text(configured(shop, account, ana))
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run", f"{stack.api_url}/openapi.json"),
        *("--phases", "coverage", "--checks", ",".join(CHECKS)),
        *("--exclude-path-regex", ELSEWHERE),
        *("--seed", "1", "--workers", "4"),
    ]
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "NO_COLOR": "1"}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=900
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]


def configured(shop: Merchant, account: Account, ana: Shopper) -> str:
    """What it can't make up: the key, and ids of things that are there."""
    thread, connection = ana.thread()["thread_id"], account.connection["connection_id"]
    lines = [
        f'headers = {{ Authorization = "Bearer {shop.key}" }}',
        f"phases.coverage.unexpected-methods = {json.dumps(METHODS)}",
    ]
    ids = {
        "/threads/{id}": thread,
        "/threads/{id}/messages": thread,
        "/threads/{id}/notes": thread,
        "/setup/{id}": connection,
    }
    for path, known in ids.items():
        lines += ["[[operations]]", f'include-path = "{path}"', f'parameters = {{ "path.id" = "{known}" }}']
    return "\n".join(lines) + "\n"
