from __future__ import annotations

from ingest.html import html_blocks, html_title


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
