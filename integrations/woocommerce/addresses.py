"""A shop's address, by which it is known, and which of its links may be shown. Standard library only."""

from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from integrations.reading import text_of

LONGEST: Final = 255
_LONGEST_LINK: Final = 2048
_USUAL_PORTS: Final = (None, 80, 443)


def site_of(written: str, own: str = "") -> str:
    """The one spelling of a shop's address, without a slash at its end; '' for what is none.

    Always https, as shops behind a proxy often believe that they are reached without. own: addresses below
    this one stay as they are.
    """
    text = written.strip()
    if own and f"{text}/".startswith(f"{own}/") and ".." not in text:
        return text.rstrip("/")
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, port = parts.hostname or "", parts.port
        host = host if host.isascii() else host.encode("idna").decode()
    except ValueError:
        return ""
    if not _is_plain(parts, host):
        return ""
    place = host if port in _USUAL_PORTS else f"{host}:{port}"
    site = f"https://{place}{parts.path.rstrip('/')}"
    return site if len(site) <= LONGEST and site.isprintable() and " " not in site else ""


def link_of(value: Any, own: str = "") -> str:
    """A link that may be shown to a shopper, '' for anything else."""
    link = text_of(value).strip()
    is_safe = link.startswith("https://") or bool(own and link.startswith(f"{own}/"))
    is_whole = len(link) <= _LONGEST_LINK and link.isprintable() and not set(' "<>') & set(link)
    return link if is_safe and is_whole else ""


def _is_plain(parts: SplitResult, host: str) -> bool:
    """A name on the web, and no more: nothing that could make two readers see two hosts in it."""
    is_web = parts.scheme in ("http", "https") and "." in host and "@" not in parts.netloc
    return is_web and "\\" not in parts.netloc
