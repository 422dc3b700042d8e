"""Scores how well a passage answers a question by reading both together (Nogueira & Cho, 2019,
Passage re-ranking with BERT). The one place where such a model runs; there is none by default.
"""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.embedder import valid_text
from corpus.errors import NotReadyError

MAX_TOKENS = 384
"""Question and passage together, longest cut first; what a model reads costs time by the token."""
_SETTING = "ROUTEWIJZER_RERANKER"
_FILES = "config.json, model.safetensors en tokenizer.json"
_HEAD = "ForSequenceClassification"
_TRIAL = ("Wie begeleidt de student?", "De praktijkbegeleider begeleidt de student.")


class CrossEncoderReranker:
    """A sentence-transformers CrossEncoder with one score per pair. Any thread may call it; calls
    wait for one another."""

    def __init__(self, name_or_path: str) -> None:
        """Load a folder, or a hub name from the local cache; nothing is downloaded.

        Raises NotReadyError when it is not on this machine, not whole, or no such model.
        """
        folder = _find(name_or_path)
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        import torch
        from safetensors import SafetensorError
        from sentence_transformers import CrossEncoder
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        # Its tokenizer is changed by each call, and fails when two threads do so at once.
        self._one_at_a_time = threading.Lock()
        try:
            # Raw scores: squeezed to 0..1, the best ones could hardly be told apart.
            self._model = CrossEncoder(
                str(folder), local_files_only=True, activation_fn=torch.nn.Identity()
            )
            _check_head(self._model.config.architectures, self._model.num_labels)
            own_limit = self._model.max_seq_length or MAX_TOKENS
            self._model.max_seq_length = min(own_limit, MAX_TOKENS)
            _check_score(self.score(_TRIAL[0], _TRIAL[1:]))
        except (
            AttributeError,
            EOFError,
            ImportError,
            LookupError,
            OSError,
            pickle.UnpicklingError,
            RuntimeError,
            SafetensorError,
            TypeError,
            ValueError,
        ) as error:
            reason = " ".join(str(error).split())[:200]
            raise NotReadyError(
                f"Het model om te herordenen in {folder} (instelling {_SETTING}) is niet te "
                f"gebruiken: {reason}. Zet daar een heel CrossEncoder-model van "
                f"sentence-transformers neer ({_FILES}), of maak de instelling leeg."
            ) from error

    def score(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Scores of shape (len(passages),), higher is better; they have no fixed range."""
        if not passages:
            return np.empty(0, np.float32)
        asked = valid_text(query)
        pairs = [(asked, valid_text(passage)) for passage in passages]
        with self._one_at_a_time:
            found = self._model.predict(pairs, batch_size=len(pairs), show_progress_bar=False)
        return np.asarray(found, np.float32)


def _find(name: str) -> Path:
    """Folder of a model: a path, or a hub name that is in the local cache."""
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (FileNotFoundError, HFValidationError) as error:
        raise NotReadyError(
            f"Het model om te herordenen '{name}' (instelling {_SETTING}) staat niet op deze "
            f"machine: er is geen map die zo heet, en geen model dat zo heet in de lokale cache. "
            f"Zet in die map een CrossEncoder-model van sentence-transformers ({_FILES}), "
            "of maak de instelling leeg."
        ) from error


def _check_head(architectures: Sequence[str] | None, labels: int) -> None:
    """Raises ValueError for a model that would score by weights that nobody ever trained."""
    if not any(name.endswith(_HEAD) for name in architectures or ()):
        raise ValueError(f"het is een {', '.join(architectures or ('ander model',))}, geen {_HEAD}")
    if labels != 1:
        raise ValueError(f"het geeft {labels} scores per paar in plaats van 1")


def _check_score(scores: NDArray[np.float32]) -> None:
    if scores.shape != (1,) or not np.isfinite(scores).all():
        raise ValueError("het geeft geen getal als score")
