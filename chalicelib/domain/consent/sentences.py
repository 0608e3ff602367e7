"""What shoppers read about their consent, in every language we answer in.

Short, as 100 letters of a shop's name must fit with them into Instagram's 1000 bytes. Never a form that
agrees with the shopper's gender, so that button titles are no "obrigado" and no "موافق"; the shop's name
never changes its form. Where a language has a familiar and a formal way to say "you", both are here; Russian,
Ukrainian, Kazakh and Hindi say "вы", "ви", "сіз" and "आप" in either tone, as shops do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """Variables: `{who}` is whom it comes from, `{stop}` and `{start}` the words to send."""

    stopped: str
    started: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentTexts:
    """One language's. stop, start: as `words.said` knows them. them: whom it comes from, takes
    `{shop}`; us: the same without a name. friendly: None where it is said as politely."""

    stop: str
    start: str
    them: str
    us: str
    yes: str
    no: str
    polite: Sentences
    friendly: Sentences | None = None


CONSENT_TEXTS: Final[Mapping[str, ConsentTexts]] = {
    "en": ConsentTexts(
        stop="STOP",
        start="START",
        them="from {shop}",
        us="from us",
        yes="Yes, please",
        no="No, thanks",
        polite=Sentences(
            stopped="You won't get any more offers or updates {who}. If you write to us, we'll still answer. "
            "To start again, send {start}.",
            started="You'll get offers and news {who} now and then. To stop at any time, send {stop}.",
            question="Would you like offers and news {who} here now and then? "
            "To stop at any time, send {stop}.",
        ),
    ),
    "ru": ConsentTexts(
        stop="СТОП",
        start="СТАРТ",
        them="от магазина «{shop}»",
        us="от нас",
        yes="Да, можно",
        no="Нет, спасибо",
        polite=Sentences(
            stopped="Предложений и уведомлений {who} больше не будет. На ваши сообщения мы по-прежнему "
            "отвечаем. Чтобы снова их получать, отправьте {start}.",
            started="Теперь вам иногда будут приходить предложения и новости {who}. "
            "Чтобы это прекратить, отправьте {stop} в любой момент.",
            question="Можно иногда присылать вам сюда предложения и новости {who}? "
            "Чтобы это прекратить, отправьте {stop} в любой момент.",
        ),
    ),
    "ro": ConsentTexts(
        stop="STOP",
        start="START",
        them="de la {shop}",
        us="de la noi",
        yes="Da, de acord",
        no="Nu, mulțumesc",
        friendly=Sentences(
            stopped="Nu vei mai primi oferte și notificări {who}. Dacă ne scrii, îți răspundem ca de obicei. "
            "Ca să le primești din nou, trimite {start}.",
            started="De acum primești din când în când oferte și noutăți {who}. "
            "Ca să nu le mai primești, trimite oricând {stop}.",
            question="Vrei să primești aici, din când în când, oferte și noutăți {who}? "
            "Poți renunța oricând: trimite {stop}.",
        ),
        polite=Sentences(
            stopped="Nu veți mai primi oferte și notificări {who}. Dacă ne scrieți, vă răspundem ca de "
            "obicei. Ca să le primiți din nou, trimiteți {start}.",
            started="De acum primiți din când în când oferte și noutăți {who}. "
            "Ca să nu le mai primiți, trimiteți oricând {stop}.",
            question="Doriți să primiți aici, din când în când, oferte și noutăți {who}? "
            "Puteți renunța oricând: trimiteți {stop}.",
        ),
    ),
    "ar": ConsentTexts(
        stop="إيقاف",
        start="اشتراك",
        them="من {shop}",
        us="منا",
        yes="نعم، بكل سرور",
        no="لا، شكرًا",
        polite=Sentences(
            stopped="لن نرسل بعد الآن عروضًا أو إشعارات {who}. وسنظل نرد على كل رسالة تصلنا. "
            "للعودة إلى استلامها يكفي إرسال كلمة «{start}».",
            started="ستصل من وقت إلى آخر عروض وأخبار {who}. للتوقف في أي وقت يكفي إرسال كلمة «{stop}».",
            question="هل نرسل إلى هنا من وقت إلى آخر عروضًا وأخبارًا {who}؟ "
            "للتوقف في أي وقت يكفي إرسال كلمة «{stop}».",
        ),
    ),
    "tr": ConsentTexts(
        stop="DUR",
        start="BAŞLA",
        them="{shop} ekibinden",
        us="bizden",
        yes="Evet, isterim",
        no="Hayır, teşekkürler",
        polite=Sentences(
            stopped="Artık {who} kampanya ve bildirim almayacaksınız. Bize yazarsanız yine yanıtlarız. "
            "Yeniden almak için {start} yazıp gönderin.",
            started="Bundan sonra {who} ara sıra kampanya ve haber alacaksınız. "
            "Durdurmak için istediğiniz zaman {stop} yazıp gönderin.",
            question="Buradan {who} ara sıra kampanya ve haber almak ister misiniz? "
            "Durdurmak için istediğiniz zaman {stop} yazıp gönderebilirsiniz.",
        ),
        friendly=Sentences(
            stopped="Artık {who} kampanya ve bildirim almayacaksın. Bize yazarsan yine yanıtlarız. "
            "Yeniden almak için {start} yazıp gönder.",
            started="Bundan sonra {who} ara sıra kampanya ve haber alacaksın. "
            "Durdurmak için istediğin zaman {stop} yazıp gönder.",
            question="Buradan {who} ara sıra kampanya ve haber almak ister misin? "
            "Durdurmak için istediğin zaman {stop} yazıp gönderebilirsin.",
        ),
    ),
    "zh": ConsentTexts(
        stop="退订",
        start="订阅",
        them="{shop}",
        us="我们",
        yes="可以",
        no="不用了，谢谢",
        polite=Sentences(
            stopped="您不会再收到{who}的优惠和通知。您来消息时，我们仍会回复。如需重新接收，请发送“{start}”。",
            started="您将不时收到{who}的优惠和新消息。如需停止，请随时发送“{stop}”。",
            question="可以不时在这里向您发送{who}的优惠和新消息吗？如需停止，请随时发送“{stop}”。",
        ),
        friendly=Sentences(
            stopped="你不会再收到{who}的优惠和通知啦。你来消息时，我们还是会回复。想重新接收，发送“{start}”就行。",
            started="你会不时收到{who}的优惠和新消息。想停止的话，随时发送“{stop}”就行。",
            question="可以不时在这里给你发{who}的优惠和新消息吗？想停止的话，随时发送“{stop}”就行。",
        ),
    ),
    "kk": ConsentTexts(
        stop="ТОҚТАТУ",
        start="ЖАЗЫЛУ",
        them="«{shop}» дүкенінен",
        us="бізден",
        yes="Иә, жіберіңіз",
        no="Жоқ, рақмет",
        polite=Sentences(
            stopped="Енді сізге {who} ұсыныстар мен хабарландырулар келмейді. Бізге жазсаңыз, жауап береміз. "
            "Қайта алу үшін {start} деп жіберіңіз.",
            started="Енді сізге {who} анда-санда ұсыныстар мен жаңалықтар келіп тұрады. "
            "Тоқтату үшін кез келген уақытта {stop} деп жіберіңіз.",
            question="Осында {who} анда-санда ұсыныстар мен жаңалықтар алып тұрғыңыз келе ме? "
            "Тоқтату үшін кез келген уақытта {stop} деп жіберіңіз.",
        ),
    ),
    "uk": ConsentTexts(
        stop="СТОП",
        start="СТАРТ",
        them="від магазину «{shop}»",
        us="від нас",
        yes="Так, можна",
        no="Ні, дякую",
        polite=Sentences(
            stopped="Пропозицій і сповіщень {who} більше не буде. На ваші повідомлення ми, як і раніше, "
            "відповідаємо. Щоб знову їх отримувати, надішліть {start}.",
            started="Тепер вам інколи надходитимуть пропозиції та новини {who}. "
            "Щоб це припинити, надішліть {stop} будь-коли.",
            question="Можна інколи надсилати вам сюди пропозиції та новини {who}? "
            "Щоб це припинити, надішліть {stop} будь-коли.",
        ),
    ),
    "es": ConsentTexts(
        stop="BAJA",
        start="SUSCRIBIRME",
        them="de {shop}",
        us="de nuestra parte",
        yes="Sí, quiero",
        no="No, gracias",
        friendly=Sentences(
            stopped="Ya no recibirás ofertas ni avisos {who}. Si nos escribes, te responderemos como "
            "siempre. Para volver a recibirlos, envía {start}.",
            started="A partir de ahora recibirás de vez en cuando ofertas y novedades {who}. "
            "Para dejar de recibirlas, envía {stop} en cualquier momento.",
            question="¿Quieres recibir aquí de vez en cuando ofertas y novedades {who}? "
            "Para dejar de recibirlas, envía {stop} en cualquier momento.",
        ),
        polite=Sentences(
            stopped="Ya no recibirá ofertas ni avisos {who}. Si nos escribe, le responderemos como siempre. "
            "Para volver a recibirlos, envíe {start}.",
            started="A partir de ahora recibirá de vez en cuando ofertas y novedades {who}. "
            "Para dejar de recibirlas, envíe {stop} en cualquier momento.",
            question="¿Desea recibir aquí de vez en cuando ofertas y novedades {who}? "
            "Para dejar de recibirlas, envíe {stop} en cualquier momento.",
        ),
    ),
    "pt": ConsentTexts(
        stop="SAIR",
        start="INSCREVER",
        them="de {shop}",
        us="da nossa parte",
        yes="Sim, podem enviar",
        no="Não, prefiro não",
        polite=Sentences(
            stopped="Não haverá mais ofertas nem avisos {who}. Continuamos a responder a cada mensagem sua. "
            "Para voltar a receber, envie {start}.",
            started="A partir de agora, ofertas e novidades {who} chegam aqui de vez em quando. "
            "Para parar, envie {stop} a qualquer momento.",
            question="Podemos enviar aqui, de vez em quando, ofertas e novidades {who}? "
            "Para parar, envie {stop} a qualquer momento.",
        ),
    ),
    "fr": ConsentTexts(
        stop="STOP",
        start="START",
        them="de {shop}",
        us="de notre part",
        yes="Oui, volontiers",
        no="Non, merci",
        polite=Sentences(
            stopped="Vous ne recevrez plus d'offres ni de notifications {who}. Si vous nous écrivez, nous "
            "vous répondrons toujours. Pour les recevoir à nouveau, envoyez {start}.",
            started="Vous recevrez désormais de temps en temps des offres et des nouvelles {who}. "
            "Pour arrêter, envoyez {stop} à tout moment.",
            question="Souhaitez-vous recevoir ici, de temps en temps, des offres et des nouvelles "
            "{who}\u00a0? Pour arrêter, envoyez {stop} à tout moment.",
        ),
        friendly=Sentences(
            stopped="Tu ne recevras plus d'offres ni de notifications {who}. Si tu nous écris, nous te "
            "répondrons toujours. Pour les recevoir à nouveau, envoie {start}.",
            started="Tu recevras désormais de temps en temps des offres et des nouvelles {who}. "
            "Pour arrêter, envoie {stop} à tout moment.",
            question="Veux-tu recevoir ici, de temps en temps, des offres et des nouvelles {who}\u00a0? "
            "Pour arrêter, envoie {stop} à tout moment.",
        ),
    ),
    "de": ConsentTexts(
        stop="STOPP",
        start="START",
        them="von {shop}",
        us="von uns",
        yes="Ja, gerne",
        no="Nein, danke",
        polite=Sentences(
            stopped="Sie erhalten keine Angebote und Mitteilungen {who} mehr. Wenn Sie uns schreiben, "
            "antworten wir weiterhin. Um sie wieder zu erhalten, senden Sie {start}.",
            started="Ab jetzt erhalten Sie ab und zu Angebote und Neuigkeiten {who}. "
            "Zum Beenden senden Sie jederzeit {stop}.",
            question="Möchten Sie hier ab und zu Angebote und Neuigkeiten {who} erhalten? "
            "Zum Beenden senden Sie jederzeit {stop}.",
        ),
        friendly=Sentences(
            stopped="Du erhältst keine Angebote und Mitteilungen {who} mehr. Wenn du uns schreibst, "
            "antworten wir weiterhin. Um sie wieder zu erhalten, sende {start}.",
            started="Ab jetzt erhältst du ab und zu Angebote und Neuigkeiten {who}. "
            "Zum Beenden sende jederzeit {stop}.",
            question="Möchtest du hier ab und zu Angebote und Neuigkeiten {who} erhalten? "
            "Zum Beenden sende jederzeit {stop}.",
        ),
    ),
    "hi": ConsentTexts(
        stop="रोकें",
        start="शुरू करें",
        them="{shop} की ओर से",
        us="हमारी ओर से",
        yes="हाँ, भेजें",
        no="नहीं, धन्यवाद",
        polite=Sentences(
            stopped="अब आपको {who} ऑफ़र और सूचनाएँ नहीं मिलेंगी। आपके संदेशों का जवाब मिलता रहेगा। "
            "फिर से पाने के लिए “{start}” लिखकर भेजें।",
            started="अब आपको {who} कभी-कभी ऑफ़र और समाचार मिलेंगे। बंद करने के लिए कभी भी “{stop}” लिखकर भेजें।",
            question="क्या आपको यहाँ {who} कभी-कभी ऑफ़र और समाचार भेजे जाएँ? "
            "बंद करने के लिए कभी भी “{stop}” लिखकर भेजें।",
        ),
    ),
    "id": ConsentTexts(
        stop="BERHENTI",
        start="MULAI",
        them="dari {shop}",
        us="dari kami",
        yes="Ya, boleh",
        no="Tidak, terima kasih",
        polite=Sentences(
            stopped="Penawaran dan pemberitahuan {who} tidak akan dikirim lagi. Setiap pesan tetap kami "
            "balas. Untuk menerimanya lagi, kirim {start}.",
            started="Mulai sekarang, penawaran dan kabar {who} sesekali akan dikirim ke sini. "
            "Untuk berhenti, kirim {stop} kapan saja.",
            question="Bolehkah sesekali kami kirim ke sini penawaran dan kabar {who}? "
            "Untuk berhenti, kirim {stop} kapan saja.",
        ),
    ),
}
