"""Every channel that Parley speaks, by name. mypy refuses one that drifts from the Protocol."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from chalicelib.ports import Channel


@dataclass(frozen=True, slots=True)
class BaseUrls:
    """Where the platforms are, without a trailing slash: the real ones, or the sandbox's."""

    graph: str = "https://graph.facebook.com"
    instagram: str = "https://graph.instagram.com"
    telegram: str = "https://api.telegram.org"


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
