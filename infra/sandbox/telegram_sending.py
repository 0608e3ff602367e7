"""What a bot sends and does in a chat.

Source: core.telegram.org/bots/api#available-methods
"""

from collections.abc import Callable
from typing import Final

from . import ids
from .state import Account, Json, Phone
from .telegram_content import REACTIONS, TelegramError, bad, buttons_of, links_of, listed, structure, words
from .telegram_files import PARTS, SENDS, TelegramFiles
from .world import first_of, show

TEXT_LIMIT: Final = 4096
TYPING_S: Final = 5.0
QUERY_LIVES_S: Final = 150
IS_SEND: Final = frozenset({*SENDS, "sendMessage", "sendLocation", "sendVenue", "sendMediaGroup"})


class TelegramSending(TelegramFiles):
    def send_message(self, account: Account, parameters: Json) -> Json:
        phone = self._chat(account, parameters)
        text, entities = words(parameters, "text", TEXT_LIMIT)
        if not text.strip():
            raise bad("message text is empty")
        content = {"entities": entities} if entities else {}
        return self._send(account, phone, parameters, "text", text, content)

    def send_location(self, account: Account, parameters: Json) -> Json:
        phone = self._chat(account, parameters)
        return self._send(account, phone, parameters, "location", "", {"location": _place(parameters)})

    def send_venue(self, account: Account, parameters: Json) -> Json:
        phone = self._chat(account, parameters)
        place = _place(parameters)
        named = {name: str(parameters.get(name) or "") for name in ("title", "address")}
        if not all(named.values()):
            raise bad("title and address of a venue must be non-empty")
        content = {"location": place, "venue": {"location": place} | named}
        return self._send(account, phone, parameters, "location", "", content, shown=named["title"])

    def send_media_group(self, account: Account, parameters: Json) -> list[Json]:
        phone = self._chat(account, parameters)
        items = listed(parameters.get("media"))
        if not 2 <= len(items) <= 10:
            raise bad("there must be 2 to 10 items in the media group")
        methods = {
            part: name for name, part in PARTS.items() if part in ("photo", "video", "document", "audio")
        }
        group = ids.digits(17)
        sent = []
        for item in items:
            if item.get("type") not in methods:
                raise bad("can't parse InputMedia: wrong type")
            one = {
                item["type"]: item.get("media"),
                "caption": item.get("caption"),
                "parse_mode": item.get("parse_mode"),
            }
            text, part = self.media_content(account, methods[item["type"]], parameters | one)
            kind = SENDS[methods[item["type"]]]
            sent.append(self._send(account, phone, {}, kind, text, part | {"media_group_id": group}))
        return sent

    def send_chat_action(self, account: Account, parameters: Json) -> bool:
        phone = self._chat(account, parameters)
        if not parameters.get("action"):
            raise bad("wrong parameter action in request")
        phone.typing_until = self.sandbox.now() + TYPING_S
        return True

    def read_business_message(self, account: Account, parameters: Json) -> bool:
        phone = self._chat(account, parameters, right="can_read_messages")
        if not parameters.get("business_connection_id"):
            raise bad("business connection not found")
        row = self._row(phone, parameters, "MESSAGE_ID_INVALID")
        row["seen"] = True
        return True

    def answer_callback_query(self, account: Account, parameters: Json) -> bool:
        """Known while the query's update is remembered, for 150 s."""
        wanted = str(parameters.get("callback_query_id"))
        for each in self.sandbox.deliveries.values():
            query = each.body.get("callback_query") or {}
            if (
                each.account == account.id
                and query.get("id") == wanted
                and self.sandbox.now() - each.at < QUERY_LIVES_S
            ):
                return True
        raise bad("query is too old and response timeout expired or query ID is invalid")

    def set_message_reaction(self, account: Account, parameters: Json) -> bool:
        """One emoji of those that Telegram has for it, or none."""
        row = self._row(self._chat(account, parameters), parameters, "message to react not found")
        emoji = [str(each.get("emoji")) for each in listed(parameters.get("reaction"))]
        if len(emoji) > 1:
            raise bad("REACTIONS_TOO_MANY")
        if emoji and emoji[0] not in REACTIONS:
            raise bad("REACTION_INVALID")
        row["shop_reaction"] = first_of(emoji) or ""
        return True

    def edit_message_text(self, account: Account, parameters: Json) -> Json:
        phone = self._chat(account, parameters)
        row = self._row(phone, parameters, "message to edit not found")
        text, _entities = words(parameters, "text", TEXT_LIMIT)
        if row["from"] != "shop":
            raise bad("message can't be edited")
        markup = structure(parameters.get("reply_markup"))
        if (row["text"], row.get("markup")) == (text, markup):
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly the same"
            )
        row |= {"text": text, "edited": True, "markup": markup, "buttons": buttons_of(markup)}
        return self.message_of(account, phone, row) | {"edit_date": int(self.sandbox.now())}

    def delete_message(self, account: Account, parameters: Json) -> bool:
        row = self._row(self._chat(account, parameters), parameters, "message to delete not found")
        row |= {"text": "", "deleted": True}
        return True

    def sender(self, method: str) -> Callable[[Account, Json], Json]:
        def send(account: Account, parameters: Json) -> Json:
            phone = self._chat(account, parameters)
            text, part = self.media_content(account, method, parameters)
            return self._send(account, phone, parameters, SENDS[method], text, part)

        return send

    def _send(
        self,
        account: Account,
        phone: Phone,
        parameters: Json,
        kind: str,
        text: str,
        content: Json,
        shown: str = "",
    ) -> Json:
        markup = structure(parameters.get("reply_markup"))
        row = show(
            self.sandbox, phone, "shop", kind, text or shown, str(self.next_message_id(phone)),
            self.sandbox.now(), reply_to=_replied(phone, parameters), url=content.pop("url", None),
            markup=markup, buttons=buttons_of(markup), links=links_of(markup), content=content,
            business=bool(parameters.get("business_connection_id")) or None,
        )  # fmt: skip
        return self.message_of(account, phone, row)

    def _chat(self, account: Account, parameters: Json, right: str = "can_reply") -> Phone:
        chat_id = str(parameters.get("chat_id") or "")
        if not chat_id:
            raise bad("chat_id is empty")
        phones = self.sandbox.state.phones_of(account)
        phone = first_of(each for each in phones if each.address == chat_id)
        if phone is None:
            raise bad("chat not found")
        if connection_id := parameters.get("business_connection_id"):
            self.business_chat(account, phone, str(connection_id), right)
        elif phone.is_blocked:
            raise TelegramError(403, "Forbidden: bot was blocked by the user")
        elif not phone.has_written:
            raise TelegramError(403, "Forbidden: bot can't initiate conversation with a user")
        return phone

    def _row(self, phone: Phone, parameters: Json, problem: str) -> Json:
        row = phone.row(str(parameters.get("message_id")))
        if row is None:
            raise bad(problem)
        return row


def _place(parameters: Json) -> Json:
    try:
        return {name: float(parameters[name]) for name in ("latitude", "longitude")}
    except (KeyError, TypeError, ValueError):
        raise bad("latitude and longitude must be numbers") from None


def _replied(phone: Phone, parameters: Json) -> str | None:
    """The message that is answered; none where it is gone and the bot does not mind."""
    reply = structure(parameters.get("reply_parameters")) or {}
    reply_to = reply.get("message_id") or parameters.get("reply_to_message_id")
    if not reply_to or phone.row(str(reply_to)):
        return str(reply_to) if reply_to else None
    if not (reply.get("allow_sending_without_reply") or parameters.get("allow_sending_without_reply")):
        raise bad("message to be replied not found")
    return None
