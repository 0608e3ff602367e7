"""A platform waits while a webhook is answered, also for all that a new process has to load first."""

import json
import subprocess
import sys

import pytest

from bench import aws_stub, samples
from infra.package import PROJECT

FIXTURES = PROJECT / "tests" / "fixtures"
# For sending, for words, for the API's bodies: each costs a new process 40 to 280 ms.
UNNEEDED = {"requests", "babel", "holidays", "phonenumbers", "fastjsonschema"}
ANSWER_AND_TELL = """
import json, sys
from app import app
status = app(json.loads(sys.argv[1]), None)["statusCode"]
print(json.dumps([status, sorted(sys.modules)]))
"""


@pytest.mark.parametrize("channel", samples.ACCOUNTS)
def test_answering_a_webhook_loads_only_what_it_needs(channel: str) -> None:
    body = json.loads((FIXTURES / channel / "text.json").read_text())
    call = json.dumps(samples.lambda_event(channel, body))
    with aws_stub.over_http() as aws_url:
        done = subprocess.run(
            [sys.executable, "-c", ANSWER_AND_TELL, call],
            cwd=PROJECT,
            env=samples.environment(aws_url),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    status, loaded = json.loads(done.stdout)
    assert status == 200
    assert "pynamodb" in loaded, "the connection was read in this process"
    assert not UNNEEDED & set(loaded)
