from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import httpcore2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.errors import BadInputError
from ingest.arrive.connection import CheckedBackend, Deadline
from ingest.arrive.fetch import MAX_DELAY, MAX_REDIRECTS, Fetcher
from ingest.arrive.fetched import Fetched, FetchError, NotModified, Reason, Validators
from ingest.arrive.urls import checked_url
from tests.website import HOME, Page, Website, Writer, addresses, website

pytestmark = pytest.mark.allow_hosts([HOME])

HTML = "<!DOCTYPE html><html><title>Één</title><p>De student werkt vier dagen.</p></html>"
MEGABYTE = 1_000_000


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as found:
        yield found


def fetcher(
    *,
    resolve: Callable[[str, int], Sequence[str]] | None = None,
    seconds: float = 5,
    pause: float = 0,
    sleep: Callable[[float], None] = time.sleep,
    ssl_context: ssl.SSLContext | None = None,
) -> Fetcher:
    return Fetcher(
        addresses(resolve),
        "Routewijzer/1 (+https://voorbeeld.nl)",
        MEGABYTE,
        seconds,
        pause=pause,
        sleep=sleep,
        ssl_context=ssl_context,
    )


def fetch(url: str, known: Validators | None = None) -> Fetched:
    got = fetcher().fetch(url, known)
    assert isinstance(got, Fetched)
    return got


def refused(url: str, reason: Reason, *said: str, by: Fetcher | None = None) -> str:
    """Assert that a page is refused for this reason, in one line."""
    with pytest.raises(FetchError) as error:
        (by or fetcher()).fetch(url)
    line = str(error.value)
    assert error.value.reason == reason, line
    assert "\n" not in line
    for part in said:
        assert part in line
    return line


# --- what is fetched ---------------------------------------------------------------------------


def test_a_page_comes_whole_with_what_the_server_says_of_it(site: Website) -> None:
    site.pages["/over"] = Page(HTML.encode(), etag='"1"', modified="Wed, 21 Jul 2021 07:28:00 GMT")
    got = fetch(site.url("/over#deel"))
    assert got.data == HTML.encode()
    assert (got.url, got.name) == (site.url("/over"), "over.html")
    assert got.validators == Validators('"1"', "Wed, 21 Jul 2021 07:28:00 GMT")
    assert got.warnings == ()
    (path, headers) = site.asked[-1]
    assert path == "/over"
    assert headers["user-agent"] == "Routewijzer/1 (+https://voorbeeld.nl)"
    assert headers["accept-language"].startswith("nl")
    assert "cookie" not in headers
    assert "if-none-match" not in headers


def test_what_has_not_changed_is_not_sent_again(site: Website) -> None:
    site.pages["/a"] = Page(HTML.encode(), etag='"1"')
    site.pages["/b"] = Page(HTML.encode(), modified="Wed, 21 Jul 2021 07:28:00 GMT")
    for path in ("/a", "/b"):
        known = fetch(site.url(path)).validators
        assert fetcher().fetch(site.url(path), known) == NotModified()
    site.pages["/a"] = Page(b"<html><p>Anders", etag='"2"')
    assert fetch(site.url("/a"), Validators('"1"')).data == b"<html><p>Anders"


def test_a_validator_that_could_break_a_request_is_not_sent(site: Website) -> None:
    site.pages["/a"] = Page(HTML.encode())
    fetch(site.url("/a"), Validators('"1"\r\nX-Evil: ja', "é"))
    assert "if-none-match" not in site.asked[-1][1]
    assert "if-modified-since" not in site.asked[-1][1]


def test_not_modified_without_a_question_is_no_page(site: Website) -> None:
    site.pages["/a"] = Page(status=304)
    refused(site.url("/a"), "refused", "304")


@pytest.mark.parametrize("members", [1, 3])
def test_a_compressed_page_is_unpacked(site: Website, members: int) -> None:
    body = b"".join(gzip.compress(HTML.encode()) for _ in range(members))
    site.pages["/a"] = Page(body, headers={"Content-Encoding": "gzip"})
    assert fetch(site.url("/a")).data == HTML.encode() * members


