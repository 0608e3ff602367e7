"""Which language a shopper is answered in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.languages import LANGUAGES, choose, from_hint, guess

WRITTEN = {
    "en": [
        "Hi, is the blue one in stock?",
        "how much is it",
        "price?",
        "Do you ship to Germany?",
        "i want to order 2 pieces pls",
        "My parcel is late",
        "where is the café",
        "Is https://shop.example/ro/cat-costa still available?",
    ],
    "ro": [
        "Bună ziua, cât costă livrarea?",
        "cat costa?",
        "aveti pe stoc marimea M",
        "mulțumesc",
        "Nu am primit coletul",
        "E disponibil pe negru?",
    ],
    "tr": [
        "Merhaba, fiyatı ne kadar?",
        "siparişim nerede",
        "Bu ürün var mı?",
        "IYI GUNLER",
        "Kapıda ödeme oluyor mu",
        "tamam teşekkürler",
    ],
    "es": ["Hola, ¿cuánto cuesta?", "hola", "¿Tienen talla M?", "No me ha llegado el paquete", "buenos dias"],
    "pt": ["Olá, quanto custa?", "Oi, tudo bem?", "Bom dia", "Vocês têm tamanho M?", "Obrigada!"],
    "fr": ["Bonjour, combien ça coûte ?", "Où est ma commande ?", "Vous livrez en Belgique ?", "merci"],
    "de": ["Hallo, wie viel kostet das?", "Guten Tag", "Gibt es das in Größe M?", "danke"],
    "id": ["Halo kak, berapa harganya?", "ongkir ke bandung berapa", "terima kasih", "Bisa COD?"],
    "ru": ["Здравствуйте, сколько стоит?", "привет", "iPhone 15 Pro Max есть?", "хочу вернуть товар", "Алло"],
    "uk": ["Добрий день, скільки коштує?", "дякую", "Де моє замовлення", "хочу повернути товар", "Привіт"],
    "kk": ["Сәлеметсіз бе, бағасы қанша?", "рахмет, канша турады", "салеметсиз бе", "Жеткізу бар ма"],
    "ar": ["مرحبا بكم السعر؟", "السلام عليكم", "هل يوجد مقاس M"],
    "hi": ["नमस्ते, कीमत क्या है?", "मेरा ऑर्डर कहाँ है"],
    "zh": ["你好，多少钱？", "iPhone 15 Pro 有货吗", "請問什麼時候到貨", "在吗"],
}
UNCLEAR = [
    "",
    "ok",
    "👍",
    "123",
    "M",
    "XL",
    "iPhone 15 Pro Max",
    "@the.is.what",
    "hello@the-shop.example",
    "https://shop.example/is/the/what",
    "hola price",
    "hmm",
    # languages that we do not speak
    "Quanto costa la spedizione?",
    "Ile kosztuje wysyłka?",
    "Hoeveel kost dit?",
    "Xin chào, giá bao nhiêu",
    "Mennyibe kerül?",
    "Salam, qiyməti neçədir?",
    "Здраво, колико кошта?",
    "Колко струва това?",
    "Салам, канча турат?",
    "Прывітанне, колькі каштуе ў вас?",
    "سلام قیمت چند است",
    "یہ کتنے کا ہے",
    "याची किंमत किती आहे",
    "これはいくらですか",
    "안녕하세요",
    "כמה זה עולה",
]


def test_every_language_is_tried():
    assert tuple(sorted(WRITTEN)) == tuple(sorted(LANGUAGES))


@pytest.mark.parametrize(("language", "text"), [(code, text) for code in WRITTEN for text in WRITTEN[code]])
def test_a_clear_text_shows_its_language(language, text):
    assert guess(text, LANGUAGES) == language


@pytest.mark.parametrize("text", UNCLEAR)
def test_an_unclear_text_shows_none(text):
    assert guess(text, LANGUAGES) == ""


@pytest.mark.parametrize(
    ("text", "among", "language"),
    [
        ("salut", LANGUAGES, ""),
        ("salut", ("ro", "en"), "ro"),
        ("salut", ("fr", "en"), "fr"),
        ("Hola, ¿cuánto cuesta?", ("ro", "en"), ""),
        ("Сколько стоит?", ("uk", "en"), ""),
        ("Доброго дня", ("uk", "en"), "uk"),
        ("多少钱", ("en",), ""),
        ("hello", (), ""),
    ],
)
def test_it_is_guessed_only_among_the_shops_languages(text, among, language):
    assert guess(text, among) == language


@pytest.mark.parametrize(
    ("hint", "language"),
    [
        ("en", "en"),
        ("pt-BR", "pt"),
        ("pt-br", "pt"),
        ("zh-hans", "zh"),
        ("zh_TW", "zh"),
        ("ro_RO", "ro"),
        ("ro_RO.UTF-8", "ro"),
        ("in", "id"),
        ("in_ID", "id"),
        ("mo", "ro"),
        (" RU ", "ru"),
        ("kk-Cyrl-KZ", "kk"),
        ("it", ""),
        ("", ""),
        ("-", ""),
        ("english", ""),
    ],
)
def test_a_channels_locale_is_read(hint, language):
    assert from_hint(hint) == language


@pytest.mark.parametrize(
    ("hint", "text", "known", "shop", "language"),
    [
        ("tr", "Bonjour, je voudrais commander", "de", ("ro",), "tr"),
        ("it", "Bonjour, je voudrais commander", "de", ("ro", "fr"), "fr"),
        ("", "Bonjour, je voudrais commander", "de", (), "fr"),
        ("", "Bonjour, je voudrais commander", "de", ("ro", "en"), "de"),
        ("", "ok", "de", ("ro", "en"), "de"),
        ("", "ok", "", ("ro", "en"), "ro"),
        ("", "ok", "", ("it", "ro"), "ro"),
        ("", "ok", "it", (), "en"),
        ("", "", "", (), "en"),
        ("pt-BR", "Hi, is the blue one in stock?", "", ("en",), "pt"),
        ("", "Сколько стоит доставка?", "", ("uk", "en"), "uk"),
        ("", "Сколько стоит доставка?", "", ("uk", "ru"), "ru"),
        ("", "多少钱？", "", ("ar", "en"), "ar"),
    ],
)
def test_the_hint_then_the_text_then_what_is_known_then_the_shop(hint, text, known, shop, language):
    assert choose(hint, text, known, shop) == language


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80), st.lists(st.sampled_from(LANGUAGES), unique=True, max_size=5))
def test_whatever_is_written_the_guess_is_the_shops_or_none(text, among):
    assert guess(text, among) in {"", *among}
