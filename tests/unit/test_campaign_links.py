"""A campaign's links: they lead to what the merchant wrote, and a person's first click is noted."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.campaigns.campaigns import Campaign
from chalicelib.domain.campaigns.clicks import (
    campaign_link,
    is_person,
    is_proven,
    location_of,
    read_token,
    token_for,
)
from chalicelib.domain.campaigns.runs import Recipient, Run
from chalicelib.ports.errors import StoreBusy
from chalicelib.services.campaigns.link_for import FollowCampaignLink, LinkFor
from tests.campaign_links_in_memory import MemoryCampaignLinks
from tests.campaigns_in_memory import MemoryCampaigns

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
KEY = bytes(range(32))
ANA, BOB = "sh_" + "a" * 20, "sh_" + "7" * 20
URL = "https://shop.example/tea?utm_source=parley&utm_campaign=autumn"
LINK = campaign_link("mt_1", "cp_1", "rn_1", URL, NOW)


class Keys:
    """The part of the LinkStore that signs. is_busy: the store does not answer."""

    def __init__(self) -> None:
        self.made: dict[str, bytes] = {}
        self.is_busy = False

    def link_key(self, merchant_id: str) -> bytes | None:
        if self.is_busy:
            raise StoreBusy("slow")
        return self.made.get(merchant_id)

    def make_link_key(self, merchant_id: str, key: bytes) -> bytes:
        return self.made.setdefault(merchant_id, key)


class Shop:
    """One merchant's campaign on its way to two shoppers."""

    def __init__(self, public_url: str = "https://parley.example") -> None:
        self.links, self.keys, self.campaigns = MemoryCampaignLinks(), Keys(), MemoryCampaigns()
        self.link_for = LinkFor(self.links, self.keys, lambda _: public_url)
        self.follow = FollowCampaignLink(self.links, self.keys, self.campaigns)
        self.campaign = Campaign(
            merchant_id="mt_1",
            campaign_id="cp_1",
            name="Autumn",
            segment_id="sg_1",
            schedule={},
            content={},
            created_at=NOW,
        )
        self.run = Run(merchant_id="mt_1", campaign_id="cp_1", run_id="rn_1", at=NOW)
        self.campaigns.put(self.run, [Recipient(shopper_id=ANA), Recipient(shopper_id=BOB)])

    def token(self, shopper_id: str = ANA, url: str = URL) -> str:
        return self.link_for(self.campaign, self.run, shopper_id, url).rpartition("/")[2]

    def clicked(self) -> dict[str, datetime | None]:
        return {one.shopper_id: one.clicked_at for one in self.campaigns.recipients(self.run, [ANA, BOB])}


def test_a_link_is_short_names_nobody_and_is_the_same_each_time():
    shop = Shop()
    url = shop.link_for(shop.campaign, shop.run, ANA, URL)
    assert url.startswith("https://parley.example/c/") and len(url.rpartition("/")[2]) == 43
    assert shop.link_for(shop.campaign, shop.run, ANA, URL) == url
    assert len({shop.token(ANA), shop.token(BOB), shop.token(ANA, "https://shop.example/")}) == 3
    assert ANA[3:] not in url


def test_where_it_leads_is_written_once_a_run_before_the_first_message_and_not_for_each_shopper():
    shop = Shop()
    found = [shop.link_for.each(shop.campaign, shop.run, who, [URL, f"{URL}#2"]) for who in (ANA, BOB)]
    assert shop.links.written == 2 and all(set(one) == {URL, f"{URL}#2"} for one in found)
    LinkFor(shop.links, shop.keys, lambda _: "https://parley.example")(shop.campaign, shop.run, ANA, URL)
    assert len(shop.links.rows) == 2, "another process writes the same row"


def test_without_an_address_of_ours_the_merchants_own_stands_there():
    shop = Shop(public_url="")
    assert shop.link_for(shop.campaign, shop.run, ANA, URL) == URL and not shop.links.rows
    assert Shop().link_for(shop.campaign, shop.run, "someone", URL) == URL
    assert Shop().link_for(shop.campaign, shop.run, ANA, "") == ""


def test_a_person_is_led_on_and_their_first_click_noted():
    shop = Shop()
    assert shop.follow(shop.token(), NOW, is_person=True) == URL
    assert shop.follow(shop.token(), NOW + timedelta(hours=1), is_person=True) == URL
    assert shop.clicked() == {ANA: NOW, BOB: None}


def test_a_preview_is_led_on_and_not_counted():
    shop = Shop()
    assert shop.follow(shop.token(), NOW, is_person=False) == URL
    assert shop.clicked() == {ANA: None, BOB: None}


def test_whoever_is_no_recipient_any_more_still_gets_there():
    shop = Shop()
    token = shop.token("sh_" + "z" * 20)
    assert shop.follow(token, NOW, is_person=True) == URL
    shop.campaigns.forget_recipient("mt_1", ANA)
    assert shop.follow(shop.token(), NOW, is_person=True) == URL
    assert ANA not in shop.clicked()


