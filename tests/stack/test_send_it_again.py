"""What may not have arrived is shown to people with "send again?"; whoever decides to, does it once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import pytest
import requests
from shop import Merchant, Shopper, eventually, open_shop, pass_time, settle

WORDS: Final = "Yes, in three sizes."


def uncertain(ana: Shopper, author: str) -> dict[str, Any]:
    """The one message of this author that nobody knows the fate of."""

    def found() -> dict[str, Any]:
        return next((row for row in ana.rows(author) if row["status"] == "uncertain"), {})

    return eventually(found, f"nothing of {author} is uncertain")


def row(ana: Shopper, message_id: str) -> dict[str, Any]:
    (found,) = [one for one in ana.rows() if one["message_id"] == message_id]
    return dict(found)


def again(shop: Merchant, ana: Shopper, message_id: str) -> requests.Response:
    return shop.call("POST", f"/threads/{ana.thread_id}/messages", json={"send_again": message_id})


def code_of(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


@pytest.mark.soak
def test_two_people_send_again_and_one_message_goes(stack: Any) -> None:
    """The platform took the first and its answer was lost, as were the statuses: they come much later."""
    shop = open_shop(stack)
    account = shop.connect("whatsapp")
    ana = account.shopper("Ana Popescu")
    ana.writes("Do you have the blue one?")
    ana.hears()
    ana.thread()
    account.fault("webhook", "drop", times=1000)
    account.fault("send", "drop_answer")
    shop.reply(ana.thread_id, WORDS)
    first = uncertain(ana, "human")
    assert first["can_send_again"] is True
    assert "twice" in first["why_send_again"]
    made = shop.call("POST", "/keys", json={"name": "Mihai", "role": "agent"}).json()
    people = (shop, Merchant(stack, shop.merchant_id, made["api_key"]))
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda who: again(who, ana, first["message_id"]), people))
    taken, refused = sorted(answers, key=lambda answer: answer.status_code)
    assert (taken.status_code, code_of(refused)) == (201, (409, "already_sent_again"))
    copy = taken.json()
    assert (copy["from"], copy["text"], copy["sends_again"]) == ("human", WORDS, first["message_id"])
    assert ana.hears(3)[1:] == [WORDS, WORDS]
    assert code_of(again(shop, ana, first["message_id"])) == (409, "already_sent_again")
    shown = row(ana, first["message_id"])
    assert (shown["status"], shown["sent_again_as"]) == ("uncertain", copy["message_id"])
    assert "can_send_again" not in shown

    def is_reconciled() -> bool:
        """Statuses are told one after the other: whatever is there by now is delivered."""
        for delivery in account.deliveries():
            if delivery["state"] == "dropped":
                assert account.deliver(delivery["body"]) == 200
        return all(row(ana, one["message_id"])["status"] == "read" for one in (first, copy))

    eventually(is_reconciled, "they were not reconciled")
    assert code_of(again(shop, ana, first["message_id"])) == (409, "not_uncertain")
    settle(stack)
    pass_time(stack, minutes=5)
    settle(stack)
    assert len(ana.heard()) == 3


def test_an_answer_that_a_machine_will_not_repeat_is_a_persons_to_send(stack: Any) -> None:
    shop = open_shop(stack)
    account = shop.connect("telegram")
    ana = account.shopper("Ana Popescu")
    account.fault("send", "timeout", seconds=0.5)
    ana.writes("Do you have the blue one?")
    ana.thread()
    lost = uncertain(ana, "auto")
    assert (lost["can_send_again"], ana.heard()) == (True, [])
    assert again(shop, ana, lost["message_id"]).status_code == 201
    assert ana.hears() == [lost["text"]]
    copy = row(ana, row(ana, lost["message_id"])["sent_again_as"])
    assert (copy["from"], copy["text"]) == ("human", lost["text"])


def test_nothing_else_is_sent_again(stack: Any) -> None:
    shop = open_shop(stack)
    ana = shop.connect("telegram").shopper("Ana Popescu")
    ana.writes("Do you have the blue one?")
    ana.hears()
    eventually(lambda: ana.rows("auto")[0]["status"] == "sent", "the answer was not recorded")
    for one in ana.rows():
        assert "can_send_again" not in one
        assert code_of(again(shop, ana, one["message_id"])) == (409, "not_uncertain")
    assert code_of(again(shop, ana, "ms_nobodys")) == (404, "not_found")
    assert code_of(again(open_shop(stack), ana, ana.rows("auto")[0]["message_id"])) == (404, "not_found")
