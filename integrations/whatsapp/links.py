"""Links that open a chat with the number, the first words written for the shopper to send.

Source: faq.whatsapp.com/5913398998672934 (click to chat)
"""

from typing import Final
from urllib.parse import quote

from chalicelib.domain.connections import Connection

# A greeting in every language; WhatsApp has nothing but the text to carry the token.
_GREETING: Final = "👋"


def deep_link(token: str, connection: Connection) -> str:
    """The token comes in the text that the shopper sends; '' for a number that we do not know."""
    number = "".join(filter(str.isdecimal, connection.details.get("display_phone_number", "")))
    return f"https://wa.me/{number}?text={quote(f'{_GREETING} {token}', safe='')}" if number else ""
