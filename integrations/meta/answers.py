"""What an answer of the Graph API means for what was sent: its id, or what happens next.

Source: developers.facebook.com/docs/graph-api/guides/error-handling,
developers.facebook.com/docs/graph-api/overview/rate-limiting
"""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from chalicelib.domain.outcomes import Verdict
from chalicelib.ports.errors import OutcomeUnknown, RetryLater, SendError, SendRejected
from integrations.http import CUT_OFF, Answer
from integrations.meta.errors import Verdicts, limits_of, look_up
from integrations.meta.graph import GraphError, error_in
from integrations.reading import first, identifier, listed, mapping

_LONGEST_HINT_S: Final = 86_400.0
# "Length of param message[text] must be less than or equal to 2000", "must be at most 4096 characters long".
_TOO_LONG: Final = re.compile(r"length of param|too long|at most \d+ (characters|bytes)", re.IGNORECASE)


def sent_id(answer: Answer, verdicts: Verdicts, *, otherwise: str = "") -> str:
    """The id of what was sent; `otherwise` where the platform gives none to what it has done (a reaction).
    Raises the SendError that the answer means."""
    body = accepted(answer, verdicts)
    found = identifier(body.get("message_id")) or identifier(mapping(first(body.get("messages"))).get("id"))
    found = found or (otherwise if body else "")
    if not found:
        raise OutcomeUnknown("the answer can't be read")
    return found


def accepted(answer: Answer, verdicts: Verdicts) -> Mapping[str, Any]:
    """What a successful answer holds, `{}` for one that can't be read. Raises the SendError that any other
    means."""
    body = mapping(answer.body)
    if not answer.is_ok or "error" in body:
        raise send_error(answer, verdicts)
    return body


def send_error(answer: Answer, verdicts: Verdicts) -> SendError:
    """Name what happens next. Unknown codes are permanent: no retry storm."""
    error = error_in(answer)
    verdict = _verdict_on(error, verdicts)
    if verdict is None and error.code < 0 and answer.status in CUT_OFF:
        return OutcomeUnknown(f"a gateway answered {answer.status} in the platform's place")
    if verdict is None:
        verdict = _by_status(answer.status, error)
    code = error.name if error.code >= 0 else str(answer.status)
    if isinstance(verdict, str):
        return SendRejected(code, verdict)
    is_limited = answer.status == 429 and error.code < 0
    limits = "connection" if is_limited else limits_of(error.code, error.subcode)
    return RetryLater(_hint_s(answer) or verdict, code, limits=limits)


def _verdict_on(error: GraphError, verdicts: Verdicts) -> Verdict | None:
    """What the table says of the code, made finer where only the words tell."""
    if error.needs_other_proof:
        return "token_rejected"
    verdict = look_up(verdicts, error.code, error.subcode)
    is_too_long = verdict == "invalid" and _TOO_LONG.search(f"{error.message} {error.details}")
    return "too_long" if is_too_long else verdict


def _by_status(status: int, error: GraphError) -> Verdict:
    """What an answer means whose code is in no list, or that has none."""
    if error.is_transient or status >= 500:
        return 10.0
    if status == 429:
        return 60.0
    return "token_rejected" if status == 401 and error.code < 0 else "invalid"


def _hint_s(answer: Answer) -> float:
    """How long the platform asks to wait, in its own headers; 0 where it does not say.

    `estimated_time_to_regain_access` counts minutes, and may be given for several accounts. `Retry-After`
    counts seconds; nothing promises it, and it holds where it comes.
    """
    try:
        usage = json.loads(answer.headers.get("x-business-use-case-usage", "{}"))
    except (ValueError, RecursionError):
        usage = {}
    items = [mapping(item) for value in mapping(usage).values() for item in listed(value)]
    waits = [60.0 * _count(item.get("estimated_time_to_regain_access")) for item in items]
    waits.append(float(_count(answer.headers.get("retry-after", ""))))
    return min(max(waits), _LONGEST_HINT_S)


def _count(value: Any) -> int:
    """A whole number, as one or in digits; 0 for anything else."""
    digits = identifier(value)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else 0
