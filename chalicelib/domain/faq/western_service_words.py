"""What shops do beside selling, in English and German: see `trade_words`.

region: how far it is delivered. soon: on the same day. deposit: paid before. note: a card with some words.
hiring: work at the shop. event: what they do for a feast. allergen: what is in food and some can't have.
subscribe: again and again. loyalty: points. genuine: no copy. used: had an owner. install: put together at
home. book: a time. tryon: before buying. least: of an order. voucher: to give away. list: all that is sold,
with prices. rent: for a time. lesson: how it is done. sample: a little of it. customs: what a border costs.
partner: sells the same. green: kind to nature. carrier: who brings it. tradein: the old for the new.
city: where it goes to, or where the shop is. kids: of what age. skin: what is good for it.
"""

from typing import Final

WORDS: Final = {
    "en": """region: area areas suburb district region zone zones outskirts neighbourhood neighborhood
        region: postcode how_far =radius province countryside whole_country
        city: =town =towns =city =cities =village =villages
        soon: same_day express asap this_afternoon this_evening by_tonight get_here_today
        soon: get_there_today today_delivery delivered_today next_day rush get_it_today here_today
        soon: there_today it_today deliver_today arrive_today delivery_today urgent order_now
        deposit: deposit prepay prepaid prepayment down_payment up_front upfront pay_first pay_before
        deposit: pay_in_advance =advance payment_in_advance half_first
        note: greeting_card gift_note gift_message little_note note_in =note message_card card_with
        note: write_on handwritten card_message
        hiring: hiring =job =jobs vacanc career recruit work_for_you work_with_you =cv internship
        hiring: =apprentice need_anyone need_staff summer_job work_there looking_for_work
        event: wedding =event =events =party =parties married bride =bridal corporate catering banquet
        event: funeral anniversar christening baby_shower
        allergen: allerg gluten =nut =nuts peanut lactose dairy vegan vegetarian sugar_free eggless
        allergen: egg_free halal kosher coeliac celiac
        care: look_after take_care care_for last_longer maintain maintenance keep_fresh stay_fresh
        care: clean_it =cleaning =clean =care upkeep polish make_last longer_lasting
        subscribe: subscription subscribe_box every_month every_week =weekly regular_order
        loyalty: loyalty =points reward bonus cashback membership
        genuine: genuine authentic =original =originals =fake =fakes counterfeit certified certificate
        genuine: =legit real_deal knock_off knockoff =real replica
        used: second_hand secondhand preowned pre_owned =used refurbish reconditioned =vintage
        install: install assembl set_up fitting_service mount =setup put_together put_it_up =fitting
        install: =assembled
        book: appointment =booking =book reservation book_a =slot =slots fit_me_in squeeze_me fit_us_in
        book: availability_on =appointments
        tryon: try_on try_it fitting_room before_i_buy before_buying =try test_ride test_it try_before
        tryon: test_drive round_the_block trial
        least: minimum =min smallest_order minimal
        voucher: gift_card gift_voucher gift_certificate giftcard
        list: catalog price_list =menu brochure full_range
        rent: rent =hire hiring_out =rental lend =loan day_rate per_day per_hour daily_rate for_a_day
        lesson: workshop =class =classes =course =courses lesson masterclass =tutorial teach
        sample: =sample =samples tester =swatch =swatches freebie =freebies =freebie
        customs: customs =duty =duties import_tax =tax =taxes
        partner: resell reseller franchise affiliate distributor partner collab influencer stockist
        green: eco recycl sustainab plastic_free biodegrad cruelty tested_on_animals organic
        carrier: carrier dhl =ups fedex royal_mail =usps hermes =which_courier courier_company
        tradein: trade_in part_exchange buy_back do_you_buy take_my_old old_one_in part_payment buy_my
        tradein: buy_used buy_old take_old sell_you sell_my =tradein
        change: reschedul =switch =move postpone another_day different_day different_address instead
        change: =update
        pickup: come_and_get come_and_grab come_get grab_it =grab =drop_in in_store collect_it
        pay: instalments =accept_card apple pay_by
        hours: =weekend_hours open_late open_till =shut =shuts =closes bank_holiday open_til open_until
        hours: what_time_open still_open
        kids: =kids =child =children toddler =age =ages =baby year_old years_old yr_old =kid
        place: find_you get_there get_to_you =whereabouts based where_are_u where_is_it =map parking
        insurance: insur =covered stolen theft
        repair: =fixing puncture servic_my tune_up =broken_screen mend
        return: =bring_it_back bring_back take_it_back doesnt_fit dont_like_it change_my_mind
        custom: my_own_design own_logo logo print_my
        safe: =safe safety toxic hypoallergenic
        cash: pay_on_delivery payment_on_delivery pay_when_it pay_at_the_door
        freight: postage delivery_fee delivery_charge p_p
        delivery: gets_to_me get_to_me reach_me reaches_me
        gift: wrap wrapping =wrapped
        skin: sensitive =skin""",
    "de": """city: =stadt =stadte =orte
        region: gebiet stadtteil =bezirk umgebung umland =region =umkreis postleitzahl wie_weit =plz
        region: =wohin ganz_deutschland vorort
        soon: selben_tag gleichen_tag am_selben =express heute_noch noch_heute =taggleich eilig
        soon: liefert_heute heute_liefer
        deposit: anzahl vorkasse vorauszahl im_voraus vorab
        note: grusskart karte_dazu kartchen widmung =grusse karte_mit
        hiring: stellenangebot stelle_frei =job =jobs bewerb arbeiten_bei ausbildung praktikum
        hiring: mitarbeiter_gesucht
        event: hochzeit =feier =feiern veranstalt =fest =event braut =firmenfeier geburtstag taufe
        event: beerdigung
        allergen: allerg gluten =nuss =nusse erdnuss laktose vegan vegetar zuckerfrei zoliakie
        care: pflege pflegt reinig frisch_halten halten_langer halt_langer haltbar sauber
        subscribe: =abo =abos abonnement monatlich wochentlich
        loyalty: treuepunkt =punkte bonuskart kundenkart
        genuine: =original originale =echt =echte falschung zertifikat
        used: gebraucht second_hand secondhand generaluberholt
        install: install montage montier aufbau
        book: =termin =termine reservierung =buchen =frei terminfrei
        tryon: anprob anprobier ausprobier probefahrt =testen vorher_test =probieren
        least: mindest minimum
        voucher: geschenkgutschein gutscheinkart wertgutschein
        list: katalog preisliste speisekarte =menu sortiment
        rent: miet vermiet leihen ausleih verleih leihrad pro_tag am_tag =leihe
        lesson: =kurs =kurse workshop unterricht
        sample: =probe =proben muster =tester
        customs: =zoll zollgebuhr
        partner: wiederverkauf handler franchise kooperation
        green: nachhaltig umweltfreund recycel =bio okolog tierversuch
        carrier: spediteur =dhl =hermes =dpd paketdienst
        tradein: inzahlung ankauf kauft_ihr ankaufen mein_altes meine_alte gebrauchte_kauf
        change: verschieb anderen_tag anderes_datum andere_adresse umbuch verlegen
        pickup: selbstabhol =vorbeikommen =abholung mitnehmen
        hours: =sonntags_auf =samstag_auf ihr_auf =zu_habt =zumachen wie_lang_auf wie_lange_auf bis_wann
        hours: heute_auf
        delivery: =zustell ausliefer
        pay: paypal =lastschrift
        kids: =kind =kinder =baby =alter jahrig jahrigen =jahre_alt sohn tochter
        place: wo_genau =anfahrt hinkommen wo_seid wo_sind_sie finde_ich_euch parkplatz seid_ihr_genau
        insurance: versicher diebstahl
        repair: =werkstatt =richten instandsetz flick
        return: zuruckbring nicht_passt nicht_gefallt
        installment: abzahl in_raten finanzier
        gift: verpack einpack
        cash: bei_lieferung_zahl
        skin: haut empfindlich
        cancel: absag""",
}
