"""What shoppers ask most, in languages beside the fourteen in which they write all the same: see
`trade_words`. An article in another language is offered to them."""

from typing import Final

WORDS: Final = {
    "it": """delivery: consegn spedi spedizion recapit corriere
        price: =costa =costano prezz quanto_viene
        pay: pagar pagament =pago
        card: =carta =carte bancomat
        cash: contanti contrassegno
        return: reso =resi restitui rendere
        refund: rimbors
        exchange: cambiar =cambio sostitui
        hours: orari apert =chiusi =chiudete =aprite apre =ora che_ora chiusura chiude
        place: negozio indirizzo =dove_siete =siete dove_siete =dove_vi trovate
        discount: sconto sconti
        warranty: garanzi =garantite
        size: taglia taglie misura
        stock: disponibil
        invoice: fattur =scontrino
        abroad: estero
        day: oggi domani domenica sabato
        soon: in_giornata stesso_giorno
        pickup: ritirar ritiro
        rent: noleggi affitt
        repair: ripar
        installment: =rate
        kids: bambin
        genuine: originali =originale
        gift: regalo""",
    "pl": """delivery: dostaw dostarcz wysyl przesylk
        price: =kosztuje =cena =ceny koszt ile_koszt
        pay: zaplac platno placi przelew
        wallet: blik blikiem
        card: =karta =karty
        cash: gotowk pobrani
        return: zwrot zwroc oddac
        refund: zwrot_pieniedzy
        exchange: wymian wymieni
        hours: godzin otwarte czynne otwarci do_ktorej o_ktorej zamykacie
        place: adres sklep jestescie gdzie_jest dojazd
        discount: rabat znizk promocj
        warranty: gwarancj
        size: rozmiar
        stock: dostepn
        invoice: faktur paragon
        day: dzis jutro niedziel sobot
        pickup: odbior odebrac
        rent: wynaj wypozycz
        repair: napraw
        installment: raty
        kids: dzieck dzieci
        genuine: orygina
        gift: prezent""",
    "nl": """delivery: bezorg lever verzend
        price: =kost kosten prijs
        pay: betaal betalen
        wallet: ideal
        return: retour terugsturen
        exchange: ruilen
        hours: openingstijd geopend =open
        place: adres winkel
        discount: korting
        warranty: garantie
        size: maat
        stock: voorraad
        pickup: ophalen afhalen""",
    "vi": """delivery: =ship giao_hang van_chuyen =giao giao_toi
        price: =gia bao_nhieu =phi gia_bao
        freight: phi_ship tien_ship
        duration: bao_lau may_ngay
        pay: thanh_toan tra_tien
        wallet: chuyen_khoan =momo =zalopay
        return: tra_hang doi_tra
        exchange: doi_hang =doi
        hours: mo_cua dong_cua may_gio
        place: dia_chi cua_hang o_dau cho_nao
        discount: giam_gia khuyen_mai =ma_giam
        warranty: bao_hanh
        size: =size co_may
        stock: con_hang het_hang
        invoice: hoa_don
        rent: =thue
        repair: =sua
        installment: tra_gop
        kids: tre_em
        genuine: chinh_hang hang_that
        gift: goi_qua""",
    "he": """delivery: משלוח משלוחים שולחים
        price: מחיר עולה עולים עלות
        pay: לשלם תשלום
        wallet: ביט בביט
        card: אשראי
        cash: מזומן
        return: להחזיר החזרה החזרות
        exchange: להחליף החלפה
        hours: שעות פתוחים פתיחה עד_איזו סוגרים פותחים
        place: כתובת חנות איפה_אתם נמצאים מיקום
        discount: הנחה מבצע קופון
        warranty: אחריות
        size: מידה מידות
        stock: במלאי מלאי
        invoice: חשבונית קבלה
        pickup: איסוף
        rent: השכרה לשכור
        repair: תיקון לתקן
        installment: תשלומים
        genuine: מקורי מקוריים
        gift: מתנה""",
    "fa": """delivery: ارسال
        price: هزینه قیمت چنده چقدره
        pay: پرداخت
        cash: در_محل
        return: مرجوع پس_دادن
        exchange: تعویض
        hours: ساعت_کاری باز_هستید تا_ساعت ساعت_چند =بازید
        place: آدرس فروشگاه آدرستون کجاست کجایید
        discount: تخفیف
        warranty: گارانتی
        size: سایز
        stock: موجود
        invoice: فاکتور
        rent: اجاره کرایه
        repair: تعمیر
        installment: قسط
        genuine: =اصله =اصل فیک اورجینال
        gift: کادو""",
    "ja": """delivery: 配達 配送 送料
        price: いくら 値段 料金
        pay: 支払 決済
        return: 返品
        exchange: 交換
        hours: 営業時間 何時
        place: 住所 お店
        discount: 割引 クーポン
        warranty: 保証
        size: サイズ
        stock: 在庫
        invoice: 領収書""",
    "ko": """delivery: 배송 배달 배송비
        price: 얼마 가격
        pay: 결제 계좌
        return: 반품
        exchange: 교환
        hours: 영업시간 몇시
        place: 주소 매장
        discount: 할인 쿠폰
        warranty: 보증
        size: 사이즈
        stock: 재고
        invoice: 영수증""",
}
