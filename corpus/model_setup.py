"""Makes the folder of the default embedding model, once per machine and without network.

The folder is an ordinary sentence-transformers model (Transformer, mean pooling, normalise) with
``model.onnx`` beside it. That graph holds no weights of its own: each tensor points to its place
in ``model.safetensors``, so the weights stand on disk once and processes share them in memory.
The graph lies beside the weights because onnxruntime reads no file outside the graph's folder.

Nothing is imported here that is slow: torch and its company come in only while building.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus import e5_weights
from corpus.errors import NotReadyError
from corpus.settings import Settings

if TYPE_CHECKING:
    import onnx
    from tokenizers import Tokenizer
    from transformers import BertModel

MODEL_NAME = "multilingual-e5-small"
QUERY_PREFIX, PASSAGE_PREFIX = "query: ", "passage: "
MAX_TOKENS = 512
WEIGHTS_FILE, GRAPH_FILE, TOKENIZER_FILE = "model.safetensors", "model.onnx", "tokenizer.json"
RECORD_FILE = "routewijzer.json"
INPUTS, OUTPUT = ("input_ids", "attention_mask"), "sentence_embedding"
FORMAT = 1
"""Release of what is made here. Raise it whenever a vector could change."""

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
    """The record of a folder that is whole and of this release, else None.

    Looks at sizes only: hashing half a gigabyte at each start would take seconds.
    """
    path = folder / RECORD_FILE
    if not path.is_file():
        return None
    try:
        record = ModelRecord.model_validate_json(path.read_bytes())
    except ValidationError:  # of another release, or damaged: both mean "make it again"
        return None
    if (record.format, record.weights_sha256) != (FORMAT, e5_weights.WEIGHTS_SHA256):
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
    if read_record(folder):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f".{MODEL_NAME}.lock")):
            if not read_record(folder):
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


def _make(folder: Path, progress: Progress) -> None:
    """Build beside the final place and rename; the caller holds the lock."""
    part, old = folder.with_name(f".{MODEL_NAME}.part"), folder.with_name(f".{MODEL_NAME}.old")
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
    _export_graph(part, bert, weights.config)
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


def _export_graph(part: Path, bert: BertModel, config: e5_weights.E5Config) -> None:
    """Write the graph: ``input_ids`` and ``attention_mask`` (int64, (batch, seq)) to
    ``sentence_embedding`` (float32, (batch, hidden)), mean over the mask and length 1."""
    import onnx
    import torch

    class Sentence(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.bert = bert

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            hidden = bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1)

    ids = torch.tensor([[config.bos, 41, 1294, config.eos], [config.bos, 41, config.eos, 1]])
    target = part / GRAPH_FILE
    with warnings.catch_warnings():
        # This exporter warns that a newer one exists (which needs one more package) and that
        # it follows one example; a test compares the vectors over many lengths.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Sentence(),
            (ids, torch.ones_like(ids)),
            str(target),
            input_names=list(INPUTS),
            output_names=[OUTPUT],
            dynamic_axes={name: {0: "batch", 1: "seq"} for name in INPUTS} | {OUTPUT: {0: "batch"}},
            opset_version=18,
            do_constant_folding=False,  # folding would copy the weights, transposed
            export_params=False,  # as inputs, which `_share_weights` turns into references
            dynamo=False,
        )
    model = onnx.load(str(target))
    _share_weights(model.graph, part / WEIGHTS_FILE)
    target.write_bytes(model.SerializeToString())


def _share_weights(graph: onnx.GraphProto, weights_file: Path) -> None:
    """Turn each input that is a weight into a reference into the safetensors file, whose layout
    is: a uint64 length, that many bytes of JSON with ``data_offsets`` by name, then the data."""
    from onnx import TensorProto
    from onnx.external_data_helper import set_external_data

    with weights_file.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        places = json.loads(file.read(length))
    weights = [entry for entry in graph.input if entry.name not in INPUTS]
    for entry in weights:
        shape = [dim.dim_value for dim in entry.type.tensor_type.shape.dim]
        place = places.get(entry.name.removeprefix("bert."))
        if not place or place["dtype"] != "F32" or place["shape"] != shape:
            raise NotReadyError(
                f"Het taalmodel kan niet worden gebouwd: '{entry.name}' staat niet zo in "
                f"{weights_file.name}. Installeer de versies van torch, transformers en onnx die "
                "bij Routewijzer horen: make install"
            )
        start, end = place["data_offsets"]
        tensor = TensorProto(name=entry.name, data_type=TensorProto.FLOAT, dims=shape, raw_data=b"")
        set_external_data(tensor, weights_file.name, offset=8 + length + start, length=end - start)
        tensor.ClearField("raw_data")
        graph.initializer.append(tensor)
        graph.input.remove(entry)


def _write_record(part: Path) -> None:
    identity = f"{e5_weights.WEIGHTS_SHA256}:{FORMAT}".encode()
    record = ModelRecord(
        model_id=f"{MODEL_NAME}@{hashlib.sha256(identity).hexdigest()[:12]}",
        format=FORMAT,
        weights_sha256=e5_weights.WEIGHTS_SHA256,
        files={
            path.relative_to(part).as_posix(): path.stat().st_size
            for path in sorted(part.rglob("*"))
            if path.is_file()
        },
    )
    (part / RECORD_FILE).write_text(record.model_dump_json(indent=1) + "\n", encoding="utf-8")
