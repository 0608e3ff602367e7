"""What a shopper chose: a number as they write numbers, a title as they write it, or a tap."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.choices import chosen, with_choice
from chalicelib.domain.content import Option
from chalicelib.domain.events import Address, ShopperMessage

NAMES = ("Blue mug", "Зелена чашка", "الكبير", "Çay bardağı", "¿Nada?", "ﬁne")
OPTIONS = tuple(Option(number=place, id=f"o{place}", title=name) for place, name in enumerate(NAMES, 1))

TWO = ("2", " 2 ", "2.", "2)", "(2)", "2:", "#2", "№2", "№ 2", "٢", " ٢ ", "۲", "२", "２", "２．", "2️⃣", "02")
TITLES = {
    "blue mug": 1,
    " BLUE  MUG! ": 1,
    "«Blue mug»": 1,
    "зелена чашка.": 2,
    "\u200fالكبير\u200f": 3,
    "ÇAY BARDAĞI": 4,
    "nada": 5,
    "fine": 6,
}
NOTHING = (
    "",
    "  ",
    "7",
    "0",
    "-2",
    "2 please",
    "two",
    "blue",
    "2 3",
    "2.5",
    "22",
    "99999",
    "?",
    "Blue mug and 2",
)


@pytest.mark.parametrize("text", TWO)
def test_a_number_is_understood_in_any_digits(text: str) -> None:
    assert chosen(OPTIONS, text) == OPTIONS[1]


@pytest.mark.parametrize("text", TITLES)
def test_a_title_is_understood_whatever_its_case_and_its_signs(text: str) -> None:
    assert chosen(OPTIONS, text) == OPTIONS[TITLES[text] - 1]


@pytest.mark.parametrize("text", NOTHING)
def test_anything_else_is_no_choice(text: str) -> None:
    assert chosen(OPTIONS, text) is None


def test_what_may_mean_two_is_no_choice() -> None:
    sizes = tuple(Option(number=place, id=size, title=size) for place, size in enumerate(("2", "4", "6"), 1))
    assert [chosen(sizes, size) for size in ("1", "2", "3", "4", "6")] == [
        sizes[0],
        None,
        sizes[2],
        sizes[1],
        sizes[2],
    ]
    twins = (Option(number=1, id="a", title="Mug"), Option(number=2, id="b", title="mug"))
    assert chosen(twins, "mug") is None
    assert chosen(twins, "2") == twins[1]


def test_a_title_of_signs_alone_is_understood() -> None:
    faces = (Option(number=1, id="a", title="👍"), Option(number=2, id="b", title="..."))
    assert chosen(faces, "👍") == faces[0]
    assert chosen(faces, "...") == faces[1]


@given(st.text(max_size=40))
def test_no_text_is_too_odd(text: str) -> None:
    assert chosen(OPTIONS, text) in (None, *OPTIONS)


ANN = Address("chat", "5550001234567")


def said(**changes: Any) -> ShopperMessage:
    given = {"kind": "text", "text": "2"} | changes
    at = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
    return ShopperMessage(addresses=(ANN,), wire=ANN, chat="1", channel_message_id="1", sent_at=at, **given)


def test_a_number_in_answer_to_a_numbered_text_is_a_choice() -> None:
    assert with_choice(OPTIONS, said()) == {"id": "o2", "title": "Зелена чашка"}
    assert with_choice((), said()) == {}


def test_a_tap_is_a_choice_whatever_was_asked() -> None:
    tapped = said(kind="button", text="Blue mug", payload="mug:blue")
    assert with_choice((), tapped) == {"id": "mug:blue", "title": "Blue mug"}
    assert with_choice(OPTIONS, tapped) == {"id": "mug:blue", "title": "Blue mug"}


def test_a_caption_is_no_choice() -> None:
    assert with_choice(OPTIONS, said(kind="image")) == {}
