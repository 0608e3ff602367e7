"""A shopper asks in the chat to send something back: order, line, reason, photo; then it is noted, once."""

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any, Final

import pytest

from chalicelib.domain.answering.return_wishes import wants_return
from chalicelib.domain.commerce.goods import Line
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.commerce.proof import ASKED_FOR, Desk, desk_from_json, desk_to_json
from chalicelib.domain.commerce.return_talk import Back
from chalicelib.domain.commerce.returns import REASONS, Return
from chalicelib.domain.languages import LANGUAGES
from chalicelib.domain.merchants import Shop
from chalicelib.domain.texts.return_questions import ALL, return_questions
from chalicelib.ports.commerce import KeptOrder
from chalicelib.ports.threads import Told
from tests.order_talk import NOW, SHOP, Chat, an_order, shop_with
from tests.returns_in_memory import MemoryReturns

MUG: Final = Line(title="Mug", line_id="1", product_id="p1", quantity=2)
HAT: Final = Line(title="Hat", line_id="2", product_id="p2")
OWN_PHONE: Final = "49170001001"
WISH: Final = "I want to return something"
EN: Final = return_questions("en")


def takes_back(**changes: Any) -> Shop:
    return replace(SHOP, returns={"on": True} | changes)


def bought(*lines: Line, number: str = "1001", **changes: Any) -> Order:
    return an_order(number, lines=lines or (MUG, HAT), **changes)


def chat(*orders: Order | KeptOrder, shop: Shop | None = None, **more: Any) -> Chat:
    return Chat(shop_with(*orders or (bought(),)), "whatsapp", OWN_PHONE, shop=shop or takes_back(), **more)


class CutShort(Chat):
    """Each answer is decided twice: the first time is lost before it is stored."""

    def answer(self) -> Told | None:
        lost, told = self.composed(), super().answer()
        assert (lost and (lost.text, lost.content)) == (told and (told.text, told.content))
        return told


def opened(talk: Chat) -> list[Return]:
    return [one.told for one in talk.returns.kept.values()]


def test_line_reason_and_photo_are_asked_for_and_then_it_is_noted() -> None:
    talk = chat()
    assert talk.says(WISH) == EN.line
    assert [one.title for one in talk.buttons] == ["Mug", "Hat", "All of it"]
    assert talk.taps("Mug").startswith(EN.reason)
    assert [one.title for one in talk.buttons] == [EN.reasons[one] for one in REASONS]
    assert talk.taps("Damaged") == EN.photo
    assert not opened(talk)
    told = talk.says("", kind="image")
    assert "Return for order #1001\n2 × Mug\nWe have noted it." in told
    (one,) = opened(talk)
    assert (one.state, one.reason, [line.line_id for line in one.lines]) == ("requested", "damaged", ["1"])
    photo = next(row for row in talk.rows.messages_ if row.media)
    assert one.photos == (photo.message_id,)
    assert "return" in talk.rows.tags
    assert talk.thread.waiting_since is None
    assert talk.thread.spell.desk.back == Back()


def test_one_line_is_not_asked_for_and_a_photo_is_as_one_likes() -> None:
    talk = chat(bought(HAT))
    assert talk.says(WISH).startswith(EN.reason)
    talk.taps("Other")
    assert "1 × Hat" in talk.taps("Done")
    assert [one.photos for one in opened(talk)] == [()]


def test_all_of_it_goes_back_in_one_return() -> None:
    talk = chat(shop=takes_back(reasons=["changed_mind"]))
    talk.says(WISH)
    assert talk.taps("All of it") == EN.photo, "the only reason is not asked for"
    talk.taps("Done")
    assert [(line.line_id, line.quantity) for one in opened(talk) for line in one.lines] == [
        ("1", 2),
        ("2", 1),
    ]


def test_of_several_orders_they_choose_one_and_may_write_its_number() -> None:
    mine = bought(HAT, number="1002")
    other = replace(mine, buyer=bought().buyer)
    for choose in ("tap", "write"):
        talk = chat(bought(), other)
        assert talk.says(WISH) == EN.order
        answer = talk.taps("#1002") if choose == "tap" else talk.says("1002")
        assert answer.startswith(EN.reason), choose


def test_whose_order_it_is_has_to_be_proven_first() -> None:
    talk = Chat(shop_with(bought(HAT)), "telegram", shop=takes_back())
    assert "order number" in talk.says(WISH)
    assert "e-mail" in talk.says("1001")
    assert "could not find" in talk.says("x@example.com")
    assert talk.says("buyer1001@example.com").startswith(EN.reason)
    talk.taps("Other")
    assert "We have noted it" in talk.taps("Done")


