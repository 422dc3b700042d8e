"""Tells a question about something else (the weather, a recipe) from one about the documents.

Some sentence of the documents is always somewhat near: "Wat wordt het weer morgen?" comes as near
to one as many a question that they answer. What tells it apart is that it is nearer to other
questions of its own kind: nearest neighbours (Cover & Hart 1967) among examples of both kinds.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Side:
    """Where a question lies between the two kinds of examples."""

    elsewhere: float
    """How much nearer it is to examples about something else: above 0 it is. The difference of
    the nearest ones' cosines and that of the means of the nearest three, added up: one example
    that happens to be near decides less."""
    nearest: float
    """Cosine of the nearest example about something else."""


def read_examples() -> Examples:
    """The examples that come along, from ``assistant/subjects.toml``."""
    told = tomllib.loads((files("assistant") / _EXAMPLES).read_text(encoding="utf-8"))
    return Examples(tuple(told["here"]), tuple(told["elsewhere"]))


def write_vectors(examples: Examples, embedder: Embedder, path: Path = VECTORS) -> None:
    """Keep the vectors of ``examples`` by the model of ``embedder`` in ``path``."""
    here, elsewhere = map(embedder.embed_queries, (examples.here, examples.elsewhere))
    np.savez_compressed(
        path,
        here=here.astype(np.float16),
        elsewhere=elsewhere.astype(np.float16),
        made_of=np.array([embedder.model_id, examples.fingerprint]),
    )


def open_subjects(model_id: str, path: Path = VECTORS) -> Subjects | None:
    """What ``write_vectors`` kept; None when that is of another model than ``model_id``.

    How much nearer counts as something else was measured with that model, and with no other.
    """
    with np.load(path) as kept:
        if str(kept["made_of"][0]) != model_id:
            return None
        return Subjects(kept["here"].astype(np.float32), kept["elsewhere"].astype(np.float32))


class Subjects:
    """Weighs on which side a question is."""

    def __init__(self, here: Vectors, elsewhere: Vectors) -> None:
        """Vectors of the examples, each of shape (n, dimension) and length 1."""
        self._here = here
        self._elsewhere = elsewhere

    def side(self, vector: Vectors) -> Side:
        """On which side a question is. ``vector`` has shape (dimension,) and length 1."""
        here, elsewhere = _nearest(self._here, vector), _nearest(self._elsewhere, vector)
        return Side(sum(elsewhere) - sum(here), elsewhere[0])


def _nearest(vectors: Vectors, vector: Vectors) -> tuple[float, float]:
    """Cosine of the nearest of ``vectors``, and the mean of the nearest few."""
    cosines = np.vecdot(vectors, np.asarray(vector, np.float32))
    few = min(_NEIGHBOURS, len(cosines))
    nearest = np.sort(np.partition(cosines, -few)[-few:])
    return float(nearest.max()), float(nearest.mean())
