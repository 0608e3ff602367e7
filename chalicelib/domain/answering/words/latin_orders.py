"""Orders asked after, in Latin letters."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "parcel": """delivery is | delivery was | delivery still | a parcel | a package | zásilka |
        livrarea mea | my order | the order | our order | your order number | order number |
        order no | order nr | order status | order id | order | orders | my oder | my ordr |
        my ordder | parcel | parcels | package | packages | pakage | packge | shipment | my stuff |
        my things | my items | my item | my product | my purchase | my delivery | the delivery |
        my goods | our parcel | courier | zakaz | zakaza | zakaze | posylk* | posilk* | comanda |
        comenzii | comandă | comenzile | coletul | colet | coletului | pachetul | comanda mea |
        pachet | curierul | talabi | talabiti | talab | talabya | talabiyeti | el order |
        order beta3i | siparişim* | siparisim* | sipariş | siparişi | siparişin* | siparişimiz* |
        kargom* | kargo | kargoyu | kargomu | paketim* | paket | kargonun | ürünüm* | ürünlerim* |
        pedido | pedidos | mi pedido | paquete | mi compra | mi orden | la orden | encargo |
        mi envío | mis cosas | pedid | encomenda | meu pedido | pacote | minha compra |
        minhas compras | entrega do meu | meu produto | meus produtos | commande | ma commande |
        colis | cmd | mon colis | mon achat | mes articles | livraison de ma | mon produit |
        bestellung | päckchen | meine lieferung | sendung | lieferung | meine ware | bestelung |
        pakket | mera order | mera parcel | saman | samaan | mera saman | maal | order mera |
        pesanan | paketku | pesananku | paketnya | pesanannya | orderan | orderanku | barang saya |
        barangku | barangnya | barang | pesenan | ordine | mio pacco | pacco | mio ordine |
        spedizione | zamówieni* | paczk* | przesyłk* | bestelling | pakje | pakketje |
        bestelling van mij | đơn hàng | đơn của | kiện hàng | hàng của""",
    "where": """wo | wohin | kaha tak | kahan tak | jusqu'où | où ça en est | onde anda |
        por onde anda | dónde anda | donde anda | dónde viene | donde viene | where | wheres | whers |
        wher is | were is my | where are | wr is | wya | gde | unde | unde e | ween | wein | fein |
        feen | wayn | nerede | nerde | neredeyim | nerelerde | nerede kaldı | nerde kaldı | dónde |
        donde | onde | cadê | cade | où est | ou est | où sont | où en est | ou en est | ou en es |
        où se trouve | wo ist | wo sind | wo bleibt | wo bleiben | wo steckt | wo befindet | kahan |
        kaha | kidhar | kha h | di mana | dimana | mana | sampai mana | sampe mana | dov'è | dove |
        gdzie | waar is | waar blijft | ở đâu | đâu | đến đâu""",
    "when": """whens | durează mult | cât mai durează | mai durează | how much longer |
        how long will my | how long before | how long till | how long for my | cuánto falta |
        cuánto le falta | cuánto tardará mi | cuánto tarda mi | quanto tempo falta | quanto falta |
        vai demorar | dans combien | combien de temps encore | wie lange noch |
        wie lange dauert es noch | wie lange braucht mein | kitna time | kitne din me |
        kitne din aur | berapa lama lagi | ne kadar kaldı | ne zamana | ile jeszcze | hoe lang duurt |
        when | wen | when will | what day | which day | what time | how soon | how long until |
        kogda | când | cand | pe când | emta | mata | imta | ne zaman | nezaman | kaçta | cuándo |
        cuando | para cuándo | quando | qdo | qnd | quand | dans combien de temps | wann | bis wann |
        kab | kab tak | kapan | kpn | kiedy | wanneer | khi nào | bao giờ""",
    "arrive": """it come | order come | they come | parcel come | package come | stuff come |
        it ship | order ship | my order shipped | it be shipped | will you ship my | arrive |
        arrives | arriving | arived | get here | be here | delivered | be delivered | deliver it |
        reach | reach me | expect it | expect | get it | receive it | receive my | get my | show up |
        arrival | pridet | priedet | prijdet | ajunge | ajung | vine | sosește | sosesc | primesc |
        livrată | livrat | îmi vine | o primesc | îl primesc | yousal | yewsal | ywsl | teslam |
        gelir | gelecek | ulaşır | ulaşacak | elime geçer | teslim edil* | gelicek | gelcek |
        gelirmi | kargolan* | llega | llegará | llegara | llegue | llegan | me llega | recibo |
        recibiré | entregan | lo recibo | viene | chega | chegar | chegará | entregam | recebo |
        vai chegar | vem | entregue | arrivera | arriver | arrivent | recevoir | reçois | livré |
        livrée | vais je recevoir | expédiée | kommt | kommen | ankommt | ankommen | geliefert |
        da sein | da ist | erhalte ich | bekomme ich | eintreffen | aayega | ayega | aaega | aega |
        ayga | milega | pahunchega | deliver hoga | delivery hogi | aa raha | aayegi | milegi |
        sampai | sampe | tiba | datang | nyampe | dikirim | arriva | arriverà | arrivo | consegnat* |
        przyjdzie | dojdzie | dotrze | komt | geleverd | giao | nhận được | giao hàng""",
    "sent_off": """is coming | on their way | are on the way | did you guys ship | did u ship |
        have u shipped | did u send it | have you guys shipped | you ship it already |
        ship my order yet | sent it yet | sent my order | left the warehouse | left your |
        with the courier | go through | gone through | went through | handed over | picked up by |
        out yet | left yet | on it's way | in transit | yolda | yolda mı | în drum | în curs |
        di jalan | dalam perjalanan | raste mein | rasta me | en chemin | w drodze | in arrivo |
        in viaggio | has shipped | have shipped | was shipped | is shipped | got shipped |
        has been posted | posted my | posted it | avez vous expédié | avete spedito |
        saiu pra entrega | saiu para entrega | sudah di kirim | wysyłka mojego | verzonden |
        verstuurd | shipped yet | did you ship | did you send | have you shipped | have you sent |
        has it shipped | already shipped | shipped already | have you posted | been shipped |
        dispatched | posted | sent out | been sent | sent it | ship it | shipped it | shipped out |
        on the way | on its way | out for delivery | send it yet | sent my | shipped my | otpravili |
        ați trimis | ati trimis | expediat | expediată | a fost trimisă | a fost trimis | a plecat |
        pe drum | kargoya verildi | kargoya verdiniz | kargolandı | yola çıktı | gönderdiniz |
        gönderildi | kargoya verilmiş | enviaron | enviado | enviada | despacharon | mandaron |
        salió | ya salió | despachado | en camino | enviaram | despacharam | postaram | já saiu |
        mandaram | a caminho | foi postado | expédié | expédiée | envoyé | envoyée | partie | parti |
        en route | est elle partie | verschickt | versendet | abgeschickt | losgeschickt | unterwegs |
        verschikt | versandt | dispatch | bheja | bhej diya | nikla | ship hua | dikirim |
        sudah dikirim | udah dikirim | dikirimkan | spedito | partito | wysłane | wysłana |
        wysłaliście | nadana | onderweg | gửi chưa | gửi hàng chưa | giao chưa | gửi đi""",
    "tracking": """tracking | tracking number | tracking code | tracking id | tracking link |
        track my | track the | track it | track order | tracking no | trackin* | awb | tracking nr |
        trakcing | trek | trek nomer | treknomer | cod de urmărire | cod urmarire | urmăresc |
        urmări | numărul awb | numar awb | takip numara* | takip no* | takip kodu* | kargo takip |
        kargo kodu | takip nosu | seguimiento | número de guía | numero de guia | guía de envío |
        rastrear | rastreo | código de seguimiento | rastreio | rastreamento | código de rastreio |
        codigo de rastreio | cod de rastreio | numéro de suivi | numero de suivi | suivi |
        num de suivi | lien de suivi | suivre mon colis | suivre ma commande | sendungsnummer |
        sendungsverfolgung | trackingnummer | tracking nummer | paketnummer | sendungsnr |
        track karna | resi | no resi | nomor resi | noresi | lacak | numero di tracking |
        tracciamento | numer przesyłki | numer nadania | śledzeni* | track en trace | track trace |
        trackingscode | mã vận đơn""",
    "status": """whats happening with | what is happening with | whats happening to | any progress |
        being prepared | en préparation | processed | processing | packed | in preparation |
        preparación | preparando | em preparação | em separação | in bearbeitung | bearbeitung |
        hazırlanıyor | hazırlandı | hazır mı | diproses | dikemas | in preparazione | in lavorazione |
        w realizacji | przygotow* | in behandeling | đang chuẩn bị | in pregătire | pregătire |
        procesată | what happens with | previsão | any update | news about | news on | update on |
        news of | estimated | stand der | previsto | fecha estimada | fecha de entrega |
        date de livraison de | liefertermin | data livrării | checking on | check on | check my |
        follow up on | following up on | following up | check the status | how is my | hows my |
        aşamada | ne aşamada | hangi aşamada | nerelerde | shu sar | shou sar | chou sar | wsh sar |
        wesh sar | esh sar | sar bi | ce se aude | ce se mai aude | qué hay de | que hay de |
        saber de mi | saber sobre | saber do meu | saber da minha | notícia | savoir où |
        des infos sur | infos sur | nachfragen | nachhaken | wie sieht es mit | wie steht es |
        sachstand | kabarnya | kelanjutan | a che punto è | informazioni sul mio | status | update |
        updates | any news | news | what happened to | what about my | whats up with my |
        whats going on with | eta | statusul | ce se întâmplă | stadiul | în ce stadiu | durumu |
        ne durumda | son durum | ne oldu | ne alemde | estado | qué pasó con | que paso con |
        qué pasa con | novedades | noticias | cómo va | como va | en qué va | situação | andamento |
        notícias | o que aconteceu com | como está | statut | des nouvelles | nouvelles | où en est |
        qu'en est il | stand | bestellstatus | was ist mit | lieferstatus | neuigkeiten | kya hua |
        statusnya | gimana | bagaimana | kabar | stato | a che punto | co z moim | co z |
        jaki status | hoe staat het | tình trạng""",
    "bought": """asked for | i asked for | i requested | requested | i wanted | solicité | quería |
        pedi | eu pedi | queria | j'avais demandé | j'ai demandé | wollte | hatte gewünscht |
        chciałam | chciałem | volevo | ho chiesto | istemiştim | manga tha | pesan | mau yang |
        i ordered | ive ordered | i have ordered | ordered | i bought | i purchased |
        placed an order | i placed | zakazal | zakazala | am comandat | am cumpărat | am dat comandă |
        am plasat | talabt | sipariş verdim | sipariş vermiştim | sipariş etmiştim | siparis verdim |
        pedí | encargué | compré | hice un pedido | hice pedido | realicé un pedido | comprei |
        fiz um pedido | fiz pedido | encomendei | j'ai commandé | ai commandé | commandé le |
        j'ai acheté | habe bestellt | habe ich bestellt | bestellt | hatte bestellt | gekauft |
        order kiya | mangaya | order kiya tha | saya pesan | sudah pesan | udah pesan | sudah order |
        udah order | ho ordinato | zamówił* | zamawiał* | heb besteld | đã đặt | mình đặt""",
    "stock": """points | my size | my points | nearest | discount | coupon | voucher | promo code |
        birthday | appointment | mi talla | mis puntos | meu tamanho | ma taille | mes points |
        meine größe | meine punkte | bedenim | puanlarım | saiz saya | poin saya | salary | salariul |
        maaş* | gaji | sueldo | salário | gehalt | salaire | stock | restock | restocked | available |
        availability | collection | new arrival | new arrivals | back in | the sale | new ones |
        new models | the new | catalog | catalogue | in store | samples | black friday | stoc |
        stocul | colecți* | nouă | noua | disponibil* | reduceri | stok | stokta | stoğa | stoklara |
        yeni | koleksiyon | indirim | existencias | nueva | nuevo | colección | disponible | rebajas |
        reposición | estoque | nova | coleção | disponível | nouvelle collection | nouveau |
        nouveautés | nouveaux | soldes | réassort | en stock | neue | neuen | kollektion | lager |
        verfügbar | nachschub | ausverkauf | wieder da | ready | restok | naya | new stock |
        collezione | kolekcj* | dostępn* | nieuwe | voorraad""",
    "to_order": """custom order | custom orders | made to order | your orders | process orders |
        can i order | to order | i order | order online | how to order | how do i order |
        place an order | place orders | where do i order | make an order | could i order | we order |
        in order | order form | order by | order more | an order | minimum order | bulk order |
        order some | order one | order two | order it | order this | pre order | fac comandă |
        plasa comanda | plasa o comandă | da comandă | face o comandă | pe comandă | comandă minimă |
        comanda minimă | fac o comanda | face comanda | sipariş ver* | siparis ver* |
        sipariş verebilir* | sipariş nasıl | sipariş alıyor* | sipariş etmek | sipariş üzerine |
        hacer un pedido | hago un pedido | hacer pedido | pedido mínimo | sobre pedido | por pedido |
        hacer el pedido | hacer mi pedido | fazer um pedido | faço um pedido | fazer o pedido |
        fazer pedido | sob encomenda | fazer meu pedido | faço o pedido | passer commande |
        passer une commande | commander | sur commande | minimum de commande | passe commande |
        faire une commande | bestellung aufgeben | mindestbestellwert | auf bestellung | bestellen |
        bestellung machen | order kaise | order karna | order karne | order kar sakte | order krna |
        order kaha se | mau pesan | mau order | cara order* | cara pesan* | bisa pesan |
        minimal order | cara pemesanan | fare un ordine | ordinare | złożyć zamówieni* |
        na zamówienie | zamówić | bestelling plaatsen | đặt hàng | muốn đặt""",
    "change": """cancel | change | add | modify | edit | remove from | update my address |
        update address | invoice | receipt | combine | anula* | anulez | schimb* | modific* | adaug |
        adăug* | factura | iptal | değiştir* | ekle* | fatura* | cancelar | cambiar | agregar |
        añadir | modificar | alterar | mudar | trocar | adicionar | acrescentar | annuler | changer |
        ajouter | modifier | facture | stornier* | ändern | hinzufügen | rechnung | umbestell* |
        badal* | batal* | ubah | ganti | tambah | annullare | cambiare | modificare | anulować |
        zmienić | dodać | annuleren | wijzigen | hủy | đổi""",
    "asked_off": """did you ship it | did you ship my | did you guys ship | did u ship |
        have you shipped | have u shipped | has it shipped | has it been shipped | did you send my |
        did you send it | have you sent my | have you sent it | shipped yet | you ship it already |
        kargoya verildi mi | kargoya verdiniz mi | gönderdiniz mi | sudah dikirim belum |
        udah dikirim belum | sudah dikirim kak | ya enviaron | ya lo enviaron | ya salió mi |
        já enviaram | já foi enviado | já saiu | ați trimis comanda | ați expediat |
        avez vous expédié | avez vous envoyé | schon verschickt | schon versendet |
        schon losgeschickt | bhej diya kya | dispatch hua | ship hua kya | avete spedito |
        został* wysłan* | al verzonden | al verstuurd | gửi hàng chưa | gửi chưa""",
    "mine": """my | mea | meu | mele | mei | mi | mis | minha | meus | minhas | o meu | a minha | ma |
        mon | mes | mein | meine | meinen | unser | unsere | mera | meri | mere | moi | moy | moya |
        il mio | la mia | i miei | le mie | mio | mia | mój | moja | moje | mijn | benim""",
}
