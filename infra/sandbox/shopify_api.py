"""Shopify's front door: the GraphQL Admin API of each shop, and the page where a checkout is taken up again.

Source: shopify.dev/docs/api/admin-graphql, shopify.dev/docs/api/usage/response-codes
"""

import json
import re
from datetime import datetime
from html import escape
from typing import Any, Final

from werkzeug import Request, Response

from . import graphql
from .faults import Fault
from .graph_apps import is_callback
from .shopify_nodes import checkout_node, order_node, page
from .shopify_webhooks import add
from .state import Account, Json
from .wire import reply, under_fault
from .world import Sandbox, redacted

MOST_COST: Final = 1000
_SCOPES: Final = ("read_orders", "read_fulfillments", "read_customers", "read_products")
_NEEDS: Final = {"orders": "read_orders", "order": "read_orders", "abandonedCheckouts": "read_orders"}
_TOPIC_NEEDS: Final = {
    **dict.fromkeys(("ORDERS", "CHECKOUTS", "REFUNDS"), "read_orders"),
    "FULFILLMENTS": "read_fulfillments",
}
_TYPES: Final = {
    **dict.fromkeys(("after", "query", "uri"), "String"),
    "id": "ID",
    "first": "Int",
    "topic": "WebhookSubscriptionTopic",
}
_PAGE: Final = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title>"
    "<h1>{title}</h1><ul>{lines}</ul><p>{total} {currency}</p></html>"
)


