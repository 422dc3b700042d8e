"""Words from education and business, each with its kind of hyphen: a small list of our own.

Spelled as the official Dutch spelling has it. A "|" marks where a word without hyphen is broken.
"""

from __future__ import annotations

WITH_HYPHEN: dict[str, str] = {
    "letter of afkorting": """
        hbo-opleiding hbo-diploma hbo-deeltijdstudie hbo-student hbo-niveau hbo-instelling
        mbo-student mbo-opleiding mbo-docent mbo-diploma mkb-bedrijf mkb-route mkb-ondernemer
        mkb-werkgevers vmbo-leerling vwo-diploma wo-bachelor ad-opleiding Ad-opleiding Ad-diploma
        Ad-programma Ad-studenten zzp-schap btw-nummer btw-tarief cao-afspraken cao-overleg
        cv-check e-mail e-learning e-portfolio e-mailadres ict-afdeling ict-bedrijf ict-opleiding
        it-beheerder hr-afdeling hr-adviseur hrm-beleid ov-kaart ov-studentenkaart pgb-houder
        roc-docent tv-programma pc-gebruiker pr-medewerker usb-stick vut-regeling wa-verzekering
        wmo-loket ww-uitkering wia-uitkering bbl-opleiding bbl-traject bol-student llo-aanbod
        evc-traject evc-procedure kvk-nummer bv-structuur ai-toepassing vr-bril nt2-docent
        ggz-instelling iq-test id-bewijs pdf-bestand sms-bericht cd-speler dvd-speler
        x-as y-waarde t-shirt o-benen d-toets p-waarde s-bocht u-vormig v-teken
        OCW-subsidie SBB-erkenning UWV-loket SER-advies NVAO-besluit CBS-cijfers EU-subsidie
        KvK-inschrijving RVO-regeling WO-opleiding HBO-raad ROC-leerling STAP-budget AVG-proof
        """,
    "cijfer": """
        mbo-4 mbo-2-niveau 10-jarig 4-jarige 18-jarigen 50-plusser A4-formaat
        21e-eeuws 3D-printer 3D-model 24-uursdienst 2-daags 5-jarenplan vwo-5 havo-4-leerling
        top-10 4x4-wagen niveau-4-opleiding 80-urige 30-daags 5-sterrenhotel 2e-jaars
        1e-jaarsstudent
        """,
    "naam of hoofdletter": """
        Noord-Holland Zuid-Holland Noord-Brabant Oost-Groningen West-Friesland Midden-Nederland
        Zuidoost-Azië Oost-Europa Noord-Nederland Zuid-Limburg West-Brabant Nieuw-Zeeland
        Sint-Maarten Anne-Marie Jan-Willem Frans-Duits Nederlands-Duitse Engels-Nederlands
        anti-Amerikaans pro-Europees niet-Nederlandse oud-Nederlands West-Europese
        Smit-Jansen Bakker-Visser hbo-Nederland mkb-Nederland on-Nederlands
        """,
    "begint met hoofdletter": """
        Word-document Excel-bestand Teams-vergadering Erasmus-beurs Google-account
        Windows-computer Debian-pakket Linux-systeem LinkedIn-pagina Facebook-bericht
        Philips-medewerker Avans-student Fontys-docent Saxion-onderzoek Zoom-gesprek
        Delft-alumnus Rotterdam-rijnmond Twente-regio Brainport-regio Microsoft-licentie
        Heineken-fabriek Rabobank-filiaal Gouda-kaas Leiden-student YouTube-kanaal
        """,
    "voorvoegsel": """
        niet-westers niet-bekostigd niet-roker niet-werkend niet-passend niet-leden
        oud-leerling oud-student oud-collega oud-docent oud-minister oud-directeur
        ex-student ex-collega ex-partner ex-voorzitter non-profit non-actief non-fictie
        non-verbaal adjunct-directeur aspirant-lid aspirant-koper kandidaat-notaris
        assistent-accountant interim-manager leerling-verpleegkundige stagiair-docent
        collega-bedrijf collega-instelling chef-kok chef-staf minister-president
        secretaris-generaal directeur-generaal directeur-eigenaar
        """,
    "klinkerbotsing": """
        na-apen zee-egel zee-eend auto-ongeluk auto-industrie massa-ontslag massa-artikel
        defensie-uitgaven organisatie-indeling organisatie-idee innovatie-impuls
        studie-uitval studie-uren studie-inhoud studie-eisen stage-eisen
        stage-uren stage-instelling stage-einde stage-evaluatie productie-installatie
        evaluatie-instrument subsidie-instrument subsidie-informatie regio-overleg
        regio-overstijgend toe-eigenen co-ouder radio-omroep video-opname foto-opdracht
        domino-effect milieu-inspectie zonne-energie mede-eigenaar mede-initiatief
        pre-industrieel anti-inflatie vakantie-uren administratie-uren
        communicatie-uiting communicatie-instrument informatie-uitwisseling relatie-inspanning
        coördinatie-inspanning re-integratie re-integreren
        theorie-uren actie-items directie-evaluatie milieu-effect euro-uitgaven
        """,
    "overig": """
        zwart-wit kant-en-klaar mond-tot-mond op-en-neer trainer-coach coach-begeleider
        student-assistent student-werknemer student-ondernemer docent-onderzoeker
        docent-coach werk-privébalans ja-nee-vraag start-stop man-vrouwverhouding
        prijs-kwaliteitverhouding vraag-antwoord ouder-kindrelatie ik-vorm wij-gevoel
        doe-het-zelf face-to-face up-to-date in-company hands-on check-in follow-up
        start-up scale-up back-up stand-alone sint-bernard christen-democraat
        sociaal-democraat kosten-baten win-winsituatie wo-hbo-overgang learning-by-doing
        oost-west noord-zuidlijn rood-wit
        """,
    "hangend streepje": """
        in-_en_uitvoer leer-_en_werkplek voor-_en_nadelen mbo-_en_hbo-studenten
        mbo-_of_hbo-niveau plus-_en_minpunten om-_en_bijscholing school-_en_praktijkbegeleider
        vraag-_en_aanbodzijde begin-_of_eindtoets dag-_tot_avondopleiding taal-_en_rekentoets
        boven-_en_onderkant bedrijfs-_en_schoolbezoek studie-_of_werkplek voltijd-_en_deeltijd
        project-_dan_wel_programmaleider land-_en_tuinbouw zorg-_en_welzijnssector
        kennis-_en_innovatiebeleid arbeids-_en_leerovereenkomst werk-_noch_leerplek
        hoofd-_c.q._nevenvestiging onderwijs-_resp._examenregeling vak-_én_beroepsgericht
        """,
}
"""Words whose hyphen stays, by kind. In a hanging one "_" stands for a space."""

