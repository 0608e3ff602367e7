"""The deployed stack that a command works on, found by its outputs."""

import json
import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.settings import Settings
from functions.wiring import Wiring
from infra.local.aws import ROOT_CREDENTIALS
from infra.local.settings import read_settings

LOCAL: Final = "local"
# What came for no connection that we know.
NOBODY: Final = ("", "")


class OpsFailed(Exception):
    """Says in one line what is in the way."""


class Stack:
    """One stage. Raises OpsFailed where it can't be found."""

    def __init__(self, stage: str) -> None:
        self.outputs = _outputs(stage)
        self.wiring = Wiring(_settings(stage, self.outputs))

    @cached_property
    def sqs(self) -> Any:
        return boto3.client("sqs")

    def owners(self, merchant_id: str = "") -> Iterator[tuple[str, str]]:
        """Merchants with each of their connections; of all merchants: nobody's first."""
        if not merchant_id:
            yield NOBODY
        for merchant in [merchant_id] if merchant_id else self._merchants():
            for connection in self.wiring.shops.connections(merchant):
                yield merchant, connection.connection_id

    def _merchants(self) -> Iterator[str]:
        after = ""
        while found := self.wiring.shops.merchants(after):
            yield from (merchant.merchant_id for merchant in found)
            after = found[-1].merchant_id


def api_url(stage: str) -> str:
    """Where a stage's API is reached. Raises OpsFailed where it can't be found."""
    return read_settings().api_url if stage == LOCAL else _outputs(stage)["ApiUrl"]


def _outputs(stage: str) -> dict[str, str]:
    """The stack's own account of where its parts are. For the local one the environment says where AWS is."""
    if stage == LOCAL:
        _point_to_local_aws()
    try:
        stacks = boto3.client("cloudformation").describe_stacks(StackName=f"parley-{stage}")["Stacks"]
    except (ClientError, BotoCoreError) as error:
        raise OpsFailed(f"the stack parley-{stage} can't be read: {error}") from error
    return {entry["OutputKey"]: entry["OutputValue"] for entry in stacks[0]["Outputs"]}


def _point_to_local_aws() -> None:
    file = read_settings().home / "stack.json"
    if not file.exists():
        raise OpsFailed("no local stack has been started: make up, or name a --stage")
    os.environ.update(ROOT_CREDENTIALS)
    os.environ["AWS_ENDPOINT_URL"] = json.loads(file.read_text())["aws_url"]


def _settings(stage: str, outputs: Mapping[str, str]) -> Settings:
    """What the functions are told, as far as it matters here."""
    return Settings(
        stage=stage,
        version="",
        shops_table=outputs["ShopsTable"],
        threads_table=outputs["ThreadsTable"],
        due_table=outputs["DueTable"],
        bucket=outputs["MediaBucket"],
        kms_key_id=outputs["TokenKey"],
        admin_key_hash="",
        inbound_url=outputs["InboundQueueUrl"],
        outbound_url=outputs["OutboundQueueUrl"],
        later_url=outputs["LaterQueueUrl"],
        bulk_url=outputs["BulkQueueUrl"],
        media_url=outputs["MediaQueueUrl"],
    )
