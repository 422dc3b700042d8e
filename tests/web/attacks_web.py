"""Attacks by way of paths, markup, headers, and sheer size."""

from __future__ import annotations

import socket
import time
from functools import partial
from urllib.parse import quote

from tests.web.attacks import EVIL, SIGN_IN, STAFF, Attack, Target
from tests.web.hostile import SECRET
from tests.web.whole import IMAGE, SCRIPT
from web.guard import SECURITY_HEADERS

QUESTION = "Hoeveel euro kost een leenfiets?"
MARKUP = (
    SCRIPT,
    IMAGE,
    "'\"><svg/onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "{{7*7}}",
)


def _not_there(target: Target, *paths: str) -> None:
    browser = target.browser()
    for path in paths:
        got = browser.get(path)
        assert got.status_code in (400, 404, 422), (path, got.status_code)
        assert SECRET not in got.text
        assert "Settings(" not in got.text


def _paths(*paths: str) -> partial[None]:
    return partial(_each_path, paths)


def _each_path(paths: tuple[str, ...], target: Target) -> None:
    _not_there(target, *paths)


def _raw_paths(target: Target) -> None:
    """As no browser would send them."""
    for path in ("/static/../../corpus/settings.py", "/static//etc/passwd", "/static/..;/x", "/%"):
        heard = target.said(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        assert heard.startswith((b"HTTP/1.1 404", b"HTTP/1.1 400")), (path, heard[:80])


def _around_the_gate(target: Target) -> None:
    browser = target.browser()
    for path in (
        f"{STAFF}/documenten",
        f"{STAFF}//documenten",
        f"/x/..{STAFF}/documenten",
        "/%62eheer/documenten",
        "/BEHEER/documenten",
        f"{STAFF}/.",
        f"{STAFF}%2fdocumenten",
        f"{STAFF};x/documenten",
        f"{STAFF}/inloggen/../documenten",
    ):
        got = browser.get(path)
        inside = got.status_code in (303, 307, 308, 404)
        assert inside, (path, got.status_code)


def _no_markup(text: str, page: str) -> None:
    assert text not in page
    assert "49" not in page or text != "{{7*7}}"


def _in_question(target: Target) -> None:
    for text in MARKUP[:4]:
        page = target.browser().get("/", params={"vraag": f"{QUESTION} {text}"}).text
        _no_markup(text, page)


def _in_other_fields(target: Target) -> None:
    browser = target.browser()
    for text in MARKUP[:4]:
        for path in (
            "/?vraag=x&doelgroep={}",
            "/?taal={}",
            "/check?voor={}",
            "/documenten?soort={}",
            f"{SIGN_IN}?naar={{}}",
            "/bron/{}",
            "/antwoord/{}",
            "/{}",
        ):
            _no_markup(text, browser.get(path.format(quote(text, safe=""))).text)


def _in_feedback(target: Target) -> None:
    form = {"kenmerk": "a1", "nuttig": "nee", "vraag": f"{QUESTION} {SCRIPT}", "woord": IMAGE}
    assert SCRIPT not in target.browser().post("/mening", data=form).text
    staff, _ = target.staff()
    page = staff.get(f"{STAFF}/open-vragen").text
    assert SCRIPT not in page
    assert IMAGE not in page


def _in_documents(target: Target) -> None:
    browser, (staff, _) = target.browser(), target.staff()
    for client, path in (
        (browser, "/documenten"),
        (staff, f"{STAFF}/documenten"),
        (staff, f"{STAFF}/werk/{target.whole.job}"),
    ):
        page = client.get(path).text
        assert "alert(" in page  # it is there, as text
        assert SCRIPT not in page
        assert IMAGE not in page


def _in_glossary(target: Target) -> None:
    staff, token = target.staff()
    fields = {"formulier": token, "term": SCRIPT, "woorden": IMAGE, "zeg": SCRIPT, "vraag": SCRIPT}
    for path in (f"{STAFF}/woordenlijst", f"{STAFF}/woordenlijst/proef"):
        sent = staff.post(path, data=fields)
        assert sent.status_code < 500
        assert SCRIPT not in sent.text


def _framed(target: Target) -> None:
    for path in ("/", SIGN_IN, "/venster"):
        policy = target.browser().get(path).headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy


def _security_headers(target: Target) -> None:
    for path in ("/", "/bestaat-niet", "/api/documents", "/static/app.js", SIGN_IN):
        got = target.browser().get(path).headers
        assert set(SECURITY_HEADERS) <= {name.title() for name in got} | set(got)
        assert all(name.lower() in got for name in SECURITY_HEADERS)
        assert "unsafe-inline" not in got["content-security-policy"]


def _line_breaks(target: Target) -> None:
    breaks = "x\r\nSet-Cookie: kwaad=1\r\n\r\n<script>"
    browser = target.browser()
    for path in (
        f"/?vraag={quote(breaks)}",
        f"/?taal={quote(breaks)}",
        f"{STAFF}/{quote(breaks)}",
        f"/bron/{quote(breaks)}",
    ):
        got = browser.get(path)
        assert "kwaad=1" not in got.headers.get("set-cookie", "")
        assert "\r" not in got.headers.get("location", "")
    form = {"vraag": breaks, "kenmerk": "a1", "doelgroep": breaks}
    assert "set-cookie" not in browser.post("/deel", data=form).headers


def _other_host(target: Target) -> None:
    browser = target.browser()
    for name in ("Host", "X-Forwarded-Host", "X-Host", "Forwarded"):
        for path in (
            "/",
            "/documenten/",
            "/beheer/",
            "/beheer/documenten",
            "/openapi.json",
            "/docs/",
        ):
            got = browser.get(path, headers={name: EVIL})
            assert EVIL not in got.headers.get("location", ""), (name, path)
            assert EVIL not in got.text, (name, path)


def _other_address(target: Target) -> None:
    browser = target.browser()
    plain = browser.get("/over").text
    for name in ("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix"):
        assert browser.get("/over", headers={name: f"{STAFF}/documenten"}).text == plain


def _cached(target: Target) -> None:
    for path in ("/", f"/?vraag={quote(QUESTION)}", "/api/documents", SIGN_IN):
        kept = target.browser().get(path).headers["cache-control"]
        assert "no-cache" in kept or "no-store" in kept
        assert "public" not in kept


def _as_this_machine(target: Target) -> None:
    for headers in ({"X-Forwarded-For": "127.0.0.1"}, {"Host": "localhost"}, {"X-Real-IP": "::1"}):
        assert target.browser().get("/metrics", headers=headers).status_code == 403


_SMUGGLED = (
    b"POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"0\r\n\r\nGET /beheer HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 0\r\n\r\n"
    b"GET /x HTTP/1.1\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n"
    b"GET /x HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length : 40\r\n\r\nGET /x HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nA: b\x00c\r\n\r\n",
)


def _smuggling(target: Target) -> None:
    for sent in _SMUGGLED:
        heard = target.said(sent)
        assert heard.count(b"HTTP/1.1 ") <= 1, heard[:300]
        assert heard == b"" or heard.startswith(b"HTTP/1.1 4"), heard[:80]


def _large_headers(target: Target) -> None:
    for head in (b"A: " + b"x" * 300_000, b"\r\n".join(b"A%d: x" % n for n in range(30_000))):
        heard = target.said(b"GET / HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n\r\n")
        assert heard == b"" or heard.startswith(b"HTTP/1.1 4"), heard[:80]


def _slow_body(target: Target) -> None:
    lines = [socket.create_connection(("127.0.0.1", target.port), timeout=5) for _ in range(40)]
    for line in lines:
        line.sendall(b"POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{")
    started = time.perf_counter()
    heard = target.said(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert heard.startswith(b"HTTP/1.1 200")
    assert time.perf_counter() - started < 5
    question = b'{"question": "Wat kost een leenfiets?"}'
    head = (
        b"POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close"
    )
    heard = target.said(b"%s\r\nContent-Length: %d\r\n\r\n%s" % (head, len(question), question))
    assert heard.startswith(b"HTTP/1.1 200"), heard[:80]
    for line in lines:
        line.close()


def _large_body(target: Target) -> None:
    browser = target.browser()
    for path in ("/api/chat", "/gesprek", "/mening", "/api/corpus/publish", SIGN_IN):
        assert browser.post(path, content=b"x" * 70_000).status_code in (401, 413, 422), path
    told = browser.post("/api/chat", content=iter([b"x" * 40_000] * 3))  # without its length
    assert told.status_code == 413


def _deep_body(target: Target) -> None:
    browser = target.browser()
    json = {"Content-Type": "application/json"}
    for body in (
        "[" * 60_000,
        '{"question":' * 5_000,
        '{"question": 1e999999}',
        '"\\ud800"',
        "NaN",
    ):
        got = browser.post("/api/chat", content=body, headers=json)
        assert got.status_code in (400, 422), (body[:20], got.status_code)
        assert "Traceback" not in got.text


def _many_fields(target: Target) -> None:
    browser = target.browser()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert browser.post("/mening", content="a=&" * 20_000, headers=form).status_code in (400, 422)
    parts = {"Content-Type": "multipart/form-data"}
    assert browser.post("/mening", content="x", headers=parts).status_code in (400, 422)
    staff, token = target.staff()
    files = [("bestanden", (f"{n}.md", b"x")) for n in range(1500)]
    assert (
        staff.post(f"{STAFF}/toevoegen", data={"formulier": token}, files=files).status_code == 400
    )


def _packed_body(target: Target) -> None:
    import gzip

    packed = gzip.compress(b" " * 50_000_000)
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    assert target.browser().post("/api/chat", content=packed, headers=headers).status_code in (
        400,
        422,
    )


def _hanging_question(target: Target) -> None:
    for text in (
        "a@" * 990,
        "1." * 990,
        "(" * 1990,
        "a" * 1990,
        "\u0301" * 1990,
        "? " * 990,
        "-" * 1990,
    ):
        started = time.perf_counter()
        got = target.browser().post("/api/chat", json={"question": text, "history": [text] * 5})
        assert got.status_code in (200, 400)
        assert time.perf_counter() - started < 10


_PATHS, _XSS = "Paden", "Script in tekst (XSS)"
_HEADERS, _SIZE = "Koppen en adressen", "Te groot, te veel, te traag"
_UP = "..%2f..%2f..%2fetc%2fpasswd"
WEBS = (
    Attack(
        _PATHS,
        "uit de map met bestanden klimmen (../, gecodeerd, dubbel, \\, nulbyte)",
        "404",
        _paths(
            f"/static/{_UP}",
            "/static/%2e%2e/%2e%2e/corpus/settings.py",
            "/static/%252e%252e%252fx",
            "/static/..%5c..%5ccorpus%5csettings.py",
            "/static/app.js%00.html",
            "/static/%c0%ae%c0%ae/x",
        ),
    ),
    Attack(_PATHS, "hetzelfde zoals geen browser het stuurt", "400 of 404", _raw_paths),
    Attack(
        _PATHS,
        "een ander bestand vragen als document",
        "404",
        _paths(
            f"/api/documents/{_UP}/text",
            f"/bron/{_UP}",
            "/bron/%00",
            "/api/documents/a%00b/text",
            f"/antwoord/{_UP}",
            "/antwoord/%00",
        ),
    ),
    Attack(
        _PATHS,
        "langs de poort van het beheer met een ander pad",
        "404 of naar de inlogpagina",
        _around_the_gate,
    ),
    Attack(_XSS, "in de vraag", "als tekst getoond", _in_question),
    Attack(_XSS, "in elk ander deel van het adres", "als tekst getoond", _in_other_fields),
    Attack(_XSS, "in een mening, die staf later leest", "als tekst getoond", _in_feedback),
    Attack(
        _XSS, "in titel, tekst en bestandsnaam van een document", "als tekst getoond", _in_documents
    ),
    Attack(_XSS, "in de woordenlijst", "als tekst getoond", _in_glossary),
    Attack(
        _XSS, "de site in een frame van een ander (clickjacking)", "frame-ancestors 'none'", _framed
    ),
    Attack(
        _XSS,
        "een script dat er toch in komt, laten draaien",
        "het beveiligingsbeleid (CSP) staat op elke pagina, zonder unsafe-inline",
        _security_headers,
    ),
    Attack(_HEADERS, "regeleinden in vraag, taal of pad (CRLF)", "geen kop erbij", _line_breaks),
    Attack(
        _HEADERS,
        "een andere Host of X-Forwarded-Host",
        "komt in geen adres of pagina terug",
        _other_host,
    ),
    Attack(
        _HEADERS, "een ander adres voorwenden (X-Original-URL)", "de kop telt niet", _other_address
    ),
    Attack(_HEADERS, "een antwoord in een gedeelde cache krijgen", "private, no-cache", _cached),
    Attack(_HEADERS, "zich voordoen als deze computer voor /metrics", "403", _as_this_machine),
    Attack(
        _HEADERS,
        "twee verzoeken in één (request smuggling)",
        "400, en hoogstens één antwoord",
        _smuggling,
    ),
    Attack(
        _SIZE,
        "koppen van 300 kB, of dertigduizend koppen",
        "verbinding dicht of 4xx",
        _large_headers,
    ),
    Attack(
        _SIZE,
        "veertig verzoeken die nooit afkomen (slow body)",
        "anderen krijgen gewoon antwoord: ze houden geen plaats bezet",
        _slow_body,
    ),
    Attack(_SIZE, "een grotere inhoud dan mag, met of zonder lengte", "413", _large_body),
    Attack(_SIZE, "JSON die eindeloos nest of geen JSON is", "400 of 422", _deep_body),
    Attack(_SIZE, "twintigduizend velden, of 1500 bestanden in één formulier", "400", _many_fields),
    Attack(
        _SIZE,
        "een ingepakte inhoud van 50 MB (gzip-bom)",
        "wordt niet uitgepakt: 400 of 422",
        _packed_body,
    ),
    Attack(
        _SIZE,
        "een vraag om reguliere uitdrukkingen mee te laten hangen",
        "een antwoord binnen de tijd",
        _hanging_question,
    ),
)
