"""One merchant's access to one channel or shop system, and what was proven about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

ConnectionStatus = Literal["connecting", "active", "needs_reauth", "disconnected"]


@dataclass(frozen=True, slots=True)
class Account:
    """An account on a channel whose credentials the channel has accepted.

    account: the channel's id of it (WhatsApp phone number id, Page id, Instagram account id, bot id).
    token: what we send with. signing_secrets: any of these may sign its webhooks; empty when the
    deployment's shared app does. details: ids that later calls need, nothing secret.
    warnings: what the merchant should know before customers write, in plain words.
    takes_our_secret: its webhooks bear a secret that we draw and `register` gives to the channel.
    is_their_own: the merchant has named it, and others may have one of the same name.
    secrets_overlap: for how long after a secret was changed the one before it may still sign.
    """

    account: str
    name: str
    token: str
    signing_secrets: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    takes_our_secret: bool = False
    is_their_own: bool = False
    secrets_overlap: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that a check of a connection has found, with what to do. code: stable, for machines."""

    code: str
    severity: Literal["ok", "warning", "error"]
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A connected account, secrets in the clear: never log or return one whole.

    connected_at: when its credentials were last given. began_at: since when it is connected without a break,
    however often they were given anew.
    """

    merchant_id: str
    connection_id: str
    channel: str
    account: str
    name: str
    status: ConnectionStatus
    token: str = field(default="", repr=False)
    signing_secrets: tuple[str, ...] = field(default=(), repr=False)
    verify_token: str = field(default="", repr=False)
    details: Mapping[str, str] = field(default_factory=dict)
    next_steps: tuple[str, ...] = ()
    connected_at: datetime | None = None
    began_at: datetime | None = None
    token_expires_at: datetime | None = None
    checked_at: datetime | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedApp:
    """A Meta app of the deployment whose webhooks serve many merchants on one URL."""

    app_id: str
    signing_secrets: tuple[str, ...] = field(repr=False)
    verify_token: str = field(repr=False)
