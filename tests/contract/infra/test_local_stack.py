"""`make up`, when something is in the way: one clear line, an exit code, and nothing left running."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from infra.local.parts import Part, free_ports, is_listening, wait_until
from infra.local.settings import LocalStackFailed, Settings, read_settings
from infra.local.stack import LocalStack
from infra.package import PROJECT


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    ports = dict(zip(("PARLEY_PORT", "SANDBOX_PORT", "AWS_PORT"), map(str, free_ports(3)), strict=True))
    return {"PARLEY_HOME": str(tmp_path), **ports}


@pytest.fixture
def settings(environment: dict[str, str]) -> Iterator[Settings]:
    settings = read_settings(environment)
    yield settings
    LocalStack(settings).down()


def make_up(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "infra.local", "up"],
        cwd=PROJECT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def running(environment: dict[str, str], command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "infra.local", command],
        cwd=PROJECT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def assert_nothing_is_left(settings: Settings, *taken_by_others: int) -> None:
    stack = LocalStack(settings)
    assert not [part.name for part in stack.parts if part.is_running()]
    assert not [
        part.port for part in stack.parts if is_listening(part.port) and part.port not in taken_by_others
    ]


@pytest.mark.parametrize("variable", ["PARLEY_PORT", "SANDBOX_PORT", "AWS_PORT"])
def test_a_busy_port_is_named(environment: dict[str, str], settings: Settings, variable: str) -> None:
    port = int(environment[variable])
    with socket.create_server(("127.0.0.1", port)):
        done = make_up(environment)
        assert done.returncode == 1
        assert done.stdout + done.stderr == f"up: port {port} is busy: stop what uses it, or set {variable}\n"
        assert_nothing_is_left(settings, port)


def test_a_port_that_is_none_is_named(environment: dict[str, str]) -> None:
    done = make_up(environment | {"AWS_PORT": "http"})
    assert (done.returncode, done.stderr) == (1, "up: AWS_PORT=http is not a port number\n")


def test_a_failed_deployment_stops_everything(environment: dict[str, str], settings: Settings) -> None:
    """The template refuses a queue that hands messages out while their function still runs."""
    done = make_up(environment | {"VISIBILITY_TIMEOUT_S": "5"})
    assert done.returncode == 1
    assert "VisibilityTimeoutSeconds" in done.stderr
    assert done.stderr.count("\n") == 1
    assert_nothing_is_left(settings)


@pytest.mark.usefixtures("dist")
def test_ctrl_c_stops_everything(environment: dict[str, str], settings: Settings) -> None:
    with running(environment, "run") as run:
        assert run.stdout
        while run.stdout.readline() != "Ctrl-C stops it all.\n":
            assert run.poll() is None, run.communicate()
        run.send_signal(signal.SIGINT)
        assert run.wait(120) == 130
    assert_nothing_is_left(settings)


@pytest.mark.usefixtures("dist")
def test_a_start_that_is_broken_off_leaves_nothing(environment: dict[str, str], settings: Settings) -> None:
    with running(environment, "up") as up:
        wait_until(lambda: is_listening(settings.aws_port), 120, "the local AWS did not start")
        up.send_signal(signal.SIGTERM)
        assert up.wait(120) == 130
    assert_nothing_is_left(settings)


def test_one_command_at_a_time(environment: dict[str, str], settings: Settings) -> None:
    with (settings.home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = make_up(environment)
    assert (done.returncode, done.stderr) == (1, "up: another command is at work on the local stack\n")


def test_a_missing_part_is_named_with_its_last_words(tmp_path: Path) -> None:
    part = Part("sandbox", tmp_path, free_ports(1)[0])
    part.start("no_such_part")
    with pytest.raises(LocalStackFailed, match=r"sandbox ended: .*No module named no_such_part"):
        part.wait_for_port()
    part.stop()
    assert not part.is_running()


def test_what_does_not_want_to_end_ends_with_all_it_started(tmp_path: Path) -> None:
    port, pid_file = free_ports(1)[0], tmp_path / "child"
    part = Part("stubborn", tmp_path, port)
    part.start("tests.contract.infra.stubborn", str(port), str(pid_file))
    part.wait_for_port()
    part.stop(patience_s=0.2)
    assert not part.is_running()
    assert has_ended(int(pid_file.read_text()))


def test_a_number_left_behind_is_not_taken_for_a_living_part(tmp_path: Path) -> None:
    (tmp_path / "aws.pid").write_text(str(os.getpid()))
    part = Part("aws", tmp_path, free_ports(1)[0])
    assert not part.is_running()
    part.stop()  # and we still run


def test_a_part_runs_once(tmp_path: Path) -> None:
    port = free_ports(1)[0]
    first, second = Part("page", tmp_path, port), Part("page", tmp_path, port)
    first.start("http.server", "--bind", "127.0.0.1", str(port))
    try:
        first.wait_for_port()
        with pytest.raises(LocalStackFailed, match="page is running already"):
            second.start("http.server", str(port))
        assert requests.get(f"http://127.0.0.1:{port}/", timeout=5).ok
    finally:
        second.stop()  # whoever asks, it ends
    assert not first.is_running()


def has_ended(pid: int) -> bool:
    """Killed children of a killed parent are reaped by the system, soon."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.01)
    return False
