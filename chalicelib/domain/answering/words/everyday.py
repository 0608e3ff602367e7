"""In all alphabets, beside the other lists: thanks with praise, "call me", "no robot", small families."""

from collections.abc import Mapping
from typing import Final

LATIN: Final[Mapping[str, str]] = {
    "thanks": """gratidão | elinize sağlık | ellerinize sağlık | emeğinize sağlık | ellerine sağlık |
        o seară faină | o zi faină | seară faină | zi faină | weekend fain | have a good one |
        que tengas buen día | que tengan buen día | feliz día | feliz tarde | bom descanso |
        boa semana | bom fim de semana | bonne fin de journée | bon week end | schönen feierabend |
        schönes wochenende | schönen abend noch | iyi haftalar | hoşça kalın | buona giornata |
        buona serata | miłego dnia | miłego wieczoru | rahmet | spasibo""",
    "nod": """show | show de bola | parfait alors | jo passt | passt | haan theek hai | thik hai |
        main wait karunga | main wait karungi | wait karunga | wait karungi | wait kar raha hu |
        wait kar rahi hu | intezaar karunga""",
    "around": """everything arrived | everything came | all came | came today | arrived today |
        received today | received it today | received everything | it came today | totul a ajuns |
        a ajuns | a ajuns azi | a venit | a venit coletul | am primit | am primit tot | geldi |
        bugün geldi | elime ulaştı | ürünler geldi | llegó | llegó hoy | llegó todo | me llegó hoy |
        todo llegó | chegou hoje | chegou tudo | recebi | recebi hoje | tudo chegou |
        bien arrivé | tout est arrivé | reçue | est arrivé | est bien arrivé | heute angekommen |
        angekommen | alles da | alles ist da | mil gaya aaj | aa gaya | sampai | sudah nyampe |
        udah nyampe | sudah dapat | è arrivato | arrivato | przyszło | doszło | dotarło | paczka doszła""",
    "aside": """love it | i love it | loved it | i loved it | love them | love these | looks great |
        looks amazing | looks lovely | its beautiful | so beautiful | very beautiful | beautiful |
        gorgeous | stunning | its lovely | its perfect | its great | theyre perfect |
        theyre beautiful | theyre lovely | its gorgeous | great quality | amazing quality |
        very good quality | fits perfectly | fits well | it fits | very happy | im very happy |
        im happy | happy with it | so happy | so pretty | very pretty | my daughter loves it |
        she loves it | he loves it | we love it | everyone loved it |
        e superb | e superbă | superb | superbă | e frumos | e frumoasă | foarte frumos |
        foarte frumoasă | îmi place | imi place mult | îmi place mult | mi-a plăcut | e perfect |
        e perfectă | arată super | minunat | minunată | splendid | sunt încântată | încântată |
        çok beğendim | beğendim | çok beğendik | çok güzel | çok güzeldi | harika | muhteşem |
        bayıldım | çok hoş | tam istediğim gibi | çok memnun kaldım | memnun kaldım |
        hermoso | hermosa | hermosos | hermosas | está hermoso | es hermoso | precioso |
        es precioso | me encantó | me encanta | me encantaron | quedó hermoso | muy lindo |
        muy bonito | muy bonita | bonito | me gustó mucho | está perfecto | es perfecto |
        quedé encantada | maravilloso | maravillosa |
        amei | adorei | ficou lindo | ficou linda | é lindo | é linda | lindo demais | muito lindo |
        muito linda | perfeito | perfeita | ficou perfeito | gostei muito | gostei | tudo perfeito |
        magnifique | superbe | très beau | très belle | très joli | très jolie | c'est magnifique |
        c'est superbe | il est magnifique | elle est magnifique | j'adore | sublime | ravie |
        je suis ravie | très contente | très satisfaite | ça me plaît |
        wunderschön | sehr schön | schön | ist wunderschön | sieht toll aus | gefällt mir |
        gefällt mir sehr | gefällt mir gut | passt perfekt | sehr zufrieden | bin begeistert |
        bin sehr zufrieden | so schön | bahut accha | bahut acha hai | bahut accha hai | accha hai |
        bahut sundar | sundar hai | pasand aaya | bahut pasand aaya | acchi quality |
        bagus | bagus banget | bagus sekali | cantik banget | suka banget | suka sekali | saya suka |
        keren | memuaskan | puas banget | bellissimo | bellissima | è bellissimo | è bellissima |
        mi piace | mi piace molto | stupendo | perfetto | piękne | piękna | jest piękne |
        jest piękna | bardzo ładne | podoba mi się | śliczne""",
    "for": "pt | ptr",
    "talk": "vb | vb cu | să vb",
    "human": "gente de verdade | gente real | cineva de la voi | yönetici*",
    "person_sure": """call me back | please call me | call me please | ring me back | get someone to call me |
        no bots please | i dont want a bot | dont want to talk to a bot |
        dont want to talk to a robot | dont want a robot | stop the bot | sick of this bot |
        sick of bots | not with a bot | not to a bot | nu vreau robot | nu vreau cu un robot |
        nu cu un robot | nu cu robotul | mă puteți contacta | robot istemiyorum |
        robotla konuşmak istemiyorum | robotla değil | botla değil | beni arayın | beni arar |
        beni arasın | arar mısınız beni | me puede llamar | me puedes llamar |
        me podrían llamar | me podría llamar | llámenme | llámeme | llámame |
        no quiero un robot | no quiero un bot | no quiero hablar con un robot |
        no quiero hablar con un bot | no con un robot | no con un bot | no con una máquina |
        me liga por favor | me liguem | podem me ligar | não quero robô |
        não quero falar com robô | não quero falar com um robô | não com robô | pas un robot |
        parler à un robot | pas à un robot | pas à une machine | rappelez moi | appelez moi |
        pouvez vous me rappeler | vous pouvez me rappeler | kein bot | keinen bot |
        keinen roboter | nicht mit einem bot | nicht mit einem roboter | nicht mit dem bot |
        mich zurückrufen | mich anrufen | rufen sie mich | ruft mich an | ruft mich zurück |
        bitte um rückruf | bitte um einen rückruf | robot se nahi | bot se nahi |
        mujhe call karo | call karo mujhe | mujhe phone karo | call kar do | bukan robot |
        bukan bot | jangan bot | gak mau bot | telepon saya | tolong telepon | non un robot |
        non voglio un robot | non con un robot | richiamatemi | chiamatemi | nie z botem |
        nie z robotem | nie bot | proszę zadzwonić | proszę o telefon | who can i talk to |
        who can i speak to | who can i speak with | cu cine pot vorbi | con quién puedo hablar |
        com quem posso falar | com quem eu falo | à qui puis je parler |
        mit wem kann ich sprechen | mit wem kann ich reden | kiminle görüşebilirim |
        kiminle konuşabilirim | con chi posso parlare | z kim mogę rozmawiać""",
    "asked_off": """have a tracking number | have the tracking number | have a tracking code |
        have tracking for my | aveți un awb | aveți awb | există un awb | takip numarası var mı |
        takip no var mı | tienen número de seguimiento | tienen el número de seguimiento |
        tienen un número de seguimiento | tiene el número de seguimiento | tienen el número de guía |
        tem código de rastreio | tem o código de rastreio | tem rastreio | tem o rastreio |
        avez vous un numéro de suivi | avez vous le numéro de suivi | vous avez un numéro de suivi |
        vous avez le numéro de suivi | y a t il un numéro de suivi | haben sie eine sendungsnummer |
        habt ihr eine sendungsnummer | gibt es eine sendungsnummer | gibt es schon eine sendungsnummer |
        habt ihr schon eine sendungsnummer | ada resi | ada resinya | ada nomor resi | ada no resi |
        avete un numero di tracking | avete il numero di tracking | jest numer przesyłki""",
    "sent_off": """schon raus | raus gegangen | rausgegangen | rausgeschickt | s-a trimis | s-a expediat |
        a fost expediat | a fost expediată | au fost trimise | kargolandı mı""",
    "late": """überfällig | overdue | past due | en retraso | em atraso | hat verspätung | hors délai |
        termin minął""",
    "goods": """resleting* | ritsleting* | jahitan* | kancing* | talinya | solnya | tutupnya | chain |
        zip | silai | button | stitching | lid | handle | clasp | capacul | mâner* | cusătur* |
        kapağı | sapı | dikişi | düğmesi | tapa | asa | costura | botón | tampa | alça | botão |
        couvercle | anse | couture | bouton | deckel | henkel | griff | naht | knopf |
        cerniera | manico | bottone | zamek | guzik | uchwyt | fabric | pânza | kumaşı | stoff |
        kolye | fincan | bardak | kupa | vazo | çanta | elbise | yüzük | bileklik | küpe |
        ayakkabı | kalungnya | gelasnya | bajunya | tasnya | cincinnya | gelangnya | sepatunya |
        antingnya | haar | kangan | kada""",
    "lacking": """ek kam | piece kam | ek piece kam | item kam | kam aaya | kam nikla | kam bheja |
        satu kurang | kurang satu | kurang 1 | jumlahnya kurang""",
    "if": """pasand nahi aaya to | nahi aaya to | na aaye to | pasand na aaye | nahi hua to |
        ho to | nikla to | aaye to""",
    "person_alone": """human operator | human agent | operator uman | operator real | consultant uman |
        persoană umană | agent real | operador humano | agente humano | opérateur humain |
        conseiller humain | menschlichen mitarbeiter | menschlicher mitarbeiter |
        operatore umano | canlı operatör | gerçek temsilci""",
    "damaged": "fêlé* | kopuk | kopmuş* | koptu | putus | copot | lepas jahitannya",
    "status": "tolong cek | tolong dicek | minta cek | mau cek | bisa cek",
    "not_as_ordered": """kisi aur ka order | kisi aur ka parcel | kisi aur ka saman | pesanan orang lain |
        punya orang lain""",
}

