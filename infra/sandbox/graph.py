"""The Graph API: reads a call, finds the object that it speaks of, and answers in Graph's shapes.

Source: developers.facebook.com/docs/graph-api/overview, .../guides/error-handling
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from werkzeug import Request

from . import ids
from .state import Account, App, Json, Media, Phone
from .targets import OBJECTS
from .world import Sandbox, first_of

_VERSION: Final = re.compile(r"v\d+\.\d+")


class GraphError(Exception):
    """An error object of Graph, with its HTTP status."""

    def __init__(
        self,
        code: int,
        message: str,
        subcode: int | None = None,
        status: int = 400,
        kind: str = "OAuthException",
        details: Json | None = None,
        is_transient: bool = False,
    ) -> None:
        super().__init__(message)
        self.status = status
        error: Json = {"message": message, "type": kind, "code": code}
        if subcode is not None:
            error["error_subcode"] = subcode
        if details is not None:
            error["error_data"] = details
        if is_transient:
            error["is_transient"] = True
        self.body: Json = {"error": error | {"fbtrace_id": "A" + ids.letters(22)}}


@dataclass
class Call:
    """One call of the API. `kind` names the object addressed, `edge` what is asked of it ("" for itself)."""

    host: str
    method: str
    kind: str
    edge: str
    object_id: str
    parameters: Json
    token: str
    proof: str = ""
    is_me: bool = False
    files: dict[str, tuple[str, str, bytes]] = field(default_factory=dict)
    account: Account | None = None
    app: App | None = None
    media: Media | None = None
    phone: Phone | None = None

    @property
    def name(self) -> str:
        return self.edge or ("me" if self.is_me else self.kind)

    def of_account(self) -> Account:
        if self.account is None:
            raise unknown_object(self)
        return self.account

    def text(self, name: str, default: str = "") -> str:
        value = self.parameters.get(name)
        return default if value is None else str(value)


Route = Callable[[Call], Json]
Routes = dict[tuple[str, str, str], Route]


def unknown_object(call: Call) -> GraphError:
    return GraphError(
        100,
        f"Unsupported {call.method.lower()} request. Object with ID '{call.object_id}' does not exist, "
        "cannot be loaded due to missing permissions, or does not support this operation. Please read the "
        "Graph API documentation at https://developers.facebook.com/docs/graph-api",
        subcode=33,
        kind="GraphMethodException",
    )


def picked(call: Call, node: Json, default: tuple[str, ...]) -> Json:
    """The fields of an object that the call asked for; a field it does not have is an error, as in Graph."""
    asked = [
        name.split("{")[0].strip() for name in re.split(r",(?![^{]*})", call.text("fields")) if name.strip()
    ]
    for name in asked:
        if name not in node:
            raise GraphError(
                100, f"(#100) Tried accessing nonexisting field ({name}) on node type ({call.kind})"
            )
    names = dict.fromkeys([*(asked or default), "id"])
    return {name: node[name] for name in names if node.get(name) is not None}


def parse(sandbox: Sandbox, request: Request, host: str, path: str) -> Call:
    """Read a request into a call, and find the object that it speaks of. Raises GraphError."""
    parts = [part for part in path.split("/") if part]
    if parts and _VERSION.fullmatch(parts[0]):
        del parts[0]
    if not parts or len(parts) > 2:
        raise GraphError(2500, f"Unknown path components: /{'/'.join(parts)}")
    parameters = _parameters(request)
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    token = (
        bearer.strip() if scheme.lower() in ("bearer", "oauth") else str(parameters.get("access_token", ""))
    )
    parameters.pop("access_token", None)
    proof = str(parameters.pop("appsecret_proof", ""))
    files = {
        name: (each.filename or name, each.mimetype, each.stream.read())
        for name, each in request.files.items()
    }
    edge = parts[1] if len(parts) > 1 else ""
    call = Call(host, request.method, "", edge, parts[0], parameters, token, proof, files=files)
    with sandbox.lock:
        _find(sandbox, call)
    return call


def _parameters(request: Request) -> Json:
    """Query, form and JSON body in one; structures inside a query or form are JSON text."""
    parameters: Json = {}
    for name, value in [*request.args.items(), *request.form.items()]:
        parameters[name] = value
        if value[:1] in ("{", "["):
            try:
                parameters[name] = json.loads(value)
            except ValueError:
                parameters[name] = value
    if request.mimetype == "application/json" and (body := request.get_data()):
        try:
            read = json.loads(body)
        except ValueError:
            raise GraphError(100, "(#100) The request body is not valid JSON") from None
        if not isinstance(read, dict):
            raise GraphError(100, "(#100) The request body must be a JSON object")
        parameters |= read
    return parameters


def _find(sandbox: Sandbox, call: Call) -> None:
    """Fill in the call's kind and what it is about."""
    state = sandbox.state
    if call.object_id == "me":
        call.is_me = True
        call.account = account_of_token(sandbox, call)
        if call.account:
            call.kind, call.object_id = _own_object(call.account)
        return
    if call.object_id in ("debug_token", "refresh_access_token"):
        call.kind = call.object_id
        call.account = account_of_token(sandbox, call, str(call.parameters.get("input_token", "")))
        return
    if call.object_id == "oauth":
        call.kind = "oauth"
        call.account = account_of_token(sandbox, call, call.text("fb_exchange_token"))
        return
    for account in state.accounts.values():
        for kind, object_id in _objects(account):
            if object_id == call.object_id:
                call.kind, call.account = kind, account
                return
    call.app = state.apps.get(call.object_id)
    if call.app:
        call.kind, call.account = "app", _account_of_app(sandbox, call)
        return
    call.media = state.media.get(call.object_id)
    if call.media:
        call.kind = "media"
        call.account = state.account(call.media.channel, call.media.account)
        return
    call.phone = first_of(
        phone
        for phone in state.phones.values()
        if phone.address == call.object_id and phone.channel in ("messenger", "instagram")
    )
    call.kind = "user_profile"
    if call.phone is None:
        call.phone = _commenter(sandbox, call.object_id)
        call.kind = "comment" if call.phone else ""
    if call.phone:
        call.account = state.account(call.phone.channel, call.phone.account)


