"""Sending through a WhatsApp number, and what its errors mean.

Source: developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages
"""

from typing import Any, Final

from chalicelib.domain.connections import Connection
from chalicelib.ports import OutboundMessage
from integrations.meta.graph import Graph, Verdicts, access_of, message_id

# Source: developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
VERDICTS: Final[Verdicts] = {
    **dict.fromkeys([(0, None), (190, None)], "token_rejected"),
    **dict.fromkeys([(3, None), (10, None), (131005, None), (100, 33)], "not_permitted"),
    (131047, None): "window_closed",
    # Stopped our marketing, blocked by us, not on WhatsApp, ourselves, not on a test list, in an experiment.
    **dict.fromkeys([(131050, None), (130403, None), (131026, None), (131021, None)], "unreachable"),
    **dict.fromkeys([(131030, None), (130472, None)], "unreachable"),
    # The account: payment, policy, lock, country, display name, registration, deleted, payments terms.
    **dict.fromkeys([(131042, None), (368, None), (131031, None), (130497, None)], "not_permitted"),
    **dict.fromkeys([(131037, None), (131045, None), (133010, None), (33, None)], "not_permitted"),
    (134011, None): "not_permitted",
    # One message in 6 s to the same shopper.
    (131056, None): 6.0,
    (130429, None): 5.0,
    **dict.fromkeys([(80007, None), (80008, None), (4, None), (133016, None), (132069, None)], 60.0),
    **dict.fromkeys([(131048, None), (131064, None)], 3600.0),
    (131049, None): 86_400.0,
    **dict.fromkeys([(1, None), (2, None), (131000, None), (131016, None), (133004, None)], 10.0),
    (131057, None): 60.0,
    (134101, None): 600.0,
    **dict.fromkeys([(100, None), (131008, None), (131009, None), (131051, None)], "invalid"),
}


def send(graph: Graph, message: OutboundMessage, connection: Connection) -> str:
    """Send a text; return its id. An accepted message may still fail: a status tells."""
    path = f"{connection.account}/messages"
    answer = graph.call("POST", path, access_of(connection), body=body_of(message))
    return message_id(answer, VERDICTS)


def body_of(message: OutboundMessage) -> dict[str, Any]:
    """Without `+` the platform would put the business's own country code before the number."""
    is_phone = message.to.kind == "phone"
    body: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **({"to": f"+{message.to.value}"} if is_phone else {"recipient": message.to.value}),
        "type": "text",
        "text": {"body": message.content.text, "preview_url": False},
        "biz_opaque_callback_data": message.reference,
    }
    if message.reply_to:
        body["context"] = {"message_id": message.reply_to}
    return body
