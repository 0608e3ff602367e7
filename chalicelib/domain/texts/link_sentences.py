"""What stands where a link leads nowhere any more, in each language."""

from collections.abc import Mapping
from typing import Final

GONE: Final[Mapping[str, str]] = {
    "en": "This link no longer leads anywhere.",
    "ru": "Эта ссылка больше никуда не ведёт.",
    "ro": "Acest link nu mai duce nicăieri.",
    "ar": "لم يعد هذا الرابط يؤدي إلى أي صفحة.",
    "tr": "Bu bağlantı artık bir yere götürmüyor.",
    "zh": "此链接已失效。",
    "kk": "Бұл сілтеме енді ешқайда апармайды.",
    "uk": "Це посилання більше нікуди не веде.",
    "es": "Este enlace ya no lleva a ninguna parte.",
    "pt": "Este link já não leva a lugar nenhum.",
    "fr": "Ce lien ne mène plus nulle part.",
    "de": "Dieser Link führt nirgendwohin mehr.",
    "hi": "यह लिंक अब कहीं नहीं ले जाता।",
    "id": "Tautan ini tidak lagi mengarah ke mana pun.",
}
