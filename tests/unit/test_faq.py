"""Which article a shopper asks for, in their own words: slips, endings, other words for the same thing."""

from itertools import permutations

import pytest

from chalicelib.domain.answering.asks import Matches
from chalicelib.domain.faq.alike import is_inflected, slips
from chalicelib.domain.faq.articles import Article, ArticleText, article_from_json, article_to_json
from chalicelib.domain.faq.matching import Faq, faq_from

ARTICLES = [
    ("delivery-time", "en", "How long does delivery take?", "shipping time, when will it arrive"),
    ("delivery-time", "ru", "Сколько времени занимает доставка?", "срок доставки, когда придёт заказ"),
    ("delivery-time", "ro", "Cât durează livrarea?", "timp de livrare, când ajunge comanda"),
    ("delivery-time", "ar", "كم يستغرق التوصيل؟", "مدة التوصيل، متى يصل الطلب"),
    ("delivery-time", "tr", "Kargo kaç günde gelir?", "teslimat süresi, ne zaman gelir"),
    ("delivery-time", "zh", "发货后多久能收到？", "配送时间，几天到"),
    ("delivery-price", "en", "How much does delivery cost?", "shipping costs, free delivery"),
    ("delivery-price", "ru", "Сколько стоит доставка?", "цена доставки, бесплатная доставка"),
    ("delivery-price", "ro", "Cât costă livrarea?", "taxă de livrare, transport gratuit"),
    ("delivery-price", "de", "Was kostet der Versand?", "Versandkosten, kostenloser Versand"),
    ("delivery-price", "zh", "运费是多少？", "包邮，邮费"),
    ("abroad", "en", "Do you ship abroad?", "international delivery, other countries"),
    ("abroad", "es", "¿Hacen envíos al extranjero?", "envío internacional, otros países"),
    ("abroad", "tr", "Yurt dışına gönderim yapıyor musunuz?", "uluslararası kargo"),
    ("returns", "en", "Can I return an item?", "returns, send it back, money back"),
    ("returns", "ru", "Как вернуть товар?", "возврат, вернуть деньги"),
    ("returns", "ro", "Pot returna un produs?", "retur, banii înapoi"),
    ("returns", "fr", "Puis-je retourner un article ?", "retour, remboursement"),
    ("returns", "hi", "क्या मैं सामान वापस कर सकता हूँ?", "वापसी, रिफंड"),
    ("payment", "en", "How can I pay?", "card, cash, PayPal, Apple Pay"),
    ("payment", "uk", "Як можна оплатити?", "картка, готівка, оплата"),
    ("payment", "de", "Wie kann ich bezahlen?", "Karte, PayPal, Rechnung"),
    ("payment", "pt", "Como posso pagar?", "cartão, pix, boleto"),
    ("payment", "kk", "Қалай төлеуге болады?", "карта, қолма-қол ақша"),
    ("hours", "en", "When are you open?", "opening hours, weekend, Sunday"),
    ("hours", "ru", "Когда вы работаете?", "часы работы, выходные"),
    ("hours", "id", "Jam berapa toko buka?", "jam buka, hari minggu"),
    ("place", "en", "Where is your shop?", "address, location, showroom"),
    ("place", "fr", "Où se trouve votre boutique ?", "adresse, magasin"),
    ("place", "ar", "أين يقع المتجر؟", "العنوان، الموقع"),
    ("size", "en", "Which size should I choose?", "size chart, measurements"),
    ("size", "ro", "Ce mărime să aleg?", "tabel de mărimi, măsuri"),
    ("size", "tr", "Hangi bedeni almalıyım?", "beden tablosu, ölçüler"),
    ("gift-wrap", "en", "Do you offer gift wrapping?", "present, gift card"),
    ("warranty", "en", "Is there a warranty?", "guarantee"),
    ("warranty", "de", "Wie lange gilt die Garantie?", "Gewährleistung"),
    ("care", "en", "How do I wash the clothes?", "washing, iron, dry clean"),
    ("care", "es", "¿Cómo se lava la ropa?", "lavado, planchar"),
    ("discount", "en", "Do you have a discount code?", "promo, coupon, sale"),
    ("discount", "uk", "Чи є у вас знижки?", "промокод, акція"),
]
FAQ = faq_from(
    {"id": a, "language": b, "question": c, "answer": "-", "keywords": d} for a, b, c, d in ARTICLES
)

