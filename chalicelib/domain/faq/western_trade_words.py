"""Of the languages of Western and Southern Europe: see `trade_words`."""

from typing import Final

WORDS: Final = {
    "en": """parcel: parcel package
        order: =order =orders =ordered =ordering =buy =bought =purchase =purchased
        thing: =item =items =product =products =thing =things =goods =article
        status: =already =yet
        delivery: deliver ship =shipping courier dispatch =post =send =sending
        abroad: abroad international overseas worldwide foreign
        price: =price =prices =pricing =cost =costs =fee
        price: =fees =charge =charges =charged =rate =rates how_much =pricelist expensive cheap
        duration: how_long how_many_days =duration =takes
        free: =free =gratis
        pay: =pay =pays =paying =paid payment payable
        card: =card =cards =visa mastercard =amex
        cash: =cash =cod
        installment: instalment installment klarna =monthly
        return: return =sent_back send_back give_back bring_back
        refund: refund reimburs money_back
        exchange: exchang =swap =swapped
        cancel: cancel
        change: =change =changed =changing modify =amend
        size: =size =sizes sizing =fit =fits measurement
        stock: =stock =stocked availab restock sold_out
        discount: discount promo coupon voucher =sale =sales
        warranty: warrant guarantee
        hours: opening_hours opening_times what_time working_hours =hours =open
        hours: =opened =opening =close =closed =closing =schedule
        place: =address =shop =shops locat =where_are_you =store =stores =showroom =directions
        track: =track =tracked tracking
        pickup: pick_up pickup =collect collection click_and_collect
        contact: =contact =phone telephone =call =email hotline
        gift: =gift =gifts gift_wrap =present =presents
        invoice: invoice =receipt =vat
        damaged: damag broken =broke defect faulty =torn
        repair: repair =fix =fixed =mend
        late: =late delay =overdue
        lost: =lost missing never_arrived
        wrong: =wrong incorrect mistake
        wholesale: wholesale bulk resell""",
    "ro": """parcel: =colet =coletul
        order: comand comenz cumpar
        thing: produs articol
        status: =deja
        delivery: livra livre livrar expedi curier transport =trimiteti
        abroad: strainatat international =afara
        price: =pret =pretul =preturi =preturile =cost costa =taxa =scump =ieftin =tarif
        duration: cat_dureaza =dureaza =durata cate_zile in_cat_timp cat_timp =termen
        free: gratuit =gratis
        pay: =plata =plati =platesc =platit =platiti =plateste =platim achit
        card: =card =cardul =cardului =carduri
        cash: numerar ramburs =cash
        installment: in_rate =ratele
        return: retur returnez =inapoi inapoiez =inapoia
        refund: ramburs_bani banii_inapoi =rambursare restitui
        exchange: schimb
        cancel: anul
        change: modific
        size: marim masur
        stock: =stoc =stocul disponib
        discount: reduc promot =voucher =cupon =oferta =oferte
        warranty: garant
        hours: program =orar =orarul =deschis =deschideti =deschisi =inchis =inchideti
        place: adres =magazin =magazinul locat unde_sunteti =situat
        track: urmar =awb
        pickup: ridic
        contact: =contact telefon =numar =suna
        gift: cadou
        invoice: factur =bon =bonul
        damaged: deterior stricat defect spart rupt
        repair: repara
        late: intarz
        lost: pierdut
        wrong: gresit
        wholesale: angro =engros""",
    "es": """parcel: paquete
        order: pedid =comprar =compra =compre
        thing: producto articulo =cosa =cosas
        status: =ya
        delivery: envio envia enviar =envian enviais =envios entreg =mandan =mandais mensajer =reparto
        abroad: extranjero internacional otros_paises
        price: =precio =precios cuesta =costo =coste =costes cuanto_vale =tarifa =tarifas =caro =barato
        duration: cuanto_tarda =tarda =tardan =demora cuantos_dias cuanto_tiempo =plazo =plazos
        free: gratuit =gratis
        pay: =pago =pagos =pagar =pagan =pagas
        card: tarjeta
        cash: efectivo contra_reembolso contrareembolso
        installment: cuotas financi
        return: devol devuelv
        refund: reembols devolucion_del_dinero
        exchange: =cambio =cambios =cambiar =cambian intercambi
        cancel: cancel =anular
        change: modific
        size: =talla =tallas =medidas =tamano
        stock: =stock disponib existencias
        discount: descuento rebaja cupon oferta promoc
        warranty: garant
        hours: horario =abren =abris =abierto =abiertos =cierran =cerrado =cerrais
        place: direccion =tienda =tiendas ubica donde_estan donde_estais
        track: rastre seguimiento
        pickup: recoger recogida
        contact: contact telefono =llamar
        gift: regal
        invoice: factur =recibo
        damaged: danad =roto =rota defect
        repair: repara
        late: retras =tarde
        lost: perdid extravi
        wrong: equivocad incorrect erron
        wholesale: mayorista por_mayor""",
    "pt": """parcel: encomenda =pacote
        order: pedid =comprar =compra =comprei
        thing: produto artigo =coisa =coisas
        status: =ja
        delivery: entreg envio =envia =enviam enviar =frete correio
        abroad: exterior estrangeiro internaciona outros_paises
        price: =preco =precos custa =custo =custos =valor quanto_e =taxa =caro =barato
        duration: quanto_tempo demora =prazo =prazos quantos_dias
        free: gratis gratuit
        pay: =pagar pagament =pago =pagam
        card: cartao cartoes
        cash: dinheiro_vivo =numerario
        installment: parcel prestac
        return: devol
        refund: reembols estorn dinheiro_de_volta
        exchange: =troca =trocar =trocas =trocam
        cancel: cancel
        change: modific alterar alterac
        size: tamanh medidas
        stock: estoque =stock disponiv
        discount: descont cupom promoc
        warranty: garant
        hours: horario =abrem =aberto =abertos =fecham =fechado
        place: endereco =loja =lojas localiz =morada onde_ficam onde_fica
        track: rastre rastrei
        pickup: retirar retirada levantar
        contact: contat telefone ligar
        gift: presente
        invoice: fatura nota_fiscal =recibo
        damaged: danific quebrad defeit
        repair: consert repara
        late: atras
        lost: perdid extravi
        wrong: errad =erro
        wholesale: atacado""",
    "fr": """parcel: colis
        order: command achet achat
        thing: produit article =chose =choses
        status: =deja
        delivery: livr expedi =envoi =envoyer =envoyez coursier
        abroad: etranger international
        price: =prix =cout =couts coute =tarif =tarifs combien_ca =frais =cher
        duration: combien_de_temps =delai =delais combien_de_jours =duree
        free: gratuit offert
        pay: =payer =paye =payez =paie =regler paiement =reglement payement
        card: =carte =cartes bancaire
        cash: especes =liquide
        installment: plusieurs_fois mensualit
        return: retour renvoy =rendre
        refund: rembours
        exchange: echang
        cancel: annul
        change: modifi =changer
        size: taille pointure mesures
        stock: =stock =stocks disponib
        discount: remise reduction promo =solde =soldes
        warranty: garant
        hours: horaire =ouvert =ouverts =ouvre =ouvrez =ouverture =ferme =fermez =fermes heures_d_ouverture
        place: adresse =magasin =magasins =boutique =boutiques ou_etes =situes =situe
        track: suivi suivre
        pickup: retrait retirer
        contact: contact telephon appeler joindre
        gift: cadeau
        invoice: factur =recu
        damaged: abim casse defectueu endommag
        repair: repar
        late: retard
        lost: perdu
        wrong: erreur trompe mauvais
        wholesale: =gros grossiste""",
    "de": """parcel: paket packchen
        order: bestell =kaufen =kaufe gekauft =kauf
        thing: artikel produkt =ware =waren =sache =sachen
        status: =schon
        delivery: liefer versand versend verschick =zustellung
        abroad: ausland international
        price: =preis =preise kost =gebuhr =gebuhren wie_viel =wieviel =teuer =gunstig wie_hoch
        duration: wie_lange =dauert =dauer lieferzeit wie_viele_tage
        free: kostenlos gratis versandkostenfrei
        pay: zahl bezahl
        card: kreditkart =karte =karten
        cash: =bar =bargeld nachnahme barzahl
        installment: ratenzahl =raten
        return: zuruckgeb zurucksend zuruckschick ruckgab rucksend retour
        refund: erstatt geld_zuruck ruckerstatt
        exchange: umtausch =tauschen austausch
        cancel: storn widerruf abbestell
        change: =andern anderung
        size: =grosse =grossen passform
        stock: lager verfugbar vorratig =lieferbar
        discount: rabatt gutschein aktion =angebot =angebote
        warranty: garanti gewahrleist
        hours: offnungszeit =geoffnet =offen geschlossen =offnet =schliesst =offnen
        place: adresse standort =laden =geschaft =filiale =filialen
        track: verfolg sendungsnummer tracking
        pickup: abhol
        contact: kontakt telefon =anrufen erreich
        gift: geschenk
        invoice: rechnung quittung
        damaged: beschadigt kaputt defekt
        repair: reparat reparier
        late: verspat =spat
        lost: verloren
        wrong: falsch =fehler
        wholesale: grosshandel""",
}
