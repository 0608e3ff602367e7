"""`webhook_cpu_ratio` and `batch_cpu_ratio`: what an event costs beyond botocore's own `send_message`.

The parent starts new processes; each (`python -m bench.webhook_cpu`) measures in turn and prints its ratios.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from resource import RUSAGE_SELF, getrusage
from statistics import median
from typing import Any, Final

from bench import aws_stub, samples
from bench.rows import Row
from infra.package import PROJECT

AIM: Final = 1.5
BATCH_AIM: Final = 3.0
PROCESSES: Final = 5
ROUNDS: Final = 9
CALLS: Final = 60
BATCH: Final = 10


def measure(processes: int = PROCESSES) -> list[Row]:
    """The middle of several processes; the worse channel counts."""
    found = [_in_new_process() for _ in range(processes)]
    middle = {name: median(one[name] for one in found) for name in found[0]}
    alone = f"send_message alone {middle['send_message']:.0f} µs"
    channels = ", ".join(f"{name} {middle[name]:.2f}" for name in samples.MEASURED)
    return [
        Row(
            "webhook_cpu_ratio",
            max(middle[name] for name in samples.MEASURED),
            "times",
            AIM,
            f"{channels}; {alone}",
        ),
        Row("batch_cpu_ratio", middle["batch"], "times", BATCH_AIM, f"{BATCH} events in a body against one"),
    ]


def _in_new_process() -> dict[str, float]:
    environment = samples.environment("http://127.0.0.1:9") | {"PATH": os.environ.get("PATH", "")}
    command = [sys.executable, "-m", "bench.webhook_cpu"]
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"bench.webhook_cpu failed: {done.stderr.strip()[-500:]}")
    measured: dict[str, float] = json.loads(done.stdout.split("\n")[-2])
    return measured


def main() -> None:
    with aws_stub.in_process() as latest:
        works = _works(latest)
        for work in works.values():
            _cpu_us(work)  # warm: the connection is known, caches are filled
        rounds = [{name: _cpu_us(work) for name, work in works.items()} for _ in range(ROUNDS)]
    told = {name: median(one[name] / one["send_message"] for one in rounds) for name in samples.MEASURED}
    told["batch"] = median(one["batch"] / one["whatsapp"] for one in rounds)
    told["send_message"] = median(one["send_message"] for one in rounds)
    print(json.dumps(told))


def _works(latest: list[tuple[str, bytes]]) -> dict[str, Callable[[], Any]]:
    from app import app

    def webhook(channel: str, body: dict[str, Any]) -> Callable[[], Any]:
        event = samples.lambda_event(channel, body)
        if app(event, None)["statusCode"] != 200:
            raise RuntimeError(f"the {channel} webhook was refused")
        return lambda: app(event, None)

    shoppers = [str(447700900100 + number) for number in range(BATCH)]
    works = {
        "telegram": webhook("telegram", samples.telegram_text()),
        "batch": webhook("whatsapp", samples.whatsapp_texts(*shoppers)),
        "whatsapp": webhook("whatsapp", samples.whatsapp_texts("447700900123")),
    }
    return {"send_message": _send_message(latest), **works}


def _send_message(latest: list[tuple[str, bytes]]) -> Callable[[], Any]:
    """The same message to the same queue, by botocore alone."""
    import botocore.session

    _, body = latest[0]
    queued = json.loads(body)
    (entry,) = queued["Entries"]
    message = {name: value for name, value in entry.items() if name != "Id"}
    sqs: Any = botocore.session.get_session().create_client("sqs")
    return lambda: sqs.send_message(QueueUrl=queued["QueueUrl"], **message)


def _cpu_us(work: Callable[[], Any]) -> float:
    """CPU of this process for one call, in microseconds."""
    before = _used_s()
    for _ in range(CALLS):
        work()
    return (_used_s() - before) / CALLS * 1e6


def _used_s() -> float:
    used = getrusage(RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
