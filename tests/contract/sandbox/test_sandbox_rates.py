"""How the sandbox counts what is sent, and what it answers above a limit."""

import pytest
import requests

from infra.sandbox.rates import most_in_a_window

from .harness import Connected

ABOVE = {"whatsapp": 130429, "messenger": 613, "instagram": 613}


def rates(account: Connected, **more: str) -> dict[str, float]:
    return account.sandbox.ask("rates", channel=account.channel, account=account.id, **more)


def limit(account: Connected, per_second: float | None, expect: int = 200) -> None:
    about = {"channel": account.channel, "account": account.id}
    account.sandbox.control("rates", expect, **about, per_second=per_second)


def test_sends_are_counted_and_nothing_else(account: Connected) -> None:
    to = account.address()
    assert rates(account)["calls"] == 0
    for _ in range(3):
        account.send(to)
    counted = rates(account)
    assert (counted["calls"], counted["refused"], counted["limit"]) == (3, 0, None)
    assert counted["per_second"] > 0
    assert (rates(account, to=to)["calls"], rates(account, to="nobody")["calls"]) == (3, 0)


def test_above_the_limit_the_platforms_own_answer_comes(account: Connected) -> None:
    to = account.address()
    limit(account, 1)
    answers = []
    while len(answers) < 2:  # however slow this machine is, two of these come within a second
        account.send(to)
        body = {"recipient": {"id": to}, "message": {"text": "Hello"}}
        path, headers = f"{account.node}/messages", {"Authorization": f"Bearer {account.token}"}
        if account.channel == "telegram":
            path, body = "sendMessage", {"chat_id": to, "text": "Hello"}
        if account.channel == "whatsapp":
            body = {"messaging_product": "whatsapp", "to": f"+{to}", "type": "text", "text": {"body": "Hi"}}
        answers.append(requests.post(f"{account.base}/{path}", json=body, headers=headers, timeout=10))
        limit(account, 1)
    for answer in answers:
        assert answer.status_code == 429
        if account.channel == "telegram":
            assert answer.json()["parameters"]["retry_after"] == int(answer.headers["Retry-After"])
        else:
            assert answer.json()["error"]["code"] == ABOVE[account.channel]


def test_what_was_refused_is_not_on_the_phone_but_counted(account: Connected) -> None:
    to = account.address()
    limit(account, 0.5)
    account.send(to)
    account.send(to, expect=429)
    counted = rates(account)
    assert (counted["calls"], counted["refused"], counted["most_in_a_second"]) == (2, 1, 2)
    assert sum(row["from"] == "shop" for row in account.phone()) == 1
    limit(account, None)
    account.send(to)
    assert rates(account)["calls"] == 1


@pytest.mark.parametrize("per_second", [0, -1, "ten"])
def test_a_limit_that_makes_no_sense_is_refused(account: Connected, per_second: object) -> None:
    limit(account, per_second, expect=400)


@pytest.mark.parametrize(
    ("times", "most"),
    [([], 0), ([5.0], 1), ([0.0, 0.5, 0.999], 3), ([0.0, 0.5, 1.0], 2), ([0.0, 0.9, 1.1, 1.8, 1.95], 3)],
)
def test_any_second_counts_wherever_it_begins(times: list[float], most: int) -> None:
    assert most_in_a_window(times) == most
