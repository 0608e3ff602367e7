"""Where the local stack listens, what it talks to and where it keeps its files."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from infra.package import PROJECT

REGION: Final = "us-east-1"


class LocalStackFailed(Exception):
    """Says in one line what is in the way and what to do."""


@dataclass(frozen=True)
class Settings:
    home: Path
    api_port: int
    sandbox_port: int
    aws_port: int
    graph_url: str
    instagram_url: str
    telegram_url: str
    shopify_url: str
    woocommerce_url: str
    visibility_timeout_s: int

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.api_port}"

    @property
    def sandbox_url(self) -> str:
        return f"http://127.0.0.1:{self.sandbox_port}"

    @property
    def aws_url(self) -> str:
        return f"http://127.0.0.1:{self.aws_port}"

    def template_parameters(self) -> dict[str, str]:
        return {
            "PublicUrl": self.api_url,
            "GraphUrl": self.graph_url,
            "InstagramUrl": self.instagram_url,
            "TelegramUrl": self.telegram_url,
            "ShopifyUrl": self.shopify_url,
            "WooCommerceUrl": self.woocommerce_url,
            "ClockUrl": f"{self.sandbox_url}/control/clock",
            "PlainHttp": "taken",
            "VisibilityTimeoutSeconds": str(self.visibility_timeout_s),
        }


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Ports and platforms from the environment; the sandbox plays every platform not named there."""
    sandbox_port = _port(environment, "SANDBOX_PORT", 8090)
    sandbox = f"http://127.0.0.1:{sandbox_port}"
    return Settings(
        home=Path(environment.get("PARLEY_HOME") or PROJECT / ".local").resolve(),
        api_port=_port(environment, "PARLEY_PORT", 8080),
        sandbox_port=sandbox_port,
        aws_port=_port(environment, "AWS_PORT", 4566),
        graph_url=environment.get("GRAPH_URL") or f"{sandbox}/graph",
        instagram_url=environment.get("INSTAGRAM_URL") or f"{sandbox}/instagram",
        telegram_url=environment.get("TELEGRAM_URL") or f"{sandbox}/telegram",
        shopify_url=environment.get("SHOPIFY_URL") or f"{sandbox}/shopify/{{shop}}",
        woocommerce_url=environment.get("WOOCOMMERCE_URL") or f"{sandbox}/woocommerce",
        visibility_timeout_s=int(environment.get("VISIBILITY_TIMEOUT_S") or 180),
    )


def _port(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise LocalStackFailed(f"{name}={text} is not a port number")
    return int(text)
