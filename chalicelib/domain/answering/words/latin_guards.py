"""What turns words into a question or makes them urgent, in Latin letters."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "if": """nếu bị | nếu hàng | nếu không | nếu mà | if | what if | in case | in the case | suppose |
        incase | whether | unless | esli | dacă | daca | în caz | în cazul | iza | eğer | olursa |
        gelirse | çıkarsa | kırılırsa | bozulursa | beğenmezsem | olmazsa | gelmezse | diyelim |
        y si | qué pasa si | que pasa si | en caso | si llega | si viene | si no | si se | si me |
        e se | caso | se vier | se chegar | se não | se quebrar | o que acontece se | et si | si le |
        si la | si ça | si c'est | si jamais | si je | au cas | s'il | s'ils | en cas | falls | wenn |
        was ist wenn | im fall | sollte es | agar | jika | kalau | kalo | misalnya | semisal |
        jikalau | bila | apabila | se dovesse | se arriva | se non | se si | nel caso | jeśli |
        jesli | jeżeli | gdyby | co jeśli | als het | als ik | stel dat | indien""",
    "asking": """do you | are you | can you | can i | could i | could you | may i | is it | is this |
        is the | is there | are there | are these | are they | does it | does this | does the |
        will it | would it | how do | how does | how can | how long does | how to | what is your |
        whats your | what about | policy | guarantee | warranty | who pays | proof | resistant |
        easily | prone | any chance | do these | how much | how many | should i | do they | is that |
        spare | replacement parts | sell | buy | looking for | insurance | have you ever | aveți |
        aveti | pot | se poate | e rezistent | reparați | vindeți | caut | politica | garanție |
        cum pot | ușor | repede | oare | cât de | face | mı | mi | mu | mü | mıdır | midir | mudur |
        müdür | misiniz | mısınız | var mı | nasıl | politika* | garanti* | kolay | kolayca |
        satıyor | tamir | çabuk | olur mu | acaba | mıyım | miyim | ister | arıyorum | tienen |
        tienes | se puede | puedo | pueden | podría | política | garantía | venden | reparan | fácil |
        fácilmente | facil | busco | cómo | hacen | se rompe | aceptan | tem | têm | tem como | pode |
        posso | podem | garantia | vendem | consertam | facilmente | procuro | como | fazem | vocês |
        aceitam | est ce que | est-ce | avez vous | vous avez | peut on | puis je | pouvez vous |
        comment | politique | garantie | réparez | vendez | facilement | facile | cherche | y a t il |
        faites vous | acceptez | haben sie | habt ihr | gibt es | kann ich | kann man | können sie |
        könnt ihr | ist das | sind die | ist es | wie | leicht | schnell | verkauft | verkaufen |
        reparieren | repariert | suche | geht das | darf | umtausch | nehmen sie | bieten | kya |
        kaise | sakte | sakta | sakti | asani | hoga kya | hai kya | apakah | bisa | boleh | gampang |
        mudah | garansi | gimana | bagaimana | cara | jual | kah | cepat | ga ya | apa | avete |
        si può | come | garanzia | vendete | riparate | cerco | fate | czy | można | jak | gwarancj* |
        macie | naprawiacie | łatwo | szukam | polityka | hebben jullie | kan ik | is het | zijn de |
        hoe | makkelijk | verkopen | zoek | được không | không | thế nào | bảo hành""",
    "own_fault": """i ordered the wrong | i chose the wrong | i picked the wrong |
        i selected the wrong | my mistake | by mistake | i made a mistake | i entered the wrong |
        i put the wrong | wrong number | wrong chat | i typed | i gave you the wrong |
        money back guarantee | something wrong with my address | i got the wrong number |
        wrote the wrong | am greșit | am ales greșit | din greșeală | am comandat greșit | am gresit |
        yanlışlıkla | yanlış seçtim | yanlış sipariş ettim | yanlış sipariş verdim |
        yanlış beden seçtim | me equivoqué | me equivoque | pedí la talla equivocada | por error |
        elegí mal | pedí mal | me confundí | errei | pedi errado | escolhi errado | comprei errado |
        por engano | sem querer | je me suis trompé* | me suis trompé* | par erreur |
        j'ai commandé la mauvaise | j'ai choisi la mauvaise | me suis tromper | ich habe mich vertan |
        vertan | aus versehen | versehentlich | falsch bestellt | habe die falsche größe bestellt |
        falsche größe bestellt | falsch ausgewählt | falsche adresse angegeben | galti se |
        galat order kar diya | salah pesan | salah pilih | saya salah | salah order | salah checkout |
        ho sbagliato | per sbaglio | per errore | pomyliłam się | pomyliłem się | przez pomyłkę |
        vergist | per ongeluk | verkeerd besteld | đặt nhầm | chọn nhầm | tôi nhầm | mình nhầm""",
    "not": """nothing was | nothing is | nothing were | is not | was not | are not | were not |
        not been | never been | not at all | not so | not that | not too | not very | not even |
        not really | never had a | never had any | no more | isnt that | nu e | nu este | nu a fost |
        nu sunt | n'est pas | n'était pas | pas du tout | pas très | pas trop | ist nicht |
        war nicht | nicht so | nicht sehr | gar nicht | no es | no está | no fue | no era |
        nada está | não é | não está | não foi | nada foi | tidak ada | ga ada | gak ada | non è |
        nie jest | is niet | no complaints | never a | aucune | ningún | ninguna | nenhum | nenhuma |
        not | no | never | isnt | arent | wasnt | werent | aint | without | nothing | net | nu |
        fără | nimic | sin | nada | ni | não | nao | sem | pas | sans | jamais | aucun | rien |
        nicht | kein | keine | ohne | nie | nichts | bina | tidak | tdk | ga | gak | nggak | bukan |
        ngga | tanpa | non | senza | bez | niet | geen | zonder | không | chẳng""",
    "urgent": """urgent | urgently | asap | a s a p | right now | right away | immediately |
        emergency | need it today | need it now | need it tonight | need it tomorrow |
        need it by tomorrow | need it by tonight | need this today | need them today |
        need them tomorrow | need this tomorrow | need it for tomorrow | leaving tomorrow |
        leave tomorrow | flying tomorrow | fly tomorrow | flight tomorrow | flight is tomorrow |
        travelling tomorrow | traveling tomorrow | im leaving today | leaving today | is tomorrow |
        wedding tomorrow | party tomorrow | party is tonight | as soon as possible |
        soon as possible | quickly please | hurry | hurry up | cant wait any longer | no time |
        running out of time | urgnt | very urgent | ugent | today please | by today | answer now |
        reply now | now please | last minute | very soon please | need an answer now |
        birthday is tomorrow | birthday tomorrow | need it before tomorrow | leaving in an hour |
        in an hour | need help now | srochno | ochen srochno | tez arada | urgentă | cât mai repede |
        cat mai repede | cât mai curând | imediat | acum acum | repede vă rog | am nevoie azi |
        am nevoie mâine | îmi trebuie azi | îmi trebuie mâine | am nevoie de ea azi |
        am nevoie de el azi | plec mâine | mâine plec | urgentt | de urgență | urgență |
        nu mai pot aștepta | zbor mâine | darori | 3ajel | daroori | mesta3jel | mosta3gel | acil |
        acilen | çok acil | acele | acilll | hemen | derhal | bir an önce | bugün lazım |
        yarın lazım | bugüne lazım | yarına lazım | bugün gerekli | yarın gidiyorum |
        yarın yola çıkıyorum | ivedi | ivedilikle | en kısa sürede | çabuk olun | yarın düğün* |
        yarın uçuyorum | bekleyemem | acill | urgente | urgentemente | es urgente | urge | me urge |
        cuanto antes | lo antes posible | ya mismo | ahora mismo | inmediatamente | de inmediato |
        lo necesito hoy | lo necesito mañana | lo necesito para hoy | lo necesito para mañana |
        me voy mañana | viajo mañana | salgo mañana | rápido por favor | emergencia |
        no puedo esperar | la necesito hoy | la necesito mañana | lo necesito ya | rapido porfa |
        urgência | o mais rápido possível | o quanto antes | pra ontem | agora mesmo | imediatamente |
        preciso hoje | preciso para hoje | preciso pra hoje | preciso para amanhã |
        preciso pra amanhã | viajo amanhã | viajo hoje | emergência | preciso disso hoje |
        preciso disso amanhã | não posso esperar | urgence | en urgence | c'est urgent |
        au plus vite | au plus tôt | le plus vite possible | dès que possible | rapidement svp |
        tout de suite | immédiatement | besoin aujourd'hui | besoin demain | besoin pour demain |
        je pars demain | pars demain | vite svp | très pressé* | pressée | je suis pressé* |
        le plus rapidement possible | dringend | eilig | es eilt | sofort | so schnell wie möglich |
        schnellstmöglich | umgehend | brauche es heute | brauche es morgen | brauche es bis morgen |
        heute noch | reise morgen ab | fahre morgen | fliege morgen | notfall | sehr dringend |
        ganz dringend | unverzüglich | bis morgen brauchen | drigend | jaldi | turant | urgent hai |
        bahut zaroori | bahut jaruri | aaj hi chahiye | aaj chahiye | kal chahiye | abhi chahiye |
        fatafat | kal ja raha | arjent | emergency hai | urgen | mendesak | segera | secepatnya |
        buru buru | buruan | darurat | butuh hari ini | butuh besok | butuh cepat | hari ini juga |
        besok berangkat | besok dipakai | mau dipakai besok | mau dipakai hari ini | cepetan |
        gercep | penting banget | cepat ya | il prima possibile | appena possibile | subito |
        immediatamente | mi serve oggi | mi serve domani | mi serve per domani | parto domani |
        urgenza | pilne | pilnie | pilna | natychmiast | jak najszybciej | potrzebuję na dziś |
        potrzebuję na jutro | jutro wyjeżdżam | na już | spoed | zo snel mogelijk | meteen |
        direct nodig | vandaag nodig | morgen nodig | vertrek morgen | haast | khẩn cấp | cần gấp |
        cần ngay | ngay bây giờ | hôm nay cần | mai cần | càng sớm càng tốt""",
    "no_rush": """not urgent | no rush | no hurry | nothing urgent | isnt urgent | its not urgent |
        whenever | nu e urgent | nu este urgent | fără grabă | nu e graba | acil değil | acelesi yok |
        acele etmeyin | acelem yok | no es urgente | no urge | sin prisa | não é urgente |
        sem pressa | pas urgent | rien d'urgent | nicht dringend | nicht eilig | keine eile |
        hat zeit | eilt nicht | koi jaldi nahi | jaldi nahi | tidak buru buru | ga buru buru |
        gak buru buru | santai aja | tidak urgent | non è urgente | nessuna fretta | senza fretta |
        nie pilne | bez pośpiechu | niet dringend | geen haast | không gấp | ko gấp""",
    "why": """why | how come | pochemu | de ce | dece | leish | leh | neden | niye | niçin | por qué |
        por que | porque | pq | pourquoi | warum | wieso | weshalb | kyun | kyu | kyon | kenapa |
        mengapa | knp | kok | perché | dlaczego | czemu | waarom | sao | tại sao""",
    "it": """its | it is | it was | this is | they are | theyre | e | este | bu | es | está | c'est |
        il est | elle est | das ist | es ist | sie ist | er ist | ye | yeh | ini | itu | è | jest |
        het is | nó""",
    "doubt": """is this | is it | are you | are these | is that | isnt this | you are not | este o |
        nu e o | değil mi | es esto | no es una | é golpe | é confiável | est ce | c'est pas une |
        ist das | ist es | apakah | ini bukan | kya ye | kya yeh | czy to | is dit | è una""",
    "offer": """do you provide | do you give | do you offer | do you have | do you send | is there |
        comes with | come with | aveți | var mı | oluyor mu | tienen | hay | vocês têm | tem |
        avez vous | y a t il | gibt es | habt ihr | haben sie | apakah ada""",
    "no_if": """if possible | if you can | if you could | if you please | know if | check if |
        see if | tell me if | ask if | if you dont mind | confirm if | wondering if | wonder if |
        s'il vous plaît | s'il vous plait | s'il te plaît | si possible | si c'est possible |
        si es posible | se possível | se possivel | savoir si | dire si | voir si | vérifier si |
        dacă se poate | dacă puteți | știu dacă | spuneți dacă | să știu dacă | wenn möglich |
        wenn es geht | agar ho sake | kalau bisa | kalau boleh | kalo bisa | jika bisa |
        se possibile | jeśli można | als het kan""",
    "not_after": "değil | yok | nahi | nhi | nahin",
}
