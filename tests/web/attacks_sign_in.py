"""Attacks on signing in, sessions, forms and tokens."""

from __future__ import annotations

import time
from statistics import median

from corpus.brake import FREE_FAILURES, FREE_FROM_ADDRESS
from tests.web.attacks import COOKIE, EVIL, SIGN_IN, STAFF, Attack, Target
from tests.web.whole import NAME, PASSWORD
from web.staff.sign_in import UNSAFE, WRONG

WRONG_WORD = "een heel ander wachtwoord"
JOBS = f"{STAFF}/publiceren/meten"


def _enter(target: Target, name: str, password: str, **headers: str) -> int:
    form = {"naam": name, "wachtwoord": password}
    return target.browser().post(SIGN_IN, data=form, headers=headers).status_code


def _guessing(target: Target) -> None:
    tries = [_enter(target, NAME, WRONG_WORD) for _ in range(FREE_FAILURES)]
    assert set(tries) == {401}
    form = {"naam": NAME, "wachtwoord": PASSWORD}
    refused = target.browser().post(SIGN_IN, data=form)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0


def _spraying(target: Target) -> None:
    tries = [_enter(target, f"naam{n}", WRONG_WORD) for n in range(FREE_FROM_ADDRESS + 1)]
    assert (tries[0], tries[-1]) == (401, 429)


def _other_addresses(target: Target) -> None:
    tries = [
        _enter(target, NAME, WRONG_WORD, **{"X-Forwarded-For": f"192.0.2.{n}", "X-Real-IP": "::1"})
        for n in range(FREE_FAILURES + 1)
    ]
    assert tries[-1] == 429


def _names_by_text(target: Target) -> None:
    pages = [
        target.browser().post(SIGN_IN, data={"naam": name, "wachtwoord": WRONG_WORD})
        for name in (NAME, "niemand")
    ]
    assert [page.status_code for page in pages] == [401, 401]
    assert all(WRONG in page.text for page in pages)
    assert len(pages[0].content) == len(pages[1].content)


def _names_by_time(target: Target) -> None:
    took: dict[str, list[float]] = {NAME: [], "niemand": []}
    for _ in range(5):
        for name, times in took.items():
            started = time.perf_counter()
            assert target.whole.parts.accounts.check(name, WRONG_WORD) is None
            times.append(time.perf_counter() - started)
    known, unknown = median(took[NAME]), median(took["niemand"])
    assert unknown > known / 3  # both are hashed: without that it is a thousand times as fast


def _injection(target: Target) -> None:
    for name in ("' OR 1=1 --", f"{NAME}' --", f'{NAME}"; DROP TABLE staff; --'):
        assert _enter(target, name, PASSWORD) == 401
    assert [account.name for account in target.whole.parts.accounts.all()] == [NAME]


def _long_password(target: Target) -> None:
    started = time.perf_counter()
    assert _enter(target, NAME, "x" * 60_000) == 401
    assert _enter(target, NAME, "x" * 100_000) == 413
    assert time.perf_counter() - started < 5


def _fixation(target: Target) -> None:
    browser = target.browser()
    browser.cookies.set(COOKIE, "door-de-aanvaller-gekozen")
    entered = browser.post(SIGN_IN, data={"naam": NAME, "wachtwoord": PASSWORD})
    assert "door-de-aanvaller-gekozen" not in entered.headers["set-cookie"]
    assert target.whole.parts.sessions.find("door-de-aanvaller-gekozen") is None


def _stolen(target: Target) -> None:
    browser, token = target.staff()
    stolen = browser.cookies[COOKIE]
    assert browser.post(f"{STAFF}/uitloggen", data={"formulier": token}).status_code == 303
    thief = target.browser()
    thief.cookies.set(COOKIE, stolen)
    assert thief.get(STAFF).headers["location"].startswith(SIGN_IN)


