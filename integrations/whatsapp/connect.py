"""Connecting a WhatsApp number.

Source: developers.facebook.com/docs/whatsapp/business-management-api/get-started,
developers.facebook.com/docs/whatsapp/embedded-signup/webhooks/override
"""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.domain.connections import Account, Connection
from chalicelib.ports.errors import CredentialsRejected
from integrations.meta.connect import (
    access_given,
    ask,
    check_permissions,
    expect_account,
    given,
    own_id,
    secrets_of,
    try_call,
)
from integrations.meta.graph import Access, Graph, access_of
from integrations.meta.subscriptions import is_app_subscribed, subscribe_app
from integrations.reading import identifier, listed, mapping, text_of
from integrations.whatsapp.webhook import KIND

PERMISSIONS: Final = ("whatsapp_business_management", "whatsapp_business_messaging")
# Source: developers.facebook.com/docs/whatsapp/cloud-api/webhooks (fields)
FIELDS: Final = (
    "messages",
    "smb_message_echoes",
    "user_preferences",
    "account_alerts",
    "account_review_update",
    "account_update",
    "business_capability_update",
    "message_template_components_update",
    "message_template_quality_update",
    "message_template_status_update",
    "phone_number_name_update",
    "phone_number_quality_update",
    "security",
    "template_category_update",
)
_ABOUT: Final = "verified_name,display_phone_number,status,platform_type,is_on_biz_app,throughput"
# Messages a second, by the number's level. Source: developers.facebook.com/docs/whatsapp/cloud-api/overview
_PER_SECOND: Final[dict[str, str]] = {"STANDARD": "80", "HIGH": "1000"}
_BESIDE_THE_APP: Final = "20"
_MOST_PAGES: Final = 20
_GREETING: Final = (
    "Switch off the greeting and away messages of the WhatsApp Business app: shoppers would get two answers."
)
_LEAVES_PHONE: Final = (
    "A number that is used here no longer works in the WhatsApp app on a phone, unless it was onboarded by "
    "coexistence."
)


def check(graph: Graph, credentials: Mapping[str, str]) -> Account:
    """Prove token, number, business account and app secret; the number must be one of that account's."""
    number_id, group = own_id(credentials, "phone_number_id"), own_id(credentials, "waba_id")
    expect_account(credentials, number_id)
    access = access_given(credentials, "access_token")
    number = ask(graph, number_id, access, "phone_number_id", params={"fields": _ABOUT})
    _expect_in_group(graph, access, group, number_id)
    proven = check_permissions(graph, credentials, "access_token", PERMISSIONS)
    shown = text_of(number.get("display_phone_number"), 64)
    return Account(
        account=number_id,
        name=text_of(number.get("verified_name"), 200) or shown or number_id,
        token=access.token,
        signing_secrets=secrets_of(credentials, "app_secret"),
        details=given(
            waba_id=group,
            app_id=credentials.get("app_id", ""),
            display_phone_number=shown,
            per_second=per_second(number),
            webhook_group=f"waba:{group}",
            owner_id=proven.owner_id,
        ),
        warnings=(*proven.warnings, *_warnings(number)),
    )


def _expect_in_group(graph: Graph, access: Access, group: str, number_id: str) -> None:
    """Raise SetupError unless the business account holds the number, on whichever page of its list."""
    params = {"fields": "id", "limit": "100"}
    for _ in range(_MOST_PAGES):
        answer = ask(graph, f"{group}/phone_numbers", access, "waba_id", params=params)
        if any(identifier(mapping(item).get("id")) == number_id for item in listed(answer.get("data"))):
            return
        paging = mapping(answer.get("paging"))
        after = identifier(mapping(paging.get("cursors")).get("after"))
        if "next" not in paging or not after:
            break
        params = {**params, "after": after}
    text = "This WhatsApp business account does not hold that phone number id."
    raise CredentialsRejected("account_mismatch", text, "waba_id")


def per_second(number: Mapping[str, Any]) -> str:
    """How many messages a second the number takes, '' where WhatsApp does not say."""
    level = identifier(mapping(number.get("throughput")).get("level"))
    return _BESIDE_THE_APP if _has_both(number) else _PER_SECOND.get(level, "")


def _has_both(number: Mapping[str, Any]) -> bool:
    """A number with the phone app and the Cloud API both was onboarded by coexistence."""
    return number.get("is_on_biz_app") is True and number.get("platform_type") == "CLOUD_API"


def _warnings(number: Mapping[str, Any]) -> list[str]:
    warnings = [_GREETING] if _has_both(number) else [_GREETING, _LEAVES_PHONE]
    status = identifier(number.get("status")) or "CONNECTED"
    if status != "CONNECTED":
        warnings.append(f"WhatsApp reports the number as {status}: it must be registered before it can send.")
    return warnings


def register(graph: Graph, connection: Connection, callback_url: str) -> list[str]:
    """Subscribe the business account, then point its number here.

    The number has a callback of its own beside the business account's: a second number of the same account,
    connected later, would take the account's callback with it. Both make the platform call us back at once.
    """
    group, access = connection.details["waba_id"], access_of(connection)
    if not connection.signing_secrets:  # the deployment's shared app: its own callback is ours
        ask(graph, f"{group}/subscribed_apps", access, "waba_id", method="POST", body={})
        return []
    callback = {"override_callback_uri": callback_url, "verify_token": connection.verify_token}
    ask(graph, f"{group}/subscribed_apps", access, "waba_id", method="POST", body=callback)
    body = {"webhook_configuration": callback}
    ask(graph, connection.account, access, "phone_number_id", method="POST", body=body)
    if is_app_subscribed(graph, connection, KIND, "messages"):
        return []
    return subscribe_app(graph, connection, KIND, FIELDS, callback_url)


def unregister(graph: Graph, connection: Connection, last_of_group: bool) -> None:
    """Take the number's callback away; the business account's subscription only with its last number."""
    cleared = {"webhook_configuration": {"override_callback_uri": ""}}
    try_call(graph, "POST", connection.account, access_of(connection), cleared)
    if last_of_group and (group := connection.details.get("waba_id")):
        try_call(graph, "DELETE", f"{group}/subscribed_apps", access_of(connection))
