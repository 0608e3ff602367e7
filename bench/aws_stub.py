"""AWS as one webhook sees it, always with the same answers: over HTTP, or in the process, below botocore."""

import contextlib
import io
import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from unittest.mock import patch

from bench import samples

_MESSAGE = {"MessageId": "11111111-1111-1111-1111-111111111111", "MD5OfMessageBody": "0" * 32}


def answer(target: str, body: bytes) -> bytes:
    """The JSON that answers a call; `target` is its X-Amz-Target."""
    operation = target.rpartition(".")[2]
    if operation == "SendMessageBatch":
        count = body.count(b'"MessageBody"')
        return json.dumps({"Successful": [{"Id": str(n), **_MESSAGE} for n in range(count)]}).encode()
    if operation == "SendMessage":
        return json.dumps({**_MESSAGE, "SequenceNumber": "18870000000000000000"}).encode()
    given = json.loads(body)
    if operation == "GetItem":
        channel = given["Key"]["pk"]["S"].rpartition("_")[2]
        return json.dumps({"Item": samples.connection_row(channel)}).encode()
    if operation == "Decrypt":
        channel = b64decode(given["CiphertextBlob"]).decode()
        sealed = json.dumps(samples.opened(channel)).encode()
        return json.dumps({"KeyId": "bench", "Plaintext": b64encode(sealed).decode()}).encode()
    raise ValueError(f"a webhook should not call {target}")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answered = answer(self.headers["X-Amz-Target"], body)
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\n")
        self.wfile.write(b"Content-Length: %d\r\n\r\n" % len(answered) + answered)

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


@contextlib.contextmanager
def over_http() -> Iterator[str]:
    """Its URL, while it listens in this process: whoever is measured runs in another."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _Raw(io.BytesIO):
    """An HTTP response's body as botocore reads it."""

    def stream(self, **named: Any) -> Iterator[bytes]:
        yield self.read()


@contextlib.contextmanager
def in_process() -> Iterator[list[tuple[str, bytes]]]:
    """Every call of botocore is answered without a network; yields what was called, the last one first."""
    from botocore.awsrequest import AWSResponse
    from botocore.compat import HTTPHeaders

    latest: list[tuple[str, bytes]] = []

    def send(session: Any, request: Any) -> AWSResponse:
        target = request.headers["X-Amz-Target"]
        target = target.decode() if isinstance(target, bytes) else target
        latest[:] = [(target, request.body)]
        return AWSResponse(request.url, 200, HTTPHeaders(), _Raw(answer(target, request.body)))

    with patch("botocore.httpsession.URLLib3Session.send", send):
        yield latest
