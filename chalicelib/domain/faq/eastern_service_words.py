"""What shops do beside selling, in the languages of Asia: see `western_service_words`."""

from typing import Final

WORDS: Final = {
    "tr": """region: =bolge =bolgeler =bolgelere semt ilce ilcelere =mahalle =nerelere hangi_illere =il
        region: =illere tum_turkiye yakasi
        city: =sehir sehirler sehre
        soon: ayni_gun =yetisir =yetisirmi bugun_gelir bugun_teslim express ekspres =acil bugune
        deposit: kapora kaparo on_odeme pesinat avans pesin
        note: tebrik_kart kart_yaz not_ekle not_yaz =notu kart_not
        hiring: eleman is_ilani ise_alim =basvuru is_basvurusu calismak_istiyorum personel =cv
        event: dugun nisan =kina organizasyon etkinlik =parti gelin davet nikah kurumsal
        allergen: alerji gluten findik fistik =ceviz laktoz vegan vejetaryen sekersiz helal
        care: bakim bakimi nasil_bakilir solmasin temizle taze_kal dayan uzun_omur
        subscribe: abonelik aylik haftalik
        loyalty: =puan sadakat bonus
        genuine: orijinal orjinal sahte taklit sertifika =gercek
        used: ikinci_el kullanilmis =2_el
        install: kurulum montaj monte
        book: randevu rezervasyon ayirt =ayir rezerve
        tryon: =denemek deneyebilir prova denemeden test_surus test_edebilir
        least: minimum asgari en_az
        voucher: hediye_cek hediye_kart
        list: katalog fiyat_listesi =menu
        rent: kirala kiralik gunluk saatlik kiralama
        lesson: =kurs atolye egitim =ders
        sample: numune tester ornek
        customs: gumruk
        partner: =bayi bayilik isbirligi franchise
        green: geri_donusum cevre_dostu organik
        carrier: =aras =yurtici hangi_kargo =ptt =mng
        tradein: takas eskisini_al eskisini_verip eski_urun eskiyi ikinci_el_alim
        change: ertele degistir baska_gun baska_tarih baska_adres tarih_degis adres_degis
        pickup: kendim_al gelip_al magazadan subeden kendim_gel
        delivery: =getiriyor getirir dagitim gune_elimde elimde_olur gunde_elime
        pay: havale =eft taksit kapida
        hours: =calisiyor =aciliyor calisiyor_mu =hizmet_veriyor kaca_kadar acilis kapanis kapatiyor
        hours: =kapanir =acilir aciksiniz =kapaniyorsunuz
        kids: =cocuk cocuklar =bebek =yas =yasinda =yasindaki oglum kizim =cocuguma
        place: yeriniz neredesin nasil_gelirim nasil_gidilir nerede_bulun =harita otopark
        place: tam_olarak_nerede
        insurance: sigorta =calinirsa
        repair: tamirat =onarir yaptirmak
        return: geri_getir olmazsa_iade begenmezsem
        installment: taksitle =taksitli
        gift: paketle paketleme
        skin: cilt cild hassas
        free: =bedava
        cash: kapida_ode teslimatta
        carrier: hangi_kargoyla hangi_firmayla kargo_firma kargo_firmasi kargo_sirketi""",
    "ar": """city: مدينه مدن
        region: منطقه مناطق احياء =حي محافظ ضواحي قري =الي_وين لحد_وين وين_توصل
        soon: نفس_اليوم بنفس_اليوم اليوم_توصل توصل_اليوم مستعجل =سريع اليوم_يوصل
        deposit: عربون مقدم مقدما دفعه_اولي
        note: اهداء =كرت كرت_تهنئ بطاقه_تهنئ بطاقه_اهداء رساله كارت ملاحظ
        hiring: وظيف وظائف توظيف شاغر سيره_ذاتيه اشتغل_عندكم
        event: زفاف زواج زواجات عرس اعراس مناسب حفل حفلات خطوبه عروس افراح تخرج
        allergen: حساسيه جلوتين غلوتين مكسرات لاكتوز نباتي بدون_سكر حلال
        care: عنايه اعتني تنظيف انظف احافظ حفظ
        subscribe: اشتراك شهري اسبوعي
        loyalty: نقاط ولاء مكاف
        genuine: اصلي اصليه اصليين تقليد مقلد شهاده =اصلي
        used: مستعمل
        install: تركيب تركبون تركب
        book: موعد
        tryon: اجرب تجربه قياسه اجربها قبل_الشراء
        least: ادني اقل_طلب حد_ادني
        voucher: بطاقه_هديه قسيمه كرت_هديه
        list: كتالوج كاتالوج قائمه منيو
        rent: ايجار تاجير استئجار اجار استاجر باليوم اليوميه ايجار_اليوم
        lesson: دوره دورات ورشه
        sample: عينه عينات تستر
        customs: جمارك جمرك ضريب
        partner: موزع شراكه تعاون
        carrier: ارامكس سمسا شركه_شحن
        tradein: تشترون_المستعمل القديم_بالجديد تاخذون_القديم استبدال_القديم
        change: تاجيل اجل غير_العنوان تغير موعد_اخر
        pickup: استلم_من اجي_اخذ اخذه_بنفسي من_المحل امر_اخذ
        delivery: توصيلكم يوصلون شحنكم
        pay: تقبلون كي_نت تحويل فودافون_كاش ابل_باي
        hours: عطله تشتغلون تعملون_يوم تعملون تسكر متي_تفتح متي_تقفل الليله_كم تقفلو
        price: بكام =سعرها
        kids: طفل اطفال عمر لولدي لبنتي سنوات =سنين
        place: مكانكم موقعكم =وينكم لوكيشن فينكم كيف_اجيكم كيف_اوصلكم =اللوكيشن
        insurance: تامين =سرقه
        repair: تصلح صلح اصلح
        return: ما_ناسب ما_عجب اذا_ما
        installment: بالتقسيط تقسط
        gift: تغليف تغلف
        skin: بشره حساسه""",
    "hi": """city: शहर shehar =city =gaon गांव
        region: इलाक क्षेत्र एरिया पिन_कोड =area pincode kahan_tak deliver_karte =dete_ho
        soon: आज_ही उसी_दिन एक्सप्रेस तुरंत aaj_hi same_day =turant aaj_mil
        deposit: एडवांस अग्रिम पहले_पैसे advance_dena =advance pehle_paise
        note: संदेश =नोट ग्रीटिंग कार्ड_पर =message card_pe likh
        hiring: नौकरी भर्ती जॉब naukri =job vacancy =kaam_milega
        event: शादी विवाह समारोह पार्टी दुल्हन सजावट मंडप सजाते shaadi shadi =party decoration mandap
        allergen: एलर्जी ग्लूटेन अंडा अंडे एगलेस शाकाहारी शुगर_फ्री =ande =anda eggless shakahari
        allergen: sugar_free
        care: देखभाल साफ ताजा सफाई =saaf dekhbhal =taaza
        subscribe: सदस्यता मासिक
        loyalty: पॉइंट
        genuine: असली ओरिजिनल नकली =original =asli =nakli
        used: पुराना_बेच सेकंड_हैंड second_hand
        install: इंस्टॉल फिटिंग लगाने installation
        book: अपॉइंटमेंट बुकिंग appointment booking
        tryon: ट्राई पहनकर
        least: न्यूनतम कम_से_कम minimum
        voucher: गिफ्ट_कार्ड
        list: कैटलॉग मेनू catalogue
        rent: किराए किराये =rent kiraye किराया kiraya kiraaya =bhada ek_din_ka
        lesson: कोर्स क्लास
        sample: सैंपल नमूना
        pay: =gpay =phonepe =upi जीपे यूपीआई =paise_kaise
        pickup: खुद_ले खुद_आकर khud_aake =pickup khud_le
        change: तारीख बदलना
        price: kitna_lagega kitne_paise
        kids: बच्चे बच्चों =bacche साल_के saal_ke =bachche bacche_ke
        place: कहाँ_पर किधर लोकेशन kahan_hai kidhar दुकान_किधर rasta
        hours: kab_tak_khul kitne_baje_tak =khule_ho band_kab
        insurance: बीमा =bima
        repair: theek_kar =thik_kar रिपेयर ठीक_कर
        tradein: purani_dekar पुराना_देकर exchange_offer
        installment: =emi =kisht =kist
        gift: गिफ्ट_पैक =packing
        skin: त्वचा संवेदनशील =skin
        cash: =cod cash_on""",
    "zh": """city: 城市
        region: 地区 区域 哪些地方 范围 市区 郊区 多远 送哪
        soon: 当天 当日 今天到 今天能到 今天送 今天能送 同城急送 加急 即日 今晚
        deposit: 定金 订金 预付 押金 先付
        note: 贺卡 卡片 留言 写字 祝福语
        hiring: 招聘 招人 招工 应聘 工作机会
        event: 婚礼 婚庆 活动 宴会 派对 结婚 新娘
        allergen: 过敏 麸质 坚果 花生 乳糖 素食 无糖 鸡蛋 清真
        care: 养护 护理 保鲜 怎么养 养久 清洁 打理
        subscribe: 订阅 包月 按月
        loyalty: 积分 会员
        genuine: 正品 真货 假货 真的假的 证书 真伪 保真
        used: 二手 翻新
        install: 安装 组装
        book: 预约 预定
        tryon: 试穿 试戴 试用 试骑 试一下 先试
        least: 最低 起送 最少 起订
        voucher: 礼品卡 礼券 购物卡
        list: 目录 价目表 菜单 价格表 价单
        rent: 租 出租 租赁 租金 租车 一天多少
        lesson: 课程 培训 工作坊 教学
        sample: 样品 小样
        customs: 关税 清关
        partner: 代理 加盟 合作 分销
        carrier: 顺丰 哪家快递 什么快递
        tradein: 以旧换新 回收 旧的换 收旧
        change: 改地址 改时间 改到 能改 怎么改 改期 填错
        pickup: 自己拿 自己过去 过去拿 自己来取 到店取 来店里拿 上门拿 自己取
        kids: 小孩 儿童 宝宝 年龄 岁 孩子 小朋友
        place: 怎么走 怎么去 哪里啊 导航 停车 定位
        hours: 关门 开门 几点开 几点关 营业到
        insurance: 保险 理赔
        repair: 修车 补胎 能修 修好 补个
        return: 不合适 不喜欢能 退吗
        delivery: 能寄 发到 寄到 发吗
        installment: 分几期 免息
        skin: 敏感 肤质""",
    "id": """city: =kota
        region: wilayah daerah area jangkauan kecamatan =mana_saja kabupaten
        soon: hari_ini same_day sameday =instan =instant kilat =express hr_ini langsung_kirim
        deposit: =dp uang_muka =deposit bayar_dulu panjar
        note: kartu_ucapan =ucapan pesan_di_kartu =notes kasih_kartu tulisan
        hiring: lowongan =loker kerja_di =karyawan lamaran rekrut
        event: nikah pernikahan =acara =pesta wedding =event hajatan lamaran_nikah
        allergen: alergi gluten =kacang =telur laktosa vegan tanpa_gula halal
        care: rawat merawat perawatan awet =segar bersih simpan
        subscribe: langganan bulanan mingguan
        loyalty: =poin member
        genuine: =ori original =asli palsu =kw sertifikat
        used: bekas =second preloved
        install: pasang pemasangan instalasi rakit
        book: =booking reservasi janji pesan_tempat =booked janjian janji_temu slot_kosong
        tryon: coba mencoba =dicoba test_ride dites
        least: minimal minimum
        voucher: kartu_hadiah voucher_hadiah gift_card
        list: katalog daftar_harga pricelist =menu
        rent: sewa menyewa rental disewa sehari per_hari per_jam =sewanya
        lesson: kursus kelas pelatihan workshop
        sample: sampel contoh tester
        customs: bea_cukai pajak
        partner: reseller dropship agen kerjasama mitra
        carrier: ekspedisi =jne =jnt sicepat
        tradein: tukar_tambah tuker_tambah tukar_yang_lama
        change: pindah ganti_alamat ganti_tanggal reschedule undur hari_lain
        pickup: ambil_sendiri diambil jemput ke_toko
        pay: gopay qris ovo shopeepay =bank
        delivery: ongkirnya nganter dianter
        freight: ongkir
        kids: =anak bayi =umur =anakku anak_saya
        place: dimana_ya posisi =maps =parkir sebelah_mana =lokasinya
        hours: tutup_jam buka_jam sampai_jam jam_tutup
        insurance: asuransi =dicuri
        repair: benerin betulin reparasi =bengkel
        return: ga_cocok gak_cocok tidak_cocok balikin
        installment: cicilan kredit =nyicil paylater
        gift: bungkus dibungkus
        skin: kulit sensitif""",
}
