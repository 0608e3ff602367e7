"""Hellos, and what stands around courtesies, in Latin letters."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "hello": """anyone there | anybody there | anybody here | anyone here | are you there |
        you there | hello again | hi again | hi guys | peace be upon you | knock knock | hey hey |
        rebonsoir | salut à tous | hola a todos | hola de nuevo | olá de novo | gente boa tarde |
        hallo zusammen | ist jemand da | jemand da | y a quelqu'un | hay alguien | hay alguien ahí |
        alguien ahí | tem alguém aí | alguém aí | e cineva | e cineva aici | alo alo | orada mısınız |
        kimse var mı | ada orang | ada orangnya | koi hai | nasılsınız iyi misiniz | kaifa halok |
        kayfa halak | c'est parti | hi | hii | hello | helo | hallo | hey | heya | heyy | hiya | yo |
        howdy | hola | hullo | hellow | good morning | good afternoon | good evening | good day | gm |
        morning | greetings | how are you | how are u | how r u | how are you doing |
        how are you today | how is it going | hows it going | whats up | sup | wassup |
        hope you are well | hope youre well | nice to meet you | hi there | g day | salutations |
        hlo | helloo | hai | heloo | privet | zdravstvuite | zdravstvuyte | zdrastvuite | zdraste |
        dobriy den | dobry den | dobryi den | dobrii den | dobroe utro | dobryj den | dobryj vecher |
        kak dela | pryvit | salem | salemetsiz be | kaiyrly kun | bună | bună ziua | bună seara |
        bună dimineața | buna ziua | bunaa | salut | salutare | salutări | neața | noroc | hei |
        ziua bună | ce mai faceți | ce faceți | ce faci | bna | bna ziua | sărut mâna | sal | servus |
        marhaba | mar7aba | marhaban | ahlan | ahlen | salam | salam alaikum | salam alaykum |
        assalam alaikum | assalamu alaikum | assalamualaikum | asalam alaikum | salam 3alaikum |
        salam aleikum | selam aleykum | aslam o alaikum | sabah el kheir | saba7 el 5er |
        masa el kheir | slm | hala | kifak | keefak | merhaba | merhabalar | mrb | mrhb | meraba |
        merhba | selam | selamlar | selamün aleyküm | selamun aleykum | selamünaleyküm | sa | as |
        günaydın | gunaydin | iyi günler | iyi akşamlar | iyi sabahlar | iyi çalışmalar |
        kolay gelsin | hayırlı günler | hayırlı sabahlar | hayırlı akşamlar | hayırlı işler |
        hayırlı cumalar | nasılsınız | nasılsın | naber | alo | tünaydın | nihao | ni hao | xin chào |
        chào | chào shop | chào bạn | chào em | chào anh | chào chị | alo shop | hi shop | shop ơi |
        xin chao | ad ơi | holi | holis | holaa | ola | buenas | buenos días | buenas tardes |
        buenas noches | buen día | buenos dias | qué tal | que tal | cómo está | como esta |
        cómo estás | cómo están | saludos | hola buenas | hola qué tal | wenas | qué onda |
        muy buenas | como va | todo bien | cómo les va | oi | oii | oie | olá | opa | bom dia |
        boa tarde | boa noite | e aí | eai | alô | oi tudo bem | tudo bem | tudo bom |
        tudo bem com você | tudo certo | como vai | como você está | td bem | tdb | salve | bomdia |
        bonjour | bjr | bonsoir | bsr | slt | coucou | cc | rebonjour | bonjour à tous |
        comment allez vous | comment ça va | ça va | comment vas tu | vous allez bien |
        bien le bonjour | bonjours | bonjr | hallöchen | halli hallo | guten tag | guten morgen |
        guten abend | guten tach | gutn tag | moin | moin moin | grüß gott | grüß dich | grüezi |
        grüße | mahlzeit | wie geht es ihnen | wie geht's | wie gehts | na wie geht's | grüss gott |
        gruss gott | tach | schönen guten tag | schönen guten morgen | schönen guten abend | namaste |
        namaskar | namasthe | namaskaar | pranam | ram ram | jai shri ram | jai shree krishna |
        radhe radhe | sat sri akal | hello ji | kaise ho | kaise hain | kaise hain aap | kese ho |
        aap kaise ho | suprabhat | adaab | hlw | kya haal hai | halo | haloo | selamat pagi |
        selamat siang | selamat sore | selamat malam | met pagi | met siang | pagi | siang | sore |
        malam | asalamualaikum | aslm | punten | permisi | permisii | apa kabar | met malam |
        hai kak | pagi kak | p | ciao | buongiorno | buonasera | buon giorno | buona sera |
        buon pomeriggio | come va | come stai | come state | dzień dobry | dobry | dzien dobry |
        cześć | czesc | hej | hejka | witam | witajcie | siema | dobry wieczór | dobry wieczor |
        siemka | jak się masz | hoi | goedemorgen | goedemiddag | goedenavond | goedendag | goeiedag |
        dag | hé | hoe gaat het""",
    "around": """dạ em | dạ vâng | dạ chị | dạ anh | dạ shop | to you | to you all | to all |
        to everyone | guys and girls | kindly | darling | love | lovely | hun | honey | xx | xxx |
        xo | sweetie | ladies | gents | man | dude | lads | boss | pal | wonderful people |
        indeed you | so so | truly | honestly | from me | from us | ones again | once again |
        once more | dragelor | draga | dragă | fetelor | săru mâna | din suflet | sufletul |
        din toată inima | preciosa | preciosas | chicas | chicos | nena | cariño | corazón | señor |
        señora | de corazón | de todo corazón | querido | queridos | meninos | minha linda | lindas |
        amiga | moço | de coração | de verdade | les filles | ma belle | chère | cher | vraiment |
        de tout coeur | mille fois | leute | ihr süßen | lieb | lieb von euch | total | herzlich |
        echt | hanımefendi | beyefendi | kızlar | gerçekten | içtenlikle | yürekten | di kalian |
        bestie | bunda | bund | cantik | gaes | guys | bhaiya ji | dil se | very much | so much |
        a lot | much | lots | so | very | really | again | indeed | then | and | oh | ah | well |
        dear | sir | madam | maam | miss | team | everyone | everybody | friend | bro | sis | buddy |
        mate | there | you | u | folks | for your help | for the help | for help | for everything |
        for all | for your time | for your reply | for your answer | for your response |
        for the reply | for the answer | for the response | for the info | for the information |
        for the quick reply | for the quick answer | for the quick response | for the fast reply |
        for your quick reply | for your patience | for your support | for letting me know |
        for replying | for answering | for the update | for your understanding |
        for the fast delivery | for the quick delivery | for telling me | im | its | bolshoe |
        bolshoye | mult | frumos | foarte | pentru ajutor | pentru răspuns | pentru tot |
        pentru informații | și | dumneavoastră | atunci | vă | va | și eu | la fel | asemenea |
        cu drag | mii de | gazilan | jazilan | khayi | çok | ederim | ederiz | ettim | ederimm |
        o zaman | hocam | abi | abla | efendim | canım | de | size de | yardımınız için |
        ilginiz için | için | hepinize | şimdiden | bilgi için | cevap için | herşey için | elime |
        muy | muchas | mil | amable | muy amable | por todo | por tu ayuda | por su ayuda |
        por la ayuda | por responder | por la respuesta | por la información | por la info |
        por contestar | a ti | a usted | a ustedes | entonces | pues | y | e | amigo | señorita |
        linda | lindo | guapa | reina | mi amor | hermosa | muito | muita | pela ajuda | por tudo |
        pela resposta | pela atenção | pelo retorno | pela informação | moça | amor | querida | flor |
        viu | então | mesmo | demais | gente | meninas | pessoal | beaucoup | bcp | infiniment |
        à vous | vous | à toi | pour tout | pour votre aide | pour ton aide | pour la réponse |
        pour votre réponse | pour votre retour | pour l'info | pour les infos |
        pour votre réactivité | alors | et | bien | madame | monsieur | tout le monde | mesdames |
        oui | également | à tous | à toutes | pareillement | sehr | dir | ihnen | euch |
        für die hilfe | für ihre hilfe | für deine hilfe | für alles | für die antwort |
        für die schnelle antwort | für die info | für die rückmeldung | zusammen | ihr | ihr lieben |
        allerseits | ja | noch | dann | na | schon | und | liebes team | ebenfalls | ebenso |
        gleichfalls | ich | ji | bhai | didi | bahut | bahut bahut | bhaiya | aapka | apka | yaar |
        ab | kak | kakak | ka | min | gan | bang | mas | mbak | mba | bu | pak | ya | yaa | banyak |
        banget | bgt | sekali | atas bantuannya | atas infonya | infonya | bantuannya | responnya |
        balasannya | dong | deh | ok ya | mille | tante | molto | a te | a lei | a voi | per l'aiuto |
        per la risposta | di cuore | di tutto | allora | tutti | a tutti | bardzo | za pomoc |
        za odpowiedź | wzajemnie | państwu | panie | pani | wszystkim | serdecznie | wel | hoor |
        voor de hulp | voor je hulp | voor de snelle reactie | jullie | allemaal | heel | erg |
        nhiều | em | bạn | ạ | nha | nhé | chị | anh | ad | rất | received | recibido | recibida |
        reçu | erhalten | alındı | primit | recebido | diterima | ricevuto | ontvangen | otrzymałam |
        otrzymałem | nhận được | ihr paket ist da | it arrived | it has arrived | its arrived |
        just arrived | received it | i received it | i got my order | got my order |
        received my order | i received my order | i received the order | it came | order received |
        parcel received | my order arrived | my parcel arrived | all arrived | my package arrived |
        am primit coletul | am primit comanda | coletul a ajuns | comanda a ajuns | a ajuns coletul |
        kargom geldi | kargo geldi | ürün geldi | ürün elime ulaştı | siparişim geldi |
        siparişimi aldım | kargomu aldım | ya me llegó | ya llegó | me llegó el pedido |
        ya recibí el pedido | ya recibí mi pedido | llegó todo bien | ya lo recibí | chegou |
        já chegou | chegou tudo certo | chegou certinho | recebi o pedido | recebi meu pedido |
        já recebi | colis reçu | j'ai reçu le colis | j'ai bien reçu le colis |
        j'ai bien reçu ma commande | colis bien reçu | ist angekommen | ist da | paket ist da |
        paket ist angekommen | alles angekommen | bestellung ist angekommen | habe es bekommen |
        mil gaya | order mil gaya | parcel mil gaya | mil gya | order mil gya | sudah sampai |
        udah sampai | paketnya sudah sampai | paket sudah sampai | sudah diterima |
        sudah saya terima | barang sudah sampai | barangnya sudah sampai | è arrivato tutto |
        tutto arrivato | paczka dotarła | đã nhận được hàng | nhận được hàng rồi | đã nhận hàng |
        waiting | zhdu | aștept | bekliyorum | espero | aquí espero | quedo a la espera | aguardo |
        fico no aguardo | no aguardo | j'attends | ich warte | warte ich | ditunggu | aspetto |
        attendo | czekam | ik wacht""",
    "for_what": """both of you | sharing | sorting | sorting it | sorting this | sorting that out |
        fixing | fixing it | sending | packaging | wrapping | photos | pictures | gift | present |
        card | lovely | beautiful | amazing | fantastic | excellent | speedy | swift | friendly |
        honesty | honest | yours | tip | tips | recommendation | poză | pozele | promptă | serviciu |
        foto | fotos | regalo | envío | entrega | carinho | presente | envoi | cadeau | livraison |
        bilder | versand | geschenk | paket | kargo | hediye | fotoğraf | fotoğraflar | fotonya |
        hadiah | consegna | prezent | zdjęcia | dostawę | cadeautje | your | the | this | that |
        quick | fast | prompt | kind | great | reply | response | answer | answers | help | support |
        service | info | information | details | advice | assistance | patience | time | delivery |
        work | everything | understanding | explanation | clarification | link | update | being |
        helpful | replying | helping | answering | explaining | letting me know | getting back to me |
        getting back | order | kindness | attention | a | such | to hear | detailed | of | it | was |
        is | i | răspuns | răspunsul | ajutor | ajutorul | informații | rapid | promptitudine |
        detalii | amabilitate | înțelegere | timp | informatii | livrare | tu | su | la | el | ayuda |
        respuesta | rápida | información | atención | tiempo | amabilidad | paciencia | apoyo |
        responder | contestar | servicio | rapidez | los | las | datos | ajuda | atenção | resposta |
        retorno | informação | informações | paciência | sua | seu | o | os | explicação | votre |
        ta | ton | vos | le | les | réponse | retour | rapide | aide | rapidité | réactivité | infos |
        informations | gentillesse | conseils | compréhension | temps | cette | précisions | accueil |
        de | d'avoir répondu | die | ihre | deine | eure | den | das | schnelle | rasche | antwort |
        hilfe | rückmeldung | auskunft | mühe | geduld | beratung | unterstützung | nette | prompte |
        lieferung | yardımınız | ilginiz | hızlı | cevabınız | dönüşünüz | bilgi | bilgilendirme |
        cevap | dönüş | geri | desteğiniz | anlayışınız | ilgi | yardım | ilginize | yardımlarınız |
        bilgilendirdiğiniz | risposta | aiuto | veloce | disponibilità | pazienza | informazioni |
        il | l'aiuto | gentilezza | szybką | odpowiedź | pomoc | informację | cierpliwość | je | uw |
        snelle | reactie | hulp | antwoord | het | bantuannya | infonya | responnya | bantuan |
        respon | cepat | jawaban | jawabannya | pelayanannya | madad | jankari | đã | giúp | hỗ trợ |
        tư vấn | trả lời | nhiệt tình | mình | tôi""",
    "for": "for | pentru | por | pela | pelo | pour | für | için | per | za | voor | atas | liye | ke | vì",
    "aside": """today | yesterday | finally | already | safely | all | both | also | just | too |
        now | and | say | azi | deja | bugün | dün | hoy | ayer | hoje | ontem | já | aqui |
        aujourd'hui | heute | gestern | alle | auch | hari ini | semua | semuanya | shop | super |
        show | to you all""",
}
