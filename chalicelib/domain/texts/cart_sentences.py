"""What a reminder of a cart says, in each language and both tones.

No word agrees with the gender of the shopper. `{items}` and `{total}` come from the shop and never change
their form; without a total its brackets go too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from chalicelib.domain.languages import DEFAULT
from chalicelib.domain.texts.tones import tone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CartTexts:
    """first: after they have left it; again: of every further reminder. code: that there is a discount.
    back: for the button, 20 characters at most. stop: how to hear no more of it. comma: between products."""

    first: str
    again: str
    code: str
    back: str
    stop: str
    comma: str = ", "


@dataclass(frozen=True, slots=True)
class _Spoken:
    friendly: CartTexts
    polite: CartTexts


def cart_texts(language: str, tone: str | None = None) -> CartTexts:
    """language: one of ours, else English. tone: as `tone_of` reads it."""
    code = language if language in _SPOKEN else DEFAULT
    spoken = _SPOKEN[code]
    return spoken.friendly if tone_of(code, tone) == "friendly" else spoken.polite


def _same(texts: CartTexts) -> _Spoken:
    return _Spoken(texts, texts)


def _both(friendly: CartTexts, first: str, again: str) -> _Spoken:
    return _Spoken(friendly, replace(friendly, first=first, again=again))


_ENGLISH: Final = CartTexts(
    first="There's something left in your cart: {items} ({total}).",
    again="Your cart is still waiting: {items} ({total}).",
    code="Discount code: {code}",
    back="Back to the cart",
    stop="No more reminders: {stop}",
)
_RUSSIAN: Final = CartTexts(
    first="В твоей корзине кое-что осталось: {items} ({total}).",
    again="Твоя корзина всё ещё ждёт: {items} ({total}).",
    code="Промокод: {code}",
    back="Вернуться в корзину",
    stop="Больше не напоминать: {stop}",
)
_ROMANIAN: Final = CartTexts(
    first="A mai rămas ceva în coșul tău: {items} ({total}).",
    again="Coșul tău te așteaptă în continuare: {items} ({total}).",
    code="Cod de reducere: {code}",
    back="Înapoi la coș",
    stop="Fără alte mementouri: {stop}",
)
_ARABIC: Final = CartTexts(
    first="بقيت منتجات في سلة التسوق: {items} ({total}).",
    again="سلة التسوق ما زالت في الانتظار: {items} ({total}).",
    code="رمز الخصم: {code}",
    back="العودة إلى السلة",
    stop="لإيقاف التذكيرات: {stop}",
    comma="، ",
)
_TURKISH: Final = CartTexts(
    first="Sepetinde ürün kaldı: {items} ({total}).",
    again="Sepetin hâlâ seni bekliyor: {items} ({total}).",
    code="İndirim kodu: {code}",
    back="Sepete dön",
    stop="Hatırlatmaları durdurmak için: {stop}",
)
_CHINESE: Final = CartTexts(
    first="你的购物车里还有商品：{items}（{total}）。",
    again="购物车还为你保留着：{items}（{total}）。",
    code="优惠码：{code}",
    back="返回购物车",
    stop="不再接收提醒：{stop}",
    comma="、",
)
_KAZAKH: Final = CartTexts(
    first="Себетіңде тауар қалды: {items} ({total}).",
    again="Себетің әлі күтіп тұр: {items} ({total}).",
    code="Жеңілдік коды: {code}",
    back="Себетке оралу",
    stop="Ескертулерді тоқтату: {stop}",
)
_UKRAINIAN: Final = CartTexts(
    first="У твоєму кошику дещо залишилося: {items} ({total}).",
    again="Твій кошик досі чекає: {items} ({total}).",
    code="Промокод: {code}",
    back="Назад до кошика",
    stop="Більше не нагадувати: {stop}",
)
_SPANISH: Final = CartTexts(
    first="Queda algo en tu carrito: {items} ({total}).",
    again="Tu carrito te sigue esperando: {items} ({total}).",
    code="Código de descuento: {code}",
    back="Volver al carrito",
    stop="No recibir más recordatorios: {stop}",
)
_PORTUGUESE: Final = CartTexts(
    first="Ficou algo no seu carrinho: {items} ({total}).",
    again="O seu carrinho continua à espera: {items} ({total}).",
    code="Código de desconto: {code}",
    back="Voltar ao carrinho",
    stop="Não receber mais lembretes: {stop}",
)
_FRENCH: Final = CartTexts(
    first="Il reste quelque chose dans ton panier : {items} ({total}).",
    again="Ton panier t'attend toujours : {items} ({total}).",
    code="Code de réduction : {code}",
    back="Retour au panier",
    stop="Ne plus recevoir de rappels : {stop}",
)
_GERMAN: Final = CartTexts(
    first="In deinem Warenkorb liegt noch etwas: {items} ({total}).",
    again="Dein Warenkorb wartet noch: {items} ({total}).",
    code="Rabattcode: {code}",
    back="Zum Warenkorb",
    stop="Keine Erinnerungen mehr: {stop}",
)
_HINDI: Final = CartTexts(
    first="आपके कार्ट में अभी कुछ बाकी है: {items} ({total})।",
    again="आपका कार्ट अब भी इंतज़ार कर रहा है: {items} ({total})।",
    code="छूट कोड: {code}",
    back="कार्ट पर वापस जाएँ",
    stop="और याद न दिलाने के लिए: {stop}",
)
_INDONESIAN: Final = CartTexts(
    first="Masih ada barang di keranjangmu: {items} ({total}).",
    again="Keranjangmu masih menunggu: {items} ({total}).",
    code="Kode diskon: {code}",
    back="Kembali ke keranjang",
    stop="Berhenti menerima pengingat: {stop}",
)

_SPOKEN: Final[Mapping[str, _Spoken]] = {
    "en": _same(_ENGLISH),
    "ru": _both(
        _RUSSIAN,
        "В вашей корзине кое-что осталось: {items} ({total}).",
        "Ваша корзина всё ещё ждёт: {items} ({total}).",
    ),
    "ro": _both(
        _ROMANIAN,
        "A mai rămas ceva în coșul dumneavoastră: {items} ({total}).",
        "Coșul dumneavoastră vă așteaptă în continuare: {items} ({total}).",
    ),
    "ar": _same(_ARABIC),
    "tr": _both(
        _TURKISH,
        "Sepetinizde ürün kaldı: {items} ({total}).",
        "Sepetiniz hâlâ sizi bekliyor: {items} ({total}).",
    ),
    "zh": _both(
        _CHINESE, "您的购物车里还有商品：{items}（{total}）。", "购物车还为您保留着：{items}（{total}）。"
    ),
    "kk": _both(
        _KAZAKH, "Себетіңізде тауар қалды: {items} ({total}).", "Себетіңіз әлі күтіп тұр: {items} ({total})."
    ),
    "uk": _both(
        _UKRAINIAN,
        "У вашому кошику дещо залишилося: {items} ({total}).",
        "Ваш кошик досі чекає: {items} ({total}).",
    ),
    "es": _both(
        _SPANISH,
        "Queda algo en su carrito: {items} ({total}).",
        "Su carrito le sigue esperando: {items} ({total}).",
    ),
    "pt": _same(_PORTUGUESE),
    "fr": _both(
        _FRENCH,
        "Il reste quelque chose dans votre panier : {items} ({total}).",
        "Votre panier vous attend toujours : {items} ({total}).",
    ),
    "de": _both(
        _GERMAN,
        "In Ihrem Warenkorb liegt noch etwas: {items} ({total}).",
        "Ihr Warenkorb wartet noch: {items} ({total}).",
    ),
    "hi": _same(_HINDI),
    "id": _both(
        _INDONESIAN,
        "Masih ada barang di keranjang Anda: {items} ({total}).",
        "Keranjang Anda masih menunggu: {items} ({total}).",
    ),
}
