"""A platform that answers exactly what a test has written down, over real HTTP."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass
class Call:
    """What the platform was asked."""

    method: str
    path: str
    params: dict[str, str]
    body: Any
    headers: dict[str, str]


@dataclass
class Script:
    """Answers in order, the last one again and again. `how`: answer, drop (hang up), hang (answer never)."""

    answers: list[tuple[str, int, Any, dict[str, str]]] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    connections: int = 0
    released: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def will(
        self, status: int, body: Any, headers: dict[str, str] | None = None, how: str = "answer"
    ) -> "Script":
        self.answers.append((how, status, body, headers or {}))
        return self

    def next(self) -> tuple[str, int, Any, dict[str, str]]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet for head and body
    server: "Platform"

    @property
    def script(self) -> Script:
        return self.server.script

    def setup(self) -> None:
        self.script.connections += 1
        super().setup()

    def _any(self) -> None:
        split = urlsplit(self.path)
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = json.loads(raw) if raw else None
        self.script.calls.append(Call(self.command, split.path, dict(parse_qsl(split.query)), body, headers))
        how, status, answer, more = self.script.next()
        self.close_connection = how != "answer"
        if how == "hang":
            self.script.released.wait(30)
        if how != "answer":
            return
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(content))} | more).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_DELETE = _any

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged."""


class Platform(ThreadingHTTPServer):
    """One server for all tests; each brings a script of its own."""

    daemon_threads = True
    script: Script
