"""Each kind of content as it leaves for Messenger and Instagram: where to, and the whole body; and what the
three channels of Meta do alike.

Sources: developers.facebook.com/docs/messenger-platform/reference/send-api,
developers.facebook.com/docs/messenger-platform/instagram/features/send-message
"""

from typing import Any

import pytest
from contents import LINK, LINKED, LIST, PLACE, READY, REPLIES, file_of, picture
from outgoing import PATHS, SENT, TEXT, channel_at, connection_of, failure_of, message_to, send
from scripted_platform import Script

from chalicelib.domain.content import Content, text_content
from chalicelib.ports.errors import SendRejected

Body = dict[str, Any]


def attached(kind: str) -> Body:
    return {"attachment": {"type": kind, "payload": {"url": LINK, "is_reusable": False}}}


OFFERED = {
    "text": "Which size?",
    "quick_replies": [
        {"content_type": "text", "title": "Small", "payload": "size:s"},
        {"content_type": "text", "title": "Large", "payload": "size:l"},
    ],
}
# What Messenger and Instagram write alike: the content, and the `message` of the body.
BOTH: list[tuple[str, Content, Body]] = [
    ("text", text_content(TEXT), {"text": TEXT}),
    ("image", picture(), attached("image")),
    ("video", Content(kind="video", file=file_of("video")), attached("video")),
    ("audio", Content(kind="audio", file=file_of("audio")), attached("audio")),
    ("document", Content(kind="document", file=file_of("document", filename="a.pdf")), attached("file")),
    ("quick replies", Content(kind="quick_replies", text="Which size?", buttons=REPLIES), OFFERED),
]
MESSENGER: list[tuple[str, Content, Body]] = [
    *BOTH,
    (
        "buttons",
        Content(kind="buttons", text="Which size?", buttons=REPLIES + LINKED),
        {
            "attachment": {
                "type": "template",
                "payload": {
                    "template_type": "button",
                    "text": "Which size?",
                    "buttons": [
                        {"type": "postback", "title": "Small", "payload": "size:s"},
                        {"type": "postback", "title": "Large", "payload": "size:l"},
                        {"type": "web_url", "title": "To the shop", "url": "https://shop.example/mugs"},
                    ],
                },
            }
        },
    ),
]


@pytest.mark.parametrize(("content", "part"), [case[1:] for case in MESSENGER], ids=[c[0] for c in MESSENGER])
def test_the_body_for_messenger_is_as_documented(content: Content, part: Body, platform: Script) -> None:
    platform.will(200, SENT["messenger"])
    assert send("messenger", platform, content) == "m_1"
    (call,) = platform.calls
    assert (call.method, call.path) == ("POST", PATHS["messenger"])
    assert call.body == {
        "messaging_type": "RESPONSE",
        "recipient": {"id": "65432"},
        "message": {**part, "metadata": "th_1/2#3"},
    }


@pytest.mark.parametrize(("content", "part"), [case[1:] for case in BOTH], ids=[c[0] for c in BOTH])
def test_the_body_for_instagram_is_as_documented(content: Content, part: Body, platform: Script) -> None:
    platform.will(200, SENT["instagram"])
    assert send("instagram", platform, content) == "aWdf1"
    (call,) = platform.calls
    assert (call.method, call.path) == ("POST", PATHS["instagram"])
    assert call.body == {"recipient": {"id": "12549"}, "message": part}


@pytest.mark.parametrize("content", [text_content("Hi"), picture()])
def test_with_facebook_login_the_page_sends_for_instagram(content: Content, platform: Script) -> None:
    platform.will(200, SENT["instagram"])
    connection = connection_of("instagram", login="facebook", page_id="300")
    channel_at("instagram", platform.url).send(message_to("instagram", content), connection)
    assert platform.calls[0].path == "/v25.0/300/messages"


REPLY_TO = {
    "whatsapp": {"context": {"message_id": "41"}},
    "messenger": {"reply_to": {"mid": "41"}},
    "instagram": {"reply_to": {"mid": "41"}},
}


@pytest.mark.parametrize("name", REPLY_TO)
@pytest.mark.parametrize("content", [text_content("Hi"), picture()])
def test_an_answer_names_the_message_that_it_answers(name: str, content: Content, platform: Script) -> None:
    platform.will(200, SENT[name])
    send(name, platform, content)
    send(name, platform, content, reply_to="41")
    plain, answering = (call.body for call in platform.calls)
    assert answering == plain | REPLY_TO[name]


@pytest.mark.parametrize("name", ["messenger", "instagram"])
@pytest.mark.parametrize("ours", ["postback:1793620800123", "reaction:m_9", "comment:17_5"])
def test_what_the_platform_has_no_id_of_is_never_named_to_it(name: str, ours: str, platform: Script) -> None:
    platform.will(200, SENT[name])
    send(name, platform, text_content("Hi"))
    send(name, platform, text_content("Hi"), reply_to=ours)
    plain, answering = (call.body for call in platform.calls)
    assert answering == plain
    with pytest.raises(SendRejected):
        send(name, platform, Content(kind="reaction", text="👍", target=ours))
    assert len(platform.calls) == 2


