"""Every fault that can be ordered, on every channel."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from .harness import Connect, Connected, until

THROTTLED = {"whatsapp": 130429, "messenger": 613, "instagram": 613}


def name_of_send(account: Connected) -> str:
    return "sendMessage" if account.channel == "telegram" else "messages"


def attempt(account: Connected, to: str, timeout: float = 10) -> requests.Response:
    if account.channel == "telegram":
        body = {"chat_id": to, "text": "Hello"}
        return requests.post(f"{account.base}/sendMessage", json=body, timeout=timeout)
    body = {"recipient": {"id": to}, "message": {"text": "Hello"}}
    if account.channel == "whatsapp":
        body = {"messaging_product": "whatsapp", "to": f"+{to}", "type": "text", "text": {"body": "Hello"}}
    headers = {"Authorization": f"Bearer {account.token}"}
    url = f"{account.base}/{account.node}/messages"
    return requests.post(url, json=body, headers=headers, timeout=timeout)


def sent(account: Connected) -> int:
    return sum(each["from"] == "shop" for each in account.phone())


@pytest.mark.parametrize("by", ["send", "own name", "*"])
def test_the_next_calls_are_throttled_and_not_carried_out(account: Connected, by: str) -> None:
    to = account.address()
    account.fault(name_of_send(account) if by == "own name" else by, "status", 2, status=429)
    for _ in range(2):
        answer = attempt(account, to)
        assert answer.status_code == 429
        if account.channel == "telegram":
            assert answer.json()["parameters"]["retry_after"] == int(answer.headers["Retry-After"])
        else:
            assert answer.json()["error"]["code"] == THROTTLED[account.channel]
    assert sent(account) == 0
    assert attempt(account, to).ok
    assert sent(account) == 1


def test_a_broken_platform_answers_500_by_default(account: Connected) -> None:
    to = account.address()
    account.fault("send", "status")
    answer = attempt(account, to)
    assert answer.status_code == 500
    if account.channel != "telegram":
        assert answer.json()["error"]["is_transient"]


def test_a_fault_may_bring_its_own_status_and_body(account: Connected) -> None:
    to = account.address()
    account.fault("send", "status", status=418, body={"short": "and stout"})
    answer = attempt(account, to)
    assert (answer.status_code, answer.json()) == (418, {"short": "and stout"})


def test_a_status_may_be_a_code_of_graph(account: Connected) -> None:
    to = account.address()
    if account.channel == "telegram":
        account.fault("send", "status", status=403)
        assert attempt(account, to).json()["description"] == "Forbidden: bot was blocked by the user"
        return
    account.fault("send", "status", status=190)
    answer = attempt(account, to)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, 190)
    account.fault("send", "status", status=131056)
    answer = attempt(account, to)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 131056)


def test_a_fault_may_be_for_one_account_only(account: Connected) -> None:
    to = account.address()
    account.fault("send", "status", account="another")
    assert attempt(account, to).ok
    account.fault("send", "status", account=account.id)
    assert not attempt(account, to).ok
    assert requests.delete(f"{account.sandbox.url}/control/faults", timeout=10).json() == {"faults": []}


def test_a_timed_out_call_is_not_carried_out(account: Connected) -> None:
    to = account.address()
    account.fault("send", "timeout")
    with pytest.raises(requests.ReadTimeout):
        attempt(account, to, timeout=0.4)
    assert sent(account) == 0


def test_a_timed_out_call_ends_by_itself_too(account: Connected) -> None:
    to = account.address()
    account.fault("send", "timeout", seconds=0.3)
    with pytest.raises(requests.ConnectionError):
        attempt(account, to)
    assert sent(account) == 0


def test_a_call_with_a_dropped_answer_was_carried_out(account: Connected) -> None:
    to = account.address()
    account.fault("send", "drop_answer")
    with pytest.raises(requests.ConnectionError):
        attempt(account, to)
    assert sent(account) == 1


def test_a_slow_call_is_carried_out(account: Connected) -> None:
    to = account.address()
    account.fault("send", "slow", seconds=0.5)
    began = time.monotonic()
    assert attempt(account, to).ok
    assert time.monotonic() - began >= 0.5
    assert sent(account) == 1


def test_a_call_with_a_late_answer_is_carried_out_before_that(account: Connected) -> None:
    to = account.address()
    account.fault("send", "late_answer", seconds=1.5)
    with ThreadPoolExecutor(1) as pool:
        calling = pool.submit(attempt, account, to)
        until(lambda: sent(account) == 1)
        assert not calling.done()
        assert calling.result().ok
    assert sent(account) == 1


def test_typing_and_reading_are_no_sends(account: Connected) -> None:
    to = account.address()
    account.fault("send", "status")
    if account.channel == "telegram":
        account.call("POST", "sendChatAction", json={"chat_id": to, "action": "typing"})
    elif account.channel == "whatsapp":
        body = {"messaging_product": "whatsapp", "status": "read", "message_id": account.phone()[0]["id"]}
        account.call("POST", f"{account.node}/messages", json=body)
    else:
        body = {"recipient": {"id": to}, "sender_action": "typing_on"}
        account.call("POST", f"{account.node}/messages", json=body)
    assert not attempt(account, to).ok


def test_setup_calls_can_fail_by_their_own_names(account: Connected) -> None:
    name, path = ("setWebhook", "setWebhook")
    if account.channel != "telegram":
        node = account.setup.get("waba_id") or account.node
        name, path = "subscribed_apps", f"{node}/subscribed_apps"
    account.fault(name, "status", status=503)
    account.call("POST", path, 503)


def test_duplicates_arrive_three_times(account: Connected) -> None:
    account.fault("webhook", "duplicate")
    account.says("thrice")
    account.says("once")
    texts = [json.dumps(event) for event in account.hears(4)]
    assert sum("thrice" in text for text in texts) == 3
    assert sum("once" in text for text in texts) == 1


def test_shuffled_events_arrive_once_in_another_order(account: Connected) -> None:
    account.fault("webhook", "shuffle", 4)
    for number in range(4):
        account.says(f"number {number}.")
    texts = [json.dumps(event) for event in account.hears(4)]
    order = [next(n for n in range(4) if f"number {n}." in text) for text in texts]
    assert sorted(order) == [0, 1, 2, 3]
    assert order != [0, 1, 2, 3]


def test_shuffled_events_do_not_wait_for_ever_for_more(connect: Connect) -> None:
    account = connect("messenger")
    account.fault("webhook", "shuffle", 50)
    account.says("first")
    account.says("second")
    assert ["second" in json.dumps(event) for event in account.hears(2)] == [True, False]
    requests.delete(f"{account.sandbox.url}/control/faults", timeout=10)


def test_duplicates_may_be_shuffled_and_batched_as_well(account: Connected) -> None:
    for fault in ("duplicate", "shuffle", "batch"):
        account.fault("webhook", fault, 3)
    for number in range(3):
        account.says(f"number {number}.")
    texts = [json.dumps(event) for event in account.hears(9)]
    assert all(sum(f"number {n}." in text for text in texts) == 3 for n in range(3))
    bodies = len(account.shop.on(account.path))
    assert bodies == (9 if account.channel == "telegram" else 1)


def test_a_dropped_delivery_never_arrives(account: Connected) -> None:
    account.fault("webhook", "drop")
    account.says("lost")
    account.says("found")
    assert "found" in json.dumps(account.hears(1))
    assert account.deliveries()[0] == ("dropped", 0, None)


@pytest.mark.parametrize(("fault", "arrivals"), [("status", 1), ("timeout", 1), ("drop_answer", 2)])
def test_a_delivery_whose_answer_is_not_heard_is_repeated(
    account: Connected, fault: str, arrivals: int
) -> None:
    account.fault("webhook", fault)
    account.says("Hello")
    until(lambda: account.deliveries() == [("delivered", 2, 200)])
    assert len(account.shop.on(account.path)) == arrivals


def test_a_slow_delivery_does_not_hold_up_the_control_call(account: Connected) -> None:
    account.fault("webhook", "slow", seconds=1.0)
    began = time.monotonic()
    account.says("Hello")
    assert time.monotonic() - began < 0.9
    account.hears(1)
    assert time.monotonic() - began >= 1.0


@pytest.mark.parametrize(
    "wrong",
    [
        {"fault": "sulk"},
        {"fault": "shuffle", "call": "send"},
        {"call": ""},
        {"channel": "pigeon"},
        {"times": "two"},
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(account: Connected, wrong: dict[str, str]) -> None:
    body = {"channel": account.channel, "call": "send", "fault": "status", "times": 1} | wrong
    assert account.sandbox.control("faults", 400, **body)["error"]["message"]
