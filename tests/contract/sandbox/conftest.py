"""A sandbox of its own for each test module, a shop for each test, and accounts connected to it."""

import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer

import pytest

from .harness import Callback, Connect, Connected, Running, Shop, connected, start

KINDS = {
    "whatsapp": ("whatsapp", {}),
    "messenger": ("messenger", {}),
    "instagram": ("instagram", {"login": "instagram"}),
    "instagram by page": ("instagram", {"login": "facebook"}),
    "telegram": ("telegram", {}),
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Running]:
    running = start()
    yield running
    assert running.stop() == 0


@pytest.fixture
def shop() -> Iterator[Shop]:
    shop = Shop()
    handler = type("Callback", (Callback,), {"shop": shop})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    shop.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield shop
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=KINDS)
def account(request: pytest.FixtureRequest, sandbox: Running, shop: Shop) -> Connected:
    """An account of each kind in turn."""
    channel, options = KINDS[request.param]
    return connected(sandbox, shop, channel, **options)


@pytest.fixture
def connect(sandbox: Running, shop: Shop) -> Connect:
    return lambda channel, **options: connected(sandbox, shop, channel, **options)
