"""The tables of docs/security.md, from the lists that are tested.

`python -m tests.web.security_page` writes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.web.attacks import Attack
from tests.web.hostile import Upload
from tests.web.hostile_uploads import UPLOADS
from tests.web.test_attacks import ATTACKS

PAGE = Path(__file__).parent.parent.parent / "docs" / "security.md"
BEGIN, END = "<!-- tabellen: hieronder niet met de hand -->", "<!-- einde van de tabellen -->"


def tables() -> str:
    """Both tables in Markdown."""
    return f"\n## Aanvallen ({len(ATTACKS)})\n\n{_attacks(ATTACKS)}\n\n" + (
        f"## Bestanden met kwaad in de zin ({len(UPLOADS)})\n\n{_uploads(UPLOADS)}\n\n"
    )


def written(page: str) -> str:
    """``page`` with the tables of now."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{tables()}{END}{after}"


def _attacks(attacks: Sequence[Attack]) -> str:
    rows = [(attack.group, attack.what, attack.answer) for attack in attacks]
    return _table(("Soort", "Wat wordt geprobeerd", "Wat de site doet"), rows)


def _uploads(uploads: Sequence[Upload]) -> str:
    rows = [(upload.what, upload.outcome) for upload in uploads]
    return _table(("Bestand", "Wat ermee gebeurt"), rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    for sign in "\\*_<|":
        text = text.replace(sign, f"\\{sign}")
    return text


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
