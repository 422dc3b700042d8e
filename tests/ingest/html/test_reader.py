from __future__ import annotations

import pytest

from ingest.html.reader import declared_charset, html_blocks, html_title


def shape(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in html_blocks(text)]


def test_only_the_main_content_is_read() -> None:
    page = (
        "<html><body><nav>Menu</nav><header>Kop van de site</header><main><p>Tekst</p>"
        "<script>x()</script><style>p{}</style><form>Zoek</form><aside>Reclame</aside></main>"
        "<footer>Onder</footer></body></html>"
    )
    assert shape(page) == [("paragraph", "Tekst")]


def test_without_main_the_whole_body_is_read() -> None:
    assert shape("<p>een</p><div>twee<p>drie</p>vier</div>") == [
        ("paragraph", "een"),
        ("paragraph", "twee"),
        ("paragraph", "drie"),
        ("paragraph", "vier"),
    ]


def test_lists_quotes_and_headings() -> None:
    found = html_blocks(
        "<h2>Kop</h2><ol><li>een<ul><li>onder</li></ul></li><li><p>twee</p></li></ol>"
        "<blockquote><p>Woorden</p></blockquote>"
    )
    assert [(b.kind, b.text, b.level, b.mark) for b in found] == [
        ("heading", "Kop", 2, ""),
        ("item", "een", 1, "1."),
        ("item", "onder", 2, "-"),
        ("item", "twee", 1, "2."),
        ("quote", "Woorden", 0, ""),
    ]


def test_a_table_has_caption_and_column_names() -> None:
    page = (
        "<table><caption>Tabel 1: Kosten</caption><thead><tr><th>Wat</th><th>Euro</th></tr></thead>"
        "<tbody><tr><td>Laptop</td><td>900</td></tr></tbody></table>"
    )
    assert shape(page) == [("caption", "Tabel 1: Kosten"), ("row", "Laptop: 900 (Euro)")]


def test_a_table_made_for_its_looks_is_read_through() -> None:
    assert shape("<table><tr><td><p>een</p><p>twee</p></td></tr></table>") == [
        ("paragraph", "een"),
        ("paragraph", "twee"),
    ]


def test_line_breaks_with_bullets_are_a_list() -> None:
    assert shape("<p>Dit:<br>• een<br>• twee</p>") == [
        ("paragraph", "Dit:"),
        ("item", "een"),
        ("item", "twee"),
    ]


def test_lines_of_the_source_and_entities_do_not_show() -> None:
    assert shape("<p>een\n   twee&nbsp;&euro;&shy;5 <b>en</b>\ndrie<sup>1</sup></p>") == [
        ("paragraph", "een twee €5 en drie")
    ]


def test_the_title_is_the_first_h1_or_else_the_title_of_the_page() -> None:
    assert html_title("<title>Regels | Site</title><header><h1>Alle regels</h1></header>") == (
        "Alle regels"
    )
    assert html_title("<title>Regels | Site</title><p>x</p>") == "Regels"
    assert html_title("<p>x</p>") is None
    assert html_title("<!-- niets -->") is None


def test_very_deep_pages_are_read_to_the_end() -> None:
    assert "diep" in " ".join(text for _, text in shape("<div>" * 240 + "diep"))


def test_breaks_make_paragraphs_items_and_lines_of_facts() -> None:
    assert shape("<p>een<br><br>twee<br>drie</p>") == [
        ("paragraph", "een"),
        ("paragraph", "twee drie"),
    ]
    assert shape("<p>Neem mee:<br>- pen<br>- papier</p>") == [
        ("paragraph", "Neem mee:"),
        ("item", "pen"),
        ("item", "papier"),
    ]
    assert shape("<p>Dag: 1 mei<br>Tijd: 10 uur</p>") == [
        ("paragraph", "Dag: 1 mei"),
        ("paragraph", "Tijd: 10 uur"),
    ]


def test_paragraphs_that_count_up_are_a_list_and_a_lone_hyphen_is_none() -> None:
    found = html_blocks("<p>1. eerst</p><p>2. dan</p><p>Klaar.</p><p>- zo</p>")
    assert [(b.kind, b.mark, b.text) for b in found] == [
        ("item", "1.", "eerst"),
        ("item", "2.", "dan"),
        ("paragraph", "", "Klaar."),
        ("paragraph", "", "- zo"),
    ]


def test_bold_lines_are_headings_where_a_page_has_hardly_any() -> None:
    bold = "<p><strong>Kosten</strong></p><p>Het kost niets.</p>"
    assert shape("<h1>Titel</h1>" + bold)[1] == ("heading", "Kosten")
    assert shape("<b>Kosten</b><br>Het kost niets.")[0] == ("heading", "Kosten")
    others = "<h2>a</h2><p>x</p><h2>b</h2><p>x</p><h2>c</h2><p>x</p>"
    assert shape(others + bold)[6] == ("paragraph", "Kosten")


def test_a_bold_sentence_and_a_bold_lead_are_no_heading() -> None:
    assert shape("<p><b>Let goed op.</b></p><p>Tekst.</p>")[0][0] == "paragraph"
    assert shape("<p><b>U leert:</b></p><ul><li>a</li></ul>")[0][0] == "paragraph"


