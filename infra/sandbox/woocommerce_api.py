"""WooCommerce's REST API and the page where an order is paid, below each shop's own address.

Source: woocommerce.github.io/woocommerce-rest-api-docs (v3)
"""

import math
import re
from collections.abc import Callable
from html import escape
from typing import Final

from werkzeug import Request, Response

from .base import Act
from .samples import SAMPLES
from .state import Account, Json
from .wire import reply, under_fault
from .woocommerce import WooCommerce
from .woocommerce_orders import UNPAID, ZONE_S, dated, shown
from .woocommerce_webhooks import added, ping, problem, told
from .woocommerce_wire import WooError, body_of, faulty, fits, keys
from .world import Sandbox, redacted

_MOST_ON_A_PAGE: Final = 100
_PAGE: Final = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Pay</title>"
    "<h1>Order {number}</h1><p>{total} {currency}: {status}</p>{form}</html>"
)
_FORM: Final = "<form method=post><button>Pay</button></form>"


class WooApi:
    """`/woocommerce/<shop>/wp-json/…`, and `/woocommerce/<shop>/checkout/order-pay/<id>/`."""

    def __init__(self, sandbox: Sandbox, shops: WooCommerce) -> None:
        self.sandbox, self.shops = sandbox, shops
        self.routes: tuple[tuple[str, str, str, Callable[..., Response]], ...] = (
            ("GET", r"", "index", self._index),
            ("GET", r"wc/v3/system_status", "system_status", self._system_status),
            ("GET", r"wc/v3/data/currencies/current", "currency", self._currency),
            ("GET", r"wc/v3/orders", "orders", self._orders),
            ("GET", r"wc/v3/orders/(\d+)", "order", self._order),
            ("GET", r"wc/v3/webhooks", "webhooks", self._webhooks),
            ("POST", r"wc/v3/webhooks", "add_webhook", self._add_webhook),
            ("GET", r"wc/v3/webhooks/(\d+)", "webhook", self._webhook),
            ("PUT", r"wc/v3/webhooks/(\d+)", "change_webhook", self._change_webhook),
            ("DELETE", r"wc/v3/webhooks/(\d+)", "delete_webhook", self._delete_webhook),
        )

    def answer(self, request: Request, path: str) -> Response:
        slug, _, rest = path.partition("/")
        account = self.sandbox.state.account("woocommerce", f"{self.sandbox.base_url}/woocommerce/{slug}")
        if account is None:
            return reply("There is no shop here.", 404)
        if rest.startswith("checkout/order-pay/"):
            return self._pay_page(request, account, rest)
        if rest.startswith("picture/"):
            return Response(SAMPLES["image"].content, content_type=SAMPLES["image"].mime_type)
        if not re.match(r"wp-json(/|$)", rest):
            return reply("There is no such page in this shop.", 404)
        return self._api(request, account, rest.removeprefix("wp-json").strip("/"))

    def _api(self, request: Request, account: Account, rest: str) -> Response:
        name, route, parts = self._route(request.method, rest)

        def carry_out() -> Response:
            try:
                self._let_in(request, account, name)
                return route(request, account, *parts)
            except WooError as error:
                return reply(error.body, error.status)

        answer, fault = under_fault(self.sandbox, request, account, (name,), carry_out, faulty)
        self._log(request, account, name, answer, fault)
        return answer

    def _route(self, method: str, rest: str) -> tuple[str, Callable[..., Response], tuple[str, ...]]:
        """The call's name, what carries it out, and what its path names."""
        for expected, pattern, name, route in self.routes:
            if expected == method and (found := re.fullmatch(pattern, rest)):
                return name, route, found.groups()
        return "unknown", _no_route, ()

    def _let_in(self, request: Request, account: Account, name: str) -> None:
        """Raises WooError unless the keys are this shop's and may do that. The index is open to all."""
        if name == "index":
            return
        if account.token_state in ("expired", "revoked") or keys(request) != account.token:
            raise WooError(401, "woocommerce_rest_authentication_error", "Consumer key is invalid.")
        if account.token_state == "no_permission" and request.method != "GET":
            raise WooError(
                401,
                "woocommerce_rest_authentication_error",
                "The API key provided does not have write permissions.",
            )

    def _index(self, request: Request, account: Account) -> Response:
        about = {
            "name": account.name,
            "description": "",
            "url": account.id,
            "home": account.id,
            "gmt_offset": ZONE_S // 3600,
            "timezone_string": "",
            "namespaces": ["wp/v2", "wc/v3"],
        }
        wanted = request.args.get("_fields", ",".join(about)).split(",")
        return reply({name: value for name, value in about.items() if name in wanted})

    def _system_status(self, request: Request, account: Account) -> Response:
        environment = {"home_url": account.id, "site_url": account.id, "version": "10.3.5"}
        return reply(
            {"environment": environment, "settings": {"api_enabled": True, "currency": _currency(account)}}
        )

    def _currency(self, request: Request, account: Account) -> Response:
        return reply({"code": _currency(account), "name": _currency(account), "symbol": "¤"})

    def _orders(self, request: Request, account: Account) -> Response:
        asked = request.args
        with self.sandbox.lock:
            found = [order for order in account.shop["orders"].values() if fits(order, asked)]
        by = {"modified": "date_modified_gmt", "id": "id"}.get(
            asked.get("orderby", "date"), "date_created_gmt"
        )
        found.sort(key=lambda order: (order[by], order["id"]), reverse=asked.get("order", "desc") == "desc")
        per_page = min(int(asked.get("per_page", 10)), _MOST_ON_A_PAGE)
        start = (int(asked.get("page", 1)) - 1) * per_page
        pages = {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(math.ceil(len(found) / per_page))}
        return reply([shown(order) for order in found[start : start + per_page]], 200, pages)

    def _order(self, request: Request, account: Account, number: str) -> Response:
        order = account.shop["orders"].get(number)
        if order is None:
            raise WooError(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.")
        return reply(shown(order))

    def _webhooks(self, request: Request, account: Account) -> Response:
        status = request.args.get("status", "all")
        found = [each for each in account.shop["webhooks"].values() if status in ("all", each["status"])]
        per_page = min(int(request.args.get("per_page", 10)), _MOST_ON_A_PAGE)
        start = (int(request.args.get("page", 1)) - 1) * per_page
        return reply([told(each) for each in found[start : start + per_page]])

    def _webhook(self, request: Request, account: Account, number: str) -> Response:
        return reply(told(self._found(account, number)))

    def _add_webhook(self, request: Request, account: Account) -> Response:
        given = body_of(request)
        if wrong := problem(given):
            raise WooError(400, *wrong)
        with self.sandbox.lock:
            webhook = added(account, given, self.sandbox.now())
        self.sandbox.store.changed()
        webhook["ping"] = ping(webhook)  # made all the same, whatever it is answered
        return reply(told(webhook), 201)

    def _change_webhook(self, request: Request, account: Account, number: str) -> Response:
        webhook, given = self._found(account, number), body_of(request)
        taken = {name: given[name] for name in _CHANGEABLE if name in given}
        if wrong := problem(webhook | taken):
            raise WooError(400, *wrong)
        is_new_life = taken.get("status") == "active" and webhook["status"] != "active"
        with self.sandbox.lock:
            webhook |= taken | dated("date_modified", self.sandbox.now())
            webhook["failure_count"] = 0 if is_new_life else webhook["failure_count"]
        self.sandbox.store.changed()
        return reply(told(webhook))

    def _delete_webhook(self, request: Request, account: Account, number: str) -> Response:
        webhook = self._found(account, number)
        if request.args.get("force") != "true":
            raise WooError(501, "woocommerce_rest_trash_not_supported", "Webhooks do not support trashing.")
        with self.sandbox.lock:
            account.shop["webhooks"].pop(number, None)
        self.sandbox.store.changed()
        return reply(told(webhook))

    def _found(self, account: Account, number: str) -> Json:
        webhook: Json | None = account.shop["webhooks"].get(number)
        if webhook is None:
            raise WooError(404, "woocommerce_rest_shop_webhook_invalid_id", "Invalid ID.")
        return webhook

    def _pay_page(self, request: Request, account: Account, rest: str) -> Response:
        """What a recovery link opens: the order, and a button that pays it."""
        number = rest.removeprefix("checkout/order-pay/").strip("/")
        order = account.shop["orders"].get(number)
        if order is None or request.args.get("key") != order["order_key"]:
            return reply("This order can't be paid.", 404)
        if request.method == "POST" and order["status"] in UNPAID:
            paying = Act("order_status", "", self.sandbox.now(), {"status": "processing", "order_id": number})
            with self.sandbox.lock:
                self.shops.change_status(account, paying)
        told_ = {name: escape(str(order[name])) for name in ("number", "total", "currency", "status")}
        page = _PAGE.format(**told_, form=_FORM if order["status"] in UNPAID else "")
        return Response(page, content_type="text/html; charset=utf-8")

    def _log(self, request: Request, account: Account, name: str, answer: Response, fault: str) -> None:
        body = answer.get_json(silent=True)
        self.sandbox.log(
            {
                "channel": account.channel,
                "account": account.id,
                "call": name,
                "line": f"{request.method} {request.path}",
                "parameters": redacted(dict(request.args) | (body_of(request) if request.data else {})),
                "status": answer.status_code,
                "answer": body if isinstance(body, dict) else {"items": body},
                "fault": fault,
            }
        )


_CHANGEABLE: Final = ("name", "status", "topic", "delivery_url", "secret")


def _currency(account: Account) -> str:
    return str(account.shop["currency"])


def _no_route(request: Request, account: Account) -> Response:
    raise WooError(404, "rest_no_route", "No route was found matching the URL and request method.")
