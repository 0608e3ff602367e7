"""Showing that somebody reads or writes, and finding a shopper's file, on the three channels of Meta."""

from typing import Any

import pytest
from outgoing import PATHS, SHOPPERS, TOKEN, channel_at, connection_of, graph_error
from scripted_platform import Script

from chalicelib.domain.events import Media
from chalicelib.ports.channel import Download, Signal
from chalicelib.ports.errors import NotSent, OutcomeUnknown, RetryLater, SendError, SendRejected

DONE: dict[str, dict[str, Any]] = {
    "whatsapp": {"success": True},
    "messenger": {"recipient_id": "65432"},
    "instagram": {"recipient_id": "12549"},
}
READ = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.9"}
SIGNALS: list[tuple[str, Signal, dict[str, Any]]] = [
    ("whatsapp", "read", READ),
    ("whatsapp", "typing", READ | {"typing_indicator": {"type": "text"}}),
    ("messenger", "read", {"recipient": {"id": "65432"}, "sender_action": "mark_seen"}),
    ("messenger", "typing", {"recipient": {"id": "65432"}, "sender_action": "typing_on"}),
    ("instagram", "read", {"recipient": {"id": "12549"}, "sender_action": "mark_seen"}),
    ("instagram", "typing", {"recipient": {"id": "12549"}, "sender_action": "typing_on"}),
]


def show(name: str, shown: Signal, platform: Script, message_id: str = "wamid.9") -> None:
    channel_at(name, platform.url).signal(shown, SHOPPERS[name], message_id, connection_of(name))


@pytest.mark.parametrize(("name", "shown", "body"), SIGNALS)
def test_reading_and_writing_are_shown(
    name: str, shown: Signal, body: dict[str, Any], platform: Script
) -> None:
    show(name, shown, platform.will(200, DONE[name]))
    (call,) = platform.calls
    assert (call.method, call.path, call.body) == ("POST", PATHS[name], body)
    assert call.headers["authorization"] == f"Bearer {TOKEN}"


def test_whatsapp_shows_nothing_where_the_shopper_has_not_written(platform: Script) -> None:
    show("whatsapp", "typing", platform, message_id="")
    assert platform.calls == []


def test_with_facebook_login_the_page_shows_it_for_instagram(platform: Script) -> None:
    platform.will(200, DONE["instagram"])
    connection = connection_of("instagram", login="facebook", page_id="300")
    channel_at("instagram", platform.url).signal("read", SHOPPERS["instagram"], "", connection)
    assert platform.calls[0].path == "/v25.0/300/messages"


@pytest.mark.parametrize("name", DONE)
@pytest.mark.parametrize(
    ("status", "answer", "kind"),
    [
        (401, graph_error(190), SendRejected),
        (400, graph_error(4), RetryLater),
        (502, {}, OutcomeUnknown),
    ],
)
def test_a_signal_that_is_refused_says_why(
    name: str, status: int, answer: dict[str, Any], kind: type[SendError], platform: Script
) -> None:
    with pytest.raises(kind):
        show(name, "typing", platform.will(status, answer))


def find(name: str, media: Media, platform: Script) -> Download:
    return channel_at(name, platform.url).download(media, connection_of(name))


FOUND = {
    "messaging_product": "whatsapp",
    "url": "https://lookaside.example/one?mid=7",
    "mime_type": "image/jpeg",
    "sha256": "x",
    "file_size": "303833",
    "id": "7",
}
ON_WHATSAPP = [
    (FOUND, "image/jpeg", 303833),
    (FOUND | {"file_size": 12}, "image/jpeg", 12),
    ({"url": FOUND["url"]}, "image/png", 0),
    ({"url": FOUND["url"], "mime_type": None, "file_size": "many"}, "image/png", 0),
]


@pytest.mark.parametrize(("answer", "mime_type", "size"), ON_WHATSAPP)
def test_whatsapp_is_asked_where_a_file_is_and_gets_the_token_in_a_header(
    answer: dict[str, Any], mime_type: str, size: int, platform: Script
) -> None:
    media = Media(channel_media_id="7/../8", mime_type="image/png", url="https://elsewhere.example")
    download = find("whatsapp", media, platform.will(200, answer))
    assert [(call.method, call.path) for call in platform.calls] == [("GET", "/v25.0/7%2F..%2F8")]
    assert download == Download(
        url="https://lookaside.example/one?mid=7",
        headers={"Authorization": f"Bearer {TOKEN}"},
        mime_type=mime_type,
        size=size,
    )
    assert TOKEN not in repr(download)
    assert TOKEN not in download.url


GONE = [
    (404, {}, "404", "invalid"),
    (400, graph_error(100, 33), "100/33", "invalid"),
    (400, graph_error(131052), "131052", "invalid"),
    (401, graph_error(190, 463), "190/463", "token_rejected"),
    (403, graph_error(10), "10", "not_permitted"),
    (200, {}, "local", "invalid"),
]


@pytest.mark.parametrize(("status", "answer", "code", "reason"), GONE)
def test_a_file_that_is_gone_is_told_from_a_token_that_is(
    status: int, answer: dict[str, Any], code: str, reason: str, platform: Script
) -> None:
    with pytest.raises(SendRejected) as caught:
        find("whatsapp", Media(channel_media_id="7"), platform.will(status, answer))
    assert (caught.value.code, caught.value.reason) == (code, reason)


@pytest.mark.parametrize(("status", "kind"), [(503, RetryLater), (429, RetryLater), (502, OutcomeUnknown)])
def test_a_file_can_be_asked_for_again(status: int, kind: type[SendError], platform: Script) -> None:
    with pytest.raises(kind):
        find("whatsapp", Media(channel_media_id="7"), platform.will(status, {}))


def test_where_nobody_listens_no_file_was_asked_for() -> None:
    with pytest.raises(NotSent):
        channel_at("whatsapp", "http://127.0.0.1:9").download(
            Media(channel_media_id="7"), connection_of("whatsapp")
        )


def test_messengers_files_are_fetched_by_their_link_and_without_the_token(platform: Script) -> None:
    media = Media(url="https://cdn.example/one.png", mime_type="image/png", size=12)
    expected = Download(url="https://cdn.example/one.png", headers={}, mime_type="image/png", size=12)
    assert find("messenger", media, platform) == expected
    assert platform.calls == []


WITHOUT = [
    ("whatsapp", Media(url="https://cdn.example/one.png")),
    ("messenger", Media(channel_media_id="7")),
    # Shown by Instagram's own link, and never stored.
    ("instagram", Media(url="https://cdn.example/one.png")),
]


@pytest.mark.parametrize(("name", "media"), WITHOUT)
def test_a_file_that_can_not_be_named_is_not_asked_for(name: str, media: Media, platform: Script) -> None:
    with pytest.raises(SendRejected):
        find(name, media, platform)
    assert platform.calls == []
