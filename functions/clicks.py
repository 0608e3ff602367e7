"""A campaign's link, followed: on to the merchant's own address, and counted where it was a person."""

from html import escape
from typing import Final

from chalice.app import Request, Response

from chalicelib.domain.campaigns.clicks import is_person, location_of
from chalicelib.domain.languages import DEFAULT, accepted
from chalicelib.domain.texts.link_sentences import GONE
from functions.looks import colours_of, direction, page_of
from functions.wiring import wired

_UNSEEN: Final = {"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}


def follow(request: Request, token: str) -> Response:
    """Whatever is wrong with a token, the answer is one. It leads only to what the merchant has written."""
    counts = is_person(request.method, dict(request.headers))
    url = wired().follow_campaign_link(token, wired().clock.now(), is_person=counts)
    return gone(str(request.headers.get("accept-language", ""))) if url is None else led_to(url)


def led_to(url: str) -> Response:
    """Never kept by a browser: the next click of the same person, or of another, comes to us too."""
    headers: dict[str, str | list[str]] = {**_UNSEEN, "Location": location_of(url)}
    return Response("", status_code=302, headers=headers)


def gone(accepts: str) -> Response:
    """accepts: the header Accept-Language."""
    language = next((code for code in accepted(accepts) if code in GONE), DEFAULT)
    colours = colours_of({})
    look = f"body{{font:1.1rem/1.5 system-ui,sans-serif;margin:3rem 1.5rem;color:{colours['ink']}}}"
    text = escape(GONE[language])
    html = (
        f'<!doctype html><html lang="{language}" dir="{direction(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{text}</title><style>{look}</style></head><body><p>{text}</p></body></html>"
    )
    return page_of(404, html, look, "no-store", {"X-Robots-Tag": "noindex, nofollow"})
