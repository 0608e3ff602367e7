"""Telegram's Bot API: the calls of a bot.

Source: core.telegram.org/bots/api
"""

import base64
import json
import re
from collections.abc import Callable
from typing import Any, Final

from werkzeug import Request

from . import ids
from .graph_apps import is_callback
from .state import Account, Json, Media, Phone
from .telegram_content import TelegramError, bad, buttons_of, listed, structure
from .telegram_phone import TelegramPhone
from .telegram_text import BadMarkup, plain
from .world import first_of, show

TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024
TYPING_S: Final = 5.0
QUERY_LIVES_S: Final = 150
SENDS: Final = {
    "sendPhoto": "image",
    "sendVideo": "video",
    "sendDocument": "document",
    "sendAudio": "audio",
    "sendVoice": "audio",
    "sendAnimation": "video",
    "sendSticker": "sticker",
}
_PARTS: Final = {
    "sendPhoto": "photo", "sendVideo": "video", "sendDocument": "document", "sendAudio": "audio",
    "sendVoice": "voice", "sendAnimation": "animation", "sendSticker": "sticker",
}  # fmt: skip


class Telegram(TelegramPhone):
    @property
    def methods(self) -> dict[str, Callable[[Account, Json], Any]]:
        return {
            "getMe": self.get_me,
            "setWebhook": self.set_webhook,
            "deleteWebhook": self.delete_webhook,
            "getWebhookInfo": self.get_webhook_info,
            "getUpdates": self.get_updates,
            "getFile": self.get_file,
            "sendMessage": self.send_message,
            **{name: self._sender(name) for name in SENDS},
            "sendLocation": self.send_location,
            "sendMediaGroup": self.send_media_group,
            "sendChatAction": self.send_chat_action,
            "answerCallbackQuery": self.answer_callback_query,
            "setMessageReaction": self.set_message_reaction,
            "editMessageText": self.edit_message_text,
            "deleteMessage": self.delete_message,
        }

    def find(self, token: str) -> Account | None:
        return first_of(each for each in self.sandbox.state.accounts_on("telegram") if each.token == token)

    def method_name(self, name: str) -> str:
        """Method names may be written in any case."""
        return first_of(each for each in self.methods if each.lower() == name.lower()) or name

    def carry_out(self, account: Account | None, method: str, parameters: Json) -> Json:
        """The whole answer to a call. Raises TelegramError."""
        if account is None or account.token_state != "valid":
            raise TelegramError(401, "Unauthorized")
        if method not in self.methods:
            raise TelegramError(404, "Not Found: method not found")
        with self.sandbox.lock:
            result = self.methods[method](account, parameters)
        self.sandbox.store.changed()
        notes = {"setWebhook": "Webhook was set", "deleteWebhook": "Webhook was deleted"}
        return {"ok": True, "result": result} | ({"description": notes[method]} if method in notes else {})

    def reply_with(self, account: Account, body: Json) -> None:
        method = self.method_name(body["method"])
        if method.startswith("get") or method in ("setWebhook", "deleteWebhook"):
            return
        try:
            self.carry_out(account, method, body)
        except TelegramError as error:
            self.sandbox.log(
                {"channel": "telegram", "account": account.id, "call": method, "answer": error.body}
            )

    # About the bot

    def get_me(self, account: Account, parameters: Json) -> Json:
        return {
            "id": int(account.id),
            "is_bot": True,
            "first_name": account.name,
            "username": account.username,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def set_webhook(self, account: Account, parameters: Json) -> bool:
        """An empty URL removes the webhook; `allowed_updates` that is left out stays as it was."""
        url = str(parameters.get("url") or "")
        if not url:
            return self.delete_webhook(account, parameters)
        if not is_callback(url):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        port = re.match(r"https://[^/:]+:(\d+)", url)
        if port and port[1] not in ("443", "80", "88", "8443"):
            raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
        secret = str(parameters.get("secret_token") or "")
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise bad("secret token contains unallowed characters")
        before = account.subscription or {"allowed_updates": []}
        allowed = parameters.get("allowed_updates", before["allowed_updates"])
        account.subscription = {
            "url": url,
            "secret_token": secret,
            "allowed_updates": listed(allowed),
            "max_connections": int(parameters.get("max_connections") or 40),
        }
        return True

    def delete_webhook(self, account: Account, parameters: Json) -> bool:
        account.subscription = None
        return True

    def get_webhook_info(self, account: Account, parameters: Json) -> Json:
        webhook = account.subscription or {}
        waiting = [
            each for each in self.sandbox.deliveries.values()
            if each.state == "waiting" and (each.channel, each.account) == ("telegram", account.id)
        ]  # fmt: skip
        info: Json = {"url": webhook.get("url", ""), "has_custom_certificate": False}
        info["pending_update_count"] = len(waiting)
        if webhook:
            info |= {"max_connections": webhook["max_connections"], "ip_address": "127.0.0.1"}
            if webhook["allowed_updates"]:
                info["allowed_updates"] = webhook["allowed_updates"]
        failed = first_of(each for each in waiting if each.tries)
        if failed:
            info |= {
                "last_error_date": int(self.sandbox.now()),
                "last_error_message": _webhook_error(failed.status),
            }
        return info

    def get_updates(self, account: Account, parameters: Json) -> list[Json]:
        if account.subscription:
            message = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"
            raise TelegramError(409, message)
        return []

    def get_file(self, account: Account, parameters: Json) -> Json:
        media = self._file(account, str(parameters.get("file_id", "")))
        return {
            "file_id": media.id,
            "file_unique_id": f"u{media.id}",
            "file_size": len(base64.b64decode(media.content)),
            "file_path": f"files/{media.id}/{media.filename or 'file'}",
        }

    def download(self, account: Account, path: str) -> Media | None:
        media = self.sandbox.state.media.get(path.partition("/")[2].partition("/")[0])
        return media if media and media.account == account.id else None

    # Sending

    def send_message(self, account: Account, parameters: Json) -> Json:
        phone = self._chat(account, parameters)
        text, entities = self._text(parameters, "text", TEXT_LIMIT)
        if not text.strip():
            raise bad("message text is empty")
        content = {"entities": entities} if entities else {}
        return self._send(account, phone, parameters, "text", text, content)

    def send_location(self, account: Account, parameters: Json) -> Json:
        phone = self._chat(account, parameters)
        try:
            place = {name: float(parameters[name]) for name in ("latitude", "longitude")}
        except (KeyError, TypeError, ValueError):
            raise bad("latitude and longitude must be numbers") from None
        return self._send(account, phone, parameters, "location", "", {"location": place})

    def send_media_group(self, account: Account, parameters: Json) -> list[Json]:
        phone = self._chat(account, parameters)
        items = listed(parameters.get("media"))
        if not 2 <= len(items) <= 10:
            raise bad("there must be 2 to 10 items in the media group")
        methods = {
            part: name for name, part in _PARTS.items() if part in ("photo", "video", "document", "audio")
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
            text, part = self._media_content(account, methods[item["type"]], parameters | one)
            kind = SENDS[methods[item["type"]]]
            sent.append(self._send(account, phone, {}, kind, text, part | {"media_group_id": group}))
        return sent

    def send_chat_action(self, account: Account, parameters: Json) -> bool:
        phone = self._chat(account, parameters)
        if not parameters.get("action"):
            raise bad("wrong parameter action in request")
        phone.typing_until = self.sandbox.now() + TYPING_S
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
        row = self._row(self._chat(account, parameters), parameters, "message to react not found")
        row["shop_reaction"] = (
            first_of(each.get("emoji") for each in listed(parameters.get("reaction"))) or ""
        )
        return True

    def edit_message_text(self, account: Account, parameters: Json) -> Json:
        phone = self._chat(account, parameters)
        row = self._row(phone, parameters, "message to edit not found")
        text, _entities = self._text(parameters, "text", TEXT_LIMIT)
        if row["from"] != "shop":
            raise bad("message can't be edited")
        markup = structure(parameters.get("reply_markup"))
        if (row["text"], row.get("markup")) == (text, markup):
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly the same"
            )
        row |= {"text": text, "edited": True, "markup": markup, "buttons": buttons_of(markup)}
        return self.shop_message(account, phone, row) | {"edit_date": int(self.sandbox.now())}

    def delete_message(self, account: Account, parameters: Json) -> bool:
        row = self._row(self._chat(account, parameters), parameters, "message to delete not found")
        row |= {"text": "", "deleted": True}
        return True

    def _sender(self, method: str) -> Callable[[Account, Json], Json]:
        def send(account: Account, parameters: Json) -> Json:
            phone = self._chat(account, parameters)
            text, part = self._media_content(account, method, parameters)
            return self._send(account, phone, parameters, SENDS[method], text, part)

        return send

    def _media_content(self, account: Account, method: str, parameters: Json) -> tuple[str, Json]:
        part = _PARTS[method]
        given = parameters.get(part)
        text, _entities = self._text(parameters, "caption", CAPTION_LIMIT)
        if not given:
            raise bad(f"there is no {part} in the request")
        if isinstance(given, Media):
            media = given
        elif str(given).startswith("attach://"):
            media = parameters.get(str(given).removeprefix("attach://"), "")
            if not isinstance(media, Media):
                raise bad("wrong file identifier/HTTP URL specified")
        elif re.match(r"https?://", str(given)):
            return text, {
                part: {"file_id": ids.letters(40), "file_unique_id": ids.letters(12)},
                "url": str(given),
            }
        else:
            media = self._file(account, str(given))
        file = {"file_id": media.id, "file_unique_id": f"u{media.id}"}
        return text, {part: [file] if part == "photo" else file, "url": self.cdn_url(media)}

    def _send(
        self, account: Account, phone: Phone, parameters: Json, kind: str, text: str, content: Json
    ) -> Json:
        reply = structure(parameters.get("reply_parameters")) or {}
        reply_to = reply.get("message_id") or parameters.get("reply_to_message_id")
        if reply_to and phone.row(str(reply_to)) is None:
            if not (
                reply.get("allow_sending_without_reply") or parameters.get("allow_sending_without_reply")
            ):
                raise bad("message to be replied not found")
            reply_to = None
        markup = structure(parameters.get("reply_markup"))
        message_id = str(self.next_message_id(phone))
        url = content.pop("url", None)
        row = show(
            self.sandbox, phone, "shop", kind, text, message_id, self.sandbox.now(),
            reply_to=str(reply_to) if reply_to else None, url=url, markup=markup, buttons=buttons_of(markup),
            content=content,
        )  # fmt: skip
        return self.shop_message(account, phone, row)

    def _chat(self, account: Account, parameters: Json) -> Phone:
        chat_id = str(parameters.get("chat_id") or "")
        if not chat_id:
            raise bad("chat_id is empty")
        phones = self.sandbox.state.phones_of(account)
        phone = first_of(each for each in phones if each.address == chat_id)
        if phone is None:
            raise bad("chat not found")
        if phone.is_blocked:
            raise TelegramError(403, "Forbidden: bot was blocked by the user")
        if not phone.has_written:
            raise TelegramError(403, "Forbidden: bot can't initiate conversation with a user")
        return phone

    def _row(self, phone: Phone, parameters: Json, problem: str) -> Json:
        row = phone.row(str(parameters.get("message_id")))
        if row is None:
            raise bad(problem)
        return row

    def _text(self, parameters: Json, name: str, limit: int) -> tuple[str, list[Json]]:
        """A text after its entities were parsed; its length counts in UTF-16 units."""
        try:
            text, entities = plain(str(parameters.get(name) or ""), str(parameters.get("parse_mode") or ""))
        except BadMarkup as problem:
            raise bad(f"can't parse entities: {problem}") from None
        if len(text.encode("utf-16-le")) // 2 > limit:
            raise bad("message is too long" if name == "text" else "message caption is too long")
        return text, entities or listed(parameters.get("entities" if name == "text" else "caption_entities"))

    def _file(self, account: Account, file_id: str) -> Media:
        media = self.sandbox.state.media.get(file_id.rstrip("s"))
        if media is None or media.account != account.id:
            raise bad("wrong file_id or the file is temporarily unavailable")
        return media

    def read(self, request: Request, account: Account | None) -> Json:
        """Parameters from query, form or JSON body; uploaded files are kept and stand as Media."""
        parameters: Json = dict(request.args.items()) | dict(request.form.items())
        if request.mimetype == "application/json" and request.get_data():
            try:
                body = json.loads(request.get_data())
            except ValueError:
                raise bad("can't parse request body: it is not JSON") from None
            parameters |= body if isinstance(body, dict) else {}
        for name, file in request.files.items():
            text = base64.b64encode(file.stream.read()).decode()
            owner = account.id if account else ""
            media = Media(ids.digits(16), "telegram", owner, file.mimetype, text, file.filename or name)
            with self.sandbox.lock:
                self.sandbox.state.media[media.id] = media
            parameters[name] = media
        return parameters


def _webhook_error(status: int | None) -> str:
    return f"Wrong response from the webhook: {status}" if status else "Connection timed out"
