"""The deployed stack as the sandbox sees it: its tick and its setup endpoint, found in the stack file."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import requests

from .outward import fetch
from .state import Json

TICKS: Final = 500
PAUSE_S: Final = 0.2
TICK_FOR_S: Final = 240.0


class TickFailed(Exception):
    pass


class NotConnected(Exception):
    pass


def tick_until_nothing_is_due(stack_file: Path | None, now: Callable[[], float]) -> None:
    """Invoke the tick until it says that it dispatched nothing. Without a stack there is nothing to do."""
    about = _read(stack_file)
    if not about.get("tick_function") or not about.get("aws_url"):
        return
    function = _client(about["aws_url"])
    until = time.monotonic() + TICK_FOR_S
    for _ in range(TICKS):
        if _tick(function, about["tick_function"], now()) == 0:
            return
        if time.monotonic() > until:
            break
        time.sleep(PAUSE_S)
    raise TickFailed("there was still something due")


def api_url(stack_file: Path | None) -> str | None:
    """Where the stack's API is, None when no stack is deployed."""
    return _read(stack_file).get("api_url")


def connect(stack_file: Path | None, channel: str, setup: Json) -> Json:
    """Connect an account to the stack's sample shop. Raises NotConnected."""
    about = _read(stack_file)
    if not about.get("api_url") or not about.get("api_key"):
        raise NotConnected("no stack is deployed: start it with `make up`")
    headers = {"Authorization": f"Bearer {about['api_key']}"}
    try:
        answer = fetch("POST", f"{about['api_url']}/setup/{channel}", 60, json=setup, headers=headers)
    except requests.RequestException as error:
        raise NotConnected(f"the stack does not answer: {type(error).__name__}") from None
    if answer.status_code != 201:
        raise NotConnected(f"the setup endpoint answered {answer.status_code}: {answer.text[:300]}")
    connection: Json = answer.json()
    return connection


def _client(aws_url: str) -> Any:
    import boto3  # only here: it would double the sandbox's time to start
    from botocore.config import Config

    return boto3.client(
        "lambda",
        endpoint_url=aws_url,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"max_attempts": 1}, read_timeout=60, proxies={}),
    )


def _tick(function: Any, name: str, now: float) -> int:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        answer = function.invoke(FunctionName=name, Payload=json.dumps(_schedule_event(now)).encode())
        text = answer["Payload"].read()
    except (BotoCoreError, ClientError) as error:
        raise TickFailed(f"{name}: {error}") from None
    try:
        return int(json.loads(text)["dispatched"])
    except (ValueError, KeyError, TypeError):
        raise TickFailed(f"{name} answered {text[:300]!r}") from None


def _schedule_event(now: float) -> Json:
    """What EventBridge sends for a schedule."""
    return {
        "version": "0",
        "id": "sandbox",
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "000000000000",
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now)),
        "region": "us-east-1",
        "resources": [],
        "detail": {},
    }


def _read(stack_file: Path | None) -> Json:
    if stack_file is None:
        return {}
    try:
        about: Json = json.loads(stack_file.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return about
