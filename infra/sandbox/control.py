"""The control API: what tests and the page ask of the sandbox. README.md beside this file lists all of it."""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import requests
from werkzeug import Request, Response

from . import faults, owners, stack
from .base import Act, Platform, Refused
from .delivery import dumps
from .faults import Fault
from .outward import fetch
from .state import Account, Json
from .targets import Nowhere
from .template_changes import change
from .templates import templates_of
from .wire import reply
from .world import Sandbox, iso

DELIVER_WITHIN_S: Final = 60.0
TOKEN_STATES: Final = ("valid", "expired", "revoked", "no_permission")
WINDOW_CLOSED_S: Final = 8 * 24 * 3600
_NOT_SHOWN: Final = ("content", "markup", "edits", "category")
_PATCHABLE: Final = ("username", "hides_phone", "reads")

Handler = Callable[[Json], Json]


class Control:
    def __init__(self, sandbox: Sandbox, platforms: dict[str, Platform]) -> None:
        self.sandbox = sandbox
        self.platforms = platforms
        self.handlers: dict[tuple[str, str], Handler] = {
            ("POST", "accounts"): self.create_account,
            ("GET", "accounts"): self.accounts,
            ("POST", "say"): self.say,
            ("GET", "phone"): self.phone,
            ("POST", "deliver"): self.deliver,
            ("POST", "faults"): self.order_fault,
            ("GET", "faults"): self.list_faults,
            ("DELETE", "faults"): self.clear_faults,
            ("POST", "clock"): self.move_clock,
            ("GET", "clock"): self.clock,
            ("POST", "reset"): self.reset,
            ("POST", "token"): self.set_token,
            ("POST", "window"): self.set_window,
            ("GET", "deliveries"): self.deliveries,
            ("GET", "calls"): self.calls,
            ("POST", "connect"): self.connect,
            ("POST", "privacy"): self.tell_of_owner,
            ("POST", "templates"): self.change_template,
            ("GET", "templates"): self.templates,
            ("GET", "rates"): self.rates,
            ("POST", "rates"): self.limit_rate,
        }

    def answer(self, request: Request, name: str) -> Response:
        try:
            handler = self.handlers.get((request.method, name))
            if handler is None:
                known = ", ".join(" /control/".join(key) for key in self.handlers)
                raise Refused(f"there is no {request.method} /control/{name}; there are: {known}", 404)
            return reply(handler(_body(request)))
        except Refused as refused:
            error = {"code": "refused", "message": str(refused)}
            return reply(
                {"error": error | ({"field": refused.field} if refused.field else {})}, refused.status
            )

    def create_account(self, body: Json) -> Json:
        """A new account of the channel; answers what the shop's setup endpoint wants to know."""
        platform = self._platform(body)
        with self.sandbox.lock:
            account = platform.new_account(body)
            self.sandbox.state.accounts[f"{account.channel}/{account.id}"] = account
        self.sandbox.store.flush()
        return platform.setup_body(account)

    def accounts(self, body: Json) -> Json:
        with self.sandbox.lock:
            found = [self._about(account) for account in self.sandbox.state.accounts.values()]
        return {"accounts": found, "stack": stack.api_url(self.sandbox.stack_file), **self.clock(body)}

    def say(self, body: Json) -> Json:
        """A shopper writes, or does what the event says, `at` so many seconds ago."""
        event = body.get("event")
        if event is None and isinstance(body.get("text"), str):
            event = {"kind": "text", "text": body["text"]}
        if not isinstance(event, dict) or not isinstance(event.get("kind"), str):
            raise Refused("give a text, or an event with a kind", field="event")
        platform, account = self._platform(body), self._account(body)
        with self.sandbox.lock:
            shopper = self.sandbox.shopper(_text(body, "shopper"), body.get("language"), body.get("phone"))
            for name in _PATCHABLE:
                setattr(shopper, name, body.get(name, getattr(shopper, name)))
            at = self.sandbox.now() - _number(event, "at", 0)
            act = Act(event["kind"], str(event.get("text") or ""), at, event)
            return {"event_id": platform.act(account, shopper, act)}

    def phone(self, body: Json) -> Json:
        account = self._account(body)
        if not self._platform(body).has_phones:
            raise Refused("a shop writes to no phone: ask for a channel's", field="channel")
        with self.sandbox.lock:
            phone = self.sandbox.state.phone(account, _text(body, "shopper"))
            if phone is None:
                return {"messages": []}
            rows = sorted(phone.rows, key=lambda row: float(row["at"]))
            typing = phone.typing_until > self.sandbox.now()
            return {"messages": [_shown(row) for row in rows], "typing": typing, "blocked": phone.is_blocked}

    def deliver(self, body: Json) -> Json:
        """Signs and delivers exactly this body; `sign` is true, false (not at all) or "wrong"."""
        account, content, sign = self._account(body), _content(body), body.get("sign", True)
        try:
            with self.sandbox.lock:
                where = self._platform(body).target(account, str(body.get("topic") or ""), {})
        except Nowhere as reason:
            raise Refused(f"nothing to deliver to: {reason}", 409) from None
        if sign is not True:
            where = replace(where, secret="wrong")
        headers = where.headers(content) if sign else {"Content-Type": "application/json"}
        try:
            answer = fetch("POST", where.url, DELIVER_WITHIN_S, data=content, headers=headers)
        except requests.RequestException as error:
            raise Refused(f"the callback could not be reached: {type(error).__name__}", 502) from None
        return {"status": answer.status_code, "answer": answer.text}

    def tell_of_owner(self, body: Json) -> Json:
        """Meta calls `url`, as it was pasted into the app: whoever connected the account took that back
        (`deauthorize`), or wants their data deleted (`data-deletion`)."""
        account = self._account(body)
        if account.channel == "telegram":
            raise Refused("Telegram has no such callback", field="channel")
        signed = body.get("signed_request") or owners.signed_request(
            self.sandbox.state, account, self.sandbox.now()
        )
        try:
            return {"signed_request": signed} | owners.tell(_text(body, "url"), str(signed))
        except requests.RequestException as error:
            raise Refused(f"the callback could not be reached: {type(error).__name__}", 502) from None

    def order_fault(self, body: Json) -> Json:
        channel, call, kind = self._platform(body).channel, _text(body, "call"), _text(body, "fault")
        possible = faults.DELIVERY_FAULTS if call == "webhook" else faults.CALL_FAULTS
        if kind not in faults.KINDS:
            raise Refused(f"there is no fault {kind!r}; there are: {', '.join(faults.KINDS)}", field="fault")
        if kind == "duplicate" and call != "webhook":
            return {"faults": self.sandbox.faults.listed()}
        if kind not in possible:
            raise Refused(f"{kind} is not for {call!r}; there are: {', '.join(possible)}", field="fault")
        seconds = _number(body, "seconds", 0) if "seconds" in body else None
        status = int(_number(body, "status", 0)) or None
        times = int(_number(body, "times", 1))
        fault = Fault(
            channel, call, kind, times, str(body.get("account") or ""), status, body.get("body"), seconds
        )
        if times > 0:
            self.sandbox.faults.add(fault)
        return {"faults": self.sandbox.faults.listed()}

    def rates(self, body: Json) -> Json:
        """How many calls that send came, and how fast; with `to`, those to one shopper's id on the wire."""
        return self.sandbox.rates.measured(self._account(body), str(body.get("to") or ""))

    def limit_rate(self, body: Json) -> Json:
        """A limit from now on, or none with null; counts begin anew."""
        account, unlimited = self._account(body), body.get("per_second") is None
        per_second = None if unlimited else _number(body, "per_second")
        if per_second is not None and per_second <= 0:
            raise Refused("per_second must be above 0, or null for no limit", field="per_second")
        self.sandbox.rates.limit(account, per_second)
        return self.sandbox.rates.measured(account)

    def list_faults(self, body: Json) -> Json:
        return {"faults": self.sandbox.faults.listed()}

    def clear_faults(self, body: Json) -> Json:
        self.sandbox.faults.clear()
        return {"faults": []}

    def move_clock(self, body: Json) -> Json:
        advance_s = _number(body, "advance_s")
        if advance_s < 0:
            raise Refused("the clock only goes forward", field="advance_s")
        with self.sandbox.lock:
            self.sandbox.state.clock_offset_s += advance_s
        self.sandbox.store.flush()
        try:
            stack.tick_until_nothing_is_due(self.sandbox.stack_file, self.sandbox.now)
        except stack.TickFailed as error:
            raise Refused(f"the clock was moved, but the stack's tick failed: {error}", 502) from None
        return self.clock(body)

    def clock(self, body: Json) -> Json:
        return {"now": iso(self.sandbox.now())}

    def reset(self, body: Json) -> Json:
        self.sandbox.reset()
        return {}

    def set_token(self, body: Json) -> Json:
        """What is not named stays. `expires_in_days`: null for never; `scopes`: null for all."""
        account = self._account(body)
        state, scopes = body.get("state", account.token_state), body.get("scopes", account.token_scopes)
        if state not in TOKEN_STATES:
            raise Refused(f"state is one of: {', '.join(TOKEN_STATES)}", field="state")
        if scopes is not None and not isinstance(scopes, list):
            raise Refused("scopes must be a list of permissions, or null for all", field="scopes")
        account.token_state = state
        account.token_scopes = scopes if scopes is None else [str(scope) for scope in scopes]
        if "expires_in_days" in body:
            is_endless = body["expires_in_days"] is None
            lives_s = 0.0 if is_endless else _number(body, "expires_in_days") * 24 * 3600
            account.token_expires_at = 0.0 if is_endless else self.sandbox.now() + lives_s
        self.sandbox.store.flush()
        return {
            "state": state,
            "expires_at": iso(account.token_expires_at) if account.token_expires_at else None,
        }

    def set_window(self, body: Json) -> Json:
        """Make as if the shopper last wrote now (open), 25 hours (human_agent) or 8 days ago (closed)."""
        account, state = self._account(body), _text(body, "state")
        ages = {"closed": WINDOW_CLOSED_S, "human_agent": 25 * 3600, "open": 0}
        if state not in ages:
            raise Refused(f"state is one of: {', '.join(ages)}", field="state")
        phone = self.sandbox.state.phone(account, _text(body, "shopper"))
        if phone is None:
            raise Refused("this shopper has not written to this account", 404, "shopper")
        phone.last_wrote_at = self.sandbox.now() - ages[state]
        self.sandbox.store.flush()
        return {"state": state}

    def deliveries(self, body: Json) -> Json:
        with self.sandbox.lock:
            found = list(self.sandbox.deliveries.values())
        lines = [vars(each) | {"at": iso(each.at)} for each in found]
        return {"deliveries": [line for line in lines if _concerns(line, body)]}

    def calls(self, body: Json) -> Json:
        return {"calls": [call for call in list(self.sandbox.calls) if _concerns(call, body)]}

    def change_template(self, body: Json) -> Json:
        """Adds a template or changes one, and tells the shop of it by webhook."""
        platform, account = self._platform(body), self._account(body)
        with self.sandbox.lock:
            return change(platform, account, body | {"name": _text(body, "name")})

    def templates(self, body: Json) -> Json:
        return {"templates": templates_of(self._account(body))}

    def connect(self, body: Json) -> Json:
        """Connect the account to the local stack's sample shop, for the page."""
        account = self._account(body)
        setup = self._platform(body).setup_body(account)
        try:
            return stack.connect(self.sandbox.stack_file, account.channel, setup)
        except stack.NotConnected as problem:
            raise Refused(str(problem), 409) from None

    def _about(self, account: Account) -> Json:
        try:
            webhook, reason = self.platforms[account.channel].target(account, "", {}).url, ""
        except Nowhere as problem:
            webhook, reason = None, str(problem)
        return {
            "channel": account.channel,
            "account": account.id,
            "name": account.name,
            "handle": account.number or account.username,
            "webhook": webhook,
            "no_webhook_because": reason,
            "shoppers": [phone.shopper for phone in self.sandbox.state.phones_of(account)],
            "can_connect": stack.api_url(self.sandbox.stack_file) is not None,
            "acts": list(self.platforms[account.channel].acts),
            "setup": self.platforms[account.channel].setup_body(account),
        }

    def _platform(self, body: Json) -> Platform:
        channel = _text(body, "channel")
        if channel not in self.platforms:
            raise Refused(
                f"there is no channel {channel!r}; there are: {', '.join(self.platforms)}", field="channel"
            )
        return self.platforms[channel]

    def _account(self, body: Json) -> Account:
        account = self.sandbox.state.account(self._platform(body).channel, _text(body, "account"))
        if account is None:
            raise Refused(f"there is no account {body['account']!r} on {body['channel']}", 404, "account")
        return account


