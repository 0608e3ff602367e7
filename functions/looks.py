"""What the pages for shoppers have in common: the shop's colours, and what a browser may do with them."""

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from chalice.app import Response

from chalicelib.domain.texts.isolation import RIGHT_TO_LEFT

_ACCENT, _BACKGROUND = "#2f5d50", "#ffffff"
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")


def colours_of(colours: Mapping[str, str]) -> dict[str, str]:
    """The shop's, where they are any; on_accent and ink: of the texts on them."""
    accent, ground = (
        colour if _COLOUR.fullmatch(colour := colours.get(name, "")) else usual
        for name, usual in (("accent", _ACCENT), ("background", _BACKGROUND))
    )
    return {"accent": accent, "on_accent": text_on(accent), "ground": ground, "ink": text_on(ground)}


def text_on(colour: str) -> str:
    """Black or white, whichever is read more easily on it: one of them always has a contrast above 4.5.

    Source: www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    """
    light = luminance(colour)
    return "#000000" if (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) else "#ffffff"


def luminance(colour: str) -> float:
    """From 0, black, to 1, white. Source: www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def direction(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def page_of(
    status: int, html: str, look: str, cache: str, more: Mapping[str, str] | None = None, allows: str = ""
) -> Response:
    """The style alone is allowed, by its hash, and what `allows` says. more: further headers.

    Source: www.w3.org/TR/CSP3/
    """
    allowed = b64encode(sha256(look.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; {allows}form-action 'self'; base-uri 'none'"
    headers: dict[str, str | list[str]] = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": f"{policy}; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": cache,
        "Vary": "Accept-Language",
        **(more or {}),
    }
    return Response(html, status_code=status, headers=headers)
