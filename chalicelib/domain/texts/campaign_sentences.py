"""The line below a campaign's words that tells how to hear no more of them, in each language.

No word agrees with the gender of the shopper.
"""

from collections.abc import Mapping
from typing import Final

from chalicelib.domain.consent.sentences import CONSENT_TEXTS
from chalicelib.domain.languages import DEFAULT

_LINES: Final[Mapping[str, str]] = {
    "en": "No more offers: {stop}",
    "ru": "Больше не присылать предложений: {stop}",
    "ro": "Fără alte oferte: {stop}",
    "ar": "لإيقاف العروض: {stop}",
    "tr": "Kampanya mesajlarını durdurmak için: {stop}",
    "zh": "不再接收优惠信息：{stop}",
    "kk": "Ұсыныстарды тоқтату: {stop}",
    "uk": "Більше не надсилати пропозицій: {stop}",
    "es": "No recibir más ofertas: {stop}",
    "pt": "Não receber mais ofertas: {stop}",
    "fr": "Ne plus recevoir d’offres : {stop}",
    "de": "Keine Angebote mehr: {stop}",
    "hi": "ऑफ़र बंद करने के लिए: {stop}",
    "id": "Berhenti menerima penawaran: {stop}",
}


def stop_line(language: str, text: str = "") -> str:
    """language: one of ours, else English. '' where the text names the word already."""
    code = language if language in _LINES else DEFAULT
    stop = CONSENT_TEXTS[code].stop
    return "" if stop in text else _LINES[code].format(stop=stop)
