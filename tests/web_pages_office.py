"""Pages that offices make: Word, SharePoint, Google Docs, LibreOffice, and a Drupal site."""

from __future__ import annotations

from tests.web_pages import page

WORD = page(
    "Word, bewaard als webpagina",
    """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:x"> <head><meta
http-equiv=Content-Type content="text/html; charset=windows-1252"><meta name=Generator
content="Microsoft Word 15"><!--[if gte mso
9]><xml><o:Author>[[iemand]]</o:Author></xml><![endif]--> <style><!-- p.MsoNormal {margin:0cm}
--></style></head><body lang=NL style='tab-interval:35.4pt'> <div class=WordSection1><p
class=MsoTitle>{{Handleiding voor begeleiders}}<o:p></o:p></p> <p class=MsoToc1><a
href="#_Toc1">{{1 Begin}}<span style='mso-tab-count:1 dotted'>. </span>3</a></p> <h1><a
name="_Toc1">{{1 Begin}}</a><o:p></o:p></h1><p class=MsoNormal><span
style='mso-fareast-language:NL'>{{Begin met een gesprek}}<a style='mso-footnote-id:ftn1'
href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span
style='mso-special-character:footnote'> <![if !supportFootnotes]>[1]<![endif]></span></span></a>{{
over wat de student al kan.}}<o:p></o:p></span> </p><p class=MsoNormal>{{Neem mee:}}</p> <p
class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>{{het
plan}}</p> <p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2
lfo1'><span style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span>{{met de doelen}}</p> <p
class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><span
style='mso-list:Ignore'>2.<span> &nbsp;&nbsp;</span></span>{{de agenda}}</p> <table
class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>{{Week}}<o:p></o:p></b></p></td><td> <p
class=MsoNormal><b>{{Taak}}<o:p></o:p></b></p></td></tr><tr><td><p
class=MsoNormal>{{1}}</p></td><td> <p class=MsoNormal>{{kennismaken}}</p></td></tr></table> <p
class=MsoNormal>{{Dit is }}<del cite="mailto:x">[[geschrapt]]</del><ins>{{nieuw}}</ins>.</p></div>
<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p
class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><span
class=MsoFootnoteReference>[1]</span></a> {{Zie het formulier van de
school.}}</p></div></div></body></html>""",
)

WORD_FILTERED = page(
    "Word, gefilterd",
    """<html><head><meta http-equiv=Content-Type content="text/html; charset=windows-1252"></head>
<body
lang=NL><div class=WordSection1><p class=MsoNormal><b>{{Afspraken}}</b></p><p class=MsoNormal>{{De
student houdt zich aan deze afspraken, die ook in het contract staan.}}</p> <p
class=MsoListParagraph style='text-indent:-18.0pt'>1.<span style='font:7.0pt "Times New Roman"'>
&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span>{{op tijd komen}}</p><p class=MsoListParagraph
style='text-indent:-18.0pt'>2.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;</span>
{{afmelden bij ziekte}}</p><p class=MsoListParagraph
style='margin-left:72.0pt;text-indent:-18.0pt'><span style='font-family:Symbol'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;</span></span> {{voor negen
uur}}</p></div></body></html>""",
)

SHAREPOINT = page(
    "SharePoint",
    """<!DOCTYPE html><html><head><title>Startpagina - Leren op het werk</title></head><body> <form
method="post" action="./Home.aspx" id="aspnetForm"><div class="aspNetHidden"><input type="hidden"
name="__VIEWSTATE" value="x"></div><div id="s4-ribbonrow"><div class="ms-cui-ribbonTopBars"><ul
role="tablist"><li role="tab"><a href="#">[[Bladeren]]</a></li></ul></div></div><div
id="s4-workspace"> <div id="DeltaTopNavigation" class="ms-core-navigation"
role="navigation"><ul><li><a href="/s"> [[Documenten]]</a></li><li><a
href="/t">[[Kalender]]</a></li></ul></div><div id="sideNavBox" class="ms-dialogHidden"><div
class="ms-core-sideNavBox"><a href="/n">[[Notitieblok]]</a></div></div> <div id="contentBox"><div
id="DeltaPlaceHolderMain"><h1>{{Leren op het werk}}</h1><div class="ms-rtestate-field"><div
class="ms-rte-layoutszone-inner"><p>&#8203;{{Op deze site staan de afspraken tussen de school en de
bedrijven over stages en leerbanen.}}</p><p><strong
class="ms-rteElement-H2B">{{Planning}}</strong></p><p>{{De planning voor het nieuwe jaar wordt in
mei vastgesteld door de coördinatoren.}}</p><table class="ms-rteTable-default"><tbody><tr><td
class="ms-rteTable-default" rowspan="2">{{Periode 1}}</td><td>{{start}}</td><td>{{1
september}}</td></tr> <tr><td>{{einde}}</td><td>{{10
november}}</td></tr></tbody></table></div></div></div></div></div></form> </body></html>""",
)