@pytest.mark.parametrize("name", ["messenger", "instagram"])
@pytest.mark.parametrize("content", [text_content("Hi"), picture()])
def test_a_persons_late_answer_carries_the_tag(name: str, content: Content, platform: Script) -> None:
    platform.will(200, SENT[name])
    send(name, platform, content, tag="HUMAN_AGENT")
    body = platform.calls[0].body
    assert (body["messaging_type"], body["tag"]) == ("MESSAGE_TAG", "HUMAN_AGENT")


REACTIONS = [
    ("messenger", "👍", {"sender_action": "react", "payload": {"message_id": "m_9", "reaction": "👍"}}),
    ("messenger", "❤️", {"sender_action": "react", "payload": {"message_id": "m_9", "reaction": "❤️"}}),
    ("messenger", "", {"sender_action": "unreact", "payload": {"message_id": "m_9"}}),
    ("instagram", "👍", {"sender_action": "react", "payload": {"message_id": "m_9", "reaction": "👍"}}),
    ("instagram", "❤️", {"sender_action": "react", "payload": {"message_id": "m_9", "reaction": "love"}}),
    ("instagram", "❤", {"sender_action": "react", "payload": {"message_id": "m_9", "reaction": "love"}}),
    ("instagram", "", {"sender_action": "unreact", "payload": {"message_id": "m_9"}}),
]


@pytest.mark.parametrize(("name", "emoji", "action"), REACTIONS)
def test_a_reaction_has_no_id_but_that_of_its_message(
    name: str, emoji: str, action: Body, platform: Script
) -> None:
    to = message_to(name).to.value
    platform.will(200, {"recipient_id": to})
    assert send(name, platform, Content(kind="reaction", text=emoji, target="m_9")) == "reaction:m_9"
    assert platform.calls[0].path == PATHS[name]
    assert platform.calls[0].body == {"recipient": {"id": to}, **action}


@pytest.mark.parametrize("name", ["messenger", "instagram"])
@pytest.mark.parametrize("content", [text_content("Hi"), picture()])
def test_a_private_answer_goes_to_the_comment(name: str, content: Content, platform: Script) -> None:
    platform.will(200, SENT[name])
    send(name, platform, content, comment_id="comment:17_5", reply_to="comment:17_5")
    body = platform.calls[0].body
    assert body["recipient"] == {"comment_id": "17_5"}
    assert "reply_to" not in body


COMMENTS = {"messenger": "/v25.0/17_5/comments", "instagram": "/instagram/v25.0/17_5/replies"}


@pytest.mark.parametrize("name", COMMENTS)
@pytest.mark.parametrize("target", ["17_5", "comment:17_5"])
def test_a_public_answer_stands_under_the_comment(name: str, target: str, platform: Script) -> None:
    platform.will(200, {"id": "17_6"})
    assert send(name, platform, Content(kind="comment", text="Yes!", target=target)) == "comment:17_6"
    (call,) = platform.calls
    assert (call.method, call.path, call.body) == ("POST", COMMENTS[name], {"message": "Yes!"})


def test_with_facebook_login_a_public_answer_goes_to_facebooks_host(platform: Script) -> None:
    platform.will(200, {"id": "18"})
    connection = connection_of("instagram", login="facebook", page_id="300")
    message = message_to("instagram", Content(kind="comment", text="Yes!", target="comment:17"))
    assert channel_at("instagram", platform.url).send(message, connection) == "comment:18"
    assert platform.calls[0].path == "/v25.0/17/replies"


def test_no_comments_id_can_change_what_is_called(platform: Script) -> None:
    platform.will(200, {"id": "18"})
    send("messenger", platform, Content(kind="comment", text="Yes!", target="comment:../me?x"))
    assert platform.calls[0].path == "/v25.0/..%2Fme%3Fx/comments"


MIXED = (*REPLIES, *LINKED)
UNTAKEN: list[tuple[str, Content]] = [
    ("whatsapp", Content(kind="buttons", text="?", buttons=MIXED)),
    ("whatsapp", Content(kind="quick_replies", text="?", buttons=REPLIES)),
    ("whatsapp", Content(kind="comment", text="?", target="comment:1")),
    ("whatsapp", Content(kind="image", text="?")),
    ("whatsapp", Content(kind="image", file=file_of("image", link=""))),
    ("whatsapp", Content(kind="location")),
    ("whatsapp", Content(kind="template")),
    ("messenger", Content(kind="location", place=PLACE)),
    ("messenger", LIST),
    ("messenger", READY),
    ("messenger", Content(kind="image", file=file_of("image", link=""))),
    ("messenger", Content(kind="quick_replies", text="?", buttons=MIXED)),
    ("instagram", Content(kind="buttons", text="?", buttons=REPLIES)),
    ("instagram", Content(kind="location", place=PLACE)),
    ("instagram", LIST),
    ("instagram", READY),
]


@pytest.mark.parametrize(("name", "content"), UNTAKEN)
def test_what_a_channel_has_no_form_for_never_leaves(name: str, content: Content, platform: Script) -> None:
    platform.will(200, SENT[name])
    error = failure_of(name, platform, content)
    assert isinstance(error, SendRejected)
    assert (error.code, error.reason) == ("local", "invalid")
    assert platform.calls == []
