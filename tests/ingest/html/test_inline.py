from __future__ import annotations

import pytest

from ingest.html.reader import html_blocks


def text(source: str) -> str:
    return " ".join(block.text for block in html_blocks(f"<p>{source}</p>"))


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("<span>a</span><span>b</span>", "ab"),
        ("oplei&shy;ding, leer<wbr>werkplek", "opleiding, leerwerkplek"),
        ("een<img>twee, drie<img>.", "een twee, drie."),
        ("zij zei <q>ja</q>", "zij zei “ja”"),
        ("12 m<sup>2</sup> en 10<sup>6</sup>", "12 m² en 10⁶"),
        ("1<sup>e</sup> jaar, CO<sub>2</sub>", "1e jaar, CO2"),
        ("in 2021<sup>3</sup> en nu<sup>*</sup>.", "in 2021 en nu."),
        ("nu<sup><a href='#fn2'>2</a></sup> en <a href='x#_ftn1'>[1]</a>dan", "nu en dan"),
        ("zie hoofdstuk <a href='#h3'>3</a>", "zie hoofdstuk 3"),
        ("<del>oud</del><s>weg</s><ins>nieuw</ins>", "nieuw"),
        ("<span style='text-decoration: line-through'>oud</span>nieuw", "nieuw"),
        ("<noscript>zonder script</noscript><template>x</template>hier", "hier"),
        ("Kop <a class='headerlink' href='#kop'>¶</a>", "Kop"),
        ("a&nbsp;b &amp; c &euro;&#8239;5", "a b & c € 5"),
    ],
)
def test_text_reads_as_the_page_shows_it(source: str, read: str) -> None:
    assert text(source) == read


@pytest.mark.parametrize(
    ("link", "read"),
    [
        ("<a href='mailto:x%40y.nl?subject=s'>mail ons</a>", "mail ons (x@y.nl)"),
        ("<a href='mailto:x@y.nl'>X@y.nl</a>", "X@y.nl"),
        ("<a href='mailto:?subject=s'>stuur door</a>", "stuur door"),
        ("<a href='tel:+31301234567'>bel</a>", "bel (+31301234567)"),
        ("<a href='tel:+31301234567'>030 123 45 67</a>", "030 123 45 67"),
        ("<a href='https://voorbeeld.nl'>de site</a>", "de site"),
        ("<span data-cfemail='2a524a53044446'>[email&#160;protected]</span>", "x`y.nl"),
        ("<a href='/cdn-cgi/l/email-protection#2a526a53044446'>mail</a>", "mail (x@y.nl)"),
        ("<a data-cfemail='geen hex'>x</a>", ""),
    ],
)
def test_addresses_behind_links_are_told(link: str, read: str) -> None:
    assert text(link) == read
