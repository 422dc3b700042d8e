from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from corpus.pieces import Pieces, read_compact, read_tokenizer, write_compact

MOST = 12
WORDS = ("de", "student", "stu", "dent", "werkt", "werk", "en", "te", "▁de", "▁stu", "▁werk")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tokenizer, Path]:
    """A small Unigram model as the `tokenizers` library has it, and its file."""
    letters = [(letter, -6.0 - n / 8) for n, letter in enumerate("▁destunwrk.")]
    words = [(word, -2.0 - n / 4) for n, word in enumerate(WORDS)]
    marks = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    tokenizer = Tokenizer(models.Unigram([*marks, *words, *letters], unk_id=3))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.add_special_tokens([mark for mark, _ in marks])
    file = tmp_path_factory.mktemp("pieces") / "tokenizer.json"
    file.write_text(tokenizer.to_str(), encoding="utf-8")
    tokenizer.enable_truncation(MOST)
    return tokenizer, file


@pytest.fixture(scope="module")
def pieces(library: tuple[Tokenizer, Path]) -> Pieces:
    return Pieces(read_tokenizer(library[1]), MOST)


TEXTS = st.lists(
    st.sampled_from([*WORDS, " ", "<s>", "</s>", "<unk>", "x", "é", "\n", "½", "学"])
    | st.text(alphabet="destunwrk. \u00a0\u0301", max_size=60)
).map("".join)


@given(text=TEXTS)
def test_a_text_is_split_as_the_library_splits_it(
    library: tuple[Tokenizer, Path], pieces: Pieces, text: str
) -> None:
    assert pieces.of(text) == library[0].encode(text).ids


def test_the_likeliest_pieces_are_taken_not_the_longest(pieces: Pieces) -> None:
    # "student" is a piece, too; but then "▁" has to stand by itself, which is less likely.
    de, stu, dent = 4 + WORDS.index("▁de"), 4 + WORDS.index("▁stu"), 4 + WORDS.index("dent")
    assert pieces.of_all(["de student"]) == [[0, de, stu, dent, 2]]


def test_a_row_of_unknown_letters_is_one_unknown_piece(pieces: Pieces) -> None:
    assert pieces.of("ξξξ").count(3) == 1


def test_a_word_is_split_the_same_again_when_it_was_kept(pieces: Pieces) -> None:
    long = "student" * 30  # too long to be kept
    for text in ("student werkt", long):
        assert pieces.of(text) == pieces.of(text)


def test_the_file_names_the_marks(library: tuple[Tokenizer, Path], tmp_path: Path) -> None:
    told = json.loads(library[1].read_text(encoding="utf-8"))
    told["added_tokens"] = told["added_tokens"][:1] + told["added_tokens"][2:3]
    file = tmp_path / "tokenizer.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    assert Pieces(read_tokenizer(file), MOST).of("<pad>") != [0, 1, 2]


def test_the_compact_file_holds_the_whole_model(
    library: tuple[Tokenizer, Path], tmp_path: Path
) -> None:
    file = tmp_path / "stukjes"
    model = read_tokenizer(library[1])
    write_compact(file, model)
    assert read_compact(file) == model
