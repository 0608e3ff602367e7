"""Looking after a bot: what is found, and what is repaired."""

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import pytest
from scripted_platform import Handler, Script
from telegram_bot import CONNECTION, TOKEN, asked, ok, refusal, telegram

from chalicelib.ports.errors import ChannelDown
from integrations.telegram.connect import ALLOWED_UPDATES

CALLBACK = "https://parley.example/webhooks/telegram/cn_1"
NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
ME = ok({"id": 100, "is_bot": True, "first_name": "Shop", "username": "shop_bot"})
WEBHOOK: dict[str, Any] = {
    "url": CALLBACK,
    "has_custom_certificate": False,
    "pending_update_count": 0,
    "allowed_updates": list(ALLOWED_UPDATES),
}
FAILED = {"last_error_message": "Wrong response from the webhook: 502 Bad Gateway"}
SETTING = {
    "url": CALLBACK,
    "secret_token": "s3cret-s3cret",
    "allowed_updates": list(ALLOWED_UPDATES),
}


@pytest.fixture(autouse=True)
def telegrams_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each answer tells what time it is at Telegram."""
    monkeypatch.setattr(Handler, "date_time_string", lambda self: format_datetime(NOW, usegmt=True))


def findings(platform: Script, webhook: dict[str, Any], setting: Any = None) -> list[tuple[str, str]]:
    platform.will(200, ME).will(200, ok(WEBHOOK | webhook))
    platform.will(*(setting or (200, ok())))
    examined = telegram(platform).examine(CONNECTION, CALLBACK)
    assert examined.details == {"username": "shop_bot"}
    assert examined.token_expires_at is None
    for finding in examined.findings:
        assert finding.message
        assert TOKEN not in finding.message
    return [(finding.code, finding.severity) for finding in examined.findings]


@pytest.mark.parametrize(
    "webhook",
    [
        {},
        {"allowed_updates": list(reversed(ALLOWED_UPDATES))},
        {"pending_update_count": 99},
        FAILED | {"last_error_date": int(NOW.timestamp()) - 3601},
    ],
)
def test_a_bot_that_is_well_needs_nothing(webhook: dict[str, Any], platform: Script) -> None:
    assert findings(platform, webhook) == [("ok", "ok")]
    assert [method for method, _ in asked(platform)] == ["getMe", "getWebhookInfo"]


@pytest.mark.parametrize(
    "webhook",
    [
        {"url": ""},
        {"url": "https://other.example/hook"},
        {"allowed_updates": ["message"]},
        {"allowed_updates": [*ALLOWED_UPDATES, "poll"]},
        {"allowed_updates": None},
    ],
)
def test_a_webhook_that_is_not_as_we_set_it_is_set_again(webhook: dict[str, Any], platform: Script) -> None:
    assert findings(platform, webhook) == [("webhook_repaired", "warning")]
    assert asked(platform)[-1] == ("setWebhook", SETTING)


@pytest.mark.parametrize(
    ("webhook", "words"),
    [({"url": "https://other.example"}, "BotFather"), ({"allowed_updates": []}, "all of")],
)
def test_the_merchant_reads_whether_another_program_may_be_at_work(
    webhook: dict[str, Any], words: str, platform: Script
) -> None:
    platform.will(200, ME).will(200, ok(WEBHOOK | webhook)).will(200, ok())
    (finding,) = telegram(platform).examine(CONNECTION, CALLBACK).findings
    assert words in finding.message


def test_a_webhook_that_can_not_be_set_again_is_an_error(platform: Script) -> None:
    refused = refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    assert findings(platform, {"url": ""}, (400, refused)) == [("handshake_failed", "error")]


@pytest.mark.parametrize(
    ("webhook", "code"),
    [
        (FAILED | {"last_error_date": int(NOW.timestamp()) - 3600}, "deliveries_fail"),
        (FAILED | {"last_error_date": int(NOW.timestamp())}, "deliveries_fail"),
        (FAILED, "deliveries_fail"),
        ({"pending_update_count": 100}, "deliveries_wait"),
    ],
)
def test_deliveries_that_fail_or_wait_are_told_of(
    webhook: dict[str, Any], code: str, platform: Script
) -> None:
    assert findings(platform, webhook) == [(code, "warning")]


def test_without_a_clock_of_telegrams_a_failure_counts_as_recent(
    platform: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Handler, "date_time_string", lambda self: "soon")
    platform.will(200, ME).will(200, ok(WEBHOOK | FAILED | {"last_error_date": 1_500_000_000}))
    (finding,) = telegram(platform).examine(CONNECTION, CALLBACK).findings
    assert finding.code == "deliveries_fail"
    assert "502" in finding.message


@pytest.mark.parametrize("code", [401, 404])
def test_a_token_that_was_taken_back_is_an_error(code: int, platform: Script) -> None:
    platform.will(code, refusal(code, "Unauthorized"))
    (finding,) = telegram(platform).examine(CONNECTION, CALLBACK).findings
    assert (finding.code, finding.severity) == ("token_rejected", "error")
    assert "BotFather" in finding.message


@pytest.mark.parametrize("up_to", [0, 1, 2])
def test_a_telegram_that_does_not_answer_proves_nothing(up_to: int, platform: Script) -> None:
    for answer in [(200, ME), (200, ok(WEBHOOK | {"url": ""}))][:up_to]:
        platform.will(*answer)
    platform.will(502, b"")
    with pytest.raises(ChannelDown):
        telegram(platform).examine(CONNECTION, CALLBACK)
