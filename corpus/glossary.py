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
    """Read a glossary file. Raises BadInputError naming the file and the group that is wrong."""
    words: dict[str, list[str]] = {}
    phrases: dict[str, list[str]] = {}
    for number, group in enumerate(_groups(path), start=1):
        if not (
            isinstance(group, dict)
            and _is_words(group.get("say"))
            and _is_words(group.get("means"))
        ):
            raise BadInputError(
                f"Groep {number} in de woordenlijst {path} mist `say` of `means`: "
                "een lijst met woorden tussen aanhalingstekens."
            )
        meanings = [stem for word in group["means"] for stem in _stems(word, analyser)]
        for said in group["say"]:
            stems = _stems(said, analyser)
            if " " in said.strip():
                phrases.setdefault(" ".join(fold(said).split()), []).extend(meanings)
            else:
                for stem in stems:
                    words.setdefault(stem, []).extend(m for m in meanings if m != stem)
    return Glossary(
        words={key: tuple(dict.fromkeys(v)) for key, v in words.items()},
        phrases={key: tuple(dict.fromkeys(v)) for key, v in phrases.items()},
    )


def _groups(path: Path) -> list[object]:
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInputError(
            f"De woordenlijst {path} is niet te openen ({error.strerror}). "
            "Noem met ROUTEWIJZER_GLOSSARY een bestand dat er is."
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInputError(
            f"De woordenlijst {path} is geen geldige TOML in UTF-8: {error}. Verbeter het bestand."
        ) from error
    groups = read.get("group", [])
    if not isinstance(groups, list):
        raise BadInputError(
            f"In de woordenlijst {path} is `group` geen reeks groepen. "
            "Zet boven elke groep: [[group]]"
        )
    return groups


def _is_words(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(v, str) and bool(v.strip()) for v in value)
    )


def _stems(text: str, analyser: DutchAnalyser) -> list[str]:
    return [analyser.forms(word)[0] for word in analyser.words(text)]
