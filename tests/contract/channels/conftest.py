import threading
from collections.abc import Iterator

import pytest
from scripted_platform import Handler, Platform, Script


@pytest.fixture(scope="session")
def served() -> Iterator[Platform]:
    server = Platform(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def platform(served: Platform) -> Iterator[Script]:
    script = Script(url=f"http://127.0.0.1:{served.server_address[1]}")
    served.script = script
    yield script
    script.released.set()
