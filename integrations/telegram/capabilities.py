"""What Telegram's Bot API takes. There is no window: who started the bot and did not block it may be written
to. Only in the chats of a person's own account that a bot helps with there is one.

Source: core.telegram.org/bots/api#sendmessage, core.telegram.org/bots/api#inlinekeyboardbutton,
core.telegram.org/bots/api#sending-files, core.telegram.org/bots/api#businessbotrights (a person's own chats),
core.telegram.org/bots/faq (rates). As of Bot API 10.1.
"""

from datetime import timedelta
from typing import Final

from chalicelib.domain.capabilities import (
    ButtonLimit,
    Capabilities,
    FileLimit,
    Rate,
    Rates,
    TextLimit,
    Window,
)

_MB: Final = 1024 * 1024
_OWN_CHAT: Final = "business_chat"
# Counted in UTF-16 code units, the stricter reading, as entities are.
_TEXT: Final = TextLimit(4096, "utf16")
_CAPTION: Final = TextLimit(1024, "utf16")

CAPABILITIES: Final = Capabilities(
    name="Telegram",
    staff=True,
    text=_TEXT,
    caption=_CAPTION,
    # What Telegram fetches by a link: smaller than what may be uploaded, and fewer kinds of documents.
    files={
        "image": FileLimit(("image/jpeg", "image/png", "image/webp", "image/gif"), 5 * _MB),
        "video": FileLimit(("video/mp4",), 20 * _MB),
        "audio": FileLimit(("audio/mpeg", "audio/mp4", "audio/ogg"), 20 * _MB),
        "document": FileLimit(("application/pdf", "application/zip", "image/gif"), 20 * _MB),
    },
    # The platform names no number; a hundred in all is what it takes, and more than a shopper reads.
    buttons=ButtonLimit(most=24, title=TextLimit(64), id=TextLimit(64, "bytes"), body=_TEXT, most_links=24),
    location=True,
    reply_to=True,
    reactions=True,
    typing=True,
    rates=Rates(connection=Rate(30, 1.0), shopper=Rate(1, 1.0, burst=3)),
    most_incoming_bytes=20 * _MB,
    # A person's own chat, which the bot only helps with: it may write where the shopper was active within a
    # day, and mark what they wrote as read.
    read_kinds=(_OWN_CHAT,),
    windows={_OWN_CHAT: Window(timedelta(hours=24), timedelta(hours=24))},
)
