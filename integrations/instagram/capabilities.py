"""What Instagram messaging takes, by either login.

Source: developers.facebook.com/docs/messenger-platform/instagram/features/send-message (texts, files),
developers.facebook.com/docs/messenger-platform/instagram/features/quick-replies,
developers.facebook.com/docs/messenger-platform/instagram/features/private-replies,
developers.facebook.com/docs/messenger-platform/overview (rates). As of 2026-09-11.
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
from chalicelib.domain.platform_rules import TagRule

_TAGS: Final = "developers.facebook.com/docs/messenger-platform/send-messages/message-tags"
_MB: Final = 1024 * 1024
# The limit counts bytes of UTF-8: in Arabic or with emoji, a few hundred characters.
_TEXT: Final = TextLimit(1000, "bytes")

CAPABILITIES: Final = Capabilities(
    name="Instagram",
    text=_TEXT,
    files={
        "image": FileLimit(("image/png", "image/jpeg"), 8 * _MB),
        "video": FileLimit(
            ("video/mp4", "video/ogg", "video/x-msvideo", "video/quicktime", "video/webm"), 25 * _MB
        ),
        "audio": FileLimit(("audio/aac", "audio/mp4", "audio/x-m4a", "audio/wav", "audio/x-wav"), 25 * _MB),
        "document": FileLimit(("application/pdf",), 25 * _MB),
    },
    quick_replies=ButtonLimit(most=13, title=TextLimit(20), id=TextLimit(1000), body=_TEXT),
    reply_to=True,
    reactions=True,
    comments=True,
    typing=True,
    mark_read=True,
    window=Window(timedelta(hours=24), timedelta(days=7), "HUMAN_AGENT"),
    tags=(TagRule(tag="HUMAN_AGENT", source=_TAGS),),
    # Another page says 100 a second: the stricter reading.
    rates=Rates(connection=Rate(100, 1.0), files=Rate(10, 1.0)),
    files_by_link=True,
    private_reply=timedelta(days=7),
    handshake=True,
    most_incoming_bytes=25 * _MB,
)
