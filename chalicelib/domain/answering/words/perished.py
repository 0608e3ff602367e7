"""In Latin letters, beside the other lists: what wilts, spoils or stinks, and who never came."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "damaged": """zersprungen | zerplatzt | zersplittert | splintered | wilted | wilting |
        withered | droopy | limp | flattened | smushed | soggy | stale | spoilt | sour | burnt |
        undercooked | uncooked | overcooked | mushy | mangled | dead | rusty | rusted | bent | crooked |
        wobbly | scuffed | scuff | swollen | bruised | half dead | all dried | dried out |
        out of focus | flickers | flickering | burned out | ofilit* | ofilite | veștej* | uscat* |
        zdrobit* | stricat* | strivit* | mucegăit* | acru | acră | ars | arsă | nefăcut* | topit* |
        ruginit* | strâmb* | deformat* | sfărâmat* | ciobit* | boțit* | dezlipit* | solmuş | soldu |
        solgun | pörsümüş | bayat | ekşi | ekşimiş | ekşidi | yanık | yanmış | küflü | küflenmiş |
        çürük | çürümüş | ezilmişti | erimiş | erimişti | paslı | paslanmış | eğri | yamuk | buruşuk |
        dökülmüş | dağılmış | akmış | kurumuş | kokmuş | marchit* | mustia | mustio | mustias |
        podrid* | mohos* | con moho | agri* | quemad* | crud* | derretid* | oxidad* | torcid* | chuec* |
        doblad* | arrugad* | seca | secas | deshech* | despegad* | raspad* | deformad* | rancia |
        rancio | hecho pedazos | hecha pedazos | destrozad* | reventad* | murch* | esmagad* | podre |
        podres | mofad* | mofo | bolor* | azed* | queimad* | cru | crua | enferrujad* | torto |
        torta e | amarrotad* | ressecad* | despedaçad* | estourad* | vazando | vazou | descascad* |
        estraçalhad* | fané* | flétri* | écrabouillé* | pourri* | moisi* | rassi* | brûlé* | pas cuit* |
        fondu* | rouillé* | tordu* | plié* | froissé* | desséché* | en miettes | en morceaux | tourné |
        aplati* | bosselé* | renversé* | décollé* | ébréché* | verwelkt* | welk | welke | vertrocknet* |
        zermatscht* | matschig | zerquetscht* | zerdrückt* | verschimmelt* | verdorben* | verfault* |
        faul | sauer | verbrannt* | geschmolzen | verrostet* | rostig* | verbogen* | schief | krumm |
        zerknittert* | zerbröselt* | zerbröckelt | ausgelaufen | angeschlagen | angestoßen |
        verschrammt | ramponiert | durchweicht | murjha* | sukha | sukhe | sada hua | sadi hui |
        sad gaya | baasi | pighla | pighal | dab gaya | daba hua | chipka | jala hua | kachcha |
        toota phoota | layu | busuk | basi | lumer | meleleh | gosong | mentah | jamuran | berjamur |
        karatan | berkarat | bengkok | penyet | remuk | kering | kusut | lembek | asem | mleyot |
        appassit* | appassite | marcio | marci | marcia | ammuffit* | schiacciat* | bruciat* | sciolt* |
        arrugginit* | storto | stort* | sgualcit* | secchi | sbriciolat* | zwiędnięt* | zwiędł* |
        zgniecion* | zgnił* | spleśnia* | spalon* | stopion* | zardzewia* | krzyw* | pogniecion* |
        wyschnięt* | verwelkt | verlepte | geplet | beschimmeld | verrot | gesmolten | héo | héo hết |
        bị héo | móp | bị móp | nát | bị nát | thối | mốc | bị mốc | chảy | méo | bị cháy""",
    "broke": """died the next day | died after | were dead | was dead | all dead | arrived dead |
        smells bad | smells awful | smells terrible | smells horrible | smells disgusting |
        smelled bad | stinks | stank | tastes awful | tasted awful | tasted off | gone off | went off |
        gone bad | went bad | made me sick | made us sick | food poisoning | a hair in | hair in my |
        was raw | was cold | rusted after | wilted | wilted the | were wilted | was squashed |
        was smashed | was crushed | were crushed | was ruined | were ruined | completely ruined |
        ruined my | all ruined | was inedible | inedible | overheats | keeps freezing | keeps crashing |
        battery dies | miroase urât | miroase oribil | pute | s-a ofilit | s-au ofilit | s-a topit |
        erau ofilite | era zdrobit | a ajuns zdrobit* | a venit zdrobit* | era crud | era rece |
        e vraiște | kokuyor | kötü kokuyor | kokmuştu | bozulmuştu | soldular | solmuş geldi |
        içinden kıl çıktı | kıl çıktı | zehirlendik | ısınıyor | huele mal | huele horrible | apesta |
        se marchitaron | se marchitó | llegaron marchit* | llegó aplastad* | estaba cruda |
        estaba crudo | sabía mal | sabía horrible | nos enfermamos | un pelo en | llegó fría |
        llegó frío | se derritió | se calienta mucho | cheira mal | fedendo | fede | murcharam |
        murchou | veio amassad* | chegou amassad* | estava cru | estava frio | estava fria |
        passei mal | passamos mal | um cabelo n* | gosto ruim | gosto horrível | esquenta muito |
        sent mauvais | pue | puent | ont fané | a fané | étaient fané* | un cheveu dans | immangeable* |
        intoxication | malade après | pas frais | pas fraîche* | stinkt | stinken | riecht schlecht |
        riecht eklig | schmeckt schlecht | ungenießbar* | waren verwelkt | sofort verwelkt |
        ein haar im | ein haar in | war roh | war kalt | wird heiß | badbu | badboo | baal nikla |
        bau busuk | bau banget | langsung layu | udah layu | sudah layu | ada rambut | keracunan |
        rasanya aneh | cepat panas | puzza | puzzano | immangiabil* | un capello | śmierdz* |
        niejadaln* | włos w | stinkt heel | bốc mùi | có mùi | bị hôi""",
    "came": """they turned up | turned out | was all | were all | when it got here |
        when they got here | in the box | out of the box | was | were | kam an | kamen an | waren alle |
        war ganz | war total | sind alle | était tout | étaient tout* | était toute | tutta | era |
        erau | eram | erano | estaba todo | estaba toda | estaban | estavam | tava | tavam | y tenía |
        gelmişti | hepsi | pas sampe | pas sampai | ho gaya | ho gaye | ho gayi | the sab | thi | rồi |
        hết | quá | były | była | był | było""",
    "goods": """flowers | roses | bouquet | cake | food | pizza | meal | florile | trandafirii |
        tortul | mâncarea | güller | çiçekler | pasta | yemek | flores | rosas | ramo | pastel | torta |
        comida | bolo | buquê | fleurs | gâteau | blumen | rosen | strauß | torte | kuchen | essen |
        phool | khana | keik | bunga | bunganya | mawar | mawarnya | kue | kuenya | makanan |
        makanannya | fiori | rose | dolce | kwiaty | tort | jedzenie | hoa | bánh | battery | charger |
        cable | bateria | batterie | akku | kabel | piesa | piesele | laptop | phone | telefonul |
        telefon | bike | bici | vélo | fahrrad | sofa | chair | table | masa | scaunul | mesa | silla |
        cadeira | stuhl | tisch | kursi | meja | lamp | lampa | lámpara | lampe""",
    "not_come": """nobody came | no one came | nobody turned up | no one turned up |
        nobody showed up | no one showed up | never showed | no show | didnt show up | did not show up |
        didnt turn up | driver never | courier never | nothing turned up | nothing showed up |
        nothing has been delivered | nothing was delivered | no delivery | nobody delivered |
        nu a venit nimeni | n-a venit nimeni | nu a apărut | n-a apărut | nu a venit nimic |
        n-a venit nimic | nu a ajuns nimic | nu a mai venit | n-a mai venit | kimse gelmedi |
        gelen giden yok | gelen olmadı | hala gelen | nadie vino | no vino nadie | nadie llega |
        nadie llegó | nadie viene | nadie ha venido | no ha venido nadie | no apareció | nunca vino |
        no vino | no vinieron | nunca aparecieron | ninguém veio | ninguém apareceu | não apareceu |
        não apareceram | não veio ninguém | ninguém chegou | e nada | até agora nada |
        personne n'est venu | personne n'est passé | n'est jamais passé | jamais passé* | jamais venu* |
        jamais livré* | rien n'est arrivé | rien n'est venu | pas venu | pas venus | pas passé |
        n'est pas passé | keiner kam | niemand kam | keiner kommt | niemand kommt | keiner gekommen |
        niemand gekommen | nicht aufgetaucht | nie aufgetaucht | nicht erschienen | koi nahi aaya |
        koi nhi aaya | koi nahi aya | koi aaya hi nahi | ga dateng dateng | gak dateng dateng |
        ga ada yang datang | tidak ada yang datang | ga muncul | nggak dateng | non è venuto nessuno |
        nessuno è venuto | nessuno si è presentato | nikt nie przyjechał | nikt nie przyszedł |
        nikt się nie | niemand gekomen | không ai đến | không thấy ai""",
    "unanswered": """rude to | was horrible to | shouted at | yelled at | swore at |
        disrespectful | bad attitude | horrible attitude | no manners | spoke to me like | talked down |
        a fost nepoliticos | a țipat la | urlat la mine | bağırdı | azarladı | küfür etti |
        terslediler | tersledi | me gritó | me gritaron | fue grosero | muy grosero | muy maleducado |
        me trataron mal | trato horrible | gritou comigo | foi grosso | foi grossa | muito grosso |
        mal educada | me trataram mal | m'a crié | m'a insulté* | s'est énervé* | très impoli |
        angeschrien | angeschnauzt | beleidigt | badtameezi | batameezi | gaali | dibentak |
        marah-marah | judes | sgarbat* | onbeleefd""",
    "wrong": """a different | falsche adresse geliefert | yanlış adrese | alt buchet |
        wrong address | adresă greșită | la altă adresă | alta adresa | dirección equivocada |
        endereço errado | mauvaise adresse | falschen adresse | galat address | galat pate |
        alamat salah | salah alamat | indirizzo sbagliato | zły adres""",
    "you_sent": """left it | left at | left with | dropped it | livrat la | ati livrat |
        bırakmışsınız | bırakmışlar | bırakıldı | entregaron en | lo dejaron | entregaram no |
        deixaram | livré à | abgegeben | dikirim ke | hat ihr geliefert | dostarczono""",
    "not_as_ordered": """not the one i | not the bouquet | not what i chose | not what i picked |
        isnt what i | not what we | thats not the | nothing like the | not like the photo |
        ihr habt den falschen | ihr habt das falsche | ihr habt die falsche | nu e ce am ales |
        nu este ce am ales | nu e cel pe care | bu değil istediğim | benim istediğim | no es el ramo |
        no es como | não é o que eu | não foi o que | não é igual | n'est pas ce que |
        pas du tout ce que | rien à voir avec | nicht das was ich | nicht was ich | nicht den ich |
        ganz anders als | yeh nahi manga | ye nahi manga | non è quello che | nie to co | nie to zamówi*""",
    "payment": """charged me again | charged me double | charged my card twice |
        took the money twice | billed me twice | cobrado em dobro | cobraram duas | débité deux |
        débité 2 | débitée deux | débitée 2 | prélevé deux | prélevé 2 | zwei mal abgebucht |
        iki kere çekil* | iki defa çekil* | iki kez çekil* | mükerrer | luat banii de două |
        de două ori banii | plătit și nu | am plătit și nu | paid and nothing | payé et rien |
        bezahlt und | do baar kat* | dua kali bayar | addebitato due | pobrano dwa""",
    "waiting": "llevo esperando | esperamos | attend | attendu | wait kiya | intezaar | đợi | chờ",
    "long": """all day | all morning | all afternoon | all evening | for hours | 2 hours |
        3 hours | two hours | three hours | toată ziua | toată dimineața | de ore | de 2 ore |
        de 3 ore | bütün gün | saatlerdir | sabahtan beri | toda la mañana | todo el día |
        toda la tarde | o dia todo | a manhã toda | a tarde toda | toute la journée | toute la matinée |
        des heures | den ganzen tag | den ganzen vormittag | seit stunden | ghante se | subah se |
        dari pagi | dari tadi | berjam jam | seharian | tutto il giorno | godziny | uur | cả ngày |
        tiếng""",
    "angry": """ruined the party | ruined the day | ruined the wedding | ruined her birthday |
        ruined his birthday | so embarrassing | how embarrassing | not happy about this | what a waste |
        money wasted | total joke | absurd | rezil olduk | rezil oldum | yazık size | qué vergüenza |
        menuda vergüenza | una vergüenza | uma vergonha | une honte | scandaleux | se moque de nous |
        eine frechheit | eine zumutung | verarscht | blamiert | sharam aani | paisa barbad |
        paise barbad | bikin malu | malu-maluin | vergognoso | mi-ați stricat | ne-ați stricat | kecewa""",
    "asked_off": """been delivered yet | delivered yet | out for delivery | on its way yet |
        on the way yet | is on its way | has it left | left yet | whats the eta | the eta | eta on |
        eta for | any eta | has my | a plecat buchetul | a plecat deja | a plecat comanda | au plecat |
        yola çıktı mı | çıktı mı yola | çıktı mı kargo | ya salió | ya viene | ya va en camino |
        ya está en camino | já saiu pra entrega | saiu pra entrega | saiu para entrega | já tá vindo |
        já está a caminho | est parti | est partie | est déjà parti | sont partis | est en route |
        schon unterwegs | bereits unterwegs | ist unterwegs | nikla kya | nikla ki nahi |
        nikal gaya kya | udah dikirim blm | sudah dikirim blm | udh dikirim blm | dah dikirim belum |
        dikirim blm | udah jalan blm | udah otw | è partito | è già partito | è partita | już wysłan* |
        już jedzie | giao chưa | đi chưa | tới đâu rồi | al onderweg""",
    "status": """at what time does | when exactly | la ce ora ajunge | la ce oră vine |
        saat kaçta gelir | kaçta gelir | a qué hora llega | a q hora llega | que horas chega |
        q horas chega | à quelle heure arrive | à quelle heure | um wieviel uhr | um wie viel uhr |
        kitne baje aayega | nyampe jam | sampe jam | jam berapa sampai | jam brp | a che ora arriva |
        o której będzie | mấy giờ tới""",
    "human": """whoever runs | whoever is in charge | someone in charge | the shop | florist |
        the florist | the baker | the seller | technician | the boss there | nem menschen |
        nen menschen | nem mitarbeiter | de la magazin | vânzătorul | vânzătoare | vânzător |
        alguien de la tienda | alguien de verdad | persona de verdad | alguém da loja | gente da loja |
        quelqu'un du magasin | de la boutique | jemand aus dem laden | jemanden aus dem | dukaan wale |
        dukan wale | dukandar | penjualnya | yang jaga toko | qualcuno del negozio | satıcı* | ustayla |
        usta""",
    "talk": """have a chat | a word with | schreiben | sprechen mit | reden mit | quick chat |
        sambungin | pass me to""",
    "person_sure": """not a robot pls | no robots | a human please | a human pls | human pls |
        je veux parler à quelqu'un | passez moi la | passez moi le | pásame con | me passa pra uma |
        dați-mi un operator | dati mi un | sambungin ke cs | ngomong sama orangnya | gerçek biriyle |
        kisi insaan se""",
    "person_alone": "bitte einen mitarbeiter | einen mitarbeiter bitte | bir yetkili",
    "hello": """is anybody about | anybody about | anyone about | anybody home | anyone home |
        is anyone about | ya quelqu'un | il y a quelqu'un | orda mısınız | orda mısın | müsait misiniz |
        c'è nessuno | c'è qualcuno | jest ktoś | jest tu ktoś | jest kto | bună dimi | dimi |
        tem alguem | estão aí | estan ahi | jemand hier | seid ihr da | vous êtes là | koi hai kya |
        ada org | ada yg jaga | servuus | oi gente | tudo bem por aí""",
    "around": "a mil | x | de tot | fain | byk | bnyk",
    "thanks": """cheers guys | thx a mil | ta very much | multumesc mult de tot | çok tşk |
        tşk ederim | makasih bnyk | makasi byk | valeu demais | brigadao | super dzięki""",
}
