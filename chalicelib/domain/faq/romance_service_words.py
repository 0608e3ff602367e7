"""What shops do beside selling, in Spanish, Portuguese, French and Romanian: see `western_service_words`."""

from typing import Final

WORDS: Final = {
    "es": """city: ciudad ciudades
        region: zona barrio region provincia afueras alrededores municipio codigo_postal que_lugares
        region: que_partes hasta_donde todo_el_pais
        soon: mismo_dia hoy_mismo express para_hoy urgente llega_hoy esta_tarde esta_noche pido_ahora
        soon: =urge
        deposit: anticipo senal adelanto por_adelantado por_anticipado =sena prepago abonar_antes
        note: dedicatoria tarjetita notita =nota =notas tarjeta_de_felicitacion tarjeta_con
        hiring: contratan contratando empleo vacante trabajo trabajar curriculum buscan_personal
        hiring: gente_para_trabajar necesitan_gente buscan_gente
        event: boda =bodas evento =fiesta =fiestas novia quinceanera matrimonio cumpleanos banquete
        event: catering
        allergen: alerg gluten =nuez =nueces cacahu lactosa vegan vegetarian sin_azucar celiac =mani
        allergen: halal
        care: cuidar cuido cuidad conservar conservo duren_mas mantener mantenimiento limpiar limpio
        care: limpieza
        subscribe: suscrip suscrib mensual semanal cada_mes cada_semana
        loyalty: =puntos fideli recompensa socio membresia
        genuine: original autentic =falso falsific certificad imitacion pirata =legitimo
        used: segunda_mano usado usados reacondicionad seminuev
        install: instal montaje montan =armado =arman
        book: =cita =citas turno reserva reservar agendar apartar un_espacio espacio_para
        tryon: probar probarme probador antes_de_comprar =prueba
        least: minimo minima
        voucher: tarjeta_regalo tarjeta_de_regalo vale_regalo bono_regalo gift_card
        list: catalogo lista_de_precios =menu =carta =precios_de precios
        rent: alquil rentar =renta =rentan arriend por_dia por_hora =rento
        lesson: taller talleres =curso =cursos =clase =clases
        sample: muestra =probador_gratis
        customs: aduana arancel impuesto
        partner: revend revender distribuid franquicia colabora socios
        green: ecolog recicla sostenib organic cruelty
        carrier: transportista mensajeria_usan correos =seur que_empresa_de
        tradein: compran_usad parte_de_pago mi_vieja mi_viejo toman_usad
        change: =otro_dia otra_fecha en_vez_del posponer mover reprogram aplazar otra_direccion
        change: =me_equivoque
        pickup: recoger paso_por pasar_por en_tienda =recojo busco_yo retirarlo
        delivery: =reparten =llevan =llegan =entregan a_domicilio repart
        hours: fin_de_semana_abren =abrir =cerrar =cierra =abiertas hasta_que_hora a_que_hora
        kids: nino nina bebe =edad =anos anos_de nino_de =hijo =hija
        place: llego_a como_llegar =llegar donde_queda donde_quedan =mapa =estacionamiento por_donde
        insurance: =seguro asegur =cubre =robo
        repair: arregl =taller composturas
        return: regresar =cambio_de_opinion no_me_queda no_me_gusta
        installment: meses_sin msi a_plazos en_pagos a_meses
        gift: envolver envuelv
        cash: pago_contra pagar_al_recibir
        skin: piel sensible
        cancel: desagendar""",
    "pt": """city: cidade cidades
        region: zona bairro regiao regioes interior arredores todo_o_brasil qual_raio ate_onde
        region: quais_lugares municip
        soon: mesmo_dia =express urgente chega_hoje ainda_hoje hoje_ainda hj_ainda entrega_hoje
        soon: entrega_hj para_hoje pra_hoje pra_hj agora_chega
        deposit: sinal adiantad antecipad entrada adiantamento
        note: cartaozinho bilhete recado cartao_com dedicatoria
        hiring: contratando contrat =vaga =vagas emprego trabalhar curriculo trabalhe precisando_de
        hiring: trabalhar_ai
        event: casamento evento =festa =festas noiva aniversario formatura buffet
        allergen: alerg gluten =noz nozes amendoim lactose vegan vegetarian sem_acucar celiac
        care: cuidar cuido cuidad conservar conservo durar_mais limpar limpeza manutencao duram
        subscribe: assinatura assinar mensal semanal todo_mes
        loyalty: =pontos fidelidade cashback
        genuine: original autentic falso falsific replica certificado =fake pirata
        used: segunda_mao usado usados seminovo
        install: instal montagem montam monta
        book: agendar agendamento marcar horario_marcado reserva encaixe encaixar horario_para
        book: =horario_livre
        tryon: provar experimentar provador =testar =teste antes_de_comprar
        least: minimo minima
        voucher: vale_presente cartao_presente gift_card vale_compra
        list: catalogo tabela_de_precos cardapio =menu
        rent: alug diaria por_dia por_hora alugar aluguel
        lesson: =curso =cursos =aula =aulas oficina workshop
        sample: amostra
        customs: alfandeg imposto
        partner: revend revenda franquia parceria distribuid
        green: ecolog recicla sustentav organic testam_em testado_em =animais
        carrier: transportadora sedex qual_correio
        tradein: usado_na_troca compram_usad minha_velha meu_antigo aceitam_usad parte_do_pagamento
        change: =mudar =adiar remarcar outro_dia outra_data outro_endereco reagendar
        pickup: buscar retirar pegar_na_loja vou_ai passo_ai na_loja
        hours: =funciona funcionam fim_de_semana_abrem ate_que_horas =abertas abrem_que fecham_que
        pay: =pix =boleto
        kids: crianc =bebe =idade =anos meu_filho minha_filha =filho =filha
        place: como_chego chegar_ai onde_e_a =mapa estacionamento voces_ficam vcs_ficam
        insurance: =seguro segurado roubo
        repair: arrumar =arruma consertam manutencao_de
        return: trazer_de_volta nao_servir se_nao_gostar me_arrepender
        installment: quantas_vezes em_vezes =vezes dividir divide
        gift: embrulh embalagem
        cash: pagar_na_entrega
        cancel: desmarc
        skin: pele sensivel""",
    "fr": """city: =ville =villes
        region: zone quartier region departement alentours banlieue perimetre code_postal jusqu_ou
        region: toute_la_france quel_rayon quels_endroits secteur
        soon: jour_meme express =urgent dans_la_journee pour_aujourd d_aujourd des_aujourd
        soon: livraison_rapide ce_soir cet_apres
        deposit: acompte =avance =arrhes a_l_avance
        note: carte_de_voeux petit_mot petite_carte mot_doux carte_avec =dedicace
        hiring: recrut =emploi embauch travailler_chez =cv =poste =stage
        event: mariage =fete =fetes evenement =mariee anniversaire bapteme traiteur enterrement
        allergen: allerg gluten =noix arachide cacahuete lactose vegan vegetarien sans_sucre coeliaque
        allergen: halal
        care: entreten entretient =soin =soins conserv nettoy tenir_plus durent garder
        subscribe: abonnement =abonner mensuel hebdomadaire chaque_mois
        loyalty: fidelite =points recompense
        genuine: =original originaux authenti contrefac certificat =faux =vrai =contrefacon
        used: occasion seconde_main d_occasion reconditionn
        install: install montage monter assembl
        book: rendez_vous =rdv reserver reservation de_la_place une_place =dispo disponibilite
        tryon: essayer essayage =essai avant_d_acheter =tester faire_un_tour avant_dacheter
        least: minimum minimal
        voucher: carte_cadeau cheque_cadeau bon_cadeau
        list: catalogue carte_des_prix =menu =grille
        rent: locat louer =louez a_la_journee la_journee par_jour
        lesson: atelier =cours formation
        sample: echantillon
        customs: douane =taxes
        partner: revend distribut franchise partenariat collab
        green: ecolog recycl durable =bio =animaux
        carrier: transporteur chronopost colissimo mondial_relay
        tradein: reprise reprenez racheter rachetez mon_ancien reprise_de mon_vieux
        change: decal report repousser deplacer autre_jour autre_date changer_d autre_adresse trompee_d
        pickup: click_and_collect sur_place =chercher en_boutique =retrait passer_prendre
        card: =cb
        hours: =week_end =fermez =fermeture vous_fermez vous_ouvrez jusqua_quelle jusqu_a_quelle
        kids: =enfant enfants =bebe =age =ans mon_fils ma_fille
        place: c_est_ou cest_ou ou_exactement vous_trouver =plan parking venir_chez comment_venir
        insurance: assur =vol
        repair: =atelier_repar =reparez depann
        return: ramener rapporter ne_va_pas si_ca_ne
        installment: payer_en_3 en_3_fois en_4_fois en_plusieurs
        gift: emball paquet_cadeau
        cash: payer_a_la_livraison
        skin: peau sensible
        cancel: decommand""",
    "ro": """city: =oras =orase =orasul =sate
        region: =zona =zone =zonele cartier localit raion suburb imprejur in_toata =judet pana_unde
        soon: aceeasi_zi express =urgent ajunge_azi azi_daca livrare_azi pe_loc =rapid pentru_azi
        deposit: avans in_avans plata_in_avans =acont
        note: felicit =bilet =biletel =dedicatie
        hiring: angaj post_vacant =vacante =lucru locuri_de_munca =cv
        event: nunta nunti eveniment petrecer mireasa botez aniversar cununie
        allergen: alerg gluten =nuci arahide lactoza vegan fara_zahar =post de_post
        care: ingriji ingrijesc pastrez pastra proaspet tin_mai intretin curat
        subscribe: abonament lunar saptamanal
        loyalty: fidelit =puncte
        genuine: original autentic =fals certificat
        used: second_hand folosit =rulat
        install: instal montaj monta asambl
        book: programare rezerv programa loc_liber
        tryon: =proba =probez incerc inainte_sa_cumpar =incercat
        least: minim =minima
        voucher: card_cadou voucher_cadou
        list: catalog lista_de_preturi =meniu
        rent: inchiri chirie pe_zi pe_ora inchiriez
        lesson: =curs =cursuri atelier lectii
        sample: =mostra =mostre tester
        customs: vama vamal
        partner: revanz revinde franciza parteneri colabor
        green: ecolog recicl
        carrier: =fan_courier =nova_posta firma_de_curierat
        tradein: buy_back rascumpar bicicleta_veche pe_cel_vechi vechiul
        change: =schimba =schimb_data =mut =muta =mutati =amana =aman alta_zi alta_data alta_adresa
        change: reprogram
        pickup: ridicare =ridic =iau_eu personal
        delivery: ajunge_acasa primesc_in zile_primesc zile_il_primesc timp_primesc
        kids: =copil =copii =varsta =ani fiul fiica baietel fetita
        place: =gasesc va_gasesc cum_ajung unde_va =harta parcare
        hours: e_deschis pana_la_cat la_ce_ora =deschideti =inchideti
        insurance: asigur =furt
        repair: repar reparat =service
        return: aduc_inapoi dau_inapoi nu_imi_place nu_mi_vine
        installment: =rata finant rate_fara
        gift: ambala impachet
        cash: plati_la_curier la_livrare plata_la_curier
        skin: piele sensibil ten""",
}
