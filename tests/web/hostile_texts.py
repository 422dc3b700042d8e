"""Pages and texts that mean harm, and names that do."""

from __future__ import annotations

import gzip
from collections.abc import Callable

from tests.web.hostile import SECRET, SENTENCE, Upload

TEXT = SENTENCE.encode()
_HTML = (
    "<!DOCTYPE html><html lang='nl'><head><title>Dagen</title>{head}</head>"
    "<body>{body}</body></html>"
)


def _html(body: str, head: str = "") -> Callable[[], bytes]:
    return lambda: _HTML.format(head=head, body=f"<p>{SENTENCE}</p>{body}").encode()


def _md(text: str) -> Callable[[], bytes]:
    return lambda: f"# Dagen\n\n{SENTENCE}\n\n{text}\n".encode()


def _bytes(data: bytes) -> Callable[[], bytes]:
    return lambda: data


_LAUGHS = (
    "x: &a ["
    + "a, " * 9
    + "]\n"
    + "".join(f"x{n}: &a{n} [{', '.join([f'*a{n - 1 or str()}'] * 9)}]\n" for n in range(1, 9))
)

TEXTS = (
    Upload(
        "script.html",
        "scripts, gebeurtenissen en een lijst met onzichtbare opdrachten",
        _html(
            "<script>kwaad()</script><img src=x onerror=kwaad()><svg onload=kwaad()></svg>"
            "<iframe srcdoc='<script>kwaad()</script>'></iframe><object data=kwaad></object>"
        ),
        never=("kwaad",),
    ),
    Upload(
        "verder.html",
        "doorsturen met meta refresh en een ander basisadres",
        _html(
            "", "<meta http-equiv=refresh content='0;url=https://kwaad/'><base href=https://kwaad/>"
        ),
        never=("kwaad",),
    ),
    Upload(
        "links.html",
        "links met javascript: en data:",
        _html("<a href='javascript:kwaad()'>hier</a>"),
        never=("javascript",),
    ),
    Upload("diep.html", "drieduizend geneste elementen", _html("<div>" * 3_000 + "diep")),
    Upload("lijst.html", "vijfhonderd geneste lijsten", _html("<ul><li>" * 500 + "diep")),
    Upload(
        "open.html", "vijftienduizend tekens die niet sluiten", _html("<b><i><a href=x>" * 5_000)
    ),
    Upload(
        "tabel.html",
        "cel van een miljard kolommen en rijen",
        _html(
            "<table><tr><td colspan=1000000000 rowspan=1000000000>a</td></tr>"
            "<tr><td>b</td></tr></table>"
        ),
    ),
    Upload(
        "entiteit.html",
        "miljard keer haha in een DOCTYPE",
        lambda: (
            b'<!DOCTYPE html [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>'
            b"<html><body><p>&b;&b;</p><p>" + TEXT + b"</p></body></html>"
        ),
    ),
    Upload(
        "xxe.xhtml",
        "XHTML met XXE",
        lambda: (
            b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html xmlns="http://www.w3.org/1999/xhtml"><body><p>&a;</p><p>'
            + TEXT
            + b"</p></body></html>"
        ),
        never=(SECRET,),
    ),
    Upload(
        "kenmerk.html",
        "honderdduizend kenmerken aan één element",
        _html("<p " + " ".join(f"a{n}=b" for n in range(100_000)) + ">a</p>"),
    ),
    Upload("citaat.md", "honderdduizend geneste citaten", _md(">" * 100_000 + " diep")),
    Upload("haken.md", "twintigduizend open haken", _md("[" * 20_000 + "a")),
    Upload("nadruk.md", "nadruk die nergens sluit", _md("*a **a " * 5_000)),
    Upload("streepjes.md", "lijst in een lijst op één regel", _md("- " * 50_000 + "a")),
    Upload(
        "code.md",
        "aanhalingstekens voor code van oplopende lengte",
        _md("".join("a" + "`" * n for n in range(300))),
    ),
    Upload(
        "verwijs.md",
        "duizenden verwijzingen naar elkaar",
        _md("\n".join(f"[a{n}]: <a{n}>" for n in range(3_000)) + "\n" + "[a1][a2]" * 3_000),
    ),
    Upload(
        "html.md",
        "HTML met script in Markdown",
        _md("<script>kwaad()</script>\n\n<img src=x onerror=kwaad()>"),
        never=("onerror",),
    ),
    Upload(
        "tabel.md",
        "tabel van tweeduizend kolommen",
        _md("|a" * 2_000 + "|\n" + "|-" * 2_000 + "|\n" + "|b" * 2_000 + "|"),
    ),
    Upload(
        "kop.md",
        "YAML-kop met een miljard keer hetzelfde",
        lambda: f"---\ntitle: Dagen\n{_LAUGHS}---\n{SENTENCE}\n".encode(),
        "onbekende sleutel",
    ),
    Upload(
        "object.md",
        "YAML-kop die een Python-opdracht wil doen",
        _bytes(b"---\ntitle: !!python/object/apply:os.system ['echo kwaad']\n---\n" + TEXT),
        "geen geldige YAML",
    ),
    Upload(
        "diepkop.md",
        "YAML-kop met geneste lijsten",
        lambda: f"---\ntitle: {'[' * 20_000}\n---\n{SENTENCE}\n".encode(),
        "te lang",
    ),
    Upload("leeg.md", "leeg bestand", _bytes(b""), "is leeg"),
    Upload("spaties.txt", "alleen spaties", _bytes(b" \n\t" * 1000), "bevat geen tekst"),
    Upload("nul.txt", "nulbytes", _bytes(TEXT + b"\x00" * 100), "nulbytes"),
    Upload("utf16.txt", "tekst in UTF-16", _bytes((SENTENCE + "\n").encode("utf-16"))),
    Upload(
        "utf16le.txt", "UTF-16 zonder merkteken", _bytes(SENTENCE.encode("utf-16-le")), "nulbytes"
    ),
    Upload("utf32.txt", "tekst in UTF-32", _bytes(SENTENCE.encode("utf-32")), "binair bestand"),
    Upload(
        "kapot.txt",
        "ongeldige UTF-8 en halve tekens",
        _bytes(TEXT + b"\n\xed\xa0\x80\xff\xfe\xc0\xaf\n"),
    ),
    Upload("regel.txt", "10 MB op één regel", _bytes(b"woord " * 1_700_000), "te veel tekst"),
    Upload(
        "woord.txt",
        "één woord van tweehonderdduizend letters",
        lambda: TEXT + b"\n\n" + b"a" * 200_000,
    ),
    Upload(
        "punten.txt",
        "tekst om reguliere uitdrukkingen mee te laten hangen",
        lambda: (
            TEXT
            + b"\n\n"
            + b"1.1.1.1." * 2_000
            + b"\n\n"
            + b"a@" * 4_000
            + b"\n\n"
            + b"-\n" * 4_000
            + b"(" * 8_000
        ),
    ),
    Upload(
        "witruimte.txt",
        "honderdduizend spaties tussen twee woorden",
        lambda: TEXT + b"\n\na" + b" " * 100_000 + b"b\n" + b"\t\n" * 50_000,
    ),
    Upload(
        "stapel.txt",
        "tienduizenden accenten op één letter",
        lambda: (SENTENCE + "\n\na" + "\u0301" * 50_000 + " b").encode(),
    ),
    Upload(
        "draai.txt",
        "tekens die de leesrichting omdraaien",
        lambda: f"{SENTENCE}\n\nBetaal \u202e0001\u202c euro aan de \u2066school\u2069.".encode(),
        never=("\u202e", "\u2066"),
    ),
    Upload(
        "formule.csv",
        "rekenblad in tekst met formules",
        _bytes(b"=cmd|'/c calc'!A0,1\n"),
        "kennen we niet",
    ),
    Upload("beeld.svg", "SVG met script", _bytes(b"<svg onload=kwaad()>"), "kennen we niet"),
    Upload(
        "stijl.xml",
        "XML met XXE",
        _bytes(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'),
        "kennen we niet",
    ),
    Upload(
        "programma.md",
        "programma onder de naam Markdown",
        _bytes(b"\x7fELF\x02\x01\x01" + bytes(100)),
        "een programma",
    ),
    Upload(
        "pakket.txt",
        "gzip-bom onder de naam tekst",
        lambda: gzip.compress(bytes(20_000_000)),
        "een gzip-archief",
    ),
    Upload("plan.pdf.exe", "dubbele extensie", _bytes(b"MZ\x90"), "kennen we niet"),
    Upload("zonder", "geen extensie", _bytes(TEXT), "kennen we niet"),
)

NAMES = (
    Upload("..%2f..%2fetc%2fpasswd.md", "pad in procenten als naam", _md("")),
    Upload("../../etc/passwd.md", "pad als naam", _md("")),
    Upload("..\\..\\windows\\win.md", "Windows-pad als naam", _md("")),
    Upload("/etc/cron.d/kwaad.md", "volledig pad als naam", _md("")),
    Upload("a\x00.md", "nulbyte in de naam", _md("")),
    Upload("a\r\nSet-Cookie: x=1.md", "regeleinde in de naam", _md("")),
    Upload("plan\u202efdp.md", "naam die van rechts naar links leest", _md("")),
    Upload("x" * 1000 + ".md", "naam van duizend tekens", _md("")),
    Upload('"; rm -rf /; ".md', "opdracht als naam", _md("")),
    Upload("-rf.md", "optie als naam", _md("")),
    Upload("CON.md", "apparaat van Windows als naam", _md("")),
    Upload(
        "manifest.toml",
        "manifest zonder documenten erbij",
        _bytes(b'[[document]]\nfile = "/etc/passwd"\n'),
        "bestaat niet",
    ),
    Upload("<script>alert(1)</script>.md", "script als naam", _md("")),
    Upload("....md", "alleen punten", _md("")),
    Upload("' OR 1=1 --.md", "SQL als naam", _md("")),
)
