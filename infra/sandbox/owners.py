"""The person who connected an account, and what Meta tells a shop of them: that they took it back, or want
their data deleted.

Source: developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback
"""

import base64
import hashlib
import hmac
import json
from typing import Final

import requests

from .outward import fetch
from .state import Account, Json, State

_WITHIN_S: Final = 30.0


def owner_of(account: Account) -> str:
    """How an account's app knows the person who connected it: Instagram's own by the `id` of `me`."""
    if account.instagram_app_secret:
        return f"9{account.id[1:]}"
    digest = hashlib.sha256(f"{account.app_id}/{account.id}".encode()).hexdigest()
    return f"9{int(digest[:12], 16):015d}"


def signed_request(state: State, account: Account, now: float) -> str:
    """Signature and payload, base64url without padding; the signature is over the payload as encoded."""
    payload = {"algorithm": "HMAC-SHA256", "issued_at": int(now), "user_id": owner_of(account)}
    encoded = _encoded(json.dumps(payload).encode())
    secret = account.instagram_app_secret or state.apps[account.app_id].secret
    return f"{_encoded(hmac.new(secret.encode(), encoded.encode(), hashlib.sha256).digest())}.{encoded}"


def tell(url: str, signed: str) -> Json:
    """Post the form, as Meta does; what was answered."""
    answer: requests.Response = fetch("POST", url, _WITHIN_S, data={"signed_request": signed})
    return {"status": answer.status_code, "answer": answer.text}


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
