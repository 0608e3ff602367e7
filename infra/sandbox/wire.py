"""The HTTP side of faults: answers that are late, cut off or never come."""

import json
import select
import socket
import time
from collections.abc import Callable
from typing import Any, Final

from werkzeug import Request, Response

from .faults import CALL_FAULTS, Fault
from .state import Account
from .world import Sandbox

HANG_S: Final = 40.0
SLOW_S: Final = 5.0


def reply(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    kind = "text/plain; charset=UTF-8" if isinstance(body, str) else "application/json; charset=UTF-8"
    return Response(text, status, headers, content_type=kind)


def under_fault(
    sandbox: Sandbox,
    request: Request,
    account: Account | None,
    calls: tuple[str, ...],
    carry_out: Callable[[], Response],
    fault_answer: Callable[[Fault], Response],
) -> tuple[Response, str]:
    """Carry a call out, or let the fault ordered for one of its names happen; says which one did."""
    request.get_data()  # so that a hung call sees its caller hang up
    fault = sandbox.faults.take(account, calls, tuple(kind for kind in CALL_FAULTS if kind != "failed_later"))
    if fault is None:
        return carry_out(), ""
    if fault.kind == "status":
        return fault_answer(fault), fault.kind
    if fault.kind == "slow":
        time.sleep(fault.seconds if fault.seconds is not None else SLOW_S)
        return carry_out(), fault.kind
    if fault.kind == "late_answer":
        answer = carry_out()
        time.sleep(fault.seconds if fault.seconds is not None else SLOW_S)
        return answer, fault.kind
    answer = carry_out() if fault.kind == "drop_answer" else Response(status=504)
    if fault.kind == "timeout":
        _hang(request, fault.seconds if fault.seconds is not None else HANG_S)
    _cut(request)
    return answer, fault.kind


def _hang(request: Request, seconds: float) -> None:
    """Say nothing until the time is over or the caller hangs up."""
    connection: socket.socket = request.environ["werkzeug.socket"]
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        readable, _, _ = select.select([connection], [], [], 0.2)
        if readable and not connection.recv(1, socket.MSG_PEEK):
            return
        if readable:
            time.sleep(0.2)


def _cut(request: Request) -> None:
    """Close the connection without an answer."""
    connection: socket.socket = request.environ["werkzeug.socket"]
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
