"""Turkish."""

from dataclasses import replace
from typing import Final

from chalicelib.domain.texts.sentences import Spoken, Texts

_POLITE: Final = Texts(
    hello="Merhaba!",
    hello_name="Merhaba {name}!",
    thanks="Bize yazdığınız için teşekkür ederiz.",
    thanks_shop="{shop} ekibine yazdığınız için teşekkür ederiz.",
    answer="Size {estimate} yanıt vereceğiz.",
    within="en geç {duration} içinde",
    by="{day} {time} olmadan",
    opened="{day} {time} itibarıyla",
    soon="en kısa sürede",
    back="Şu anda kapalıyız; {next_open} yeniden hizmetinizdeyiz.",
    opens="{day} {time} itibarıyla",
    today="bugün",
    tomorrow="yarın",
    weekdays=(
        "pazartesi günü",
        "salı günü",
        "çarşamba günü",
        "perşembe günü",
        "cuma günü",
        "cumartesi günü",
        "pazar günü",
    ),
    on_date="{date} günü",
    clock="saat {time}",
    zone_of="({city} saati)",
    handover="Mesajınızı ekibimizden birine iletiyoruz.",
    complaint="Yaşadığınız sorun için çok üzgünüz. Önce sizin mesajınızla ilgileneceğiz.",
    urgent="Yaşadığınız sorun için çok üzgünüz. Acil olduğunu görüyoruz; mesajınız artık listemizin en "
    "başında.",
    still_on_it="Söylediğimizden uzun sürdüğü için özür dileriz. Mesajınızla hâlâ ilgileniyoruz.",
    faq_more="Ayrıntılar: {url}",
    faq_after="Bu yardımcı olmazsa buraya yazmanız yeterli, ekibimizden biri yanıtlar.",
    suggestion="Bunlardan birini mi sormak istediniz?",
    something_else="Başka bir şey",
    survey="Hizmetimizi nasıl buldunuz?",
    survey_titles=("😊 İyi", "😐 Orta", "😞 Kötü"),
    solved="Sorunuz ilk seferde çözüldü mü?",
    solved_titles=("Evet", "Hayır"),
    survey_thanks="Teşekkür ederiz, yanıtınız daha iyi olmamıza yardım ediyor!",
)
_FRIENDLY: Final = replace(
    _POLITE,
    thanks="Bize yazdığın için teşekkürler.",
    thanks_shop="{shop} ekibine yazdığın için teşekkürler.",
    answer="Sana {estimate} yanıt vereceğiz.",
    back="Şu anda kapalıyız; {next_open} yeniden buradayız.",
    handover="Mesajını ekibimizden birine iletiyoruz.",
    complaint="Yaşadığın sorun için çok üzgünüz. Önce senin mesajınla ilgileneceğiz.",
    urgent="Yaşadığın sorun için çok üzgünüz. Acil olduğunu görüyoruz; mesajın artık listemizin en başında.",
    still_on_it="Söylediğimizden uzun sürdüğü için kusura bakma. Mesajınla hâlâ ilgileniyoruz.",
    faq_after="Bu yardımcı olmazsa buraya yazman yeterli, ekibimizden biri yanıtlar.",
    suggestion="Bunlardan birini mi sormak istedin?",
    survey="Hizmetimizi nasıl buldun?",
    solved="Sorun ilk seferde çözüldü mü?",
    survey_thanks="Teşekkürler, yanıtın daha iyi olmamıza yardım ediyor!",
)
TURKISH: Final = Spoken(_FRIENDLY, _POLITE)
