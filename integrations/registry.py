"""Every channel that Parley speaks and every shop system that it knows, by name. mypy refuses one that drifts
from its Protocol."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from chalicelib.ports.channel import Channel
    from chalicelib.ports.commerce import ShopSystem


@dataclass(frozen=True, slots=True)
class BaseUrls:
    """Where the platforms are, without a trailing slash: the real ones, or the sandbox's."""

    graph: str = "https://graph.facebook.com"
    instagram: str = "https://graph.instagram.com"
    telegram: str = "https://api.telegram.org"
    shopify: str = "https://{shop}"  # each shop has a host of its own
    woocommerce: str = ""  # each is where its merchant says; below this, also where nobody outside reaches it


# Imported on first use: a webhook of one channel does not pay for the others.
def _whatsapp(urls: BaseUrls) -> Channel:
    from integrations.whatsapp.channel import WhatsApp

    return WhatsApp(urls.graph)


def _messenger(urls: BaseUrls) -> Channel:
    from integrations.messenger.channel import Messenger

    return Messenger(urls.graph)


def _instagram(urls: BaseUrls) -> Channel:
    from integrations.instagram.channel import Instagram

    return Instagram(urls.graph, urls.instagram)


def _telegram(urls: BaseUrls) -> Channel:
    from integrations.telegram.channel import Telegram

    return Telegram(urls.telegram)


CHANNELS: Final[dict[str, Callable[[BaseUrls], Channel]]] = {
    "whatsapp": _whatsapp,
    "messenger": _messenger,
    "instagram": _instagram,
    "telegram": _telegram,
}


def _shop(urls: BaseUrls) -> ShopSystem:
    from integrations.any_shop import AnyShop

    return AnyShop()


def _shopify(urls: BaseUrls) -> ShopSystem:
    from integrations.shopify.shop_system import Shopify

    return Shopify(urls.shopify)


def _woocommerce(urls: BaseUrls) -> ShopSystem:
    from integrations.woocommerce.shop_system import WooCommerce

    return WooCommerce(urls.woocommerce)


SHOPS: Final[dict[str, Callable[[BaseUrls], ShopSystem]]] = {
    "shop": _shop,
    "shopify": _shopify,
    "woocommerce": _woocommerce,
}
