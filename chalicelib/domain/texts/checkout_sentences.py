"""What a shopper reads who has sent an order from the catalogue: what it comes to, and where to pay.

No word agrees with the gender of the shopper. `{goods}` comes from the shop and never changes its form.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chalicelib.domain.languages import DEFAULT
from chalicelib.domain.texts.tones import tone_of


@dataclass(frozen=True, slots=True)
class CheckoutTexts:
    """ready: that it waits to be paid. pay: where, on a line of its own."""

    ready: str
    pay: str


def checkout_texts(language: str, tone: str | None = None) -> CheckoutTexts:
    """language: one of ours, else English. tone: as `tone_of` reads it."""
    code = language if language in _SPOKEN else DEFAULT
    friendly, polite = _SPOKEN[code]
    return friendly if tone_of(code, tone) == "friendly" else polite


def _same(ready: str, pay: str) -> tuple[CheckoutTexts, CheckoutTexts]:
    texts = CheckoutTexts(ready, pay)
    return texts, texts


# Friendly, then polite.
_SPOKEN: Final[Mapping[str, tuple[CheckoutTexts, CheckoutTexts]]] = {
    "en": _same("Your order is ready: {goods}.", "Pay here: {url}"),
    "ru": (
        CheckoutTexts("Твой заказ готов к оплате: {goods}.", "Оплатить можно здесь: {url}"),
        CheckoutTexts("Ваш заказ готов к оплате: {goods}.", "Оплатить можно здесь: {url}"),
    ),
    "ro": (
        CheckoutTexts("Comanda ta e pregătită: {goods}.", "Plătește aici: {url}"),
        CheckoutTexts("Comanda dumneavoastră este pregătită: {goods}.", "Puteți plăti aici: {url}"),
    ),
    "ar": _same("الطلب جاهز للدفع: {goods}.", "يمكن الدفع هنا: {url}"),
    "tr": (
        CheckoutTexts("Siparişin ödemeye hazır: {goods}.", "Buradan ödeyebilirsin: {url}"),
        CheckoutTexts("Siparişiniz ödemeye hazır: {goods}.", "Buradan ödeyebilirsiniz: {url}"),
    ),
    "zh": (
        CheckoutTexts("你的订单已准备好：{goods}。", "请在这里付款：{url}"),
        CheckoutTexts("您的订单已准备好：{goods}。", "请在这里付款：{url}"),
    ),
    "kk": (
        CheckoutTexts("Тапсырысың төлеуге дайын: {goods}.", "Мына жерден төлей аласың: {url}"),
        CheckoutTexts("Тапсырысыңыз төлеуге дайын: {goods}.", "Мына жерден төлей аласыз: {url}"),
    ),
    "uk": (
        CheckoutTexts("Твоє замовлення готове до оплати: {goods}.", "Оплатити можна тут: {url}"),
        CheckoutTexts("Ваше замовлення готове до оплати: {goods}.", "Оплатити можна тут: {url}"),
    ),
    "es": (
        CheckoutTexts("Tu pedido está listo: {goods}.", "Puedes pagar aquí: {url}"),
        CheckoutTexts("Su pedido está listo: {goods}.", "Puede pagar aquí: {url}"),
    ),
    "pt": _same("O seu pedido está pronto: {goods}.", "Pague aqui: {url}"),
    "fr": (
        CheckoutTexts("Ta commande est prête : {goods}.", "Tu peux payer ici : {url}"),
        CheckoutTexts("Votre commande est prête : {goods}.", "Vous pouvez payer ici : {url}"),
    ),
    "de": (
        CheckoutTexts("Deine Bestellung ist bereit: {goods}.", "Hier kannst du bezahlen: {url}"),
        CheckoutTexts("Ihre Bestellung ist bereit: {goods}.", "Hier können Sie bezahlen: {url}"),
    ),
    "hi": _same("आपका ऑर्डर तैयार है: {goods}।", "भुगतान यहाँ करें: {url}"),
    "id": (
        CheckoutTexts("Pesananmu sudah siap: {goods}.", "Bayar di sini: {url}"),
        CheckoutTexts("Pesanan Anda sudah siap: {goods}.", "Silakan bayar di sini: {url}"),
    ),
}
