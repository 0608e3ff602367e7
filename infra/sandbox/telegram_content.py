"""Parameters of the Bot API: structures, keyboards, and the errors for those that are not well made.

Source: core.telegram.org/bots/api#making-requests
"""

import json
from typing import Any, Final

from .state import Json
from .telegram_text import BadMarkup, plain

# fmt: off
# Source: core.telegram.org/bots/api#reactiontypeemoji
REACTIONS: Final = frozenset((
    "❤", "👍", "👎", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢", "🎉", "🤩", "🤮", "💩",
    "🙏", "👌", "🕊", "🤡", "🥱", "🥴", "😍", "🐳", "❤‍🔥", "🌚", "🌭", "💯", "🤣", "⚡", "🍌",
    "🏆", "💔", "🤨", "😐", "🍓", "🍾", "💋", "🖕", "😈", "😴", "😭", "🤓", "👻", "👨‍💻", "👀",
    "🎃", "🙈", "😇", "😨", "🤝", "✍", "🤗", "🫡", "🎅", "🎄", "☃", "💅", "🤪", "🗿", "🆒", "💘",
    "🙉", "🦄", "😘", "💊", "🙊", "😎", "👾", "🤷‍♂", "🤷", "🤷‍♀", "😡",
))
# fmt: on


class TelegramError(Exception):
    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.status = code
        self.body: Json = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.body["parameters"] = parameters


def bad(description: str) -> TelegramError:
    return TelegramError(400, f"Bad Request: {description}")


def structure(value: Any) -> Any:
    """A structure that came as JSON text in a form, or as itself in a JSON body."""
    if isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            raise bad("object expected as JSON") from None
    return value


def listed(value: Any) -> list[Any]:
    value = structure(value) if value else []
    return value if isinstance(value, list) else []


def links_of(markup: Json | None) -> list[Json]:
    """The buttons that open a page."""
    rows = (markup or {}).get("inline_keyboard") or []
    buttons = [button for row in rows for button in row]
    return [{"title": each.get("text"), "url": each["url"]} for each in buttons if each.get("url")]


def buttons_of(markup: Json | None) -> list[Json]:
    """The buttons that can be tapped. Raises TelegramError for one that is not well made."""
    buttons: list[Json] = []
    for row in (markup or {}).get("inline_keyboard") or []:
        for button in row:
            data = button.get("callback_data")
            if not button.get("text"):
                raise bad("text buttons are unallowed in the inline keyboard")
            if data is not None and not 1 <= len(str(data).encode()) <= 64:
                raise bad("BUTTON_DATA_INVALID")
            if data is None and not button.get("url"):
                raise bad("can't parse inline keyboard button: text buttons are unallowed")
            if data is not None:
                buttons.append({"type": "callback", "title": button["text"], "payload": data})
    for row in (markup or {}).get("keyboard") or []:
        for button in row:
            title = button if isinstance(button, str) else button.get("text", "")
            buttons.append({"type": "keyboard", "title": title, "payload": title})
    return buttons


def words(parameters: Json, name: str, limit: int) -> tuple[str, list[Json]]:
    """A text after its entities were parsed; its length counts in UTF-16 units. Raises TelegramError."""
    try:
        text, entities = plain(str(parameters.get(name) or ""), str(parameters.get("parse_mode") or ""))
    except BadMarkup as problem:
        raise bad(f"can't parse entities: {problem}") from None
    if len(text.encode("utf-16-le")) // 2 > limit:
        raise bad("message is too long" if name == "text" else "message caption is too long")
    return text, entities or listed(parameters.get("entities" if name == "text" else "caption_entities"))
