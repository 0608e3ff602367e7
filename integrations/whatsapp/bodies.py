"""Messages in the words of WhatsApp's Cloud API: one body for each kind of content.

Source: developers.facebook.com/docs/whatsapp/cloud-api/reference/messages,
developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages,
developers.facebook.com/docs/whatsapp/business-scoped-user-ids
"""

from collections.abc import Callable, Mapping
from typing import Final

from chalicelib.domain.content import Button, Content, Kind, Section
from chalicelib.domain.events import Address
from chalicelib.ports.channel import OutboundMessage
from chalicelib.ports.errors import SendRejected
from integrations.whatsapp.parts import Body, filled, media_of, place_of
from integrations.whatsapp.templates import template_of

# A business-scoped id goes here, a phone number into `to`, which wins where both stand.
SCOPED_ID_FIELD: Final = "recipient"


def body_of(message: OutboundMessage) -> Body:
    """The whole call. Raises SendRejected for what WhatsApp has no form for: `rendering` leaves none."""
    write = _FORMS.get(message.content.kind)
    if write is None:
        raise SendRejected("local", "invalid")
    body = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **recipient_of(message.to),
        **write(message.content),
        "biz_opaque_callback_data": message.reference,
    }
    return body | ({"context": {"message_id": message.reply_to}} if message.reply_to else {})


def recipient_of(to: Address) -> Body:
    """Without `+` the platform would put the business's own country code before the number."""
    return {"to": f"+{to.value}"} if to.kind == "phone" else {SCOPED_ID_FIELD: to.value}


def _text(content: Content) -> Body:
    return {"type": "text", "text": {"body": content.text, "preview_url": False}}


def _file(content: Content) -> Body:
    """A voice takes no words, and only a document has a name."""
    filename = content.file.filename if content.file and content.kind == "document" else ""
    caption = content.text if content.kind != "audio" else ""
    return {"type": content.kind, content.kind: media_of(content.file, caption=caption, filename=filename)}


def _location(content: Content) -> Body:
    return {"type": "location", "location": place_of(content.place)}


def _reaction(content: Content) -> Body:
    """An empty emoji takes it back."""
    return {"type": "reaction", "reaction": {"message_id": content.target, "emoji": content.text}}


def _buttons(content: Content) -> Body:
    """Replies, or one link: WhatsApp does not mix them."""
    if not any(button.url for button in content.buttons):
        replies = [_reply(button) for button in content.buttons]
        return _interactive("button", content, {"buttons": replies})
    if len(content.buttons) > 1:
        raise SendRejected("local", "invalid")
    link = {"display_text": content.buttons[0].title, "url": content.buttons[0].url}
    return _interactive("cta_url", content, {"name": "cta_url", "parameters": link})


def _reply(button: Button) -> Body:
    return {"type": "reply", "reply": {"id": button.id, "title": button.title}}


def _list(content: Content) -> Body:
    sections = [_section(section) for section in content.sections]
    return _interactive("list", content, {"button": content.label, "sections": sections})


def _section(section: Section) -> Body:
    rows = [{"id": row.id, "title": row.title, **filled(description=row.description)} for row in section.rows]
    return {**filled(title=section.title), "rows": rows}


def _interactive(kind: str, content: Content, action: Body) -> Body:
    around: Body = {"body": {"text": content.text}}
    if content.header:
        around["header"] = {"type": "text", "text": content.header}
    if content.footer:
        around["footer"] = {"text": content.footer}
    return {"type": "interactive", "interactive": {"type": kind, **around, "action": action}}


def _template(content: Content) -> Body:
    if content.template is None:
        raise SendRejected("local", "invalid")
    return {"type": "template", "template": template_of(content.template)}


_FORMS: Final[Mapping[Kind, Callable[[Content], Body]]] = {
    "text": _text,
    "image": _file,
    "video": _file,
    "audio": _file,
    "document": _file,
    "location": _location,
    "reaction": _reaction,
    "buttons": _buttons,
    "list": _list,
    "template": _template,
}
