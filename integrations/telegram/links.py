"""Links that open a chat with the bot. Source: core.telegram.org/bots/features#deep-linking"""

from urllib.parse import quote

from chalicelib.domain.connections import Connection


def deep_link(token: str, connection: Connection) -> str:
    """What the shopper sends first is `/start` with the token; '' for a bot whose name we do not know."""
    username = connection.details.get("username", "")
    return f"https://t.me/{quote(username, safe='')}?start={quote(token, safe='')}" if username else ""
