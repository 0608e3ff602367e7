"""What the Messenger Platform takes.

Source: developers.facebook.com/docs/messenger-platform/reference/send-api (texts, files),
developers.facebook.com/docs/messenger-platform/send-messages/quick-replies,
developers.facebook.com/docs/messenger-platform/send-messages/template/button,
developers.facebook.com/docs/messenger-platform/send-messages/utility-messages (templates),
developers.facebook.com/docs/messenger-platform/policy (windows, private replies),
developers.facebook.com/docs/messenger-platform/overview (rates). As of 2026-09-11.
"""

from datetime import date, timedelta
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
from chalicelib.domain.platform_rules import TagRule, TemplateRule

_TAGS: Final = "developers.facebook.com/docs/messenger-platform/send-messages/message-tags"
# Paid marketing messages are for technology providers with an advertising account: not ours.
_UTILITY: Final = "developers.facebook.com/docs/messenger-platform/send-messages/utility-messages"
_MB: Final = 1024 * 1024

CAPABILITIES: Final = Capabilities(
    name="Messenger",
    text=TextLimit(1999),
    files={
        "image": FileLimit(("image/*",), 25 * _MB),
        "video": FileLimit(("video/*",), 25 * _MB),
        "audio": FileLimit(("audio/*",), 25 * _MB),
        "document": FileLimit(("*/*",), 25 * _MB),
    },
    buttons=ButtonLimit(most=3, title=TextLimit(20), id=TextLimit(1000), body=TextLimit(640), most_links=3),
    quick_replies=ButtonLimit(most=13, title=TextLimit(20), id=TextLimit(1000), body=TextLimit(1999)),
    templates=True,
    reply_to=True,
    reactions=True,
    comments=True,
    typing=True,
    mark_read=True,
    window=Window(timedelta(hours=24), timedelta(days=7), "HUMAN_AGENT"),
    outside=(TemplateRule(category="utility", since=date(2025, 1, 1), source=_UTILITY),),
    tags=(
        TagRule(tag="HUMAN_AGENT", source=_TAGS),
        TagRule(tag="CONFIRMED_EVENT_UPDATE", source=_TAGS, until=date(2026, 4, 27)),
        TagRule(tag="POST_PURCHASE_UPDATE", source=_TAGS, until=date(2026, 4, 27)),
        TagRule(tag="ACCOUNT_UPDATE", source=_TAGS, until=date(2026, 4, 27)),
    ),
    rates=Rates(connection=Rate(300, 1.0), files=Rate(10, 1.0)),
    marks_echoes=True,
    has_watermarks=True,
    private_reply=timedelta(days=7),
    handshake=True,
    most_incoming_bytes=25 * _MB,
)
