"""Calls on a Meta app itself, and the handshake by which a callback proves itself."""

import re
from typing import Final

import requests

from . import ids
from .graph import Call, GraphError, Routes, names, picked, unknown_object
from .graph_tokens import app_of_token, expired_token, is_expired
from .outward import fetch
from .owners import owner_of
from .state import App, Json
from .targets import OBJECTS
from .world import Sandbox

HANDSHAKE_WITHIN_S: Final = 20.0
TOKEN_LIVES_S: Final = 60 * 24 * 3600
SCOPES: Final = {
    "whatsapp": ("whatsapp_business_management", "whatsapp_business_messaging"),
    "messenger": ("pages_show_list", "pages_messaging", "pages_manage_metadata", "pages_read_engagement"),
    "instagram": ("instagram_basic", "instagram_manage_messages", "pages_manage_metadata", "pages_show_list"),
}


class Apps:
    """Calls on an app itself: its webhook subscriptions, one per object.

    Source: developers.facebook.com/docs/graph-api/reference/app/subscriptions
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def routes(self) -> Routes:
        return {
            ("app", "", "GET"): self.about,
            ("app", "subscriptions", "GET"): self.subscriptions,
            ("app", "subscriptions", "POST"): self.subscribe,
            ("app", "subscriptions", "DELETE"): self.unsubscribe,
            ("debug_token", "", "GET"): self.debug_token,
            ("oauth", "access_token", "GET"): self.exchange_token,
            ("oauth", "access_token", "POST"): self.exchange_token,
            ("system_user", "", "GET"): self.system_user,
        }

    def about(self, call: Call) -> Json:
        app = _app(call)
        return picked(
            call, {"id": app.id, "name": app.name, "link": "", "category": "Business"}, ("name", "link")
        )

    def subscriptions(self, call: Call) -> Json:
        return {
            "data": [
                {
                    "object": name,
                    "callback_url": each["callback_url"],
                    "active": True,
                    "fields": [{"name": field_name, "version": "v25.0"} for field_name in each["fields"]],
                }
                for name, each in _app(call).subscriptions.items()
            ]
        }

    def subscribe(self, call: Call) -> Json:
        app = _app(call)
        name, url, verify_token = (call.text(each) for each in ("object", "callback_url", "verify_token"))
        if name not in OBJECTS.values():
            raise GraphError(
                100, "(#100) Param object must be one of {page, instagram, whatsapp_business_account}"
            )
        if not url or not verify_token:
            raise GraphError(100, "(#100) The parameters callback_url and verify_token are required")
        fields = names(call.parameters.get("fields"))
        if not fields:
            raise GraphError(100, "(#100) The parameter fields is required")
        handshake(url, verify_token)
        with self.sandbox.lock:
            app.subscriptions[name] = {"callback_url": url, "verify_token": verify_token, "fields": fields}
        self.sandbox.store.changed()
        return {"success": True}

    def unsubscribe(self, call: Call) -> Json:
        app = _app(call)
        with self.sandbox.lock:
            for name in [call.text("object")] if call.text("object") else list(app.subscriptions):
                app.subscriptions.pop(name, None)
        self.sandbox.store.changed()
        return {"success": True}

    def debug_token(self, call: Call) -> Json:
        account = call.account
        if account is None:
            error = {"code": 190, "message": "Invalid OAuth access token."}
            return {"data": {"error": error, "is_valid": False, "scopes": []}}
        app = self.sandbox.state.apps[account.app_id]
        viewer = app_of_token(self.sandbox, call.token)
        if viewer is not None and viewer is not app:
            raise GraphError(100, "(#100) The App_id in the input_token did not match the Viewing App")
        has_all = SCOPES[account.channel] if account.token_scopes is None else account.token_scopes
        scopes = [] if account.token_state == "no_permission" else list(has_all)
        is_over = is_expired(self.sandbox, account)
        data: Json = {
            "app_id": app.id,
            "type": {"whatsapp": "SYSTEM_USER", "messenger": "PAGE"}.get(account.channel, "USER"),
            "application": app.name,
            "expires_at": int(account.token_expires_at),
            "data_access_expires_at": 0,
            "is_valid": account.token_state in ("valid", "no_permission") and not is_over,
            "scopes": scopes,
            "granular_scopes": [
                {"scope": scope, "target_ids": [account.waba_id or account.id]} for scope in scopes
            ],
            "user_id": owner_of(account),
        }
        if is_over:
            data["error"] = {"code": 190, "message": "Session has expired", "subcode": 463}
        return {"data": data}

    def exchange_token(self, call: Call) -> Json:
        """A valid token with an end lives 60 days more; the sandbox keeps its text.

        Source: developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
        """
        account = call.account
        app = self.sandbox.state.apps.get(call.text("client_id"))
        if app is None or app.secret != call.text("client_secret"):
            raise GraphError(1, "Error validating client secret.")
        if call.text("grant_type") != "fb_exchange_token" or account is None or account.app_id != app.id:
            raise GraphError(190, "Invalid OAuth access token.")
        if is_expired(self.sandbox, account):
            raise expired_token()
        if account.token_expires_at:
            account.token_expires_at = self.sandbox.now() + TOKEN_LIVES_S
            self.sandbox.store.changed()
        lives = {"expires_in": TOKEN_LIVES_S} if account.token_expires_at else {}
        return {"access_token": account.token, "token_type": "bearer", **lives}

    def system_user(self, call: Call) -> Json:
        return picked(call, {"id": call.object_id, "name": "Parley system user"}, ("name",))


def _app(call: Call) -> App:
    if call.app is None:
        raise unknown_object(call)
    return call.app


def handshake(url: str, verify_token: str) -> None:
    """Ask the callback to prove itself. Raises GraphError 2200 when it does not send the challenge back.

    Source: developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests
    """
    if not is_callback(url):
        raise GraphError(2200, "(#2200) Callback verification failed: the callback URL must use HTTPS")
    challenge = ids.digits(10)
    query = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verify_token}
    try:
        answer = fetch("GET", url, HANDSHAKE_WITHIN_S, params=query)
    except requests.RequestException as error:
        problem = f"curl_errno = {type(error).__name__}"
    else:
        if answer.status_code == 200 and answer.text == challenge:
            return
        problem = f"HTTP Status Code = {answer.status_code}; HTTP Message = {answer.reason}"
    raise GraphError(2200, f"(#2200) Callback verification failed with the following errors: {problem}")


def is_callback(url: str) -> bool:
    """HTTPS, or plain HTTP on this machine, where the local stack lives."""
    return bool(re.match(r"https://[^/]+|http://(127\.0\.0\.1|localhost|\[::1])(:\d+)?(/|$)", url))
