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
from .state import Account, Json, Media
from .telegram_content import TelegramError, bad, listed
from .telegram_files import SENDS
from .telegram_sending import TelegramSending
from .world import first_of

LARGEST_FILE: Final = 20 * 1024 * 1024


class Telegram(TelegramSending):
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
            **{name: self.sender(name) for name in SENDS},
            "sendLocation": self.send_location,
            "sendVenue": self.send_venue,
            "sendMediaGroup": self.send_media_group,
            "sendChatAction": self.send_chat_action,
            "readBusinessMessage": self.read_business_message,
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
        given = self.fetched(method, parameters)
        with self.sandbox.lock:
            result = self.methods[method](account, given)
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
            "can_connect_to_business": True,
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
        media = self.file(account, str(parameters.get("file_id", "")))
        size = media.size or len(base64.b64decode(media.content))
        if size > LARGEST_FILE:
            raise bad("file is too big")
        return {
            "file_id": media.id,
            "file_unique_id": f"u{media.id}",
            "file_size": size,
            "file_path": f"files/{media.id}/{media.filename or 'file'}",
        }

    def download(self, account: Account, path: str) -> Media | None:
        media = self.sandbox.state.media.get(path.partition("/")[2].partition("/")[0])
        return media if media and media.account == account.id else None

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
