"""SQS, KMS and S3 behind the ports. One botocore session, clients made on first use."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.ids import digest
from chalicelib.ports.errors import BodyGone, StoreBusy

if TYPE_CHECKING:
    from chalicelib.domain.work import Work

BATCH: Final = 10
BATCH_BYTES: Final = 250_000
LONGEST_DELAY_S: Final = 900
# Together they end before a function's own time does, so that it can still answer.
CONNECT_S: Final = 2
READ_S: Final = 8
ATTEMPTS: Final = 3
# As many threads as one process has at most, each with a connection of its own.
AT_ONCE: Final = 20
# Opened secrets that a process keeps at most.
REMEMBERED: Final = 1000


class Aws:
    """The session that all clients share, so that service descriptions are read once."""

    def __init__(self) -> None:
        self.session = botocore.session.get_session()
        # What is sent is made here, not given: it needs no check. botocore would write its own name and all
        # that it knows of the machine twice for each call, a sixth of what the call costs.
        self._config = Config(
            connect_timeout=CONNECT_S,
            read_timeout=READ_S,
            max_pool_connections=AT_ONCE,
            retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
            parameter_validation=False,
            user_agent="parley",
        )

    def client(self, service: str) -> Any:
        return self.session.create_client(service, config=self._config)


class SqsOutbox:
    """The Outbox on SQS. Group ids keep one shopper's events in order; correctness does not rest on it."""

    def __init__(
        self,
        aws: Aws,
        *,
        inbound_url: str,
        outbound_url: str,
        later_url: str,
        bulk_url: str,
        media_url: str,
    ) -> None:
        self._aws = aws
        self._inbound, self._outbound, self._later = inbound_url, outbound_url, later_url
        self._bulk, self._media = bulk_url, media_url

    @cached_property
    def _sqs(self) -> Any:
        return self._aws.client("sqs")

    def inbound(self, envelopes: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        """Queue what came in, ten to a call; all of them are queued when it returns."""
        entries = []
        for group, envelope in envelopes:
            body = json.dumps(envelope, sort_keys=True, separators=(",", ":"))
            said = {key: value for key, value in envelope.items() if key != "received_at"}
            entries.append(
                {
                    "MessageBody": body,
                    "MessageGroupId": digest(group),
                    "MessageDeduplicationId": digest(json.dumps(said, sort_keys=True)),
                }
            )
        self._send(self._inbound, entries)

    def dispatch(self, work: Work, *, delay_s: int = 0, attempt: str = "") -> None:
        """At once and in order, or after up to 900 s."""
        if delay_s <= 0:
            self.dispatch_all([work], attempt)
            return
        from chalicelib.domain.work import is_bulk

        entry = {"MessageBody": _body(work), "DelaySeconds": min(delay_s, LONGEST_DELAY_S)}
        self._send(self._bulk if is_bulk(work) else self._later, [entry])

    def dispatch_all(self, works: Sequence[Work], attempt: str) -> None:
        """Sends in order of their shopper; everything else needs no order. Files, which take long, go a way
        of their own, and so do campaigns, which are many."""
        # webhooks load this module, and queue no work
        from chalicelib.domain.work import FetchFiles, Send, is_bulk

        bulk = [work for work in works if is_bulk(work)]
        works = [work for work in works if not is_bulk(work)]

        in_order = [
            {
                "MessageBody": _body(work),
                "MessageGroupId": digest(work.group),
                "MessageDeduplicationId": digest(work.ref.merchant_id, work.ref.reference, attempt),
            }
            for work in works
            if isinstance(work, Send)
        ]
        self._send(self._outbound, in_order)
        self._send(self._bulk, [{"MessageBody": _body(work)} for work in bulk])
        files = [{"MessageBody": _body(work)} for work in works if isinstance(work, FetchFiles)]
        self._send(self._media, files)
        others = [work for work in works if not isinstance(work, Send | FetchFiles)]
        self._send(self._later, [{"MessageBody": _body(work)} for work in others])

    def depths(self) -> dict[str, int]:
        """About how many messages wait, by queue; those that somebody is working on are counted too."""
        counted = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        urls = {
            "inbound": self._inbound,
            "outbound": self._outbound,
            "later": self._later,
            "bulk": self._bulk,
            "media": self._media,
        }
        found: dict[str, int] = {}
        for name, url in urls.items():
            try:
                answer = self._sqs.get_queue_attributes(QueueUrl=url, AttributeNames=counted)
            except (ClientError, BotoCoreError) as error:
                raise StoreBusy(type(error).__name__) from error
            found[name] = sum(int(answer["Attributes"][one]) for one in counted)
        return found

    def _send(self, url: str, entries: Sequence[dict[str, Any]]) -> None:
        for batch in _batches(entries):
            numbered = [{"Id": str(n), **entry} for n, entry in enumerate(batch)]
            try:
                answer = self._sqs.send_message_batch(QueueUrl=url, Entries=numbered)
            except (ClientError, BotoCoreError) as error:
                raise StoreBusy(type(error).__name__) from error
            if answer.get("Failed"):
                raise StoreBusy(f"{len(answer['Failed'])} of {len(batch)} not queued")


def _batches(entries: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """One call takes ten messages and 256 KB in all."""
    batch: list[dict[str, Any]] = []
    size = 0
    for entry in entries:
        length = len(entry["MessageBody"])
        if batch and (len(batch) == BATCH or size + length > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += length
    if batch:
        yield batch


class KmsVault:
    """Secrets encrypted by KMS for one owner, who is in the encryption context: no other opens them.

    What was opened is remembered by its sealed text, which must be read first: to destroy that is enough.
    """

    def __init__(self, aws: Aws, key_id: str) -> None:
        self._aws, self._key_id = aws, key_id
        self._opened: dict[tuple[str, str], dict[str, Any]] = {}

    @cached_property
    def _kms(self) -> Any:
        return self._aws.client("kms")

    def seal(self, owner: str, secrets: Mapping[str, Any]) -> str:
        """KMS takes 4096 bytes; the schemas of what is sealed keep below that."""
        try:
            answer = self._kms.encrypt(
                KeyId=self._key_id,
                Plaintext=json.dumps(secrets).encode(),
                EncryptionContext={"owner": owner},
            )
        except (ClientError, BotoCoreError) as error:
            raise StoreBusy(type(error).__name__) from error
        return b64encode(answer["CiphertextBlob"]).decode()

    def unseal(self, owner: str, sealed: str) -> dict[str, Any]:
        opened = self._opened.get((owner, sealed))
        if opened is None:
            opened = self._open(owner, sealed)
            if len(self._opened) >= REMEMBERED:
                self._opened.clear()
            self._opened[owner, sealed] = opened
        return opened

    def _open(self, owner: str, sealed: str) -> dict[str, Any]:
        try:
            answer = self._kms.decrypt(
                KeyId=self._key_id,
                CiphertextBlob=b64decode(sealed),
                EncryptionContext={"owner": owner},
            )
        except (ClientError, BotoCoreError) as error:
            raise StoreBusy(type(error).__name__) from error
        opened: dict[str, Any] = json.loads(answer["Plaintext"])
        return opened


class S3Bodies:
    """The BodyStore on S3. The same body has the same key, so a second delivery is one object."""

    def __init__(self, aws: Aws, bucket: str) -> None:
        self._aws, self._bucket = aws, bucket

    @cached_property
    def _s3(self) -> Any:
        return self._aws.client("s3")

    def keep(self, connection_id: str, body: bytes, at: datetime) -> str:
        key = f"bodies/{connection_id or 'shared'}/{sha256(body).hexdigest()}"
        self.replace(key, body)
        return key

    def replace(self, key: str, body: bytes) -> None:
        try:
            self._s3.put_object(Bucket=self._bucket, Key=key, Body=body)
        except (ClientError, BotoCoreError) as error:
            raise StoreBusy(type(error).__name__) from error

    def kept(self, connection_id: str, *, after: str = "", limit: int = 100) -> list[str]:
        folder = {"Bucket": self._bucket, "Prefix": f"bodies/{connection_id}/", "MaxKeys": limit}
        try:
            listed = self._s3.list_objects_v2(**folder, **({"StartAfter": after} if after else {}))
        except (ClientError, BotoCoreError) as error:
            raise StoreBusy(type(error).__name__) from error
        return [str(one["Key"]) for one in listed.get("Contents", [])]

    def forget(self, key: str) -> None:
        try:
            self._s3.delete_object(Bucket=self._bucket, Key=key)
        except (ClientError, BotoCoreError) as error:
            raise StoreBusy(type(error).__name__) from error

    def body(self, key: str) -> bytes:
        try:
            read: bytes = self._s3.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        except self._s3.exceptions.NoSuchKey as error:
            raise BodyGone from error
        except (ClientError, BotoCoreError) as error:
            raise StoreBusy(type(error).__name__) from error
        return read


def _body(work: Work) -> str:
    from chalicelib.domain.work import work_to_json

    return json.dumps(work_to_json(work), sort_keys=True)
