"""Connecting a loft, and looking after it."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from chalicelib.domain.connections import Account, Connection, Finding
from chalicelib.ports.account import Examination
from chalicelib.ports.errors import ChannelDown, CredentialsRejected, SendError, SendRejected
from integrations.reading import identifier, text_of
from pigeon_post.post import Post, accepted


def check(post: Post, credentials: Mapping[str, str]) -> Account:
    """Prove the ring, and that the loft is its own."""
    loft, token = credentials["loft"], credentials["ring"]
    found = _ask(post, "GET", f"lofts/{loft}", token)
    if identifier(found.get("loft")) != loft:
        raise CredentialsRejected("account_mismatch", "This ring belongs to another loft.", "loft")
    name = text_of(found.get("name"), 200) or loft
    return Account(loft, name, token, (credentials["seal"],))


def register(post: Post, connection: Connection, callback_url: str) -> list[str]:
    """Nothing is left to do."""
    _ask(post, "POST", f"lofts/{connection.account}/calls", connection.token, {"url": callback_url})
    return []


def unregister(post: Post, connection: Connection) -> None:
    with suppress(SendError):
        post.call("DELETE", f"lofts/{connection.account}/calls", connection.token)


def examine(post: Post, connection: Connection, callback_url: str) -> Examination:
    """Is the ring good, and do the calls come here?"""
    try:
        found = _ask(post, "GET", f"lofts/{connection.account}", connection.token)
        if found.get("calls") == callback_url:
            told = Finding(code="ok", severity="ok", message="The ring holds, and the post calls here.")
        else:
            register(post, connection, callback_url)
            text = "The post called elsewhere; now it calls here. Nothing is left to do."
            told = Finding(code="webhook_repaired", severity="warning", message=text)
    except CredentialsRejected as error:
        told = Finding(code=error.code, severity="error", message=error.message)
    return Examination(findings=(told,))


def _ask(
    post: Post, method: str, path: str, token: str, body: Mapping[str, Any] | None = None
) -> Mapping[str, Any]:
    """Raises SetupError."""
    try:
        return accepted(post.call(method, path, token, body))
    except SendRejected as error:
        text = "The post does not know this ring: ask at the loft for the one that is worn now."
        raise CredentialsRejected(error.reason, text, "ring") from None
    except SendError:
        raise ChannelDown(
            "channel_down", "The post did not answer. Nothing was changed: try again."
        ) from None
