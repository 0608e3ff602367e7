"""The platforms' front doors: from an HTTP request to a platform's method, with faults and a log."""

import base64
import json
import math
import re
import time
from typing import Any, Final

from werkzeug import Request, Response

from .faults import Fault
from .graph import Call, GraphError, Route, Routes, fits_host, parse, unknown_object
from .graph_apps import Apps
from .graph_tokens import check_token
from .state import Account, Json, Media
from .telegram import Telegram
from .telegram_content import TelegramError, bad
from .telegram_sending import IS_SEND
from .whatsapp import WhatsApp
from .wire import reply, under_fault
from .world import Sandbox, redacted

# What a platform answers when it is throttled, broken, and so on. A fault's status that is not one of HTTP
# is taken as one of Graph's own codes.
# Sources: developers.facebook.com/docs/graph-api/guides/error-handling,
# developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
_GRAPH_FAULTS: Final = {
    400: (100, "(#100) Invalid parameter"),
    401: (190, "Invalid OAuth access token - Cannot parse access token"),
    403: (200, "(#200) You do not have the necessary permission"),
    404: (100, "(#100) Object does not exist"),
    429: (613, "(#613) Calls to this api have exceeded the rate limit."),
}
_UNAVAILABLE: Final = (2, "Service temporarily unavailable")
_TELEGRAM_FAULTS: Final = {
    400: "Bad Request: message is not valid",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    500: "Internal Server Error",
    502: "Bad Gateway",
}
RETRY_AFTER_S: Final = 3
# A body whose parts have other types than they should.
MISSHAPEN: Final = (AttributeError, IndexError, KeyError, TypeError, ValueError)


class GraphApi:
    """graph.facebook.com and, as another host, graph.instagram.com."""

    def __init__(self, sandbox: Sandbox, whatsapp: WhatsApp, routes: dict[str, Routes]) -> None:
        self.sandbox = sandbox
        self.whatsapp = whatsapp
        self.apps = Apps(sandbox).routes()
        self.routes = routes

    def answer(self, request: Request, host: str, path: str) -> Response:
        came_at = time.monotonic()
        if path.strip("/").endswith("whatsapp_business/attachments"):
            return self._attachment(request)
        try:
            call = parse(self.sandbox, request, host, path)
        except GraphError as error:
            return reply(error.body, error.status)
        is_taken = True
        if call.account and _is_send(call):
            is_taken = self.sandbox.rates.takes(call.account, came_at)
            self.sandbox.rates.went_to(call.account, _recipient(call), came_at)
        answer, fault = under_fault(
            self.sandbox,
            request,
            call.account,
            ("send", call.name) if _is_send(call) else (call.name,),
            lambda: self._carry_out(call) if is_taken else _graph_fault(_too_many(call.account), call),
            lambda fault: _graph_fault(fault, call),
        )
        target = "/".join(part for part in (call.object_id, call.edge) if part)
        _log(
            self.sandbox, call.account, call.name, f"{call.method} /{target}", call.parameters, answer, fault
        )
        return answer

    def _carry_out(self, call: Call) -> Response:
        try:
            check_token(self.sandbox, call)
            return reply(self._route(call)(call))
        except GraphError as error:
            return reply(error.body, error.status)
        except MISSHAPEN as problem:
            message = f"(#100) Invalid parameter ({type(problem).__name__}: {problem})"
            return reply(GraphError(100, message).body, 400)

    def _route(self, call: Call) -> Route:
        key = (call.kind, call.edge, call.method)
        route = self.apps.get(key)
        if route is None and call.account and fits_host(call.account, call.host):
            route = self.routes[call.account.channel].get(key)
        if route is None:
            raise unknown_object(call)
        return route

    def _attachment(self, request: Request) -> Response:
        token = request.headers.get("Authorization", "").partition(" ")[2]
        media = self.whatsapp.attachment(token, request.args.get("mid", ""), request.args.get("ext", ""))
        return file(media) if media else reply("URL signature expired", 404)


