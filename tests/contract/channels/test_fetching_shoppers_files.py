"""What shoppers send on the sandbox platforms is fetched byte by byte and kept as what it was sent as."""

import base64
import threading
from collections.abc import Iterator
from typing import Final

import pytest
from sandboxed import KINDS, Shop, opened

from chalicelib.domain.events import Media, ShopperMessage
from chalicelib.domain.files import as_received, kept_as
from chalicelib.ports.files import FileNotTaken
from infra.sandbox.server import Server
from integrations.files import SafeFetcher

FILES: Final = {
    "image": b"\xff\xd8\xff\xe0 a photograph",
    "video": b"\x00\x00\x00\x18ftypmp42 a film",
    "audio": b"OggS a voice",
    "document": b"%PDF-1.7 an order",
    "sticker": b"RIFF\x00\x00\x00\x00WEBP a cat",
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[str]:
    server = Server(0, None, None)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server.url
    server.http.shutdown()
    thread.join()


@pytest.fixture(params=KINDS)
def shop(request: pytest.FixtureRequest, sandbox: str) -> Iterator[Shop]:
    name, options = KINDS[request.param]
    with opened(sandbox, name, options) as shop:
        shop.connect()
        yield shop


@pytest.fixture(params=[name for name in KINDS if not name.startswith("instagram")])
def fetching(request: pytest.FixtureRequest, sandbox: str) -> Iterator[Shop]:
    """On a channel whose files we keep."""
    with opened(sandbox, *KINDS[request.param]) as shop:
        shop.connect()
        yield shop


def _sent(shop: Shop, kind: str) -> tuple[Media, ...]:
    content = base64.b64encode(FILES[kind]).decode()
    shop.control("say", shopper="Ann Example", event={"kind": kind, "base64": content})
    message = shop.hears(ShopperMessage)
    return as_received(message.media, shop.channel.capabilities)


@pytest.mark.parametrize("kind", FILES)
def test_a_shoppers_file_is_fetched_where_the_channel_lets_it_be(shop: Shop, kind: str) -> None:
    (media,) = _sent(shop, kind)
    assert shop.connection.token not in repr(media)
    if shop.name == "instagram":
        assert (media.state, media.url.startswith("http")) == ("", True)
        return
    assert media.state == "waiting"
    download = shop.channel.download(media, shop.connection)
    assert shop.connection.token not in repr(download)
    with SafeFetcher([shop.sandbox]).fetch(download, 1000, 10) as file:
        assert file.content.read() == FILES[kind]
        assert kept_as(media.mime_type or download.mime_type, file.mime_type, FILES[kind]) is not None


def test_only_the_deployments_own_platforms_may_be_inside(fetching: Shop) -> None:
    (media,) = _sent(fetching, "image")
    download = fetching.channel.download(media, fetching.connection)
    elsewhere = SafeFetcher(["https://graph.facebook.com"])
    with pytest.raises(FileNotTaken), elsewhere.fetch(download, 1000, 10):
        raise AssertionError("a file from inside")


def test_a_photograph_is_kept_as_one(fetching: Shop) -> None:
    (media,) = _sent(fetching, "image")
    download = fetching.channel.download(media, fetching.connection)
    with SafeFetcher([fetching.sandbox]).fetch(download, 1000, 10) as file:
        told = media.mime_type or download.mime_type
        assert kept_as(told, file.mime_type, FILES["image"]) == "image/jpeg"
