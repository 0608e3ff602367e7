"""STOP, START, boxes, links, lists and one question: whom the shop may write to, and why."""

from typing import Any, Final

from shop import KINDS, Account, Merchant, Shopper, clock, eventually, open_shop, pass_time, settle, together
from test_choices_on_phones import titles
from test_links_to_carts import comes_by

SOCIAL: Final = ("whatsapp", "telegram", "messenger", "instagram by its own login")


def can_send(ana: Shopper, purpose: str = "marketing") -> tuple[str, str]:
    """The gate's answer about a message that nobody has written."""
    path = f"/shoppers/{ana.thread()['shopper_id']}/can-send"
    said = ana.account.merchant.get(path, purpose=purpose)
    assert said["reason"]
    return said["decision"], said["code"]


def becomes(ana: Shopper, code: str, purpose: str = "marketing") -> None:
    eventually(lambda: can_send(ana, purpose)[1] == code, f"can-send did not become {code}")


def history(ana: Shopper) -> list[dict[str, Any]]:
    path = f"/shoppers/{ana.thread()['shopper_id']}/consent"
    return list(ana.account.merchant.get(path)["items"])


def agrees(ana: Shopper, **more: Any) -> None:
    text = "Offers of the shop, stop by STOP"
    body = {"purpose": "marketing", "state": "given", "how": "box", "text": text, **more}
    path = f"/shoppers/{ana.thread()['shopper_id']}/consent"
    answer = ana.account.merchant.call("POST", path, json=body)
    assert answer.status_code == 201, answer.text


def midday(stack: Any) -> None:
    """No hour at which offers rest, in Europe."""
    now = clock(stack)
    pass_time(stack, hours=(12 - now.hour) % 24)


def a_shop(stack: Any, **settings: Any) -> Merchant:
    return open_shop(stack, name="Little Mugs", zone="Europe/Bucharest", country="RO", **settings)


def test_stop_is_final_on_every_channel_until_start(stack: Any) -> None:
    midday(stack)

    def stops(kind: str) -> None:
        ana = a_shop(stack).connect(kind).newcomer("Ana Popescu")
        ana.hears(1)
        assert can_send(ana) == ("skip", "no_opt_in")
        agrees(ana)
        assert can_send(ana) == ("send", "ok")
        ana.writes("Stop!")
        assert "START" in ana.hears(2)[1]
        assert can_send(ana) == ("skip", "opted_out")
        assert can_send(ana, "updates") == ("skip", "opted_out")
        assert can_send(ana, "reply") == ("send", "ok")
        agrees(ana, how="staff")
        ana.writes("Is the blue one back?")
        ana.said("Is the blue one back?")
        assert can_send(ana) == ("skip", "opted_out")
        ana.writes("STOP")
        ana.said("STOP")
        settle(stack)
        assert len(ana.heard()) == 2
        pass_time(stack, seconds=2)  # WhatsApp tells whole seconds; within one, the refusal wins
        ana.writes("START")
        assert "Little Mugs" in ana.hears(3)[2]
        assert can_send(ana)[1] in ("ok", "human_at_work")
        kinds = [(one["how"], one["state"]) for one in history(ana) if one["purpose"] == "marketing"]
        assert ("word", "given") in kinds and ("word", "withdrawn") in kinds and ("staff", "given") in kinds
        assert all(one["text"] and one["address"] for one in history(ana))

    together(stops, SOCIAL)


def test_a_word_within_a_sentence_stops_nothing_and_a_person_may_look_at_it(stack: Any) -> None:
    account = a_shop(stack).connect("telegram")
    ana = account.newcomer("Ana Popescu")
    agrees(ana)
    ana.writes("Is there a bus stop near the shop?")
    ana.said("Is there a bus stop near the shop?")
    ana.writes("please stop sending me this")
    row = ana.said("please stop sending me this")
    assert row["details"]["consent"] == "unclear"
    (unclear,) = account.merchant.get("/consents/unclear")["items"]
    assert (unclear["message_id"], unclear["thread_id"]) == (row["message_id"], ana.thread_id)
    assert account.merchant.call("POST", "/consents/unclear", json={"items": [unclear["row"]]}).ok
    assert account.merchant.get("/consents/unclear")["items"] == []


def test_what_the_channel_tells_of_their_wish_is_heard(stack: Any) -> None:
    midday(stack)

    def tells(kind: str) -> None:
        ana = a_shop(stack).connect(kind).newcomer("Ana Popescu")
        agrees(ana)
        ana.does("preference", value="stop", at=5)
        becomes(ana, "opted_out")
        agrees(ana)
        assert can_send(ana) == ("skip", "opted_out")
        ana.does("preference", value="resume")
        eventually(lambda: can_send(ana)[1] != "opted_out", "the channel's own yes was not heard")

    together(tells, ("whatsapp", "messenger"))
    bo = a_shop(stack).connect("telegram").newcomer("Bo Popescu")
    agrees(bo)
    bo.does("block")
    becomes(bo, "unreachable")
    assert can_send(bo, "updates")[0] == "skip"


def test_a_stop_follows_the_person_over_all_their_addresses(stack: Any) -> None:
    midday(stack)
    shop = a_shop(stack)
    ana = shop.connect("whatsapp").newcomer("Ana on WhatsApp")
    same = shop.connect("telegram").newcomer("Ana on Telegram")
    agrees(ana)
    agrees(same)
    body = {"shopper_id": same.thread()["shopper_id"], "proof": {"kind": "said"}}
    merged = shop.call("POST", f"/shoppers/{ana.thread()['shopper_id']}/merge", json=body).json()
    assert can_send(same) == ("send", "ok")
    ana.writes("STOP")
    becomes(same, "opted_out")
    said = shop.get(f"/shoppers/{merged['shopper_id']}/can-send", purpose="marketing")
    assert {one["channel"] for one in said["threads"]} == {"whatsapp", "telegram"}
    assert {one["code"] for one in said["threads"]} == {"opted_out"}


