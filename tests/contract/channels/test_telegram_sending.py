"""What a bot sends: each content in its own call, and what no call could say."""

from typing import Any

import pytest
from scripted_platform import Script
from telegram_bot import BUSINESS, CHAT, TO, asked, ok, send

from chalicelib.domain.content import Button, Content, File, Place, Row, Section, Template, text_content
from chalicelib.domain.events import Address
from chalicelib.ports.errors import SendRejected

URL = "https://files.example/a"
POINT = {"latitude": 51.5, "longitude": -0.12}
CASES: dict[str, tuple[Content, str, dict[str, Any]]] = {
    "words": (text_content("5 < 6 & *so* _on_"), "sendMessage", {"text": "5 < 6 & *so* _on_"}),
    "a picture": (Content(kind="image", file=File(url=URL)), "sendPhoto", {"photo": URL}),
    "a picture with words": (
        Content(kind="image", file=File(url=URL, mime_type="image/png"), text="Blue"),
        "sendPhoto",
        {"photo": URL, "caption": "Blue"},
    ),
    "a picture that moves": (
        Content(kind="image", file=File(url=URL, mime_type="image/gif")),
        "sendAnimation",
        {"animation": URL},
    ),
    "a video": (Content(kind="video", file=File(url=URL)), "sendVideo", {"video": URL}),
    "music": (
        Content(kind="audio", file=File(url=URL, mime_type="audio/mpeg")),
        "sendAudio",
        {"audio": URL},
    ),
    "a voice": (
        Content(kind="audio", file=File(url=URL, mime_type="audio/ogg; codecs=opus")),
        "sendVoice",
        {"voice": URL},
    ),
    "a document": (
        Content(kind="document", file=File(url=URL, filename="a.pdf", mime_type="application/pdf"), text="x"),
        "sendDocument",
        {"document": URL, "caption": "x"},
    ),
    "a document that is a picture": (
        Content(kind="document", file=File(url=URL, mime_type="image/gif")),
        "sendDocument",
        {"document": URL},
    ),
    "a place": (Content(kind="location", place=Place(latitude=51.5, longitude=-0.12)), "sendLocation", POINT),
    "a place with a name": (
        Content(
            kind="location", place=Place(latitude=51.5, longitude=-0.12, name="Shop", address="1 High St")
        ),
        "sendVenue",
        POINT | {"title": "Shop", "address": "1 High St"},
    ),
    "a place with a name alone": (
        Content(kind="location", place=Place(latitude=51.5, longitude=-0.12, name="Shop")),
        "sendVenue",
        POINT | {"title": "Shop", "address": "Shop"},
    ),
    "a place with an address alone": (
        Content(kind="location", place=Place(latitude=51.5, longitude=-0.12, address="1 High St")),
        "sendVenue",
        POINT | {"title": "1 High St", "address": "1 High St"},
    ),
    "buttons": (
        Content(
            kind="buttons",
            text="Which?",
            buttons=(Button(id="b", title="Blue"), Button(id="", title="Site", url="https://a.example")),
        ),
        "sendMessage",
        {
            "text": "Which?",
            "reply_markup": {
                "inline_keyboard": [
                    [{"text": "Blue", "callback_data": "b"}],
                    [{"text": "Site", "url": "https://a.example"}],
                ]
            },
        },
    ),
    "a reaction": (
        Content(kind="reaction", text="👍", target="41"),
        "setMessageReaction",
        {"message_id": 41, "reaction": [{"type": "emoji", "emoji": "👍"}]},
    ),
    "a reaction in colour": (
        Content(kind="reaction", text="❤️", target="41"),
        "setMessageReaction",
        {"message_id": 41, "reaction": [{"type": "emoji", "emoji": "❤"}]},
    ),
    "a reaction taken back": (
        Content(kind="reaction", target="41"),
        "setMessageReaction",
        {"message_id": 41, "reaction": []},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_content_has_its_call(name: str, platform: Script) -> None:
    content, method, body = CASES[name]
    is_reaction = content.kind == "reaction"
    platform.will(200, ok(True if is_reaction else {"message_id": 77}))
    assert send(platform, content) == ("reaction:41" if is_reaction else "77")
    assert asked(platform) == [(method, TO | body)]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case[0].kind != "reaction"])
def test_in_a_persons_own_chat_the_connection_is_named_too(name: str, platform: Script) -> None:
    content, method, body = CASES[name]
    platform.will(200, ok({"message_id": 77}))
    send(platform, content, BUSINESS, reply_to="40")
    answered = {"message_id": 40, "allow_sending_without_reply": True}
    expected = {"business_connection_id": "bc_1-x", "reply_parameters": answered}
    assert asked(platform) == [(method, TO | body | expected)]


@pytest.mark.parametrize("name", ["callback:4382", "reaction:41", ""])
def test_what_has_no_number_of_telegrams_is_not_replied_to(name: str, platform: Script) -> None:
    platform.will(200, ok({"message_id": 77}))
    send(platform, text_content("Yes"), reply_to=name)
    assert "reply_parameters" not in platform.calls[0].body


IMPOSSIBLE: dict[str, tuple[Content, Address]] = {
    "a list": (
        Content(kind="list", text="Which?", sections=(Section(rows=(Row(id="1", title="Blue"),)),)),
        CHAT,
    ),
    "quick replies": (Content(kind="quick_replies", text="?", buttons=(Button(id="1", title="x"),)), CHAT),
    "a template": (Content(kind="template", template=Template(name="t", language="en")), CHAT),
    "a comment": (Content(kind="comment", text="Hi", target="1"), CHAT),
    "a file without a link": (Content(kind="image", file=File(key="k")), CHAT),
    "no file": (Content(kind="image"), CHAT),
    "no place": (Content(kind="location"), CHAT),
    "a reaction to a tap": (Content(kind="reaction", text="👍", target="callback:4382"), CHAT),
    "a reaction in a person's own chat": (Content(kind="reaction", text="👍", target="41"), BUSINESS),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_a_bot_can_not_say_is_refused_before_a_call(name: str, platform: Script) -> None:
    content, to = IMPOSSIBLE[name]
    with pytest.raises(SendRejected) as caught:
        send(platform, content, to)
    assert (caught.value.code, caught.value.reason) == ("local", "invalid")
    assert platform.calls == []
