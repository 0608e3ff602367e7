"""What a merchant has is there again after `make down` and `make up`."""

from typing import Any

import pytest

from infra.local.parts import wait_until


@pytest.mark.soak
def test_shops_messages_and_tokens_survive_a_restart(stack: Any) -> None:
    account = stack.control("POST", "accounts", json={"channel": "telegram"})
    connected = stack.call("POST", "/setup/telegram", json=account)
    assert connected.status_code == 201, connected.text
    ana = {"channel": "telegram", "account": account["account"], "shopper": "ana"}
    stack.control("POST", "say", json=ana | {"text": "Hello?"})
    wait_until(lambda: texts_on_phone(stack, ana) > 1, 60, "Ana was not answered before the restart")
    threads, about = stack.call("GET", "/threads").json(), stack.about

    stack.command("down")
    stack.command("up")

    assert stack.about == about
    assert stack.call("GET", "/threads").json() == threads
    assert texts_on_phone(stack, ana) == 2
    bob = ana | {"shopper": "bob"}
    stack.control("POST", "say", json=bob | {"text": "Hello?"})
    wait_until(lambda: texts_on_phone(stack, bob) > 1, 60, "Bob was not answered after the restart")


def texts_on_phone(stack: Any, shopper: dict[str, str]) -> int:
    return len(stack.control("GET", "phone", params=shopper)["messages"])
