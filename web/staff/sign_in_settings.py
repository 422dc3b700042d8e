"""Whether the settings for signing in fit together, and what they make."""

from __future__ import annotations

from importlib.util import find_spec

from corpus.errors import BadInputError, NotReadyError
from corpus.settings import Settings
from web.staff.oidc import Provider, ProviderSettings
from web.staff.session import BACK

NEEDED = (
    "Inloggen met {name} is half ingesteld: {missing} ontbreekt. Vul dat in, of haal "
    "ROUTEWIJZER_OIDC_ISSUER weg."
)
NO_ROLES = (
    "ROUTEWIJZER_OIDC_ROLE_CLAIM is '{claim}', maar er staat niet bij welke waarden een rol geven. "
    "Vul ROUTEWIJZER_OIDC_EDITORS of ROUTEWIJZER_OIDC_PUBLISHERS in."
)
NOBODY = (
    "Zo kan niemand inloggen: ROUTEWIJZER_LOCAL_SIGN_IN is uit en er is geen "
    "ROUTEWIJZER_OIDC_ISSUER. Zet een van de twee aan."
)
NOT_INSTALLED = (
    "Voor inloggen met {name} is authlib nodig. Installeer het met: pip install 'routewijzer[oidc]'"
)


def check_sign_in(settings: Settings) -> None:
    """Raises BadInputError when staff could not sign in with these settings, NotReadyError when
    something is not installed for it."""
    if settings.oidc_issuer is None:
        if not settings.local_sign_in:
            raise BadInputError(NOBODY)
        return
    needed = {
        "ROUTEWIJZER_OIDC_CLIENT_ID": settings.oidc_client_id,
        "ROUTEWIJZER_PUBLIC_URL": settings.public_url,
    }
    missing = " en ".join(name for name, value in needed.items() if not value)
    if missing:
        raise BadInputError(NEEDED.format(name=settings.oidc_name, missing=missing))
    if settings.oidc_role_claim and not (settings.oidc_editors or settings.oidc_publishers):
        raise BadInputError(NO_ROLES.format(claim=settings.oidc_role_claim))
    if find_spec("authlib") is None:
        raise NotReadyError(NOT_INSTALLED.format(name=settings.oidc_name))


def provider_of(settings: Settings) -> Provider | None:
    """The provider that staff sign in with; None when there is none. Raises as
    :func:`check_sign_in` does."""
    check_sign_in(settings)
    if settings.oidc_issuer is None:
        return None
    secret = settings.oidc_client_secret
    return Provider(
        ProviderSettings(
            issuer=settings.oidc_issuer,
            client_id=settings.oidc_client_id or "",
            client_secret=secret.get_secret_value() if secret is not None else None,
            redirect_uri=f"{settings.public_url}{BACK}",
            scope=settings.oidc_scope,
            name=settings.oidc_name,
        )
    )
