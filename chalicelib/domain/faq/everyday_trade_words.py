"""As shoppers write in a hurry, beside `western_trade_words` and `eastern_trade_words`: see `trade_words`.

day: on which, which says little about what is asked; today: so soon. wallet: by what name money goes.
freight: what delivery costs, in a word. care: of a thing. custom: made for one shopper. sent: by the shop,
of one order. reserve: for a shopper.
"""

from typing import Final

WORDS: Final = {
    "en": """delivery: to_arrive days_arrive long_arrive
        reserve: reserve put_aside hold_it
        custom: custom personali bespoke engrav made_to_order
        material: material fabric made_of ingredient =contain =contains
        return: send_back send_it_back
        care: wash laundry laundering washing ironing
        sent: =shipped =dispatched =sent
        pickup: pick_it_up come_by
        hours: until_what till_what what_hours
        today: =today =tonight =2day
        day: =tomorrow =weekend =weekends =monday =tuesday =wednesday =thursday =friday
        day: =saturday =sunday =sundays =saturdays =weekdays =holidays
        wallet: paypal =gpay google_pay apple_pay =alipay =wechat =kaspi =pix =upi =paytm =phonepe =bizum
        wallet: =blik =gopay =ovo =qris =swish =twint =revolut =zelle =venmo =cashapp =mpesa =satispay
        place: =located =situated""",
    "ru": """delivery: дней_придет дней_идет времени_идет
        reserve: отлож заброн резерв
        custom: на_заказ под_заказ индивидуальн персонал гравиров
        material: материал ткань состав
        pay: переводом перевести
        care: стира постир уход гладить машинк
        duration: как_быстро за_сколько
        sent: отправил отправлен =выслали
        thing: =изделия =изделие =вещи
        pickup: забира
        hours: открыт закрыт =открываете =закрываете до_скольки со_скольки с_какого_часа до_которого_часа
        hours: график часы_работ
        price: платная платный платно платное
        today: =сегодня
        day: =завтра выходн понедельник вторник =среду =четверг пятниц суббот воскресен праздник
        wallet: =каспи =сбп =сбербанк =тинькофф
        return: =возвращать =вернете возвратит
        place: =расположен =самовывоза""",
    "uk": """delivery: днів_прийде днів_їде
        reserve: відкла заброн резерв
        custom: на_замовлення під_замовлення індивідуальн гравію
        material: матеріал тканин склад_виробу
        pay: переказ
        care: прати прання випрати догляд
        duration: як_швидко за_скільки
        sent: відправил надіслал
        pickup: забрат забира
        hours: відкрит закрит відчиня зачиня відкрива закрива до_котрої з_котрої до_скількох графік
        price: платна платне платно
        today: сьогодні
        day: завтра вихідн понеділ вівторок середу четвер пятниц субот неділ свят
        wallet: приватбанк монобанк приват24
        return: повернути""",
    "ro": """delivery: pana_ajunge timp_ajunge zile_ajunge
        custom: personaliz gravur la_comanda
        material: material ingredient
        return: trimite_inapoi trimit_inapoi
        care: spal spăl calc
        sent: =trimis =expediat =expediata
        duration: cat_de_repede
        hours: ce_ora =deschide =inchide =lucrati
        today: =azi =astazi
        day: =maine =weekend luni_vineri =sambata =duminica =duminicile =sarbatori
        pay: platesc
        return: returna""",
    "es": """delivery: en_llegar dias_llega tiempo_llega
        custom: personaliz grabad a_medida por_encargo
        material: material ingrediente hecho_de
        card: =credito =debito
        price: =cobran =cobra =cobrais
        stock: repon vuelve_a_haber
        care: lavar lavad lavo
        sent: =enviaron =enviado =enviada =mandaron =despacharon =salio
        pickup: retiro retirar pasar_a_buscar ir_a_buscar =retirarlo
        duration: cuanto_tardan
        hours: que_hora que_horas =abre =cierra =atienden =atencion
        today: =hoy
        day: =manana =lunes =sabado =sabados =domingo =domingos =festivos
        delivery: =mandar =despacho =despachan
        price: =sale_el cuanto_sale
        place: =local =sucursal""",
    "pt": """delivery: para_chegar pra_chegar dias_chega demora_chegar
        custom: personaliz sob_medida sob_encomenda
        material: material ingrediente tecido
        price: =cobram
        return: mandar_de_volta
        care: lavar lavag lavo
        sent: =enviaram =enviado =postaram =postado =saiu
        pickup: buscar retira =retiro
        hours: que_horas que_hora =abre =fecha =funcionam =funciona funcionamento =atendem =atendimento
        today: =hoje =hj
        day: =amanha =sabado =sabados =domingo =domingos =feriado =feriados
        delivery: =mandam =envios
        price: =quanto_fica =preço""",
    "fr": """delivery: pour_recevoir jours_recevoir
        cancel: =jannule =jannuler =dannuler
        custom: personnalis sur_mesure gravure
        material: matiere ingredient compos
        delivery: =denvoi =dexpedition
        hours: =douverture
        care: laver lavage entretien lave_linge
        sent: =expediee =expedie =envoye =envoyee =partie
        pickup: venir_chercher venir_prendre passer_prendre passer_chercher recuperer
        hours: quelle_heure quelles_heures
        today: =aujourd =aujourdhui
        day: =demain =samedi =dimanche =lundi =weekend
        delivery: frais_de_port =port
        price: =payant =payante =coutent""",
    "de": """reserve: zurucklegen zurucklege reservier
        custom: personalis individuell gravur gravier nach_mass sonderanfertig
        material: material inhaltsstoff zutat
        care: wasch pfleg bugeln
        sent: =raus =losgeschickt
        late: uberfallig
        hours: macht_ihr_auf macht_ihr_zu macht_auf macht_zu habt_ihr_auf haben_sie_auf =schliessen
        hours: =schliesst =uhr
        today: =heute
        day: =morgen_offen =samstag =samstags =sonntag =sonntags =montag =wochenende =feiertags
        delivery: =porto =schickt
        price: =porto""",
    "tr": """delivery: gunde_gelir gunde_ulasir gunde_gelir
        custom: kisiye_ozel ozel_siparis ozel_yapim ozel_tasarim
        material: malzeme kumas icindeki
        price: =bedeli =bedel =ucreti
        care: yika utule
        sent: gonderildi verildi gonderdiniz
        pickup: gelip_al gelip_alabilir
        hours: saat_kaca saat_kacta =calisma saatler =aciksiniz =acikmisiniz =aciyorsunuz
        hours: =kapaniyor =kapatiyorsunuz =aciliyor =kapaniyorsunuz =aciliyorsunuz mesai
        today: bugun
        day: yarin pazartesi cumartesi =pazar pazar_gunu =pazarlari =gunu haftasonu hafta_sonu bayram
        delivery: yolluyor =gonderim
        return: iade_et""",
    "kk": """delivery: күнде_келеді күнде_жетеді
        custom: жеке_тапсырыс арнайы_тапсырыс
        material: материал құрам
        care: =жуу =жуға жуамын =жууға үтікте
        duration: қанша_күнде неше_күнде
        pickup: алып_кетуге барып_алуға барып_алсам өзім_барып алып_кетсем
        hours: =жұмыс уақытыңыз сағат_неше кестеңіз
        hours: ашасыз жабасыз ашылас жабылас ашыла жабыла жұмыс_істейсіздер
        hours: жұмыс_істейсіңдер жұмыс_істейді
        hours: нешеге_дейін нешеде_аш жұмыс_уақыты
        today: бүгін
        day: ертең сенбі жексенбі демалыс дүйсенбі
        wallet: каспи""",
    "ar": """delivery: يوصل توصلني
        reserve: احجز حجز
        custom: تخصيص مخصص حسب_الطلب نقش
        material: خامه قماش مكون
        thing: قطعه حبه
        care: غسل غسيل اغسل كوي
        discount: خصوم تخفيضات
        pickup: استلمه استلم_بنفسي
        hours: يفتح تفتح تقفل تقفلون تسكر تسكرون فاتحين مفتوحين شغالين ساعه_كم تداوم تداومون دوامكم
        today: اليوم
        day: بكره بكرا غدا الجمعه جمعه سبت السبت احد الاحد خميس
        delivery: توصلو =توصل شحنكم
        wallet: =مدى =تابي =تمارا
        return: ارجعه نرجع اردها""",
    "hi": """delivery: दिन_में
        custom: कस्टम custom
        material: सामग्री कपड़ा
        care: धो धुल =dhona =dhote
        hours: खुले खुलते बंद_होत कितने_बजे =khulta =khulti =khule =khulte =khulegi =kholte =khula
        hours: =timing =timings band_hoti band_hota kitne_baje
        today: आज =aaj
        day: =दिन कल रविवार शनिवार सोमवार छुट्टी =sunday =raviwar =shanivar
        place: =dukan =dukaan =pata
        return: =wapas =vapas =wapis =vaapas =lauta
        exchange: =badal =badalna
        price: =kitne_ka =kitna_lagega =paise_lagenge
        free: =muft
        pay: =bhugtan payment
        duration: kitne_din =kitna_time""",
    "zh": """delivery: 送到 送达 几天到
        wallet: 用微信 微信付款 微信转账
        custom: 定制 定做 刻字
        material: 材质 材料 成分 面料
        care: 机洗 手洗 清洗 怎么洗 保养 洗
        pickup: 上门取
        freight: 运费 邮费 快递费
        hours: 上班 下班 打烊 开店 营业时间 休息
        today: 今天 今日
        day: 周一 周末 周六 周日 周天 星期天 星期日 星期六 明天 节假日
        wallet: 支付宝 微信支付 花呗
        return: 能退 可退 退吗 退换 退换货 七天无理由 无理由
        exchange: 能换 可换 换吗""",
    "id": """delivery: hari_sampai lama_sampai hari_nyampe lama_nyampe
        custom: =custom kustom
        material: bahan
        care: cuci mencuci dicuci setrika
        hours: =operasional jam_kerja jam_berapa_buka
        today: hari_ini hr_ini
        day: =hari =besok =minggu =sabtu =senin =libur
        wallet: =dana =shopeepay
        pay: =bayarnya =transfer
        return: =balikin =dibalikin =kembaliin""",
}
