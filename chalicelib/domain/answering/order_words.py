"""What people call an order, its number and its state: pieces of patterns, in small letters.

Latin letters stand for themselves with and without their marks, as the text is folded before it is read.
"""

from typing import Final

# An order, a parcel: nouns alone, as "to order something" is another matter.
NOUNS: Final = r"""
    orders?|oders?|ordr|parcels?|packages?|pakage|packet|shipment|purchase
    |заказ(?:а|у|е|ом|ы|ов|ик\w*)?|закас|посылк\w*|бандерол\w*|zakaz[aue]?|posylk\w*
    |comanda|comenzii|comenzi|comenzile|coletul\w*|colet|pachetul\w*|pachet
    |(?:ال|ل|لل|ب|و)?(?:طلب|طلبي|طلبية|طلبيتي|طلبك|طلبنا|اوردر|أوردر|اوردري|شحنة|شحنتي|طرد|طردي)
    |talab\w*|order[iy]
    |siparis\w*|kargo\w*|paket\w*
    |订单|訂單|单子|包裹|快递|快遞|物流|货|貨
    |тапсырыс\w*|салемдеме\w*|сәлемдеме\w*|посылка\w*
    |замовлення\w*|замовленн\w*|посилк\w*
    |pedidos?|orden|paquete|encargo|compra
    |encomendas?|pacote
    |commandes?|cmd|colis
    |auftrag|bestellung\w*|bestellnummer|bestellnr|paket|sendung|packchen
    |(?:मेरा\s)?ऑर्डर|आर्डर|पार्सल|सामान|saman|samaan|parsal
    |pesanan\w*|orderan\w*|paketku|paketnya|kiriman|barang
    |ordine|pacco|zamowieni\w*|paczk\w*|bestelling|pakket
"""
# What is asked after like one, and bears no number.
DELIVERIES: Final = r"""
    delivery|delivry|доставк\w*|livrarea|livrare|توصيل|teslimat|жеткізу|envio|entrega|livraison|lieferung|डिलीवरी
    |pengiriman|goods|stuff|things|вещ\w*|речі|cosas|coisas
"""
# "Number", which may stand between the two.
NUMBER_WORDS: Final = r"""
    number|numbers|num|no|nr|nro|nbr|id|code|номер\w*|numarul|numar|numarasi|numaram|numarali|numara|nolu|numero
    |nummer|رقم|رقمه|رقمها|号码|号|编号|號|номір\w*|номер\w*|нөмір\w*|номир\w*|nomor|nomer|n|nº|n°|नंबर|नम्बर|nambar
    |numer
"""
# What else may stand there.
LINKS: Final = r"""
    is|was|with|of|my|the|its|it|s|es|la|el|de|est|le|c|ist|lautet|die|der|das|e|o|a|este|cu|este
    |это|мой|моя|је|هو|هي|是|為|为|бұл|це|cest|del|do|da|dari|yang|saya|hai|mera|का|है
"""
# Numbers that stand right behind these are no order's.
NO_ORDER: Final = r"""
    track\w*|awb|trek|трек\w*|tracking\w*|takip\w*|guia|rastre\w*|suivi|sendungs\w*|resi|物流单号|快递单号|运单号
    |التتبع|تتبع|трекинг|phone|mobile|cell|cel|tel|telephone|telefon\w*|телефон\w*|whatsapp|手机|手机号|电话|جوال
    |هاتف|موبايل|handy\w*|celular|fone|hp|wa|मोबाइल|फोन|phon|plz|zip|postcode|postal|cep|cp|индекс\w*|索引|邮编
    |код|kod\s?pos|iban|card|карт\w*|size|размер\w*|taille|talla|beden|größe|grosse|tamanho|размір\w*|marime
    |marimea|尺码|مقاس|साइज|ukuran
    |to|for|at|in|nach|fur|um|von|a|pentru|pour|para|por|на|в|до|за|по|до|إلى|الى|ke|untuk|ko|paid|pay|costs?
    |price|total|стоит|сума|сумм\w*|цена|ціна|fiyat\w*|harga\w*|preis|prix|precio|preco|pret|pretul|بسعر|سعر|价格|多少钱
"""
# What the digits beside it are.
POSTCODES: Final = r"""
    postcode|post\scode|postal\scode|zip|zipcode|zip\scode|plz|postleitzahl|cep|(?:codigo|code|cod)\spost\w+
    |индекс\w*|индексі|邮编|邮政编码|posta\skodu\w*|kode\s?pos\w*|पिन|पिनकोड|pin|pincode|الرمز\sالبريدي|رمزي\sالبريدي
"""
# They want to give something back, or another one for it.
RETURNS: Final = r"""
    (?:want|like|need|wanna|how|can|could|may)\b.{0,30}\b(?:return|send\s.{0,25}back|exchange|swap)\b|returning\smy
    |(?:return|send\sback|exchange)\s(?:the|my|this|these|it|them|one)\b
    |верн(?:уть|у|ём)\s?|возврат\w*|обмен(?:ять|яю|яете)|отправить\sобратно
    |return(?:ez|a|am|eze|area|at)|retur|schimb\w*
    |(?:ا|أ|إ|ال|ل)?رجاع\w*|ارجع|أرجع|ارجاعه|استرجاع\w*|استبدال|ابدل|تبديل
    |iade|degisim\w*|degistirmek\w*|degisim
    |退货|退貨|退换|换货|換貨|退款|退掉|换一件|换个
    |кайтар\w*|қайтар\w*|ауыстыр\w*
    |поверн(?:ути|у|ення|ення\w*)|обміня\w*
    |devol(?:ver|verlo|verla|ucion|ucao|uciones)|cambiar(?:lo|la|los|las)?|reembolso
    |troca(?:r)?|retourn(?:er|e)|retour|rembours\w*|echang(?:er|e)
    |zuruckschick\w*|zuruckgeb\w*|umtausch\w*|tausch\w*|retour\w*|rucksend\w*|zuruck
    |वापस|लौटा\w*|बदलना|wapas|wapis|vapas|lautana|exchange\skar\w*
    |retur|tukar|menukar|kembalikan|mengembalikan|pengembalian
    |zwroci\w*|zwrot\w*|restituire|reso|retourner\w*
"""
# They want it to be another one, or none.
CANCELS: Final = r"""
    cancel\w*|отмен(?:и|я|е)\w*|отказа\w*|anul\w*|(?:ا|إ|ال)?لغاء|الغ[يوا]\w*|ألغ\w*|iptal\w*|取消|不要了
    |болдырма\w*|бас\sтарт\w*|скасу\w*|відмін\w*|annul\w*|storn\w*|रद्द|कैंसिल|kainsal|radd|batal\w*|membatal\w*
    |anular|anuluj\w*|annuller\w*|change\s(?:the|my)\s(?:address|order)|поменять\sадрес|изменить\s(?:адрес|заказ)
"""
# What is wrong with it, or is to be set right, but for where it is.
MATTERS: Final = r"""
    (?:wrong|change|different|another)\s(?:\w+\s)?(?:address|addres|colou?r|size|item|name|phone)|address
    |адрес\w*|цвет\w*|колір|кольор\w*|перепут\w*|пересорт\w*|не\sтот|не\sта|не\sте
    |adres\w*|culoare\w*|gresit\w*|renk\w*|renge|rengi|yanlis\w*
    |地址|颜色|发错|错了|عنوان\w*|العنوان|عنواني|لون\w*|мекенжай\w*|түсі|түсін
    |direccion|color|equivocad\w*|endereco|cor\serrada|errad[oa]|adresse|couleur|erreur
    |lieferadresse|farbe|falsch\w*|पता|रंग|गलत|galat|address|alamat\w*|warna\w*|salah
    |invoice|receipt|счет\w*|счёт\w*|чек|factura|rechnung|facture|fatura|发票|فاتورة
    |missing|lipses\w*|lipsa|не\sхватает|нет\sв|не\sвистачає|бракує|falta\w*|faltando|manque|fehlt|eksik|kurang|少了
    |broken|damaged|торн|kaput\w*|разбит\w*|сломан\w*|rusak|cassee?|roto|quebrad\w*|kirik|bozuk|tuta|toota
"""
# Where, when: then it is no such matter.
WHENS: Final = r"""
    where|wheres|when|whens|где|когда|де|коли|unde|cand|وين|فين|اين|متى|nerede|nerde|ne\szaman|哪|什么时候|何时
    |қайда|қашан|кайда|кашан|donde|cuando|onde|cade|quando|ou\sest|quand|wo|wann|kahan|kaha|kab|कहाँ|कब|mana|kapan
"""
# Said of an order, they ask how it stands.
STANDING: Final = r"""
    status\w*|statut\w*|update|updates|durum\w*|куй\w*|күй\w*|жагдай\w*|жағдай\w*|estado|estatus|stand|situacao
    |situatia|stadiul|حالة|حاله|状态|狀態|到哪|स्टेटस|स्थिति|kabar\w*|состояни\w*|стан|parado|parada|travado
    |nix\sbekommen|nichts\sbekommen|nicht\sbekommen|noch\snichts|noch\snix
    |(?:blm|belum|blom|belom)\s(?:dateng\w*|datang\w*|sampe\w*|sampai\w*|nyampe\w*|diterima|dikirim)
    |онде|onde\s(?:ele|ela)?\s?(?:ta|esta|anda)|where\sis|where\s?s|где|де|kahan|kaha|कहाँ|कहां|قيد\sالتوصيل
    |stuck|застря\w*|завис\w*|blocat|stucat|عالق\w*|علق|takil\w*|ayni\syerde|卡在|卡住|тұрып\sқал\w*|atascad\w*|varad\w*
    |detenid\w*|bloque\w*|hangt|steckt\sfest|festsitz\w*|atak\w*|अटक\w*|nyangkut|mentok|nyasar
    |novedad\w*|noticia\w*|nouvelles|neues|neuigkeit\w*|новост\w*|новин\w*|noutat\w*|haber|جديد|消息|any\snews|news
    |خرج|طلع|انشحن|شحنتوا
    |haven\s?t\s(?:received|recieved|gotten|got)|not\sarrived|hasn\s?t\s(?:arrived|come|shipped)
"""
# And of what they have bought, without naming it.
BOUGHT: Final = r"""
    ordered|bought|bestellt|заказ(?:ывал|ывала|ал|ала)|замовляв|замовляла|commande\sle|comandat|siparis\sverdi\w*
    |pesen|pesan|pedi|comprei|compre|طلبت|mangaya|下单|买的
"""
