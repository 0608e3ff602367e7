"""Of the languages of Eastern Europe and Asia: see `trade_words`."""

from typing import Final

WORDS: Final = {
    "ru": """parcel: посылк
        order: заказ =купить =куплю =купил =купила покупк
        thing: товар =вещь =вещи
        status: =уже до_сих_пор
        delivery: достав привоз привез отправ курьер пересыл
        abroad: заграниц за_границ за_рубеж зарубеж международн другую_страну
        price: =цена =цены =цену =ценой =цене стоит стоимост =почем расценк сколько_стоит дорого =дешево
        duration: сколько_времени сколько_дней как_долго =срок =сроки =сроков сколько_идет сколько_ждать
        free: бесплатн =даром
        pay: оплат оплач =плата =платы =плачу =платить =платеж =заплатить расплат
        card: =карта =карты =карте =картой =карту =картам карточк =виза
        cash: налич наложен
        installment: рассроч =кредит =частями
        return: возврат =вернуть =верну =вернуться возвращ =сдать
        refund: вернуть_деньги возврат_денег вернете_деньги
        exchange: обмен =поменять =обменять
        cancel: отмен
        change: =изменить =изменю исправить
        size: размер =мерки
        stock: наличи =налич склад =осталось
        discount: скидк промокод =акция =акции купон распродаж
        warranty: гарант
        hours: часы_работы режим_работы график_работы =работаете
        hours: =открыты =открываетесь =закрываетесь =закрыты =часы
        place: адрес находит =расположены =магазин_где =проехать где_вы шоурум
        track: отслед =трек
        pickup: самовывоз =забрать
        contact: =телефон =номер связаться позвонить контакт =почта
        gift: подарок подароч подарк
        invoice: =чек =чеки счет_фактур =квитанция
        damaged: поврежд сломан брак битый разбит порван
        repair: ремонт починить
        late: опазд опозда задерж просроч
        lost: потерял пропал не_пришл
        wrong: =неправильный =ошибка перепут не_тот
        wholesale: =опт оптом оптов""",
    "uk": """parcel: посилк
        order: замовл купити купую
        thing: товар =річ =речі
        status: =вже =досі
        delivery: достав відправ курєр надсил =пересилання
        abroad: закордон за_кордон міжнародн
        price: ціна ціну ціни ціною коштує коштують вартіст скільки_кошту дорого =дешево
        duration: скільки_часу скільки_днів як_довго термін =строк
        free: безкоштовн
        pay: оплат сплат платит платіж заплатити
        card: карта карти картка картк карткою карткою картою
        cash: готівк післяплат накладен
        installment: розстроч частинами
        return: поверн
        refund: повернути_гроші повернення_грошей
        exchange: обмін обміня
        cancel: скасув відмін
        change: змінити
        size: розмір
        stock: наявн складі
        discount: знижк промокод акція
        warranty: гарант
        hours: години_роботи графік_роботи режим_роботи працюєте відчинен зачинен
        place: адрес знаходит магазин розташован
        track: відстеж трек
        pickup: самовивіз забрати
        contact: телефон звязатися подзвонити контакт
        gift: подарун
        invoice: чек рахунок квитанція
        damaged: пошкодж зламан брак розбит
        repair: ремонт полагодити
        late: запізн затрим
        lost: загубл
        wrong: неправильн помилк переплут
        wholesale: опт оптом""",
    "kk": """parcel: сәлемдеме
        order: тапсырыс сатып_ал
        thing: тауар зат
        status: =әлі
        delivery: жеткіз курьер жібер пошта
        abroad: шетел шет_ел халықаралық
        price: баға құны =қанша_тұрады тұрады қымбат арзан
        duration: қанша_күн неше_күн қанша_уақыт =мерзімі мерзім
        free: тегін
        pay: төле төлем
        card: карта картамен
        cash: қолма_қол
        installment: бөліп_төле рассроч
        return: қайтар
        refund: ақшаны_қайтар
        exchange: айырбаста ауыстыр
        cancel: бас_тарт болдырма
        change: өзгерт
        size: өлшем размер
        stock: қолда_бар қоймада
        discount: жеңілдік
        warranty: кепіл
        hours: жұмыс_уақыт жұмыс_кесте жұмыс_істейсіз ашық жабық
        place: мекенжай дүкен орналас
        track: бақыла қадағала
        pickup: алып_кет
        contact: телефон байланыс
        gift: сыйлық
        invoice: чек шот
        damaged: зақым сынған сынық
        repair: жөнде
        late: кешік
        lost: жоғал
        wrong: қате
        wholesale: көтерме""",
    "tr": """parcel: =paket =paketim
        order: siparis satin_al
        thing: urun
        status: =hala
        delivery: kargo teslim gonder =ulasir
        abroad: yurtdis yurt_dis uluslararasi
        price: fiyat ucret =kaca tutar =pahali =ucuz ne_kadar_tutar =kac_para
        duration: kac_gun ne_zaman_gelir kac_gunde =suresi =surede =surer =suruyor
        free: ucretsiz bedava bedelsiz
        pay: odeme odeye oden =odemek odem
        card: =kart =karti =kartla =kartiyla =kredi kart_ile =karta
        cash: nakit kapida_odeme
        installment: taksit
        return: iade geri_gonder =iadesi
        refund: para_iade geri_odeme param_iade
        exchange: degisim degistir
        cancel: iptal
        change: duzelt guncelle
        size: beden =olcu =olculeri numara
        stock: stok =mevcut
        discount: indirim kampanya kupon
        warranty: garanti
        hours: calisma_saat =acik =kapali =acilis =kapanis =saatleri =saatlerinde =calisiyorsunuz
        place: adres magaza =neredesiniz konum
        track: takip
        pickup: magazadan_al =elden
        contact: telefon iletisim =arayabilir
        gift: hediye
        invoice: fatura =fis
        damaged: hasar kirik bozuk kusurlu
        repair: tamir onarim
        late: gecik =gec
        lost: kayip kaybol
        wrong: yanlis hatali
        wholesale: toptan""",
    "ar": """parcel: طرد شحنت
        order: طلب شراء اشتر
        thing: منتج سلع بضاع
        status: بعد لسه حتى_الان
        delivery: توصيل شحن توصلون توصلوا يصل تشحنون =ارسال
        abroad: =خارج دولي =دول
        price: سعر اسعار تكلف كلفه =بكم =رسوم =ثمن كم_سعر غالي
        duration: كم_يوم مده =يستغرق =تستغرق كم_وقت
        free: مجان
        pay: دفع ادفع تدفع سداد
        card: بطاق فيزا ماستر
        cash: نقد كاش عند_الاستلام
        installment: تقسيط اقساط
        return: ارجاع رجع ارجع استرجاع ترجيع اعاده =ارجعه
        refund: استرداد
        exchange: استبدال تبديل ابدل
        cancel: الغاء الغي
        change: تغيير اغير تعديل
        size: مقاس قياس حجم
        stock: متوفر متوفره مخزون توفر
        discount: خصم تخفيض عرض عروض كوبون
        warranty: ضمان
        hours: ساعات_العمل اوقات مواعيد دوام تفتحون تغلقون مفتوح =ساعات
        place: عنوان موقع فرع محل متجر
        track: تتبع
        pickup: استلام
        contact: هاتف رقم اتصال تواصل
        gift: هديه هدايا
        invoice: فاتوره
        damaged: تالف مكسور معطوب
        repair: تصليح اصلاح صيانه
        late: تاخر متاخر
        lost: ضاع مفقود
        wrong: خطا غلط
        wholesale: جمله""",
    "hi": """parcel: पार्सल पैकेट
        order: ऑर्डर आर्डर खरीद
        thing: सामान उत्पाद प्रोडक्ट चीज
        status: अभी_तक अब_तक
        delivery: डिलीवर डिलिवर शिपिंग शिप भेज कूरियर पहुंच पहुँच
        abroad: विदेश अंतरराष्ट्रीय
        price: कीमत दाम मूल्य शुल्क =रेट कितने_का कितने_की लागत चार्ज खर्च
        duration: कितने_दिन कितना_समय कितनी_देर समय
        free: मुफ्त फ्री निशुल्क
        pay: भुगतान पेमेंट पैसे_दे
        card: कार्ड
        cash: नकद कैश
        installment: किस्त ईएमआई
        return: वापस लौटा रिटर्न
        refund: रिफंड पैसे_वापस
        exchange: बदल एक्सचेंज
        cancel: रद्द कैंसिल
        size: साइज आकार माप
        stock: स्टॉक उपलब्ध
        discount: छूट डिस्काउंट ऑफर कूपन
        warranty: वारंटी गारंटी
        hours: खुलने_का खुला खुलती खुलता खुलत
        place: पता दुकान स्टोर जगह
        track: ट्रैक
        contact: फोन संपर्क नंबर
        gift: उपहार गिफ्ट तोहफ
        invoice: बिल रसीद
        damaged: टूट खराब
        repair: मरम्मत
        late: देरी
        lost: खो गुम
        wrong: गलत
        wholesale: थोक""",
    "zh": """parcel: 包裹
        order: 订单 下单 购买
        thing: 商品 东西 产品
        status: 还没 已经 了吗 了没
        delivery: 发货 快递 送货 配送 邮寄 寄送 物流 派送 寄到 运送 送
        abroad: 国外 海外 国际 境外
        price: 多少钱 价格 价钱 费用 收费 贵
        duration: 多久 几天 多长时间 时间
        free: 免费 包邮
        pay: 付款 支付 结账
        card: 信用卡 刷卡 银行卡
        cash: 现金 货到付款
        installment: 分期
        return: 退货 退回
        refund: 退款 退钱
        exchange: 换货 更换 调换
        cancel: 取消
        change: 修改 更改
        size: 尺码 尺寸 大小 码数
        stock: 有货 库存 现货 缺货
        discount: 折扣 优惠 打折 促销
        warranty: 保修 质保 保质
        hours: 营业 几点 开门 关门
        place: 地址 位置 门店 实体店 在哪
        track: 查询 跟踪 单号
        pickup: 自提 自取
        contact: 电话 联系
        gift: 礼物 礼品 包装 送礼 送人
        invoice: 发票 收据
        damaged: 坏了 破损 损坏
        repair: 维修 修理
        late: 延迟 迟到
        lost: 丢失 没收到
        wrong: 发错 错误
        wholesale: 批发""",
    "id": """parcel: paket
        order: pesan pesanan =beli pembelian membeli
        thing: barang produk
        status: =sudah =belum
        delivery: kirim pengirim mengirim dikirim ongkir =antar kurir
        abroad: luar_negeri internasional
        price: harga biaya tarif =ongkos berapa_harga mahal murah
        duration: berapa_lama berapa_hari =lamanya
        free: gratis cuma_cuma
        pay: bayar pembayar membayar dibayar
        card: kartu
        cash: tunai =cod
        installment: cicil angsur
        return: retur kembalik mengembalik dikembalik pengembalian
        refund: uang_kembali pengembalian_dana
        exchange: tukar menukar penukar ditukar
        cancel: batal membatal pembatal dibatal
        change: ubah mengubah ganti mengganti
        size: ukur
        stock: =stok tersedia ready
        discount: diskon promo potongan kupon
        warranty: garansi
        hours: jam_buka =buka =tutup jam_operasional
        place: alamat lokasi =toko
        track: lacak melacak =resi
        pickup: ambil
        contact: kontak telepon hubungi
        gift: hadiah kado
        invoice: faktur =nota kwitansi
        damaged: rusak cacat pecah
        repair: perbaik servis
        late: terlambat telat
        lost: hilang
        wrong: salah keliru
        wholesale: grosir""",
}
