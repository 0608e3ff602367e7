"""Who may make a call of the Graph API.

Sources: developers.facebook.com/docs/facebook-login/guides/access-tokens,
developers.facebook.com/docs/graph-api/guides/secure-requests
"""

import hashlib
import hmac

from .graph import Call, GraphError, account_of_token, unknown_object
from .state import Account, App
from .world import Sandbox, first_of


def bad_token() -> GraphError:
    return GraphError(190, "Invalid OAuth access token - Cannot parse access token", status=401)


def expired_token() -> GraphError:
    message = "Error validating access token: Session has expired on Thursday, 01-Jan-26 00:00:00 PST."
    return GraphError(190, message, subcode=463, status=401)


def no_permission(action: str) -> GraphError:
    message = f"(#200) You do not have the necessary permission to {action}."
    return GraphError(200, message, status=403)


def check_token(sandbox: Sandbox, call: Call) -> None:
    """Raise the error that Graph answers to a token which may not make this call."""
    if call.kind == "oauth":
        return
    if not call.token:
        raise GraphError(104, "An access token is required to request this resource.", status=401)
    app = app_of_token(sandbox, call.token)
    if app is not None and (call.app is app or call.kind == "debug_token"):
        return
    owner = account_of_token(sandbox, call)
    if owner is None or owner.token_state == "revoked":
        raise bad_token()
    if is_expired(sandbox, owner):
        raise expired_token()
    _check_proof(sandbox, call, owner)
    if call.kind == "app":
        raise GraphError(15, "(#15) This method must be called with an app access_token.")
    if call.kind in ("debug_token", "refresh_access_token", "system_user"):
        return
    if call.account is None or not _may_use(owner, call.account):
        raise unknown_object(call)
    is_plain_read = call.method == "GET" and not call.edge
    if owner.token_state == "no_permission" and not is_plain_read:
        raise no_permission(f"use {call.name}")


def is_expired(sandbox: Sandbox, account: Account) -> bool:
    """Said to be, or its time is over."""
    is_over = 0 < account.token_expires_at <= sandbox.now()
    return account.token_state == "expired" or is_over


def app_of_token(sandbox: Sandbox, token: str) -> App | None:
    """The app whose own token this is: its id and secret."""
    return first_of(app for app in sandbox.state.apps.values() if token == f"{app.id}|{app.secret}")


def _check_proof(sandbox: Sandbox, call: Call, owner: Account) -> None:
    """A proof is not asked for, but one that is given must be right."""
    secret = owner.instagram_app_secret or sandbox.state.apps[owner.app_id].secret
    right = hmac.new(secret.encode(), call.token.encode(), hashlib.sha256).hexdigest()
    if call.proof and not hmac.compare_digest(call.proof.encode(), right.encode()):
        message = "Invalid appsecret_proof provided in the API argument"
        raise GraphError(100, message, kind="GraphMethodException")


def _may_use(owner: Account, account: Account) -> bool:
    return owner is account or bool(owner.waba_id and owner.waba_id == account.waba_id)
