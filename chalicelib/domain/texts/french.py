"""French; a space that does not break stands before its signs of two parts."""

from dataclasses import replace
from typing import Final

from chalicelib.domain.texts.sentences import Spoken, Texts

_POLITE: Final = Texts(
    hello="Bonjour\u00a0!",
    hello_name="Bonjour {name}\u00a0!",
    thanks="Merci pour votre message.",
    thanks_shop="Merci d'avoir écrit à {shop}.",
    answer="Nous vous répondrons {estimate}.",
    within="sous {duration}",
    by="{day} avant {time}",
    opened="{day} à partir de {time}",
    soon="dès que possible",
    back="Notre service est fermé pour le moment et rouvre {next_open}.",
    opens="{day} à {time}",
    today="aujourd'hui",
    tomorrow="demain",
    weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    on_date="le {date}",
    zone_of="(heure locale\u00a0: {city})",
    handover="Nous transmettons votre message à une personne de notre équipe.",
    complaint="Nous regrettons vraiment ce qui s'est passé. Nous traitons votre message en priorité.",
    urgent="Nous regrettons vraiment ce qui s'est passé. Nous voyons que c'est urgent\u00a0: votre message "
    "passe en tête de liste.",
    still_on_it="Toutes nos excuses, cela prend plus de temps qu'annoncé. Nous nous en occupons toujours.",
    faq_more="En savoir plus\u00a0: {url}",
    faq_after="Si cela ne vous aide pas, écrivez-nous ici et une personne vous répondra.",
    suggestion="Est-ce l'une de ces questions\u00a0?",
    something_else="Autre chose",
    survey="Comment avez-vous trouvé notre service\u00a0?",
    survey_titles=("😊 Bien", "😐 Moyen", "😞 Mauvais"),
    solved="Votre question a-t-elle été résolue du premier coup\u00a0?",
    solved_titles=("Oui", "Non"),
    survey_thanks="Merci, votre réponse nous aide à progresser\u00a0!",
)
_FRIENDLY: Final = replace(
    _POLITE,
    thanks="Merci pour ton message.",
    answer="Nous te répondrons {estimate}.",
    handover="Nous transmettons ton message à une personne de notre équipe.",
    complaint="Nous regrettons vraiment ce qui s'est passé. Nous traitons ton message en priorité.",
    urgent="Nous regrettons vraiment ce qui s'est passé. Nous voyons que c'est urgent\u00a0: ton message "
    "passe en tête de liste.",
    faq_after="Si cela ne t'aide pas, écris-nous ici et une personne te répondra.",
    survey="Comment as-tu trouvé notre service\u00a0?",
    solved="Ta question a-t-elle été résolue du premier coup\u00a0?",
    survey_thanks="Merci, ta réponse nous aide à progresser\u00a0!",
)
FRENCH: Final = Spoken(_FRIENDLY, _POLITE)