ASKED = {
    "delivery-time": """ how long does delivery take | How long is the delivery? | delivery time? | how
        long does shipping take to London | when will my delivery arrive? | how many days for delivery |
        how long does it take to deliver | how long dose delivry take | Hi! Could you please tell me how
        long shipping takes? Thanks | delivery takes how long | сколько времени идёт доставка | срок
        доставки какой? | Здравствуйте, подскажите пожалуйста сроки доставки | за сколько дней
        доставите? | скоко времени занимает дотсавка | cat dureaza livrarea | In cât timp se livrează? |
        Bună ziua, cât durează livrarea la Cluj? | livrarea cat dureazza | كم يستغرق توصيل الطلب | كم
        مدة التوصيل؟ | kargo kac gunde gelir | kargonuz kaç gün sürer | 发货后几天收到 | 配送要几天？""",
    "delivery-price": """ how much is delivery | How much do you charge for shipping? | what does delivery
        cost? | delivery price | is delivery free? | shipping costs? | how much does delivrey cost |
        сколько стоит доставка? | доставка сколько стоит | цена доставки | доставка бесплатная? | почём
        доставка | cat costa livrarea | Care este costul livrării? | livrare gratuita? | was kostet der
        versand | Wie hoch sind die Versandkosten? | Versandkosten? | ist der Versand kostenlos |
        运费多少 | 包邮吗 | 请问邮费是多少钱""",
    "abroad": """ do you ship abroad | Do you deliver to other countries? | international shipping? | can
        you send it abroad | do you ship internationally | hacen envios al extranjero | ¿Envían al
        extranjero? | envíos internacionales | yurtdışına kargo var mı | yurt dışına gönderiyor musunuz""",
    "returns": """ can i return it | How do I return an item? | I want to return what you shipped | return
        | what is your return policy? | can i send it back | как вернуть товар | можно ли вернуть товар
        | хочу оформить возврат | возврт товара | pot sa returnez produsul | cum fac un retur | retur? |
        puis je retourner un article | comment faire un retour | क्या मैं सामान वापस कर सकती हूँ | वापसी""",
    "payment": """ how can i pay | can I pay by card? | do you take cash | is PayPal ok? | payment methods
        | paypal | як оплатити замовлення | чи можна оплатити карткою | оплата карткою | wie kann ich
        zahlen | kann ich mit PayPal bezahlen | como pago | como posso pagar? | aceitam pix? | қалай
        төлеймін | төлем қалай жасалады""",
    "hours": """ when do you open? | are you open on sunday | opening hours | what are your opening times |
        til what time are you open | когда вы работаете | часы работы? | вы работаете в выходные? | jam
        buka toko | toko buka jam berapa""",
    "place": """ where is your shop | where is the store? | what's your address | your location pls | où se
        trouve le magasin | adresse de la boutique | أين المتجر | العنوان لو سمحت""",
    "size": """ which size should i take | size chart | what size do i need | ce marime sa iau | tabel de
        marimi | hangi beden almalıyım | beden tablosu var mı""",
    "gift-wrap": "do you do gift wrapping | can you gift wrap it? | gift wraping",
    "warranty": """ is there a warranty? | how long is the warranty | do you give a guarantee | wie lange
        ist die garantie""",
    "care": "how do I wash it | can i iron the clothes | como se lava esta ropa | how to wash clothes",
    "discount": "do you have any discounts | any promo code? | discount code | є знижки? | чи є промокод",
}
# Near an article and about something else, or about nothing that the shop has written down.
OTHERWISE = """ my parcel arrived broken | the dress is torn | I want to cancel my order | cancel the
    delivery | do you repair shoes | Do you have this in blue? | is the red one in stock | hello | Hi
    there! | good morning | ok | thanks | 👍 | ? | aaa | test | 12345 | my name is Anna | I love your
    shop | see you tomorrow | can I speak to a person | are you hiring | how are you | what is this |
    how much is the blue dress | how long have you been in business | мой заказ потеряли | здравствуйте
    | спасибо | у вас есть синее платье? | хочу отменить заказ | bună | mulțumesc mult | aveti rochia in
    stoc? | merhaba | bu elbise var mı | 你好 | 谢谢 | 有蓝色的吗 | bonjour | hola | olá | नमस्ते | مرحبا
    | you shipped the wrong thing and I am angry | my card was charged twice | the delivery man was rude
    | the wash ruined my open mind | de ce nu raspundeti"""


def listed(text: str) -> list[str]:
    return [" ".join(one.split()) for one in text.split("|")]


def test_every_question_finds_its_article() -> None:
    asked = [(question, article) for article, questions in ASKED.items() for question in listed(questions)]
    assert len(asked) > 115
    found = {question: (FAQ.find(question), article) for question, article in asked}
    assert {q: one for q, one in found.items() if one[0] != Matches(sure=one[1])} == {}


