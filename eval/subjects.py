"""Renews the vectors of the examples by which questions about something else are told apart.

    python -m eval.subjects

Run it after a change of `assistant/subjects.toml` or of the default model.
"""

from __future__ import annotations

from assistant.subjects import read_examples, write_vectors
from corpus.embedder import open_embedder
from corpus.settings import Settings

if __name__ == "__main__":
    write_vectors(read_examples(), open_embedder(Settings()))
