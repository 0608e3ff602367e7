"""`requests_per_message`: the requests to AWS that one WhatsApp text with an automatic answer costs.

The parent starts a local AWS; a new process (`python -m bench.per_message`) has the deployed functions do all
the work on it, and counts below botocore. What Lambda itself asks the queues is not ours and not counted.
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any, Final
from unittest.mock import patch

from bench import cost, local_aws, running_cost, samples
from bench.rows import Row
from infra.package import PROJECT

AIM: Final = 18.0
PATIENCE_S: Final = 30.0
FUNCTIONS: Final = {"INBOUND": "receive_inbound", "OUTBOUND": "send_outbound", "LATER": "send_later"}
A_DAY_S: Final = 24 * 60 * 60
THREAD: Final = "a thread"
TICK: Final = "a tick"


def measure() -> tuple[list[Row], list[str]]:
    """The figure of a warm process, for whoever costs more, and lines about what it is made of; and what all
    of it costs."""
    with TemporaryDirectory() as home, local_aws.running(Path(home)) as environment:
        passed = {"PATH": os.environ.get("PATH", "")}
        done = subprocess.run(
            [sys.executable, "-m", "bench.per_message"],
            cwd=PROJECT,
            env=environment | passed,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"bench.per_message failed: {done.stderr.strip()[-800:]}")
    calls: dict[str, list[cost.Call]] = {
        name: [cost.Call(**call) for call in made]
        for name, made in json.loads(done.stdout.split("\n")[-2]).items()
    }
    thread, tick = calls.pop(THREAD), calls.pop(TICK)
    made = {name: _requests(one) for name, one in calls.items()}
    dearest = max(("a new shopper", "one who comes back"), key=lambda name: made[name])
    note = ", ".join(f"{name} {count}" for name, count in made.items())
    row = Row("requests_per_message", made[dearest], "requests", AIM, note)
    rows = [row, running_cost.per_1000_threads(thread), running_cost.idle_month(tick)]
    return rows, [_told(calls[dearest]), *cost.told(calls[dearest]), *running_cost.told()]


def _requests(calls: list[cost.Call]) -> int:
    return sum(call.service != "lambda" for call in calls)


def _told(calls: list[cost.Call]) -> str:
    counted = Counter(call.operation for call in calls if call.service != "lambda")
    return "  " + ", ".join(f"{count} {name}" for name, count in counted.most_common())


def main() -> None:
    with _platform() as platform:
        os.environ |= {"GRAPH_URL": platform.url, "CLOCK_URL": f"{platform.url}/clock"}
        trace = Trace()
        with trace.watching():
            told = {"a cold process": _one_message("447700900123", platform, trace)}
            told["a new shopper"] = _one_message("447700900124", platform, trace)
            platform.ahead_s = A_DAY_S
            told["one who comes back"] = _one_message("447700900124", platform, trace)
            told[THREAD] = _one_thread("447700900125", platform, trace)
            told[TICK] = _one_tick(trace)
    print(json.dumps(told))


class Trace:
    """The calls that were made since they were last taken."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self._is_ours = False

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Every request of botocore passes here on its way out."""
        from botocore.httpsession import URLLib3Session

        real = URLLib3Session.send

        def send(session: URLLib3Session, request: Any) -> Any:
            if self._is_ours:
                self._note(request)
            return real(session, request)

        with patch.object(URLLib3Session, "send", send):
            yield

    def run(self, name: str, event: dict[str, Any]) -> Any:
        """Call one of the deployed functions as Lambda does."""
        import app

        function = getattr(app, name)
        ran = {"service": "lambda", "operation": name, "body": "", "seconds": 0.0}
        self.calls.append(ran)
        self._is_ours, began_s = True, time.monotonic()
        try:
            return function(event, None)
        finally:
            self._is_ours = False
            ran["seconds"] = time.monotonic() - began_s

    def _note(self, request: Any) -> None:
        target = request.headers.get("X-Amz-Target", b"")
        service, _, operation = (target.decode() if isinstance(target, bytes) else target).rpartition(".")
        body = request.body.decode() if isinstance(request.body, bytes) else str(request.body or "")
        self.calls.append({"service": service, "operation": operation, "body": body})


def _one_message(phone: str, platform: "Platform", trace: Trace) -> list[dict[str, Any]]:
    """A shopper writes, is answered, and the platform tells that the answer was sent, delivered and read."""
    trace.calls = []
    _written(phone, platform, trace)
    _sent(phone, platform, trace)
    return trace.calls


def _one_thread(phone: str, platform: "Platform", trace: Trace) -> list[dict[str, Any]]:
    """A new shopper writes and is answered at once; a person of the shop replies; they write once more, and
    the person looks into the thread and answers again."""
    trace.calls = []
    _written(phone, platform, trace)
    _sent(phone, platform, trace)
    listed = json.loads(_api("GET", "/threads", "", {}, trace)["body"])
    thread_id = listed["items"][0]["thread_id"]
    for said in range(2):
        if said:
            platform.ahead_s += 60
            _written(phone, platform, trace)
        _api("GET", "/threads/{id}", thread_id, {}, trace)
        _api("POST", "/threads/{id}/messages", thread_id, {"text": "It is in stock."}, trace)
        _sent(phone, platform, trace)
    return trace.calls


def _one_tick(trace: Trace) -> list[dict[str, Any]]:
    """Nothing is due: what the minute costs by itself."""
    trace.calls = []
    _drain("LATER", trace)
    trace.calls = []
    names = ("version", "account", "region", "detail-type", "source", "time", "id")
    trace.run("tick", dict.fromkeys(names, "") | {"detail": {}, "resources": []})
    return trace.calls


def _api(method: str, resource: str, path_id: str, body: dict[str, Any], trace: Trace) -> Any:
    answer = trace.run("app", samples.api_event(method, resource, path_id, body))
    if answer["statusCode"] >= 300:
        raise RuntimeError(f"{method} {resource} was answered {answer['statusCode']}: {answer['body']}")
    return answer


def _written(phone: str, platform: "Platform", trace: Trace) -> None:
    _webhook(samples.whatsapp_texts(phone, now_s=platform.now_s()), trace)
    _drain("INBOUND", trace)


def _sent(phone: str, platform: "Platform", trace: Trace) -> None:
    """What waits leaves, and the platform tells how it fared."""
    platform.sent.clear()
    deadline = time.monotonic() + PATIENCE_S
    while not platform.sent:
        _drain("LATER", trace)
        _drain("OUTBOUND", trace)
        if time.monotonic() > deadline:
            raise RuntimeError("no answer was sent")
        time.sleep(0.1)
    ((message_id, reference),) = platform.sent.items()
    for status in ("sent", "delivered", "read"):
        _webhook(samples.whatsapp_status(phone, status, message_id, reference), trace)
        _drain("INBOUND", trace)


def _webhook(body: dict[str, Any], trace: Trace) -> None:
    status = trace.run("app", samples.lambda_event("whatsapp", body))["statusCode"]
    if status != 200:
        raise RuntimeError(f"a webhook was answered {status}")


def _drain(queue: str, trace: Trace) -> None:
    """Hand what waits in a queue to its function, one message a call, as when there is little to do."""
    for record, acknowledge in local_aws.messages(os.environ[f"{queue}_QUEUE_URL"]):
        if trace.run(FUNCTIONS[queue], {"Records": [record]})["batchItemFailures"]:
            raise RuntimeError(f"a message of {queue} failed")
        acknowledge()


class Platform:
    """Takes every message and remembers its reference by the id that it gave; tells the time."""

    def __init__(self) -> None:
        self.sent: dict[str, str] = {}
        self.ahead_s = 0
        self.url = ""

    def now_s(self) -> float:
        return time.time() + self.ahead_s


@contextmanager
def _platform() -> Iterator[Platform]:
    platform = Platform()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            message_id = f"wamid.{said['biz_opaque_callback_data']}"
            platform.sent[message_id] = said["biz_opaque_callback_data"]
            self.answer({"messages": [{"id": message_id}]})

        def do_GET(self) -> None:
            self.answer({"now": datetime.fromtimestamp(platform.now_s(), UTC).isoformat()})

        def answer(self, told: dict[str, Any]) -> None:
            answered = json.dumps(told).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answered)))
            self.end_headers()
            self.wfile.write(answered)

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    platform.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield platform
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    main()
