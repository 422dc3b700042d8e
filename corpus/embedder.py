"""Turns texts into vectors: the one place where a model runs.

The default model runs on onnxruntime, which loads in two seconds and needs no torch. Any other
sentence-transformers model runs on that library, and an embedding service makes vectors elsewhere.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import NotReadyError
from corpus.model_graph import GRAPH_FILE, INPUTS, OUTPUT, TOKENS_OUTPUT
from corpus.model_setup import (
    MAX_TOKENS,
    MODEL_NAME,
    PASSAGE_PREFIX,
    QUERY_PREFIX,
    TOKEN_WEIGHTS_FILE,
    TOKENIZER_FILE,
    find_local_model,
    model_folder,
    read_record,
)
from corpus.pieces import COMPACT_FILE, Pieces, read_compact, read_tokenizer
from corpus.settings import Settings
from corpus.together import Together
from corpus.token_space import SPACE, TokenSpace
from corpus.tokens import Tokens
from corpus.types import Embedder, Vectors

BATCH = 8
"""Texts per run. Larger batches took more memory and were not clearly faster on two cores."""
_LARGE = 2048
"""Tokens in a run from which its memory is given back. The engine keeps the most that any run
took: 250 MB after one batch of long passages, while no question needs more than a few."""
_CHUNK = 1024
"""Texts that are tokenised and sorted at a time; bounds the memory for large corpora."""
_HASHED_SUFFIXES = {".safetensors", ".bin", ".pt", ".json", ".txt", ".model"}


def open_embedder(settings: Settings) -> Embedder:
    """The embedder that the settings name, loaded.

    Raises NotReadyError when the default model was not set up, another one is not here, or the
    embedding service gives no answer.
    """
    if settings.embedding_url is not None:
        from corpus.remote_embedder import open_remote_embedder  # most have a model of their own

        return open_remote_embedder(settings)
    if settings.embedding_model == MODEL_NAME:
        return OnnxEmbedder(model_folder(settings))
    return SentenceTransformerEmbedder(settings.embedding_model)


class OnnxEmbedder:
    """multilingual-e5-small on onnxruntime. Safe to use from several threads."""

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        """Load the folder that `corpus.model_setup.ensure_model` made (2 seconds).

        ``threads`` is the number of cores for one call; None is all. Raises NotReadyError when
        the folder is absent, not whole or of another release.
        """
        record = read_record(folder)
        if record is None:
            raise NotReadyError(
                f"Het taalmodel {MODEL_NAME} staat niet (heel) in {folder}. "
                "Draai eerst: make install"
            )
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # it looks a host up otherwise
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or 0
        # Waiting threads sleep instead of spin: as fast here, and other processes get the cores.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(folder / GRAPH_FILE), options, providers=["CPUExecutionProvider"]
        )
        self._giving_back = onnxruntime.RunOptions()
        self._giving_back.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
        self._pieces = Pieces(
            read_compact(folder / COMPACT_FILE)
            if COMPACT_FILE in record.files  # not in a folder that was made earlier
            else read_tokenizer(folder / TOKENIZER_FILE),
            MAX_TOKENS,
        )
        self._model_id = record.model_id
        self._dimension = int(self._session.get_outputs()[0].shape[1])
        self._tokens: _TokenReader | None = None
        if any(output.name == TOKENS_OUTPUT for output in self._session.get_outputs()):
            self._tokens = _TokenReader(np.load(folder / TOKEN_WEIGHTS_FILE))
        # A run of several questions takes less than as many runs, and one run takes two cores.
        self._asking = Together(self._read_queries, BATCH, max(1, (os.cpu_count() or 1) // 2))

    @property
    def model_id(self) -> str:
        """``multilingual-e5-small@`` and 12 hex digits."""
        return self._model_id

    @property
    def dimension(self) -> int:
        """Numbers per vector: 384."""
        return self._dimension

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, dimension), in the order of the texts."""
        return self._embed(QUERY_PREFIX, texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (n, dimension), in the order of the texts. Of a text only
        the first 512 tokens count (some 2,000 characters of Dutch)."""
        return self._embed(PASSAGE_PREFIX, texts)

    @property
    def token_space(self) -> str | None:
        """Name of the space of its token vectors; None when an earlier release made the folder."""
        return SPACE if self._tokens else None

    def embed_query_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        """Vectors of questions, shape (n, dimension), and the tokens of each, from one run.

        Questions that other threads ask meanwhile are taken along; that changes the vectors by
        some 1e-8, as every other batch does."""
        if not 0 < len(texts) <= BATCH:
            return self._embed_tokens(QUERY_PREFIX, texts)
        vectors, tokens = zip(*self._asking.ask(texts), strict=True)
        return np.stack(vectors), list(tokens)

    def _read_queries(self, texts: Sequence[str]) -> list[tuple[Vectors, Tokens]]:
        return list(zip(*self._embed_tokens(QUERY_PREFIX, texts), strict=True))

    def embed_passage_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        """Vectors of passages, shape (n, dimension), and the tokens of each, in the order of the
        texts."""
        return self._embed_tokens(PASSAGE_PREFIX, texts)

    def _embed_tokens(self, prefix: str, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        reader = self._tokens
        if reader is None:
            raise NotReadyError(
                f"Het taalmodel {MODEL_NAME} is van een oudere versie en geeft geen vectoren per "
                "woorddeel. Draai eerst: make install"
            )
        vectors = np.empty((len(texts), self._dimension), np.float32)
        found: dict[int, Tokens] = {}
        before = len(self._pieces.of(prefix.rstrip())) - 1  # all but the last mark
        for rows, ids, (some, states) in self._runs(prefix, texts, [OUTPUT, TOKENS_OUTPUT]):
            vectors[rows] = some
            for row, of_row, state in zip(rows, ids, states, strict=True):
                inner = slice(before, len(of_row) - 1)
                found[row] = reader.read(of_row[inner], state[inner])
        return vectors, [found[row] for row in range(len(texts))]

    def _embed(self, prefix: str, texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), self._dimension), np.float32)
        for rows, _, (some,) in self._runs(prefix, texts, [OUTPUT]):
            vectors[rows] = some
        return vectors

    def _runs(
        self, prefix: str, texts: Sequence[str], outputs: Sequence[str]
    ) -> Iterator[tuple[list[int], list[list[int]], list[NDArray[np.float32]]]]:
        """Places in ``texts``, token ids of each, and the model's outputs for them, by batch."""
        for start in range(0, len(texts), _CHUNK):
            chunk = [prefix + valid_text(text) for text in texts[start : start + _CHUNK]]
            tokens = self._pieces.of_all(chunk)
            # Texts of like length together: little padding to compute.
            order = sorted(range(len(chunk)), key=lambda row: len(tokens[row]))
            for at in range(0, len(order), BATCH):
                rows = order[at : at + BATCH]
                ids = [tokens[row] for row in rows]
                yield [start + row for row in rows], ids, self._run(ids, outputs)

    def _run(self, tokens: list[list[int]], outputs: Sequence[str]) -> list[NDArray[np.float32]]:
        longest = max(map(len, tokens))
        ids = np.zeros((len(tokens), longest), np.int64)  # what is masked may be any token
        mask = np.zeros_like(ids)
        for row, values in enumerate(tokens):
            ids[row, : len(values)] = values
            mask[row, : len(values)] = 1
        feed = dict(zip(INPUTS, (ids, mask), strict=True))
        found: list[NDArray[np.float32]] = self._session.run(
            list(outputs), feed, self._giving_back if ids.size >= _LARGE else None
        )
        return found


class _TokenReader:
    """Makes vectors and weights of what the model says of tokens."""

    def __init__(self, weights: NDArray[np.float32]) -> None:
        """``weights`` has shape (vocabulary,)."""
        self._space = TokenSpace()
        self._weights = weights

    def read(self, tokens: Sequence[int], states: NDArray[np.float32]) -> Tokens:
        return Tokens(self._space.project(states), self._weights[list(tokens)])


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, with the query and document prompts it came with."""

    def __init__(self, name_or_path: str) -> None:
        """Load a folder, or a hub name from the local cache; nothing is downloaded.

        Raises NotReadyError when the model is not on this machine or cannot be loaded.
        """
        folder = find_local_model(name_or_path)
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            self._model = SentenceTransformer(str(folder), local_files_only=True)
        except (OSError, ValueError, KeyError) as error:
            reason = " ".join(str(error).split())[:200]
            raise NotReadyError(
                f"Het taalmodel '{name_or_path}' (instelling ROUTEWIJZER_EMBEDDING_MODEL) is niet "
                f"te laden: {reason}. Kies een volledige map van een sentence-transformers-model, "
                f"of haal de instelling weg voor {MODEL_NAME}."
            ) from error
        name = folder.resolve().name if Path(name_or_path).is_dir() else name_or_path
        self._model_id = f"{name}@{_folder_hash(folder)}"
        self._dimension = len(self._encode(self._model.encode_query, ["maat"])[0])

    @property
    def model_id(self) -> str:
        """Name of the model and 12 hex digits over its weights and configuration files."""
        return self._model_id

    @property
    def dimension(self) -> int:
        """Numbers per vector."""
        return self._dimension

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, dimension), in the order of the texts."""
        return self._encode(self._model.encode_query, texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (n, dimension), in the order of the texts."""
        return self._encode(self._model.encode_document, texts)

    def _encode(self, encode: Callable[..., Any], texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self._dimension), np.float32)
        found = encode(
            [valid_text(text) for text in texts],
            batch_size=BATCH,
            show_progress_bar=False,
            normalize_embeddings=True,
        )
        return np.asarray(found, np.float32)


def valid_text(text: str) -> str:
    """The text with each lone surrogate as ``?``: tokenizers take only valid Unicode."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _folder_hash(folder: Path) -> str:
    """12 hex digits over names and bytes of the weights and configuration files."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in _HASHED_SUFFIXES and path.is_file():
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()[:12]
