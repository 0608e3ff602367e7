"""In Latin letters: charged more than agreed, mended in vain, "see you on Saturday"."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "payment": """charged me more | charged more | over charged | more than agreed |
        more than you said | more than quoted | not what i was quoted | quoted me | not the price |
        took more money | hidden fees | hidden charges | mai mulți bani decât |
        mai mult decât am vorbit | mai mult decât ați spus | mai scump decât | altă sumă |
        fazla çekmiş* | daha fazla para | anlaştığımızdan fazla | söylediğinizden fazla | yanlış tutar |
        me cobraron más | me cobraron de más | me cobraste* de más | cobrado de más |
        más de lo acordado | más de lo que dijeron | más caro de lo | cobro de más | cobraram mais |
        cobrado a mais | cobrou a mais | mais do que o combinado | mais do que combinamos |
        valor errado | cobrança errada | facturé plus | facturé trop | trop facturé* | plus que prévu |
        plus cher que prévu | plus que convenu | surfacturé* | mauvais montant | mehr verlangt |
        mehr berechnet | zuviel berechnet | mehr als ausgemacht | mehr als vereinbart |
        mehr als abgemacht | teurer als ausgemacht | falscher betrag | jyada paise liye |
        zyada paise liye | zyada paise le | jyada paise le | zyada charge | jyada charge |
        bola tha usse zyada | lebih dari harga | bayar lebih | kena biaya tambahan | lebih mahal dari |
        beda harga | più del previsto | più del pattuito | addebitato di più | więcej niż |
        za dużo pobr* | za dużo zapła* | te veel betaald | te veel berekend | tính thêm tiền |
        thu thêm tiền""",
    "harm": """had the same problem again | same fault | same noise | same thing again |
        still the same | problem again | still skipping | still making | still makes | still leaking |
        still leaks | still broken | still faulty | still doesnt | still does not | still not fixed |
        not fixed | wasnt fixed | didnt fix | broke again | broken again | worse than before |
        nearly had an accident | almost had an accident | nearly crashed | almost crashed |
        could have died | couldve died | nearly died | got hurt | got injured | caught fire |
        electric shock | got a shock | accident because | aceeași problemă | aceasi problema |
        tot stricat* | tot nu merge | face la fel | scârțâie | la fel ca înainte |
        era să am un accident | era sa fac accident | a luat foc | m-am rănit | aynı sorun |
        aynı problem | aynı ses | hala bozuk | yine bozul* | gene bozul* | düzelmedi | tamir olmamış |
        düzeltilmemiş | kaza yapıyor* | kaza yapacak* | kaza geçir* | alev aldı | el mismo problema |
        mismo ruido | misma falla | la misma falla | sigue igual | sigue haciendo |
        sigue sin funcionar | sigue fallando | sigue roto | sigue rota | no quedó bien | quedó peor |
        casi nos matamos | casi me mato | casi nos accidentamos | casi tenemos un accidente |
        casi tengo un accidente | es un peligro | se incendió | me lastimé | o mesmo problema |
        mesmo barulho | mesmo defeito | continua igual | continua com o | continua quebrad* |
        continua sem funcionar | não resolveram | não foi resolvido | não arrumaram | ficou pior |
        quase caímos | quase caí | quase sofri | quase batemos | pegou fogo | me machuquei |
        même problème | même bruit | toujours le même | toujours la même | toujours en panne |
        toujours cassé* | pas réparé* | mal réparé* | pire qu'avant | failli avoir un accident |
        failli tomber | failli mourir | failli nous tuer | a pris feu | me suis blessé* |
        selbe problem | gleiche problem | dasselbe problem | selben fehler | gleichen fehler |
        immer noch kaputt | immer noch defekt | knackt immer noch | noch immer kaputt |
        quietscht immer noch | nicht repariert | schlimmer als vorher | fast einen unfall |
        beinahe einen unfall | fast gestürzt | lebensgefährlich | hat gebrannt | wahi problem |
        wahi awaaz | wohi problem | phir se kharab | fir se kharab | phir bhi kharab | thik nahi hua |
        theek nahi hua | accident hote | accident ho jata | chot lag* | masalah yang sama |
        masih sama aja | masih bunyi | masih rusak | masih bocor | rusak lagi | ga beres | gak beres |
        tambah parah | hampir kecelakaan | hampir celaka | hampir jatuh | bahaya banget | blong |
        kebakar | stesso problema | stesso rumore | ancora rotto | di nuovo rotto | peggio di prima |
        quasi un incidente | ten sam problem | to samo | znowu zepsut* | prawie wypadek |
        zelfde probleem | weer kapot | vẫn bị lỗi | vẫn như cũ | hư lại | suýt tai nạn""",
    "fails": """brakes dont work | brakes do not | dont hold | doesnt hold | wont hold |
        doesnt stay | wont close | wont open | wont start | doesnt start | doesnt fit together |
        ne marchent pas | marchent pas | ne fonctionnent pas | fonctionnent pas | ne tient pas |
        ne ferme pas | ne s'ouvre pas | gehen nicht | hält nicht | halten nicht | schließt nicht |
        startet nicht | tutmuyor | çalışmıyorlar | kapanmıyor | açılmadı | no agarran | no frena |
        no frenan | no cierra | no abre | no arranca | não funcionam | não freia | não fecha |
        não abre | não pega | nu funcționau | nu mergea | nu se închide | nu pornea | nu țin |
        kaam nahi karti | band nahi hota | chalta nahi | ga jalan | gak jalan | ga bisa ditutup |
        ga mau nyala | nggak berfungsi | non si chiude | non parte | nie zamyka | nie startuje |
        sluit niet | không mở được | không đóng được""",
    "damaged": """zgâriat tot | riscad* | baret | baret-baret | baret2 | lecet-lecet | rayado |
        rayures | zerkratzt | çizik içinde | xước | bị xước | beschramt""",
    "came": """viene | vienen | venía | venían | era todo | veio todo | chegou todo | parah |
        banget | semuanya | tutto | komplett | völlig | total | complètement | complètement tout |
        tout | toute""",
    "goods": """frame | framenya | the frame | cadrul | kadro | kadroda | cuadro | quadro | cadre |
        rahmen | telaio | rama | wheel | tyre | tire | brakes | brake | brakes on | rueda | roda |
        roue | rad | gears | lanț | zincir | cadena | corrente | chaîne | kette | remnya | frenele |
        frenler | los frenos | freios | freins | bremsen | freni | hamulce | shoes | dress | jacket |
        bag | watch | ring | book | toy | box | bottle | glass | mirror | headphones | earphones |
        speaker | tv | fridge | washing machine | rochia | pantofii | geanta | cutia | sticla | ceas |
        kutu | şişe | kutusu | çantam | zapatos | vestido | bolsa | caja | botella | reloj | espejo |
        sapato | sapatos | caixa | garrafa | relógio | espelho | chaussures | robe | sac | boîte |
        bouteille | montre | miroir | schuhe | kleid | jacke | tasche | karton | flasche | uhr |
        spiegel | joote | kapde | ghadi | dabba | sepatu | baju | tas | dus | botol | jam tangan |
        cermin""",
    "person_sure": """give me a bell | give me a ring | give us a ring | give us a call |
        someone ring me | somebody ring me | could someone call | can someone call | can somebody call |
        someone phone me | have someone call | call me on | ring me on | automated thing |
        automated system | automated bot | talk to a machine | chat with a machine | chat with a bot |
        chat with a robot | useless bot | să mă sune | să mă suna | mă sună cineva |
        ma suna si pe mine | să fiu sunat | cineva să mă sune | beni biri arasın | biri beni arasın |
        biri arasın | beni ara | beni arasınlar | arar mısınız | robotla uğraş* | botla uğraş* |
        makineyle konuş* | alguien me llama | alguien que me llame | me puede marcar |
        me pueden marcar | me marcan | márquenme | márqueme | que me llamen | que me llame alguien |
        hablar con una máquina | alguém pode me ligar | alguém me liga | me liga aí | me ligue |
        quero que me liguem | falar com máquina | quelqu'un peut m'appeler | m'appeler |
        qu'on m'appelle | qu'on me rappelle | être rappelé* | parler à une machine | mal wer anrufen |
        jemand anrufen | wer anrufen | ruft mich mal | mich jemand anrufen | bitte anrufen |
        mit einer maschine | koi mujhe phone | koi mujhe call | mujhe phone kar | mujhe call kar |
        phone kar sakta | call kar sakta | call kijiye mujhe | telepon aku | telpon aku |
        tolong ditelpon | ada yang telpon | ada yang bisa telpon | hubungi saya | mi può chiamare |
        mi potete chiamare | qualcuno mi chiami | ktoś zadzwonić | oddzwonić | proszę oddzwonić |
        kan iemand bellen | bel me | gọi cho mình""",
    "until": """will pop in | pop in | ill pop in | ill come by | will come by | drop by |
        ill drop by | trec | trec pe la voi | uğrarım | gelirim | paso | passo aí | passo | je passe |
        komm vorbei | komme vorbei | komm | komme | vorbei | aata hu | aati hu | aaunga | aaungi |
        ke sana | mampir | saya mampir | wpadnę | pe | hai pe | rămâne pe | hasta el | até | até o | à |
        au | bis | tot | hẹn | until | till""",
    "see_you": """see you | see u | see ya | cya | catch you | ne vedem | görüşürüz |
        görüşmek üzere | nos vemos | nos vemos el | te veo | nos vemos la | a gente se vê | on se voit |
        on se voit à | wir sehen uns | sehen uns | milte hai | milte hain | milenge | phir milte |
        ko milte hain | ketemu | sampai ketemu | jumpa | sampai jumpa | sampai ketemu hari |
        ci vediamo | ci si vede | do zobaczenia | do zobaczenia w | hẹn gặp""",
    "weekday": """later | monday | tuesday | wednesday | thursday | friday | saturday | sunday |
        tomorrow | tonight | next week | the weekend | at the weekend | weekend | then | on monday |
        on saturday | on sunday | luni | marți | miercuri | joi | vineri | sâmbătă | duminică | mâine |
        săptămâna viitoare | atunci | pazartesi | salı | çarşamba | perşembe | cuma | cumartesi |
        pazar | yarın | haftaya | o zaman | lunes | martes | miércoles | jueves | viernes | sábado |
        domingo | mañana | el finde | entonces | segunda | terça | quarta | quinta | sexta | amanhã |
        semana que vem | então | lundi | mardi | mercredi | jeudi | vendredi | samedi | dimanche |
        demain | la semaine prochaine | alors | montag | dienstag | mittwoch | donnerstag | freitag |
        samstag | sonntag | morgen | dann | nächste woche | somvar | mangalvar | budhvar | guruvar |
        shukravar | shanivar | ravivar | shaniwar | raviwar | somwar | kal | kal ko | shanivar ko |
        ravivar ko | somvar ko | senin | selasa | rabu | kamis | jumat | sabtu | minggu | besok | lusa |
        hari sabtu | lunedì | martedì | mercoledì | giovedì | venerdì | sabato | domenica | domani |
        poniedziałku | wtorku | środę | czwartku | piątek | sobotę | w sobotę | w niedzielę |
        niedzielę | jutro | jutra | zaterdag | maandag | vrijdag | zondag | thứ bảy | thứ hai |
        chủ nhật | ngày mai | mai | nhé""",
}
