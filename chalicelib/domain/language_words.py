"""What tells languages apart in the short messages that shoppers write: words and letters.

Words of Latin script are folded: lower case, without marks (`fiyati`, `cuanto`), as people type on phones. A
few
languages that we do not speak are here so that they are not taken for a neighbour: Italian is not Spanish.
"""

from collections.abc import Mapping
from typing import Final


def _sets(words: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {language: frozenset(text.split()) for language, text in words.items()}


LATIN: Final = _sets(
    {
        "en": """the is are you and what how much do does have can it this that when where my your of to
            for please thanks thank hello hi hey price order delivery available want would like need
            size still with not yes good morning evening shipping ship cost send buy any will there
            which was but just know help could been from an we they has shop open today tomorrow
            received looking day nice pls me parcel refund return""",
        "ro": """si este sunt cat costa buna ziua salut vreau dori aveti pentru cu nu da unde cand
            comanda livrare livrarea pret pretul multumesc va rog mai imi ati pot poate marimea marime
            stoc disponibil disponibila sa se in la care ce ma am fost meu mea aceasta acest asta
            trimiteti ajunge factura retur seara dimineata cum mersi din pe ca un o sau doresc bani
            produsul comandat inca vrea comand coletul colet""",
        "tr": """bir ve bu mi mu ne kadar fiyat fiyati var yok merhaba selam tesekkur tesekkurler icin
            nasil kargo siparis siparisim urun lutfen istiyorum nerede zaman musunuz misiniz gunaydin
            iyi gunler aksamlar beden renk stokta evet hayir ben cok da de ile daha bunu acaba alabilir
            miyim kac lira gelir geldi degil bana hala mevcut sizde olur olan sana var mi selamlar kolay
            gelsin""",
        "es": """el la los las de que y en un una por para con esta cuanto cuesta precio hola gracias
            buenos dias buenas tardes noches quiero tiene tienen donde cuando como envio envios pedido
            talla mi es no me si hay puedo disponible quisiera necesito favor ustedes del mas comprar
            pero muy llega todavia cual cuesta se vale al lo su este saber hacen""",
        "pt": """o os as que nao de um uma por para com voces voce esta quanto custa preco ola obrigado
            obrigada bom dia boa tarde noite quero tem onde quando como frete entrega pedido tamanho meu
            minha gostaria preciso favor sim posso disponivel comprar ainda ja do da no na em mais muito
            qual oi fazem eu se tudo bem voces chega e a queria saber valor aceita""",
        "fr": """le la les de des un une et est que je vous pour avec combien coute prix bonjour salut
            merci bonsoir voudrais avez ou quand comment livraison commande taille mon ma ne pas dans il
            elle ce cette plait disponible encore acheter mais tres delai suis oui du au svp sont
            toujours en ca puis aux quel quelle recu nous""",
        "de": """der die das und ist ich sie ein eine nicht mit fur fuer auf was wie viel kostet preis
            hallo guten tag morgen danke bitte habe haben wann wo bestellung lieferung grosse groesse
            noch mir mein meine zu kann konnen koennen mochte moechte gibt es den dem von im verfugbar
            versand ja nein schon wird ihre wir sind moin servus abend um noch bei""",
        "id": """yang dan di ini itu apa ada berapa harga halo hai selamat pagi siang malam sore terima
            kasih saya mau bisa kirim pengiriman pesanan pesan barang kapan dimana untuk dengan tidak
            nggak gak ga kak kakak min ukuran stok masih sudah belum tolong mohon bang gan ya aku kamu
            beli dong bagaimana warna ongkir dari ke makasih apakah tanya permisi""",
        # not ours
        "it": """il lo gli di che un una per con quanto costa ciao grazie buongiorno buonasera vorrei
            avete dove quando come spedizione ordine taglia mio non sono prezzo disponibile ancora della
            questo e la si ho salve""",
        "pl": """ile kosztuje czy jest dzien dobry czesc dziekuje prosze chce mam nie na to jak gdzie
            kiedy zamowienie dostawa cena rozmiar dla jeszcze poprosze witam""",
        "nl": """de het een en ik je wat hoe hoeveel kost dank goedemorgen graag hebben wanneer waar
            bestelling levering maat niet met voor van op nog jullie dit bedankt""",
        "sv": "och det ar jag hur mycket kostar hej tack nar ni har leverans storlek finns vad inte",
        "hu": """mennyibe kerul jo napot koszonom szeretnek van nem hol mikor rendeles es hogy egy az
            szia szep""",
        "cs": "dobry den kolik stoji dekuji prosim mate chci kde kdy objednavka ahoj je jak",
        "hr": "koliko kosta dobar dan hvala zelim imate li gde gdje kada narudzba zdravo bok je da se",
        "vi": "co khong bao nhieu xin chao cam on gia toi ban cho minh con hang",
        "az": "salam necedir qiymeti nece var sifaris catdirilma haradan olar zehmet men bu",
        "uz": "salom qancha turadi rahmat bormi yetkazib berish narxi kerak",
        "tl": "magkano po ba salamat ang ng mga meron pa kumusta ako ito",
    }
)

# Every letter beyond a-z that a language writes; a word with another one speaks against it.
LATIN_LETTERS: Final[Mapping[str, frozenset[str]]] = {
    "ro": frozenset("ăâîșşțţ"),
    "tr": frozenset("çğıöşüâî"),
    "es": frozenset("áéíóúñü"),
    "pt": frozenset("ãõáâàéêíóôúç"),
    "fr": frozenset("àâæçéèêëîïôœùûüÿ"),
    "de": frozenset("äöüß"),
    "it": frozenset("àèéìòù"),
    "pl": frozenset("ąćęłńóśźż"),
    "nl": frozenset("éëïóö"),
    "sv": frozenset("åäö"),
    "hu": frozenset("áéíóöőúüű"),
    "cs": frozenset("áčďéěíňóřšťúůýž"),
    "hr": frozenset("čćđšž"),
    "az": frozenset("çəğıöşü"),
}

CYRILLIC: Final = _sets(
    {
        "ru": """добрый здравствуйте привет спасибо сколько стоит когда где как что есть ли это и не для
            меня хочу заказать заказ цена размер пожалуйста да нет можно мне еще ещё какая какой вы ваш
            день утро вечер сегодня подскажите скажите доставка купить товар вернуть посылка посылку
            пришла почему""",
        "uk": """добрий доброго дня ранку вечора дякую коштує коли де як що чи це та не для мене хочу
            замовити замовлення розмір будь ласка так можна мені ще яка який яке треба вам день доставка
            купити сьогодні підкажіть вартість посилка посилку прийшла прийшов повернути товар знижка
            добре скажіть чому""",
        "kk": """салем салам сәлем салеметсизбе салеметсиз рахмет канша турады бар ма ба па бе ме пе жок
            керек калай кашан кайда бага багасы жеткизу тапсырыс кимге осы мен сиз бизде болады екен ме
            кандай тауар келмеді келеді""",
        # not ours
        "bg": """здравейте колко струва имате ли благодаря моля поръчка доставка цена искам как кога
            къде да това са ще добър ден""",
        "sr": "здраво колико кошта хвала имате ли где када добар дан желим",
        "ky": "салам канча турат барбы рахмат кандай качан",
    }
)

# Letters of one language alone; `NOT_OURS` belong to Belarusian, Serbian, Macedonian, Tajik, Tatar, Bashkir …
KAZAKH: Final = frozenset("әғқұһ")
KAZAKH_AND_KYRGYZ: Final = frozenset("өүң")
UKRAINIAN: Final = frozenset("єїґ")
NEVER_UKRAINIAN: Final = frozenset("ыэъё")
NOT_OURS_CYRILLIC: Final = frozenset("ўјљњђћџѓќѕҷӣӯҳҗҙҫҡ")
# Persian, Urdu, Kurdish and Uyghur letters that Arabic does not write.
NOT_OURS_ARABIC: Final = frozenset("کیٹڈڑےںھہەێۆۇې")
# Marathi and Nepali.
NOT_OURS_DEVANAGARI: Final = frozenset(
    ["आहे", "आहेत", "नाही", "आणि", "मला", "किती", "पाहिजे", "छ", "छन्", "हुन्छ", "कति", "मलाई", "पर्छ"]
)
