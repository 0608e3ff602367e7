"""Shopify shops as such: their accounts, their webhooks, and what happens around carts and orders: the app is
taken out, its secret changed, and what the law wants told."""

from typing import Any

from . import ids
from .base import Act
from .delivery import Delivery
from .shopify_bodies import changed_at
from .shopify_webhooks import ShopifyTarget, deliveries_of, new_secret, target
from .shops import Shop
from .state import Account, Json, Shopper


class ShopifyAccounts(Shop):
    channel = "shopify"

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

    def consent(self, account: Account, shopper: Shopper, act: Act) -> str:
        """To e-mail, and to nothing else."""
        about = {"state": "subscribed", "opt_in_level": "single_opt_in"}
        body = {"customer_id": account.shop["customers"].get(shopper.name), "email_marketing_consent": about}
        return self.tell(account, "customers_email_marketing_consent/update", body, act)

    def uninstall(self, account: Account, shopper: Shopper, act: Act) -> str:
        """The token dies, and every subscription with it."""
        told = {"id": 1, "name": account.name, "domain": account.id, "myshopify_domain": account.id}
        self.tell(account, "app/uninstalled", told, act, outlives=True)
        account.token_state = "revoked"
        account.shop["subscriptions"].clear()
        return account.id

    def redact(self, account: Account, shopper: Shopper, act: Act) -> str:
        return self.tell(account, "customers/redact", self._whose(account, shopper, "orders_to_redact"), act)

    def data_request(self, account: Account, shopper: Shopper, act: Act) -> str:
        body = self._whose(account, shopper, "orders_requested") | {"data_request": {"id": 9999}}
        return self.tell(account, "customers/data_request", body, act)

    def rotate_secret(self, account: Account, shopper: Shopper, act: Act) -> str:
        """For an hour the old one still signs. The new one stands in what `POST /setup/shopify` wants."""
        account.shop |= {"former_secret": account.shop["secret"], "secret": new_secret()}
        account.shop["secret_changed_at"] = self.sandbox.now()
        return account.id

    def raw(self, account: Account, shopper: Shopper, act: Act) -> str:
        """`topic` with exactly this `body`."""
        return self.tell(account, str(act.more.get("topic", "orders/updated")), act.more.get("body", {}), act)

    def tell(
        self,
        account: Account,
        topic: str,
        payload: Any,
        act: Act,
        *,
        at: Json | None = None,
        outlives: bool = False,
    ) -> str:
        """What is told is what is so now, however late it comes. `unheard`: as when the webhook is lost. at:
        what was changed, where the payload does not say when. outlives: its subscription may go."""
        if act.more.get("unheard"):
            return topic
        as_it_is = {**payload} if isinstance(payload, dict) else payload
        if topic == "shop/redact":
            as_it_is |= {"shop_id": 1, "shop_domain": account.id}
        noticed_at = max(self.sandbox.now(), changed_at(at) if at else 0.0)
        for body in deliveries_of(account, topic, _frozen(as_it_is), noticed_at):
            if outlives:
                body["subscription"] = ""
            self.sandbox.deliver(account, f"{topic}/{ids.hex_id(8)}", topic, body)
        return topic

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


def _frozen(value: Any) -> Any:
    """As it is at this moment, whatever becomes of it."""
    if isinstance(value, dict):
        return {name: _frozen(one) for name, one in value.items()}
    return [_frozen(one) for one in value] if isinstance(value, list) else value