def _body(request: Request) -> Json:
    if request.method != "POST":
        return dict(request.args.items())
    try:
        body = json.loads(request.get_data() or b"{}")
    except ValueError:
        raise Refused("the body is not JSON") from None
    if not isinstance(body, dict):
        raise Refused("the body must be a JSON object")
    return body


def _text(body: Json, name: str) -> str:
    value = body.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value:
        raise Refused(f"{name} is missing", field=name)
    return value


def _number(body: Json, name: str, default: float | None = None) -> float:
    value = body.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(f"{name} must be a number", field=name)
    return float(value)


def _content(body: Json) -> bytes:
    """The bytes to deliver: of a text as they are, of an object as the platform would write it."""
    if isinstance(encoded := body.get("body_base64"), str):
        try:
            return base64.b64decode(encoded, validate=True)
        except binascii.Error:
            raise Refused("body_base64 is not base64", field="body_base64") from None
    if "body" not in body:
        raise Refused("give a body or body_base64", field="body")
    given: Any = body["body"]
    return given.encode("utf-8", "surrogatepass") if isinstance(given, str) else dumps(given)


def _shown(row: Json) -> Json:
    return {name: value for name, value in row.items() if name not in _NOT_SHOWN} | {"at": iso(row["at"])}


def _concerns(line: Json, body: Json) -> bool:
    return all(str(line[name]) == body[name] for name in ("channel", "account", "call") if body.get(name))
