"""How a connection is doing: when it is looked after, when to warn, and what its merchant is shown."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from chalicelib.domain.connections import Connection, Finding
from chalicelib.domain.events import Notice
from chalicelib.domain.ids import digest

CHECKED_EVERY: Final = timedelta(hours=24)
# After a check that came to nothing.
AGAIN_AFTER: Final = timedelta(hours=1)
# Connections that were made in the same minute drift apart by this.
_SPREAD_S: Final = 1800
RENEWED_WITHIN: Final = timedelta(days=10)
# Instagram refreshes no token that is younger.
# Source: developers.facebook.com/docs/instagram-platform/reference/refresh_access_token
_RENEWABLE_AFTER: Final = timedelta(hours=24)
# So many days before its end a token is warned of, each time in a louder voice.
WARNED_AT_DAYS: Final = (2, 7, 14)
TOLD_FOR: Final = timedelta(days=7)

_NEW_TOKEN: Final = "Make a new token and connect the account again with it"
TOKEN_REJECTED: Final = Finding(
    code="token_rejected",
    severity="error",
    message=f"The channel refuses the token. {_NEW_TOKEN}. Until then messages still come in; what is to be "
    "sent waits, and goes out when it is done.",
)
OK: Final = Finding(code="ok", severity="ok", message="The token holds, and what shoppers write comes here.")
# Findings after which nothing can be sent.
_UNUSABLE: Final = frozenset(
    {"token_rejected", "permission_missing", "secret_rejected", "account_mismatch", "not_found", "invalid"}
)
# Of these notices the latest holds, whatever it is about: it names what was decided.
_DECISIONS: Final = frozenset({"account_review"})
# What channels tell that asks for nothing, and takes nothing back: there may be many a day.
_NEWS: Final = frozenset(
    {
        *("account_linking", "app_roles", "automatic_event", "calls", "identity_key_changed", "mention"),
        *("notification_token", "token_expires"),
    }
)
_SEVERITIES: Final[dict[str, Literal["warning", "error"]]] = {
    "account_blocked": "error",
    "access_removed": "error",
    "token_rejected": "error",
}
# What a channel has told of the account -> what it means, and what to do. Others are named as they came.
_PROBLEMS: Final[dict[str, str]] = {
    "account_blocked": "The channel has blocked or restricted the account. Open the account's quality page "
    "with the channel, read why, and ask for a review there.",
    "account_at_risk": "The channel warns that the account may be blocked. Open the account's quality page "
    "with the channel and mend what it names.",
    "access_removed": "Our access to the account was taken away. Connect it again with a new token.",
    "policy_warning": "The channel warns of a breach of its policy. Read the notice in the Page's support "
    "inbox: after a further one it may block the account.",
    "quality_low": "Shoppers block or report what is sent. Send less marketing, and only to those who asked "
    "for it; otherwise the channel lowers the limit.",
    "limit_low": "The channel has lowered how many shoppers may be written to first. Verify the business, "
    "and send only what shoppers want.",
    "template_broken": "A template can't be sent any more. Open the template with the channel, read why, "
    "and change it or use another.",
    "name_rejected": "The display name was refused. Choose another with the channel: until then only "
    "a little may be sent.",
    "form_broken": "A form is slowed down or blocked. Look at its health with the channel, and mend it.",
    "not_permitted": "The account lacks a permission or a step of its setup. Connect it again and allow all "
    "that is asked for.",
    "token_rejected": TOKEN_REJECTED.message,
    "buyer_erase": "A buyer wants their data erased. Their carts and orders of this shop are erased here; "
    "look whether the chat that is named is theirs, and erase that shopper too.",
    "buyer_export": "A buyer wants to see what is held of them. Export the shopper that is named, and let "
    "them have it.",
}


def next_check(connection_id: str, now: datetime) -> datetime:
    """Once a day. How much earlier than after 24 hours is the connection's own, so that not all fall due at
    once."""
    early_s = int(digest(connection_id)[:8], 16) % _SPREAD_S
    return now + CHECKED_EVERY - timedelta(seconds=early_s)


def expiry_step(expires_at: datetime | None, at: datetime) -> int | None:
    """Within how many days of those that are warned at the token ends; 0 when it has, None long before."""
    if expires_at is None:
        return None
    left = expires_at - at
    if left <= timedelta():
        return 0
    return next((days for days in WARNED_AT_DAYS if left <= timedelta(days=days)), None)


def expiry_finding(expires_at: datetime | None, now: datetime) -> Finding | None:
    """The warning that a token is about to end."""
    step = expiry_step(expires_at, now)
    if step is None or expires_at is None:
        return None
    day = expires_at.date().isoformat()
    if step == 0:
        text = f"The token expired on {day}. {_NEW_TOKEN}."
        return Finding(code="token_expires", severity="error", message=text)
    text = (
        f"The token expires on {day}, {_in_days((expires_at - now).days)}. Where the channel allows it, it "
        f"is renewed by itself {RENEWED_WITHIN.days} days before. With fewer left this has failed, or can't "
        f"be done: {_NEW_TOKEN[0].lower()}{_NEW_TOKEN[1:]}."
    )
    return Finding(code="token_expires", severity="error" if step <= 2 else "warning", message=text)


def _in_days(days: int) -> str:
    return {0: "within a day", 1: "in 1 day"}.get(days, f"in {days} days")


def wants_renewal(expires_at: datetime | None, connected_at: datetime | None, now: datetime) -> bool:
    """Whether to ask for a new token: it ends soon, or nobody has told when it does."""
    if expires_at is not None:
        return expires_at - now <= RENEWED_WITHIN
    return connected_at is not None and now - connected_at >= _RENEWABLE_AFTER


def is_usable(findings: Iterable[Finding]) -> bool:
    """Whether a connection with these can send."""
    return not any(one.code in _UNUSABLE for one in findings)


def shown(connection: Connection, notices: Sequence[Notice], now: datetime) -> tuple[Finding, ...]:
    """All that there is to see to: what the last check has found, and what was learned since.

    notices: what the channel has told, with its time, the newest first.
    """
    if connection.status == "disconnected":
        return ()
    found = [TOKEN_REJECTED] if connection.status == "needs_reauth" else []
    found += [one for one in connection.findings if one.severity != "ok"]
    expiry = expiry_finding(connection.token_expires_at, now)
    found += [expiry] if expiry else []
    found += notice_findings(notices, now)
    by_code = {(one.code, _subject_of(one)): one for one in reversed(found)}
    return tuple(reversed(by_code.values()))


def _subject_of(finding: Finding) -> str:
    """Several templates may be broken; of the account there is one of each."""
    return finding.message if finding.code == "template_broken" else ""


def is_news(notice: Notice) -> bool:
    """Whether a notice says nothing about how a connection is doing."""
    return not notice.problem and notice.kind in _NEWS


def notice_findings(notices: Sequence[Notice], now: datetime) -> list[Finding]:
    """What channels have told in the last days that the shop must see to, unless they took it back since."""
    latest: dict[tuple[str, str], Notice] = {}
    for notice in notices:
        subject = "" if notice.kind in _DECISIONS else notice.subject
        latest.setdefault((notice.kind, subject), notice)
    return [
        _told(notice, notice.at)
        for notice in latest.values()
        if notice.problem
        and notice.at is not None
        and now - notice.at <= TOLD_FOR
        and not _is_over(notice, now)
    ]


def _is_over(notice: Notice, now: datetime) -> bool:
    """A restriction may come with its own end."""
    try:
        return datetime.fromisoformat(str(notice.details.get("until"))) <= now
    except (ValueError, TypeError):
        return False


def _told(notice: Notice, at: datetime) -> Finding:
    meaning = _PROBLEMS.get(notice.problem, f"The channel reports: {notice.problem.replace('_', ' ')}.")
    about = f" ({notice.subject})" if notice.subject else ""
    return Finding(
        code=notice.problem,
        severity=_SEVERITIES.get(notice.problem, "warning"),
        message=f"{meaning} Told on {at.date().isoformat()}{about}.",
    )
