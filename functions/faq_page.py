"""The FAQ as a page: no scripts, no cookies, nothing fetched from elsewhere, everything escaped."""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import Final
from urllib.parse import urlencode

from chalice.app import Request, Response

from chalicelib.domain.faq.articles import Article
from chalicelib.domain.faq.page_words import PAGE_WORDS, PageWords
from chalicelib.domain.faq.reading import MOST_SEARCHED, language_for, languages_of, searched
from chalicelib.domain.texts.isolation import RIGHT_TO_LEFT
from functions.api import query_of
from functions.wiring import wired

KEPT_S: Final = 60
LISTED_FROM: Final = 6  # articles: so many begin with a list of the questions
_MERCHANT: Final = re.compile(r"mt_[0-9a-f]{6,40}")
_LINK: Final = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
_PARAGRAPHS: Final = re.compile(r"\n\s*\n")
_ACCENT, _BACKGROUND = "#2f5d50", "#ffffff"
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_STYLE: Final = (
    ":root{{--accent:{accent};--on-accent:{on_accent};--ground:{ground};--ink:{ink}}}"
    "*{{box-sizing:border-box}}"
    "body{{margin:0;font:1rem/1.6 system-ui,sans-serif;background:var(--ground);color:var(--ink);"
    "overflow-wrap:anywhere}}"
    "header{{background:var(--accent);color:var(--on-accent);padding:1.5rem 1rem}}"
    "main,footer{{max-width:44rem;margin-inline:auto}}header>*{{max-width:42rem;margin-inline:auto}}"
    "h1{{font-size:1.5rem;line-height:1.25;margin-block:0}}header p{{margin-block:.25rem 0}}"
    "main{{padding:1rem}}form{{display:flex;gap:.5rem;margin:.25rem 0 1rem}}"
    "input,button{{font:inherit;padding:.55rem .75rem;border-radius:.5rem;border:1px solid var(--ink)}}"
    "input{{flex:1;min-width:0;background:var(--ground);color:var(--ink)}}"
    "button{{background:var(--accent);color:var(--on-accent);cursor:pointer}}"
    "a{{color:inherit}}article{{padding:.25rem 0 .5rem;border-top:1px solid color-mix(in srgb,var(--ink) "
    "20%,transparent);scroll-margin-top:1rem}}"
    "article:target{{border-inline-start:.3rem solid var(--accent);padding-inline-start:.75rem}}"
    "h2{{font-size:1.1rem;line-height:1.35;margin:.75rem 0 .25rem}}h2 a{{text-decoration:none}}"
    "article p{{margin:.25rem 0 .75rem}}ul{{padding-inline-start:1.25rem}}"
    "nav.languages{{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:1rem;font-size:.95rem}}"
    "nav.languages [aria-current]{{font-weight:bold;text-decoration:none}}"
    "a:focus-visible,input:focus-visible,button:focus-visible{{outline:3px solid var(--ink);"
    "outline-offset:2px}}"
)


@dataclass(frozen=True, slots=True)
class Page:
    """What one reader sees."""

    name: str
    language: str
    languages: Sequence[str]
    search: str
    found: Sequence[Article]

    @property
    def words(self) -> PageWords:
        return PAGE_WORDS[self.language]


def shown(request: Request, merchant_id: str) -> Response:
    """The page of a merchant who has written articles; whoever else there is or is not, the answer is one."""
    faq = wired().known_faq(merchant_id) if _MERCHANT.fullmatch(merchant_id) else None
    if not faq:
        return _response(404, _NOT_FOUND, style({}), "no-store")
    query = query_of(request)
    search = (query.text("q") or "").strip()[:MOST_SEARCHED]
    languages = languages_of(faq)
    accepts = str(request.headers.get("accept-language", ""))
    language = language_for(query.text("lang") or "", accepts, languages)
    shop = wired().shops.shop(merchant_id)
    page = Page(shop.name, language, languages, search, searched(faq, search, language))
    look = style(shop.colours)
    return _response(200, whole(page, look), look, f"public, max-age={KEPT_S}")


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


