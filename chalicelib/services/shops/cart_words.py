"""What a shopper reads of the cart that they have left: the shop's own words where it set them, else ours."""

from decimal import Decimal
from typing import Final

from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.goods import Line
from chalicelib.domain.commerce.recovery import StepRule
from chalicelib.domain.consent.sentences import CONSENT_TEXTS
from chalicelib.domain.content import Button, Content, File, text_content
from chalicelib.domain.file_kinds import FileRefused, taken_as
from chalicelib.domain.names import greeting_name
from chalicelib.domain.offering import paragraphs
from chalicelib.domain.texts.cart_sentences import CartTexts, cart_texts
from chalicelib.domain.texts.isolation import apart, one_line
from chalicelib.domain.texts.overrides import filled
from chalicelib.services.sending.wording import Speaker

# So many products are named, and so much of each name is shown.
MOST_ITEMS: Final = 3
LONGEST_TITLE: Final = 60
BACK: Final = "cart:back"


def reminder(speaker: Speaker, cart: Cart, rule: StepRule, number: int, takes: Capabilities) -> Content:
    """The reminder of a step in the best form that the channel has: below the first product's picture, or
    with a button that leads back to the cart; else with its link in the words."""
    own = rule.texts.get(speaker.code, "")
    text = _told(speaker, cart, rule, number, own)
    texts = cart_texts(speaker.code, speaker.shop.tone)
    is_linked = bool(cart.url) and cart.url not in text
    picture = picture_of(cart, takes) if rule.has_picture else None
    if picture is not None:
        link = f"{texts.back}: {cart.url}" if is_linked else ""
        return Content(kind="image", file=picture, text=paragraphs(text, link, _stop(texts, speaker.code)))
    text = paragraphs(text, _stop(texts, speaker.code))
    if not is_linked:
        return text_content(text)
    return Content(kind="buttons", text=text, buttons=(Button(id=BACK, title=texts.back, url=cart.url),))


def picture_of(cart: Cart, takes: Capabilities) -> File | None:
    """Of the first line that has one, where the channel takes it as a picture with words."""
    url = next((line.picture for line in cart.lines if line.picture), "")
    if not url or takes.caption is None or "image" not in takes.captioned:
        return None
    try:
        return File(url=url) if taken_as("image", File(url=url), takes) == "image" else None
    except FileRefused:
        return None


def values(speaker: Speaker, cart: Cart, code: str) -> dict[str, str]:
    """What a shop's own text, or a template, may name of a cart; '' for what there is not. Nothing unseen
    stands around codes and links, which are copied."""
    first = cart.lines[0].title if cart.lines else ""
    return {
        "name": apart(greeting_name(speaker.name), speaker.code),
        "shop": apart(one_line(speaker.shop.name), speaker.code),
        "items": items_told(cart, speaker.code, cart_texts(speaker.code).comma),
        "first_item": _title(first),
        "total": apart(price_told(cart.total, cart.currency, speaker.code, cart.buyer.country), speaker.code),
        "url": cart.url,
        "code": code,
    }


def items_told(cart: Cart, language: str, comma: str) -> str:
    """The first products, and how many more there are."""
    named = [apart(_item(line), language) for line in cart.lines[:MOST_ITEMS]]
    more = [f"+{len(cart.lines) - MOST_ITEMS}"] if len(cart.lines) > MOST_ITEMS else []
    return comma.join([*named, *more])


def price_told(amount: Decimal, currency: str, language: str, country: str = "") -> str:
    """As people write it who read this language, there where the buyer lives; '' where nobody knows of which
    currency it is."""
    from babel.numbers import format_currency

    if not currency or not amount:
        return ""
    return format_currency(amount, currency, locale=_locale(language, country))


def _locale(language: str, country: str) -> str:
    from babel.core import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(f"{language}_{country}")) if country else language
    except (UnknownLocaleError, ValueError):
        return language


def _told(speaker: Speaker, cart: Cart, rule: StepRule, number: int, own: str) -> str:
    known = values(speaker, cart, rule.code)
    if own:
        return filled(own, known, speaker.code)
    texts = cart_texts(speaker.code, speaker.shop.tone)
    hello = speaker.texts.hello_name.format(name=known["name"]) if known["name"] else speaker.texts.hello
    sentence = filled(texts.first if number == 1 else texts.again, known, speaker.code)
    code = texts.code.format(code=known["code"]) if rule.code else ""
    return paragraphs(speaker.texts.joint.join((hello, sentence)), code)


def _stop(texts: CartTexts, language: str) -> str:
    return texts.stop.format(stop=CONSENT_TEXTS[language].stop)


def _item(line: Line) -> str:
    title = _title(line.title)
    named = f"{title} ({one_line(line.variant)})" if line.variant else title
    return f"{line.quantity} × {named}" if line.quantity > 1 else named


def _title(title: str) -> str:
    plain = one_line(title)
    return plain if len(plain) <= LONGEST_TITLE else f"{plain[: LONGEST_TITLE - 1].rstrip()}…"
