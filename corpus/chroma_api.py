"""Asks a Chroma server: the few requests that an index needs, each within a limit of time.

The server's own HTTP interface, version 2: https://docs.trychroma.com (`/docs` on a server). The
chromadb package is not used for it: its client waits for ever, and takes 50 MB in each process.
"""

from __future__ import annotations

import base64
import logging
import weakref
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import httpx2
import numpy as np

from corpus.errors import BadInputError, NotReadyError
from corpus.types import Vectors
from corpus.vector_home import URL, VectorsAwayError

TOKEN = "ROUTEWIJZER_CHROMA_TOKEN"  # noqa: S105 - a name, no secret
_REINDEX = "Maak de index opnieuw met: routewijzer corpus reindex"
_COLLECTIONS = "/api/v2/tenants/default_tenant/databases/default_database/collections"
_CONNECT_S = 2.0
_WRITE_S = 120.0
"""The server places each vector in its graph before it answers."""
_PAGE = 500  # collections in one list
_HNSW = {
    "space": "ip",
    "max_neighbors": 32,
    "ef_construction": 200,
    "ef_search": 1000,
    "sync_threshold": 2000,
}
"""Of vectors of length 1 the inner product is the cosine, and the server leaves them as they are;
for cosines it would keep others. With its usual 16 neighbours, 100 looked at for writing and 400
for searching, 3 in 100 of the nearest 300 of 20,000 sentences were missed; so 2 in 10,000.

Below ``sync_threshold`` the server keeps no files for a collection but its own database. The files
of a collection that was removed it leaves lying, and most that is removed is small."""

log = logging.getLogger(__name__)


