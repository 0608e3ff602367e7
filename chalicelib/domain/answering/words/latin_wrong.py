"""What is wrong or bad, in Latin letters."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "wrong": """someone elses | somebody elses | başka birinin | başkasının | altcuiva |
        de otra persona | de outra pessoa | de quelqu'un d'autre | von jemand anderem |
        von jemand anderes | kisi aur ka | kisi aur ki | orang lain | di un altro | di qualcun altro |
        innej osoby | czyjąś | van iemand anders | odd pair | mismatched | two different |
        mixed up my | messed up | başka ürün | başka beden | farklı ürün | farklı beden | başka renk |
        farklı renk | autre article | autre taille | autre produit | otro producto | otra talla |
        otro color | outro produto | outra cor | outro tamanho | anderen artikel | andere größe |
        andere farbe | altă mărime | altă culoare | alt produs | wrong | incorrect | mixed up |
        worng | instead of | not the one | opposite | ne tot | ne ta | ne to | drugoi | greșit |
        greșită | gresita | greșite | gresit | altă | alta | altceva | alte | încurcat* | în loc de |
        nu cel | nu cea | eronat* | ghalat | 8alat | 3'alat | yanlış | yanlis | hatalı | karıştır* |
        yerine | equivocad* | incorrect* | errone* | distint* | diferente | que no era |
        no es lo que | no es el que | no es la que | en vez de | en lugar de | errad* | trocad* |
        que não era | não é o que | não é a que | em vez de | no lugar | mauvais* | mauvaise |
        erreur | pas le bon | pas la bonne | trompé* | au lieu | différent* | pas le même |
        pas la même | falsch* | falschen | verkehrt* | anderen | anderes | verwechselt | statt |
        nicht das richtige | nicht die richtige | nicht den richtigen | galat | glt | galt | dusra |
        doosra | alag | dusri | salah | beda | berbeda | keliru | tertukar | bukan yang | sbagliat* |
        altro | altra | divers* | invece di | errat* | zł* | nie ten | nie ta | nie to | inny | inna |
        inne | pomyl* | niewłaściw* | błędn* | zamiast | zły | verkeerd* | ander | fout* |
        niet de juiste""",
    "you_sent": """gönderdiniz | göndermişsiniz | gönderilmiş | gonderdiniz | sent | you sent |
        received | recieved | got | arrived | came | delivered | gave me | shipped | was sent |
        prislali | otpravili | prishel | prishla | prishlo | ați trimis | ati trimis | trimis |
        primit | venit | ajuns | a venit | livrat | wsalni | weselni | ba3atouli | ba3toli | yolla* |
        geldi | gelmiş | çıktı | kargola* | teslim edil* | gonder* | aldım | enviaron | mandaron |
        me enviaron | me mandaron | han enviado | han mandado | llegó | llego | llegaron | vino |
        recibí | recibi | entregaron | enviaste* | ha llegado | me dieron | enviaram | mandaram |
        chegou | veio | vieram | recebi | entregaram | me mandaram | enviou | mandou | chegaram |
        envoyé* | reçu* | recu | livré* | arrivé* | expédié* | recus | geschickt | gesendet |
        geliefert | bekommen | erhalten | angekommen | kam | verschickt | zugeschickt | bheja |
        bhej diya | bheji | aaya | aya | aayi | mila | mili | diya | de diya | kirim | dikirim |
        ngirim | kirimnya | datang | sampai | dapat | diterima | terima | dapet | mandato | inviato |
        spedito | arrivato | arrivata | ricevuto | consegnato | mandata | wysłali* | przysłali* |
        przyszł* | przyszedł | dostał* | otrzymał* | dotarł* | gestuurd | geleverd | ontvangen |
        gekregen | opgestuurd | giao | gửi | nhận""",
    "not_as_ordered": """pas la bonne couleur | pas la bonne taille | pas le bon article |
        pas le bon modèle | pas la bonne commande | not the right size | not the right color |
        not the right colour | not the right item | not the right one | isnt the right |
        no es la talla que | no es el color que | não é a cor que | não é o tamanho que |
        nicht die richtige größe | nicht die richtige farbe | nicht der richtige artikel |
        não é a cor | não é o tamanho | non è il colore | non è la taglia | nu e culoarea |
        nu e mărimea | two left | not what i ordered | isnt what i ordered | not the one i ordered |
        not the size i ordered | not the color i ordered | not the colour i ordered |
        didnt order this | did not order this | not my order | this is not mine | not what i asked |
        not as described | not as advertised | not as pictured | nothing like the picture |
        nothing like the photo | nothing like the pictures | looks nothing like |
        not like the picture | not like in the picture | not like on the picture |
        not the same as in the | different from the picture | different from the photo |
        different than the picture | doesnt match the | not as shown | wrong item | wrong order |
        wrong product | wrong parcel | nu e ce am comandat | nu este ce am comandat |
        nu ce am comandat | nu corespunde | nu arată ca în | nu e ca în poze | nu este ca în poz* |
        alt produs decât | altceva decât | nu am comandat asta | sipariş ettiğim bu değil |
        sipariş ettiğim değil | istediğim bu değil | fotoğraftaki gibi değil | görseldeki gibi değil |
        resimdeki gibi değil | fotoğrafla alakası | görselle alakası | alakası yok | yanlış ürün |
        yanlış beden | başka ürün | farklı ürün | bu benim siparişim değil | no es lo que pedí |
        no es lo que pedi | no es lo que compré | no es el que pedí | no es la que pedí |
        no es lo que ordené | no pedí esto | no es mi pedido | no corresponde | no se parece |
        no es como en la foto | no es igual a la foto | nada que ver con la | diferente a la foto |
        artículo equivocado | talla equivocada | pedido equivocado | producto equivocado |
        não é o que pedi | não é o que eu pedi | não foi o que pedi | não foi isso que |
        não pedi isso | não é meu pedido | não corresponde | diferente da foto | nada a ver com |
        não é igual a foto | não é igual à foto | produto errado | tamanho errado | cor errada |
        pedido errado | veio errado | veio errada | veio trocado | pas ce que j'ai commandé |
        pas ce que javais commande | ce n'est pas ce que | c'est pas ce que | pas ma commande |
        ne correspond pas | correspond pas | ne ressemble pas | rien à voir | pas conforme |
        non conforme | mauvais article | mauvaise taille | mauvais produit | mauvaise couleur |
        mauvais colis | pas comme sur la photo | nicht das was ich bestellt | nicht was ich bestellt |
        nicht das bestellte | habe ich nicht bestellt | nicht meine bestellung | entspricht nicht |
        nicht wie auf dem | nicht wie beschrieben | nicht wie abgebildet | anders als auf |
        sieht anders aus | falscher artikel | falsche größe | falsche farbe | falsche ware |
        falsch geliefert | falschlieferung | ye nahi mangaya | yeh nahi mangaya |
        order nahi kiya tha | photo jaisa nahi | photo se alag | galat product | galat size |
        galat saman | salah kirim | salah barang | salah warna | salah ukuran | salah size |
        bukan pesanan saya | bukan yang saya pesan | tidak sesuai | ga sesuai | gak sesuai |
        beda sama foto | beda dengan foto | beda dari gambar | ngga sesuai | tdk sesuai |
        non è quello che ho ordinato | non è ciò che ho ordinato | non corrisponde |
        diverso dalla foto | articolo sbagliato | taglia sbagliata | nie to co zamawia* |
        nie to co zamówi* | niezgodn* | nie zgadza się | zły rozmiar | zły towar | inny niż |
        niet wat ik besteld | niet wat ik heb besteld | verkeerde maat | verkeerde kleur |
        verkeerde product | verkeerd product | verkeerde artikel | niet zoals op de foto | giao sai |
        giao nhầm | gửi nhầm | gửi sai | sai hàng | sai màu | sai size | không giống hình |
        không giống ảnh | không đúng""",
    "quality": """chất lượng | chất vải | quality | qualty | material | fabric | quallity |
        stitching | kachestvo | calitate* | materialul | gawda | jawda | kalite* | kumaş* | malzeme* |
        dikiş* | calidad* | tela | qualidade | tecido | acabamento | qualité | tissu | matière |
        qualität | verarbeitung | stoff | kwality | qualiti | kapda | kualitas* | kwalitas* | bahan* |
        jahitan* | qualità | tessuto | materiale | jakość | jakości | materiał | wykonanie |
        kwaliteit | stof""",
    "bad": """shocking | abysmal | dire | hopeless | incompetent | dismal | subpar | unbelievable |
        ridiculous | laughable | cheaply | flimsy | thin | vergonzos* | patétic* | deplorable |
        vergonhos* | deplorável | ridícul* | scandaleu* | honteu* | ridicule | minderwertige |
        lächerlich* | peinlich | utanç verici | kepaze* | penosa | penoso | ridicol* | vergognos* |
        żenujący | żałosn* | belachelijk* | bad | poor | awful | terrible | horrible | worst | low |
        lousy | disgusting | crap | crappy | shit | shitty | garbage | trash | rubbish | pathetic |
        disappointing | cheap | horrid | atrocious | sucks | appalling | unacceptable | trashy |
        dreadful | useless | horrendous | rude | slow | so bad | uzhasn* | ploho | plohoe |
        otvratitel* | prost | proastă | proasta | proaste | groaznic* | oribil* | execrabil* |
        mizerabil* | slab | slabă | slaba | jalnic* | dezastru* | îngrozitor* | seye2 | say2a |
        khara | zeft | w7esh | kötü | kotu | berbat | rezil | rezalet | iğrenç | igrenc | felaket |
        kalitesiz | boktan | çöp | en kötü | vasat | dandik | mala | malo | malísim* | malisim* |
        pésim* | pesim* | horrible* | terrible* | fatal | porquería | basura | asco | peor | pobre |
        deficiente | desastre | lament* | nefast* | péssim* | ruim | horrível | horriveis | horrivel |
        lixo | porcaria | terrível | terrivel | pior | vergonh* | ruins | fraca | fraco | médiocre* |
        mauvais* | nulle | nul | affreu* | catastroph* | déplorable* | pourri* | pire | minable* |
        exécrable* | merdique | de merde | lamentable | désastreu* | schlecht* | schlechte | mies* |
        furchtbar* | schrecklich* | miserabel | minderwertig* | katastrophe | katastrophal* |
        unterirdisch* | billig* | schrott | mangelhaft* | ekelhaft* | scheiß* | scheiss* |
        grauenhaft* | schlechteste* | kharab | khrab | ghatiya | bekar | bekaar | bakwas | bakwaas |
        buri | bura | third class | kachra | jelek* | buruk* | parah | ampas | busuk | murahan |
        tipis banget | mengecewakan | kecewa | payah | sampah | rendah | ancur | pessim* | scadent* |
        scarsa | scarso | orribil* | terribil* | schifo | cattiv* | vergogn* | zła | złej | słab* |
        fataln* | okropn* | kiepsk* | beznadziejn* | tragiczn* | tandet* | najgorsz* | slecht* |
        waardeloos | vreselijk* | verschrikkelijk* | belabberd*""",
    "picture": """picture | pictures | photo | photos | image | images | description | advert |
        website shows | poză | poze | poza | imagine | descriere* | fotoğraf* | resim* | resimde* |
        görsel* | açıklama* | foto | fotos | imagen | imágenes | descripción | imagem | descrição |
        anúncio | anuncio | bild | bildern | beschreibung | abbildung | gambar | deskripsi |
        immagine | descrizione | zdjęci* | opis* | plaatje | omschrijving | hình | ảnh | mô tả""",
    "differs": """doesnt match | does not match | dont match | not matching | didnt match |
        no coincide | ne correspond pas | correspond pas | entspricht nicht | passt nicht zu |
        non corrisponde | komt niet overeen | nu se potrivește | eşleşmiyor | uymuyor | different |
        completely different | not like | nothing like | totally different | isnt like |
        doesnt look like | not the same | diferit* | altfel | nu seamănă | nu corespunde | nu e ca |
        farklı | alakasız | alakası | benzemiyor | aynı değil | gibi değil | diferente | distinto |
        distinta | nada que ver | no se parece | nada a ver | não parece | rien à voir | différent* |
        ne ressemble | pas comme | anders | ganz anders | abweich* | stimmt nicht | alag |
        jaisa nahi | beda | berbeda | tidak sesuai | ga sesuai | divers* | non è come | niente a che |
        inny | inna | inne | różni* | niezgodn* | niet zoals | lijkt niet | khác | không giống""",
    "variant": """black | white | red | blue | navy | green | yellow | pink | grey | gray | brown |
        beige | purple | gold | silver | size | sizes | colour | color | negru | neagră | alb | albă |
        roșu | albastr* | verde | galben* | roz | gri | maro | mărime* | culoare* | siyah | beyaz |
        kırmızı | mavi | lacivert | yeşil | sarı | pembe | kahverengi | bej | beden* | renk* | rengi |
        numara | negro | negra | blanco | blanca | rojo | roja | azul | amarill* | rosa | gris |
        marrón | talla | preto | preta | branco | branca | vermelh* | amarel* | cinza | tamanho |
        cor | noir* | blanc* | rouge | bleu* | vert* | jaune | rose | taille | couleur | schwarz* |
        weiß* | rot* | blau* | grün* | gelb* | grau* | braun* | größe | farbe | kala | safed | lal |
        neela | hara | hitam | putih | merah | biru | hijau | kuning | coklat | ukuran | warna |
        nero | nera | bianco | rosso | blu | taglia | colore | czarn* | biał* | czerwon* | niebiesk* |
        rozmiar | kolor | zwart* | wit | rood | rode | blauw* | groen* | maat | kleur | đen | trắng |
        đỏ | xanh | màu""",
    "pleased": """love it | perfect | beautiful | happy | great | lovely | thank you | thanks |
        amazing | confirmation | invoice | mulțumesc | superb | minunat | frumos | mulțumit |
        mulțumită | teşekkürler | harika | güzel | çok memnun* | süper | gracias | encantada |
        encantado | perfecto | bonito | preciosa | obrigada | obrigado | adorei | amei | linda |
        lindo | perfeito | merci | parfait | magnifique | contente | ravie | ravi | danke | super |
        schön | zufrieden | toll | dhanyavad | accha | achha | pasand | makasih | terima kasih |
        bagus | suka | grazie | perfetto | bellissim* | dziękuję | świetn* | piękn* | bedankt | mooi |
        blij | cảm ơn | đẹp""",
}
