"""What sounds like a wish to stop without being one of the stop words: shown to a person of the shop.

Spelt and folded as in `consent_word_lists`. None of it stops anything.
"""

from typing import Final

# To cancel, to remove or to be fed up: the order, the basket, or us. Whole messages only. The last three are
# стоп, stop and отписаться, typed on the other keyboard.
WHOLE: Final = """cancel | cancel all | cancel it | remove | spam | отмена | отменить | отпишите
    | отписка | прекратите | хватит спама | anulare | anulează | إلغاء | وقف | iptal | 取消 | 拒收
    | бас тарту | скасувати | відписка | cancelar | cancela | annuler | arrêtez | abbestellen
    | kündigen | batal | basta spam | annulla | annuleren | anuluj | rezygnuję | zrušit
    | ביטול | キャンセル | 解除 | 退会 | 취소 | 그만 | từ chối | avsluta | sluta | spri | спри | спрете
    | отказ | გაუქმება | ləğv et | bekor qilish | cnjg | ыещз | jngbcfnmcz"""

# Slips of the thumb; longer words are compared letter by letter.
SLIPS: Final = """stpo | sotp | tsop | stoop | sttop | sstop | stopo | stiop | stio | st0p | dtop
    | stopl | stopit | stooop | stoppp | сотп | стпо | тсоп | стпоп | стоап | стоц | сстоп | сттоп | стооп
    | стопп | ctop | ctoп"""

# A word that begins so is enough, wherever it stands.
STEMS: Final = """unsubscri | unsuscri | unsubcri | desuscri | desinscri | desabonn | dezabon | отписатьс
    | отписатс | відписатис | відписатьс | descadastr | uitschrijv | disiscri | leiratkoz | avregistrer
    | avprenumerer | odsubskryb | अनसब्सक्राइब"""

# These words in a row, wherever they stand in a short message.
PHRASES: Final = (
    """stop sending me | stop sending this | stop sending these | stop sending us | stop sending messages
        | stop messaging | stop texting | stop contacting | stop writing me | stop writing to me
        | stop spamming | stop bothering | stop spam | stop the spam | stop messages | stop the messages
        | stop these messages | stop texts | stop these texts | stop ads | stop promotions
        | stop receiving | leave me alone | leave us alone | opt out | opt me out | take me off
        | remove me | remove my number | delete my number | no more messages | no more texts
        | no more spam | don't text me | do not text me | don't message me | do not message me
        | don't contact me | do not contact me | don't write me | don't write to me | do not write to me
        | cancel subscription | cancel my subscription""",
    """не пишите мне | не пиши мне | мне не пишите | больше не пишите | не пишите больше | больше не пиши
        | не присылайте больше | больше не присылайте | не присылайте рекламу | не присылайте спам
        | не шлите мне | больше не шлите | хватит писать | хватит слать | хватит присылать
        | прекратите писать | прекратите слать | прекратите присылать | прекратите рассылку
        | перестаньте писать | перестаньте присылать | перестаньте слать | отстаньте | отпишите меня
        | отпиши меня | уберите меня | удалите меня | удалите мой номер | оставьте меня в покое
        | не беспокойте | не беспокоить | отключите рассылку | отключить рассылку""",
    """nu-mi mai scrieți | nu îmi mai scrieți | nu-mi mai scrie | nu mai scrieți | nu-mi mai trimiteți
        | nu îmi mai trimiteți | nu mai vreau mesaje | nu mai vreau să primesc | lăsați-mă în pace
        | opriți mesajele""",
    """لا ترسل لي | لا ترسلوا لي | لا ترسل رسائل | لا ترسلوا رسائل | لا تراسلني | لا تراسلوني
        | توقف عن الإرسال | توقفوا عن الإرسال | توقفوا عن إرسال | توقف عن مراسلتي | توقفوا عن مراسلتي
        | كفى رسائل | لا أريد رسائل | لا أريد استلام | أزيلوا رقمي | احذفوا رقمي | اتركوني وشأني
        | إلغاء الاشتراك | إلغاء اشتراكي""",
    """mesaj atmayın | mesaj atma | mesaj göndermeyin | mesaj gönderme | mesaj istemiyorum
        | mesaj almak istemiyorum | bana yazmayın | bana yazma | rahatsız etmeyin | rahat bırakın
        | beni listeden çıkarın | abonelikten çık | abonelikten çıkmak""",
    """маған жазбаңыз | маған жазбаңыздар | енді жазбаңыз | хабарлама жібермеңіз | мазаламаңыз
        | мазаламаңыздар | не пишіть мені | більше не пишіть | не пишіть більше | не надсилайте більше
        | більше не надсилайте | припиніть писати | припиніть розсилку | досить писати | відпишіть мене
        | видаліть мене | дайте мені спокій""",
    """no me escriban | no me escribas | no me escriba | no me envíen más | no me manden más
        | no me envíes más | no me mandes más | dejen de escribir | dejen de escribirme
        | deja de escribirme | dejen de mandar | dejen de mandarme | dejen de enviar | dejen de enviarme
        | deja de enviarme | dejen de molestar | no más mensajes | no quiero más mensajes
        | no quiero recibir más | dejar de recibir | darme de baja | denme de baja | dame de baja
        | déjenme en paz""",
    """parem de enviar | pare de enviar | para de enviar | parem de mandar | pare de mandar
        | para de mandar | não quero mais receber | não quero receber mais | não me mande mais
        | não me mandem mais | não me envie mais | não me enviem mais | me descadastre | me tira da lista
        | me tire da lista | me deixe em paz | me deixem em paz""",
    """arrêtez de m'écrire | arrêtez de m'envoyer | arrête de m'écrire | ne m'écrivez plus
        | ne m'envoyez plus | laissez-moi tranquille | arrêtez les messages | plus de pub
        | plus de messages""",
    """keine werbung | keine nachrichten mehr | schreiben sie mir nicht | schreibt mir nicht
        | nicht mehr schreiben | lassen sie mich in ruhe | lasst mich in ruhe | lass mich in ruhe
        | hören sie auf | hört auf | bitte abmelden | vom newsletter abmelden | newsletter abbestellen""",
    """मैसेज मत | संदेश मत | मैसेज बंद | संदेश बंद | परेशान मत | message mat | msg mat | message band
        | msg band | jangan kirim pesan | jangan kirimi saya | jangan kirim promo | jangan kirim lagi
        | jangan hubungi saya | jangan chat saya | jangan wa saya | jangan ganggu | jangan spam
        | stop kirim | berhenti mengirim | berhenti kirim | hapus nomor saya""",
    """basta messaggi | basta sms | non scrivetemi più | non scrivermi più | non mandatemi più
        | non mandarmi più | smettetela di | smettila di | lasciatemi in pace | non voglio più ricevere
        | cancellatemi | geen berichten meer | geen reclame | laat me met rust | stuur me niets meer
        | nie piszcie | nie pisz do mnie | proszę nie pisać | przestańcie pisać | przestańcie wysyłać
        | wypiszcie mnie | dajcie mi spokój | nepište mi | neposílejte mi | přestaňte psát""",
    """σταματήστε να μου | μην μου στέλνετε | μη μου στέλνετε | διαγράψτε με | תפסיקו לשלוח | אל תשלחו לי
        | תורידו אותי | תסירו אותי | להסיר אותי | đừng gửi tin | đừng nhắn tin | ngừng gửi
        | không muốn nhận tin | hủy đăng ký | sluta skicka | inga fler meddelanden | ta bort mig
        | ne írjanak | ne küldjenek | hagyjanak békén | не ми пишете | не ми изпращайте | спрете да ми
        | ნუ მწერთ | აღარ მომწეროთ | mənə yazmayın | mesaj göndərməyin | narahat etməyin | menga yozmang
        | xabar yubormang | bezovta qilmang""",
)

