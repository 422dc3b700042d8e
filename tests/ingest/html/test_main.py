"""What is furniture and what is text, case by case."""

from __future__ import annotations

import pytest

from ingest.html.reader import html_blocks

LONG = (
    "Een leerwerkplek is een plek waar een student werkt en leert. Het bedrijf zorgt voor werk en "
    "voor iemand die tijd heeft. De school zorgt voor lessen en voor een docent die langskomt. "
)
MAIN = f"<main><h1>Leerwerkplek</h1><p>{LONG}</p><p>{LONG}</p></main>"


def texts(body: str) -> list[str]:
    page = f"<!DOCTYPE html><html><head><title>t</title></head><body>{body}</body></html>"
    return [block.text for block in html_blocks(page)]


def stays(part: str, words: str) -> bool:
    """Whether ``words`` are read from a page with ``part`` in its main element."""
    return any(words in text for text in texts(MAIN.replace("</main>", f"{part}</main>")))


@pytest.mark.parametrize(
    "part",
    [
        '<aside class="tip"><p>Begin met een gesprek over wat de student al kan.</p></aside>',
        f'<div class="share-your-story"><p>Dit blijft. {LONG * 2}</p></div>',
        '<section id="cookies"><h2>Cookies</h2><p>Dit blijft, want het gaat over koekjes die wij in'
        " de pauze bakken. Dat is heel gewoon op het werk, elke week weer.</p><p>Echt waar, zegt de"
        " begeleider, die er zelf ook graag een paar eet voor hij naar huis gaat.</p></section>",
        '<div class="hidden-panel" style="display: none"><p>Dit klapt uit.</p></div>',
        "<div hidden id='meer'><p>Dit staat er pas na een klik op de knop Lees meer.</p></div>",
        "<p>Dit <span hidden id='win'>Dit is voor Windows</span> en meer.</p>",
        "<p>Dit verwijst naar <a href='/a'>een pagina</a> en <a href='/b'>nog een</a>.</p>",
        "<h2>De routes</h2><ul><li><a href='/1'>Dit is Logistiek</a></li><li><a href='/2'>Techniek"
        "</a></li><li><a href='/3'>Zorg</a></li><li><a href='/4'>Bouw</a></li></ul>",
        "<h2>Lees ook</h2><p>Dit is een zin zonder link, maar wel een lange, zodat hij telt.</p>",
        "<div><header><h2>Dit is een kop</h2></header><p>En dit de tekst.</p></div>",
        '<article class="category-nieuwsbrief"><p>Dit is een bericht van de school.</p></article>',
        '<div class="news-header"><h2>Dit is een kop</h2></div>',
        "<header><h2>Dit is een kop</h2></header>",
    ],
)
def test_what_may_be_text_stays(part: str) -> None:
    words = "Begin met een gesprek" if "Begin met" in part else "Dit "
    assert stays(part, words)


@pytest.mark.parametrize(
    "part",
    [
        '<aside><h3>Lees ook</h3><p>Weg. <a href="/a">Een ander artikel over leren</a></p></aside>',
        '<div class="c-related"><p>Weg met deze zin, die ergens anders over gaat dan de tekst.</p>'
        "</div>",
        '<h2>Gerelateerde artikelen</h2><ul><li><a href="/a">Weg met dit</a></li></ul>',
        "<p>Deel deze pagina</p><p><a href='https://www.facebook.com/x'>Weg</a> "
        "<a href='https://bsky.app/y'>Weg</a></p>",
        '<ul><li><a href="#a">Weg</a><li><a href="#b">Weg twee</a><li><a href="#c">Weg</a></ul>',
        '<p>[<a href="a.htm">Weg</a>] [<a href="b.htm">Doel</a>] [<a href="c.htm">Links</a>]</p>',
        '<div class="page-nav"><a href="/1">Weg</a></div>',
        '<p><a href="#top">Terug naar boven</a></p>',
        "<div hidden>Weg</div>",
        "<p>Bedrag <span hidden>Weg 0001</span> 1</p>",
        '<div style="display:none">Weg</div>',
        "<form><p>Weg</p><label>Weg</label><input></form>",
        '<div id="comments"><p>Weg met deze reactie, want die is van een bezoeker die iets vond van'
        " de tekst en dat hier heeft opgeschreven.</p></div>",
        '<div role="dialog"><p>Weg</p></div>',
        '<p class="visually-hidden">Weg</p>',
        '<div class="x1"><p>Weg: was deze informatie nuttig?</p><a href="?j">Ja</a></div>',
        '<p><a href="/">Home</a> &gt; <a href="/weg">Weg</a> &gt; Hier</p>',
    ],
)
def test_what_is_furniture_goes(part: str) -> None:
    assert not stays(part, "Weg")
    assert not stays(part, "boven")


def test_the_text_stays_though_everything_around_it_has_a_misleading_name() -> None:
    for name in ("sidebar", "related", "popup", "comments", "newsletter", "footer", "menu"):
        body = f'<div class="{name}"><h2>Kop</h2><p>{LONG}</p><p>{LONG}</p></div><p>Kort.</p>'
        assert texts(body)[:2] == ["Kop", LONG.strip()], name


def test_comments_go_even_when_they_are_longer_than_the_text() -> None:
    body = f'{MAIN}<section class="comments"><p>{LONG.upper() * 20}</p></section>'
    assert LONG.upper().strip()[:50] not in " ".join(texts(body))


def test_a_cookie_bar_without_a_name_goes() -> None:
    bar = "<div><p>Wij gebruiken cookies.</p><button>Akkoord</button></div>"
    assert texts(bar + MAIN)[0] == "Leerwerkplek"


def test_a_text_about_cookies_stays() -> None:
    body = (
        f"<h1>Cookies</h1><p>{LONG} Cookies zijn bestanden.</p><p><a href='/i'>Instellingen</a></p>"
    )
    assert "Cookies zijn bestanden." in " ".join(texts(body))


def test_a_form_around_the_whole_page_is_none() -> None:
    assert texts(f'<form id="aspnetForm"><input type="hidden">{MAIN}</form>')[0] == "Leerwerkplek"


def test_a_header_with_the_heading_keeps_it_and_its_text() -> None:
    header = f"<header><a href='/'>Logo</a><h1>Kop</h1><p>{LONG}</p><ul><li>Menu</ul></header>"
    found = texts(f"{header}<main><p>{LONG}</p></main>")
    assert found == ["Kop", LONG.strip(), LONG.strip()]


def test_a_piece_of_html_is_read_whole() -> None:
    piece = "<h2>Lees ook</h2><ul><li><a href='/1'>Een</a></li><li><a href='/2'>Twee</a></li></ul>"
    assert [block.text for block in html_blocks(piece)] == ["Lees ook", "Een", "Twee"]


def test_a_page_that_is_nothing_but_links_is_read() -> None:
    links = "".join(f"<li><a href='/{n}'>Route {n}</a></li>" for n in range(6))
    assert texts(f"<h1>Routes</h1><ul>{links}</ul>") == [
        "Routes",
        *(f"Route {n}" for n in range(6)),
    ]


def test_an_empty_page_has_no_blocks() -> None:
    assert texts("") == []
    assert html_blocks("") == []
    assert html_blocks("<!-- niets -->") == []