class ShopifyApi:
    """`/shopify/<shop>/admin/api/<version>/graphql.json`, and the shop's own pages."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def answer(self, request: Request, path: str) -> Response:
        domain, _, rest = path.partition("/")
        account = self.sandbox.state.account("shopify", domain)
        if account is None:
            return reply({"errors": "Not Found"}, 404)
        if found := re.fullmatch(r"checkouts/(\w+)/recover", rest):
            return _shown(account.shop["checkouts"].get(found[1]), "Your cart")
        if found := re.fullmatch(r"orders/(\d+)", rest):
            return _shown(account.shop["orders"].get(found[1]), "Your order")
        if not re.fullmatch(r"admin/api/[0-9]{4}-[0-9]{2}/graphql\.json", rest) or request.method != "POST":
            return reply({"errors": "Not Found"}, 404)
        return self._api(request, account)

    def _api(self, request: Request, account: Account) -> Response:
        document, variables = _asked(request)
        try:
            operation = graphql.read(document, variables, _TYPES)
        except graphql.NoSuchThing as problem:
            return reply(_error(str(problem), "undefinedField"))
        name = operation.name or "graphql"
        answer, fault = under_fault(
            self.sandbox,
            request,
            account,
            (name, "graphql"),
            lambda: self._carry_out(request, account, operation),
            _faulty,
        )
        self.sandbox.log(
            {
                "channel": "shopify",
                "account": account.id,
                "call": name,
                "line": f"POST {operation.kind} {name}",
                "parameters": redacted(variables),
                "status": answer.status_code,
                "answer": redacted(answer.get_json(silent=True) or {}),
                "fault": fault,
            }
        )
        return answer

    def _carry_out(self, request: Request, account: Account, operation: graphql.Operation) -> Response:
        token = request.headers.get("X-Shopify-Access-Token", "")
        if token != account.token or account.token_state in ("expired", "revoked"):
            text = "[API] Invalid API key or access token (unrecognized login or wrong password)"
            return reply({"errors": text}, 401)
        price = graphql.cost(operation.fields)
        if operation.kind == "query" and price > MOST_COST:
            text = f"Query cost is {price}, which exceeds the single query max cost limit ({MOST_COST})."
            return reply(_error(text, "MAX_COST_EXCEEDED"))
        with self.sandbox.lock:
            try:
                told = self._told(account, operation)
            except graphql.NoSuchThing as problem:
                return reply(_error(str(problem), "undefinedField"))
        self.sandbox.store.changed()
        return reply(told)

    def _told(self, account: Account, operation: graphql.Operation) -> Json:
        roots, errors = self._roots(account), []
        data: Json = {}
        for each in operation.fields:
            if each.name not in roots:
                raise graphql.NoSuchThing(f"Field '{each.name}' doesn't exist on type")
            if (scope := _NEEDS.get(each.name)) and scope not in scopes_of(account):
                errors.append(_denied(each.name, f"Required access: `{scope}` access scope."))
                data[each.alias] = None
                continue
            data |= graphql.answer((each,), {each.name: roots[each.name]})
        if _asks_for_buyers(operation.fields) and not _sees_buyers(account):
            errors.append(_denied("email", "This app is not approved to access protected customer data."))
        return {"data": data} | ({"errors": errors} if errors else {})

    def _roots(self, account: Account) -> dict[str, Any]:
        return {
            "shop": {
                "name": account.name,
                "myshopifyDomain": account.id,
                "currencyCode": account.shop["currency"],
                "ianaTimezone": "America/New_York",
            },
            "currentAppInstallation": {
                "accessScopes": [{"handle": scope} for scope in scopes_of(account)],
            },
            "webhookSubscriptions": page(
                [_subscription(one) for one in account.shop["subscriptions"].values()]
            ),
            "orders": lambda given: self._orders(account, given),
            "order": lambda given: self._order(account, given),
            "abandonedCheckouts": lambda given: self._checkouts(account, given),
            "webhookSubscriptionCreate": lambda given: self._subscribe(account, given),
            "webhookSubscriptionDelete": lambda given: _unsubscribe(account, given),
        }

    def _orders(self, account: Account, given: Json) -> Json:
        orders = _matching(account.shop["orders"].values(), str(given.get("query") or ""))
        orders.sort(key=lambda one: _at(one["updated_at"]))
        return page([order_node(one, _sees_buyers(account)) for one in orders])(given)

    def _order(self, account: Account, given: Json) -> Json | None:
        order = account.shop["orders"].get(str(given["id"]).rpartition("/")[2])
        return order_node(order, _sees_buyers(account)) if order else None

    def _checkouts(self, account: Account, given: Json) -> Json:
        found = _matching(account.shop["checkouts"].values(), str(given.get("query") or ""))
        found.sort(key=lambda one: _at(one["created_at"]))
        return page([checkout_node(one, _sees_buyers(account)) for one in found])(given)

    def _subscribe(self, account: Account, given: Json) -> Json:
        topic, uri = str(given["topic"]), str(given["webhookSubscription"].get("uri") or "")
        needed = _TOPIC_NEEDS.get(topic.partition("_")[0])
        if needed and needed not in scopes_of(account):
            return _user_error(
                "topic", "You do not have permission to create or update webhooks with this topic."
            )
        if not is_callback(uri):
            return _user_error("webhookSubscription.uri", "Address is invalid")
        made = add(account, topic.replace("_", "/", 1).lower(), uri, self.sandbox.now())
        if made is None:
            return _user_error("webhookSubscription.uri", "Address for this topic has already been taken")
        return {"webhookSubscription": _subscription(made), "userErrors": []}


def scopes_of(account: Account) -> tuple[str, ...]:
    if account.token_scopes is None:
        return _SCOPES
    return tuple(scope for scope in account.token_scopes if scope != "no_buyers")


def _sees_buyers(account: Account) -> bool:
    """`no_buyers` among an account's scopes: Shopify has not approved the app for people's data."""
    return "no_buyers" not in (account.token_scopes or ())


def _asks_for_buyers(fields: tuple[graphql.Field, ...]) -> bool:
    return any(one.name in ("email", "phone") or _asks_for_buyers(one.selection or ()) for one in fields)


def _matching(kept: Any, query: str) -> list[Json]:
    """`updated_at` from and until, as the search has it."""
    from_at, until_at = float("-inf"), float("inf")
    for part in query.split(" AND ") if query else []:
        found = re.fullmatch(r"updated_at:(>=|<)'([^']+)'", part.strip())
        if found is None:
            raise graphql.NoSuchThing(f"the search can't be read: {part}")
        if found[1] == "<":
            until_at = _at(found[2])
        else:
            from_at = _at(found[2])
    return [one for one in kept if from_at <= _at(one["updated_at"]) < until_at]


def _at(written: str) -> float:
    return datetime.fromisoformat(written).timestamp()


def _subscription(kept: Json) -> Json:
    return {"id": kept["id"], "topic": kept["topic"].replace("/", "_", 1).upper(), "uri": kept["uri"]}


def _unsubscribe(account: Account, given: Json) -> Json:
    gone = account.shop["subscriptions"].pop(str(given["id"]), None)
    if gone is None:
        error = {"field": ["id"], "message": "Webhook subscription does not exist"}
        return {"deletedWebhookSubscriptionId": None, "userErrors": [error]}
    return {"deletedWebhookSubscriptionId": gone["id"], "userErrors": []}


def _user_error(where: str, message: str) -> Json:
    error = {"field": where.split("."), "message": message}
    return {"webhookSubscription": None, "userErrors": [error]}


def _asked(request: Request) -> tuple[str, Json]:
    try:
        body = json.loads(request.get_data())
        return str(body["query"]), dict(body.get("variables") or {})
    except (ValueError, KeyError, TypeError):
        return "", {}


def _denied(what: str, why: str) -> Json:
    message = f"Access denied for {what} field. {why}"
    return {"message": message, "path": [what], "extensions": {"code": "ACCESS_DENIED"}}


def _error(message: str, code: str) -> Json:
    return {"errors": [{"message": message, "extensions": {"code": code}}]}


def _faulty(fault: Fault) -> Response:
    """429 is what it is to GraphQL: an answer with 200 that says so."""
    status = fault.status or 500
    if fault.body is not None:
        return reply(fault.body, status)
    if status == 429:
        bucket = {"maximumAvailable": 2000.0, "currentlyAvailable": 12, "restoreRate": 100.0}
        cost = {"requestedQueryCost": 800, "actualQueryCost": None, "throttleStatus": bucket}
        return reply(_error("Throttled", "THROTTLED") | {"extensions": {"cost": cost}})
    return reply({"errors": "Something went wrong"}, status)


def _shown(kept: Json | None, title: str) -> Response:
    if kept is None:
        return reply("There is no such page in this shop.", 404)
    lines = "".join(f"<li>{line['quantity']} × {escape(line['title'])}" for line in kept["line_items"])
    text = _PAGE.format(
        title=title, lines=lines, total=escape(kept["total_price"]), currency=escape(kept["currency"])
    )
    return Response(text, content_type="text/html; charset=utf-8")
