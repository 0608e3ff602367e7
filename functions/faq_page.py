"""The FAQ as a page: no scripts, no cookies, nothing fetched from elsewhere, everything escaped."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import urlencode

from chalice.app import Request, Response

from chalicelib.domain.faq.articles import Article
from chalicelib.domain.faq.page_words import PAGE_WORDS, PageWords
from chalicelib.domain.faq.reading import MOST_SEARCHED, language_for, languages_of, searched
from functions.api import query_of
from functions.looks import colours_of, direction, page_of
from functions.wiring import wired

KEPT_S: Final = 60
LISTED_FROM: Final = 6  # articles: so many begin with a list of the questions
_MERCHANT: Final = re.compile(r"mt_[0-9a-f]{6,40}")
_LINK: Final = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
_PARAGRAPHS: Final = re.compile(r"\n\s*\n")
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
        return page_of(404, _NOT_FOUND, style({}), "no-store")
    query = query_of(request)
    search = (query.text("q") or "").strip()[:MOST_SEARCHED]
    languages = languages_of(faq)
    accepts = str(request.headers.get("accept-language", ""))
    language = language_for(query.text("lang") or "", accepts, languages)
    shop = wired().shops.shop(merchant_id)
    page = Page(shop.name, language, languages, search, searched(faq, search, language))
    look = style(shop.colours)
    return page_of(200, whole(page, look), look, f"public, max-age={KEPT_S}")


def style(colours: Mapping[str, str]) -> str:
    """In the shop's colours, where they are any."""
    return _STYLE.format_map(colours_of(colours))


def _head(language: str, title: str, look: str) -> str:
    return (
        f'<!doctype html><html lang="{language}" dir="{direction(language)}"><meta charset="utf-8">'
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
    spoken = f' lang="{language}" dir="{direction(language)}"' if language != wanted else ""
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


_NOT_FOUND: Final = (
    f"{_head('en', 'Not found', style({}))}<main><h1>Not found</h1>"
    "<p>There is no such page.</p></main></html>"
)
