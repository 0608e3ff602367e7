"""A WooCommerce shop: what its shoppers and its merchant do, and what its webhooks tell of that.

Deliveries are made in the background, some time after; each tells the order as it is by then.
"""

from functools import partial
from typing import Final

import requests

from . import ids
from .base import Act, Refused
from .delivery import Delivery
from .shops import Buying, Shop
from .state import Account, Json, Shopper
from .woocommerce_orders import STATUSES, UNPAID, new_order, refund, set_status, track
from .woocommerce_webhooks import WooTarget, concerned, failed, succeeded, target

_PAID: Final = "processing"


class WooCommerce(Shop):
    channel = "woocommerce"

    @property
    def events(self) -> dict[str, Buying]:
        return {
            "checkout": self.check_out,
            "order": self.order,
            "order_status": lambda account, shopper, act: self.change_status(account, act, shopper),
            "ship": self.ship,
            "refund": self.refund,
            "delete": self.delete,
            "restore": self.restore,
            "raw": self.raw,
        }

    def new_account(self, options: Json) -> Account:
        """Its id is its address, as `POST /setup/woocommerce` answers it."""
        slug = ids.hex_id(8)
        return Account(
            self.channel,
            f"{self.sandbox.base_url}/woocommerce/{slug}",
            str(options.get("name", f"Sample shop {slug}")),
            f"ck_{ids.hex_id(40)}:cs_{ids.hex_id(40)}",
            shop={"currency": options.get("currency", "EUR"), "last_id": 1000, "orders": {}, "webhooks": {}},
            created_at=self.sandbox.now(),
        )

    def setup_body(self, account: Account) -> Json:
        key, _, secret = account.token.partition(":")
        return {"account": account.id, "url": account.id, "consumer_key": key, "consumer_secret": secret}

    def target(self, account: Account, subject: str, body: Json) -> WooTarget:
        return target(account, subject, body)

    def callback_answered(self, delivery: Delivery, answer: requests.Response) -> None:
        with self.sandbox.lock:
            account = self.sandbox.state.account(self.channel, delivery.account)
            if account:
                succeeded(account, delivery)

    def callback_failed(self, delivery: Delivery) -> None:
        with self.sandbox.lock:
            account = self.sandbox.state.account(self.channel, delivery.account)
            if account:
                failed(account, delivery)

    # What happens in the shop

    def check_out(self, account: Account, shopper: Shopper, act: Act) -> str:
        """An order that waits for its payment: `pending`, or the event's `status`."""
        status = str(act.more.get("status", "pending"))
        if status not in UNPAID:
            raise Refused(f"not paid is one of: {', '.join(UNPAID)}", field="event.status")
        order = self._new(account, shopper, act, status)
        return str(order["id"])

    def order(self, account: Account, shopper: Shopper, act: Act) -> str:
        """Pays what the shopper left unpaid last; with lines, or `new`, another order."""
        status = _known(str(act.more.get("status", _PAID)))
        if "order_id" in act.more:
            order: Json | None = self._order(account, shopper, act)
        else:
            is_another = act.more.get("new") or "lines" in act.more
            order = None if is_another else self._last(account, shopper, UNPAID)
        if order is None:
            return str(self._new(account, shopper, act, status)["id"])
        set_status(order, status, act.at)
        return self._told(account, "order.updated", order, act)

    def change_status(self, account: Account, act: Act, shopper: Shopper | None = None) -> str:
        order = self._order(account, shopper, act)
        set_status(order, _known(str(act.more.get("status", ""))), act.at)
        return self._told(account, "order.updated", order, act)

    def ship(self, account: Account, shopper: Shopper, act: Act) -> str:
        """A parcel leaves, and with it the order is `completed`, unless `status` says otherwise."""
        order = self._order(account, shopper, act)
        track(order, act)
        set_status(order, _known(str(act.more.get("status", "completed"))), act.at)
        return self._told(account, "order.updated", order, act)

    def refund(self, account: Account, shopper: Shopper, act: Act) -> str:
        order = self._order(account, shopper, act)
        refund(account, order, act)
        return self._told(account, "order.updated", order, act)

    def delete(self, account: Account, shopper: Shopper, act: Act) -> str:
        """Into the bin; `force`: for good."""
        order = self._order(account, shopper, act)
        if act.more.get("force"):
            del account.shop["orders"][str(order["id"])]
        else:
            set_status(order, "trash", act.at)
        return self._told(account, "order.deleted", order, act)

    def restore(self, account: Account, shopper: Shopper, act: Act) -> str:
        order = self._order(account, shopper, act)
        set_status(order, order.get("status_before_trash", "pending"), act.at)
        return self._told(account, "order.restored", order, act)

    def raw(self, account: Account, shopper: Shopper, act: Act) -> str:
        """`topic` with exactly this `body`."""
        topic, payload = str(act.more.get("topic", "order.updated")), act.more.get("body", {})
        heard = concerned(account, topic)
        if not heard:
            raise Refused(f"no webhook is registered for {topic}", 409, "event.topic")
        for webhook_id in heard:
            self._send(account, topic, {"webhook": webhook_id, "payload": payload}, act)
        return topic

    def _new(self, account: Account, shopper: Shopper, act: Act, status: str) -> Json:
        order = new_order(account, shopper, act, status)
        account.shop.setdefault("shoppers", {})[str(order["id"])] = shopper.name
        self._told(account, "order.created", order, act)
        return order

    def _told(self, account: Account, topic: str, order: Json, act: Act) -> str:
        """`unheard`: as when the webhook is lost, for the shop repeats none."""
        if not act.more.get("unheard"):
            for webhook_id in concerned(account, topic):
                self._send(account, topic, {"webhook": webhook_id, "order": order["id"]}, act)
        return str(order["id"])

    def _send(self, account: Account, topic: str, body: Json, act: Act) -> None:
        """`later_s`: so many seconds of real time pass until the shop gets round to it."""
        deliver = partial(self.sandbox.deliver, account, f"webhook/{body['webhook']}", topic, body)
        later_s = float(act.more.get("later_s", 0))
        if later_s:
            self.sandbox.courier.later(later_s, deliver)
        else:
            deliver()

    def _order(self, account: Account, shopper: Shopper | None, act: Act) -> Json:
        """The one named by `order_id`, else the shopper's last. Raises Refused."""
        if "order_id" in act.more:
            order: Json | None = account.shop["orders"].get(str(act.more["order_id"]))
        else:
            order = self._last(account, shopper, None) if shopper else None
        if order is None:
            raise Refused("there is no such order", 404, "event.order_id")
        return order

    def _last(self, account: Account, shopper: Shopper, statuses: tuple[str, ...] | None) -> Json | None:
        whose = account.shop.get("shoppers", {})
        orders = [
            order
            for number, order in account.shop["orders"].items()
            if whose.get(number) == shopper.name and (statuses is None or order["status"] in statuses)
        ]
        return orders[-1] if orders else None


def _known(status: str) -> str:
    if status not in STATUSES:
        raise Refused(f"status is one of: {', '.join(STATUSES)}", field="event.status")
    return status
