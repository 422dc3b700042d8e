"""A glossary that follows its file: what staff save counts for the next question.

Every process looks for itself, so that all web workers read the same within a second.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from corpus.dutch import DutchAnalyser
from corpus.errors import BadInputError
from corpus.glossary import Glossary, load_glossary
from corpus.phrases import Found
from corpus.types import Language

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.5
_Stamp = tuple[Path, int, int, int]


class LiveGlossary:
    """Reads as a ``Glossary`` does (``corpus.glossary.Lexicon``). Several threads may use it."""

    def __init__(
        self,
        find: Callable[[], Path],
        analyser: DutchAnalyser,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``find`` says which file counts; ``clock`` gives seconds.

        Raises BadInputError when the file is wrong: a server does not start with it.
        """
        self._find = find
        self._analyser = analyser
        self._clock = clock
        self._reloading = threading.Lock()
        self._stamp = _stamp(find())
        self._current = load_glossary(self._stamp[0], analyser)
        self._reading = 0
        self._looked_at = clock()

    @property
    def current(self) -> Glossary:
        """The glossary as the file says it now."""
        if self._clock() - self._looked_at >= LOOK_EVERY_S:
            self._look()
        return self._current

    @property
    def reading(self) -> int:
        """How often it was read anew."""
        _ = self.current
        return self._reading

    @property
    def phrase_words(self) -> frozenset[str]:
        """The words of all phrases of several words."""
        return self.current.phrase_words

    @property
    def written(self) -> Mapping[str, str]:
        """The documents' word as it is written in the file, per stem."""
        return self.current.written

    def meanings(self, stem: str, language: Language | None = None) -> tuple[str, ...]:
        """Stems to look for besides ``stem``."""
        return self.current.meanings(stem, language)

    def phrases_in(self, text: str, language: Language | None = None) -> tuple[Found, ...]:
        """Phrases of several words in ``text``."""
        return self.current.phrases_in(text, language)

    def _look(self) -> None:
        """Read the file when it is another one. One thread does; the others go on as they were."""
        if not self._reloading.acquire(blocking=False):
            return
        try:
            self._looked_at = self._clock()
            stamp = _stamp(self._find())
            if stamp != self._stamp:
                # Noted before it is read: a file that is wrong is not read again for each word.
                self._stamp = stamp
                self._current = load_glossary(stamp[0], self._analyser)
                self._reading += 1
        except (BadInputError, OSError) as error:
            log.warning("The glossary stays as it was: %s", error)
        finally:
            self._reloading.release()


def _stamp(path: Path) -> _Stamp:
    """What is different after a file was saved. Raises BadInputError when it is not there."""
    try:
        found = path.stat()
    except OSError as error:
        raise BadInputError(
            f"De woordenlijst {path} is niet te openen ({error.strerror}). "
            "Noem met ROUTEWIJZER_GLOSSARY een bestand dat er is."
        ) from error
    return path, found.st_mtime_ns, found.st_size, found.st_ino
