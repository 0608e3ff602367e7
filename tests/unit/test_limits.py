"""How long a text may be on each channel, at the edge on both sides."""

import pytest

from integrations.registry import CHANNELS, BaseUrls

TEXTS = {name: make(BaseUrls()).capabilities.text for name, make in CHANNELS.items()}

EDGES = [
    ("whatsapp", "ж" * 4096, "ж" * 4097),
    ("whatsapp", "🙂" * 4096, "🙂" * 4097),
    ("messenger", "ж" * 1999, "ж" * 2000),
    ("instagram", "x" * 1000, "x" * 1001),
    ("instagram", "ж" * 500, "ж" * 501),
    ("instagram", "🙂" * 250, "🙂" * 251),
    ("telegram", "ж" * 4096, "ж" * 4097),
    ("telegram", "🙂" * 2048, "🙂" * 2049),
]


@pytest.mark.parametrize(("channel", "longest", "too_long"), EDGES)
def test_a_text_fits_up_to_the_channels_limit_in_its_own_unit(
    channel: str, longest: str, too_long: str
) -> None:
    assert TEXTS[channel].fits(longest)
    assert not TEXTS[channel].fits(too_long)


def test_lengths_are_counted_in_the_channels_unit() -> None:
    lengths = {name: limit.length("ж🙂") for name, limit in TEXTS.items()}
    assert lengths == {"whatsapp": 2, "messenger": 2, "instagram": 6, "telegram": 3}


def test_half_a_character_can_be_counted() -> None:
    assert [TEXTS[name].length("\ud83d") for name in ("instagram", "telegram")] == [3, 1]