def test_a_busy_store_keeps_nobody_from_the_shop():
    shop = Shop()
    token = shop.token()
    shop.keys.is_busy = True
    assert shop.follow(token, NOW, is_person=True) == URL
    assert shop.clicked()[ANA] is None


FORGED = ["", "x", "a" * 43, "é" * 43, "../../etc/passwd", "https://evil.example", "a" * 5000]


@pytest.mark.parametrize("token", FORGED)
def test_what_is_no_token_leads_nowhere(token):
    assert Shop().follow(token, NOW, is_person=True) is None


def test_nobody_makes_a_token_for_somebody_else_or_by_another_merchants_key():
    shop = Shop()
    token = shop.token()
    raw = bytearray(urlsafe_b64decode(token + "="))
    for place in range(len(raw)):
        changed = bytearray(raw)
        changed[place] ^= 1
        forged = urlsafe_b64encode(bytes(changed)).decode().rstrip("=")
        assert shop.follow(forged, NOW, is_person=True) is None, place
    other = token_for(KEY, replace(LINK, link_id=read_token(token).link_id), BOB)
    assert shop.follow(other, NOW, is_person=True) is None
    assert shop.clicked() == {ANA: None, BOB: None}


def test_a_token_has_one_spelling():
    token = token_for(KEY, LINK, ANA)
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    same = [f"{token[:-1]}{letter}" for letter in last if read_token(f"{token[:-1]}{letter}")]
    assert token in same
    assert {read_token(one).mac for one in same if is_proven(KEY, read_token(one))} == {read_token(token).mac}
    assert [one for one in same if is_proven(KEY, read_token(one))] == [token]


@settings(max_examples=50)
@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=20, max_size=20), st.text(min_size=1))
def test_what_is_put_into_a_token_is_read_from_it(letters, url):
    link = campaign_link("mt_1", "cp_1", "rn_1", url, NOW)
    read = read_token(token_for(KEY, link, f"sh_{letters}"))
    assert read is not None and (read.link_id, read.shopper_id) == (link.link_id, f"sh_{letters}")
    assert is_proven(KEY, read) and not is_proven(KEY[::-1], read)


def test_random_letters_are_no_token_of_ours():
    random = Random(7)
    for _ in range(500):
        token = urlsafe_b64encode(random.randbytes(32)).decode().rstrip("=")
        read = read_token(token)
        assert read is None or not is_proven(KEY, read)


CHROME = "Mozilla/5.0 (Linux; Android 14; {}) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
OPENED = [
    ("GET", {"user-agent": CHROME.format("Pixel 8")}, True),
    ("GET", {"user-agent": CHROME.format("CUBOT KINGKONG")}, True),
    ("GET", {"User-Agent": f"{CHROME.format('SM-S911B')} Instagram 350.0.0.0 Android"}, True),
    ("GET", {"user-agent": f"{CHROME.format('SM-S911B')} [FB_IAB/FB4A;FBAV/490.0.0.0;]"}, True),
    ("HEAD", {"user-agent": CHROME.format("Pixel 8")}, False),
    ("GET", {}, False),
    ("GET", {"user-agent": " "}, False),
    ("GET", {"user-agent": CHROME.format("Pixel 8"), "sec-purpose": "prefetch;prerender"}, False),
    ("GET", {"user-agent": CHROME.format("Pixel 8"), "Purpose": "prefetch"}, False),
    ("GET", {"user-agent": "Mozilla/5.0 (Macintosh)", "x-purpose": "preview"}, False),
    *(
        ("GET", {"user-agent": agent}, False)
        for agent in (
            "WhatsApp/2.24.20.89 A",
            "TelegramBot (like TwitterBot)",
            "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
            "Facebot",
            "meta-externalagent/1.1",
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 (compatible; bingbot/2.0)",
            "Twitterbot/1.0",
            "Slackbot-LinkExpanding 1.0",
            "Mozilla/5.0 (compatible; YandexBot/3.0)",
            "SkypeUriPreview",
            "curl/8.5.0",
            "python-requests/2.32",
            "Go-http-client/2.0",
            "Mozilla/5.0 HeadlessChrome/130.0",
        )
    ),
]


@pytest.mark.parametrize(("method", "headers", "counts"), OPENED)
def test_only_a_person_who_opens_it_is_counted(method, headers, counts):
    assert is_person(method, headers) is counts


PLACES = [
    (URL, URL),
    ("https://shop.example/a%20b?x=%D1%87&y=1#top", "https://shop.example/a%20b?x=%D1%87&y=1#top"),
    ("https://shop.example/чай?q=зелёный", "https://shop.example/%D1%87%D0%B0%D0%B9?q=%D0%B7%D0%B5%D0%BB%D1%91%D0%BD%D1%8B%D0%B9"),
    ("https://пример.example/", "https://xn--e1afmkfd.example/"),
    ("https://shop.example/a\r\nSet-Cookie: x", "https://shop.example/aSet-Cookie:%20x"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "location"), PLACES)
def test_an_address_in_any_script_goes_into_a_header(url, location):
    assert location_of(url) == location and location.isascii()
