"""Links that open a chat with the account.

Source: developers.facebook.com/docs/messenger-platform/instagram/features/ig-me-links
"""

from urllib.parse import quote

from chalicelib.domain.connections import Connection


def deep_link(token: str, connection: Connection) -> str:
    """The token comes as a referral; '' for an account whose name we do not know."""
    username = connection.details.get("username", "")
    return f"https://ig.me/m/{quote(username, safe='')}?ref={quote(token, safe='')}" if username else ""
