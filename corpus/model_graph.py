"""Writes the graph on which the default embedding model runs.

It holds no weights of its own: each tensor points to its place in ``model.safetensors``, so the
weights stand on disk once and processes share them in memory. The graph lies beside the weights
because onnxruntime reads no file outside the graph's folder.
"""

from __future__ import annotations

import json
import struct
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.e5_weights import E5Config
from corpus.errors import NotReadyError

if TYPE_CHECKING:
    import onnx
    from transformers import BertModel

WEIGHTS_FILE, GRAPH_FILE = "model.safetensors", "model.onnx"
INPUTS, OUTPUT, TOKENS_OUTPUT = (
    ("input_ids", "attention_mask"),
    "sentence_embedding",
    "token_states",
)
TOKENS_LAYER = 10
"""Of twelve: the layer whose states of tokens are given."""


def export_graph(part: Path, bert: BertModel, config: E5Config) -> None:
    """Write the graph: ``input_ids`` and ``attention_mask`` (int64, (batch, seq)) to
    ``sentence_embedding`` (float32, (batch, hidden)), mean over the mask and length 1, and to
    ``token_states`` (float32, (batch, seq, hidden)), as they leave the tenth layer."""
    import onnx
    import torch

    states: list[torch.Tensor] = []
    layer = bert.encoder.layer[TOKENS_LAYER - 1]
    layer.register_forward_hook(lambda _layer, _given, found: states.append(found))

    class Sentence(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.bert = bert

        def forward(
            self, input_ids: torch.Tensor, attention_mask: torch.Tensor
        ) -> tuple[torch.Tensor, torch.Tensor]:
            hidden = bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1), states.pop()

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
            output_names=[OUTPUT, TOKENS_OUTPUT],
            dynamic_axes={
                **{name: {0: "batch", 1: "seq"} for name in (*INPUTS, TOKENS_OUTPUT)},
                OUTPUT: {0: "batch"},
            },
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