def test_what_is_about_something_else_finds_no_article() -> None:
    found = {text: FAQ.find(text) for text in listed(OTHERWISE)}
    assert {text: one for text, one in found.items() if one != Matches()} == {}


@pytest.mark.parametrize(
    ("words", "article"),
    [
        ("delivery abroad how much does it cost", {"delivery-price", "abroad"}),
        ("Do you ship abroad, and can I pay by card?", {"abroad", "payment"}),
        ("delivery", {"delivery-time", "delivery-price", "abroad"}),
    ],
)
def test_between_two_articles_the_shopper_chooses(words: str, article: set[str]) -> None:
    found = FAQ.find(words)
    assert found.sure == ""
    assert set(found.maybe) <= article
    assert len(found.maybe) >= 2


def test_the_order_of_words_does_not_matter() -> None:
    for words in permutations(["delivery", "price", "please"]):
        assert FAQ.find(" ".join(words)) == Matches(sure="delivery-price")


def test_of_two_articles_that_fit_alike_the_one_in_the_shoppers_language_is_meant() -> None:
    faq = faq_from(
        {"id": f"{language}-article", "language": language, "question": "Pizza menu", "answer": "-"}
        for language in ("en", "tr")
    )
    assert set(faq.find("menu pizza").maybe) == {"en-article", "tr-article"}
    assert faq.find("menu pizza", "tr").maybe[0] == "tr-article"
    assert faq.find("menu pizza", "en").maybe[0] == "en-article"


@pytest.mark.parametrize(
    "words", ["¿Cuánto cuesta el envío?", "Was kostet der Versand?", "сколько стоит доставка"]
)
def test_an_article_in_another_language_is_offered_and_not_told(words: str) -> None:
    faq = faq_from(
        {"id": article, "language": "en", "question": question, "answer": "-", "keywords": keywords}
        for article, language, question, keywords in ARTICLES
        if language == "en"
    )
    assert faq.find(words, "en").sure == ""
    assert faq.find(words).maybe[:1] in ((), ("delivery-price",))


def test_a_whole_question_is_found_though_its_words_say_little() -> None:
    faq = faq_from([{"id": "who", "language": "en", "question": "Who are you?", "answer": "-"}])
    assert faq.find("who ARE you") == Matches(sure="who")
    assert faq.find("are you there") == Matches()


def test_a_word_of_the_shops_own_is_no_small_word() -> None:
    faq = faq_from(
        [{"id": "hats", "language": "en", "question": "Do you make a hat to measure?", "answer": ""}]
    )
    assert faq.find("hat to measure") == Matches(sure="hats")


def test_an_empty_faq_finds_nothing() -> None:
    assert not Faq()
    assert Faq().find("How long does delivery take?") == Matches()


@pytest.mark.parametrize(
    "text", ["", " ", "\u200f", "\ud800", "?" * 5000, "a" * 100_000, "б " * 50_000, "包" * 9999]
)
def test_whatever_comes_is_read_in_bounds(text: str) -> None:
    assert FAQ.find(text).sure == ""


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("delivery", "delivery", 0), ("delivrey", "delivery", 1), ("delivry", "delivery", 1), ("a", "abcd", 3)],
)
def test_slips_are_counted(one: str, other: str, count: int) -> None:
    assert slips(one, other) == slips(other, one) == count


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kargo", "kargonuz"),
        ("цена", "цены"),
        ("доставка", "доставки"),
        ("pay", "pays"),
        ("livrare", "livrari"),
    ],
)
def test_endings_are_passed_over(one: str, other: str) -> None:
    assert is_inflected(one, other)
    assert is_inflected(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("discount", "discover"), ("стоп", "стоит"), ("car", "card"), ("delivery", "delicious")],
)
def test_other_words_are_no_endings(one: str, other: str) -> None:
    assert not is_inflected(one, other)


def test_an_article_is_kept_and_read_back() -> None:
    text = ArticleText("Q?", "A.", ("k",), ("other",))
    article = Article("a", {"tr": text, "en": ArticleText("Q", "A")})
    raw = article_to_json(article)
    assert list(raw) == ["en", "tr"]
    assert article_from_json("a", raw) == article
    assert article_from_json("a", {**raw, "tlh": {}}) == article


@pytest.mark.parametrize(("wanted", "shown"), [("tr", "tr"), ("de", "en"), ("", "en")])
def test_who_reads_another_language_is_shown_english(wanted: str, shown: str) -> None:
    article = Article("a", {"tr": ArticleText("S", "C"), "en": ArticleText("Q", "A")})
    assert article.language(wanted) == shown
    assert Article("b", {"ru": ArticleText("В", "О")}).language(wanted) == "ru"