def test_an_address_with_accents_and_spaces(site: Website) -> None:
    site.pages["/caf%C3%A9%20les?q=%C3%A9"] = Page(HTML.encode())
    got = fetch(site.url("/café les?q=é"))
    assert got.name == "café les.html"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_robots_asked_on_each_site(site: Website, status: int) -> None:
    elsewhere = site.url("/nieuw", "elders.nl")
    site.pages["/oud"] = Page(status=status, headers={"Location": elsewhere})
    site.pages["/nieuw"] = Page(HTML.encode())
    assert fetch(site.url("/oud", "school.nl")).url == elsewhere
    hosts = [(path, headers["host"].partition(":")[0]) for path, headers in site.asked]
    assert hosts == [
        ("/robots.txt", "school.nl"),
        ("/oud", "school.nl"),
        ("/robots.txt", "elders.nl"),
        ("/nieuw", "elders.nl"),
    ]


def test_a_relative_redirect_is_followed(site: Website) -> None:
    site.pages["/map/oud"] = Page(status=301, headers={"Location": "nieuw?x=1#y"})
    site.pages["/map/nieuw?x=1"] = Page(HTML.encode())
    assert fetch(site.url("/map/oud")).url == site.url("/map/nieuw?x=1")


# --- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "reason", "said"),
    [
        (404, "gone", "bestaat niet (404)"),
        (410, "gone", "bestaat niet meer (410)"),
        (401, "forbidden", "niet openbaar (401)"),
        (403, "forbidden", "niet openbaar (403)"),
        (429, "unreachable", "nu niet geven (429)"),
        (500, "unreachable", "nu niet geven (500)"),
        (503, "unreachable", "nu niet geven (503)"),
        (400, "refused", "onverwacht antwoord (400)"),
        (206, "refused", "onverwacht antwoord (206)"),
        (300, "refused", "onverwacht antwoord (300)"),
        (302, "refused", "onverwacht antwoord (302)"),
    ],
)
def test_a_status_is_one_clear_line(site: Website, status: int, reason: Reason, said: str) -> None:
    site.pages["/a"] = Page(b"<html><p>De pagina is er niet.</p></html>", status)
    refused(site.url("/a"), reason, said, site.url("/a"))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "voorbeeld.nl",
        "//voorbeeld.nl/x",
        "http://",
        "https:///x",
        "ftp://voorbeeld.nl/x",
        "file:///etc/passwd",
        "gopher://voorbeeld.nl",
        "javascript:alert(1)",
        "http://naam:geheim@voorbeeld.nl/",
        "http://naam@voorbeeld.nl/",
        "http://voorbeeld.nl:0/",
        "http://voorbeeld.nl:65536/",
        "http://voorbeeld.nl:-1/",
        "http://voor beeld.nl/",
        "http://.voorbeeld.nl/",
        "http://voor..beeld.nl/",
        "http://" + "a" * 64 + ".nl/",
        "http://voorbeeld.nl/\r\nX: y",
        "http://voorbeeld.nl/" + "a" * 2000,
        "http://[::1/",
        "http://[::zz]/",
        "http://\u2024.nl/",
        "http://\ud800.nl/",
    ],
)
def test_what_is_no_web_address_is_refused_before_anything_is_asked(url: str) -> None:
    def never(_host: str, _port: int) -> list[str]:
        raise AssertionError("asked")

    line = refused(url, "refused", by=fetcher(resolve=never))
    assert "geheim" not in line
    assert len(line) < 400


@given(st.text(max_size=60))
@example("http://[v1.x]/")
@example("http://%00/")
@example("http://xn--/")
@example("http://a:٣/")
def test_any_text_is_an_address_or_is_refused(text: str) -> None:
    for url in (text, "http://" + text, "https://voorbeeld.nl/" + text):
        try:
            read = checked_url(url)
        except FetchError:
            continue
        assert read.scheme in ("http", "https")
        assert read.raw_path.isascii()


