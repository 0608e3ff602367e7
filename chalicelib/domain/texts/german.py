"""German."""

from dataclasses import replace
from typing import Final

from chalicelib.domain.texts.sentences import Spoken, Texts

_POLITE: Final = Texts(
    hello="Hallo!",
    hello_name="Hallo {name}!",
    thanks="Vielen Dank für Ihre Nachricht.",
    thanks_shop="Vielen Dank für Ihre Nachricht an {shop}.",
    answer="Wir antworten Ihnen {estimate}.",
    within="spätestens {duration}",
    from_now=True,
    by="{day} bis {time}",
    opened="{day} ab {time}",
    soon="so bald wie möglich",
    back="Zurzeit haben wir geschlossen. Wir sind {next_open} wieder für Sie da.",
    opens="{day} ab {time}",
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
    clock="{time} Uhr",
    zone_of="(Ortszeit {city})",
    handover="Wir geben Ihre Nachricht an einen Menschen aus unserem Team weiter.",
    complaint="Das tut uns sehr leid. Wir kümmern uns zuerst um Ihre Nachricht.",
    urgent="Das tut uns sehr leid. Wir sehen, dass es eilt: Ihre Nachricht steht jetzt ganz oben auf "
    "unserer Liste.",
    still_on_it="Es dauert leider länger, als wir gesagt haben. Wir kümmern uns weiter um Ihre Nachricht.",
    faq_more="Mehr dazu: {url}",
    faq_after="Hilft das nicht weiter? Schreiben Sie uns einfach hier, dann antwortet ein Mensch.",
    suggestion="Meinten Sie eine dieser Fragen?",
    something_else="Etwas anderes",
    survey="Wie war unser Service?",
    survey_titles=("😊 Gut", "😐 Geht so", "😞 Schlecht"),
    solved="Ließ sich Ihre Frage gleich beim ersten Mal klären?",
    solved_titles=("Ja", "Nein"),
    survey_thanks="Vielen Dank, Ihre Antwort hilft uns, besser zu werden!",
)
_FRIENDLY: Final = replace(
    _POLITE,
    thanks="Danke für deine Nachricht.",
    thanks_shop="Danke für deine Nachricht an {shop}.",
    answer="Wir antworten dir {estimate}.",
    back="Zurzeit haben wir geschlossen. Wir sind {next_open} wieder für dich da.",
    handover="Wir geben deine Nachricht an einen Menschen aus unserem Team weiter.",
    complaint="Das tut uns sehr leid. Wir kümmern uns zuerst um deine Nachricht.",
    urgent="Das tut uns sehr leid. Wir sehen, dass es eilt: Deine Nachricht steht jetzt ganz oben auf "
    "unserer Liste.",
    still_on_it="Es dauert leider länger, als wir gesagt haben. Wir kümmern uns weiter um deine Nachricht.",
    faq_after="Hilft das nicht weiter? Schreib uns einfach hier, dann antwortet ein Mensch.",
    suggestion="Meintest du eine dieser Fragen?",
    solved="Ließ sich deine Frage gleich beim ersten Mal klären?",
    survey_thanks="Danke, deine Antwort hilft uns, besser zu werden!",
)
GERMAN: Final = Spoken(_FRIENDLY, _POLITE)
