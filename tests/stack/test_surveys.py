"""After a person has answered and the conversation is closed, the shopper says with a tap how it was."""

from typing import Any

import pytest
from shop import KINDS, Merchant, Shopper, eventually, open_shop, settle, together
from test_choices_on_phones import titles
from test_stop_and_start import midday


def taps(ana: Shopper, row: dict[str, Any], place: int) -> None:
    """A button where there are some, else its number."""
    named = titles(row)
    if named:
        ana.does("button", title=named[place])
    else:
        ana.writes(str(place + 1))


def satisfaction(shop: Merchant, is_so: Any) -> dict[str, Any]:
    def found() -> dict[str, Any]:
        told = dict(shop.get("/insights/contacts"))
        return told if is_so(told["satisfaction"]) else {}

    return eventually(found, "the report does not tell of the answer")


@pytest.mark.soak
def test_a_solved_conversation_is_asked_about_once_on_every_channel(stack: Any) -> None:
    midday(stack)

    def is_asked(kind: str) -> None:
        shop = open_shop(stack, name="Little Mugs", survey={"ask": True}, marketing={"ask": True})
        ana = shop.connect(kind).newcomer("Ana Popescu")
        ana.hears(1)
        shop.reply(ana.thread_id, "It is in stock.")
        ana.hears(2)
        shop.change(ana.thread_id, state="closed")
        shop.change(ana.thread_id, state="closed")
        first = ana.is_told(3)[2]
        assert len(titles(first)) == 3 or first["text"].count("\n") >= 3
        taps(ana, first, 0)
        second = ana.is_told(4)[3]
        assert satisfaction(shop, lambda one: one["answered"] == 1)["satisfaction"]["solved"] == 0
        taps(ana, second, 0)
        ana.is_told(5)
        told = satisfaction(shop, lambda one: one["solved"] == 1)
        settle(stack)
        assert len(ana.told()) == 5, "nothing more comes of a survey: no answer, no other question"
        thread = ana.thread()
        assert (thread["state"], thread.get("waiting_since")) == ("closed", None)
        chosen = [row["choice"]["id"].split(":")[1] for row in ana.rows("shopper") if "choice" in row]
        assert sorted(chosen) == ["good", "solved"], "a channel that counts whole seconds may mix them"
        assert (told["satisfaction"]["asked"], told["satisfaction"]["share_good"]) == (1, 1)
        assert told["spells"] == 1 and told["hours"][0]["spells"] == 1
        (writer,) = told["writes_most"]["items"]
        assert (writer["shopper_id"], writer["messages"]) == (thread["shopper_id"], 3)
        export = shop.get(f"/shoppers/{thread['shopper_id']}/export", limit=100)
        (survey,) = export["surveys"]
        assert (survey["score"], survey["solved_at_first_contact"]) == ("good", True)

    together(is_asked, KINDS)


def test_a_shop_that_did_not_choose_it_asks_nobody_and_has_its_reports(stack: Any) -> None:
    shop = open_shop(stack, name="Little Mugs")
    ana = shop.connect("telegram").newcomer("Ana Popescu")
    ana.hears(1)
    waits = eventually(lambda: shop.get("/insights/response-times")["open"], "there is no report")
    assert [one["thread_id"] for one in waits["urgent"]] == [ana.thread_id]
    shop.reply(ana.thread_id, "It is in stock.")
    ana.hears(2)
    shop.change(ana.thread_id, state="closed")
    settle(stack)
    assert len(ana.told()) == 2
    times = shop.get("/insights/response-times", channel="telegram")
    (channel,) = times["channels"]
    assert (channel["channel"], channel["clock"]["samples"], times["open"]["waiting"]) == ("telegram", 1, 0)
    assert shop.get("/insights/response-times", channel="whatsapp")["channels"] == []
    told = shop.call("GET", "/insights/profits")
    assert (told.status_code, "response-times" in told.text) == (404, True)
    for span in ({"from": "2026-13"}, {"from": "2027-01", "to": "2026-01"}, {"from": "2020-01"}):
        assert shop.call("GET", "/insights/contacts", params=span).status_code == 400
