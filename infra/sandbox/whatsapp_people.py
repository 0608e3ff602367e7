"""Who a shopper is on WhatsApp, when that changes, and what they tell WhatsApp about the shop.

Source: developers.facebook.com/docs/whatsapp/business-management-api/business-scoped-user-ids,
developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference/user_preferences
"""

from typing import Final

from . import ids
from .base import Act, Refused
from .state import Account, Json, Phone
from .whatsapp_echoes import WhatsAppEchoes

_WISHES: Final = {"stop": "stop", "resume": "resume", "signup": "signup", "opt_in": "signup"}


class WhatsAppPeople(WhatsAppEchoes):
    def changes_number(self, account: Account, phone: Phone, act: Act) -> str:
        """Another `number` under the same name; the business-scoped id changes with it, unless `keeps_id`."""
        shopper = self.sandbox.state.shoppers[phone.shopper]
        old = phone.address
        shopper.phone = str(act.more.get("number") or f"+4477009{ids.digits(5)}")
        new = self.address_for(shopper)
        if new == old:
            raise Refused("that is their number already", field="event.number")
        message_id = self._system(
            account, phone, act, "user_changed_number", f"{phone.shopper} changed from {old} to {new}",
            sender={"from": old, "from_user_id": phone.user_id}, wa_id=new,
        )  # fmt: skip
        if act.more.get("keeps_id"):
            self.before(account, phone)
        else:
            self.changes_id(account, phone, Act("id_change", "", act.at, {}))
        return message_id

    def changes_id(self, account: Account, phone: Phone, act: Act) -> str:
        """WhatsApp gives the shopper another business-scoped id."""
        shopper = self.sandbox.state.shoppers[phone.shopper]
        old = phone.user_id
        shopper.moves += 1
        self.before(account, phone)
        number = {} if shopper.hides_phone else {"wa_id": phone.address}
        words = f"User changed from {old} to {phone.user_id}"
        ids_now = {"user_id": phone.user_id, "previous_user_id": old, **number}
        return self._system(account, phone, act, "user_changed_user_id", words, sender={}, **ids_now)

    def changes_key(self, account: Account, phone: Phone, act: Act) -> str:
        """The shopper installed WhatsApp anew."""
        identity = {"acknowledged": True, "created_timestamp": str(int(act.at)), "hash": ids.letters(12)}
        content = {"type": "customer_identity_changed", "body": f"{phone.shopper} changed their key"}
        return self.message(account, phone, act, "system", content, is_shown=False, identity=identity)

    def _system(
        self, account: Account, phone: Phone, act: Act, what: str, words: str, sender: Json, **now: str
    ) -> str:
        """What WhatsApp says of a shopper, with nobody's contact beside it."""
        message_id = str(act.more.get("id") or ids.wamid(phone.address))
        message = {**sender, "id": message_id, "timestamp": str(int(act.at)), "type": "system"}
        message["system"] = {"type": what, "body": words, **now}
        message |= act.more.get("raw") or {}
        self.deliver(account, phone.shopper, "messages", self.value(account) | {"messages": [message]})
        return message_id

    def prefers(self, account: Account, phone: Phone, act: Act) -> str:
        """`value`: stop, resume or signup; the shopper says it to WhatsApp, not to the shop."""
        wish = _WISHES.get(str(act.more.get("value", "stop")))
        if wish is None:
            raise Refused(f"value is one of: {', '.join(_WISHES)}", field="event.value")
        shopper = self.sandbox.state.shoppers[phone.shopper]
        phone.stops_marketing = wish == "stop"
        preference: Json = {
            **({} if shopper.hides_phone else {"wa_id": phone.address}),
            "user_id": phone.user_id,
            "category": "marketing_messages",
            "value": wish,
            "detail": f"User requested to {wish} marketing messages",
            "timestamp": int(act.at),
        }
        held = {"contacts": [self.contact(phone)], "user_preferences": [preference]}
        self.deliver(account, phone.address, "user_preferences", self.value(account) | held)
        return ids.hex_id(16)
