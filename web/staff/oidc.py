"""Who somebody is according to an OpenID Connect provider.

Authorization code with PKCE (RFC 7636), state and nonce, as OpenID Connect Core 1.0 (section 3.1)
and the security best practice for OAuth 2.0 (RFC 9700) ask. Authlib speaks to the provider.
"""

from __future__ import annotations

import logging
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import httpx2

from corpus.errors import BadInputError, NotReadyError
from corpus.sign_in_attempts import Attempt

if TYPE_CHECKING:
    from authlib.integrations.httpx_client import OAuth2Client
    from joserfc.jwk import KeySet
    from joserfc.jwt import Token

log = logging.getLogger(__name__)

ALGORITHMS = ("RS256", "ES256")
"""Signatures that are believed: with a key of the provider, never with a shared secret or none."""
_DISCOVERY = "/.well-known/openid-configuration"
_TIMEOUT = httpx2.Timeout(10.0, connect=5.0)
_CLOCKS_MAY_DIFFER_S = 60
_KNOWN_FOR_S = 3600.0
_OPEN_HOSTS = frozenset(("localhost", "127.0.0.1", "::1"))
"""Where http will do: on this machine, to try it out."""

AWAY = (
    "Inloggen met {name} lukt nu niet: die dienst geeft geen bruikbaar antwoord. Probeer het over "
    "een paar minuten opnieuw. Blijft het zo? Vraag de beheerder om in het logboek te kijken."
)
NOT_PROVEN = (
    "{name} heeft niet goed kunnen aantonen wie je bent. Begin opnieuw met inloggen. Blijft het "
    "zo? Vraag de beheerder om in het logboek te kijken."
)


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """What is agreed with a provider."""

    issuer: str
    client_id: str
    client_secret: str | None
    redirect_uri: str
    """Where the browser comes back; the provider knows this very address."""
    scope: str
    name: str
    """What people call it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody, as the provider knows them."""

    issuer: str
    subject: str
    claims: Mapping[str, Any]
    """All that it says of them (JSON values)."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a provider tells of itself (OpenID Connect Discovery 1.0), and until when we believe
    it (seconds of the clock)."""

    authorization: str
    token: str
    keys: str
    userinfo: str | None
    by_header: bool
    """Whether our secret goes in a header, else it goes in the body."""
    until: float


