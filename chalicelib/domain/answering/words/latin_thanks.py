"""Thanks, farewells and nods in Latin letters."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "thanks": """see you later | speak later | appreciate your help | appreciate the help |
        appreciate your time | appreciate your patience | appreciate the quick reply |
        appreciate your quick reply | appreciate your reply | appreciate your support |
        appreciate all your help | appreciate that | appreciate this | agradecido | agradecidos |
        agradecimientos | grato | grata | reconnaissante | reconnaissant | dankbar | minnettar |
        recunoscător | recunoscătoare | vă sunt recunoscătoare | syukron | thank youu | thankss |
        thanx | much thanks | i thank you | my thanks | ringrazio | wdzięczn* | dank jullie |
        dank jullie wel | appreciate | i appreciate | we appreciate | appreciate you | with thanks |
        bedankt hoor | thnak you | thank yo | thabks | thanks a million | thanks a bunch |
        thanks a ton | thanks loads | thanks heaps | much obliged | talk soon | talk later |
        talk to you later | ttyl | see you soon | see you tomorrow | see you there | until tomorrow |
        catch you later | youre the best | you are the best | youre awesome | youre amazing |
        youre a star | you rock | legend | lifesaver | thats all i needed | thats everything |
        nothing else | im good thanks | im good | all set | bye for now | goodnight | grateful |
        blessings | stay safe | best regards | kind regards | regards | have a good night |
        sweet dreams | take it easy | same to you | you as well | mersi fain | pe mâine | ne auzim |
        ne vedem | pupici | pup | hasta la próxima | cuídate | cuídense | un abrazo | abrazos |
        besos | un saludo | muy agradecida | eres un amor | te pasaste | son los mejores |
        fica com deus | deus abençoe | abraços | abraço | beijos | bjs | bjos | um abraço |
        vocês são demais | boa semana | ótimo dia | até | à très vite | à tout à l'heure |
        bonne continuation | vous êtes au top | bonne fin de soirée | bon après midi | adieu |
        bonne semaine | tchao | merci d'avance | machs gut | mach's gut | schönen feierabend |
        ihr seid die besten | wünsche ich | wünsche ich auch | auf wiederhören | ade | pfiat di |
        allah'a emanet olun | allaha emanet | kendinize iyi bakın | harikasınız | çok yaşayın |
        minnettarım | iyi ki varsınız | saygılar | iyi hafta sonları | kib | öptüm | thank | thanks |
        thank you | thank u | thx | thnx | tnx | tks | ty | tysm | tyvm | tq | thnks | cheers |
        many thanks | much appreciated | appreciate it | i appreciate it | appreciated | god bless |
        bless you | bye | bye bye | goodbye | good bye | see you | see ya | cya | good night | gn |
        take care | have a nice day | have a good day | have a great day | have a lovely day |
        have a good one | have a nice evening | have a nice weekend | have a good weekend |
        have a great weekend | have a good evening | you too | no thanks | no thank you | i got it |
        no worries | youre welcome | you are welcome | welcome back | spasibo | spasib* | spasiba |
        spasibki | spc | blagodar* | poka | do svidaniya | dosvidaniya | dyakuyu | diakuiu | rahmet |
        raqmet | rakhmet | mulțumesc | mulțumim | multumesc* | mersi | mersic | merci | mulțam |
        mulțu | msi | la revedere | pa | pa pa | pe curând | noapte bună | o zi bună | o zi frumoasă |
        zi frumoasă | o seară bună | o seară frumoasă | weekend plăcut | toate cele bune |
        numai bine | cu plăcere | nu mulțumesc | shukran | shokran | chokran | choukran | shukrn |
        ma3 salama | yislamo | yslmo | teslam | tslm | teşekkür* | tesekur* | teşekür* | tşk |
        tşkler | tşkkr | tesekkrler | teşekkrler | teşk | tsk | tskler | sağ ol | sağol | sağolun |
        sağ olun | sagolasın | sağ olasın | saol | eyv | eyvallah | çok naziksiniz | görüşürüz |
        görüşmek üzere | hoşça kal | hoşçakalın | hoşça kalın | güle güle | iyi geceler |
        kolay gelsin iyi günler | bay bay | bb | rica ederim | hayır teşekkürler | allah razı olsun |
        3q | xiexie | xie xie | gracias | grasias | grax | grcs | muchas gracias | mil gracias |
        muchisimas gracias | te lo agradezco | se lo agradezco | agradecid* | adiós | chao | chau |
        hasta luego | hasta pronto | hasta mañana | nos vemos | buenas noches gracias |
        que tengas buen día | que tenga buen día | que tengas un buen día | que tenga un buen día |
        feliz día | bendiciones | saludos | de nada | no gracias | igualmente | obrigad* | brigad* |
        obg | obgd | obrigadão | vlw | valeu | vlws | agradeço | agradecida | tchau | xau | até logo |
        até mais | até breve | até amanhã | boa noite obrigada | tenha um bom dia |
        um bom dia para você | bom fim de semana | bom final de semana | por nada | não obrigada |
        não obrigado | mrc | mrci | merssi | merciii | merci beaucoup | mercy | mille mercis |
        je vous remercie | je te remercie | remerci* | au revoir | à bientôt | à plus | à plus tard |
        bonne journée | bonne soirée | bonne nuit | bon weekend | bon week end |
        bonne fin de journée | à demain | bisous | bien reçu | non merci | de rien | je vous en prie |
        cordialement | danke | dankee | dankeschön | danke schön | danke dir | danke ihnen |
        vielen dank | besten dank | herzlichen dank | lieben dank | tausend dank |
        vielen lieben dank | dank dir | bedanke mich | ich bedanke mich | tschüss | tschüß | tschau |
        ciao ciao | auf wiedersehen | bis bald | bis dann | bis später | bis morgen | gute nacht |
        schönen tag | schönen tag noch | schönen abend | schönen abend noch | schönes wochenende |
        schönes we | mfg | liebe grüße | viele grüße | mit freundlichen grüßen | gern geschehen |
        nein danke | kein ding | nichts zu danken | dhanyavad | dhanyawad | dhanyavaad | dhanywad |
        shukriya | sukriya | shukria | thanku | thankyou | thankyu | meherbani | alvida |
        shubh ratri | terima kasih | terimakasih | trimakasih | trima kasih | makasih | makasi |
        mksh | mksih | maksih | trims | tengkyu | hatur nuhun | matur nuwun | nuhun | sampai jumpa |
        dadah | selamat malam terima kasih | selamat tinggal | sama sama | grazie | grazie mille |
        mille grazie | ti ringrazio | vi ringrazio | la ringrazio | arrivederci | a presto |
        buona giornata | buona serata | buonanotte | buona notte | tante grazie | di nulla |
        no grazie | dziękuję | dziękuje | dzięki | dzieki | dziękować | dzięks | dzięx | dz |
        wielkie dzięki | do widzenia | papa | na razie | miłego dnia | dobranoc | pozdrawiam |
        miłego wieczoru | miłego weekendu | nie dziękuję | bedankt | dank je | dank je wel | dank u |
        dank u wel | dankjewel | dankuwel | hartelijk dank | dankje | tot ziens | doei | doeg |
        fijne dag | fijne dag nog | fijne avond | fijn weekend | groetjes | nee bedankt |
        graag gedaan | cảm ơn | cám ơn | cam on | thanks shop | tạm biệt | chúc ngủ ngon |
        không cần đâu cảm ơn""",
    "nod": """fair | thats fair | ok fair enough | good good | excellent news | good news | brill |
        ace | fabulous | splendid | marvellous | sweet | wicked | sorted | thats sorted | ok dale |
        joya | bárbaro | buenísimo | regio | espectacular | qué linda | que lindo | arrasou |
        maravilhoso | demais | adorei | amei | perfeita | génial | chouette | trop bien | trop cool |
        j'adore | hervorragend | ausgezeichnet | wunderbar | cool cool | freu mich | ich freue mich |
        freue mich | çok sevindim | sevindim | bayıldım | çok iyi oldu | ok sip | mantap kak | asik |
        asyik | waah | wah | bagus banget | keren banget | badhiya hai | zabardast | shandar |
        splendido | magnifico | geweldig | fijn | super goed | cool beans | ok dear | okidoki |
        works for me | thats great | thats perfect | thats good | good stuff | no probs | all clear |
        o k | ok | okay | okey | okk | oki | okie | okies | k | kk | okok | okai | oke | alright |
        all right | fine | good | all good | great | perfect | awesome | amazing | excellent | cool |
        nice | lovely | wonderful | super | fab | brilliant | fantastic | sure | sounds good |
        sounds great | got it | gotcha | i see | i understand | understood | noted | makes sense |
        fair enough | deal | no problem | np | nw | never mind | nevermind | will do | i will wait |
        ill wait | i can wait | will wait | ok i wait | wow | yay | lol | haha | hahah | hahaha |
        hehe | xd | yep thanks | yes thanks | yes thank you | that helps | very helpful |
        that is all | thats all | very good | very nice | good to know | copy that | roger | ah ok |
        oh ok | oh i see | thumbs up | sounds perfect | so cute | so nice | love it | i love it |
        its ok | its okay | that is fine | thats fine | its fine | thats ok | not a problem |
        horosho | xorosho | ponyal | ponyala | ponyatno | yasno | ladno | otlichno | klass | zhaksy |
        jaqsy | zharaidy | bine | e bine | foarte bine | am înțeles | înțeles | în regulă |
        e în regulă | de acord | e ok | minunat | excelent | grozav | o să aștept | voi aștepta |
        nicio problemă | nu e nicio problemă | fain | tare | bun | sigur | clar | am notat |
        am retinut | tamam | tmam | 6ayeb | tayeb | mashi | inshallah | inchallah | khalas |
        tamamdır | tmm | tmmdır | tamamdir | oldu | olur | peki | pekala | anladım | anlaşıldı |
        süper | harika | mükemmel | güzel | çok güzel | beklerim | beklerim o zaman | sorun değil |
        sorun yok | problem değil | önemli değil | eyw | hallettim | şahane | çok iyi | iyi | tabii |
        evet teşekkürler | vale | dale | listo | perfecto | perfe | de acuerdo | entendido |
        entiendo | ya entendí | está bien | esta bien | todo bien | muy bien | bien | bueno | okis |
        genial | excelente | estupendo | fenomenal | maravilloso | qué bien | que bueno | claro |
        quedo atenta | quedo atento | me espero | no pasa nada | no hay problema | sin problema |
        ningún problema | guay | chévere | bacán | súper | super bien | jaja | jajaja | jeje |
        sí gracias | ah vale | ya veo | te espero | beleza | blz | bele | tá bom | ta bom | tá |
        tá ok | está bem | tudo bem | tudo certo | certo | combinado | entendi | ótimo | otimo |
        perfeito | maravilha | legal | show de bola | top | joia | jóia | fechado | sem problemas |
        sem problema | não tem problema | vou aguardar | estou aguardando sua resposta | kkk | kkkk |
        rsrs | rs | isso | massa | bacana | ok então | tranquilo | de boa | sim obrigada | d'accord |
        dacc | dac | d acc | ça marche | ca marche | ça va | ça me va | entendu | très bien |
        tres bien | parfait | nickel | compris | j'ai compris | bien compris | noté | c'est noté |
        je comprends | je vois | j'attendrai | pas de souci | pas de soucis | pas de problème |
        aucun problème | aucun souci | pas grave | c'est pas grave | ce n'est pas grave | impec |
        impeccable | bon | ok ça roule | ça roule | mdr | ptdr | c'est bon | tout est bon |
        oui merci | magnifique | ravie | vu | alles klar | klar | alles gut | alles paletti | gut |
        sehr gut | in ordnung | passt | passt so | toll | prima | perfekt | klasse | verstanden |
        ich verstehe | verstehe | hab verstanden | einverstanden | dann warte ich | kein problem |
        kein thema | keine ursache | macht nichts | gerne | geht klar | geil | spitze | jawohl |
        gebongt | ach so | achso | ja danke | hört sich gut an | klingt gut | freut mich | na gut |
        thik hai | theek hai | thik h | theek h | tik hai | thik | theek | accha | acha | achha |
        ok ji | okay ji | badhiya | badiya | samajh gaya | samajh gayi | samajh gya | koi baat nahi |
        koi bat nahi | haan thik hai | sahi hai | sahi | mast | bahut accha | bahut badhiya |
        intezar karunga | okee | okeh | okei | ok deh | sip | siap | siip | siapp | sipp | baik |
        baiklah | ya baik | mantap | mantab | mantul | keren | bagus | sudah jelas | jelas | paham |
        mengerti | saya mengerti | ngerti | gapapa | ga papa | gak papa | tidak apa apa | ga apa apa |
        saya tunggu | aku tunggu | ok saya tunggu | saya tunggu ya | wkwk | wkwkwk | ya sudah |
        yaudah | iya makasih | va bene | ok va bene | d'accordo | perfetto | capito | ho capito |
        bene | benissimo | ottimo | fantastico | nessun problema | non c'è problema | tutto ok |
        tutto bene | dobrze | rozumiem | w porządku | jasne | spoko | świetnie | zrozumiałam |
        zrozumiałem | nie ma problemu | nie ma sprawy | okej | ekstra | doskonale | oké | goed |
        is goed | heel goed | duidelijk | begrepen | geen probleem | snap ik | helemaal goed |
        komt goed | vâng | dạ vâng | được | được rồi | ok em | ok shop | ok bạn | hiểu rồi | tốt quá |
        tuyệt | ok nhé""",
}
