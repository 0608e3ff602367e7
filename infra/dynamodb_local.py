"""Amazon's own emulator of DynamoDB, in memory: strict, and it tells what a request consumes."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from infra.local.parts import free_ports, is_listening, wait_until
from infra.prepare_tests import DYNAMODB


def is_there() -> bool:
    """Whether it can be started; `python -m infra.prepare_tests` fetches it."""
    return bool(shutil.which("java")) and (DYNAMODB / "DynamoDBLocal.jar").exists()


@contextmanager
def running() -> Iterator[str]:
    """Its URL, for as long as it is needed."""
    (port,) = free_ports(1)
    libraries = f"-Djava.library.path={DYNAMODB / 'DynamoDBLocal_lib'}"
    command = [
        "java",
        libraries,
        "-jar",
        str(DYNAMODB / "DynamoDBLocal.jar"),
        "-inMemory",
        "-port",
        str(port),
    ]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=DYNAMODB, stdin=quiet, stdout=quiet, stderr=quiet)
    try:
        wait_until(lambda: is_listening(port), 30, "DynamoDB Local does not listen")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()