class ChromaApi:
    """One server. Safe to use from several threads."""

    def __init__(self, url: str, token: str = "", seconds: float = 10.0) -> None:
        """``token`` goes along as a bearer token; "" sends none. ``seconds`` is how long what is
        asked for a reader may take. Raises BadInputError when ``url`` is not a plain address."""
        self._url = _checked(url)
        self._seconds = seconds
        self._client = httpx2.Client(headers=_headers(token))
        # Nobody knows when the last user of an index has gone.
        weakref.finalize(self, self._client.close)

    # --- collections -------------------------------------------------------------------------

    def create(self, name: str) -> str:
        """Make a collection for vectors of length 1; its id."""
        body = {"name": name, "configuration": {"hnsw": _HNSW}, "get_or_create": True}
        made = self._ask("POST", _COLLECTIONS, body, _WRITE_S)
        return str(made["id"])

    def names(self) -> list[str]:
        """Every collection on the server, of whichever installation."""
        found: list[str] = []
        while True:
            part = self._ask("GET", f"{_COLLECTIONS}?limit={_PAGE}&offset={len(found)}")
            found += [row["name"] for row in part]
            if len(part) < _PAGE:
                return found

    def remove(self, name: str) -> None:
        """Remove a collection; one that is gone already is no error."""
        self._ask("DELETE", f"{_COLLECTIONS}/{name}", seconds=_WRITE_S, may_miss=True)

    # --- vectors -----------------------------------------------------------------------------

    def add(self, collection: str, ids: Sequence[str], vectors: Vectors) -> None:
        """Put vectors, shape (n, dimension), in a collection. What is there already stays."""
        rows = np.ascontiguousarray(vectors, dtype="<f4")
        sent = [base64.b64encode(row.tobytes()).decode("ascii") for row in rows]
        body = {"ids": list(ids), "embeddings": sent}
        self._ask("POST", f"{_COLLECTIONS}/{collection}/add", body, _WRITE_S)

    def count(self, collection: str) -> int:
        """How many vectors are in it."""
        return int(self._ask("GET", f"{_COLLECTIONS}/{collection}/count"))

    def nearest(
        self, collection: str, vectors: Vectors, n: int, patient: bool = False
    ) -> list[list[tuple[float, str]]]:
        """About the best ``n`` for each of ``vectors``, as (cosine, id), best first.

        ``patient`` is for who is no reader."""
        body = {"query_embeddings": vectors.tolist(), "n_results": n, "include": ["distances"]}
        seconds = _WRITE_S if patient else None
        found = self._ask("POST", f"{_COLLECTIONS}/{collection}/query", body, seconds)
        return [
            [(1.0 - distance, key) for distance, key in zip(distances, ids, strict=True)]
            for distances, ids in zip(found["distances"], found["ids"], strict=True)
        ]

    def vectors(self, collection: str, ids: Sequence[str]) -> tuple[list[str], Vectors]:
        """Those of ``ids`` that are in it with their vectors, in any order."""
        return self._got(collection, {"ids": list(ids)})

    def page(self, collection: str, offset: int, limit: int) -> tuple[list[str], Vectors]:
        """Some ids with their vectors, from a place on."""
        return self._got(collection, {"offset": offset, "limit": limit})

    def ids(self, collection: str) -> list[str]:
        """Every id."""
        path = f"{_COLLECTIONS}/{collection}/get"
        found = self._ask("POST", path, {"include": []}, _WRITE_S)
        return [str(key) for key in found["ids"]]

    # --- steps -------------------------------------------------------------------------------

    def _got(self, collection: str, asked: dict[str, Any]) -> tuple[list[str], Vectors]:
        body = {**asked, "include": ["embeddings"]}
        found = self._ask("POST", f"{_COLLECTIONS}/{collection}/get", body, _WRITE_S)
        return found["ids"], np.asarray(found["embeddings"], dtype=np.float32)

    def _ask(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        seconds: float | None = None,
        may_miss: bool = False,
    ) -> Any:
        """The answer, read as JSON. Raises NotReadyError when there is none that can be used."""
        reply = self._sent(method, path, body, seconds or self._seconds)
        if reply.status_code == 404 and may_miss:
            return None
        if not reply.is_success:
            log.error("Chroma says %s: %s", reply.status_code, reply.text[:300])
            raise NotReadyError(_refusal(reply.status_code))
        try:
            return reply.json()
        except ValueError as error:
            log.error("Chroma says %s", reply.text[:300])
            raise NotReadyError(
                f"Wat op het adres in {URL} antwoordt, is geen Chroma-server. Controleer het adres."
            ) from error

    def _sent(
        self, method: str, path: str, body: dict[str, Any] | None, seconds: float
    ) -> httpx2.Response:
        limit = httpx2.Timeout(seconds, connect=_CONNECT_S)
        try:
            try:
                return self._client.request(method, self._url + path, json=body, timeout=limit)
            except httpx2.TimeoutException:
                raise
            except httpx2.TransportError:
                # A connection that was kept is of no use after the server started anew. Each of our
                # requests may be made twice.
                return self._client.request(method, self._url + path, json=body, timeout=limit)
        except httpx2.ConnectTimeout as error:
            raise self._away("is niet te bereiken", error) from error
        except httpx2.TimeoutException as error:
            raise self._away(f"geeft binnen {seconds:g} seconden geen antwoord", error) from error
        except httpx2.TransportError as error:
            raise self._away("is niet te bereiken", error) from error

    def _away(self, what: str, error: Exception) -> VectorsAwayError:
        # Readers see the line, too: the address is for the log.
        log.error("Chroma server %s: %s", self._url, error or type(error).__name__)
        return VectorsAwayError(
            f"De Chroma-server (instelling {URL}) {what}. Probeer het over een minuut nog eens, en "
            "kijk of hij draait."
        )


def _refusal(status: int) -> str:
    if status in (401, 403):
        return f"De Chroma-server weigert de sleutel (HTTP {status}). Controleer {TOKEN}."
    if status == 404:
        return f"Vectoren van deze index staan niet meer op de Chroma-server. {_REINDEX}"
    return f"De Chroma-server geeft een fout (HTTP {status}). Zijn logboek zegt meer."


def _headers(token: str) -> dict[str, str]:
    """A proxy in front of a server of one's own reads the first, Chroma's own service the other."""
    return {"Authorization": f"Bearer {token}", "X-Chroma-Token": token} if token else {}


def _checked(url: str) -> str:
    try:
        read = urlsplit(url)
        plain = read.scheme in ("http", "https") and bool(read.hostname) and (read.port or 1) > 0
    except ValueError:
        plain = False
    if not plain or read.username or read.password or read.query or read.fragment:
        # The address itself is not repeated: a password may stand in it.
        raise BadInputError(
            f"De instelling {URL} is geen adres van een server. Schrijf bijvoorbeeld "
            f"http://chroma:8000, zonder naam en wachtwoord; een sleutel hoort in {TOKEN}."
        )
    return url.rstrip("/")
