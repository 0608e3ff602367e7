"""Notices to the shop's own people, in the shop's language.

Babel costs 70 ms to load, so that it is imported where it is needed.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

from chalicelib.domain.connections import Connection
from chalicelib.domain.languages import DEFAULT, from_hint
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message
from chalicelib.domain.names import greeting_name
from chalicelib.domain.staff.people import NoticeKind, quote
from chalicelib.domain.staff.texts import staff_texts
from chalicelib.domain.threads import Thread

# What a notice begins with, to be told apart at a glance.
_SIGNS: Final[dict[NoticeKind, str]] = {
    "new": "🔔",
    "at_risk": "⏳",
    "complaint": "❗",
    "failed": "↩️",
    "token": "🔌",
}
_MINUTE_S: Final = 60
_HOUR_S: Final = 3600
_DAY_S: Final = 86400
_NEVER: Final = 10**9  # a threshold that no unit reaches, so that Babel takes the one we name
_FROM_THE_RIGHT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def language_of(shop: Shop) -> str:
    """The shop's first language: its people speak it."""
    spoken = (from_hint(one) for one in shop.languages)
    return next((one for one in spoken if one), DEFAULT)


def who(thread: Thread, channel: str) -> str:
    """A shopper in a notice: first name and channel, or the channel alone."""
    name = greeting_name(thread.shopper_name)
    return f"{_apart(name)}, {channel}" if name else channel


def thread_notice(
    kind: NoticeKind,
    thread: Thread,
    channel: str,
    said: Sequence[Message],
    shop: Shop,
    now: datetime,
    *,
    has_window: bool,
) -> str:
    """said: what the shopper wrote since they wait, oldest first, or what did not reach them. has_window:
    whoever reads the notice has to write now and then, or no other can come."""
    language = language_of(shop)
    texts = staff_texts(language)
    heads = {
        "new": texts.new,
        "at_risk": texts.at_risk,
        "complaint": texts.complaint,
        "failed": texts.not_sent,
    }
    lines = [f"{_SIGNS[kind]} {heads[kind].format(who=who(thread, channel))}"]
    quoted = quote(said)
    if quoted:
        lines += ["", _apart(quoted), ""]
    if thread.promised_at is not None:
        left_s = (thread.promised_at - now).total_seconds()
        lines.append(texts.left.format(duration=_duration(left_s, language)) if left_s > 0 else texts.late)
    lines += [texts.answer, texts.daily] if has_window else [texts.answer]
    return "\n".join(lines)


def token_notice(connection: Connection, channel: str, shop: Shop) -> str:
    """An account of the shop can't send any more."""
    account = f"{_apart(connection.name)}, {channel}" if connection.name else channel
    return f"{_SIGNS['token']} {staff_texts(language_of(shop)).token.format(account=account)}"


def _duration(seconds: float, language: str) -> str:
    """In whole minutes up to two hours, in hours up to two days, in days."""
    from babel.dates import format_timedelta

    unit: Literal["day", "hour", "minute"]
    unit = "day" if seconds >= 2 * _DAY_S else "hour" if seconds >= 2 * _HOUR_S else "minute"
    whole = max(int(seconds), _MINUTE_S)
    words = format_timedelta(whole, granularity=unit, threshold=_NEVER, locale=language)
    return words.replace("\u202f", " ").replace("\u00a0", " ")


def _apart(inserted: str) -> str:
    """Isolated from the direction of what is around it, where it has one of its own."""
    return f"\u2068{inserted}\u2069" if _FROM_THE_RIGHT.search(inserted) else inserted