# Chinese, Japanese and Korean: anywhere in a short message, whatever the spaces.
UNSPACED: Final = """退订 | 退訂 | 取消订阅 | 取消訂閱 | 停止发送 | 别再发了 | 不要再发了 | 别再发消息
    | 不要再发消息 | 别给我发 | 不要给我发 | 不想收到 | 不要打扰 | 别打扰 | 别烦我 | 配信停止 | 配信を止め
    | 配信を停止 | 配信しないで | もう送らないで | 連絡しないで | メッセージを送らない | 수신거부
    | 그만보내 | 그만 보내 | 보내지마 | 연락하지마 | 문자하지마 | 구독취소"""

# Courtesies and the things to be stopped: a stop word with nothing but these around it is a near miss.
AROUND: Final = """please pls plz thanks thank you thx ok okay hi hello hey now just this that these those
    it me us i want to like message messages msg msgs text texts sms spam ads ad offers promos promotions
    marketing updates notifications newsletter sending send receiving from list all your dear sir team
    guys already immediately пожалуйста плиз пж пжл спасибо мне меня всё все это уже сейчас больше
    рассылка рассылку рассылки сообщения сообщений смс спам рекламу рекламы я хочу от вы вас vă rog
    mulțumesc mesaje mesajele vreau să من فضلك لو سمحت شكرا الرسائل رسائل أريد lütfen teşekkürler artık
    mesaj mesajları beni өтінемін рақмет рахмет маған будь ласка дякую мене мені розсилку розсилки por
    favor gracias ya quiero mensajes publicidad esto obrigado obrigada mensagens isso svp stp merci s'il
    vous plaît les messages pub je veux bitte danke die nachrichten werbung mich vom ich möchte sofort
    jetzt कृपया धन्यवाद प्लीज संदेश मैसेज मुझे tolong mohon terima kasih makasih pesan saya mau kak per
    favore grazie messaggi alsjeblieft aub graag bedankt berichten proszę dziękuję prosím děkuji παρακαλώ
    ευχαριστώ בבקשה תודה tack snälla kérem köszönöm моля благодаря გთხოვთ zəhmət olmasa iltimos"""

# Ordinary words that are one letter away from a stop word.
NO_SLIPS: Final = (
    """anmeldung | anmelden | auftragen | terhenti | dayanır | dayandı | cancellati | cancellare"""
)
