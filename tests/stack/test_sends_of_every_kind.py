"""What a person of the shop can send besides words, as the shopper's phone shows it."""

from typing import Any, Final

from shop import KINDS, Account, Shopper, eventually, together

WITH_PLACES: Final = ("whatsapp", "telegram")
WITH_READ: Final = [kind for kind in KINDS if kind != "telegram"]
PLACE: Final = {"latitude": 44.4268, "longitude": 26.1025, "name": "Our shop", "address": "Strada Lunga 1"}


def own(ana: Shopper) -> dict[str, Any]:
    """Their own last message, on their phone."""
    return [row for row in ana.phone() if row["from"] == "shopper"][-1]


def test_a_place_is_a_place_or_a_link_to_a_map(quiet: dict[str, Account]) -> None:
    def is_shown(kind: str) -> None:
        ana = quiet[kind].newcomer("Ana who looks for the shop")
        quiet[kind].merchant.send(ana.thread_id, location=PLACE)
        (shown,) = ana.is_told(1)
        if kind in WITH_PLACES:
            assert (shown["kind"], shown["text"].partition("\n")[0]) == ("location", "Our shop")
        else:
            lines = ["Our shop", "Strada Lunga 1", "https://maps.google.com/?q=44.4268,26.1025"]
            assert (shown["kind"], shown["text"].split("\n")) == ("text", lines)

    together(is_shown)


def test_only_a_template_goes_when_the_window_is_closed(quiet: dict[str, Account]) -> None:
    account = quiet["whatsapp"]
    ana = account.shopper("Ana who was away")
    ana.does("text", text="Do you have the blue one?", at=25 * 3600)
    ana.thread()
    refused = account.merchant.reply(ana.thread_id, "Are you still there?", expect=409)
    assert refused["error"]["code"] == "window_closed"
    template = {"name": "order_update", "language": "en", "variables": ["Ana", "A-17", "on its way"]}
    sent = account.merchant.send(ana.thread_id, template=template)
    (shown,) = ana.is_told(1)
    words = "Hello Ana, your order A-17 is now on its way. Thank you!"
    assert (shown["template"], shown["text"]) == ("order_update", words)
    has(ana, sent["message_id"], status="read")
    assert sent["content"]["template"]["name"] == "order_update"


def test_a_window_that_only_the_platform_knows_to_be_closed_fails_the_message(
    quiet: dict[str, Account],
) -> None:
    ana = quiet["whatsapp"].newcomer("Ana of another clock")
    ana.window_is("closed")
    sent = quiet["whatsapp"].merchant.reply(ana.thread_id, "Are you still there?")
    has(ana, sent["message_id"], status="failed", reason="window_closed")
    assert ana.told() == []


def test_a_template_has_header_named_places_and_buttons(quiet: dict[str, Account]) -> None:
    account = quiet["whatsapp"]
    ana = account.newcomer("Ana whose parcel comes")
    named = {
        "name": "parcel_sent",
        "language": "en",
        "variables": {"shopper": "Ana", "day": "on Friday"},
        "header": {"variables": {"order": "A-17"}},
        "buttons": [{"index": 0, "kind": "url", "value": "A-17"}],
    }
    pictured = {
        "name": "spring_offer",
        "language": "en",
        "variables": ["Ana", "10"],
        "header": {"kind": "image", "url": "https://cdn.shop.example/spring.png"},
        "buttons": [{"index": 0, "kind": "copy_code", "value": "SPRING10"}],
    }
    account.merchant.send(ana.thread_id, template=named)
    # The channel counts it as marketing: that wants a yes, whoever sends it.
    yes = {"purpose": "marketing", "state": "given", "text": "Yes, offers please", "how": "box"}
    path = f"/shoppers/{ana.thread()['shopper_id']}/consent"
    assert account.merchant.call("POST", path, json=yes).status_code == 201
    account.merchant.send(ana.thread_id, template=pictured)
    parcel, offer = ana.is_told(2)
    assert (parcel["header"], parcel["links"][0]["url"]) == (
        "Order A-17",
        "https://shop.example/track/A-17",
    )
    assert parcel["text"].startswith("Hello Ana, your parcel left today and comes on Friday.")
    assert (offer["url"], offer["codes"]) == ("https://cdn.shop.example/spring.png", ["SPRING10"])


