"""A local AWS with the template's tables and queues, and nothing behind them: no function takes messages."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

import boto3

from bench import samples
from infra.local.aws import root_session, start_aws
from infra.local.parts import Part, free_ports
from infra.template import stores


@contextmanager
def running(home: Path) -> Iterator[dict[str, str]]:
    """The environment of functions on it, a WhatsApp number already connected."""
    (port,) = free_ports(1)
    url = f"http://127.0.0.1:{port}"
    aws = Part("aws", home, port)
    try:
        start_aws(aws, home / "aws")
        aws.wait_for_port()
        session = root_session()
        key: str = session.client("kms", endpoint_url=url).create_key()["KeyMetadata"]["KeyId"]
        _create_tables(session.client("dynamodb", endpoint_url=url))
        _create_queues(session.client("sqs", endpoint_url=url))
        _connect(session, url, key)
        yield samples.environment(url, key)
    finally:
        aws.stop()


def _create_tables(dynamodb: Any) -> None:
    resources = stores.build()["Resources"]
    for name in samples.TABLES.values():
        wanted = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
        properties = resources[f"{name}Table"]["Properties"]
        dynamodb.create_table(TableName=name, **{key: properties[key] for key in wanted if key in properties})


def _create_queues(sqs: Any) -> None:
    for name in samples.QUEUES.values():
        is_fifo = name.endswith(".fifo")
        attributes = {"FifoQueue": "true", "DeduplicationScope": "messageGroup"} if is_fifo else {}
        sqs.create_queue(QueueName=name, Attributes=attributes)


def _connect(session: Any, url: str, key: str) -> None:
    sealed = session.client("kms", endpoint_url=url).encrypt(
        KeyId=key,
        Plaintext=json.dumps(samples.opened("whatsapp")).encode(),
        EncryptionContext={"owner": samples.MERCHANT},
    )
    row = samples.connection_row("whatsapp")
    row["sealed"] = {"S": b64encode(sealed["CiphertextBlob"]).decode()}
    dynamodb = session.client("dynamodb", endpoint_url=url)
    for item in (row, samples.key_row()):
        dynamodb.put_item(TableName=samples.TABLES["SHOPS_TABLE"], Item=item)


@cache
def _sqs() -> Any:
    return boto3.client("sqs")


def messages(queue_url: str) -> Iterator[tuple[dict[str, Any], Callable[[], Any]]]:
    """What waits in a queue, as Lambda hands it to a function, each with what deletes it."""
    while True:
        answer = _sqs().receive_message(QueueUrl=queue_url, MessageSystemAttributeNames=["All"])
        if "Messages" not in answer:
            return
        (message,) = answer["Messages"]
        receipt = message["ReceiptHandle"]
        record = {
            "messageId": message["MessageId"],
            "receiptHandle": receipt,
            "body": message["Body"],
            "attributes": message.get("Attributes", {}),
            "messageAttributes": {},
            "eventSource": "aws:sqs",
            "eventSourceARN": f"arn:aws:sqs:::{queue_url.rpartition('/')[2]}",
            "awsRegion": samples.REGION,
        }
        yield record, partial(_sqs().delete_message, QueueUrl=queue_url, ReceiptHandle=receipt)
