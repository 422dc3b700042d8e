"""Tells a question about something else (the weather, a recipe) from one about the documents.

Some sentence of the documents is always somewhat near: "Wat wordt het weer morgen?" comes as near
to one as many a question that they answer. What tells it apart is that it is nearer to other
questions of its own kind: nearest neighbours (Cover & Hart 1967) among examples of both kinds.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import numpy as np

from corpus.types import Embedder, Vectors

_EXAMPLES = "subjects.toml"
VECTORS = Path(__file__).with_name("subjects.npz")
"""Vectors of the examples by the default model: making them takes seconds at each start."""
_NEIGHBOURS = 3


@dataclass(frozen=True, slots=True)
class Examples:
    """Questions about the subject of the documents, and about anything else."""

    here: tuple[str, ...]
    elsewhere: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """Changes with every word of them."""
        text = "\n".join((*self.here, "", *self.elsewhere))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_examples() -> Examples:
    """The examples that come along, from ``assistant/subjects.toml``."""
    told = tomllib.loads((files("assistant") / _EXAMPLES).read_text(encoding="utf-8"))
    return Examples(tuple(told["here"]), tuple(told["elsewhere"]))


def write_vectors(examples: Examples, embedder: Embedder, path: Path = VECTORS) -> None:
    """Keep the vectors of ``examples`` by the model of ``embedder`` in ``path``."""
    here, elsewhere = _embed(examples, embedder)
    np.savez_compressed(
        path,
        here=here.astype(np.float16),
        elsewhere=elsewhere.astype(np.float16),
        made_of=np.array([embedder.model_id, examples.fingerprint]),
    )


class Subjects:
    """Weighs on which side a question is."""

    def __init__(self, examples: Examples, embedder: Embedder, path: Path = VECTORS) -> None:
        """``path`` holds vectors that were made before; others are made when first asked for."""
        self._examples = examples
        self._embedder = embedder
        self._path = path

    def elsewhere(self, vector: Vectors) -> float:
        """How much nearer a question is to examples about something else than to those about the
        documents: above 0 it is. ``vector`` has shape (dimension,) and length 1.

        The difference of the nearest one's cosines and that of the mean of the nearest three,
        added up: one example that happens to be near decides less.
        """
        here, elsewhere = (_nearest(vectors, vector) for vectors in self._vectors)
        return float(sum(elsewhere) - sum(here))

    def warm(self) -> None:
        """Have the vectors ready."""
        self.elsewhere(self._vectors[0][0])

    @cached_property
    def _vectors(self) -> tuple[Vectors, Vectors]:
        return self._kept() or _embed(self._examples, self._embedder)

    def _kept(self) -> tuple[Vectors, Vectors] | None:
        """The vectors that were made before, unless by another model or of other examples."""
        if not self._path.is_file():
            return None
        with np.load(self._path) as kept:
            if kept["made_of"].tolist() != [self._embedder.model_id, self._examples.fingerprint]:
                return None
            return kept["here"].astype(np.float32), kept["elsewhere"].astype(np.float32)


def _embed(examples: Examples, embedder: Embedder) -> tuple[Vectors, Vectors]:
    return embedder.embed_queries(examples.here), embedder.embed_queries(examples.elsewhere)


def _nearest(vectors: Vectors, vector: Vectors) -> tuple[float, float]:
    """Cosine of the nearest of ``vectors``, and the mean of the nearest few."""
    cosines = np.vecdot(vectors, np.asarray(vector, np.float32))
    nearest = np.sort(cosines)[-_NEIGHBOURS:]
    return float(nearest.max()), float(nearest.mean())
