"""Dutch sentences of our own, hard to part: " | " stands where one sentence ends.

A line is one text; the spaces around "|" are one space in it.
"""

from __future__ import annotations

_CASES = """
De student werkt vier dagen. | Op vrijdag gaat hij naar school.
Wat kost een leerwerkplek? | Dat hangt af van de cao.
Doe het nu! | Morgen is het te laat.
Echt waar?! | Ja, echt.
Ze twijfelde nog… | Toen tekende ze toch.
Hij dacht na ... en tekende.
Dit geldt o.a. voor bedrijven in de bouw. | Voor andere niet.
Dit geldt o.a. Voor-de-zekerheid-bellen helpt.
Vraag m.b.t. De Zaak beantwoorden we per mail.
We doen dit i.s.m. Hogeschool Zuid en het mkb.
Denk bijv. aan een leerlijn, een mentor of een buddy.
Neem bijv. Bouwbedrijf De Hoek. | Dat heeft zes studenten.
De regeling geldt t/m 31 december 2025. | Daarna vervalt zij.
Stuur het formulier a.u.b. vóór 1 mei. | Dank u wel.
Wilt u a.u.b. Anna bellen?
Neem laptop, pasje, enz. mee naar het gesprek.
Neem laptop, pasje, enz. | Wij zorgen voor de rest.
Boeken, laptops, etc. zijn voor eigen rekening.
Boeken, laptops, etc. | De rest betaalt het bedrijf.
Zie hoofdstuk 3 e.v. voor de uitleg.
Het plan is van dr. Jansen en mr. De Boer. | Zij schreven het samen.
Prof. dr. M. A. de Wit opende de dag.
Ir. Bakker, ing. Smit en drs. Kok zitten in de commissie.
Mevr. Van Dijk belt u terug. | Dat doet zij vandaag.
Dhr. P. Visser is uw praktijkbegeleider.
Vraag het aan J. de Vries of aan K.L. Pieters.
A. Bakker en B. Smit begeleiden de groep.
De heer Th. van Rijn is lector.
Zij werkt bij Jansen B.V. in Zwolle. | Hij niet.
Jansen Bouw B.V. | Dat is de naam.
De N.V. Haven doet mee.
De student is ingeschreven op art. 7.8 lid 2 van de wet. | Dat staat in het register.
Zie art. 5 en bijl. 2 van het reglement.
Volgens art. 7.31a van de WHW mag dit. | Vraag het na.
Op blz. 3 staat het schema. | Op blz. 4 de uitleg.
Zie p. 12 en pp. 14-16.
Het gaat om ca. 25 studenten per jaar.
Het kost ca. € 3.000 per jaar, excl. btw. | Subsidie is mogelijk.
Het tarief is € 12,50 per uur. | Reiskosten komen erbij.
De bijdrage is € 2.500. | Die wordt in mei betaald.
Er zijn 1.250 plaatsen. | In 2024 waren dat er 1.100.
De les begint om 9.30 uur. | De lunch is om 12.15 uur.
De les begint om 9.30. | De lunch volgt later.
Bel tussen 9.00 en 17.00 uur met nr. 030 - 123 45 67.
Meld u aan vóór 1 sept. 2025. | Later kan niet.
Van jan. tot dec. loopt de pilot.
Op 3 febr. is er een bijeenkomst.
De 3e editie was groter. | De 4e wordt nog groter.
Wij gaan voor de 1ste plaats. | Altijd.
Kijk op www.voorbeeld.nl. | Daar staat alles.
Kijk op www.voorbeeld.nl/mkb. | Of bel ons.
Mail naar info@voorbeeld.nl. | U krijgt snel antwoord.
Ga naar https://voorbeeld.nl/a.b?c=d. | Log dan in.
Het bestand heet plan.v2.docx. | Open het in Word.
Gebruik versie 2.1. | Die werkt beter.
Zie paragraaf 2.1. | Daar staan de eisen.
Zie par. 2.1 voor de eisen.
2.1. Eisen aan de leerwerkplek
1. De student heeft een contract. | Dat loopt een jaar.
Dat kan in 2025. | In 2026 niet meer.
In groep 8. | Daarna pas in de brugklas.
Dat is het 2e jaar van de Ad. | Daarna volgt de bachelor.
Hij volgt een Ad. | Zij volgt een bachelor.
Hij werkt in het mkb. | Zij in het hbo.
Een opleiding in het hbo. | Dat wil hij.
Ze zegt: “Ik leer hier meer dan op school.” | Dat horen we vaker.
“Ik leer hier meer.” | “Ik ook.”
Hij zei: ‘Dat kan.’ | Zij knikte.
“Wat is een leerwerkplek?” vroeg de directeur.
“Dat doen we!” zei hij. | Toen begon het.
“We beginnen klein. | Later groeien we.” | Zo ging het.
Hij noemt dit ‘leren op de werkvloer’. | Dat is het ook.
(Dit geldt alleen voor deeltijd.) | Voltijd heeft andere regels.
Dit geldt niet voor voltijd (zie bijlage 1). | Vraag ernaar.
Dit staat in de wet (art. 7.4). | Lees dat na.
De uitval is laag (zie tabel 2.). | Dat is goed nieuws.
Het onderzoek (Jansen e.a., 2021) laat dat zien.
Jansen e.a. (2021) laten dat zien.
Dat schrijven Jansen et al. (2020) ook.
Bakker et al. vonden hetzelfde. | Smit niet.
De cijfers zijn van 2020 (bron: CBS). | Nieuwe volgen in mei.
De woorden waren helder: “Dit kan beter” (Visser, 2022). | Dat klopt.
“Wij zijn er blij mee.” (Directeur van een bouwbedrijf) | Dat is mooi.
Hij kreeg een 8. | Zij een 9.
Kies A, B of C. | Vul dat in.
Kies optie A. | Of optie B.
Vitamine C. | Daar zit het in.
Dat is plan B. | Plan A viel af.
Het antwoord is nee. | Dat is jammer.
Hij is o.a. docent en trainer, d.w.z. hij geeft les en traint.
De stage is i.t.t. vroeger betaald.
Het gaat om resp. 10, 20 en 30 studenten.
De student c.q. werknemer tekent.
Zgn. Leernetwerken helpen daarbij.
Dit gebeurt n.a.v. Vragen uit de Kamer.
Dit is t.b.v. De regio bedoeld.
Incl. btw is dat € 121. | Excl. btw € 100.
Dat is max. 20 uur per week en min. 8 uur.
Gem. 12 uur per week is genoeg.
Het duurt gem. vier jaar. | Soms korter.
Er doen plm. 40 bedrijven mee.
Zij heeft ruim 2,5 jaar ervaring. | Dat telt mee.
Tel. 030-1234567 is bereikbaar van ma. t/m vr.
Ma. en di. is er les. | Wo. is een werkdag.
Zie ook fig. 2 en tab. 3.
Vgl. Hoofdstuk 4 met hoofdstuk 5.
Het staat in de N.B. onder de tabel.
N.B. Dit geldt niet voor zij-instromers. | Zij hebben een eigen route.
P.S. Vergeet uw pasje niet.
Dat is de a.s. bijeenkomst op 3 mei jl. besproken.
De bijeenkomst van 3 mei jl. | Daar was u bij.
Het gaat z.s.m. van start. | Wij bellen u.
Reageer s.v.p. vóór vrijdag.
Dat mag evt. ook later. | Overleg dat eerst.
Evt. Restplaatsen gaan naar anderen.
Het plan is v.d. heer Bos.
De afd. P&O regelt het contract. | Vraag het daar.
Opm. Deze tabel telt niet op tot 100.
Stichting Leren e.d. krijgt subsidie.
Scholen, bedrijven e.d. | Die doen allemaal mee.
Dat zijn scholen, bedrijven e.d. | Ook branches doen mee.
Het is nl. Zo dat studenten werknemer zijn.
Werk bij v. Dijk & Zn. in Ede.
De gemeente 's-Hertogenbosch doet mee. | 's Avonds is er les.
Zo gaat dat. | 't Is even wennen.
Dat is klaar. | ’s Morgens werken ze.
De prijs is hoog. | € 4.000 is veel.
Er zijn drie routes. | 15 studenten doen mee.
Dat werkt. | “Heel goed zelfs”, zegt ze.
Dat werkt. | (Soms niet.) | Meestal wel.
Dat werkt. | iDEAL is niet nodig.
Hij werkt bij Yahoo! in Utrecht.
Wie? | Wat? | Waar? | Dat vragen ze.
Hoe? | Zo.
Ja! | Nee! | Misschien.
Het is af!!! | Hoera.
Wat nu?? | Wachten.
Hij zei niets... | Zij ook niet.
En toen ... | Het bleef stil.
Een lange stilte. . . en toen niets.
De student (19) leert snel. | De docent (54) ook.
De drie stappen zijn: 1. kiezen, 2. tekenen en 3. beginnen.
Stap 1. Kies een bedrijf. | Bel daarna de school.
Tip 3: Begin klein. | Groei later.
Nr. 4 op de lijst is Avans. | Nr. 5 is Saxion.
De nrs. 4 en 5 vallen af.
Dat leverde 3 mln. Euro op.
Dat kost 3 mln. euro. | Dat is veel.
De subsidie is € 2 mln. | Dat is genoeg voor twee jaar.
Groot is 50 m2. | Klein is 20 m2.
Hij woont in St. Willebrord. | Zij in Ede.
Lid 2 sub a. van het artikel geldt.
De Wet van 8 okt. 1992, Stb. 593, geldt nog.
De regeling staat in de Stcrt. 2021, 123.
De Universiteit v. Amsterdam doet mee.
Dat zegt het Min. van OCW. | Lees de brief.
Het loopt van 1-9-2024 t/m 31-8-2025. | Daarna stopt het.
Het loopt van 01.09.2024 tot 31.08.2025. | Daarna stopt het.
Vanaf 2024/’25 geldt dit. | Eerder niet.
Hij haalde mbo-4. | Nu doet hij hbo.
De site mkbroute.nl helpt. | De app ook.
Download de handreiking (pdf, 2 MB). | Lees hem goed.
Het heet AD. | Of Associate degree.
Werkt u in de EU? | Dan geldt dit ook.
Hij studeerde in de V.S. en in Ede.
De V.S. doen niet mee.
Zij heeft een hbo-diploma o.i.d. | Dat telt.
Dat doet de O.R. van het bedrijf.
Dat kan alleen m.i.v. 1 januari. | Niet eerder.
T.a.v. mevrouw De Wit, t.n.v. de school.
Zie www.rvo.nl/subsidies. | Daar staan de voorwaarden.
Lees meer op pagina 4. | Of vraag het ons.
Dat is 10 procent. | 8 procent viel uit.
Dit is deel I. | Deel II volgt.
Onder koning Willem III. | Dat was vroeger.
Dit doet u zelf. | Wij helpen daarbij.
Sinds 1 aug. jl. is de wet anders. | Let daarop.
Dat is af. | En dat ook. | Maar dit niet.
De norm is 0,8 fte. | Dat is vier dagen.
Een mentor (m/v/x) gezocht. | Bel ons.
Ons motto: leren doe je samen. | Dat geloven we.
Ze doen dat ‘s avonds. | Overdag werken ze.
Dat zegt J. Op den Kamp.
Zij studeert aan de T.U. | Daar geeft hij les.
Bijlage A. Het rooster van de opleiding
Hoofdstuk 2. De leerwerkplek
Fase 3. Tekenen van het contract. | Dat doen we samen.
Kies uit route A, route B en route C. | Elke route duurt vier jaar.
In klas 1A. | In klas 1B niet.
De kosten zijn € 500,-. | Dat is per jaar.
De kosten zijn € 500,- p.p. | Dat is per jaar.
Dat is ca. 60 uur p.j. voor de student.
Het boek van Kolb e.a. | Dat moet u lezen.
De wet (WHW) geldt. | De wet (WEB) niet.
Dat klopt [zie noot 3]. | Lees verder.
Dat klopt.[3] | Lees verder.
Dat klopt.3 | Lees verder.
We zoeken bedrijven in de bouw, techniek, zorg, ... | Meld u aan!
Leer je graag? | Dan is dit iets voor jou!
Dat is het doel van Node.js. | Meer niet.
“Ik leer veel,” zegt Kim. | “En ik verdien erbij.”
“Ik leer veel”, zegt Kim. | “En ik verdien erbij.”
“Leren? | Dat doe je in de praktijk!”, zegt hij.
Zij zegt: ‘Het gaat goed. | We leren veel.’ | Daar blijft het bij.
Figuur 2: wat vindt u van het bedrijf? (N=18)
Het bestuur (voorzitter: A. Kok) besluit. | Dat duurt lang.
"""

