"""Deep links on real tables: who comes by one first is tied, once, whatever dies, however often it comes."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import pytest
from access_patterns import Requests
from samples import ANN, NOW, a_thread

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Address, Referral, ShopperMessage
from chalicelib.domain.links import Link, token_for
from chalicelib.domain.people import Proof
from chalicelib.ports.threads import Change
from chalicelib.services.people.links import FollowLink, MadeLink, MakeLink, NoLink
from chalicelib.services.people.people import MergePeople, NoSuchShopper, People, UnmergePeople
from chalicelib.services.receiving.pointers import Source
from chalicelib.storage.consents import DynamoConsents
from chalicelib.storage.links import DynamoLinks
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.threads import DynamoThreads
from integrations.registry import CHANNELS, BaseUrls

CHATS: Final = {name: Address("chat", number) for name, number in (("ann", "1"), ("ben", "2"), ("eve", "3"))}
DAYS: Final = 30


class OpenVault:
    """Seals nothing, but keeps owners apart."""

    def seal(self, owner: str, secrets: Any) -> str:
        return json.dumps([owner, secrets])

    def unseal(self, owner: str, sealed: str) -> dict[str, Any]:
        whose, secrets = json.loads(sealed)
        assert whose == owner, "another's secrets"
        return dict(secrets)


@pytest.fixture
def links(bound: str) -> DynamoLinks:
    return DynamoLinks(OpenVault())


class Shop:
    """A shop whose shoppers come by links; `refused` is what was counted, `tied` whose carts are theirs."""

    def __init__(
        self, threads: DynamoThreads, links: DynamoLinks, people: DynamoPeople, merchant: str
    ) -> None:
        self.threads, self.links, self.people, self.merchant = threads, links, people, merchant
        self.refused: list[tuple[str, str]] = []
        self.tied: list[tuple[str, str]] = []
        self.merge = MergePeople(people)
        self.follow = FollowLink(
            links,
            people,
            self.merge,
            DynamoConsents(),
            lambda channel, why: self.refused.append((channel, why)),
            cart_tied=lambda merchant_id, cart_id, shopper_id, now: self.tied.append((cart_id, shopper_id)),
        )
        self.source = Source(merchant, "cn_bot", "telegram")
        for name, chat in CHATS.items():
            thread = a_thread(
                merchant,
                thread_id=f"th_{name}",
                shopper_id=f"sh_{name}",
                connection_id="cn_bot",
                channel="telegram",
                wire=chat,
            )
            threads.commit(Change(thread=thread, addresses=(chat,)))

    def link(self, username: str = "mug_bot", **stands_for: str) -> MadeLink:
        connection = Connection(
            merchant_id=self.merchant,
            connection_id="cn_bot",
            channel="telegram",
            account="100",
            name="Mug",
            status="active",
            details={"username": username},
        )
        make = MakeLink(self.links, self.people)
        return make(connection, CHANNELS["telegram"](BaseUrls()), NOW, days=DAYS, **stands_for)

    def comes(self, name: str, token: str, at: datetime = NOW, *, as_text: bool = False) -> Any:
        chat = CHATS[name]
        said = ShopperMessage(
            addresses=(chat,),
            wire=chat,
            chat=chat.value,
            channel_message_id="1",
            sent_at=at,
            kind="text",
            text=f"Hi 👋 {token}!" if as_text else "/start",
            ref="" if as_text else token,
        )
        return self.follow(self.source, said, f"sh_{name}", f"th_{name}", at)

    def carts(self, name: str) -> tuple[str, ...]:
        person = self.people.person(self.merchant, f"sh_{name}")
        assert person is not None
        return person.carts

    def who(self, name: str) -> str:
        return People(self.people).person(self.merchant, f"sh_{name}").shopper_id


@pytest.fixture
def shop(threads: DynamoThreads, links: DynamoLinks, people: DynamoPeople, merchant: str) -> Shop:
    return Shop(threads, links, people, merchant)


@pytest.mark.parametrize("as_text", [False, True])
def test_who_comes_by_a_carts_link_has_the_cart(shop: Shop, as_text: bool) -> None:
    made = shop.link(cart_id="cart 7")
    assert made.url == f"https://t.me/mug_bot?start={made.token}"
    assert made.ends_at == NOW.replace(microsecond=0) + timedelta(days=DAYS)
    for _ in range(2):
        assert shop.comes("ann", made.token, as_text=as_text) == {"cart_id": "cart 7"}
    assert shop.carts("ann") == ("cart 7",)
    assert shop.tied == [("cart 7", "sh_ann")] * 2  # the second time finds it so
    assert shop.refused == []


def test_a_link_may_come_as_a_referral_before_any_words(shop: Shop) -> None:
    came = Referral(addresses=(ANN,), wire=ANN, at=NOW, ref=shop.link(cart_id="cart 7").token)
    assert shop.follow(shop.source, came, "sh_ann", "th_ann", NOW) == {"cart_id": "cart 7"}


def test_the_first_who_comes_by_a_link_is_tied_and_no_other(shop: Shop) -> None:
    cart, further = shop.link(cart_id="cart 7"), shop.link(shopper_id="sh_ann")
    assert shop.comes("ben", cart.token) == {"cart_id": "cart 7"}
    assert shop.comes("ben", further.token) == {"shopper_id": "sh_ann"}
    for token in (cart.token, further.token):
        assert shop.comes("eve", token) is None
    assert (shop.carts("eve"), shop.who("eve")) == ((), "sh_eve")
    assert shop.tied == [("cart 7", "sh_ben")]
    assert shop.refused == [("telegram", "used"), ("telegram", "used")]
    # Ben is Ann by now, and the cart is still theirs.
    assert shop.comes("ann", cart.token) == {"cart_id": "cart 7"}


def test_of_many_at_once_one_is_tied(shop: Shop) -> None:
    token = shop.link(cart_id="cart 7").token
    with ThreadPoolExecutor(6) as pool:
        came = list(pool.map(lambda number: shop.comes(list(CHATS)[number % 3], token), range(6)))
    assert came.count({"cart_id": "cart 7"}) == 2 and came.count(None) == 4
    assert [shop.carts(name) for name in CHATS].count(("cart 7",)) == 1


def test_who_comes_by_a_shoppers_link_is_that_shopper(shop: Shop) -> None:
    token = shop.link(shopper_id="sh_ann").token
    for _ in range(2):
        assert shop.comes("ben", token) == {"shopper_id": "sh_ann"}
    assert shop.who("ben") == "sh_ann"
    (merge,) = People(shop.people).merges(People(shop.people).person(shop.merchant, "sh_ann"))
    assert (merge.proof, merge.merged, merge.threads) == (Proof("link"), "sh_ben", ("th_ben",))
    thread = shop.threads.thread(shop.merchant, "th_ben")
    assert thread is not None and thread.shopper_id == "sh_ann"


def test_what_a_person_has_undone_the_same_link_does_not_do_again(shop: Shop) -> None:
    token = shop.link(shopper_id="sh_ann").token
    shop.comes("ben", token)
    (merge,) = People(shop.people).merges(People(shop.people).person(shop.merchant, "sh_ann"))
    UnmergePeople(shop.people)(shop.merchant, "sh_ann", merge.merge_id, NOW)
    shop.comes("ben", token)
    assert shop.who("ben") == "sh_ben"


def test_ones_own_link_waits_for_the_other_address(shop: Shop) -> None:
    token = shop.link(shopper_id="sh_ann").token
    assert shop.comes("ann", token) == {"shopper_id": "sh_ann"}
    assert shop.comes("ben", token) == {"shopper_id": "sh_ann"}
    assert shop.who("ben") == "sh_ann"


def test_a_link_of_a_merged_shopper_ties_to_who_stayed(shop: Shop) -> None:
    token = shop.link(shopper_id="sh_ben").token
    shop.merge(shop.merchant, "sh_ann", "sh_ben", Proof("said"), NOW)
    assert shop.comes("eve", token) == {"shopper_id": "sh_ann"}
    assert shop.who("eve") == "sh_ann"


def test_a_cart_of_a_merged_shopper_goes_to_who_stayed(shop: Shop) -> None:
    token = shop.link(cart_id="cart 7").token
    shop.merge(shop.merchant, "sh_ann", "sh_ben", Proof("said"), NOW)
    assert shop.comes("ben", token) == {"cart_id": "cart 7"}
    assert shop.carts("ann") == ("cart 7",)


ENDS: Final = NOW.replace(microsecond=0) + timedelta(days=DAYS)


def test_a_link_works_to_its_last_second_and_not_after(shop: Shop) -> None:
    token = shop.link(cart_id="cart 7").token
    assert shop.comes("ann", token, ENDS + timedelta(milliseconds=1)) is None
    assert shop.refused == [("telegram", "expired")]
    assert shop.comes("ann", token, ENDS) == {"cart_id": "cart 7"}


def test_forged_links_do_nothing_and_are_counted(shop: Shop, merchant: str) -> None:
    """Also another merchant's: each signs with a key of their own."""
    forged = token_for(bytes(32), bytes(10), ENDS)
    assert shop.comes("ann", forged) is None  # before the merchant has made any link
    other = Shop(shop.threads, shop.links, shop.people, f"{merchant}x")
    theirs = other.link(shopper_id="sh_ann").token
    shop.link(cart_id="cart 7")
    for token in (forged, theirs):
        assert shop.comes("ben", token) is None
    assert shop.refused == [("telegram", "forged")] * 3
    assert (shop.who("ben"), shop.carts("ben")) == ("sh_ben", ())


