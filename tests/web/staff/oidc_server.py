"""A small OpenID Connect provider with real keys and real tokens, that can be told to go wrong.

It checks what a provider checks: who the client is, that a code is used once, and PKCE.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey
from joserfc.jws import JWSRegistry
from joserfc.registry import HeaderParameter

from web.staff import oidc

HOME = "127.0.0.1"
CLIENT_ID, CLIENT_SECRET = "routewijzer.school.nl", "geheim-van-de-dienst"
Claims = dict[str, Any]
Json = dict[str, Any]
_ANY = HeaderParameter("any", lambda _: None)


@cache
def ec_key(kid: str) -> ECKey:
    return ECKey.generate_key("P-256", {"kid": kid, "use": "sig"})


@cache
def rsa_key(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


def _part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def unsigned(claims: Claims) -> str:
    """A token with the algorithm "none"."""
    return f"{_part({'alg': 'none', 'typ': 'JWT'})}.{_part(claims)}."


def by_shared_secret(claims: Claims) -> str:
    """Signed with the public key as if it were a shared secret (CVE-2015-9235)."""
    public = json.dumps(ec_key("sleutel").as_dict(private=False)).encode()
    return jwt.encode({"alg": "HS256", "kid": "sleutel"}, claims, OctKey.import_key(public))


def by(key: ECKey | RSAKey, alg: str, **header: object) -> Callable[[Claims], str]:
    """Signed with ``key``."""

    def sign(claims: Claims) -> str:
        rules = JWSRegistry(dict.fromkeys(header, _ANY), [alg])
        return jwt.encode({"alg": alg, "kid": key.kid, **header}, claims, key, registry=rules)

    return sign


@dataclass
class Provider:
    """How it does, for a test to change while it runs."""

    url: str = ""
    subject: str = "anja-1"
    said: Json = field(default_factory=dict)
    """Claims that are told in the token, besides those that must be there; None leaves out."""
    told: Json = field(default_factory=dict)
    """Claims that are told at userinfo, besides the subject."""
    sign: Callable[[Claims], str] = field(default_factory=lambda: by(ec_key("sleutel"), "ES256"))
    keys: list[Json] = field(default_factory=lambda: [ec_key("sleutel").as_dict(private=False)])
    about: Json = field(default_factory=dict)
    """What differs in the discovery document; None leaves out."""
    away: frozenset[str] = frozenset()
    """Paths that answer 503."""
    garbled: frozenset[str] = frozenset()
    """Paths that answer with something that is no JSON."""
    asked: list[str] = field(default_factory=list)
    codes: dict[str, Json] = field(default_factory=dict)
    clients: list[str] = field(default_factory=list)
    """How the client showed who it is."""

    def recover(self) -> None:
        """As it was at first."""
        fresh = Provider(self.url)
        for name in fresh.__dataclass_fields__:
            setattr(self, name, getattr(fresh, name))

    def authorize(self, address: str) -> dict[str, str]:
        """What somebody does who signs in there: the parameters that their browser brings back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def discovery(self) -> Json:
        document = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "id_token_signing_alg_values_supported": ["none", "HS256", "RS256", "ES256"],
            **self.about,
        }
        return {name: value for name, value in document.items() if value is not None}

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, Json]:
        basic = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        by_header = authorization == f"Basic {basic}"
        by_body = (form.get("client_id"), form.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)
        if not by_header and not by_body:
            return 401, {"error": "invalid_client"}
        self.clients.append("header" if by_header else "body")
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or asked["redirect_uri"] != form["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        access = secrets.token_urlsafe(16)
        now = int(time.time())
        claims = {
            "iss": self.url,
            "sub": self.subject,
            "aud": CLIENT_ID,
            "nonce": asked["nonce"],
            "iat": now,
            "exp": now + 300,
            **self.said,
        }
        proof = self.sign({name: value for name, value in claims.items() if value is not None})
        return 200, {"access_token": access, "token_type": "Bearer", "id_token": proof}


def without_tls(provider: oidc.Provider) -> oidc.Provider:
    """It speaks http here: reading the authorities for https each time takes long."""
    provider.__dict__["_tls"] = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return provider


@contextmanager
def open_provider() -> Iterator[Provider]:
    """A provider that is up as long as the block runs."""
    server = _Server((HOME, 0), _Handler)
    server.provider = Provider(f"http://{HOME}:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    provider: Provider


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        provider = self.server.provider
        path = urlsplit(self.path).path
        provider.asked.append(path)
        answers: dict[str, Callable[[], Json]] = {
            "/.well-known/openid-configuration": provider.discovery,
            "/jwks": lambda: {"keys": provider.keys},
            "/userinfo": lambda: {"sub": provider.subject, **provider.told},
        }
        self._answer(path, 200, answers[path]())

    def do_POST(self) -> None:
        provider = self.server.provider
        provider.asked.append(self.path)
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self._answer(self.path, *provider.token(form, self.headers.get("authorization", "")))

    def _answer(self, path: str, status: int, told: Json) -> None:
        provider = self.server.provider
        body = json.dumps(told).encode()
        if path in provider.away:
            status, body = 503, b"even weg"
        elif path in provider.garbled:
            body = b"<html>inlogpagina</html>"
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""
