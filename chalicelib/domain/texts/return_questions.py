"""What is asked of who wants to send something back, in fourteen languages and two tones.

Dates, numbers and names of goods come from outside: each stands after a colon or alone. What a language says
to a friend and to a stranger alike stands once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from chalicelib.domain.commerce.returns import REASONS, Reason
from chalicelib.domain.languages import DEFAULT
from chalicelib.domain.texts.tones import tone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnQuestions:
    """order, line, reason, photo: what is asked; everything, done: buttons. Then why nothing goes back:
    too_late takes `{date}`, the last day on which it did. reasons: a button's words for each."""

    order: str
    line: str
    everything: str
    reason: str
    photo: str
    done: str
    too_late: str
    excluded: str
    returned: str
    cancelled: str
    reasons: Mapping[Reason, str] = field(default_factory=dict)


def _reasons(*titles: str) -> Mapping[Reason, str]:
    """In the order of `REASONS`; short, as a button is."""
    return dict(zip(REASONS, titles, strict=True))


_EN: Final = ReturnQuestions(
    order="Which order is the return for?",
    line="What would you like to send back?",
    everything="All of it",
    reason="What is the reason?",
    photo="A photo helps us decide faster. Send one, or tap “Done”.",
    done="Done",
    too_late="We are sorry: it can't be sent back any more. The last day was: {date}",
    excluded="We are sorry: this product can't be sent back.",
    returned="A return of it has been noted already.",
    cancelled="This order was cancelled: there is nothing to send back.",
    reasons=_reasons(
        "It does not fit", "Damaged", "Not as described", "Wrong item", "Changed my mind", "Too late", "Other"
    ),
)
_RU: Final = ReturnQuestions(
    order="По какому заказу возврат?",
    line="Что нужно вернуть?",
    everything="Всё",
    reason="Какая причина?",
    photo="С фото мы решим быстрее. Пришлите его или нажмите «Готово».",
    done="Готово",
    too_late="К сожалению, вернуть уже нельзя. Последний день был: {date}",
    excluded="К сожалению, этот товар вернуть нельзя.",
    returned="Заявка на его возврат уже есть.",
    cancelled="Этот заказ отменён: возвращать нечего.",
    reasons=_reasons(
        "Не подошло",
        "Повреждено",
        "Не как в описании",
        "Не тот товар",
        "Больше не нужно",
        "Пришло поздно",
        "Другое",
    ),
)
_RO: Final = ReturnQuestions(
    order="Pentru ce comandă este returul?",
    line="Ce produs se returnează?",
    everything="Toate",
    reason="Care este motivul?",
    photo="Cu o fotografie decidem mai repede. Trimite una sau apasă „Gata”.",
    done="Gata",
    too_late="Ne pare rău: nu se mai poate returna. Ultima zi a fost: {date}",
    excluded="Ne pare rău: acest produs nu se poate returna.",
    returned="Returul lui este deja înregistrat.",
    cancelled="Această comandă a fost anulată: nu este nimic de returnat.",
    reasons=_reasons(
        "Nu se potrivește",
        "Deteriorat",
        "Altfel decât descris",
        "Alt produs",
        "M-am răzgândit",
        "Prea târziu",
        "Altul",
    ),
)
_AR: Final = ReturnQuestions(
    order="ما الطلب المراد الإرجاع منه؟",
    line="ما المنتج المراد إرجاعه؟",
    everything="كل المنتجات",
    reason="ما سبب الإرجاع؟",
    photo="الصورة تساعدنا على اتخاذ القرار أسرع. يمكن إرسال صورة أو الضغط على «تم».",
    done="تم",
    too_late="نأسف: لم يعد الإرجاع ممكنًا. كان آخر يوم: {date}",
    excluded="نأسف: لا يمكن إرجاع هذا المنتج.",
    returned="طلب إرجاعه مسجَّل من قبل.",
    cancelled="هذا الطلب ملغى: لا يوجد ما يمكن إرجاعه.",
    reasons=_reasons(
        "غير مناسب", "تالف", "مختلف عن الوصف", "منتج خاطئ", "لم أعد أريده", "وصل متأخرًا", "سبب آخر"
    ),
)
_TR: Final = ReturnQuestions(
    order="İade hangi sipariş için?",
    line="Hangi ürün iade edilecek?",
    everything="Hepsi",
    reason="İade nedeni nedir?",
    photo="Fotoğrafla daha hızlı karar veririz. Bir fotoğraf gönderin veya “Tamam”a dokunun.",
    done="Tamam",
    too_late="Üzgünüz: artık iade edilemiyor. Son gün: {date}",
    excluded="Üzgünüz: bu ürün iade edilemiyor.",
    returned="Bunun iadesi zaten kayıtlı.",
    cancelled="Bu sipariş iptal edildi: iade edilecek bir şey yok.",
    reasons=_reasons(
        "Uymadı", "Hasarlı", "Anlatılandan farklı", "Yanlış ürün", "Fikrim değişti", "Geç geldi", "Diğer"
    ),
)
_ZH: Final = ReturnQuestions(
    order="您要退哪个订单的商品？",
    line="您要退哪件商品？",
    everything="全部",
    reason="退货原因是什么？",
    photo="有照片可以更快处理。请发一张照片，或点“完成”。",
    done="完成",
    too_late="很抱歉，已过退货期限。最后一天是：{date}",
    excluded="很抱歉，这件商品不能退货。",
    returned="这件商品的退货申请已登记。",
    cancelled="此订单已取消，没有可退的商品。",
    reasons=_reasons("不合适", "有破损", "与描述不符", "发错商品", "不想要了", "到货太晚", "其他"),
)
_KK: Final = ReturnQuestions(
    order="Қай тапсырыс бойынша қайтарасыз?",
    line="Нені қайтарғыңыз келеді?",
    everything="Бәрін",
    reason="Себебі қандай?",
    photo="Фото болса, тезірек шешеміз. Фото жіберіңіз немесе «Дайын» дегенді басыңыз.",
    done="Дайын",
    too_late="Өкінішке қарай, енді қайтаруға болмайды. Соңғы күні: {date}",
    excluded="Өкінішке қарай, бұл тауарды қайтаруға болмайды.",
    returned="Оны қайтару туралы өтінім бұрыннан бар.",
    cancelled="Бұл тапсырыс тоқтатылған: қайтаратын ештеңе жоқ.",
    reasons=_reasons(
        "Сай келмеді",
        "Зақымдалған",
        "Сипаттамадан басқа",
        "Басқа тауар",
        "Керек болмай қалды",
        "Кеш келді",
        "Басқа",
    ),
)
_UK: Final = ReturnQuestions(
    order="За яким замовленням повернення?",
    line="Що потрібно повернути?",
    everything="Усе",
    reason="Яка причина?",
    photo="З фото ми вирішимо швидше. Надішліть його або натисніть «Готово».",
    done="Готово",
    too_late="На жаль, повернути вже не можна. Останній день був: {date}",
    excluded="На жаль, цей товар повернути не можна.",
    returned="Заявка на його повернення вже є.",
    cancelled="Це замовлення скасовано: повертати нічого.",
    reasons=_reasons(
        "Не підійшло",
        "Пошкоджено",
        "Не як в описі",
        "Не той товар",
        "Більше не треба",
        "Прийшло пізно",
        "Інше",
    ),
)
_ES: Final = ReturnQuestions(
    order="¿De qué pedido es la devolución?",
    line="¿Qué quieres devolver?",
    everything="Todo",
    reason="¿Cuál es el motivo?",
    photo="Con una foto decidimos antes. Envía una o pulsa «Listo».",
    done="Listo",
    too_late="Lo sentimos: ya no se puede devolver. El último día fue: {date}",
    excluded="Lo sentimos: este producto no se puede devolver.",
    returned="Su devolución ya está anotada.",
    cancelled="Este pedido se canceló: no hay nada que devolver.",
    reasons=_reasons(
        "No me queda bien",
        "Dañado",
        "No es lo descrito",
        "Otro producto",
        "Ya no lo quiero",
        "Llegó tarde",
        "Otro",
    ),
)
_PT: Final = ReturnQuestions(
    order="De qual pedido é a devolução?",
    line="O que você quer devolver?",
    everything="Tudo",
    reason="Qual é o motivo?",
    photo="Com uma foto decidimos mais rápido. Envie uma ou toque em “Pronto”.",
    done="Pronto",
    too_late="Sentimos muito: não é mais possível devolver. O último dia foi: {date}",
    excluded="Sentimos muito: este produto não pode ser devolvido.",
    returned="A devolução dele já está registrada.",
    cancelled="Este pedido foi cancelado: não há nada a devolver.",
    reasons=_reasons(
        "Não serviu",
        "Danificado",
        "Não é o descrito",
        "Produto errado",
        "Mudei de ideia",
        "Chegou tarde",
        "Outro",
    ),
)
_FR: Final = ReturnQuestions(
    order="De quelle commande s'agit-il ?",
    line="Que veux-tu renvoyer ?",
    everything="Tout",
    reason="Pour quelle raison ?",
    photo="Une photo nous aide à décider plus vite. Envoie-la ou appuie sur « Terminé ».",
    done="Terminé",
    too_late="Désolé : le retour n'est plus possible. Le dernier jour était : {date}",
    excluded="Désolé : ce produit ne peut pas être retourné.",
    returned="Son retour est déjà noté.",
    cancelled="Cette commande a été annulée : il n'y a rien à renvoyer.",
    reasons=_reasons(
        "Ne va pas",
        "Abîmé",
        "Autre que décrit",
        "Mauvais article",
        "Changé d'avis",
        "Arrivé trop tard",
        "Autre",
    ),
)
_DE: Final = ReturnQuestions(
    order="Um welche Bestellung geht es?",
    line="Was möchten Sie zurückschicken?",
    everything="Alles",
    reason="Was ist der Grund?",
    photo="Mit einem Foto entscheiden wir schneller. Schicken Sie eins oder tippen Sie auf „Fertig“.",
    done="Fertig",
    too_late="Es tut uns leid: Eine Rückgabe ist nicht mehr möglich. Der letzte Tag war: {date}",
    excluded="Es tut uns leid: Dieses Produkt kann nicht zurückgegeben werden.",
    returned="Die Rückgabe ist schon notiert.",
    cancelled="Diese Bestellung wurde storniert: Es gibt nichts zurückzuschicken.",
    reasons=_reasons(
        "Passt nicht",
        "Beschädigt",
        "Nicht wie gezeigt",
        "Falscher Artikel",
        "Doch nicht gewollt",
        "Zu spät da",
        "Anderes",
    ),
)
_HI: Final = ReturnQuestions(
    order="किस ऑर्डर से वापस करना है?",
    line="क्या वापस करना है?",
    everything="सब कुछ",
    reason="वजह क्या है?",
    photo="फ़ोटो से फ़ैसला जल्दी होता है। एक भेजें या “हो गया” दबाएँ।",
    done="हो गया",
    too_late="माफ़ कीजिए, अब वापसी नहीं हो सकती। आख़िरी दिन: {date}",
    excluded="माफ़ कीजिए, यह सामान वापस नहीं हो सकता।",
    returned="इसकी वापसी पहले से दर्ज है।",
    cancelled="यह ऑर्डर रद्द हो चुका है: वापस करने को कुछ नहीं है।",
    reasons=_reasons("फ़िट नहीं है", "टूटा हुआ", "बताए जैसा नहीं", "ग़लत सामान", "अब नहीं चाहिए", "देर से आया", "कुछ और"),
)
_ID: Final = ReturnQuestions(
    order="Pengembalian untuk pesanan yang mana?",
    line="Barang mana yang mau dikembalikan?",
    everything="Semuanya",
    reason="Apa alasannya?",
    photo="Foto membantu kami memutuskan lebih cepat. Kirim satu, atau ketuk “Selesai”.",
    done="Selesai",
    too_late="Maaf, barang ini sudah tidak bisa dikembalikan. Hari terakhirnya: {date}",
    excluded="Maaf, produk ini tidak bisa dikembalikan.",
    returned="Pengembaliannya sudah tercatat.",
    cancelled="Pesanan ini dibatalkan: tidak ada yang perlu dikembalikan.",
    reasons=_reasons(
        "Tidak pas", "Rusak", "Tidak sesuai", "Salah barang", "Berubah pikiran", "Terlambat tiba", "Lainnya"
    ),
)
# Friendly, then polite.
ALL: Final[Mapping[str, tuple[ReturnQuestions, ReturnQuestions]]] = {
    "en": (_EN, replace(_EN, photo="A photo helps us decide faster. Please send one, or tap “Done”.")),
    "ru": (replace(_RU, photo="С фото мы решим быстрее. Пришли его или нажми «Готово»."), _RU),
    "ro": (
        _RO,
        replace(_RO, photo="Cu o fotografie decidem mai repede. Trimiteți una sau apăsați „Gata”."),
    ),
    "ar": (_AR, _AR),
    "tr": (
        replace(_TR, photo="Fotoğrafla daha hızlı karar veririz. Bir fotoğraf gönder veya “Tamam”a dokun."),
        _TR,
    ),
    "zh": (
        replace(
            _ZH,
            order="你要退哪个订单的商品？",
            line="你要退哪件商品？",
            photo=_ZH.photo.replace("请发", "发"),
        ),
        _ZH,
    ),
    "kk": (
        replace(
            _KK,
            order="Қай тапсырыс бойынша қайтарасың?",
            line="Нені қайтарғың келеді?",
            photo="Фото болса, тезірек шешеміз. Фото жібер немесе «Дайын» дегенді бас.",
        ),
        _KK,
    ),
    "uk": (replace(_UK, photo="З фото ми вирішимо швидше. Надішли його або натисни «Готово»."), _UK),
    "es": (
        _ES,
        replace(
            _ES, line="¿Qué desea devolver?", photo="Con una foto decidimos antes. Envíe una o pulse «Listo»."
        ),
    ),
    "pt": (_PT, replace(_PT, line="O que gostaria de devolver?")),
    "fr": (
        _FR,
        replace(
            _FR,
            line="Que souhaitez-vous renvoyer ?",
            photo="Une photo nous aide à décider plus vite. Envoyez-la ou appuyez sur « Terminé ».",
        ),
    ),
    "de": (
        replace(
            _DE,
            line="Was möchtest du zurückschicken?",
            photo="Mit einem Foto entscheiden wir schneller. Schick eins oder tipp auf „Fertig“.",
        ),
        _DE,
    ),
    "hi": (
        replace(
            _HI,
            photo="फ़ोटो से फ़ैसला जल्दी होता है। एक भेजो या “हो गया” दबाओ।",
            too_late="माफ़ करना, अब वापसी नहीं हो सकती। आख़िरी दिन: {date}",
            excluded="माफ़ करना, यह सामान वापस नहीं हो सकता।",
        ),
        _HI,
    ),
    "id": (
        _ID,
        replace(
            _ID,
            line="Barang mana yang ingin dikembalikan?",
            photo="Foto membantu kami memutuskan lebih cepat. Mohon kirim satu, atau ketuk “Selesai”.",
        ),
    ),
}


def return_questions(language: str, tone: str | None = None) -> ReturnQuestions:
    """language: one of ours, else English. tone: as `tone_of` reads it."""
    code = language if language in ALL else DEFAULT
    friendly, polite = ALL[code]
    return friendly if tone_of(code, tone) == "friendly" else polite
