"""What the shop says by itself: the one thing that fits what was asked, and nothing where it would
disturb."""

from typing import Any, Final

import pytest
from shop import (
    ALWAYS_OPEN,
    Merchant,
    Shopper,
    clock,
    eventually,
    open_shop,
    pass_time,
    settle,
    together,
)

SOCIAL: Final = ("whatsapp", "telegram", "messenger", "instagram by its own login")
SHIPPING: Final = {
    "texts": {
        "en": {
            "question": "How long does delivery take?",
            "answer": "We deliver within Romania in 2 working days, elsewhere in Europe in 5.",
            "keywords": ["delivery", "shipping"],
        }
    }
}
RETURNS: Final = {
    "texts": {
        "en": {
            "question": "Can I return what I have bought?",
            "answer": "Yes, within 30 days, in its box.",
            "keywords": ["return"],
        }
    }
}


def a_shop(stack: Any, **settings: Any) -> Merchant:
    hours = {"zone": "Europe/Bucharest", "opening_hours": ALWAYS_OPEN, "languages": ["en"]}
    return open_shop(stack, name="Little Mugs", **hours, **settings)


def decisions(ana: Shopper) -> list[str]:
    return [row["decision"] for row in ana.rows("auto") if row["status"] != "skipped"]


def test_each_burst_is_told_what_it_asks_for_and_nothing_twice(stack: Any) -> None:
    def is_answered(kind: str) -> None:
        shop = a_shop(stack)
        for name, article in (("shipping", SHIPPING), ("returns", RETURNS)):
            assert shop.call("PUT", f"/faq/{name}", json=article).ok
        account = shop.connect(kind)
        ben = account.shopper("Ben Weber")
        ben.writes("Good morning, is anybody there today?")
        ben.said("Good morning, is anybody there today?")
        ana = account.shopper("Ana Popescu")
        ana.writes("Hi!")
        assert "within 1 hour" in ana.hears(1)[0]
        ana.writes("how long does the delivery take?")
        answer = ana.hears(2)[1]
        assert "2 working days" in answer and "/faq/" in answer
        eventually(lambda: "waiting_since" not in ana.thread(), "who has an answer still waits")
        ana.writes("thanks!")
        ana.said("thanks!")
        ana.writes("My mug arrived broken, I am very disappointed.")
        assert "sorry" in ana.hears(3)[2].lower()
        thread = ana.thread()
        assert (thread["flag"], thread["tags"]) == ("complaint", ["complaint"])
        ben.hears(1)
        ben.writes("One more thing: do you have it in green?")
        ben.said("One more thing: do you have it in green?")
        assert account.threads()[0]["thread_id"] == ana.thread_id  # on top, though Ben wrote later
        settle(stack)
        assert decisions(ana) == ["greeting", "faq", "complaint"]
        assert decisions(ben) == ["greeting"]
        shop.reply(ana.thread_id, "We send you a new one today.")
        assert "flag" not in ana.thread()

    together(is_answered, SOCIAL)


def test_a_person_is_called_and_an_unclear_question_is_asked_back(stack: Any) -> None:
    def is_offered(kind: str) -> None:
        shop = a_shop(stack)
        for name, article in (("shipping", SHIPPING), ("returns", RETURNS)):
            assert shop.call("PUT", f"/faq/{name}", json=article).ok
        account = shop.connect(kind)
        ana = account.shopper("Ana Popescu")
        ana.writes("I want to talk to a human, please")
        assert "within 1 hour" in ana.hears(1)[0]
        eventually(lambda: decisions(ana) == ["person"], "nobody was called")
        ana.writes("I want to talk to a human")
        ana.said("I want to talk to a human")
        settle(stack)
        assert len(ana.heard()) == 1

    together(is_offered, SOCIAL)


def test_who_was_promised_in_vain_is_told_once_that_it_takes_longer(stack: Any) -> None:
    waiting: dict[str, Shopper] = {}
    answered: dict[str, Shopper] = {}
    shops: dict[str, Merchant] = {}

    def is_promised(kind: str) -> None:
        shops[kind] = a_shop(stack)
        account = shops[kind].connect(kind)
        waiting[kind], answered[kind] = account.shopper("Ana Popescu"), account.shopper("Ben Weber")
        for one in (waiting[kind], answered[kind]):
            one.writes(f"Do you have it in green? {one.name}")
            one.hears(1)

    together(is_promised, SOCIAL)
    pass_time(stack, minutes=50)
    for kind, ben in answered.items():
        shops[kind].reply(ben.thread()["thread_id"], "Yes, we do.")
    pass_time(stack, minutes=15)

    def is_told(kind: str) -> None:
        ana, ben = waiting[kind], answered[kind]
        assert len(ana.hears(2)) == 2
        eventually(lambda: decisions(ana) == ["greeting", "still_on_it"], "the slip was not told")
        assert clock(stack).isoformat() < ana.thread()["promised_at"].replace("Z", "+00:00")
        assert ben.hears(2)[1] == "Yes, we do."

    together(is_told, SOCIAL)
    pass_time(stack, hours=3)
    settle(stack)
    assert [len(one.heard()) for one in (*waiting.values(), *answered.values())] == [2] * 8


@pytest.mark.soak
def test_the_platforms_own_answer_is_no_person(stack: Any) -> None:
    """What comes within ten seconds, or in a third thread word for word, stops and measures nothing; also
    where it is told before the words that it answers."""
    known: dict[str, Shopper] = {}

    def is_no_takeover(kind: str) -> None:
        account = a_shop(stack).connect(kind)
        ana = known[kind] = account.shopper("Ana Popescu")
        ana.writes("Do you have it in green?")
        ana.does("echo", text="Thanks for your message!")
        ana.hears(2)
        _passes(stack, ana, "auto", 2)
        assert "waiting_since" in ana.thread()
        for number in range(3):
            other = account.shopper(f"Shopper {number}")
            other.does("text", text=f"Are you there? {number}", at=60)
            other.said(f"Are you there? {number}")
            other.does("echo", text="We are away until Monday, and answer then.")
            _passes(stack, other, "human" if number < 2 else "auto", 1 if number < 2 else 2)

    def is_overtaken(kind: str) -> None:
        ana, told_at = known[kind], clock(stack)
        ana.does("echo", text="We are out for lunch.")
        settle(stack)
        since_s = (clock(stack) - told_at).total_seconds()
        ana.does("text", text="And in blue?", at=since_s + 3)
        ana.said("And in blue?")

    def is_still_no_takeover(kind: str) -> None:
        ana = known[kind]
        eventually(lambda: echoed(ana), "what the platform said is not there")
        assert (echoed(ana), ana.rows("human")) == (["auto"], [])
        assert "waiting_since" in ana.thread()

    def echoed(ana: Shopper) -> list[str]:
        return [row["from"] for row in ana.rows() if row["text"] == "We are out for lunch."]

    together(is_no_takeover, ("whatsapp", "messenger"))
    pass_time(stack, hours=13)
    together(is_overtaken, known)
    pass_time(stack, seconds=61)
    together(is_still_no_takeover, known)


def _passes(stack: Any, ana: Shopper, author: str, count: int) -> None:
    """An echo is decided on after half a minute."""
    settle(stack)
    pass_time(stack, seconds=31)
    eventually(lambda: len(ana.rows(author)) == count, f"not {count} rows of {author}: {ana.rows()}")