def test_a_template_that_was_paused_without_our_hearing_of_it_fails_as_broken(
    quiet: dict[str, Account],
) -> None:
    account = quiet["whatsapp"]
    ana = account.newcomer("Ana without an offer")
    paused = {"name": "we_answered", "language": "en", "status": "PAUSED", "tell": False}
    account.stack.control("POST", "templates", json=account.name | paused)
    template = {"name": "we_answered", "language": "en", "variables": ["Ana"]}
    sent = account.merchant.send(ana.thread_id, template=template)
    has(ana, sent["message_id"], status="failed", reason="template_broken")


def has(ana: Shopper, message_id: str, **expected: Any) -> None:
    """Wait until the message has these values in the thread."""

    def found() -> bool:
        (row,) = [row for row in ana.rows() if row["message_id"] == message_id]
        return {name: row.get(name) for name in expected} == expected

    eventually(found, f"the message did not become {expected}: {ana.rows()}")


def test_an_answer_quotes_what_it_answers(quiet: dict[str, Account]) -> None:
    def quotes(kind: str) -> None:
        account = quiet[kind]
        ana = account.newcomer("Ana who asks twice")
        ana.writes("Is it blue?")
        row = ana.said("Is it blue?")
        asked = own(ana)["id"]
        ana.writes("And is it round?")
        ana.said("And is it round?")
        account.merchant.send(ana.thread_id, text="It is.", reply_to=row["message_id"])
        (shown,) = ana.is_told(1)
        assert (shown["text"], shown["reply_to"]) == ("It is.", asked)

    together(quotes)


def test_the_shop_reacts_and_takes_it_back(quiet: dict[str, Account]) -> None:
    def reacts(kind: str) -> None:
        account = quiet[kind]
        ana = account.newcomer("Ana who brings news")
        (row,) = ana.rows("shopper")
        react = {"message_id": row["message_id"], "emoji": "❤"}
        account.merchant.send(ana.thread_id, reaction=react)
        eventually(lambda: own(ana).get("shop_reaction") == "❤", "the reaction is not shown")
        account.merchant.send(ana.thread_id, reaction=react | {"emoji": ""})
        eventually(lambda: not own(ana).get("shop_reaction"), "the reaction is still shown")
        assert ana.told() == []
        assert ana.thread()["waiting_since"]  # nothing was answered with it

    together(reacts)


def test_typing_and_reading_are_shown(quiet: dict[str, Account]) -> None:
    def is_shown(kind: str) -> None:
        account = quiet[kind]
        ana = account.newcomer("Ana who watches her phone")
        asked = account.name | {"shopper": ana.name}
        account.merchant.signal(ana.thread_id, "typing")
        assert account.stack.control("GET", "phone", params=asked)["typing"]
        if kind in WITH_READ:
            account.merchant.signal(ana.thread_id, "read")
            assert own(ana)["seen"]
        else:
            refused = account.merchant.signal(ana.thread_id, "read", 409)
            assert refused["error"]["code"] == "not_supported"

    together(is_shown)


def test_a_long_text_is_split_and_arrives_in_order(quiet: dict[str, Account]) -> None:
    text = " ".join(f"This is sentence number {number} of a long answer." for number in range(1, 61))

    def arrives(kind: str) -> None:
        account = quiet[kind]
        ana = account.newcomer("Ana who wants to know all")
        sent = account.merchant.reply(ana.thread_id, text)
        parts = sent.get("parts", [sent])
        told = [row["text"] for row in ana.is_told(len(parts))]
        assert told == [part["text"] for part in parts]
        assert " ".join(told) == text
        assert len(parts) == {"whatsapp": 1, "messenger": 2, "telegram": 1}.get(kind, len(parts))
        assert all(part.endswith(".") for part in told)

    together(arrives)
