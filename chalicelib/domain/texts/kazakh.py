"""Kazakh: "сіз" in either tone, as shops do."""

from dataclasses import replace
from typing import Final

from chalicelib.domain.texts.sentences import Spoken, Texts

_POLITE: Final = Texts(
    hello="Сәлеметсіз бе!",
    hello_name="Сәлеметсіз бе, {name}!",
    thanks="Бізге жазғаныңыз үшін рақмет.",
    thanks_shop="«{shop}» дүкеніне жазғаныңыз үшін рақмет.",
    answer="Сізге {estimate} жауап береміз.",
    within="{duration} ішінде",
    by="{day} {time} болғанға дейін",
    opened="{day} {time} болғаннан кейін",
    soon="мүмкіндігінше тез",
    back="Қазір жұмыс уақыты емес. Қайта ашыламыз: {next_open}.",
    opens="{day}, {time}",
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
    clock="сағат {time}",
    zone_of="({city} уақыты)",
    handover="Хабарламаңызды командамыздағы адамға береміз.",
    complaint="Болған жағдайға өкінеміз. Хабарламаңызды бірінші кезекте қараймыз.",
    urgent="Болған жағдайға өкінеміз. Бұл шұғыл екенін түсінеміз: хабарламаңыз енді кезекте бірінші тұр.",
    still_on_it="Кешіріңіз, бұл айтқанымыздан ұзаққа созылып жатыр. Сұрағыңызбен әлі айналысып жатырмыз.",
    faq_more="Толығырақ: {url}",
    faq_after="Егер бұл көмектеспесе, осында жаза салыңыз, сізге адам жауап береді.",
    suggestion="Осы сұрақтардың бірін қойғыңыз келді ме?",
    something_else="Басқа сұрақ",
    survey="Қызметімізді қалай бағалайсыз?",
    survey_titles=("😊 Жақсы", "😐 Орташа", "😞 Нашар"),
    solved="Сұрағыңыз бірінші реттен шешілді ме?",
    solved_titles=("Иә", "Жоқ"),
    survey_thanks="Рақмет, жауабыңыз жақсара түсуімізге көмектеседі!",
)
KAZAKH: Final = Spoken(replace(_POLITE, hello="Сәлем!", hello_name="Сәлем, {name}!"), _POLITE)
