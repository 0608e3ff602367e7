"""A Shopify shop: what its shoppers and its merchant do with carts and orders."""

from typing import Final

from .base import Act, Refused
from .shopify_accounts import ShopifyAccounts
from .shopify_bodies import change_checkout, fulfilment, new_checkout, new_order, refund, stamp, touched
from .shops import Buying
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


class Shopify(ShopifyAccounts):
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
            "shop_redact": lambda account, shopper, act: self.tell(account, "shop/redact", {}, act),
            "rotate_secret": self.rotate_secret,
            "raw": self.raw,
        }

    # What happens in the shop

    def check_out(self, account: Account, shopper: Shopper, act: Act) -> str:
        checkout = new_checkout(account, shopper, act, self.sandbox.base_url)
        account.shop["checkouts"][checkout["token"]] = checkout
        self._remember(account, shopper, "checkout", checkout["token"])
        self.tell(account, "checkouts/create", checkout, act)
        return str(checkout["token"])

    def change_checkout(self, account: Account, shopper: Shopper, act: Act) -> str:
        checkout = self._checkout(account, shopper, act)
        change_checkout(account, checkout, shopper, act)
        self.tell(account, "checkouts/update", checkout, act)
        return str(checkout["token"])

    def drop_checkout(self, account: Account, shopper: Shopper, act: Act) -> str:
        """Told by its number; with `told_token` by its token as well."""
        checkout = self._checkout(account, shopper, act)
        del account.shop["checkouts"][checkout["token"]]
        touched(checkout, act.at)
        named = ("id", "token") if act.more.get("told_token") else ("id",)
        self.tell(account, "checkouts/delete", {name: checkout[name] for name in named}, act, at=checkout)
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
        self.tell(account, "orders/create", order, act)
        if order["financial_status"] == "paid":
            self.tell(account, "orders/paid", order, act)
        if checkout is not None:
            touched(checkout, act.at)
            checkout["completed_at"] = checkout["updated_at"]
            self.tell(account, "checkouts/update", checkout, act)
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
        touched(order, act.at)
        self.tell(account, "orders/delete", {"id": order["id"]}, act, at=order)
        return str(order["id"])

    def fulfil(self, account: Account, shopper: Shopper, act: Act) -> str:
        """`courier`, `number`, `url`, `promised` (only the Admin API tells that). Answers the parcel's id."""
        order = self._order(account, shopper, act)
        parcel = fulfilment(account, order, act)
        self.tell(account, "fulfillments/create", parcel, act)
        whole = "orders/fulfilled" if order["fulfillment_status"] == "fulfilled" else "orders/updated"
        self.tell(account, whole, order, act)
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
        self.tell(account, "fulfillments/update", parcel, act)
        return str(parcel["id"])

    def refund(self, account: Account, shopper: Shopper, act: Act) -> str:
        order = self._order(account, shopper, act)
        made = refund(account, order, act)
        self.tell(account, "refunds/create", made, act)
        self.tell(account, "orders/updated", order, act)
        return str(made["id"])

    def _order_changed(self, account: Account, order: Json, act: Act, topic: str) -> str:
        touched(order, act.at)
        self.tell(account, topic, order, act)
        self.tell(account, "orders/updated", order, act)
        return str(order["id"])

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

    def _remember(self, account: Account, shopper: Shopper, kind: str, name: str) -> None:
        account.shop["last_of"].setdefault(shopper.name, {})[kind] = name

    def _last(self, account: Account, shopper: Shopper, kind: str) -> str:
        return str(account.shop["last_of"].get(shopper.name, {}).get(kind, ""))
