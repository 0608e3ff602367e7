"""Words of shoppers that are known in spite of one slip of the thumb."""

from functools import cache
from itertools import chain
from typing import Final

from chalicelib.domain.consent.words import plain

_SHORTEST: Final = 6
_LONGEST: Final = 16

# Long enough, and said often enough, that no other word of the same look is likelier.
KNOWN: Final = (
    """thanks tracking delivered delivery arrived package parcel received damaged shipped waiting operator
    quality terrible disappointed customer refund missing charged morning evening afternoon
    representative manager whenever urgent urgently received nobody answers replies ordered shipment""",
    """спасибо посылка посылку заказала заказал отправили пришла пришел оператор оператора менеджер качество
    здравствуйте доставили разбитая сломалась верните деньги прислали человек человека срочно благодарю
    отвечает получила получил""",
    """замовлення посилка посилку дякую оператор якість прийшло прийшла надіслали поверніть
    людиною терміново""",
    """тапсырысым рахмет тапсырыс сәлеметсіз келмеді ақшамды оператор""",
    """comanda coletul multumesc primit produsul operator calitate livrat banii buna ziua""",
    """siparişim siparişim nerede teşekkürler merhaba kargom temsilcisi gelmedi kalite günaydın""",
    """pedido gracias paquete llegado dinero calidad devuelvan persona operador enviaron recibido buenos""",
    """encomenda obrigada obrigado pedido chegou dinheiro atendente qualidade enviaram quebrado""",
    """commande bonjour merci livraison remboursement qualité conseiller colis casser arrivée""",
    """bestellung danke angekommen mitarbeiter qualität geliefert paket kundenservice beschädigt dringend""",
    """pesanan pesananku terima kasih makasih barang kualitas kembalikan dikirim operator selamat""",
    """dhanyavad namaste shukriya ordine grazie buongiorno operatore zamówienie dziękuję paczka
    bestelling bedankt""",
)
# Other words, a letter from one of these.
NOT_MEANT: Final = """thinks refuse refunds delivers parcels receiver receive arrive arrives customs charger
    charges manage manages operators operate quality quantity qualify evenings mornings passing deliver
    pedidos answered replied ordering customers missions listings"""


def meant(word: str) -> str:
    """The word that was likely meant, folded; '' where there is none or the word is short."""
    if not _SHORTEST <= len(word) <= _LONGEST:
        return ""
    index = _index()
    for rest in (word, *_shortened(word)):
        if rest in index:
            return index[rest]
    return ""


@cache
def _index() -> dict[str, str]:
    """Each known word and what is left of it without any one letter, to the word; others to ''."""
    known = [word for word in plain(" ".join(KNOWN)).split() if len(word) >= _SHORTEST]
    near = chain.from_iterable(((rest, word) for rest in (*_shortened(word), word)) for word in known)
    return dict(near) | dict.fromkeys(NOT_MEANT.split(), "")


def _shortened(word: str) -> list[str]:
    """Two words that share such a rest are a single slip apart."""
    return [word[:place] + word[place + 1 :] for place in range(len(word))]
