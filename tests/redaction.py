"""What operators can read of a stack, and what must not be in it: names, numbers, texts, keys and tokens."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

# Shorter ones are found in anything.
SHORTEST: Final = 9
# What people said and were told on their phones, and what the shop put before them.
SAID: Final = frozenset({"text", "caption", "title", "filename", "body", "header", "footer", "description"})
PAGE: Final = 10_000  # lines that the local AWS answers at most, without a word of there being more


def everything_logged(stack: Any, since_ms: int = 0) -> str:
    """All lines of all log groups since then, one below the other."""
    groups = [group["logGroupName"] for group in stack.client("logs").describe_log_groups()["logGroups"]]
    assert groups
    return "\n".join(line for group in groups for line in _lines(stack, group, since_ms))


def files_of(stack: Any) -> dict[str, str]:
    """What the local stack writes; the sandbox's own state, and AWS's tables, hold what people said."""
    logs: list[Path] = sorted(stack.home.glob("*.log"))
    assert logs
    return {log.name: log.read_text(errors="replace") for log in logs}


def assert_nothing_is_told(stack: Any) -> None:
    """Of everybody who was on the stack while it ran, whatever went wrong meanwhile."""
    told = {"CloudWatch": everything_logged(stack)} | files_of(stack)
    phones = stack.home / "sandbox.json"  # not there while nobody has opened an account
    private = planted(json.loads(phones.read_text())) if phones.exists() else set()
    needles = sorted(private | set(stack.keys))
    for place, text in told.items():
        assert (found := _found(needles, text)) == [], f"{place} tells of {found[:20]}"


def planted(sandbox: dict[str, Any]) -> set[str]:
    """Everything private that the platforms know, as it would stand in a line of JSON or outside one."""
    private = [app["secret"] for app in sandbox["apps"].values()]
    for account in sandbox["accounts"].values():
        private += [account["token"], account["instagram_app_secret"], *_all_of(account, {"verify_token"})]
    for shopper in sandbox["shoppers"].values():
        private += [shopper["name"], shopper["phone"].lstrip("+"), str(shopper["telegram_id"])]
    for phone in sandbox["phones"].values():
        private += [phone["address"].lstrip("+"), phone["user_id"], *_all_of(phone["rows"], SAID)]
    lines = {line.strip() for text in private for line in text.splitlines()}
    long = {line for line in lines if len(line) >= SHORTEST}
    return long | {json.dumps(line)[1:-1] for line in long}


def _all_of(value: Any, names: frozenset[str] | set[str]) -> Iterator[str]:
    """Every text under one of these names, however deep."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in names and isinstance(inner, str):
                yield inner
            else:
                yield from _all_of(inner, names)
    elif isinstance(value, list):
        for inner in value:
            yield from _all_of(inner, names)


def _found(needles: list[str], text: str) -> list[str]:
    """Which of them the text holds; walked through once, as both are long."""
    by_start: dict[str, list[str]] = {}
    for needle in needles:
        by_start.setdefault(needle[:SHORTEST], []).append(needle)
    seen = {text[at : at + SHORTEST]: at for at in range(len(text)) if text[at : at + SHORTEST] in by_start}
    return sorted(needle for start in seen for needle in by_start[start] if needle in text)


def _lines(stack: Any, group: str, since_ms: int) -> Iterator[str]:
    """Each answer begins where the one before ended; lines of that millisecond come twice."""
    while True:
        answer = stack.client("logs").filter_log_events(logGroupName=group, startTime=since_ms, limit=PAGE)
        yield from (event["message"] for event in answer["events"])
        if len(answer["events"]) < PAGE:
            return
        since_ms = max(event["timestamp"] for event in answer["events"])
