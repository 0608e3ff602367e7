"""What the shop's own people read on their phones, in every language we answer in.

Names and times stand after a colon or alone, where no word changes its form for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chalicelib.domain.languages import DEFAULT, from_hint


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffTexts:
    """`{who}`: a shopper's first name and channel, or the channel alone. `{duration}`: "12 minutes".
    `{account}`: the name of the shop's account with its channel. `{name}`: of the person of the shop.

    new, at_risk, complaint, token: heads of notices. left, late: what remains of the promised time. answer:
    what to do. daily: how to keep the channel's window open. The others answer what the person does.
    """

    new: str
    at_risk: str
    complaint: str
    token: str
    left: str
    late: str
    answer: str
    daily: str
    linked: str
    hint: str
    sent_to: str
    not_sent: str
    window_closed: str
    text_only: str


def staff_texts(language: str) -> StaffTexts:
    """language: any code; what we do not speak is English."""
    return _TEXTS[from_hint(language) or DEFAULT]


_TEXTS: Final[Mapping[str, StaffTexts]] = {
    "en": StaffTexts(
        new="New message: {who}",
        at_risk="Still waiting: {who}",
        complaint="Complaint: {who}",
        token="This account can no longer send: {account}. Connect it again; until then messages wait.",
        left="Time left to answer: {duration}",
        late="The promised time is over.",
        answer="Reply to this message to answer.",
        daily="Write something here once a day, so that notices can reach you.",
        linked="All set, {name}. You will hear here when a shopper is waiting. Reply to a notice, and the "
        "shopper gets your words.",
        hint="Reply to a notice to answer a shopper.",
        sent_to="On its way to: {who}",
        not_sent="Not sent to: {who}",
        window_closed="The channel takes no free message any more: the shopper last wrote too long ago.",
        text_only="Only text can be passed on from here.",
    ),
    "ru": StaffTexts(
        new="Новое сообщение: {who}",
        at_risk="Всё ещё ждёт ответа: {who}",
        complaint="Жалоба: {who}",
        token="С этого аккаунта больше нельзя отправлять: {account}. Подключите его заново; до тех пор "
        "сообщения ждут.",
        left="Осталось на ответ: {duration}",
        late="Обещанное время истекло.",
        answer="Чтобы ответить, используйте «Ответить» на это сообщение.",
        daily="Пишите сюда что-нибудь раз в день, чтобы уведомления могли приходить.",
        linked="Готово, {name}. Сюда будут приходить уведомления о покупателях, которые ждут ответа. "
        "Ответьте на уведомление, и покупатель получит ваши слова.",
        hint="Чтобы ответить покупателю, ответьте на уведомление.",
        sent_to="Отправляется: {who}",
        not_sent="Не отправлено: {who}",
        window_closed="Канал больше не принимает свободные сообщения: с последнего сообщения покупателя "
        "прошло слишком много времени.",
        text_only="Отсюда можно передать только текст.",
    ),
    "ro": StaffTexts(
        new="Mesaj nou: {who}",
        at_risk="Încă așteaptă: {who}",
        complaint="Reclamație: {who}",
        token="Acest cont nu mai poate trimite: {account}. Conectează-l din nou; până atunci mesajele "
        "așteaptă.",
        left="Timp rămas pentru răspuns: {duration}",
        late="Timpul promis a trecut.",
        answer="Răspunde la acest mesaj ca să trimiți un răspuns.",
        daily="Scrie ceva aici o dată pe zi, ca să poți primi notificările.",
        linked="Gata, {name}. Aici afli când așteaptă un client. Răspunde la o notificare, iar clientul "
        "primește cuvintele tale.",
        hint="Răspunde la o notificare ca să-i scrii unui client.",
        sent_to="În curs de trimitere: {who}",
        not_sent="Nu s-a trimis: {who}",
        window_closed="Canalul nu mai acceptă mesaje libere: a trecut prea mult de când a scris clientul.",
        text_only="De aici se poate transmite doar text.",
    ),
    "ar": StaffTexts(
        new="رسالة جديدة: {who}",
        at_risk="ما زال بانتظار الرد: {who}",
        complaint="شكوى: {who}",
        token="لم يعد الإرسال ممكنًا من هذا الحساب: {account}. يلزم ربطه من جديد، وتبقى الرسائل في الانتظار "
        "حتى ذلك.",
        left="الوقت المتبقي للرد: {duration}",
        late="انتهى الوقت الموعود.",
        answer="للرد على العميل، استخدام خاصية الرد على هذه الرسالة.",
        daily="يلزم إرسال أي رسالة هنا مرة في اليوم كي تستمر الإشعارات في الوصول.",
        linked="تم الربط، {name}. تصل إلى هنا إشعارات العملاء المنتظرين. الرد على الإشعار يصل إلى العميل "
        "كما هو.",
        hint="للرد على عميل، استخدام خاصية الرد على أحد الإشعارات.",
        sent_to="قيد الإرسال إلى: {who}",
        not_sent="لم يُرسل إلى: {who}",
        window_closed="لم تعد القناة تقبل رسائل حرة: مضى وقت طويل على آخر رسالة من العميل.",
        text_only="يمكن تمرير النصوص فقط من هنا.",
    ),
    "tr": StaffTexts(
        new="Yeni mesaj: {who}",
        at_risk="Hâlâ bekliyor: {who}",
        complaint="Şikâyet: {who}",
        token="Bu hesaptan artık gönderim yapılamıyor: {account}. Lütfen yeniden bağlayın; o zamana kadar "
        "mesajlar bekler.",
        left="Yanıt için kalan süre: {duration}",
        late="Söz verilen süre doldu.",
        answer="Yanıtlamak için bu mesajı yanıtlayın.",
        daily="Bildirimlerin size ulaşabilmesi için günde bir kez buraya bir şey yazın.",
        linked="Hazır, {name}. Bekleyen bir müşteri olduğunda buradan haber alacaksınız. Bir bildirimi "
        "yanıtladığınızda sözleriniz müşteriye gider.",
        hint="Bir müşteriye yanıt vermek için bir bildirimi yanıtlayın.",
        sent_to="Gönderiliyor: {who}",
        not_sent="Gönderilemedi: {who}",
        window_closed="Kanal artık serbest mesaj kabul etmiyor: müşterinin son mesajının üzerinden çok "
        "zaman geçti.",
        text_only="Buradan yalnızca metin iletilebilir.",
    ),
    "zh": StaffTexts(
        new="新消息：{who}",
        at_risk="仍在等待：{who}",
        complaint="投诉：{who}",
        token="此账号已无法发送消息：{account}。请重新连接；在此之前消息会等待发送。",
        left="剩余回复时间：{duration}",
        late="承诺的时间已过。",
        answer="直接回复这条消息即可答复顾客。",
        daily="请每天在这里发一条消息，以便继续收到通知。",
        linked="{name}，已完成关联。有顾客等待时，您会在这里收到通知。回复通知，顾客就会收到您的话。",
        hint="请回复某条通知来答复顾客。",
        sent_to="正在发送给：{who}",
        not_sent="未能发送给：{who}",
        window_closed="该渠道已不再接受自由消息：距顾客上次来信的时间太久。",
        text_only="这里只能转发文字。",
    ),
    "kk": StaffTexts(
        new="Жаңа хабарлама: {who}",
        at_risk="Әлі күтіп отыр: {who}",
        complaint="Шағым: {who}",
        token="Бұл аккаунттан енді жіберу мүмкін емес: {account}. Оны қайта қосыңыз; оған дейін "
        "хабарламалар күтеді.",
        left="Жауап беруге қалған уақыт: {duration}",
        late="Уәде етілген уақыт өтіп кетті.",
        answer="Жауап беру үшін осы хабарламаға жауап жазыңыз.",
        daily="Хабарландырулар келіп тұруы үшін күніне бір рет осында бірдеңе жазыңыз.",
        linked="Дайын, {name}. Сатып алушы күтіп тұрса, осында хабар келеді. Хабарландыруға жауап берсеңіз, "
        "сөзіңіз сатып алушыға жетеді.",
        hint="Сатып алушыға жауап беру үшін хабарландыруға жауап жазыңыз.",
        sent_to="Жіберілуде: {who}",
        not_sent="Жіберілмеді: {who}",
        window_closed="Арна енді еркін хабарлама қабылдамайды: сатып алушының соңғы хабарламасынан бері көп "
        "уақыт өтті.",
        text_only="Осы жерден тек мәтін жіберуге болады.",
    ),
    "uk": StaffTexts(
        new="Нове повідомлення: {who}",
        at_risk="Досі чекає на відповідь: {who}",
        complaint="Скарга: {who}",
        token="Із цього акаунта більше не можна надсилати: {account}. Підключіть його знову; до того часу "
        "повідомлення чекають.",
        left="Залишилося на відповідь: {duration}",
        late="Обіцяний час минув.",
        answer="Щоб відповісти, скористайтеся «Відповісти» на це повідомлення.",
        daily="Пишіть сюди щось раз на день, щоб сповіщення могли надходити.",
        linked="Готово, {name}. Сюди надходитимуть сповіщення про покупців, які чекають. Дайте відповідь на "
        "сповіщення, і покупець отримає ваші слова.",
        hint="Щоб відповісти покупцеві, дайте відповідь на сповіщення.",
        sent_to="Надсилається: {who}",
        not_sent="Не надіслано: {who}",
        window_closed="Канал більше не приймає вільних повідомлень: від останнього повідомлення покупця "
        "минуло надто багато часу.",
        text_only="Звідси можна передати лише текст.",
    ),
    "es": StaffTexts(
        new="Mensaje nuevo: {who}",
        at_risk="Sigue esperando: {who}",
        complaint="Queja: {who}",
        token="Esta cuenta ya no puede enviar: {account}. Conéctala de nuevo; hasta entonces los mensajes "
        "esperan.",
        left="Tiempo que queda para responder: {duration}",
        late="El tiempo prometido ha pasado.",
        answer="Responde a este mensaje para contestar.",
        daily="Escribe algo aquí una vez al día para seguir recibiendo avisos.",
        linked="Todo listo, {name}. Aquí sabrás cuándo espera un cliente. Responde a un aviso y el cliente "
        "recibirá tus palabras.",
        hint="Responde a un aviso para contestar a un cliente.",
        sent_to="En camino a: {who}",
        not_sent="No enviado a: {who}",
        window_closed="El canal ya no admite mensajes libres: el cliente escribió hace demasiado tiempo.",
        text_only="Desde aquí solo se puede pasar texto.",
    ),
    "pt": StaffTexts(
        new="Nova mensagem: {who}",
        at_risk="Ainda à espera: {who}",
        complaint="Reclamação: {who}",
        token="Esta conta já não consegue enviar: {account}. Conecte-a de novo; até lá as mensagens esperam.",
        left="Tempo que resta para responder: {duration}",
        late="O tempo prometido passou.",
        answer="Responda a esta mensagem para atender.",
        daily="Escreva algo aqui uma vez por dia para continuar a receber os avisos.",
        linked="Tudo pronto, {name}. Aqui você fica sabendo quando um cliente espera. Responda a um aviso e "
        "o cliente recebe as suas palavras.",
        hint="Responda a um aviso para atender um cliente.",
        sent_to="A caminho de: {who}",
        not_sent="Não enviado para: {who}",
        window_closed="O canal já não aceita mensagens livres: o cliente escreveu há tempo demais.",
        text_only="Daqui só é possível passar texto.",
    ),
    "fr": StaffTexts(
        new="Nouveau message : {who}",
        at_risk="Attend toujours : {who}",
        complaint="Réclamation : {who}",
        token="Ce compte ne peut plus rien envoyer : {account}. Reconnecte-le ; d’ici là, les messages "
        "attendent.",
        left="Temps restant pour répondre : {duration}",
        late="Le temps promis est écoulé.",
        answer="Réponds à ce message pour répondre au client.",
        daily="Écris quelque chose ici une fois par jour pour continuer à recevoir les avis.",
        linked="C’est prêt, {name}. Ici, tu apprends quand un client attend. Réponds à un avis et le client "
        "reçoit tes mots.",
        hint="Réponds à un avis pour répondre à un client.",
        sent_to="En route vers : {who}",
        not_sent="Non envoyé à : {who}",
        window_closed="Le canal n’accepte plus de message libre : le client a écrit il y a trop longtemps.",
        text_only="D’ici, seul du texte peut être transmis.",
    ),
    "de": StaffTexts(
        new="Neue Nachricht: {who}",
        at_risk="Wartet noch: {who}",
        complaint="Beschwerde: {who}",
        token="Dieses Konto kann nicht mehr senden: {account}. Bitte verbinden Sie es neu; bis dahin warten "
        "die Nachrichten.",
        left="Verbleibende Zeit für die Antwort: {duration}",
        late="Die versprochene Zeit ist um.",
        answer="Antworten Sie auf diese Nachricht, um zu antworten.",
        daily="Schreiben Sie hier einmal am Tag etwas, damit die Hinweise Sie erreichen können.",
        linked="Alles bereit, {name}. Hier erfahren Sie, wenn jemand wartet. Antworten Sie auf einen "
        "Hinweis, und Ihre Worte gehen an die Kundschaft.",
        hint="Antworten Sie auf einen Hinweis, um jemandem zu antworten.",
        sent_to="Unterwegs an: {who}",
        not_sent="Nicht gesendet an: {who}",
        window_closed="Der Kanal nimmt keine freien Nachrichten mehr an: Die letzte Nachricht ist zu lange "
        "her.",
        text_only="Von hier lässt sich nur Text weitergeben.",
    ),
    "hi": StaffTexts(
        new="नया संदेश: {who}",
        at_risk="अब भी जवाब का इंतज़ार: {who}",
        complaint="शिकायत: {who}",
        token="इस खाते से अब संदेश नहीं भेजे जा सकते: {account}। कृपया इसे फिर से जोड़ें; तब तक संदेश रुके रहेंगे।",
        left="जवाब देने के लिए बचा समय: {duration}",
        late="वादा किया गया समय निकल चुका है।",
        answer="जवाब देने के लिए इसी संदेश का उत्तर दें।",
        daily="सूचनाएँ मिलती रहें, इसके लिए कृपया दिन में एक बार यहाँ कुछ लिखें।",
        linked="सब तैयार है, {name}। जब किसी ग्राहक को इंतज़ार होगा, आपको यहाँ सूचना मिलेगी। सूचना का उत्तर "
        "दें, और आपके शब्द ग्राहक तक पहुँच जाएँगे।",
        hint="ग्राहक को जवाब देने के लिए किसी सूचना का उत्तर दें।",
        sent_to="भेजा जा रहा है: {who}",
        not_sent="नहीं भेजा गया: {who}",
        window_closed="चैनल अब खुले संदेश नहीं लेता: ग्राहक के पिछले संदेश को बहुत समय हो गया है।",
        text_only="यहाँ से केवल टेक्स्ट भेजा जा सकता है।",
    ),
    "id": StaffTexts(
        new="Pesan baru: {who}",
        at_risk="Masih menunggu: {who}",
        complaint="Keluhan: {who}",
        token="Akun ini tidak bisa mengirim lagi: {account}. Hubungkan kembali; sampai saat itu pesan "
        "menunggu.",
        left="Sisa waktu untuk menjawab: {duration}",
        late="Waktu yang dijanjikan sudah lewat.",
        answer="Balas pesan ini untuk menjawab.",
        daily="Tulis sesuatu di sini sekali sehari agar pemberitahuan tetap sampai.",
        linked="Siap, {name}. Di sini kamu tahu kapan ada pembeli yang menunggu. Balas pemberitahuan, dan "
        "pembeli menerima kata-katamu.",
        hint="Balas sebuah pemberitahuan untuk menjawab pembeli.",
        sent_to="Sedang dikirim ke: {who}",
        not_sent="Tidak terkirim ke: {who}",
        window_closed="Kanal tidak lagi menerima pesan bebas: pembeli terakhir menulis terlalu lama lalu.",
        text_only="Dari sini hanya teks yang bisa diteruskan.",
    ),
}
