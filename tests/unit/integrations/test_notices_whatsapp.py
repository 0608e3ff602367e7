"""What WhatsApp tells a shop about its account: the parts of a notice that its owner is shown."""

from datetime import UTC, datetime
from typing import Any

import pytest
from test_details_whatsapp import SENT_AT, only

TOLD_AT = datetime(2026, 11, 2, 12, 0, 5, tzinfo=UTC)
_TEMPLATE = {"id": 1689556908129832, "message_template_name": "cart_waiting", "language": "en"}
_RESTRICTED = {"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": 1793707200}

NOTICES: dict[str, dict[str, Any]] = {
    "template_approved": {"event": "APPROVED", "language": "en"},
    "template_rejected": {
        "event": "REJECTED",
        "reason": "INVALID_FORMAT",
        "category": "MARKETING",
        "rejection_info": {
            "reason": "Variables stand at the start.",
            "recommendation": "Put words around them.",
        },
        **_TEMPLATE,
    },
    "template_paused": {"other_info": {"title": "FIRST_PAUSE", "description": "Paused for 3 hours"}},
    "template_disabled": {"disable_info": {"disable_date": "1793620800"}},
    "template_quality_red": {"previous_quality_score": "YELLOW", "new_quality_score": "RED"},
    "template_category_changed": {"previous_category": "UTILITY", "new_category": "MARKETING"},
    "template_components_changed": {"message_template_element": "Hi {{1}}, your cart is waiting."},
    "number_onboarded": {"event": "ONBOARDING", "daily_limit": 250},
    "number_faster": {"event": "THROUGHPUT_UPGRADE", "daily_limit": -1},
    "number_downgraded": {"event": "DOWNGRADE", "old_limit": "TIER_10K", "daily_limit": 1_000},
    "number_limit_lowered": {"daily_limit": 2_000},
    "number_name_rejected": {
        "decision": "REJECTED",
        "requested_verified_name": "MUGS!!!",
        "rejection_reason": "NAME_EMPLOYEE_ISSUE",
    },
    "capability": {"daily_limit": 2_000, "max_phone_numbers_per_business": 25},
    "capability_by_number": {"daily_limit": 1_000},
    "capability_without_end": {"daily_limit": -1},
    "capability_lowered": {"daily_limit": 50},
    "account_restricted": {"until": "2026-11-03T15:46:40+00:00"},
    "account_restricted_twice": {
        "event": "ACCOUNT_RESTRICTION",
        "restriction_info": [
            _RESTRICTED,
            {"restriction_type": "RESTRICTED_ADD_PHONE_NUMBER_ACTION", "expiration": 1794225600},
        ],
        "until": "2026-11-09T12:00:00+00:00",
    },
    "account_disabled": {"ban_info": {"waba_ban_state": "DISABLE", "waba_ban_date": "November 2, 2026"}},
    "account_in_violation": {"violation_info": {"violation_type": "SPAM"}},
    "account_alert_failed": {"alert_description": "Your limit stays as it is."},
    "partner_removed": {
        "disconnection_info": {"reason": "PRIMARY_INACTIVITY", "initiated_by": "SYSTEM"},
        "waba_info": {"waba_id": "102290129340398", "owner_business_id": "2329417887457253"},
    },
    "security_pin_changed": {"event": "PIN_CHANGED", "requester": "61555822107539"},
    "username_approved": {"username": "annsmugs", "status": "approved"},
    "payments_ready": {"provider_name": "razorpay", "status": "Active"},
    "form_blocked": {"old_status": "PUBLISHED", "new_status": "BLOCKED"},
    "solution_accepted": {"event": "SOLUTION_UPDATE", "solution_status": "ACTIVE"},
    "call_from_a_shopper": {"event": "connect", "direction": "USER_INITIATED", "from": "447700900123"},
    "call_over": {"event": "terminate", "status": "COMPLETED", "duration": 30},
    "call_rings": {"status": "RINGING"},
    "purchase_found": {"custom_data": {"currency": "GBP", "value": 25000}},
    "identity_key_changed": {"acknowledged": True, "created_timestamp": "1793620700", "hash": "c2VhbA=="},
    "error_without_a_message": {"code": 130429, "title": "Rate limit hit"},
}


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_holds_what_its_reader_needs(name: str) -> None:
    details = only(name).details
    assert {key: details.get(key) for key in NOTICES[name]} == NOTICES[name]


@pytest.mark.parametrize("name", ["template_approved", "template_rejected_without_a_reason"])
def test_a_reason_that_is_null_is_none(name: str) -> None:
    assert "reason" not in only(name).details


@pytest.mark.parametrize("name", ["account_restricted_without_an_end", "account_deleted"])
def test_a_restriction_without_an_end_has_none(name: str) -> None:
    assert "until" not in only(name).details


def test_what_stands_around_a_notice_is_no_part_of_it() -> None:
    assert only("capability_of_a_number").details.keys() == {
        "max_daily_conversations_per_business",
        "daily_limit",
    }


def test_what_two_devices_agree_on_for_a_call_is_not_kept() -> None:
    assert "session" not in only("call_from_a_shopper").details


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("template_rejected", TOLD_AT),
        ("template_status_without_a_time", None),
        ("call_from_a_shopper", SENT_AT),
        ("lead_found", SENT_AT),
        ("error_without_a_message", None),
    ],
)
def test_a_notice_has_the_platforms_time_or_none(name: str, at: datetime | None) -> None:
    assert only(name).at == at
