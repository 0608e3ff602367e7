"""Every event of WhatsApp's that the sandbox delivers says what was asked for, read by the shop itself."""

from typing import Any

import pytest

from chalicelib.domain.events import Unreadable

from .harness import Connect, Connected, until
from .reading import after, heard, only, told

ON_THE_PHONE_ONLY = {"block", "unblock"}
# What a shop keeps as it came: chats of before, what nobody knows, and nothing.
KEPT = {"history", "phone_book", "field", "raw"}


@pytest.fixture
def account(connect: Connect) -> Connected:
    return connect("whatsapp", coexistence=True)


MESSAGES: list[tuple[dict[str, Any], tuple[str, ...], dict[str, Any]]] = [
    ({"text": "Hello"}, ("text", "Hello", ""), {}),
    ({"text": "Hello", "forwarded": True}, ("text", "Hello", ""), {"forwarded": "once"}),
    ({"kind": "image", "forwarded": "often"}, ("image", "", ""), {"forwarded": "often"}),
    ({"kind": "image", "text": "Like this"}, ("image", "Like this", ""), {}),
    ({"kind": "video", "error": 131052}, ("video", "", ""), {"error": "131052"}),
    ({"kind": "voice"}, ("audio", "", ""), {"voice": True}),
    ({"kind": "audio", "voice": False}, ("audio", "", ""), {}),
    ({"kind": "sticker", "animated": True}, ("sticker", "", ""), {"animated": True}),
    (
        {"kind": "location", "text": "Shop", "address": "1 High Street", "latitude": 1.5, "longitude": -2},
        ("location", "Shop", ""),
        {"latitude": 1.5, "longitude": -2.0, "name": "Shop", "address": "1 High Street"},
    ),
    (
        {"kind": "contact", "text": "Eve Example", "email": "eve@example.com"},
        ("contacts", "Eve Example", ""),
        {
            "cards": [
                {
                    "name": "Eve Example",
                    "phones": ["+15550100200"],
                    "is_own": False,
                    "emails": ["eve@example.com"],
                }
            ]
        },
    ),
    (
        {"kind": "contact", "own": True, "phone": "+4915112345678"},
        ("contacts", "Mary Okoro", ""),
        {"cards": [{"name": "Mary Okoro", "phones": ["+4915112345678"], "is_own": True}]},
    ),
    (
        {"kind": "button", "title": "Yes", "payload": "y", "type": "list_reply", "description": "2 days"},
        ("button", "Yes", "y"),
        {"description": "2 days"},
    ),
    ({"kind": "button", "title": "Stop", "type": "template"}, ("button", "Stop", "Stop"), {}),
    (
        {"kind": "form", "answers": {"size": "L"}},
        ("form", "Sent", ""),
        {
            "response": {"size": "L", "flow_token": "sandbox-flow"},
            "name": "flow",
            "flow_token": "sandbox-flow",
        },
    ),
    (
        {"kind": "form", "flow_token": None, "name": "address_message"},
        ("form", "Sent", ""),
        {"response": {"size": "M"}, "name": "address_message"},
    ),
    (
        {"kind": "call", "response": "reject"},
        ("call", "", ""),
        {"response": "reject", "source": "user_action"},
    ),
    (
        {"kind": "order", "text": "Wrap it"},
        ("order", "Wrap it", ""),
        {
            "catalog_id": "194836987003835",
            "lines": [{"product_id": "SKU-1", "quantity": 2, "price": "12.5", "currency": "USD"}],
        },
    ),
    (
        {"kind": "unsupported", "type": "gif"},
        ("unsupported", "", ""),
        {"what": "gif", "error": "131051"},
    ),
    ({"kind": "unsupported", "type": None}, ("unsupported", "", ""), {"error": "131051"}),
    (
        {"text": "This one?", "product": "mug-1"},
        ("text", "This one?", ""),
        {"product": {"catalog_id": "194836987003835", "product_id": "mug-1"}},
    ),
]