def test_a_link_whose_row_is_gone_does_nothing(shop: Shop, merchant: str) -> None:
    key = shop.links.make_link_key(merchant, bytes(32))
    assert shop.comes("ann", token_for(key, bytes(10), ENDS)) is None
    assert shop.refused == [("telegram", "expired")]


def test_ordinary_words_cost_nothing(shop: Shop, requests: Requests) -> None:
    requests.clear()
    assert shop.comes("ann", "Is the blue one in stock?", as_text=True) is None
    assert shop.comes("ann", "campaign_spring") is None
    assert requests.names == []


def test_links_of_all_threads_cost_one_key_and_one_row(shop: Shop, requests: Requests) -> None:
    token = shop.link(cart_id="cart 7").token
    requests.clear()
    shop.comes("ann", token)
    assert requests.names == ["GetItem", "GetItem", "UpdateItem", "GetItem", "UpdateItem"]


def test_there_are_links_to_the_merchants_own_shoppers_alone(shop: Shop, merchant: str) -> None:
    Shop(shop.threads, shop.links, shop.people, f"{merchant}x")
    with pytest.raises(NoSuchShopper):
        shop.link(shopper_id="sh_nobody")
    with pytest.raises(NoLink):
        shop.link(username="", cart_id="cart 7")


def test_many_first_links_at_once_are_signed_with_one_key(links: DynamoLinks, merchant: str) -> None:
    assert links.link_key(merchant) is None
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda n: links.make_link_key(merchant, bytes([n]) * 32), range(8)))
    assert made == {links.link_key(merchant)}


