"""People asked for, in Latin letters."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "person_alone": """agent | human | humans | operator | operater | person | real person |
        a person | live agent | live chat | live person | human agent | representative | rep |
        customer service | customer care | customer support | support | support agent | consultant |
        manager | supervisor | real human | a human | an agent | someone real | real agent |
        speak to agent | talk to agent | human please | helpdesk | support team | staff |
        an operator | a manager | a representative | agnet | humna | operatora | chelovek |
        cheloveka | zhivoy chelovek | zhivoi chelovek | menedzher | operatorul | om | o persoană |
        persoană reală | un om | agent uman | suport | om real | un operator | angajat | vânzător |
        mowazaf | mowathaf | mouazzaf | müşteri temsilcisi | müşteri hizmetleri | temsilci | insan |
        canlı destek | yetkili | gerçek kişi | gerçek insan | destek | müşteri temsilcisine |
        müşteri hizmetlerine | operatör | canlı temsilci | musteri temsilcisi | musteri hizmetleri |
        gerçek bir insan | bir insan | görevli | agente | asesor | asesora | humano | persona |
        persona real | operador | operadora | ejecutivo | ejecutiva | atención al cliente |
        servicio al cliente | representante | encargado | encargada | un humano | una persona |
        un agente | un asesor | soporte | vendedor | un asesor humano | atendente | pessoa |
        pessoa real | atendimento | atendimento humano | gerente | vendedora | suporte | sac |
        um atendente | uma pessoa | alguém | atendente humano | humain | conseiller | conseillère |
        opérateur | une personne | service client | un humain | un conseiller | vrai humain |
        vraie personne | une vraie personne | responsable | un agent | sav | un opérateur |
        le service client | personne réelle | mitarbeiter | mitarbeiterin | mensch | echter mensch |
        berater | kundenservice | kundendienst | kundenbetreuung | echte person | kundenberater |
        ein mensch | einen menschen | menschen | ansprechpartner | einen mitarbeiter | verkäufer |
        sachbearbeiter | insaan | executive | koi insaan | admin | cs | orang | manusia | orang asli |
        admin manusia | petugas | agen | admin asli | cs manusia | operatore | servizio clienti |
        assistenza | umano | consulente | addetto | assistenza clienti | un operatore | konsultant |
        konsultanta | człowiek | człowieka | obsługa klienta | pracownik | doradca | kierownik |
        biuro obsługi | medewerker | mens | klantenservice | een mens | echt persoon |
        een medewerker | echte persoon | nhân viên | tư vấn viên | người thật | gặp nhân viên |
        chăm sóc khách hàng | nhân viên tư vấn | người""",
    "human": """owner | shop owner | the shop owner | store owner | a colleague | colleague | patron |
        proprietar* | mağaza sahib* | dükkan sahib* | dueño | dueña | dono | dona | propriétaire |
        gérante | inhaber | inhaberin | dukan ke malik | pemilik | ownernya | proprietario |
        właściciel* | eigenaar | chủ tiệm | chủ cửa hàng | anyone | anybody | a person | real people |
        humans | actual person | human | real person | person | someone | somebody | agent |
        operator | manager | representative | supervisor | live agent | customer service |
        customer care | customer support | support team | a rep | consultant | the owner | your boss |
        real human | staff member | live person | support agent | human being | anyone real |
        anybody real | your team | someone from | the boss | support | chelovekom | operatorom |
        menedzherom | operatora | cheloveka | un om | om real | o persoană | cineva | operatorul |
        un operator | un consultant | managerul | un agent | responsabil | șeful | un reprezentant |
        reprezentant | persoană reală | relații clienți | cu un angajat | oameni | mowazaf | 7ad |
        insanla | insan ile | bir insanla | temsilci* | müşteri temsilcisi* | müşteri hizmetleri* |
        yetkili* | biriyle | birisiyle | operatör* | kişiyle | müdür* | gerçek biri* | görevli* |
        biri ile | birine | insana | patron* | müşteri hizmetlerine | canlı destek* |
        musteri hizmetleri* | musteri temsilcisi* | una persona | persona | humano | alguien |
        un agente | agente | asesor | asesora | operador | encargado | encargada | gerente |
        ejecutivo | representante | persona real | atención al cliente | servicio al cliente |
        el dueño | la dueña | con ustedes | el jefe | um humano | pessoa | alguém | atendente |
        vendedor | vendedora | responsável | uma pessoa | pessoa real | o dono | pessoa de verdade |
        atendimento | suporte | ser humano | quelqu'un | une personne | un humain | humain |
        conseiller | conseillère | responsable | opérateur | vraie personne | service client |
        un vendeur | qqn | le patron | la patronne | le directeur | gérant | votre équipe | le sav |
        menschen | mensch | mitarbeiter | mitarbeiterin | jemandem | jemanden | berater |
        kundenservice | ansprechpartner | echten person | einer person | chef | chefin |
        kundendienst | vorgesetzten | kundenberater | filialleiter | einem verkäufer | insaan |
        insan | kisi se | executive | aadmi | kisi insaan | owner se | malik | admin | cs | orang |
        manusia | orang asli | manajer | atasan | petugas | penjual* | orangnya | adminnya | agen |
        un operatore | operatore | qualcuno | un umano | responsabile | servizio clienti |
        consulente | un addetto | titolare | człowiekiem | człowieka | konsultant* | kimś |
        pracownik* | operator* | kierownik* | obsługą | osobą | szefem | żywym | mens | iemand |
        medewerker | klantenservice | persoon | leidinggevende | de baas | nhân viên | người thật |
        tư vấn viên | ai đó | quản lý | chủ shop | người tư vấn""",
    "talk": """talk | speak | chat with | chat to | connect | connect me | transfer | transfer me |
        put me through | put me on | let me talk | call me a | speaking | talking to | hand me over |
        escalate | forward me | pass me | reach a | contact a | speak with | switch me |
        need to reach | answer me | respond | reply | pogovorit | govorit | soedinite | pozovite |
        perekluchite | svyazatsya | vorbesc | vorbi | vorbim | discut | discuta | conectați* |
        conecteaza | transferați* | dați-mi | chemați | legătura | contact cu | faceți-mi legătura |
        puneți-mă | transferă* | akalem | a7ki | atkalem | nehki | görüşmek | görüşebilir* |
        görüşeyim | konuşmak | konuşabilir* | konuşayım | bağla* | bağlan* | bağlar* | aktar* |
        görüştür* | iletişim* | konusmak | gorusmek | konusabilir* | baglan* | bagla* | ulaşmak |
        ulaşabilir* | hablar | hablo | hablen | comunicar* | comunica* | comuníqu* | conectar* |
        pásame | pasame | páseme | paseme | pásenme | transfi* | contactar | atienda | chatear |
        me atienda | ponme con | póngame | pasarme | conversar | falar | transfere | transferir |
        transfira | me passa | passar para | chama | chamar | falo | contato com | passa pra |
        me atenda | me transfira | atendido por | parler | parle | discuter | joindre | contacter |
        transférez* | passez moi | passer à | mettez moi | échanger | échange | mettre en relation |
        sprechen | reden | verbinden | verbinde | verbinden sie | weiterleiten | spreche | rede |
        schreiben mit | geben sie mir | gib mir | kontaktieren | unterhalten | chatten | erreichen |
        baat | bat karni | baat karwao | baat karni | jodo | bulao | bicara | berbicara | ngobrol |
        hubungkan | sambungkan | chat dengan | terhubung | ngomong | disambungkan | panggil* |
        dilayani | dibalas | parlare | parlo | passatemi | mettetemi | contattare | rozmawiać |
        porozmawiać | połącz* | poproszę | rozmowa | skontaktować | praten | spreken | doorverbinden |
        verbind | doorverbind* | contact met | nói chuyện | gặp | kết nối | chuyển | cho mình gặp |
        tư vấn trực tiếp""",
    "person_sure": """contact me directly | someone from your team | someone from the team |
        somebody from the team | somebody from your team | someone contact me | somebody contact me |
        please contact me | contactați-mă | contactati-ma | luați legătura cu mine |
        benimle iletişim* | bana ulaşın | contáctenme | contactenme | póngase en contacto |
        entrem em contato comigo | entre em contato comigo | contactez moi | me contacter |
        kontaktieren sie mich | meldet euch bei mir | melden sie sich bei mir | hubungi saya dong |
        contattatemi | proszę o kontakt | neem contact met mij | liên hệ với tôi | liên hệ cho mình |
        me atienda una persona | me atienda un humano | me atenda uma pessoa | mujhse contact |
        mujhse sampark | shop owner please | give me a human | give me a person | give me an agent |
        give me someone | give me a real | get me a human | get me a person | get me an agent |
        get me your manager | get me the manager | get me a manager | get me someone |
        bring me a human | pass me to a | pásame con un | pásame con una | passe para um |
        passa para um | donnez moi un conseiller | geben sie mir einen menschen |
        gebt mir einen menschen | dați-mi un om | beri saya admin | someone call me |
        somebody call me | can you call me | could you call me | call my number | give me a call |
        phone me | puteți să mă sunați | mă puteți suna | ma puteti suna | me pueden llamar |
        pueden llamarme | podem me ligar | pode me ligar | vous pouvez m'appeler |
        pouvez vous m'appeler | me rappeler | können sie mich anrufen | beni arayabilir* |
        can someone talk | bisa telepon saya | can i talk to someone | need to talk to someone |
        need to speak to someone | want to talk to someone | need a person | want a person |
        need a real | want a real | need someone real | real person please | anyone i can talk |
        someone i can talk | anyone i can speak | someone i can speak | anyone i can actually |
        is anyone real there | are there any humans | not automated | automated replies i |
        automatic replies i | robot i want | no machine | hay una persona | hay algún humano |
        hay alguna persona | quiero una persona | quiero un humano | necesito un humano |
        necesito una persona | necesito un agente | quero um humano | quero uma pessoa |
        preciso de um atendente | preciso de uma pessoa | tem algum humano | chama um atendente |
        chame um atendente | je veux un humain | je veux une personne | je veux un conseiller |
        besoin d'un humain | besoin d'un conseiller | will einen menschen | möchte einen menschen |
        brauche einen menschen | brauche einen mitarbeiter | gibt es hier menschen | bir yetkili |
        yetkili istiyorum | insan istiyorum | temsilci istiyorum | biriyle görüş* | vreau un om |
        vreau un operator | vreau o persoană | am nevoie de un om | am nevoie de un operator |
        mau manusia | butuh admin | minta admin | mau admin | panggil admin | panggilkan admin |
        voglio un operatore | voglio una persona | chcę człowieka | ik wil een mens |
        ik wil een medewerker | wil een mens | talk to a human | speak to a human | talk to human |
        speak with a human | talk to a person | speak to a person | talk to someone |
        speak to someone | speak with someone | talk with someone | talk to somebody |
        speak to somebody | talk to a real | speak to a real | human please | need a human |
        want a human | a real human | live agent | live person | actual human | actual person |
        real human being | human agent | not a bot | not a robot | no bots | no bot |
        speak to the manager | speak to your manager | talk to the manager | speak to a manager |
        is there a human | any human | any humans | is anyone real | call me back | call me please |
        please call me | not with a bot | hate bots | stop the bot | stupid bot | need an agent |
        want an agent | need an operator | human support | zhivoy chelovek | nuzhen operator |
        nuzhen chelovek | om real | persoană reală | nu cu un robot | nu un robot | nu robot |
        nu bot | sunați-mă | sunati ma | vorbesc cu un om | om adevărat | gerçek bir insan* |
        gerçek insan* | gerçek bir kişi* | canlı destek* | bot değil | robot değil | robotla değil |
        botla değil | beni arayın | beni arar mısınız | müşteri temsilcisine bağla* |
        temsilciye bağla* | hablar con una persona | hablar con un humano | hablar con alguien |
        persona real | no un robot | no con un robot | no un bot | no con un bot | llámenme |
        llamenme | llámame por favor | asesor humano | persona de verdad | necesito un asesor |
        quiero un asesor | falar com um humano | falar com humano | falar com alguém |
        falar com uma pessoa | falar com atendente | falar com um atendente | pessoa de verdade |
        não robô | não um robô | não com robô | não com um robô | me liguem | me liga por favor |
        atendimento humano | atendente humano | vrai humain | vraie personne | être humain |
        pas un robot | pas à un robot | pas un bot | pas à un bot | rappelez moi | appelez moi |
        parler à quelqu'un | parler à un humain | parler à un conseiller | un vrai conseiller |
        conseiller humain | echten menschen | echter mensch | richtigen menschen | echte person |
        echten person | keinen bot | kein bot | kein roboter | nicht mit einem bot | rufen sie mich |
        rufen sie mich an | ruft mich an | mit einem menschen | rückruf | insaan se baat |
        kisi se baat | customer care se | agent se baat | manager se baat | bot nahi | call karo |
        mujhe call | real insaan | asli insaan | orang asli | manusia asli | bukan bot | bukan robot |
        tolong telepon saya | telpon saya | admin asli | cs manusia | persona vera | persona reale |
        non un bot | non con un bot | richiamatemi | żywym człowiekiem | żywego człowieka |
        nie z botem | nie bot | proszę zadzwonić | echt persoon | echte persoon | echt mens |
        echte medewerker | geen bot | geen robot | bel mij | bel me terug | người thật |
        không phải bot | gọi cho tôi | gọi lại cho""",
    "not_ours": """who speaks | speaks english | speaks russian | speak english | speak russian |
        speaks romanian | qui parle | habla inglés | hablan inglés | que hable | fala inglês |
        falam inglês | parla inglese | spricht englisch | der englisch | die englisch |
        englisch sprechen | sprechen sie | sprecht ihr | ingilizce | collaboration | collab | yoga |
        for her | for him | regalo | presente | cadeau | geschenk | hediye | hadiah | cadou |
        picture | photo | photos | pictures | model | estate agent | real estate agent |
        travel agent | cleaning agent | agent orange | video | hair | wig | hand made | poza | poze |
        fotografie | păr | fotoğraf* | resim* | saç* | peruk* | foto | fotos | imagen | modelo |
        cabello | pelo | imagem | cabelo | mannequin | cheveux | image | perruque | bild | haare |
        menschenhaar | photo me | rambut | gambar | fragrance | for a friend | gift | sewing | crane |
        insurance | sales agent in | distributor | reseller | become | job | vacancy | hiring |
        work for | size | for one person | for two | how many""",
    "want": """actual | real | live | echten | echter | vrai | vraie | verdadeiro | de verdade |
        gerçek | canlı | asli | vero | vera | prawdziw* | echte | thật | reală | adevărat | please |
        pls | plz | plss | i want | want | i need | need | give me | get me | i would like | id like |
        can i | could i | can you | to | a | an | the | with | me | my | your | now | get | have |
        from | for | of | let | want to | speak | talk | chat | help | dont want | no | not | bot |
        robot | instead | pozhaluysta | nuzhen | hochu | vreau | vă rog | va rog | doresc | aș vrea |
        să | cu | un | o | îmi | de la | te rog | puteți | pot | min fadlak | lütfen | istiyorum |
        lazım | bir | ile | rica ediyorum | olur mu | mümkün mü | lutfen | por favor | porfa |
        porfavor | quiero | necesito | quisiera | una | con | el | la | puedo | quero | preciso | um |
        uma | com | gostaria | pfv | pf | de | por gentileza | svp | s'il vous plaît | stp |
        s'il te plaît | je veux | je voudrais | j'ai besoin | je souhaite | avec | le | à | du |
        d'un | bitte | ich möchte | ich will | ich brauche | ich hätte gern | einen | eine | einem |
        mit | den | zum | zu | möchte | chahiye | mujhe | se | ko | koi | tolong | mohon | mau |
        minta | saya | dengan | ke | ada | dong | butuh | bisa | per favore | vorrei | voglio |
        ho bisogno | di | proszę | poproszę | chcę | potrzebuję | prosze | alsjeblieft | graag |
        ik wil | een | met | aub | làm ơn | cho | tôi | mình | muốn | cần""",
}
