"""What the user gives with a command, checked: metadata of a document, and who the user is."""

from __future__ import annotations

import getpass
import os

from ingest.fields import Fields, read_fields


def who() -> str:
    """The name for the audit log."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"  # in a container the user often has no name


def fields(audience: str | None, **options: str | None) -> Fields:
    """Options of `ingest` as metadata; ``audience`` may hold several words with commas.

    Raises BadInputError naming the option and what is allowed.
    """
    values: dict[str, object] = {name: v for name, v in options.items() if v is not None}
    if audience is not None:
        values["audiences"] = [name.strip() for name in audience.split(",")]
    return read_fields(Fields, values, "Opties van ingest")
