"""Amazon's own DynamoDB Local: stricter than the local AWS, so the storage tests run on it too.

It keeps nothing. `make test` brings the emulator (see infra/prepare_tests.py); it wants Java 17.
Source: docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.UsageNotes.html
"""

import shutil

from infra.local.parts import Part
from infra.prepare_tests import DYNAMODB


def missing() -> str:
    """Why it can't run here; empty if it can."""
    if not shutil.which("java"):
        return "Java is not installed"
    return "" if (DYNAMODB / "DynamoDBLocal.jar").exists() else "DynamoDB Local was not downloaded: make test"


def start_dynamodb_local(part: Part) -> None:
    libraries = DYNAMODB / "DynamoDBLocal_lib"
    jar = DYNAMODB / "DynamoDBLocal.jar"
    serve = ["-inMemory", "-sharedDb", "-disableTelemetry", "-port", str(part.port)]
    part.start_program(["java", f"-Djava.library.path={libraries}", "-jar", str(jar), *serve])
