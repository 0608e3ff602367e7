"""What is broken, in Latin letters."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "damaged": """kusurlu | ayıplı | defolu | loch | to bits | squished | bashed | battered |
        turtit* | îndoit | göçük | ezildi | aplastad* | abollad* | amassad* | écrasé* | cabossé* |
        eingedellt | zerdrückt | pichka | penyok | ammaccat* | wgniecion* | gedeukt | móp méo |
        stain | stains | a mark on | marks on | mold | mould | chip | chips on | dent | unstitched |
        loose thread | loose threads | threads coming | missing button | button missing | tangled |
        snapped | warped | discoloured | discolored | faded | frayed | leke | lekeliydi | çatlaktı |
        sökülmüş | pată | pete | zgârietură | crăpătură | mancha | manchas | grieta | fisura |
        rajadura | rachadura | arranhão | tache | taches | fissure | rayure | accroc | kratzer |
        riss | delle | verschmutzt | daag | chhed | noda | retakan | goresan | bolong | macchia |
        crepa | graffio | buco | plama | plamy | pęknięcie | dziura | rysa | vlek | scheur | kras |
        gaatje | vết bẩn | bị ố | lỗ thủng | expired | out of date | expirat* | son kullanma |
        tarihi geçmiş | caducad* | vencid* | périmé* | perime | abgelaufen* | kadaluarsa |
        kadaluwarsa | scadut* | przetermin* | hết hạn | kharab | khrab | faulty | defected |
        deffective | wet | soaked | mouldy | bad condition | poor condition | malfunction* |
        not sealed | seal was | used | worn | second hand | usado | usada | usagé* | porté |
        gebraucht* | getragen | kullanılmış | bekas | purana hua | usat* | używan* | gebruikt* |
        crack | cracks | in pieces | tear | rip | scratch | scratches | agujero | furo | furos |
        un trou | des trous | fata hua | phata hua | fati hui | lipsă nasture | opened |
        already opened | abierta | abierto | aberta | ouvert | geöffnet | açılmış | açık geldi |
        terbuka | oparzon* | wygiet* | podarty | damaged | broken | broke | cracked | torn | ripped |
        shattered | smashed | crushed | defective | defect | dented | scratched | leaking | leaked |
        stained | chipped | demaged | dameged | damage | brocken | a hole | holes | dead on arrival |
        spoiled | rotten | moldy | used item | dirty | melted | squashed | slomal* | slomano |
        razbit* | brak | porvan* | spart | spartă | sparte | sparti | stricat | stricată | stricate |
        s a stricat | s-a rupt | s a rupt | rupt | ruptă | rupte | deteriorat* | defectă | defecte |
        zgâriat* | crăpat* | crapat* | găurit | gaură | murdar* | pătat* | îndoit* | avariat* |
        maksour | maksoor | mkassar | kharban | kırık | kırılmış | kırıldı | bozuk | bozuldu |
        bozulmuş | hasarlı | hasar görmüş | yırtık | yırtıldı | yırtılmış | çatlak | çatlamış |
        defolular | ezilmiş | ezik | lekeli | delik | çizik | çizilmiş | koptu | kopmuş | kirik |
        kirildi | hasarli | sökük | söküldü | kirli | arızalı | roto | rota | rotos | rotas | dañad* |
        quebrad* | defectuos* | rompió | rompio | rajad* | rasgad* | manchad* | golpead* | agujeros |
        estropead* | descosid* | rayad* | averiad* | sucio | sucia | malogrado | se dañó |
        mal estado | quebrou | danificad* | rasgou | estragad* | defeito | defeituos* | com defeito |
        rachad* | furad* | trincad* | avariad* | buraco | sujo | suja | descosturou | soltou |
        arranhad* | descolou | cassé* | abîmé* | abime | endommagé* | défectueu* | déchiré* | brisé* |
        fissuré* | troué* | trou | taché* | rayé* | abimé* | s'est cassée | kaputt | kaput |
        beschädigt* | defekt* | zerbrochen* | gebrochen | gerissen | zerrissen | löcher | zerkratzt* |
        gesprungen | verbeult* | fleck | flecken | schmutzig* | eingedrückt | mangelhaft | schaden |
        schimmel* | undicht | abgebrochen | abgerissen | toota | tuta | tooti | tuti hui | tut gaya |
        toot gaya | phata | fat gaya | phat gaya | tuta hua | toota hua | rusak | pecah | sobek |
        robek | cacat | retak | bocor | patah | lecet | kotor | berlubang | jebol | copot | hancur |
        reject | rotto | rotta | rotti | rotte | danneggiat* | difettos* | strappat* | crepat* |
        macchiat* | graffiat* | scheggiat* | uszkodz* | zepsut* | zepsuł* | zniszczon* | podart* |
        pęknięt* | rozbit* | połaman* | złaman* | wadliw* | dziur* | brudn* | porysowan* | stłuczon* |
        kapot | kapotte | beschadigd* | gescheurd* | gebroken""",
    "broke": """s'est détaché* | s'est défait* | se détache | ne tient pas | s au dezlipit |
        s au descusut | s au stricat | s au spart | s au desfăcut | came loose | comes loose |
        gave out | cracked after | bent after | unravelled | unraveled | stopped charging | se soltó |
        se zafó | se despintó | se peló | se venció | se rompieron | caiu o | caiu a | desprendeu |
        despregou | arrebentou | löst sich ab | löst sich | fällt ab | blättert ab | utar gaya |
        ukhad gaya | toot gyi | tut gyi | mengelupas | ngelupas | lepas sendiri | si è aperta |
        si sono staccat* | rozkleił* | rozpruł* | spruł* | loslaten | laat los | bong ra | bị bung |
        gãy rồi | düştü hemen | soyuldu | ayrıldı | açıldı dikiş* | broke down | broke after |
        broke the first | broke on | broke when i | broke within | broke in | has broken | has broke |
        just broke | it broke | came apart | came off | came undone | tore | tore the | tore after |
        tore on | fell off | falls off | fell out | ripped the first | ripped after | snapped off |
        peeled off | peeling off | is peeling | faded after | faded in | shrank | shrunk |
        colour ran | color ran | burst | died | stopped working | exploded | leaked | is leaking |
        broke already | slomalas | slomalsya | porvalas | porvalos | s a rupt | s au rupt |
        s a stricat | s a spart | s a descusut | s a dezlipit | s a desfăcut | s a crăpat |
        s a decolorat | a crăpat | a cedat | kırıldı | koptu | yırtıldı | bozuldu | söküldü |
        çatladı | patladı | dağıldı | kopuverdi | soldu | çekti | se rompió | se rompio |
        se me rompió | se quebró | se dañó | se daño | se descosió | se despegó | se cayó el |
        se cayó la | se destiñó | se encogió | se rajó | se malogró | se estropeó | se averió |
        quebrou | rasgou | estragou | descosturou | descolou | soltou | desbotou | encolheu |
        parou de funcionar | rompeu | s'est cassé* | s'est déchiré* | s'est décousu* |
        s'est décollé* | a cassé | a craqué | a lâché | a rétréci | a déteint | est tombé en panne |
        ging kaputt | kaputt gegangen | kaputtgegangen | ist gerissen | gerissen | abgebrochen |
        abgefallen | ist gebrochen | aufgegangen | hat sich gelöst | eingelaufen | ausgeblichen |
        abgegangen | ist geplatzt | tut gaya | toot gaya | tut gayi | toot gayi | tut gya | fat gaya |
        phat gaya | fat gayi | kharab ho gaya | kharab ho gayi | kharab ho gya | nikal gaya |
        langsung rusak | sudah rusak | udah rusak | jadi rusak | langsung sobek | udah sobek |
        langsung patah | copot | lepas | jebol | luntur | menyusut | mati sendiri | si è rotto |
        si è rotta | si sono rotti | si è strappat* | si è scucit* | si è scollat* | si è staccat* |
        zepsuł się | zepsuła się | zepsuło się | pękł | pękła | pękło | złamał się | złamała się |
        urwał się | urwała się | odpadł* | odkleił* | podarł* | rozerwał* | is kapot gegaan |
        kapot gegaan | gescheurd | afgebroken | losgelaten | ging stuk | stuk gegaan""",
    "fails": """bị vỡ | bị hỏng | bị rách | bị bể | bị lỗi | bị móp | bị hư | hàng lỗi | hàng bị |
        vỡ rồi | hỏng rồi | rách rồi | giao thiếu | bị trầy | doesnt work | does not work |
        not working | isnt working | stopped working | wont turn on | doesnt turn on | wont work |
        dont work | do not work | didnt work | fell apart | falling apart | falls apart | came apart |
        died after | wont charge | doesnt charge | came off after | isnt work | ne rabotaet |
        nu funcționează | nu merge | nu mai merge | nu mai funcționează | nu pornește | s a desfăcut |
        s a dezlipit | s a descusut | ma by3mal | mish shaghal | ma yeshtaghel | çalışmıyor |
        calismiyor | açılmıyor | şarj olmuyor | çalışmadı | dağıldı | paramparça | no funciona |
        no funcionan | no sirve | no enciende | no prende | dejó de funcionar | dejo de funcionar |
        no anda | se despegó | se descosió | se deshizo | não funciona | nao funciona | não liga |
        não presta | parou de funcionar | não está funcionando | não tá funcionando | desmontou |
        ne marche pas | marche pas | ne fonctionne pas | fonctionne pas | ne marche plus |
        ne fonctionne plus | ne s'allume pas | tombe en panne | tombé en panne | s'est décousu* |
        funktioniert nicht | geht nicht mehr | geht nicht an | funktionieren nicht |
        auseinandergefallen | fällt auseinander | lässt sich nicht | auseinander gefallen |
        kaam nahi kar | kam nahi kar | nahi chal raha | chal nahi raha | nhi chal rha | nahi chalta |
        on nahi ho | tidak berfungsi | ga berfungsi | gak berfungsi | ga bisa nyala | tidak menyala |
        gak nyala | ga nyala | mati total | tidak bisa dipakai | ga bisa dipakai | non funziona |
        non funzionano | non si accende | nie działa | nie działają | nie włącza | przestał działać |
        przestała działać | rozpadł* | werkt niet | doet het niet | werken niet | uit elkaar |
        không hoạt động | không chạy | không dùng được | không lên""",
    "came": """theres a | theres | there are | has got | il y a | hay un | hay una | tem manchas |
        hat einen | hat eine | es un | c'è un | c'è una | ada | pe ea | pe el | are o | are un |
        tiene | tenía | traía | trae | tem um | tem uma | tinha | hat | hatte | ha un | a un | avait |
        i got | we got | arrive ouvert | am deschis | opening | to find | inside was | inside were |
        there was | there is a | estaba | estava | war | waren | étais | était | étaient | ki | var |
        varmış | hai | tha | has | arrived | came | received | recieved | got | delivered |
        i ordered | you sent | you send | sent me | gave me | i bought | opened | bought | after one |
        after two | after a | turned up | came with | unboxed | unpacked | has a | already | my new |
        mine | after the first | this time | again | and now | is now | prishel | prishla | prishlo |
        prislali | poluchila | poluchil | am primit | a venit | a ajuns | mi a venit | mi a ajuns |
        au venit | au ajuns | ați trimis | mi ati trimis | primit | venit | ajuns | cumpărat | după |
        deja | este | s a | mi s a | e | sunt | wsalni | weselni | weselny | wslni | geldi | çıktı |
        gelmiş | ulaştı | aldım | teslim aldım | gönderdiniz | gönderilmiş | göndermişsiniz |
        yolladınız | elime | sonra | geldiler | günde | haftada | oldu | hemen | aldığım | llegó |
        llego | llegaron | vino | vinieron | recibí | recibi | me ha llegado | ha llegado |
        me han enviado | me enviaron | me mandaron | enviaron | mandaron | compré | al abrir | abrí |
        después | a los | está | esta | ya | es la | está todo | chegou | chegaram | veio | vieram |
        recebi | enviaram | mandaram | me mandaram | comprei | abri | depois | tá | já | entregaram |
        minha | meu | arrivé* | arrive | reçu* | recu | est venu | envoyé | avez envoyé | livré |
        acheté | ouvert | après | au bout de | est | est déjà | sont | mon | ma | j'ai | c'est |
        angekommen | angekommen ist | kam | kamen | bekommen | erhalten | geliefert | geschickt |
        gesendet | gekauft | ausgepackt | nach einem | nach zwei | nach einer | nach | ist | sind |
        hat ein | schon | mein | meine | alles | aaya | aya | aayi | mila | nikla | nikli | bheja |
        bhej diya | kharida | diya | hua | gaya | gayi | liya | sampai | sampe | datang | diterima |
        terima | dapat | dapet | pas dibuka | saya beli | dikirim | kirim | ternyata | baru | sudah |
        udah | pas | barangnya | barang | semua | arrivato | arrivata | arrivati | arrivate |
        ricevuto | ricevuta | mandato | inviato | comprato | dopo | è | sono | mi avete | przyszł* |
        przyszedł | dotarł* | otrzymał* | dostał* | wysłaliście | kupił* | po | jest | doszł* |
        doszedł | aangekomen | ontvangen | gekregen | gestuurd | gekocht | na een | is | zijn |
        nhận được | gửi""",
    "goods": """product | products | item | items | tovar | produsul | produs | articol | articolul |
        ürün | ürünü | ürünler | mal | producto | artículo | articulo | prenda | produto | peça |
        produit | article | produkt | artikel | ware | saman | samaan | maal | barang | barangnya |
        produk | produknya | isinya | prodotto | articolo | towar | rzecz | sản phẩm | hàng | zipper |
        screen | button | strap | heel | sole | ecran | fermoar | toc | fermuar | ekran | topuk |
        cremallera | pantalla | tacón | suela | zíper | tela | salto | fermeture | écran | talon |
        semelle | reißverschluss | bildschirm | absatz | sohle""",
    "not_this": """broken white | off white | kırık beyaz | blanc cassé | ripped jeans |
        ripped denim | torn jeans | jeans rotos | pantalón roto | calça rasgada | jeans rasgado |
        zerrissene jeans | celana sobek | distressed | dirty pink | used look | crackle | yırtık kot |
        yırtık jean | jeans strappati | blugi rupți | dziurawe jeansy | old one | my old | i broke |
        my last one | previous one | looking for | replacement | replace my | need a new | old phone |
        vechi | veche | caut | eski | eskisi | viejo | vieja | antiguo | anterior | busco | velho |
        velha | antigo | antiga | procuro | ancien | ancienne | vieux | vieille | cherche | alte |
        alter | altes | suche | purana | purani | lama saya | yang lama | vecchio | vecchia | cerco |
        stary | stara | szukam | oude | zoek""",
}
