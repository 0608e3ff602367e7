"""The Graph API as the three Meta channels use it: one call, and what its errors mean for a message.

Source: developers.facebook.com/docs/graph-api/guides/error-handling,
developers.facebook.com/docs/graph-api/overview/rate-limiting
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from chalicelib.domain.connections import Connection
from chalicelib.ports import OutboundMessage, OutcomeUnknown, RetryLater, SendError, SendRejected
from integrations.http import CUT_OFF, SENDING, Answer, Http
from integrations.meta.signature import as_key
from integrations.reading import first, identifier, listed, mapping, text_of

VERSION: Final = "v25.0"
_LONGEST_HINT_S: Final = 86_400.0

# (code, subcode) or (code, None) -> when to try again, in seconds, or why it is refused for good.
Verdicts = Mapping[tuple[int, int | None], float | str]


@dataclass(frozen=True, slots=True)
class GraphError:
    """The error object of an answer; `code` is -1 where there is none."""

    code: int
    subcode: int | None
    message: str
    is_transient: bool

    @property
    def name(self) -> str:
        """As it is written in the platform's lists: `131047`, `10/2018278`."""
        return str(self.code) if self.subcode is None else f"{self.code}/{self.subcode}"

    @property
    def needs_other_proof(self) -> bool:
        """The app secret that we know is not the app's; the code alone (100) does not tell."""
        return "appsecret_proof" in self.message


@dataclass(frozen=True, slots=True)
class Access:
    """What a call is made with: a token, and the secret of its app where it is known.

    An app may be set to refuse calls without a proof of its secret, and a wrong proof is always refused.
    Source: developers.facebook.com/docs/graph-api/guides/secure-requests
    """

    token: str = field(repr=False)
    app_secret: str = field(default="", repr=False)

    @property
    def proof(self) -> dict[str, str]:
        """`appsecret_proof`, as a parameter; none without a secret."""
        if not self.app_secret:
            return {}
        made = hmac.new(as_key(self.app_secret), as_key(self.token), hashlib.sha256)
        return {"appsecret_proof": made.hexdigest()}


def access_of(connection: Connection) -> Access:
    """How a connection calls: the Meta app's secret is the first of those that sign."""
    return Access(connection.token, next(iter(connection.signing_secrets), ""))


class Graph:
    """One host of the Graph API: graph.facebook.com, or graph.instagram.com."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._http = Http()

    def call(
        self,
        method: str,
        path: str,
        access: Access,
        *,
        params: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        timeout: tuple[float, float] = SENDING,
    ) -> Answer:
        """One call. Raises NotSent or OutcomeUnknown when no answer came."""
        url = f"{self._base_url}/{VERSION}/{path}"
        given = {**(params or {}), **access.proof}
        return self._http.call(method, url, token=access.token, params=given, body=body, timeout=timeout)


def error_in(answer: Answer) -> GraphError:
    """The error that an answer holds. The HTTP status says little, the code says all."""
    raw = mapping(mapping(answer.body).get("error"))
    subcode = raw.get("error_subcode")
    return GraphError(
        code=_number(raw.get("code"), -1),
        subcode=subcode if isinstance(subcode, int) else None,
        message=text_of(raw.get("message"), 500),
        is_transient=raw.get("is_transient") is True,
    )


def message_id(answer: Answer, verdicts: Verdicts) -> str:
    """The id of the message that was sent. Raises the SendError that the answer means."""
    if not answer.is_ok or "error" in mapping(answer.body):
        raise send_error(answer, verdicts)
    body = mapping(answer.body)
    found = identifier(body.get("message_id")) or identifier(mapping(first(body.get("messages"))).get("id"))
    if not found:
        raise OutcomeUnknown("the answer can't be read")
    return found


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
    return RetryLater(_hint_s(answer) or verdict, code)


def _verdict_on(error: GraphError, verdicts: Verdicts) -> float | str | None:
    """The finest entry that there is: code with subcode, a subcode that stands alone, the code."""
    if error.needs_other_proof:
        return "token_rejected"
    keys = [(error.code, error.subcode), (error.code, None)]
    if error.subcode is not None:
        keys.insert(1, (error.subcode, None))
    return next((verdicts[key] for key in keys if key in verdicts), None)


def _by_status(status: int, error: GraphError) -> float | str:
    """What an answer means whose code is in no list, or that has none."""
    if error.is_transient or status >= 500:
        return 10.0
    if status == 429:
        return 60.0
    if 200 <= error.code <= 299:
        return "not_permitted"
    return "token_rejected" if status == 401 and error.code < 0 else "invalid"


def _hint_s(answer: Answer) -> float:
    """How long the platform asks to wait: `estimated_time_to_regain_access`, in minutes, in a header."""
    try:
        usage = json.loads(answer.headers.get("x-business-use-case-usage", "{}"))
    except (ValueError, RecursionError):
        return 0.0
    items = [item for value in mapping(usage).values() for item in listed(value)]
    minutes = [_number(mapping(item).get("estimated_time_to_regain_access"), 0) for item in items]
    return min(max(minutes, default=0) * 60.0, _LONGEST_HINT_S)


def _number(value: Any, otherwise: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise


def messaging_body(message: OutboundMessage) -> dict[str, Any]:
    """What Messenger's and Instagram's send calls have in common."""
    body: dict[str, Any] = {"recipient": {"id": message.to.value}, "message": {"text": message.content.text}}
    if message.reply_to:
        body["reply_to"] = {"mid": message.reply_to}
    if message.tag:
        body |= {"messaging_type": "MESSAGE_TAG", "tag": message.tag}
    return body


# Source: developers.facebook.com/docs/messenger-platform/error-codes, which holds for Instagram too.
# 1545041 is called a closed window elsewhere; the gate has looked at the window, so here the shopper is gone.
MESSAGING_VERDICTS: Final[Verdicts] = {
    **dict.fromkeys([(10, 2018278), (10, 2018065), (10, 2534022)], "window_closed"),
    **dict.fromkeys([(551, None), (200, 1545041), (10, 2018108), (230, None), (10, 1893015)], "unreachable"),
    **dict.fromkeys([(100, 2018001), (100, 2534014), (9000001, None)], "unreachable"),
    **dict.fromkeys([(190, None), (102, None)], "token_rejected"),
    **dict.fromkeys([(3, None), (10, None), (200, None), (100, 33), (10, 2534077)], "not_permitted"),
    **dict.fromkeys([(100, 2534013), (200, 2534041), (368, None), (10, 1893063)], "not_permitted"),
    **dict.fromkeys([(100, 2534029), (2022, None), (10904, None)], "not_permitted"),
    # Another app holds the thread.
    **dict.fromkeys([(2018300, None), (100, 2534037), (2018171, None)], "not_permitted"),
    **dict.fromkeys([(4, None), (17, None), (32, None), (613, None)], 60.0),
    **dict.fromkeys([(80001, None), (80002, None), (80006, None), (9, 2018352)], 60.0),
    **dict.fromkeys([(1, None), (2, None), (100, 2018008), (100, 2018294), (2018321, None)], 10.0),
    (100, None): "invalid",
}
