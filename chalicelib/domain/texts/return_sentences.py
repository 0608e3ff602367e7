"""What is told of a return, in fourteen languages and two tones.

Numbers, amounts and addresses come from outside and never change their form: each stands after a colon or
alone. Nothing agrees with the gender or number of who reads; what a language says to a friend and to a
stranger alike stands once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from chalicelib.domain.languages import DEFAULT
from chalicelib.domain.texts.tones import tone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTexts:
    """order: the head, with `{number}`; alone: where it has none. Then a sentence for each state; refunded
    takes `{amount}`, refunded_alone stands where nobody tells it. label takes `{url}`."""

    order: str
    alone: str
    requested: str
    approved: str
    received: str
    refunded: str
    refunded_alone: str
    declined: str
    withdrawn: str
    label: str


_FRIENDLY: Final[Mapping[str, ReturnTexts]] = {
    "en": ReturnTexts(
        order="Return for order {number}",
        alone="Your return",
        requested="We have noted it. As soon as it is decided, we will write here.",
        approved="It is approved and can be sent back now.",
        received="It has arrived with us, and we are checking it.",
        refunded="We have refunded: {amount}",
        refunded_alone="The money has been sent back.",
        declined="We are sorry: this return cannot be accepted.",
        withdrawn="The return has been withdrawn.",
        label="Return label: {url}",
    ),
    "ru": ReturnTexts(
        order="Возврат по заказу {number}",
        alone="Возврат",
        requested="Заявка принята. Как только будет решение, мы напишем сюда.",
        approved="Возврат одобрен: товар можно отправлять.",
        received="Товар у нас, мы его проверяем.",
        refunded="Мы вернули: {amount}",
        refunded_alone="Деньги отправлены обратно.",
        declined="К сожалению, принять этот возврат мы не можем.",
        withdrawn="Заявка на возврат снята.",
        label="Этикетка для возврата: {url}",
    ),
    "ro": ReturnTexts(
        order="Retur pentru comanda {number}",
        alone="Retur",
        requested="Am înregistrat cererea. De îndată ce se ia o decizie, scriem aici.",
        approved="Returul este aprobat: produsele pot fi trimise înapoi.",
        received="Coletul a ajuns la noi și îl verificăm.",
        refunded="Am rambursat: {amount}",
        refunded_alone="Banii au fost trimiși înapoi.",
        declined="Ne pare rău: acest retur nu poate fi acceptat.",
        withdrawn="Cererea de retur a fost retrasă.",
        label="Eticheta de retur: {url}",
    ),
    "ar": ReturnTexts(
        order="إرجاع من الطلب {number}",
        alone="طلب الإرجاع",
        requested="سجّلنا طلب الإرجاع، وسنكتب هنا فور اتخاذ القرار.",
        approved="تمت الموافقة على الإرجاع: يمكن إرسال المنتجات الآن.",
        received="وصلت المنتجات إلينا، ونحن نفحصها.",
        refunded="المبلغ المُعاد: {amount}",
        refunded_alone="تمت إعادة المبلغ.",
        declined="نأسف: لا يمكن قبول هذا الإرجاع.",
        withdrawn="تم سحب طلب الإرجاع.",
        label="ملصق الإرجاع: {url}",
    ),
    "tr": ReturnTexts(
        order="İade, sipariş {number}",
        alone="İade",
        requested="İade talebi alındı. Karar verilir verilmez buraya yazacağız.",
        approved="İade onaylandı: ürünler geri gönderilebilir.",
        received="İade bize ulaştı, inceliyoruz.",
        refunded="İade edilen tutar: {amount}",
        refunded_alone="Ödeme iade edildi.",
        declined="Üzgünüz: bu iade kabul edilemiyor.",
        withdrawn="İade talebi geri çekildi.",
        label="İade etiketi: {url}",
    ),
    "zh": ReturnTexts(
        order="订单 {number} 的退货",
        alone="退货",
        requested="退货申请已收到。有结果后，我们会在这里告知。",
        approved="退货已批准，商品可以寄回了。",
        received="退货已收到，我们正在查验。",
        refunded="已退款：{amount}",
        refunded_alone="款项已退回。",
        declined="很抱歉，这次退货无法受理。",
        withdrawn="退货申请已撤回。",
        label="退货标签：{url}",
    ),
    "kk": ReturnTexts(
        order="Қайтару, тапсырыс {number}",
        alone="Қайтару",
        requested="Қайтару өтінімі қабылданды. Шешім шыққан бойда осында жазамыз.",
        approved="Қайтару мақұлданды: тауарды жіберуге болады.",
        received="Тауар бізге жетті, тексеріп жатырмыз.",
        refunded="Қайтарылған сома: {amount}",
        refunded_alone="Ақша қайтарылды.",
        declined="Өкінішке қарай, бұл қайтаруды қабылдай алмаймыз.",
        withdrawn="Қайтару өтінімі кері алынды.",
        label="Қайтару жапсырмасы: {url}",
    ),
    "uk": ReturnTexts(
        order="Повернення за замовленням {number}",
        alone="Повернення",
        requested="Заявку прийнято. Щойно буде рішення, ми напишемо сюди.",
        approved="Повернення схвалено: товар можна надсилати.",
        received="Товар у нас, ми його перевіряємо.",
        refunded="Ми повернули: {amount}",
        refunded_alone="Гроші надіслано назад.",
        declined="На жаль, прийняти це повернення ми не можемо.",
        withdrawn="Заявку на повернення знято.",
        label="Етикетка для повернення: {url}",
    ),
    "es": ReturnTexts(
        order="Devolución del pedido {number}",
        alone="Devolución",
        requested="Hemos anotado la solicitud. En cuanto haya una decisión, escribiremos aquí.",
        approved="La devolución está aprobada: ya se puede enviar.",
        received="La devolución ha llegado y la estamos revisando.",
        refunded="Hemos reembolsado: {amount}",
        refunded_alone="Hemos devuelto el dinero.",
        declined="Lo sentimos: no podemos aceptar esta devolución.",
        withdrawn="La solicitud de devolución queda retirada.",
        label="Etiqueta de devolución: {url}",
    ),
    "pt": ReturnTexts(
        order="Devolução do pedido {number}",
        alone="Devolução",
        requested="Registramos a solicitação. Assim que houver uma decisão, escreveremos aqui.",
        approved="A devolução foi aprovada: já pode ser enviada.",
        received="A devolução chegou e está em conferência.",
        refunded="Reembolso feito: {amount}",
        refunded_alone="O dinheiro foi devolvido.",
        declined="Lamentamos: não podemos aceitar esta devolução.",
        withdrawn="A solicitação de devolução foi retirada.",
        label="Etiqueta de devolução: {url}",
    ),
    "fr": ReturnTexts(
        order="Retour de la commande {number}",
        alone="Retour",
        requested="La demande est bien notée. Dès qu’une décision sera prise, nous écrirons ici.",
        approved="Le retour est accepté : le colis peut partir.",
        received="Le retour est arrivé, nous le vérifions.",
        refunded="Montant remboursé : {amount}",
        refunded_alone="Le remboursement est fait.",
        declined="Malheureusement, ce retour ne peut pas être accepté.",
        withdrawn="La demande de retour est retirée.",
        label="Étiquette de retour : {url}",
    ),
    "de": ReturnTexts(
        order="Rückgabe zu Bestellung {number}",
        alone="Rückgabe",
        requested="Die Rückgabe ist notiert. Sobald darüber entschieden ist, melden wir uns hier.",
        approved="Die Rückgabe ist genehmigt: Die Ware kann zurückgeschickt werden.",
        received="Die Rücksendung ist angekommen und wird geprüft.",
        refunded="Erstattet: {amount}",
        refunded_alone="Das Geld ist auf dem Weg zurück.",
        declined="Leider können wir diese Rückgabe nicht annehmen.",
        withdrawn="Die Rückgabe ist zurückgezogen.",
        label="Rücksendeetikett: {url}",
    ),
    "hi": ReturnTexts(
        order="ऑर्डर {number} की वापसी",
        alone="वापसी",
        requested="वापसी का अनुरोध दर्ज हो गया है। निर्णय होते ही हम यहाँ लिखेंगे।",
        approved="वापसी मंज़ूर हो गई है: सामान अब वापस भेजा जा सकता है।",
        received="सामान हमारे पास पहुँच गया है और उसकी जाँच चल रही है।",
        refunded="लौटाई गई राशि: {amount}",
        refunded_alone="पैसे लौटा दिए गए हैं।",
        declined="खेद है, यह वापसी स्वीकार नहीं हो सकती।",
        withdrawn="वापसी का अनुरोध वापस ले लिया गया है।",
        label="वापसी का लेबल: {url}",
    ),
    "id": ReturnTexts(
        order="Pengembalian untuk pesanan {number}",
        alone="Pengembalian",
        requested="Permintaan pengembalian sudah dicatat. Begitu ada keputusan, kami akan menulis di sini.",
        approved="Pengembalian disetujui: barang sudah bisa dikirim kembali.",
        received="Barang sudah kami terima dan sedang diperiksa.",
        refunded="Dana yang dikembalikan: {amount}",
        refunded_alone="Dana sudah dikembalikan.",
        declined="Maaf, pengembalian ini tidak bisa kami terima.",
        withdrawn="Permintaan pengembalian sudah ditarik.",
        label="Label pengembalian: {url}",
    ),
}
# What a polite shop says first to who asks.
_THANKS: Final[Mapping[str, str]] = {
    "en": "Thank you.",
    "ru": "Благодарим вас.",
    "ro": "Vă mulțumim.",
    "ar": "شكرًا لكم.",
    "tr": "Teşekkür ederiz.",
    "zh": "感谢您。",
    "kk": "Сізге рақмет.",
    "uk": "Дякуємо вам.",
    "es": "Muchas gracias.",
    "pt": "Agradecemos.",
    "fr": "Nous vous remercions.",
    "de": "Vielen Dank.",
    "hi": "आपका धन्यवाद।",
    "id": "Terima kasih.",
}
_POLITE: Final = {
    code: replace(texts, requested=f"{_THANKS[code]} {texts.requested}") for code, texts in _FRIENDLY.items()
}
# A language in both tones, the friendly one first.
ALL: Final = {code: (texts, _POLITE[code]) for code, texts in _FRIENDLY.items()}


def return_texts(language: str, tone: str | None = None) -> ReturnTexts:
    """language: one of ours, else English. tone: as `tone_of` reads it."""
    code = language if language in ALL else DEFAULT
    friendly, polite = ALL[code]
    return friendly if tone_of(code, tone) == "friendly" else polite
