"""Pages as sites of many makes write them, each with what is its text and what is its furniture.

In the sources ``{{…}}`` stands around what must be read and ``[[…]]`` around what must not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CONTENT = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_FURNITURE = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page with the pieces of text that belong to it and those that do not."""

    name: str
    html: str
    content: tuple[str, ...]
    furniture: tuple[str, ...]


def page(name: str, source: str) -> WebPage:
    """The page that ``source`` stands for."""
    html = re.sub(r"\{\{|\}\}|\[\[|\]\]", "", source)
    return WebPage(name, html, _pieces(_CONTENT, source), _pieces(_FURNITURE, source))


def _pieces(pattern: re.Pattern[str], source: str) -> tuple[str, ...]:
    return tuple(" ".join(found.split()) for found in pattern.findall(source))


SEMANTIC = page(
    "html5",
    """<!DOCTYPE html><html lang="nl"><head><title>Leren bij een klein bedrijf | Voorbeeldschool
</title><script>var a = "<p>[[geen tekst]]</p>";</script></head><body class="has-sidebar
menu-open"> <a class="skip-link" href="#inhoud">[[Direct naar de inhoud]]</a> <div role="dialog"
aria-label="Cookies"><h2>[[Wij gebruiken cookies]]</h2><p>[[Met cookies maken wij de site beter. U
kiest zelf welke cookies u toestaat op deze site, en u kunt dat later wijzigen.]]
</p><button>[[Alles accepteren]]</button></div> <header><a
href="/">[[Voorbeeldschool]]</a><nav><ul><li><a href="/o">[[Opleidingen]]</a><ul> <li><a
href="/o/1">[[Logistiek]]</a><li><a href="/o/2">[[Techniek]]</a></ul></li> <li><a href="/c">[[Over
de school]]</a></ul></nav></header> <nav aria-label="kruimelpad"><ol><li><a
href="/">[[Home]]</a><li>[[Bedrijven]]</ol></nav> <main id="inhoud"><article><header><h1>{{Leren
bij een klein bedrijf}}</h1> <p>{{Studenten werken drie dagen per week bij een bedrijf in de
buurt.}}</p> <time datetime="2024-03-05">{{5 maart 2024}}</time></header> <p>{{Een leerwerkplek
vraagt van een bedrijf vooral}} <em>{{tijd}}</em>{{: er moet iemand zijn die de student elke week
spreekt en het werk bekijkt.}}</p> <h2>{{Wat het bedrijf regelt}}</h2><p>{{Voor de start zorgt het
bedrijf voor drie dingen:}}</p> <ul><li>{{een vaste begeleider met hbo-niveau;}}</li><li>{{een
werkplek met}}<ul><li>{{een laptop en}}</li><li>{{toegang tot de
systemen;}}</li></ul></li><li>{{een opdracht voor het eerste half jaar.}}</li></ul> <aside
class="tip"><h3>{{Tip}}</h3><p>{{Laat de student een week meelopen voordat u samen de opdracht
kiest.}}</p></aside> <p>{{Daarna bekijkt de school of de opdracht bij de opleiding past.}}</p>
<figure><table><thead><tr><th>Post</th><th>{{Per jaar}}</th></tr></thead><tbody> <tr><th
scope="row">{{Begeleiding}}</th><td>{{€ 2.400}}</td></tr> <tr><th
scope="row">{{Collegegeld}}</th><td>{{€ 2.530}}</td></tr></tbody></table> <figcaption>{{Kosten voor
het bedrijf}}</figcaption></figure> <blockquote><p>{{Na een maand draaide onze student al mee in de
planning.}}</p> <footer>— {{Ria Smit, eigenaar}}</footer></blockquote> <h2>{{Veelgestelde
vragen}}</h2> <details><summary>{{Mag de student ook thuis werken?}}</summary><p>{{Ja, ten hoogste
een dag per week en in overleg met de begeleider.}}</p></details> <details><summary>{{Wie betaalt
de reiskosten?}}</summary><p>{{Dat spreken bedrijf en student af in de
overeenkomst.}}</p></details> <footer class="article__share"><p>[[Deel deze pagina]]</p><ul><li><a
href="https://x.com/intent"> [[Deel op X]]</a><li><a href="https://www.linkedin.com/share">[[Deel
op LinkedIn]]</a></ul></footer> </article><aside class="related"><h2>[[Lees ook]]</h2><ul><li><a
href="/a">[[Subsidie voor begeleiding]]</a><p>[[Voor de begeleiding van studenten is soms geld van
het rijk beschikbaar.]]</p> </li><li><a href="/b">[[Zo kiest u een
opleiding]]</a></li></ul></aside></main> <footer><nav><a href="/p">[[Privacy]]</a></nav><p>[[© 2024
Voorbeeldschool, Dorpsstraat 1, Ergens. Alle rechten voorbehouden, ook voor vertalingen van deze
site.]]</p></footer> </body></html>""",
)