WITHOUT_HYPHEN = """
    leerwerk|plek leer|werkplek praktijk|begeleider werkplek|begeleiding deeltijd|opleiding
    beroeps|praktijk werk|gever werk|nemer onderwijs|instelling hoge|school bedrijfs|leven
    school|begeleider student|begeleiding studie|loopbaan studie|last stage|bedrijf
    stage|plek stage|vergoeding salaris|schaal loon|kosten begroting|stekort subsidie|regeling
    subsidie|aanvraag leer|uitkomsten leer|doelen leer|proces toets|programma beoordelings|criteria
    examen|commissie accreditatie|proces aanmeld|formulier inschrijf|geld college|geld
    instroom|eisen door|stroom uit|stroom vrij|stelling eind|gesprek tussen|evaluatie
    samenwerkings|overeenkomst onderwijs|arbeidsovereenkomst kennis|deling kennis|instelling
    netwerk|bijeenkomst regio|coördinator project|leider programma|manager kwartier|maker
    onder|nemer onder|nemersvereniging branche|organisatie sector|plan arbeids|markt
    arbeids|tijd vak|kracht vak|manschap technologie|bedrijf maak|industrie bouw|bedrijf
    horeca|ondernemer familie|bedrijf groei|bedrijf klein|bedrijf midden|bedrijf
    havo|leerling havo|diploma pabo|student mavo|leerling pin|code led|lamp
    semi|overheid pseudo|wetenschap anti|reclame vice|voorzitter mede|student super|markt
    mini|onderneming multi|functioneel inter|sectoraal post|hbo co|creatie co|auteur
    web|site internet|pagina online|cursus e-mail|adres mail|adres cloud|dienst
    oude|re oud|ste non|sens ex|amen niet|ig in|houd op|drijven over|leggen aan|bieden
    een|en|twintig drie|ëntwintig re|organisatie co|ördinatie ge|ïnteresseerd be|antwoorden
    ad|vies it|eratie hr|olf bol|werk wo|ning ov|en ik|oon at|omen id|ee ma|nier
    tech|nologie mach|ine psych|ologie her|fst kracht|en strikt|heid on|zichtbaar
    BEDRIJFS|LEVEN OPLEI|DING STUDENT|EN Onder|wijs Bege|leiding Neder|land Rot|terdam
    Hoge|school Werk|geversorganisatie Amster|dam Gronin|gen Euro|pese
    """
"""Words without hyphen, with where they are broken."""
