"""The platforms' front doors: from an HTTP request to a platform's method, with faults and a log."""

import base64
import re
from typing import Any, Final

from werkzeug import Request, Response

from .faults import Fault
from .graph import Call, GraphError, Route, Routes, fits_host, parse, unknown_object
from .graph_apps import Apps
from .graph_tokens import check_token
from .state import Account, Json, Media
from .telegram import SENDS, Telegram
from .telegram_content import TelegramError, bad
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
        if path.strip("/").endswith("whatsapp_business/attachments"):
            return self._attachment(request)
        try:
            call = parse(self.sandbox, request, host, path)
        except GraphError as error:
            return reply(error.body, error.status)
        answer, fault = under_fault(
            self.sandbox,
            request,
            call.account,
            ("send", call.name) if _is_send(call) else (call.name,),
            lambda: self._carry_out(call),
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
        found = re.fullmatch(r"/?(file/)?bot([^/]*)/(.+)", path)
        if found is None:
            return _telegram_error(TelegramError(404, "Not Found"))
        account = self.telegram.find(found[2])
        if found[1]:
            media = self.telegram.download(account, found[3]) if account else None
            return file(media) if media else _telegram_error(TelegramError(404, "Not Found"))
        method = self.telegram.method_name(found[3])
        parameters: Json = {}

        def carry_out() -> Response:
            try:
                if not re.fullmatch(r"\d+:[\w-]+", found[2]):
                    raise TelegramError(401, "Unauthorized: invalid token specified")
                parameters.update(self.telegram.read(request, account))
                return reply(self.telegram.carry_out(account, method, parameters))
            except TelegramError as error:
                return _telegram_error(error)
            except MISSHAPEN as problem:
                return _telegram_error(bad(f"wrong parameters ({type(problem).__name__}: {problem})"))

        is_send = method in SENDS or method in ("sendMessage", "sendLocation", "sendMediaGroup")
        calls = ("send", method) if is_send else (method,)
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
    return reply(error.body, error.status)


def _telegram_fault(fault: Fault) -> Response:
    status = fault.status or 500
    if fault.body is not None:
        return reply(fault.body, status)
    if status == 429:
        wait = {"retry_after": RETRY_AFTER_S}
        error = TelegramError(429, f"Too Many Requests: retry after {RETRY_AFTER_S}", wait)
        return reply(error.body, 429, {"Retry-After": str(RETRY_AFTER_S)})
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