class TelegramApi:
    """api.telegram.org: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, sandbox: Sandbox, telegram: Telegram) -> None:
        self.sandbox = sandbox
        self.telegram = telegram

    def answer(self, request: Request, path: str) -> Response:
        came_at = time.monotonic()
        found = re.fullmatch(r"/?(file/)?bot([^/]*)/(.+)", path)
        if found is None:
            return _telegram_error(TelegramError(404, "Not Found"))
        account = self.telegram.find(found[2])
        if found[1]:
            media = self.telegram.download(account, found[3]) if account else None
            return file(media) if media else _telegram_error(TelegramError(404, "Not Found"))
        method = self.telegram.method_name(found[3])
        parameters: Json = {}
        is_taken = True
        if account and method in IS_SEND:
            is_taken = self.sandbox.rates.takes(account, came_at)

        def carry_out() -> Response:
            try:
                if not re.fullmatch(r"\d+:[\w-]+", found[2]):
                    raise TelegramError(401, "Unauthorized: invalid token specified")
                parameters.update(self.telegram.read(request, account))
                if account and method in IS_SEND:
                    self.sandbox.rates.went_to(account, str(parameters.get("chat_id")), came_at)
                if not is_taken:
                    return _telegram_fault(_too_many(account))
                return reply(self.telegram.carry_out(account, method, parameters))
            except TelegramError as error:
                return _telegram_error(error)
            except MISSHAPEN as problem:
                return _telegram_error(bad(f"wrong parameters ({type(problem).__name__}: {problem})"))

        calls = ("send", method) if method in IS_SEND else (method,)
        answer, fault = under_fault(self.sandbox, request, account, calls, carry_out, _telegram_fault)
        shown = {name: "a file" if isinstance(value, Media) else value for name, value in parameters.items()}
        _log(self.sandbox, account, method, f"{request.method} /{method}", shown, answer, fault)
        return answer


def file(media: Media) -> Response:
    return Response(base64.b64decode(media.content), content_type=media.mime_type)


def _is_send(call: Call) -> bool:
    """Marking as read, typing and other actions are calls of `messages`, but send nothing."""
    is_action = "status" in call.parameters or "sender_action" in call.parameters
    return call.edge == "messages" and call.method == "POST" and not is_action


def _recipient(call: Call) -> str:
    """The shopper's id on the wire; '' for whoever has none."""
    to = call.parameters.get("to") or call.parameters.get("recipient")
    return str(to.get("id") or "") if isinstance(to, dict) else str(to or "").removeprefix("+")


def _too_many(account: Account | None) -> Fault:
    """What is answered above the limit that was set: as the platform does when it is ordered to."""
    return Fault(account.channel if account else "", "send", "status", 1, status=429)


def _graph_fault(fault: Fault, call: Call) -> Response:
    status = fault.status or 500
    if fault.body is not None:
        return reply(fault.body, status if 200 <= status <= 599 else 400)
    if 500 <= status <= 599:
        code, message = _UNAVAILABLE
    elif status == 429 and call.account and call.account.channel == "whatsapp":
        code, message = 130429, "(#130429) Rate limit hit"
    else:
        code, message = _GRAPH_FAULTS.get(status, (status, f"(#{status}) An error that was ordered"))
    if status in (190, 102):
        status, message = 401, _GRAPH_FAULTS[401][1]
    elif not 200 <= status <= 599:
        status = 400
    error = GraphError(code, message, status=status, is_transient=status >= 500)
    return reply(error.body, error.status, _usage(fault, call))


def _usage(fault: Fault, call: Call) -> dict[str, str]:
    """How long Graph says the account must wait, in minutes, where the fault has `seconds`.

    Source: developers.facebook.com/docs/graph-api/overview/rate-limiting#headers
    """
    if not fault.seconds or call.account is None:
        return {}
    share = {"type": call.account.channel, "call_count": 100, "total_cputime": 25, "total_time": 25}
    share["estimated_time_to_regain_access"] = math.ceil(fault.seconds / 60)
    return {"X-Business-Use-Case-Usage": json.dumps({call.account.waba_id or call.account.id: [share]})}


def _telegram_fault(fault: Fault) -> Response:
    status = fault.status or 500
    if fault.body is not None:
        return reply(fault.body, status)
    if status == 429:
        after_s = round(fault.seconds or RETRY_AFTER_S)
        error = TelegramError(429, f"Too Many Requests: retry after {after_s}", {"retry_after": after_s})
        return reply(error.body, 429, {"Retry-After": str(after_s)})
    return _telegram_error(TelegramError(status, _TELEGRAM_FAULTS.get(status, "Something went wrong")))


def _telegram_error(error: TelegramError) -> Response:
    return reply(error.body, error.status)


def _log(
    sandbox: Sandbox,
    account: Account | None,
    call: str,
    line: str,
    parameters: Any,
    answer: Response,
    fault: str,
) -> None:
    sandbox.log(
        {
            "channel": account.channel if account else "",
            "account": account.id if account else "",
            "call": call,
            "line": line,
            "parameters": redacted(parameters),
            "status": answer.status_code,
            "answer": redacted(answer.get_json(silent=True) or {}),
            "fault": fault,
        }
    )