def test_terms_stay_with_their_definitions() -> None:
    found = html_blocks(
        "<dl><dt>Ad<dt>Associate degree<dd>Een opleiding van twee jaar.<dd>Op hbo-niveau.</dl>"
    )
    assert [(b.kind, b.level, b.text) for b in found] == [
        ("item", 1, "Ad, Associate degree: Een opleiding van twee jaar."),
        ("paragraph", 1, "Op hbo-niveau."),
    ]


def test_a_question_in_a_list_of_definitions_is_a_heading() -> None:
    assert shape("<dl><dt>Mag het?</dt><dd><p>Ja.</p><p>Altijd.</p></dd></dl>") == [
        ("heading", "Mag het?"),
        ("paragraph", "Ja."),
        ("paragraph", "Altijd."),
    ]


def test_what_folds_out_has_a_heading_below_the_one_around_it() -> None:
    found = html_blocks(
        "<h2>Vragen</h2><details><summary>Een?</summary><p>Ja.</p></details>"
        "<details open><summary>Twee?</summary>Nee.</details><h2>Slot</h2>"
    )
    assert [(b.kind, b.level, b.text) for b in found] == [
        ("heading", 2, "Vragen"),
        ("heading", 3, "Een?"),
        ("paragraph", 0, "Ja."),
        ("heading", 3, "Twee?"),
        ("paragraph", 0, "Nee."),
        ("heading", 2, "Slot"),
    ]


def test_text_behind_what_folds_out_does_not_fall_under_its_heading() -> None:
    page = "<h2>Vragen</h2><details><summary>Een?</summary><p>Ja.</p></details><p>Verder.</p>"
    assert shape(page) == [
        ("heading", "Vragen"),
        ("paragraph", "Een?"),
        ("paragraph", "Ja."),
        ("paragraph", "Verder."),
    ]


def test_who_said_it_stands_behind_the_quotation() -> None:
    assert shape("<blockquote><p>Een.</p><p>Twee.</p><footer>— Jan</footer></blockquote>") == [
        ("quote", "Een."),
        ("quote", "Twee. (Jan)"),
    ]
    assert shape("<figure><blockquote>Ja.</blockquote><figcaption>Els, baas</figcaption></figure>")[
        0
    ] == ("quote", "Ja. (Els, baas)")
    assert shape("<blockquote>uit <cite>Het boek</cite> geleerd</blockquote>") == [
        ("quote", "uit Het boek geleerd")
    ]


def test_items_keep_the_number_that_the_page_gives_them() -> None:
    found = html_blocks(
        '<ol start="3" type="a"><li>c</li><li value="7">g</li></ol>'
        '<ul><li>a) eigen</li></ul><ol><li data-mark="1.2">x</li></ol>'
    )
    assert [block.mark for block in found] == ["c.", "g.", "a)", "1.2"]


def test_an_item_with_a_heading_is_a_card() -> None:
    found = html_blocks("<ul><li><h3>Plek</h3><p>In de buurt.</p></li></ul>")
    assert [(b.kind, b.level, b.text) for b in found] == [
        ("heading", 3, "Plek"),
        ("paragraph", 0, "In de buurt."),
    ]


def test_notes_are_notes_and_their_marks_are_gone() -> None:
    found = html_blocks(
        '<p>Tekst<a href="#fn1" role="doc-noteref">1</a> verder.<sup><a href="#fn2">2</a></sup></p>'
        '<section class="footnotes"><ol><li id="fn1">Een. <a href="#fnref1">↩</a></li>'
        '<li id="fn2"><p>Twee.</p></li></ol></section><div role="doc-footnote">Drie <b>x</b></div>'
    )
    assert [(b.kind, b.reference, b.text) for b in found] == [
        ("paragraph", False, "Tekst verder."),
        ("note", True, "Een."),
        ("note", True, "Twee."),
        ("note", True, "Drie x"),
    ]


def test_an_address_is_one_paragraph() -> None:
    assert shape("<address>Dorpsstraat 1<br>1234 AB Ergens</address>") == [
        ("paragraph", "Dorpsstraat 1, 1234 AB Ergens")
    ]


def test_the_title_is_not_that_of_a_logo_or_cookie_bar() -> None:
    assert html_title('<h1 class="logo"><a href="/">Site</a></h1><h1>Regels</h1>') == "Regels"
    page = '<div class="cookie-bar"><h1>Cookies</h1></div><main><h1>Regels</h1></main>'
    assert html_title(page) == "Regels"


@pytest.mark.parametrize(
    ("start", "encoding"),
    [
        (b'<meta charset="iso-8859-1">', "cp1252"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=Windows-1252'>", "cp1252"),
        (b'<?xml version="1.0" encoding="ISO-8859-15"?>', "iso8859-15"),
        (b"<meta charset=utf-8>", "utf-8"),
        (b'<meta charset="rot13">', None),
        (b'<meta charset="windows-1259">', None),
        (b"<p>charset</p>", None),
        (b" " * 5000 + b'<meta charset="utf-8">', None),
    ],
)
def test_the_declared_encoding(start: bytes, encoding: str | None) -> None:
    assert declared_charset(start) == encoding
