"""Looking after a connected number: its token, its standing with WhatsApp, and whether its events come here.

Source: developers.facebook.com/docs/graph-api/reference/whats-app-business-account-to-number-current-status,
developers.facebook.com/docs/whatsapp/cloud-api/health-status,
developers.facebook.com/docs/whatsapp/embedded-signup/webhooks/override
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from chalicelib.domain.connections import Connection, Finding
from chalicelib.domain.health import OK
from chalicelib.ports.account import Examination
from chalicelib.ports.errors import SetupError
from integrations.meta.connect import ask, given
from integrations.meta.examine import (
    app_findings,
    distinct,
    not_subscribed,
    refusal,
    repaired,
    token_facts,
)
from integrations.meta.graph import Graph, access_of
from integrations.meta.signature import signed
from integrations.meta.subscriptions import is_app_subscribed
from integrations.reading import identifier, listed, mapping, text_of
from integrations.whatsapp.connect import FIELDS, PERMISSIONS, per_second, register
from integrations.whatsapp.parse import SELF_TEST
from integrations.whatsapp.webhook import KIND

_ABOUT: Final = (
    "status,quality_rating,code_verification_status,throughput,platform_type,is_on_biz_app,"
    "webhook_configuration,whatsapp_business_manager_messaging_limit,health_status"
)
_BLOCKED: Final = (
    "WhatsApp has blocked the number or its business account ({word}). Open the account's quality page in "
    "WhatsApp Manager, read why, and ask for a review there."
)
_LIMITED: Final = (
    "WhatsApp lets the number send with limits only{codes}. Open the number in WhatsApp Manager: what is "
    "missing (a payment method, the business's verification, a display name) stands there."
)
_QUALITY: Final = (
    "The number's quality is low: shoppers block or report what is sent. Send less marketing, and only to "
    "those who asked for it; otherwise WhatsApp lowers the limit."
)
_NOT_READY: Final = (
    "WhatsApp reports the number as {word}. Open it in WhatsApp Manager, verify it and register it for the "
    "Cloud API: until then it can't send."
)


def examine(graph: Graph, connection: Connection, callback_url: str) -> Examination:
    """Ask about number, token and webhook, and subscribe again what does not come here. Raises
    ChannelDown."""
    params = {"fields": _ABOUT}
    try:
        number = ask(graph, connection.account, access_of(connection), "phone_number_id", params=params)
    except SetupError as error:
        return Examination(findings=(refusal(error),))
    facts = token_facts(graph, connection, PERMISSIONS)
    findings = [
        *facts.findings,
        *_standing(number),
        *_webhook(graph, connection, number, callback_url, facts.app_id),
    ]
    return Examination(
        findings=distinct(findings) or (OK,),
        token_expires_at=facts.expires_at,
        details=_details(number) | given(owner_id=facts.owner_id),
    )


def _details(number: Mapping[str, Any]) -> dict[str, str]:
    """What sending goes by: its speed and its limit."""
    return given(
        per_second=per_second(number),
        tier=identifier(number.get("whatsapp_business_manager_messaging_limit")),
        quality=identifier(number.get("quality_rating")),
    )


def _standing(number: Mapping[str, Any]) -> list[Finding]:
    """Whether WhatsApp lets the number send, and how well it is liked."""
    status = identifier(number.get("status")) or "CONNECTED"
    health = mapping(number.get("health_status"))
    may_send = identifier(health.get("can_send_message"))
    found = []
    if status in ("BANNED", "RESTRICTED") or may_send == "BLOCKED":
        word = status if status in ("BANNED", "RESTRICTED") else f"BLOCKED{_codes(health)}"
        text = _BLOCKED.format(word=word)
        found.append(Finding(code="account_blocked", severity="error", message=text))
    elif status not in ("CONNECTED", "FLAGGED", "RATE_LIMITED"):
        text = _NOT_READY.format(word=status)
        found.append(Finding(code="number_not_ready", severity="error", message=text))
    elif number.get("code_verification_status") == "NOT_VERIFIED":
        text = _NOT_READY.format(word="NOT_VERIFIED")
        found.append(Finding(code="number_not_ready", severity="warning", message=text))
    if status == "RATE_LIMITED" or may_send == "LIMITED":
        text = _LIMITED.format(codes=_codes(health))
        found.append(Finding(code="limit_low", severity="warning", message=text))
    if status == "FLAGGED" or number.get("quality_rating") == "RED":
        found.append(Finding(code="quality_low", severity="warning", message=_QUALITY))
    return found


def _codes(health: Mapping[str, Any]) -> str:
    """Meta's numbers for what keeps it from sending, to look up or to tell support."""
    entities = [mapping(one) for one in listed(health.get("entities"))]
    errors = [mapping(error) for one in entities for error in listed(one.get("errors"))]
    codes = sorted({code for error in errors if (code := identifier(error.get("error_code")))})
    return f" (Meta's codes: {', '.join(codes[:5])})" if codes else ""


def _webhook(
    graph: Graph, connection: Connection, number: Mapping[str, Any], callback_url: str, told_app_id: str
) -> list[Finding]:
    """Whether the app is subscribed to the business account, gets messages, and the number's come here."""
    group, access = connection.details.get("waba_id", ""), access_of(connection)
    app_id = connection.details.get("app_id") or told_app_id
    try:
        answer = ask(graph, f"{group}/subscribed_apps", access, "waba_id")
        ours = [one for one in map(mapping, listed(answer.get("data"))) if _is_app(one, app_id)]
        found = []
        if not ours or not _comes_here(connection, ours, number, callback_url):
            register(graph, connection, callback_url)
            found.append(repaired())
        if not _has_messages(graph, connection):
            found += app_findings(graph, connection, KIND, FIELDS, callback_url)
        return found
    except SetupError as error:
        # The token has just been taken: what is refused now is the app's own call.
        return [not_subscribed(error, by_app=True)]


def _has_messages(graph: Graph, connection: Connection) -> bool:
    """Where the app can't be looked at, its account's subscription has to do."""
    if not connection.details.get("app_id") or not connection.signing_secrets:
        return True
    return is_app_subscribed(graph, connection, KIND, "messages")


def _is_app(subscribed: Mapping[str, Any], app_id: str) -> bool:
    named = identifier(mapping(subscribed.get("whatsapp_business_api_data")).get("id"))
    return not app_id or named == app_id


def _comes_here(
    connection: Connection, ours: list[Mapping[str, Any]], number: Mapping[str, Any], callback_url: str
) -> bool:
    """The number's own callback counts. The business account's may be that of another number of it, which
    was connected here later; with the deployment's shared app there must be none that leads away."""
    shape = mapping(number.get("webhook_configuration"))
    of_number = text_of(shape.get("phone_number"))
    of_group = [text_of(one.get("override_callback_uri")) for one in ours]
    if not connection.signing_secrets:
        return all(url in ("", callback_url) for url in (of_number, *of_group))
    all_of_ours = callback_url.rpartition("/")[0] + "/"
    is_group_here = any(url.startswith(all_of_ours) for url in of_group)
    return is_group_here and (of_number == callback_url or "webhook_configuration" not in number)


def self_test(connection: Connection, nonce: str) -> tuple[Mapping[str, str], bytes]:
    """What WhatsApp would send if it had such a field."""
    value = {"nonce": nonce, "metadata": {"phone_number_id": connection.account}}
    change = {"field": SELF_TEST, "value": value}
    entry = {"id": connection.details.get("waba_id", ""), "changes": [change]}
    return signed(json.dumps({"object": KIND, "entry": [entry]}).encode(), connection.signing_secrets)
