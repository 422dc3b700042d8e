"""What people say and the words of the documents for it, from a file that staff can edit."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from corpus.dutch import DutchAnalyser, fold
from corpus.errors import BadInputError


@dataclass(frozen=True, slots=True)
class Glossary:
    """Stems of the document's words per stem or folded phrase that people use."""

    words: dict[str, tuple[str, ...]]
    phrases: dict[str, tuple[str, ...]]

    def meanings(self, stem: str) -> tuple[str, ...]:
        """Stems to look for besides ``stem``; empty when the glossary does not know it."""
        return self.words.get(stem, ())

    def in_phrases(self, text: str) -> tuple[str, ...]:
        """Stems to look for because of phrases of several words in ``text``."""
        folded = fold(text)
        found = [
            meaning
            for phrase, means in self.phrases.items()
            if re.search(rf"\b{re.escape(phrase)}\b", folded)
            for meaning in means
        ]
        return tuple(dict.fromkeys(found))


def load_glossary(path: Path, analyser: DutchAnalyser) -> Glossary:
    """Read a glossary file. Raises BadInputError naming the group that is wrong."""
    try:
        groups = tomllib.loads(path.read_text(encoding="utf-8")).get("group", [])
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadInputError(f"De woordenlijst {path} is niet te lezen: {error}.") from error
    words: dict[str, list[str]] = {}
    phrases: dict[str, list[str]] = {}
    for number, group in enumerate(groups, start=1):
        if not (_is_words(group.get("say")) and _is_words(group.get("means"))):
            raise BadInputError(
                f"Groep {number} in de woordenlijst {path} mist `say` of `means`: "
                "een lijst met woorden tussen aanhalingstekens."
            )
        meanings = [stem for word in group["means"] for stem in _stems(word, analyser)]
        for said in group["say"]:
            stems = _stems(said, analyser)
            if " " in said:
                phrases.setdefault(fold(said), []).extend(meanings)
            else:
                for stem in stems:
                    words.setdefault(stem, []).extend(m for m in meanings if m != stem)
    return Glossary(
        words={key: tuple(dict.fromkeys(v)) for key, v in words.items()},
        phrases={key: tuple(dict.fromkeys(v)) for key, v in phrases.items()},
    )


def _is_words(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, str) for v in value)


def _stems(text: str, analyser: DutchAnalyser) -> list[str]:
    return [analyser.forms(word)[0] for word in analyser.words(text)]
