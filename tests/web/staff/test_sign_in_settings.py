"""Settings for signing in that do not fit together are told before anybody signs in."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from corpus.errors import BadInputError, NotReadyError
from corpus.settings import Settings
from web.staff import sign_in_settings
from web.staff.sign_in_settings import check_sign_in, provider_of

WHOLE = {
    "oidc_issuer": "https://connect.surfconext.nl",
    "oidc_client_id": "routewijzer.school.nl",
    "public_url": "https://Routewijzer.school.nl/",
}


def settings(**changed: object) -> Settings:
    return Settings.model_validate({**WHOLE, **changed})


def test_a_whole_set_makes_a_provider() -> None:
    provider = provider_of(settings(oidc_client_secret="geheim"))
    assert provider is not None
    assert provider.name == "SURFconext"
    assert provider_of(Settings()) is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"oidc_client_id": None}, "half ingesteld: ROUTEWIJZER_OIDC_CLIENT_ID ontbreekt"),
        ({"public_url": None}, "ROUTEWIJZER_PUBLIC_URL ontbreekt"),
        ({"oidc_role_claim": "groups"}, "ROUTEWIJZER_OIDC_EDITORS of"),
        ({"oidc_issuer": None, "local_sign_in": False}, "Zo kan niemand inloggen"),
    ],
)
def test_what_is_missing_is_told(changed: dict[str, object], said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        check_sign_in(settings(**changed))
    if changed.get("local_sign_in") is None:
        with pytest.raises(BadInputError, match=said):
            provider_of(settings(**changed))


def test_what_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in_settings, "find_spec", lambda _: None)
    with pytest.raises(NotReadyError, match="pip install"):
        check_sign_in(settings())


def test_the_secret_is_not_shown() -> None:
    assert "geheim" not in repr(settings(oidc_client_secret="geheim"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("public_url", "https://school.nl/routewijzer"),
        ("public_url", "http://school.nl"),
        ("public_url", "routewijzer"),
        ("oidc_issuer", "http://connect.surfconext.nl"),
        ("oidc_issuer", "connect.surfconext.nl"),
        ("oidc_name", ""),
    ],
)
def test_a_wrong_address_is_told(name: str, value: str) -> None:
    with pytest.raises(ValidationError):
        settings(**{name: value})


def test_values_of_the_claim_have_commas_between_them() -> None:
    made = settings(oidc_role_claim="groups", oidc_editors="urn:a, urn:b,,", oidc_publishers="")
    assert made.oidc_editors == ("urn:a", "urn:b")
    assert made.oidc_publishers == ()
    check_sign_in(made)


def test_an_issuer_is_kept_to_the_letter() -> None:
    assert settings(oidc_issuer="https://x.nl/Realm/").oidc_issuer == "https://x.nl/Realm/"
    assert settings(oidc_issuer="http://localhost:8080/realms/a").oidc_issuer is not None
