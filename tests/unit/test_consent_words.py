"""Which messages stop the shop's offers, which start them, and which a person should read."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.consent.word_lists import START, STOP
from chalicelib.domain.consent.words import START_WORDS, STOP_WORDS, plain, said

ROOT = Path(__file__).parents[2]
UNSPACED = ("zh", "ja", "ko")


def rows(table: str) -> list[str]:
    return [row.strip() for row in table.replace("\n", "|").split("|") if row.strip()]


STOPPED = rows(
    """
    STOP | stop | Stop. | stop! | «STOP» | "stop" | STOP STOP STOP | stop 🛑 | 🙏 stop 🙏 | Ｓｔｏｐ
    𝗦𝗧𝗢𝗣 | STOP!!! | s.t.o.p | st\u200bop | Stop all | STOPALL | Unsubscribe | UNSUBSCRIBE! | unsub
    opt-out | Opt out | OPTOUT | end | QUIT | revoke | /stop | /STOP | /stop@parley_bot | /unsubscribe
    * stop * | (stop) | #stop | СТОП | стоп! | Стоп. | Отписаться | отписаться от рассылки
    Отпишите меня! | Отменить подписку | Dezabonare | dezaboneaza-ma | Dezabonează-mă | Dezabonați-mă.
    vreau sa ma dezabonez | إيقاف | ايقاف | إِيقَاف | إيقـــاف | توقف | قف | أوقف | اوقف
    إلغاء الاشتراك | الغاء الإشتراك | ألغِ الاشتراك | dur | DUR! | DURDUR | Ret | RET | abonelikten çık
    ABONELİKTEN ÇIK | ABONELIKTEN CIK | abonelıkten çık | Aboneliği iptal et | abonelik iptali | 退订
    退訂 | 退订！ | 取消订阅 | 取消 订阅 | 取消訂閱 | 停止 | TD | td退订 | 我要退订。 | тоқта | ТОҚТАТУ
    тоқтатыңыз | Жазылудан бас тарту | токтату | відписатися | Відписатись | Відпишіть мене!
    скасувати підписку | BAJA | baja. | darme de baja | Cancelar suscripción | cancelar suscripcion
    ¡Salir! | parar | PARAR | Sair | SAIR! | Cancelar inscrição | cancelar inscricao | descadastrar
    Descadastre-me | ARRET | Arrêt | arrêter | STOP SMS | stop pub | Se désabonner | desabonnement
    Désinscription | STOPP | stopp! | Abmelden | ABMELDEN | abmeldung | Newsletter abbestellen
    austragen | रोकें | रोकें। | बंद करें | बंद करो | Band karo | स्टॉप | अनसब्सक्राइब
    सदस्यता रद्द करें | berhenti | BERHENTI! | Berhenti berlangganan | UNREG | disiscrivimi
    Cancella iscrizione | annulla iscrizione | afmelden | Uitschrijven | schrijf me uit | wypisz mnie
    Wypisuję się | wypisuje sie | anuluj subskrypcję | odhlásit | ODHLASIT ODBER | zrušit odběr
    odhlásiť odber | ΣΤΟΠ | στοπ | Διαγραφή | ΔΙΑΓΡΑΦΗ | διακοπή | הסר | הסר אותי | הסרה | הָסֵר
    ביטול מנוי | 配信停止 | 停止。 | ストップ | ｽﾄｯﾌﾟ | 購読解除 | 수신거부 | 수신 거부 | 구독 취소
    hủy đăng ký | huy dang ky | Ngừng nhận tin | dừng lại | avregistrera | Avsluta prenumeration
    afmeld | avmeld | LOPETA | leiratkozás | Leiratkozom | отписване | Отпишете ме | odjava | სტოპ
    გამოწერის გაუქმება | dayandır | DAYANDIRIN | abunəlikdən çıx | abunelikden cix | to'xtat | TO‘XTAT
    toʻxtating | тўхтат
    """
)

STARTED = rows(
    """
    START | start | Start! | UNSTOP | un-stop | Subscribe | subscribe me | yes, subscribe
    Yes - subscribe! | OPT IN | opt-in | /subscribe | СТАРТ | старт! | Подписаться | Да, подписаться
    подпишите меня | Abonează-mă | aboneaza-ma | vreau să mă abonez | اشتراك | اشترك | تفعيل الاشتراك
    BAŞLA | basla | Abone ol | 订阅 | 訂閱 | 重新订阅 | ЖАЗЫЛУ | підписатися | Так, підписатися
    SUSCRIBIRME | Suscribir | darme de alta | INSCREVER | inscreva-me | JE M'ABONNE | je m’abonne
    s'abonner | abonnieren | Newsletter abonnieren | शुरू करें | शुरु करें | MULAI | berlangganan
    iscrivimi | subskrybuj | έναρξη | התחל | 購読 | 配信再開 | 구독 | 수신 동의 | Prenumerera
    feliratkozom | abunə ol | obuna boʻlish | tilmeld | სტარტ
    """
)

ORDINARY = rows(
    """
    please stop by the shop | can I stop at 5? | do you have a bus stop nearby | when do you start
    non-stop? | Non stop | one-stop shop | don't stop | Don't stop the music | the stop is near
    is there a bus stop? | shop | top | step | stoppers | stock | store | shop! | stop-loss orders
    it won't stop working will it | I want to order two | yes | ok | Yes please | no | No, thanks
    the end of the month | weekend | end of season | quite | what time do you open and close
    when does the sale end? | is it the end? | start? | Start date? | When does the sale start?
    how do I start an order | restart | let's start | Can I return this | smart
    https://shop.example/stop | www.stop.example | stop@shop.example | @stop | stop watch in black
    doorstop | the doorstop you sell | a stop sign sticker please
    can you stop the delivery to my address tomorrow | да | Да, хочу | нон-стоп | стоп-сигнал есть
    есть стоп линии | остановка рядом? | сколько стоит | баста | хватит двух штук | хватит
    отпишите, когда придёт | Отпишитесь, как узнаете | не присылайте красный | где вас найти
    стопка футболок | стол | сто | Можно два? | відпишіть, будь ласка, коли буде | Да, можно
    старт продаж когда | cu ce autobuz, statie, stop? ajung acolo | pare bine | abonament sala | da
    Vreau două | când începe promoția | nu mai aveți mărimea M? | este în stoc? | متى تبدأ التخفيضات
    نعم | هل يوجد موقف سيارات | هل الموقف قريب | هل توقف عن البيع | شكرا | durum döner | duruyor mu
    kargo nerede durdu | ne zaman başlıyor | evet | kırmızı | red | 有货吗 | 好的 | 停车方便吗
    什么时候开始 | 可以退货吗 | 顾客退出了 | дүкен қайда | иә | коли початок розпродажу | так
    para mi hermana | ¿Para cuándo? | gama baja o alta | alta | talla baja | no | Sí | la fin de semana
    fin | ¿dónde hay una parada? | para | parada de autobús | quero sair amanhã | para presente | fim
    oui | à la fin du mois | l'arrêt de bus est où | un arrêt de bus | je veux arrêter demain | halt
    ja | Halt, noch eine Frage | wo ist die Haltestelle | Anmeldung | Anmelden?
    ich möchte etwas bestellen | दुकान बंद है क्या | कब शुरू होगा | हाँ | kapan mulai promo | ya
    berhenti di mana busnya | basta così, grazie | è il capolinea? | orario continuato no-stop
    stol i dwa krzesła | ile to kosztuje | 登録 | はい | 送料はいくら | 네 | 언제 시작해요 | đúng
    Đúng rồi | dùng được không | διακοπές | πότε αρχίζει | stolar | di | igen | когато | Toppen!
    totalt | Burdur | durdu | stp | أبدا | أبدًا | ابدأ | pare | lopta | बंद | anmelden | Opptatt
    stopy
    """
)

NEAR_MISSES = rows(
    """
    stpo | sotp | stopo | st0p | stop? | Stop? | STOP??? | unsubscribe? | unsubscribe me
    please unsubscribe me | unsuscribe | unsubcribe | unsubscrbe | unsusbcribe | please stop
    stop please | Stop it | ok stop | stop now | stop sending me this | stop messages
    Stop these messages! | can you stop messaging me | stop the spam | please stop texting me
    stop, thank you | leave me alone | Leave me alone!!! | don't text me again | do not message me
    take me off this list | remove me | remove my number please | no more messages please
    how do I unsubscribe? | I want to unsubscribe from this | I want to opt out | cancel | Cancel!
    /stop now | remove | cancel my subscription | стпо | ctoп | ыещз | cnjg | не пишите мне больше
    Не пишите мне! | больше не пишите | хватит писать | прекратите рассылку | отстаньте
    стоп пожалуйста | отпсаться | хочу отписаться | как отписаться | отмена | отпишите
    оставьте меня в покое | nu-mi mai scrieți | stop va rog | nu mai vreau mesaje | cum ma dezabonez?
    إلغاء | لا ترسل لي رسائل | توقف من فضلك | iptal | mesaj atmayın | bana yazmayın lütfen
    abonelikten çıkmak istiyorum | 取消 | 不要再发消息了 | 别再发了！ | 怎么退订 | 请退订
    маған жазбаңыз | більше не пишіть | відписатись? | будь ласка відписатися | no me escriban más
    dejen de mandarme mensajes | quiero darme de baja | desuscribirme por favor | cancelar
    não quero mais receber | parem de mandar | me tira da lista | ne m'écrivez plus | arrêtez
    laissez-moi tranquille | désabonnez-moi svp | bitte abmelden | abmeldne | keine Werbung mehr
    lassen Sie mich in Ruhe | abbestellen | मैसेज मत भेजो | jangan kirim pesan lagi | tolong berhenti
    batal | stop kak | basta messaggi | non scrivetemi più | geen berichten meer | proszę nie pisać
    διακοπη? | תפסיקו לשלוח | もう送らないでください | 배송 말고 수신거부요 | 그만 | đừng nhắn tin nữa
    sluta skicka | не ми пишете | mesaj göndərməyin | bezovta qilmang
    """
)


def test_the_tables_are_as_wide_as_we_say():
    assert len(STOP) >= 20
    assert set(STOP) == set(START)
    assert len(set(STOPPED)) + len(set(STARTED)) >= 120
    assert len(set(ORDINARY)) >= 60
    assert len(set(NEAR_MISSES)) >= 40


@pytest.mark.parametrize(
    ("expected", "texts"),
    [("stop", STOPPED), ("start", STARTED), ("", ORDINARY), ("unclear", NEAR_MISSES)],
    ids=["stop", "start", "ordinary", "unclear"],
)
def test_a_message_is_taken_for_what_its_writer_means(expected, texts):
    assert {text: said(text) for text in texts} == dict.fromkeys(texts, expected)


@pytest.mark.parametrize("language", STOP)
def test_every_listed_word_is_taken_in_whatever_dress(language):
    for table, expected in ((STOP, "stop"), (START, "start")):
        for word in table[language].split("|"):
            for text in (word, word.upper(), f" {word}! ", f"«{word}»", f"👉 {word} …"):
                assert said(text) == expected, text


def test_no_word_both_stops_and_starts():
    assert not STOP_WORDS & START_WORDS
    joined = {word.replace(" ", "") for word in STOP_WORDS}, {word.replace(" ", "") for word in START_WORDS}
    assert not joined[0] & joined[1]


@pytest.mark.parametrize(
    "text", ["/start", "/start abc123", "/start@parley_bot", "/START", " /start", "／start", "/ start"]
)
@pytest.mark.parametrize("is_command", [False, True])
def test_opening_a_telegram_bot_starts_no_offers(text, is_command):
    assert said(text, is_command) == ""


def test_a_command_may_come_without_its_slash():
    assert said("start", is_command=True) == ""
    assert said("stop", is_command=True) == "stop"
    assert said("", is_command=True) == ""
    assert said("/help", is_command=True) == ""
    assert said("/start stop", is_command=True) == ""


def test_a_question_neither_stops_nor_starts():
    for word in sorted(START_WORDS | STOP_WORDS):
        for text in (f"{word}?", f"¿{word}?", f"{word}؟", f"{word} ？"):
            assert said(text) in ("unclear", ""), text
    assert said("διαγραφή;") == "unclear"
    assert said("stop;") == "stop"


NEGATIONS = (
    "don't | do not | never | не | nu | لا | değil | 不要 | емес | no | não | ne pas | nicht | मत | non | nie"
)


@pytest.mark.parametrize("negation", rows(NEGATIONS))
def test_a_negated_word_neither_stops_nor_starts(negation):
    for word in sorted(STOP_WORDS | START_WORDS):
        assert said(f"{negation} {word}") in ("unclear", "")
        assert said(f"{word} {negation}") in ("unclear", "")


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "🛑", "!!!", "?", "/", "//", "@", "\u200b", "\u0301", "\ud800", "'"]
)
def test_what_holds_no_word_says_nothing(text):
    assert said(text) == ""
    assert said(text, is_command=True) == ""


def test_anger_may_be_long_but_a_long_message_is_a_message():
    assert said("STOP" + "!" * 4000) == "stop"
    assert said(" " * 100 + "stop" + "😡" * 1000) == "stop"
    assert said("stop" + " " * 200 + "by tomorrow") == ""
    assert said("unsubscribe " * 8) == "stop"
    assert said("one two three four five six seven unsubscribe") == "unclear"
    assert said("one two three four five six seven eight unsubscribe") == ""


@given(st.text(max_size=400), st.booleans())
def test_no_text_breaks_it(text, is_command):
    assert said(text, is_command) in ("stop", "start", "unclear", "")


LETTERS = st.text(st.characters(categories=("Lu", "Ll", "Lo")), min_size=1, max_size=12)


@given(st.sampled_from(sorted(STOP_WORDS | START_WORDS)), LETTERS, st.booleans())
def test_one_more_word_makes_it_another_message_unless_that_is_listed_too(word, more, before):
    text = f"{more} {word}" if before else f"{word} {more}"
    words = plain(text)
    listed = {**dict.fromkeys(STOP_WORDS, "stop"), **dict.fromkeys(START_WORDS, "start")}
    listed |= {said_so.replace(" ", ""): listed[said_so] for said_so in listed}
    is_same_again = len(set(words.split())) == 1
    if said(text) in ("stop", "start") and not is_same_again and words != word:
        assert listed[words if words in listed else words.replace(" ", "")] == said(text)


@given(st.text(st.characters(categories=("Po", "Ps", "Pe", "So", "Zs")), max_size=10))
def test_signs_around_a_word_change_nothing_but_a_question(signs):
    if not set("/@") & set(plain_signs := signs.translate({0xFF0F: "/", 0xFF20: "@"})) and plain(signs) == "":
        expected = "unclear" if set("?？؟¿") & set(plain_signs) else "stop"
        assert said(f"{signs}stop{signs}") == expected


def test_it_costs_next_to_nothing():
    texts = (STOPPED + ORDINARY + NEAR_MISSES)[:300]
    began = time.process_time()
    for text in texts:
        said(text)
    assert (time.process_time() - began) / len(texts) < 0.0005  # seconds; some ten microseconds on a laptop


def test_it_needs_nothing_but_the_standard_library():
    code = (
        "import sys; import chalicelib.domain.consent.words, chalicelib.domain.consent.texts; "
        "print(*sorted({'babel', 'requests', 'phonenumbers', 'regex', 'boto3'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
