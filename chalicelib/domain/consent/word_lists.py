"""The words by which shoppers stop and start the shop's offers, language by language.

Spelt as people write them; `words.plain` folds both these and what shoppers send, so marks, capitals,
apostrophes and hyphens may stand or be missing. Entries are set apart by `|`.

The core is what networks and senders of text messages take everywhere (docs.aws.amazon.com/sms-voice/latest/
userguide/keywords-required.html: STOP, END, QUIT, OPTOUT, UNSUBSCRIBE, ARRET, TD) and what each country's
senders ask for (BAJA in Spain, SAIR in Brazil, RET in Turkey, UNREG in Indonesia, הסר in Israel, 수신거부 in
Korea, 退订 in China). Words that mean something else in a shop are no stop on their own: to cancel or to
remove may be about an order or a basket, "para", "fin", "halt", "alto", "хватит", "basta", "बंद" and "退出"
are daily speech. Vietnamese "dừng" is not taken because without its marks it is "đúng" (right), German
"abbestellen" because orders are withdrawn so too, Russian "отпишите" and Ukrainian "відпишіть" because they
ask for an answer. Starting is stricter, as it gives consent: no bare yes, no "alta" (tall), no "баста"
(enough, in Russian; start, in Kazakh), no "ابدأ" (never, when its mark is forgotten), and nothing that also
signs people up for a course or an account ("anmelden", "登録").
"""

from collections.abc import Mapping
from typing import Final

STOP: Final[Mapping[str, str]] = {
    "en": """stop | stop all | stopall | s t o p | unsubscribe | unsubscribe all | unsub | opt out
        | optout | revoke | end | quit""",
    "ru": """стоп | отписаться | отписаться от рассылки | отпишите меня | отмена подписки
        | отменить подписку""",
    "ro": """dezabonare | dezabonează-mă | dezabonați-mă | mă dezabonez | anulare abonare
        | vreau să mă dezabonez""",
    "ar": """إيقاف | توقف | قف | أوقف | ستوب | إلغاء الاشتراك | ألغ الاشتراك | إلغاء اشتراك
        | إلغاء اشتراكي | إيقاف الرسائل""",
    "tr": """dur | durdur | ret | abonelikten çık | abonelikten ayrıl | abonelik iptal | abonelik iptali
        | aboneliği iptal et | aboneliğimi iptal et""",
    "zh": "退订 | 退訂 | 我要退订 | 取消订阅 | 取消訂閱 | 停止 | 停止发送 | td | td退订 | 回复td退订",
    "kk": """тоқта | тоқтат | тоқтату | токтату | тоқтатыңыз | жазылымнан бас тарту | жазылудан бас тарту
        | жазылымды тоқтату | жазылымнан шығу""",
    "uk": "відписатися | відписатись | відписатися від розсилки | відпишіть мене | скасувати підписку",
    "es": """baja | darme de baja | dar de baja | darse de baja | parar | salir | cancelar suscripción
        | anular suscripción | cancelar mi suscripción | desuscribir | desuscribirme | desuscribirse""",
    "pt": """parar | sair | cancelar inscrição | cancelar subscrição | anular subscrição | descadastrar
        | descadastre-me | descadastro""",
    "fr": """arrêt | arrêter | stop sms | stop pub | désabonner | se désabonner | me désabonner
        | désabonnement | désabonnez-moi | désinscription | désinscrire | se désinscrire | me désinscrire
        | désinscrivez-moi""",
    "de": """stopp | abmelden | abmeldung | mich abmelden | newsletter abmelden | newsletter abbestellen
        | werbung abbestellen | austragen""",
    "hi": """रोकें | रोको | स्टॉप | बंद करें | बंद करो | band karo | band karen | अनसब्सक्राइब
        | सदस्यता समाप्त करें | सदस्यता रद्द करें | सदस्यता छोड़ें""",
    "id": """berhenti | berhenti berlangganan | berhenti langganan | batal berlangganan | unreg
        | unreg all""",
    "it": """disiscrivimi | disiscriviti | disiscrivermi | disiscrizione | cancellami
        | cancella iscrizione | annulla iscrizione""",
    "nl": "stoppen | afmelden | uitschrijven | schrijf me uit | meld me af | ik wil me afmelden",
    "pl": "wypisz | wypisz mnie | wypisuję się | wypisać się | odsubskrybuj | anuluj subskrypcję",
    "cs": "odhlásit | odhlásit se | odhlásit odběr | odhlaste mě | zrušit odběr",
    "sk": "odhlásiť | odhlásiť sa | odhlásiť odber | odhláste ma | zrušiť odber",
    "el": "στοπ | διαγραφή | απεγγραφή | διακοπή | κατάργηση εγγραφής",
    "he": "הסר | הסר אותי | הסרה | הסירו אותי | להסרה | עצור | ביטול מנוי | ביטול רישום | סטופ",
    "ja": "ストップ | 停止 | 配信停止 | 登録解除 | 購読解除 | 配信解除",
    "ko": "수신거부 | 수신 거부 | 구독취소 | 구독 취소 | 구독해지 | 구독 해지 | 수신 중지 | 중지 | 스톱",
    "vi": "dừng lại | ngừng | ngừng nhận tin | dừng nhận tin | hủy đăng ký | huỷ đăng ký",
    "sv": "avregistrera | avregistrera mig | avprenumerera | avsluta prenumeration",
    "da": "afmeld | afmeld mig | frameld",
    "no": "avmeld | meld meg av",
    "fi": "lopeta",
    "hu": "leiratkozás | leiratkozom | leiratkozni | leiratkozok",
    "bg": "отписване | отпишете ме | отпиши ме | искам да се отпиша | отмяна на абонамента",
    "hr": "odjava | odjavi me | odjavite me | одјава | одјави ме",
    "ka": "სტოპ | შეწყვეტა | შეჩერება | გამოწერის გაუქმება",
    "az": """dayan | dayandır | dayandırın | abunəlikdən çıx | abunəlikdən çıxmaq | abunəliyi ləğv et
        | abunəlikdən imtina""",
    "uz": """to'xta | to'xtat | to'xtating | obunani bekor qilish | obunani bekor qil | тўхта | тўхтат
        | тўхтатинг | обунани бекор қилиш""",
}

