"""Makes the folder of the default embedding model, once per machine and without network.

The folder is an ordinary sentence-transformers model (Transformer, mean pooling, normalise) with
the graph ``model.onnx`` (`corpus.model_graph`) and the weights of tokens beside it.

Nothing is imported here that is slow: torch and its company come in only while building.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from filelock import FileLock
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus import e5_weights
from corpus.errors import NotReadyError
from corpus.model_graph import WEIGHTS_FILE, export_graph
from corpus.pieces import COMPACT_FILE, read_tokenizer, write_compact
from corpus.settings import Settings

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import BertModel

MODEL_NAME = "multilingual-e5-small"
QUERY_PREFIX, PASSAGE_PREFIX = "query: ", "passage: "
MAX_TOKENS = 512
TOKENIZER_FILE = "tokenizer.json"
RECORD_FILE = "routewijzer.json"
TOKEN_WEIGHTS_FILE = "token_weights.npy"  # noqa: S105 - tokens of text, not of a login
FORMAT = 2
"""Release of what is made here. The first one gave no states of tokens; it still embeds."""
_VECTORS = 1
"""Raise it whenever a vector could change."""

Progress = Callable[[str], None]


class ModelRecord(BaseModel):
    """What stands in a finished folder; written last."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model_id: str
    format: int
    weights_sha256: str
    files: dict[str, int]
    """Size in bytes by path inside the folder."""


def model_folder(settings: Settings) -> Path:
    """Where the default model is or will be."""
    return settings.model_dir / MODEL_NAME


def read_record(folder: Path) -> ModelRecord | None:
    """The record of a folder that is whole and embeds as this release does, else None.

    Looks at sizes only: hashing half a gigabyte at each start would take seconds.
    """
    path = folder / RECORD_FILE
    if not path.is_file():
        return None
    try:
        record = ModelRecord.model_validate_json(path.read_bytes())
    except ValidationError:  # of another release, or damaged: both mean "make it again"
        return None
    if record.weights_sha256 != e5_weights.WEIGHTS_SHA256 or not 1 <= record.format <= FORMAT:
        return None
    whole = all(
        (folder / name).is_file() and (folder / name).stat().st_size == size
        for name, size in record.files.items()
    )
    return record if whole else None


def ensure_model(settings: Settings, progress: Progress | None = None) -> Path:
    """Return the folder of the embedding model that the settings name; make it when needed.

    ``progress`` is called with a line of Dutch before each step. Making it takes 10 to 30
    seconds. Safe to call from several processes: one builds, the others wait. A process that is
    killed leaves no folder under the final name. Raises NotReadyError when the weights are
    absent or not the known ones, when the model folder cannot be written, and when another
    model is set that is not on this machine.
    """
    if settings.embedding_model != MODEL_NAME:
        return find_local_model(settings.embedding_model)
    folder = model_folder(settings)
    if _is_made(folder):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f".{MODEL_NAME}.lock")):
            if _lacks_pieces(folder):
                _add_pieces(folder)
            elif not _is_made(folder):
                _make(folder, progress or (lambda _line: None))
    except OSError as error:
        raise NotReadyError(
            f"Het taalmodel kan niet in {folder} worden gezet: {error}. Zorg voor 1,5 GB ruimte "
            "en schrijfrechten, of kies een andere map met ROUTEWIJZER_MODEL_DIR."
        ) from error
    return folder


def find_local_model(name: str) -> Path:
    """Folder of a sentence-transformers model: a path, or a hub name that is in the local cache.

    Nothing is downloaded. Raises NotReadyError when it is not on this machine.
    """
    if Path(name).is_dir():
        return Path(name)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError

    # A name without an owner means one of sentence-transformers' own, as that library has it.
    repository = name if "/" in name else f"sentence-transformers/{name}"
    try:
        return Path(snapshot_download(repository, local_files_only=True))
    except (FileNotFoundError, HFValidationError) as error:
        raise NotReadyError(
            f"Het taalmodel '{name}' (instelling ROUTEWIJZER_EMBEDDING_MODEL) staat niet op deze "
            f"machine. Geef een map met het model, haal het eerst op met: hf download "
            f"{repository}, of haal de instelling weg voor {MODEL_NAME}."
        ) from error


def _is_made(folder: Path) -> bool:
    record = read_record(folder)
    return record is not None and record.format == FORMAT and COMPACT_FILE in record.files


def _lacks_pieces(folder: Path) -> bool:
    """Whether that file is all that a folder lacks: it was made before there was one."""
    record = read_record(folder)
    return record is not None and record.format == FORMAT and COMPACT_FILE not in record.files


def _add_pieces(folder: Path) -> None:
    """Others may read the folder meanwhile: it is whole at every moment."""
    part = folder / f"{COMPACT_FILE}.part"
    write_compact(part, read_tokenizer(folder / TOKENIZER_FILE))
    part.rename(folder / COMPACT_FILE)
    _write_record(folder)