@pytest.mark.parametrize(
    "private",
    [
        "http://127.0.0.2/",
        "http://127.2/",
        "http://2130706434/",
        "http://0/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]:8000/",
        "http://[::ffff:10.0.0.1]/",
        "http://[fe80::1]/",
        "https://192.168.1.1/",
    ],
)
def test_a_private_address_is_refused_first_and_after_a_redirect(
    site: Website, private: str
) -> None:
    def numeric(host: str, port: int) -> list[str]:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return [str(entry[4][0]) for entry in found]

    refused(private, "refused", "geen openbaar internetadres", by=fetcher(resolve=numeric))
    site.pages["/a"] = Page(status=302, headers={"Location": private})
    refused(site.url("/a"), "refused", "geen openbaar", by=fetcher(resolve=numeric))
    site.pages["/robots.txt"] = Page(status=302, headers={"Location": private})
    refused(site.url("/a"), "refused", "geen openbaar", by=fetcher(resolve=numeric))


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://voorbeeld.nl", "http://a b/"])
def test_a_redirect_to_no_web_address_is_refused(site: Website, location: str) -> None:
    site.pages["/a"] = Page(status=302, headers={"Location": location})
    refused(site.url("/a"), "refused")


def test_a_name_that_changes_its_address_gains_nothing(site: Website) -> None:
    """DNS rebinding: what is connected to is what was judged, and each connection is judged."""
    site.pages["/a"] = Page(HTML.encode())
    answers = [[HOME], ["169.254.169.254"]]
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return answers[len(asked) - 1]

    refused(site.url("/a", "kwaad.nl"), "refused", "169.254", by=fetcher(resolve=rebinding))
    assert asked == ["kwaad.nl", "kwaad.nl"]
    assert site.paths() == []


def test_a_name_is_looked_up_once_for_each_connection(
    site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected: list[str] = []
    connect = httpcore2.SyncBackend.connect_tcp

    def note(self: httpcore2.SyncBackend, host: str, *rest: object) -> httpcore2.NetworkStream:
        connected.append(host)
        return connect(self, host, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", note)
    site.pages["/a"] = Page(HTML.encode())
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return [HOME]

    fetcher(resolve=resolve).fetch(site.url("/a", "school.nl"))
    assert asked == ["school.nl"] * 2  # robots.txt and the page
    assert connected == [HOME] * 2  # addresses, never the name


def test_a_second_address_is_tried_when_the_first_does_not_answer(site: Website) -> None:
    free = socket.create_server((HOME, 0))
    port = free.getsockname()[1]
    free.close()

    def connect(backend: CheckedBackend, to: int) -> httpcore2.NetworkStream:
        return backend.connect_tcp("school.nl", to)

    backend = CheckedBackend(addresses(lambda _h, _p: [HOME, HOME]), Deadline(5))
    connect(backend, site.port).close()
    with pytest.raises(httpcore2.ConnectError):
        connect(backend, port)


def test_redirects_without_end_are_given_up(site: Website) -> None:
    site.pages["/a"] = Page(status=302, headers={"Location": "/b"})
    site.pages["/b"] = Page(status=302, headers={"Location": "/a"})
    refused(site.url("/a"), "refused", "verwijst te vaak door")
    assert len(site.paths()) == MAX_REDIRECTS + 1


def test_a_site_that_is_not_there(site: Website) -> None:
    free = socket.create_server((HOME, 0))
    port = free.getsockname()[1]
    free.close()
    refused(f"http://{HOME}:{port}/", "unreachable", "niet te bereiken")

    def nowhere(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    refused(
        "http://weg.nl/", "unreachable", "weg.nl is niet te vinden", by=fetcher(resolve=nowhere)
    )


# --- bounded in time and space -----------------------------------------------------------------


def drip(start: bytes) -> Writer:
    """``start`` and then a byte now and then, each well within a time limit on reading."""

    def write(out: Callable[[bytes], object]) -> None:
        out(start)
        for _ in range(200):
            time.sleep(0.02)
            out(b"x")

    return write


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX-Slow: ",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: ",
    ],
    ids=["status", "headers", "body", "chunk", "redirect"],
)
@pytest.mark.parametrize("path", ["/a", "/robots.txt"])
def test_a_server_that_drips_is_given_up_in_time(site: Website, start: bytes, path: str) -> None:
    site.pages[path] = drip(start)
    began = time.monotonic()
    refused(site.url("/a"), "unreachable", "binnen 0.3 seconden", by=fetcher(seconds=0.3))
    assert time.monotonic() - began < 2


def test_a_server_that_says_nothing_is_given_up_in_time() -> None:
    with socket.create_server((HOME, 0)) as silent:
        port = silent.getsockname()[1]
        refused(f"http://{HOME}:{port}/", "unreachable", "binnen", by=fetcher(seconds=0.2))


def endless(start: bytes, piece: bytes) -> Writer:
    def write(out: Callable[[bytes], object]) -> None:
        out(start)
        while True:
            out(piece)

    return write


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
    ],
)
def test_a_body_without_end_is_cut_off(site: Website, start: bytes) -> None:
    site.pages["/a"] = endless(start, b"<p>weer</p>" * 10_000)
    refused(site.url("/a"), "refused", "te groot", "Ten hoogste 1 MB")


