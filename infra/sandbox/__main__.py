"""`python -m infra.sandbox --port 8090 --state FILE --stack FILE`"""

import argparse
import signal
import sys
import threading
from pathlib import Path

from .server import PortBusy, Server


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="sandbox", description="Local WhatsApp, Messenger, Instagram and Telegram"
    )
    parser.add_argument("--port", type=int, default=8090, help="0 takes a free one")
    parser.add_argument(
        "--state", type=Path, help="where accounts, phones and the clock are kept; nowhere if left out"
    )
    parser.add_argument(
        "--stack", type=Path, help="the local stack's stack.json, read when the clock is moved"
    )
    arguments = parser.parse_args()
    try:
        server = Server(arguments.port, arguments.state, arguments.stack)
    except PortBusy as problem:
        print(f"sandbox: port {arguments.port} can't be used: {problem}", file=sys.stderr)
        return 1
    except (OSError, ValueError, KeyError, TypeError):
        print(f"sandbox: {arguments.state} can't be read; delete it to start anew", file=sys.stderr)
        return 1
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.http.shutdown).start())
    print(f"sandbox ready at {server.url}", flush=True)
    server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