def _make(folder: Path, progress: Progress) -> None:
    """Build beside the final place and rename; the caller holds the lock."""
    part, old = (folder.with_name(f".{MODEL_NAME}.part"), folder.with_name(f".{MODEL_NAME}.old"))
    _remove(part)
    _remove(old)
    try:
        _build(part, progress)
        if folder.exists():
            folder.rename(old)
        part.rename(folder)
    finally:
        _remove(part)
        _remove(old)
    progress(f"Het taalmodel staat klaar in {folder}.")


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _build(part: Path, progress: Progress) -> None:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    progress("Gewichten van het taalmodel controleren en lezen ...")
    source = e5_weights.find_weights_file()
    e5_weights.check_weights_file(source)
    weights = e5_weights.read_weights(source)
    progress("Taalmodel bouwen ...")
    bert = _bert(weights)
    _save_sentence_transformer(part, bert, e5_weights.build_tokenizer(weights), weights)
    progress("Taalmodel geschikt maken voor snel gebruik ...")
    export_graph(part, bert, weights.config)
    _write_token_weights(part, weights)
    write_compact(part / COMPACT_FILE, read_tokenizer(part / TOKENIZER_FILE))
    _write_record(part)


def _bert(weights: e5_weights.E5Weights) -> BertModel:
    import torch
    from transformers import BertConfig, BertModel

    config = weights.config
    bert = BertModel(
        BertConfig(
            vocab_size=config.words,
            hidden_size=config.hidden,
            num_hidden_layers=config.layers,
            num_attention_heads=config.heads,
            intermediate_size=config.feed_forward,
            max_position_embeddings=config.positions,
            type_vocab_size=config.token_types,
            layer_norm_eps=config.epsilon,
            pad_token_id=config.pad,
            attn_implementation="eager",  # type: ignore[call-arg]  # a smaller graph than "sdpa"
        )
    )
    state = {name: torch.from_numpy(values) for name, values in weights.state.items()}
    # Loading by sentence-transformers wants the pooling layer that this model does not use.
    state["pooler.dense.weight"] = torch.zeros(config.hidden, config.hidden)
    state["pooler.dense.bias"] = torch.zeros(config.hidden)
    bert.load_state_dict(state, strict=True, assign=True)
    bert.train(False)
    return bert


def _save_sentence_transformer(
    part: Path, bert: BertModel, tokenizer: Tokenizer, weights: e5_weights.E5Weights
) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import PreTrainedTokenizerFast
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # the caller shows progress

    def piece(number: int) -> str:
        return weights.vocabulary[number][0]

    config = weights.config
    plain = part / "plain"  # the Transformer module can only be made from a folder
    bert.save_pretrained(plain)
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        bos_token=piece(config.bos),
        eos_token=piece(config.eos),
        pad_token=piece(config.pad),
        unk_token=piece(config.unk),
        cls_token=piece(config.bos),
        sep_token=piece(config.eos),
        mask_token=piece(len(weights.vocabulary) - 1),
        model_max_length=MAX_TOKENS,
    ).save_pretrained(plain)
    SentenceTransformer(
        modules=[Transformer(str(plain)), Pooling(config.hidden, "mean"), Normalize()],
        prompts={"query": QUERY_PREFIX, "document": PASSAGE_PREFIX},
        device="cpu",
    ).save(str(part), create_model_card=False)
    shutil.rmtree(plain)
    # The weights are written for the owner alone; the folder may be shared like its other files.
    shutil.copymode(part / TOKENIZER_FILE, part / WEIGHTS_FILE)


def _write_token_weights(part: Path, weights: e5_weights.E5Weights) -> None:
    """How much each token tells: minus the logarithm of its share in what the tokenizer was
    trained on, shape (vocabulary,)."""
    shares = np.array([score for _, score in weights.vocabulary], np.float32)
    np.save(part / TOKEN_WEIGHTS_FILE, np.maximum(-shares, 0.0))


def _write_record(part: Path) -> None:
    written = part / f"{RECORD_FILE}.part"
    identity = f"{e5_weights.WEIGHTS_SHA256}:{_VECTORS}".encode()
    record = ModelRecord(
        model_id=f"{MODEL_NAME}@{hashlib.sha256(identity).hexdigest()[:12]}",
        format=FORMAT,
        weights_sha256=e5_weights.WEIGHTS_SHA256,
        files={
            path.relative_to(part).as_posix(): path.stat().st_size
            for path in sorted(part.rglob("*"))
            if path.is_file() and path.name not in (RECORD_FILE, written.name)
        },
    )
    written.write_text(record.model_dump_json(indent=1) + "\n", encoding="utf-8")
    written.rename(part / RECORD_FILE)
