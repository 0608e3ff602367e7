"""`make logs`: what the functions wrote in the last minutes, as CloudWatch Logs has it."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from botocore.exceptions import BotoCoreError

from infra.local.aws import root_session
from infra.local.settings import LocalStackFailed, Settings

RECENT_S: Final = 15 * 60
FRAME: Final = ("START ", "END ", "REPORT ")  # Lambda's own lines around each call


def print_logs(settings: Settings) -> None:
    """One line per event, oldest first: time, function, what it wrote."""
    logs: Any = root_session().client("logs", endpoint_url=settings.aws_url)
    try:
        events = sorted(_recent(logs), key=lambda event: event[0])
    except BotoCoreError as error:
        raise LocalStackFailed("the local AWS does not answer: make up") from error
    for at_ms, function, message in events:
        at = datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%H:%M:%S.%f")[:-3]
        print(f"{at}  {function:15} {message}")


def _recent(logs: Any) -> Iterator[tuple[int, str, str]]:
    since_ms = int((time.time() - RECENT_S) * 1000)
    for group in logs.describe_log_groups()["logGroups"]:
        name = group["logGroupName"]
        function = name.rsplit("/", 1)[-1].removesuffix("Logs")
        for page in logs.get_paginator("filter_log_events").paginate(logGroupName=name, startTime=since_ms):
            for event in page["events"]:
                if not event["message"].startswith(FRAME):
                    yield event["timestamp"], function, event["message"].rstrip()
