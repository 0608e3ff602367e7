"""A bot on the sandbox that is told all that our channel asks for, and what our channel makes of it."""

from typing import Any

from integrations.registry import CHANNELS, BaseUrls
from integrations.telegram.connect import ALLOWED_UPDATES

from .harness import Connected

PARSE = CHANNELS["telegram"](BaseUrls()).parse


def told_of_everything(account: Connected) -> Connected:
    callback = account.shop.url + account.path
    webhook = {"url": callback, "secret_token": "s3cret", "allowed_updates": list(ALLOWED_UPDATES)}
    account.call("POST", "setWebhook", json=webhook)
    return account


def understood(account: Connected, count: int = 1) -> list[Any]:
    """What our channel makes of the first updates."""
    return [event for update in account.hears(count)[:count] for event in PARSE(update)]


def method(account: Connected, name: str, expect: int = 200, **body: Any) -> Any:
    answer = account.call("POST", name, expect, json=body)
    return answer["result"] if expect == 200 else refused(answer)[1]


def refused(answer: dict[str, Any]) -> tuple[int, str]:
    assert answer["ok"] is False
    return answer["error_code"], answer["description"]
