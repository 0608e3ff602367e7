"""The automatic answer's words in every language we answer in.

Polite in ru, tr, kk, uk, de and hi, friendly elsewhere, and never a form that agrees with the shopper's
gender. Names, times and durations come from outside and never change their form, so each sentence is built to
take them as they are: a day brings its own preposition and case ("on Monday", "в среду"), a clock time stands
where no suffix can follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

RIGHT_TO_LEFT: Final = frozenset({"ar"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """One language's sentences, in the order in which an answer says them.

    Variables: `{name}`, `{shop}`, `{duration}`, `{day}` (one of the day words below) and `{time}`.
    within: with `from_now`, `{duration}` says "in 1 hour" ("через 1 час"), else "1 hour".
    by_at_one, back_at_one: the same sentence for a time between 1 and 2 on the clock ("la 1:00", "las 2:00"),
    '' where nothing changes. weekdays: on Monday … on Sunday. on_date: takes `{date}` (day and month).
    joint: what stands between sentences.
    """

    hello: str
    hello_name: str
    thanks: str
    thanks_shop: str
    within: str
    by: str
    back: str
    soon: str
    today: str
    tomorrow: str
    weekdays: tuple[str, str, str, str, str, str, str]
    on_date: str
    from_now: bool = False
    by_at_one: str = ""
    back_at_one: str = ""
    joint: str = " "


TEXTS: Final[Mapping[str, Texts]] = {
    "en": Texts(
        hello="Hi!",
        hello_name="Hi {name}!",
        thanks="Thanks for writing to us.",
        thanks_shop="Thanks for writing to {shop}.",
        within="We'll answer within {duration}.",
        by="We'll answer by {time} {day}.",
        back="We're closed right now and will be back {day} at {time}.",
        soon="We'll answer as soon as we can.",
        today="today",
        tomorrow="tomorrow",
        weekdays=(
            "on Monday",
            "on Tuesday",
            "on Wednesday",
            "on Thursday",
            "on Friday",
            "on Saturday",
            "on Sunday",
        ),
        on_date="on {date}",
    ),
    "ru": Texts(
        hello="Здравствуйте!",
        hello_name="Здравствуйте, {name}!",
        thanks="Спасибо, что написали нам.",
        thanks_shop="Спасибо, что написали в «{shop}».",
        within="Мы ответим не позднее чем {duration}.",
        from_now=True,
        by="Мы ответим {day} до {time}.",
        back="Сейчас нерабочее время. Снова будем на связи {day} с {time}.",
        soon="Мы ответим, как только сможем.",
        today="сегодня",
        tomorrow="завтра",
        weekdays=(
            "в понедельник",
            "во вторник",
            "в среду",
            "в четверг",
            "в пятницу",
            "в субботу",
            "в воскресенье",
        ),
        on_date="{date}",
    ),
    "ro": Texts(
        hello="Bună!",
        hello_name="Bună, {name}!",
        thanks="Îți mulțumim că ne-ai scris.",
        thanks_shop="Îți mulțumim că ai scris echipei {shop}.",
        within="Îți răspundem în cel mult {duration}.",
        by="Îți răspundem {day} până la ora {time}.",
        back="Acum suntem în afara programului și revenim {day} la ora {time}.",
        soon="Îți răspundem cât mai curând.",
        today="azi",
        tomorrow="mâine",
        weekdays=("luni", "marți", "miercuri", "joi", "vineri", "sâmbătă", "duminică"),
        on_date="pe {date}",
    ),
    "ar": Texts(
        hello="مرحبًا!",
        hello_name="مرحبًا {name}!",
        thanks="شكرًا لتواصلك معنا.",
        thanks_shop="شكرًا لتواصلك مع {shop}.",
        within="سنرد عليك {duration}.",
        from_now=True,
        by="سنرد عليك {day} قبل الساعة {time}.",
        back="نحن الآن خارج أوقات العمل، وسنعود {day} الساعة {time}.",
        soon="سنرد عليك في أقرب وقت ممكن.",
        today="اليوم",
        tomorrow="غدًا",
        weekdays=(
            "يوم الاثنين",
            "يوم الثلاثاء",
            "يوم الأربعاء",
            "يوم الخميس",
            "يوم الجمعة",
            "يوم السبت",
            "يوم الأحد",
        ),
        on_date="يوم {date}",
    ),
    "tr": Texts(
        hello="Merhaba!",
        hello_name="Merhaba {name}!",
        thanks="Bize yazdığınız için teşekkür ederiz.",
        thanks_shop="{shop} ekibine yazdığınız için teşekkür ederiz.",
        within="Size en geç {duration} içinde yanıt vereceğiz.",
        by="Size {day} saat {time} olmadan yanıt vereceğiz.",
        back="Şu anda kapalıyız; {day} saat {time} itibarıyla yeniden hizmetinizdeyiz.",
        soon="Size en kısa sürede yanıt vereceğiz.",
        today="bugün",
        tomorrow="yarın",
        weekdays=(
            "pazartesi günü",
            "salı günü",
            "çarşamba günü",
            "perşembe günü",
            "cuma günü",
            "cumartesi günü",
            "pazar günü",
        ),
        on_date="{date} günü",
    ),
    "zh": Texts(
        hello="您好！",
        hello_name="您好，{name}！",
        thanks="感谢您的留言。",
        thanks_shop="感谢您联系{shop}。",
        within="我们会在{duration}内回复您。",
        by="我们会在{day}{time}前回复您。",
        back="现在是非营业时间，我们将在{day}{time}恢复服务。",
        soon="我们会尽快回复您。",
        today="今天",
        tomorrow="明天",
        weekdays=("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
        on_date="{date}",
        joint="",
    ),
    "kk": Texts(
        hello="Сәлеметсіз бе!",
        hello_name="Сәлеметсіз бе, {name}!",
        thanks="Бізге жазғаныңыз үшін рақмет.",
        thanks_shop="«{shop}» дүкеніне жазғаныңыз үшін рақмет.",
        within="Сізге {duration} ішінде жауап береміз.",
        by="Сізге {day} жауап береміз, ең кеші — сағат {time}.",
        back="Қазір жұмыс уақыты емес. Қайта ашыламыз: {day}, сағат {time}.",
        soon="Сізге мүмкіндігінше тез жауап береміз.",
        today="бүгін",
        tomorrow="ертең",
        weekdays=(
            "дүйсенбі күні",
            "сейсенбі күні",
            "сәрсенбі күні",
            "бейсенбі күні",
            "жұма күні",
            "сенбі күні",
            "жексенбі күні",
        ),
        on_date="{date} күні",
    ),
    "uk": Texts(
        hello="Вітаємо!",
        hello_name="Вітаємо, {name}!",
        thanks="Дякуємо, що написали нам.",
        thanks_shop="Дякуємо за звернення до «{shop}».",
        within="Ми відповімо не пізніше ніж {duration}.",
        from_now=True,
        by="Ми відповімо {day} до {time}.",
        back="Зараз неробочий час. Знову будемо на зв'язку {day} з {time}.",
        soon="Ми відповімо, щойно зможемо.",
        today="сьогодні",
        tomorrow="завтра",
        weekdays=(
            "в понеділок",
            "у вівторок",
            "в середу",
            "в четвер",
            "в п'ятницю",
            "в суботу",
            "в неділю",
        ),
        on_date="{date}",
    ),
    "es": Texts(
        hello="¡Hola!",
        hello_name="¡Hola, {name}!",
        thanks="Gracias por escribirnos.",
        thanks_shop="Gracias por escribir a {shop}.",
        within="Te responderemos en un máximo de {duration}.",
        by="Te responderemos {day} antes de las {time}.",
        by_at_one="Te responderemos {day} antes de la {time}.",
        back="Ahora estamos fuera de horario. Volvemos {day} a las {time}.",
        back_at_one="Ahora estamos fuera de horario. Volvemos {day} a la {time}.",
        soon="Te responderemos lo antes posible.",
        today="hoy",
        tomorrow="mañana",
        weekdays=(
            "el lunes",
            "el martes",
            "el miércoles",
            "el jueves",
            "el viernes",
            "el sábado",
            "el domingo",
        ),
        on_date="el {date}",
    ),
    "pt": Texts(
        hello="Olá!",
        hello_name="Olá, {name}!",
        thanks="Agradecemos a sua mensagem.",
        thanks_shop="{shop} agradece a sua mensagem.",
        within="Vamos responder em até {duration}.",
        by="Vamos responder {day} até às {time}.",
        by_at_one="Vamos responder {day} até à {time}.",
        back="Agora estamos fora do horário de atendimento. Voltamos {day} às {time}.",
        back_at_one="Agora estamos fora do horário de atendimento. Voltamos {day} à {time}.",
        soon="Vamos responder assim que possível.",
        today="hoje",
        tomorrow="amanhã",
        weekdays=(
            "na segunda-feira",
            "na terça-feira",
            "na quarta-feira",
            "na quinta-feira",
            "na sexta-feira",
            "no sábado",
            "no domingo",
        ),
        on_date="no dia {date}",
    ),
    "fr": Texts(
        hello="Bonjour\u00a0!",
        hello_name="Bonjour {name}\u00a0!",
        thanks="Merci pour votre message.",
        thanks_shop="Merci d'avoir écrit à {shop}.",
        within="Nous vous répondrons sous {duration}.",
        by="Nous vous répondrons {day} avant {time}.",
        back="Notre service est fermé pour le moment et rouvre {day} à {time}.",
        soon="Nous vous répondrons dès que possible.",
        today="aujourd'hui",
        tomorrow="demain",
        weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        on_date="le {date}",
    ),
    "de": Texts(
        hello="Hallo!",
        hello_name="Hallo {name}!",
        thanks="Vielen Dank für Ihre Nachricht.",
        thanks_shop="Vielen Dank für Ihre Nachricht an {shop}.",
        within="Wir antworten Ihnen spätestens {duration}.",
        from_now=True,
        by="Wir antworten Ihnen {day} bis {time} Uhr.",
        back="Zurzeit haben wir geschlossen. Wir sind {day} ab {time} Uhr wieder für Sie da.",
        soon="Wir antworten Ihnen so bald wie möglich.",
        today="heute",
        tomorrow="morgen",
        weekdays=(
            "am Montag",
            "am Dienstag",
            "am Mittwoch",
            "am Donnerstag",
            "am Freitag",
            "am Samstag",
            "am Sonntag",
        ),
        on_date="am {date}",
    ),
    "hi": Texts(
        hello="नमस्ते!",
        hello_name="नमस्ते {name} जी!",
        thanks="हमें लिखने के लिए धन्यवाद।",
        thanks_shop="{shop} को लिखने के लिए धन्यवाद।",
        within="आपको अधिकतम {duration} जवाब मिलेगा।",
        from_now=True,
        by="आपको {day} {time} बजे तक जवाब मिलेगा।",
        back="अभी हमारी सेवा बंद है और {day} {time} बजे फिर शुरू होगी।",
        soon="आपको जल्द से जल्द जवाब मिलेगा।",
        today="आज",
        tomorrow="कल",
        weekdays=(
            "सोमवार को",
            "मंगलवार को",
            "बुधवार को",
            "गुरुवार को",
            "शुक्रवार को",
            "शनिवार को",
            "रविवार को",
        ),
        on_date="{date} को",
    ),
    "id": Texts(
        hello="Halo!",
        hello_name="Halo, {name}!",
        thanks="Terima kasih sudah menghubungi kami.",
        thanks_shop="Terima kasih sudah menghubungi {shop}.",
        within="Kami akan membalas dalam waktu paling lama {duration}.",
        by="Kami akan membalas {day} sebelum pukul {time}.",
        back="Saat ini kami sedang tutup dan akan kembali {day} pukul {time}.",
        soon="Kami akan membalas secepatnya.",
        today="hari ini",
        tomorrow="besok",
        weekdays=(
            "hari Senin",
            "hari Selasa",
            "hari Rabu",
            "hari Kamis",
            "hari Jumat",
            "hari Sabtu",
            "hari Minggu",
        ),
        on_date="tanggal {date}",
    ),
}
