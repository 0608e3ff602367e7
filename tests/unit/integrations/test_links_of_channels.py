"""A deep link of every channel carries the token in the form that the channel's app opens."""

from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.domain.connections import Connection
from chalicelib.domain.links import find_token
from integrations.registry import CHANNELS, BaseUrls

TOKEN = "pl_" + "aB3-_" * 8
DETAILS = {
    "whatsapp": {"display_phone_number": "+44 7700 900-123"},
    "messenger": {},
    "instagram": {"username": "mug.shop"},
    "telegram": {"username": "mug_bot"},
}
LINKS = {
    "whatsapp": f"https://wa.me/447700900123?text=%F0%9F%91%8B%20{TOKEN}",
    "messenger": f"https://m.me/100?ref={TOKEN}",
    "instagram": f"https://ig.me/m/mug.shop?ref={TOKEN}",
    "telegram": f"https://t.me/mug_bot?start={TOKEN}",
}


def connection_of(name: str, **details: str) -> Connection:
    return Connection(
        merchant_id="mt_one",
        connection_id="cn_one",
        channel=name,
        account="100",
        name="Mug Shop",
        status="active",
        details=details,
    )


@pytest.mark.parametrize("name", CHANNELS)
def test_a_link_opens_the_shops_chat_with_the_token(name: str) -> None:
    link = CHANNELS[name](BaseUrls()).deep_link(TOKEN, connection_of(name, **DETAILS[name]))
    assert link == LINKS[name]
    ((said,),) = parse_qs(urlsplit(link).query).values()
    assert find_token(said) == TOKEN


@pytest.mark.parametrize("name", [name for name, details in DETAILS.items() if details])
def test_there_is_no_link_to_an_account_whose_public_name_is_not_known(name: str) -> None:
    assert CHANNELS[name](BaseUrls()).deep_link(TOKEN, connection_of(name)) == ""


@pytest.mark.parametrize("name", ["instagram", "telegram"])
def test_a_name_with_strange_letters_stays_within_its_part_of_the_link(name: str) -> None:
    link = CHANNELS[name](BaseUrls()).deep_link(TOKEN, connection_of(name, username="mug/../shop?x=1#y"))
    split = urlsplit(link)
    assert split.fragment == "" and list(parse_qs(split.query)) == [split.query.split("=")[0]]
    assert "mug%2F..%2Fshop%3Fx%3D1%23y" in split.path
