"""Consents that come by a list touch whoever writes from the addresses on it, on every connection."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from chalicelib.domain.connections import Connection
from chalicelib.domain.consent.records import Consent
from chalicelib.domain.events import Address
from chalicelib.ports.addresses import Found, Owned
from chalicelib.services.segments.touch_holders import TouchHolders
from tests.segments_in_memory import MemorySegments

NOW: Final = datetime(2026, 11, 2, 12, tzinfo=UTC)
HELD: Final = {
    ("cn_wa", Address("phone", "447700900123")): "sh_ann",
    ("cn_two", Address("phone", "447700900123")): "sh_ben",
    ("cn_tg", Address("chat", "5501#7")): "sh_eve",
    ("cn_wa", Address("chat", "5501#7")): "sh_another",
}


@dataclass
class World:
    """Three connections and who writes on them."""

    asked: int = 0

    def connections(self, merchant_id: str) -> list[Connection]:
        return [
            Connection(
                merchant_id=merchant_id,
                connection_id=one,
                channel="whatsapp",
                account=one,
                name=one,
                status="active",
            )
            for one in ("cn_wa", "cn_two", "cn_tg")
        ]

    def find(self, merchant_id: str, connection_id: str, addresses: Sequence[Address]) -> Found | None:
        self.asked += 1
        assert len(addresses) <= 100
        held = tuple(
            Owned(one, HELD[connection_id, one], "th_1") for one in addresses if (connection_id, one) in HELD
        )
        return Found(held[0].shopper_id, "th_1", held[0].address, held) if held else None


def a_consent(address: str) -> Consent:
    return Consent(
        merchant_id="mt_1",
        address=address,
        purpose="marketing",
        state="given",
        at=NOW,
        how="import",
        noted_at=NOW,
    )


def touched_by(*addresses: str) -> tuple[list[str], int]:
    store, world = MemorySegments(), World()
    stores: Any = world
    TouchHolders(store, stores, stores)("mt_1", [a_consent(one) for one in addresses])
    return [one.shopper_id for one in store.touched("mt_1")], world.asked


def test_a_number_is_looked_for_wherever_it_may_write() -> None:
    assert touched_by("phone#447700900123") == (["sh_ann", "sh_ben"], 3)


def test_an_id_of_a_channel_is_one_on_its_connection_alone() -> None:
    assert touched_by("cn_tg#chat#5501#7", "email#ann@example.com") == (["sh_eve"], 1)
    assert touched_by("email#ann@example.com") == ([], 0)


def test_many_are_asked_for_a_hundred_at_a_time() -> None:
    numbers = [f"phone#4477009{number:05d}" for number in range(250)]
    assert touched_by(*numbers, "phone#447700900123", "phone#447700900123") == (["sh_ann", "sh_ben"], 9)
