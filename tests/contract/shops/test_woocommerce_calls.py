"""Calls to a shop whose address is somebody else's word: nothing inside is reached, and keys stay where they
belong."""

import base64
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from woo_connection import KEYS, connected
from woo_site import Answer, Site, opened, says

from chalicelib.ports.errors import ChannelDown, CredentialsRejected, SetupError
from integrations.registry import SHOPS, BaseUrls
from integrations.woocommerce.addresses import link_of, site_of
from integrations.woocommerce.connect import check
from integrations.woocommerce.live import order
from integrations.woocommerce.site import MOST_BYTES, Sites

OWN = "http://127.0.0.1:9/woocommerce"


@pytest.fixture
def site() -> Iterator[Site]:
    with opened() as site:
        yield site


def in_chunks(handler: BaseHTTPRequestHandler) -> None:
    """As most shops answer: without saying how long it gets."""
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for piece in (b'[{"id"', b": 7", b"27}]", b""):
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))


def slowly(handler: BaseHTTPRequestHandler) -> None:
    """Never, unless whoever has asked has gone."""
    handler.connection.settimeout(20)
    handler.connection.recv(1)


def ask(site: Site, path: str = "wc/v3/orders") -> Any:
    return Sites(site.url).ask(f"{site.url}/shop", KEYS, "GET", path)


def refused(call: Callable[[], Any]) -> SetupError:
    with pytest.raises(SetupError) as caught:
        call()
    assert "cs_" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["169.254.169.254"],
        ["::1"],
        ["fd00::8"],
        ["::ffff:192.168.0.1"],
        ["93.184.215.14", "10.0.0.8"],
        [],
    ],
)
def test_a_name_that_leads_inside_is_refused_before_a_byte_leaves(addresses: list[str]) -> None:
    asked = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return addresses

    error = refused(lambda: Sites("", resolve).ask("https://shop.example", KEYS, "GET", "wc/v3/orders"))
    assert isinstance(error, CredentialsRejected)
    assert (error.code, error.field, asked) == ("address_refused", "url", [("shop.example", 443)])


@pytest.mark.parametrize(
    "address",
    ["http://shop.example", "http://127.0.0.1:9/other", f"{OWN}-2", "http://127.0.0.1:80/woocommerce"],
)
def test_without_tls_no_shop_is_asked_that_is_not_the_deployments_own(address: str) -> None:
    error = refused(lambda: Sites(OWN, lambda host, port: ["93.184.215.14"]).ask(address, KEYS, "GET", ""))
    assert error.code == "address_refused"


def test_a_name_that_nobody_knows_is_a_shop_that_did_not_answer() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise OSError("unknown")

    assert isinstance(
        refused(lambda: Sites("", resolve).ask("https://shop.example", "", "GET", "")), ChannelDown
    )


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (301, CredentialsRejected, "shop_moved"),
        (308, CredentialsRejected, "shop_moved"),
        (302, ChannelDown, "channel_down"),
        (307, ChannelDown, "channel_down"),
    ],
)
def test_a_redirect_is_not_followed(status: int, kind: type[SetupError], code: str, site: Site) -> None:
    site.answer = says({}, status, Location="https://www.shop.example/wp-json/?x=secret")
    error = refused(lambda: ask(site))
    assert (type(error), error.code, len(site.asked)) == (kind, code, 1)
    assert ("www.shop.example" in error.message) is (kind is CredentialsRejected)
    assert "secret" not in error.message


@pytest.mark.parametrize(
    "answer",
    [
        says(b"<html>Down for maintenance"),
        says(b"\x1f\x8b", Content_Encoding="gzip"),
        says(b" " * (MOST_BYTES + 1)),
        says(b"<br />Warning: a plugin in /var/www [1]"),
        says({}, 500),
        says({}, 429),
        says(b"", 204),
    ],
)
def test_an_answer_that_can_not_be_read_decides_nothing(answer: Answer, site: Site) -> None:
    site.answer = answer
    assert isinstance(refused(lambda: ask(site)), ChannelDown)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (says(b"<html>Access denied", 403), ChannelDown),
        (says({"code": "woocommerce_rest_cannot_view", "message": "Sorry."}, 403), CredentialsRejected),
    ],
)
def test_a_firewall_that_says_no_has_not_refused_the_keys(
    answer: Answer, kind: type[SetupError], site: Site
) -> None:
    site.answer = answer
    assert type(refused(lambda: ask(site))) is kind


