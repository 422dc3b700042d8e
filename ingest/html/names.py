"""What the names and words in a page say about its parts: menus, cookie bars, related pages.

Makers of sites name the parts of a page in Dutch or English, in class names and ids. A name alone
proves little (a section about cookies may be called ``cookies``), so ``ingest.html.main`` weighs
what is inside before anything goes.
"""

from __future__ import annotations

import re
from typing import Literal

from ingest.html.tree import Node, short_text, words_of_name

Part = Literal["consent", "extra", "menu", "footer", "header", "sidebar", "aside"]

_STEMS: dict[Part, str] = {
    # in any place of a class name that is written without its hyphens
    "consent": "cookie consent gdpr onetrust cybot cmplz usercentrics didomi klaro",
    "extra": """
        newsletter nieuwsbrief mailchimp mc4wp commentlist commentform commentrespond disqus
        gerelateerd leesook ookinteressant relatedposts relatedcontent relatedlinks sharedaddy
        addtoany addthis sociallinks socialmedia socialicons sharebuttons sharelinks deelknop
        chatbot chatwidget livechat whatsapp tawkto intercom feedbackform paginafeedback
        waardering advertentie advertisement readspeaker rsbtn backtotop terugnaarboven
        scrolltotop printknop loginform inlogformulier userlogin browserupgrade outdatedbrowser
        editsection authorbox
    """,
    "menu": """
        breadcrumb kruimelpad broodkruimel megamenu hoofdmenu mainmenu topmenu submenu navmenu
        navigatie navigation hoofdnav skiplink skipnav skipto pagination paginering zoekformulier
        zoekbalk searchform searchbar searchbox languageswitch taalkeuze langswitch offcanvas
        inhoudsopgave tableofcontents tagcloud
    """,
    "footer": "sitefooter pagefooter mainfooter footermain locationfooter voettekst paginavoet",
    "header": "siteheader pageheader mainheader headermain locationheader masthead topbar",
    "sidebar": """
        zijbalk sidecolumn rightcolumn leftcolumn rechterkolom linkerkolom widgetarea sidenav
    """,
    "aside": "",
}
_WORDS: dict[Part, str] = {
    # a whole part of a class name
    "consent": "",
    "extra": """
        related comments respond reacties chat feedback subscribe login inloggen
    """,
    "menu": """
        nav navbar menu menubar crumbs crumb toc pager navheader navfooter navbox catlinks skip
        zoeken search sitemap tags share sharing social socials modal popup lightbox overlay toast
        ads advert banner promo noprint portlet
    """,
    "footer": "footer voet colophon",
    "header": "",
    "sidebar": "sidebar",
    "aside": "",
}
_SURE_IDS: dict[str, Part] = {
    "comments": "extra",
    "respond": "extra",
    "reacties": "extra",
    "footer": "footer",
    "header": "header",
    "secondary": "sidebar",
    "sidebar": "sidebar",
    "nav": "menu",
    "menu": "menu",
    "navigation": "menu",
}
_TAGS: dict[str, Part] = {
    "nav": "menu",
    "search": "menu",
    "menu": "menu",
    "footer": "footer",
    "header": "header",
    "aside": "aside",
}
_ROLES: dict[str, Part] = {
    "navigation": "menu",
    "search": "menu",
    "menu": "menu",
    "menubar": "menu",
    "toolbar": "menu",
    "directory": "menu",
    "doc-toc": "menu",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "aside",
    "alertdialog": "consent",
    "dialog": "extra",
    "tooltip": "extra",
}
_STEM = {
    part: re.compile("|".join(words.split())) if words.split() else None
    for part, words in _STEMS.items()
}
_WORD: dict[str, Part] = {word: part for part, words in _WORDS.items() for word in words.split()}
_LABELS = re.compile(r"kruimelpad|breadcrumb|navigat|menu|paginering|pagination|skip|delen|share")
_CONDITIONS = frozenset({"has", "no", "with", "without", "is", "js", "have", "category", "term"})
_PLACES = frozenset({"layout", "grid", "col", "tag", "type", "format", "language", "lang", "show"})
"""First parts of names that tell how a thing stands or what it is filed under, not what it is."""