CYRILLIC: Final[Mapping[str, str]] = {
    "thanks": """щиро дякую | дякс | приємного вечора | приятного вечера | хороших выходных |
        гарних вихідних | көріскенше | кездескенше | аман болыңыз* | сау бол""",
    "around": """все пришло | пришло | пришла | пришел | посылка пришла | заказ пришел | все дошло |
        дошло | дошла | получила | получил | все получила | получила заказ | получила посылку |
        забрала | забрал | все прийшло | прийшло | прийшла | отримала | отримав | посилка прийшла |
        келді | тапсырыс келді | алдым | бәрі келді | уже | вже""",
    "aside": """очень красиво | красиво | очень красивое | очень красивая | очень красивый | красивое |
        красивая | красивый | очень понравилось | понравилось | понравилась | понравился |
        очень понравилась | мне нравится | очень нравится | нравится | в восторге | я в восторге |
        шикарное | шикарная | все супер | все отлично | все понравилось | прелесть | качество отличное |
        отличное качество | очень довольна | довольна | доволен | подошло | все подошло | сел идеально |
        дуже гарно | гарно | дуже гарна | дуже гарне | сподобалось | дуже сподобалось | сподобалася |
        подобається | дуже подобається | у захваті | все супер | задоволена | дуже задоволена |
        чудова якість | все підійшло | ұнады | өте ұнады | маған ұнады | өте әдемі | әдемі |
        сапасы жақсы | өте жақсы екен | керемет екен""",
    "person_sure": """не с роботом | не с ботом | не хочу с роботом | не хочу с ботом |
        не хочу общаться с ботом | надоел бот | уберите бота | без робота | не робот | не бот |
        перезвоните | наберите меня | не з роботом | не з ботом | зателефонуйте мені |
        наберіть мене | передзвоніть | қоңырау шалыңыз* | хабарласыңызшы | роботпен емес |
        ботпен емес | робот емес | с кем можно поговорить | с кем я могу поговорить |
        з ким можна поговорити | з ким я можу поговорити | кіммен сөйлесуге болады""",
    "damaged": """жыртылып | шытынап | жарылып | майысып | дырка на | распорол* | розірв* | роздерт* |
        үзіл* | порван* | порвал*""",
    "goods": """шов | швы | ручка | крышка | пуговица | кнопка | замок | сыдырмасы | тігісі | тұтқасы |
        гудзик | намисто | колье | ожерелье | цепочка | чашка | кружка | ваза | серьга |
        сережка | сумка | платье | браслет | кольцо | сукня | каблучка | алқа | кесе | сөмке |
        көйлек | сақина | білезік | сырға""",
    "lacking": "жетіспей | бір дана кем | кем шықты",
    "person_alone": """живой оператор | живого оператора | живой менеджер | живого менеджера |
        живий оператор | живий менеджер | тірі оператор""",
    "not_as_ordered": """не то что я заказ* | это не то что | не то что я покупал* | не мой заказ |
        не моя посылка | не те що я замовл* | це не те що | не моє замовлення |
        мен бұны тапсырыс берген жоқпын | тапсырыс бергенім бұл емес |
        мен тапсырыс берген емес | менікі емес | бөтен тапсырыс | басқа біреудің | чужой заказ |
        чуже замовлення""",
    "hello": """армысыз* | армысың | кеш жарық | кешкі сәлем | амансыз ба | амансыздар ма |
        сәлеметсіздер ме | приветствую | моє вітання""",
    "broke": "сынып қал* | жыртылып қал* | бұзылып қал* | істен шықты",
    "human": "басшы* | начальник* | керівник* | директор*",
}