def test_the_key_is_sealed_for_its_merchant(links: DynamoLinks, raw: Any, merchant: str) -> None:
    links.make_link_key(merchant, b"k" * 32)
    stored = {"pk": {"S": merchant}, "sk": {"S": "link_key"}}
    row = raw.get_item(TableName="ShopsTable", Key=stored, ConsistentRead=True)["Item"]
    assert row["sealed"]["S"].startswith(f'["{merchant}"')
    raw.put_item(TableName="ShopsTable", Item=row | {"pk": {"S": f"{merchant}x"}})
    with pytest.raises(AssertionError, match="another's secrets"):
        links.link_key(f"{merchant}x")


def test_a_link_comes_back_as_it_was_saved_and_is_used_once(links: DynamoLinks, merchant: str) -> None:
    link = Link(
        merchant_id=merchant,
        link_id="ln_1",
        connection_id="cn_bot",
        cart_id="cart 7",
        ends_at=ENDS,
    )
    assert links.link(merchant, "ln_1") is None and links.use_link(link, "sh_ann", "th_ann") is None
    links.add_link(link)
    assert links.link(merchant, "ln_1") == link
    used = replace(link, used_by="sh_ann", used_in="th_ann")
    assert links.use_link(link, "sh_ann", "th_ann") == used
    assert links.use_link(link, "sh_ben", "th_ben") == used
    assert links.link(merchant, "ln_1") == used
    assert links.link(f"{merchant}x", "ln_1") is None


@pytest.mark.parametrize("dies_at", ["use_link", "add_cart", "begin", "move_some", "end"])
@pytest.mark.parametrize("is_after", [False, True])
@pytest.mark.parametrize("stands_for", ["cart_id", "shopper_id"])
def test_a_link_whose_following_dies_is_followed_the_second_time(
    shop: Shop, dies_at: str, is_after: bool, stands_for: str
) -> None:
    token = shop.link(**{stands_for: "sh_ann"}).token
    links, people = Dying(shop.links, dies_at, is_after), Dying(shop.people, dies_at, is_after)
    whole = shop.follow
    shop.follow = FollowLink(links, people, MergePeople(people), DynamoConsents(), lambda *_: None)
    with suppress(ConnectionResetError):
        shop.comes("ben", token)
    shop.follow = whole
    assert shop.comes("ben", token) == {stands_for: "sh_ann"}
    assert shop.carts("ben") == (("sh_ann",) if stands_for == "cart_id" else ())
    assert shop.who("ben") == ("sh_ben" if stands_for == "cart_id" else "sh_ann")
    assert shop.comes("eve", token) is None


class Dying:
    """Dies before or after each of its calls that bears a name."""

    def __init__(self, store: Any, at: str, is_after: bool) -> None:
        self._store, self._at, self._is_after = store, at, is_after

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._store, name)
        return real if name != self._at else lambda *given: self._die(real, *given)

    def _die(self, real: Any, *given: Any) -> Any:
        if self._is_after:
            real(*given)
        raise ConnectionResetError