def test_a_code_on_the_counter_is_a_yes_for_everybody_who_comes_by_it(stack: Any) -> None:
    midday(stack)

    def comes(kind: str) -> None:
        account = a_shop(stack).connect(kind)
        link = account.link(opt_in={"text": "Offers of Little Mugs on this channel. STOP ends them."})
        for name in ("Ana Popescu", "Bo Popescu"):
            comer = account.shopper(name)
            comes_by(comer, link)
            becomes(comer, "ok")
            (record,) = [one for one in history(comer) if one["how"] == "link"][:1]
            assert record["text"].startswith("Offers of Little Mugs")

    together(comes, ("whatsapp", "telegram"))


def test_the_question_comes_once_after_a_solved_thread_and_its_answer_counts(stack: Any) -> None:
    midday(stack)

    def is_asked(kind: str) -> None:
        shop = a_shop(stack, marketing={"ask": True})
        ana = shop.connect(kind).newcomer("Ana Popescu")
        ana.hears(1)
        shop.reply(ana.thread_id, "It is in stock.")
        ana.hears(2)
        assert can_send(ana, "ask") == ("send", "ok")
        shop.change(ana.thread_id, state="closed")
        question = ana.is_told(3)[2]
        assert "Little Mugs" in question["text"]
        ana.does("button", title=titles(question)[0])
        becomes(ana, "human_at_work")
        given = [one for one in history(ana) if (one["how"], one["state"]) == ("question", "given")]
        assert {one["text"] for one in given} == {question["text"]}
        ana.hears(4)
        shop.change(ana.thread_id, state="open")
        shop.change(ana.thread_id, state="closed")
        settle(stack)
        assert len(ana.told()) == 4

    together(is_asked, ("whatsapp", "telegram", "messenger"))


def test_turkeys_registry_is_brought_and_filed(stack: Any) -> None:
    midday(stack)
    shop = open_shop(stack, name="Mugs", zone="Europe/Istanbul", country="TR")
    ana = shop.connect("whatsapp").newcomer("Ana Yilmaz", phone="905301112233")
    agrees(ana)
    assert can_send(ana) == ("send", "ok")
    filed = shop.get("/consents/iys")["items"]
    assert [one["address"] for one in filed] == ["phone#905301112233"]
    pass_time(stack, days=6)
    ana.writes("Hello again")
    ana.said("Hello again")
    assert can_send(ana) == ("skip", "not_filed")
    listed = {"items": [{"phone": "+90 530 111 22 33", "status": "ONAY", "at": clock(stack).isoformat()}]}
    assert shop.call("POST", "/consents/iys", json=listed).status_code == 201
    assert can_send(ana)[1] in ("ok", "quiet_hours")
    listed["items"][0] |= {"status": "RET", "at": clock(stack).isoformat()}
    assert shop.call("POST", "/consents/iys", json=listed).status_code == 201
    assert can_send(ana) == ("skip", "opted_out")


def test_a_list_is_taken_whole_or_not_at_all(stack: Any) -> None:
    shop = a_shop(stack)
    good = {
        "address": {"phone": "0722 000 111"},
        "purpose": "marketing",
        "state": "given",
        "text": "Offers by messenger",
        "proof": "form 17",
        "channels": ["whatsapp"],
        "at": clock(stack).isoformat(),
    }
    bad = good | {"address": {"phone": "not a number"}}
    refused = shop.call("POST", "/consents", json={"items": [good, bad]})
    assert (refused.status_code, refused.json()["error"]["field"]) == (400, "items.1.address.phone")
    assert shop.get("/consents")["items"] == []
    assert shop.call("POST", "/consents", json={"items": [good]}).status_code == 201
    assert shop.call("POST", "/consents", json={"items": [good | {"text": ""}]}).status_code == 400
    (kept,) = shop.get("/consents")["items"]
    assert (kept["address"], kept["how"]) == ("phone#40722000111", "import")


def test_who_agreed_in_the_shop_may_be_written_to_when_they_first_write(stack: Any) -> None:
    midday(stack)
    shop = a_shop(stack)
    account: Account = shop.connect("whatsapp")
    item = {
        "address": {"phone": "+40722000222"},
        "purpose": "marketing",
        "state": "given",
        "text": "Offers by messenger",
        "at": clock(stack).isoformat(),
    }
    assert shop.call("POST", "/consents", json={"items": [item]}).status_code == 201
    ana = account.newcomer("Ana Popescu", phone="40722000222")
    assert can_send(ana) == ("send", "ok")
    mailed = account.newcomer("Bo Popescu", phone="40722000333")
    agrees(mailed, channels=["email"])
    assert can_send(mailed) == ("skip", "no_opt_in")


def test_the_gate_tells_of_every_purpose_on_every_channel(quiet: dict[str, Account]) -> None:
    def explains(kind: str) -> None:
        ana = quiet[kind].newcomer("Ana whom we may ask about")
        for purpose in ("reply", "service", "updates", "marketing", "cart", "survey", "ask"):
            decision, code = can_send(ana, purpose)
            assert decision in ("send", "hold", "use_template", "skip") and code
        path = f"/shoppers/{ana.thread()['shopper_id']}/can-send"
        assert quiet[kind].merchant.call("GET", path, params={"purpose": "spam"}).status_code == 400

    together(explains, KINDS)
