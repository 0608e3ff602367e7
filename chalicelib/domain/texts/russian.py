"""Russian: "вы" in either tone, as shops do."""

from dataclasses import replace
from typing import Final

from chalicelib.domain.texts.sentences import Spoken, Texts

_POLITE: Final = Texts(
    hello="Здравствуйте!",
    hello_name="Здравствуйте, {name}!",
    thanks="Спасибо, что написали нам.",
    thanks_shop="Спасибо, что написали в «{shop}».",
    answer="Мы ответим {estimate}.",
    within="не позднее чем {duration}",
    from_now=True,
    by="{day} до {time}",
    opened="{day} после {time}",
    soon="как можно скорее",
    back="Сейчас нерабочее время. Снова будем на связи {next_open}.",
    opens="{day} с {time}",
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
    zone_of="(часовой пояс: {city})",
    handover="Передаём ваше сообщение нашей команде: вам ответит человек.",
    complaint="Нам очень жаль, что так вышло. Вашим сообщением мы займёмся в первую очередь.",
    urgent="Нам очень жаль, что так вышло. Понимаем, что это срочно: ваше сообщение теперь первое в очереди.",
    still_on_it="Простите, это занимает больше времени, чем мы обещали. Мы продолжаем заниматься вашим "
    "вопросом.",
    faq_more="Подробнее: {url}",
    faq_after="Если это не поможет, просто напишите сюда, и вам ответит человек.",
    suggestion="Возможно, вы имели в виду один из этих вопросов?",
    something_else="Другой вопрос",
    survey="Как вам наше обслуживание?",
    survey_titles=("😊 Хорошо", "😐 Так себе", "😞 Плохо"),
    solved="Удалось решить ваш вопрос с первого раза?",
    solved_titles=("Да", "Нет"),
    survey_thanks="Спасибо, ваш ответ поможет нам стать лучше!",
)
RUSSIAN: Final = Spoken(replace(_POLITE, hello="Привет!", hello_name="Привет, {name}!"), _POLITE)
