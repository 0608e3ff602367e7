import threading
from collections.abc import Callable, Iterator
from typing import Final

import pytest
from kit_meta import INSTAGRAM, MESSENGER, WHATSAPP
from kit_pigeon_post import PIGEON_POST
from kit_telegram import TELEGRAM
from kits import Kit

from chalicelib.ports.channel import Channel
from integrations.registry import CHANNELS
from tests.contract.channels.scripted_platform import Handler, Platform, Script
from tests.dynamo import bound_to, create_tables, ministack

KITS: Final = {kit.name: kit for kit in (WHATSAPP, MESSENGER, INSTAGRAM, TELEGRAM, PIGEON_POST)}


@pytest.fixture(scope="session", params=[*CHANNELS, PIGEON_POST.name])
def kit(request: pytest.FixtureRequest) -> Kit:
    """Every entry of the registry, and one that is in no registry. KeyError: a channel without a kit."""
    return KITS[request.param]


@pytest.fixture(scope="session")
def served() -> Iterator[Platform]:
    server = Platform(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def begin(served: Platform) -> Callable[[], Script]:
    """A platform that has said nothing yet."""

    def fresh() -> Script:
        served.script = Script(url=f"http://127.0.0.1:{served.server_address[1]}")
        return served.script

    return fresh


@pytest.fixture
def platform(begin: Callable[[], Script]) -> Iterator[Script]:
    script = begin()
    yield script
    script.released.set()


@pytest.fixture
def channel(kit: Kit, platform: Script) -> Channel:
    """The channel, whose platform is the scripted one."""
    return kit.at(platform.url)


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with ministack(tmp_path_factory.mktemp("every_channel")) as url:
        create_tables(url)
        with bound_to(url):
            yield url
