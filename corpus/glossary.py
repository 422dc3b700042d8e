"""What people say and the words of the documents for it, from a file that staff can edit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import Stemmer

from corpus.dutch import DutchAnalyser
from corpus.errors import BadInputError
from corpus.glossary_file import Entry, GlossaryFile, read_glossary
from corpus.inflection import dutch_forms, english_forms, participles
from corpus.phrases import Found, PhraseFinder
from corpus.types import Language

Meanings = dict[str, tuple[str, ...]]
_JOINTS = re.compile(r"[-'’./]")
_PIECE = re.compile(r"[^\W\d_]+")


class Lexicon(Protocol):
    """What those who read questions ask of a glossary: a ``Glossary``, or one that follows its
    file (``corpus.live_glossary.LiveGlossary``)."""

    @property
    def reading(self) -> int:
        """Becomes another number when the words do: what was worked out with it is old then."""

    @property
    def phrase_words(self) -> frozenset[str]:
        """The words of all phrases of several words."""

    @property
    def written(self) -> Mapping[str, str]:
        """The documents' word as it is written in the file, per stem."""

    def meanings(self, stem: str, language: Language | None = None) -> tuple[str, ...]:
        """Stems to look for besides ``stem``."""

    def phrases_in(self, text: str, language: Language | None = None) -> tuple[Found, ...]:
        """Phrases of several words in ``text``."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """Stems of the documents' words per stem or folded phrase that people use.

    Dutch words count for questions in either language, English words for English questions only
    ("school", "plan" and "are" mean other things in Dutch).
    """

    words: Meanings
    phrases: Meanings
    english_words: Meanings = field(default_factory=dict)
    english_phrases: Meanings = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    """The documents' word as it is written in the file, per stem."""
    analyser: DutchAnalyser = field(default_factory=DutchAnalyser, repr=False, compare=False)
    phrase_words: frozenset[str] = field(init=False, repr=False, compare=False)
    _finders: dict[Language, PhraseFinder] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        phrases = (*self.phrases, *self.english_phrases)
        words = frozenset(word for phrase in phrases for word in _PIECE.findall(phrase))
        object.__setattr__(self, "phrase_words", words)  # frozen for everyone else

    @property
    def reading(self) -> int:
        """Always the same: it never changes."""
        return 0

    def meanings(self, stem: str, language: Language | None = None) -> tuple[str, ...]:
        """Stems to look for besides ``stem``; empty when the glossary does not know it.

        An English word that the glossary knows has its English meaning only. Without a language
        either may be meant.
        """
        dutch, english = self.words.get(stem, ()), self.english_words.get(stem, ())
        if language is None:
            return tuple(dict.fromkeys((*dutch, *english)))
        return english or dutch if language == "en" else dutch

    def phrases_in(self, text: str, language: Language | None = None) -> tuple[Found, ...]:
        """Phrases of several words in ``text``: the stems they take, and what to look for."""
        languages: tuple[Language, ...] = ("nl",) if language == "nl" else ("nl", "en")
        return tuple(found for each in languages for found in self._finder(each).find(text))

    def _finder(self, language: Language) -> PhraseFinder:
        # Made with the first question: most commands ask none.
        if language not in self._finders:
            self._finders[language] = (
                PhraseFinder(self.phrases, self.analyser.stem)
                if language == "nl"
                else PhraseFinder(self.english_phrases, Stemmer.Stemmer("english").stemWord)
            )
        return self._finders[language]


def load_glossary(path: Path, analyser: DutchAnalyser) -> Glossary:
    """Read a glossary file. Raises BadInputError naming the file and the group that is wrong."""
    return glossary_of(read_glossary(path), analyser)