def _guessed_cookie(target: Target) -> None:
    for guess in ("", "1", "beheerder", "a" * 5000, "../../etc/passwd", "' OR 1=1"):
        browser = target.browser()
        browser.cookies.set(COOKIE, guess)
        assert browser.get(STAFF).headers["location"].startswith(SIGN_IN)


def _disabled(target: Target) -> None:
    browser, _ = target.staff()
    target.whole.parts.accounts.disable(NAME)
    try:
        assert browser.get(STAFF).status_code == 303
        assert _enter(target, NAME, PASSWORD) == 401
    finally:
        target.whole.parts.accounts.enable(NAME)


def _cookie_flags(target: Target) -> None:
    form = {"naam": NAME, "wachtwoord": PASSWORD}
    given = target.browser().post(SIGN_IN, data=form).headers["set-cookie"].lower()
    assert given.startswith("__host-routewijzer=")
    assert {"httponly", "secure", "samesite=lax", "path=/"} <= set(given.split("; "))
    assert "domain" not in given


def _in_the_open(target: Target) -> None:
    form = {"naam": NAME, "wachtwoord": PASSWORD}
    sent = target.browser().post(f"http://school.example{SIGN_IN}", data=form)
    assert sent.status_code == 403
    assert UNSAFE in sent.text
    assert "set-cookie" not in sent.headers


def _onward(target: Target) -> None:
    for wanted in (f"https://{EVIL}/", f"//{EVIL}", f"/beheer\\@{EVIL}", "javascript:alert(1)"):
        form = {"naam": NAME, "wachtwoord": PASSWORD, "naar": wanted}
        assert target.browser().post(SIGN_IN, data=form).headers["location"] == STAFF


def _no_form_token(target: Target) -> None:
    browser, _ = target.staff()
    _, of_another = target.staff()
    before = target.acts()
    for token in ("", "geraden", of_another):
        assert browser.post(JOBS, data={"formulier": token}).status_code == 403
    assert target.acts() == before


def _other_site(target: Target) -> None:
    browser, token = target.staff()
    before = target.acts()
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": f"https://{EVIL}"},
        {"Origin": "null"},
    ):
        assert browser.post(JOBS, data={"formulier": token}, headers=headers).status_code == 403
    assert target.acts() == before


def _simple_request(target: Target) -> None:
    sent = target.browser().post(
        "/api/feedback",
        content='{"trace_id": "a", "helpful": true}',
        headers={"Content-Type": "text/plain", "Origin": f"https://{EVIL}"},
    )
    assert sent.status_code == 403


def _sign_in_for_another(target: Target) -> None:
    form = {"naam": NAME, "wachtwoord": PASSWORD}
    sent = target.browser().post(SIGN_IN, data=form, headers={"Origin": f"https://{EVIL}"})
    assert sent.status_code == 403
    assert "set-cookie" not in sent.headers


def _other_method(target: Target) -> None:
    browser, token = target.staff()
    before = target.acts()
    override = {"X-HTTP-Method-Override": "POST", "X-Method-Override": "POST"}
    got = browser.get(f"{JOBS}?_method=POST&formulier={token}", headers=override)
    assert got.status_code == 405
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "CONNECT"):
        assert browser.request(method, JOBS).status_code in (403, 405)
    assert target.acts() == before


def _cookie_for_machines(target: Target) -> None:
    browser, token = target.staff()
    assert browser.get("/api/corpus/documents").status_code == 401
    acted = browser.post("/api/corpus/stage", data={"formulier": token})
    assert acted.status_code == 401


def _token_elsewhere(target: Target) -> None:
    _, text = target.whole.parts.api_tokens.add("lezer", ("read",), 1, NAME)
    browser = target.browser()
    assert browser.get(f"/api/corpus/documents?token={text}&access_token={text}").status_code == 401
    headers = {"Authorization": f"Bearer {text}"}
    assert browser.get("/api/corpus/documents", headers=headers).status_code == 200
    assert browser.post("/api/corpus/stage", headers=headers).status_code == 403
    assert browser.get(STAFF, headers=headers).status_code == 303


