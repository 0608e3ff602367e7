"""A Shopify shop: what its shoppers and its merchant do, and what its webhooks tell of that."""

from typing import Any, Final

from . import ids
from .base import Act, Refused
from .delivery import Delivery
from .shopify_bodies import (
    change_checkout,
    fulfilment,
    new_checkout,
    new_order,
    refund,
    stamp,
    touched,
)
from .shopify_webhooks import ShopifyTarget, deliveries_of, new_secret, target
from .shops import Buying, Shop
from .state import Account, Json, Shopper

# What a courier's parcel can be, as webhooks have it.
PARCEL_STATES: Final = (
    "label_printed",
    "label_purchased",
    "confirmed",
    "in_transit",
    "out_for_delivery",
    "ready_for_pickup",
    "attempted_delivery",
    "delivered",
    "picked_up",
    "failure",
    "cancelled",
)


class Shopify(Shop):
    channel = "shopify"

    @property
    def events(self) -> dict[str, Buying]:
        return {
            "checkout": self.check_out,
            "checkout_update": self.change_checkout,
            "checkout_delete": self.drop_checkout,
            "order": self.order,
            "order_paid": self.pay,
            "order_cancel": self.cancel,
            "order_delete": self.delete,
            "fulfil": self.fulfil,
            "parcel": self.move_parcel,
            "refund": self.refund,
            "consent": self.consent,
            "uninstall": self.uninstall,
            "redact": self.redact,
            "data_request": self.data_request,
            "shop_redact": lambda account, shopper, act: self._tell(account, "shop/redact", {}, act),
            "rotate_secret": self.rotate_secret,
            "raw": self.raw,
        }

    def new_account(self, options: Json) -> Account:
        """`shop`: the name before .myshopify.com; `unprefixed`: headers without `X-`."""
        name = str(options.get("shop") or f"sample-{ids.hex_id(8)}")
        shop: Json = {
            "currency": options.get("currency", "GBP"),
            "secret": new_secret(),
            "unprefixed": bool(options.get("unprefixed")),
            "last_id": 4_500_000_000_000,
            "last_number": 1000,
            "customers": {},
            "subscriptions": {},
            "checkouts": {},
            "orders": {},
            "last_of": {},
        }
        return Account(
            self.channel,
            f"{name}.myshopify.com",
            str(options.get("name", "Sample shop")),
            f"shpat_{ids.hex_id(32)}",
            shop=shop,
            created_at=self.sandbox.now(),
        )

    def setup_body(self, account: Account) -> Json:
        return {"account": account.id, "shop": account.id, "token": account.token} | {
            "client_secret": account.shop["secret"]
        }

    def target(self, account: Account, subject: str, body: Json) -> ShopifyTarget:
        return target(account, subject, body, self.sandbox.now())

    def callback_failed(self, delivery: Delivery) -> None:
        """What has failed so often in a row is no longer sent."""
        account = self.sandbox.state.account(self.channel, delivery.account)
        if account:
            with self.sandbox.lock:
                account.shop["subscriptions"].pop(delivery.body.get("subscription", ""), None)

    # What happens in the shop

    def check_out(self, account: Account, shopper: Shopper, act: Act) -> str:
        checkout = new_checkout(account, shopper, act, self.sandbox.base_url)
        account.shop["checkouts"][checkout["token"]] = checkout
        self._remember(account, shopper, "checkout", checkout["token"])
        self._tell(account, "checkouts/create", checkout, act)
        return str(checkout["token"])

    def change_checkout(self, account: Account, shopper: Shopper, act: Act) -> str:
        checkout = self._checkout(account, shopper, act)
        change_checkout(account, checkout, shopper, act)
        self._tell(account, "checkouts/update", checkout, act)
        return str(checkout["token"])

    def drop_checkout(self, account: Account, shopper: Shopper, act: Act) -> str:
        """Told by its number; with `told_token` by its token as well."""
        checkout = self._checkout(account, shopper, act)
        del account.shop["checkouts"][checkout["token"]]
        named = ("id", "token") if act.more.get("told_token") else ("id",)
        self._tell(account, "checkouts/delete", {name: checkout[name] for name in named}, act)
        return str(checkout["token"])

    def order(self, account: Account, shopper: Shopper, act: Act) -> str:
        """Buys what the shopper's checkout holds; with lines, or `new`, something else. `paid`: false for
        what is to be paid later."""
        is_new = "lines" in act.more or act.more.get("new")
        token = act.more.get("token", self._last(account, shopper, "checkout"))
        checkout = None if is_new else account.shop["checkouts"].get(token)
        if checkout is not None and checkout["completed_at"]:
            checkout = None
        order = new_order(account, shopper, act, self.sandbox.base_url, checkout)
        account.shop["orders"][str(order["id"])] = order
        self._remember(account, shopper, "order", str(order["id"]))
        self._tell(account, "orders/create", order, act)
        if order["financial_status"] == "paid":
            self._tell(account, "orders/paid", order, act)
        if checkout is not None:
            touched(checkout, act.at)
            checkout["completed_at"] = checkout["updated_at"]
            self._tell(account, "checkouts/update", checkout, act)
        return str(order["id"])

    def pay(self, account: Account, shopper: Shopper, act: Act) -> str:
        order = self._order(account, shopper, act)
        order["financial_status"] = "paid"
        return self._order_changed(account, order, act, "orders/paid")

    def cancel(self, account: Account, shopper: Shopper, act: Act) -> str:
        order = self._order(account, shopper, act)
        order |= {"cancelled_at": stamp(act.at), "cancel_reason": act.more.get("reason", "customer")}
        return self._order_changed(account, order, act, "orders/cancelled")

    def delete(self, account: Account, shopper: Shopper, act: Act) -> str:
        order = self._order(account, shopper, act)
        del account.shop["orders"][str(order["id"])]
        self._tell(account, "orders/delete", {"id": order["id"]}, act)
        return str(order["id"])

    def fulfil(self, account: Account, shopper: Shopper, act: Act) -> str:
        """`courier`, `number`, `url`, `promised` (only the Admin API tells that). Answers the parcel's id."""
        order = self._order(account, shopper, act)
        parcel = fulfilment(account, order, act)
        self._tell(account, "fulfillments/create", parcel, act)
        whole = "orders/fulfilled" if order["fulfillment_status"] == "fulfilled" else "orders/updated"
        self._tell(account, whole, order, act)
        return str(parcel["id"])

    def move_parcel(self, account: Account, shopper: Shopper, act: Act) -> str:
        """`state`: what the courier says; `parcel_id`, else the last one of the order."""
        state = str(act.more.get("state"))
        if state not in PARCEL_STATES:
            raise Refused(f"state is one of: {', '.join(PARCEL_STATES)}", field="event.state")
        order = self._order(account, shopper, act)
        wanted = str(act.more.get("parcel_id", ""))
        parcels = [one for one in order["fulfillments"] if wanted in ("", str(one["id"]))]
        if not parcels:
            raise Refused("there is no such parcel", 404, "event.parcel_id")
        parcel = parcels[-1]
        parcel |= {"status": "cancelled"} if state == "cancelled" else {"shipment_status": state}
        parcel["_estimated"] = act.more.get("promised", parcel["_estimated"])
        touched(parcel, act.at)
        touched(order, act.at)
        self._tell(account, "fulfillments/update", parcel, act)
        return str(parcel["id"])

    def refund(self, account: Account, shopper: Shopper, act: Act) -> str:
        order = self._order(account, shopper, act)
        made = refund(account, order, act)
        self._tell(account, "refunds/create", made, act)
        self._tell(account, "orders/updated", order, act)
        return str(made["id"])

    def consent(self, account: Account, shopper: Shopper, act: Act) -> str:
        """To e-mail, and to nothing else."""
        about = {"state": "subscribed", "opt_in_level": "single_opt_in"}
        body = {"customer_id": account.shop["customers"].get(shopper.name), "email_marketing_consent": about}
        return self._tell(account, "customers_email_marketing_consent/update", body, act)

    def uninstall(self, account: Account, shopper: Shopper, act: Act) -> str:
        """The token dies, and every subscription with it."""
        told = {"id": 1, "name": account.name, "domain": account.id, "myshopify_domain": account.id}
        self._tell(account, "app/uninstalled", told, act, outlives=True)
        account.token_state = "revoked"
        account.shop["subscriptions"].clear()
        return account.id

    def redact(self, account: Account, shopper: Shopper, act: Act) -> str:
        return self._tell(account, "customers/redact", self._whose(account, shopper, "orders_to_redact"), act)

    def data_request(self, account: Account, shopper: Shopper, act: Act) -> str:
        body = self._whose(account, shopper, "orders_requested") | {"data_request": {"id": 9999}}
        return self._tell(account, "customers/data_request", body, act)

    def rotate_secret(self, account: Account, shopper: Shopper, act: Act) -> str:
        """For an hour the old one still signs. The new one stands in what `POST /setup/shopify` wants."""
        account.shop |= {"former_secret": account.shop["secret"], "secret": new_secret()}
        account.shop["secret_changed_at"] = self.sandbox.now()
        return account.id

    def raw(self, account: Account, shopper: Shopper, act: Act) -> str:
        """`topic` with exactly this `body`."""
        return self._tell(
            account, str(act.more.get("topic", "orders/updated")), act.more.get("body", {}), act
        )

    def _order_changed(self, account: Account, order: Json, act: Act, topic: str) -> str:
        touched(order, act.at)
        self._tell(account, topic, order, act)
        self._tell(account, "orders/updated", order, act)
        return str(order["id"])

    def _tell(self, account: Account, topic: str, payload: Any, act: Act, *, outlives: bool = False) -> str:
        """`unheard`: as when the webhook is lost. What is told is what is so now, however late it comes."""
        if act.more.get("unheard"):
            return topic
        as_it_is = {**payload} if isinstance(payload, dict) else payload
        if topic == "shop/redact":
            as_it_is |= {"shop_id": 1, "shop_domain": account.id}
        for body in deliveries_of(account, topic, _frozen(as_it_is), self.sandbox.now()):
            if outlives:
                body["subscription"] = ""
            self.sandbox.deliver(account, f"{topic}/{ids.hex_id(8)}", topic, body)
        return topic

    def _checkout(self, account: Account, shopper: Shopper, act: Act) -> Json:
        """The one named by `token`, else the shopper's last. Raises Refused."""
        token = act.more.get("token", self._last(account, shopper, "checkout"))
        checkout: Json | None = account.shop["checkouts"].get(token)
        if checkout is None:
            raise Refused("there is no such checkout", 404, "event.token")
        return checkout

    def _order(self, account: Account, shopper: Shopper, act: Act) -> Json:
        """The one named by `order_id`, else the shopper's last. Raises Refused."""
        wanted = str(act.more.get("order_id", self._last(account, shopper, "order")))
        order: Json | None = account.shop["orders"].get(wanted)
        if order is None:
            raise Refused("there is no such order", 404, "event.order_id")
        return order

    def _whose(self, account: Account, shopper: Shopper, orders_in: str) -> Json:
        known = account.shop["customers"].get(shopper.name)
        theirs = [one for one in account.shop["orders"].values() if one["customer"]["id"] == known]
        about = next((one["customer"] for one in reversed(theirs)), {"id": known, "email": None})
        return {
            "shop_id": 1,
            "shop_domain": account.id,
            "customer": {"id": known, "email": about.get("email"), "phone": shopper.phone},
            orders_in: [one["id"] for one in theirs],
        }

    def _remember(self, account: Account, shopper: Shopper, kind: str, name: str) -> None:
        account.shop["last_of"].setdefault(shopper.name, {})[kind] = name

    def _last(self, account: Account, shopper: Shopper, kind: str) -> str:
        return str(account.shop["last_of"].get(shopper.name, {}).get(kind, ""))


def _frozen(value: Any) -> Any:
    """As it is at this moment, whatever becomes of it."""
    if isinstance(value, dict):
        return {name: _frozen(one) for name, one in value.items()}
    return [_frozen(one) for one in value] if isinstance(value, list) else value
