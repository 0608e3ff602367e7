"""Two local DynamoDBs for tests: ministack's, which is fast, and Amazon's own, which is strict."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import boto3
import pytest

from chalicelib.storage import models
from infra.dynamodb_local import is_there, running
from infra.local.aws import ROOT_CREDENTIALS, start_aws
from infra.local.parts import Part, free_ports
from infra.local.settings import REGION
from infra.template import stores

TABLES: Final = ("ShopsTable", "ThreadsTable", "DueTable")
# What the deployed table has and an emulator has no use for.
_DEPLOYED_ONLY: Final = frozenset(
    {"PointInTimeRecoverySpecification", "SSESpecification", "TimeToLiveSpecification"}
)


@contextmanager
def ministack(home: Path) -> Iterator[str]:
    """A local AWS of our own; yields its URL."""
    (port,) = free_ports(1)
    part = Part("aws", home, port)
    start_aws(part, home / "aws")
    try:
        part.wait_for_port()
        yield f"http://127.0.0.1:{port}"
    finally:
        part.stop()


@contextmanager
def dynamodb_local() -> Iterator[str]:
    """Amazon's emulator in memory; yields its URL. Skips where it is not installed; under CI it must be."""
    if not is_there():
        if os.environ.get("CI") == "true":
            pytest.fail("DynamoDB Local is missing: python -m infra.prepare_tests")
        pytest.skip("DynamoDB Local is missing: python -m infra.prepare_tests")
    with running() as url:
        yield url


def definitions() -> Mapping[str, Mapping[str, Any]]:
    """The tables as the template deploys them, without what an emulator has no use for."""
    resources = stores.build()["Resources"]
    return {
        name: {
            key: value for key, value in resources[name]["Properties"].items() if key not in _DEPLOYED_ONLY
        }
        for name in TABLES
    }


def create_tables(url: str) -> None:
    """The three tables, called as they are in the template."""
    client = client_of("dynamodb", url)
    for name, properties in definitions().items():
        client.create_table(TableName=name, **properties)


def client_of(service: str, url: str) -> Any:
    """A client that may do anything: what a test looks at, it does not look at through our own code."""
    return boto3.client(
        service,
        endpoint_url=url,
        region_name=REGION,
        aws_access_key_id=ROOT_CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=ROOT_CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
    )


@contextmanager
def bound_to(url: str) -> Iterator[None]:
    """Our stores talk to the tables at `url`, as a function does: by its environment."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ROOT_CREDENTIALS.items():
            patch.setenv(name, value)
        patch.setenv("AWS_ENDPOINT_URL", url)
        models.bind(*TABLES)
        yield
    models.bind(*TABLES)  # to whatever was around


def rows_of(client: Any, table: str) -> list[dict[str, Any]]:
    """Every row of a small table."""
    found: list[dict[str, Any]] = []
    for page in client.get_paginator("scan").paginate(TableName=table, ConsistentRead=True):
        found += page["Items"]
    return found
