"""Tiny real models that tests make themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

WORDS = """mentor stage loon school bedrijf student route werk leren subsidie vergoeding contract
tafel stoel fiets regen zomer water brood boom huis deur lamp boek""".split()  # noqa: SIM905
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
_CLS = _SPECIAL.index("[CLS]")
_TOKENS = len(_SPECIAL) + len(WORDS)
# Places in a hidden state behind one for every token, and how many there are.
_SECOND, _SHARED, _HIDDEN = _TOKENS, _TOKENS + 1, 64
_SHARP = 40.0  # attention this strong looks at what is wanted and at nothing else


def save_cross_encoder(folder: Path, *, labels: int = 1, bias: float = 0.0) -> Path:
    """A BERT of two layers that scores by the share of the words of the first text (`WORDS`)
    that stand in the second, saved as transformers saves it."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    torch.set_num_threads(1)  # with so little to do, a second thread only waits, and spins
    config = BertConfig(
        vocab_size=_TOKENS,
        hidden_size=_HIDDEN,
        num_hidden_layers=2,
        num_attention_heads=1,
        intermediate_size=8,
        max_position_embeddings=512,
        num_labels=labels,  # type: ignore[call-arg]  # any configuration takes it
        pad_token_id=0,
    )
    model = BertForSequenceClassification(config)
    with torch.no_grad():
        _set_weights(model, bias)
    model.save_pretrained(folder)
    _tokenizer().save_pretrained(folder)
    return folder


def _set_weights(model: Any, bias: float) -> None:  # its types do not know which parts a BERT has
    for name, values in model.named_parameters():
        values.fill_(1.0 if name.endswith("LayerNorm.weight") else 0.0)
    embeddings = model.bert.embeddings
    embeddings.word_embeddings.weight[:, :_TOKENS].fill_diagonal_(1.0)
    embeddings.token_type_embeddings.weight[1, _SECOND] = 1.0
    # First layer: every token looks at the same word, rather in the second text than in the
    # first, and notes whether that stood in the second.
    first, second = model.bert.encoder.layer
    words = range(_TOKENS)
    first.attention.self.query.weight[words, words] = _SHARP
    first.attention.self.query.bias[_SECOND] = 4.5 * _SHARP
    first.attention.self.key.weight[words, words] = 1.0
    first.attention.self.key.weight[_SECOND, _SECOND] = 1.0
    first.attention.self.value.weight[_SHARED, _SECOND] = 1.0
    first.attention.output.dense.weight[_SHARED, _SHARED] = 1.0
    # Second layer: [CLS] gathers that note from the tokens of the first text.
    second.attention.self.query.weight[_SECOND, _CLS] = -_SHARP
    second.attention.self.key.weight[_SECOND, _SECOND] = 1.0
    second.attention.self.value.weight[_SHARED, _SHARED] = 1.0
    second.attention.output.dense.weight[_SHARED, _SHARED] = 1.0
    model.bert.pooler.dense.weight[_SHARED, _SHARED] = 0.2
    model.classifier.weight[:, _SHARED] = 10.0
    model.classifier.bias.fill_(bias)


def _tokenizer() -> PreTrainedTokenizerFast:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    numbers = {word: n for n, word in enumerate((*_SPECIAL, *WORDS))}
    tokenizer = Tokenizer(models.WordLevel(numbers, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.BertProcessing(
        ("[SEP]", numbers["[SEP]"]), ("[CLS]", numbers["[CLS]"])
    )
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        model_max_length=512,
        model_input_names=["input_ids", "token_type_ids", "attention_mask"],
    )
