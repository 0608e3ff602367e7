"""What an operator does by one command: `python -m infra.ops unreadable | replay | redrive`.

On the local stack, or with `--stage` on the one deployed to AWS.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import uuid4

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.ports import Kept, StoreBusy
from chalicelib.services.receiving.replay import Replay, pages_of
from chalicelib.settings import Settings
from functions.wiring import Wiring
from infra.local.aws import ROOT_CREDENTIALS
from infra.local.settings import read_settings
from infra.template.queues import FIFO, QUEUES

LOCAL: Final = "local"
NOBODY: Final = ("", "")
BATCH: Final = 10


class OpsFailed(Exception):
    """Says in one line what is in the way."""


class Ops:
    """One deployed stack, found by its outputs."""

    def __init__(self, stage: str) -> None:
        self.outputs = _outputs(stage)
        self.wiring = Wiring(_settings(stage, self.outputs))
        self.sqs: Any = boto3.client("sqs")

    def unreadable(self, merchant_id: str = "") -> Iterator[Kept]:
        """What could not be understood: of one merchant, or of all and of nobody."""
        for owner in self._owners(merchant_id):
            for page in pages_of(self.wiring.work.threads, *owner):
                yield from page

    def replay(self, merchant_id: str = "", reason: str = "") -> int:
        """How many were queued again."""
        replay = Replay(self.wiring.work.threads, self.wiring.outbox)
        return sum(replay(*owner, reason) for owner in self._owners(merchant_id))

    def redrive(self) -> dict[str, int]:
        """Dead letters go back to their queues; how many, by queue."""
        return {name: self._redrive(name) for name in QUEUES}

    def _owners(self, merchant_id: str) -> Iterator[tuple[str, str]]:
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

    def _redrive(self, name: str) -> int:
        """Each goes out before it is deleted: a crash in between makes a second copy, which is harmless."""
        dead, queue = self.outputs[f"{name}DeadLettersUrl"], self.outputs[f"{name}QueueUrl"]
        moved = 0
        while letters := self._letters(dead):
            for letter in letters:
                self.sqs.send_message(QueueUrl=queue, MessageBody=letter["Body"], **_order(name, letter))
                self.sqs.delete_message(QueueUrl=dead, ReceiptHandle=letter["ReceiptHandle"])
            moved += len(letters)
        return moved

    def _letters(self, dead: str) -> list[dict[str, Any]]:
        answer = self.sqs.receive_message(
            QueueUrl=dead,
            MaxNumberOfMessages=BATCH,
            MessageSystemAttributeNames=["MessageGroupId"],
            WaitTimeSeconds=1,
        )
        found: list[dict[str, Any]] = answer.get("Messages", [])
        return found


def _order(name: str, letter: Mapping[str, Any]) -> dict[str, str]:
    """The same group, and an id that the queue has not seen: it would drop the letter else."""
    if name not in FIFO:
        return {}
    return {
        "MessageGroupId": letter["Attributes"]["MessageGroupId"],
        "MessageDeduplicationId": uuid4().hex,
    }


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


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="infra.ops", description=__doc__)
    parser.add_argument("--stage", default=LOCAL, help="the stage on AWS; left out: the local stack")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, about in (
        ("unreadable", "count what could not be understood, by reason"),
        ("replay", "try it again"),
    ):
        command = commands.add_parser(name, help=about)
        command.add_argument("--merchant", default="", help="of this merchant only")
        command.add_argument("--reason", default="", help="with this reason only")
    commands.add_parser("redrive", help="put dead letters back into their queues")
    return parser.parse_args()


def main() -> None:
    chosen = _arguments()
    try:
        ops = Ops(chosen.stage)
        if chosen.command == "redrive":
            _print(ops.redrive())
        elif chosen.command == "replay":
            print(f"{ops.replay(chosen.merchant, chosen.reason):7}  queued again")
        else:
            found = Counter(kept.reason for kept in ops.unreadable(chosen.merchant))
            _print({name: n for name, n in found.most_common() if chosen.reason in ("", name)})
    except (OpsFailed, StoreBusy, BotoCoreError, ClientError) as error:
        sys.exit(f"ops: {' '.join(str(error).split())}")


def _print(counts: Mapping[str, int]) -> None:
    for name, count in counts.items():
        print(f"{count:7}  {name}")
    print(f"{sum(counts.values()):7}  in all")


if __name__ == "__main__":
    main()
