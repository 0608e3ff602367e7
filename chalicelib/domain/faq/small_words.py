"""Words that say little about what is asked, by language.

FILLERS hold a sentence together, greet or ask politely. ASKERS ask: they tell "how long" from "how much", and
nothing more.
"""

from typing import Final

from chalicelib.domain.answering.keyboards import KAZAKH
from chalicelib.domain.consent.words import plain

FILLERS: Final = {
    "en": """a an the is are was were be been am do does did done i me my mine we us our you your yours u ur
        it its he she they them this that these those of to for in on at by with from and or but so if as
        about can could may might will would shall should have has had having get got just please pls plz
        thanks thank thx hello hi hey dear good morning afternoon evening day there here know tell let like
        want wanna need wish ask asking question say some any anything something one also too very really
        only not no yes ok okay sir madam im ive id ill dont cant up out then than more make going go gonna
        able possible possibly maybe information info take takes need give offer offers accept use using
        other provide work works sell selling until till til method methods way ways""",
    "ru": """и в во на с со по за от до из у о об к ко для при а но или да нет не ни же ли бы я мне меня мы
        нам нас вы вам вас ваш ваша ваше ваши мой моя мое мои свой свою это этот эта эти тот то там тут
        здесь он она они их его ее есть быть был была было будет можно могу может можете ли подскажите
        скажите пожалуйста пожалуиста здравствуйте привет добрый день вечер утро спасибо хочу хотел хотела
        хотелось нужно надо узнать вопрос способ способы если тоже только очень так все всё просто ну
        принимаете сделать делаете скажи""",
    "ro": """si in la cu de din pe pentru prin un o unei unui al ai a ale sa se este e sunt esti fi fost eu
        imi mi ma me noi ne voi va dvs dumneavoastra tu iti te ti meu mea mele nostru vostru voastra acest
        aceasta asta acel pot poate puteti putea as vreau vrea doresc dori as rog te buna ziua salut seara
        dimineata multumesc mersi va ca daca sau dar nu da mai si doar foarte aveti am are exista stiu
        spuneti imi intreb intrebare fac face faceti metode modalitati afla gasi gasesc gaseste acceptati
        pana disponibile sunteti""",
    "ar": """في من على عن الى إلى مع هل يا انا أنا نحن انت أنت انتم هو هي هم هذا هذه ذلك تلك التي الذي ان أن
        او أو و لا ما نعم لو سمحت فضلك من مرحبا السلام عليكم اهلا أهلا شكرا اريد أريد ابغى عايز بدي ممكن
        يمكن يمكنني استطيع أستطيع لدي عندي لديكم عندكم لي لكم لك كان يكون تم قد كل بعض ايضا سؤال اعرف أعرف
        يقع تقع يوجد توجد
        طرق طريقه فيه اقدر هناك""",
    "tr": """ve bir bu su o mi mu musunuz misiniz miyim miyiz muyum muyuz var yok ile de da icin ben bana
        benim beni biz bize siz size sizin sizde sen merhaba selam gunaydin iyi gunler aksamlar lutfen
        tesekkurler tesekkur ederim acaba istiyorum isterim olur oluyor olan olarak ama veya ya ki cok daha
        hic evet hayir yapabilir edebilir miyiz soru sorum bilgi alabilir ediyor yapiyor ediyorsunuz
        yapiyorsunuz edilir edilebilir ediliyor kabul ediyor
        satis yontem yontemi yontemleri yontemlerini yontemleriniz secenekleri secenekleriniz
        nedir nelerdir varmi""",
    "zh": """的 了 吗 呢 吧 啊 呀 是 有 我 你 您 们 我们 你们 请 请问 谢谢 你好 您好 想 要 能 可以 可 会 在
        和 与 或 也 都 就 这 那 个 一 不 没 到 对 问 一下 需要 支持 用
        方式 方法""",
    "kk": """және мен бен пен да де та те бұл осы сол ол бір бар жоқ ма ме ба бе па пе маған менің мені біз
        бізге сіз сізге сізде сіздің сіздер сәлем сәлеметсіз сәлеметсізбе салам рахмет өтінемін үшін керек
        болады болады бола болама бола ма ала аламын аламыз айтыңызшы сұрақ ғой емес иә
        дейін әдістері әдіс түрлері аласыздар сіздерде арқылы""",
    "uk": """і й та у в на з зі із по за від до для при а але або чи так ні не же би я мені мене ми нам нас
        ви вам вас ваш ваша ваше ваші мій моя моє мої це цей ця ці той те там тут він вона вони їх його її є
        бути був була було буде можна можу може можете підкажіть скажіть будь ласка добрий день вечір ранок
        привіт вітаю дякую хочу хотів хотіла треба потрібно дізнатися питання способи спосіб якщо також
        тільки дуже приймаєте""",
    "es": """el la los las un una unos unas de del a al en con por para y o u pero que se me mi mis te tu su
        sus lo le les nos nosotros vosotros usted ustedes yo es son esta estan estoy ser estar hay he ha han
        tengo tiene tienen tienes puedo puede pueden puedes podria quiero quisiera querria deseo necesito
        hola buenas buenos dias tardes noches gracias favor si no muy mas este ese esto eso saber pregunta
        metodos formas hacer hacen haceis aceptan aceptais
        hasta tal seria podrian""",
    "pt": """o a os as um uma uns umas de do da dos das em no na nos nas com por para pra e ou mas que se me
        meu minha meus minhas te seu sua voce voces eu nos ele ela lhe e sao esta estao ser estar ha tem
        tenho posso pode podem poderia quero queria gostaria preciso oi ola bom boa dia tarde noite obrigado
        obrigada favor sim nao muito mais este esse isto isso saber pergunta metodos formas fazem fazer faz
        vcs vc aceitam aceita
        ate seria pega""",
    "fr": """le la les l un une des de du d a au aux en dans avec par pour et ou mais que qu se me mon ma
        mes te ton votre vos vous nous notre nos je j il elle ils on est sont suis etre etes avez avoir ai a
        ont y puis peux peut peuvent pouvez pourrais pourriez veux voudrais souhaite besoin bonjour salut
        bonsoir merci s t plait si oui non ne pas tres plus ce cet cette ces c ca savoir question moyens
        faites faire fait prenez prends prend cest jai dun lun est ce trouve trouver acceptez acceptez
        jusqu proposez svp stp possible""",
    "de": """der die das den dem des ein eine einen einem einer eines und oder aber in im an am auf bei mit
        von vom zu zum zur fur aus nach um uber ich mir mich mein meine meinen wir uns unser sie ihr ihre
        ihnen euch eure du dir dich es er ist sind war bin sein haben habt habe hat hatte gibt kann konnen
        konnte kannst mochte mochten will wollen brauche hallo hi guten tag morgen abend danke bitte ja nein
        nicht kein keine sehr mehr auch noch nur dass ob wenn so dies diese dieser dieses frage wissen sagen
        machen nehmt nehmen nimmt geht gehts man befindet finde finden
        bis moglich darf durfen konnt konntet durft""",
    "hi": """है हैं हूँ हूं था थी थे हो का की के को में से पर और या भी ही तो कि यह ये वह वो इस उस मैं मुझे
        मेरा मेरी मेरे हम हमें आप आपका आपकी आपके आपको तुम जी हाँ हां नहीं न नमस्ते नमस्कार धन्यवाद शुक्रिया
        कृपया चाहिए चाहता चाहती सकता सकती सकते सकूँ कर करना करते करती करें रहा रही रहे होता होती होते गया गई
        एक कुछ बताइए बताएं सवाल लिए
        तक तरीके hai hain ho kya ka ki ke ko se mein aap aapka aapki apka mujhe mera meri kar karna karte
        sakte sakta sakti chalega chalta hoon ji tak bhi chahiye
        रहते रहती रहता""",
    "id": """dan atau di ke dari yang untuk dengan pada ini itu ada adalah saya aku kami kita kamu anda kak
        kakak min gan sis bang bisa boleh dapat mau ingin perlu apakah halo hai selamat pagi siang sore
        malam terima kasih makasih tolong mohon ya tidak nggak gak ga kah juga saja sangat lebih tanya
        pertanyaan dong nya kalau jika
        cara metode caranya bisakah
        sampe minta""",
}
# Where no sign does, these ask or wish, in all languages.
ASKING: Final = """do does can could is are have how may any anyone got можно можете ли есть сколько как
    какие где
    когда куда почем чи можна скільки коли де як який pot puteti poate aveti cat cum unde cand care
    هل ممكن اقدر كم وين متى كيف عندكم فيه بكم في mi misiniz musunuz miyim miyiz mu nasil nerede kac
    ne ma me ба бе ма ме па пе қалай қанша қайда қашан неше puedo pueden puede hay tienen cuanto
    cuanta como donde cuando posso pode podem tem quanto onde quando puis peux peut pouvez avez est
    combien comment ou quand kann kannst konnen konnt habt gibt wie wann wo kya kaise kitna kitne
    kab kahan क्या कैसे कितना कितने कब कहाँ bisa boleh apakah ada berapa gimana ga gak want need
    looking wanna хочу хотел хотела хотим хочемо хотів vreau doresc ابغى اريد ابي عايز بدي istiyorum
    quiero quisiera necesito busco quero queria preciso voudrais veux cherche mochte brauche suche
    mau pengen chahiye चाहिए 想 要 керек dove siete ora gdzie jestescie ktorej dau איפה איזו כמה
    אפשר מתי کجا کجاست چند چقدر دارید किधर कहां dimana mana wurdet kadar kaca kacta bin seid скиньте
    покажите пришлите киньте дайте скажіть show pasas pasame mandame dati gonderin atar schick
    kirimin подскажите скажите підкажіть tell know spuneti айтыңызшы wüsste wissen saber savoir
    tahu mozna ile czy avete khong duoc bao 吗 么 嘛 怎么 多少 几 哪 哪里 能 可以 什么"""
