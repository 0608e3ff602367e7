"""One call to the pigeon post, and what its answer means: `{"error": {"code": "slow", "wait": 7}}`."""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.domain.outcomes import Verdict
from chalicelib.ports.errors import OutcomeUnknown, RetryLater, SendError, SendRejected
from integrations.http import CUT_OFF, SENDING, Answer, Http
from integrations.reading import identifier, mapping

VERDICTS: Final[dict[str, Verdict]] = {
    "slow": 10.0,
    "storm": 60.0,
    "ring": "token_rejected",
    "net": "unreachable",
    "heavy": "too_long",
}


class Post:
    """Any loft's calls."""

    def __init__(self, url: str) -> None:
        self._url, self._http = url, Http()

    def call(
        self,
        method: str,
        path: str,
        token: str,
        body: Mapping[str, Any] | None = None,
        timeout: tuple[float, float] = SENDING,
    ) -> Answer:
        """One call. Raises NotSent or OutcomeUnknown when no answer came."""
        return self._http.call(method, f"{self._url}/{path}", token=token, body=body, timeout=timeout)


def accepted(answer: Answer) -> Mapping[str, Any]:
    """What a good answer holds. Raises the SendError that any other means."""
    if answer.is_ok:
        return mapping(answer.body)
    raise _error_from(answer)


def _error_from(answer: Answer) -> SendError:
    """Unknown codes are permanent: no retry storm."""
    error = mapping(mapping(answer.body).get("error"))
    code = identifier(error.get("code"))
    if not code and answer.status in CUT_OFF:
        return OutcomeUnknown(f"a gateway answered {answer.status} in the post's place")
    verdict = VERDICTS.get(code, "invalid" if answer.status < 500 else 10.0)
    if isinstance(verdict, str):
        return SendRejected(code or str(answer.status), verdict)
    wait = error.get("wait")
    hint = float(wait) if isinstance(wait, int) and 0 < wait < 86_400 else verdict
    return RetryLater(hint, code, limits="connection" if code == "slow" else "")