NAMED_DIVS = page(
    "divs met namen",
    """<html><head><title>Begeleiding - Regio</title></head><body> <div class="cookiemelding
cookiemelding--open"><p>[[Deze website plaatst cookies om het bezoek te meten. Lees meer in ons
beleid of stel zelf uw keuze in.]]</p></div> <div id="kop" class="pagina-kop"><div
class="hoofdmenu"><a href="1">[[Start]]</a> <a href="2"> [[Routes]]</a> <a
href="3">[[Nieuws]]</a></div><div class="zoekformulier"><form><label>[[Zoek op deze
site]]</label><input name="q"></form></div></div> <div class="kruimelpad"><a href="/">[[Start]]</a>
&gt; <a href="/r">[[Routes]]</a> &gt; [[Werkplek en hulp]]</div> <div class="pagina"><div
class="zijbalk"><h4>[[In deze afdeling]]</h4><ul><li><a href="a">[[Aanmelden]] </a></li><li><a
href="b">[[Kosten]]</a></li></ul><p>[[Deze afdeling gaat over de begeleiding van studenten in de
regio en over wie daarbij helpt.]]</p></div> <div class="inhoud__tekst"><div
class="titel"><h1>{{Begeleiding op de werkplek}}</h1></div> <div class="intro">{{Wie een student
begeleidt, leert zelf ook. De school traint begeleiders in twee middagen.}}</div> <div class="blok
blok--tekst"><div class="blok__kop"><h2>{{De training}}</h2></div> <div class="blok__tekst">{{De
eerste middag gaat over gesprekken voeren. De tweede middag gaat over beoordelen, met voorbeelden
uit de praktijk.}}<br><br>{{Deelname kost niets.}}</div></div> <div class="blok blok--lijst"><p>{{U
leert:}}</p>- {{doelen opstellen}}<br>- {{feedback geven}}<br> - {{een oordeel
onderbouwen}}<br></div> <div class="blok contact">{{Vragen? Mail}} <a
href="mailto:training@voorbeeld.nl">{{de trainers}}</a> {{of bel}} <a href="tel:+31301234567">{{het
bureau}}</a>.</div> <div class="deelknoppen"><span>[[Delen via]]</span> <a
href="#">[[Facebook]]</a> <a href="#"> [[WhatsApp]]</a></div> <div
class="gerelateerde-artikelen"><h3>[[Gerelateerd]]</h3><div class="kaart"><a href="9"> [[Begeleider
van het jaar]]</a><p>[[Elk jaar kiest de regio een begeleider die iets bijzonders deed voor
studenten.]]</p></div></div> <div class="reacties"><h3>[[Reacties (2)]]</h3><div
class="reactie"><p>[[Wat een goed stuk! Ik heb dit zelf ook zo ervaren toen ik vorig jaar een
student begeleidde op mijn afdeling.]]</p></div></div> <div
class="nieuwsbrief-aanmelden"><p>[[Blijf op de hoogte. Meld u aan voor de nieuwsbrief, die elke
maand verschijnt.]]</p><form><input type="email"></form></div></div></div> <div
class="voettekst"><p>[[Regio Leren is een initiatief van scholen en bedrijven in de regio en wordt
mede betaald door de provincie.]]</p></div> <div id="chat-widget" class="livechat"><p>[[Hallo!
Waarmee kan ik u vandaag helpen met uw vraag?]]</p> </div></body></html>""",
)

