"""The local stack's front door: `/x` becomes the deployed REST API's address, the rest passes unchanged.

API Gateway has its own host name and puts the stage before every path; the local AWS puts more. With this in
front, paths are those of production behind a domain name.
"""

import argparse
import http.client
import json
import queue
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

TIMEOUT_S: Final = 40.0  # longer than API Gateway's own 29
IDLE_S: Final = 30.0  # the local AWS hangs up on a connection after 75, maybe just as we write to it
# Each call that runs beside others costs a process of the local AWS; on AWS it is a function of its own.
AT_ONCE: Final = 8
NOT_PASSED: Final = {
    "connection",
    "content-length",  # written anew, also where the body came in chunks
    "expect",
    "keep-alive",
    "proxy-connection",
    "te",
    "transfer-encoding",
    "upgrade",
}


class Backend:
    """A few kept-alive connections to one host, each used by one request at a time."""

    def __init__(self, port: int) -> None:
        self._idle: queue.LifoQueue[tuple[http.client.HTTPConnection, float]] = queue.LifoQueue()
        for _ in range(AT_ONCE):
            self._idle.put((http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S), 0.0))

    def call(
        self, method: str, path: str, headers: list[tuple[str, str]], body: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        connection, used_at = self._idle.get()
        if time.monotonic() - used_at > IDLE_S:
            connection.close()  # it opens itself again
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in headers:
                connection.putheader(name, value)
            connection.endheaders(body or None)
            response = connection.getresponse()
            return response.status, response.getheaders(), response.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            raise
        finally:
            self._idle.put((connection, time.monotonic()))

    def close(self) -> None:
        for _ in range(AT_ONCE):
            self._idle.get()[0].close()


class Forwarder(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, backend: Backend, prefix: str) -> None:
        super().__init__(("127.0.0.1", port), Forward)
        self.backend = backend
        self.prefix = prefix


class Forward(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 75
    disable_nagle_algorithm = True
    server: Forwarder

    def forward(self) -> None:
        body = self._body()
        headers = [(name, value) for name, value in self.headers.items() if _passes(name)]
        if body or self.command in ("POST", "PUT", "PATCH"):
            headers.append(("Content-Length", str(len(body))))
        try:
            status, answered, content = self.server.backend.call(
                self.command, self.server.prefix + self.path, headers, body
            )
        except (OSError, http.client.HTTPException) as error:
            status, answered, content = _unreachable(error)
        self.send_response_only(status)
        for name, value in answered:
            if _passes(name):
                self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = forward

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            return b"".join(iter(self._chunk, b""))
        return self.rfile.read(int(self.headers.get("Content-Length", "0")))

    def _chunk(self) -> bytes:
        size = int(self.rfile.readline().split(b";")[0], 16)
        chunk = self.rfile.read(size)
        self.rfile.readline()
        return chunk

    def log_message(self, format: str, *args: object) -> None:
        """Paths hold nothing secret, but the log of the local AWS has them already."""


def _passes(header: str) -> bool:
    return header.lower() not in NOT_PASSED


def _unreachable(error: Exception) -> tuple[int, list[tuple[str, str]], bytes]:
    message = f"The local AWS does not answer: {type(error).__name__}"
    body = json.dumps({"error": {"code": "unreachable", "message": message}}).encode()
    return 502, [("Content-Type", "application/json")], body


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--aws-port", type=int, required=True)
    parser.add_argument("--api", required=True, help="id of the deployed REST API")
    chosen = parser.parse_args()
    prefix = f"/restapis/{chosen.api}/api/_user_request_"
    server = Forwarder(chosen.port, Backend(chosen.aws_port), prefix)
    server.serve_forever()


if __name__ == "__main__":
    main()
