"""Spanish."""

from dataclasses import replace
from typing import Final

from chalicelib.domain.texts.sentences import Spoken, Texts

_FRIENDLY: Final = Texts(
    hello="¡Hola!",
    hello_name="¡Hola, {name}!",
    thanks="Gracias por escribirnos.",
    thanks_shop="Gracias por escribir a {shop}.",
    answer="Te responderemos {estimate}.",
    within="en un máximo de {duration}",
    by="{day} antes de {time}",
    opened="{day} a partir de {time}",
    soon="lo antes posible",
    back="Ahora estamos fuera de horario. Volvemos {next_open}.",
    opens="{day} a {time}",
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
    clock="las {time}",
    clock_at_one="la {time}",
    zone_of="(hora de {city})",
    handover="Pasamos tu mensaje a una persona de nuestro equipo.",
    complaint="Sentimos mucho lo ocurrido. Vamos a atender tu mensaje con prioridad.",
    urgent="Sentimos mucho lo ocurrido. Vemos que es urgente: tu mensaje pasa al principio de la lista.",
    still_on_it="Sentimos que esto lleve más tiempo del que dijimos. Seguimos con tu mensaje.",
    faq_more="Más información: {url}",
    faq_after="Si esto no te ayuda, escríbenos aquí y te responderá una persona.",
    suggestion="¿Te refieres a una de estas preguntas?",
    something_else="Otra cosa",
    survey="¿Qué te pareció nuestra atención?",
    survey_titles=("😊 Buena", "😐 Regular", "😞 Mala"),
    solved="¿Se resolvió tu duda a la primera?",
    solved_titles=("Sí", "No"),
    survey_thanks="¡Gracias! Tu respuesta nos ayuda a mejorar.",
)
_POLITE: Final = replace(
    _FRIENDLY,
    answer="Le responderemos {estimate}.",
    handover="Pasamos su mensaje a una persona de nuestro equipo.",
    complaint="Sentimos mucho lo ocurrido. Vamos a atender su mensaje con prioridad.",
    urgent="Sentimos mucho lo ocurrido. Vemos que es urgente: su mensaje pasa al principio de la lista.",
    still_on_it="Sentimos que esto lleve más tiempo del que dijimos. Seguimos con su mensaje.",
    faq_after="Si esto no le ayuda, escríbanos aquí y le responderá una persona.",
    suggestion="¿Se refiere a una de estas preguntas?",
    survey="¿Qué le pareció nuestra atención?",
    solved="¿Se resolvió su duda a la primera?",
    survey_thanks="¡Gracias! Su respuesta nos ayuda a mejorar.",
)
SPANISH: Final = Spoken(_FRIENDLY, _POLITE)
