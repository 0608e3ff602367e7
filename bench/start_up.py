"""`start_ratio`: a new process until its first webhook is answered, against `import boto3` and one client."""

import compileall
import json
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from bench import aws_stub, samples
from bench.rows import Row
from infra.package import DIST, package

AIM: Final = 1.8
ROUNDS: Final = 15
HERE: Final = Path(__file__).parent
# boto3 itself is not shipped, only the botocore below it.
BESIDE: Final = ("boto3", "s3transfer")


def measure(rounds: int = ROUNDS) -> Row:
    """Round by round one process of each kind; the worse channel counts. Nothing is written: what is not
    compiled in the zip would be compiled each time, as on Lambda."""
    with _unpacked() as folder, aws_stub.over_http() as url:
        environment = samples.environment(url)
        commands = _commands(folder)
        for command in commands.values():  # so that the machine has read the files once
            _run(command, environment)
        took_ms: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                took_ms[name].append(_run(command, environment))
    ratios = {name: _ratio(took_ms[name], took_ms["boto3"]) for name in samples.MEASURED}
    middle = ", ".join(f"{name} {median(times):.0f} ms" for name, times in took_ms.items())
    return Row("start_ratio", max(ratios.values()), "times", AIM, middle)


def _ratio(ours: list[float], theirs: list[float]) -> float:
    """Of each round by itself, since the machine's speed drifts; then the middle."""
    return median(our / their for our, their in zip(ours, theirs, strict=True))


def _commands(folder: Path) -> dict[str, list[str]]:
    bodies = {"whatsapp": samples.whatsapp_texts("447700900123"), "telegram": samples.telegram_text()}
    packages, beside = str(folder / "zip"), str(folder / "beside")
    told = {
        "boto3": [str(HERE / "first_client.py"), packages, beside],
        **{
            channel: [
                str(HERE / "first_webhook.py"),
                packages,
                json.dumps(samples.lambda_event(channel, body)),
            ]
            for channel, body in bodies.items()
        },
    }
    # Nothing but the standard library and what is named; no bytecode is left behind.
    return {name: [sys.executable, "-I", "-S", "-B", *arguments] for name, arguments in told.items()}


def _run(command: list[str], environment: dict[str, str]) -> float:
    """Milliseconds from the start of the process to its answer."""
    started = time.monotonic_ns()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    lines = done.stdout.split("\n")
    ended, _, status = next((line for line in reversed(lines) if line), "").partition(" ")
    if done.returncode or status != "200":
        raise RuntimeError(f"{command[4]} failed: {(done.stderr or done.stdout).strip()[-500:]}")
    return (int(ended) - started) / 1e6


@contextmanager
def _unpacked() -> Iterator[Path]:
    """A folder with the zip's content in `zip` and the packages that it lacks in `beside`."""
    package()
    with TemporaryDirectory() as name:
        folder = Path(name)
        with zipfile.ZipFile(DIST / "deployment.zip") as archive:
            archive.extractall(folder / "zip")
        for beside in BESIDE:
            spec = find_spec(beside)
            assert spec is not None and spec.origin is not None
            shutil.copytree(Path(spec.origin).parent, folder / "beside" / beside)
        compileall.compile_dir(folder / "beside", quiet=1)  # as Lambda's own boto3 is
        yield folder
