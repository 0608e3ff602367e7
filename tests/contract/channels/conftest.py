import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from scripted_platform import Handler, Platform, Script

from infra.sandbox.samples import SAMPLES
from infra.sandbox.server import Server


@pytest.fixture(scope="session")
def served() -> Iterator[Platform]:
    server = Platform(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def platform(served: Platform) -> Iterator[Script]:
    script = Script(url=f"http://127.0.0.1:{served.server_address[1]}")
    served.script = script
    yield script
    script.released.set()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[str]:
    server = Server(0, None, None)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server.url
    server.http.shutdown()
    thread.join()


class _Files(BaseHTTPRequestHandler):
    """`/image`, `/video`, … are samples; `/gone` is none."""

    def do_GET(self) -> None:
        sample = SAMPLES.get(self.path[1:])
        self.send_response(200 if sample else 404)
        content = sample.content if sample else b""
        self.send_header("Content-Type", sample.mime_type if sample else "text/plain")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged."""


@pytest.fixture(scope="module")
def files() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Files)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