def _token_changed(target: Target) -> None:
    token, text = target.whole.parts.api_tokens.add("weg", ("read",), 1, NAME)
    target.whole.parts.api_tokens.revoke(token.id)
    other = f"{text[:-4]}AAAA"
    for given in (text, other, "rw_", "x" * 5000, "Bearer", text.upper()):
        headers = {"Authorization": f"Bearer {given}"}
        assert target.browser().get("/api/corpus/documents", headers=headers).status_code == 401


_IN = "Inloggen en sessies"
_FORMS = "Formulieren vanaf een andere site (CSRF)"
_TOKENS = "Tokens voor programma's"
SIGN_INS = (
    Attack(
        _IN,
        "wachtwoorden raden van één account",
        "429 met Retry-After, ook voor het goede wachtwoord",
        _guessing,
    ),
    Attack(_IN, "één wachtwoord proberen bij veel namen", "429 voor dat adres", _spraying),
    Attack(
        _IN,
        "doen of elke poging van een ander adres komt (X-Forwarded-For)",
        "de kop telt niet: 429",
        _other_addresses,
    ),
    Attack(
        _IN, "aan de tekst zien welke namen bestaan", "dezelfde melding, even lang", _names_by_text
    ),
    Attack(
        _IN,
        "aan de tijd zien welke namen bestaan",
        "ook een onbekende naam kost een hash",
        _names_by_time,
    ),
    Attack(_IN, "SQL in naam of wachtwoord", "401, en de accounts staan er nog", _injection),
    Attack(
        _IN, "wachtwoord van 100.000 tekens laten hashen", "401 zonder hash, of 413", _long_password
    ),
    Attack(
        _IN,
        "vooraf een cookie zetten (session fixation)",
        "bij inloggen altijd een nieuw token",
        _fixation,
    ),
    Attack(_IN, "gestolen cookie gebruiken na uitloggen", "de sessie is op de server weg", _stolen),
    Attack(_IN, "cookie raden of vervormen", "naar de inlogpagina", _guessed_cookie),
    Attack(
        _IN,
        "doorwerken met een uitgezet account",
        "sessie en wachtwoord gelden niet meer",
        _disabled,
    ),
    Attack(
        _IN,
        "cookie lezen met een script of meesturen naar elders",
        "__Host-, HttpOnly, Secure en SameSite",
        _cookie_flags,
    ),
    Attack(
        _IN,
        "wachtwoord meelezen zonder https",
        "403, er wordt niets gecontroleerd of gezet",
        _in_the_open,
    ),
    Attack(
        _IN,
        "na inloggen naar een andere site leiden (?naar=)",
        "alleen naar pagina's van het beheer",
        _onward,
    ),
    Attack(
        _FORMS,
        "formulier zonder token, of met dat van een ander",
        "403, er verandert niets",
        _no_form_token,
    ),
    Attack(
        _FORMS,
        "formulier versturen vanaf een andere site",
        "403, ook met het goede token",
        _other_site,
    ),
    Attack(_FORMS, "JSON als text/plain vanaf een andere site", "403", _simple_request),
    Attack(
        _FORMS,
        "iemand laten inloggen op het account van de aanvaller",
        "403, geen cookie",
        _sign_in_for_another,
    ),
    Attack(
        _FORMS,
        "een GET als POST laten gelden (method override)",
        "405, er verandert niets",
        _other_method,
    ),
    Attack(
        _TOKENS,
        "met de cookie van het beheer bij /api/corpus",
        "401: alleen een token geldt",
        _cookie_for_machines,
    ),
    Attack(
        _TOKENS,
        "token in het adres, of voor meer dan waar het voor is",
        "401 en 403",
        _token_elsewhere,
    ),
    Attack(_TOKENS, "ingetrokken of veranderd token", "401", _token_changed),
)
