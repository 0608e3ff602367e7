"""The front door changes no byte of what passes through it."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from infra.forward import Backend, Forwarder
from infra.local.parts import free_ports

NOT_TEXT = bytes(range(256))


class Echo(BaseHTTPRequestHandler):
    """Answers with what it was asked; `/gone` has no answer."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path.endswith("/gone"):
            self.close_connection = True
            return
        seen = {
            "method": self.command,
            "path": self.path,
            "body": body.hex(),
            "headers": self.headers.items(),
        }
        content = json.dumps(seen).encode()
        self.send_response(418)
        self.send_header("X-Said", "once")
        self.send_header("X-Said", "twice")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[str]:
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def door() -> Iterator[str]:
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Echo)) as behind:
        backend = Backend(int(behind.rsplit(":", 1)[1]))
        with serving(Forwarder(0, backend, "/restapis/abc/api/_user_request_")) as url:
            yield url
        backend.close()


def test_a_body_that_is_no_text_arrives_as_it_was_sent(door: str) -> None:
    seen = requests.post(f"{door}/webhooks/whatsapp", data=NOT_TEXT, timeout=5).json()
    assert bytes.fromhex(seen["body"]) == NOT_TEXT


def test_a_body_in_chunks_arrives_whole(door: str) -> None:
    seen = requests.post(f"{door}/x", data=iter([b"one ", b"two"]), timeout=5).json()
    assert bytes.fromhex(seen["body"]) == b"one two"


def test_only_the_front_of_a_path_changes(door: str) -> None:
    seen = requests.get(f"{door}/threads/a%2Fb?next=%3D&channel=", timeout=5).json()
    assert seen["path"] == "/restapis/abc/api/_user_request_/threads/a%2Fb?next=%3D&channel="


def test_headers_pass_both_ways(door: str) -> None:
    answer = requests.get(door, headers={"X-Hub-Signature-256": "sha256=ab"}, timeout=5)
    sent = dict(answer.json()["headers"])
    assert sent["X-Hub-Signature-256"] == "sha256=ab"
    assert sent["Host"] == door.removeprefix("http://")
    assert answer.headers["X-Said"] == "once, twice"
    assert answer.status_code == 418


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
def test_every_method_passes(door: str, method: str) -> None:
    answer = requests.request(method, door, timeout=5)
    assert answer.status_code == 418
    assert method == "HEAD" or answer.json()["method"] == method


def test_one_connection_serves_many_requests(door: str) -> None:
    host, port = door.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        for _ in range(3):
            connection.sendall(b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert connection.recv(65536).startswith(b"HTTP/1.1 418 ")


def test_an_answer_that_never_came_is_a_502_and_the_next_one_passes(door: str) -> None:
    answer = requests.post(f"{door}/gone", timeout=5)
    assert (answer.status_code, answer.json()["error"]["code"]) == (502, "unreachable")
    assert requests.get(door, timeout=5).status_code == 418


def test_nobody_behind_it_is_a_502() -> None:
    with serving(Forwarder(0, Backend(free_ports(1)[0]), "")) as url:
        assert requests.get(url, timeout=5).status_code == 502
