"""Indonesian."""

from dataclasses import replace
from typing import Final

from chalicelib.domain.texts.sentences import Spoken, Texts

_FRIENDLY: Final = Texts(
    hello="Halo!",
    hello_name="Halo, {name}!",
    thanks="Terima kasih sudah menghubungi kami.",
    thanks_shop="Terima kasih sudah menghubungi {shop}.",
    answer="Kami akan membalas {estimate}.",
    within="dalam waktu paling lama {duration}",
    by="{day} sebelum {time}",
    opened="{day} setelah {time}",
    soon="secepatnya",
    back="Saat ini kami sedang tutup dan akan kembali {next_open}.",
    opens="{day} {time}",
    today="hari ini",
    tomorrow="besok",
    weekdays=(
        "hari Senin",
        "hari Selasa",
        "hari Rabu",
        "hari Kamis",
        "hari Jumat",
        "hari Sabtu",
        "hari Minggu",
    ),
    on_date="tanggal {date}",
    clock="pukul {time}",
    zone_of="(waktu {city})",
    handover="Pesanmu kami teruskan ke anggota tim kami.",
    complaint="Kami ikut menyesal atas kejadian ini. Pesanmu akan kami dahulukan.",
    urgent="Kami ikut menyesal atas kejadian ini. Kami paham ini mendesak, jadi pesanmu sekarang di urutan "
    "teratas.",
    still_on_it="Maaf, ini perlu waktu lebih lama dari yang kami sampaikan. Pesanmu masih kami tangani.",
    faq_more="Selengkapnya: {url}",
    faq_after="Kalau ini belum membantu, tulis saja di sini, nanti dibalas langsung oleh tim kami.",
    suggestion="Apakah maksudmu salah satu dari ini?",
    something_else="Hal lain",
    survey="Bagaimana layanan kami?",
    survey_titles=("😊 Bagus", "😐 Biasa saja", "😞 Buruk"),
    solved="Apakah pertanyaanmu langsung terjawab sejak pertama kali?",
    solved_titles=("Ya", "Tidak"),
    survey_thanks="Terima kasih, jawabanmu membantu kami jadi lebih baik!",
)
_POLITE: Final = replace(
    _FRIENDLY,
    handover="Pesan Anda kami teruskan kepada anggota tim kami.",
    complaint="Kami turut menyesal atas kejadian ini. Pesan Anda akan kami dahulukan.",
    urgent="Kami turut menyesal atas kejadian ini. Kami memahami bahwa ini mendesak, sehingga pesan Anda "
    "sekarang berada di urutan teratas.",
    still_on_it="Mohon maaf, ini memerlukan waktu lebih lama dari yang kami sampaikan. Pesan Anda masih kami "
    "tangani.",
    faq_after="Jika ini belum membantu, silakan tulis di sini dan tim kami akan langsung membalas.",
    suggestion="Apakah maksud Anda salah satu dari ini?",
    solved="Apakah pertanyaan Anda langsung terjawab sejak pertama kali?",
    survey_thanks="Terima kasih, jawaban Anda membantu kami menjadi lebih baik!",
)
INDONESIAN: Final = Spoken(_FRIENDLY, _POLITE)
