"""How a message's files look to whoever reads the thread."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from chalicelib.domain.events import Media
from chalicelib.domain.messages import Message
from chalicelib.settings import Settings
from functions import views

NOW: Final = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
THERE: Final = "https://scontent.example/story.jpg"


def link(media: Media) -> str:
    return f"https://files.example/{media.key}?signed"


SHOWN: Final[dict[str, tuple[Media, dict[str, Any]]]] = {
    "ours": (
        Media("application/pdf", "871", "", "order.pdf", 7, None, "", "", "ready", "", "media/1"),
        {
            "mime_type": "application/pdf",
            "filename": "order.pdf",
            "state": "ready",
            "size": 7,
            "url": "https://files.example/media/1?signed",
            "expires_at": "2026-11-02T12:15:00.000Z",
        },
    ),
    "on its way": (
        Media(channel_media_id="871", state="waiting", caption="look"),
        {"mime_type": "", "filename": "", "state": "waiting", "caption": "look"},
    ),
    "on its way from a link": (
        Media(url=THERE, state="waiting"),
        {"mime_type": "", "filename": "", "state": "waiting"},
    ),
    "not taken": (
        Media(url=THERE, state="refused", reason="too_large"),
        {"mime_type": "", "filename": "", "state": "refused", "reason": "too_large"},
    ),
    "gone": (
        Media(channel_media_id="871", state="gone", reason="expired"),
        {"mime_type": "", "filename": "", "state": "gone", "reason": "expired"},
    ),
    "by the channel's own link": (
        Media(url=THERE, expires_at=NOW + timedelta(hours=1)),
        {
            "mime_type": "",
            "filename": "",
            "state": "link",
            "url": THERE,
            "expires_at": "2026-11-02T13:00:00.000Z",
        },
    ),
    "by a link that nobody knows the end of": (
        Media(url=THERE),
        {"mime_type": "", "filename": "", "state": "link", "url": THERE},
    ),
    "by a link that has run out": (
        Media(url=THERE, expires_at=NOW),
        {"mime_type": "", "filename": "", "state": "expired", "expires_at": "2026-11-02T12:00:00.000Z"},
    ),
}


@pytest.mark.parametrize("case", SHOWN)
def test_a_file_is_shown_with_its_state_and_a_link_only_while_it_can_be_had(case: str) -> None:
    media, shown = SHOWN[case]
    message = Message(
        message_id="ms_1",
        author="shopper",
        kind="image",
        text="",
        sent_at=NOW,
        status="received",
        media=(media,),
    )
    assert views.message(message, views.files(link, NOW))["media"] == [shown]


def test_without_a_store_at_hand_files_are_only_named() -> None:
    media, _ = SHOWN["ours"]
    message = Message(
        message_id="ms_1",
        author="shopper",
        kind="image",
        text="",
        sent_at=NOW,
        status="received",
        media=(media,),
    )
    assert views.message(message)["media"] == [{"mime_type": "application/pdf", "filename": "order.pdf"}]


REQUIRED: Final = (
    *("STAGE", "SHOPS_TABLE", "THREADS_TABLE", "DUE_TABLE", "MEDIA_BUCKET", "KMS_KEY_ID", "ADMIN_KEY_HASH"),
    *(f"{queue}_QUEUE_URL" for queue in ("INBOUND", "OUTBOUND", "LATER", "BULK", "MEDIA")),
)


@pytest.mark.parametrize(("given", "most"), [({}, 100_000_000), ({"MEDIA_MOST_MB": "25"}, 25_000_000)])
def test_a_deployment_chooses_how_large_a_file_it_keeps(given: dict[str, str], most: int) -> None:
    assert Settings.read(dict.fromkeys(REQUIRED, "x") | given).most_file_bytes == most


@pytest.mark.parametrize("name", REQUIRED)
def test_a_setting_that_is_missing_is_named(name: str) -> None:
    given = dict.fromkeys(REQUIRED, "x")
    del given[name]
    with pytest.raises(KeyError, match=name):
        Settings.read(given)