GOOGLE_DOCS = page(
    "Google Docs",
    """<html><head><meta content="text/html; charset=UTF-8"><style>.c1{font-weight:700}
</style></head>
<body class="c5 doc-content"><p class="c3 title" id="h.x"><span class="c9">{{Werkplan}}</span></p>
<h2 class="c2" id="h.y"><span>{{Doel}}</span></h2><p class="c0"><span>{{Dit plan beschrijft hoe de
student leert.}}</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><span>{{ Het geldt een
jaar.}} </span></p><p><span>{{Het plan noemt:}}</span></p><ul class="c7 lst-kix_abc-0 start"><li
class="c4"><span> {{de taken}}</span></li></ul><ul class="c7 lst-kix_abc-1 start"><li><span>{{per
week}}</span></li></ul><ul class="c7 lst-kix_abc-0"><li><span>{{de
toetsen}}</span></li></ul><hr><div><p class="c6"><a href="#ftnt_ref1"
id="ftnt1">[1]</a><span>&nbsp;{{Vastgesteld door beide partijen.}}</span></p></div></body>
</html>""",
)

LIBREOFFICE = page(
    "LibreOffice",
    """<!DOCTYPE html><html><head><meta name="generator" content="LibreOffice 7.4"></head><body
lang="nl-NL"> <div title="header"><p>[[Concept van de werkgroep]]</p></div><h1
class="western">{{Verslag}}</h1><p style="line-height: 100%">{{De werkgroep kwam drie keer
bijeen}}<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>{{ en
koos een aanpak met <b>twee</b> fasen.}}</p><ol
type="a"><li><p>{{verkennen}}</p></li><li><p>{{uitvoeren}}</p></li></ol><div id="sdfootnote1"><p
class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>{{ In
maart, april en mei.}}</p></div><div title="footer"><p>[[Bladzijde 1 van
1]]</p></div></body></html>""".replace("<b>twee</b>", "twee"),
)

DRUPAL = page(
    "Drupal",
    """<!DOCTYPE html><html><head><title>Aanmelden | Leren in de regio</title></head><body
class="path-node page-node-type-page"><a href="#main-content" class="visually-hidden focusable">
[[Overslaan en naar de inhoud gaan]]</a><div class="dialog-off-canvas-main-canvas"><div
class="layout-container"><header role="banner"><div class="region region-header"><div
id="block-x-branding"><a href="/">[[Leren in de regio]]</a></div></div></header><div class="region
region-breadcrumb"><div id="block-breadcrumbs"><nav class="breadcrumb"><ol><li><a
href="/">[[Home]]</a> </li></ol></nav></div></div><div class="region region-hero"><div
class="hero"><h1>{{Aanmelden}}</h1><p> {{Aanmelden kan het hele jaar door, ook als u nog geen
student heeft.}}</p></div></div><main role="main"><a id="main-content"></a><div
class="layout-content"><div class="region region-content"><div data-drupal-messages-fallback
class="hidden"></div><article class="node node--type-page"><div class="node__content"><div
class="field field--name-body"><p>{{Stuur het formulier naar het loket. U krijgt binnen tien
werkdagen bericht over uw aanvraag.}}</p><div class="table-responsive"><table> <caption>{{Data per
ronde}}</caption><tr><th>Ronde</th><th>{{Sluit op}}</th></tr><tr><td>{{Voorjaar}} </td><td>{{1
april}}</td></tr><tr><td>{{Najaar}}</td><td>{{1 oktober}}</td></tr></table></div></div><div
class="field field--name-field-paragraphs"><div class="paragraph paragraph--type--faq"><h3
class="accordion-header"><button class="accordion-button collapsed" data-bs-target="#c1"
aria-expanded="false" aria-controls="c1">{{Kan ik mijn aanvraag wijzigen?}}</button></h3><div
id="c1" class="accordion-collapse collapse"><div class="accordion-body">{{Ja, tot de
sluitdatum.}}</div></div> </div></div></div><ul class="links inline"><li><a
href="/user/login">[[Inloggen]]</a></li></ul></article> <form
class="webform-submission-form"><h2>[[Stel een vraag]]</h2><label for="n">[[Uw naam]]</label><input
id="n"></form></div></div><aside class="layout-sidebar-second"
role="complementary"><h2>[[Agenda]]</h2> <ul><li><a href="/e">[[Open
dag]]</a></li></ul></aside></main><footer role="contentinfo"><div class="region
region-footer">[[Een website van de regio]]</div></footer></div></div></body></html>""",
)
OFFICE_PAGES = (WORD, WORD_FILTERED, SHAREPOINT, GOOGLE_DOCS, LIBREOFFICE, DRUPAL)