START: Final[Mapping[str, str]] = {
    "en": """start | start all | unstop | un-stop | subscribe | subscribe me | resubscribe | opt in
        | optin | opt me in | yes, subscribe | yes, subscribe me""",
    "ru": """старт | подписаться | подпишите меня | да, подписаться | да, подпишите меня
        | возобновить подписку""",
    "ro": "abonare | abonează-mă | abonați-mă | mă abonez | vreau să mă abonez",
    "ar": "اشترك | اشتراك | الاشتراك | تفعيل الاشتراك | إعادة الاشتراك | نعم اشترك",
    "tr": "başla | başlat | abone ol | abone olmak istiyorum | evet, abone ol",
    "zh": "订阅 | 訂閱 | 我要订阅 | 恢复订阅 | 重新订阅 | 是，订阅",
    "kk": "жазылу | жазылғым келеді | иә, жазылу",
    "uk": "підписатися | підписатись | підпишіть мене | так, підписатися | відновити підписку",
    "es": """suscribir | suscribirme | suscribirse | suscríbeme | suscríbanme | darme de alta
        | sí, suscribirme""",
    "pt": """inscrever | inscrever-me | me inscrever | inscreva-me | me inscreva | subscrever
        | sim, inscrever""",
    "fr": """s'abonner | m'abonner | abonner | je m'abonne | abonnez-moi | s'inscrire | m'inscrire
        | oui, je m'abonne""",
    "de": "abonnieren | newsletter abonnieren | newsletter anmelden | ja, abonnieren",
    "hi": "शुरू करें | शुरु करें | शुरू करो | स्टार्ट | सदस्यता लें | सब्सक्राइब | सब्सक्राइब करें | हाँ, शुरू करें",
    "id": "mulai | berlangganan | mulai berlangganan | langganan lagi | ya, berlangganan",
    "it": "iscrivimi | iscriviti | iscrivermi | sì, iscrivimi",
    "nl": "abonneren | ik wil me abonneren | nieuwsbrief aanmelden | ja, abonneren",
    "pl": "subskrybuj | subskrybuję | zapisz mnie na newsletter",
    "cs": "přihlásit odběr | přihlásit k odběru | odebírat novinky",
    "sk": "prihlásiť odber | odoberať novinky",
    "el": "έναρξη | εγγραφή στο newsletter",
    "he": "הרשמה לדיוור | הירשם | התחל",
    "ja": "スタート | 購読 | 購読する | 配信登録 | 配信再開 | 配信希望",
    "ko": "구독 | 구독하기 | 구독신청 | 구독 신청 | 수신동의 | 수신 동의 | 수신 재개",
    "vi": "đăng ký nhận tin | bắt đầu | nhận tin lại",
    "sv": "starta | prenumerera | ja, prenumerera",
    "da": "tilmeld | tilmeld mig",
    "no": "påmeld | meld meg på",
    "fi": "aloita",
    "hu": "feliratkozás | feliratkozom | feliratkozni | feliratkozok",
    "bg": "абонирам се | абонирай ме | абонирайте ме | абониране",
    "hr": "prijavi me na newsletter | pretplati me",
    "ka": "სტარტ | გამოწერა | დაწყება",
    "az": "başla | abunə ol | abunə olmaq | abunə olmaq istəyirəm",
    "uz": "boshlash | obuna bo'lish | obuna bo'laman | бошлаш | обуна бўлиш",
}

# Stop only when alone: with a courtesy around them they are most often about something else.
WEAK: Final = "end | quit | td | ret | baja | salir | sair | parar | dur | dayan | 停止 | arrêter | wypisz"
