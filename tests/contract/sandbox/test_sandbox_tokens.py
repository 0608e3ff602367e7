"""Tokens of the sandbox's Meta accounts end, are asked about, renewed and exchanged as Meta's are."""

import time
from typing import Any

import pytest
import requests

from .harness import Connect, Connected

DAYS = 24 * 3600
META = {
    "whatsapp": {},
    "messenger": {},
    "instagram": {"login": "facebook"},
}


@pytest.fixture(params=META)
def facebook(request: pytest.FixtureRequest, connect: Connect) -> Connected:
    return connect(request.param, **META[request.param])


def ends_in(account: Connected, days: float | None, **more: Any) -> Any:
    about = {"channel": account.channel, "account": account.id}
    return account.sandbox.control("token", **about, expires_in_days=days, **more)


def told(account: Connected) -> Any:
    return account.call("GET", "debug_token", params={"input_token": account.token})["data"]


def test_a_token_has_no_end_until_it_is_given_one(facebook: Connected) -> None:
    assert (told(facebook)["expires_at"], told(facebook)["is_valid"]) == (0, True)
    ends_in(facebook, 5)
    assert told(facebook)["expires_at"] == pytest.approx(time.time() + 5 * DAYS, abs=60)
    assert ends_in(facebook, None)["expires_at"] is None
    assert told(facebook)["expires_at"] == 0


def test_a_token_whose_time_is_over_is_refused(facebook: Connected) -> None:
    ends_in(facebook, -1)
    error = facebook.call("GET", facebook.node, 401)["error"]
    assert (error["code"], error["error_subcode"]) == (190, 463)
    ends_in(facebook, None)
    assert facebook.call("GET", facebook.node)["id"] == facebook.node


def test_a_token_has_the_permissions_that_it_was_given(facebook: Connected) -> None:
    assert told(facebook)["scopes"]
    ends_in(facebook, None, scopes=["public_profile"])
    assert told(facebook)["scopes"] == ["public_profile"]


def exchange(account: Connected, **changes: str) -> Any:
    query = {
        "grant_type": "fb_exchange_token",
        "client_id": account.setup["app_id"],
        "client_secret": account.setup["app_secret"],
        "fb_exchange_token": account.token,
    }
    url = f"{account.sandbox.url}/graph/v25.0/oauth/access_token"
    told = requests.get(url, params=query | changes, timeout=10).json()
    by_body = requests.post(url, json=query | changes, timeout=10).json()
    assert set(told) == set(by_body)
    return by_body


def test_a_token_with_an_end_is_exchanged_for_sixty_days(facebook: Connected) -> None:
    assert "expires_in" not in exchange(facebook)
    ends_in(facebook, 5)
    before = told(facebook)["expires_at"]
    assert exchange(facebook)["expires_in"] == 60 * DAYS
    assert told(facebook)["expires_at"] > before + 50 * DAYS


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"client_secret": "0" * 32}, 1), ({"client_id": "1"}, 1), ({"fb_exchange_token": "EAAx"}, 190)],
)
def test_an_exchange_is_proven_by_the_app_and_the_token(
    facebook: Connected, wrong: dict[str, str], code: int
) -> None:
    assert exchange(facebook, **wrong)["error"]["code"] == code


def test_what_has_expired_is_neither_exchanged_nor_refreshed(facebook: Connected, connect: Connect) -> None:
    ends_in(facebook, -1)
    assert exchange(facebook)["error"]["error_subcode"] == 463
    account = connect("instagram", login="instagram")
    ends_in(account, -1)
    answer = account.call("GET", "refresh_access_token", 401, params={"grant_type": "ig_refresh_token"})
    assert answer["error"]["error_subcode"] == 463


@pytest.mark.parametrize("wrong", [{"scopes": "all"}, {"state": "tired"}, {"expires_in_days": "soon"}])
def test_what_can_not_be_is_refused(facebook: Connected, wrong: dict[str, Any]) -> None:
    about = {"channel": facebook.channel, "account": facebook.id}
    answer = requests.post(f"{facebook.sandbox.url}/control/token", json=about | wrong, timeout=10)
    assert answer.status_code == 400
