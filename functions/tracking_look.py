"""How an order's page looks: readable on a phone, from either side, in whatever colours the shop has."""

from collections.abc import Mapping
from typing import Final

from functions.looks import colours_of

_STYLE: Final = (
    ":root{{--accent:{accent};--on-accent:{on_accent};--ground:{ground};--ink:{ink}}}"
    "*,::before,::after{{box-sizing:border-box}}"
    "body{{margin:0;font:1rem/1.5 system-ui,sans-serif;background:var(--ground);color:var(--ink);"
    "overflow-wrap:anywhere}}"
    "header{{background:var(--accent);color:var(--on-accent)}}"
    "header div{{display:flex;align-items:center;gap:.75rem;padding:1rem;font-weight:bold}}"
    "header img{{height:2.75rem;max-width:9rem;object-fit:contain}}"
    "header div,main,footer{{max-width:44rem;margin-inline:auto}}main{{padding:.5rem 1rem 2rem}}"
    "h1{{font-size:1.6rem;line-height:1.2;margin:1.25rem 0 .5rem}}"
    "h2{{font-size:1.1rem;line-height:1.3;margin:2rem 0 .75rem}}"
    ".now{{font-size:1.15rem;margin:0 0 1rem}}"
    ".day{{display:inline-block;margin:0;padding:.5rem .85rem;border:2px solid var(--ink);"
    "border-radius:.75rem}}"
    ".day b{{display:block;font-size:1.15rem}}"
    "ol,ul{{list-style:none;margin:0;padding:0}}a{{color:inherit}}"
    ".way li{{position:relative;padding-block:0 1.1rem;padding-inline-start:2.5rem;min-height:2.6rem}}"
    ".way li::before{{content:'';position:absolute;inset-inline-start:0;top:0;width:1.6rem;height:1.6rem;"
    "border-radius:50%;border:2px dashed var(--ink);background:var(--ground);text-align:center;"
    "font:bold 1rem/1.3rem system-ui,sans-serif;z-index:1}}"
    ".way li:not(:last-child)::after{{content:'';position:absolute;inset-inline-start:calc(.8rem - 1px);"
    "top:1.6rem;bottom:0;border-inline-start:2px dashed var(--ink)}}"
    ".way .done::before,.way .here::before{{content:'\\2713';border-style:solid;background:var(--accent);"
    "color:var(--on-accent)}}.way .here::before{{content:'';outline:2px solid var(--ink);"
    "outline-offset:2px}}.way .here:last-child::before{{content:'\\2713'}}"
    ".way .odd:last-child::before{{content:'!'}}"
    ".way .done:not(:last-child)::after{{border-inline-start-style:solid}}"
    ".way .here{{font-weight:bold}}"
    "dl{{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:.5rem 0 1rem}}"
    "dd{{margin:0;font-weight:bold}}"
    ".button{{display:inline-block;padding:.6rem 1rem;border-radius:.6rem;border:2px solid var(--ink);"
    "background:var(--accent);color:var(--on-accent);text-decoration:none;font-weight:bold}}"
    ".lines li{{display:flex;gap:.75rem;align-items:center;padding-block:.5rem;"
    "border-bottom:1px solid color-mix(in srgb,var(--ink) 25%,transparent)}}"
    ".lines img{{width:3.25rem;height:3.25rem;object-fit:cover;border-radius:.4rem;flex:none}}"
    ".lines span{{flex:1}}"
    ".picks{{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr));gap:1rem}}"
    ".picks a{{display:block;height:100%;text-decoration:none;border-radius:.6rem;"
    "border:1px solid color-mix(in srgb,var(--ink) 25%,transparent);overflow:hidden}}"
    ".picks img{{display:block;width:100%;aspect-ratio:1;object-fit:cover}}"
    ".picks span{{display:block;padding:.5rem .65rem 0;text-decoration:underline}}"
    ".picks b{{display:block;padding:0 .65rem}}.picks a>:last-child{{padding-bottom:.6rem}}"
    "nav{{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:1rem;font-size:.95rem}}"
    "nav [aria-current]{{font-weight:bold;text-decoration:none}}"
    "@media(min-width:60rem){{header div,main,footer{{max-width:62rem}}main{{display:grid;"
    "grid-template-columns:1fr 1fr;column-gap:4rem}}h1,.all{{grid-column:1/-1}}"
    "main>div:not(.all)>h2:first-child{{margin-top:.25rem}}}}"
    "a:focus-visible{{outline:3px solid var(--ink);outline-offset:2px}}"
)


def style(colours: Mapping[str, str]) -> str:
    """In the shop's colours, where they are any."""
    return _STYLE.format_map(colours_of(colours))