CASES = tuple(line for line in _CASES.strip().splitlines() if line)
"""Texts with their sentences marked."""

_LATER = """
De stagevergoeding is min. € 350 bruto p.m. voor een voltijder.
Vraag naar mw. ir. C. de Jong-Bos van de afd. Techniek.
Het onderzoek van Van der Klink c.s. (2019) is helder. | Lees het.
In okt. en nov. zijn er open dagen. | Daarna begint de inschrijving.
De tarieven gelden t.e.m. juni. | Vanaf juli stijgen ze.
Het contract loopt tot en met 31 aug. | Verlengen kan.
We volgen de AVG (art. 6, eerste lid, onder b.) en de cao.
Per 1 jan. 2026 geldt een nieuw tarief.
Dat staat in § 4.2. | Lees ook § 4.3.
Het aantal steeg van 1.200 naar 1.450. | Dat is 21 procent meer.
De leraar zei: "Begin maar!" | Iedereen begon.
“Mag dat?” | “Ja hoor.” | Ze lachten.
Wat zijn de kosten (excl. reizen)? | Zie bijlage 2.
Kies een bedrijf in bijv. Ede, Tiel of Oss.
Met vr. gr., P. Mol
De minister van O.C.W. stuurde een brief. | De Kamer las hem.
Het programma eindigt in dec. a.s. en krijgt een vervolg.
U leest dit op pag. 7 e.v. van de gids.
Dhr. en mevr. Bos hebben een bakkerij. | Hun zoon leert er het vak.
Bedrijven als Bol.com doen mee. | Kleine bedrijven ook.
Het is 12.00 uur. | Tijd voor de lunch.
De eerste groep (n = 12) was klein. | De tweede (n = 40) groter.
De wet (Stb. 2020, 234) is aangepast.
Meer info: www.ede.nl. | Bellen kan ook: 0318-123456.
Dit is stap 3. | Stap 4 volgt morgen.
Werken a.d. Maas is mooi.
Neem contact op met J.W. (Jan Willem) Prins.
Er kwamen o.m. Duitsers en Belgen.
Ze heeft een 7,5. | Hij een 6,9.
Lees de toelichting bij vr. 3 en vr. 4.
Het bedrag van € 1.000,= is betaald. | Dank!
Is het voor u? | Of voor uw bedrijf?
De regio Z.O.-Brabant groeit. | Twente ook.
De docent, dr. ing. H. ten Cate, geeft les. | De lector kijkt mee.
Zij is HR-manager bij ASML. | Haar man is leraar.
Hij kreeg het diploma in klas 4b. | Zij in klas 4a.
‘t Gooi doet mee. | ‘t Sticht ook.
De wens: "Meer tijd, meer rust..." | Dat wil ieder.
Vul in: naam, adres, tel. en e-mail. | Stuur het op.
Deze pilot is klaar: we stoppen. | Nou ja, bijna.
De CEO van Philips N.V. sprak. | Hij was kort van stof.
Voor-/nadelen staan in tab. 4. | Zie daar.
Het gaat om > 50 bedrijven. | < 10 doen niet mee.
De route kost ± 4 jaar. | Korter kan ook.
Dat las ik in het A.D. van maandag.
Op 1 mei a.s. vindt de start plaats. | Kom ook.
Mbo’ers leren snel. | Havisten ook.
Dit is waar (vgl. Bakker e.a., 2018, p. 4). | Dat blijkt vaker.
Ook i.v.m. Pasen is de school dicht.
Er is plaats voor 20 pers. per groep.
Groepen van max. 12. | Dat leert beter.
Zie noot 4. | Daar staat meer.
Dit kan m.u.v. De Koog overal.
“Ik wil door”, zegt hij, “en wel nu.” | Zo gezegd.
Zij zijn lid van de S.E.R. | Wij niet.
Ze gaan naar de Univ. van Tilburg.
Hij is geb. in 1999 te Ede. | Zij in 2001.
Kosten: nihil. | Opbrengst: veel.
Nieuw: de app. | Download hem nu.
1) Bel het bedrijf. | 2) Maak een afspraak.
"""

LATER = tuple(line for line in _LATER.strip().splitlines() if line)
"""Written when the rules stood, to see what they do with sentences they were not made with."""
