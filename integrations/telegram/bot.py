"""The Bot API as we use it: one method, JSON both ways. Source: core.telegram.org/bots/api#making-requests"""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from chalicelib.ports.errors import OutcomeUnknown, SendRejected
from integrations.http import CUT_OFF, SENDING, Answer, Http
from integrations.reading import mapping
from integrations.telegram.errors import NOT_MODIFIED, description_of, error_from

# The token stands in the path: nothing else may be able to.
_TOKEN: Final = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{20,80}", re.ASCII)


class Bot:
    """Any bot's methods."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._http = Http()

    def call(
        self,
        token: str,
        method: str,
        body: Mapping[str, Any] | None = None,
        timeout: tuple[float, float] = SENDING,
    ) -> Answer:
        """One call. Raises NotSent or OutcomeUnknown when no answer came."""
        url = f"{self._base_url}/bot{_safe(token)}/{method}"
        return self._http.call("POST", url, body=body or {}, timeout=timeout)

    def result(
        self, token: str, method: str, body: Mapping[str, Any], timeout: tuple[float, float] = SENDING
    ) -> Any:
        """The `result` of one call; True where what was asked for is so already. Raises SendError."""
        answer = self.call(token, method, body, timeout)
        told = mapping(answer.body)
        if answer.is_ok and told.get("ok") is not False:
            return told.get("result")
        if answer.status in CUT_OFF and "ok" not in told:
            raise OutcomeUnknown(f"a gateway answered {answer.status} in the platform's place")
        if NOT_MODIFIED in description_of(told):
            return True
        raise error_from(answer.status, told, answer.headers)

    def file_url(self, token: str, path: str) -> str:
        """Where a file is fetched. It holds the token: never store or show it."""
        return f"{self._base_url}/file/bot{_safe(token)}/{quote(path)}"


def _safe(token: str) -> str:
    if not _TOKEN.fullmatch(token):
        raise SendRejected("401", "token_rejected")
    return token
