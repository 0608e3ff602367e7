"""Each kind of content as it leaves for WhatsApp: where to, and the whole body.

Source: developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
"""

from typing import Any

import pytest
from contents import (
    INVOICE,
    LINK,
    LINKED,
    LIST,
    PARCEL_SENT,
    PLACE,
    READY,
    REPLIES,
    SPRING_OFFER,
    file_of,
    picture,
    template,
)
from outgoing import PATHS, SENT, TEXT, send
from scripted_platform import Script

from chalicelib.domain.content import Content, Place, Row, Section, text_content
from chalicelib.domain.events import Address

Body = dict[str, Any]

WHATSAPP: list[tuple[str, Content, Body]] = [
    ("text", text_content(TEXT), {"type": "text", "text": {"body": TEXT, "preview_url": False}}),
    ("image", picture(), {"type": "image", "image": {"link": LINK}}),
    ("image with words", picture("Blue"), {"type": "image", "image": {"link": LINK, "caption": "Blue"}}),
    (
        "video",
        Content(kind="video", text="See", file=file_of("video")),
        {"type": "video", "video": {"link": LINK, "caption": "See"}},
    ),
    (
        "audio, which takes no words",
        Content(kind="audio", text="Hear", file=file_of("audio")),
        {"type": "audio", "audio": {"link": LINK}},
    ),
    (
        "document",
        Content(kind="document", text="Yours", file=file_of("document", filename="invoice.pdf")),
        {"type": "document", "document": {"link": LINK, "caption": "Yours", "filename": "invoice.pdf"}},
    ),
    (
        "place",
        Content(kind="location", place=PLACE),
        {
            "type": "location",
            "location": {
                "latitude": 51.5007,
                "longitude": -0.1246,
                "name": "Blue Kettle",
                "address": "1 Quay Street",
            },
        },
    ),
    (
        "place without a name",
        Content(kind="location", place=Place(latitude=0.0, longitude=1.5)),
        {"type": "location", "location": {"latitude": 0.0, "longitude": 1.5}},
    ),
    (
        "replies",
        Content(kind="buttons", text="Which size?", buttons=REPLIES, header="Mugs", footer="Blue Kettle"),
        {
            "type": "interactive",
            "interactive": {
                "type": "button",
                "header": {"type": "text", "text": "Mugs"},
                "body": {"text": "Which size?"},
                "footer": {"text": "Blue Kettle"},
                "action": {
                    "buttons": [
                        {"type": "reply", "reply": {"id": "size:s", "title": "Small"}},
                        {"type": "reply", "reply": {"id": "size:l", "title": "Large"}},
                    ]
                },
            },
        },
    ),
    (
        "a link",
        Content(kind="buttons", text="All of them:", buttons=LINKED),
        {
            "type": "interactive",
            "interactive": {
                "type": "cta_url",
                "body": {"text": "All of them:"},
                "action": {
                    "name": "cta_url",
                    "parameters": {"display_text": "To the shop", "url": "https://shop.example/mugs"},
                },
            },
        },
    ),
    (
        "list",
        LIST,
        {
            "type": "interactive",
            "interactive": {
                "type": "list",
                "header": {"type": "text", "text": "In stock"},
                "body": {"text": "Which one?"},
                "footer": {"text": "Blue Kettle"},
                "action": {
                    "button": "Mugs",
                    "sections": [
                        {
                            "title": "Small",
                            "rows": [{"id": "s1", "title": "Blue", "description": "Holds 200 ml"}],
                        },
                        {"title": "Large", "rows": [{"id": "l1", "title": "Green"}]},
                    ],
                },
            },
        },
    ),
    (
        "list without titles",
        Content(kind="list", text="?", label="Open", sections=(Section(rows=(Row(id="a", title="A"),)),)),
        {
            "type": "interactive",
            "interactive": {
                "type": "list",
                "body": {"text": "?"},
                "action": {"button": "Open", "sections": [{"rows": [{"id": "a", "title": "A"}]}]},
            },
        },
    ),
    (
        "template without places",
        template("hello_world", language="en_US"),
        {"type": "template", "template": {"name": "hello_world", "language": {"code": "en_US"}}},
    ),
    (
        "template with named places",
        PARCEL_SENT,
        {
            "type": "template",
            "template": {
                "name": "parcel_sent",
                "language": {"code": "en"},
                "components": [
                    {
                        "type": "header",
                        "parameters": [{"type": "text", "parameter_name": "order", "text": "1042"}],
                    },
                    {
                        "type": "body",
                        "parameters": [
                            {"type": "text", "parameter_name": "shopper", "text": "Ann"},
                            {"type": "text", "parameter_name": "day", "text": "Friday"},
                        ],
                    },
                    {
                        "type": "button",
                        "sub_type": "url",
                        "index": "0",
                        "parameters": [{"type": "text", "text": "1042"}],
                    },
                    {
                        "type": "button",
                        "sub_type": "quick_reply",
                        "index": "1",
                        "parameters": [{"type": "payload", "payload": "where:1042"}],
                    },
                ],
            },
        },
    ),
    (
        "template with numbered places, a picture and a code",
        SPRING_OFFER,
        {
            "type": "template",
            "template": {
                "name": "spring_offer",
                "language": {"code": "en"},
                "components": [
                    {"type": "header", "parameters": [{"type": "image", "image": {"link": LINK}}]},
                    {
                        "type": "body",
                        "parameters": [{"type": "text", "text": "Ann"}, {"type": "text", "text": "10"}],
                    },
                    {
                        "type": "button",
                        "sub_type": "copy_code",
                        "index": "0",
                        "parameters": [{"type": "coupon_code", "coupon_code": "SPRING10"}],
                    },
                    {
                        "type": "button",
                        "sub_type": "quick_reply",
                        "index": "2",
                        "parameters": [{"type": "payload", "payload": "stop"}],
                    },
                ],
            },
        },
    ),
    (
        "template with a document",
        INVOICE,
        {
            "type": "template",
            "template": {
                "name": "invoice",
                "language": {"code": "en"},
                "components": [
                    {
                        "type": "header",
                        "parameters": [
                            {"type": "document", "document": {"link": LINK, "filename": "invoice.pdf"}}
                        ],
                    },
                    {"type": "body", "parameters": [{"type": "text", "text": "2026-7"}]},
                ],
            },
        },
    ),
    (
        "template with a place",
        READY,
        {
            "type": "template",
            "template": {
                "name": "ready_to_collect",
                "language": {"code": "en"},
                "components": [
                    {
                        "type": "header",
                        "parameters": [
                            {
                                "type": "location",
                                "location": {
                                    "latitude": 51.5007,
                                    "longitude": -0.1246,
                                    "name": "Blue Kettle",
                                    "address": "1 Quay Street",
                                },
                            }
                        ],
                    },
                    {"type": "body", "parameters": [{"type": "text", "text": "1042"}]},
                ],
            },
        },
    ),
    (
        "reaction",
        Content(kind="reaction", text="👍", target="wamid.9"),
        {"type": "reaction", "reaction": {"message_id": "wamid.9", "emoji": "👍"}},
    ),
    (
        "reaction taken back",
        Content(kind="reaction", target="wamid.9"),
        {"type": "reaction", "reaction": {"message_id": "wamid.9", "emoji": ""}},
    ),
]


@pytest.mark.parametrize(("content", "part"), [case[1:] for case in WHATSAPP], ids=[c[0] for c in WHATSAPP])
def test_the_body_for_whatsapp_is_as_documented(content: Content, part: Body, platform: Script) -> None:
    platform.will(200, SENT["whatsapp"])
    assert send("whatsapp", platform, content) == "wamid.1"
    (call,) = platform.calls
    assert (call.method, call.path) == ("POST", PATHS["whatsapp"])
    assert call.body == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+447700900123",
        "biz_opaque_callback_data": "th_1/2#3",
        **part,
    }


def test_a_shopper_without_a_number_is_written_to_by_scoped_id(platform: Script) -> None:
    platform.will(200, SENT["whatsapp"])
    send("whatsapp", platform, to=Address("bsuid", "US.777"))
    assert platform.calls[0].body["recipient"] == "US.777"
    assert "to" not in platform.calls[0].body
