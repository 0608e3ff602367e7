"""What WhatsApp's Cloud API takes.

Source: developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages (texts, buttons, lists, window),
developers.facebook.com/docs/whatsapp/cloud-api/reference/media (files),
developers.facebook.com/docs/whatsapp/cloud-api/overview (throughput, pair limit),
developers.facebook.com/docs/whatsapp/messaging-limits (tiers). As of 2026-09-11.
"""

from datetime import date, timedelta
from typing import Final

from chalicelib.domain.capabilities import (
    ButtonLimit,
    Capabilities,
    FileLimit,
    ListLimit,
    Rate,
    Rates,
    TextLimit,
    Window,
)
from chalicelib.domain.platform_rules import TemplateRule

_TEMPLATES: Final = "developers.facebook.com/docs/whatsapp/message-templates"
_PER_USER: Final = (
    "developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates (per-user limits)"
)
_MB: Final = 1024 * 1024

CAPABILITIES: Final = Capabilities(
    name="WhatsApp",
    staff=True,
    by_phone=True,
    charges=True,
    text=TextLimit(4096),
    caption=TextLimit(1024),
    captioned=("image", "video", "document"),
    files={
        "image": FileLimit(("image/jpeg", "image/png"), 5 * _MB),
        "video": FileLimit(("video/mp4", "video/3gpp"), 16 * _MB),
        "audio": FileLimit(("audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg"), 16 * _MB),
        "document": FileLimit(("*/*",), 100 * _MB),
    },
    buttons=ButtonLimit(
        most=3,
        title=TextLimit(20),
        id=TextLimit(256),
        body=TextLimit(1024),
        most_links=1,
        links_alone=True,
    ),
    lists=ListLimit(
        most_rows=10,
        most_sections=10,
        label=TextLimit(20),
        section_title=TextLimit(24),
        row_title=TextLimit(24),
        row_description=TextLimit(72),
        row_id=TextLimit(200),
        body=TextLimit(1024),
    ),
    header=TextLimit(60),
    footer=TextLimit(60),
    location=True,
    templates=True,
    outside=(
        # Numbers of the United States get no marketing since 2025-04-01.
        TemplateRule(
            category="marketing", since=date(2022, 5, 19), source=_PER_USER, not_to=frozenset({"US"})
        ),
        TemplateRule(category="utility", since=date(2022, 5, 19), source=_TEMPLATES),
    ),
    tiers={
        "TIER_250": 250,
        "TIER_1K": 1_000,
        "TIER_2K": 2_000,
        "TIER_10K": 10_000,
        "TIER_100K": 100_000,
        "TIER_UNLIMITED": None,
    },
    reply_to=True,
    reactions=True,
    typing=True,
    mark_read=True,
    window=Window(timedelta(hours=24), timedelta(hours=24)),
    # One message in 6 s to the same shopper; up to 45 may be borrowed from what follows.
    rates=Rates(connection=Rate(80, 1.0), shopper=Rate(1, 6.0, burst=45)),
    marks_echoes=True,
    handshake=True,
    most_incoming_bytes=100 * _MB,
)
