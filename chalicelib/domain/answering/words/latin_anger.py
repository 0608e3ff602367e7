"""Silence and anger, in Latin letters."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "unanswered": """zero response | zero replies | zero answer | cero respuesta | zero resposta |
        zéro réponse | null antwort | keine einzige antwort | ni una respuesta | nem uma resposta |
        pas une réponse | no callback | trying to reach you | trying to contact you |
        tried to reach you | tried to contact you | tried calling | tried to call | cant reach you |
        cant get hold of | cannot reach you | cant get through | unable to reach |
        tentando falar com | tentando contato | tentei contato | não consigo falar com |
        încerc să vă contactez | încerc sa va contactez | nu reușesc să vă contactez |
        nu pot da de voi | intento comunicarme | intentando comunicarme | intentando contactar* |
        no logro comunicarme | no puedo comunicarme | essaie de vous joindre |
        essaye de vous joindre | n'arrive pas à vous joindre | impossible de vous joindre |
        versuche sie zu erreichen | versuche euch zu erreichen | nicht erreichbar |
        niemand erreichbar | keiner erreichbar | erreiche niemanden | ulaşmaya çalışıyorum |
        ulaşamıyorum | size ulaşamıyorum | ulaşılamıyor | susah dihubungi | tidak bisa dihubungi |
        ga bisa dihubungi | coba hubungi | ga diangkat | cerco di contattarvi |
        non riesco a contattarvi | non rispondono | irraggiungibil* | próbuję się skontaktować |
        nie mogę się dodzwonić | nie mogę się skontaktować | onbereikbaar |
        probeer jullie te bereiken | kan jullie niet bereiken | không liên lạc được | gọi không ai |
        call nahi lag | phone nahi lag | nobody answers | nobody replies | nobody is answering |
        nobody responds | no one answers | no one replies | no one responds | noone answers |
        noone replies | no one is answering | no one is replying | nobody answered | no one answered |
        nobody replied | no one replied | no reply | no replies | no response | no answer |
        never reply | never replied | never answer | never answered | never respond | dont reply |
        dont answer | dont respond | didnt reply | didnt answer | havent replied | havent answered |
        not answering | not replying | not responding | ignoring me | you ignore | ignored me |
        being ignored | keep ignoring | ignore my | stop ignoring | why dont you answer |
        why dont you reply | why is nobody | why is no one | does anyone ever answer |
        third time i write | third time writing | third time i am writing | third message |
        how many times do i | doesnt anybody answer | left on read | no ones answering |
        nobody picks up | no one picks up | hang up on me | hung up on me | was rude | is rude |
        so rude | very rude | were rude | rude to me | rude staff | rudely | impolite | nobody helps |
        no one helps | you dont care | nikto ne otvechaet | ne otvechaete | pochemu ne otvechaete |
        nu răspunde nimeni | nimeni nu răspunde | nu răspundeți | nu raspundeti | nu mi răspunde* |
        nu mi a răspuns | niciun răspuns | nici un răspuns | fără răspuns | mă ignorați | ignorat* |
        de ce nu răspunde* | nu ați răspuns | nepoliticos* | obraznic* | nesimți* | grosolan* |
        nimeni nu îmi răspunde | nu mai răspundeți | mi a închis telefonul | a treia oară când scriu |
        ma7ad yred | mahad yred | mafi rad | ma7adesh byrod | kimse cevap vermiyor |
        kimse cevap vermedi | cevap vermiyorsunuz | cevap vermiyor | cevap vermediniz | cevap yok |
        neden cevap | niye cevap | cevap alamıyorum | cevap alamadım | dönüş yapmadı* |
        dönüş yapmıyor* | dönüş yok | geri dönüş yapılmadı | dönüş alamadım | kimse dönmüyor |
        kimse dönmedi | kimse yok mu | kimse bakmıyor | yanıt vermiyor* | yanıt yok | umursam* |
        görmezden | muhatap bulam* | telefonu açmıyor* | telefona bakmıyor* | kaba davran* |
        saygısız* | kabaydı | terbiyesiz* | ilgisiz* | cevap veren yok | nadie contesta |
        nadie me contesta | nadie responde | nadie me responde | no contestan | no me contestan |
        no responden | no me responden | por qué no contestan | por qué no responden |
        porque no contestan | sin respuesta | ninguna respuesta | no hay respuesta | me ignoran |
        ignorando | me ignora | ignorado | grosero* | groser* | maleducad* | mal educad* |
        prepotente* | nadie atiende | nadie me atiende | mala atención | pésima atención |
        mal servicio | nunca contestan | nunca responden | me dejaron en visto | dejan en visto |
        nadie me ayuda | me colgaron | tercera vez que escribo | no dan respuesta |
        no me dan respuesta | no cogen el teléfono | ninguém responde | ninguem responde |
        ninguém me responde | ninguem me responde | não respondem | nao respondem | não me respondem |
        ninguém atende | ninguem atende | não atendem | sem resposta | nenhuma resposta | me ignoram |
        ignorada | descaso | grosseir* | falta de respeito | atendimento péssimo |
        péssimo atendimento | mal atendid* | nunca respondem | vácuo | visualiza e não responde |
        terceira vez que | desrespeito | por que não respondem | falta de educação |
        personne ne répond | personne ne me répond | personne répond | pas de réponse |
        aucune réponse | sans réponse | toujours pas de réponse | ne répondez pas | répondez pas |
        vous ne répondez jamais | ne répond jamais | ignorez | on m'ignore | m'ignorer | impoli* |
        malpoli* | désagréable* | grossier* | service client nul | injoignable* | troisième fois que |
        personne ne décroche | pourquoi vous ne répondez | raccroché au nez | mal élevé |
        niemand antwortet | niemand meldet sich | keiner antwortet | keiner meldet sich |
        keine antwort | keine rückmeldung | antwortet keiner | antwortet niemand | antworten nicht |
        antwortet ihr nicht | warum antwortet | warum antworten | ignoriert | ignorieren |
        ignoriert ihr | niemand reagiert | keine reaktion | unfreundlich* | unhöflich* | frech |
        pampig* | nie eine antwort | niemand hilft | geht keiner ans | geht niemand ans |
        zum dritten mal | keiner hilft | niemand geht ans telefon | keiner da | koi reply nahi |
        koi reply nhi | reply nahi | reply nhi | reply kyu nahi | reply kyun nahi | koi jawab nahi |
        jawab nahi | jawab nhi | koi response nahi | response nahi | koi sunta nahi | koi nahi sunta |
        phone nahi utha | call nahi utha | ignore kar | badtameez* | badtamiz* | ga dibalas |
        gak dibalas | nggak dibalas | tidak dibalas | ga dibales | gak dibales | gk dibales |
        tdk dibalas | ga ada balasan | tidak ada balasan | ga ada respon | tidak ada respon |
        gak ada respon | tidak respon | ga respon | slow respon banget | slow respon | ga direspon |
        tidak direspon | ga ada yang jawab | tidak ada yang jawab | tidak ada jawaban | dicuekin |
        diabaikan | dikacangin | kasar | tidak sopan | ga sopan | jutek | chat ga dibaca |
        kenapa ga dibalas | pelayanan buruk | cuma di read | diread doang | belum dibalas |
        nessuno risponde | nessuno mi risponde | non rispondete | non risponde nessuno |
        nessuna risposta | senza risposta | ignorate | ignorato | ignorata | maleducat* | scortes* |
        non mi rispondete | perché non rispondete | nikt nie odpowiada | nikt nie odpisuje |
        nie odpowiadacie | nie odpisujecie | brak odpowiedzi | bez odpowiedzi | ignorujecie |
        ignorowan* | nikt nie odbiera | nieuprzejm* | chamsk* | dlaczego nie odpowiada* |
        czemu nie odpisuj* | niegrzeczn* | niemand reageert | niemand antwoordt | geen antwoord |
        geen reactie | niemand neemt op | genegeerd | negeren | onbeleefd* | onbeschoft* |
        krijg geen antwoord | jullie reageren niet | waarom reageert | không ai trả lời |
        không trả lời | sao không trả lời | không thấy trả lời | không phản hồi | không ai phản hồi |
        thái độ""",
    "service": """service | support | customer service | staff | experience | company | shop | store |
        courier | delivery guy | seller | servis | servici* | serviciul | experienț* | magazin* |
        curier* | khidma | khedma | hizmet* | servis* | mağaza* | müşteri hizmetleri* | tecrübe* |
        alışveriş* | kurye* | satıcı* | servicio* | atención | tienda* | experiencia* | empresa |
        vendedor* | mensajero | serviço* | atendimento | loja* | experiência* | entregador |
        service* | boutique* | magasin* | expérience* | vendeur* | livreur | sav | kundenservice |
        laden | geschäft | erfahrung* | firma | kundendienst | bote | verkäufer | dukaan | dukan |
        seva | pelayanan* | layanan* | toko* | servisnya | kurir* | penjual* | seller* | servizio |
        negozio | esperienza | assistenza | azienda | obsług* | sklep* | doświadczeni* | kurier* |
        winkel | klantenservice | ervaring | bedrijf | bezorger | dịch vụ | cửa hàng | phục vụ""",
    "cheat": """scam | scammer | scammers | scammed | scamming | fraud | frauds | fraudsters |
        thieves | thief | rip off | ripoff | ripped me off | you lied | liars | liar | cheated me |
        cheaters | crooks | con artists | stole my money | robbed me | fake shop | got scammed |
        moshenniki | obmanuli | kidaly | escroc* | escroch* | țeapă | țepari | țepar* | hoților |
        înșelat | înșelătorie | mințiți | mincinoși | fraudă | păcălit | teapa | tepari | naseb |
        nassabin | nasabin | 7aramiya | haramiya | ghashashin | dolandırıcı* | dolandırıl* |
        dolandırdınız | dolandirici* | hırsız* | sahtekar* | sahtekâr* | yalancı* | kandırıldım |
        kandırdınız | üçkağıtçı* | aldatıldım | dolandirildim | estafa* | estafador* | estafad* |
        ladron* | ladrón | rateros | fraude | timado | timador* | mentiros* | me robaron | engaño |
        engañad* | golpe | golpist* | enganad* | enganaç* | ladrão | ladrões | trambiq* | caloteir* |
        picaret* | bandidos | roubada | arnaque* | arnaqu* | voleur* | menteur* | escroquerie |
        truand* | betrug | betrogen | betrüger* | abzocke* | abzocker* | verarscht | verarsche |
        verarschen | lügner | abgezockt | diebe | fakeshop | beschiss | dhokha | dhoka | dhokebaaz |
        thag | thug | froud | loot liya | jhuthe | jhoothe | chutiya | thagi | penipu* | tipu |
        penipuan | nipu | ditipu | ketipu | tukang tipu | bohong | pembohong | maling | truffa |
        truffator* | truffat* | ladri | imbroglion* | bugiard* | fregatura | oszust* | oszukan* |
        oszukali | złodziej* | kłamc* | naciągacz* | przekręt | oplichter* | opgelicht | oplichting |
        dieven | leugenaars | bedrog | lừa đảo | gian thương | treo đầu dê""",
    "angry": """the worst | worst ever | worst product | worst purchase | worst quality |
        by far worst | messed up my | messed up again | screwed up | mess up my | how dare |
        shambles | second time you | third time you | not good enough | let down | feel let down |
        waste of time | sort it out | sort this out | what a mess | total mess | incompetent |
        clueless | liars | gutted | beyond a joke | never using | appalled | livid | fuming | raging |
        frustrated | frustrating | annoyed | annoying | unreal | threw the | threw it over |
        threw my | left it in the rain | left in the rain | dumped it | dumped my |
        cancelled my order without | canceled my order without | qué decepción | que decepcion |
        qué desastre | qué falta de | mal rollo | frustrad* | esto es increíble | estoy fatal |
        es indignante | que decepção | que absurdo | que vergonha | estou chocada | estou revoltada |
        quelle déception | quelle honte | c'est une honte | c'est scandaleux | inadmissible |
        je suis choquée | enragée | énervé* | so eine frechheit | was für eine frechheit |
        so ein mist | genervt | sauer | frustriert | entsetzt | ce dezamăgire | ce rușine |
        sunt șocată | sunt supărată | îngrozitor | yazıklar olsun | çok ayıp | sinir oldum |
        deli oldum | şok oldum | kapok belanja | nyesel beli | bikin kesal | bete | sebel | ngeselin |
        che delusione | che vergogna | sono arrabbiat* | co za wstyd | jestem wściek* | jestem zł* |
        wat een schande | ik ben boos | thật thất vọng | quá thất vọng | bực mình | tức quá |
        not satisfied with | extremely disappointed | not pleased | im upset | i am upset |
        im unhappy | i am unhappy | unhappy | very bad experience | worst customer service | not ok |
        not acceptable at all | regret buying | regret ordering | never again | nu sunt mulțumit |
        nu sunt mulțumită | nu mai cumpăr | foarte supărat* | molto delus* | non sono soddisfatt* |
        nie jestem zadowolon* | no estoy contenta | no estoy contento | no estoy satisfech* |
        no estoy conforme | muy molesta | muy molesto | não estou satisfeit* | não estou feliz |
        não gostei nada | pas satisfait* | pas contente | pas content | très mécontent* |
        nicht zufrieden | gar nicht zufrieden | sehr verärgert | khush nahi | santusht nahi |
        memnun kalmadık | memnun kalmadım | disappointed | disappointing | very upset | so upset |
        furious | unacceptable | not acceptable | ridiculous | outrageous | disgrace | disgraceful |
        disgusted | im angry | so angry | very angry | never buying | never order again |
        never ordering | never shop | never buy again | will never buy | worst shop | worst store |
        worst service | worst company | worst experience | worst seller | a joke | shame on you |
        horrible experience | terrible experience | bad experience | awful experience |
        make a complaint | file a complaint | i want to complain | want to complain |
        have a complaint | i complain | my complaint | to complain about | complaint about |
        im complaining | report you | sue you | call the police | consumer protection |
        negative review | bad review | one star | 1 star | fed up | had enough | pissed off | pissed |
        wtf | screw you | fuck you | bullshit | unprofessional | dissapointed | disapointed |
        dissappointed | not happy with | not satisfied | unhappy with | unsatisfied | dissatisfied |
        very unhappy | what a joke | are you kidding | are you kidding me | waste of money |
        bezobrazie | uzhas | koshmar | pozor | zhaloba | dezamăgit* | dezamagit* | nemulțumit* |
        nemultumit* | inadmisibil | inacceptabil | rușine | rusine | bătaie de joc | batjocur* |
        reclamație | reclamatie | reclam | plângere | mă plâng | scandalos | anpc |
        protecția consumatorului | nu mai comand | niciodată nu mai | furios | furioasă | supărat |
        supărată | indignat* | ce porcărie | porcărie | shakwa | 3eib | hayal kırıklığı* |
        memnun değilim | hiç memnun | rezalet | rezillik | kepazelik | şikayet* | şikâyet* |
        sikayet* | skandal | utanç | utanın | ayıp | kabul edilemez | bıktım | yeter artık |
        sinirlendim | çok kızgınım | bir daha asla | bir daha almam | asla almayın | tüketici hakem* |
        tüketici mahkem* | pişman* | pişmanım | mağdur* | mağduriyet* | berbat |
        dalga mı geçiyorsunuz | böyle şey olmaz | böyle rezalet | decepcionad* | decepción |
        desilusionad* | indignad* | inaceptable | vergüenza | verguenza | queja | quejarme |
        una queja | quejo | reclamo | reclamar | reclamación | hoja de reclamaciones | denuncia* |
        denunciar | molesta | molesto | enojad* | enfadad* | furios* | nunca más | nunca mas compro |
        el colmo | tomadura de pelo | una burla | falta de respeto | insatisfech* | harta | harto |
        qué asco | pésimo todo | profeco | consumidor | peor tienda | es un desastre | decepção |
        inaceitável | absurdo | um absurdo | vergonha | reclamação | reclame aqui | procon |
        revoltad* | insatisfeit* | chateada | chateado | palhaçada | nunca mais | falta de respeito |
        processar vocês | que raiva | desrespeito | um lixo | irritad* | com raiva | déçu* | decu* |
        decue | déception | inacceptable | honteu* | honte | scandaleu* | scandale | plainte |
        porter plainte | réclamation | me plaindre | mécontent* | furieu* | en colère | insatisfait* |
        plus jamais | foutage de gueule | vous foutez | se moque | vous moquez | se moquer |
        ras le bol | j'en ai marre | marre | pas content* | pas sérieux | dgccrf | une blague |
        n'importe quoi | catastrophe | lamentable | enttäuscht* | enttäuschung | enttäuschend |
        unverschämt* | frechheit | sauerei | unzufrieden* | beschwerde | beschweren | beschwere |
        reklamation | reklamieren | inakzeptabel | unmöglich | stinksauer | wütend | verärgert |
        nie wieder | zumutung | anwalt | verbraucherzentrale | anzeige | saftladen | ärgerlich |
        katastrophe | eine schande | unglaublich schlecht | lächerlich | unter aller sau |
        mir reicht es | mir reichts | saulad* | nirash | shikayat | complaint karni | complaint hai |
        complain karna | complaint karna | gussa | sharam | consumer court | bakwas |
        kabhi nahi lunga | dobara nahi | faltu | pareshan | bekar shop | disappointed hu | kecewa* |
        mengecewakan | komplain | komplen | keluhan | mengeluh | marah | kapok | parah banget |
        ga profesional | tidak profesional | memalukan | nyesel | menyesal | protes | rugi |
        lapor polisi | laporkan | bintang satu | bintang 1 | emosi | kesal | kesel | jengkel |
        ga puas | tidak puas | gak puas | delus* | deludente | inaccettabile | vergogna | vergognos* |
        lamentarmi | lamentela | scandalos* | insoddisfatt* | arrabbiat* | mai più |
        pessima esperienza | presa in giro | uno schifo | schifo | rozczarowan* | zawiedzion* |
        niezadowolon* | skarga | skargę | reklamacj* | reklamować | niedopuszczaln* | wkurzon* |
        wściekł* | kpina | kpiny | żenada | masakra | nigdy więcej | wstyd | uokik | teleurgesteld |
        teleurstell* | onacceptabel | schandalig | schande | klacht | klagen | boos | woedend |
        belachelijk | nooit meer | ontevreden | niet tevreden | thất vọng | bức xúc | khiếu nại |
        không hài lòng | tệ quá | quá tệ | làm ăn | phàn nàn""",
    "nobody": """nobody | no one | noone | nikto | nimeni | kimse | hiç kimse | nadie | ninguém |
        ninguem | personne | niemand | keiner | koi | koi bhi | nessuno | nikt | không ai |
        ga ada yang | gak ada yang | tidak ada yang | not one""",
    "answers": """answer | answers | answered | answering | reply | replies | replied | replying |
        respond | responds | responded | responding | get back to me | gets back to me |
        got back to me | help | helps | otvechaet | otvechayut | răspun* | raspun* | ajut* | cevap* |
        yanıt* | ilgilen* | dönüş | bakmıyor | yardım* | contest* | respond* | atiend* | ayud* |
        atend* | ajud* | retorn* | répon* | aide | antwort* | meldet | melden | reagier* | hilft |
        jawab* | sunta | sunne | balas* | bales* | jawab | respon* | rispond* | aiut* | odpowiad* |
        odpis* | pomag* | reageert | antwoordt | helpt | trả lời | phản hồi""",
    "nothing": """nothing | still nothing | nichego | nimic | hiçbir şey | bir şey yok | ses yok |
        ses seda yok | nada | rien | toujours rien | nichts | immer noch nichts | kuch nahi |
        kuch nhi | tidak ada kabar | ga ada kabar | gak ada kabar | niente | nic | niks | niets |
        không thấy gì""",
    "wrote": """asked you | ive sent | sent you | sent messages | emailing | calling you | calling |
        writing to you | contacted you | ive contacted | i contacted | contacted | contacté |
        he contactado | contatei | contacté vous | kontaktiert | iletişime geçtim | contactat |
        hubungi | menghubungi | contattato | kontaktował* | i wrote | ive written | i have written |
        ive emailed | i emailed | ive called | i called | ive messaged | i messaged | emailed you |
        called you | messaged you | wrote you | ive sent you | ive asked | am scris | am sunat |
        v am contactat | am trimis mail | he escrito | les escribí | escribí | he llamado | llamé |
        he enviado mensajes | escribiendo | escrevi | já mandei | mandei mensagem | mandei mensagens |
        já liguei | liguei | j'ai écrit | ai écrit | j'ai appelé | ai appelé | j'ai envoyé |
        ai envoyé | habe geschrieben | geschrieben | habe angerufen | angerufen | gemailt | yazdım |
        aradım | mesaj attım | yazıyorum | sudah chat | udah chat | sudah wa | sudah telpon |
        udah dm | sudah dm | likha | message kiya | call kiya | msg kiya | ho scritto | ho chiamato |
        pisałam | pisałem | dzwoniłam | dzwoniłem | heb gemaild | heb gebeld | gemaild | gebeld |
        đã nhắn | đã gọi | nhắn""",
    "times": """2 times | zwei mal | 2x | deux reprises | 2 veces | 2 vezes | dos mensajes |
        de 2 ori | iki defa | üç defa | kali | 2 kali | 3 kali | third time | second time |
        a tercera vez | terceira vez | troisième fois | drittes mal | dritte mal | üçüncü kez |
        teesri baar | ketiga kalinya | terza volta | trzeci raz | derde keer | twice | two times |
        three times | four times | five times | many times | several times | 3 times | 4 times |
        5 times | 10 times | times already | de două ori | de trei ori | de mai multe ori | de 3 ori |
        dos veces | tres veces | varias veces | muchas veces | duas vezes | três vezes |
        várias vezes | deux fois | trois fois | plusieurs fois | zweimal | dreimal | mehrmals |
        drei mal | mehrfach | iki kere | üç kere | üç kez | defalarca | kaç kere | kaç kez |
        dua kali | tiga kali | berkali kali | beberapa kali | do baar | teen baar | kai baar |
        kitni baar | due volte | tre volte | più volte | dwa razy | trzy razy | kilka razy |
        wiele razy | twee keer | drie keer | meerdere keren | hai lần | ba lần | nhiều lần""",
}
