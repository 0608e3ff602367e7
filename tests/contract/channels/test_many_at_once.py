"""A campaign is sent by several threads of one process, on one pool of connections."""

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from functions.queues import BULK_AT_ONCE
from integrations.http import Http


class Platform(ThreadingHTTPServer):
    """Answers nobody before all have come, and counts their connections."""

    daemon_threads = True
    request_queue_size = BULK_AT_ONCE

    def __init__(self) -> None:
        self.all_there = threading.Barrier(BULK_AT_ONCE, timeout=10)
        self.connections: set[object] = set()
        super().__init__(("127.0.0.1", 0), _Asked)


class _Asked(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Platform

    def do_GET(self) -> None:
        self.server.connections.add(self.client_address)
        self.server.all_there.wait()
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def platform() -> Iterator[Platform]:
    with Platform() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_each_thread_keeps_its_connection_for_the_next_message(
    platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    http, url = Http(), f"http://127.0.0.1:{platform.server_port}/"
    with caplog.at_level(logging.WARNING), ThreadPoolExecutor(BULK_AT_ONCE) as pool:
        for _ in range(2):
            answers = list(pool.map(lambda _: http.call("GET", url), range(BULK_AT_ONCE)))
            assert all(answer.is_ok for answer in answers)
    assert len(platform.connections) == BULK_AT_ONCE and caplog.records == []
