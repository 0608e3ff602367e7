"""What the merchant does in the WhatsApp Business app.

Source: developers.facebook.com/docs/whatsapp/embedded-signup/custom-flows/onboarding-business-app-users
"""

from typing import Any

from . import ids
from . import whatsapp_said as said
from .base import MEDIA_KINDS, Act, Refused
from .state import Account, Json, Phone
from .whatsapp_notices import WhatsAppNotices
from .whatsapp_webhooks import digits_of
from .world import show


class WhatsAppEchoes(WhatsAppNotices):
    def merchant_acts(self, account: Account, phone: Phone, act: Act) -> str:
        """On the phone of a number that kept the app. `what`: text, a kind of file, edit, delete or
        reaction."""
        what = str(act.more.get("what", "text"))
        if what in ("edit", "delete"):
            return self._takes_back(account, phone, act, what)
        if what == "reaction":
            row = self.target_row(phone, act, "shopper")
            content = said.reaction(act, row["id"])
            row["shop_reaction"] = content.get("emoji", "")
            return self._echo(account, phone, act, "reaction", content)
        if what in MEDIA_KINDS:
            media = self.keep_media(account, Act(what, act.text, act.at, act.more))
            file = {"id": media.id, "mime_type": media.mime_type} | (
                {"caption": act.text} if act.text else {}
            )
            return self._writes(account, phone, act, what, file, url=self.cdn_url(media))
        if what != "text":
            raise Refused(f"a merchant does not {what!r}", field="event.what")
        return self._writes(account, phone, act, "text", {"body": act.text})

    def _writes(self, account: Account, phone: Phone, act: Act, kind: str, content: Json, **more: Any) -> str:
        answered = act.more.get("reply_to")
        context = {"context": {"from": phone.address, "id": answered}} if answered else {}
        message_id = self._echo(account, phone, act, kind, content, **context)
        show(
            self.sandbox,
            phone,
            "shop",
            kind,
            act.text,
            message_id,
            act.at,
            via="app",
            reply_to=answered,
            **more,
        )
        return message_id

    def _takes_back(self, account: Account, phone: Phone, act: Act, what: str) -> str:
        row = self.target_row(phone, act, "shop")
        if what == "delete":
            row |= {"text": "", "deleted": True}
            return self._echo(account, phone, act, "revoke", {"original_message_id": row["id"]})
        row |= {"text": act.text, "edited": True}
        edit = {"original_message_id": row["id"], "message": said.changed(row, act.text)}
        return self._echo(account, phone, act, "edit", edit)

    def _echo(self, account: Account, phone: Phone, act: Act, kind: str, content: Json, **more: Any) -> str:
        shopper = self.sandbox.state.shoppers[phone.shopper]
        echo: Json = {
            "from": digits_of(account.number),
            **({} if shopper.hides_phone else {"to": phone.address}),
            "to_user_id": phone.user_id,
            "id": str(act.more.get("id") or ids.wamid(phone.address)),
            "timestamp": str(int(act.at)),
            "type": kind,
            kind: content,
            **more,
        } | (act.more.get("raw") or {})
        value = self.value(account) | {"message_echoes": [echo]}
        self.deliver(account, phone.address, "smb_message_echoes", value)
        return str(echo["id"])
