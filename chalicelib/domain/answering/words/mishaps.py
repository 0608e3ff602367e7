"""In Latin letters, beside the other lists: rashes, fakes, half empty boxes, codes that fail."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "mend": """can you fix | could you fix | can u fix | you fix it | fix it | can you repair |
        could you repair | can you mend | have a look | how much to fix | what would it cost |
        what would that | set me back | is it worth | il puteți repara | puteți repara |
        o puteți repara | se poate repara | cât costă reparația | cât ar costa | tamir olur |
        tamir edebilir* | tamir ediyor* | yapılır mı | kaça olur | kaça patlar | ne kadar tutar |
        la pueden arreglar | lo pueden arreglar | pueden arreglar | pueden reparar | en cuánto sale |
        cuánto cuesta arreglar | cuánto saldría | tem conserto | dá pra consertar | conserta |
        consertam | quanto fica | quanto custa | c'est réparable | réparable | pouvez vous réparer |
        vous pouvez réparer | combien ça coûte | könnt ihr das reparieren | können sie das reparieren |
        kann man das reparieren | lässt sich das reparieren | was kostet | kitna lagega |
        kitna kharcha | ban jayegi | ban jayega | theek ho jayegi | repair ho jayega | bisa diganti |
        bisa diperbaiki | bisa dibenerin | bisa benerin | berapa biaya | riparabile | si può riparare |
        quanto costa | da się naprawić | ile kosztuje | sửa được không""",
    "ready": """ready | ready to collect | ready for pickup | ready for collection | gata |
        e gata | hazır | hazır mı | listo | lista | ya está listo | ya está lista | pronto | pronta |
        tá pronto | prêt | prête | est prêt | est prête | fertig | abholbereit | taiyar | ban gaya kya |
        udah jadi | sudah jadi | è pronto | è pronta | gotowe | gotowy | klaar | xong chưa""",
    "too_long": """waited 40 | waited 30 | waited an hour | waited over an hour |
        waited for an hour | an hour late | half an hour late | kept me waiting | kept us waiting""",
    "not_this": """was gegen | etwas gegen | something for | algo para | algo pra |
        quelque chose pour | ceva pentru | qualcosa per | coś na | sesuatu untuk | için bir şey |
        burnt orange | wet room | wet suit | wet wipes | dead sea | a used | want a used | any used |
        used ones | interested in | good for irritated | for irritated | for damaged | against rash""",
    "harm": """lost all my | deleted my | deleted all my | wiped my | erased my | lost my photos |
        fobbed off | nearly set | mi-ați șters | ați pierdut | silmişsiniz | sildiniz | kaybettiniz |
        me borraron | borraron mis | me perdieron | apagaram | apagaram todas | perderam meus |
        effacé toutes mes | effacé mes | perdu mes | alle meine fotos | meine fotos gelöscht |
        meine daten gelöscht | delete kar di | delete kar diya | dihapus semua | foto saya dihapus |
        cancellato tutt* | skasowaliście | in a rash | allergic reaction | allergy from | burned my |
        burnt my | irritated my | broke me out | made me break out | breakouts | swelled up |
        skin peel* | its fake | clearly fake | counterfeit | knockoff sent | not genuine |
        not authentic | not original | isnt genuine | isnt original | spilled everywhere |
        spilt everywhere | all spilled | had spilled | leaked out | half empty | half full |
        nearly empty | doesnt smell | no smell at all | code doesnt work | code isnt working |
        code not working | coupon doesnt work | voucher doesnt work | discount wasnt applied |
        discount not applied | didnt apply | cant check out | cant checkout | nobody was there |
        no one was there | nobody there | was closed when | you were closed | closed when i |
        mi-a provocat | alergie de la | mi-a dat alergie | mi-a ars | e falsă | este fals |
        contrafăcut* | nu e original | s-a vărsat | jumătate gol* | pe jumătate gol* | codul nu merge |
        codul nu funcționează | era închis când | nu era nimeni | alerji yaptı | alerji oldum |
        yüzümü yaktı | cildimi yaktı | sivilce yaptı | sahte çıktı | sahte geldi | orijinal değil |
        orjinal değil | taklit çıktı | taklit geldi | yarısı boş* | boş geldi | boş çıktı |
        her yere dökül* | dökülmüş geldi | kod çalışmıyor | indirim uygulanma* | kapalıydı |
        kimse yoktu | me dio alergia | dio alergia | me causó | me provocó | me irritó | me quemó |
        es pirata | son falsos | no es original | no son originales | es una imitación | venía vacío |
        venía vacía | medio vací* | se derramó | derramad* | se chorreó | no huele a nada |
        no había nadie | estaba cerrado | el código no funciona | el cupón no funciona |
        no me aplicaron | no aplica el | me deu alergia | deu alergia | me causou | queimou minha |
        queimou meu | minha pele ficou | é falsificado | não é original | não são originais |
        é réplica | veio vazio | veio vazia | meio vazi* | pela metade | derramou | vazou tudo |
        não fixa nada | não tem cheiro | não tinha ninguém | estava fechado | o cupom não funciona |
        cupom não funciona | cupom não entra | allergie à cause | fait une allergie |
        réaction allergique | des plaques | plaques rouges | m'a irrité* | m'a brûlé* |
        des boutons partout | une contrefaçon | contrefaçon* | c'est du faux | est faux | sont faux |
        pas original | pas authentique* | à moitié vide* | moitié vide | arrivé vide | tout renversé |
        s'est renversé | ne sent rien | il n'y avait personne | c'était fermé | le code ne marche |
        code promo ne | ausschlag bekommen | allergische reaktion | allergie bekommen | haut gereizt |
        brennt auf der | verätzt | eine fälschung | gefälscht* | fälschung | nicht original |
        nicht echt | halb leer | halbleer | leer angekommen | war leer | alles ausgelaufen |
        ausgelaufen | riecht nach nichts | niemand da | war zu | war geschlossen |
        code funktioniert nicht | gutschein geht nicht | code geht nicht | daane ho gaye |
        dane ho gaye | allergy ho gayi | allergy ho gai | jalan ho | jal gaya | jal gayi | naqli |
        nakli bhej* | nakli hai | fake bheja | fake nikla | duplicate bheja | duplicate nikla |
        original nahi | aadha khali | khali aaya | khali nikla | gir gaya sab | code kaam nahi |
        jadi merah | merah merah | alergi gara | alergi habis | breakout parah | palsu nih |
        palsu ternyata | ternyata palsu | barang palsu | bukan ori | ga ori | tidak asli | bukan asli |
        tumpah semua | isinya tumpah | isinya kosong | setengah kosong | kode tidak bisa |
        voucher ga bisa | tutup pas saya | un'allergia | reazione allergica | irritato la pelle |
        è falso | sono falsi | contraffat* | non è originale | mezzo vuoto | mezza vuota | rovesciat* |
        podrób* | to podróbka | nieoryginaln* | w połowie pust* | wylał* | rozlał* | half leeg |
        dị ứng | bị ngứa | nổi mẩn | hàng giả | hàng nhái | hàng fake | đổ hết | bị đổ | bị rỉ""",
    "gone": """only 2 of | only one of | only 1 of | only two of | one short | one less | 1 short |
        1 missing | one is missing | are missing from | is missing from | wasnt in the | werent in the |
        not in the parcel | lipsea | lipsesc | lipsește | bir tane eksik | me faltó | me faltaron |
        faltó un | faltó una | falta un | falta una | faltó el | faltó la | faltaram | tá faltando |
        está faltando | il manquait | manque un | manque une | manquant* | fehlt in | fehlen im |
        fehlt was | fehlt ein | fehlt eine | gefehlt hat | kurang 1 | kurang dua | ada yang kurang |
        satu ga ada | ek kam | kam hai parcel | nahi tha parcel | mancava | manca una | brakowało |
        thiếu một | bị thiếu""",
    "not_as_ordered": """nothing like described | nothing like it says |
        nothing like the description | doesnt look like the | nu e ca în | nu arată ca |
        nu miroase deloc | no huele como | não parece com | sieht nicht aus wie | me mandaron otro |
        me mandaron otra | me enviaron otro | me enviaron otra | me llegó otro | me llegó otra |
        mandaram outro | mandaram outra | enviaram outro | enviaram outra | veio outro | veio outra |
        mi-ați trimis alt | mi-ați trimis altă | am primit altă | am primit alt |
        m'avez envoyé un autre | m'avez envoyé une autre | reçu un autre | reçu une autre |
        etwas anderes geschickt | was anderes geschickt | ein anderes geschickt | ein anderes bekommen |
        başka bir şey geldi | başka şey gelmiş | doosra bhej | dusra bhej | dusri bhej | doosri bhej |
        bhej diya galat | yang dikirim lain | yang datang lain | mi avete mandato un altro |
        przysłaliście inn* | wrong shade | wrong colour | wrong color | wrong size | wrong model |
        wrong flavour | wrong one | different shade | altă nuanță | nuanță greșită | yanlış ton |
        yanlış renk | farklı ton | tono equivocado | otro tono | color equivocado | cor trocada |
        tom errado | veio trocada | trompé de | trompés de | trompée de | trompées de |
        mauvaise teinte | mauvais modèle | falschen farbton | falsches modell | galat shade |
        galat color | galat colour | salah shade | warnanya salah | ukurannya salah | colore sbagliato |
        zły kolor | nhầm màu""",
    "late": """an hour late | hour late | half an hour late | minutes late | mins late |
        o oră întârziere | bir saat geç | una hora tarde | uma hora atrasad* | une heure de retard |
        eine stunde zu spät | stunde zu spät | ek ghanta late | telat sejam""",
    "unanswered": """didnt apologise | didnt apologize | no apology | not even an apology |
        nici scuze | özür bile | ni se disculp* | ni una disculpa | nem pediu desculpa |
        même pas d'excuses | keine entschuldigung | ga minta maaf""",
    "angry": "inacceptabil* | de neacceptat | unerhört",
    "human": """member of staff | a member of | someone in the shop | un coleg | coleg de |
        o colegă | un collègue | un compañero | um colega | kollege | kollegin | un collega | çalışan* |
        one of the girls | one of the ladies | one of the team | one of you | an actual | the admin |
        receptionist | reception | o fată din | fetele | cu cineva din | una chica | una señorita |
        la recepcionista | una asesora | uma moça | uma menina da | a recepcionista | une conseillère |
        une vendeuse | une fille de | einer mitarbeiterin | einem mitarbeiter | eine mitarbeiterin |
        einer kollegin | kisi madam | madam se | didi se | bhaiya se | mbak admin* | mbaknya | masnya |
        mbak | bir yetkiliyle | bi yetkiliyle | yetkiliyle | bir hanım* | una ragazza | una commessa |
        kimś z | panią z""",
    "talk": """rather speak | rather talk | prefer to speak | prefer to talk | prefer sa vorbesc |
        prefiero hablar | prefiero que me atienda | que me atienda | prefiro falar | je préfère parler |
        lieber mit | baat karwa | baat kara | ngobrol sama | ngomong sama""",
    "person_sure": """real human answer | a human answer | human answer | que me atienda una |
        que me atienda alguien | baat karwa do | baat kara do""",
    "parcel": """my serum | my cream | my dress | my shoes | my bike | my cake | my flowers |
        my bouquet | my sofa | my book | my books | my glasses | my lamp | mi sérum | mi vestido |
        mis zapatos | mi bici | mi ramo | mon sérum | mon vélo | ma robe | mes chaussures | mein serum |
        mein rad | mein fahrrad | mein kleid | meine schuhe | minha bike | meu sérum | meu vestido |
        serumum* | bisikletim* | elbisem* | mera serum | meri cycle | mere joote | serumku | sepatuku |
        bajuku | sepeda saya | bicicleta mea | rochia mea | pantofii mei""",
    "where": """nyangkut dimana | nyangkut di mana | kahan atak gaya | atak gaya | bloqué depuis |
        hängt fest | stuck | any sign of | no aparece en el rastreo | nicio actualizare""",
    "asked_off": """any sign of my | já foi despachad* | foi despachad* | ya despacharon |
        bhej di kya | bhej diya hai kya | bien parti | bien partie | est bien parti""",
    "hello": """hope ur well | hope u r well | hope you are good | you guys around |
        u guys around | you guys there | good evening all | morning all | evening all | hi all |
        hello all | hey all | hey hun | hiya hun | hi lovely | hey lovely | hi ladies | hello ladies |
        hey girls | hi girls | neața fetelor | bună fetelor | salut fetelor | selam kızlar |
        merhaba kızlar | hola chicas | hola chicos | hola linda | oi meninas | olá meninas |
        oi pessoal | coucou les filles | salut les filles | coucou à tous | hallöchen zusammen |
        servus beinand | grüß euch | servus miteinand | hallo ihr lieben | namaste ji |
        halo kak cantik | halo kakak | halo min | malam gan | halo semuanya | ciao ragazze |
        ciao a tutti | cześć dziewczyny | hej dziewczyny | chào các bạn""",
    "around": """people | lovely people | that | this | ur well | kaise ho | kaise hai |
        kak cantik | beinand | miteinand | fetele | girls | ragazze | dziewczyny""",
    "thanks": """speak soon | obrigadinha | obrigadinho | lieben dank euch | danke euch |
        graciass | gracias linda | makasih kak | merci bcp | see you then""",
    "nod": """great stuff | aw | aww | thats lovely | no worries at all | no worries |
        got it thanks | oke ngerti""",
    "for_what": """checking | asking | looking | clarifying | confirming | updating | verificare |
        vérifier | die auskunft | prüfen | comprobar | verificar | cek""",
    "for": "pentru că ați | merci d'avoir",
    "contrast": """but got | but received | and received the | and received a | and got the |
        and got a | but they sent | but you sent | y me llegó | y me mandaron | pero llegó |
        pero me llegó | pero me mandaron | mas veio | e veio | mas recebi | mas mandaram |
        și am primit | dar am primit | si mi-a venit | dar a venit | et j'ai reçu | mais j'ai reçu |
        et reçu | aber bekommen | und bekommen habe ich | geliefert wurde | gekommen ist | ama geldi |
        ama gelen | lekin mila | par mila | aur aaya | malah datang | yang datang malah |
        ma è arrivat* | a przyszł*""",
    "wrong": "wrong wala",
    "you_sent": "bhej di | bheja hai | bhej di hai",
    "goods": """glas | das glas | paharul | vidro | verre | vidrio | vetro | szkło | kaanch |
        kaca | kacanya""",
    "weekday": """on tuesday | on wednesday | on thursday | on friday | vineri atunci | le samedi |
        am samstag | am montag | am freitag | no sábado | na segunda | el viernes | el sábado |
        el lunes | pe vineri | hari jumat | hari senin | cuma günü | cumartesi günü""",
}