def test_what_comes_too_late_is_told_with_its_last_day() -> None:
    old = bought(HAT, placed_at=NOW - timedelta(days=60), parcels=())
    talk = chat(old)
    told = talk.says(WISH)
    assert told.startswith("Order ") and "any more. The last day was: " in told and "October" in told
    assert talk.thread.spell.desk.back == Back()


@pytest.mark.parametrize(
    ("order", "rules", "told"),
    [
        (bought(HAT), {"excluded_products": ["p2"]}, EN.excluded),
        (bought(HAT, state="cancelled"), {}, EN.cancelled),
    ],
)
def test_what_the_rules_exclude_is_told(order: Order, rules: dict[str, Any], told: str) -> None:
    assert told in chat(order, shop=takes_back(**rules)).says(WISH)


def test_every_step_done_again_tells_the_same_and_opens_one_return() -> None:
    talk = CutShort(shop_with(bought()), "whatsapp", OWN_PHONE, shop=takes_back())
    talk.says(WISH)
    talk.taps("Hat")
    talk.taps("Other")
    assert "We have noted it" in talk.taps("Done")
    assert len(opened(talk)) == 1


def test_what_is_noted_is_not_noted_twice_by_a_second_tap() -> None:
    talk = chat(bought(HAT))
    talk.says(WISH)
    talk.taps("Other")
    done = talk.buttons[0]
    talk.taps("Done")
    assert EN.returned in talk.says(done.title, payload=done.id)
    assert len(opened(talk)) == 1


def test_any_other_question_is_answered_and_what_was_asked_lapses() -> None:
    talk = chat()
    talk.says(WISH)
    assert "TRACK1001" in talk.says("where is my order?")
    assert talk.thread.spell.desk.back == Back()
    talk.says(WISH)
    talk.says("can I talk to a human?")
    assert talk.answers[-1].decision["decision"] == "person"
    assert not opened(talk)


def test_after_a_day_a_photo_is_only_a_photo() -> None:
    talk = chat(bought(HAT))
    talk.says(WISH)
    talk.taps("Other")
    talk.says("", kind="image", after_s=ASKED_FOR.total_seconds() + 60)
    assert not opened(talk)


def test_where_the_shop_lets_nobody_ask_a_person_answers() -> None:
    talk = chat(shop=SHOP)
    assert EN.line not in talk.says(WISH)
    assert talk.answers[-1].decision["decision"] in ("greeting", "out_of_hours")
    assert talk.thread.waiting_since is not None


def test_another_shoppers_return_and_one_of_before_are_no_repetition() -> None:
    returns = MemoryReturns()
    for _ in range(2):
        talk = chat(bought(HAT), returns=returns)
        answer = talk.says(WISH)
        if opened(talk):
            assert EN.returned in answer
            break
        talk.taps("Other")
        talk.taps("Done")
    assert len(opened(talk)) == 1


def test_a_desk_survives_its_row() -> None:
    back = Back(is_on=True, order="cn/7", lines=("1", "2"), reason="damaged")
    desk = Desk(awaits="photo", at_ms=5, back=back)
    assert desk_from_json(desk_to_json(desk)) == desk


WISHES: Final = {
    "en": "I'd like to send this back",
    "ru": "хочу вернуть кружку",
    "ro": "Vreau să returnez o cană",
    "ar": "أريد إرجاع المنتج",
    "tr": "ürünü iade etmek istiyorum",
    "zh": "我想退货",
    "kk": "тауарды қайтарғым келеді",
    "uk": "хочу повернути товар",
    "es": "quiero devolver un producto",
    "pt": "quero devolver um produto",
    "fr": "je voudrais retourner un article",
    "de": "Ich möchte etwas zurückschicken",
    "hi": "मुझे सामान वापस करना है",
    "id": "saya mau retur barang",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_asks_and_is_asked(language: str) -> None:
    assert wants_return(WISHES[language])
    for tone in ("friendly", "polite"):
        texts = return_questions(language, tone)
        assert all(getattr(texts, one.name) for one in fields(texts))
        assert max(map(len, [*texts.reasons.values(), texts.everything, texts.done])) <= 20
        talk = chat(shop=replace(takes_back(), languages=(language,), tone=tone))
        assert talk.says(WISHES[language]) == texts.line


@pytest.mark.parametrize(
    "text",
    ["I will return tomorrow", "I want to return to your shop", "bis bald zurück", "hi", "when is it back?"],
)
def test_who_does_not_ask_for_it_is_not_asked(text: str) -> None:
    assert not wants_return(text)


def test_all_languages_are_there() -> None:
    assert set(ALL) == set(LANGUAGES)