PANEL = re.compile(r"accordi|collaps|toggle|panel|\btab|faq|uitklap|vouw|inklap", re.IGNORECASE)
"""In the names of what folds out."""
RELATED = re.compile(
    r"""(?:
    lees\ (?:ook|meer|verder)(?:\ (?:over|op|in)\b.{0,60})? | zie\ ook | bekijk\ ook(?:\ .{0,40})?
    | (?:ook\ )?interessant(?:\ voor\ (?:u|jou|je))? | misschien\ (?:ook|vind)\b.{0,50}
    | gerelateerde?\b.{0,50} | verwante?\b.{0,40} | aanbevolen(?:\ .{0,40})?
    | (?:meer|ander|overig|laatste|recent|recente)\ (?:nieuws|artikelen|berichten|blogs|posts)
      (?:berichten)?(?:\ (?:over|van|uit)\ .{0,60})?
    | meer\ (?:over\ dit\ onderwerp|lezen|weten) | recente\ reacties | (?:laatste|actueel)\ nieuws
    | related(?:\ .{0,50})? | (?:read|see)\ (?:also|more) | you\ may\ also\ like
    | recent\ (?:posts|comments) | populair(?:e\b.{0,40})? | uitgelicht
    | (?:snel|direct)\ naar | handige\ links | quick\ ?links | volg\ ons(?:\ (?:op|via)\b.{0,40})?
    | follow\ us(?:\ on\b.{0,40})? | deel\ (?:dit|deze|via|op)\b.{0,50} | delen(?:\ via)?
    | share(?:\ (?:this|on)\b.{0,40})? | tags? | trefwoorden | categorie[ëe]n | archie(?:f|ven)
    | (?:\d+\ )?reacties?(?:\ \(\d+\))? | (?:geef|laat|plaats)\ (?:een\ )?reactie\b.{0,40}
    | leave\ a\ (?:comment|reply) | inhoud(?:sopgave)? | op\ deze\ pagina | in\ dit\ artikel
    | op\ deze\ pagina\ vindt\ u | on\ this\ page | (?:table\ of\ )?contents | ga\ (?:snel\ )?naar
    )\s*[:?!.…>»]*""",
    re.IGNORECASE | re.VERBOSE,
)
"""What stands above links to other pages, buttons to share with, or the contents of the page."""
LONE_LINK = re.compile(
    r"""(?:
    lees\ (?:meer|verder|voor)\b.{0,60} | lees\ (?:meer|verder) | (?:ga\ )?terug(?:\ naar\ .{0,40})?
    | naar\ boven | (?:direct\ |ga\ )?naar\ (?:de\ )?(?:hoofd)?(?:inhoud|navigatie|menu|content)
    | skip\ to\b.{0,40} | print(?:\ deze\ pagina|en|versie)? | download\ als\ pdf | luister(?:en)?
    | (?:vorige|volgende)(?:\ (?:pagina|artikel|bericht).{0,60})? | [¶#§↩↑^←→«»‹›<>\s]+
    | read\ more | back\ to\ top | bewerken | edit | afdrukken | delen | deel\ deze\ pagina
    )\s*[:?!.…>»]*""",
    re.IGNORECASE | re.VERBOSE,
)
"""The text of a link that is a button of the page and no part of what it says."""
LEGAL = re.compile(
    r"©|\(c\) ?(?:19|20)\d\d|copyright|alle rechten|all rights reserved|privacy(?:verklaring|"
    r"beleid| statement| policy)|disclaimer|cookie(?:beleid|verklaring|s\b)|\bkvk\b|"
    r"toegankelijkheidsverklaring|algemene voorwaarden|powered by|website (?:door|by)",
    re.IGNORECASE,
)
"""What is found at the foot of a site."""
OWNED = frozenset({"©", "copyright", "alle rechten", "all rights reserved"})
"""Which of that is found nowhere else."""
ACCEPT = re.compile(
    r"accepte|akkoord|toestaan|weiger|voorkeuren|instellingen|accept|agree|reject|allow|got it|"
    r"begrepen|sluiten|prima|\bok\b|\boké\b",
    re.IGNORECASE,
)
HOME = re.compile(r"home|home ?page|start|start ?pagina|begin|voorpagina", re.IGNORECASE)
FEEDBACK = re.compile(
    r"(?:was|is) deze (?:informatie|pagina|tekst) (?:nuttig|duidelijk)|h(?:ebt?|eeft) (?:u|je|jij) "
    r"gevonden wat|heeft deze (?:informatie|pagina) (?:u|je) geholpen|was this (?:page )?helpful",
    re.IGNORECASE,
)
SOCIAL = re.compile(
    r"//(?:[\w-]+\.)*(?:facebook|twitter|x|linkedin|instagram|youtube|pinterest|tiktok|whatsapp|wa|"
    r"t|telegram|bsky|threads|reddit|flickr|vimeo)\.(?:com|app|me|net)\b|"
    r"^(?:whatsapp:|mailto:\?|javascript:|fb-messenger:)|[?&]share=",
    re.IGNORECASE,
)
"""Addresses where pages are shared and followed."""


def part_of(node: Node) -> tuple[Part | None, bool]:
    """What part of a page ``node`` says it is, if any, and whether that is sure: an id, which is
    often made out of a heading, is not."""
    part = _TAGS.get(node.tag) or _ROLES.get(node.get("role").strip().lower())
    if part is not None and part != "header" and part != "aside":
        return part, True
    if node.get("title") in {"header", "footer"}:  # of the pages that LibreOffice prints
        return "footer", True
    own_tag = [node.tag] if "-" in node.tag else []  # <app-footer>
    if "header" in words_of_name(node.tag) and own_tag:
        return "header", True
    named = _part_of_names([*own_tag, *node.get("class").split()])
    if named is not None:
        return named, True
    if part is not None:
        return part, True
    label = node.get("aria-label").lower()
    if label and node.tag not in {"main", "article", "section"} and _LABELS.search(label):
        return "menu", False
    own_id = node.get("id")
    if own_id.lower() in _SURE_IDS:
        return _SURE_IDS[own_id.lower()], True
    return _part_of_names([own_id]) if own_id else None, False


def label_of(node: Node) -> str:
    """The text of a block that is short enough to be a heading above something, else empty."""
    return short_text(node, 80)


def _part_of_names(names: list[str]) -> Part | None:
    for name in names:
        words = words_of_name(name)
        if not words or words[0] in _CONDITIONS:
            continue
        squeezed = "".join(words)
        for part, pattern in _STEM.items():
            if pattern is not None and pattern.search(squeezed):
                return part
        if words[0] in _PLACES or PANEL.search(name):
            continue
        for word in words:
            if word in _WORD:
                return _WORD[word]
    return None
