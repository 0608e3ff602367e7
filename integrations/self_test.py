"""Calling our own public address from outside, as a channel would."""

from collections.abc import Mapping
from typing import Final

import requests

# (to connect, to answer), in seconds: a function that is not warm takes a while. No channel waits less than
# five, and the function that asks has 29 for all it does.
WITHIN: Final = (2.0, 8.0)


def call_ourselves(
    url: str, headers: Mapping[str, str], body: bytes, within: tuple[float, float] = WITHIN
) -> str:
    """One POST that follows no redirect, since no channel does. Of a fault only its kind is told."""
    try:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.post(
                url, data=body, headers=dict(headers), timeout=within, allow_redirects=False
            )
    except (requests.RequestException, ValueError) as error:
        return type(error).__name__
    return str(answer.status_code)
