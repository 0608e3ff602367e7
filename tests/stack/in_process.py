"""The deployed app in this process, on the stack's tables and bucket; only its queues are lists here."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

import pytest

import app
from chalicelib.domain.connections import Connection
from chalicelib.domain.ids import digest
from chalicelib.ports.channel import Channel
from functions.wiring import wired
from infra.local.aws import ROOT_CREDENTIALS

BATCH: Final = 10
QUEUES: Final = ("INBOUND", "OUTBOUND", "LATER", "BULK", "MEDIA")


def signed(connection: Connection, body: bytes) -> dict[str, str]:
    """The header by which the channel is known to be the sender."""
    secret = connection.signing_secrets[0]
    if connection.channel == "telegram":
        return {"X-Telegram-Bot-Api-Secret-Token": secret}
    made = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {"X-Hub-Signature-256": f"sha256={made}"}


@contextmanager
def parley_on(stack: Any) -> Iterator["Parley"]:
    """The app, with the environment that the stack's functions have."""
    about = stack.about
    queues = {f"{name}_QUEUE_URL": about["queues"][f"{name.title()}QueueUrl"] for name in QUEUES}
    own = {
        **ROOT_CREDENTIALS,
        **queues,
        "AWS_ENDPOINT_URL": about["aws_url"],
        "STAGE": "test",
        "SHOPS_TABLE": about["shops_table"],
        "THREADS_TABLE": about["threads_table"],
        "DUE_TABLE": about["due_table"],
        "MEDIA_BUCKET": about["media_bucket"],
        "KMS_KEY_ID": about["kms_key_id"],
        "ADMIN_KEY_HASH": "",
    }
    with pytest.MonkeyPatch.context() as environment:
        for name, value in own.items():
            environment.setenv(name, value)
        wired.cache_clear()
        queue = Queue()
        vars(wired())["outbox"] = queue
        try:
            yield Parley(queue)
        finally:
            wired.cache_clear()


class Queue:
    """The inbound queue, which drops what it has seen before. What is to be sent is only counted."""

    def __init__(self) -> None:
        self.waiting: list[Mapping[str, Any]] = []
        self.dispatched = 0
        self._seen: set[str] = set()

    def inbound(self, envelopes: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        for group, envelope in envelopes:
            said = {key: value for key, value in envelope.items() if key != "received_at"}
            name = digest(group, json.dumps(said, sort_keys=True))
            if name not in self._seen:
                self._seen.add(name)
                self.waiting.append(envelope)

    def dispatch(self, work: Any, *, delay_s: int = 0, attempt: str = "") -> None:
        self.dispatched += 1

    def dispatch_all(self, works: Sequence[Any], attempt: str) -> None:
        self.dispatched += len(works)


class Parley:
    """The app as API Gateway and SQS call it."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue

    def connection(self, connection_id: str) -> Connection:
        """With the secrets that its platform signs with."""
        found = wired().shops.connection(connection_id)
        assert found is not None
        return found

    def channel(self, name: str) -> Channel:
        return wired().channel(name)

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> int:
        """`POST /webhooks/{channel}/{connection}`: the status it is answered with."""
        _, _, channel, connection_id = path.split("/")
        resource = "/webhooks/{id}/{connection_id}"
        event = {
            "resource": resource,
            "path": path,
            "httpMethod": "POST",
            "headers": dict(headers),
            "multiValueHeaders": {},
            "multiValueQueryStringParameters": None,
            "pathParameters": {"id": channel, "connection_id": connection_id},
            "stageVariables": None,
            "requestContext": {"resourcePath": resource, "httpMethod": "POST", "path": path, "identity": {}},
            "body": base64.b64encode(body).decode(),
            "isBase64Encoded": True,
        }
        return int(app.app(event, None)["statusCode"])

    def work(self) -> list[str]:
        """Do what waits in the queue; what failed comes back."""
        failed = []
        while batch := self._queue.waiting[:BATCH]:
            del self._queue.waiting[:BATCH]
            records = [_record(number, envelope) for number, envelope in enumerate(batch)]
            answer = app.receive_inbound({"Records": records}, None)
            failed += [records[int(one["itemIdentifier"])]["body"] for one in answer["batchItemFailures"]]
        return failed


def _record(number: int, envelope: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "messageId": str(number),
        "receiptHandle": str(number),
        "body": json.dumps(envelope, sort_keys=True, separators=(",", ":")),
        "attributes": {"MessageGroupId": str(number)},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:inbound.fifo",
        "awsRegion": "us-east-1",
    }
