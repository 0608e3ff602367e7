"""One HTTP server for all platforms, the control API and the phones' page."""

import hashlib
import socket
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug import Request, Response
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from .apis import GraphApi, TelegramApi, file
from .base import Platform
from .control import Control
from .instagram import Instagram
from .messenger import Messenger
from .shopify import Shopify
from .shopify_api import ShopifyApi
from .telegram import Telegram
from .whatsapp import WhatsApp
from .wire import reply
from .woocommerce import WooCommerce
from .woocommerce_api import WooApi
from .world import Sandbox

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class QuietHandler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:
        """Calls are in the sandbox's own log, without the tokens that URLs hold."""


class PortBusy(Exception):
    pass


class Server:
    """Binds at once, so that a busy port shows before anything else is done. Raises PortBusy."""

    def __init__(self, port: int, state_file: Path | None, stack_file: Path | None) -> None:
        self.http = _bind(port, self._application)
        self.url = f"http://127.0.0.1:{self.http.port}"
        self.sandbox = Sandbox(state_file, stack_file, self.url)
        whatsapp, messenger = WhatsApp(self.sandbox), Messenger(self.sandbox)
        instagram, telegram = Instagram(self.sandbox), Telegram(self.sandbox)
        woocommerce, shopify = WooCommerce(self.sandbox), Shopify(self.sandbox)
        platforms: dict[str, Platform] = {
            each.channel: each for each in (whatsapp, messenger, instagram, telegram, woocommerce, shopify)
        }
        self.sandbox.platforms.update(platforms)
        self.control = Control(self.sandbox, platforms)
        routes = {each.channel: each.routes() for each in (whatsapp, messenger, instagram)}
        self.graph = GraphApi(self.sandbox, whatsapp, routes)
        self.telegram = TelegramApi(self.sandbox, telegram)
        self.shopify = ShopifyApi(self.sandbox)
        self.woocommerce = WooApi(self.sandbox, woocommerce)
        self.sandbox.resume()

    def run(self) -> None:
        try:
            self.http.serve_forever(poll_interval=0.2)
        finally:
            self.http.server_close()
            self.sandbox.close()

    def answer(self, request: Request) -> Response:
        first, _, rest = request.path.lstrip("/").partition("/")
        if first in ("graph", "instagram"):
            return self.graph.answer(request, first, rest)
        if first == "telegram":
            return self.telegram.answer(request, rest)
        if first == "shopify":
            return self.shopify.answer(request, rest)
        if first == "woocommerce":
            return self.woocommerce.answer(request, rest)
        if first == "control" and not _is_from_here(request):
            return reply({"error": {"code": "forbidden", "message": "for this machine only"}}, 403)
        if first == "control":
            return self.control.answer(request, rest.strip("/"))
        if first == "cdn":
            return self._cdn(rest)
        if first == "":
            page = resources.files(__package__).joinpath("page.html").read_text(encoding="utf-8")
            return Response(page, content_type="text/html; charset=utf-8")
        return reply({"error": {"code": "not_found", "message": "see infra/sandbox/README.md"}}, 404)

    def _application(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        return self.answer(Request(environ))(environ, start_response)

    def _cdn(self, path: str) -> Response:
        """Files that shoppers sent, and a plain picture of each; like Meta's own it asks for no token."""
        media_id, _, name = path.partition("/")
        if media_id == "avatar":
            hue = int(hashlib.sha256(name.encode()).hexdigest()[:4], 16) % 360
            circle = f'<circle cx="50" cy="50" r="50" fill="hsl({hue} 45% 60%)"/>'
            svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{circle}</svg>'
            return Response(svg, content_type="image/svg+xml")
        media = self.sandbox.state.media.get(media_id)
        return file(media) if media else reply("not found", 404)


def _is_from_here(request: Request) -> bool:
    """Not sent by a page of another site that happens to be open in a browser on this machine."""
    origin = request.headers.get("Origin")
    is_ours = origin is None or origin == request.host_url.rstrip("/")
    return is_ours and request.host.partition(":")[0] in ("127.0.0.1", "localhost")


def _bind(port: int, application: "WSGIApplication") -> BaseWSGIServer:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError as error:
            raise PortBusy(error.strerror) from None
        listener.listen(128)
        port = listener.getsockname()[1]
        return make_server(
            "127.0.0.1", port, application, True, request_handler=QuietHandler, fd=listener.fileno()
        )
