"""Every name of Messenger's and Instagram's webhooks that has a meaning here. What is not among them is kept.

Sources: developers.facebook.com/docs/messenger-platform/reference/webhook-events,
developers.facebook.com/docs/instagram-platform/webhooks/examples,
developers.facebook.com/docs/graph-api/webhooks/reference/page
"""

from typing import Final

# The part of a `messaging` or `standby` event that says what happened; the other parts say between whom.
EVENTS: Final = (
    "message",
    "postback",
    "reaction",
    "message_edit",
    "referral",
    "optin",
    "delivery",
    "read",
    "pass_thread_control",
    "take_thread_control",
    "request_thread_control",
    "policy_enforcement",
    "app_roles",
    "account_linking",
)

# Attachment type -> our kind. A share is a link to something on the platform or elsewhere.
ATTACHMENTS: Final[dict[str, str]] = {
    "image": "image",
    "video": "video",
    "audio": "audio",
    "file": "document",
    "sticker": "sticker",
    "location": "location",
    "appointment_booking": "appointment",
    "story_mention": "story_mention",
    "ephemeral": "view_once",
    **dict.fromkeys(("fallback", "template", "share", "media", "post", "ig_post"), "share"),
    **dict.fromkeys(("reel", "ig_reel", "story", "ig_story"), "share"),
}
FILES: Final = frozenset({"image", "video", "audio", "file", "sticker"})
# What was put up for a day.
STORIES: Final = frozenset({"story_mention", "story", "ig_story"})
SHARES: Final = frozenset(name for name, kind in ATTACHMENTS.items() if kind == "share") - STORIES

# Fields of `changes` that are no messaging events.
COMMENTS: Final = frozenset({"comments", "live_comments"})
FEED: Final = "feed"
MENTIONS: Final = "mentions"
TEMPLATE_STATUS: Final = "messenger_template_status_update"
# Ours: no platform sends it.
SELF_TEST: Final = "parley_test"

# What may happen to a comment under a Page's post.
ADDED: Final = "add"
EDITED: Final = "edited"
REMOVED: Final = "remove"

# What the platform does about a policy -> what the shop must see to.
POLICY: Final[dict[str, str]] = {"block": "account_blocked", "warning": "policy_warning", "unblock": ""}

KINDS: Final = frozenset(
    {
        *(f"event:{name}" for name in EVENTS),
        *(f"attachment:{name}" for name in ATTACHMENTS),
        *(f"field:{name}" for name in (*COMMENTS, FEED, MENTIONS, TEMPLATE_STATUS, SELF_TEST)),
        *(f"feed:{name}" for name in (ADDED, EDITED, REMOVED)),
        *(f"policy:{name}" for name in POLICY),
    }
)
