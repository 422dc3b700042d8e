"""What one hostile upload is, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

SENTENCE = "De student werkt vier dagen in het bedrijf."
SECRET = "root:x:0:0"
"""How the file begins that attacks want to see."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One file that means harm."""

    name: str
    """As the browser sends it."""
    what: str
    """What it tries, in Dutch."""
    make: Callable[[], bytes]
    refused: str = ""
    """Words of the refusal; empty when the file is read."""
    read: str = SENTENCE
    """What stands in the text that is read."""
    never: tuple[str, ...] = ()
    """What must not stand in it."""

    @property
    def outcome(self) -> str:
        """What must come of it, in Dutch."""
        return f"geweigerd: “… {self.refused} …”" if self.refused else "gelezen, alleen de tekst"
