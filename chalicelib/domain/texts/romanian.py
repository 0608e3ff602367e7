"""Romanian."""

from dataclasses import replace
from typing import Final

from chalicelib.domain.texts.sentences import Spoken, Texts

_FRIENDLY: Final = Texts(
    hello="Bună!",
    hello_name="Bună, {name}!",
    thanks="Îți mulțumim că ne-ai scris.",
    thanks_shop="Îți mulțumim că ai scris echipei {shop}.",
    answer="Îți răspundem {estimate}.",
    within="în cel mult {duration}",
    by="{day} până la {time}",
    opened="{day} după {time}",
    soon="cât mai curând",
    back="Acum suntem în afara programului și revenim {next_open}.",
    opens="{day} la {time}",
    today="azi",
    tomorrow="mâine",
    weekdays=("luni", "marți", "miercuri", "joi", "vineri", "sâmbătă", "duminică"),
    on_date="pe {date}",
    clock="ora {time}",
    zone_of="(ora locală din {city})",
    handover="Mesajul tău ajunge acum la un om din echipa noastră.",
    complaint="Ne pare rău pentru cele întâmplate. Ne ocupăm cu prioritate de mesajul tău.",
    urgent="Ne pare rău pentru cele întâmplate. Înțelegem că e urgent: mesajul tău e acum primul pe listă.",
    still_on_it="Ne pare rău, durează mai mult decât am spus. Încă ne ocupăm de mesajul tău.",
    faq_more="Mai multe: {url}",
    faq_after="Dacă nu te ajută, scrie-ne aici și îți răspunde un om.",
    suggestion="Te referi la una dintre acestea?",
    something_else="Altceva",
    survey="Cum ți s-a părut ajutorul nostru?",
    survey_titles=("😊 Bun", "😐 Așa și așa", "😞 Slab"),
    solved="Întrebarea ta s-a rezolvat din prima?",
    solved_titles=("Da", "Nu"),
    survey_thanks="Mulțumim, răspunsul tău ne ajută mult!",
)
_POLITE: Final = replace(
    _FRIENDLY,
    hello="Bună ziua!",
    hello_name="Bună ziua, {name}!",
    thanks="Vă mulțumim că ne-ați scris.",
    thanks_shop="Vă mulțumim că ați scris echipei {shop}.",
    answer="Vă răspundem {estimate}.",
    handover="Mesajul dumneavoastră ajunge acum la un om din echipa noastră.",
    complaint="Ne pare rău pentru cele întâmplate. Ne ocupăm cu prioritate de mesajul dumneavoastră.",
    urgent="Ne pare rău pentru cele întâmplate. Înțelegem că este urgent: mesajul dumneavoastră este acum "
    "primul pe listă.",
    still_on_it="Ne pare rău, durează mai mult decât am spus. Încă ne ocupăm de mesajul dumneavoastră.",
    faq_after="Dacă nu vă ajută, scrieți-ne aici și vă răspunde un om.",
    suggestion="Vă referiți la una dintre acestea?",
    survey="Cum vi s-a părut ajutorul nostru?",
    solved="Întrebarea dumneavoastră s-a rezolvat din prima?",
    survey_thanks="Mulțumim, răspunsul dumneavoastră ne ajută mult!",
)
ROMANIAN: Final = Spoken(_FRIENDLY, _POLITE)
