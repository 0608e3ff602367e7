"""Dead letters go back to where they failed, once what made them fail is mended."""

from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import uuid4

from infra.template.queues import FIFO, QUEUES

BATCH: Final = 10
# As `GET /health` calls the queues, and as the template does.
NAMES: Final = {name.lower(): name for name in QUEUES}


class Redrive:
    """urls: of the queues and of their dead letters, by the outputs' names."""

    def __init__(self, sqs: Any, urls: Mapping[str, str]) -> None:
        self._sqs, self._urls = sqs, urls

    def __call__(self, queues: Iterable[str]) -> dict[str, int]:
        """How many were put back, by queue."""
        return {name: self._move(NAMES[name]) for name in queues}

    def waiting(self, queues: Iterable[str]) -> dict[str, int]:
        """About how many would be; those that another run has in hand are not counted."""
        return {name: self._depth(NAMES[name]) for name in queues}

    def _move(self, name: str) -> int:
        """Each goes out before it is deleted: killed in between, a second copy goes out by the next run, and
        what has been done is not done again. Taken and not sent, it is back after half a minute."""
        dead, queue = self._urls[f"{name}DeadLettersUrl"], self._urls[f"{name}QueueUrl"]
        moved = 0
        while letters := self._letters(dead):
            for letter in letters:
                self._sqs.send_message(QueueUrl=queue, MessageBody=letter["Body"], **_order(name, letter))
                self._sqs.delete_message(QueueUrl=dead, ReceiptHandle=letter["ReceiptHandle"])
            moved += len(letters)
        return moved

    def _letters(self, dead: str) -> list[dict[str, Any]]:
        answer = self._sqs.receive_message(
            QueueUrl=dead,
            MaxNumberOfMessages=BATCH,
            MessageSystemAttributeNames=["MessageGroupId"],
            WaitTimeSeconds=1,
        )
        found: list[dict[str, Any]] = answer.get("Messages", [])
        return found

    def _depth(self, name: str) -> int:
        counted = "ApproximateNumberOfMessages"
        url = self._urls[f"{name}DeadLettersUrl"]
        answer = self._sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[counted])
        return int(answer["Attributes"][counted])


def _order(name: str, letter: Mapping[str, Any]) -> dict[str, str]:
    """The same group, and an id that the queue has not seen: it would drop the letter else."""
    if name not in FIFO:
        return {}
    return {
        "MessageGroupId": letter["Attributes"]["MessageGroupId"],
        "MessageDeduplicationId": uuid4().hex,
    }