def glossary_of(file: GlossaryFile, analyser: DutchAnalyser) -> Glossary:
    """What a file that was read says. Raises BadInputError naming the group that is wrong."""
    gathered = _Gathered(analyser, file.verbs)
    for entry in file.entries:
        gathered.add(entry)
    return Glossary(
        words=_each_once(gathered.words["nl"]),
        phrases=_each_once(gathered.phrases["nl"]),
        english_words=_each_once(gathered.words["en"]),
        english_phrases=_each_once(gathered.phrases["en"]),
        written=gathered.written,
        analyser=analyser,
    )


class _Gathered:
    """Collects entries by the stem of every form in which a word may be typed."""

    def __init__(self, analyser: DutchAnalyser, verbs: Mapping[str, tuple[str, ...]]) -> None:
        self._analyser = analyser
        self._verbs = verbs
        # Many groups name the same words.
        self._meant = lru_cache(maxsize=None)(self._read_meant)
        self._said = lru_cache(maxsize=None)(self._read_said)
        self.words: dict[Language, dict[str, list[str]]] = {"nl": {}, "en": {}}
        self.phrases: dict[Language, dict[str, list[str]]] = {"nl": {}, "en": {}}
        self.written: dict[str, str] = {}

    def add(self, entry: Entry) -> None:
        empty = [w for w in entry.means if not self._meant(w)]
        empty += [w for w in entry.said if not any(self._said(w, entry.language))]
        if empty:
            raise BadInputError(
                f'{entry.where} heeft "{empty[0]}": dat is te gewoon om naar te zoeken. '
                "Laat het weg."
            )
        meanings = [stem for word in entry.means for stem in self._meant(word)]
        for said in entry.said:
            stems, phrases = self._said(said, entry.language)
            for stem in stems:
                known = self.words[entry.language].setdefault(stem, [])
                known.extend(m for m in meanings if m != stem)
            for phrase in phrases:
                self.phrases[entry.language].setdefault(phrase, []).extend(meanings)

    def _read_said(self, said: str, language: Language) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Stems of every form of one word, and the phrases in which it is said in several."""
        words = self._single(said, language)
        stems = dict.fromkeys(_stem(word, self._analyser) for word in words)
        return tuple(stems), tuple(self._several(said))

    def _read_meant(self, word: str) -> tuple[str, ...]:
        """Stems of a word or phrase of the documents."""
        words = self._analyser.words(word.replace("|", ""))
        stems = tuple(_stem(part, self._analyser) for part in words)
        for stem in stems:
            # A word by itself says better what a stem stands for than a phrase that it is part of.
            known = self.written.setdefault(stem, word.replace("|", ""))
            if " " in known and " " not in word:
                self.written[stem] = word.replace("|", "")
        return stems

    def _single(self, said: str, language: Language) -> Iterator[str]:
        """The forms of one word; none for a phrase or a stop word."""
        if "|" in said:
            loose, verb = said.split("|")
            yield from dutch_forms(loose + verb)
            yield from participles(verb, loose)
            yield from (loose + form for form in self._verbs.get(verb, ()))
        elif self._analyser.words(said) == [said]:
            yield from english_forms(said) if language == "en" else dutch_forms(said)
            yield from self._verbs.get(said, ())

    def _several(self, said: str) -> Iterator[str]:
        """The phrases in which it is said in several words; none for a plain word."""
        if "|" in said:
            loose, verb = said.split("|")
            yield f"{loose} .. {verb}"
            # The infinitive stands for every regular form: phrases are compared by their stems.
            for form in (verb, *self._verbs.get(verb, ())):
                yield f"{form} ... {loose}"
        elif len(_JOINTS.sub(" ", said).replace("&", " ").split()) > 1:
            yield said


def _stem(word: str, analyser: DutchAnalyser) -> str:
    # As the analyser's own forms, but without looking for compounds: that loads word frequencies.
    return analyser.stem(word if word.isalnum() else _JOINTS.sub("", word))


def _each_once(gathered: Mapping[str, Iterable[str]]) -> Meanings:
    return {said: tuple(dict.fromkeys(means)) for said, means in gathered.items()}