HASHED = page(
    "klassen zonder betekenis",
    """<!doctype html><html><head><title>Route Techniek</title></head><body><div id="__next"> <div
class="css-1x7k"><div class="css-99a"><a href="/">[[Regio]]</a></div><ul class="css-0ab"> <li><a
href="/routes">[[Overzicht]]</a></li><li><a href="/bedrijven">[[Voor bedrijven]]</a></li> <li><a
href="/scholen">[[Voor scholen]]</a></li><li><a href="/nieuws">[[Nieuws]]</a></li></ul></div> <div
class="css-77z"><div class="css-q1"><h1>{{De route Techniek}}</h1><p>{{In deze route werken
studenten aan machines en leren zij op school de theorie die daarbij hoort.}}</p></div></div> <div
class="css-3fd"><div class="css-l1"><ul><li><a href="/routes/t">[[Metaal]]</a></li><li> <a
href="/routes/l">[[Logistiek]]</a></li><li><a href="/routes/z">[[Zorg]]</a></li><li> <a
href="/routes/b">[[Bouw]]</a></li></ul></div> <div class="css-r8"><div class="css-p3"><p>{{De route
duurt twee jaar. Elk half jaar sluit de student af met een verslag, dat school en bedrijf samen
beoordelen.}}</p><p>{{In het eerste jaar ligt de nadruk op onderhoud. In het tweede jaar kiest de
student een eigen onderwerp, dat past bij wat het bedrijf nodig heeft.}}</p></div><div
class="css-p3"><h2>{{Wie kan meedoen}}</h2><ul> <li>{{bedrijven met minder dan 250
werknemers}}</li><li>{{studenten met een diploma op niveau 4}} </li></ul></div><div
class="css-p4"><table><tr><td>{{Start}}</td><td>{{september en februari}}</td></tr>
<tr><td>{{Duur}}</td><td>{{twee jaar}}</td></tr></table></div> <div class="css-s1"><a
href="https://www.facebook.com/sharer?u=x">[[Facebook]]</a><a
href="https://wa.me/?text=x">[[WhatsApp]]</a><a
href="mailto:?subject=x">[[E-mail]]</a></div></div></div> <div class="css-zz"><div><p>[[Op onze
site staan cookies waarmee wij zien wat bezoekers lezen.]]</p>
<button>[[Weigeren]]</button><button>[[Akkoord]]</button></div></div> <div
class="css-ft"><div><p>[[Regio Techniek werkt samen met scholen en bedrijven in het hele land aan
beter onderwijs.]]</p><a href="/privacy">[[Privacyverklaring]]</a> <a href="/d">[[Disclaimer]]</a>
<p>[[© Regio Techniek]]</p></div></div></div></body></html>""",
)

TABLES = page(
    "tabellen als opmaak",
    """<html><head><title>Welkom</title></head><body bgcolor=white><center>
<table width=780 border=0>
<tr><td colspan=2><a href=index.htm><img src=logo.gif alt="[[Logo van de school]]"></a></td></tr>
<tr><td width=140 valign=top><font size=1><a href=a.htm>[[Beginpagina]]</a><br><a href=b.htm> [[Het
onderwijs]]</a><br><a href=c.htm>[[De bedrijven]]</a><br><a href=d.htm>[[Adressen]]</a></font></td>
<td valign=top><font face=Arial size=5><b>{{Werkend leren in het mkb}}</b></font><br><br><font
size=2> {{Sinds 1998 leren studenten van onze school een deel van de week in een bedrijf. Dat
bevalt goed, zegt de directie.}}<p><b>{{Hoe het werkt}}</b><p>{{Het bedrijf en de school maken
samen een plan. De student schrijft elke maand op wat er lukte en wat niet.}}<p>{{Er zijn drie
soorten plekken:}} <br>&#149; {{bij een winkel}}<br>&#149; {{bij een werkplaats}}<br>&#149; {{op
kantoor}} <p><table
border=1><tr><td><b>Plek</b></td><td><b>{{Dagen}}</b></td></tr><tr><td>{{Winkel}}</td>
<td>{{3}}</td></tr><tr><td>{{Kantoor}}</td><td>{{2}}</td></tr></table></font></td></tr> <tr><td
colspan=2 align=center><font size=1>[[Copyright 1999 Voorbeeldschool. Alle rechten voorbehouden.
Deze pagina is het best te zien met een scherm van 800 bij 600.]]</font></td></tr>
</table></center></body></html>""",
)

