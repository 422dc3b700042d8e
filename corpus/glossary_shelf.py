"""The glossary of an installation: which file counts, staff's changes to it, and earlier ones.

Staff's file takes the place of the one that comes along as soon as something is changed: what
counts stands in one file, with its comments, and can be edited by hand, too.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.dutch import DutchAnalyser
from corpus.errors import BadInputError
from corpus.glossary import Glossary, glossary_of
from corpus.glossary_file import check_glossary, read_text
from corpus.lock import WriteLock

SHIPPED = Path(__file__).parent / "glossary.toml"
_EARLIER = re.compile(r"(\d{8}T\d{12})\.toml")
_AT = "%Y%m%dT%H%M%S%f"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A glossary that was replaced."""

    name: str
    replaced_at: datetime


class GlossaryShelf:
    """Reads and replaces the glossary. Safe for use by several threads and processes."""

    def __init__(self, data_dir: Path, given: Path | None, lock: WriteLock) -> None:
        """``given`` is the file that the settings name; else it is the one in the data folder."""
        self._own = given or data_dir / "glossary.toml"
        self._is_given = given is not None
        self._earlier = data_dir / "glossary-earlier"
        self._lock = lock

    @property
    def path(self) -> Path:
        """The file that counts now."""
        return self._own if self._is_given or self._own.is_file() else SHIPPED

    @property
    def is_own(self) -> bool:
        """Whether that is a file of this installation."""
        return self.path == self._own

    def text(self) -> str:
        """What it holds. Raises BadInputError when it cannot be read."""
        return read_text(self.path)

    def try_out(self, text: str, analyser: DutchAnalyser) -> Glossary:
        """What ``text`` would be as a glossary. Raises BadInputError naming what is wrong."""
        # By its name only: where it stands is of no use to who edits it on a page.
        return glossary_of(check_glossary(text, Path(self._own.name)), analyser)

    def replace(self, text: str, seen: str, analyser: DutchAnalyser) -> None:
        """Let ``text`` count from now on, and keep what it replaces.

        ``seen`` is the ``release`` of what was edited. Raises BadInputError when that is not what
        counts any more, or when ``text`` is wrong; then nothing changes.
        """
        self.try_out(text, analyser)
        with self._lock.held():
            before = self.text()
            if release(before) != seen:
                raise BadInputError(
                    "Iemand anders heeft de woordenlijst intussen veranderd. "
                    "Bekijk de regel opnieuw en verander hem dan."
                )
            self._earlier.mkdir(parents=True, exist_ok=True)
            name = f"{datetime.now(UTC):{_AT}}.toml"
            _write(self._earlier / name, before)
            _write(self._own, text)

    def earlier(self) -> list[Earlier]:
        """What was replaced, the last first."""
        if not self._earlier.is_dir():
            return []
        found = [m for p in self._earlier.iterdir() if (m := _EARLIER.fullmatch(p.name))]
        moments = [(datetime.strptime(m[1], _AT).replace(tzinfo=UTC), m[0]) for m in found]
        return [Earlier(name, at) for at, name in sorted(moments, reverse=True)]

    def earlier_text(self, name: str) -> str:
        """An earlier glossary by its name. Raises BadInputError when there is none."""
        if name not in {e.name for e in self.earlier()}:
            raise BadInputError(
                "Deze eerdere woordenlijst is er niet. Kies er een uit de lijst op de pagina."
            )
        return read_text(self._earlier / name)


def release(text: str) -> str:
    """Names what a glossary holds: another text has another release."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)  # whoever reads it meanwhile sees a whole file
    except OSError as error:
        raise BadInputError(
            f"De woordenlijst {path} is niet te schrijven ({error.strerror}). "
            "Geef de server schrijfrechten op die map."
        ) from error
