"""`make run`, `make up`, `make down`, `make reset` and `make logs`."""

import argparse
import signal
import sys
from types import FrameType
from typing import Final

from infra.local.logs import print_logs
from infra.local.settings import LocalStackFailed, read_settings
from infra.local.stack import LocalStack
from infra.template.syntax import Json

STOPS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> None:
    parser = argparse.ArgumentParser(prog="infra.local", description=__doc__)
    parser.add_argument("command", choices=["run", "up", "down", "reset", "logs"])
    command = parser.parse_args().command
    for ask in STOPS:
        signal.signal(ask, _interrupt)
    try:
        stack = LocalStack(read_settings())
        if command == "down":
            stack.down()
        elif command == "reset":
            stack.reset()
        elif command == "logs":
            print_logs(stack.settings)
        elif command == "run":
            _run(stack)
        else:
            _print(stack.up())
    except LocalStackFailed as error:
        sys.exit(f"{command}: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


def _run(stack: LocalStack) -> None:
    """Until it is asked to stop, at whatever moment, or a part ends by itself; then nothing of it is left."""
    try:
        _print(stack.up())
        print("Ctrl-C stops it all.", flush=True)
        try:
            stack.wait()
        finally:
            stack.down()
    except KeyboardInterrupt:
        stack.down()
        raise


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    """However it is asked to stop, it leaves nothing running; asking twice doesn't cut that short."""
    for ask in STOPS:
        signal.signal(ask, signal.SIG_IGN)
    raise KeyboardInterrupt


def _print(stack: Json) -> None:
    print(f"API      {stack['api_url']}")
    print(f"Sandbox  {stack['sandbox_url']}   a phone for every shopper")
    print(f"AWS      {stack['aws_url']}")
    print(f"Shop     {stack['merchant_id']}   API key {stack['api_key']}", flush=True)


if __name__ == "__main__":
    main()
