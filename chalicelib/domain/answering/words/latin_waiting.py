"""What is late, lost or lacking, in Latin letters."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "not_come": """not arrived | hasnt arrived | hasn arrived | has not arrived | havent arrived |
        didnt arrive | did not arrive | never arrived | never came | didnt come | did not come |
        hasnt come | has not come | not come yet | havent received | have not received |
        havnt received | havent recieved | not received | not recieved | never received |
        never recieved | didnt receive | did not receive | didnt recieve | not delivered |
        hasnt been delivered | wasnt delivered | was not delivered | not been delivered |
        never delivered | still not here | not here yet | isnt here | still nothing |
        still no parcel | still no package | still no order | nothing came | nothing arrived |
        nothing has arrived | nothing has come | still not arrived | still hasnt | no sign of |
        still not shipped | not shipped yet | hasnt shipped | hasnt been shipped | not been shipped |
        still not sent | dint receive | dont received | still didnt | still havent | yet to receive |
        yet to arrive | not yet arrived | not yet received | never showed up | never turned up |
        arrived never | didnt arrived | not arrive yet | no delivery yet | ne prishel | ne prishla |
        ne prishlo | ne prihodit | ne poluchil | ne poluchila | ne privezli | ne dostavili |
        nu a ajuns | n a ajuns | na ajuns | nu au ajuns | nu a venit | n a venit | na venit |
        nu au venit | nu am primit | n am primit | nam primit | nu mi a ajuns | nu mi a venit |
        nu mi-a | nu a sosit | nu a fost livrat* | nu mai vine | nu mai ajunge | tot nu | nici acum |
        nici până acum | nu s a livrat | nu a fost expediat* | nu a fost trimis* | nu ati trimis |
        mawsal | ma wsal | mawesel | ma wesel | ma wslni | mawselsh | mawsalnich | ma wsel | gelmedi |
        gelmemiş | ulaşmadı | ulasmadi | elime geçmedi | elime ulaşmadı | teslim edilmedi |
        teslim almadım | hala yok | hâlâ yok | gelmiyor | almadım | kargoya verilmedi | kargolanmadı |
        gönderilmedi | göndermediniz | gelmedii | ortada yok | hala gelmed* | teslim alamadım |
        gelen yok | no ha llegado | no han llegado | no llegó | no llego | no me llegó |
        no me ha llegado | no me llega | no me han llegado | aún no llega | aun no llega |
        todavía no llega | no llega | no he recibido | no recibí | no recibo | sigue sin llegar |
        sin llegar | nunca llegó | nunca me llegó | no me han enviado | no lo han enviado |
        no lo he recibido | nunca llego | no lo recibí | aún no recibo | no me entregaron |
        no lo entregaron | no entregaron | no ha sido entregado | no fue entregado |
        no han entregado | no ha salido | no lo enviaron | não chegou | nao chegou | n chegou |
        não chegaram | não recebi | nao recebi | n recebi | não me entregaram | não foi entregue |
        não entregaram | nunca chegou | nada de chegar | não chega | não veio | ainda nada |
        não enviaram | não foi enviado | ainda não foi | não saiu | pas arrivé | pas arrivée |
        pas arrivés | pas reçu | pas recu | jamais arrivé | jamais reçu | jamais recu | rien reçu |
        toujours rien | pas été livré* | pas livré* | toujours pas | rien recu | pas eu ma commande |
        pas eu mon colis | pas encore arrivé* | pas encore reçu | pas expédié* | pas été expédié* |
        pas parvenu* | nicht angekommen | nicht erhalten | nicht bekommen | nie angekommen |
        nie erhalten | nie bekommen | nichts angekommen | nichts bekommen | nichts erhalten |
        nicht geliefert | kam nie | kam nicht | nicht gekommen | nicht zugestellt | nicht versendet |
        nicht verschickt | immer noch nichts | immer noch nicht | noch immer nicht | noch nichts da |
        nichts gekommen | nahi aaya | nhi aaya | nahi aya | nhi aya | nahi mila | nhi mila |
        nai aaya | nahin aaya | nahin mila | abhi tak nahi | abhi tak nhi | nahi pahuncha |
        deliver nahi | nhi pahucha | nahi hua deliver | nahi ayi | not received yet | belum sampai |
        blm sampai | belum sampe | blm sampe | belum datang | blm datang | belum tiba | belum terima |
        blm terima | belum diterima | blm nyampe | belum nyampe | ga sampai sampai |
        gak sampai sampai | ga sampe sampe | ga datang datang | tidak sampai | tidak datang |
        belum dikirim juga | tidak pernah sampai | tak kunjung | belum juga | ga nyampe nyampe |
        belum saya terima | non è arrivato | non è arrivata | non è ancora arrivat* |
        non ancora arrivat* | non arriva | non ho ricevuto | non ho ancora ricevuto | mai arrivat* |
        mai ricevut* | nie dotarł* | nie doszł* | nie doszedł | nie przyszł* | nie przyszedł |
        nie otrzymał* | nie dostał* | nadal nie | wciąż nie | dalej nie ma | nie ma paczki |
        nie została dostarczona | niet ontvangen | niet aangekomen | nooit ontvangen | niet geleverd |
        nog steeds niet | niet bezorgd | nooit aangekomen | niets ontvangen | nog niet binnen |
        nog niet gekregen | niet gekregen | chưa nhận được | chưa nhận | chưa tới | chưa đến |
        chưa giao | không nhận được | vẫn chưa | chưa thấy""",
    "waiting": """waiting | been waiting | im waiting | still waiting | waited | ive waited | wating |
        zhdu | aștept | asteptam | așteptăm | în așteptare | mestanni | bekliyorum | bekliyoruz |
        bekledim | bekliyom | bekletiyor* | esperando | esperei | to esperando | tô esperando |
        j'attends | attends | attendons | attente | warte | warten | wartet | gewartet | wait kar |
        intezar | intzar | nunggu | menunggu | tunggu | nungguin | aspetto | aspettando | attendo |
        czekam | czekamy | wacht | wachten""",
    "long": """a week | days now | weeks now | hours now | zi | zilele | üç gündür | iki gündür |
        días ya | desde el lunes | desde ayer | desde hace | desde ontem | desde segunda |
        depuis lundi | depuis hier | seit gestern | seit montag | kal se | parso se | dari kemarin |
        sejak kemarin | weeks | week | days | month | months | forever | ages | hours | long time |
        so long | since last | too long | wks | eternity | nedel* | dney | dnei | mesyats* |
        săptămân* | zile | lună | luni | mult timp | atâta | ore | osbo3 | esbou3 | ayam | hafta* |
        gündür | aydır | aydan | günden | ay | gün | saattir | ne zamandır | kaç gündür | semana* |
        días | dias | mes | meses | mucho tiempo | rato | horas | mês | muito tempo | tempão |
        semaine* | jours | mois | longtemps | heures | wochen | woche | tage | tagen | monat* |
        ewig* | stunden | lange | din | hafte | hafton | mahine | mahina | week se | ghante | minggu |
        hari | bulan | lama | jam | settiman* | giorni | mese | mesi | tempo | tygodn* | tydzień |
        dni | miesiąc* | długo | godzin | weken | dagen | maand* | lang | uren | tuần | ngày | tháng |
        lâu""",
    "late": """week late | weeks late | days late | hours late | a week late | a month late |
        late hai | bahut late | late ho | late kyu | so late | order late | parcel late |
        delivery late | package late | is running late | arrives late | arriving late | întârzie |
        en retard | atrasado | atrasada | is late | very late | late again | late order |
        running late | late since | delayed | overdue | delay | belated | întârzi* | intarzi* |
        et2akhar | gecik* | geç kaldı | retras* | demora* | atras* | demor* | retard | verspät* |
        zu spät | telat | terlambat | lambat | kelamaan | lama banget | ritardo | in ritardo |
        spóźni* | opóźni* | opozni* | vertraagd | te laat | lâu quá""",
    "too_long": """was supposed to be | were supposed to | was supposed to arrive |
        was supposed to get | should have come | should have gotten | shouldve been |
        should be here already | past the delivery date | past the date | delivery date has passed |
        missed the delivery | overdue by | debía estar | tenía que estar | ya debería | já deveria |
        deveria estar | já era para | era para estar | devrait déjà | aurait déjà dû | müsste längst |
        müsste schon | sollte bereits | trebuia să fie | ar fi trebuit | gelmiş olmalıydı |
        gelmeliydi | aa jana chahiye | harusnya kemarin | mestinya | giao chậm | giao trễ | trễ quá |
        chậm quá | đợi mãi | chờ mãi | đợi lâu | chờ lâu | mất hàng | taking forever |
        taking so long | takes so long | taking too long | why so long | why is it taking |
        what is taking so long | whats taking so long | how much longer do i | been ages |
        should have been here | should have arrived | should have been delivered |
        supposed to arrive | supposed to be here | was supposed to come | supposed to be delivered |
        youre late | where the hell | where the fuck | where tf | wtf is my | was promised |
        you promised | you said it would | was due | should be here by now | sick of waiting |
        tired of waiting | fed up with waiting | waiting forever | still waiting for my order |
        still waiting for my parcel | still waiting for my package | still waiting on my |
        cant wait any longer | wont wait any longer | skolko mozhno | cât mai aștept |
        cât mai trebuie să aștept | trebuia să ajungă | trebuia sa vina | trebuia să vină |
        ați promis | m am săturat | de ce durează atât | durează prea mult | sunt în întârziere |
        prea mult timp | nerede kaldı bu | niye bu kadar | neden bu kadar uzun | bu kadar uzun |
        gelmesi gerekiyordu | gelecekti | dün gelmesi | söz vermiştiniz | ne kadar daha bekle* |
        daha ne kadar bekle* | beklemekten | artık yeter | cuánto más tengo que esperar |
        cuanto mas hay que esperar | hasta cuándo | tenía que llegar | debía llegar | debió llegar |
        debería haber llegado | tendría que haber llegado | me prometieron | me dijeron que llegaba |
        ya es mucho | tarda demasiado | está tardando mucho | está tardando demasiado |
        por qué tarda tanto | por que tanto | harta de esperar | harto de esperar |
        cansada de esperar | cansado de esperar | se supone que llegaba | até quando |
        era pra ter chegado | era para ter chegado | deveria ter chegado | devia ter chegado |
        prometeram | cansei de esperar | demorando muito | demora demais | tá demorando |
        porque tanta demora | que demora | por que demora tanto | aurait dû arriver | devait arriver |
        devais recevoir | devait être livré* | vous aviez promis | aviez dit |
        ça prend trop de temps | marre d'attendre | combien de temps encore | pourquoi c'est si long |
        trop long | devait être là | sollte schon | hätte schon | hätte gestern | sollte gestern |
        sollte längst | wie lange noch | wie lange soll ich | dauert ewig | dauert viel zu lange |
        dauert zu lange | warum dauert | wurde versprochen | haben versprochen | längst da sein |
        so lange | itna late | kitna wait | itna time | itni der | kab tak wait | kal aana tha |
        aana chahiye tha | kab tak intezar | kok lama | lama banget | lama sekali | berapa lama lagi |
        katanya kemarin | janjinya | seharusnya sudah | harusnya sudah | harusnya udah | kapan sih |
        kok belum | kenapa lama | quanto devo aspettare ancora | doveva arrivare | avevate promesso |
        ile mam czekać | ile jeszcze | miało być | miała być wczoraj | miała przyjść | obiecaliście |
        hoe lang nog | had er moeten zijn | zou gisteren | duurt zo lang | duurt te lang |
        sao lâu thế | sao lâu vậy | bao lâu nữa""",
    "lost": """perso | persa | persi | smarrito | lost | missing | empty box | empty package |
        stolen | pierdut* | s a pierdut | dispărut | furat | kayboldu | kaybolmuş | kayıp | çalınmış |
        perdid* | perdieron | se perdió | se perdio | extravi* | robado | desaparec* | perderam |
        sumiu | roubad* | perdu* | égaré* | verloren | verschwunden | kho gaya | gum ho | hilang |
        raib | smarrit* | sparit* | zgubi* | zaginę* | zaginął | kwijt | verdwenen""",
    "lacking": """is missing from | were not in | wasnt in | was not in | no había | no venía |
        no estaba | não tinha | não estava | n'y avait pas | war kein | war keine | war nicht drin |
        nu era | nu erau | yoktu | çıkmadı içinden | is missing | are missing | was missing |
        were missing | missing item | missing items | missing from | missing part | missing parts |
        missing piece | missing one | one missing | item missing | items missing | one short |
        forgot to put | forgot to include | forgot to send | you forgot | not in the box |
        not in the package | wasnt in the box | wasnt in the package | not included | box was empty |
        package was empty | only received one | only got one | only one of | only one arrived |
        incomplete | half of my order | ne hvataet | lipsește | lipseste | lipsesc | lipsea | lipsă |
        ați uitat să | incomplet* | nu era în colet | nu e în colet | nu era în pachet |
        am primit doar | na2es | na9es | eksik | eksikti | eksik geldi | çıkmadı | unutmuşsunuz |
        koymamışsınız | içinde yoktu | paketten çıkmadı | falta | faltan | faltaba | faltó |
        me falta | faltaron | incompleto | incompleta | olvidaron | no venia | no vino el |
        vino vacío | solo me llegó | solo llegó | vacía la caja | faltou | faltando | está faltando |
        tá faltando | veio faltando | esqueceram | não veio o | não veio a | só veio | veio vazia |
        só chegou | il manque | manque | manquait | manquant* | oublié de mettre | avez oublié |
        il me manque | pas dans le colis | boîte vide | colis vide | je n'ai reçu que | fehlt |
        fehlen | fehlte | fehlten | vergessen einzupacken | unvollständig | war nicht dabei |
        nicht dabei | nicht im paket | leeres paket | karton war leer | nur einen erhalten | nur ein |
        missing hai | missing tha | kam aaya | kam nikla | kam mila | khali box | kurang |
        kurang satu | gak lengkap | ga lengkap | tidak lengkap | ga ada di paket | kosong |
        ketinggalan | cuma dapat | manca | mancano | mancava | dimenticato di | brakuje | brakowało |
        niekompletn* | zapomnieliście | ontbreekt | ontbreken | mist er | ontbrak | vergeten te |
        thiếu""",
    "things": """item | items | piece | pieces | product | products | part | parts | box | parcel |
        package | order | one | two | mug | shirt | of them | shoe | article | bag | produs |
        produse | un articol | bucat* | o bucată | coletul | colet | comand* | pachet | piesă | doar |
        din | parça | ürün | bir | iki | tane | paket* | adet | artículo* | articulo* | producto* |
        pieza* | un | una | uno | dos | caja | paquete | pedido | peça* | produto* | itens | um |
        uma | caixa | pacote | article* | pièce* | produit* | une | deux | colis | carton | artikel |
        teil | teile | stück | produkt | ein | eine | paket | zwei | ek | saman | do | barang | satu |
        dua | isi | produk | pcs | articolo | pezzo | pezzi | prodotto | produkt* | sztuk* | rzecz* |
        jedn* | paczce | części | stuk | onderdeel | een | món | cái | một | sản phẩm""",
    "since": """its been | it has been | been | au trecut | a trecut | geçti | oldu | hace | llevo |
        faz | há | ça fait | cela fait | depuis | seit | sudah | udah | ho gaye | ho gya | ho gaya |
        passou | passaram | minęło | minął | minęły | sono passat* | pasaron | han pasado | ya pasó |
        ya pasaron | já se passaram""",
    "weeks": """weeks | a month | months | two months | săptămâni | o lună | luni de zile | hafta |
        haftadır | aydır | semanas | un mes | meses | um mês | semaines | un mois | wochen |
        einen monat | hafte | mahine | mahina | minggu | bulan | settimane | un mese | tygodnie |
        tygodni | miesiąc | weken | een maand | tuần | tháng""",
    "not_got": """havent got | havent gotten | have not got | never got | didnt get | did not get |
        is not here | nahi hai | nhi hai | yok | no está | não está | pas là | nicht da |
        ist nicht da | belum ada | non c'è | nie ma""",
    "gone": """is missing | are missing | was missing | were missing | missing from |
        missing from my | box was empty | package was empty | parcel was empty | empty box |
        came empty | arrived empty | wasnt in the box | not in the box | forgot to include |
        forgot to put | you forgot my | only received half | only got half | half is missing |
        lipsește din | lipsesc din | cutia era goală | ați uitat să puneți | eksik çıktı |
        eksik geldi | eksik gönder* | kutu boş* | boş kutu | faltan | caja vacía | vino vacía |
        faltaba | faltaban | veio faltando | caixa vazia | veio vazia | faltou | il manque |
        colis vide | boîte vide | carton vide | es fehlt | es fehlen | fehlt im | karton war leer |
        paket war leer | missing hai | khali dabba | khali box | ga lengkap | gak lengkap |
        tidak lengkap | kurang satu | kotak kosong | scatola vuota | manca un | mancano | brakuje |
        pusta paczka | puste pudełko | ontbreekt | doos was leeg | giao thiếu | thiếu hàng""",
}
