"""A webhook is taken in without the parts that only sending needs: a new process pays for what it imports."""

import subprocess
import sys
from pathlib import Path

import pytest

from integrations.registry import CHANNELS

ROOT = Path(__file__).parents[3]
TAKE_IN = """
import sys
from chalicelib.domain.events import Unsplittable
from chalicelib.ports.errors import InvalidSignature
from integrations.registry import CHANNELS, BaseUrls

channel = CHANNELS["{name}"](BaseUrls())
channel.handshake({{}}, "token")
try:
    channel.verify({{}}, b"", ["secret"])
except InvalidSignature:
    pass
try:
    channel.split(b"")
except Unsplittable:
    pass
heavy = {{"requests", "urllib3", "boto3", "botocore", "pynamodb", "chalice"}} & set(sys.modules)
others = [other for other in {others} if f"integrations.{{other}}.channel" in sys.modules]
print(sorted(heavy), others)
"""


@pytest.mark.parametrize("name", CHANNELS)
def test_a_webhook_loads_neither_http_nor_the_other_channels(name: str) -> None:
    others = [other for other in CHANNELS if other != name]
    script = TAKE_IN.format(name=name, others=others)
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[] []"