def _commenter(sandbox: Sandbox, comment_id: str) -> Phone | None:
    """Whose comment this is."""
    for phone in sandbox.state.phones.values():
        row = phone.row(comment_id) if phone.channel in ("messenger", "instagram") else None
        if row is not None and row["kind"] == "comment":
            return phone
    return None


def _objects(account: Account) -> list[tuple[str, str]]:
    own = {"whatsapp": "phone_number", "messenger": "page", "instagram": "ig_account"}.get(account.channel)
    if own is None:
        return []
    more = [("waba", account.waba_id)] if account.waba_id else []
    if account.channel == "instagram" and account.page_id:
        more.append(("page", account.page_id))
    return [(own, account.id), *more]


def _own_object(account: Account) -> tuple[str, str]:
    if account.channel == "whatsapp":
        return "system_user", account.app_id
    return ("page", account.page_id) if account.page_id else ("ig_account", account.id)


def _account_of_app(sandbox: Sandbox, call: Call) -> Account | None:
    """The account whose faults and log an app's call belongs to: one of the channel it speaks of."""
    mine = [account for account in sandbox.state.accounts.values() if account.app_id == call.object_id]
    wanted = call.parameters.get("object")
    return first_of(each for each in mine if OBJECTS[each.channel] == wanted) or first_of(mine)


def account_of_token(sandbox: Sandbox, call: Call, token: str = "") -> Account | None:
    token = token or call.token
    return first_of(
        account
        for account in sandbox.state.accounts.values()
        if account.token == token and account.channel != "telegram" and fits_host(account, call.host)
    )


def fits_host(account: Account, host: str) -> bool:
    """Accounts of Instagram Login live on graph.instagram.com, all others on graph.facebook.com."""
    return (account.login == "instagram") == (host == "instagram")


def names(value: Any) -> list[str]:
    """A list of field names, given as JSON or with commas; some callers send objects with a name."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list):
        return []
    return [str(each["name"] if isinstance(each, dict) else each).strip() for each in value if each]