def test_headers_without_end_are_cut_off(site: Website) -> None:
    site.pages["/a"] = endless(b"HTTP/1.1 200 OK\r\n", b"X-Head: " + b"y" * 5000 + b"\r\n")
    refused(site.url("/a"), "unreachable", "onbegrijpelijks")


def test_a_gzip_bomb_is_cut_off(site: Website) -> None:
    bomb = gzip.compress(b"\0" * 200 * MEGABYTE)
    assert len(bomb) < MEGABYTE
    site.pages["/a"] = Page(bomb, headers={"Content-Encoding": "gzip"})
    refused(site.url("/a"), "refused", "te groot")


def test_a_page_of_just_the_limit_is_read(site: Website) -> None:
    site.pages["/a"] = Page(b"<html>" + b"x" * (MEGABYTE - 6))
    assert len(fetch(site.url("/a")).data) == MEGABYTE
    site.pages["/a"] = Page(b"<html>" + b"x" * (MEGABYTE - 5))
    refused(site.url("/a"), "refused", "te groot")


PACKED = gzip.compress(HTML.encode())


@pytest.mark.parametrize(
    "page",
    [
        Page(PACKED[:-9], headers={"Content-Encoding": "gzip"}),
        Page(PACKED[:30] + b"????" + PACKED[34:], headers={"Content-Encoding": "gzip"}),
        Page(HTML.encode(), headers={"Content-Encoding": "gzip"}),
        Page(HTML.encode(), headers={"Content-Encoding": "br"}),
        Page(PACKED, headers={"Content-Encoding": "gzip, gzip"}),
        lambda out: out(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<html>half"),
        lambda out: out(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<html"),
        lambda out: out(b"SSH-2.0-OpenSSH_9.2\r\n"),
        lambda out: out(b""),
    ],
    ids=["cut gzip", "bad gzip", "no gzip", "br", "twice", "half", "chunk", "no http", "nothing"],
)
def test_a_page_that_does_not_come_whole_is_refused(site: Website, page: Page | Writer) -> None:
    site.pages["/a"] = page
    refused(site.url("/a"), "unreachable", "brak het antwoord af")


@given(st.binary(max_size=300))
@example(b"HTTP/1.1 200 OK\r\n\r\n")
@example(b"HTTP/1.1 999 X\r\n\r\n")
@example(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n")
@example(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")
@example(b"HTTP/1.1 301 X\r\nLocation: http://[\r\n\r\n")
@example(b"HTTP/1.1 301 X\r\nLocation: \xff\xfe\r\n\r\n")
@example(b"HTTP/1.1 100 Continue\r\n\r\n" * 50)
@example(b"HTTP/1.1 101 Switching Protocols\r\n\r\n<html>")
def test_no_answer_makes_it_crash(answer: bytes) -> None:
    with website() as site:
        site.pages["/a"] = lambda out: out(answer)
        try:
            said: object = fetcher().fetch(site.url("/a"))
        except BadInputError as error:
            said = str(error)
    assert isinstance(said, Fetched) or (isinstance(said, str) and "\n" not in said)


# --- politeness --------------------------------------------------------------------------------


def test_robots_are_asked_once_for_each_site(site: Website) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /intern/", type="text/plain")
    site.pages["/a"] = site.pages["/intern/b"] = Page(HTML.encode())
    one = fetcher()
    one.fetch(site.url("/a"))
    refused(site.url("/intern/b"), "forbidden", "robots.txt", "/intern/b", by=one)
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a"]


def test_robots_forbid_where_a_redirect_leads(site: Website) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /dicht", type="text/plain")
    site.pages["/a"] = Page(status=301, headers={"Location": "/dicht"})
    refused(site.url("/a"), "forbidden", "/dicht")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_without_robots_all_is_allowed(site: Website, status: int) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /", status)
    site.pages["/a"] = Page(HTML.encode())
    assert fetch(site.url("/a")).name == "a.html"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_with_robots_out_of_order_nothing_is(site: Website, status: int) -> None:
    site.pages["/robots.txt"] = Page(b"", status)
    site.pages["/a"] = Page(HTML.encode())
    refused(site.url("/a"), "unreachable", f"{status} op robots.txt")
    assert site.paths() == []


def test_robots_may_stand_elsewhere_and_be_long(site: Website) -> None:
    site.pages["/robots.txt"] = Page(status=301, headers={"Location": "/r.txt"})
    long = b"User-agent: *\nDisallow: /a\n" + b"# veel\n" * 200_000
    site.pages["/r.txt"] = Page(long, type="text/plain")
    refused(site.url("/a"), "forbidden")
    site.pages["/r.txt"] = Page(status=301, headers={"Location": "/robots.txt"})
    site.pages["/a"] = Page(HTML.encode())
    assert fetch(site.url("/a")).name == "a.html"  # RFC 9309, 2.3.1.2


def test_pages_of_one_site_are_asked_for_with_a_pause(site: Website) -> None:
    site.pages["/a"] = site.pages["/b"] = Page(HTML.encode())
    slept: list[float] = []
    one = fetcher(pause=7, sleep=slept.append)
    one.fetch(site.url("/a"))
    assert slept == []
    one.fetch(site.url("/b"))
    one.fetch(site.url("/b", "elders.nl"))
    (pause,) = slept
    assert 6 < pause <= 7


@pytest.mark.parametrize(("asked", "wait"), [("3.5", 3.5), ("9999", MAX_DELAY)])
def test_a_longer_pause_is_kept_up_to_a_limit(site: Website, asked: str, wait: float) -> None:
    robots = f"User-agent: *\nCrawl-delay: {asked}".encode()
    site.pages["/robots.txt"] = Page(robots, type="text/plain")
    site.pages["/a"] = Page(HTML.encode())
    slept: list[float] = []
    one = fetcher(pause=1, sleep=slept.append)
    one.fetch(site.url("/a"))
    one.fetch(site.url("/a"))
    (pause,) = slept
    assert wait - 1 < pause <= wait


# --- TLS ---------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of a site called veilig.nl, in one file, signed by itself."""
    if shutil.which("openssl") is None:
        pytest.skip("makes a certificate with the openssl command, which is not installed")
    folder = tmp_path_factory.mktemp("tls")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=veilig.nl"
    command += " -addext subjectAltName=DNS:veilig.nl -keyout key -out cert"
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_bytes((folder / "key").read_bytes() + (folder / "cert").read_bytes())
    return both


@pytest.fixture
def secure_port(certificate: Path) -> Iterator[int]:
    """Port of a server with that certificate that has one page and no robots.txt."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server((HOME, 0)) as listening:
        thread = threading.Thread(target=_serve_tls, args=(listening, context), daemon=True)
        thread.start()
        yield listening.getsockname()[1]


def _serve_tls(listening: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return  # the test is over
        try:
            with context.wrap_socket(connection, server_side=True) as secured:
                missing = b"GET /robots.txt" in secured.recv(5000)
                status = b"404 Not Found" if missing else b"200 OK"
                head = b"HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"
                secured.sendall(head % (status, len(HTML.encode())) + HTML.encode())
        except OSError:
            connection.close()


def test_the_certificate_is_held_against_the_name(certificate: Path, secure_port: int) -> None:
    trusting = ssl.create_default_context(cafile=str(certificate))
    got = fetcher(ssl_context=trusting).fetch(f"https://veilig.nl:{secure_port}/")
    assert isinstance(got, Fetched)
    assert got.data == HTML.encode()
    other = f"https://ander.nl:{secure_port}/"
    refused(other, "unreachable", "certificaat", by=fetcher(ssl_context=trusting))


def test_a_certificate_that_nobody_signed_is_refused(secure_port: int) -> None:
    refused(f"https://veilig.nl:{secure_port}/", "unreachable", "certificaat")


def test_a_server_without_tls_is_refused(site: Website) -> None:
    refused(site.url("/").replace("http:", "https:"), "unreachable", "versleuteling")
