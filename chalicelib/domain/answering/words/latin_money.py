"""Refunds and payments, in Latin letters."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "refund": """my money back | money back please | give me my money | give me back my money |
        give my money back | return my money | return me my money | refund me | want a refund |
        want refund | want a full refund | need a refund | need refund | demand a refund |
        would like a refund | id like a refund | where is my refund | wheres my refund | my refund |
        still no refund | waiting for a refund | waiting for refund | not refunded | havent refunded |
        not been refunded | refund now | refund please | full refund now |
        havent received the refund | get my refund | gimme my money | where is my money |
        wheres my money | i demand my money | request a refund | vernite dengi | gde moi dengi |
        dengi nazad | banii înapoi | banii inapoi | dați-mi banii | dati mi banii |
        returnați-mi banii | vreau rambursare | vreau ramburs* | unde sunt banii |
        nu mi ați returnat | nu am primit banii | vreau să mi returnați banii | înapoi banii |
        flousi | flosi | floosi | masari | paramı geri | parami geri | param iade | paramı iade |
        paramın iade* | iade istiyorum | para iadesi istiyorum | paramı istiyorum | paramı verin |
        param nerede | iadem nerede | iadem yapılmadı | iadem gelmedi | param yatmadı |
        geri ödeme yapılmadı | paramı geri verin | iade edin | devuelvan mi dinero | devuélvanme |
        devuelvanme | devuélveme el dinero | devuélveme mi dinero | devuelvan el dinero |
        me devuelvan | mi dinero de vuelta | quiero mi dinero | mi reembolso | quiero un reembolso |
        quiero el reembolso | quiero reembolso | dónde está mi dinero | donde esta mi dinero | exijo |
        no me han devuelto | no me devuelven | no me devolvieron | quiero la devolución de mi dinero |
        devolución de mi dinero | necesito un reembolso | me regresen mi dinero |
        regrésenme mi dinero | mi plata | mi lana | dinheiro de volta | devolvam meu dinheiro |
        devolve meu dinheiro | meu reembolso | quero reembolso | quero um reembolso |
        quero o reembolso | meu estorno | quero estorno | cadê meu dinheiro | cade meu dinheiro |
        quero meu dinheiro | não devolveram | preciso do reembolso | quero o estorno | estornem |
        me devolvam | être remboursé* | me faire rembourser | remboursez moi | remboursez |
        mon remboursement | veux un remboursement | exige un remboursement | exige |
        rendez moi mon argent | récupérer mon argent | pas été remboursé* | toujours pas remboursé* |
        où est mon argent | mon argent | demande un remboursement | demande le remboursement |
        je souhaite un remboursement | mein geld zurück | geld zurück | mein geld |
        erstattung verlang* | will eine erstattung | möchte eine erstattung | meine erstattung |
        verlange mein geld | nicht erstattet | keine erstattung | wo ist mein geld |
        wo bleibt mein geld | wo bleibt die erstattung | rückerstattung bitte |
        will eine rückerstattung | meine rückerstattung | erstatten sie mir | möchte mein geld |
        paisa wapas | paise wapas | paisa vapas | paise vapas | pese wapas | mera paisa | mere paise |
        refund chahiye | refund do | refund karo | mera refund | refund nahi | refund kab |
        refund kar do | paisa return | paise return | uang saya kembali | kembalikan uang |
        kembaliin uang | balikin uang | uang kembali | minta refund | mau refund | refund dong |
        refund saya | refund sekarang | mana uang | uang saya mana | dana saya | kembalikan dana |
        minta uang saya | duit saya | balikin duit | kembaliin duit | rivoglio i miei soldi |
        i miei soldi | rivoglio i soldi | voglio un rimborso | voglio il rimborso | rimborsatemi |
        il mio rimborso | voglio essere rimborsat* | soldi indietro | chiedo il rimborso |
        oddajcie pieniądze | zwrot pieniędzy proszę | zwróćcie pieniądze | chcę zwrotu pieniędzy |
        chcę zwrot pieniędzy | moje pieniądze | zwrócić pieniądze | żądam zwrotu | oddajcie kasę |
        oddajcie mi pieniądze | gdzie mój zwrot | mijn geld terug | geld terug |
        wil een terugbetaling | mijn terugbetaling | waar is mijn geld | trả lại tiền |
        hoàn tiền cho | trả tiền lại | tiền của tôi | đòi tiền | hoàn tiền lại""",
    "payment": """took extra | too much money | took too much | cobraron demás | me cobraron extra |
        cobraram a mais | zu viel berechnet | zu viel bezahlt | trop payé | fazla ücret |
        fazla aldınız | banii în plus | bani în plus | luat în plus | dipotong lebih |
        kelebihan potong | zyada paise | jyada paise | took the payment | took my payment |
        taken the payment | taken my payment | payment was accepted but | payment accepted but |
        pagado y | he pagado y | j'ai payé et | ich habe bezahlt und | ho pagato e |
        zapłaciłam i nic | zapłaciłem i nic | ödedim ve | bayar tapi | payment ho gaya par |
        payment ho gaya but | pay kar diya | charged me but | charged me and | charged but |
        charged twise | was billed | billed me | took payment | taken twice | taken the money |
        taken payment | payment taken | payment was taken | payment deducted | debited twice |
        been debited | debited but | double payment | paid double | two charges | duplicate charge |
        duplicate payment | charged the full | charged twice | charged me twice | double charged |
        charged double | double charge | billed twice | charged two times | charged me two times |
        overcharged | charged too much | charged me too much | charged again | wrong amount |
        charged the wrong | took my money | took the money | taken my money | money was taken |
        money has been taken | money is gone | money was deducted | money deducted |
        amount was deducted | payment failed but | paid twice by | paid but | paid already but |
        already paid but | money left my | payment went through but | unauthorized charge |
        card was charged | charged my card | was charged for | charged extra | payment failed |
        payment declined | payment doesnt go through | payment not going through |
        payment isnt going through | cant pay | payment error | charged 2 times | charged 2x |
        spisali dengi | dvazhdy spisali | luat banii de două ori | banii de două ori |
        taxat de două ori | taxată de două ori | debitat de două ori | dublu debit* |
        luat de două ori | plătit de două ori | retras de două ori | am plătit dar | am plătit și |
        mi s au luat banii | mi s au retras | banii s au luat | mi ați luat banii | plata nu merge |
        nu pot plăti | plata a eșuat | mi ati luat | plata nu funcționează | nu merge plata |
        iki kere çekildi | iki kez çekildi | iki defa çekildi | çift çekim | iki kere para |
        iki kez para | iki kere çekilmiş | iki defa para | para çekildi ama | kartımdan çekil* |
        param çekildi | para alındı | fazla para | fazla çekil* | ödedim ama | ödeme yaptım ama |
        ödeme yapamıyorum | ödeme geçmiyor | ödeme başarısız | ödeme olmuyor | kartım reddedil* |
        hesabımdan çekil* | hesabımdan para | iki kere ödeme | iki kez ödeme | cobraron dos veces |
        cobraron doble | cobraron 2 veces | cobro doble | doble cobro | cargo doble | doble cargo |
        cobraron de más | cobraron de mas | me cobraron | pagué pero | pague pero | pagué y no |
        pague y no | ya pagué y | el pago no pasa | no puedo pagar | pago rechazado |
        rechazan mi tarjeta | el pago falló | cobrado dos veces | cobrado doble | no me deja pagar |
        cargado dos veces | descontaron | cobrada duas vezes | cobrado duas vezes |
        cobraram duas vezes | cobrança dupla | cobrança duplicada | duas cobranças |
        cobraram 2 vezes | paguei e não | paguei mas | paguei e nada | paguei e nao |
        não consigo pagar | pagamento recusado | pagamento não passa | debitaram | cobrança indevida |
        pagamento não foi | descontaram | cobrou duas | pix não caiu | não passa o pagamento |
        debitado duas | débité deux fois | débitée deux fois | débité 2 fois | débitée 2 fois |
        prélevé deux fois | prélevée deux fois | prélevé 2 fois | débité en double | double débit |
        double prélèvement | double paiement | facturé deux fois | facturée deux fois |
        payé deux fois | payé mais | payé et je n'ai | paiement refusé | paiement ne passe pas |
        n'arrive pas à payer | débité mais | trop prélevé | prélevé trop | j'ai été débité |
        impossible de payer | trop facturé | doppelt abgebucht | zweimal abgebucht |
        doppelt belastet | doppelt bezahlt | zweimal belastet | zweimal bezahlt | doppelte abbuchung |
        doppelt berechnet | zweimal berechnet | zu viel abgebucht | zuviel abgebucht |
        geld abgebucht | geld wurde abgebucht | bezahlt aber | bezahlt und nichts |
        zahlung fehlgeschlagen | zahlung geht nicht | zahlung funktioniert nicht |
        kann nicht bezahlen | kann nicht zahlen | 2 mal abgebucht | 2x abgebucht | do baar paise |
        do bar paise | do baar kat | do bar kat | paise kat gaye | paisa kat gaya | paise kat gye |
        paise cut | paisa cut | payment fail | payment nahi ho | do baar charge | paise kaat |
        2 baar | amount cut | amount deducted | terpotong dua kali | kepotong dua kali |
        dipotong dua kali | terdebet dua kali | ditagih dua kali | bayar dua kali | dobel bayar |
        double bayar | saldo terpotong | saldo kepotong | sudah bayar tapi | udah bayar tapi |
        pembayaran gagal | ga bisa bayar | gak bisa bayar | tidak bisa bayar | pembayaran ditolak |
        uang terpotong | uang saya terpotong | kepotong 2x | terpotong 2x | kelebihan bayar |
        addebitato due volte | addebitata due volte | addebito doppio | doppio addebito |
        pagato due volte | pagato ma | pagamento rifiutato | non riesco a pagare |
        addebitati due volte | pobrano dwa razy | pobrano pieniądze | pobrane dwa razy |
        podwójna płatność | podwójnie pobr* | dwa razy pobr* | zapłaciłam a | zapłaciłem a |
        zapłaciłem ale | zapłaciłam ale | płatność odrzucona | nie mogę zapłacić |
        dubbel afgeschreven | twee keer afgeschreven | twee keer betaald | dubbel betaald |
        betaald maar | betaling mislukt | kan niet betalen | trừ tiền hai lần | trừ tiền 2 lần |
        bị trừ tiền | thanh toán lỗi | trả tiền rồi mà | chuyển khoản rồi mà""",
}