class Provider:
    """Speaks to one provider. What it tells of itself is asked once an hour."""

    def __init__(
        self, agreed: ProviderSettings, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._agreed = agreed
        self._clock = clock
        self._known: _Known | None = None
        self._keys: KeySet | None = None

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return ssl.create_default_context()  # reading all authorities takes a while

    @property
    def name(self) -> str:
        """What people call it."""
        return self._agreed.name

    def address(self, attempt: Attempt) -> str:
        """Where to send the browser. Raises NotReadyError when the provider is away."""
        with self._speaking() as client:
            address, _state = client.create_authorization_url(
                self._about(client).authorization,
                state=attempt.state,
                code_verifier=attempt.verifier,
                nonce=attempt.nonce,
            )
        return str(address)

    def identity(self, code: str, attempt: Attempt) -> Identity:
        """Who came back with ``code``.

        Raises NotReadyError when the provider is away, BadInputError when what it gave does not
        prove who it is.
        """
        from authlib.integrations.base_client import OAuthError
        from joserfc.errors import JoseError

        with self._speaking() as client:
            about = self._about(client)
            client.token_endpoint_auth_method = self._way_of_our_secret(about)
            try:
                token = client.fetch_token(about.token, code=code, code_verifier=attempt.verifier)
                claims = self._proven(client, about, token, attempt.nonce)
                told = _told_apart(client, about, claims["sub"])
            except (OAuthError, JoseError, ValueError) as error:
                # In short: a provider may repeat what it was sent.
                log.warning("Sign-in not believed: %s", str(error)[:200])
                raise BadInputError(NOT_PROVEN.format(name=self.name)) from None
        return Identity(self._agreed.issuer, claims["sub"], {**told, **claims})

    @contextmanager
    def _speaking(self) -> Iterator[OAuth2Client]:
        from authlib.integrations.httpx_client import OAuth2Client

        agreed = self._agreed
        try:
            with OAuth2Client(
                agreed.client_id,
                agreed.client_secret,
                scope=agreed.scope,
                redirect_uri=agreed.redirect_uri,
                code_challenge_method="S256",
                timeout=_TIMEOUT,
                verify=self._tls,
            ) as client:
                yield client
        except (httpx2.HTTPError, _UnusableError) as error:
            self._known = None  # what it told may be what is wrong
            said = str(error).partition("\n")[0]
            log.warning("%s cannot be used: %s: %s", agreed.issuer, type(error).__name__, said)
            raise NotReadyError(AWAY.format(name=agreed.name)) from None

    def _way_of_our_secret(self, about: _Known) -> str:
        if self._agreed.client_secret is None:
            return "none"
        return "client_secret_basic" if about.by_header else "client_secret_post"

    def _about(self, client: OAuth2Client) -> _Known:
        if self._known is None or self._clock() > self._known.until:
            self._known, self._keys = self._discover(client), None
        return self._known

    def _discover(self, client: OAuth2Client) -> _Known:
        told = _json(client, self._agreed.issuer.rstrip("/") + _DISCOVERY)
        if told.get("issuer") != self._agreed.issuer:
            raise _UnusableError(f"it calls itself {str(told.get('issuer'))[:200]!r}")
        ways = told.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return _Known(
            authorization=_endpoint(told, "authorization_endpoint"),
            token=_endpoint(told, "token_endpoint"),
            keys=_endpoint(told, "jwks_uri"),
            userinfo=_endpoint(told, "userinfo_endpoint") if "userinfo_endpoint" in told else None,
            # A name with a colon cannot be sent in that header (RFC 7617, section 2).
            by_header="client_secret_basic" in ways and ":" not in self._agreed.client_id,
            until=self._clock() + _KNOWN_FOR_S,
        )

    def _proven(
        self, client: OAuth2Client, about: _Known, token: Mapping[str, Any], nonce: str
    ) -> dict[str, Any]:
        """What the signed proof says, after all checks of Core 1.0, section 3.1.3.7."""
        from authlib.oidc.core import CodeIDToken

        proof = token.get("id_token")
        if not isinstance(proof, str):
            raise ValueError("no id_token")
        read = self._signed(client, about, proof)
        wanted = {
            "iss": {"essential": True, "value": self._agreed.issuer},
            "aud": {"essential": True, "value": self._agreed.client_id},
            "sub": {"essential": True},
        }
        known = {
            "nonce": nonce,
            "client_id": self._agreed.client_id,
            "access_token": token.get("access_token"),
        }
        claims = CodeIDToken(read.claims, read.header, wanted, known)
        claims.validate(leeway=_CLOCKS_MAY_DIFFER_S)
        return dict(claims)

    def _signed(self, client: OAuth2Client, about: _Known, proof: str) -> Token:
        from joserfc import jwt
        from joserfc.errors import InvalidKeyIdError
        from joserfc.jws import JWSRegistry

        # Headers that mean nothing to us are let be; those that it marks as critical are refused.
        rules = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
        try:
            return jwt.decode(proof, self._key_set(client, about), registry=rules)
        except InvalidKeyIdError:  # it has a new key, maybe
            self._keys = None
            return jwt.decode(proof, self._key_set(client, about), registry=rules)

    def _key_set(self, client: OAuth2Client, about: _Known) -> KeySet:
        from joserfc.jwk import KeySet

        if self._keys is None:
            told = _json(client, about.keys).get("keys")
            keys = [key for key in told if _public(key)] if isinstance(told, list) else []
            if not keys:
                raise _UnusableError("it tells no keys")
            self._keys = KeySet.import_key_set({"keys": keys})
        return self._keys


class _UnusableError(Exception):
    """What the provider tells of itself cannot be used."""


def _told_apart(client: OAuth2Client, about: _Known, subject: str) -> dict[str, Any]:
    """What it tells apart from the proof: SURFconext gives most claims there."""
    if about.userinfo is None:
        return {}
    answer = client.get(about.userinfo)
    answer.raise_for_status()
    told = answer.json()
    # Core 1.0, section 5.3.2: without this it may be about somebody else.
    if not isinstance(told, dict) or told.get("sub") != subject:
        raise ValueError("userinfo is about another subject")
    return told


def _public(key: object) -> bool:
    return isinstance(key, dict) and key.get("kty") in ("RSA", "EC")


def _json(client: OAuth2Client, address: str) -> dict[str, Any]:
    answer = client.request("GET", address, withhold_token=True)
    answer.raise_for_status()
    try:
        told = answer.json()
    except ValueError:
        raise _UnusableError(f"{address} is no JSON") from None
    if not isinstance(told, dict):
        raise _UnusableError(f"{address} is no JSON object")
    return told


def _endpoint(told: Mapping[str, Any], name: str) -> str:
    """An address out of what it tells. Raises _UnusableError for one that others can listen to."""
    address = str(told.get(name, ""))
    try:
        url = httpx2.URL(address)
    except httpx2.InvalidURL:
        raise _UnusableError(f"{name} is {address[:200]!r}") from None
    if url.scheme != "https" and not (url.scheme == "http" and url.host in _OPEN_HOSTS):
        raise _UnusableError(f"{name} is {address[:200]!r}, which is not https")
    return str(url)
