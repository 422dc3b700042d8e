"""What a provider gives is believed only when it proves who came back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from corpus.errors import BadInputError, NotReadyError, RoutewijzerError
from corpus.sign_in_attempts import Attempt
from tests.web.staff.oidc_server import (
    CLIENT_ID,
    CLIENT_SECRET,
    HOME,
    Claims,
    Provider,
    by,
    by_shared_secret,
    ec_key,
    open_provider,
    rsa_key,
    unsigned,
    without_tls,
)
from web.staff import oidc

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts([HOME])]
REDIRECT = "https://routewijzer.school.nl/beheer/inloggen/terug"
ATTEMPT = Attempt("staat", "eenmalig", "v" * 60, "/beheer")


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with open_provider() as provider:
        yield provider


@pytest.fixture
def there(running: Provider) -> Provider:
    running.recover()
    return running


def ours(there: Provider, **changed: object) -> oidc.Provider:
    agreed: dict[str, object] = {
        "issuer": there.url,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "redirect_uri": REDIRECT,
        "scope": "openid email",
        "name": "SURFconext",
        **changed,
    }
    return without_tls(oidc.Provider(oidc.ProviderSettings(**agreed)))  # type: ignore[arg-type]


def came_back(
    there: Provider, provider: oidc.Provider, attempt: Attempt = ATTEMPT
) -> oidc.Identity:
    code = there.authorize(provider.address(attempt))["code"]
    return provider.identity(code, attempt)


def test_the_browser_is_sent_with_all_that_guards_it(there: Provider) -> None:
    address = urlsplit(ours(there).address(ATTEMPT))
    asked = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert asked.pop("code_challenge") != ATTEMPT.verifier
    assert asked == {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": REDIRECT,
        "scope": "openid email",
        "state": "staat",
        "nonce": "eenmalig",
        "code_challenge_method": "S256",
    }


@pytest.mark.parametrize("kind", ["ES256", "RS256"])
def test_who_came_back_is_told_with_all_claims(there: Provider, kind: str) -> None:
    if kind == "RS256":
        there.keys = [rsa_key("rsa").as_dict(private=False)]
        there.sign = by(rsa_key("rsa"), "RS256")
    there.said = {"acr": "laag"}
    there.told = {"email": "anja@school.nl", "acr": "anders"}
    identity = came_back(there, ours(there))
    assert (identity.issuer, identity.subject) == (there.url, "anja-1")
    assert identity.claims["email"] == "anja@school.nl"
    assert identity.claims["acr"] == "laag"  # what is signed goes first


def _now() -> int:
    return int(time.time())


WRONG: dict[str, Callable[[Provider], object]] = {
    "signed with another key": lambda p: _set(p, sign=by(_other_key(), "ES256")),
    "another key that bears a known name": lambda p: _set(p, sign=by(_impostor(), "ES256")),
    "the algorithm none": lambda p: _set(p, sign=unsigned),
    "the public key as a shared secret": lambda p: _set(p, sign=by_shared_secret),
    "an algorithm that is not agreed": lambda p: _set(
        p, sign=by(rsa_key("rsa"), "PS256"), keys=[rsa_key("rsa").as_dict(private=False)]
    ),
    "a critical header that we do not know": lambda p: _set(
        p, sign=by(ec_key("sleutel"), "ES256", crit=["onbekend"], onbekend=1)
    ),
    "a signature that was cut off": lambda p: _set(
        p, sign=lambda claims: _good(claims).rpartition(".")[0] + "."
    ),
    "claims that were changed after signing": lambda p: _set(p, sign=_tampered),
    "no token at all": lambda p: _set(p, sign=lambda _: "geen.token"),
    "another issuer": lambda p: _set(p, said={"iss": "https://kwaad.example"}),
    "another audience": lambda p: _set(p, said={"aud": "een-andere-dienst"}),
    "another audience, though given to us": lambda p: _set(
        p, said={"aud": "een-andere-dienst", "azp": CLIENT_ID}
    ),
    "several audiences, and none named": lambda p: _set(p, said={"aud": [CLIENT_ID, "ander"]}),
    "given to another party": lambda p: _set(p, said={"azp": "een-andere-dienst"}),
    "another nonce": lambda p: _set(p, said={"nonce": "van een ander"}),
    "no nonce": lambda p: _set(p, said={"nonce": None}),
    "expired": lambda p: _set(p, said={"iat": _now() - 900, "exp": _now() - 600}),
    "no expiry": lambda p: _set(p, said={"exp": None}),
    "not valid yet": lambda p: _set(p, said={"nbf": _now() + 600}),
    "no subject": lambda p: _set(p, said={"sub": None}),
    "an empty subject": lambda p: _set(p, said={"sub": ""}),
    "a subject that is no text": lambda p: _set(p, said={"sub": 7}),
    "another access token": lambda p: _set(p, said={"at_hash": "van-een-ander"}),
    "userinfo of somebody else": lambda p: _set(p, told={"sub": "bea-2"}),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_proves_nothing_is_not_believed(there: Provider, wrong: str) -> None:
    WRONG[wrong](there)
    with pytest.raises(BadInputError, match="SURFconext heeft niet goed kunnen aantonen"):
        came_back(there, ours(there))
    there.recover()
    assert came_back(there, ours(there)).subject == "anja-1"


def test_a_code_of_somebody_else_is_worth_nothing(there: Provider) -> None:
    provider = ours(there)
    code = there.authorize(provider.address(ATTEMPT))["code"]
    stolen = Attempt("staat", "eenmalig", "w" * 60, "/beheer")  # the verifier is not theirs
    with pytest.raises(BadInputError):
        provider.identity(code, stolen)


def test_a_code_counts_once(there: Provider) -> None:
    provider = ours(there)
    code = there.authorize(provider.address(ATTEMPT))["code"]
    provider.identity(code, ATTEMPT)
    with pytest.raises(BadInputError):
        provider.identity(code, ATTEMPT)


AWAY: dict[str, Callable[[Provider], object]] = {
    "discovery is away": lambda p: _set(p, away=frozenset({"/.well-known/openid-configuration"})),
    "discovery is a page": lambda p: _set(
        p, garbled=frozenset({"/.well-known/openid-configuration"})
    ),
    "it calls itself something else": lambda p: _set(p, about={"issuer": "https://kwaad.example"}),
    "it tells no token endpoint": lambda p: _set(p, about={"token_endpoint": None}),
    "its token endpoint is not https": lambda p: _set(
        p, about={"token_endpoint": "http://school.nl/token"}
    ),
    "its address is none": lambda p: _set(p, about={"jwks_uri": "https://school.nl:geen"}),
    "nobody listens at its token endpoint": lambda p: _set(
        p, about={"token_endpoint": f"http://{HOME}:9/token"}
    ),
    "the token endpoint is away": lambda p: _set(p, away=frozenset({"/token"})),
    "the keys are away": lambda p: _set(p, away=frozenset({"/jwks"})),
    "the keys are a page": lambda p: _set(p, garbled=frozenset({"/jwks"})),
    "there are no keys": lambda p: _set(p, keys=[]),
    "only a shared secret for a key": lambda p: _set(p, keys=[{"kty": "oct", "k": "Z2VoZWlt"}]),
    "userinfo is away": lambda p: _set(p, away=frozenset({"/userinfo"})),
}


@pytest.mark.parametrize("fault", AWAY)
def test_a_provider_that_is_away_is_told_and_comes_back(there: Provider, fault: str) -> None:
    AWAY[fault](there)
    provider = ours(there)
    with pytest.raises(NotReadyError, match="Inloggen met SURFconext lukt nu niet"):
        came_back(there, provider)
    there.recover()
    assert came_back(there, provider).subject == "anja-1"


def test_an_address_that_others_can_listen_to_is_not_asked(
    there: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    there.about = {"token_endpoint": "http://school.nl/token"}
    with pytest.raises(NotReadyError):
        ours(there).address(ATTEMPT)
    assert "token_endpoint is 'http://school.nl/token', which is not https" in caplog.text


def test_nobody_listens_there(there: Provider) -> None:
    with pytest.raises(NotReadyError, match="lukt nu niet"):
        ours(there, issuer=f"http://{HOME}:9").address(ATTEMPT)


def test_what_it_tells_of_itself_is_asked_once_an_hour(there: Provider) -> None:
    now = 0.0
    agreed = ours(there)._agreed
    provider = without_tls(oidc.Provider(agreed, clock=lambda: now))
    for _ in range(3):
        came_back(there, provider)
    assert there.asked.count("/.well-known/openid-configuration") == 1
    assert there.asked.count("/jwks") == 1
    now = 3601.0
    came_back(there, provider)
    assert there.asked.count("/.well-known/openid-configuration") == 2
    assert there.asked.count("/jwks") == 2


def test_a_new_key_is_fetched(there: Provider) -> None:
    provider = ours(there)
    came_back(there, provider)
    there.sign = by(ec_key("nieuw"), "ES256")
    there.keys.append(ec_key("nieuw").as_dict(private=False))
    assert came_back(there, provider).subject == "anja-1"


@pytest.mark.parametrize(
    ("ways", "client_id", "way"),
    [
        (None, CLIENT_ID, "header"),
        (["client_secret_post"], CLIENT_ID, "body"),
        (["client_secret_basic", "client_secret_post"], CLIENT_ID, "header"),
    ],
)
def test_our_secret_goes_as_the_provider_wants_it(
    there: Provider, ways: list[str] | None, client_id: str, way: str
) -> None:
    there.about = {"token_endpoint_auth_methods_supported": ways}
    came_back(there, ours(there, client_id=client_id))
    assert there.clients == [way]


def test_a_wrong_secret_is_not_told_to_anyone(
    there: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(RoutewijzerError) as said:
        came_back(there, ours(there, client_secret="een-ander-geheim"))
    assert "invalid_client" in caplog.text
    assert "een-ander-geheim" not in caplog.text + str(said.value)


def test_without_userinfo_the_token_says_it_all(there: Provider) -> None:
    there.about = {"userinfo_endpoint": None}
    there.said = {"email": "anja@school.nl"}
    assert came_back(there, ours(there)).claims["email"] == "anja@school.nl"
    assert "/userinfo" not in there.asked


# --- steps -----------------------------------------------------------------------------------


def _set(provider: Provider, **values: object) -> None:
    for name, value in values.items():
        setattr(provider, name, value)


def _good(claims: Claims) -> str:
    return by(ec_key("sleutel"), "ES256")(claims)


def _other_key() -> object:
    return ec_key("een-andere")


def _impostor() -> object:
    key = ec_key("bedrieger")
    return type(key).import_key({**key.as_dict(private=True), "kid": "sleutel"})


def _tampered(claims: Claims) -> str:
    head, _, signature = _good(claims).split(".")
    return f"{head}.{unsigned({**claims, 'sub': 'bea-2'}).split('.')[1]}.{signature}"
