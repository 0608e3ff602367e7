"""WhatsApp Business Cloud API: the calls of a shop.

Source: developers.facebook.com/docs/whatsapp/cloud-api
"""

from typing import Final

from .graph import Call, Routes, picked
from .graph_apps import handshake
from .state import Account, Json
from .templates import listed
from .whatsapp_content import invalid
from .whatsapp_send import WhatsAppSending

_NUMBER_FIELDS: Final = (
    "verified_name",
    "display_phone_number",
    "quality_rating",
    "code_verification_status",
)


class WhatsApp(WhatsAppSending):
    def routes(self) -> Routes:
        return {
            ("phone_number", "", "GET"): self.get_number,
            ("phone_number", "", "POST"): self.set_number,
            ("phone_number", "messages", "POST"): self.post_message,
            ("phone_number", "media", "POST"): self.post_media,
            ("media", "", "GET"): self.get_media,
            ("media", "", "DELETE"): self.delete_media,
            ("waba", "", "GET"): self.get_waba,
            ("waba", "phone_numbers", "GET"): self.get_numbers,
            ("waba", "message_templates", "GET"): self.get_templates,
            ("waba", "subscribed_apps", "GET"): self.get_subscribed,
            ("waba", "subscribed_apps", "POST"): self.subscribe,
            ("waba", "subscribed_apps", "DELETE"): self.unsubscribe,
        }

    def get_number(self, call: Call) -> Json:
        return picked(call, _number(call.of_account()), _NUMBER_FIELDS)

    def set_number(self, call: Call) -> Json:
        """Takes `webhook_configuration`, the callback of this one number; an empty one clears it."""
        account = call.of_account()
        override = call.parameters.get("webhook_configuration")
        if not isinstance(override, dict):
            raise invalid("webhook_configuration is required")
        if override.get("override_callback_uri"):
            handshake(override["override_callback_uri"], str(override.get("verify_token", "")))
        account.number_override = override if override.get("override_callback_uri") else None
        self.sandbox.store.changed()
        return {"success": True}

    def get_waba(self, call: Call) -> Json:
        account = call.of_account()
        waba = {
            "id": account.waba_id,
            "name": account.name,
            "currency": "USD",
            "timezone_id": "1",
            "country": "US",
            "account_review_status": "APPROVED",
            "business_verification_status": "verified",
            "ownership_type": "CLIENT_OWNED",
            "message_template_namespace": "sandbox",
            "status": "ACTIVE",
        }
        return picked(call, waba, ("name", "timezone_id", "message_template_namespace"))

    def get_numbers(self, call: Call) -> Json:
        return {
            "data": [
                picked(call, _number(each), _NUMBER_FIELDS) for each in self._siblings(call.of_account())
            ]
        }

    def get_templates(self, call: Call) -> Json:
        return listed(call.of_account(), call)

    def get_subscribed(self, call: Call) -> Json:
        account = call.of_account()
        if account.subscription is None:
            return {"data": []}
        app = self.app(account)
        entry: Json = {"whatsapp_business_api_data": {"id": app.id, "name": app.name, "link": ""}}
        if override := account.subscription.get("override"):
            entry["override_callback_uri"] = override["override_callback_uri"]
        return {"data": [entry]}

    def subscribe(self, call: Call) -> Json:
        """Subscribe the app to all of the WABA; a call without an override removes the one there was."""
        account = call.of_account()
        url, verify_token = call.text("override_callback_uri"), call.text("verify_token")
        override = None
        if url or verify_token:
            if not url or not verify_token:
                raise invalid("override_callback_uri and verify_token go together")
            handshake(url, verify_token)
            override = {"override_callback_uri": url, "verify_token": verify_token}
        with self.sandbox.lock:
            for each in self._siblings(account):
                each.subscription = {"override": override}
        self.sandbox.store.changed()
        return {"success": True}

    def unsubscribe(self, call: Call) -> Json:
        with self.sandbox.lock:
            for each in self._siblings(call.of_account()):
                each.subscription = None
        self.sandbox.store.changed()
        return {"success": True}

    def _siblings(self, account: Account) -> list[Account]:
        return [
            each for each in self.sandbox.state.accounts_on("whatsapp") if each.waba_id == account.waba_id
        ]


def _number(account: Account) -> Json:
    return {
        "id": account.id,
        "verified_name": account.name,
        "display_phone_number": account.number,
        "quality_rating": "GREEN",
        "code_verification_status": "VERIFIED",
        "name_status": "APPROVED",
        "status": "CONNECTED",
        "account_mode": "LIVE",
        "platform_type": "CLOUD_API",
        "is_on_biz_app": account.on_business_app,
        "is_official_business_account": False,
        "is_pin_enabled": True,
        "throughput": {"level": "STANDARD"},
        "messaging_limit_tier": "TIER_2K",
        "whatsapp_business_manager_messaging_limit": "TIER_2K",
        "webhook_configuration": {
            name: each["override_callback_uri"]
            for name, each in (
                ("phone_number", account.number_override),
                ("whatsapp_business_account", (account.subscription or {}).get("override")),
            )
            if each
        },
        "health_status": {"can_send_message": "AVAILABLE", "entities": []},
    }