ASKERS: Final = {
    "en": "how what when where which who why much many long often soon far whats wheres hows whens",
    "ru": "как какой какая какие какую что когда где куда кто почему зачем сколько чем откуда",
    "ro": "cum ce cand unde care cine cat cata cati cate incotro",
    "ar": "كيف ماذا متى اين أين كم لماذا من اي أي ايش وين شو امتى بكم",
    "tr": "nasil ne nerede nereden nereye kim hangi neden kac kadar zaman",
    "zh": "怎么 什么 什么时候 哪里 哪儿 哪些 哪 多少 多久 几 如何 为什么 怎样 多",
    "kk": "қалай не қашан қайда қайдан кім қандай неге қанша неше нешеде",
    "uk": "як який яка які яку що коли де куди хто чому скільки звідки",
    "es": "como que cuando donde cual cuales quien cuanto cuanta cuantos cuantas adonde",
    "pt": "como que quando onde qual quais quem quanto quanta quantos quantas aonde",
    "fr": "comment quoi quand ou quel quelle quels quelles qui combien pourquoi",
    "de": "wie was wann wo wohin woher welche welcher welches wer warum viel viele lange",
    "hi": "कैसे क्या कब कहाँ कहां कौन कितना कितनी कितने क्यों किस kab kaise kitna kitni kitne kahan kaun kyu",
    "id": "bagaimana apa kapan dimana mana siapa berapa kenapa gimana lama",
}


def folded(words: str) -> frozenset[str]:
    """Each of the words, as texts are read."""
    return frozenset(plain(words).translate(KAZAKH).split())