ELEMENTOR = page(
    "WordPress met Elementor, compleet bewaard",
    """<!DOCTYPE html> <!-- saved from url=(0041)https://www.voorbeeld.nl/leerwerkplek/ --> <html
lang="nl-NL"><head><meta charset="UTF-8"><title>Leerwerkplek - Voorbeeld</title> <style
id="x">.elementor-1{color:red}</style><script src="./f_files/jquery.js"></script></head> <body
class="page-template wp-singular page elementor-default has-cookie-bar"> <div
data-elementor-type="header" class="elementor elementor-12 elementor-location-header"> <div
class="elementor-element elementor-widget elementor-widget-nav-menu"><ul
class="elementor-nav-menu"> <li class="menu-item"><a href="/">[[Home]]</a><ul
class="sub-menu"><li><a href="/a">[[Aanbod]]</a></li> </ul></li><li class="menu-item"><a
href="/b">[[Blog]]</a></li></ul></div></div> <div data-elementor-type="wp-page" class="elementor
elementor-34"><section class="elementor-section"> <div class="elementor-container"><div
class="elementor-widget-heading"><div class="elementor-widget-container"><h1
class="elementor-heading-title">{{Een leerwerkplek aanbieden}} </h1></div></div><div
class="elementor-widget elementor-widget-text-editor"><div
class="elementor-widget-container"><p>{{Een leerwerkplek is een baan en een studie tegelijk. De
student heeft een contract van ten minste zestien uur.}}</p></div></div></div></section> <section
class="elementor-section"><div class="elementor-widget-accordion"><div
class="elementor-accordion"><div class="elementor-accordion-item"><div id="t1" role="button"
class="elementor-tab-title" aria-controls="c1" aria-expanded="false"><a
class="elementor-accordion-title" tabindex="0">{{Wat verdient een student?}}</a></div><div id="c1"
class="elementor-tab-content elementor-clearfix" style="display: none;" role="region"><p>{{Het loon
volgt de cao.}}</p></div></div><div class="elementor-accordion-item"><div id="t2" role="button"
class="elementor-tab-title" aria-controls="c2"><a>{{Hoe lang duurt het?}}</a></div><div id="c2"
class="elementor-tab-content" style="display:none"><p>{{Vier jaar, met een proeftijd van een
maand.}} </p></div></div></div></div></section> <section class="elementor-section"><div
class="elementor-widget-tabs"><div class="elementor-tabs"> <div class="elementor-tabs-wrapper"
role="tablist"><div id="p1" class="elementor-tab-title" role="tab"
aria-controls="q1">{{Bedrijf}}</div><div id="p2" class="elementor-tab-title" role="tab"
aria-controls="q2">{{School}}</div></div><div class="elementor-tabs-content-wrapper"><div id="q1"
class="elementor-tab-content" role="tabpanel" aria-labelledby="p1"><p>{{Het bedrijf kiest de
taken.}} </p></div><div id="q2" class="elementor-tab-content" role="tabpanel" aria-labelledby="p2"
hidden="hidden"><p>{{De school kiest de vakken.}}</p></div></div></div></div></section> <section
class="elementor-section"><div class="elementor-widget-testimonial"><div
class="elementor-testimonial-wrapper"><div class="elementor-testimonial-content">{{Wij zouden het
zo weer doen, ook al kost het tijd.}}</div><div class="elementor-testimonial-meta"><div
class="elementor-testimonial-name">{{Jan de Boer}}</div><div class="elementor-testimonial-job">
{{bakker}}</div></div></div></div><div class="elementor-widget-share-buttons"><a href="#"> [[Tweet
dit]]</a></div></section></div> <section id="comments" class="comments-area"><h2>[[3
reacties]]</h2><ol class="comment-list"><li> <p>[[Ik vind het jammer dat dit niet in mijn regio
kan, want ik had graag meegedaan met mijn zaak.]]</p></li></ol><div id="respond"><h3>[[Geef een
reactie]]</h3><form><textarea></textarea></form> </div></section> <div data-elementor-type="footer"
class="elementor elementor-location-footer"><p>[[Voorbeeld is een samenwerking van zes scholen en
honderd bedrijven in het noorden.]]</p></div> <div id="cmplz-cookiebanner-container"><div
class="cmplz-cookiebanner"><p>[[Om de beste ervaring te bieden, gebruiken wij technieken zoals
cookies om informatie over je apparaat op te slaan.]]</p></div> </div><div
class="elementor-popup-modal dialog-widget"><p>[[Mis niets! Schrijf je in en ontvang elke week het
laatste nieuws in je mailbox.]]</p></div></body></html>""",
)

