from datetime import date

import pytest
from fastapi.testclient import TestClient

from tests.web.test_pages import Page, get
from web.language import language, load_tongues, page_link, written_date


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2021", "2021"),
        ("2022-07", "juli 2022"),
        ("2022-07-21", "21 juli 2022"),
        ("2022-03-01", "1 maart 2022"),
        (date(2026, 11, 22), "22 november 2026"),
        ("2022-13", "2022-13"),
        ("2022-02-30", "2022-02-30"),
        ("0000-01", "0000-01"),
        ("eind-2020", "eind-2020"),
        ("2022-01-02-03", "2022-01-02-03"),
        ("", ""),
    ],
)
def test_dates_are_written_in_dutch(published: str | date, shown: str) -> None:
    assert written_date(published) == shown


def test_dutch_is_what_comes_without_a_choice(client: TestClient) -> None:
    page = get(client, "/")
    assert page.all("html") == [{"lang": "nl"}]
    assert "Set-Cookie" not in client.get("/").headers
    assert language() == "nl"


def test_a_choice_in_the_address_is_kept_in_a_cookie(client: TestClient) -> None:
    response = client.get("/", params={"taal": "en"})
    assert Page(response.text).all("html") == [{"lang": "en"}]
    assert "Ask your question" in response.text
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("taal=en; Path=/; ")
    assert "SameSite=Lax" in cookie
    assert "HttpOnly" in cookie
    assert "Secure" not in cookie
    assert Page(client.get("/over").text).all("html") == [{"lang": "en"}]
    assert Page(client.get("/over?taal=nl").text).all("html") == [{"lang": "nl"}]
    assert Page(client.get("/over").text).all("html") == [{"lang": "nl"}]


def test_over_https_the_cookie_stays_there(client: TestClient) -> None:
    response = client.get("https://testserver/", params={"taal": "en"})
    assert response.headers["Set-Cookie"].endswith("; Secure")


@pytest.mark.parametrize("chosen", ["fr", "", "en; Path=/", "<script>"])
def test_what_is_no_language_is_not_chosen(client: TestClient, chosen: str) -> None:
    response = client.get("/", params={"taal": chosen})
    assert Page(response.text).all("html") == [{"lang": "nl"}]
    assert "Set-Cookie" not in response.headers
    client.cookies.set("taal", "fr")
    assert Page(client.get("/").text).all("html") == [{"lang": "nl"}]


def test_links_keep_the_language_without_the_cookie(client: TestClient) -> None:
    page = get(client, "/", vraag="vraag", taal="en")
    kept = ("/static", "#", "mailto:", "https:")
    own = [a["href"] or "" for a in page.all("a") if a.get("class") != "switch"]
    assert [href for href in own if not href.startswith(kept) and "taal=en" not in href] == []
    assert [i["value"] for i in page.all("input") if i.get("name") == "taal"] == ["en"]


def test_the_switch_leads_to_the_same_page(client: TestClient) -> None:
    page = get(client, "/", vraag="Wat <nu>?", doelgroep="bedrijf")
    (switch,) = [a for a in page.all("a") if a.get("class") == "switch"]
    assert switch["href"] == "/?vraag=Wat+%3Cnu%3E%3F&doelgroep=bedrijf&taal=en"
    assert (switch["lang"], switch["hreflang"]) == ("en", "en")
    back = Page(client.get(switch["href"] or "").text)
    (switch,) = [a for a in back.all("a") if a.get("class") == "switch"]
    assert switch["href"] == "/?vraag=Wat+%3Cnu%3E%3F&doelgroep=bedrijf&taal=nl"


def test_after_a_form_the_switch_leads_to_the_start(client: TestClient) -> None:
    fields = {"kenmerk": "spoor-1", "nuttig": "ja"}
    page = Page(client.post("/mening", data=fields).text)
    assert [a["href"] for a in page.all("a") if a.get("class") == "switch"] == ["/?taal=en"]


def test_what_stays_dutch_on_an_english_page_says_so(client: TestClient) -> None:
    page = get(client, "/", vraag="vraag", taal="en")
    for tag in ("blockquote", "h4"):
        assert page.all(tag)
        assert all(found.get("lang") == "nl" for found in page.all(tag))
    assert [d["lang"] for d in page.all("div") if d.get("class") == "text"] == ["nl"]
    dutch = get(client, "/", vraag="vraag", taal="nl")
    assert [e for e in dutch.elements if "lang" in e[1]][1:] == [
        e for e in dutch.elements if e[1].get("class") == "switch"
    ]


def test_errors_are_told_in_the_language_of_the_page(client: TestClient) -> None:
    assert "This page does not exist." in get(client, "/onbekend", taal="en").text
    page = get(client, "/", vraag="stuk", taal="en")
    assert "Something went wrong on our side" in page.text


def test_an_answer_to_the_script_is_in_the_language_of_the_page(client: TestClient) -> None:
    said = client.post("/gesprek?taal=en", json={"vraag": "vraag"}).text
    assert "Sources" in said
    assert "Bronnen" not in said


def test_english_is_there() -> None:
    tongues = load_tongues()
    assert sorted(tongues) == ["en", "nl"]
    assert tongues["en"].words.gettext("Bronnen") == "Sources"
    assert tongues["en"].words.gettext("niet vertaald") == "niet vertaald"


def test_a_link_in_dutch_names_no_language() -> None:
    assert page_link("/over") == "/over"
    assert page_link("/", doelgroep="bedrijf", vraag=None) == "/?doelgroep=bedrijf"