def style(colours: Mapping[str, str]) -> str:
    """In the shop's colours, where they are any."""
    accent, ground = (
        colour if _COLOUR.fullmatch(colour := colours.get(name, "")) else usual
        for name, usual in (("accent", _ACCENT), ("background", _BACKGROUND))
    )
    return _STYLE.format(accent=accent, on_accent=text_on(accent), ground=ground, ink=text_on(ground))


def _response(status: int, html: str, look: str, cache: str) -> Response:
    """The style alone is allowed, by its hash. Source: www.w3.org/TR/CSP3/"""
    allowed = b64encode(sha256(look.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; form-action 'self'; base-uri 'none'"
    headers: dict[str, str | list[str]] = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": f"{policy}; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": cache,
        "Vary": "Accept-Language",
    }
    return Response(html, status_code=status, headers=headers)


def _head(language: str, title: str, look: str) -> str:
    return (
        f'<!doctype html><html lang="{language}" dir="{_direction(language)}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{look}</style>"
    )


def whole(page: Page, look: str) -> str:
    """All of it; `look` is what `style` has made."""
    words, name = page.words, page.name
    title = f"{name}: {words.title}" if name else words.title
    heads = f"<h1><bdi>{escape(name)}</bdi></h1><p>{words.title}</p>" if name else f"<h1>{words.title}</h1>"
    nothing = f"<p role=status>{words.nothing}</p>" if page.search and not page.found else ""
    return (
        f"{_head(page.language, title, look)}<header>{heads}</header><main>{_form(page)}{nothing}"
        f"{_list(page)}{''.join(_article(one, page.language) for one in page.found)}{_back(page)}</main>"
        f"{_languages(page)}</html>"
    )


def _form(page: Page) -> str:
    search = escape(page.search)
    return (
        f'<form role=search><input type="hidden" name="lang" value="{page.language}">'
        f'<input type="search" name="q" value="{search}" maxlength="{MOST_SEARCHED}" dir=auto '
        f'aria-label="{page.words.search}"><button>{page.words.search}</button></form>'
    )


def _list(page: Page) -> str:
    """Of the questions, where there are many."""
    if len(page.found) < LISTED_FROM:
        return ""
    lines = "".join(
        f'<li><a href="#{one.article_id}"><bdi>{escape(one.text(page.language).question)}</bdi></a>'
        for one in page.found
    )
    return f'<nav aria-label="{page.words.title}"><ul>{lines}</ul></nav>'


def _article(one: Article, wanted: str) -> str:
    """In its own direction, where it is not written in the reader's language."""
    language = one.language(wanted)
    text = one.texts[language]
    spoken = f' lang="{language}" dir="{_direction(language)}"' if language != wanted else ""
    answer = "".join(f"<p>{_rich(part)}</p>" for part in _PARAGRAPHS.split(text.answer.strip()))
    question = f'<h2><a href="#{one.article_id}">{escape(text.question)}</a></h2>'
    return f'<article id="{one.article_id}"{spoken}>{question}{answer}</article>'


def _rich(text: str) -> str:
    """Lines stay lines, addresses can be followed."""
    made, place = [], 0
    for found in _LINK.finditer(text):
        url = escape(found[0])
        made += [escape(text[place : found.start()]), f'<a href="{url}" rel="nofollow noopener">{url}</a>']
        place = found.end()
    made.append(escape(text[place:]))
    return "".join(made).strip().replace("\n", "<br>")


def _back(page: Page) -> str:
    if not page.search:
        return ""
    return f'<p><a href="?lang={page.language}">{page.words.everything}</a></p>'


def _languages(page: Page) -> str:
    if len(page.languages) < 2:
        return ""
    search = {"q": page.search} if page.search else {}
    links = "".join(
        f'<a href="?{escape(urlencode({"lang": code} | search))}" lang="{code}" hreflang="{code}"'
        f"{' aria-current=page' if code == page.language else ''}>{PAGE_WORDS[code].own_name}</a>"
        for code in page.languages
    )
    return f'<footer><nav class="languages">{links}</nav></footer>'


def _direction(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


_NOT_FOUND: Final = (
    f"{_head('en', 'Not found', style({}))}<main><h1>Not found</h1>"
    "<p>There is no such page.</p></main></html>"
)