GOVERNMENT = page(
    "overheid",
    """<!doctype html><html lang="nl"><head><title>Wat is een leerbaan? | Loket</title> <meta
name="DCTERMS.creator" content="Ministerie van Voorbeelden"> <meta name="DCTERMS.issued"
content="2023-02-01T09:00" scheme="XSD.dateTime"> <meta name="DCTERMS.modified"
content="2024-01-15T12:30"> <link rel="canonical"
href="https://www.loket.example/leerbaan"></head><body data-scriptpath="/b"> <div
id="mainwrapper"><div class="skiplinks"><a href="#content-wrapper">[[Ga direct naar inhoud]]</a>
</div><header><div class="logo"><a href="/"><span>[[Loket van de
overheid]]</span></a></div></header> <div id="navBar"><nav id="nav"><ul><li><a
href="/">[[Home]]</a></li><li><a href="/o">[[Onderwerpen]]</a> </li></ul></nav></div><nav
class="breadCrumbNav"><p>[[U bent hier:]]</p><ol><li><a href="/">[[Home]]</a> </li></ol></nav><main
id="content-wrapper" tabindex="-1"><div class="wrapper"><div class="article content"><h1>{{Wat is
een leerbaan?}}</h1><div class="intro"><p>{{Met een leerbaan werkt u en gaat u een of twee dagen
naar school. Het bedrijf moet erkend zijn.}}</p></div><div class="contentBox">
<h2>{{Voorwaarden}}</h2><ol><li>{{U bent 16 jaar of ouder.}}</li><li>{{U heeft een
contract.}}</li></ol> <p>{{Meer uitleg staat op de pagina over}} <a href="/erkend">{{erkende
leerbedrijven}}</a>.</p> <dl><dt>{{Leerbedrijf}}</dt><dd>{{een bedrijf dat mag
opleiden}}</dd><dt>{{Praktijkopleider}}</dt><dd> {{wie u op het werk
begeleidt}}</dd></dl></div></div> <div class="block-related"><h2>[[Zie ook]]</h2><ul
class="linklist"><li><a href="/s">[[Subsidie voor leerbanen]]</a></li><li><a
href="/m">[[Minimumloon]]</a></li></ul></div> <div id="follow-up"><h2>[[Deel deze pagina]]</h2><ul
class="social"><li><a href="https://twitter.com/i"> [[Deel op X]]</a></li></ul></div><div
class="feedback"><h2>[[Was deze informatie nuttig?]]</h2><form>
<button>[[Ja]]</button><button>[[Nee]]</button></form></div></div></main>
<footer><h2>[[Service]]</h2><ul><li><a
href="/rss">[[RSS]]</a></li></ul></footer></div></body></html>""",
)

ARTICLES = page(
    "overzicht met meer artikelen",
    """<!DOCTYPE html><html><head><title>Ervaringen</title></head><body><header
class="site-header"> <h1
class="site-title"><a href="/">[[Netwerk Leren]]</a></h1></header><div id="primary"
class="content-area"><main><header class="page-header"><h1>{{Ervaringen van
bedrijven}}</h1></header> <article id="post-1" class="post type-post category-cookies"><header
class="entry-header"><h2> <a href="/1">{{Bakkerij in Zutphen}}</a></h2></header><div
class="entry-content"><p>{{De bakker had nooit een student gehad. Nu wil hij niet meer zonder, want
de bestelling loopt beter.}}</p></div> <footer class="entry-footer"><span
class="tags-links">[[Tags:]] <a href="/t">[[voeding]]</a></span></footer> </article><article
id="post-2" class="post"><header class="entry-header"><h2><a href="/2">{{Garage in
Assen}}</a></h2></header><div class="entry-content"><p>{{In de garage leerde een student storingen
zoeken. Dat scheelde de monteurs veel tijd.}}</p></div></article><nav class="navigation
pagination"> <a href="/p2">[[Volgende pagina]]</a></nav></main></div><div id="secondary"
class="widget-area"><aside class="widget widget_recent_entries"><h2>[[Recente
berichten]]</h2><ul><li><a href="/9">[[Nieuwe route]]</a></li></ul></aside><aside
class="widget"><h2>{{Contact}}</h2><p>{{Vragen over meedoen? Mail Els Vis,}} <a
href="mailto:els@voorbeeld.nl">els@voorbeeld.nl</a>.</p></aside></div></body></html>""",
)
PAGES = (SEMANTIC, NAMED_DIVS, HASHED, TABLES, ELEMENTOR, GOVERNMENT, ARTICLES)
