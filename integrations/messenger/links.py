"""Links that open a chat with the Page.

Source: developers.facebook.com/docs/messenger-platform/discovery/m-me-links
"""

from urllib.parse import quote

from chalicelib.domain.connections import Connection


def deep_link(token: str, connection: Connection) -> str:
    """The token comes as a referral, before the shopper writes or with their first tap."""
    return f"https://m.me/{quote(connection.account, safe='')}?ref={quote(token, safe='')}"
