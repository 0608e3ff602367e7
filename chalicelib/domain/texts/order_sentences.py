"""What is asked of who wants to know where their order is, in fourteen languages and two tones.

None of it tells whether there is such an order: the words are the same where a number is wrong, where an
e-mail is, and where both are. How an order stands is told in the words of `update_texts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from chalicelib.domain.languages import DEFAULT
from chalicelib.domain.texts.tones import tone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTexts:
    """number: asks for the order's number. proof: asks for its e-mail or postcode. not_found: both may be
    wrong. which: stands above a button for each order; order: such a button, with `{number}`."""

    number: str
    proof: str
    not_found: str
    which: str
    order: str


_EN: Final = OrderTexts(
    number="Happy to check! What is the order number?",
    proof="Thanks! To keep your order private, please also send the e-mail address or the postcode given "
    "with it.",
    not_found="We could not find it with these details. Please check the order number and the e-mail address "
    "or postcode, and send them together.",
    which="Which order is it about?",
    order="Order {number}",
)
_RU: Final = OrderTexts(
    number="Сейчас посмотрим! Напишите, пожалуйста, номер заказа.",
    proof="Спасибо! Чтобы о заказе не узнал никто посторонний, пришлите ещё электронную почту или почтовый "
    "индекс, указанные при оформлении.",
    not_found="По этим данным ничего не нашлось. Проверьте, пожалуйста, номер заказа и почту или индекс и "
    "пришлите их вместе.",
    which="О каком заказе речь?",
    order="Заказ {number}",
)
_RO: Final = OrderTexts(
    number="Verificăm imediat! Care este numărul comenzii?",
    proof="Mulțumim! Pentru ca datele comenzii să rămână private, trimite-ne și adresa de e-mail sau codul "
    "poștal din comandă.",
    not_found="Nu am găsit nimic cu aceste date. Verifică numărul comenzii și adresa de e-mail sau codul "
    "poștal și trimite-le împreună.",
    which="Despre ce comandă este vorba?",
    order="Comanda {number}",
)
_AR: Final = OrderTexts(
    number="يسعدنا التحقق من ذلك. ما رقم الطلب؟",
    proof="شكرًا! حفاظًا على خصوصية الطلب، نحتاج أيضًا إلى البريد الإلكتروني أو الرمز البريدي المسجَّل فيه.",
    not_found="لم نجد شيئًا بهذه البيانات. نرجو التأكد من رقم الطلب ومن البريد الإلكتروني أو الرمز البريدي، "
    "وإرسالها معًا.",
    which="ما الطلب المقصود؟",
    order="الطلب {number}",
)
_TR: Final = OrderTexts(
    number="Hemen bakalım! Sipariş numarasını yazar mısınız?",
    proof="Teşekkürler! Sipariş bilgilerinin gizli kalması için siparişte verilen e-posta adresini veya "
    "posta kodunu da yazar mısınız?",
    not_found="Bu bilgilerle bir şey bulamadık. Lütfen sipariş numarasını ve e-posta adresini veya posta "
    "kodunu kontrol edip birlikte gönderin.",
    which="Hangi sipariş?",
    order="Sipariş {number}",
)
_ZH: Final = OrderTexts(
    number="好的，马上查！请把订单号发给我们。",
    proof="谢谢！为了保护订单隐私，请再发一下下单时填写的邮箱或邮编。",
    not_found="用这些信息没有查到。请核对订单号以及邮箱或邮编，然后一起发给我们。",
    which="是哪个订单？",
    order="订单 {number}",
)
_KK: Final = OrderTexts(
    number="Қазір тексереміз! Тапсырыс нөмірін жазыңызшы.",
    proof="Рақмет! Тапсырыс туралы бөгде адам білмеуі үшін оған көрсетілген электрондық поштаны немесе пошта "
    "индексін де жазыңызшы.",
    not_found="Бұл деректер бойынша ештеңе табылмады. Тапсырыс нөмірін және электрондық пошта мен индексті "
    "тексеріп, бірге жіберіңізші.",
    which="Қай тапсырыс туралы?",
    order="Тапсырыс {number}",
)
_UK: Final = OrderTexts(
    number="Зараз подивимося! Напишіть, будь ласка, номер замовлення.",
    proof="Дякуємо! Щоб про замовлення не дізнався ніхто сторонній, надішліть ще електронну пошту або "
    "поштовий індекс, вказані під час оформлення.",
    not_found="За цими даними нічого не знайшлося. Перевірте, будь ласка, номер замовлення та пошту або "
    "індекс і надішліть їх разом.",
    which="Про яке замовлення йдеться?",
    order="Замовлення {number}",
)
_ES: Final = OrderTexts(
    number="¡Enseguida lo miramos! ¿Cuál es el número de pedido?",
    proof="¡Gracias! Para proteger los datos del pedido, envíanos también el correo electrónico o el código "
    "postal que se indicó en él.",
    not_found="No hemos encontrado nada con estos datos. Revisa el número de pedido y el correo electrónico "
    "o el código postal, y envíalos juntos.",
    which="¿De qué pedido se trata?",
    order="Pedido {number}",
)
_PT: Final = OrderTexts(
    number="Vamos ver isso já! Qual é o número do pedido?",
    proof="Agradecemos! Para proteger os dados do pedido, envie também o e-mail ou o código postal (CEP) "
    "informado nele.",
    not_found="Não encontramos nada com esses dados. Confira o número do pedido e o e-mail ou o código "
    "postal (CEP) e envie tudo junto.",
    which="É sobre qual pedido?",
    order="Pedido {number}",
)
_FR: Final = OrderTexts(
    number="On regarde tout de suite ! Quel est le numéro de commande ?",
    proof="Merci ! Pour que les informations de la commande restent privées, envoie-nous aussi l'adresse e-"
    "mail ou le code postal indiqué lors de l'achat.",
    not_found="Nous n'avons rien trouvé avec ces informations. Vérifie le numéro de commande et l'adresse e-"
    "mail ou le code postal, puis envoie-les ensemble.",
    which="De quelle commande s'agit-il ?",
    order="Commande {number}",
)
_DE: Final = OrderTexts(
    number="Wir schauen gleich nach! Wie lautet die Bestellnummer?",
    proof="Danke! Damit niemand sonst etwas über die Bestellung erfährt, schicken Sie uns bitte noch die E-"
    "Mail-Adresse oder die Postleitzahl, die dabei angegeben wurde.",
    not_found="Mit diesen Angaben haben wir nichts gefunden. Bitte prüfen Sie die Bestellnummer und die E-"
    "Mail-Adresse oder Postleitzahl und schicken Sie uns beides zusammen.",
    which="Um welche Bestellung geht es?",
    order="Bestellung {number}",
)
_HI: Final = OrderTexts(
    number="अभी देखते हैं! कृपया ऑर्डर नंबर बताएँ।",
    proof="धन्यवाद! ऑर्डर की जानकारी सुरक्षित रखने के लिए, उसमें दिया गया ई-मेल पता या पिन कोड भी भेजें।",
    not_found="इस जानकारी से कुछ नहीं मिला। कृपया ऑर्डर नंबर और ई-मेल पता या पिन कोड जाँचकर एक साथ भेजें।",
    which="किस ऑर्डर के बारे में जानना है?",
    order="ऑर्डर {number}",
)
_ID: Final = OrderTexts(
    number="Kami cek sekarang! Berapa nomor pesanannya?",
    proof="Terima kasih! Supaya data pesanan tetap aman, kirimkan juga alamat e-mail atau kode pos yang "
    "dipakai saat memesan.",
    not_found="Tidak ada yang cocok dengan data ini. Coba periksa nomor pesanan dan alamat e-mail atau kode "
    "posnya, lalu kirimkan bersama-sama.",
    which="Tentang pesanan yang mana?",
    order="Pesanan {number}",
)

# The friendly tone first, the polite one second.
_ALL: Final[Mapping[str, tuple[OrderTexts, OrderTexts]]] = {
    "en": (_EN, replace(_EN, number="We will gladly check. What is the order number, please?")),
    "ru": (
        replace(
            _RU,
            number="Сейчас посмотрим! Напиши номер заказа.",
            proof="Спасибо! Чтобы о заказе не узнал никто посторонний, пришли ещё электронную почту или "
            "почтовый индекс, указанные при оформлении.",
            not_found="По этим данным ничего не нашлось. Проверь номер заказа и почту или индекс и пришли их "
            "вместе.",
        ),
        _RU,
    ),
    "ro": (
        _RO,
        replace(
            _RO,
            number="Verificăm imediat. Care este numărul comenzii, vă rugăm?",
            proof="Mulțumim! Pentru ca datele comenzii să rămână private, vă rugăm să ne trimiteți și adresa "
            "de e-mail sau codul poștal din comandă.",
            not_found="Nu am găsit nimic cu aceste date. Vă rugăm să verificați numărul comenzii și adresa "
            "de e-mail sau codul poștal și să le trimiteți împreună.",
        ),
    ),
    "ar": (_AR, _AR),
    "tr": (
        replace(
            _TR,
            number="Hemen bakalım! Sipariş numarasını yazar mısın?",
            proof="Teşekkürler! Sipariş bilgilerinin gizli kalması için siparişte verilen e-posta adresini "
            "veya posta kodunu da yazar mısın?",
            not_found="Bu bilgilerle bir şey bulamadık. Sipariş numarasını ve e-posta adresini veya posta "
            "kodunu kontrol edip birlikte gönder.",
        ),
        _TR,
    ),
    "zh": (_ZH, replace(_ZH, number="好的，马上为您查询。请提供订单号。", which="请问是哪个订单？")),
    "kk": (
        replace(
            _KK,
            number="Қазір тексереміз! Тапсырыс нөмірін жазшы.",
            proof="Рақмет! Тапсырыс туралы бөгде адам білмеуі үшін оған көрсетілген электрондық поштаны "
            "немесе пошта индексін де жазшы.",
            not_found="Бұл деректер бойынша ештеңе табылмады. Тапсырыс нөмірін және электрондық пошта мен "
            "индексті тексеріп, бірге жіберші.",
        ),
        _KK,
    ),
    "uk": (
        replace(
            _UK,
            number="Зараз подивимося! Напиши номер замовлення.",
            proof="Дякуємо! Щоб про замовлення не дізнався ніхто сторонній, надішли ще електронну пошту або "
            "поштовий індекс, вказані під час оформлення.",
            not_found="За цими даними нічого не знайшлося. Перевір номер замовлення та пошту або індекс і "
            "надішли їх разом.",
        ),
        _UK,
    ),
    "es": (
        _ES,
        replace(
            _ES,
            number="Con gusto lo comprobamos. ¿Cuál es el número de pedido?",
            proof="Gracias. Para proteger los datos del pedido, envíenos también el correo electrónico o el "
            "código postal que se indicó en él.",
            not_found="No hemos encontrado nada con estos datos. Revise el número de pedido y el correo "
            "electrónico o el código postal, y envíelos juntos.",
        ),
    ),
    "pt": (_PT, replace(_PT, number="Vamos verificar. Poderia informar o número do pedido?")),
    "fr": (
        _FR,
        replace(
            _FR,
            number="Nous vérifions tout de suite. Quel est le numéro de commande, s'il vous plaît ?",
            proof="Merci ! Pour que les informations de la commande restent privées, envoyez-nous aussi "
            "l'adresse e-mail ou le code postal indiqué lors de l'achat.",
            not_found="Nous n'avons rien trouvé avec ces informations. Vérifiez le numéro de commande et "
            "l'adresse e-mail ou le code postal, puis envoyez-les ensemble.",
        ),
    ),
    "de": (
        replace(
            _DE,
            proof="Danke! Damit niemand sonst etwas über die Bestellung erfährt, schick uns bitte noch die "
            "E-Mail-Adresse oder die Postleitzahl, die dabei angegeben wurde.",
            not_found="Mit diesen Angaben haben wir nichts gefunden. Bitte prüf die Bestellnummer und die "
            "E-Mail-Adresse oder Postleitzahl und schick uns beides zusammen.",
        ),
        _DE,
    ),
    "hi": (
        replace(
            _HI,
            number="अभी देखते हैं! ऑर्डर नंबर बताओ।",
            proof="धन्यवाद! ऑर्डर की जानकारी सुरक्षित रखने के लिए, उसमें दिया गया ई-मेल पता या पिन कोड भी भेजो।",
            not_found="इस जानकारी से कुछ नहीं मिला। ऑर्डर नंबर और ई-मेल पता या पिन कोड जाँचकर एक साथ भेजो।",
        ),
        _HI,
    ),
    "id": (_ID, replace(_ID, number="Baik, kami cek sekarang. Mohon kirimkan nomor pesanannya.")),
}


def order_texts(language: str, tone: str | None = None) -> OrderTexts:
    """language: one of ours, else English. tone: as `tone_of` reads it."""
    code = language if language in _ALL else DEFAULT
    friendly, polite = _ALL[code]
    return friendly if tone_of(code, tone) == "friendly" else polite
