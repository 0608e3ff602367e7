"""The Bot API as we use it: one method, JSON both ways. Source: core.telegram.org/bots/api#making-requests"""

import re
from collections.abc import Mapping
from typing import Any, Final

from chalicelib.ports import SendRejected
from integrations.http import SENDING, Answer, Http

# The token stands in the path: nothing else may be able to.
_TOKEN: Final = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{20,80}", re.ASCII)


class Bot:
    """Any bot's methods."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._http = Http()

    def call(self, token: str, method: str, body: Mapping[str, Any] | None = None) -> Answer:
        """One call. Raises NotSent or OutcomeUnknown when no answer came."""
        if not _TOKEN.fullmatch(token):
            raise SendRejected("401", "token_rejected")
        url = f"{self._base_url}/bot{token}/{method}"
        return self._http.call("POST", url, body=body or {}, timeout=SENDING)
