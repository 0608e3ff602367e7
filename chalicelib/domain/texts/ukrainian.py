"""Ukrainian: "ви" in either tone, as shops do."""

from dataclasses import replace
from typing import Final

from chalicelib.domain.texts.sentences import Spoken, Texts

_POLITE: Final = Texts(
    hello="Вітаємо!",
    hello_name="Вітаємо, {name}!",
    thanks="Дякуємо, що написали нам.",
    thanks_shop="Дякуємо за звернення до «{shop}».",
    answer="Ми відповімо {estimate}.",
    within="не пізніше ніж {duration}",
    from_now=True,
    by="{day} до {time}",
    opened="{day} після {time}",
    soon="якнайшвидше",
    back="Зараз неробочий час. Знову будемо на зв'язку {next_open}.",
    opens="{day} з {time}",
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
    zone_of="(часовий пояс: {city})",
    handover="Передаємо ваше повідомлення нашій команді: вам відповість людина.",
    complaint="Нам дуже прикро, що так сталося. Ваше повідомлення ми розглянемо першим.",
    urgent="Нам дуже прикро, що так сталося. Розуміємо, що це терміново: ваше повідомлення тепер перше "
    "в черзі.",
    still_on_it="Перепрошуємо, це триває довше, ніж ми обіцяли. Ми й далі працюємо над вашим питанням.",
    faq_more="Докладніше: {url}",
    faq_after="Якщо це не допоможе, просто напишіть сюди, і вам відповість людина.",
    suggestion="Можливо, ви мали на увазі одне з цих питань?",
    something_else="Інше питання",
    survey="Як вам наше обслуговування?",
    survey_titles=("😊 Добре", "😐 Так собі", "😞 Погано"),
    solved="Вдалося вирішити ваше питання з першого разу?",
    solved_titles=("Так", "Ні"),
    survey_thanks="Дякуємо, ваша відповідь допоможе нам працювати краще!",
)
UKRAINIAN: Final = Spoken(replace(_POLITE, hello="Привіт!", hello_name="Привіт, {name}!"), _POLITE)
