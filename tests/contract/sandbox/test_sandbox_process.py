"""Starting, stopping, remembering, the clock, and the page."""

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests

from .harness import ROOT, Running, Shop, connected, start, until


def test_it_is_ready_quickly_and_listens_on_this_machine_only() -> None:
    began = time.monotonic()
    running = start()
    assert time.monotonic() - began < 5
    assert running.url.startswith("http://127.0.0.1:")
    assert running.stop() == 0


def test_a_busy_port_is_one_clear_line_and_exit_code_1() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        command = [sys.executable, "-m", "infra.sandbox", "--port", str(port)]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert str(port) in ended.stderr


def test_a_state_file_that_cannot_be_read_is_one_clear_line(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    state.write_text("nonsense")
    command = [sys.executable, "-m", "infra.sandbox", "--port", "0", "--state", str(state)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert "state.json" in ended.stderr


def test_a_restart_forgets_nothing(tmp_path: Path, shop: Shop) -> None:
    state = str(tmp_path / "state.json")
    running = start("--state", state)
    accounts = [connected(running, shop, name) for name in ("whatsapp", "messenger", "instagram", "telegram")]
    for account in accounts:
        account.send(account.address(), "Before")
    running.control("clock", advance_s=3600)
    before = [account.phone() for account in accounts]
    now = running.ask("clock")["now"]
    assert running.stop() == 0
    again = start("--state", state)
    for account, phone in zip(accounts, before, strict=True):
        account.sandbox = again
        assert [each["text"] for each in account.phone()] == [each["text"] for each in phone]
        account.says("After the restart")
        until(lambda: "After the restart" in json.dumps(account.events()))  # noqa: B023
    assert again.ask("clock")["now"] >= now
    assert again.stop() == 0


def test_a_delivery_on_its_way_survives_a_restart(tmp_path: Path, shop: Shop) -> None:
    state = str(tmp_path / "state.json")
    running = start("--state", state)
    account = connected(running, shop, "whatsapp")
    shop.answers += [500] * 3
    account.says("Hello")
    until(lambda: len(shop.on(account.path)) == 2)
    assert running.stop() == 0
    again = start("--state", state)
    until(lambda: not shop.answers and len(shop.on(account.path)) == 4)
    assert again.stop() == 0


def test_reset_forgets_everything(sandbox: Running, shop: Shop) -> None:
    account = connected(sandbox, shop, "telegram")
    account.says("Hello")
    account.fault("send", "status")
    sandbox.control("clock", advance_s=10_000)
    sandbox.control("reset")
    assert sandbox.ask("accounts")["accounts"] == []
    assert sandbox.ask("faults")["faults"] == []
    assert sandbox.ask("deliveries")["deliveries"] == []
    assert time_of(sandbox.ask("clock")["now"]) - datetime.now().astimezone() < timedelta(seconds=5)
    query = {"channel": "telegram", "account": account.id, "shopper": "Mary Okoro", "text": "Hello"}
    sandbox.control("say", 404, **query)


def time_of(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_clock_moves_all_times(sandbox: Running, shop: Shop) -> None:
    account = connected(sandbox, shop, "telegram")
    account.says("before")
    before = time_of(sandbox.ask("clock")["now"])
    after = time_of(sandbox.control("clock", advance_s=86_400)["now"])
    assert timedelta(seconds=86_400) <= after - before < timedelta(seconds=86_460)
    account.says("after")
    first, second = account.hears(2)
    assert 86_400 <= second["message"]["date"] - first["message"]["date"] < 86_460
    assert time_of(account.phone()[-1]["at"]) >= after
    sandbox.control("clock", 400, advance_s=-1)
    sandbox.control("clock", 400, advance_s="long")


class FakeStack(BaseHTTPRequestHandler):
    """A tick with work for three times, and a setup endpoint that takes the first account only."""

    invoked: list[dict[str, Any]]

    def do_POST(self) -> None:
        event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        about = {"path": self.path, "authorization": self.headers.get("Authorization")}
        self.invoked.append(about | event)
        status, body = 200, {"dispatched": 2 if len(self.invoked) < 4 else 0}
        if self.path.startswith("/setup/"):
            status, body = (201 if len(self.invoked) == 1 else 409), {"dispatched": 0}
        answer = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def aws() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    invoked: list[dict[str, Any]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Stack", (FakeStack,), {"invoked": invoked}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", invoked
    server.shutdown()
    thread.join()
    server.server_close()


def test_moving_the_clock_runs_the_tick_until_nothing_is_due(
    tmp_path: Path, aws: tuple[str, list[dict[str, Any]]]
) -> None:
    url, invoked = aws
    stack = tmp_path / "stack.json"
    running = start("--stack", str(stack))
    running.control("clock", advance_s=60)
    stack.write_text(json.dumps({"aws_url": url, "tick_function": "parley-tick"}))
    now = running.control("clock", advance_s=3600)["now"]
    assert len(invoked) == 4
    assert {each["path"] for each in invoked} == {"/2015-03-31/functions/parley-tick/invocations"}
    assert invoked[0]["detail-type"] == "Scheduled Event"
    assert abs(time_of(invoked[0]["time"]) - time_of(now)) < timedelta(seconds=30)
    assert running.stop() == 0


def test_the_page_can_connect_an_account_to_the_sample_shop(
    tmp_path: Path, aws: tuple[str, list[dict[str, Any]]]
) -> None:
    url, invoked = aws
    stack = tmp_path / "stack.json"
    running = start("--stack", str(stack))
    setup = running.control("accounts", channel="telegram")
    about = {"channel": "telegram", "account": setup["account"]}
    assert "no stack" in running.control("connect", 409, **about)["error"]["message"]
    stack.write_text(json.dumps({"api_url": url, "api_key": "pk_1"}))
    running.control("connect", **about)
    assert invoked == [{"path": "/setup/telegram", "authorization": "Bearer pk_1"} | setup]
    assert "409" in running.control("connect", 409, **about)["error"]["message"]
    assert running.stop() == 0


def test_a_tick_that_fails_is_told_and_the_clock_has_moved(tmp_path: Path) -> None:
    stack = tmp_path / "stack.json"
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    stack.write_text(json.dumps({"aws_url": url, "tick_function": "parley-tick"}))
    running = start("--stack", str(stack))
    before = time_of(running.ask("clock")["now"])
    assert "tick" in running.control("clock", 502, advance_s=600)["error"]["message"]
    assert time_of(running.ask("clock")["now"]) - before >= timedelta(seconds=600)
    assert running.stop() == 0


@pytest.mark.parametrize(
    ("call", "body", "field"),
    [
        ("accounts", {"channel": "pigeon"}, "channel"),
        ("accounts", {}, "channel"),
        ("say", {"channel": "telegram", "account": "1", "shopper": "A"}, "event"),
        ("deliver", {"channel": "telegram", "account": "1"}, "account"),
        ("token", {"channel": "telegram", "account": "1", "state": "expired"}, "account"),
        ("nonsense", {}, None),
    ],
)
def test_a_control_call_that_makes_no_sense_is_refused(
    sandbox: Running, call: str, body: dict[str, Any], field: str | None
) -> None:
    answer = requests.post(f"{sandbox.url}/control/{call}", json=body, timeout=10)
    assert 400 <= answer.status_code < 500
    assert answer.json()["error"].get("field") == field


def test_the_control_api_is_closed_to_pages_of_other_sites(sandbox: Running) -> None:
    headers = {"Origin": "https://elsewhere.example"}
    assert requests.post(f"{sandbox.url}/control/reset", headers=headers, timeout=10).status_code == 403
    headers = {"Host": "rebound.example"}
    assert requests.get(f"{sandbox.url}/control/accounts", headers=headers, timeout=10).status_code == 403


def test_many_shoppers_write_at_once_and_nothing_is_lost(sandbox: Running, shop: Shop) -> None:
    account = connected(sandbox, shop, "whatsapp")
    threads = [threading.Thread(target=account.says, args=("Hello", f"Shopper {n}")) for n in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    names = {event["contacts"][0]["profile"]["name"] for event in account.hears(40)}
    assert names == {f"Shopper {n}" for n in range(40)}
