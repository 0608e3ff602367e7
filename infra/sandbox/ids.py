"""Ids and tokens that look like the platforms' own: opaque, of the same alphabets and lengths."""

import base64
import hashlib
import secrets
import string

_LETTERS = string.ascii_letters + string.digits


def digits(count: int) -> str:
    """A decimal id that does not begin with 0."""
    return secrets.choice("123456789") + "".join(secrets.choice(string.digits) for _ in range(count - 1))


def letters(count: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(count))


def hex_id(count: int) -> str:
    return secrets.token_hex((count + 1) // 2)[:count]


def graph_token() -> str:
    return "EAAG" + letters(120)


def instagram_token() -> str:
    return "IGAA" + letters(120)


def bot_token(bot_id: str) -> str:
    return f"{bot_id}:AA{letters(33)}"


def wamid(phone: str) -> str:
    """Base64 over the other side's number and a random part: may hold `+`, `/` and `=`."""
    number = phone.encode()
    raw = (
        b"\x1c"
        + bytes([len(number)])
        + number
        + b"\x15\x02\x00\x12\x18\x14"
        + secrets.token_bytes(20)
        + b"\x00"
    )
    return "wamid." + base64.b64encode(raw).decode()


def messenger_mid() -> str:
    return "m_" + base64.urlsafe_b64encode(secrets.token_bytes(45)).decode() + letters(4)


def instagram_mid() -> str:
    return "aWdfZAG1faXRlbTox" + base64.b64encode(secrets.token_bytes(60)).decode().replace("/", "Z")


def bsuid(portfolio: str, shopper: str, country: str) -> str:
    """A shopper's id as one business portfolio sees it; the same each time it is asked for.

    Source: developers.facebook.com/docs/whatsapp/business-scoped-user-ids
    """
    seed = hashlib.sha256(f"{portfolio}/{shopper}".encode()).hexdigest()
    return f"{country}.{int(seed[:14], 16):017d}"
