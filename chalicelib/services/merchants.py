"""Merchants and the keys that open their data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_hex, token_urlsafe
from typing import TYPE_CHECKING

from chalicelib.domain.merchants import Key, Merchant, Role

if TYPE_CHECKING:
    from chalicelib.ports.shops import ShopStore


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A new key with its secret, which is shown once and kept nowhere."""

    key: Key
    secret: str


class Merchants:
    """Creating and removing merchants and keys."""

    def __init__(self, shops: ShopStore) -> None:
        self._shops = shops

    def create(self, name: str, now: datetime) -> tuple[Merchant, IssuedKey]:
        """A merchant with an owner's key."""
        merchant = Merchant(f"mt_{token_hex(10)}", name, now)
        issued = _issue(merchant.merchant_id, "owner", "owner", now)
        self._shops.add_merchant(merchant, issued.key)
        return merchant, issued

    def add_key(self, merchant_id: str, name: str, role: Role, now: datetime) -> IssuedKey:
        """A further key for a merchant."""
        issued = _issue(merchant_id, name, role, now)
        self._shops.add_key(issued.key)
        return issued


def hash_of(secret: str) -> str:
    """Keys are 256 random bits, so a plain hash can't be guessed back."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _issue(merchant_id: str, name: str, role: Role, now: datetime) -> IssuedKey:
    secret = f"pk_{token_urlsafe(32)}"
    key = Key(
        merchant_id=merchant_id,
        key_id=f"ky_{token_hex(8)}",
        name=name,
        role=role,
        secret_hash=hash_of(secret),
        created_at=now,
    )
    return IssuedKey(key, secret)
