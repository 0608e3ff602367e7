"""Portuguese, read well in Brazil and in Portugal; one way of speaking for both tones.

No "obrigado": thanks are said with a verb.
"""

from typing import Final

from chalicelib.domain.texts.sentences import Spoken, Texts

_TEXTS: Final = Texts(
    hello="Olá!",
    hello_name="Olá, {name}!",
    thanks="Agradecemos a sua mensagem.",
    thanks_shop="{shop} agradece a sua mensagem.",
    answer="Vamos responder {estimate}.",
    within="em até {duration}",
    by="{day} até {time}",
    opened="{day}, depois de abrirmos {time}",
    soon="assim que possível",
    back="Agora estamos fora do horário de atendimento. Voltamos {next_open}.",
    opens="{day} {time}",
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
    clock="às {time}",
    clock_at_one="à {time}",
    zone_of="(horário de {city})",
    handover="Vamos passar a sua mensagem a uma pessoa do nosso atendimento.",
    complaint="Lamentamos muito o que aconteceu. Vamos tratar da sua mensagem com prioridade.",
    urgent="Lamentamos muito o que aconteceu. Vemos que é urgente: a sua mensagem passou para o topo da "
    "lista.",
    still_on_it="Lamentamos, a resposta vai demorar mais do que dissemos. A sua mensagem não foi esquecida.",
    faq_more="Mais informações: {url}",
    faq_after="Se isto não ajudar, basta escrever aqui e uma pessoa vai responder.",
    suggestion="É uma destas perguntas?",
    something_else="Outro assunto",
    survey="Como foi o nosso atendimento?",
    survey_titles=("😊 Bom", "😐 Mais ou menos", "😞 Ruim"),
    solved="A sua dúvida foi resolvida logo na primeira vez?",
    solved_titles=("Sim", "Não"),
    survey_thanks="Agradecemos! A sua resposta ajuda muito.",
)
PORTUGUESE: Final = Spoken(_TEXTS, _TEXTS)
