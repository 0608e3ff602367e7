"""Deep links: who comes by one is tied to what it stands for, once."""

from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from shop import KINDS, Account, Shopper, eventually, together

HOSTS: Final = {"whatsapp": "wa.me", "messenger": "m.me", "instagram": "ig.me", "telegram": "t.me"}


def comes_by(shopper: Shopper, link: dict[str, Any]) -> str:
    """Opens the link as each app does; what they are found by."""
    query = parse_qs(urlsplit(link["url"]).query)
    if shopper.account.channel == "whatsapp":
        shopper.writes(query["text"][0])
        return query["text"][0]
    if shopper.account.channel == "telegram":
        shopper.does("start", payload=query["start"][0])
        return f"/start {query['start'][0]}"
    shopper.does("start", ref=query["ref"][0])
    return "Get Started"


def test_a_link_ties_the_first_who_comes_by_it_to_a_cart(quiet: dict[str, Account]) -> None:
    def comes(kind: str) -> None:
        account = quiet[kind]
        link = account.link(cart_id=f"cart of {kind}")
        assert urlsplit(link["url"]).hostname == HOSTS[account.channel]
        assert link["qr"].startswith("<svg")
        ana, bo = account.shopper("Ana with a cart"), account.shopper("Bo who found a link")
        comes_by(ana, link)
        tied = eventually(lambda: ana.thread().get("link"), "the thread does not show the cart")
        assert tied == {"cart_id": f"cart of {kind}"}
        person = account.merchant.get(f"/shoppers/{ana.thread()['shopper_id']}")
        assert person["carts"] == [f"cart of {kind}"]
        comes_by(bo, link)
        bo.writes("Hello, it is Bo.")
        bo.said("Hello, it is Bo.")
        assert "link" not in bo.thread()
        assert account.merchant.get(f"/shoppers/{bo.thread()['shopper_id']}")["carts"] == []

    together(comes)


def test_who_is_there_already_comes_by_a_link_without_a_word(quiet: dict[str, Account]) -> None:
    def comes(kind: str) -> None:
        account = quiet[kind]
        ana = account.newcomer("Ana who comes back")
        link = account.link(cart_id=f"second cart of {kind}")
        ana.does("referral", ref=parse_qs(urlsplit(link["url"]).query)["ref"][0])
        tied = eventually(lambda: ana.thread().get("link"), "the thread does not show the cart")
        assert tied == {"cart_id": f"second cart of {kind}"}

    together(comes, [kind for kind in KINDS if kind not in ("whatsapp", "telegram")])


def test_a_link_to_a_shopper_makes_two_addresses_one_person(quiet: dict[str, Account]) -> None:
    first = quiet["whatsapp"].newcomer("Ana on two phones")
    whom = first.thread()["shopper_id"]
    second = quiet["telegram"].shopper("Ana on two phones")
    comes_by(second, quiet["telegram"].link(shopper_id=whom))
    eventually(lambda: second.thread().get("link") == {"shopper_id": whom}, "she is not known again")
    person = quiet["telegram"].merchant.get(f"/shoppers/{whom}")
    assert {one["channel"] for one in person["addresses"]} == {"whatsapp", "telegram"}
    assert set(person["threads"]) == {first.thread_id, second.thread_id}


def test_a_made_up_token_ties_nobody(quiet: dict[str, Account]) -> None:
    link = quiet["telegram"].link(cart_id="nobody's cart")
    cy = quiet["telegram"].shopper("Cy who makes things up")
    letter = "A" if link["token"][-1] != "A" else "B"
    cy.does("start", payload=link["token"][:-1] + letter)
    cy.writes("Where is my cart, asks Cy?")
    cy.said("Where is my cart, asks Cy?")
    assert "link" not in cy.thread()
