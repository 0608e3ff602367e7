"""What a deep link carries is found in any text, and can't be made up, changed, cut or used elsewhere."""

import string
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.links import ID_BYTES, KEY_BYTES, find_token, link_id_of, read_token, token_for
from chalicelib.services.people.links import qr_of

KEY = bytes(range(KEY_BYTES))
RAW_ID = bytes(range(100, 100 + ID_BYTES))
ENDS_AT = datetime(2026, 12, 1, 12, 0, 5, tzinfo=UTC)
TOKEN = token_for(KEY, RAW_ID, ENDS_AT)
LETTERS = string.ascii_letters + string.digits + "-_"

keys = st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES)
raw_ids = st.binary(min_size=ID_BYTES, max_size=ID_BYTES)
moments = st.floats(0, 4e9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(keys, raw_ids, moments)
def test_a_token_says_what_was_put_into_it(key: bytes, raw_id: bytes, ends_at: datetime) -> None:
    token = token_for(key, raw_id, ends_at)
    ticket = read_token(key, token)
    assert ticket is not None
    assert ticket.link_id == link_id_of(raw_id)
    assert ticket.ends_at == ends_at.replace(microsecond=0)


@given(keys, raw_ids, moments)
def test_a_token_fits_what_every_channel_takes(key: bytes, raw_id: bytes, ends_at: datetime) -> None:
    token = token_for(key, raw_id, ends_at)
    assert len(token) <= 64
    assert set(token) <= set(LETTERS)


@given(keys, raw_ids, moments, keys)
def test_another_merchants_key_reads_nothing(key: bytes, raw_id: bytes, at: datetime, other: bytes) -> None:
    assert key == other or read_token(other, token_for(key, raw_id, at)) is None


@given(st.integers(0, len(TOKEN) - 1), st.sampled_from(LETTERS))
def test_a_token_with_one_letter_changed_is_forged(place: int, letter: str) -> None:
    changed = TOKEN[:place] + letter + TOKEN[place + 1 :]
    assert (read_token(KEY, changed) is None) == (changed != TOKEN)


@given(st.integers(0, len(TOKEN) - 1), st.integers(0, len(TOKEN)))
def test_a_piece_of_a_token_is_forged(start: int, end: int) -> None:
    assert (read_token(KEY, TOKEN[start:end]) is None) == (TOKEN[start:end] != TOKEN)


@given(st.text())
def test_what_people_write_is_no_token(text: str) -> None:
    assert read_token(KEY, text) is None
    found = find_token(text)
    assert found is None or found in text


@given(st.text(), st.text(), st.sampled_from([" ", "\n", "(", "“", ": ", "👋", "\u200f", "?"]))
def test_a_token_is_found_in_whatever_text_it_comes_with(before: str, after: str, apart: str) -> None:
    assert find_token(f"{before}{apart}{TOKEN}{apart}{after}") == TOKEN


NOT_FOUND = {
    "nothing": "",
    "words": "Is the blue one in stock?",
    "the beginning alone": "pl_",
    "too short": TOKEN[:-1],
    "too long": TOKEN + "A",
    "with something before": "x" + TOKEN,
    "a letter that no token has": TOKEN[:20] + "+" + TOKEN[21:],
    "letters of another script": TOKEN[:20] + "я" + TOKEN[21:],
}


@pytest.mark.parametrize("name", NOT_FOUND)
def test_what_only_looks_like_a_token_is_not_found(name: str) -> None:
    assert find_token(NOT_FOUND[name]) is None


def test_the_first_of_several_tokens_counts() -> None:
    other = token_for(KEY, RAW_ID[::-1], ENDS_AT + timedelta(days=1))
    assert find_token(f"{other} {TOKEN}") == other


def test_a_second_spelling_of_the_same_bytes_is_forged() -> None:
    """Base64 reads over what it does not know, so one token could be written in many ways."""
    for spelled in (TOKEN + "=", TOKEN + "\n", TOKEN[:10] + "!!!!" + TOKEN[10:], TOKEN.removeprefix("pl_")):
        assert read_token(KEY, spelled) is None


def test_the_qr_image_of_a_link_is_an_svg_of_its_own_size() -> None:
    image = qr_of(f"https://t.me/mug_bot?start={TOKEN}")
    assert image.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert image.endswith("</svg>")
    assert "<script" not in image and len(image) < 20_000
    assert qr_of(f"https://t.me/mug_bot?start={TOKEN}") == image
