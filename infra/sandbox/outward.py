"""Calls that the sandbox makes to the shop: never through a proxy, never following a redirect."""

from typing import Any

import requests


def fetch(method: str, url: str, timeout: float, **options: Any) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.request(method, url, timeout=timeout, allow_redirects=False, **options)