ARABIC: Final[Mapping[str, str]] = {
    "around": """وصل | وصلت | وصلني | وصلتني | وصلني الطلب | وصل الطلب | استلمت | استلمته |
        استلمت الطلب""",
    "aside": """جميل جدا | جميله جدا | حلو مره | مره حلو | يجنن | تجنن | عجبني | عجبني كثير | عجبتني |
        عجبني جدا | رهيب | جدا جميل | روعه | مناسب | مضبوط | الجوده ممتازه | جوده ممتازه | حبيته | جدا""",
    "talk": "عطوني | اعطوني | كلموني | خلوني اكلم",
    "human": "المدير | مدير | المسؤول | صاحب المحل | صاحبة المتجر | صاحب المتجر | بشر",
    "person_sure": """يتصل علي | يتصل فيني | يتصل بي | اتصلوا علي | اتصلوا بي | اتصلو علي | كلموني |
        دقوا علي | مو روبوت | مش روبوت | ليس روبوت | ما ابي روبوت | لا اريد روبوت""",
    "goods": """القماش | قماش | السوسته | الخياطه | الكعب | الزر | الغطا | اليد | الجلد | الكوب |
        السلسال | الفستان | الشنطه | الخاتم | العقد | الحذاء""",
    "payment": """خصمتوا المبلغ | خصمتو المبلغ | خصمتم المبلغ | خصمت مرتين | سحب مرتين | المبلغ مرتين |
        الفلوس مرتين""",
    "hello": "حياكم الله | حياك الله | هاي | هاي كيفكم | يا هلا",
    "thanks": "الف شكر | كل الشكر",
    "nod": "بنتظر | بانتظر | راح انتظر | انتظركم",
}