@pytest.mark.parametrize(("event", "expected", "details"), MESSAGES)
def test_a_message_says_what_was_asked_for(
    account: Connected, event: dict[str, Any], expected: tuple[str, ...], details: dict[str, Any]
) -> None:
    message = only(account, **event)
    assert told(message) == expected
    assert message.details == details
    assert message.name == "Mary Okoro"


@pytest.mark.parametrize("kind", ["text", "image", "order", "form", "contact"])
def test_an_ad_may_have_led_to_any_message(account: Connected, kind: str) -> None:
    message = only(account, kind=kind, text="Hi", referral={"source_id": "77", "ctwa_clid": None})
    assert (message.ref, message.details["referral"]["source_type"]) == ("77", "ad")
    assert only(account, kind=kind, text="Hi", referral=True).ref.startswith("ARAk")
    assert only(account, kind="referral", ref="78").details["referral"]["source_id"] == "78"


NOTICES: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"kind": "template_status", "event": "PAUSED"}, ("template_status", "hello_world", "template_broken")),
    ({"kind": "template_status", "template": "news"}, ("template_status", "news", "")),
    ({"kind": "template_quality"}, ("template_quality", "hello_world", "quality_low")),
    ({"kind": "template_quality", "score": "GREEN"}, ("template_quality", "hello_world", "")),
    ({"kind": "template_category"}, ("template_category", "hello_world", "")),
    ({"kind": "account_update"}, ("account_update", "ACCOUNT_RESTRICTION", "account_blocked")),
    (
        {"kind": "account_update", "event": "DISABLED_UPDATE"},
        ("account_update", "DISABLED_UPDATE", "account_blocked"),
    ),
    (
        {"kind": "account_update", "event": "DISABLED_UPDATE", "state": "REINSTATE"},
        ("account_update", "DISABLED_UPDATE", ""),
    ),
    (
        {"kind": "account_update", "event": "PARTNER_REMOVED"},
        ("account_update", "PARTNER_REMOVED", "access_removed"),
    ),
    ({"kind": "account_review", "decision": "REJECTED"}, ("account_review", "REJECTED", "account_blocked")),
    (
        {"kind": "account_alert"},
        ("account_alert", "INCREASED_CAPABILITIES_ELIGIBILITY_FAILED", "limit_low"),
    ),
    ({"kind": "business_capability"}, ("capability", "", "")),
    ({"kind": "business_capability", "limit": 50}, ("capability", "", "limit_low")),
    ({"kind": "account_error"}, ("error", "131031", "account_blocked")),
]


@pytest.mark.parametrize(("event", "expected"), NOTICES)
def test_a_notice_says_what_was_asked_for(
    account: Connected, event: dict[str, Any], expected: tuple[str, ...]
) -> None:
    assert told(only(account, **event)) == ("notice", *expected)


def test_a_numbers_quality_is_told_of_the_number(account: Connected) -> None:
    notice = only(account, kind="number_quality", event="DOWNGRADE", limit="TIER_1K")
    assert (notice.problem, notice.details["daily_limit"]) == ("limit_low", 1000)
    assert notice.subject.isdigit()


def test_every_kind_works_with_nothing_but_its_name(account: Connected) -> None:
    """As the page sends them."""
    accounts = account.sandbox.ask("accounts")["accounts"]
    (kinds,) = [each["acts"] for each in accounts if each["account"] == account.id]
    account.send(account.address())
    until(lambda: len(heard(account)) == 4)
    for kind in kinds:
        if kind in ON_THE_PHONE_ONLY:
            account.says(kind=kind)
            continue
        count = 2 if kind == "number_change" else 1
        found = after(account, count, kind=kind, **({"text": "Yes"} if kind == "button" else {}))
        is_kept = any(isinstance(event, Unreadable) for event in found)
        assert is_kept == (kind in KEPT), kind