def test_calls_that_share_a_deadline_are_over_by_then(site: Site) -> None:
    site.answer = slowly
    shared = Sites(site.url).within(0.5)
    began_s = time.monotonic()
    for _ in range(4):
        error = refused(lambda: shared.ask(f"{site.url}/shop", KEYS, "GET", "wc/v3/orders"))
        assert isinstance(error, ChannelDown)
    assert time.monotonic() - began_s < 2
    assert len(site.asked) <= 1


def test_who_asks_in_a_chat_is_not_kept_waiting_for_a_slow_shop(site: Site) -> None:
    site.answer = slowly
    began_s = time.monotonic()
    refused(lambda: order(Sites(site.url).within(60), connected(f"{site.url}/shop"), "727"))
    assert time.monotonic() - began_s < 4.5


def test_an_answer_may_come_in_chunks_and_with_a_mark_before_it(site: Site) -> None:
    site.answer = in_chunks
    assert ask(site) == [{"id": 727}]
    site.answer = says(b'\xef\xbb\xbf{"id": 1}')
    assert ask(site) == {"id": 1}


def test_the_keys_stand_in_a_header_and_only_where_they_are_wanted(site: Site) -> None:
    site.answer = says({"name": "Little Shop", "home": "https://other.example/"})
    credentials = {"url": f"{site.url}/shop", "consumer_key": "ck_1", "consumer_secret": "cs_2"}
    error = refused(lambda: check(Sites(site.url), credentials))
    assert (error.code, "https://other.example" in error.message) == ("account_mismatch", True)
    assert site.asked == [("/woocommerce/shop/wp-json/?_fields=name%2Chome", "")]
    ask(site)
    path, written = site.asked[-1]
    assert path == "/woocommerce/shop/wp-json/wc/v3/orders"
    assert base64.b64decode(written.removeprefix("Basic ")).decode() == KEYS


# Addresses


@pytest.mark.parametrize(
    ("written", "site"),
    [
        ("shop.example", "https://shop.example"),
        ("http://Shop.Example/", "https://shop.example"),
        ("https://shop.example:443//", "https://shop.example"),
        (" https://shop.example/store/ ", "https://shop.example/store"),
        ("https://shop.example:8443/?a=1#b", "https://shop.example:8443"),
        ("https://bücher.example/", "https://xn--bcher-kva.example"),
        (f"{OWN}/a1/", f"{OWN}/a1"),
        (f"{OWN}/../graph", "https://127.0.0.1:9/woocommerce/../graph"),
        ("https://user@shop.example", ""),
        ("https://shop.example\\@evil.example", ""),
        ("https://shop.example:99999", ""),
        ("file:///etc/passwd", ""),
        ("https://localhost", ""),
        ("https://", ""),
        ("", ""),
        ("https://shop.example/" + "a" * 300, ""),
    ],
)
def test_a_shop_has_one_spelling(written: str, site: str) -> None:
    assert site_of(written, OWN) == site
    assert site_of(site, OWN) == site


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_one_spelling_or_none(text: str) -> None:
    site = site_of(text)
    assert site == "" or site.startswith("https://")
    assert site_of(site) == site


@pytest.mark.parametrize(
    ("link", "taken"),
    [
        ("https://shop.example/a?b=c", True),
        (f"{OWN}/x/checkout", True),
        ("http://shop.example/a", False),
        ("javascript:alert(1)", False),
        ('https://shop.example/"><script>', False),
        ("https://shop.example/\n", True),
        ("https://shop.example/a\nb", False),
        (None, False),
        (["https://shop.example"], False),
    ],
)
def test_a_shopper_is_shown_web_links_alone(link: Any, taken: bool) -> None:
    assert link_of(link, OWN) == (str(link).strip() if taken else "")


def test_the_registry_trusts_nothing_inside_unless_it_is_told_to() -> None:
    system = SHOPS["woocommerce"](BaseUrls())
    credentials = {"url": f"{OWN}/a1", "consumer_key": "ck_1", "consumer_secret": "cs_2"}
    assert refused(lambda: system.check(credentials)).code == "address_refused"