DEVANAGARI: Final[Mapping[str, str]] = {
    "around": "मिल गया | ऑर्डर मिल गया | आ गया | पहुंच गया",
    "aside": "बहुत अच्छा है | बहुत सुंदर | सुंदर है | पसंद आया | बहुत पसंद आया | अच्छा है",
    "person_sure": "मुझे कॉल करो | मुझे कॉल करें | कॉल कीजिए | कॉल करिए | रोबोट से नहीं | मुझे फोन करें",
    "goods": "चेन | ज़िप | सिलाई | बटन | कपड़ा",
}

EASTERN: Final[Mapping[str, str]] = {
    "around": "收到货了 | 收到货 | 货收到 | 到了 | 已经到了 | 東西收到了",
    "aside": """很喜欢 | 喜欢 | 非常喜欢 | 好喜欢 | 很漂亮 | 漂亮 | 好看 | 很好看 | 很满意 | 满意 | 质量很好 |
        质量不错 |
        很合适 | 合身 | 都很好 | 東西很好 | 气に入りました | 気に入りました | とても素敵 | 素敵です |
        예뻐요 | 너무 예뻐요 | 마음에 들어요 | 좋아요""",
    "person_sure": "转真人 | 转经理 | 找真人 | 换真人",
    "refund": "我的退款呢",
}
