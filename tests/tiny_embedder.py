"""A tiny embedding model, for processes in which it does not matter what texts mean."""

from __future__ import annotations

import string
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from corpus.e5_weights import WEIGHTS_SHA256
from corpus.model_graph import GRAPH_FILE, INPUTS, OUTPUT, TOKENS_OUTPUT
from corpus.model_setup import (
    FORMAT,
    RECORD_FILE,
    TOKEN_WEIGHTS_FILE,
    TOKENIZER_FILE,
    ModelRecord,
)

_MARKS = ("<s>", "<pad>", "</s>", "<unk>")
_WORDS = """aan bedrijf begeleider betaalt doet een elke euro fiets fietsen geeft glas hoeveel hout
in is kost kosten leenfiets leren maand maken met metaal papier per student studenten uit van
verzekering voorwerp wat week werken werkplaats""".split()  # noqa: SIM905
_WIDTH = 384  # of a token's state: the projection of `corpus.token_space` takes so many
_SEED = 7


def save_embedder(folder: Path) -> Path:
    """Make ``folder`` hold what a process loads as the default model: a graph that onnxruntime
    runs, the pieces of a tokenizer, weights of tokens and a record.

    The vector of a text is the mean of those of its pieces, which chance chose: texts that share
    words are near each other. It loads at once; the real one takes over a second each time.
    """
    folder.mkdir(parents=True)
    pieces = _pieces()
    _tokenizer(pieces).save(str(folder / TOKENIZER_FILE))
    rng = np.random.default_rng(_SEED)
    states = rng.normal(size=(len(pieces), _WIDTH)).astype(np.float32)
    (folder / GRAPH_FILE).write_bytes(_graph(states).SerializeToString())
    np.save(folder / TOKEN_WEIGHTS_FILE, np.full(len(pieces), 5.0, np.float32))
    sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
    record = ModelRecord(
        model_id="woorddelen@1", format=FORMAT, weights_sha256=WEIGHTS_SHA256, files=sizes
    )
    (folder / RECORD_FILE).write_text(record.model_dump_json(), encoding="utf-8")
    return folder


def _pieces() -> list[tuple[str, float]]:
    """Every piece with its score: the marks, some words, and every letter for the other words."""
    words = [(f"▁{word}", -3.0) for word in _WORDS]
    letters = [(letter, -9.0) for letter in f"▁{string.ascii_lowercase}{string.digits}.,?-"]
    return [*((mark, 0.0) for mark in _MARKS), *words, *letters]


def _tokenizer(pieces: list[tuple[str, float]]) -> Tokenizer:
    made = Tokenizer(models.Unigram(pieces, unk_id=_MARKS.index("<unk>")))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    ends = [(mark, _MARKS.index(mark)) for mark in ("<s>", "</s>")]
    made.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=ends)
    made.add_special_tokens(list(_MARKS))
    return made


def _graph(states: NDArray[np.float32]) -> onnx.ModelProto:
    """Takes and gives what `corpus.model_graph.export_graph` tells."""
    ids, mask = INPUTS
    nodes = [
        helper.make_node("Gather", ["states", ids], [TOKENS_OUTPUT]),
        helper.make_node("Cast", [mask], ["counts"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["counts", "last"], ["weights"]),
        helper.make_node("Mul", [TOKENS_OUTPUT, "weights"], ["counted"]),
        helper.make_node("ReduceSum", ["counted", "tokens"], ["sum"], keepdims=0),
        helper.make_node("LpNormalization", ["sum"], [OUTPUT], axis=1),
    ]
    constants = {"states": states, "last": np.array([2]), "tokens": np.array([1])}
    row = ("batch", "seq")
    return helper.make_model(
        helper.make_graph(
            nodes,
            "woorddelen",
            [helper.make_tensor_value_info(name, TensorProto.INT64, row) for name in INPUTS],
            [
                helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ("batch", _WIDTH)),
                helper.make_tensor_value_info(TOKENS_OUTPUT, TensorProto.FLOAT, (*row, _WIDTH)),
            ],
            [numpy_helper.from_array(values, name) for name, values in constants.items()],
        ),
        opset_imports=[helper.make_opsetid("", 18)],
        ir_version=9,
    )
