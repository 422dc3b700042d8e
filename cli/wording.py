"""What typer and pydantic say of wrong input, in one line of Dutch."""

from __future__ import annotations

import re
from collections.abc import Sequence

import typer
from pydantic import ValidationError

from corpus.disk_trouble import disk_trouble

_REASONS = (
    (r"valid integer", "moet een geheel getal zijn"),
    (r"valid number", "moet een getal zijn"),
    (r"valid boolean", "moet true of false zijn"),
    (r"valid string", "moet tekst zijn"),
    (r"valid (?:tuple|list|array)", "moet een lijst zijn"),
    (r"valid dictionary|an object", "moet een JSON-object zijn"),
    (r"finite number", "moet een getal zijn"),
    (r"greater than or equal to (\S+)", r"moet ten minste \1 zijn"),
    (r"greater than (\S+)", r"moet groter zijn dan \1"),
    (r"less than or equal to (\S+)", r"mag ten hoogste \1 zijn"),
    (r"less than (\S+)", r"moet kleiner zijn dan \1"),
    (r"Input should be ('.+') or ('.+')", r"moet \1 of \2 zijn"),
    (r"is not one of ('.+')\.?$", r"kies uit \1"),
    (r"Field required", "ontbreekt"),
    (r"Invalid JSON", "is geen geldige JSON"),
    (r"Value error, (.+)", r"\1"),  # said by the setting itself, so last
)
_USAGE = (
    (r"Missing command", "Noem een opdracht."),
    (r"Missing \w+ '(.+?)'", r"\1 ontbreekt."),
    (r"No such command '(.+?)'", r"De opdracht '\1' bestaat niet."),
    (r"No such option: (\S+)", r"De optie \1 bestaat niet."),
    (r"Option '(.+)' requires", r"Bij \1 hoort een waarde."),
    (r"Option '(.+)' does not take", r"Bij \1 hoort geen waarde."),
    (r"unexpected extra arguments? ?(?:\(s\) )?\((.+)\)", r"'\1' is te veel."),
)
_INVALID = re.compile(r"Invalid value for '(.+?)': (.+)", re.DOTALL)


def usage(error: typer.TyperException) -> str:
    """What was wrong in how a command was called, and where its help is."""
    said = error.format_message()
    invalid = _INVALID.search(said)
    line = _translated(_USAGE, said) or said
    if invalid:
        line = f"{invalid[1]}: {reason(invalid[2])}."
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "routewijzer"
    return f"{line} Kijk met `{command} --help`."


def setting(error: ValidationError) -> str:
    """Which setting is wrong, what it was and what it must be."""
    first = error.errors()[0]
    name = "ROUTEWIJZER_" + "_".join(map(str, first["loc"])).upper()
    return f"De instelling {name} ('{first['input']}') klopt niet: {reason(first['msg'])}."


def reason(message: str) -> str:
    """One complaint of pydantic in Dutch, or as it is when it is not a known one."""
    return _translated(_REASONS, message) or " ".join(message.split())


def _translated(table: Sequence[tuple[str, str]], message: str) -> str | None:
    for pattern, dutch in table:
        found = re.search(pattern, message)
        if found:
            return found.expand(dutch)
    return None


def disk(error: Exception) -> str | None:
    """What to do about a disk that fails; None when the error is something else."""
    line = disk_trouble(error)
    if line is None:
        return None
    return f"{line}. Wat al gepubliceerd was, is niet veranderd ({_first_line(error)})."


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
