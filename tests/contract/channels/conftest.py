import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer

import pytest
from scripted_platform import Handler, Script


@pytest.fixture
def platform() -> Iterator[Script]:
    script = Script()
    handler = type("Handler", (Handler,), {"script": script})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    script.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield script
    script.released.set()
    server.shutdown()
    server.server_close()
    thread.join()
